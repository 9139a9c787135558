"""Which mentions of one document are of one event.

A mention joins an event so far where something speaks for it - its time, who it happens to, a
noun with "the" that takes up what was told - and nothing against it. Where two events fit, none is
chosen: the mention is left open for a person.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from kg.extraction.events.circumstances import width
from kg.extraction.reading import Reading
from kg.families import are_near
from kg.model import Abstention, Event, Span, Time

__all__ = ["Chains"]

#: So many sentences back a noun of another kind, or a word for any event, takes up what was told.
_REACH = 3
#: "It" stands closer to what it takes up.
_REACH_OF_PRONOUN = 1
_METHOD = "rule:event-coreference"
_POINTING = frozenset({"the", "this", "that", "these", "those"})
#: Parts that an event has for whom it happens to: others in them, another event.
_UNDERGONE = frozenset({"victim", "target", "accused", "office-holder"})


@dataclass(slots=True)
class Chains:
    """The events of a document so far, each with its mentions; grows in the order of the text."""

    reading: Reading
    _known: dict[str, list[Event]] = field(default_factory=dict)
    open: list[Abstention] = field(default_factory=list)
    _sentences: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self._sentences = [sentence.start_char for sentence in self.reading.doc.sents]

    def add(self, mention: Event) -> Event:
        """The mention with the id of the event that it is of, a new one where none fits alone."""
        fitting = [id_ for id_, others in self._known.items() if self._fits(mention, others)]
        taken_up = _taken_up(self.reading, mention)
        if not fitting and taken_up and not mention.participants:
            fitting = [
                id_
                for id_ in self.near(mention.trigger)
                if _are_compatible(mention, self._known[id_])
                and are_near(mention.kind, self._known[id_][0].kind)
            ]
        if len(fitting) > 1 and taken_up:
            self._leave_open(mention.trigger, fitting)
        return self.put(mention, fitting[0] if len(fitting) == 1 else f"v{len(self._known) + 1}")

    def put(self, mention: Event, id_: str) -> Event:
        """The mention as one of this event."""
        found = replace(mention, event=id_)
        self._known.setdefault(id_, []).append(found)
        return found

    def can_hold(self, mention: Event, id_: str) -> bool:
        """Whether nothing that a mention says is against its being of an event."""
        return _are_compatible(mention, self._known[id_])

    def only_one_near(self, words: Span, *, pronoun: bool) -> Event | None:
        """The first mention of the one event told of shortly before; none where two were."""
        near = self.near(words, _REACH_OF_PRONOUN if pronoun else _REACH)
        if len(near) > 1:
            self._leave_open(words, near)
        return self._known[near[0]][0] if len(near) == 1 else None

    def near(self, words: Span, reach: int = _REACH) -> list[str]:
        """The events told of in the sentences before some words, or before them in theirs."""
        return [
            id_
            for id_, others in self._known.items()
            if 0 <= self._sentences_between(others[-1].trigger, words) <= reach
        ]

    def _fits(self, mention: Event, others: Sequence[Event]) -> bool:
        return (
            others[0].kind == mention.kind
            and _are_compatible(mention, others)
            and self._is_likely(mention, others)
        )

    def _is_likely(self, mention: Event, others: Sequence[Event]) -> bool:
        """Whether something speaks for a mention being of an event."""
        same_time = mention.time is not None and any(other.time is not None for other in others)
        if same_time or (mention.time is None and _taken_up(self.reading, mention)):
            return True
        return _shares_sufferer(mention, others) or _shares_victims(self.reading, mention, others)

    def _sentences_between(self, earlier: Span, later: Span) -> int:
        """How many sentences on some words stand; below 0 where they stand before."""
        if earlier.start > later.start:
            return -1
        return bisect(self._sentences, later.start) - bisect(self._sentences, earlier.start)

    def _leave_open(self, words: Span, fitting: Sequence[str]) -> None:
        labels = "; ".join(dict.fromkeys(self._known[id_][0].label for id_ in fitting))
        self.open.append(
            Abstention(
                span=words,
                what="coreference",
                reason=f"more than one event fits: {labels}",
                method=_METHOD,
            )
        )


def _are_compatible(mention: Event, others: Sequence[Event]) -> bool:
    """Whether nothing that a mention says is against its being of an event so far."""
    times = [other.time for other in others if other.time is not None]
    places = {other.place for other in others if other.place is not None}
    if mention.time is not None and any(not _meet(mention.time, time) for time in times):
        return False
    if mention.place is not None and places and mention.place not in places:
        return False
    return not _other_people(mention, others)


def _meet(one: Time, other: Time) -> bool:
    """Whether two times can be of one event: their bounds meet, and one holds the other."""
    if None in {one.earliest, one.latest, other.earliest, other.latest}:
        return one.edtf == other.edtf
    first, second = sorted((one, other), key=width)
    return (
        second.earliest <= first.earliest and first.latest <= second.latest  # type: ignore[operator]
    )


def _other_people(mention: Event, others: Sequence[Event]) -> bool:
    """Whether it happens to somebody else than what was told so far."""
    for part in _UNDERGONE:
        ours, theirs = _in_part(part, [mention]), _in_part(part, others)
        if ours and theirs and not ours & theirs:
            return True
    return False


def _in_part(part: str, mentions: Sequence[Event]) -> set[str]:
    return {each.entity for one in mentions for each in one.participants if each.part == part}


def _shares_sufferer(mention: Event, others: Sequence[Event]) -> bool:
    """Whether it happens to somebody to whom what was told so far happens too."""
    return any(_in_part(part, [mention]) & _in_part(part, others) for part in _UNDERGONE)


def _shares_victims(reading: Reading, mention: Event, others: Sequence[Event]) -> bool:
    """Whether a mention without a time has victims of the same description as one before."""
    if mention.time is not None:
        return False
    ours = set(_victims(reading, mention))
    return bool(ours) and any(ours & set(_victims(reading, other)) for other in others)


def _victims(reading: Reading, mention: Event) -> Iterator[str]:
    """The victims' descriptions, numbers left out, as lemmas of at least two words."""
    for participant in mention.participants:
        if participant.part == "victim":
            words = [
                t for t in reading.tokens_in(participant.span) if t.pos_ in {"NOUN", "ADJ", "PROPN"}
            ]
            if len(words) > 1:
                yield " ".join(token.lemma_.lower() for token in words)


def _taken_up(reading: Reading, mention: Event) -> bool:
    """Whether a noun with "the", "this" or "that" takes up an event already told of."""
    return any(
        child.dep_ == "det" and child.lower_ in _POINTING
        for noun in reading.tokens_in(mention.trigger)
        if noun.pos_ in {"NOUN", "PROPN"}
        for child in noun.children
    )
