"""What a statement gives for one side of an event: how many, when, where, by whom, that it was."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from kg.statements.comparison.counted import Counted
from kg.statements.comparison.parties import Party

__all__ = ["Act", "Aspect", "Doers", "Number", "Period", "Place", "Scope", "Value"]


class Aspect(StrEnum):
    """In what two accounts of an event differ."""

    NUMBER = "number"
    TIME = "time"
    PLACE = "place"
    AGENT = "agent"
    HAPPENING = "happening"


class Value(Protocol):
    """What is given for one side of an event; equal keys are one value."""

    @property
    def aspect(self) -> Aspect:
        """Which side of the event it is."""
        ...

    @property
    def key(self) -> tuple[object, ...]:
        """What makes it this value, whatever words it is given in."""
        ...

    @property
    def words(self) -> str:
        """The value for a person to read."""
        ...


#: Given only roughly, a number reaches so far to both sides: "about 15,000" is no rival of 14,000
#: and one of 21,000. A choice, measured against nothing.
_ROUGHLY = 0.1
#: The seasons of EDTF.
_SEASONS = {"21": "spring", "22": "summer", "23": "autumn", "24": "winter"}
_SEASON = re.compile(r"(?<!\d)(\d{4})-(2[1-4])(?![\d-])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """When it was, in days, both ends included, or one of them open."""

    earliest: dt.date | None
    latest: dt.date | None
    edtf: str
    aspect: Aspect = Aspect.TIME

    @property
    def key(self) -> tuple[object, ...]:
        """The bounds, for the same days are written in more than one way."""
        bounds = (self.earliest, self.latest)
        return tuple("" if bound is None else bound.isoformat() for bound in bounds)

    @property
    def words(self) -> str:
        """The date as EDTF has it, but its seasons by name: 1988-22 is summer 1988."""
        return _SEASON.sub(lambda found: f"{_SEASONS[found[2]]} {found[1]}", self.edtf)

    @property
    def days(self) -> int | None:
        """How many days it covers, None without an end."""
        if self.earliest is None or self.latest is None:
            return None
        return (self.latest - self.earliest).days + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where it was."""

    iri: str
    name: str
    aspect: Aspect = Aspect.PLACE

    @property
    def key(self) -> tuple[object, ...]:
        """Which place it is."""
        return (self.iri,)

    @property
    def words(self) -> str:
        """What it is called."""
        return self.name


@dataclass(frozen=True, slots=True)
class Scope:
    """What kind of event, where and when it was, as far as the clause says it."""

    kind: str
    place: Place | None = None
    period: Period | None = None

    @property
    def key(self) -> tuple[object, ...]:
        """What tells it from others."""
        place = None if self.place is None else self.place.key
        return (self.kind, place, None if self.period is None else self.period.key)


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """How many, within bounds that may be open."""

    lower: float | None
    upper: float | None
    approximate: bool
    counted: Counted
    of: str
    text: str
    scope: Scope
    aspect: Aspect = Aspect.NUMBER

    @property
    def key(self) -> tuple[object, ...]:
        """Bounds and what is counted, wherever the clause that says so says that it was."""
        return (
            self.lower,
            self.upper,
            self.approximate,
            self.counted.fate,
            sorted(self.counted.sort),
        )

    @property
    def words(self) -> str:
        """The number as it is written, and what it counts."""
        return f"{self.text} {self.of}"

    @property
    def bounds(self) -> tuple[float, float]:
        """From where to where it reaches, further where it is given roughly."""
        reach = _ROUGHLY if self.approximate else 0.0
        lower = float("-inf") if self.lower is None else self.lower - abs(self.lower) * reach
        upper = float("inf") if self.upper is None else self.upper + abs(self.upper) * reach
        return lower, upper


@dataclass(frozen=True, slots=True, kw_only=True)
class Doers:
    """By whom."""

    parties: tuple[Party, ...]
    aspect: Aspect = Aspect.AGENT

    @property
    def key(self) -> tuple[object, ...]:
        """Who they are."""
        return tuple(sorted({party.key for party in self.parties}))

    @property
    def words(self) -> str:
        """What they are called."""
        return ", ".join(sorted({party.name for party in self.parties}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """That it happened, or that it did not, with those who are said to have taken part."""

    denied: bool
    label: str
    parties: tuple[tuple[str, Party], ...]
    scope: Scope
    aspect: Aspect = Aspect.HAPPENING

    @property
    def key(self) -> tuple[object, ...]:
        """Whether it is denied, and of whom, where and when."""
        parts = sorted({(part, party.key) for part, party in self.parties})
        return (self.denied, parts, self.scope.key)

    @property
    def words(self) -> str:
        """What is said to have happened or not."""
        takers = "; ".join(f"{part}: {party.name}" for part, party in self.parties)
        said = f"{self.label} ({takers})" if takers else self.label
        return f"not {said}" if self.denied else said
