"""Numbers in digits and in English words, as numerals are written in running text."""

from __future__ import annotations

import re
from typing import Final

__all__ = [
    "DIGITS",
    "INDEFINITE",
    "NUMERAL",
    "SCALES",
    "SHORT_SCALES",
    "SMALL",
    "TENS",
    "read_digits",
    "read_numeral",
]

_SMALL_WORDS: Final = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
)
_TENS_WORDS: Final = "twenty thirty forty fifty sixty seventy eighty ninety"
SMALL: Final = {word: value for value, word in enumerate(_SMALL_WORDS.split())}
TENS: Final = {word: 10 * value for value, word in enumerate(_TENS_WORDS.split(), start=2)}
_HUNDRED: Final = 100
SCALES: Final = {
    "dozen": 12.0,
    "hundred": 1e2,
    "thousand": 1e3,
    "lakh": 1e5,
    "million": 1e6,
    "crore": 1e7,
    "billion": 1e9,
    "trillion": 1e12,
}
SHORT_SCALES: Final = {
    "k": 1e3,
    "mn": 1e6,
    "mln": 1e6,
    "mil": 1e6,
    "m": 1e6,
    "bn": 1e9,
    "bln": 1e9,
    "b": 1e9,
    "tn": 1e12,
    "tln": 1e12,
}

_SCALE = "|".join(SCALES)
_TENS_WORD = "|".join(TENS)
_UNIT_WORD = "|".join(list(SMALL)[1:10])
_SMALL_WORD = "|".join(sorted(SMALL, key=len, reverse=True))
_UNDER_HUNDRED = rf"(?:(?:{_TENS_WORD})(?:[ \n-](?:{_UNIT_WORD}))?|{_SMALL_WORD})"
_AND = "|".join(rf"(?<={scale})" for scale in ("hundred", "thousand", "million", "billion"))
#: Digits, also grouped in thousands by commas, narrow spaces or points, and in lakhs.
DIGITS: Final = (
    r"\d{1,3}(?:\.\d{3})+,\d{1,2}(?!\d|,\d)"
    r"|\d{1,3}(?:\.\d{3}){2,}(?![\d.])|\d{1,2}(?:,\d\d)+,\d{3}(?:\.\d+)?(?!\d)"
    r"|\d{1,3}(?:[,\u00a0\u202f]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
)

#: A numeral: digits with or without a scale ("12,400", "1.5 million", "10k"), or words
#: ("twenty-five", "three hundred and five", "a dozen", "half a million", "two and a half").
NUMERAL: Final = (
    rf"(?i:(?:(?:{DIGITS})(?:(?:[ \n\u00a0-]?(?:{_SCALE})(?!\w))+|(?:k|mn|bn|tn|[mb])(?!\w))?"
    rf"|(?:half[ ](?:an?[ ])?|an?[ ])(?:{_SCALE})(?:[ ](?:{_SCALE}))*(?!\w)"
    rf"|{_UNDER_HUNDRED}(?!\w)"
    rf"(?:(?:[ \n-]|(?:{_AND})[ ]and[ ])(?:{_UNDER_HUNDRED}|{_SCALE})(?!\w))*)"
    rf"(?:[ ]and[ ]a[ ]half(?:[ ](?:{_SCALE}))?(?!\w))?)"
)

#: "dozens", "tens of thousands", "several hundred", and the least number that each can mean:
#: a bare plural is at least two of its unit, "several" at least three (Merriam-Webster: "more
#: than two but fewer than many"), "a few" and "a couple of" at least two.
INDEFINITE: Final = {
    "dozens": 24.0,
    "scores": 40.0,
    "hundreds": 200.0,
    "thousands": 2_000.0,
    "tens of thousands": 20_000.0,
    "hundreds of thousands": 200_000.0,
    "millions": 2_000_000.0,
    "tens of millions": 20_000_000.0,
    "hundreds of millions": 200_000_000.0,
    "billions": 2_000_000_000.0,
    "tens of billions": 20_000_000_000.0,
    "hundreds of billions": 200_000_000_000.0,
    "trillions": 2_000_000_000_000.0,
}


def read_numeral(words: str) -> float | None:
    """The number that a numeral says, None when the words are no well-formed numeral.

    >>> read_numeral("12,400"), read_numeral("one hundred and seventy-five")
    (12400.0, 175.0)
    >>> read_numeral("half a million"), read_numeral("five six")
    (500000.0, None)
    """
    words = words.casefold().strip()
    if found := re.fullmatch(r"(?P<whole>.+) and a half(?: (?P<scale>\w+))?", words):
        return _with_half(found["whole"], found["scale"])
    if found := re.fullmatch(rf"(?P<digits>{DIGITS})[\s-]?(?P<rest>[a-z\s-]*)", words):
        return _scaled(read_digits(found["digits"]), found["rest"])
    if found := re.fullmatch(r"(?P<half>half )?(?:an? )?(?P<rest>.+)", words):
        rest = found["rest"]
        if found["half"]:
            return _scaled(0.5, rest)
        if rest != words:
            return _scaled(1.0, rest)
    return _read_words(re.split(r"[\s-]+", words))


def _with_half(whole: str, scale: str | None) -> float | None:
    """One and a half million, three million and a half, two and a half."""
    value = read_numeral(whole)
    if value is None:
        return None
    if scale:
        return _scaled(value + 0.5, scale)
    return value + 0.5 * SCALES.get(re.split(r"[\s-]+", whole)[-1], 1.0)


def read_digits(digits: str) -> float:
    """The value of digits; as on the Continent, "30.000" counts thousands, "1,3" is a decimal.

    >>> read_digits("12,400"), read_digits("1.234.567"), read_digits("12,5")
    (12400.0, 1234567.0, 12.5)
    >>> read_digits("12,34,567.5"), read_digits("1.234,56")
    (1234567.5, 1234.56)
    """
    if re.fullmatch(r"[1-9]\d{0,2}(?:(?:\.000)+|(?:\.\d{3}){2,})", digits):
        return float(digits.replace(".", ""))
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})*,\d{1,2}", digits):
        return float(digits.replace(".", "").replace(",", "."))
    return float(re.sub(r"[, \u00a0\u202f]", "", digits))


def _scaled(value: float, scales: str) -> float | None:
    """A value times the scale words that follow it."""
    for word in re.split(r"[\s-]+", scales):
        if not word:
            continue
        scale = SCALES.get(word) or SHORT_SCALES.get(word)
        if scale is None:
            return None
        value *= scale
    return round(value, 6)


def _read_words(words: list[str]) -> float | None:
    """The value of number words: tens before units, each scale smaller than the last."""
    total, current, room, last_scale = 0.0, 0.0, 1e18, 1e18
    for index, word in enumerate(words):
        if word == "and" and 0 < index < len(words) - 1 and words[index - 1] in SCALES:
            continue
        value = SMALL.get(word, TENS.get(word))
        if value is not None:
            if value >= room:
                return None
            current += value
            room = 10 if value in TENS.values() else 1
        elif word == "hundred" and 0 < current < _HUNDRED:
            current, room = current * _HUNDRED, _HUNDRED
        elif (scale := SCALES.get(word)) and current and scale < last_scale:
            total, current, room, last_scale = total + current * scale, 0.0, 1e18, scale
        else:
            return None
    return total + current
