"""Numbers in digits and words: where each stands, and what it says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extraction.quantities.figures import find_figures
from kg.extraction.quantities.numbers import find_numbers

NUMBERS = [
    ("some 33,700 and 40 500 and 1.234.567", [33700, 40500, 1234567]),
    ("three hundred and five, fifteen hundred", [305, 1500]),
    ("4 thousand 3 hundred and 21", [4321]),
    ("five six", [5, 6]),
    ("114 million and 112 million", [114e6, 112e6]),
    ("3 million and 12 ships", [3e6, 12]),
    ("two and a half million", [2.5e6]),
    ("one billion and a half million", [1000.5e6]),
    ("three quarters of a million", [750000]),
    ("a third of three hundred and five", [1 / 3, 305]),
    ("two out of three, twelve out of three hundred", [2 / 3, 12, 300]),
    ("40 over 3 years", [40, 3]),
    ("2 1/4, 10½ and ¾", [2.25, 10.5, 0.75]),
    ("five point nought four", [5.04]),
    ("minus five, plus or minus three", [-5, 3]),
    ("twenty-five thousandths", [0.025]),
    ("£71.6million and 12,5 per cent", [71.6e6, 12.5]),
    ("call 555-123-4567 now", []),
    ("sections 22,24,26", [22, 24, 26]),
    ("the S-1 form", []),
    ("five dozen and 3 dozens", [60, 36]),
    ("three lakh crore", [3e12]),
    ("roughly 400 737 jets", [400, 737]),
]

FIGURES = [
    ("more than 40 and fewer than 60", [(40, 60)]),
    ("at most 60 but at least 40", [(40, 60)]),
    ("more than 60 and fewer than 40", [(60, None), (None, 40)]),
    ("40 or more", [(40, None)]),
    ("no more than 40", [(None, 40)]),
    ("greater than or equal to 40", [(40, None)]),
    ("between $500,000 and $1 million", [(500000, 1000000)]),
    ("two to three million", [(2, 3000000)]),
    ("2 to 3 million", [(2000000, 3000000)]),
    ("ten or a thousand", [(10, 10), (1000, 1000)]),
    (">= 40", [(40, None)]),
    ("x>40 and y<60", [(40, None), (None, 60)]),
]


@pytest.mark.parametrize(("text", "values"), NUMBERS)
def test_a_text_gives_its_numbers(text: str, values: list[float]) -> None:
    assert [one.value for one in find_numbers(text)] == pytest.approx(values)


@pytest.mark.parametrize(("text", "bounds"), FIGURES)
def test_words_around_a_number_give_its_bounds(
    text: str, bounds: list[tuple[float | None, float | None]]
) -> None:
    assert [(one.lower, one.upper) for one in find_figures(text)] == bounds


_WORDS = (
    "one two five twenty hundred thousand million dozen half third fifths quarter and a of over "
    "out point minus 3 1/4 ½ 40 000 2.5 10k , . - \n 22,24,26"
)


@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(_WORDS.split(" "))).map(" ".join)))
def test_any_text_gives_numbers_in_order_and_apart(text: str) -> None:
    end = 0
    for one in find_numbers(text):
        assert end <= one.start < one.end <= len(text)
        end = one.end
