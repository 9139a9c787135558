"""Which events rules join: the same in kind, day, place and people, where nothing differs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from kg.families import OFTEN, ONCE
from kg.identity.consistency import consistent, holds_any
from kg.identity.events.evidence import conflict
from kg.identity.events.happenings import Happening, Taking
from kg.identity.rulings import Groups, Rulings
from kg.model import EntityKind

__all__ = ["join_events"]

type _Key = tuple[object, ...]
type _Year = tuple[str, str, int]

#: Where events of a kind are told of on more days of a year than this, two may fall on one day;
#: chosen on bench/event_scale.py.
_BUSY = 6

#: Parts of an event that one person has in no two events of a kind on one day.
_UNDERGONE = frozenset({"victim", "accused", "target", "office-holder"})


def join_events(
    known: Mapping[str, Happening], countries: frozenset[str], rulings: Rulings
) -> list[list[str]]:
    """The groups of more than one that rules join, each in order.

    ``countries`` are the canonical IRIs of places too large to tell two events apart.
    """
    busy = _busy(known)
    sharing: dict[_Key, list[str]] = {}
    for iri, happening in known.items():
        if happening.told and iri not in rulings.alone:
            for key in _keys(happening, countries, busy):
                sharing.setdefault(key, []).append(iri)
    groups = Groups(known)
    for members in sharing.values():
        once = _told_once(members, known)
        for member in once[1:]:
            groups.join(once[0], member)
    joined: dict[str, list[str]] = {}
    for member, least in groups.canonical().items():
        joined.setdefault(least, []).append(member)
    parts = (_unopposed(group, known) for group in joined.values() if len(group) > 1)
    barred = frozenset(pair for pair, _ in rulings.different)
    return [part for part in parts if len(part) > 1 and not holds_any(part, barred)]


def _busy(known: Mapping[str, Happening]) -> frozenset[_Year]:
    """The kinds, places and years in which so many days have an event that one day tells little."""
    days: dict[_Year, set[int]] = {}
    for happening in known.values():
        for when in happening.times:
            for kind in happening.kinds if when.first == when.last else ():
                for place, _ in happening.places:
                    year = (kind, place, when.first.year)
                    days.setdefault(year, set()).add(when.first.toordinal())
    return frozenset(year for year, some in days.items() if len(some) > _BUSY)


def _keys(
    happening: Happening, countries: frozenset[str], busy: frozenset[_Year]
) -> Iterator[_Key]:
    """What no two events share: each key alone is enough."""
    days = {when.first for when in happening.times if when.first == when.last}
    places = {iri for iri, _ in happening.places} - countries
    for kind in happening.kinds:
        people = [taking for taking in happening.taking if _undergoes(taking)]
        if kind in ONCE:
            yield from ((kind, "once", taking.entity) for taking in people)
        for day in days:
            yield from ((kind, day, taking.entity) for taking in people)
            for place in places:
                yield from (
                    (kind, day, place, taking.part, taking.entity) for taking in happening.taking
                )
                yield from ((kind, day, place, words) for words in happening.victims)
                if kind not in OFTEN and (kind, place, day.year) not in busy:
                    yield kind, day, place
        for name in happening.names:
            at = {iri for iri, _ in happening.places} or happening.homes
            yield from ((kind, "named", name, place) for place in at)


def _undergoes(taking: Taking) -> bool:
    return taking.kind is EntityKind.PERSON and taking.part in _UNDERGONE


def _told_once(members: Sequence[str], known: Mapping[str, Happening]) -> list[str]:
    """The members whose document tells of no other such event: else the key tells none apart."""
    told = Counter(document for member in members for document in known[member].documents)
    return [m for m in members if all(told[each] == 1 for each in known[m].documents)]


def _unopposed(members: Sequence[str], known: Mapping[str, Happening]) -> list[str]:
    """The members of whom none contradicts another: a chain joins no two that do."""
    return consistent(
        members,
        lambda each: (known[each].times, known[each].places, _sufferers(known[each])),
        lambda one, other: conflict(known[one], known[other]) is not None,
    )


def _sufferers(happening: Happening) -> frozenset[Taking]:
    return frozenset(filter(_undergoes, happening.taking))
