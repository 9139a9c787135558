"""Times that start or end at another: since, until and before one, two weeks from one."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from kg.extraction.times import periods
from kg.extraction.times.atoms import spaced
from kg.extraction.times.found import Found, left_open
from kg.extraction.times.periods import Grain, Period
from kg.extraction.times.prefixes import before
from kg.extraction.times.words import COUNT, UNIT, measure

__all__ = ["take_bound"]

_BOUND: Final = re.compile(
    spaced(
        r"(?<!\w)(?:(?P<since>(?:ever )?since|dating (?:back to|to|from)|as early as|as from"
        r"|(?:starting|beginning)(?: in| on| from)?|with effect from|on or after|not? earlier than"
        r"|not before)"
        r"|(?P<until>until|till|up (?:to|until)|through|by|not? later than|on or before|as late as)"
        r"|(?P<before>before|prior to|earlier than)"
        r"|(?P<after>after|later than))"
        r"(?P<the> the)? $"
    ),
    re.IGNORECASE,
)
_QUALIFIED = r"(?:(?P<over>(?i:more than|over|at least) )|(?P<under>(?i:less than|under|within) ))?"
#: "Two days after March 22" is a time of its own; "days after March 22" is left as its day.
_OFFSET: Final = re.compile(
    spaced(
        rf"(?<!\w){_QUALIFIED}(?:{COUNT} |(?P<the>(?i:the) ))?{UNIT}"
        r" (?P<side>before|after|from|since|following|prior to) (?:the )?$"
    )
)
#: A duration and where it starts: for two weeks from, three days beginning on.
_LASTING: Final = re.compile(
    spaced(
        rf"(?<!\w)(?:(?i:for) (?:the )?)?{COUNT} {UNIT},? (?i:(?:starting|beginning|commencing)"
        r"(?: from| on| in)?) $"
        rf"|(?<!\w)(?i:for) {COUNT.replace('<count>', '<count_from>')}"
        rf" {UNIT.replace('<unit>', '<unit_from>')}"
        r",? from $"
    )
)
_WEEK: Final = re.compile(
    spaced(
        r"(?<!\w)(?:(?:the )?(?P<unit>weekend|week)"
        r" (?P<side>of|beginning|starting|commencing|ending)(?: on)?|w/c) (?:the )?$"
    ),
    re.IGNORECASE,
)
_BOUNDS: Final[dict[str, Callable[[Period], Period | None]]] = {
    "since": periods.since,
    "until": periods.until,
    "before": periods.before,
    "after": periods.after,
}


def take_bound(text: str, one: Found) -> Found:  # noqa: PLR0911 - a kind of bound a line
    """With "since", "until", "before" and the like before it."""
    period = one.atom.period
    if period is None or period.earliest is None or period.latest is None or one.combined:
        return one
    if one.attributive or text[one.end : one.end + 2] in {"'s", "’s"}:
        return one  # "the run-up to last year's vote": it bounds the vote, not the year
    if period.grain is Grain.DAY and (found := before(_WEEK, text, one)):
        return _take_week(one, period, found)
    if found := before(_LASTING, text, one):
        return _take_duration(one, period, found)
    if found := before(_OFFSET, text, one):
        return _take_offset(one, period, found)
    found = before(_BOUND, text, one)
    if found is None or (one.atom.doubtful and found["the"]):
        return one
    kind = next(name for name, words in found.groupdict().items() if words and name != "the")
    late = kind == "before" and one.method.endswith("-part") and "end" in text[one.start : one.end]
    bounded = periods.until(period) if late else _BOUNDS[kind](period)
    return one if bounded is None else _as(one, bounded, found.start(), f"rule:time-{kind}")


def _as(one: Found, period: Period, start: int, method: str) -> Found:
    atom = replace(one.atom, period=period)
    return replace(one, start=start, atom=atom, method=method, combined=True)


def _take_week(one: Found, period: Period, found: re.Match[str]) -> Found:
    """The week of a day, or the seven days that begin or end with it."""
    if period.earliest is None or period.edtf.startswith("["):
        return one
    side = (found["side"] or "commencing").casefold()
    if (found["unit"] or "").casefold() == "weekend":
        weekend = periods.weekend(period.earliest)
        return _as(one, weekend, found.start(), "rule:time-week") if side == "of" else one
    if side == "of":
        return _as(one, periods.week(period.earliest), found.start(), "rule:time-week")
    other = periods.shift(period.earliest, "day", -6 if side == "ending" else 6)
    if other is None:
        return one
    edges = sorted((other, period.earliest))
    week = periods.stretch(periods.day(edges[0]), periods.day(edges[1]), Grain.WEEK)
    return _as(one, week, found.start(), "rule:time-week")


def _take_duration(one: Found, period: Period, found: re.Match[str]) -> Found:
    """The days, weeks, months or years that begin with a known time."""
    count, unit = measure(
        found["count"] or found["count_from"], found["unit"] or found["unit_from"]
    )
    if count is None or period.earliest is None or not _fits(period, unit):
        return one
    after = periods.shift(period.earliest, unit, count)
    last = after and periods.shift(after, "day", -1)
    if last is None or last < period.earliest:
        return one
    if unit in ("day", "week"):
        lasting = periods.stretch(periods.day(period.earliest), periods.day(last))
    else:
        lasting = periods.approximate(periods.stretch(period, periods.around(last, unit)))
    return _as(one, lasting, found.start(), "rule:time-duration")


def _fits(period: Period, unit: str) -> bool:
    """Whether a time is fine enough to count units from it."""
    limits = {"day": Grain.DAY, "week": Grain.DAY, "month": Grain.MONTH}
    return period.grain <= limits.get(unit, Grain.YEAR)


def _take_offset(one: Found, start: Period, found: re.Match[str]) -> Found:
    """The time that lies some units before or after a known one."""
    if start.earliest is None or (found["count"] or found["the"]) is None:
        return one
    count, unit = measure(found["count"] or "a", found["unit"])
    if not _fits(start, unit):
        return one
    if count is None:
        return left_open(one, "a vague number of units from a known time")
    back = found["side"].casefold() in ("before", "prior to")
    date = periods.shift(start.earliest, unit, -count if back else count)
    if date is None:
        return one
    period = _qualified(start, date, unit, found, back=back)
    if start.latest and start.edtf.startswith("["):  # counted from one of two days
        last = periods.shift(start.latest, unit, -count if back else count)
        if last and unit == "day" and not (found["over"] or found["under"]):
            period = periods.choice((date, last))
        elif last:
            period = periods.hull(period, _qualified(start, last, unit, found, back=back))
    offset = replace(one, atom=replace(one.atom, doubtful=False))
    return _as(offset, period, found.start(), "rule:time-offset")


def _qualified(
    start: Period, date: dt.date, unit: str, found: re.Match[str], *, back: bool
) -> Period:
    """The unit that a day lies in, or all before or after it: more than two weeks after X."""
    whole = periods.around(date, unit)
    period = whole if unit == "day" else periods.approximate(whole)
    if found["over"]:
        return periods.until(period) if back else periods.since(period)
    if found["under"]:
        return periods.stretch(period, start) if back else periods.stretch(start, period)
    return period
