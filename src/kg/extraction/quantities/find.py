"""The walk from a text to its quantities.

``of`` is the counted noun with the words between it and the number, in the words of the text:

- a share ("two thirds") is a number below one and ``of`` begins with "of": "of voters";
- percentages, money, ages, distances and other measures are quantities whose unit stands in ``of``;
- a stretch of time is no quantity ("for four decades"), but a term is: "10 years in prison".
"""

from __future__ import annotations

import calendar
import re
from dataclasses import replace
from typing import Final

from spacy.tokens import Doc, Token

from kg.extraction.lexicon import lexicon
from kg.extraction.offsets import tokens_at
from kg.extraction.quantities.counted import (
    AGE,
    MEASURE,
    counted,
    is_stretch_of_time,
    number_token,
)
from kg.extraction.quantities.figures import Figure, find_figures
from kg.model import Quantity, Span, Time

__all__ = ["find_quantities"]


def find_quantities(doc: Doc, times: tuple[Time, ...]) -> tuple[Quantity, ...]:
    """The quantities of a text in its order, without overlap; none lies in a time.

    A number without a noun is kept only as the subject or object of a verb ("12 were
    killed"), with ``of`` None.
    """
    text = doc.text  # spaCy joins it anew each time
    quantities: list[Quantity] = []
    for figure in find_figures(_without(text, times)):
        tokens = tokens_at(doc, figure.start, figure.end)
        if not tokens or _is_no_quantity(doc, text, tokens, figure):
            continue
        what = counted(doc, text, tokens, figure)
        if what is None and not _stands_alone(tokens):
            continue
        if what and (is_stretch_of_time(doc, text, what) or _is_year(doc, text, figure, what)):
            continue
        quantities.append(_quantity(text, _without_topic(tokens, figure), what))
    return tuple(quantities)


def _without(text: str, times: tuple[Time, ...]) -> str:
    """The text with what no number reaches into in the place of its times."""
    pieces, end = [], 0
    for time in times:
        pieces += [text[end : time.span.start], "\0" * (time.span.end - time.span.start)]
        end = time.span.end
    return "".join([*pieces, text[end:]])


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


def _without_topic(tokens: list[Token], figure: Figure) -> Figure:
    """Without an "about" that says what is talked of: a report about 12 prisoners."""
    first = tokens[0]
    if first.lower_ != "about" or first.dep_ != "prep":
        return figure
    return replace(figure, start=tokens[1].idx, approximate=False)


#: What follows a number that is a clock time, one group of many digits, or a compound.
_CLOCK: Final = re.compile(r" ?(?:[ap]\.?m\b|o['’]clock|hrs\b|GMT|UTC)", re.IGNORECASE)
_MORE_DIGITS: Final = re.compile(r"[-\u2010-\u2015]\d|[ \u00a0]\d")
_COMPOUND: Final = re.compile(r"[-\u2010\u2011][^\W\d]")
#: What a share stands before: two thirds of, half the, a third more.
_OF_WHOLE: Final = re.compile(r"\s(?:of|the|its|their|his|her|all|these|those)\b", re.IGNORECASE)
_OUT_OF: Final = re.compile(r"\sout\sof\s", re.IGNORECASE)
#: What is measured by halves and quarters: 1/4 mile, ½ inch.
_RATIO: Final = re.compile(
    r"[ -](?:mile|kilomet|met(?:re|er)|inch|foot|pint|gallon|lit(?:re|er)|acre|hectare|ounce|pound"
    r"|cup|teaspoon|tablespoon|tonn?e?)",
    re.IGNORECASE,
)
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_LABEL_WORDS: Final = (
    "week day episode phase round article articles section chapter page paragraph rule class grade "
    "stage level size season part volume no number version ward zone district unit block room gate"
)
_LABELS: Final = frozenset(_LABEL_WORDS.split())
_NAMES: Final = frozenset(
    {"PERSON", "ORG", "GPE", "LOC", "FAC", "PRODUCT", "LAW", "EVENT", "WORK_OF_ART"}
)
_MONTHS: Final = frozenset(name.casefold() for name in calendar.month_name if name)
_LIST_MARK: Final = re.compile(r"[.)]\s")


def _is_no_quantity(doc: Doc, text: str, tokens: list[Token], figure: Figure) -> bool:
    """Whether a number is a label, a clock time, an address, a list mark or a pronoun."""
    number = number_token(tokens)
    if any(token.like_url or token.like_email for token in tokens):
        return True
    if _is_cut_out(text, figure) or (number.lower_ == "one" and not _counts_one(number)):
        return True
    if figure.money is not None:
        return False
    following = doc[tokens[-1].i + 1].lower_ if tokens[-1].i + 1 < len(doc) else ""
    if number.pos_ == "VERB" or following in _MONTHS or number.head.lower_ in _MONTHS:
        return True
    first = tokens[0]
    is_label = number.dep_ == "nummod" and number.head.i < number.i
    is_label |= first.i > 0 and first.is_digit and first.nbor(-1).lower_ in _LABELS
    return is_label or number.ent_type_ in _NAMES


def _is_cut_out(text: str, figure: Figure) -> bool:
    """Whether the characters around a number make it a part of something else."""
    if any(one.match(text, figure.end) for one in (_CLOCK, _MORE_DIGITS)):
        return True
    joined = _COMPOUND.match(text, figure.end)
    if joined and not AGE.match(text, figure.end) and not MEASURE.match(text, figure.end):
        return True
    whole = _OF_WHOLE.match(text, figure.end) or _OUT_OF.search(text, figure.start, figure.end)
    if figure.method == "rule:quantity-part" and not whole:
        return _RATIO.match(text, figure.end) is None or not text[figure.end - 1].isnumeric()
    line_start = text.rfind("\n", 0, figure.start) + 1
    stands_first = not text[line_start : figure.start].strip()
    return stands_first and _LIST_MARK.match(text, figure.end) is not None


def _is_year(doc: Doc, text: str, figure: Figure, what: tuple[int, int]) -> bool:
    """Whether a number may date what follows: the 2016 race, her 2016 remarks.

    Of people and of round numbers it may not: 1953 miners and 2000 houses are counted.
    """
    if not _YEAR.fullmatch(text, figure.start, figure.end):
        return False
    noun = tokens_at(doc, *what)
    if noun[-1].tag_ in ("NN", "NNP") or len(noun) > 1:
        return True
    nouns, lemma = lexicon().nouns, noun[-1].lemma_.lower()
    is_round = text[figure.start : figure.end].endswith("00")
    return not is_round and lemma not in nouns.person | nouns.group


def _counts_one(number: Token) -> bool:
    """Whether "one" counts a noun; not in one day, one of them, one another, no one."""
    head = number.head
    return (
        number.dep_ == "nummod" and head.i > number.i and head.lemma_ not in ("day", "time", "side")
    )


def _stands_alone(tokens: list[Token]) -> bool:
    """Whether a number without a noun is what a verb says something of: 12 were killed."""
    number = number_token(tokens)
    return (
        number.dep_ in ("nsubj", "nsubjpass", "dobj")
        and number.head.pos_ == "VERB"
        and number.lower_ != "one"
    )
