"""Parts of the year, month or week that the published date lies in, or of the next or last."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from kg.extraction.times import parts, periods
from kg.extraction.times.atoms import NO_ANCHOR, UNANCHORED, Atom, Rule, reckoned, rule
from kg.extraction.times.parts import Part
from kg.extraction.times.words import (
    ORDINAL,
    UNIT_KEY,
    WHICH,
    YEAR,
    calendar_date,
    groups,
    ordinal_of,
    which_of,
)

__all__ = ["CURRENT"]

_STEPS: Final = {"last": -1, "this": 0, "next": 1}
_PLACES: Final = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1, "final": -1}


def _read_within_unit(match: re.Match[str], published: dt.date | None) -> Atom | None:
    """Earlier this year: from its start to the published date; later: from there to its end."""
    if published is None:
        return UNANCHORED
    now, whole = periods.day(published), periods.around(published, match["unit"].casefold())
    if match["side"].casefold() == "earlier" and whole.earliest:
        return reckoned(periods.stretch(periods.day(whole.earliest), now))
    return reckoned(parts.rest(whole, published))


def _read_day_of_month(match: re.Match[str], published: dt.date | None) -> Atom | None:
    """The 15th of the month, of a month to come; of a past one it is told elsewhere."""
    if published is None:
        return Atom(reason=NO_ANCHOR, needs_future=True)
    date = calendar_date(published.year, published.month, ordinal_of(match["day"]))
    return Atom(period=periods.day(date), anchored=True, needs_future=True) if date else None


def _read_quarter(match: re.Match[str], published: dt.date | None) -> Atom | None:
    """Q3 of this year."""
    if published is None:
        return UNANCHORED
    return reckoned(periods.quarter(published.year + _STEPS[which_of(match)], int(match["number"])))


def _read_week(match: re.Match[str], published: dt.date | None) -> Atom | None:
    """Week 27 of last year, as ISO 8601 counts them."""
    if published is None:
        return UNANCHORED
    year = published.year + _STEPS[which_of(match)]
    try:
        return reckoned(periods.week(dt.date.fromisocalendar(year, int(match["number"]), 1)))
    except (ValueError, OverflowError):
        return None


def _read_until_now(_match: re.Match[str], published: dt.date | None) -> Atom | None:
    """To date: until the published date."""
    return reckoned(periods.until(periods.day(published))) if published else UNANCHORED


def _read_rest(match: re.Match[str], published: dt.date | None) -> Atom | None:
    """The rest of this year."""
    if published is None:
        return UNANCHORED
    return reckoned(parts.rest(periods.around(published, match["unit"].casefold()), published))


def _read_to_date(match: re.Match[str], published: dt.date | None) -> Atom | None:
    """The year to date."""
    if published is None:
        return UNANCHORED
    whole = periods.around(published, match["unit"].casefold())
    if whole.earliest is None:
        return None
    return reckoned(periods.stretch(periods.day(whole.earliest), periods.day(published)))


def _read_side(match: re.Match[str], published: dt.date | None) -> Atom | None:
    """The end or the rest of the year, of a year to come; of a past one it is told elsewhere."""
    if published is None:
        return Atom(reason=NO_ANCHOR, needs_future=True)
    side = match["side"].casefold()
    whole = periods.around(published, match["unit"].casefold())
    if side in ("beginning", "start"):
        period = parts.part(whole, Part.EARLY)
        return Atom(period=period, anchored=True, of_today=True) if period else None
    if side in ("rest", "remainder"):
        period = parts.rest(whole, published)
    else:
        period = parts.part(whole, Part.MID if side == "middle" else Part.LATE)
    return Atom(period=period, anchored=True, needs_future=True) if period else None


def _read_part_of_year(match: re.Match[str], published: dt.date | None) -> Atom | None:
    """Next year's first quarter, last year's second half, 2019's last quarter."""
    found = groups(match)
    if not found["year"] and published is None:
        return UNANCHORED
    this = published.year if published else 0
    year = int(found["year"]) if found["year"] else this + _STEPS[which_of(match)]
    number, half = _PLACES[match["place"].casefold()], match["unit"].casefold() == "half"
    if half:
        period = periods.half(year, 2 if number in (2, -1) else 1) if number <= 2 else None  # noqa: PLR2004
    else:
        period = parts.units(periods.year(year), "quarter", number, number)
    if period is None:
        return None
    return Atom(period=period, anchored=not found["year"], explicit_year=bool(found["year"]))


#: Tried at every place; the longest match from the leftmost place wins, then the order here.
CURRENT: Final[tuple[Rule, ...]] = (
    rule(
        "of-month",
        "month",
        rf"(?P<day>{ORDINAL})\s(?:day\s)?of\sthe\smonth",
        _read_day_of_month,
    ),
    rule(
        "part-of-year",
        "quarter half",
        rf"(?:{WHICH}\s(?i:year)|(?P<year>{YEAR}))['’]s\s"
        r"(?P<place>(?i:first|second|third|fourth|last|final))\s(?P<unit>(?i:quarter|half))",
        _read_part_of_year,
    ),
    rule(
        "part-of-year",
        r"q[1-4]\b",
        rf"[Qq](?P<number>[1-4])\s(?:of\s)?{WHICH}\s(?i:year)",
        _read_quarter,
    ),
    rule(
        "week",
        "week",
        rf"(?i:week)\s(?P<number>\d\d?)(?:,|\sof|\sin)?\s{WHICH}\s(?i:year)",
        _read_week,
    ),
    rule(
        "until-now",
        "date",
        r"(?:to|till|until) date(?=\s?[,.;:!?)]|$)",
        _read_until_now,
        any_case=True,
    ),
    rule(
        "rest",
        UNIT_KEY,
        r"(?:the )?(?:rest|remainder) of (?:this|the current)"
        r" (?P<unit>week|month|year|decade|century)",
        _read_rest,
        any_case=True,
    ),
    rule(
        "to-date",
        "date",
        r"(?:the )?(?P<unit>year|month)[ -]to[ -]date",
        _read_to_date,
        any_case=True,
    ),
    rule(
        "year-end",
        UNIT_KEY,
        r"(?P<side>beginning|start|end|close|middle|rest|remainder) of (?:the )?"
        r"(?P<unit>year|month|week|decade|century)"
        r"(?! of| \d{4})",
        _read_side,
        any_case=True,
    ),
    rule(
        "within",
        "earlier later",
        r"(?P<side>earlier|later) (?:this|in the) (?P<unit>week|month|year|decade|century)",
        _read_within_unit,
        any_case=True,
    ),
)
