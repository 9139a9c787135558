"""Numbers that a text gives, with their bounds and what they count.

A bound that the words leave open is None, never a midpoint. How the words are read:

- "over", "more than", "at least" give a lower bound; "up to", "as many as", "fewer than" an upper
  one; whether the bound itself is meant ("over" or "at least") is left to the words.
- "nearly" and "almost" give an upper bound, "just over" a lower one; both are approximate.
- "some", "about", "an estimated" give the number itself, approximate.
- "dozens", "thousands", "several hundred" give the least that the words can mean (see
  ``numerals.INDEFINITE``).
- A share ("two thirds") is a number below one and ``of`` begins with "of": "of voters".
- Percentages, money, ages and measures are quantities whose unit stands in ``of``.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from spacy.tokens import Doc, Token

from kg.extraction.numerals import INDEFINITE, NUMERAL, read_numeral
from kg.extraction.offsets import tokens_at
from kg.model import Quantity, Span, Time

__all__ = ["Figure", "find_figures", "find_quantities"]

_LOWER: Final = (
    "over|more than|at least|no fewer than|no less than|not less than|not fewer than|a minimum of"
    "|upwards? of|in excess of|exceeding|above|greater than|larger than|well over|far more than"
    "|far over|greater than or equal to|more than or equal to"
)
_UPPER: Final = (
    "up to|as many as|as much as|at most|no more than|not more than|fewer than|less than|under"
    "|below|a maximum of|at the most|well under|smaller than|lower than"
    "|less than or equal to"
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

_AGAIN = _MONEY.replace("money", "money_again")
_PLURALS = "|".join(sorted(INDEFINITE, key=len, reverse=True))
_NUMBER: Final = re.compile(
    rf"(?<![\w.,/:+-])(?:{_BOUND}\s)?(?:(?P<between>between|from)\s)?(?:{_MONEY}[ ]?)?"
    rf"(?P<first>{NUMERAL})"
    rf"(?:(?:{_DASH}|\s(?P<joint>to|and|or)\s)(?:{_AGAIN})?(?P<last>{NUMERAL}))?"
    r"(?P<tail>\+|\s(?:or (?:more|so|fewer|less)|at least|and (?:more|above)))?"
    r"(?![\w/]|[.,:]\d)",
    re.IGNORECASE,
)
_INDEFINITE: Final = re.compile(
    rf"(?<![\w-])(?:{_BOUND}\s|(?P<many>many)\s)?(?:(?P<words>{_PLURALS})"
    rf"|(?P<several>{'|'.join(_SEVERAL)})\s(?P<scale>{'|'.join(_SCALES)}))(?![\w-])",
    re.IGNORECASE,
)
#: "5m" is five million only of money.
_BARE_METRES: Final = re.compile(r"\d[mb]$", re.IGNORECASE)
_PART: Final = re.compile(
    rf"(?<![\w-])(?:{_BOUND}\s)?(?:(?P<count>one|two|three|four|five|seven|nine|a|an)[ -]"
    r"(?P<unit>third|quarter|fifth|sixth|eighth|tenth|half)s?|(?P<half>half))"
    r"(?=\s(?:of|the|its|their|his|her)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Figure:
    """Number words in their place, with the bounds that they give, before any parse."""

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
    text = doc.text  # spaCy joins it anew each time
    for figure in find_figures(text):
        if figure.start < end or any(a < figure.end and figure.start < b for a, b in taken):
            continue
        tokens = tokens_at(doc, figure.start, figure.end)
        if not tokens or _is_no_quantity(doc, text, tokens, figure):
            continue
        counted = _counted(doc, text, tokens, figure)
        if counted is None and not _stands_alone(tokens):
            continue
        end = figure.end
        quantities.append(_quantity(text, _without_topic(tokens, figure), counted))
    return tuple(quantities)


def _quantity(text: str, figure: Figure, counted: tuple[int, int] | None) -> Quantity:
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


def find_figures(text: str) -> tuple[Figure, ...]:
    """The numbers that a text writes, the leftmost and longest first; they may overlap.

    >>> [(one.lower, one.upper) for one in find_figures("between 170 and 190, or over 300")]
    [(170.0, 190.0), (300.0, None)]
    """
    figures = [
        *(figure for match in _NUMBER.finditer(text) for figure in _read_number(match)),
        *(_read_indefinite(match) for match in _INDEFINITE.finditer(text)),
        *(_read_part(match) for match in _PART.finditer(text)),
    ]
    return tuple(sorted(figures, key=lambda one: (one.start, -one.end)))


def _read_number(match: re.Match[str]) -> Iterator[Figure]:
    """The figure of a match: one, or two where "X and Y" is no range."""
    first, last = read_numeral(match["first"]), match["last"]
    if first is None or (_BARE_METRES.search(match["first"]) and not match["money"]):
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
            yield Figure(
                start, match.end("last"), value, value, False, "rule:quantity-number", again
            )
        return
    yield _bounded(match, match.start(), match.end(), first, money, tail=match["tail"])


def _read_range(match: re.Match[str], first: float, money: tuple[int, int] | None) -> Figure | None:
    """Between X and Y, from X to Y, X-Y, two or three; "2 to 3 million" scales both."""
    last = read_numeral(match["last"])
    joint = (match["joint"] or "-").casefold()
    if last is None or (joint == "and" and (match["between"] or "").casefold() != "between"):
        return None
    scale = re.search(
        r"(?:hundred|thousand|million|billion|trillion|dozen)$", match["last"].casefold()
    )
    if scale and re.fullmatch(r"[\d.]+", match["first"]):
        scaled = read_numeral(f"{match['first']} {scale.group()}")
        first = scaled if scaled is not None else first
    if first >= last:
        return None
    return Figure(
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
) -> Figure:
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
    return Figure(start, end, lower, upper, approximate, "rule:quantity-number", money)


def _bounds(match: re.Match[str], value: float) -> tuple[float | None, float | None]:
    if match["lower"] or match["near_lower"]:
        return value, None
    if match["upper"] or match["near_upper"]:
        return None, value
    return value, value


def _read_indefinite(match: re.Match[str]) -> Figure:
    if several := match["several"]:
        value = (
            _SEVERAL[re.sub(r"\s+", " ", several.casefold())] * _SCALES[match["scale"].casefold()]
        )
    else:
        value = INDEFINITE[re.sub(r"\s+", " ", match["words"].casefold())]
    approximate = bool(match["roughly"])
    return Figure(match.start(), match.end(), value, None, approximate, "rule:quantity-indefinite")


def _read_part(match: re.Match[str]) -> Figure:
    """A part of a whole, as a number below one."""
    count = 1.0 if match["half"] else (read_numeral(match["count"]) or 1.0)
    share = _FRACTION["half" if match["half"] else match["unit"].casefold()]
    lower, upper = _bounds(match, round(count * share, 4))
    approximate = any(match[name] for name in ("roughly", "near_lower", "near_upper"))
    return Figure(match.start(), match.end(), lower, upper, approximate, "rule:quantity-part")


def _without_topic(tokens: list[Token], figure: Figure) -> Figure:
    """Without an "about" that says what is talked of: a report about 12 prisoners."""
    first = tokens[0]
    if first.lower_ != "about" or first.dep_ != "prep":
        return figure
    return replace(figure, start=tokens[1].idx, approximate=False)


# --- what is counted --------------------------------------------------------------------------

_UNITS: Final = re.compile(
    r"[ -]?(?P<unit>%|per ?cent(?:age points?)?|percent(?:age points?)?)(?!\w)", re.IGNORECASE
)
_AGE: Final = re.compile(
    r"[ -](?P<unit>(?:years?|months?|weeks?|days?)[ -](?:old|of age))(?!\w)", re.IGNORECASE
)
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


#: What follows a number that is a clock time, one group of many digits, or a compound.
_CLOCK: Final = re.compile(r" ?(?:[ap]\.?m\b|o['’]clock|hrs\b|GMT|UTC)", re.IGNORECASE)
_MORE_DIGITS: Final = re.compile(r"[-\u2010-\u2015]\d|[ \u00a0]\d")
_COMPOUND: Final = re.compile(r"[-\u2010\u2011][^\W\d]")
_MONTHS: Final = frozenset(name.casefold() for name in calendar.month_name if name)
_LIST_MARK: Final = re.compile(r"[.)]\s")


def _is_no_quantity(doc: Doc, text: str, tokens: list[Token], figure: Figure) -> bool:
    """Whether a number is a label, a clock time, an address, a list mark or a pronoun."""
    number = _number_token(tokens)
    if any(token.like_url or token.like_email for token in tokens):
        return True
    if _is_cut_out(text, figure) or (number.lower_ == "one" and not _counts_one(number)):
        return True
    if figure.money is not None:
        return False
    following = doc[tokens[-1].i + 1].lower_ if tokens[-1].i + 1 < len(doc) else ""
    if number.pos_ == "VERB" or following in _MONTHS or number.head.lower_ in _MONTHS:
        return True
    is_label = number.dep_ == "nummod" and number.head.i < number.i
    return is_label or number.ent_type_ in _NAMES


def _is_cut_out(text: str, figure: Figure) -> bool:
    """Whether the characters around a number make it a part of something else."""
    if any(one.match(text, figure.end) for one in (_CLOCK, _MORE_DIGITS)):
        return True
    if _COMPOUND.match(text, figure.end) and not _AGE.match(text, figure.end):
        return True
    line_start = text.rfind("\n", 0, figure.start) + 1
    stands_first = not text[line_start : figure.start].strip()
    return stands_first and _LIST_MARK.match(text, figure.end) is not None


def _counts_one(number: Token) -> bool:
    """Whether "one" counts a noun; not in one day, one of them, one another, no one."""
    head = number.head
    return (
        number.dep_ == "nummod" and head.i > number.i and head.lemma_ not in ("day", "time", "side")
    )


def _counted(doc: Doc, text: str, tokens: list[Token], figure: Figure) -> tuple[int, int] | None:
    """Where the words stand that say what is counted."""
    if found := _UNITS.match(text, figure.end):
        return found.start("unit"), _complement_end(doc, found.end("unit")) or found.end("unit")
    if found := _AGE.match(text, figure.end):
        return found.span("unit")
    if figure.money is not None:
        return figure.money
    return _counted_noun(doc, tokens, share=figure.method == "rule:quantity-part")


def _counted_noun(doc: Doc, tokens: list[Token], *, share: bool) -> tuple[int, int] | None:
    number, last = _number_token(tokens), tokens[-1].i
    if last + 1 < len(doc) and doc[last + 1].lower_ == "of":
        phrase = _of_phrase(doc, last + 1)
        return (doc[last + 1].idx, phrase[1]) if phrase and share else phrase
    head = number.head
    if head.pos_ in _NOUNS and head.i > last and number.dep_ in _BEFORE_NOUN:
        return _phrase(doc, last + 1, head)
    return _told_before(doc, number) or _casualties(doc, last)


_BEFORE_NOUN: Final = frozenset({"nummod", "quantmod", "amod", "compound", "det", "predet"})
_ARGUMENTS: Final = frozenset({"nsubj", "nsubjpass", "dobj"})
_TALLIES: Final = frozenset({"toll", "number", "total", "count", "figure", "population", "tally"})


def _told_before(doc: Doc, number: Token) -> tuple[int, int] | None:
    """What a tally counts: the death toll rose to 45, the number of deaths is 45."""
    if number.dep_ == "pobj":
        governor = number.head.head
    elif number.dep_ == "attr":
        governor = number.head
    else:
        return None
    nouns = [governor, *(child for child in governor.children if child.dep_ in _ARGUMENTS)]
    for noun in nouns:
        if noun.pos_ in _NOUNS and noun.lemma_ in _TALLIES and noun.i < number.i:
            for child in noun.children:
                if child.lower_ == "of" and child.i < number.i and number.head.i != child.i:
                    return _of_phrase(doc, child.i)
            return _phrase(doc, noun.left_edge.i, noun)
    return None


def _casualties(doc: Doc, last: int) -> tuple[int, int] | None:
    """An adjective that stands for those it describes: 12 dead, 30 wounded."""
    if last + 1 >= len(doc):
        return None
    state, after = doc[last + 1], doc[last + 2] if last + 2 < len(doc) else None
    is_state = state.pos_ == "ADJ" or (state.tag_ == "VBN" and state.dep_ != "ROOT")
    if not is_state or (after is not None and after.pos_ in _NOUNS):
        return None
    return state.idx, state.idx + len(state)


def _complement_end(doc: Doc, end: int) -> int | None:
    """Where "of X" after a percentage ends."""
    for token in tokens_at(doc, end, end + len(" of ")):
        if token.lower_ == "of" and token.idx >= end:
            phrase = _of_phrase(doc, token.i)
            return phrase[1] if phrase else None
    return None


def _of_phrase(doc: Doc, preposition: int) -> tuple[int, int] | None:
    """The noun phrase after "of", without articles."""
    for child in doc[preposition].children:
        if child.dep_ == "pobj" and child.i > preposition and child.pos_ in ("ADJ", *_NOUNS):
            return _phrase(doc, preposition + 1, child)
    return None


_LEFT_OUT: Final = frozenset({"DET", "PUNCT", "ADP", "PART", "SPACE"})


def _phrase(doc: Doc, first: int, head: Token) -> tuple[int, int] | None:
    """From a token to a noun, articles and punctuation at the front left out."""
    while first < head.i and doc[first].pos_ in _LEFT_OUT:
        first += 1
    if any(token.like_num for token in doc[first : head.i]):
        first = head.i  # five Iranian and three Iraqi prisoners
    return doc[first].idx, head.idx + len(head)


def _stands_alone(tokens: list[Token]) -> bool:
    """Whether a number without a noun is what a verb says something of: 12 were killed."""
    number = _number_token(tokens)
    return (
        number.dep_ in ("nsubj", "nsubjpass", "dobj")
        and number.head.pos_ == "VERB"
        and number.lower_ != "one"
    )
