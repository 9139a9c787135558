"""What a person sees of the graph to decide on."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from kg.model import Anchor, Span

__all__ = ["Entry", "Held", "Judged", "Moment", "Open", "Part", "Place", "Said", "Told"]


@dataclass(frozen=True, slots=True)
class Held:
    """A role that somebody is said to hold, in words."""

    title: str
    organization: str | None
    status: str | None
    start: str | None
    end: str | None
    file: str
    published: str | None = None
    curated: str | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A part that somebody is said to have in an event, in words."""

    part: str
    event: str
    time: str | None
    file: str


@dataclass(frozen=True, slots=True)
class Told:
    """What one statement says of an event, in words."""

    kind: str
    label: str
    time: str | None
    place: str | None
    taking: str | None
    file: str


@dataclass(frozen=True, slots=True)
class Place:
    """Words of a document that stand for an entity, with the sentence around them."""

    file: str
    published: dt.date | None
    span: Span
    words: str
    context: str
    local: str  #: the entity as this document gives it


@dataclass(frozen=True, slots=True)
class Entry:
    """All that a person needs to see of an entity to decide."""

    iri: str
    kind: str
    name: str
    other_names: tuple[str, ...]
    roles: tuple[Held, ...]
    places: tuple[Place, ...]
    parts: tuple[Part, ...] = ()
    told: tuple[Told, ...] = ()  #: of an event: what each statement says of it
    named: bool = True  #: whether a document or a person gives it a name
    curated: str | None = None  #: what people corrected, in words

    @property
    def files(self) -> tuple[str, ...]:
        """The documents that speak of it, each once."""
        return tuple(dict.fromkeys(place.file for place in self.places))


@dataclass(frozen=True, slots=True)
class Judged:
    """A judgement of two entities, as the graph has it."""

    left: str
    right: str
    verdict: str
    by: str
    reason: str
    score: float | None


@dataclass(frozen=True, slots=True)
class Said:
    """A statement or claim: which one it is among those in its words, and where it stands."""

    iri: str
    kind: str  #: role, event, quantity or claim
    label: str  #: the title of a role, the kind of an event, else empty
    passages: tuple[Span, ...]
    anchor: Anchor


@dataclass(frozen=True, slots=True)
class Open:
    """Words that were left open: whom they stand for, or who speaks."""

    iri: str
    what: str
    reason: str
    sentence: str
    anchor: Anchor


@dataclass(frozen=True, slots=True)
class Moment:
    """A time as the graph has it."""

    iri: str
    words: str
    edtf: str
    earliest: str | None
    latest: str | None
    anchor: Anchor
