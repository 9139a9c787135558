# ruff: noqa: PLR2004 - a calendar is made of numbers
"""Stretches of days as EDTF strings with bounds: the calendar behind ``times``.

Gregorian so far; another calendar adds constructors here that return the same ``Period``.
"""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Final

__all__ = [
    "Grain",
    "Part",
    "Period",
    "after",
    "approximate",
    "around",
    "before",
    "century",
    "choice",
    "day",
    "decade",
    "month",
    "part",
    "quarter",
    "season",
    "shift",
    "since",
    "stretch",
    "uncertain",
    "until",
    "week",
    "year",
]


class Grain(IntEnum):
    """How fine a period is; a larger one is coarser."""

    DAY = 0
    STRETCH = 1
    WEEK = 2
    MONTH = 3
    SEASON = 4
    YEAR = 5
    DECADE = 6
    CENTURY = 7


class Part(StrEnum):
    """A part of a period: thirds, as TimeML's START, MID and END, halves, and seven days."""

    EARLY = "early"
    MID = "mid"
    LATE = "late"
    FIRST_HALF = "first half"
    SECOND_HALF = "second half"
    FIRST_WEEK = "first week"
    SECOND_WEEK = "second week"
    THIRD_WEEK = "third week"
    FOURTH_WEEK = "fourth week"
    LAST_WEEK = "last week"


@dataclass(frozen=True, slots=True)
class Period:
    """An EDTF string with its bounds, both included; None is an open bound."""

    edtf: str
    earliest: dt.date | None
    latest: dt.date | None
    grain: Grain


#: First month and length of each season of EDTF on the northern hemisphere.
_SEASON_MONTHS: Final = {21: 3, 22: 6, 23: 9, 24: 12}


def _last_of_month(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def _shifted(year: int, month: int, months: int) -> tuple[int, int]:
    """Year and month, some months on."""
    years, zero_based = divmod(month - 1 + months, 12)
    return year + years, zero_based + 1


def day(date: dt.date) -> Period:
    """One day.

    >>> day(dt.date(2022, 3, 22)).edtf
    '2022-03-22'
    """
    return Period(date.isoformat(), date, date, Grain.DAY)


def week(date: dt.date) -> Period:
    """The week, Monday to Sunday, that a day lies in."""
    monday = date - dt.timedelta(days=date.weekday())
    return stretch(day(monday), day(monday + dt.timedelta(days=6)), Grain.WEEK)


def month(year: int, month: int) -> Period:
    """One month of a year.

    >>> month(2021, 8).latest
    datetime.date(2021, 8, 31)
    """
    return Period(
        f"{year:04}-{month:02}",
        dt.date(year, month, 1),
        _last_of_month(year, month),
        Grain.MONTH,
    )


def season(year: int, code: int, *, closed: bool = False) -> Period:
    """A season, by its EDTF code 21 to 24, on the northern hemisphere.

    The winter of one year may be the one that it begins with or the one that it ends
    with, so its bounds hold both; ``closed`` says that it is the one that begins in December.

    >>> season(1988, 22).latest
    datetime.date(1988, 8, 31)
    """
    first = dt.date(year, _SEASON_MONTHS[code], 1)
    last = _last_of_month(*_shifted(year, first.month, 2))
    if code == 24 and not closed:
        first = dt.date(year, 1, 1)
    return Period(f"{year:04}-{code}", first, last, Grain.SEASON)


def quarter(year: int, number: int) -> Period:
    """A quarter of a year, 1 to 4 (EDTF 33 to 36)."""
    first = dt.date(year, 3 * number - 2, 1)
    return Period(f"{year:04}-{32 + number}", first, _last_of_month(year, 3 * number), Grain.SEASON)


def year(year: int) -> Period:
    """One year."""
    return Period(f"{year:04}", dt.date(year, 1, 1), dt.date(year, 12, 31), Grain.YEAR)


def decade(first_year: int) -> Period:
    """Ten years, from the one that ends in nought.

    >>> decade(1980).edtf
    '198X'
    """
    return Period(
        f"{first_year // 10:03}X",
        dt.date(max(first_year, 1), 1, 1),
        dt.date(first_year + 9, 12, 31),
        Grain.DECADE,
    )


def century(number: int) -> Period:
    """A century by its ordinal, in EDTF's reckoning: the 19th is 18XX, 1800 to 1899."""
    first = 100 * (number - 1)
    return Period(
        f"{number - 1:02}XX",
        dt.date(max(first, 1), 1, 1),
        dt.date(first + 99, 12, 31),
        Grain.CENTURY,
    )


def stretch(first: Period, last: Period, grain: Grain = Grain.STRETCH) -> Period:
    """From the start of one period to the end of another.

    >>> stretch(year(1980), year(1988)).edtf
    '1980/1988'
    """
    return Period(
        f"{_plain(first, end=False)}/{_plain(last, end=True)}", first.earliest, last.latest, grain
    )


def since(start: Period) -> Period:
    """From a period on, without an end."""
    return Period(f"{_plain(start, end=False)}/..", start.earliest, None, Grain.STRETCH)


def until(end: Period) -> Period:
    """Until the end of a period, without a beginning."""
    return Period(f"../{_plain(end, end=True)}", None, end.latest, Grain.STRETCH)


def after(period: Period) -> Period | None:
    """What follows a period, from the next unit of its grain on; None where it has no end."""
    if period.latest is None:
        return None
    return since(_neighbour(period.latest + dt.timedelta(days=1), period.grain))


def before(period: Period) -> Period | None:
    """What comes before a period; None where it has no beginning."""
    if period.earliest is None or period.earliest == dt.date.min:
        return None
    return until(_neighbour(period.earliest - dt.timedelta(days=1), period.grain))


def choice(dates: tuple[dt.date, ...]) -> Period:
    """One of some days, as an EDTF set.

    >>> choice((dt.date(2022, 4, 3), dt.date(2022, 3, 4))).edtf
    '[2022-03-04,2022-04-03]'
    """
    ordered = sorted(set(dates))
    if len(ordered) == 1:
        return day(ordered[0])
    edtf = f"[{','.join(date.isoformat() for date in ordered)}]"
    return Period(edtf, ordered[0], ordered[-1], Grain.DAY)


def part(period: Period, which: Part) -> Period | None:
    """A part of a period, approximate where it is a third; None where it has none.

    Thirds of a year are four months each, of a month the days 1-10, 11-20 and 21 to the end, of
    a decade the years 0-3, 4-6 and 7-9, of a century the years 0-33, 34-66 and 67-99.

    >>> part(year(1988), Part.EARLY).edtf
    '1988-01~/1988-04~'
    """
    first, last = period.earliest, period.latest
    if first is None or last is None:
        return None
    if which in (Part.FIRST_HALF, Part.SECOND_HALF):
        return _half(period, second=which is Part.SECOND_HALF)
    if which.endswith("week"):
        return _seven_days(period, which)
    third = (Part.EARLY, Part.MID, Part.LATE).index(which)
    return _third(period, first, last, third)


def _third(period: Period, first: dt.date, last: dt.date, third: int) -> Period | None:
    match period.grain:
        case Grain.YEAR:
            bounds = month(first.year, 4 * third + 1), month(first.year, 4 * third + 4)
        case Grain.MONTH:
            end = last if third == 2 else first.replace(day=10 * third + 10)
            bounds = day(first.replace(day=10 * third + 1)), day(end)
        case Grain.DECADE:
            bounds = _years(first.year, ((0, 3), (4, 6), (7, 9))[third])
        case Grain.CENTURY:
            bounds = _years(first.year, ((0, 33), (34, 66), (67, 99))[third])
        case Grain.SEASON if (last - first).days < 100:
            whole = month(*_shifted(first.year, first.month, third))
            bounds = whole, whole
        case Grain.WEEK:
            offset, length = ((0, 2), (2, 2), (4, 2))[third]
            start = first + dt.timedelta(days=offset)
            bounds = day(start), day(start + dt.timedelta(days=length))
        case _:
            return None
    return approximate(stretch(bounds[0], bounds[1]))


def approximate(period: Period) -> Period:
    """The period as roughly given (EDTF ``~``); its bounds stay those of the words."""
    if period.edtf.startswith("["):
        return period
    if period.grain is Grain.SEASON and period.earliest and period.latest:
        first, last = period.earliest, period.latest
        period = stretch(month(first.year, first.month), month(last.year, last.month))
    halves = period.edtf.split("/")
    edtf = "/".join(half if half == ".." or half[-1] in "~?" else f"{half}~" for half in halves)
    if edtf.count("/") and len(set(halves)) == 1:
        edtf = edtf.split("/")[0]
    return Period(edtf, period.earliest, period.latest, period.grain)


def uncertain(period: Period) -> Period:
    """The period as doubtful (EDTF ``?``)."""
    return Period(f"{period.edtf}?", period.earliest, period.latest, period.grain)


def shift(date: dt.date, unit: str, count: float) -> dt.date | None:
    """A date some units on (day, week, month, year, decade, century); None out of the calendar.

    >>> shift(dt.date(2022, 3, 31), "month", -1)
    datetime.date(2022, 2, 28)
    """
    try:
        match unit:
            case "day" | "week":
                return date + dt.timedelta(days=count * (7 if unit == "week" else 1))
            case "month":
                years, month = divmod(date.month - 1 + round(count), 12)
                last = calendar.monthrange(date.year + years, month + 1)[1]
                return dt.date(date.year + years, month + 1, min(date.day, last))
        years = round(count * {"year": 1, "decade": 10, "century": 100}[unit])
        last = calendar.monthrange(date.year + years, date.month)[1]
        return dt.date(date.year + years, date.month, min(date.day, last))
    except (ValueError, OverflowError, calendar.IllegalMonthError):
        return None


def around(date: dt.date, unit: str) -> Period:
    """The period of a unit that a day lies in."""
    match unit:
        case "day":
            return day(date)
        case "week":
            return week(date)
        case "month":
            return month(date.year, date.month)
        case "decade":
            return decade(date.year // 10 * 10)
        case "century":
            return century(date.year // 100 + 1)
    return year(date.year)


def _half(period: Period, *, second: bool) -> Period | None:
    """One half of a year, a decade, a century or a month."""
    first, last = period.earliest, period.latest
    if first is None or last is None:
        return None
    match period.grain:
        case Grain.YEAR:
            months = (7, 12) if second else (1, 6)
            return Period(
                f"{first.year:04}-{41 if second else 40}",
                dt.date(first.year, months[0], 1),
                _last_of_month(first.year, months[1]),
                Grain.SEASON,
            )
        case Grain.MONTH:
            if second:
                return stretch(day(first.replace(day=16)), day(last))
            return stretch(day(first), day(first.replace(day=15)))
        case Grain.DECADE | Grain.CENTURY:
            years = last.year - first.year + 1
            offsets = (years // 2, years - 1) if second else (0, years // 2 - 1)
            return stretch(year(first.year + offsets[0]), year(first.year + offsets[1]))
    return None


def _seven_days(period: Period, which: Part) -> Period | None:
    """A week of a month or year: seven days counted from its first or back from its last."""
    if period.grain not in (Grain.MONTH, Grain.YEAR) or not period.earliest or not period.latest:
        return None
    weeks = (Part.FIRST_WEEK, Part.SECOND_WEEK, Part.THIRD_WEEK, Part.FOURTH_WEEK)
    if which is Part.LAST_WEEK:
        first = period.latest - dt.timedelta(days=6)
    else:
        first = period.earliest + dt.timedelta(days=7 * weeks.index(which))
    return approximate(stretch(day(first), day(first + dt.timedelta(days=6))))


def _years(first_year: int, offsets: tuple[int, int]) -> tuple[Period, Period]:
    return year(max(first_year + offsets[0], 1)), year(max(first_year + offsets[1], 1))


def _neighbour(date: dt.date, grain: Grain) -> Period:
    """The period of a grain that touches another one at this day."""
    match grain:
        case Grain.YEAR | Grain.DECADE | Grain.CENTURY:
            return year(date.year)
        case Grain.MONTH | Grain.SEASON:
            return month(date.year, date.month)
    return day(date)


def _plain(period: Period, *, end: bool) -> str:
    """A period as one end of an interval: a set, season, decade or interval by its own end."""
    if period.edtf.startswith("["):
        bound = period.latest if end else period.earliest
        return bound.isoformat() if bound else ".."
    if "/" in period.edtf:
        return period.edtf.split("/")[1 if end else 0]
    bound = period.latest if end else period.earliest
    if period.grain is Grain.SEASON and bound:
        return f"{bound.year:04}-{bound.month:02}"
    if "X" in period.edtf and bound:  # a decade or century: EDTF has no open digits in intervals
        return f"{bound.year:04}"
    return period.edtf
