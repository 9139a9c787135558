"""What speaks for two events being one, and what against, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.families import ONCE, are_near
from kg.identity.events.happenings import Happening, When
from kg.model import EntityKind

__all__ = ["Reason", "conflict", "days_apart", "explain", "may_be_one", "shared"]

#: Dates that lie no further apart may be of one event, one of them being wrong.
_NEAR, _MONTH = 7, 31
#: So many names are shown.
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Reason:
    """Something that two events share, and how much of what is missing to certainty it takes."""

    words: str
    weight: float


def may_be_one(one: Happening, other: Happening) -> bool:
    """Whether events of such kinds can be one at all.

    >>> from kg.identity.events.happenings import Happening
    >>> shot = Happening(kinds=frozenset({"shooting"}), labels=frozenset(), stems=frozenset())
    >>> held = Happening(kinds=frozenset({"trial"}), labels=frozenset(), stems=frozenset())
    >>> may_be_one(shot, shot), may_be_one(shot, held)
    (True, False)
    """
    return any(are_near(kind, rival) for kind in one.kinds for rival in other.kinds)


def conflict(one: Happening, other: Happening) -> str | None:
    """Why two reports cannot both be right if they tell of one event; None where they can.

    Dates that do not meet, two places, and for what happens to a person once other victims.
    Whether one place lies in the other is not known here, so two places only keep rules from
    joining: a person may know better.
    """
    if _apart(one, other):
        days = " and ".join(_first(sorted(each.times)) for each in (one, other))
        return f"the dates differ: {days}"
    if one.places and other.places and not one.places & other.places:
        names = [" or ".join(sorted(name for _, name in each.places)) for each in (one, other)]
        if not {iri for iri, _ in one.places} & {iri for iri, _ in other.places}:
            return f"the places differ: {' and '.join(names)}"
    return _other_people(one, other)


def _apart(one: Happening, other: Happening) -> bool:
    apart = days_apart(one, other)
    return apart is not None and apart > 0


def _first(times: list[When]) -> str:
    narrow = min(times, key=lambda each: (each.last - each.first, each))
    if narrow.first == narrow.last:
        return narrow.first.isoformat()
    return f"{narrow.first.isoformat()} to {narrow.last.isoformat()}"


def _other_people(one: Happening, other: Happening) -> str | None:
    """Whether a part that people have by name is had by others in the other report."""
    for part in ("victim", "accused"):
        ours, theirs = (
            {
                taking.entity: taking.name
                for taking in each.taking
                if taking.part == part and taking.kind is EntityKind.PERSON
            }
            for each in (one, other)
        )
        if ours and theirs and not ours.keys() & theirs.keys():
            names = f"{min(ours.values())} and {min(theirs.values())}"
            return f"the {part} differs: {names}"
    return None


def _shared_day(one: Happening, other: Happening) -> str | None:
    """The day that both state exactly."""
    days = [
        {each.first for each in happening.times if each.first == each.last}
        for happening in (one, other)
    ]
    return min((day.isoformat() for day in days[0] & days[1]), default=None)


def explain(one: Happening, other: Happening) -> str:
    """Why rules hold two events to be one, in words."""
    reasons = [each.words for each in shared(one, other)]
    reasons = reasons or ["a third report agrees with both in day, place or people"]
    return "; ".join((f"both {min(one.kinds & other.kinds, default='told of')}", *reasons))


def shared(one: Happening, other: Happening) -> tuple[Reason, ...]:
    """What speaks for two being one beside their kind; the people first."""
    return tuple(_shared(one, other))


def _shared(one: Happening, other: Happening) -> Iterator[Reason]:
    people = {each.entity: each.name for each in one.taking}
    both = sorted({people[each.entity] for each in other.taking if each.entity in people})
    victims = {each.entity for each in one.taking if each.part == "victim"} & {
        each.entity for each in other.taking if each.part == "victim"
    }
    if victims and (one.kinds & ONCE or other.kinds & ONCE):
        yield Reason(f"the same victim, {min(people[each] for each in victims)}", 0.6)
    elif both:
        shown = f"{', '.join(both[:_SHOWN])}{' …' if len(both) > _SHOWN else ''}"
        yield Reason(f"both with {shown}", 0.4)
    if named := sorted(one.names & other.names):
        yield Reason(f"both called {' '.join(named[0])}", 0.4)
    if day := _shared_day(one, other):
        yield Reason(f"both on {day}", 0.4)
    elif _are_near(one, other):
        apart = days_apart(one, other) or 0
        yield Reason("their dates meet" if apart <= 0 else f"their dates lie {apart} d apart", 0.2)
    if places := sorted(set(dict(one.places)) & set(dict(other.places))):
        yield Reason(f"both in {dict(one.places)[places[0]]}", 0.25)
    if alike := sorted(one.victims & other.victims):
        yield Reason(f"both of {' '.join(alike[0])}", 0.25)


def _are_near(one: Happening, other: Happening) -> bool:
    """Whether the dates meet or, each within a month, nearly do."""
    apart = days_apart(one, other)
    if apart is None or apart <= 0:
        return apart is not None
    widths = ((when.last - when.first).days for when in one.times | other.times)
    return apart <= _NEAR and max(widths) <= _MONTH


def days_apart(one: Happening, other: Happening) -> int | None:
    """How many days lie between the dates, 0 or less where they meet; None where one has none."""
    gaps = [
        max((first.first - second.last).days, (second.first - first.last).days)
        for first in one.times
        for second in other.times
    ]
    return min(gaps, default=None)
