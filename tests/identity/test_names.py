"""When two names can be one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.identity.names import is_contained, is_full_name, key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Dana Holt", "dana holt"),
        ("The United Nations", "United Nations"),
        ("O’Brien Reyes", "O'Brien Reyes"),
        ("Dana M. Holt", "Dana M Holt"),
        ("Dana  Holt", "Dana Holt"),
    ],
)
def test_case_marks_and_articles_do_not_count(one: str, other: str) -> None:
    assert key(one) == key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Dana Holt", "Holt Dana"),
        ("Dana Holt", "Dana Holte"),
        ("Unit 1", "Unit 2"),
        ("Dana Holt", "Dana M. Holt"),
        ("Dana Holt", "Dana-Holt"),
        ("محمد علي", "علي محمد"),
    ],
)
def test_order_letters_and_numbers_count(one: str, other: str) -> None:
    assert key(one) != key(other)


@pytest.mark.parametrize(
    ("name", "full"),
    [
        ("Dana Holt", True),
        ("Dana M. Holt", True),
        ("رضا محمدی", True),
        ("Holt", False),
        ("D. Holt", False),
        ("D. M. Holt", False),
        ("", False),
    ],
)
def test_a_full_name_has_two_words_written_out(name: str, full: bool) -> None:
    assert is_full_name(name) is full


@pytest.mark.parametrize(
    ("short", "full", "contained"),
    [
        ("Holt", "Dana Holt", True),
        ("D. Holt", "Dana Holt", True),
        ("Dana Holt", "Dana Maria Holt", True),
        ("M. Holt", "Dana Maria Holt", True),
        ("Dana", "Dana Holt", False),
        ("K. Holt", "Dana Holt", False),
        ("Dana Holt", "Holt", False),
        ("Dana Holt", "Dana Holt", False),
        ("D. D. Holt", "Dana Holt", False),
        ("", "Dana Holt", False),
    ],
)
def test_a_short_name_keeps_the_surname_and_drops_the_rest(
    short: str, full: str, contained: bool
) -> None:
    assert is_contained(short, full) is contained


@given(st.text(max_size=20), st.text(max_size=20))
def test_two_names_are_never_short_for_each_other(one: str, other: str) -> None:
    assert not (is_contained(one, other) and is_contained(other, one))
