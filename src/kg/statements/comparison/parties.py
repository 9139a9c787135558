"""Who takes part in an event, and whether two who are given for one part can both have it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from kg.model import EntityKind
from kg.statements.comparison.counted import singular

__all__ = ["Party", "opposed", "same_party"]

#: Words that say on which side armed people stand. Who is called by words of both is on neither.
_STATE = frozenset(
    "soldier troop army military police policeman policewoman gendarme guardsman navy marine "
    "commando paratrooper conscript serviceman constable".split()
)
_IRREGULAR = frozenset(
    "rebel insurgent guerrilla militant terrorist gunman gunmen gangster bandit separatist "
    "jihadist rioter looter protester demonstrator striker marcher civilian".split()
)
_BY_ARMS = re.compile(r"\b(?:armed|masked|unidentified|unknown) (?:men|man|persons?|people)\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Somebody who takes part: the canonical IRI, a name or description, what kind it is."""

    iri: str
    name: str
    named: bool
    kind: EntityKind

    @property
    def key(self) -> str:
        """What makes it this party: its IRI where it has a name, else its description."""
        return self.iri if self.named else _plain(self.name)


def opposed(ones: Iterable[Party], others: Iterable[Party]) -> bool:
    """Whether nobody of the one side can be, belong to or stand for anybody of the other.

    >>> def some(words: str) -> Party:
    ...     return Party(iri=f"urn:{words}", name=words, named=False, kind=EntityKind.GROUP)
    >>> opposed([some("soldiers")], [some("rebels")]), opposed([some("soldiers")], [some("men")])
    (True, False)
    """
    ones, others = tuple(ones), tuple(others)
    pairs = [(one, other) for one in ones for other in others]
    return bool(pairs) and all(_are_opposed(one, other) for one, other in pairs)


def _are_opposed(one: Party, other: Party) -> bool:
    if one.iri == other.iri:
        return False
    sides = {_side(one.name), _side(other.name)}
    if None not in sides:
        return len(sides) > 1
    # Of two with names a person may belong to an organisation, and a brigade to an army.
    return (
        one.named
        and other.named
        and one.kind is other.kind
        and one.kind in {EntityKind.PERSON, EntityKind.PLACE}
        and not _words(one.name) & _words(other.name)
    )


def same_party(one: Party, other: Party) -> bool:
    """Whether the two are one, or are called by one word and so may be meant for one.

    >>> one = Party(iri="urn:1", name="soldiers", named=False, kind=EntityKind.GROUP)
    >>> other = Party(iri="urn:2", name="the soldiers", named=False, kind=EntityKind.GROUP)
    >>> same_party(one, other)
    True
    """
    if one.iri == other.iri:
        return True
    if one.named and other.named:
        return False
    side = _side(one.name)
    return _plain(one.name) == _plain(other.name) or (
        side is not None and side == _side(other.name)
    )


def _side(name: str) -> str | None:
    plain = name.casefold()
    words = _words(plain)
    sides = {"state"} if words & _STATE else set()
    if words & _IRREGULAR or _BY_ARMS.search(plain):
        sides.add("irregular")
    return sides.pop() if len(sides) == 1 else None


def _words(name: str) -> set[str]:
    found = re.findall(r"[^\W\d_]+", name.casefold())
    return {*found, *(word.removesuffix("s") for word in found)}


def _plain(name: str) -> str:
    words = re.findall(r"\w+", name.casefold())
    return " ".join(singular(word) for word in words if word not in {"a", "an", "the", "some"})
