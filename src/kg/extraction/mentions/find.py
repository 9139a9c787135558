"""The walk over a document's names, descriptions and pronouns.

Names come from the pipeline's entity recogniser, mended where it errs in known ways: a
title taken for an organisation, letters after a name taken for a place, a name that it
found once and missed the next time. Descriptions come from lists of nouns, pronouns from
their tags.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.extraction.lexicon import Nouns, Titles, lexicon
from kg.extraction.mentions.descriptions import description, pronoun
from kg.extraction.mentions.governments import governments
from kg.extraction.mentions.judged import judged
from kg.extraction.mentions.kinds import mended, places_by_use, settle_kinds
from kg.extraction.mentions.names import consistent_names, dateline_places, find_names
from kg.extraction.mentions.phrase import Phrase
from kg.extraction.mentions.possible import POSSIBLE, possible_names
from kg.extraction.reading import Reading

__all__ = ["Found", "find_phrases", "recognised"]


@dataclass(frozen=True, slots=True)
class Found:
    """The phrases of a document, and what may be names beside them.

    ``possible`` are persons' names only where a pronoun shows them to be; no phrase covers them.
    """

    phrases: tuple[Phrase, ...]
    possible: tuple[Phrase, ...]


def find_phrases(reading: Reading, titles: Titles, nouns: Nouns) -> Found:
    """All phrases of a document in the order of their heads; names never overlap each other."""
    doc = reading.doc
    told = judged(doc, recognised(reading, titles, nouns), titles, nouns)
    possible = [phrase for phrase in told if phrase.method == POSSIBLE]
    sure = [phrase for phrase in told if phrase.method != POSSIBLE]
    settled = settle_kinds(list(places_by_use(doc, sure)))
    names = list(governments(doc, settled, lexicon().cues))
    taken = {at for phrase in names for at in range(phrase.first, phrase.last + 1)}
    described = [
        phrase
        for token in doc
        if token.i not in taken and (phrase := description(token, titles, nouns)) is not None
    ]
    pronouns = [phrase for token in doc if (phrase := pronoun(token)) is not None]
    heads = {phrase.head for phrase in described}
    return Found(
        tuple(sorted((*names, *described, *pronouns), key=lambda phrase: phrase.head)),
        tuple(phrase for phrase in possible if phrase.head not in heads),
    )


def recognised(reading: Reading, titles: Titles, nouns: Nouns) -> list[Phrase]:
    """The names that the recogniser finds, mended, and what may be a name that it missed."""
    doc = reading.doc
    found = [
        *dateline_places(reading),
        *(mended(doc, phrase, titles, nouns) for phrase in find_names(reading, titles, nouns)),
    ]
    names = list(_apart(consistent_names(doc, found)))
    return [*names, *possible_names(doc, names, titles, nouns)]


def _apart(names: Iterable[Phrase]) -> Iterator[Phrase]:
    """The names that are people, institutions or places; of overlapping ones the first, longest."""
    last = -1
    for phrase in sorted(names, key=lambda phrase: (phrase.first, -phrase.last)):
        if phrase.first > last:
            last = phrase.last
            yield phrase
