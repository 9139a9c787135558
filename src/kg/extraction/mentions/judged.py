"""What each name of a document names, as trees see it that were fitted to marked texts.

The recogniser judges a name where it stands; the trees judge it by all places where it stands,
by its letters, and by lists of given names, surnames and places (``training/mentions``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from spacy.tokens import Doc

from kg.extraction.lexicon import Nouns, Titles
from kg.extraction.mentions.clues import CLASSES, load_clues
from kg.extraction.mentions.names import cut_to_name
from kg.extraction.mentions.phrase import Phrase, name_phrase
from kg.extraction.mentions.possible import POSSIBLE
from kg.extraction.mentions.traits import traits, uses
from kg.forest import load_kinds, softmax
from kg.model import EntityKind

__all__ = ["judged"]

#: How probable a person must be for a name that the recogniser took for no person's, and for
#: capitalised words that it took for nothing: most of those are no name of anybody, and a pronoun
#: may show it later. Both by cross-validation (MODEL_CARD.md).
_PERSON, _MISSED_PERSON = 0.8, 0.95
#: The same for an institution or place that it took for nothing.
_MISSED = 0.5
#: Below this a "person" is what else is most probable, if that is probable enough.
_NO_PERSON, _SURE = 0.25, 0.7
#: What begins no person's name, though lists of given names hold some of it.
_OF_PLACES = {"camp", "castle", "fort", "hotel", "lake", "mount", "mt.", "port", "villa"}
_KINDS = {
    "person": EntityKind.PERSON,
    "organization": EntityKind.ORGANIZATION,
    "place": EntityKind.PLACE,
}
#: Who found these was told by the words around, and the trees do not know better.
_TOLD = ("rule:dateline", "rule:person-by-apposition", "rule:place-by-noun", "rule:acronym")
_METHOD = "model:kind-of-name"


def judged(doc: Doc, phrases: Iterable[Phrase], titles: Titles, nouns: Nouns) -> list[Phrase]:
    """The names with the kind that is most probable, and how probably each is a person's.

    What may be a name (``POSSIBLE``) becomes one where it is sure enough what it names.
    """
    names = uses(phrases)
    if not names:
        return []
    rows = traits(doc, names, titles, nouns, load_clues())
    trees = load_kinds("kg.extraction.mentions", "kinds.json")
    chances = softmax([trees[name].sums(rows) for name in CLASSES])
    return [
        settled
        for name, row in zip(names, chances, strict=True)
        for phrase in name.phrases
        if (settled := _settled(doc, phrase, row.tolist(), titles)) is not None
    ]


def _settled(doc: Doc, found: Phrase, row: Sequence[float], titles: Titles) -> Phrase | None:
    """A name with its kind; None for a "person" that is no name of anything, probably."""
    chances = dict(zip(CLASSES, row, strict=True))
    best = max(chances, key=lambda name: chances[name])
    phrase = replace(found, person=chances["person"])
    if found.method.startswith(_TOLD) or found.kind not in _KINDS.values():
        return phrase
    if found.method == POSSIBLE:
        least = _MISSED_PERSON if best == "person" else _MISSED
        named = best in _KINDS and chances[best] >= least
        return replace(phrase, kind=_KINDS[best], method=_METHOD) if named else phrase
    if found.kind is not EntityKind.PERSON:
        called = chances["person"] >= _PERSON and doc[found.first].lower_ not in _OF_PLACES
        return _as_person(doc, phrase, titles) if called else phrase
    if chances["person"] < _NO_PERSON and chances[best] >= _SURE:
        known = _KINDS.get(best)
        return None if known is None else replace(phrase, kind=known, method=_METHOD)
    return phrase


def _as_person(doc: Doc, phrase: Phrase, titles: Titles) -> Phrase:
    """An "institution" or "place" as the person that it is, without titles and letters."""
    first, last = cut_to_name(doc, phrase.first, phrase.last, titles, is_person=True)
    made = name_phrase(doc, first, last, EntityKind.PERSON, _METHOD)
    return replace(made, person=phrase.person)
