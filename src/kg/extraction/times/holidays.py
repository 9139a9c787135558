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

__all__ = ["HOLIDAY", "HOLIDAY_KEY", "holiday_in", "holiday_weekend", "is_one_day"]

type _Day = Callable[[int], Period | None]


def _fixed(month: int, day: int) -> _Day:
    return lambda year: periods.day(dt.date(year, month, day))


def _from_easter(days: int) -> _Day:
    return lambda year: periods.day(easter(year) + dt.timedelta(days=days))


def _orthodox_easter(year: int) -> Period:
    return periods.day(easter(year, EASTER_ORTHODOX))


def _nth(month: int, weekday: int, nth: int, days: int = 0) -> _Day:
    """The nth such weekday of a month, or the last where below nought, and some days on."""

    def one(year: int) -> Period | None:
        date = periods.nth_weekday(year, month, weekday, nth)
        if date is None or date.earliest is None:
            return None
        return periods.day(date.earliest + dt.timedelta(days=days))

    return one


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
    r"new year(?:['’]?s)? day": _fixed(1, 1),
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
    r"veterans day": _fixed(11, 11),
    r"groundhog day": _fixed(2, 2),
    r"earth day": _fixed(4, 22),
    r"anzac day": _fixed(4, 25),
    r"cinco de mayo": _fixed(5, 5),
    r"(?:world )?press freedom day": _fixed(5, 3),
    r"canada day": _fixed(7, 1),
    r"australia day": _fixed(1, 26),
    r"world refugee day": _fixed(6, 20),
    r"international day of the disappeared": _fixed(8, 30),
    r"international holocaust remembrance day": _fixed(1, 27),
    r"world aids day": _fixed(12, 1),
    r"boxing day": _fixed(12, 26),
    r"new year": _fixed(1, 1),
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
    r"n[oa]w?r[ou]{1,2}z": _nowruz,
    r"(?:the )?(?:iranian|persian|afghan) new year": _nowruz,
    r"ashur[aā]": _islamic(1, 10),
    r"eid[ -]al[ -]fitr": _islamic(10, 1),
    r"eid[ -]al[ -]adha": _islamic(12, 10),
}
#: How the names begin, in small letters, for a quick look.
HOLIDAY_KEY: Final = (
    r"new\s+year|all\s+(?:saint|soul)|good\s+fri|may\s+day|black\s+fri|ash\s+wed|palm\s+sun|april\s+fool"
    r"|human\s+rights\s+day|epiph|valentine|international\s+(?:day|women|worker|holocaust)|patrick"
    r"|bastille|juneteenth|hallowe|armistice|christmas|boxing|maundy|easter|ascension|pentecost"
    r"|whit\s+mon|martin\s+luther|mlk|president['’]?s?['’]?\s+day|memorial\s+day|labor\s+day|columbus"
    r"|thanksgiving|cyber|veterans|groundhog|earth\s+day|anzac|cinco|world\s+(?:refugee|aids)"
    r"|press\s+freedom|canada\s+day|australia\s+day|n[oa]w?r[ou]{1,2}z|ashur|eid[\s-]"
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


def holiday_weekend(year: int, words: str) -> Period | None:
    """The Saturday and Sunday that a holiday makes longer, with the days between it and them.

    None in the middle of a week, where either weekend may be meant, and for Easter, which countries
    begin and end on different days.

    >>> holiday_weekend(2021, "Labor Day").edtf, holiday_weekend(2021, "Thanksgiving").edtf
    ('2021-09-04/2021-09-06', '2021-11-25/2021-11-28')
    """
    day = None if words.casefold().startswith("easter") else holiday_in(year, words)
    if day is None or day.earliest is None or day.earliest != day.latest:
        return None
    weekday = day.earliest.weekday()
    opens, closes = {0: (-2, 0), 3: (0, 3), 4: (0, 2), 5: (0, 1), 6: (-1, 0)}.get(weekday, (0, 0))
    if opens == closes:
        return None
    first, last = (day.earliest + dt.timedelta(days=days) for days in (opens, closes))
    return periods.stretch(periods.day(first), periods.day(last))


def is_one_day(words: str) -> bool:
    """Whether a holiday's name says that a day is meant and no season or feast.

    >>> is_one_day("Christmas Eve"), is_one_day("Easter")
    (True, False)
    """
    return (
        re.search(r"(?i)\b(?:day|eve|sunday|monday|wednesday|thursday|friday)$", words) is not None
    )
