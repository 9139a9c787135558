"""The group that "they" stands for, by rule."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from kg.extraction.coreference.cluster import Cluster, leave_choice_open
from kg.extraction.mentions import Phrase
from kg.extraction.reading import Reading, conjuncts
from kg.extraction.scenes import scene_changes
from kg.model import Abstention, EntityKind

__all__ = ["group_of", "verb_above"]

#: How far back, in sentences, "they" may look for the group it stands for.
_REACH = 2


def group_of(
    reading: Reading, pronoun: Phrase, home: dict[int, Cluster], left_open: list[Abstention]
) -> Cluster | None:
    """The one group that "they" can stand for.

    The nearest sentence that offers one decides; in it the subject goes before the rest
    (Hobbs 1978; Lappin and Leass 1994). After "Anna Berg and Karl Holm came" they are these two,
    which are no group, and nobody from before.
    """
    token = reading.doc[pronoun.head]
    for sentence in _sentences_back(reading, token):
        candidates = _groups(reading, pronoun, sentence, home)
        subjects = [cluster for cluster, is_subject in candidates if is_subject]
        listed = _listed_subject(reading, sentence)
        together = _unique(home[part.i] for part in listed if part.i in home)
        if listed and len(_unique([*together, *subjects])) == len(together):
            leave_choice_open(reading, pronoun, together, left_open)
            return None
        if not candidates:
            continue
        pool = _unique(subjects) or _unique(cluster for cluster, _ in candidates)
        if len(pool) == 1:
            return None if _institution_since(pool[0], token, home) else pool[0]
        leave_choice_open(reading, pronoun, pool, left_open)
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


def _groups(
    reading: Reading, pronoun: Phrase, sentence: tuple[int, int], home: dict[int, Cluster]
) -> list[tuple[Cluster, bool]]:
    """Groups in a stretch of tokens, and whether as a main subject."""
    found = []
    word = reading.doc[pronoun.head]
    is_object = word.tag_ != "PRP$" and word.dep_ in {"dobj", "iobj"}
    for head in range(*sentence):
        cluster, token = home.get(head), reading.doc[head]
        if cluster is None or reading.quotation_at(token.idx) is not None:
            continue
        if cluster.kind is not EntityKind.GROUP or token.dep_ in {"compound", "nmod"}:
            continue  # in "Holt supporters" nobody called Holt is spoken of
        if is_object and token.dep_ != "poss" and verb_above(token) == verb_above(word):
            continue  # "Anna met her": not herself
        found.append((cluster, _first_of_list(token).dep_ in {"nsubj", "nsubjpass"}))
    return found


def _listed_subject(reading: Reading, sentence: tuple[int, int]) -> list[Token]:
    """What a subject in a stretch of tokens joins by "and", if any does."""
    for token in reading.doc[slice(*sentence)]:
        if token.dep_ in {"nsubj", "nsubjpass"} and reading.quotation_at(token.idx) is None:
            parts = [part for part in conjuncts(token) if part.i < sentence[1]]
            between = reading.doc[parts[0].i : parts[-1].i]
            if any(word.dep_ == "cc" and word.lower_ == "and" for word in between):
                return parts
    return []


def _first_of_list(token: Token) -> Token:
    """For a noun joined by "and" to another the first of them."""
    while token.dep_ == "conj" and token.head.pos_ in {"NOUN", "PROPN", "PRON"}:
        token = token.head
    return token


def verb_above(token: Token) -> Token:
    """The verb that a token stands under, or the root of its sentence."""
    here = token
    while here.head != here:
        here = here.head
        if here.pos_ in {"VERB", "AUX"}:
            return here
    return here


def _unique(clusters: Iterable[Cluster]) -> list[Cluster]:
    seen: list[Cluster] = []
    for cluster in clusters:
        if not any(cluster is other for other in seen):
            seen.append(cluster)
    return seen
