"""The Iranian (Solar Hijri) and the Islamic calendar, as far as days of theirs are known here.

Months by name, conversion by libraries: ``persiantools`` by the rule of the Solar Hijri
leap years, ``hijridate`` by the tables of Umm al-Qura, 1343 to 1500 (1924 to 2077). Where a
month of the Islamic calendar began by sight of the moon it may have been a day earlier or
later, so that these days are only roughly given.
"""

from __future__ import annotations

import datetime as dt
import re
from enum import StrEnum
from typing import Final

from hijridate import Hijri
from persiantools.jdatetime import JalaliDate

from kg.extraction.times import periods
from kg.extraction.times.periods import Period

__all__ = [
    "ISLAMIC_KEY",
    "ISLAMIC_MONTH",
    "SOLAR_KEY",
    "SOLAR_MONTH",
    "Calendar",
    "in_calendar",
    "month_number",
    "year_in",
]


class Calendar(StrEnum):
    """A calendar that dates are given in."""

    GREGORIAN = "gregorian"
    SOLAR = "solar hijri"
    ISLAMIC = "islamic"


#: The months in the spellings of English texts, each with its number.
_SOLAR: Final = {
    r"farvardin": 1,
    r"ord[iy]behesht": 2,
    r"khord[aā]d": 3,
    r"tir": 4,
    r"a?mord[aā]d": 5,
    r"shahrivar": 6,
    r"mehr": 7,
    r"ab[aā]n": 8,
    r"azar": 9,
    r"de[iy]": 10,
    r"bahman": 11,
    r"esfand": 12,
}
_APOSTROPHE = r"['’ʿʻ‘`]?"
_DHU = r"(?:dhu|zu|zi|dhul|zul|thul|zil)[ -]?(?:al|l|[ae]l)?[ -]?"
_ISLAMIC: Final = {
    r"m[ou]harram": 1,
    r"safar": 2,
    rf"rab[iī]{_APOSTROPHE}[ -](?:al|ul|ol)[ -]?awwal|rab[iī]{_APOSTROPHE} I": 3,
    rf"rab[iī]{_APOSTROPHE}[ -](?:al|ul|ol|ath)[ -]?(?:th[aā]ni|akhir)|rab[iī]{_APOSTROPHE} II": 4,
    r"jum[aā]da[ -](?:al[ -]?)?(?:awwal|ula|oola)|jum[aā]da I": 5,
    r"jum[aā]da[ -](?:al[ -]?|ath[ -]?)?(?:th[aā]ni|akhira?h?|thaniyy?ah?)|jum[aā]da II": 6,
    r"rajab": 7,
    rf"sha{_APOSTROPHE}b[aā]n": 8,
    r"rama[dz][aā]n": 9,
    r"shaww[aā]l": 10,
    rf"{_DHU}qa{_APOSTROPHE}da?h?": 11,
    rf"{_DHU}hijj?ah?": 12,
}


def _any_of(months: dict[str, int]) -> str:
    return "|".join(sorted(months, key=len, reverse=True))


SOLAR_KEY: Final = "farv ordi ordy khor tir mord amord shahr mehr aban abān azar dey dei bahm esfa"
ISLAMIC_KEY: Final = (
    "moharr muharr safar rabi rabī jumad jumād rajab shab sha' sha’ shaʿ shaʻ sha‘ sha` rama shaww "
    "dhu zu zi thul"
)
SOLAR_MONTH: Final = _any_of(_SOLAR)
ISLAMIC_MONTH: Final = _any_of(_ISLAMIC)
_NUMBERS: Final = {
    Calendar.SOLAR: [(re.compile(words, re.IGNORECASE), n) for words, n in _SOLAR.items()],
    Calendar.ISLAMIC: [(re.compile(words, re.IGNORECASE), n) for words, n in _ISLAMIC.items()],
}


def month_number(words: str, calendar: Calendar) -> int:
    """The number of a month by its name.

    Raises:
        StopIteration: If the words name no month of the calendar.

    >>> month_number("Mordad", Calendar.SOLAR), month_number("Rabi II", Calendar.ISLAMIC)
    (5, 4)
    """
    plain = re.sub(r"\s+", " ", words)
    return next(number for name, number in _NUMBERS[calendar] if name.fullmatch(plain))


def year_in(date: dt.date, calendar: Calendar) -> int:
    """The year of a calendar that a day lies in, or one that is near."""
    if calendar is Calendar.SOLAR:
        return date.year - 621 - (date < dt.date(date.year, 3, 21))
    if calendar is Calendar.ISLAMIC:
        return round((date.year - 622) * 33 / 32)
    return date.year


def in_calendar(
    calendar: Calendar, year: int, month: int | None = None, day: int | None = None
) -> Period | None:
    """A day, month or year of another calendar in our days; None where it has no such day.

    >>> in_calendar(Calendar.SOLAR, 1367, 5, 6).edtf
    '1988-07-28'
    >>> in_calendar(Calendar.ISLAMIC, 1443, 9).edtf
    '2022-04-02~/2022-05-01~'
    """
    try:
        first = _converted(calendar, year, month or 1, day or 1)
        if day is not None:
            whole = periods.day(first)
        else:
            after = (year + 1, 1) if month in (None, 12) else (year, (month or 0) + 1)
            last = _converted(calendar, *after, 1) - dt.timedelta(days=1)
            whole = periods.stretch(periods.day(first), periods.day(last))
    except (ValueError, OverflowError):
        return None
    return periods.approximate(whole) if calendar is Calendar.ISLAMIC else whole


def _converted(calendar: Calendar, year: int, month: int, day: int) -> dt.date:
    if calendar is Calendar.SOLAR:
        date: dt.date = JalaliDate(year, month, day).to_gregorian()  # type: ignore[no-untyped-call]
        return date
    gregorian = Hijri(year, month, day).to_gregorian()
    return dt.date(gregorian.year, gregorian.month, gregorian.day)
