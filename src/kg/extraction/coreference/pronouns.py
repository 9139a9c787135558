"""Pronouns that stand for the one candidate who fits."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from kg.extraction.coreference.cluster import Cluster, best_name, left_to_a_person
from kg.extraction.mentions import Phrase
from kg.extraction.reading import Reading, subject_of
from kg.extraction.scenes import scene_changes
from kg.model import Abstention, EntityKind

__all__ = ["antecedent_of"]

#: How far back, in sentences, a pronoun may look for the person it stands for.
_REACH = 2
_FIRST_PERSON = {"i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves"}
_SPOKEN_OF = {"f": {"she", "her", "hers"}, "m": {"he", "him", "his"}, "": set[str]()}


def antecedent_of(
    reading: Reading,
    pronoun: Phrase,
    home: dict[int, Cluster],
    left_open: list[Abstention],
) -> Cluster | None:
    """The one person or group a pronoun outside quotations can stand for.

    The nearest sentence that offers a fitting candidate decides; in it the subject goes
    before the rest (Hobbs 1978; Lappin and Leass 1994). Pronouns in quotations and first
    persons are left to the claims.
    """
    token = reading.doc[pronoun.head]
    if pronoun.name.endswith(("self", "selves")):
        subject = subject_of(_verb_above(token))
        return home.get(subject.i) if subject is not None else None
    if pronoun.name in _FIRST_PERSON or reading.quotation_at(token.idx) is not None:
        return None
    for sentence in _sentences_back(reading, token):
        candidates = _candidates(reading, pronoun, sentence, home)
        if not candidates:
            continue
        subjects = [cluster for cluster, is_subject in candidates if is_subject]
        pool = _unique(subjects) or _unique(cluster for cluster, _ in candidates)
        if len(pool) == 1:
            rivalled = (
                _institution_since(pool[0], token, home)
                if pronoun.plural
                else _is_spoken_of(reading, pronoun, sentence)
            )
            return None if rivalled else pool[0]
        if token.tag_ == "PRP":  # a possessive is too small a question to ask a person
            names = ", ".join(best_name(cluster.phrases) for cluster in pool)
            left_open.append(left_to_a_person(reading, pronoun, f"may stand for {names}"))
        return None
    return None


def _institution_since(cluster: Cluster, pronoun: Token, home: dict[int, Cluster]) -> bool:
    """Whether an institution stands between a group and "their" in one sentence.

    In "urged the court to hold the ministry to account for their abuses" they are not those
    who urged.
    """
    if pronoun.tag_ != "PRP$":
        return False
    start = max((p.head for p in cluster.phrases if p.head < pronoun.i), default=pronoun.sent.start)
    start = max(start, pronoun.sent.start)
    return any(
        start < head < pronoun.i and other.kind is EntityKind.ORGANIZATION
        for head, other in home.items()
    )


def _is_spoken_of(reading: Reading, pronoun: Phrase, sentence: tuple[int, int]) -> bool:
    """Whether a quotation in a sentence speaks of somebody else whom a possessive may mean.

    In “She must go,” said X. Her family wept: it need not be the speaker's family.
    """
    token = reading.doc[pronoun.head]
    if token.dep_ in {"nsubj", "nsubjpass"} or sentence[0] <= token.i < sentence[1]:
        return False
    return any(
        other.lower_ in _SPOKEN_OF[pronoun.gender] and reading.quotation_at(other.idx) is not None
        for other in reading.doc[sentence[0] : sentence[1]]
    )


def _sentences_back(reading: Reading, token: Token) -> list[tuple[int, int]]:
    """The token ranges to search: this sentence up to the pronoun, then earlier ones."""
    ranges = [(token.sent.start, token.i)]
    at = token.sent.start
    while at > 0 and len(ranges) <= _REACH:
        sentence = reading.doc[at - 1].sent
        if scene_changes(reading, sentence[0].idx, token.idx):
            break  # nobody of another scene is meant for sure
        at = sentence.start
        outside = any(
            reading.quotation_at(t.idx) is None for t in sentence if not (t.is_space or t.is_punct)
        )
        if outside:  # a sentence that is all quotation is skipped and does not count
            ranges.append((sentence.start, sentence.end))
    return ranges


def _candidates(
    reading: Reading, pronoun: Phrase, sentence: tuple[int, int], home: dict[int, Cluster]
) -> list[tuple[Cluster, bool]]:
    """Entities in a stretch of tokens that agree with a pronoun, and whether as a main subject."""
    found = []
    word = reading.doc[pronoun.head]
    is_object = word.tag_ != "PRP$" and word.dep_ in {"dobj", "iobj"}
    for head in range(*sentence):
        cluster, token = home.get(head), reading.doc[head]
        if cluster is None or reading.quotation_at(token.idx) is not None:
            continue
        if not _agrees(pronoun, cluster) or token.dep_ in {"compound", "nmod"}:
            continue  # in "Holt supporters" nobody called Holt is spoken of
        if is_object and token.dep_ != "poss" and _verb_above(token) == _verb_above(word):
            continue  # "Anna met her": not herself
        found.append((cluster, _first_of_list(token).dep_ in {"nsubj", "nsubjpass"}))
    return found


def _first_of_list(token: Token) -> Token:
    """For a noun joined by "and" to another the first of them."""
    while token.dep_ == "conj" and token.head.pos_ in {"NOUN", "PROPN", "PRON"}:
        token = token.head
    return token


def _verb_above(token: Token) -> Token:
    here = token
    while here.head != here:
        here = here.head
        if here.pos_ in {"VERB", "AUX"}:
            return here
    return here


def _agrees(pronoun: Phrase, cluster: Cluster) -> bool:
    if pronoun.plural:
        return cluster.kind is EntityKind.GROUP
    if cluster.kind is not EntityKind.PERSON:
        return False
    return not (cluster.gender and pronoun.gender and cluster.gender != pronoun.gender)


def _unique(clusters: Iterable[Cluster]) -> list[Cluster]:
    seen: list[Cluster] = []
    for cluster in clusters:
        if not any(cluster is other for other in seen):
            seen.append(cluster)
    return seen
