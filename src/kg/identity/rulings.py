"""Where decisions find their place in the documents, and whether they can hold together."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.errors import ContradictionError
from kg.identity.anchors import Places
from kg.identity.decisions import describe, standing, taken_back
from kg.model import Anchor, Decision
from kg.shelf import Shelf
from kg.vocabulary import is_event_iri

__all__ = ["Groups", "Pair", "Rulings", "clashing", "contradictions", "place", "rule"]

type Pair = tuple[str, str]

#: Decisions that leave an entity or a mention to itself, and all that say who is who.
_ALONE = frozenset({"split", "split mention", "hide mention"})
_RULED = _ALONE | {"same", "different", "means"}


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
    """Decisions on document-level entities and events, by IRI.

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

    def among(self, known: Collection[str]) -> Rulings:
        """Those on these entities alone; the orphans are everybody's."""
        return replace(
            self,
            same=tuple(each for each in self.same if each[0][0] in known),
            different=tuple(each for each in self.different if each[0][0] in known),
            apart=tuple(pair for pair in self.apart if pair[0] in known),
            alone=self.alone & frozenset(known),
        )


def rule(decisions: Sequence[Decision], shelf: Shelf, base: str) -> Rulings:
    """The decisions that stand, placed in the documents; whatever their order, the same.

    Raises:
        ContradictionError: If two of them cannot both hold.
    """
    if not decisions:
        return Rulings()
    rulings = place(decisions, Places(shelf, base).entity)
    for decision, others in contradictions(rulings):
        raise ContradictionError(describe(decision), map(describe, others))
    return rulings


def place(decisions: Sequence[Decision], entity_at: Callable[[Anchor], str | None]) -> Rulings:
    """The decisions that stand, by the entities that stand where they point."""

    def places(decision: Decision) -> tuple[str | None, ...]:
        sides = (side for side in (decision.left, decision.right) if side is not None)
        return tuple(map(entity_at, sides))

    ruled: dict[str, list[tuple[Pair, Decision]]] = {"same": [], "different": []}
    alone: set[str] = set()
    orphans = []
    for decision in standing(decisions):
        if decision.what not in _RULED:
            continue
        found = places(decision)
        if None in found or len({is_event_iri(each) for each in found if each}) > 1:
            orphans.append(decision)
        elif decision.what in _ALONE:
            alone.update(each for each in found if each)
        elif len({*found}) > 1:
            verdict = "different" if decision.what == "different" else "same"
            ruled[verdict].append((_pair(found), decision))
    back = [places(decision) for decision in taken_back(decisions)]
    return Rulings(
        same=_in_order(ruled["same"]),
        different=_in_order(ruled["different"]),
        apart=tuple(
            sorted(
                {
                    _pair(each)
                    for each in back
                    if None not in each
                    and len({*each}) > 1
                    and len({is_event_iri(iri) for iri in each if iri}) == 1
                }
            )
        ),
        alone=frozenset(alone),
        orphans=tuple(orphans),
    )


def clashing(
    what: str, pair: Pair, rulings: Rulings, canonical: Mapping[str, str]
) -> tuple[Decision, ...]:
    """The decisions that a new Same or Different of a pair cannot stand beside.

    ``canonical`` says what is one now, by rules and decisions: a Same must not join two groups
    that a person holds to be different in any of their members.
    """
    groups = Groups({*canonical, *pair, *(each for two, _ in rulings.same for each in two)})
    for (one, other), _ in rulings.same:
        groups.join(one, other)
    if what == "different":
        if groups.find(pair[0]) != groups.find(pair[1]):
            return ()
        joined = groups.find(pair[0])
        return tuple(same for (side, _), same in rulings.same if groups.find(side) == joined)
    for member, least in canonical.items():
        groups.join(member, least)
    sides = {groups.find(each) for each in pair}
    return tuple(
        decision
        for two, decision in rulings.different
        if {groups.find(each) for each in two} == sides
    )


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
