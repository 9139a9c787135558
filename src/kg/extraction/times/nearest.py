"""Which of the days that the words allow is meant: the nearest on the side of the tense."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Final

from kg.extraction.times import periods
from kg.extraction.times.atoms import Partial
from kg.extraction.times.calendars import Calendar, in_calendar, year_in
from kg.extraction.times.holidays import holiday_in, holiday_weekend
from kg.extraction.times.periods import Period

__all__ = ["in_year", "is_recent", "nearest", "occurrences"]

#: News leaves the year out of dates that are near; further away the narrative's year is likelier.
_RECENT: Final = dt.timedelta(days=90)

#: How many years around a date are looked at: 29 February needs eight, a weekday but two.
_YEARS: Final = 8
_YEARS_OF_WEEKDAY: Final = 2
_MONTHS: Final = 14


def in_year(partial: Partial, year: int) -> Period | None:  # noqa: PLR0911 - a kind a line
    """A month, day or stretch of days in a year of its calendar; None where it has no such day.

    >>> in_year(Partial(month=2, day=29), 2020).edtf, in_year(Partial(month=2, day=29), 2021)
    ('2020-02-29', None)
    """
    if not dt.MINYEAR <= year < dt.MAXYEAR:
        return None
    if partial.holiday:
        of_year = holiday_weekend if partial.weekend else holiday_in
        return of_year(year, partial.holiday)
    if partial.season is not None:
        return periods.season(year, partial.season, closed=True)
    if partial.month is None:
        return None
    if partial.calendar is not Calendar.GREGORIAN:
        return in_calendar(partial.calendar, year, partial.month, partial.day)
    if partial.nth is not None:
        return periods.nth_weekday(year, partial.month, partial.weekday or 0, partial.nth)
    if partial.day is None:
        return periods.month(year, partial.month)
    try:
        first = periods.day(dt.date(year, partial.month, partial.day))
        if partial.last_day is None:
            return first
        return periods.stretch(first, periods.day(dt.date(year, partial.month, partial.last_day)))
    except ValueError:
        return None


def occurrences(partial: Partial, around: dt.date) -> list[Period]:
    """When it was and will be in the years around a date, in their order."""
    if partial.month is None and partial.day is not None:
        found = _days_of_months(partial.day, around)
    else:
        year = year_in(around, partial.calendar)
        reach = _YEARS if partial.weekday is None else _YEARS_OF_WEEKDAY
        years = range(max(year - reach, 1), year + reach + 1)
        found = [period for one in years if (period := in_year(partial, one))]
    if partial.weekday is None:
        return found
    return [one for one in found if one.earliest and one.earliest.weekday() == partial.weekday]


def _days_of_months(day: int, around: dt.date) -> list[Period]:
    """Such a day of each month around a date that has it."""
    found = []
    for months in range(-_MONTHS, _MONTHS + 1):
        month = periods.shift(around.replace(day=1), "month", months)
        date = month and periods.shift(month, "day", day - 1)
        if month and date and date.month == month.month:
            found.append(periods.day(date))
    return found


def is_recent(period: Period | None, published: dt.date | None) -> bool:
    """Whether a period lies so near to the published date that news leave its year out."""
    if period is None or published is None or period.earliest is None or period.latest is None:
        return False
    return period.earliest - published <= _RECENT and published - period.latest <= _RECENT


def nearest(  # noqa: PLR0911 - a kind of date a line
    partial: Partial, published: dt.date, *, future: bool
) -> Period | None:
    """The period nearest to the published date that the words allow, on the side of the tense."""
    if partial.either:
        return _either(partial, published, future=future)
    if partial.weekend and not partial.holiday:
        return _nearest_weekend(published, future=future)
    if partial.is_near:
        return _nearest_weekday(partial, published, future=future)
    choices = occurrences(partial, published)
    if partial.weekday is not None and (
        close := [one for one in choices if _is_close(one, published)]
    ):
        choices = close
    elif partial.only_close:
        return None
    past = [one for one in choices if one.earliest and one.earliest <= published]
    coming = [one for one in choices if one.latest and one.latest >= published]
    match partial.which:
        case "last":
            past = [one for one in past if one.latest and one.latest < published]
            return past[-1] if past else None
        case "next":
            coming = [one for one in coming if one.earliest and one.earliest > published]
            return coming[0] if coming else None
        case "this":
            same = [one for one in choices if one.earliest and one.earliest.year == published.year]
            return same[0] if same else None
    if future and coming and not _just_past(past, coming, published):
        return coming[0]
    # a weekday that no such day to come bears out is no reason to look back
    fallback = [] if future and partial.weekday is not None and not coming else past
    return fallback[-1] if fallback else (coming[0] if coming else None)


def _either(partial: Partial, published: dt.date, *, future: bool) -> Period | None:
    """Both orders of 3/4, each in its nearest year."""
    one = replace(partial, either=False)
    other = replace(one, month=partial.day, day=partial.month)
    found = [nearest(order, published, future=future) for order in (one, other)]
    dates = tuple(period.earliest for period in found if period and period.earliest)
    return periods.choice(dates) if dates else None


def _is_close(period: Period, published: dt.date) -> bool:
    """Whether a day with its weekday lies within half a month of the published date."""
    return period.earliest is not None and abs(period.earliest - published) <= dt.timedelta(days=15)


def _just_past(past: list[Period], coming: list[Period], published: dt.date) -> bool:
    """Whether the day before is near and the one ahead most of a year away."""
    if not past or not past[-1].latest or not coming[0].earliest:
        return False
    return published - past[-1].latest <= _RECENT and coming[0].earliest - published > dt.timedelta(
        days=300
    )


def _nearest_weekday(partial: Partial, published: dt.date, *, future: bool) -> Period | None:
    weekday = partial.weekday or 0
    back, ahead = (published.weekday() - weekday) % 7, (weekday - published.weekday()) % 7
    match partial.which:
        case "last":
            days = -(back or 7)
        case "next":
            days = ahead or 7
        case "this":
            days = weekday - published.weekday()
        case _:
            days = ahead if future else -back
    date = periods.shift(published, "day", days)
    if date is None:
        return None
    if partial.loose and _week(date) == _week(published):
        # said in the same week it may be the near one or that of the next, or last, week
        other = periods.shift(date, "week", 1 if partial.which == "next" else -1)
        return periods.choice((date, other)) if other else None
    return periods.day(date)


def _week(date: dt.date) -> tuple[int, int]:
    return date.isocalendar()[:2]


def _nearest_weekend(published: dt.date, *, future: bool) -> Period | None:
    """The weekend of this week where it has begun or is to come, else that of the last one."""
    begun = published.weekday() >= 5  # noqa: PLR2004 - Saturday
    date = published if future or begun else periods.shift(published, "day", -7)
    return periods.weekend(date) if date else None
