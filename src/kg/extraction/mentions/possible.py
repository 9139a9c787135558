"""Capitalised words that nobody took for a name, and that a pronoun may show to be a person's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc

from kg.extraction.lexicon import Nouns, Titles
from kg.extraction.mentions.phrase import Phrase, name_phrase
from kg.model import EntityKind, Form

__all__ = ["POSSIBLE", "possible_names"]

#: The method of what counts as a name only where a pronoun shows it to be a person's.
POSSIBLE = "rule:name-by-pronoun"

#: What the recogniser may have taken a person's name for, or nothing at all.
_MISREAD = {"", "EVENT", "LAW", "NORP", "PRODUCT", "WORK_OF_ART"}
_WORDS = 3
_NARROWING = {"amod", "compound", "nmod"}


def possible_names(
    doc: Doc, phrases: Sequence[Phrase], titles: Titles, nouns: Nouns
) -> tuple[Phrase, ...]:
    """Runs of one to three proper nouns outside all names; none of them need be a person."""
    named = {
        at
        for phrase in phrases
        if phrase.form is Form.NAME
        for at in range(phrase.first, phrase.last + 1)
    }
    heads = {phrase.head for phrase in phrases}
    described = nouns.person | nouns.group | nouns.organization
    found = []
    for first, last in _runs(doc, named):
        starts_inside = doc[first].ent_iob_ == "I"
        too_long = last - first >= _WORDS
        if too_long or starts_inside or titles.covers(doc, first, last) or _is_headline(doc, first):
            continue
        phrase = name_phrase(doc, first, last, EntityKind.PERSON, POSSIBLE)
        head = doc[phrase.head]
        lemma = head.lemma_.lower()
        is_title = titles.heads_title(lemma) or lemma in described  # "Your Honor", "Counsel"
        determined = any(child.dep_ in {"det", "poss"} for child in head.lefts)
        if not (phrase.head in heads or head.dep_ in _NARROWING or is_title or determined):
            found.append(phrase)
    return tuple(found)


def _is_headline(doc: Doc, at: int) -> bool:
    """Whether a token stands in a sentence of capitals, where any word looks like a name."""
    sentence = doc[at].sent
    return sentence.text.isupper() and len(sentence) > _WORDS


def _runs(doc: Doc, named: set[int]) -> Iterator[tuple[int, int]]:
    """First and last token of each run of capitalised proper nouns that nothing else covers."""
    first = -1
    for token in doc:
        at = token.i
        inside = (
            token.tag_ in {"NNP", "NNPS"}
            and at not in named
            and token.text[:1].isupper()
            and token.ent_type_ in _MISREAD
        )
        if first >= 0 and not (inside and token.ent_type_ == doc[first].ent_type_):
            yield first, at - 1
            first = -1
        if inside and first < 0:
            first = at
    if first >= 0:
        yield first, len(doc) - 1
