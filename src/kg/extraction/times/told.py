"""Times that are counted from one the text told before: the next day, three weeks later."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import Final

from kg.extraction.times import periods
from kg.extraction.times.atoms import Atom, Partial, Rule, Told, rule, told
from kg.extraction.times.periods import Grain, Period
from kg.extraction.times.words import (
    COUNT,
    LONG_WEEKDAY,
    MONTH,
    SEASON,
    SEASONS,
    UNIT,
    UNIT_KEY,
    groups,
    measure,
    month_of,
    unit_of,
    weekday_of,
)

__all__ = ["ELSEWHERE", "TOLD", "counted_from"]

ELSEWHERE: Final = "counted from a time that is told elsewhere in the text"
_NIGHTS: Final = {"night": "day", "morning": "day", "afternoon": "day", "evening": "day"}
_STEPS: Final = {"next": 1, "following": 1, "previous": -1, "preceding": -1}


_THROUGH: Final = re.compile(r"\b(?:over|during|within|through|for)\s+\Z", re.IGNORECASE)


def _read_unit(match: re.Match[str], published: dt.date | None) -> Atom | None:
    """The same day, that year, the following month, the next day."""
    words = unit_of(match["unit"])
    unit = _NIGHTS.get(words, words)
    which = match["which"].casefold()
    atom = told(unit, _STEPS.get(which, 0))
    if which != "next" or published is None or unit == "day":
        return atom
    date = periods.shift(published, unit, 1)
    if date is None:
        return atom
    if _THROUGH.search(match.string, 0, match.start()):  # over the next decade: from now on
        grain = "year" if unit == "decade" else unit
        now, then = (periods.around(day, grain) for day in (published, date))
        return replace(atom, instead=periods.stretch(now, then))
    return replace(atom, instead=periods.around(date, unit))


def _read_side(match: re.Match[str], _: dt.date | None) -> Atom | None:
    """The day before, the week after."""
    return told(unit_of(match["unit"]), -1 if match["side"].casefold() == "before" else 1)


def _read_count(match: re.Match[str], _: dt.date | None) -> Atom | None:
    """Three days later, two years earlier."""
    count, unit = measure(match["count"], match["unit"])
    if count is None:
        return Atom(reason=ELSEWHERE)
    sign = 1 if match["side"].casefold() in ("later", "after") else -1
    return told(unit, sign * count, exact=unit == "day")


def _read_named(match: re.Match[str], _: dt.date | None) -> Atom | None:
    """The following January, the next Tuesday."""
    found = groups(match)
    if name := found["month"]:
        partial = Partial(month=month_of(name))
    elif season := found["season"]:
        partial = Partial(season=SEASONS[season.casefold()])
    else:
        partial = Partial(weekday=weekday_of(found["weekday"]))
    if match["which"].casefold() in ("next", "following"):
        return Atom(told=Told(unit="", steps=1, partial=partial))
    return Atom(reason=ELSEWHERE)


#: How coarse a time may be that units are counted from.
_FINE: Final = {"day": Grain.DAY, "week": Grain.WEEK, "weekend": Grain.DAY, "month": Grain.MONTH}


def counted_from(what: Told, start: Period) -> Period | None:
    """The time that lies so far from another; None where that is too coarse, rough or open.

    >>> counted_from(Told(unit="month", steps=1), periods.day(dt.date(1988, 7, 28))).edtf
    '1988-08'
    """
    first = start.earliest
    if first is None or start.latest is None or any(mark in start.edtf for mark in "~?[/"):
        return None
    limit = _FINE.get(what.unit, Grain.YEAR)
    if start.grain > limit or (what.unit == "" and start.grain > Grain.MONTH):
        return None
    if what.unit == "weekend":
        return periods.weekend(first) if not what.steps else None
    date = periods.shift(first, what.unit, what.steps)
    if date is None:
        return None
    whole = periods.around(date, what.unit)
    return whole if what.exact else periods.approximate(whole)


#: Tried at every place; the longest match from the leftmost place wins, then the order here.
TOLD: Final[tuple[Rule, ...]] = (
    rule(
        "told-elsewhere",
        "same following next previous preceding very",
        r"(?:the|that) (?P<which>same|following|next|previous|preceding|very)"
        r" (?P<unit>day|night|morning|afternoon|evening|week|weekend|month|year|decade)",
        _read_unit,
        any_case=True,
    ),
    rule(
        "told-elsewhere",
        "that",
        r"(?P<which>that) (?P<unit>day|night|morning|afternoon|evening|week|weekend|month|year)",
        _read_unit,
        any_case=True,
    ),
    rule(
        "told-elsewhere",
        UNIT_KEY,
        r"(?:the )?(?P<unit>day|week|month|year) (?P<side>before|after)(?= ?[,.;]|$)",
        _read_side,
        any_case=True,
    ),
    rule(
        "told-elsewhere",
        "later earlier",
        rf"{COUNT}\s{UNIT}\s(?P<side>(?i:later|earlier))",
        _read_count,
    ),
    rule(
        "told-elsewhere",
        "following next previous same",
        rf"(?i:the)\s(?P<which>(?i:following|next|previous|same))\s"
        rf"(?:(?P<month>{MONTH})|(?P<weekday>(?i:{LONG_WEEKDAY}))|{SEASON})",
        _read_named,
    ),
    rule(
        "told-elsewhere",
        "that",
        r"that (?:spring|summer|autumn|winter)",
        lambda _match, _published: Atom(reason=ELSEWHERE),
        any_case=True,
    ),
)
