# ruff: noqa: PLR2004 - a calendar is made of numbers
"""Holidays that fall on one day wherever English texts name them.

Left out on purpose: what different countries keep on different days (Mother's Day, Labour
Day, Independence Day, Victory Day), because a wrong day is worse than none.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Final

from dateutil.easter import EASTER_ORTHODOX, easter

from kg.extraction.times import periods
from kg.extraction.times.calendars import Calendar, in_calendar, year_in
from kg.extraction.times.periods import Period

__all__ = ["HOLIDAY", "HOLIDAY_KEY", "holiday_in", "is_one_day"]

type _Day = Callable[[int], Period | None]


def _fixed(month: int, day: int) -> _Day:
    return lambda year: periods.day(dt.date(year, month, day))


def _from_easter(days: int) -> _Day:
    return lambda year: periods.day(easter(year) + dt.timedelta(days=days))


def _orthodox_easter(year: int) -> Period:
    return periods.day(easter(year, EASTER_ORTHODOX))


def _nth(month: int, weekday: int, nth: int, days: int = 0) -> _Day:
    """The nth such weekday of a month, or the last where below nought, and some days on."""

    def day(year: int) -> Period:
        if nth > 0:
            start = dt.date(year, month, 1)
            first = start + dt.timedelta(days=(weekday - start.weekday()) % 7)
            return periods.day(first + dt.timedelta(days=7 * (nth - 1) + days))
        end = dt.date(year, month + 1, 1) - dt.timedelta(days=1)
        return periods.day(end - dt.timedelta(days=(end.weekday() - weekday) % 7))

    return day


def _nowruz(year: int) -> Period | None:
    return in_calendar(Calendar.SOLAR, year - 621, 1, 1)


def _islamic(month: int, day: int | None) -> _Day:
    """A day of the Islamic year that falls in a year of ours; a second one in it is passed over."""

    def one(year: int) -> Period | None:
        middle = year_in(dt.date(year, 7, 1), Calendar.ISLAMIC)
        found = (in_calendar(Calendar.ISLAMIC, middle + n, month, day) for n in (-1, 0, 1, 2))
        return next((p for p in found if p and p.earliest and p.earliest.year == year), None)

    return one


#: Names as they are matched, longest first; "eve" is the day before.
_HOLIDAYS: Final[dict[str, _Day]] = {
    r"new year['’]?s day": _fixed(1, 1),
    r"new year['’]?s eve": _fixed(12, 31),
    r"(?:feast of )?(?:the )?epiphany": _fixed(1, 6),
    r"(?:saint |st\.? )?valentine['’]?s day": _fixed(2, 14),
    r"international women['’]?s day": _fixed(3, 8),
    r"(?:saint |st\.? )patrick['’]?s day": _fixed(3, 17),
    r"april fools?['’]? day": _fixed(4, 1),
    r"may day|international workers['’]? day": _fixed(5, 1),
    r"bastille day": _fixed(7, 14),
    r"juneteenth": _fixed(6, 19),
    r"halloween|hallowe['’]en": _fixed(10, 31),
    r"all saints['’]? day": _fixed(11, 1),
    r"all souls['’]? day": _fixed(11, 2),
    r"armistice day": _fixed(11, 11),
    r"(?:international )?human rights day": _fixed(12, 10),
    r"christmas eve": _fixed(12, 24),
    r"christmas(?: day)?(?! eve)": _fixed(12, 25),
    r"boxing day": _fixed(12, 26),
    r"ash wednesday": _from_easter(-46),
    r"palm sunday": _from_easter(-7),
    r"maundy thursday": _from_easter(-3),
    r"good friday": _from_easter(-2),
    r"easter(?: sunday)?(?! (?:monday|saturday|rising|island))": _from_easter(0),
    r"easter monday": _from_easter(1),
    r"ascension day": _from_easter(39),
    r"pentecost": _from_easter(49),
    r"whit monday": _from_easter(50),
    r"orthodox easter": _orthodox_easter,
    r"(?:martin luther king(?:,? jr\.?)?|mlk) day": _nth(1, 0, 3),
    r"presidents?['’]?s?['’]? day": _nth(2, 0, 3),
    r"memorial day": _nth(5, 0, -1),
    r"labor day": _nth(9, 0, 1),
    r"columbus day": _nth(10, 0, 2),
    r"thanksgiving(?: day)?": _nth(11, 3, 4),
    r"black friday": _nth(11, 3, 4, 1),
    r"cyber monday": _nth(11, 3, 4, 4),
    r"n[oa]w?ro[uo]?z": _nowruz,
    r"(?:the )?(?:iranian|persian|afghan) new year": _nowruz,
    r"ashur[aā]": _islamic(1, 10),
    r"eid[ -]al[ -]fitr": _islamic(10, 1),
    r"eid[ -]al[ -]adha": _islamic(12, 10),
}
#: How the names begin, in small letters, for a quick look.
HOLIDAY_KEY: Final = (
    r"(?:new|all|good|may|black|ash|palm|april|human\srights|iranian|persian|afghan)\s|epiph|feast"
    r"|valentine|international|patrick|bastille|juneteenth|hallowe|armistice|christmas|boxing|maundy"
    r"|easter|ascension|pentecost|whit\s|orthodox|martin\s|mlk|president|memorial|labor\s|columbus"
    r"|thanksgiving|cyber|n[oa]w?r[ou]|ashur|eid[\s-]"
)
HOLIDAY: Final = "|".join(sorted(_HOLIDAYS, key=len, reverse=True))
_NAMED: Final = [(re.compile(name, re.IGNORECASE), day) for name, day in _HOLIDAYS.items()]


def holiday_in(year: int, words: str) -> Period | None:
    """The day of a holiday in a year; None where it is not known.

    >>> holiday_in(2022, "Good Friday").edtf, holiday_in(2022, "Nowruz").edtf
    ('2022-04-15', '2022-03-21')
    """
    plain = re.sub(r"\s+", " ", words)
    day = next((day for name, day in _NAMED if name.fullmatch(plain)), None)
    if day is None or not 1583 <= year < 4099:  # Easter by the Gregorian calendar
        return None
    return day(year)


def is_one_day(words: str) -> bool:
    """Whether a holiday's name says that a day is meant and no season or feast.

    >>> is_one_day("Christmas Eve"), is_one_day("Easter")
    (True, False)
    """
    return (
        re.search(r"(?i)\b(?:day|eve|sunday|monday|wednesday|thursday|friday)$", words) is not None
    )
