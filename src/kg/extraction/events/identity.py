"""Which mentions of one document are of one event."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.extraction.events.circumstances import (
    width,
)
from kg.extraction.reading import (
    Reading,
)
from kg.model import Event, Time

__all__ = ["identified"]


def identified(reading: Reading, mentions: Sequence[Event]) -> Iterator[Event]:
    """The mentions with ids: one for those of a kind and time, or for "the" one that fits alone."""
    known: dict[str, list[Event]] = {}
    for mention in mentions:
        fitting = [
            identifier
            for identifier, others in known.items()
            if others[0].kind == mention.kind and _may_be_one(reading, mention, others)
        ]
        identifier = fitting[0] if len(fitting) == 1 else f"v{len(known) + 1}"
        found = replace(mention, event=identifier)
        known.setdefault(identifier, []).append(found)
        yield found


def _may_be_one(reading: Reading, mention: Event, others: Sequence[Event]) -> bool:
    """Whether a mention is of an event so far: nothing speaks against it and something for it."""
    times = [other.time for other in others if other.time is not None]
    places = {other.place for other in others if other.place is not None}
    if mention.time is not None and any(not _compatible(mention.time, time) for time in times):
        return False
    if mention.place is not None and places and mention.place not in places:
        return False
    if not _same_people(mention, others):
        return False
    same_time = mention.time is not None and bool(times)
    if same_time or (mention.time is None and _taken_up(reading, mention)):
        return True
    return _shares_victims(reading, mention, others)


def _compatible(one: Time, other: Time) -> bool:
    """Whether two times can be of one event: their bounds meet, and one holds the other."""
    if None in {one.earliest, one.latest, other.earliest, other.latest}:
        return one.edtf == other.edtf
    first, second = sorted((one, other), key=width)
    return (
        second.earliest <= first.earliest and first.latest <= second.latest  # type: ignore[operator]
    )


def _same_people(mention: Event, others: Sequence[Event]) -> bool:
    """Whether no part is played by somebody else."""
    for participant in mention.participants:
        rivals = {
            p.entity for other in others for p in other.participants if p.part == participant.part
        }
        if participant.part == "accused" and rivals and participant.entity not in rivals:
            return False
    return True


def _shares_victims(reading: Reading, mention: Event, others: Sequence[Event]) -> bool:
    """Whether a mention without a time has victims of the same description as one before."""
    if mention.time is not None:
        return False
    ours = _victims(reading, mention)
    return bool(ours) and any(ours & _victims(reading, other) for other in others)


def _victims(reading: Reading, mention: Event) -> set[str]:
    """The victims' descriptions, numbers left out, as lemmas of at least two words."""
    found = set()
    for participant in mention.participants:
        if participant.part == "victim":
            words = [
                t for t in reading.tokens_in(participant.span) if t.pos_ in {"NOUN", "ADJ", "PROPN"}
            ]
            if len(words) > 1:
                found.add(" ".join(token.lemma_.lower() for token in words))
    return found


def _taken_up(reading: Reading, mention: Event) -> bool:
    """Whether a noun with "the", "this" or "that" takes up an event already told of."""
    tokens = list(reading.tokens_in(mention.trigger))
    nouns = [token for token in tokens if token.pos_ in {"NOUN", "PROPN"}]
    return any(
        child.dep_ == "det" and child.lower_ in {"the", "this", "that", "these", "those"}
        for noun in nouns
        for child in noun.children
    )
