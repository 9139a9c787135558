"""Numbers that a text gives, with their bounds and what they count.

A bound that the words leave open is None, never a midpoint. How the words are read:

- "over", "more than", "at least" give a lower bound; "up to", "as many as", "fewer than" an upper
  one; whether the bound itself is meant ("over" or "at least") is left to the words.
- "nearly" and "almost" give an upper bound, "just over" a lower one; both are approximate.
- "some", "about", "an estimated" give the number itself, approximate.
- "dozens", "thousands", "several hundred" give the least that the words can mean (see
  ``numerals.INDEFINITE``).
- Percentages, money, ages and measures are quantities whose unit stands in ``of``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from spacy.tokens import Doc, Token

from kg.extraction.numerals import INDEFINITE, NUMERAL, read_numeral
from kg.model import Quantity, Span, Time

__all__ = ["find_quantities"]

_LOWER: Final = (
    "over|more than|at least|no fewer than|no less than|not less than|not fewer than|a minimum of"
    "|upwards? of|in excess of|exceeding|above|greater than|larger than|well over|far more than"
    "|far over"
)
_UPPER: Final = (
    "up to|as many as|as much as|at most|no more than|not more than|fewer than|less than|under"
    "|below|a maximum of|at the most|well under|smaller than|lower than"
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
    rf"(?:(?P<near_lower>{_NEAR_LOWER})|(?P<near_upper>{_NEAR_UPPER})|(?P<lower>{_LOWER})"
    rf"|(?P<upper>{_UPPER})|(?P<roughly>{_ROUGHLY}))"
)
_MONEY: Final = r"(?P<money>(?:US|A|C|NZ|HK|S)?\$|[€£¥₹])"
_DASH = r" ?[-\u2010-\u2015~] ?"
_FRACTION: Final = {
    "half": 1 / 2,
    "third": 1 / 3,
    "quarter": 1 / 4,
    "fifth": 1 / 5,
    "sixth": 1 / 6,
    "eighth": 1 / 8,
    "tenth": 1 / 10,
}
_SEVERAL: Final = {
    "several": 3.0,
    "a few": 2.0,
    "a couple of": 2.0,
    "a couple": 2.0,
    "many": 2.0,
}
_SCALES: Final = {"dozen": 12.0, "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9}

_NUMBER = re.compile(
    rf"(?<![\w.,/:+-])(?:{_BOUND}\s)?(?:(?P<between>between|from)\s)?(?:{_MONEY}[ ]?)?(?P<first>{NUMERAL})"
    rf"(?:(?:{_DASH}|\s(?P<joint>to|and|or)\s)(?:{_MONEY.replace('money', 'money_again')})?(?P<last>{NUMERAL}))?"
    r"(?P<tail>\+|\s(?:or (?:more|so|fewer|less)|at least|and (?:more|above)))?"
    r"(?![\w/]|[.,:]\d|:\d)",
    re.IGNORECASE,
)
_INDEFINITE = re.compile(
    rf"(?<![\w-])(?:{_BOUND}\s|(?P<many>many)\s)?(?P<words>{'|'.join(sorted(INDEFINITE, key=len, reverse=True))}"
    rf"|(?P<several>{'|'.join(_SEVERAL)})\s(?P<scale>{'|'.join(_SCALES)}))(?![\w-])",
    re.IGNORECASE,
)
_PART = re.compile(
    rf"(?<![\w-])(?:{_BOUND}\s)?(?:(?P<count>one|two|three|four|five|seven|nine|a|an)[ -]"
    rf"(?P<unit>third|quarter|fifth|sixth|eighth|tenth|half)s?|(?P<half>half))(?=\s(?:of|the|its|their|his|her)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Figure:
    """The number words in their place, with the bounds that they give."""

    start: int
    end: int
    lower: float | None
    upper: float | None
    approximate: bool
    method: str
    money: tuple[int, int] | None = None


def find_quantities(doc: Doc, times: tuple[Time, ...]) -> tuple[Quantity, ...]:
    """The quantities of a text in its order, without overlap; none lies in a time.

    ``of`` is the counted noun with the words between it and the number, in the words of the
    text. A number without a noun is kept only as the subject or object of a verb ("12 were
    killed"), with ``of`` None.
    """
    taken = sorted((time.span.start, time.span.end) for time in times)
    quantities: list[Quantity] = []
    end = 0
    for figure in sorted(_figures(doc.text), key=lambda one: (one.start, -one.end)):
        if figure.start < end or any(a < figure.end and figure.start < b for a, b in taken):
            continue
        span = doc.char_span(figure.start, figure.end, alignment_mode="expand")
        if span is None or _is_no_quantity(doc, list(span), figure):
            continue
        counted = _counted(doc, list(span), figure)
        if counted is None and not _stands_alone(list(span)):
            continue
        end = figure.end
        quantities.append(_quantity(doc.text, figure, counted))
    return tuple(quantities)


def _quantity(text: str, figure: _Figure, counted: tuple[int, int] | None) -> Quantity:
    of_span = Span(*counted) if counted else None
    return Quantity(
        span=Span(figure.start, figure.end),
        text=text[figure.start : figure.end],
        lower=figure.lower,
        upper=figure.upper,
        approximate=figure.approximate,
        of=of_span.of(text) if of_span else None,
        of_span=of_span,
        method=figure.method,
    )


# --- figures ----------------------------------------------------------------------------------


def _figures(text: str) -> Iterator[_Figure]:
    for match in _NUMBER.finditer(text):
        yield from _read_number(match)
    for match in _INDEFINITE.finditer(text):
        yield _read_indefinite(match)
    for match in _PART.finditer(text):
        yield _read_part(match)


def _read_number(match: re.Match[str]) -> Iterator[_Figure]:
    """The figure of a match: one, or two where "X and Y" is no range."""
    first, last = read_numeral(match["first"]), match["last"]
    if first is None:
        return
    money = match.span("money") if match["money"] else None
    if last is not None:
        figure = _read_range(match, first, money)
        if figure is not None:
            yield figure
            return
        yield _bounded(match, match.start(), match.end("first"), first, money, tail=None)
        value = read_numeral(last)
        if value is not None:
            again = match.span("money_again") if match["money_again"] else None
            start = again[0] if again else match.start("last")
            yield _Figure(
                start, match.end("last"), value, value, False, "rule:quantity-number", again
            )
        return
    yield _bounded(match, match.start(), match.end(), first, money, tail=match["tail"])


def _read_range(
    match: re.Match[str], first: float, money: tuple[int, int] | None
) -> _Figure | None:
    """Between X and Y, from X to Y, X-Y, two or three; "2 to 3 million" scales both."""
    last = read_numeral(match["last"])
    joint = (match["joint"] or "-").casefold()
    if last is None or (joint == "and" and (match["between"] or "").casefold() != "between"):
        return None
    scale = re.search(
        r"(?:hundred|thousand|million|billion|trillion|dozen)$", match["last"].casefold()
    )
    if scale and first < 1000 and not re.search(r"[a-z]", match["first"].casefold()):
        scaled = read_numeral(f"{match['first']} {scale.group()}")
        first = scaled if scaled is not None else first
    if first >= last:
        return None
    return _Figure(
        match.start(),
        match.end(),
        first,
        last,
        match["roughly"] is not None,
        "rule:quantity-range",
        money,
    )


def _bounded(  # noqa: PLR0913 - the parts of one match
    match: re.Match[str],
    start: int,
    end: int,
    value: float,
    money: tuple[int, int] | None,
    *,
    tail: str | None,
) -> _Figure:
    lower, upper = _bounds(match, value)
    approximate = any(match[name] for name in ("roughly", "near_lower", "near_upper"))
    words = (tail or "").casefold().strip()
    if words in ("+", "or more", "at least", "and more", "and above"):
        lower, upper = value, None
    elif words in ("or fewer", "or less"):
        lower, upper = None, value
    elif words == "or so":
        approximate = True
    if match["between"] and not match["last"]:
        start = match.end("between") + 1
    return _Figure(start, end, lower, upper, approximate, "rule:quantity-number", money)


def _bounds(match: re.Match[str], value: float) -> tuple[float | None, float | None]:
    if match["lower"] or match["near_lower"]:
        return value, None
    if match["upper"] or match["near_upper"]:
        return None, value
    return value, value


def _read_indefinite(match: re.Match[str]) -> _Figure:
    if several := match["several"]:
        value = (
            _SEVERAL[re.sub(r"\s+", " ", several.casefold())] * _SCALES[match["scale"].casefold()]
        )
    else:
        value = INDEFINITE[re.sub(r"\s+", " ", match["words"].casefold())]
    approximate = bool(match["roughly"])
    return _Figure(match.start(), match.end(), value, None, approximate, "rule:quantity-indefinite")


def _read_part(match: re.Match[str]) -> _Figure:
    """A part of a whole, in per cent of it."""
    count = 1.0 if match["half"] else (read_numeral(match["count"]) or 1.0)
    share = _FRACTION["half" if match["half"] else match["unit"].casefold()]
    lower, upper = _bounds(match, round(count * share, 4))
    approximate = any(match[name] for name in ("roughly", "near_lower", "near_upper"))
    return _Figure(match.start(), match.end(), lower, upper, approximate, "rule:quantity-part")


# --- what is counted --------------------------------------------------------------------------

_UNITS: Final = re.compile(
    r"[ -]?(?P<unit>%|per ?cent(?:age points?)?|percent(?:age points?)?)(?!\w)", re.IGNORECASE
)
_AGE: Final = re.compile(
    r"[ -](?P<unit>(?:years?|months?|weeks?|days?)[ -](?:old|of age))(?!\w)", re.IGNORECASE
)
_CLOCK: Final = re.compile(r" ?(?:[ap]\.?m\b|o['’]clock|hrs\b|GMT|UTC)", re.IGNORECASE)
_NOUNS: Final = frozenset({"NOUN", "PROPN"})
_NAMES: Final = frozenset(
    {"PERSON", "ORG", "GPE", "LOC", "FAC", "PRODUCT", "LAW", "EVENT", "WORK_OF_ART"}
)


def _number_token(tokens: list[Token]) -> Token:
    """The token that stands for the number in the parse: the one whose head lies outside."""
    inside = {token.i for token in tokens}
    numbers = [t for t in tokens if t.like_num or t.pos_ in ("NUM", "NOUN") or t.tag_ == "CD"]
    outside = [token for token in numbers if token.head.i not in inside or token.head.i == token.i]
    return (outside or numbers or tokens)[-1]


def _is_no_quantity(doc: Doc, tokens: list[Token], figure: _Figure) -> bool:
    """Whether a number is a label, a clock time, an address, a list mark or a pronoun."""
    text, number = doc.text, _number_token(tokens)
    if any(token.like_url or token.like_email for token in tokens):
        return True
    if _CLOCK.match(text, figure.end) or re.match(
        r"[-\u2010-\u2015]\d|\s\d", text[figure.end : figure.end + 2]
    ):
        return True
    if number.ent_type_ in _NAMES and figure.money is None:
        return True
    line_start = text.rfind("\n", 0, figure.start) + 1
    if not text[line_start : figure.start].strip() and re.match(
        r"[.)]\s", text[figure.end : figure.end + 2]
    ):
        return True
    if number.lower_ == "one" and not _counts_one(number):
        return True
    return number.dep_ == "nummod" and number.head.i < number.i and figure.money is None


def _counts_one(number: Token) -> bool:
    """Whether "one" counts a noun; not in one day, one of them, one another, no one."""
    head = number.head
    return (
        number.dep_ == "nummod" and head.i > number.i and head.lemma_ not in ("day", "time", "side")
    )


def _counted(doc: Doc, tokens: list[Token], figure: _Figure) -> tuple[int, int] | None:
    """Where the words stand that say what is counted."""
    text = doc.text
    for pattern in (_UNITS, _AGE):
        if found := pattern.match(text, figure.end):
            start = found.start("unit")
            end = found.end("unit")
            if pattern is _UNITS:
                end = _complement_end(doc, end) or end
            return start, end
    if figure.money is not None:
        return figure.money
    number = _number_token(tokens)
    last = tokens[-1].i
    if last + 1 < len(doc) and doc[last + 1].lower_ == "of":
        return _of_phrase(doc, last + 1)
    head = number.head
    if (
        head.pos_ in _NOUNS
        and head.i > last
        and number.dep_ in ("nummod", "quantmod", "amod", "compound", "det", "predet")
    ):
        return _phrase(doc, last + 1, head)
    return None


def _complement_end(doc: Doc, end: int) -> int | None:
    """Where "of X" after a percentage ends."""
    span = doc.char_span(end, min(len(doc.text), end + 4), alignment_mode="expand")
    for token in span or ():
        if token.lower_ == "of" and token.idx >= end:
            phrase = _of_phrase(doc, token.i)
            return phrase[1] if phrase else None
    return None


def _of_phrase(doc: Doc, preposition: int) -> tuple[int, int] | None:
    """The noun phrase after "of", without articles."""
    for child in doc[preposition].children:
        if child.dep_ == "pobj" and child.i > preposition and child.pos_ in _NOUNS:
            return _phrase(doc, preposition + 1, child)
    return None


def _phrase(doc: Doc, first: int, head: Token) -> tuple[int, int] | None:
    """From a token to a noun, articles and punctuation at the front left out."""
    while first < head.i and (
        doc[first].pos_ in ("DET", "PUNCT", "ADP", "PART") or doc[first].is_space
    ):
        first += 1
    return doc[first].idx, head.idx + len(head)


def _stands_alone(tokens: list[Token]) -> bool:
    """Whether a number without a noun is what a verb says something of: 12 were killed."""
    number = _number_token(tokens)
    return (
        number.dep_ in ("nsubj", "nsubjpass", "dobj")
        and number.head.pos_ == "VERB"
        and number.lower_ != "one"
    )
