"""The numbers that a text writes, in digits or words: where each stands and what it says.

Words and digits that may belong to one number are gathered into runs ("three hundred and
five", "2 1/4", "two and a half million"), and a run is parsed from its left, the longest
number first. What is added by "and" stands after a hundred or a greater scale, or is a part:
"five and a quarter".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kg.extraction.numerals import SCALES, SMALL, TENS
from kg.extraction.quantities.tokens import (
    AFTER_TENS,
    DOZENS,
    NOUGHTS,
    ORDINALS,
    PARTS,
    PLURAL_PARTS,
    SCALE_PARTS,
    SPACE,
    Token,
    is_part,
    rounded,
    runs,
)

__all__ = ["Number", "find_numbers"]


@dataclass(frozen=True, slots=True)
class Number:
    """A number in its place; ``part`` where it is a part of a whole, as "two thirds"."""

    start: int
    end: int
    value: float
    part: bool = False
    short: bool = False  #: by a letter that may be a unit as well: 5m, 1.2b


_SIGN: Final = re.compile(
    rf"(?:(?<!\bor )\b(?:minus|negative){SPACE}|(?:(?<!\S)|(?<=[<>=≤≥]))[-\u2212])\Z",
    re.IGNORECASE,
)


def find_numbers(text: str) -> Iterator[Number]:
    """The numbers of a text in its order.

    >>> [one.value for one in find_numbers("2.5 million, a third of three hundred and five")]
    [2500000.0, 0.333333333333, 305.0]
    """
    for run in runs(text):
        index = 0
        while index < len(run):
            found = _number(text, run, index)
            if found is None:
                index += 1
                continue
            number, index = found
            yield _signed(text, number)


def _signed(text: str, number: Number) -> Number:
    sign = _SIGN.search(text, max(0, number.start - 12), number.start)
    if sign is None:
        return number
    return Number(sign.start(), number.end, -number.value, number.part, number.short)


def _is_article(token: Token) -> bool:
    return token.word in ("a", "an")


def _number(text: str, run: list[Token], index: int) -> tuple[Number, int] | None:
    """The longest number that begins at a token, and the index after it."""
    last = len(run)
    for stop in range(last, index, -1):
        value = _value(run[index:stop])
        if value is not None and not _is_cut(text, run, index, stop):
            part = any(
                is_part(token.word) or token.exact or token.word in ("over", "out of")
                for token in run[index:stop]
            )
            short = any(token.short for token in run[index:stop])
            first = run[index]
            return Number(first.start, run[stop - 1].end, value, part and value < 1, short), stop
    return None


def _is_cut(text: str, run: list[Token], index: int, stop: int) -> bool:
    """Whether more of a number follows, or what a ratio would have to end before."""
    if run[index].word in NOUGHTS and _IN_VAIN.search(text, 0, run[index].start):
        return True
    glue = {token.word for token in run[index:stop]} & {"over", "out of"}
    if "over" in glue and not _ENDS.match(text, run[stop - 1].end):
        return True
    # "the two millionth visitor" is one in a row
    return stop < len(run) and (run[stop].word in _GREAT or f"{run[stop].word}s" in SCALE_PARTS)


#: It came to naught, all for nought.
_IN_VAIN: Final = re.compile(rf"\b(?:to|for){SPACE}\Z", re.IGNORECASE)
#: "40 over 3 years" is no fortieth; "one over three." is a third.
_ENDS: Final = re.compile(r"\s*(?:$|[.,;:?!)])")


def _value(tokens: list[Token]) -> float | None:
    """What some tokens say together, None where they are no one number."""
    for read in (_cardinal, _decimal, _mixed, _ratio, _fraction):
        value = read(tokens)
        if value is not None:
            return rounded(value)
    return None


def _cardinal(tokens: list[Token]) -> float | None:
    """Digits or number words, with their scales: three hundred and five, 4 thousand 3 hundred."""
    if len(tokens) == 1 and tokens[0].word in NOUGHTS:
        return 0.0
    if not tokens or tokens[0].plural or any(token.plural for token in tokens[:-1]):
        return None
    if _is_article(tokens[0]):
        if len(tokens) == 1 or tokens[1].word not in _GREAT or tokens[1].plural:
            return None
        tokens = [Token("", tokens[0].start, tokens[0].end, 1.0), *tokens[1:]]
    elif tokens[0].word == "hundred" and len(tokens) > 1 and not tokens[0].plural:
        tokens = [Token("", tokens[0].start, tokens[0].start, 1.0), *tokens]
    return _sum(tokens)


_GREAT: Final = frozenset({"hundred", *SCALES, *DOZENS})
_HUNDRED, _THOUSAND = 100, 1e3


def _hundreds(tokens: list[Token], index: int) -> float:
    """Below what there may be so many hundreds: 322 hundred, but not three hundred hundred."""
    return float("inf") if tokens[index - 1].value is not None else _HUNDRED


def _sum(tokens: list[Token]) -> float | None:  # noqa: C901, PLR0911, PLR0912 - a grammar
    """The value of tokens: tens before units, each scale smaller than the last."""
    total, current, room, last_scale = 0.0, 0.0, float("inf"), float("inf")
    for index, token in enumerate(tokens):
        before = tokens[index - 1].word if index else ""
        small = SMALL.get(token.word, TENS.get(token.word))
        if token.word == "and":
            if before not in _GREAT or index == len(tokens) - 1:
                return None
        elif token.value is not None:
            if before == "and" and tokens[index - 2].word != "hundred":
                return None  # "3 million and 12 ships" are two numbers
            joined = before in _GREAT | {"and"} and 0 < token.value < room and not token.value % 1
            if index and (token.exact or not joined):
                return None
            if before == "and" and index < len(tokens) - 1:
                return None
            current, room = current + token.value, 0.0
        elif small is not None:
            if small >= room:
                return None
            current += small
            room = 10.0 if token.word in TENS else 1.0
        elif token.word == "hundred" and 0 < current < _hundreds(tokens, index):
            current, room = current * _HUNDRED, float(_HUNDRED)
        elif token.word in DOZENS and current and index == len(tokens) - 1:
            current *= 12.0
        elif token.word in SCALES and token.word not in DOZENS and (current or before in SCALES):
            scale = SCALES[token.word]
            if not current:  # lakh crore
                total, last_scale = total * scale, last_scale * scale
                continue
            if scale >= last_scale:
                return None
            total, current, room, last_scale = total + current * scale, 0.0, scale, scale
        else:
            return None
    return total + current


def _decimal(tokens: list[Token]) -> float | None:
    """Five point five, nine point nought four."""
    places = [index for index, token in enumerate(tokens) if token.word == "point"]
    if len(places) != 1 or not 0 < places[0] < len(tokens) - 1:
        return None
    whole = _cardinal(tokens[: places[0]])
    digits = ""
    after = tokens[places[0] + 1 :]
    for index, token in enumerate(after):
        value = 0 if token.word in NOUGHTS else SMALL.get(token.word)
        tens = TENS.get(token.word)
        if tens is not None:
            paired = index + 1 < len(after) and 0 < SMALL.get(after[index + 1].word, 0) < 10  # noqa: PLR2004
            digits += str(tens // 10) if paired else str(tens)
        elif value is not None:
            digits += str(value)
        else:
            return None
    return None if whole is None else whole + float(f"0.{digits}")


def _fraction(tokens: list[Token]) -> float | None:
    """Two thirds, a hundredth, one hundred thirty-two fifths, three quarters million."""
    scale = SCALES.get(tokens[-1].word) if len(tokens) > 1 else None
    if scale is not None and len(tokens) > 3 and tokens[-3].word == "of":  # noqa: PLR2004
        part = _half_of(tokens[:-3]) or _fraction(tokens[:-3])  # three quarters of a million
        return None if part is None else part * scale
    if scale is not None and tokens[-1].word not in DOZENS:
        part = _half_of(tokens[:-1]) or _fraction(tokens[:-1])
        return None if part is None else part * scale
    if scale is not None and _half_of(tokens[:-1]):
        return 0.5 * scale
    if len(tokens) == 1:
        return tokens[0].value if tokens[0].exact else (0.5 if tokens[0].word == "half" else None)
    for split in range(1, len(tokens)):  # the longest name of a part first
        below = _denominator(tokens[split:])
        if below is None:
            continue
        head = tokens[:split]
        above = 1.0 if len(head) == 1 and _is_article(head[0]) else _cardinal(head)
        if above is not None and above > 0:
            # "two millionths" are parts
            in_a_row = above > 1 and f"{tokens[-1].word}s" in SCALE_PARTS
            return None if in_a_row else above / below
    return None


def _ratio(tokens: list[Token]) -> float | None:
    """One out of three, one over three."""
    places = [index for index, token in enumerate(tokens) if token.word in ("over", "out of")]
    if len(places) != 1 or not 0 < places[0] < len(tokens) - 1:
        return None
    above, below = _cardinal(tokens[: places[0]]), _cardinal(tokens[places[0] + 1 :])
    if above is None or not below:
        return None
    if tokens[places[0]].word == "out of" and not above <= below <= _SMALL_WHOLE:
        return None  # twelve out of three hundred: twelve are counted
    return above / below


#: "Two out of three" is a share, "twelve out of three hundred" counts twelve.
_SMALL_WHOLE: Final = 10


def _half_of(tokens: list[Token]) -> float | None:
    """Half a (million), a quarter (million)."""
    words = [token.word for token in tokens if not _is_article(token)]
    if len(tokens) == 1 and tokens[0].exact:
        return tokens[0].value
    return {"half": 0.5, "quarter": 0.25}.get(words[0]) if len(words) == 1 else None


def _denominator(tokens: list[Token]) -> float | None:
    """The name of a part: third, twenty-firsts, one hundred fifth, trillionths."""
    *rest, last = tokens
    name = last.word
    if not rest:
        return PARTS.get(name) or PLURAL_PARTS.get(name) or SCALE_PARTS.get(name)
    if rest[0].value is not None or rest[0].word in _GREAT or _is_article(rest[0]):
        return None
    stem = ORDINALS.get(name) or ORDINALS.get(name.removesuffix("s"))
    if rest[-1].word in TENS:
        stem = stem or AFTER_TENS.get(name.removesuffix("s"))
        if stem is None or stem >= 10:  # noqa: PLR2004 - a unit
            return None
    elif rest[-1].word not in _GREAT:
        return None
    head = _cardinal(rest)
    return None if head is None or stem is None else head + stem


def _mixed(tokens: list[Token]) -> float | None:
    """Five and a quarter, 2 1/4, two and a half million, five billion and three quarters."""
    scale, body = 1.0, tokens
    if tokens[-1].word in SCALES and tokens[-1].word not in DOZENS:
        scale, body = SCALES[tokens[-1].word], tokens[:-1]
    if len(body) > 1 and body[-1].exact:
        head = body[:-1]
        if head[-1].word == "and":
            head = head[:-1]
        whole = _cardinal(head)
        return None if whole is None or whole % 1 else (whole + (body[-1].value or 0.0)) * scale
    places = [index for index, token in enumerate(body) if token.word == "and"]
    if not places or not 0 < places[-1] < len(body) - 1:
        return None
    head, tail = body[: places[-1]], body[places[-1] + 1 :]
    whole, part = _whole(head), _half_of(tail) or _fraction(tail)
    if whole is None or part is None or part >= 1:
        return None
    own = SCALES.get(head[-1].word, 1.0)
    if own >= _THOUSAND:
        return whole + part * (scale if scale > 1 else own)
    return (whole + part) * scale


def _whole(tokens: list[Token]) -> float | None:
    """A cardinal, or several joined by "and": twenty and three."""
    value = _cardinal(tokens)
    places = [index for index, token in enumerate(tokens) if token.word == "and"]
    if value is not None or not places:
        return value
    head, tail = _cardinal(tokens[: places[-1]]), _cardinal(tokens[places[-1] + 1 :])
    return None if head is None or tail is None or tail >= head else head + tail
