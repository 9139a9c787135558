"""When two names can be one."""

from __future__ import annotations

import pytest

from kg.identity.names import is_full_name, key
from kg.model import EntityKind

PERSON, ORGANIZATION, PLACE = EntityKind.PERSON, EntityKind.ORGANIZATION, EntityKind.PLACE


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
        ("Dr. Holt", False),
        ("van Holt", False),
        ("Di Holt", True),
        ("王明", True),
        ("", False),
    ],
)
def test_a_full_name_has_two_words_written_out(name: str, full: bool) -> None:
    assert is_full_name(name) is full


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        (PERSON, "Holt, Dana", "Dana Holt"),
        (PERSON, "Dr. Dana Holt", "Dana Holt"),
        (PERSON, "Dana Holt QC", "Dana Holt"),
        (PERSON, "Dana Reyes-Holt", "Dana Reyes Holt"),
        (PERSON, "Zoë Çelik", "Zoe Celik"),
        (PERSON, "Иван Петров", "Ivan Petrov"),
        (ORGANIZATION, "Lindau Shipping Limited", "Lindau Shipping Ltd."),
        (ORGANIZATION, "L.W.U.", "LWU"),
        (ORGANIZATION, "Hope & Bread", "Hope and Bread"),
        (ORGANIZATION, "Lindau Relief Organisation", "Lindau Relief Organization"),
    ],
)
def test_what_names_are_written_with_and_without_does_not_count(
    kind: EntityKind, one: str, other: str
) -> None:
    assert key(one, kind) == key(other, kind)


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        (PERSON, "Dana Holt Jr.", "Dana Holt"),
        (PERSON, "Holt Dana", "Dana Holt"),
        (PERSON, "Dana Holt", "Dana Holte"),
        (PERSON, "Dana M. Holt", "Dana Holt"),
        (PERSON, "Mohammed Reyes", "Muhammad Reyes"),
        (PERSON, "Jean King", "Jean"),
        (PERSON, "محمد", "محمود"),
        (PERSON, "王明", "王铭"),
        (ORGANIZATION, "Third Brigade", "4th Brigade"),
        (ORGANIZATION, "Lindau Bank AG", "Lindau Bank GmbH"),
        (PLACE, "Sund", "New Sund"),
    ],
)
def test_every_letter_number_and_word_of_a_name_counts(
    kind: EntityKind, one: str, other: str
) -> None:
    assert key(one, kind) != key(other, kind)
