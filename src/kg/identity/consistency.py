"""Of those who seem to be one the ones of whom none contradicts another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from kg.identity.rulings import Pair

__all__ = ["consistent", "holds_any"]


def consistent(
    members: Sequence[str],
    alike: Callable[[str], object],
    contradict: Callable[[str, str], bool],
) -> list[str]:
    """The members of whom none contradicts another, in order.

    Who contradicts the most is left out first. Where two contradict as much, both are left out:
    nobody can say which is the odd one. ``alike`` gives what a contradiction can hang on, so that
    those who agree in it are compared once.

    >>> consistent(["a1", "a2", "b1"], lambda each: each[0], lambda one, two: one[0] != two[0])
    ['a1', 'a2']
    """
    groups: dict[object, list[str]] = {}
    for member in members:
        groups.setdefault(alike(member), []).append(member)
    kinds = {group[0]: group for group in groups.values()}
    firsts = list(kinds)
    against: dict[str, set[str]] = {kind: set() for kind in kinds}
    for at, one in enumerate(firsts):
        for other in firsts[at + 1 :]:
            if contradict(one, other):
                against[one].add(other)
                against[other].add(one)
    while any(against.values()):
        odds = {kind: sum(len(kinds[rival]) for rival in against[kind]) for kind in against}
        worst = max(odds.values())
        out = {kind for kind, odd in odds.items() if odd == worst}
        against = {kind: others - out for kind, others in against.items() if kind not in out}
    return sorted(member for kind in against for member in kinds[kind])


def holds_any(group: Iterable[str], pairs: Iterable[Pair]) -> bool:
    """Whether both of some pair are in a group."""
    members = set(group)
    return any(one in members and other in members for one, other in pairs)
