"""Pairs that were compared before are not compared again, and what they came to is the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from kg.identity.recalling import Compared, key, recall
from kg.shelf import Made
from tests.test_shelf import Memory

SUMS: Made[Compared[int]] = Made("sums", tuple[dict[int, int], bytes], ("kg.shelf",))
PAIRS = st.lists(st.sampled_from([*combinations(range(8), 2)]), unique=True)


class Sums:
    """Sums that are odd; even ones are nothing."""

    def __init__(self) -> None:
        self.asked: list[tuple[int, int]] = []

    def __call__(self, some: Sequence[tuple[int, int]]) -> Iterator[int | None]:
        for pair in some:
            self.asked.append(pair)
            yield sum(pair) if sum(pair) % 2 else None


def recalled(
    memory: Memory | None, pairs: Sequence[tuple[int, int]], sums: Sums, *rests_on: object
) -> list[tuple[tuple[int, int], int]]:
    keyed = ((key(str(one), str(other)), (one, other)) for one, other in pairs)
    return list(recall(SUMS, memory, keyed, sums, *rests_on))


@given(st.lists(PAIRS, max_size=4))
def test_a_memory_changes_nothing_but_what_is_asked(builds: list[list[tuple[int, int]]]) -> None:
    memory = Memory()
    before: set[int] = set()
    for pairs in builds:
        sums = Sums()
        assert recalled(memory, pairs, sums) == recalled(None, pairs, Sums())
        keys = {key(str(one), str(other)) for one, other in pairs}
        assert {key(str(one), str(other)) for one, other in sums.asked} == keys - before
        before = keys


def test_what_rests_on_something_else_is_compared_again() -> None:
    memory, sums = Memory(), Sums()
    recalled(memory, [(1, 2), (2, 2)], sums, "one")
    recalled(memory, [(1, 2), (2, 2)], sums, "other")
    assert sums.asked == [(1, 2), (2, 2)] * 2


def test_a_pair_has_one_key_whichever_comes_first() -> None:
    assert key("a", "b") == key("b", "a") != key("a", "c")
