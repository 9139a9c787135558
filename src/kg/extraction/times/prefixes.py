"""What stands before a time and narrows it: early, the end of, the first three days of, around."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from spacy.tokens import Doc, Token

from kg.extraction.offsets import tokens_at
from kg.extraction.times import parts, periods
from kg.extraction.times.atoms import spaced
from kg.extraction.times.found import Found
from kg.extraction.times.parts import Part
from kg.extraction.times.periods import Period
from kg.extraction.times.tense import TALKING
from kg.extraction.times.words import ORDINAL, measure, ordinal_of, unit_of

__all__ = ["before", "take_prefix"]

_PART_WORDS: Final = {
    "early": Part.EARLY,
    "beginning": Part.EARLY,
    "start": Part.EARLY,
    "opening": Part.EARLY,
    "first": Part.EARLY,
    "mid": Part.MID,
    "middle": Part.MID,
    "midst": Part.MID,
    "late": Part.LATE,
    "end": Part.LATE,
    "close": Part.LATE,
    "closing": Part.LATE,
    "final": Part.LATE,
    "last": Part.LATE,
    "latter": Part.LATE,
    "first half": Part.FIRST_HALF,
    "second half": Part.SECOND_HALF,
}
_PART: Final = re.compile(
    spaced(
        r"(?<!\w)(?:the (?=[a-z ]+ (?:of|in)\b))?"
        r"(?:(?P<word>(?:very )?(?:early|mid|late))(?:(?: in| of) ?(?:the )?| ?- ?| )"
        r"|(?P<half>(?:first|second) half) (?:of|in) (?:the )?"
        r"|(?P<end>beginning|start|middle|midst|end|close|latter part|early part"
        r"|(?:opening|closing|early|first|last|final|late) (?:days|weeks|months|years))"
        r" of (?:the )?)$"
    ),
    re.IGNORECASE,
)
_SIDE = r"(?P<side>first|opening|last|final|closing)"
#: The first three days of, the last two weeks of, the third week of, the first quarter of.
_UNITS: Final = re.compile(
    spaced(
        rf"(?<!\w)(?:the )?(?:{_SIDE} (?P<count>[a-z]+(?:-[a-z]+)?|\d\d?)"
        r" (?P<units>days|weeks|months|quarters|years|decades)"
        rf"|(?P<place>{ORDINAL}|last|final) (?P<unit>day|week|month|quarter|year|decade))"
        r" (?:of|in) (?:the )?$"
    ),
    re.IGNORECASE,
)
_ROUGHLY: Final = re.compile(
    spaced(r"(?<!\w)(?:about|around|circa|ca?\.|approximately|roughly)(?: the)? ?$"), re.IGNORECASE
)
_REACH: Final = 40
_NOUNS: Final = ("NOUN", "PROPN")


def before(pattern: re.Pattern[str], text: str, one: Found) -> re.Match[str] | None:
    """A pattern that ends where an atom starts, after the atom before."""
    return pattern.search(text, max(one.floor, one.start - _REACH), one.start)


def take_prefix(doc: Doc, text: str, one: Found) -> Found:
    """With "early", "the end of", "around" and the like before it."""
    period = one.atom.period
    if period is None:
        return one
    if found := before(_UNITS, text, one):
        narrowed = None if one.attributive else _units(period, found)
        if narrowed is not None:
            return _narrowed(one, found.start(), narrowed)
    if found := before(_PART, text, one):
        narrowed = _part(period, found)
        if narrowed is not None and not (one.attributive and not found["word"]):
            return _narrowed(one, found.start(), narrowed)
    if found := before(_ROUGHLY, text, one):
        attributive_year = one.attributive and one.method == "rule:time-year"
        if attributive_year or _is_topic(tokens_at(doc, *found.span())):
            return one
        atom = replace(one.atom, period=periods.approximate(period))
        return replace(one, start=found.start(), atom=atom)
    return one


def _narrowed(one: Found, start: int, period: Period) -> Found:
    atom = replace(one.atom, period=period, doubtful=False)
    return replace(one, start=start, atom=atom, method=f"{one.method}-part")


def _part(period: Period, found: re.Match[str]) -> Period | None:
    words = next(group for group in found.groupdict().values() if group).casefold()
    words = words.removeprefix("very ")
    which = next(
        (part for key, part in reversed(_PART_WORDS.items()) if words.startswith(key)), None
    )
    return parts.part(period, which) if which else None


def _units(period: Period, found: re.Match[str]) -> Period | None:
    """So many units at one end of a period, or the one of a place."""
    if place := found["place"]:
        number = -1 if place.casefold() in ("last", "final") else ordinal_of(place)
        return parts.units(period, unit_of(found["unit"]), number, number)
    count, unit = measure(found["count"], found["units"])
    if count is None or count < 1 or count % 1:
        return None
    opening = found["side"].casefold() in ("first", "opening")
    first, last = (1, int(count)) if opening else (-int(count), -1)
    return parts.units(period, unit, first, last)


def _is_topic(tokens: list[Token]) -> bool:
    """Whether "about" says what is talked of: a report about 1988, he spoke about last year."""
    first = tokens[0]
    if first.lower_ != "about":
        return False
    if first.i and first.nbor(-1).lower_ in ("how", "what"):
        return True
    head = first.head
    return first.dep_ == "prep" and (head.pos_ in _NOUNS or head.lemma_ in TALKING)
