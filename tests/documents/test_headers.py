"""Which dates in the first lines date a text."""

import datetime as dt

import pytest

from kg.documents.headers import header_date

BODY = "\nThe council met for three hours and adjourned without a vote. " * 6


@pytest.mark.parametrize(
    "line",
    [
        "Council adjourns – March 22, 2022",
        "Council adjourns in Oslo, Norway - 22 March 2022",
        "22 March 2022",
        "Tuesday, March 22, 2022",
        "Published: 2022-03-22",
        "Posted on 22nd Mar 2022 at 14:30 CET",
        "OSLO, March 22, 2022 (NTB) – The council met.",
    ],
)
def test_a_line_that_dates_the_text_is_read(line: str) -> None:
    assert header_date(line + BODY) == dt.date(2022, 3, 22)


@pytest.mark.parametrize(
    "line",
    [
        "The council met on 22 March 2022.",
        "Massacre of 22 March 2022",
        "Council adjourns – March 2022",
        "31 February 2022",
        "Council adjourns – March 22, 2022\nPublished: 23 March 2022",
        "The vote of 22 March 2022 – a history",
    ],
)
def test_a_date_of_what_is_told_is_not(line: str) -> None:
    assert header_date(line + BODY) is None


def test_a_date_with_no_text_to_date_is_not() -> None:
    assert header_date("22 March 2022") is None
