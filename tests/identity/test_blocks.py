"""What shares a key is found together, as by a dictionary of lists, in an order of its own."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.identity.blocks import blocks

KEYS = st.one_of(st.text(max_size=2), st.tuples(st.sampled_from("ab"), st.integers(0, 3)))


@given(st.lists(st.tuples(KEYS, st.integers(0, 9))))
def test_each_set_of_numbers_that_share_a_key_is_given_once(
    keyed: list[tuple[object, int]],
) -> None:
    by_key: dict[object, set[int]] = {}
    for key, number in keyed:
        by_key.setdefault(key, set()).add(number)
    expected = {tuple(sorted(numbers)) for numbers in by_key.values() if len(numbers) > 1}
    assert blocks(keyed) == sorted(expected)
    assert blocks(reversed(keyed)) == sorted(expected)
