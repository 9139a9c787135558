# ruff: noqa: PLR2004 - a calendar is made of numbers
"""Parts of periods: thirds and halves, and so many days, weeks or months at one end."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from kg.extraction.times import periods
from kg.extraction.times.periods import Grain, Period

__all__ = ["Part", "part", "rest", "units"]


class Part(StrEnum):
    """A part of a period: thirds, as TimeML's START, MID and END, and halves."""

    EARLY = "early"
    MID = "mid"
    LATE = "late"
    FIRST_HALF = "first half"
    SECOND_HALF = "second half"


def part(period: Period, which: Part) -> Period | None:
    """A part of a period, approximate where it is a third; None where it has none.

    Thirds of a year are four months each, of a month the days 1-10, 11-20 and 21 to the end, of
    a decade the years 0-3, 4-6 and 7-9, of a century the years 0-33, 34-66 and 67-99.

    >>> part(periods.year(1988), Part.EARLY).edtf
    '1988-01~/1988-04~'
    """
    first, last = period.earliest, period.latest
    if first is None or last is None:
        return None
    if which in (Part.FIRST_HALF, Part.SECOND_HALF):
        return _half(period, first, last, second=which is Part.SECOND_HALF)
    third = (Part.EARLY, Part.MID, Part.LATE).index(which)
    return _third(period, first, last, third)


def _third(period: Period, first: dt.date, last: dt.date, third: int) -> Period | None:
    match period.grain:
        case Grain.YEAR:
            bounds = (
                periods.month(first.year, 4 * third + 1),
                periods.month(first.year, 4 * third + 4),
            )
        case Grain.MONTH:
            end = last if third == 2 else first.replace(day=10 * third + 10)
            bounds = periods.day(first.replace(day=10 * third + 1)), periods.day(end)
        case Grain.DECADE:
            bounds = _years(first.year, ((0, 3), (4, 6), (7, 9))[third])
        case Grain.CENTURY:
            bounds = _years(first.year, ((0, 33), (34, 66), (67, 99))[third])
        case Grain.SEASON if (last - first).days < 100:
            months = 12 * first.year + first.month - 1 + third
            whole = periods.month(months // 12, months % 12 + 1)
            bounds = whole, whole
        case Grain.WEEK:
            offset, length = ((0, 2), (2, 2), (4, 2))[third]
            start = first + dt.timedelta(days=offset)
            bounds = periods.day(start), periods.day(start + dt.timedelta(days=length))
        case _:
            return None
    return periods.approximate(periods.stretch(bounds[0], bounds[1]))


def _half(period: Period, first: dt.date, last: dt.date, *, second: bool) -> Period | None:
    """One half of a year, a decade, a century or a month."""
    match period.grain:
        case Grain.YEAR:
            return periods.half(first.year, 2 if second else 1)
        case Grain.MONTH:
            if second:
                return periods.stretch(periods.day(first.replace(day=16)), periods.day(last))
            return periods.stretch(periods.day(first), periods.day(first.replace(day=15)))
        case Grain.DECADE | Grain.CENTURY:
            years = last.year - first.year + 1
            offsets = (years // 2, years - 1) if second else (0, years // 2 - 1)
            return periods.stretch(*_years(first.year, offsets))
    return None


def _years(first_year: int, offsets: tuple[int, int]) -> tuple[Period, Period]:
    return (
        periods.year(max(first_year + offsets[0], 1)),
        periods.year(max(first_year + offsets[1], 1)),
    )


#: What is coarse enough to be counted in a unit, from the first grain to the last.
_COUNTED_IN = {
    "day": (Grain.WEEK, Grain.YEAR),
    "week": (Grain.MONTH, Grain.YEAR),
    "month": (Grain.SEASON, Grain.YEAR),
    "quarter": (Grain.YEAR, Grain.YEAR),
    "year": (Grain.DECADE, Grain.CENTURY),
    "decade": (Grain.CENTURY, Grain.CENTURY),
}


def units(period: Period, unit: str, first: int, last: int) -> Period | None:
    """From one unit of a period to another, counted from 1, or back from its end by -1.

    A week is seven days from the first day of the period, or back from its last, and only
    roughly meant. None where the period has no such units.

    >>> units(periods.month(1999, 7), "day", 1, 10).edtf
    '1999-07-01/1999-07-10'
    >>> units(periods.year(2019), "week", -2, -1).edtf
    '2019-12-18~/2019-12-31~'
    >>> units(periods.year(1988), "month", 9, 9).edtf
    '1988-09'
    """
    start, end = period.earliest, period.latest
    grains = _COUNTED_IN.get(unit)
    if grains is None or start is None or end is None:
        return None
    if not grains[0] <= period.grain <= grains[1]:
        return None
    opens, closes = _edge(start, end, unit, first), _edge(start, end, unit, last, closing=True)
    if opens is None or closes is None or not start <= opens <= closes <= end:
        return None
    if unit == "week":
        days = periods.stretch(periods.day(opens), periods.day(closes), Grain.WEEK)
        return periods.approximate(days)
    if first == last:
        return periods.around(opens, unit)
    return periods.stretch(periods.around(opens, unit), periods.around(closes, unit))


def _edge(
    start: dt.date, end: dt.date, unit: str, number: int, *, closing: bool = False
) -> dt.date | None:
    """The first day of a unit by its number, or its last where it closes a stretch."""
    steps = number if closing else number - 1
    if number < 0:
        day_after = periods.shift(end, "day", 1)
        edge = day_after and periods.shift(day_after, unit, steps + 1 if closing else number)
    else:
        edge = periods.shift(start, unit, steps)
    return periods.shift(edge, "day", -1) if closing and edge else edge


def rest(period: Period, now: dt.date) -> Period | None:
    """What is left of a period from a day on; None where that day is not in it.

    >>> rest(periods.month(2022, 3), dt.date(2022, 3, 22)).edtf
    '2022-03-22/2022-03-31'
    """
    if period.earliest is None or period.latest is None:
        return None
    if not period.earliest <= now <= period.latest:
        return None
    return periods.stretch(periods.day(now), periods.day(period.latest))
