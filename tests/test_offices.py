"""Who commanded a place in a month, and who says so: the question, on texts that are read."""

from __future__ import annotations

import pytest

from kg.case import Case
from tests import decided

REPORTS = {
    "court.txt": (
        "1 March 2019\n\nOmar Reyes was the commander of Qasr Prison in July 1988. "
        "Anna Berg, a survivor, told the court that Karl Weiss commanded Qasr Prison. "
        "The court rose at noon and is to meet again in the autumn.\n"
    ),
    "inquiry.txt": (
        "5 May 2021\n\nDana Holt was the governor of Qasr Prison from 1985 to 1989. "
        "Ivan Petrov became the governor of Qasr Prison in 1990. "
        "Maria Costa was the governor of Qasr Prison until 1984. "
        "Omar Reyes was the commander of Qasr Prison in July 1988.\n"
    ),
}
UNDATED = "Omar Reyes was the commander of Qasr Prison in July 1988.\n"
type Row = tuple[str | None, ...]


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """A case of two reports on one prison."""
    return decided.build(tmp_path_factory.mktemp("offices"), REPORTS | {"note.txt": UNDATED})


def answers(case: Case, *columns: str, **asked: str) -> list[Row]:
    return [tuple(row[column] for column in columns) for row in case.ask("offices", **asked)]


def test_who_held_an_office_in_a_month_is_told_with_how_sure_that_is(case: Case) -> None:
    rows = answers(case, "person", "dated", at="qasr", **{"from": "1988-07", "until": "1988-07"})
    assert list(dict.fromkeys(rows)) == [
        ("Dana Holt", "held then, as stated"),
        ("Omar Reyes", "held then, as stated"),
        ("Karl Weiss", "no date stated"),
    ]


def test_another_month_of_a_role_is_not_taken_for_its_bounds(case: Case) -> None:
    rows = answers(case, "person", "dated", at="qasr", **{"from": "1991", "until": "1991"})
    assert list(dict.fromkeys(rows)) == [
        ("Ivan Petrov", "begun, end not stated"),
        ("Karl Weiss", "no date stated"),
        ("Omar Reyes", "held at another time, bounds not stated"),
    ]


def test_who_says_so_stands_beside_every_answer(case: Case) -> None:
    rows = answers(case, "person", "according_to", at="qasr", title="commanded")
    assert rows == [("Karl Weiss", "Anna Berg")]


@pytest.mark.parametrize("question", ["offices", "roles"])
def test_a_role_is_attested_from_its_first_document_to_its_last(case: Case, question: str) -> None:
    rows = [
        (row["first_attested"], row["last_attested"], row["held_bounds"])
        for row in case.ask(question, title="commander")
    ]
    assert rows == [("2019-03-01", "2021-05-05", "1988-07-01/1988-07-31")] * 3


def test_a_day_within_the_time_that_a_role_was_held_finds_it(case: Case) -> None:
    found = {row["person"] for row in case.ask("roles", on="1988-07-15", organization="qasr")}
    assert found == {"Dana Holt", "Omar Reyes"}
