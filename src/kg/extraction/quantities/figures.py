"""Numbers with the bounds that the words around them give, before any parse.

A bound that the words leave open is None, never a midpoint. How the words are read:

- "over", "more than", "at least" give a lower bound; "up to", "as many as", "fewer than" an upper
  one; whether the bound itself is meant ("over" or "at least") is left to the words.
- "nearly" and "almost" give an upper bound, "just over" a lower one; both are approximate.
- "some", "about", "an estimated" give the number itself, approximate.
- "dozens", "thousands", "several hundred" give the least that the words can mean (see
  ``numerals.INDEFINITE``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from kg.extraction.numerals import INDEFINITE, SCALES
from kg.extraction.offsets import small_letters
from kg.extraction.quantities.numbers import Number, find_numbers

__all__ = ["Figure", "find_figures"]


@dataclass(frozen=True, slots=True)
class Figure:
    """Number words in their place, with the bounds that they give."""

    start: int
    end: int
    lower: float | None
    upper: float | None
    approximate: bool
    method: str
    money: tuple[int, int] | None = None


_MORE = "(?:more|greater|larger|bigger|higher|older|longer|heavier|taller)"
_LESS = "(?:less|fewer|smaller|lower|younger|shorter|lighter)"
_EQUAL = "(?:or )?equals? (?:to|than)"
_LOWER: Final = (
    f"over|well over|far over|far more than|at least(?: {_EQUAL})?|(?:no|not) {_LESS} than"
    "|(?:a|the)? ?minimum of|upwards? of|in excess of|(?:exceed|surpass)(?:e?s|ed|ing)?|above"
    "|(?:above|over) or equal to"
    f"|{_MORE} than(?: {_EQUAL})?|{_MORE} or equal (?:to|than)|equal (?:to )?or {_MORE} than"
    "|[>≥](?: ?=)?"
)
_UPPER: Final = (
    "up to|as many as|as much as|at most|at the most|under|below|well under"
    "|(?:below|under) or equal to"
    f"|(?:no|not) {_MORE} than|(?:a|the)? ?maximum of|not exceed(?:ing)?|not over|not above"
    f"|{_LESS} than(?: {_EQUAL})?|{_LESS} or equal (?:to|than)|equal (?:to )?or {_LESS} than"
    "|[<≤](?: ?=)?"
)
_NEAR_LOWER: Final = (
    "just over|just above|slightly over|slightly more than|a little over|a little more than"
)
_NEAR_UPPER: Final = (
    "nearly|almost|just under|just below|close to|approaching|slightly under|slightly less than"
)
_ROUGHLY: Final = (
    "some|about|around|approximately|approx\\.?|roughly|an estimated|estimated|circa|ca\\.|c\\."
    "|in the region of|in the order of|on the order of|something like|perhaps|~"
)
_BOUND: Final = (
    rf"(?<!=)(?:(?<!\w)|(?=[<>≥≤]))(?:(?P<near_lower>{_NEAR_LOWER})|(?P<near_upper>{_NEAR_UPPER})|(?P<lower>{_LOWER})"
    rf"|(?P<upper>{_UPPER})|(?P<roughly>{_ROUGHLY})|(?P<exact>equal(?:s|ing)? to))"
).replace(" ", r"\s")
_MONEY: Final = r"(?P<money>(?:US|A|C|NZ|HK|S)?\$|[€£¥₹])"
#: What stands before a number; "between" and the sign of money belong to it as well.
_LEAD: Final = re.compile(
    rf"(?:{_BOUND}\s{{0,4}})?(?:(?P<between>(?<!\w)(?:between|from))\s)?(?:{_MONEY}[ ]?)?\Z",
    re.IGNORECASE,
)
_LEAD_REACH: Final = 40
_JOINT: Final = re.compile(
    r"(?:\s?[-\u2010-\u2015~]\s?|\s(?P<word>to|and|or|through|thru|till|until|up\sto)\s)"
    rf"(?:{_MONEY}[ ]?)?",
    re.IGNORECASE,
)
_NOT_THAN = r"(?!\w)(?!\s(?:or\sequal\s)?than\s(?:\d|[a-z]+\b(?<!it)))"
_TAIL: Final = re.compile(
    r"(?:(?P<lower>\+|\s(?:or|and)\s(?:more(?:\sthan\b)?|above|over|greater|higher|larger|up|older)"
    rf"{_NOT_THAN}|\sat\sleast(?!\w)|\s(?-i:plus)(?=\s[a-z]))"
    r"|(?P<upper>\s(?:or|and)\s(?:fewer|less|under|below|lower|smaller|younger)"
    rf"{_NOT_THAN})"
    r"|(?P<roughly>\sor\sso(?!\w)|[-\s]odd(?=\s))|(?P<equal>\sor\sequal(?:\sto)?(?!\w)))",
    re.IGNORECASE,
)
_AND: Final = re.compile(r",?\s(?:and|but)\s(?:also\s|is\s|are\s|was\s|were\s)?|,\s", re.IGNORECASE)

_SEVERAL: Final = {
    "several": 3.0,
    "a few": 2.0,
    "a couple of": 2.0,
    "a couple": 2.0,
    "many": 2.0,
}
_SOME_SCALES: Final = {"hundred": 1e2, **{s: SCALES[s] for s in SCALES if len(s) > 4}}  # noqa: PLR2004
_PLURALS = "|".join(sorted(INDEFINITE, key=len, reverse=True))
#: In small letters; what bounds it is looked for before it.
_INDEFINITE: Final = re.compile(
    rf"(?<![\w-])(?:(?P<words>{_PLURALS})"
    rf"|(?P<several>{'|'.join(_SEVERAL)})\s(?P<scale>{'|'.join(_SOME_SCALES)}))(?![\w-])"
)
_BEFORE: Final = re.compile(rf"(?:{_BOUND}|(?<!\w)many)\s\Z", re.IGNORECASE)


def find_figures(text: str) -> tuple[Figure, ...]:
    """The numbers that a text writes, with their bounds, in text order and without overlap.

    >>> [(one.lower, one.upper) for one in find_figures("between 170 and 190, or over 300")]
    [(170.0, 190.0), (300.0, None)]
    """
    figures = list(_bounded(text))
    for match in _INDEFINITE.finditer(small_letters(text)):
        if not any(one.start < match.end() and match.start() < one.end for one in figures):
            figures.append(_read_indefinite(text, match))
    return tuple(_merged(text, sorted(figures, key=lambda one: one.start)))


def _bounded(text: str) -> Iterator[Figure]:
    """Each number, or two numbers that are the ends of a range, with the words around."""
    numbers = list(find_numbers(text))
    index, floor = 0, 0
    while index < len(numbers):
        number = numbers[index]
        lead = _LEAD.search(text, max(floor, number.start - _LEAD_REACH), number.start)
        index += 1
        if lead is None or (number.short and not lead["money"]):  # "5m" are metres, but in money
            continue
        after = numbers[index] if index < len(numbers) else None
        figure = _range(text, lead, number, after) if after else None
        if figure is not None:
            index += 1
        else:
            figure = _single(text, lead, number, after)
        floor = figure.end
        yield figure


#: "Two or three" is a range, "ten or a thousand" two numbers.
_NEAR: Final = 2


def _range(text: str, lead: re.Match[str], number: Number, after: Number) -> Figure | None:
    """Between X and Y, from X to Y, X-Y, two or three; "2 to 3 million" scales both."""
    joint = _JOINT.fullmatch(text, number.end, after.start)
    if joint is None:
        return None
    word = (joint["word"] or "-").casefold()
    if word == "and" and (lead["between"] or "").casefold() != "between":
        return None
    first, last = number.value, after.value
    scale = re.search(r"[a-z]+$", text[after.start : after.end].casefold())
    if scale and re.fullmatch(r"[\d.,]+", text[number.start : number.end]):
        scaled = first * {"hundred": 1e2, **SCALES}.get(scale.group(), 1.0)
        first = scaled if scaled < last else first
    if first >= last or (word == "or" and last > _NEAR * first):
        return None
    money = lead.span("money") if lead["money"] else None
    roughly = lead["roughly"] is not None
    return Figure(lead.start(), after.end, first, last, roughly, "rule:quantity-range", money)


def _single(text: str, lead: re.Match[str], number: Number, after: Number | None) -> Figure:
    start = lead.start()
    if lead["between"] and not any(lead[name] for name in _BOUNDS):
        start = lead.start("money") if lead["money"] else number.start
    value = float(f"{number.value:.4g}") if number.part else number.value
    lower, upper = _bounds(lead, value)
    approximate = any(lead[name] for name in ("roughly", "near_lower", "near_upper"))
    end = number.end
    tail = _TAIL.match(text, number.end)
    if tail and not (after and not text[tail.end() : after.start].strip()):
        end = tail.end()
        if tail["lower"]:
            lower, upper = value, None
        elif tail["upper"]:
            lower, upper = None, value
        elif tail["roughly"]:
            approximate = True
        elif lower is not None and upper is not None:
            end = number.end
    method = "rule:quantity-part" if number.part else "rule:quantity-number"
    money = lead.span("money") if lead["money"] else None
    return Figure(start, end, lower, upper, approximate, method, money)


_BOUNDS: Final = ("near_lower", "near_upper", "lower", "upper", "roughly", "exact")


def _bounds(match: re.Match[str], value: float) -> tuple[float | None, float | None]:
    if match["lower"] or match["near_lower"]:
        return value, None
    if match["upper"] or match["near_upper"]:
        return None, value
    return value, value


def _read_indefinite(text: str, match: re.Match[str]) -> Figure:
    if several := match["several"]:
        value = _SEVERAL[re.sub(r"\s+", " ", several)] * _SOME_SCALES[match["scale"]]
    else:
        value = INDEFINITE[re.sub(r"\s+", " ", match["words"])]
    lead = _BEFORE.search(text, max(0, match.start() - _LEAD_REACH), match.start())
    start = lead.start() if lead else match.start()
    roughly = lead is not None and lead["roughly"] is not None
    return Figure(start, match.end(), value, None, roughly, "rule:quantity-indefinite")


def _merged(text: str, figures: list[Figure]) -> Iterator[Figure]:
    """With "more than 40 and fewer than 60" as the one figure that it is."""
    index = 0
    while index < len(figures):
        one = figures[index]
        after = figures[index + 1] if index + 1 < len(figures) else None
        if after and _AND.fullmatch(text, one.end, after.start) and (both := _both(one, after)):
            yield both
            index += 2
            continue
        yield one
        index += 1


def _both(one: Figure, other: Figure) -> Figure | None:
    """Two figures of which one gives the lower and the other the upper bound."""
    lower, upper = (one, other) if one.upper is None else (other, one)
    if lower.lower is None or lower.upper is not None or lower.method == "rule:quantity-indefinite":
        return None
    if upper.upper is None or upper.lower is not None or lower.lower >= upper.upper:
        return None
    return replace(
        one,
        end=other.end,
        lower=lower.lower,
        upper=upper.upper,
        approximate=one.approximate or other.approximate,
        method="rule:quantity-range",
    )
