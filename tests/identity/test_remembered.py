"""What functions remember is let go once who is one is resolved."""

from __future__ import annotations

from typing import Any

from kg.identity import resolve
from kg.identity.names import key, skeleton
from kg.identity.remembered import forget, remembered
from kg.model import EntityKind
from tests import examples


def test_a_function_is_asked_once_until_it_forgets() -> None:
    asked = []

    @remembered
    def twice(word: str) -> str:
        asked.append(word)
        return word * 2

    assert (twice("a"), twice("a")) == ("aa", "aa")
    forget()
    assert twice("a") == "aa"
    assert asked == ["a", "a"]


def test_nothing_is_remembered_of_a_case_that_was_resolved() -> None:
    def held() -> list[int]:
        functions: list[Any] = [key, skeleton]
        return [function.cache_info().currsize for function in functions]

    key("Anna Berg", EntityKind.PERSON)
    skeleton("berg")
    assert all(held())
    resolve(examples.findings(), base=examples.BASE)
    assert held() == [0, 0]
