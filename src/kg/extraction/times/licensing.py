"""Which bare years and months are times, by what stands around them."""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import replace
from typing import Final

from spacy.tokens import Doc, Token

from kg.extraction.offsets import tokens_at
from kg.extraction.times.found import Found, modified
from kg.extraction.times.spotting import counts_plural, dates_events

__all__ = ["is_licensed", "license_lists"]

_STRONG_WORDS: Final = (
    "in since until till during before after early mid late circa by throughout from between "
    "around through year to"
)
_STRONG: Final = frozenset(_STRONG_WORDS.split())
_LABEL_WORDS: Final = (
    "no number resolution article section page chapter flight room ward route highway line "
    "nos № version model law decree bill case order"
)
_LABELS: Final = frozenset(_LABEL_WORDS.split())
_CROWD_WORDS: Final = (
    "total crowd group number population force sum minimum maximum average toll army team"
)
_CROWDS: Final = frozenset(_CROWD_WORDS.split())
_AFTER_NOUN: Final = frozenset({"of", "and", "last"})
_DATED_KINDS: Final = ({"DATE"}, {"TIME"})
_FIGURES: Final = frozenset({"CARDINAL", "MONEY", "QUANTITY", "PERCENT"})
_LABELLED: Final = frozenset({"PRODUCT", "MONEY", "LAW", "FAC"})


#: What stands before a day and month in digits, and before a feast that is no day by name.
_BEFORE_DAY_WORDS: Final = (
    "on since until till from by before after dated between during at over around through last "
    "next this following to for"
)
_BEFORE_DAY: Final = frozenset(_BEFORE_DAY_WORDS.split())
#: How far apart two bare years may be that "to" makes a range of.
_FIRST_YEAR, _LAST_YEAR = 1900, 2100


def is_licensed(doc: Doc, one: Found) -> bool:  # noqa: PLR0911 - a kind of time a line
    """Whether the surroundings say that a bare year or month is a time."""
    if not one.atom.doubtful:
        return True
    tokens = tokens_at(doc, one.start, one.end)
    previous = doc[tokens[0].i - 1] if tokens[0].i else None
    word = _word_before(previous)
    match one.method:
        case "rule:time-now":
            return False
        case "rule:time-day-month":
            if one.attributive or not _ends_phrase(doc, tokens[-1], {"ADP", "ADV"}):
                return False
            return word in _BEFORE_DAY - {"to", "over", "at", "around"}
        case "rule:time-holiday":
            return word in _BEFORE_DAY and not one.attributive
        case "rule:time-compact":
            kinds = {token.ent_type_ for token in tokens}
            return not kinds & {"MONEY"} and not counts_plural(tokens[-1]) and not _numbers(tokens)
        case "rule:time-year-words" if counts_plural(tokens[-1]):
            return False
        case "rule:time-interval" if _are_years(doc, tokens):
            return True
    if _stands_after_in(one, tokens, word) and _ends_phrase(doc, tokens[-1]):
        return _may_be_year(tokens, word)
    return _is_licensed_word(one, tokens, word)


#: What a string of digits is the number of.
_NUMBERED: Final = _LABELS | frozenset(
    "id file account iban phone tel fax ref reference serial".split()
)


def _numbers(tokens: list[Token]) -> bool:
    """Whether digits are the number of a thing: No. 20220322, account 20220322."""
    before = [
        token.lower_.strip(".:#") for token in tokens[0].doc[max(tokens[0].i - 2, 0) : tokens[0].i]
    ]
    words = [word for word in before if word] or [""]
    return words[-1] in _NUMBERED


_LISTED: Final = re.compile(r",?\s(?:and|or)\s|,\s")


def license_lists(doc: Doc, text: str, found: list[Found]) -> list[Found]:
    """The days in digits of a list as sure as the first of them: on 11/20, 11/22 or 11/25."""
    listed: list[Found] = []
    sure = False
    for one in found:
        here = one
        if one.method != "rule:time-day-month" or not one.atom.doubtful:
            sure = False
        else:
            last = listed[-1] if listed else None
            joined = last is not None and _LISTED.fullmatch(text, last.end, one.start)
            after = tokens_at(doc, one.start, one.end)[-1]
            if joined and sure and _ends_phrase(doc, after, {"ADP", "ADV"}):
                here = replace(one, atom=replace(one.atom, doubtful=False))
            else:
                sure = is_licensed(doc, one)
        listed.append(here)
    return listed


def _is_licensed_word(one: Found, tokens: list[Token], word: str) -> bool:
    """Whether a bare year, month or weekday is a time, by the word before it and its kind."""
    first, last = tokens[0], tokens[-1]
    is_year = last.text[:1].isdigit()
    if is_year and not _may_be_year(tokens, word):
        return False
    if is_year and dates_events(last):
        return True
    if first.lower_ in ("march", "may") and word not in _STRONG | _AFTER_NOUN:
        return False
    kinds = {token.ent_type_ for token in tokens}
    if kinds in _DATED_KINDS or kinds & _FIGURES:
        # "Friday night" is a time of day to the recogniser, and other weekdays are dates
        return kinds == {"DATE"} or one.method == "rule:time-weekday"
    if word in _STRONG or first.lower_ in _STRONG or not is_year:
        return is_year or word in _STRONG | _AFTER_NOUN or first.lower_ in _STRONG
    return word == "(" or _describes_noun(last) or (word == "of" and _is_event_like(first.nbor(-1)))


def _word_before(previous: Token | None) -> str:
    """The word before a time in small letters; "later than" is as good as "since"."""
    if previous is None:
        return ""
    compared = previous.lower_ == "than" and previous.i > 0
    later = compared and previous.nbor(-1).lower_ in ("later", "earlier")
    return "since" if later else previous.lower_


#: What a year stands after, whatever kind of number the recogniser takes it for.
_IN_YEAR: Final = frozenset({"in", "since", "until", "till", "during"})


def _stands_after_in(one: Found, tokens: list[Token], word: str) -> bool:
    """Whether a bare year follows "in" and the like, which "since 2016" holds itself."""
    if one.method == "rule:time-year":
        return word in _IN_YEAR
    bounded = one.method in ("rule:time-since", "rule:time-until") and tokens[-1].is_digit
    return bounded and tokens[0].lower_ in _IN_YEAR


_ENDS: Final = frozenset({"PUNCT", "VERB", "AUX", "CCONJ", "SCONJ", "SPACE", "PART"})


def _ends_phrase(doc: Doc, last: Token, more: Set[str] = frozenset()) -> bool:
    """Whether a number counts nothing: a mark, a verb or the end of the text follows."""
    after = doc[last.i + 1] if last.i + 1 < len(doc) else None
    return after is None or (after.pos_ in _ENDS | more and after.lower_ != "of")


def _are_years(doc: Doc, tokens: list[Token]) -> bool:
    """Whether two numbers joined by "to" are years: in order, and counting nothing."""
    years = [int(token.text) for token in tokens if re.fullmatch(r"\d{4}", token.text)]
    after = doc[tokens[-1].i + 1] if tokens[-1].i + 1 < len(doc) else None
    counts = counts_plural(tokens[-1]) or (after is not None and after.pos_ in _COUNTED)
    both = len(years) == 2 and all(_FIRST_YEAR <= year <= _LAST_YEAR for year in years)  # noqa: PLR2004
    return both and not counts


_COUNTED: Final = frozenset({"NOUN", "PROPN", "ADJ", "SYM", "NUM"})


def _may_be_year(tokens: list[Token], word_before: str) -> bool:
    """Whether a number of four digits is no count, label, sum or part of a name."""
    if counts_plural(tokens[-1]):
        return False
    if word_before.rstrip(".") in _LABELS or word_before in ("$", "€", "£", "#"):
        return False
    return not any(token.ent_type_ in _LABELLED for token in tokens)


def _describes_noun(year: Token) -> bool:
    """Whether a year stands before one thing that it dates: the 1974 siege."""
    noun = modified([year])
    return noun is not None and noun.tag_ in ("NN", "NNP", "VBG")


def _is_event_like(preposition: Token) -> bool:
    """Whether "noun of 1988" gives a year and not a count: not a total or crowd of it."""
    return preposition.head.lemma_.casefold() not in _CROWDS
