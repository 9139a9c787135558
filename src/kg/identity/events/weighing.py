"""How likely two events are one: trees that were fitted to marked articles, see training/events."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from itertools import islice, product

from rapidfuzz.distance import Prefix

from kg.forest import load_forest
from kg.identity.events.contexts import Contexts
from kg.identity.events.evidence import days_apart, may_be_one
from kg.identity.events.happenings import Happening

__all__ = ["FEATURES", "chances", "row"]

#: What the trees look at, in the order of a row; what is not known is -1.
FEATURES = (
    "same stem", "like stems", "same label", "like texts", "like names", "like words",
    "one document", "shared company", "other company", "same place", "dates meet", "same kind",
    "near kind", "like meanings", "least rarity", "most rarity", "shared words", "named beside",
    "none of those beside", "verbs", "same words in a part", "other words in a part",
)  # fmt: skip

#: Of events that many documents tell of, so many pairs of texts are looked at.
_TEXTS = 25
_UNKNOWN = -1.0


def chances(rows: Sequence[Sequence[float]]) -> list[float]:
    """How likely each row's two events are one, from 0 to 1."""
    if not rows:
        return []
    sums = load_forest("kg.identity.events", "trees.json").sums(rows)
    return [1 / (1 + math.exp(-float(one))) for one in sums]


def row(one: Happening, other: Happening, contexts: Contexts) -> list[float]:
    """What is weighed of two events; the same whichever comes first."""
    company = {taking.entity for taking in one.taking}, {taking.entity for taking in other.taking}
    places = {iri for iri, _ in one.places}, {iri for iri, _ in other.places}
    rarities = sorted(map(contexts.rarity, (one, other)))
    return [
        float(bool(one.stems & other.stems)),
        _likeness(one.stems, other.stems),
        float(bool(one.labels & other.labels)),
        _texts(one, other, contexts.of_texts),
        _texts(one, other, contexts.of_names),
        contexts.of_words(one, other),
        float(bool(one.documents & other.documents)),
        float(len(company[0] & company[1])),
        float(all(company) and not company[0] & company[1]),
        float(bool(places[0] & places[1])) if all(places) else _UNKNOWN,
        _meeting(one, other),
        _alike(one, other, near=False),
        _alike(one, other, near=True),
        contexts.of_meanings(one, other),
        *rarities,
        float(len(one.words & other.words)),
        float(len(one.beside & other.beside)),
        float(bool(one.beside and other.beside and not one.beside & other.beside)),
        float(one.verbs + other.verbs),
        float(len(one.played & other.played)),
        float(_others_play(one, other)),
    ]


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """How much of a word of one is the beginning of a word of the other."""
    return max((Prefix.normalized_similarity(*pair) for pair in product(one, other)), default=0.0)


def _others_play(one: Happening, other: Happening) -> bool:
    """Whether some part is told of in both, and not with one word in common."""
    both = {part for part, _ in one.played} & {part for part, _ in other.played}
    return bool(both - {part for part, _ in one.played & other.played})


def _texts(one: Happening, other: Happening, likeness: Callable[[str, str], float]) -> float:
    pairs = product(sorted(one.documents), sorted(other.documents))
    return round(max(likeness(*pair) for pair in islice(pairs, _TEXTS)), 4)


def _meeting(one: Happening, other: Happening) -> float:
    if not one.times or not other.times:
        return _UNKNOWN
    apart = days_apart(one, other)
    return float(apart is not None and apart <= 0)


def _alike(one: Happening, other: Happening, *, near: bool) -> float:
    if "" in one.kinds or "" in other.kinds:
        return _UNKNOWN  # marked words that the word lists do not know
    return float(may_be_one(one, other) if near else bool(one.kinds & other.kinds))
