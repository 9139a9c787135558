"""Which events are worth comparing: blocks that share a key, never all with all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

from kg.families import FAMILIES
from kg.identity.blocks import blocks
from kg.identity.events.happenings import Happening

__all__ = ["event_pairs"]

type _Key = tuple[object, ...]

#: A block of more events than this is cut by two keys at once, and one that is larger still left
#: out: what hundreds share tells none of them apart, and all with all would never end.
_LARGE, _LARGE_STILL = 25, 60


def event_pairs(known: Mapping[str, Happening]) -> Iterator[tuple[str, str]]:
    """The pairs of events that may be one, each once, in a fixed order."""
    iris = sorted(known)
    seen: set[int] = set()
    for members in blocks((key, at) for at, iri in enumerate(iris) for key in _keys(known[iri])):
        if len(members) <= _LARGE:
            found: Iterable[tuple[int, int]] = combinations(members, 2)
        else:
            found = _in_finer([(at, known[iris[at]]) for at in members])
        for one, other in found:
            pair = one * len(iris) + other
            if pair not in seen:
                seen.add(pair)
                yield iris[one], iris[other]


def _in_finer(members: Iterable[tuple[int, Happening]]) -> Iterator[tuple[int, int]]:
    """The pairs of a block that share two keys of one family, each of another sort."""
    two = (
        ((one, other), at)
        for at, happening in members
        for one, other in combinations(sorted(set(_keys(happening)), key=repr), 2)
        if one[0] == other[0] and one[1] != other[1]
    )
    for some in blocks(two):
        if len(some) <= _LARGE_STILL:
            yield from combinations(some, 2)


def _keys(happening: Happening) -> Iterator[_Key]:
    """What events of one family must share one of: people, place and year, day, name, words."""
    for family in _families(happening.kinds):
        for taking in happening.taking:
            yield family, "who", taking.entity
        years = {year for when in happening.times for year in (when.first.year, when.last.year)}
        for place, _ in happening.places:
            yield family, "at", place
            yield from ((family, "at in", place, year) for year in years)
        for when in happening.times:
            if when.first == when.last:
                yield family, "day", when.first.toordinal()
            if (when.first.year, when.first.month) == (when.last.year, when.last.month):
                yield family, "month", when.first.year, when.first.month
        yield from ((family, "name", name) for name in happening.names)
        yield from ((family, "of", words) for words in happening.victims)
        for home in happening.homes:
            yield from ((family, "stem", stem, home) for stem in happening.stems)
    for label in happening.labels:
        if " " in label:
            yield "label", "label", label.casefold()


def _families(kinds: frozenset[str]) -> set[object]:
    """The numbers of the families of some kinds; a kind that is in none is its own."""
    found: set[object] = set()
    for kind in kinds:
        inside = {number for number, family in enumerate(FAMILIES) if kind in family}
        found |= inside or {kind}
    return found
