"""The walk over a document's names, descriptions and pronouns.

Names come from the pipeline's entity recogniser, mended where it errs in known ways: a
title taken for an organisation, letters after a name taken for a place, a name that it
found once and missed the next time. Descriptions come from lists of nouns, pronouns from
their tags.
"""

from __future__ import annotations

from kg.extraction.lexicon import Nouns, Titles
from kg.extraction.mentions.descriptions import description, pronoun
from kg.extraction.mentions.kinds import mended, places_by_use, settle_kinds
from kg.extraction.mentions.names import consistent_names, dateline_places, find_names
from kg.extraction.mentions.phrase import Phrase
from kg.extraction.reading import Reading

__all__ = ["find_phrases"]


def find_phrases(reading: Reading, titles: Titles, nouns: Nouns) -> tuple[Phrase, ...]:
    """All phrases of a document in the order of their heads; names never overlap each other."""
    doc = reading.doc
    found = [
        *dateline_places(reading),
        *(mended(doc, phrase, titles, nouns) for phrase in find_names(reading, titles, nouns)),
    ]
    consistent = consistent_names(doc, found)
    names = list(settle_kinds(list(places_by_use(doc, consistent))))
    taken = {at for phrase in names for at in range(phrase.first, phrase.last + 1)}
    described = [
        phrase
        for token in doc
        if token.i not in taken and (phrase := description(token, titles, nouns)) is not None
    ]
    pronouns = [phrase for token in doc if (phrase := pronoun(token)) is not None]
    return tuple(sorted((*names, *described, *pronouns), key=lambda phrase: phrase.head))
