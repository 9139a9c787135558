"""Descriptions that take up again whom the text has spoken of: "the judge"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.extraction.coreference.cluster import Cluster
from kg.extraction.lexicon import Nouns
from kg.extraction.mentions import Phrase
from kg.extraction.reading import Reading
from kg.model import EntityKind, Form

__all__ = ["institutions", "taken_up", "title_of", "titles_before"]

_TITLE_WORDS = 4
#: Words before a title that make another office of it: "the president" is no former president.
_OTHER_OFFICE = {"acting", "assistant", "deputy", "ex", "former", "interim", "vice"}


def title_of(reading: Reading, phrase: Phrase) -> str:
    """The lemma of what a description calls somebody, with what makes another office of it."""
    return _title_at(reading, phrase.head)


def _title_at(reading: Reading, at: int) -> str:
    """The lemma of a noun, with the word that makes another office of it: a "vice president"."""
    lemma = reading.doc[at].lemma_.lower()
    before = reading.doc[at - 1].lower_ if at else ""
    return f"{before} {lemma}" if before in _OTHER_OFFICE else lemma


def titles_before(reading: Reading, phrases: Iterable[Phrase]) -> set[str]:
    """Lemmas of the words right before a person's names: "President X" can be "the president"."""
    return {
        _title_at(reading, phrase.first - 1)
        for phrase in phrases
        if phrase.kind is EntityKind.PERSON
        and phrase.form is Form.NAME
        and phrase.first > 0
        and reading.doc[phrase.first - 1].pos_ in {"PROPN", "NOUN"}
    }


def institutions(reading: Reading, phrases: Iterable[Phrase], nouns: Nouns) -> set[str]:
    """The nouns that names are built on: "... Workers Union" can be "the union"."""
    heads = {
        title_of(reading, phrase)
        for phrase in phrases
        if phrase.kind in {EntityKind.ORGANIZATION, EntityKind.DOCUMENT}
        and phrase.form is Form.NAME
    }
    return heads & (nouns.organization | nouns.document)


def taken_up(reading: Reading, phrase: Phrase, clusters: Sequence[Cluster]) -> Cluster | None:
    """The one entity that "the ..." takes up again: same noun, same number, nothing else fits."""
    if not _is_definite(reading, phrase):
        return None
    lemma = title_of(reading, phrase)
    fitting = [
        cluster
        for cluster in clusters
        if lemma in cluster.titles
        and cluster.kind is phrase.kind
        and _compatible(reading, phrase, cluster)
    ]
    if len(fitting) > 1 and phrase.kind is EntityKind.DOCUMENT:
        fitting = _just_spoken_of(reading, phrase, fitting)
    if len(fitting) != 1 or phrase.first < min(other.first for other in fitting[0].phrases):
        return None
    return fitting[0]


def _just_spoken_of(reading: Reading, phrase: Phrase, clusters: Iterable[Cluster]) -> list[Cluster]:
    """Those of several documents that this sentence or the one before it has mentioned."""
    sentence = reading.doc[phrase.head].sent
    since = reading.doc[sentence.start - 1].sent.start if sentence.start else 0
    return [
        cluster
        for cluster in clusters
        if any(since <= other.first < phrase.first for other in cluster.phrases)
    ]


def _is_definite(reading: Reading, phrase: Phrase) -> bool:
    first = reading.doc[phrase.first]
    return first.lower_ in {"the", "this", "that", "these", "those"}


def _compatible(reading: Reading, phrase: Phrase, cluster: Cluster) -> bool:
    """Whether the words that narrow a description do not speak against its antecedent."""
    numbers, known = _numbers(reading, [phrase]), _numbers(reading, cluster.phrases)
    if not numbers <= known and (known or phrase.kind is EntityKind.DOCUMENT):
        return False  # the 2016 report is not the one of 2015, nor are the four miners the two
    ours = _modifiers(reading, phrase)
    if not ours:
        return True
    said = {
        word
        for other in cluster.phrases
        for word in (
            _modifiers(reading, other)
            | {other.name.lower()}
            | _deeds(reading, other)
            | _title_words(reading, other)
        )
    }
    telling = _whose(reading, phrase)  # the Polish foreign ministry is not the Danish one
    return any(word in text for word in ours for text in said) and all(
        any(word in text for text in said) for word in telling
    )


def _whose(reading: Reading, phrase: Phrase) -> set[str]:
    """Of the words that narrow a description those that name a country, place or body."""
    return {
        token.lemma_.lower()
        for token in reading.doc[phrase.first : phrase.head]
        if token.pos_ == "PROPN" or token.ent_type_ in {"GPE", "LOC", "NORP", "ORG"}
        if token.pos_ in {"ADJ", "NOUN", "PROPN"}
    }


def _title_words(reading: Reading, phrase: Phrase) -> set[str]:
    """The words of a title right before a name: "foreign" of "Foreign Secretary X"."""
    first = phrase.first
    while (
        phrase.form is Form.NAME
        and first > max(0, phrase.first - _TITLE_WORDS)
        and reading.doc[first - 1].pos_ in {"ADJ", "NOUN", "PROPN"}
    ):
        first -= 1
    return {token.lemma_.lower() for token in reading.doc[first : phrase.first]}


def _deeds(reading: Reading, phrase: Phrase) -> set[str]:
    """The verb that a phrase is the subject of: "the rallying students" are those who rallied."""
    head = reading.doc[phrase.head]
    return {head.head.lemma_.lower()} if head.dep_ in {"nsubj", "nsubjpass"} else set()


def _numbers(reading: Reading, phrases: Iterable[Phrase]) -> set[str]:
    """The years and other numbers inside descriptions."""
    return {
        token.lower_
        for phrase in phrases
        for token in reading.doc[phrase.first : phrase.last + 1]
        if token.like_num
    }


def _modifiers(reading: Reading, phrase: Phrase) -> set[str]:
    """The adjectives, nouns and names inside a description, beside its head, in lower case."""
    return {
        token.lemma_.lower()
        for token in reading.doc[phrase.first : phrase.last + 1]
        if token.i != phrase.head and token.pos_ in {"ADJ", "NOUN", "PROPN", "VERB"}
    }
