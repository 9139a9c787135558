"""Dates as decisions write them: EDTF, and the first and last day."""

from __future__ import annotations

from kg.edtf import Bounds, bounds

__all__ = ["date_of", "value_of"]


def value_of(edtf: str, days: Bounds) -> str:
    """A date as decisions write it: EDTF, and the first and last day.

    >>> value_of("1988-07", bounds("1988-07"))
    '1988-07 1988-07-01/1988-07-31'
    """
    first, last = ("" if day is None else day.isoformat() for day in days)
    return f"{edtf} {first or '..'}/{last or '..'}"


def date_of(value: str) -> tuple[str, Bounds]:
    """The EDTF and the bounds of a date in a decision, which may leave the bounds to the EDTF.

    >>> date_of("1988-07")
    ('1988-07', (datetime.date(1988, 7, 1), datetime.date(1988, 7, 31)))

    Raises:
        ValueError: If it is no date, or its bounds lie outside of what it says.
    """
    edtf, _, within = value.partition(" ")
    widest = bounds(edtf)
    if not within:
        return edtf, widest
    days = bounds(within) if within != "../.." else (None, None)
    for day, limit, before in ((days[0], widest[0], 1), (days[1], widest[1], -1)):
        if limit is not None and (day is None or (limit - day).days * before > 0):
            raise ValueError(f"{within!r} goes beyond {edtf!r}")
    return edtf, days
