"""What each statement tells of its event, in a form that can be compared."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.model import Certainty, Event, Participant, Polarity, Quantity
from kg.statements.comparison.counted import counted, is_part
from kg.statements.comparison.origins import Speaking
from kg.statements.comparison.parties import Party
from kg.statements.comparison.rivalry import SINGLE
from kg.statements.comparison.values import Act, Doers, Number, Period, Place, Scope, Value
from kg.statements.contents import Statement

__all__ = ["Telling", "tell"]

#: How sure somebody must be for others to contradict them: what only may be contradicts nothing.
_SURE = frozenset({Certainty.CERTAIN, Certainty.PROBABLE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One value that a statement gives for its event, and on what day."""

    statement: str
    event: str
    day: dt.date | None
    value: Value


def tell(statements: Iterable[Statement], speaking: Speaking) -> Iterator[Telling]:
    """Everything that can be compared of what a document says of events."""
    found, at = speaking.found, speaking.at
    clauses: dict[str, list[Event]] = defaultdict(list)
    numbers: dict[str, list[Quantity]] = defaultdict(list)
    for event in found.events:
        clauses[event.event].append(event)
    for quantity in found.quantities:
        if quantity.event is not None:
            numbers[quantity.event].append(quantity)
    for statement in statements:
        match statement.finding:
            case Event(event=id_) as event:
                values = list(_of_event(event, speaking))
            case Quantity(event=str(id_)) as quantity:
                values = list(_of_quantity(quantity, clauses[id_], numbers[id_], speaking))
            case _:
                continue
        for value in values:
            yield Telling(
                statement=statement.iri,
                event=at.events[id_],
                day=speaking.day(statement.finding),
                value=value,
            )


def _of_event(event: Event, speaking: Speaking) -> Iterator[Value]:
    if event.stance.certainty not in _SURE:
        return
    scope = _scope(speaking, event)
    parties = tuple((p.part, _party(speaking, p)) for p in event.participants)
    denied = event.stance.polarity is Polarity.DENIED
    label = speaking.cover(" ".join(event.label.split()))
    yield Act(denied=denied, label=label, parties=parties, scope=scope)
    if denied:
        return  # whoever denies it gives no time, place or doer of it
    if event.kind not in SINGLE:
        return
    if scope.period is not None:
        yield scope.period
    if scope.place is not None:
        yield scope.place
    doers = tuple(party for part, party in parties if part == "agent")
    if doers:
        yield Doers(parties=doers)


def _of_quantity(
    quantity: Quantity, clauses: list[Event], numbers: list[Quantity], speaking: Speaking
) -> Iterator[Number]:
    if quantity.stance.polarity is Polarity.DENIED or quantity.stance.certainty not in _SURE:
        return
    clause = _clause(quantity, clauses, speaking)
    if clause is None or quantity.of is None or _is_part(quantity, speaking):
        return
    span = quantity.of_span
    parts = [p.part for p in clause.participants if span is not None and p.span.overlaps(span)]
    others = [other.of for other in numbers if other is not quantity and other.of]
    what = counted(quantity.of, clause.kind, parts[0] if parts else None, others)
    if what is not None and (quantity.lower, quantity.upper) != (None, None):
        yield Number(
            lower=quantity.lower,
            upper=quantity.upper,
            approximate=quantity.approximate,
            counted=what,
            of=speaking.cover(" ".join(quantity.of.split())),
            text=speaking.cover(" ".join(quantity.text.split())),
            scope=_scope(speaking, clause),
        )


def _clause(quantity: Quantity, clauses: list[Event], speaking: Speaking) -> Event | None:
    """The mention of the event in the number's own sentence, the nearest one."""
    sentence = speaking.sentence(quantity.span)
    near = [clause for clause in clauses if speaking.sentence(clause.trigger) == sentence]
    at = quantity.span.start
    return min(near, key=lambda each: (abs(each.trigger.start - at), each.trigger), default=None)


def _is_part(quantity: Quantity, speaking: Speaking) -> bool:
    text, number = speaking.found.document.text, speaking.sentence(quantity.span)
    if number < 0:
        return False
    around = speaking.found.sentences[number]
    before, after = text[around.start : quantity.span.start], text[quantity.span.end : around.end]
    return is_part(before, after)


def _party(speaking: Speaking, participant: Participant) -> Party:
    entity = speaking.entities[participant.entity]
    return Party(
        iri=speaking.at.canonical[entity.id],
        name=" ".join(entity.name.split()),
        named=entity.named,
        kind=entity.kind,
    )


def _scope(speaking: Speaking, event: Event) -> Scope:
    place = time = None
    if event.place is not None:
        name = " ".join(speaking.entities[event.place].name.split())
        place = Place(iri=speaking.at.canonical[event.place], name=name)
    if event.time is not None:
        time = Period(
            earliest=event.time.earliest,
            latest=event.time.latest,
            edtf=event.time.edtf,
        )
    return Scope(event.kind, place, time)
