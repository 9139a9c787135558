"""The words and digits that numbers are made of, and the runs of them that may be one number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from kg.extraction.numerals import DIGITS, SCALES, SHORT_SCALES, SMALL, TENS, read_digits
from kg.extraction.offsets import small_letters

__all__ = [
    "AFTER_TENS",
    "DOZENS",
    "NOUGHTS",
    "ORDINALS",
    "PARTS",
    "PLURAL_PARTS",
    "SCALE_PARTS",
    "SPACE",
    "Token",
    "is_part",
    "rounded",
    "runs",
]

_UNITS_WORDS: Final = "third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
ORDINALS: Final = {
    **{word: place for place, word in enumerate(_UNITS_WORDS.split(), start=3)},
    **{
        f"{stem}teenth": place
        for place, stem in enumerate("thir four fif six seven eigh nine".split(), start=13)
    },
    **{word[:-1] + "ieth": value for word, value in TENS.items()},
}
PARTS: Final = {"half": 2, "quarter": 4, **ORDINALS}
#: Only after tens: a "second" is a unit of time more often.
AFTER_TENS: Final = {"first": 1, "second": 2}
PLURAL_PARTS: Final = {f"{word}s": value for word, value in PARTS.items()} | {"halves": 2}
SCALE_PARTS: Final = {
    f"{word}th{s}": scale
    for word, scale in {"hundred": 1e2, **SCALES}.items()
    if word != "dozen"
    for s in ("", "s")
}
NOUGHTS: Final = frozenset({"nought", "naught"})
DOZENS: Final = frozenset({"dozen", "dozens", "doz", "dozs"})
#: After a number: five millions, 200 thousands.
_PLURAL_SCALES: Final = {f"{word}s": word for word in ("hundred", *SCALES) if word != "dozen"}
_WORDS: Final = (
    frozenset(SMALL)
    | frozenset(TENS)
    | frozenset(SCALES)
    | DOZENS
    | frozenset(_PLURAL_SCALES)
    | frozenset(PARTS)
    | frozenset(PLURAL_PARTS)
    | frozenset(SCALE_PARTS)
    | NOUGHTS
    | frozenset({"hundred", "first", "second", "firsts", "seconds"})
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
_SPACED_DIGITS = r"\d{1,3}(?: \d{3})*(?: \d\d0|(?: \d{3}){2})(?:\.\d+)?(?!\d|[.,]\d| \d)"
_ALL_DIGITS = rf"\d{{1,3}},\d{{1,2}}(?![\d,])|{_SPACED_DIGITS}|{DIGITS}|\.\d+"
#: 22,24,26: three or more small numbers, parted by commas alone.
_LIST: Final = re.compile(r"(?<![\w.,])\d{1,2}(?:,\d{1,2}){2,}(?![\w,]|\.\d)")
#: Telephone numbers and the like: three or more numbers joined by marks.
_STRING: Final = re.compile(r"(?<![\w.,])\+?\d+(?:[-/]\d+){2,}")
#: Units that are written right after their number.
_JOINED = "km|cm|mm|kg|kph|mph|ft|lbs?|ha|ml|mg|kw|mw"
_TOKEN: Final = re.compile(
    rf"(?P<ratio>(?<![\w.,/:+])(?<!\w-)\d{{1,4}}/[1-9]\d{{0,3}}(?![\w/]|[.,:]\d))"
    rf"|(?P<digits>(?<![\w.,/:+])(?:(?<![A-Za-z]-)|(?<=\d[kmb]-))(?:{_ALL_DIGITS}))"
    rf"(?P<suffix> ?(?:bln|mln|tln|mil|bn|mn|tn)\b|(?:{_SCALE_WORDS})\b|(?<=\.\d\d) k\b"
    rf"|mm\b|(?:{_SUFFIX})\b)?"
    rf"(?P<vulgar_after>[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞])?(?:(?![\w/]|[.,:]\d)|(?=(?:{_JOINED})\b))"
    r"|(?P<vulgar>[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞])"
    rf"|(?P<word>\b(?:{'|'.join(sorted(_WORDS, key=len, reverse=True))})\b)",
)
SPACE = r"(?:[^\S\n]{1,4}\n?[^\S\n]{0,8}|\n[^\S\n]{0,8})"
_SEP = rf"(?:[-\u2010\u2011]|{SPACE})"
_GLUE: Final = re.compile(
    rf"(?P<hyphen>[-\u2010\u2011])|(?P<dash> - )"
    rf"|{_SEP}(?:(?P<glue>and|point|over|of|out{SPACE}of){_SEP})?(?:(?P<article>an?){_SEP})?",
    re.IGNORECASE,
)
_ARTICLE: Final = re.compile(rf"\b(?:an?){SPACE}\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a number: ``and``, ``a``, ``point``, a number word, or digits with a value."""

    word: str
    start: int
    end: int
    value: float | None = None
    short: bool = False
    plural: bool = False
    exact: bool = False  #: with a fraction: 2½, 3/4


def runs(text: str) -> Iterator[list[Token]]:
    """The tokens that may be one number together."""
    run: list[Token] = []
    for token in _tokens(text):
        if run:
            glue = _GLUE.fullmatch(text, run[-1].end, token.start)
            if glue is None or _parts(run[-1], glue, token):
                yield run
                run = []
            else:
                run += [
                    Token(re.sub(r"\s+", " ", glue[name].casefold()), *glue.span(name))
                    for name in ("glue", "article")
                    if glue[name]
                ]
        if not run and (article := _ARTICLE.search(text, max(0, token.start - 8), token.start)):
            run.append(Token("a", article.start(), article.end()))
        run.append(token)
    if run:
        yield run


def _parts(before: Token, glue: re.Match[str], token: Token) -> bool:
    """Whether what stands between two words parts them: a dash, "of" without "a" after it."""
    tens = before.word in TENS and 0 < SMALL.get(token.word, 0) < 10  # noqa: PLR2004
    dash = glue["dash"] is not None and not is_part(token.word) and not tens
    of = (glue["glue"] or "").casefold() == "of" and glue["article"] is None
    return dash or of


def _tokens(text: str) -> list[Token]:
    """The number words and digits of a text; of a list by commas each number."""
    lists = [found.span() for found in _LIST.finditer(text)]
    apart = lists + [found.span() for found in _STRING.finditer(text)]
    items = [
        Token("", start + item.start(), start + item.end(), float(item.group()))
        for start, end in lists
        for item in re.finditer(r"\d+", text[start:end])
    ]
    others = [
        _token(match, text)
        for match in _TOKEN.finditer(small_letters(text))
        if not any(start <= match.start() < end for start, end in apart)
    ]
    return sorted([*items, *others], key=lambda token: token.start)


def _token(match: re.Match[str], text: str) -> Token:
    start, end = match.span()
    if word := match["word"]:
        return Token(_PLURAL_SCALES.get(word, word), start, end, plural=word in _PLURAL_SCALES)
    if ratio := match["ratio"]:
        return Token("", start, end, rounded(Fraction(ratio)), exact=True)
    if vulgar := match["vulgar"]:
        return Token("", start, end, rounded(_VULGAR[vulgar]), exact=True)
    value, suffix = read_digits(match["digits"]), (match["suffix"] or "").strip()
    if suffix == "mm" and not _is_sum(text, match):
        return Token("", start, match.end("digits"), value)
    if suffix:
        value = round(value * _ANY_SCALE[suffix], 6)
    if after := match["vulgar_after"]:
        return Token("", start, end, value + rounded(_VULGAR[after]), exact=True)
    return Token("", start, end, value, short=suffix in ("m", "b") and text[end - 1].islower())


_ANY_SCALE: Final = {"hundred": 1e2, "mm": 1e6, **SCALES, **SHORT_SCALES}
_MONEY_BEFORE: Final = re.compile(r"[$€£¥₹] ?\Z")


def _is_sum(text: str, match: re.Match[str]) -> bool:
    """Whether MM are millions, as in accounts, and not millimetres: $3MM."""
    money = _MONEY_BEFORE.search(text, max(match.start() - 2, 0), match.start())
    return money is not None and text[match.start("suffix") : match.end("suffix")].isupper()


def rounded(value: float | Fraction) -> float:
    """A value without the last digits, which differ by the way it was reckoned."""
    return round(float(value), 12)


def is_part(word: str) -> bool:
    """Whether a word names a part of a whole: third, halves, hundredth."""
    return word in PARTS or word in PLURAL_PARTS or word in SCALE_PARTS
