"""The bounds in days of a date that a person writes in Extended Date/Time Format (EDTF)."""

from __future__ import annotations

import calendar
import datetime as dt
import re

__all__ = ["Bounds", "bounds"]

#: The first and the last day, both included; None is an open bound.
type Bounds = tuple[dt.date | None, dt.date | None]

_DATE = re.compile(r"(\d{4}|\d{3}X|\d{2}XX)(?:-(\d{2}|XX))?(?:-(\d{2}|XX))?[~?%]?")

#: The first month of a part of a year, by its EDTF code, and how many months it has: seasons of
#: nowhere (read as of the north), of the north and of the south, quarters, halves. What lies over
#: the new year may be the one that begins a year or the one that ends it: its bounds hold both.
_PARTS = {
    21: (3, 3), 22: (6, 3), 23: (9, 3), 24: (1, 14),
    25: (3, 3), 26: (6, 3), 27: (9, 3), 28: (1, 14),
    29: (9, 3), 30: (1, 14), 31: (3, 3), 32: (6, 3),
    33: (1, 3), 34: (4, 3), 35: (7, 3), 36: (10, 3),
    40: (1, 6), 41: (7, 6),
}  # fmt: skip


def bounds(edtf: str) -> Bounds:
    """The first and last day that an EDTF string can mean, as ``kg`` itself reckons them.

    >>> [str(day) for day in bounds("1988-07")], [str(day) for day in bounds("198X")]
    (['1988-07-01', '1988-07-31'], ['1980-01-01', '1989-12-31'])
    >>> bounds("1988-07-03/..")
    (datetime.date(1988, 7, 3), None)

    Raises:
        ValueError: If it is no date, part of a year, decade, century, interval or set of these.
    """
    if edtf.startswith(("[", "{")) and edtf.endswith({"[": "]", "{": "}"}[edtf[0]]):
        every = [_interval(part, "..") for part in edtf[1:-1].split(",")]
        return _least([first for first, _ in every]), _most([last for _, last in every])
    return _interval(edtf, "/")


def _interval(edtf: str, between: str) -> Bounds:
    """From one date to another; ``..`` or nothing is an open end."""
    if between not in edtf:
        return _date(edtf)
    start, _, end = edtf.partition(between)
    first = None if start in {"", ".."} else _date(start)[0]
    last = None if end in {"", ".."} else _date(end)[1]
    if first is None and last is None:
        raise ValueError(f"{edtf!r} says nothing of when")
    if first is not None and last is not None and first > last:
        raise ValueError(f"{edtf!r} ends before it begins")
    return first, last


def _date(edtf: str) -> tuple[dt.date, dt.date]:
    found = _DATE.fullmatch(edtf)
    if found is None:
        raise ValueError(
            f"{edtf!r} is no EDTF date; write 1988, 1988-07, 1988-07-03, 1988-22 (summer), 198X, "
            "1988~ (about), 1988-07/1988-09 or 1988/.."
        )
    years, month, day = found.groups()
    first = max(int(years.replace("X", "0")), 1)
    last = int(years.replace("X", "9"))
    if month in {None, "XX"} or "X" in years:
        return dt.date(first, 1, 1), dt.date(last, 12, 31)
    if int(month) in _PARTS and day is None:
        start, months = _PARTS[int(month)]
        beyond, ends = divmod(start + months - 2, 12)
        return dt.date(first, start, 1), _last_of_month(first + beyond, ends + 1)
    if day in {None, "XX"}:
        return dt.date(first, int(month), 1), _last_of_month(first, int(month))
    date = dt.date(first, int(month), int(day))
    return date, date


def _last_of_month(year: int, month: int) -> dt.date:
    if not 1 <= month <= 12:  # noqa: PLR2004 - months
        raise ValueError(f"there is no month {month}")
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def _least(days: list[dt.date | None]) -> dt.date | None:
    known = [day for day in days if day is not None]
    return min(known) if len(known) == len(days) else None


def _most(days: list[dt.date | None]) -> dt.date | None:
    known = [day for day in days if day is not None]
    return max(known) if len(known) == len(days) else None
