"""The country that an adjective before a title names: the Norwegian president."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from kg.extraction.lexicon import Titles
from kg.extraction.mentions import Phrase
from kg.model import EntityKind, Form
from kg.resources import read_resource

__all__ = ["countries_of_titles"]

#: How many words may stand between an adjective and its title: Iranian deputy foreign minister.
_BETWEEN = 4
_MODIFYING = {"ADJ", "NOUN", "PROPN", "VERB"}
#: Titles of any office that name a country's ruler when its adjective stands right before them.
_RULING = {("leader",), ("ruler",)}


@dataclass(frozen=True, slots=True)
class _Nations:
    """Countries by adjective, and the names that each goes by."""

    countries: Mapping[tuple[str, ...], str]
    names: Mapping[str, frozenset[str]]


@functools.cache
def _nations() -> _Nations:
    table = tomllib.loads(read_resource("extraction/patterns/nations.toml"))
    return _Nations(
        {
            tuple(adjective.split()): country
            for country, adjectives in table["adjectives"].items()
            for adjective in adjectives
        },
        {
            country: frozenset((country, *table["names"].get(country, ())))
            for country in table["adjectives"]
        },
    )


def countries_of_titles(doc: Doc, phrases: Sequence[Phrase], titles: Titles) -> tuple[Phrase, ...]:
    """The adjectives that stand before titles of the state, each as a name of its country.

    The country is called as the text calls it elsewhere, so that both are one place; where it
    does so nowhere, the adjective is all there is to call it by. Only before a title that is
    held for a country does an adjective name one: a Norwegian minister, but not a Norwegian
    painter.
    """
    nations = _nations()
    taken = {
        at
        for phrase in phrases
        if phrase.form is Form.NAME
        for at in range(phrase.first, phrase.last + 1)
    }
    called = [p.name for p in phrases if p.kind is EntityKind.PLACE and p.form is Form.NAME]
    found = []
    for first, last, country in _adjectives(doc, nations):
        if taken & set(range(first, last + 1)) or not _leads_to_title(doc, last, taken, titles):
            continue
        name = next(
            (name for name in called if name in nations.names[country]), doc[first : last + 1].text
        )
        found.append(
            Phrase(
                head=last,
                first=first,
                last=last,
                kind=EntityKind.PLACE,
                form=Form.NAME,
                name=name,
                method="rule:nationality",
            )
        )
    return tuple(found)


def _adjectives(doc: Doc, nations: _Nations) -> Iterator[tuple[int, int, str]]:
    """First token, last token and country of each adjective of a country, two words before one."""
    end = -1
    for at in range(len(doc)):
        if at <= end or not doc[at].text[:1].isupper():
            continue
        for length in (3, 2, 1):
            words = tuple(token.lower_ for token in doc[at : at + length])
            if len(words) == length and words in nations.countries:
                end = at + length - 1
                if not _is_half(doc, at, end):
                    yield at, end, nations.countries[words]
                break


def _is_half(doc: Doc, first: int, last: int) -> bool:
    """Whether a hyphen joins an adjective to another: "Anglo-Norwegian" says where from."""
    around = [*doc[max(0, first - 1) : first], *doc[last + 1 : last + 2]]
    return any(token.text in {"-", "–"} for token in around)


def _leads_to_title(doc: Doc, adjective: int, taken: set[int], titles: Titles) -> bool:
    """Whether the first title after an adjective, in its phrase, is one of the state."""
    last = min(len(doc), adjective + _BETWEEN + 2)
    for at in range(adjective + 1, last):
        if at in taken or doc[at].sent != doc[adjective].sent:
            return False
        for length in range(min(titles.longest, len(doc) - at), 0, -1):
            words = titles.key(doc, at, at + length)
            if words in titles.kinds and _is_whole(doc, at + length):
                return titles.kinds[words] in titles.national or (
                    words in _RULING and at == adjective + 1
                )
        if doc[at].pos_ not in _MODIFYING:
            return False
    return False


def _is_whole(doc: Doc, end: int) -> bool:
    """Whether a title ends before a token, so that it is no part of a longer noun."""
    return end >= len(doc) or doc[end].pos_ != "NOUN"
