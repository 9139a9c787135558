"""Quotation marks are paired over the whole text."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extraction.language import paragraphs
from kg.extraction.quotations import Quotation, pair


def paired(text: str) -> tuple[Quotation, ...]:
    return pair(text, paragraphs(text))


def quoted(text: str) -> list[str]:
    """The words of each quotation, without their marks."""
    return [one.words(text) for one in paired(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("“Go home,” she said.", ["Go home,"]),
        ('"Go home," she said.', ["Go home,"]),
        ("'Go home,' she said.", ["Go home,"]),
        ("‘Go home,’ she said.", ["Go home,"]),
        ("«Go home», she said.", ["Go home"]),
        ("‹Go home›, she said.", ["Go home"]),
        ("„Go home“, she said.", ["Go home"]),
        ("„Go home”, she said.", ["Go home"]),
        ("``Go home,'' she said.", ["Go home,"]),
        ("''Go home,'' she said.", ["Go home,"]),
        ('She said: "Go home."', ["Go home."]),
        ('("Go home")', ["Go home"]),
        ('She said—"Go home"—and left.', ["Go home"]),
        ('"Go home"', ["Go home"]),
        ('"Go home,” she said. "Now.”', ["Go home,", "Now."]),
        ('"He said “no” twice," she said.', ["He said “no” twice,"]),
    ],
)
def test_every_pair_of_marks_makes_a_quotation(text: str, words: list[str]) -> None:
    assert quoted(text) == words
    assert all(one.closed for one in paired(text))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("“Go,” she said, “and stay away.”", ["Go,", "and stay away."]),
        ('"Go," she said, "and stay away."', ["Go,", "and stay away."]),
        ("‘Go,’ she said, ‘and stay away.’", ["Go,", "and stay away."]),
        ('"One." "Two." "Three."', ["One.", "Two.", "Three."]),
        ("“One.”\n“Two.”", ["One.", "Two."]),
    ],
)
def test_a_quotation_ends_where_its_marks_close(text: str, words: list[str]) -> None:
    assert quoted(text) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("“He told me ‘run’ and I ran,” she said.", ["He told me ‘run’ and I ran,"]),
        ("\"He told me 'run' and I ran,\" she said.", ["He told me 'run' and I ran,"]),
        ("‘He told me “run”, so I ran,’ she said.", ["He told me “run”, so I ran,"]),
        ("“He said “run” to me,” she said.", ["He said “run” to me,"]),
    ],
)
def test_a_quotation_inside_another_is_left_to_it(text: str, words: list[str]) -> None:
    assert quoted(text) == words


@pytest.mark.parametrize(
    "text",
    [
        "It's the workers' strike and the '90s weren't theirs.",
        "It’s the workers’ strike and the ’90s weren’t theirs.",
        "The '90s were hard, but 'em boys lived' on.",
        "O'Brien and the men o’ the ‘hood",
        "A board of 6' by 8' and a screen of 17\" fit.",
        "No marks at all.",
        "",
    ],
)
def test_an_apostrophe_or_a_measure_opens_no_quotation(text: str) -> None:
    assert quoted(text) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("‘The workers’ demands are just,’ she said.", ["The workers’ demands are just,"]),
        ("'The workers' demands are just,' she said.", ["The workers' demands are just,"]),
        ("‘It’s over,’ she said.", ["It’s over,"]),
        ("“It’s ’90s music,” she said.", ["It’s ’90s music,"]),
    ],
)
def test_an_apostrophe_closes_no_quotation(text: str, words: list[str]) -> None:
    assert quoted(text) == words


@pytest.mark.parametrize(("opening", "closing"), ["“”", '""', "«»"])
def test_paragraphs_that_each_open_and_close_once_are_one_quotation(
    opening: str, closing: str
) -> None:
    text = f"{opening}We ran.\n\n{opening}We hid.\n\n{opening}We wept{closing}, she said."
    (one,) = paired(text)
    assert one.closed
    assert [part.of(text) for part in one.fragments] == [
        f"{opening}We ran.",
        f"{opening}We hid.",
        f"{opening}We wept{closing}",
    ]


def test_a_quotation_of_several_paragraphs_leaves_later_ones_alone() -> None:
    text = "“We ran.\n\n“We hid,” she said. “We wept.”\n\n“Who?” he asked."
    assert quoted(text) == ["We ran. We hid,", "We wept.", "Who?"]


@pytest.mark.parametrize(
    "text", ["“We ran. She left.\n\nNobody spoke.", '"We ran. She left.\n\nNobody spoke.']
)
def test_what_is_never_closed_ends_with_its_paragraph(text: str) -> None:
    (one,) = paired(text)
    assert not one.closed
    assert one.words(text) == "We ran. She left."


def test_an_unclosed_quotation_takes_no_other_marks_with_it() -> None:
    assert quoted("“We ran. She left.\n\nHe said “no” twice.") == ["We ran. She left.", "no"]


@pytest.mark.parametrize(
    "text",
    ["“" * 10_000, '"' * 10_000, "'a " * 10_000, "‘a " * 10_000, "“a b” " * 5_000, "“a\n" * 5_000],
)
def test_ten_thousand_marks_are_paired(text: str) -> None:
    assert all(0 <= one.start < one.end <= len(text) for one in paired(text))


def test_a_character_inside_the_marks_is_held_and_one_outside_is_not() -> None:
    text = "She said “go” to him."
    (one,) = paired(text)
    assert [at for at in range(len(text)) if one.holds(at)] == [9, 10, 11, 12]


@given(st.text("\"'“”‘’«»„ ab.,\n", max_size=80))
def test_quotations_are_ordered_and_never_overlap(text: str) -> None:
    parts = [part for one in paired(text) for part in one.fragments]
    assert parts == sorted(parts)
    assert all(one.end <= other.start for one, other in itertools.pairwise(parts))
    assert all(0 <= part.start < part.end <= len(text) for part in parts)
