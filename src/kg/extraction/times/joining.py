"""Two times put together: from one to another, one onwards, a day and its date in brackets."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from kg.extraction.times import periods
from kg.extraction.times.atoms import Atom, spaced
from kg.extraction.times.found import Found, left_open
from kg.extraction.times.periods import Grain, Period
from kg.extraction.times.prefixes import before
from kg.extraction.times.words import calendar_date

__all__ = ["join"]

_OPENING: Final = re.compile(
    spaced(r"(?<!\w)(?P<word>from|between|in|for)(?: the)?(?: year| years)? $"), re.IGNORECASE
)
_INFIX: Final = re.compile(
    spaced(
        r"(?P<dash> ?[-\u2010-\u2015~] ?)"
        r"|(?P<comma>,)? (?P<word>to|until|till|through|and) (?:in |on )?(?:the )?"
    ),
    re.IGNORECASE,
)
_BACKWARDS: Final = re.compile(
    spaced(r" (?:or|and) (?:earlier|before)(?= ?[,.;:)]|$)"), re.IGNORECASE
)
_ONWARDS: Final = re.compile(
    spaced(
        r" (?:onwards?|on(?= ?[,.;])|and onwards?|(?:and (?:later|after)|or later)(?= ?[,.;:)]|$))"
        r"(?!\w)"
        r"| ?(?:to|until|through|[-\u2010-\u2015]) ?(?:the )?(?:present(?: day)?|now|date)(?!\w)"
    ),
    re.IGNORECASE,
)


def join(text: str, found: list[Found]) -> Iterator[Found]:
    """From X to Y, between X and Y, X–Y as one interval; X onwards as an open one."""
    index = 0
    while index < len(found):
        one = found[index]
        after = found[index + 1] if index + 1 < len(found) else None
        pair = None
        if after:
            pair = _pair(text, one, after) or _dated(text, one, after) or _to_now(text, one, after)
        if pair is not None:
            yield pair
            index += 2
            continue
        yield _onwards(text, one)
        index += 1


def _pair(  # noqa: PLR0911 - what stands against it, a line each
    text: str, first: Found, last: Found
) -> Found | None:
    start, end = first.atom.period, last.atom.period
    infix = _INFIX.fullmatch(text, first.end, last.start)
    if infix is None or start is None or end is None:
        return None
    opening = before(_OPENING, text, first)
    word = opening["word"].casefold() if opening else ""
    ranged = word in ("from", "between")
    joint = (infix["word"] or "-").casefold()
    if (joint == "and" and word != "between") or (infix["comma"] and not ranged):
        return None
    if "[" in start.edtf + end.edtf:  # from 3/4 to 5/6: no stretch is sure to be meant
        whole = replace(last, start=first.start, floor=first.floor)
        return left_open(whole, "one of its ends may be either of two days")
    weekdays = "rule:time-weekday" in (first.method, last.method)
    if weekdays and not ranged:
        return None
    opens, closes = start.earliest, end.latest
    if opens is None or closes is None or start.latest is None or end.earliest is None:
        return None
    if weekdays and opens > end.earliest and start.grain is Grain.DAY:
        named = _NEXT.match(text, first.start) is not None and end.grain is Grain.DAY
        start, end = _in_order(opens, end.earliest, named=named)
    elif opens > closes:
        start = _year_before(first) or start
    both_doubtful = first.atom.doubtful and last.atom.doubtful
    sure = ranged or first.method == last.method == "rule:time-month"
    period = periods.stretch(start, end)
    if not _is_ordered(start, end):
        return None
    return Found(
        opening.start() if opening and ranged else first.start,
        last.end,
        Atom(period=period, doubtful=both_doubtful and not sure, explicit_year=True),
        "rule:time-interval",
        anchor=first.anchor or last.anchor,
        attributive=last.attributive,
        combined=True,
        floor=first.floor,
    )


def _in_order(first: dt.date, last: dt.date, *, named: bool) -> tuple[Period, Period]:
    """Two weekdays in one stretch: from next Monday, which is ``named``, to Friday."""
    if named:
        last = first + dt.timedelta(days=(last.weekday() - first.weekday()) % 7)
    else:
        first -= dt.timedelta(days=7)
    return periods.day(first), periods.day(last)


def _is_ordered(start: Period, end: Period) -> bool:
    """Whether a period begins before another, and ends before its end."""
    if start.earliest is None or end.earliest is None or end.latest is None:
        return False
    return start.earliest <= end.earliest and start.earliest < end.latest


_NEXT: Final = re.compile(r"(?:next|coming|upcoming)\b", re.IGNORECASE)


def _year_before(one: Found) -> Period | None:
    """A month whose year was chosen, a year earlier: from November to February."""
    period = one.atom.period
    chosen = one.anchor is not None and not one.atom.explicit_year
    if not chosen or period is None or period.earliest is None or period.grain is not Grain.MONTH:
        return None
    start = periods.shift(period.earliest, "year", -1)
    return periods.around(start, "month") if start else None


def _to_now(text: str, one: Found, now: Found) -> Found | None:
    """From March to date: until the published day."""
    start, end = one.atom.period, now.atom.period
    if now.method != "rule:time-until-now" or start is None or end is None:
        return None
    if text[one.end : now.start].strip() or start.earliest is None or end.latest is None:
        return None
    if start.earliest > end.latest or "[" in start.edtf:
        return None
    opening = before(_OPENING, text, one)
    atom = replace(now.atom, period=periods.stretch(start, periods.day(end.latest)))
    first = opening.start() if opening and opening["word"].casefold() == "from" else one.start
    return replace(now, start=first, atom=atom, combined=True, floor=one.floor)


_BRACKET: Final = re.compile(spaced(r" ?\("))
_NAMED_DAYS: Final = frozenset({"rule:time-deictic", "rule:time-weekday", "rule:time-relative"})


def _dated(text: str, named: Found, given: Found) -> Found | None:
    """Today (23 December): the date in brackets says which day it is."""
    if named.method not in _NAMED_DAYS or not _BRACKET.fullmatch(text, named.end, given.start):
        return None
    said, period = named.atom.period, given.atom.period
    if text[given.end : given.end + 1] != ")" or said is None or period is None:
        return None
    if period.grain is not Grain.DAY or said.grain is not Grain.DAY:
        return None
    if said.earliest and period.earliest and not given.atom.explicit_year:
        period = _in_nearest_year(period.earliest, said.earliest)
    if said.earliest and period.earliest and named.method != "rule:time-deictic":
        differs = said.earliest.weekday() != period.earliest.weekday()
        period = periods.uncertain(period) if differs and "?" not in period.edtf else period
    atom = replace(given.atom, period=period, doubtful=False)
    return replace(given, start=named.start, end=given.end + 1, atom=atom, floor=named.floor)


def _in_nearest_year(date: dt.date, said: dt.date) -> Period:
    """A day without a year in the year that brings it nearest to the day that it is called."""
    years = (said.year - 1, said.year, said.year + 1)
    dates = [own for year in years if (own := calendar_date(year, date.month, date.day))]
    return periods.day(min(dates, key=lambda own: abs(own - said), default=date))


def _onwards(text: str, one: Found) -> Found:
    period = one.atom.period
    if period is None or period.earliest is None or period.latest is None:
        return one
    if found := _BACKWARDS.match(text, one.end):
        atom = replace(one.atom, period=periods.until(period), doubtful=False)
        return replace(one, end=found.end(), atom=atom, method="rule:time-until", combined=True)
    found = _ONWARDS.match(text, one.end)
    if found is None:
        return one
    opening = before(_OPENING, text, one)
    start = opening.start() if opening and opening["word"].casefold() == "from" else one.start
    atom = replace(one.atom, period=periods.since(period), doubtful=False)
    return replace(
        one, start=start, end=found.end(), atom=atom, method="rule:time-since", combined=True
    )
