"""How alike two names are: what may be one is near, what is another name is far."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.identity.likeness import compare
from kg.model import EntityKind
from tests.identity.strategies import NAMES

PERSON, ORGANIZATION, PLACE = EntityKind.PERSON, EntityKind.ORGANIZATION, EntityKind.PLACE


@pytest.mark.parametrize(
    ("kind", "one", "other", "reason"),
    [
        (PERSON, "Dana Holt", "Dana Maria Holt", "lacks maria"),
        (PERSON, "D. Holt", "Dana Holt", "an initial: d / dana"),
        (PERSON, "Holt", "Dana Holt", "bare surname"),
        (PERSON, "Bill Holt", "William Holt", "a short form: bill / william"),
        (PERSON, "Dana Holt", "Dana Hollt", "another spelling"),
        (PERSON, "Hussein Karami", "Husayn Karami", "another spelling"),
        (PERSON, "Walid ibn Yusuf", "Waleed bin Youssef", "another spelling"),
        (PERSON, "Holt Dana", "Dana Holt", "another order"),
        (PERSON, "DanaHolt", "Dana Holt", "cut"),
        (PERSON, "Хасан Карими", "Hassan Karimi", "another spelling"),
        (PERSON, "سارا رحیمی", "Sara Rahimi", "another vowel: sara / sr"),
        (PERSON, "محمد علی", "Mohammad Ali", "another vowel"),
        (PERSON, "General Dana Holt", "Dana Holt", "the same letters"),
        (ORGANIZATION, "LWU", "Lindau Workers Union", "first letters"),
        (ORGANIZATION, "Third Brigade", "4th Brigade", "another number: 4 / 3"),
        (ORGANIZATION, "Lindau Bank AG", "Lindau Bank GmbH", "the legal form"),
        (ORGANIZATION, "Lindau Workers Union", "Lindau Harbour Workers Union", "lacks harbour"),
        (PLACE, "Teheran", "Tehran", "another spelling"),
    ],
)
def test_what_may_be_one_is_alike_and_says_what_differs(
    kind: EntityKind, one: str, other: str, reason: str
) -> None:
    likeness = compare(one, other, kind)
    assert likeness.score >= 0.45
    assert reason in likeness.reason


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        (PERSON, "Dana Holt", "Karl Holt"),
        (PERSON, "Dana", "Dana Holt"),
        (PERSON, "K. Holt", "Dana Holt"),
        (PERSON, "Dana ibn Omar Holt", "Dana ibn Karl Holt"),
        (PERSON, "Dana Holt", "Dana Reyes"),
        (PERSON, "Dana Holt", "Omar Reyes"),
        (PERSON, "محمد علی", "Karim Ali"),
        (PLACE, "Iran", "Iraq"),
        (PLACE, "Austria", "Australia"),
        (PLACE, "Lisbon", "New Lisbon"),
        (ORGANIZATION, "Union", "Lindau Workers Union"),
        (ORGANIZATION, "Ministry of Health", "Ministry of Defence"),
    ],
)
def test_what_is_another_name_is_not_alike(kind: EntityKind, one: str, other: str) -> None:
    assert compare(one, other, kind).score < 0.45


@pytest.mark.parametrize(
    ("near", "far"),
    [
        (("Dana Holt", "Dana Hollt"), ("Dana Holt", "Dina Holt")),
        (("Dana Maria Holt", "Dana Holt"), ("D. Holt", "Dana Holt")),
        (("D. Holt", "Dana Holt"), ("Holt", "Dana Holt")),
    ],
)
def test_the_less_differs_the_more_alike(near: tuple[str, str], far: tuple[str, str]) -> None:
    assert compare(*near, PERSON).score > compare(*far, PERSON).score


@given(st.sampled_from(EntityKind), st.sampled_from(NAMES), st.sampled_from(NAMES))
def test_likeness_knows_no_left_and_right(kind: EntityKind, one: str, other: str) -> None:
    assert compare(one, other, kind) == compare(other, one, kind)
    assert 0 <= compare(one, other, kind).score <= 1


@given(st.text(max_size=20), st.text(max_size=20), st.sampled_from(EntityKind))
def test_any_text_can_be_compared(one: str, other: str, kind: EntityKind) -> None:
    assert 0 <= compare(one, other, kind).score <= 1
