"""Where decisions find their place in the documents, and whether they can hold together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.errors import ContradictionError
from kg.identity.decisions import describe, standing, taken_back
from kg.model import Anchor, Decision, Entity, Findings, Span
from kg.vocabulary import entity_iri

__all__ = ["Groups", "Pair", "Rulings", "contradictions", "rule"]

type Pair = tuple[str, str]


class Groups:
    """Things that are one, grown by joining; the name of a group is its least member."""

    def __init__(self, members: Iterable[str]) -> None:
        self._above = {member: member for member in members}

    def find(self, member: str) -> str:
        """The least member of the group of this one."""
        least = member
        while self._above[least] != least:
            least = self._above[least]
        while self._above[member] != least:
            self._above[member], member = least, self._above[member]
        return least

    def join(self, one: str, other: str) -> None:
        """Make two groups one."""
        least, more = sorted((self.find(one), self.find(other)))
        self._above[more] = least

    def canonical(self) -> dict[str, str]:
        """Each member's least fellow, in the order of the members."""
        return {member: self.find(member) for member in sorted(self._above)}


@dataclass(frozen=True, slots=True)
class Rulings:
    """Decisions on document-level entities, by IRI.

    ``same`` and ``different`` are what people hold. ``apart`` are joins that were taken back:
    nobody says that the two are different, but no rule may join them. ``alone`` are those that
    no rule may join with anybody. ``orphans`` found no place.
    """

    same: tuple[tuple[Pair, Decision], ...] = ()
    different: tuple[tuple[Pair, Decision], ...] = ()
    apart: tuple[Pair, ...] = ()
    alone: frozenset[str] = frozenset()
    orphans: tuple[Decision, ...] = ()

    @property
    def barred(self) -> frozenset[Pair]:
        """The pairs that no rule may join."""
        return frozenset({*(pair for pair, _ in self.different), *self.apart})


def rule(decisions: Sequence[Decision], findings: Sequence[Findings], base: str) -> Rulings:
    """The decisions that stand, placed in the documents; whatever their order, the same.

    Raises:
        ContradictionError: If two of them cannot both hold.
    """
    if not decisions:
        return Rulings()
    at = _Places(findings, base)
    ruled: dict[str, list[tuple[Pair, Decision]]] = {"same": [], "different": []}
    alone: set[str] = set()
    orphans = []
    for decision in standing(decisions):
        places = at.places(decision)
        if None in places:
            orphans.append(decision)
        elif decision.what == "split":
            alone.update(place for place in places if place)
        elif len({*places}) > 1:
            ruled[decision.what].append((_pair(places), decision))
    back = (at.places(decision) for decision in taken_back(decisions))
    rulings = Rulings(
        same=_in_order(ruled["same"]),
        different=_in_order(ruled["different"]),
        apart=tuple(sorted({_pair(each) for each in back if None not in each})),
        alone=frozenset(alone),
        orphans=tuple(orphans),
    )
    for decision, others in contradictions(rulings):
        raise ContradictionError(describe(decision), map(describe, others))
    return rulings


def contradictions(rulings: Rulings) -> Iterator[tuple[Decision, tuple[Decision, ...]]]:
    """Each Different with the Sames that join its two sides."""
    groups = Groups(each for pair, _ in (*rulings.same, *rulings.different) for each in pair)
    for (one, other), _ in rulings.same:
        groups.join(one, other)
    for (one, other), decision in rulings.different:
        if groups.find(one) == groups.find(other):
            joined = groups.find(one)
            yield (
                decision,
                tuple(same for (side, _), same in rulings.same if groups.find(side) == joined),
            )


def _pair(places: Sequence[str | None]) -> Pair:
    one, other = sorted(place for place in places if place is not None)
    return one, other


def _in_order(
    ruled: Iterable[tuple[Pair, Decision]],
) -> tuple[tuple[Pair, Decision], ...]:
    return tuple(sorted(ruled, key=lambda each: (each[0], each[1].when, each[1].who)))


class _Places:
    """Where anchors lie, in the documents that there are."""

    def __init__(self, findings: Sequence[Findings], base: str) -> None:
        self._base = base
        self._by_hash = {found.document.sha256[:20]: found for found in findings}
        self._by_file: dict[str, list[Findings]] = {}
        for found in findings:
            self._by_file.setdefault(found.document.file, []).append(found)

    def places(self, decision: Decision) -> tuple[str | None, ...]:
        """The entities that a decision is about; None for what is no longer there."""
        sides = (side for side in (decision.left, decision.right) if side is not None)
        return tuple(self._place(side) for side in sides)

    def _place(self, anchor: Anchor) -> str | None:
        found = self._by_hash.get(anchor.document[:20])
        if found is not None:
            return self._entity(found, anchor.span)
        # The text has changed: its words are looked for, and hold only where they stand once.
        named = self._by_file.get(anchor.file, ())
        if len(named) != 1 or not anchor.words:
            return None
        text = " ".join(named[0].document.text.split(" "))
        if text.count(anchor.words) != 1:
            return None
        start = text.index(anchor.words)
        return self._entity(named[0], Span(start, start + len(anchor.words)))

    def _entity(self, found: Findings, span: Span) -> str | None:
        """The entity whose mention stands there, or the only one that overlaps it."""
        exact = [entity for entity in found.entities if _mentions(entity, span, exact=True)]
        near = exact or [e for e in found.entities if _mentions(e, span, exact=False)]
        if len(near) != 1:
            return None
        return entity_iri(self._base, found.document.sha256, near[0])


def _mentions(entity: Entity, span: Span, *, exact: bool) -> bool:
    return any(
        mention.span == span if exact else mention.span.overlaps(span)
        for mention in entity.mentions
    )
