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
from fractions import Fraction
from typing import Final

from kg.extraction.numerals import DIGITS, SCALES, SHORT_SCALES, SMALL, TENS, read_digits
from kg.extraction.offsets import small_letters

__all__ = ["Number", "find_numbers"]


@dataclass(frozen=True, slots=True)
class Number:
    """A number in its place; ``part`` where it is a part of a whole, as "two thirds"."""

    start: int
    end: int
    value: float
    part: bool = False
    short: bool = False  #: by a letter that may be a unit as well: 5m, 1.2b


_UNITS_WORDS: Final = "third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
_ORDINALS: Final = {
    **{word: place for place, word in enumerate(_UNITS_WORDS.split(), start=3)},
    **{
        f"{stem}teenth": place
        for place, stem in enumerate("thir four fif six seven eigh nine".split(), start=13)
    },
    **{word[:-1] + "ieth": value for word, value in TENS.items()},
}
_PARTS: Final = {"half": 2, "quarter": 4, **_ORDINALS}
#: Only after tens: a "second" is a unit of time more often.
_AFTER_TENS: Final = {"first": 1, "second": 2}
_PLURAL_PARTS: Final = {f"{word}s": value for word, value in _PARTS.items()} | {"halves": 2}
_SCALE_PARTS: Final = {
    f"{word}th{s}": scale
    for word, scale in {"hundred": 1e2, **SCALES}.items()
    if word != "dozen"
    for s in ("", "s")
}
_DOZENS: Final = frozenset({"dozen", "dozens", "doz", "dozs"})
#: After a number: five millions, 200 thousands.
_PLURAL_SCALES: Final = {f"{word}s": word for word in ("hundred", *SCALES) if word != "dozen"}
_WORDS: Final = (
    frozenset(SMALL)
    | frozenset(TENS)
    | frozenset(SCALES)
    | _DOZENS
    | frozenset(_PLURAL_SCALES)
    | frozenset(_PARTS)
    | frozenset(_PLURAL_PARTS)
    | frozenset(_SCALE_PARTS)
    | frozenset({"hundred", "first", "second", "firsts", "seconds", "nought", "naught"})
)
_VULGAR: Final = dict(
    zip(
        "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞",
        (
            Fraction(f)
            for f in "1/2 1/3 2/3 1/4 3/4 1/5 2/5 3/5 4/5 1/6 5/6 1/8 3/8 5/8 7/8".split()
        ),
        strict=True,
    )
)
_SCALE_WORDS = "hundred|thousand|million|billion|trillion"
_SUFFIX = "|".join(sorted(SHORT_SCALES, key=len, reverse=True))
#: Digits, also in groups by spaces ("40 000") and without a nought before the point (".25").
_ALL_DIGITS = rf"\d{{1,3}},\d{{1,2}}(?![\d,])|\d{{1,3}}(?: \d{{3}})*(?: \d\d0|(?: \d{{3}}){{2}})(?:\.\d+)?(?!\d|[.,]\d| \d)|{DIGITS}|\.\d+"
#: 22,24,26: three or more small numbers, parted by commas alone.
_LIST: Final = re.compile(r"(?<![\w.,])\d{1,2}(?:,\d{1,2}){2,}(?![\w,]|\.\d)")
#: Telephone numbers and the like: three or more numbers joined by marks.
_STRING: Final = re.compile(r"(?<![\w.,])\+?\d+(?:[-/]\d+){2,}")
#: Units that are written right after their number.
_JOINED = "km|cm|mm|kg|kph|mph|ft|lbs?|ha|ml|mg|kw|mw"
_TOKEN: Final = re.compile(
    rf"(?P<ratio>(?<![\w.,/:+-])\d{{1,4}}/[1-9]\d{{0,3}}(?![\w/]|[.,:]\d))"
    rf"|(?P<digits>(?<![\w.,/:+])(?<![A-Za-z]-)(?:{_ALL_DIGITS}))"
    rf"(?P<suffix> ?(?:bln|mln|tln|mil|bn|mn|tn)\b|(?:{_SCALE_WORDS})\b|(?<=\.\d\d) k\b|(?:{_SUFFIX})\b)?"
    rf"(?P<vulgar_after>[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞])?(?:(?![\w/]|[.,:]\d)|(?=(?:{_JOINED})\b))"
    r"|(?P<vulgar>[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞])"
    rf"|(?P<word>\b(?:{'|'.join(sorted(_WORDS, key=len, reverse=True))})\b)",
)
_SPACE = r"(?:[^\S\n]{1,4}\n?[^\S\n]{0,8}|\n[^\S\n]{0,8})"
_SEP = rf"(?:[-\u2010\u2011]|{_SPACE})"
_GLUE: Final = re.compile(
    rf"(?P<hyphen>[-\u2010\u2011])|(?P<dash> - )"
    rf"|{_SEP}(?:(?P<glue>and|point|over|of|out{_SPACE}of){_SEP})?(?:(?P<article>an?){_SEP})?",
    re.IGNORECASE,
)
_ARTICLE: Final = re.compile(rf"\b(?:an?){_SPACE}\Z", re.IGNORECASE)
_SIGN: Final = re.compile(
    rf"(?:(?<!\bor )\b(?:minus|negative){_SPACE}|(?<!\S)[-\u2212])\Z", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Token:
    """A word of a number: ``and``, ``a``, ``point``, a number word, or digits with a value."""

    word: str
    start: int
    end: int
    value: float | None = None
    short: bool = False
    plural: bool = False
    exact: bool = False  #: with a fraction: 2½, 3/4


def find_numbers(text: str) -> Iterator[Number]:
    """The numbers of a text in its order.

    >>> [one.value for one in find_numbers("2.5 million, a third of three hundred and five")]
    [2500000.0, 0.333333333333, 305.0]
    """
    for run in _runs(text):
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


def _runs(text: str) -> Iterator[list[_Token]]:
    """The tokens that may be one number together."""
    run: list[_Token] = []
    for token in _tokens(text):
        if run:
            glue = _GLUE.fullmatch(text, run[-1].end, token.start)
            if glue is None or (glue["dash"] and not _is_part(token.word)):
                yield run
                run = []
            else:
                run += [
                    _Token(re.sub(r"\s+", " ", glue[name].casefold()), *glue.span(name))
                    for name in ("glue", "article")
                    if glue[name]
                ]
        if not run and (article := _ARTICLE.search(text, max(0, token.start - 8), token.start)):
            run.append(_Token("a", article.start(), article.end()))
        run.append(token)
    if run:
        yield run


def _tokens(text: str) -> list[_Token]:
    """The number words and digits of a text; of a list by commas each number."""
    lists = [found.span() for found in _LIST.finditer(text)]
    apart = lists + [found.span() for found in _STRING.finditer(text)]
    items = [
        _Token("", start + item.start(), start + item.end(), float(item.group()))
        for start, end in lists
        for item in re.finditer(r"\d+", text[start:end])
    ]
    others = [
        _token(match, text)
        for match in _TOKEN.finditer(small_letters(text))
        if not any(start <= match.start() < end for start, end in apart)
    ]
    return sorted([*items, *others], key=lambda token: token.start)


def _token(match: re.Match[str], text: str) -> _Token:
    start, end = match.span()
    if word := match["word"]:
        return _Token(_PLURAL_SCALES.get(word, word), start, end, plural=word in _PLURAL_SCALES)
    if ratio := match["ratio"]:
        return _Token("", start, end, _rounded(Fraction(ratio)), exact=True)
    if vulgar := match["vulgar"]:
        return _Token("", start, end, _rounded(_VULGAR[vulgar]), exact=True)
    value, suffix = read_digits(match["digits"]), (match["suffix"] or "").strip()
    if suffix:
        value = round(value * _ANY_SCALE[suffix], 6)
    if after := match["vulgar_after"]:
        return _Token("", start, end, value + _rounded(_VULGAR[after]), exact=True)
    return _Token("", start, end, value, short=suffix in ("m", "b") and text[end - 1].islower())


_ANY_SCALE: Final = {"hundred": 1e2, **SCALES, **SHORT_SCALES}


def _rounded(value: float | Fraction) -> float:
    return round(float(value), 12)


def _is_article(token: _Token) -> bool:
    return token.word in ("a", "an")


def _number(text: str, run: list[_Token], index: int) -> tuple[Number, int] | None:
    """The longest number that begins at a token, and the index after it."""
    last = len(run)
    for stop in range(last, index, -1):
        value = _value(run[index:stop])
        if value is not None and not _is_cut(text, run, index, stop):
            part = any(
                _is_part(token.word) or token.exact or token.word in ("over", "out of")
                for token in run[index:stop]
            )
            short = any(token.short for token in run[index:stop])
            first = run[index]
            return Number(first.start, run[stop - 1].end, value, part and value < 1, short), stop
    return None


def _is_cut(text: str, run: list[_Token], index: int, stop: int) -> bool:
    """Whether more of a number follows, or what a ratio would have to end before."""
    glue = {token.word for token in run[index:stop]} & {"over", "out of"}
    if "over" in glue and not _ENDS.match(text, run[stop - 1].end):
        return True
    return stop < len(run) and run[stop].word in _GREAT


#: "40 over 3 years" is no fortieth; "one over three." is a third.
_ENDS: Final = re.compile(r"\s*(?:$|[.,;:?!)])")


def _is_part(word: str) -> bool:
    return word in _PARTS or word in _PLURAL_PARTS or word in _SCALE_PARTS


def _value(tokens: list[_Token]) -> float | None:
    """What some tokens say together, None where they are no one number."""
    for read in (_cardinal, _decimal, _mixed, _ratio, _fraction):
        value = read(tokens)
        if value is not None:
            return _rounded(value)
    return None


def _cardinal(tokens: list[_Token]) -> float | None:
    """Digits or number words, with their scales: three hundred and five, 4 thousand 3 hundred."""
    if any(token.plural for token in tokens[:-1]) or tokens[0].plural:
        return None
    if _is_article(tokens[0]):
        if len(tokens) == 1 or tokens[1].word not in _GREAT or tokens[1].plural:
            return None
        tokens = [_Token("", tokens[0].start, tokens[0].end, 1.0), *tokens[1:]]
    elif tokens[0].word == "hundred" and len(tokens) > 1 and not tokens[0].plural:
        tokens = [_Token("", tokens[0].start, tokens[0].start, 1.0), *tokens]
    return _sum(tokens)


_GREAT: Final = frozenset({"hundred", *SCALES, *_DOZENS})
_HUNDRED, _THOUSAND = 100, 1e3


def _sum(tokens: list[_Token]) -> float | None:  # noqa: C901 - one step of the grammar a branch
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
            joined = before in _GREAT | {"and"} and token.value < room and not token.value % 1
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
        elif token.word == "hundred" and 0 < current < _HUNDRED:
            current, room = current * _HUNDRED, float(_HUNDRED)
        elif token.word in _DOZENS and current and index == len(tokens) - 1:
            current *= 12.0
        elif token.word in SCALES and token.word not in _DOZENS and (current or before in SCALES):
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


def _decimal(tokens: list[_Token]) -> float | None:
    """Five point five, nine point nought four."""
    places = [index for index, token in enumerate(tokens) if token.word == "point"]
    if len(places) != 1 or not 0 < places[0] < len(tokens) - 1:
        return None
    nought = tokens[0].word in ("nought", "naught") and places[0] == 1
    whole = 0.0 if nought else _cardinal(tokens[: places[0]])
    digits = ""
    after = tokens[places[0] + 1 :]
    for index, token in enumerate(after):
        value = 0 if token.word in ("nought", "naught") else SMALL.get(token.word)
        tens = TENS.get(token.word)
        if tens is not None:
            paired = index + 1 < len(after) and 0 < SMALL.get(after[index + 1].word, 0) < 10  # noqa: PLR2004
            digits += str(tens // 10) if paired else str(tens)
        elif value is not None:
            digits += str(value)
        else:
            return None
    return None if whole is None else whole + float(f"0.{digits}")


def _fraction(tokens: list[_Token]) -> float | None:
    """Two thirds, a hundredth, one hundred thirty-two fifths, three quarters million."""
    scale = SCALES.get(tokens[-1].word) if len(tokens) > 1 else None
    if scale is not None and len(tokens) > 3 and tokens[-3].word == "of":  # noqa: PLR2004
        part = _half_of(tokens[:-3]) or _fraction(tokens[:-3])  # three quarters of a million
        return None if part is None else part * scale
    if scale is not None and tokens[-1].word not in _DOZENS:
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
            return above / below
    return None


def _ratio(tokens: list[_Token]) -> float | None:
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


def _half_of(tokens: list[_Token]) -> float | None:
    """Half a (million), a quarter (million)."""
    words = [token.word for token in tokens if not _is_article(token)]
    if len(tokens) == 1 and tokens[0].exact:
        return tokens[0].value
    return {"half": 0.5, "quarter": 0.25}.get(words[0]) if len(words) == 1 else None


def _denominator(tokens: list[_Token]) -> float | None:
    """The name of a part: third, twenty-firsts, one hundred fifth, trillionths."""
    *rest, last = tokens
    name = last.word
    if not rest:
        return _PARTS.get(name) or _PLURAL_PARTS.get(name) or _SCALE_PARTS.get(name)
    if rest[0].value is not None or rest[0].word in _GREAT or _is_article(rest[0]):
        return None
    stem = _ORDINALS.get(name) or _ORDINALS.get(name.removesuffix("s"))
    if rest[-1].word in TENS:
        stem = stem or _AFTER_TENS.get(name.removesuffix("s"))
        if stem is None or stem >= 10:  # noqa: PLR2004 - a unit
            return None
    elif rest[-1].word not in _GREAT:
        return None
    head = _cardinal(rest)
    return None if head is None or stem is None else head + stem


def _mixed(tokens: list[_Token]) -> float | None:
    """Five and a quarter, 2 1/4, two and a half million, five billion and three quarters."""
    scale, body = 1.0, tokens
    if tokens[-1].word in SCALES and tokens[-1].word not in _DOZENS:
        scale, body = SCALES[tokens[-1].word], tokens[:-1]
    if len(body) > 1 and body[-1].exact:
        head = body[:-1]
        if head[-1].word == "and":
            head = head[:-1]
        whole = _cardinal(head) if head else None
        return None if whole is None else (whole + (body[-1].value or 0.0)) * scale
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


def _whole(tokens: list[_Token]) -> float | None:
    """A cardinal, or several joined by "and": twenty and three."""
    value = _cardinal(tokens)
    places = [index for index, token in enumerate(tokens) if token.word == "and"]
    if value is not None or not places:
        return value
    head, tail = _cardinal(tokens[: places[-1]]), _cardinal(tokens[places[-1] + 1 :])
    return None if head is None or tail is None or tail >= head else head + tail
