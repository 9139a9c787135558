"""Dates that lack their year or week, and times counted from others, put where they belong.

How a missing year is chosen: in a clause about the past the latest such day on or before the
published date, in one about the future the first on or after it, and with a weekday the
year nearest to that in which the weekday fits. Where the same paragraph has just given a full
date of an earlier year, and the day so chosen is over ninety days away from the published date,
the first such day from that full date on is taken; where only a year was given, it stays open.

"The next day" and the like are counted from the one time that stands before them in their own
sentence, or in the sentence before where their own has none. Where there is no such time, or
more than one, or where it is that of a saying or describes a noun, they stay open.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from spacy.tokens import Doc

from kg.extraction.offsets import tokens_at
from kg.extraction.times.atoms import NO_ANCHOR, Partial, Told, spaced
from kg.extraction.times.calendars import Calendar
from kg.extraction.times.found import Found, left_open
from kg.extraction.times.licensing import is_licensed
from kg.extraction.times.nearest import in_year, is_recent, nearest, occurrences
from kg.extraction.times.periods import Grain, Period
from kg.extraction.times.tense import TALKING, clause_verb, is_future, is_plainly_future
from kg.extraction.times.told import ELSEWHERE, counted_from

__all__ = ["place", "share_years"]

_JOINT: Final = re.compile(
    spaced(
        r"(?:,? ?(?:and|or|(?P<to>to|until|till|through))? ?|(?P<dash> ?[-\u2010-\u2015~] ?))"
        r"(?:the )?(?:(?:early|mid|late)[ -])?"
    ),
    re.IGNORECASE,
)


def share_years(text: str, found: list[Found]) -> list[Found]:
    """Give a date without a year the year of the one it is joined to: March 3 to June 5, 2022."""
    shared = list(found)
    for index in range(len(shared) - 2, -1, -1):
        here, there = shared[index], shared[index + 1]
        if joint := _JOINT.fullmatch(text, here.end, there.start):
            shared[index] = _with_year(here, there, joint, later=False)
    for index in range(1, len(shared)):
        before, here = shared[index - 1], shared[index]
        if joint := _JOINT.fullmatch(text, before.end, here.start):
            shared[index] = _with_year(here, before, joint, later=True)
    return shared


def _with_year(  # noqa: PLR0911 - what stands against it, a line each
    here: Found, other: Found, joint: re.Match[str], *, later: bool
) -> Found:
    """``here`` with the year of ``other``; in a range, of the year beside it where that fits."""
    partial, period = here.atom.partial, other.atom.period
    if partial is None or partial.month is None or partial.which or partial.weekday is not None:
        return here
    if partial.either or partial.calendar is not Calendar.GREGORIAN:
        return here
    if period is None or period.earliest is None or period.grain > Grain.MONTH:
        return here
    if not (other.atom.explicit_year or other.atom.anchored):
        return here
    year = period.earliest.year
    if not (joint["to"] or joint["dash"]):
        own = in_year(partial, year)
        return _dated(here, own, other) if own else here
    for candidate in (year, year + (1 if later else -1)):
        own = in_year(partial, candidate)
        if own is None or own.earliest is None:
            continue
        if (own.earliest >= period.earliest) if later else (own.earliest <= period.earliest):
            return _dated(here, own, other)
    return here


def _dated(here: Found, period: Period, other: Found) -> Found:
    atom = replace(here.atom, period=period, partial=None, explicit_year=True, doubtful=False)
    return replace(here, atom=atom, anchor=other.anchor)


_PARAGRAPH_END: Final = re.compile(r"\n[^\S\n]*\n")


def place(doc: Doc, text: str, found: list[Found], published: dt.date | None) -> Iterator[Found]:
    """Every atom with its period, or with the reason why it stays open."""
    narrative: Found | None = None
    paragraph: list[Found] = []
    for one in found:
        if paragraph and _PARAGRAPH_END.search(text, paragraph[-1].end, one.start):
            narrative, paragraph = None, []
        placed = one
        if one.atom.told is not None:
            placed = _counted(doc, one, one.atom.told, paragraph, published)
        elif one.atom.of_today and any(other.atom.explicit_year for other in paragraph):
            placed = left_open(one, ELSEWHERE)
        elif one.atom.partial is None:
            if one.atom.explicit_year and not one.attributive and is_licensed(doc, one):
                narrative = one
        elif one.atom.partial.month is None and one.atom.partial.day:
            placed = _placed_day(doc, one, one.atom.partial, paragraph, published)
        else:
            placed = _placed(doc, one, one.atom.partial, narrative, published)
        paragraph.append(placed)
        yield placed


def _placed(  # noqa: PLR0911 - what stands against it, a line each
    doc: Doc,
    one: Found,
    partial: Partial,
    narrative: Found | None,
    published: dt.date | None,
) -> Found:
    first = tokens_at(doc, one.start, one.end)[0]
    future = is_future(first)
    if future and first.dep_ == "poss" and not is_plainly_future(first):
        # "wants to thank the victims of Saturday's attack": the wish is ahead, the attack is not
        return left_open(one, "it may be the last such day or the next")
    period = nearest(partial, published, future=future) if published else None
    told = _as_told(one, partial, narrative, period) if narrative and not future else None
    if told is not None and narrative is not None:
        if not is_recent(period, published):
            return told
        if told.atom.period and _in_one_sentence(doc, narrative, one):
            return left_open(one, "the year may be that of the date before or the published one")
    if published is None or period is None:
        fit = "no year near the published date has this weekday on this day"
        return left_open(one, fit if published else NO_ANCHOR)
    if partial.holiday and not partial.which and not _is_nearest(partial, period, published):
        return left_open(one, "it may be the last such day or the next")
    if one.attributive and partial.month and partial.day and not is_recent(period, published):
        return left_open(one, "something known by its day, of a year that is not given")
    return replace(one, atom=replace(one.atom, period=period, partial=None), anchor=published)


def _placed_day(
    doc: Doc, one: Found, partial: Partial, before: list[Found], published: dt.date | None
) -> Found:
    """The 18th: of the month told before, else the nearest one to the published date."""
    dated = [p for p in before if p.atom.period and p.atom.period.grain <= Grain.MONTH]
    if not dated:
        if before:  # years or rough times: who knows which month
            return left_open(one, "a day of a month that is not given")
        return _placed(doc, one, partial, None, published)
    start = dated[-1].atom.period
    if start is None or start.earliest is None or not _is_plain(start):
        return left_open(one, "a day of a month that is not given")
    own = next((p for p in occurrences(partial, start.earliest) if p.edtf >= start.edtf), None)
    if own is None or own.edtf[:7] != start.edtf[:7]:
        return left_open(one, "the month may be that of the day before or the next")
    atom = replace(one.atom, period=own, partial=None)
    return replace(one, atom=atom, anchor=start.earliest, method=f"{one.method}-narrative")


def _counted(
    doc: Doc, one: Found, what: Told, before: list[Found], published: dt.date | None
) -> Found:
    """The next day, three weeks later: counted from the one time that it can be counted from."""
    if one.atom.instead and is_future(tokens_at(doc, one.start, one.end)[0]):
        atom = replace(one.atom, period=one.atom.instead, told=None, anchored=True)
        return replace(one, atom=atom, anchor=published)
    start = _antecedent(doc, one, before)
    if start is None or start.earliest is None or start.latest is None:
        return left_open(one, ELSEWHERE)
    if what.partial is None:
        period = counted_from(what, start)
    else:
        limit = Grain.DAY if what.partial.is_near else Grain.YEAR
        fits = _is_plain(start) and start.grain <= limit
        partial = replace(what.partial, which="next")
        period = nearest(partial, start.latest, future=True) if fits else None
    if period is None:
        return left_open(one, ELSEWHERE)
    atom = replace(one.atom, period=period, told=None)
    return replace(one, atom=atom, anchor=start.earliest, method="rule:time-told")


def _is_plain(period: Period) -> bool:
    """Whether a period is neither rough nor doubtful, and no stretch or choice."""
    return not any(mark in period.edtf for mark in "~?[/")


def _antecedent(doc: Doc, one: Found, before: list[Found]) -> Period | None:
    """The one time that stands before in the sentence, or else in the sentence before it."""
    if not doc.has_annotation("SENT_START"):
        return None
    sentence = tokens_at(doc, one.start, one.end)[0].sent
    last = doc[sentence.start - 1].sent if sentence.start else sentence
    for place in (sentence, last):
        here = [p for p in before if place.start_char <= p.start < place.end_char]
        times = {p.atom.period for p in here if p.atom.period and _tells(doc, p)}
        if here:
            return times.pop() if len(times) == 1 and len(here) == 1 else None
    return None


def _tells(doc: Doc, one: Found) -> bool:
    """Whether a time is one of the tale: not that of a saying, nor one that describes a noun."""
    if one.attributive or not is_licensed(doc, one):
        return False
    verb = clause_verb(tokens_at(doc, one.start, one.end)[0])
    return verb is None or verb.lemma_ not in TALKING


def _is_nearest(partial: Partial, period: Period, published: dt.date) -> bool:
    """Whether no other day of a holiday lies nearer to the published date."""
    distances = [
        (abs(one.earliest - published), one.edtf)
        for one in occurrences(partial, published)
        if one.earliest
    ]
    return not distances or min(distances)[1] == period.edtf


def _in_one_sentence(doc: Doc, first: Found, second: Found) -> bool:
    one, other = (
        tokens_at(doc, first.start, first.end)[0],
        tokens_at(doc, second.start, second.end)[0],
    )
    return one.sent.start == other.sent.start if doc.has_annotation("SENT_START") else False


def _as_told(one: Found, partial: Partial, narrative: Found, near: Period | None) -> Found | None:
    """A month or day in the year of the time told before; open where only a year was told."""
    told = narrative.atom.period
    if not partial.month or partial.which or partial.weekday is not None:
        return None
    if told is None or told.earliest is None:
        return None
    # a tale goes forward: the first such day on or after the one that was told
    dated = occurrences(partial, told.earliest)
    own = next((one for one in dated if one.latest and one.latest >= told.earliest), None)
    if own is None or (near is not None and own.edtf >= near.edtf):
        return None
    if told.grain > Grain.MONTH:
        return left_open(one, "the year may be that of the sentences before")
    atom = replace(one.atom, period=own, partial=None)
    return replace(one, atom=atom, anchor=told.earliest, method=f"{one.method}-narrative")
