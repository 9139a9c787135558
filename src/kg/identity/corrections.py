"""What people correct in the findings of a document before anything is compared.

A correction changes the finding where others build on it (a mention is taken off, a date is
another one), and marks it with who corrected what. What is marked keeps the IRI that it had.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from kg.errors import ContradictionError
from kg.identity.anchors import Places, entity_at
from kg.identity.dates import date_of, value_of
from kg.identity.decisions import describe, identify, standing
from kg.identity.meaning import give_meaning
from kg.identity.taking_off import take_off
from kg.model import (
    Claim,
    Decision,
    EntityKind,
    Event,
    Findings,
    Mark,
    Quantity,
    Role,
    Span,
    Time,
)
from kg.shelf import Record, Shelf, shelve
from kg.vocabulary import digest

__all__ = [
    "HIDE_MENTION",
    "MEANS",
    "MENTION",
    "against",
    "astray",
    "correct",
    "marks_of",
    "tag",
]

#: The decision that takes one mention from the entity that the document was read to mean.
MENTION = "split mention"
#: The one that takes it off and hides its words.
HIDE_MENTION = "hide mention"

#: The one that says whom words stand for that were left open.
MEANS = "means"

_OF_ENTITIES = frozenset({"rename", "retype", "hide", HIDE_MENTION})
_OF_SAID = frozenset({"accept", "reject"})
_MARKING = _OF_ENTITIES | _OF_SAID | {"date"}
#: Decisions on one thing of which only one can hold: the kinds, and what tells two of them apart.
_RIVALS = {
    "rename": "rename",
    "retype": "retype",
    "date": "date",
    **dict.fromkeys(_OF_SAID, "said"),
}

type _Said = Role | Event | Quantity | Claim


@dataclass(frozen=True, slots=True)
class _Placed:
    """A decision where it holds; ``meant`` is what kind of entity its words mean by it."""

    span: Span
    decision: Decision
    meant: EntityKind | None = None


def correct(findings: Iterable[Findings], decisions: Iterable[Decision]) -> Shelf:
    """The findings as people corrected them, each correction a mark on what it corrects.

    A mention that somebody took off an entity is an entity of its own, and what is said of just
    that mention - a role, a part in an event, a claim - goes with it. So are words that stand
    for somebody by decision: who it is, resolving says. What is no longer found
    changes nothing here: ``astray`` and resolving list it. The corrections are made when the
    findings are opened, which raises ``ContradictionError`` if two of one thing cannot both hold.
    """
    shelf = shelve(findings)
    places = Places(shelf)
    placed: dict[str, list[_Placed]] = {}
    for decision in standing(decisions):
        if decision.what in _MARKING | {MENTION, MEANS}:
            located = places.locate(decision.left)
            if located is not None:
                record, span = located
                meant = places.found(decision.right) if decision.right else None
                kind = meant.kind if meant and decision.what == MEANS else None
                placed.setdefault(record.sha256, []).append(_Placed(span, decision, kind))
    return shelf.changed({sha256: _with(shelf[sha256], some) for sha256, some in placed.items()})


def _with(record: Record, placed: Iterable[_Placed]) -> Record:
    """A document with corrections, whatever order they come in."""
    ordered = sorted(
        placed, key=lambda each: (each.span, each.decision.when, identify(each.decision))
    )
    return replace(
        record,
        made_from=digest(record.made_from, repr(ordered)),
        open=lambda: _corrected(record.open(), ordered),
        corrected=True,
    )


def astray(shelf: Shelf, decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """The corrections that stand, and that corrected findings bear no mark of."""
    borne = {identify(mark.decision) for found in shelf.corrected for mark in marks_of(found)}
    return tuple(
        decision
        for decision in standing(decisions)
        if decision.what in _MARKING - {HIDE_MENTION} and identify(decision) not in borne
    )


def marks_of(found: Findings) -> Iterator[Mark]:
    """Every mark on a document's findings; one on a time may come more than once."""
    for each in (*found.entities, *_said(found), *_times(found)):
        yield from each.marks


def tag(kind: str, label: str, passages: Sequence[Span]) -> str:
    """What tells a statement or claim from others in its words, wherever these stand.

    >>> tag("role", "mayor", [Span(310, 319), Span(325, 330)])
    'role mayor 0-9 15-20'
    """
    start = passages[0].start
    places = (f"{span.start - start}-{span.end - start}" for span in passages)
    return " ".join([kind, *label.split(), *places])


def against(marks: Iterable[Mark]) -> tuple[Decision, ...]:
    """Decisions on one thing that cannot all hold, by their time; none where all can."""
    families: dict[str, dict[str, Decision]] = {}
    for mark in marks:
        one = mark.decision
        if one.what in _RIVALS:
            held = one.what if one.what in _OF_SAID else mark.after or ""
            families.setdefault(_RIVALS[one.what], {}).setdefault(held, one)
    rivals = next((each for each in families.values() if len(each) > 1), {})
    return tuple(sorted(rivals.values(), key=lambda one: (one.when, identify(one))))


def _corrected(found: Findings, placed: Sequence[_Placed]) -> Findings:
    """One document's findings with its corrections.

    Raises:
        ContradictionError: If two corrections of one thing cannot both hold.
    """
    off = {each.span for each in placed if each.decision.what in {MENTION, HIDE_MENTION}}
    found = take_off(found, sorted(off))
    for each in placed:
        if each.meant is not None:
            found = give_meaning(found, each.span, each.meant, Mark(decision=each.decision))
    for each in placed:
        what, span, decision = each.decision.what, each.span, each.decision
        if what in _OF_ENTITIES:
            found = _mark_entity(found, span, decision)
        elif what in _OF_SAID:
            found = _mark_said(found, span, decision)
        elif what == "date":
            found = _date(found, span, decision)
    for marked in (*found.entities, *_said(found), *_times(found)):
        first, *others = against(marked.marks) or (None,)
        if first is not None:
            raise ContradictionError(describe(first), map(describe, others))
    return found


def _mark_entity(found: Findings, span: Span, decision: Decision) -> Findings:
    entity = entity_at(found, span)
    if entity is None:
        return found
    before = {"rename": entity.name, "retype": entity.kind.value}.get(decision.what)
    after = None if before is None else decision.value
    marked = replace(
        entity, marks=(*entity.marks, Mark(decision=decision, before=before, after=after))
    )
    entities = tuple(marked if each is entity else each for each in found.entities)
    return replace(found, entities=entities)


def _mark_said(found: Findings, span: Span, decision: Decision) -> Findings:
    def marked[T: _Said](said: T) -> T:
        if said.passages[0].start != span.start or _tag(said) != decision.value:
            return said
        return replace(said, marks=(*said.marks, Mark(decision=decision)))

    return replace(
        found,
        roles=tuple(map(marked, found.roles)),
        events=tuple(map(marked, found.events)),
        quantities=tuple(map(marked, found.quantities)),
        claims=tuple(map(marked, found.claims)),
    )


def _tag(said: _Said) -> str:
    match said:
        case Role():
            return tag("role", said.title, said.passages)
        case Event():
            return tag("event", said.kind, said.passages)
        case Quantity():
            return tag("quantity", "", said.passages)
        case Claim():
            return tag("claim", "", said.passages)


def _date(found: Findings, span: Span, decision: Decision) -> Findings:
    try:
        edtf, (earliest, latest) = date_of(decision.value)
    except ValueError:
        return found  # listed as astray: a line that somebody wrote by hand

    def dated[T: Time | None](time: T) -> T:
        if time is None or time.span != span:
            return time
        mark = Mark(
            decision=decision, before=_value(time), after=value_of(edtf, (earliest, latest))
        )
        return replace(
            time,
            edtf=edtf,
            earliest=earliest,
            latest=latest,
            anchor=None,
            method="curator:date",
            marks=(*time.marks, mark),
        )

    return _with_times(found, dated)


def _value(time: Time) -> str:
    """What the document was read to say, also where another correction went before."""
    if time.marks:
        return time.marks[0].before or ""
    return value_of(time.edtf, (time.earliest, time.latest))


def _with_times(found: Findings, change: Callable[[Time | None], Time | None]) -> Findings:
    times = tuple(time for each in found.times if (time := change(each)) is not None)
    return replace(
        found,
        times=times,
        roles=tuple(
            replace(each, start=change(each.start), end=change(each.end)) for each in found.roles
        ),
        events=tuple(replace(each, time=change(each.time)) for each in found.events),
        claims=tuple(replace(each, said=change(each.said)) for each in found.claims),
    )


def _said(found: Findings) -> tuple[_Said, ...]:
    return (*found.roles, *found.events, *found.quantities, *found.claims)


def _times(found: Findings) -> Iterator[Time]:
    yield from found.times
    for role in found.roles:
        yield from (bound for bound in (role.start, role.end) if bound is not None)
    yield from (event.time for event in found.events if event.time is not None)
    yield from (claim.said for claim in found.claims if claim.said is not None)
