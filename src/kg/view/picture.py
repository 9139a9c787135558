"""The picture: nodes, and edges between them, with what stands behind each.

A statement is drawn twice. From its source (a claim, or the document in its own voice) an
edge says what the source holds of it; between the things themselves an edge says what it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kg.view.facts import EventFact, Facts
from kg.view.stance import document_of, is_own, look_of, look_of_fact, stance_of, strongest
from kg.view.wording import (
    OWN_VOICE,
    Saying,
    brief_of,
    content_of,
    is_rejected,
    labels_of,
    put_in_words,
    time_of,
    title_of,
)

__all__ = ["Edge", "Node", "Picture", "draw"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """Something in the picture; ``sayings`` are the claims and statements behind it."""

    id: str
    kind: str  #: person, organization, group, place, work, event, claim or document
    names: tuple[str, ...]  #: the first is shown
    notes: tuple[str, ...] = ()  #: shown under the name: a time, a title
    look: str = "affirmed"
    disputed: bool = False  #: somebody affirms it and somebody denies it
    sayings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """A line from one node to another."""

    source: str
    target: str
    relation: str  #: says, passes on, told, stands in, holds, takes part, role, or about
    label: str = ""
    look: str = "affirmed"
    sayings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything there is to show."""

    nodes: Mapping[str, Node]
    edges: tuple[Edge, ...]
    sayings: Mapping[str, Saying]


@dataclass(frozen=True, slots=True)
class _Stroke:
    """What one saying adds to an edge; strokes of one edge are merged."""

    source: str
    target: str
    relation: str
    label: str
    look: str
    saying: str

    @property
    def edge(self) -> tuple[object, ...]:
        # What a source holds of a thing is one line, whatever numbers it gives. A denial never
        # hides behind somebody's affirmation, nor what a person rejected: each has its own line.
        label = "" if self.relation == "holds" else self.label
        apart = self.look if self.look in {"denied", "rejected"} else ""
        return (self.source, self.target, self.relation, label, apart)


def draw(facts: Facts) -> Picture:
    """The picture of all that a graph says; equal facts give equal pictures."""
    strokes = [
        *_says(facts),
        *_around(facts),
        *_holds(facts),
        *_events(facts),
        *_roles(facts),
        *_abouts(facts),
    ]
    nodes = {node.id: node for node in _nodes(facts, strokes)}
    known = [s for s in strokes if s.source in nodes and s.target in nodes]
    return Picture(
        nodes=nodes,
        edges=tuple(_merge(known)),
        sayings={saying.id: saying for saying in put_in_words(facts)},
    )


# ---- nodes


def _nodes(facts: Facts, strokes: Iterable[_Stroke]) -> Iterator[Node]:
    behind: dict[str, list[str]] = defaultdict(list)
    for stroke in strokes:
        behind[stroke.source].append(stroke.saying)
        behind[stroke.target].append(stroke.saying)
    own = {
        claim.within: facts.stated.get(claim.iri, ())
        for claim in facts.claims.values()
        if claim.mode == OWN_VOICE
    }
    for document in facts.documents.values():
        yield Node(
            id=document.iri,
            kind="document",
            names=tuple(n for n in (document.title, document.file) if n),
            notes=tuple(n for n in (document.publisher, document.issued) if n),
            sayings=_each([*own.get(document.iri, ()), *behind[document.iri]]),
        )
    titles = _titles(facts)
    for name in facts.names.values():
        yield Node(
            id=name.iri,
            kind=name.kind,
            names=name.names,
            notes=(
                # Somebody who is called by a title alone is not called so twice.
                *(each for each in titles.get(name.iri, ()) if each not in name.names),
                *([name.curated] if name.curated else ()),
            ),
            sayings=_each(behind[name.iri]),
        )
    for claim in facts.claims.values():
        if claim.mode != OWN_VOICE:
            yield Node(
                id=claim.iri,
                kind="claim",
                names=(content_of(claim),),
                look=look_of(
                    claim.polarity, claim.certainty, rejected=is_rejected(facts, claim.iri)
                ),
                sayings=_each([claim.iri, *facts.stated.get(claim.iri, ()), *behind[claim.iri]]),
            )
    yield from _event_nodes(facts, behind)


def _event_nodes(facts: Facts, behind: Mapping[str, list[str]]) -> Iterator[Node]:
    mentions: dict[str, list[EventFact]] = defaultdict(list)
    for fact in facts.events.values():
        mentions[fact.event].append(fact)
    for event, said in sorted(mentions.items()):
        looks = {look_of_fact(facts, fact.statement) for fact in said}
        yield Node(
            id=event,
            kind="event",
            names=labels_of(fact.label for fact in said),
            notes=_each(time_of(fact) for fact in said if fact.time),
            look=strongest(looks),
            disputed="denied" in looks and len(looks) > 1,
            sayings=_each(behind.get(event, ())),
        )


def _titles(facts: Facts) -> dict[str, tuple[str, ...]]:
    """The titles of those whose title names no organisation: there is no edge to show them on."""
    titles: dict[str, list[str]] = defaultdict(list)
    for role in facts.roles.values():
        if role.body is None and look_of_fact(facts, role.statement) == "affirmed":
            titles[role.holder].append(title_of(role))
    return {holder: _each(words) for holder, words in titles.items()}


# ---- edges


def _says(facts: Facts) -> Iterator[_Stroke]:
    """From the speaker to the claim; where none is known, from what the claim stands in."""
    for claim in facts.claims.values():
        if claim.mode == OWN_VOICE:
            continue
        around = facts.claims.get(claim.within)
        reported = around is not None and around.mode != OWN_VOICE
        how = brief_of(claim)
        if claim.speaker is None:
            who = f"“{claim.speaker_words}” " if claim.speaker_words else ""
            source = claim.within if reported else document_of(facts, claim)
            yield _Stroke(source, claim.iri, "says", who + how, "affirmed", claim.iri)
        else:
            yield _Stroke(claim.speaker, claim.iri, "says", how, "affirmed", claim.iri)
            if reported:
                yield _Stroke(
                    claim.within, claim.iri, "passes on", "passes on", "affirmed", claim.iri
                )


def _around(facts: Facts) -> Iterator[_Stroke]:
    """From a claim to who is told, and to the letter or place that it is made in."""
    for claim in facts.claims.values():
        if claim.addressee is not None:
            yield _Stroke(claim.iri, claim.addressee, "told", "to", "affirmed", claim.iri)
        if claim.medium is not None:
            words = claim.medium_words or "in"
            yield _Stroke(claim.iri, claim.medium, "stands in", words, "affirmed", claim.iri)


def _holds(facts: Facts) -> Iterator[_Stroke]:
    """From what a statement stands in to what it is about, with how it is meant."""
    for event in facts.events.values():
        yield _hold(facts, event.statement, event.event, "")
    for quantity in facts.quantities.values():
        if quantity.event is not None:
            words = " ".join(w for w in (quantity.words, quantity.counted) if w)
            yield _hold(facts, quantity.statement, quantity.event, words)
    for role in facts.roles.values():
        # In its own voice a document shows a role on the edge to the organisation alone.
        if role.body is None or not is_own(facts, role.statement):
            yield _hold(facts, role.statement, role.holder, title_of(role))


def _hold(facts: Facts, iri: str, target: str, words: str) -> _Stroke:
    statement = facts.statements[iri]
    claim = facts.claims[statement.claim]
    own = claim.mode == OWN_VOICE
    stance = stance_of(statement.polarity, statement.certainty)
    return _Stroke(
        source=claim.within if own else claim.iri,
        target=target,
        relation="holds",
        label=": ".join(part for part in (stance, words) if part),
        look=look_of(statement.polarity, statement.certainty, rejected=is_rejected(facts, iri)),
        saying=iri,
    )


def _events(facts: Facts) -> Iterator[_Stroke]:
    """From an event to its place and to those who take part."""
    for fact in facts.events.values():
        look = look_of_fact(facts, fact.statement)
        if fact.place is not None:
            yield _Stroke(fact.event, fact.place, "takes part", "place", look, fact.statement)
        for taker in facts.participants.get(fact.statement, ()):
            yield _Stroke(fact.event, taker.entity, "takes part", taker.part, look, fact.statement)


def _roles(facts: Facts) -> Iterator[_Stroke]:
    for role in facts.roles.values():
        if role.body is not None:
            look = look_of_fact(facts, role.statement)
            yield _Stroke(role.holder, role.body, "role", title_of(role), look, role.statement)


def _abouts(facts: Facts) -> Iterator[_Stroke]:
    """From a claim to what it is about, where no statement of it says as much."""
    for claim, things in facts.topics.items():
        fact = facts.claims[claim]
        shown = {fact.speaker, fact.addressee, fact.medium, *_reached(facts, claim)}
        for thing in things:
            if thing not in shown:
                yield _Stroke(claim, thing, "about", "", "affirmed", claim)


def _reached(facts: Facts, claim: str) -> Iterator[str | None]:
    for statement in facts.stated.get(claim, ()):
        if event := facts.events.get(statement):
            yield from (event.event, event.place)
        if role := facts.roles.get(statement):
            yield from (role.holder, role.body)
        if quantity := facts.quantities.get(statement):
            yield quantity.event
        yield from (taker.entity for taker in facts.participants.get(statement, ()))


def _merge(strokes: Iterable[_Stroke]) -> Iterator[Edge]:
    edges: dict[tuple[object, ...], list[_Stroke]] = defaultdict(list)
    for stroke in strokes:
        edges[stroke.edge].append(stroke)
    for same in edges.values():
        first = same[0]
        yield Edge(
            source=first.source,
            target=first.target,
            relation=first.relation,
            label="; ".join(_each(stroke.label for stroke in same if stroke.label)),
            look=strongest({stroke.look for stroke in same}),
            sayings=_each(stroke.saying for stroke in same),
        )


def _each(words: Iterable[str]) -> tuple[str, ...]:
    """Each once, in the order given."""
    return tuple(dict.fromkeys(words))
