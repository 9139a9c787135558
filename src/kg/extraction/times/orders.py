# ruff: noqa: PLR2004 - a calendar is made of numbers
"""Which comes first in a document's numeric dates, the day or the month.

"22/03/2022" can only be read with the day first, and then "03/04/2022" beside it is 3 April. Where
no date of a document tells, or two of them tell differently, both readings stay.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import Final

from kg.extraction.times import periods
from kg.extraction.times.found import Found
from kg.extraction.times.words import calendar_date

__all__ = ["settle_orders"]

_DATE: Final = re.compile(r"(\d\d?)([/-])(\d\d?)(?:\2\d{2,4})?")
_METHODS: Final = frozenset({"rule:time-numeric", "rule:time-day-month"})


def settle_orders(text: str, found: list[Found]) -> list[Found]:
    """The times with both readings of a numeric date narrowed to the document's one."""
    numeric = [
        match
        for one in found
        if one.method in _METHODS and (match := _DATE.search(text, one.start, one.end))
    ]
    day_first = any(int(match[1]) > 12 for match in numeric)
    month_first = any(int(match[3]) > 12 for match in numeric)
    if day_first == month_first:
        return found
    return [_settled(text, one, day_first=day_first) for one in found]


def _settled(text: str, one: Found, *, day_first: bool) -> Found:
    match = _DATE.search(text, one.start, one.end) if one.method in _METHODS else None
    if match is None:
        return one
    day, month = (int(match[1]), int(match[3])) if day_first else (int(match[3]), int(match[1]))
    partial, period = one.atom.partial, one.atom.period
    if partial is not None and partial.either:
        partial = replace(partial, month=month, day=day, either=False)
        return replace(one, atom=replace(one.atom, partial=partial))
    if period is None or not period.edtf.startswith("[") or period.earliest is None:
        return one
    date = calendar_date(period.earliest.year, month, day)
    return one if date is None else _on(one, date)


def _on(one: Found, date: dt.date) -> Found:
    return replace(one, atom=replace(one.atom, period=periods.day(date)))
