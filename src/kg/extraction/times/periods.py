# ruff: noqa: PLR2004 - a calendar is made of numbers
"""Stretches of days as EDTF strings with bounds: the calendar behind ``times``.

Days are Gregorian; ``calendars`` turns those of other calendars into these.
"""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

__all__ = [
    "Grain",
    "Period",
    "after",
    "approximate",
    "around",
    "before",
    "century",
    "choice",
    "day",
    "decade",
    "half",
    "hull",
    "month",
    "nth_weekday",
    "quarter",
    "season",
    "shift",
    "since",
    "stretch",
    "uncertain",
    "until",
    "week",
    "weekend",
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


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> Period | None:
    """The nth such weekday of a month, or the last by -1; None where it has none.

    >>> nth_weekday(2019, 7, 4, 1).edtf, nth_weekday(2022, 3, 6, -1).edtf
    ('2019-07-05', '2022-03-27')
    """
    start, end = dt.date(year, month, 1), _last_of_month(year, month)
    if nth < 0:
        return day(end - dt.timedelta(days=(end.weekday() - weekday) % 7))
    date = start + dt.timedelta(days=(weekday - start.weekday()) % 7 + 7 * (nth - 1))
    return day(date) if date <= end else None


def weekend(date: dt.date) -> Period:
    """Saturday and Sunday of the week that a day lies in.

    >>> weekend(dt.date(2022, 3, 22)).edtf
    '2022-03-26/2022-03-27'
    """
    saturday = date + dt.timedelta(days=5 - date.weekday())
    return stretch(day(saturday), day(saturday + dt.timedelta(days=1)))


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


def half(year: int, number: int) -> Period:
    """The first or second half of a year (EDTF 40 and 41).

    >>> half(1988, 1).edtf
    '1988-40'
    """
    first, last = (7, 12) if number == 2 else (1, 6)
    return Period(
        f"{year:04}-{39 + number}",
        dt.date(year, first, 1),
        _last_of_month(year, last),
        Grain.SEASON,
    )


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


def hull(first: Period, last: Period) -> Period:
    """From the start of one period to the end of another, or the one that both are.

    >>> hull(month(2020, 5), month(2020, 5)).edtf
    '2020-05'
    """
    return first if first == last else stretch(first, last)


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
    """A date some units on, back where below nought; None out of the calendar.

    The units are day, week, month, quarter, year, decade and century.

    >>> shift(dt.date(2022, 3, 31), "month", -1)
    datetime.date(2022, 2, 28)
    """
    try:
        match unit:
            case "day" | "week":
                return date + dt.timedelta(days=count * (7 if unit == "week" else 1))
            case "month" | "quarter":
                months = round(count * (3 if unit == "quarter" else 1))
                years, month = divmod(date.month - 1 + months, 12)
                last = calendar.monthrange(date.year + years, month + 1)[1]
                return dt.date(date.year + years, month + 1, min(date.day, last))
        years = round(count * {"year": 1, "decade": 10, "century": 100}[unit])
        last = calendar.monthrange(date.year + years, date.month)[1]
        return dt.date(date.year + years, date.month, min(date.day, last))
    except (ValueError, OverflowError, calendar.IllegalMonthError):
        return None


def around(date: dt.date, unit: str) -> Period:  # noqa: PLR0911 - a unit a line
    """The period of a unit that a day lies in."""
    match unit:
        case "day":
            return day(date)
        case "week":
            return week(date)
        case "month":
            return month(date.year, date.month)
        case "quarter":
            return quarter(date.year, (date.month + 2) // 3)
        case "decade":
            return decade(date.year // 10 * 10)
        case "century":
            return century(date.year // 100 + 1)
    return year(date.year)


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
