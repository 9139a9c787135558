"""What is said: the content graphs of roles, events and quantities."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import singledispatch

from pyoxigraph import NamedNode

from kg.model import Event, Findings, Quantity, Role, Span, Time
from kg.statements.iris import Iris
from kg.statements.terms import Triple, term, triples
from kg.vocabulary import kind_iri

__all__ = ["Outline", "Said", "Statement", "content", "outline"]

#: The findings that become statements.
type Said = Role | Event | Quantity


@dataclass(frozen=True, slots=True)
class Outline:
    """What makes a statement this one, what it is about and what it rests on."""

    kind: str
    key: tuple[object, ...]  #: spans and words, nothing that other documents could change
    about: tuple[str, ...]
    passages: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """A finding as a statement: its IRI, what was found, its outline."""

    iri: str
    finding: Said
    outline: Outline


@singledispatch
def outline(finding: Said, findings: Findings, at: Iris) -> Outline:
    """The outline of the statement that a finding becomes."""
    raise TypeError(type(finding), findings, at)


@singledispatch
def content(finding: Said, statement: str, at: Iris) -> Iterator[Triple]:
    """What the statement says, as triples; its own nodes are named after it."""
    raise TypeError(type(finding), statement, at)


def _places(*spans: Span | None) -> tuple[list[int], ...]:
    return tuple([span.start, span.end] for span in spans if span is not None)


def _span(time: Time | None) -> Span | None:
    return None if time is None else time.span


@outline.register
def _(finding: Role, findings: Findings, at: Iris) -> Outline:
    times = (_span(finding.start), _span(finding.end), _span(finding.held))
    anchors = {entity.id: entity.anchor for entity in findings.entities}
    organization = () if finding.organization is None else (finding.organization,)
    return Outline(
        kind="role",
        key=(
            finding.title,
            _places(finding.holder, *finding.evidence),
            _places(*(anchors[id_] for id_ in organization)),
            _places(*times),
        ),
        about=tuple(at.canonical[id_] for id_ in (finding.person, *organization)),
        passages=finding.passages,
    )


@outline.register
def _(finding: Event, findings: Findings, at: Iris) -> Outline:  # noqa: ARG001 - same for all
    parts = finding.participants
    time = _span(finding.time)
    return Outline(
        kind="event",
        key=(
            finding.kind,
            _places(finding.trigger, finding.place_span, time),
            [[part.part, part.span.start, part.span.end] for part in parts],
        ),
        about=(at.events[finding.event], *(at.canonical[part.entity] for part in parts)),
        passages=finding.passages,
    )


@outline.register
def _(finding: Quantity, findings: Findings, at: Iris) -> Outline:
    counted = finding.of_span
    mentioned = (
        at.canonical[entity.id]
        for entity in findings.entities
        if counted and any(counted.overlaps(mention.span) for mention in entity.mentions)
    )
    events = () if finding.event is None else (at.events[finding.event],)
    return Outline(
        kind="quantity",
        key=(_places(finding.span, counted),),
        about=(*events, *mentioned),
        passages=finding.passages,
    )


@content.register
def _(finding: Role, statement: str, at: Iris) -> Iterator[Triple]:
    interval = NamedNode(f"{statement}/interval")
    bounded = finding.start is not None or finding.end is not None
    yield from triples(
        NamedNode(f"{statement}/membership"),
        {
            "rdf:type": term("org:Membership"),
            "org:member": NamedNode(at.canonical[finding.person]),
            "org:organization": _entity(finding.organization, at),
            "kg:title": finding.title,
            "org:role": _kind("role", finding.kind),
            "kg:status": _kind("status", finding.status),
            "org:memberDuring": interval if bounded else None,
            "kg:heldAt": _time(finding.held, at),
        },
    )
    if bounded:
        yield from triples(
            interval,
            {
                "rdf:type": term("kg:Interval"),
                "kg:start": _time(finding.start, at),
                "kg:end": _time(finding.end, at),
            },
        )


@content.register
def _(finding: Event, statement: str, at: Iris) -> Iterator[Triple]:
    participants = [
        (NamedNode(f"{statement}/participant/{number}"), participant)
        for number, participant in enumerate(finding.participants, start=1)
    ]
    yield from triples(
        NamedNode(at.events[finding.event]),
        {
            "rdf:type": term("sem:Event"),
            "rdfs:label": finding.label,
            "sem:eventType": _kind("event", finding.kind),
            "sem:hasPlace": _entity(finding.place, at),
            "sem:hasTime": _time(finding.time, at),
            "sem:hasActor": [node for node, _ in participants],
        },
    )
    for node, participant in participants:
        yield from triples(
            node,
            {
                "rdf:type": term("sem:Role"),
                "rdf:value": NamedNode(at.canonical[participant.entity]),
                "sem:roleType": _kind("part", participant.part),
            },
        )


@content.register
def _(finding: Quantity, statement: str, at: Iris) -> Iterator[Triple]:
    quantity = NamedNode(f"{statement}/quantity")
    if finding.event is not None:
        yield from triples(NamedNode(at.events[finding.event]), {"kg:quantity": quantity})
    yield from triples(
        quantity,
        {
            "rdf:type": term("kg:Quantity"),
            "kg:words": finding.text,
            "kg:lower": _bound(finding.lower),
            "kg:upper": _bound(finding.upper),
            "kg:approximate": finding.approximate,
            "kg:of": finding.of,
        },
    )


def _entity(id_: str | None, at: Iris) -> NamedNode | None:
    return None if id_ is None else NamedNode(at.canonical[id_])


def _bound(value: float | None) -> float | None:
    # A whole number may come as an int, and must not become another datatype for it.
    return None if value is None else float(value)


def _time(time: Time | None, at: Iris) -> NamedNode | None:
    return None if time is None else NamedNode(at.time(time))


def _kind(scheme: str, name: str | None) -> NamedNode | None:
    return None if name is None else NamedNode(kind_iri(scheme, name))
