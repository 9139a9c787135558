"""Times that are reckoned from the published date: yesterday, last year, 33 years ago."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from kg.extraction.times import periods
from kg.extraction.times.atoms import NO_ANCHOR, UNANCHORED, Atom, Rule, left_open, reckoned, rule
from kg.extraction.times.periods import Period
from kg.extraction.times.words import (
    COUNT,
    LONG_WEEKDAY,
    MONTH,
    UNIT,
    UNIT_KEY,
    WEEKDAY_KEY,
    WHICH,
    groups,
    measure,
    weekday_of,
    which_of,
)

__all__ = ["RELATIVE"]

_DEICTIC: Final = {
    "today": 0,
    "current date": 0,
    "tonight": 0,
    "this morning": 0,
    "this afternoon": 0,
    "this evening": 0,
    "yesterday": -1,
    "last night": -1,
    "last evening": -1,
    "day before yesterday": -2,
    "tomorrow": 1,
    "day after tomorrow": 2,
}
_STEPS: Final = {"last": -1, "this": 0, "next": 1}


def _read_deictic(match: re.Match[str], published: dt.date | None) -> Atom | None:
    words = re.sub(r"\s+", " ", match["words"].casefold())
    if published is None:
        return UNANCHORED
    date = periods.shift(published, "day", _DEICTIC[words])
    return reckoned(periods.day(date)) if date else None


def _read_now(_match: re.Match[str], published: dt.date | None) -> Atom | None:
    """Now, at one end of a range and nowhere else."""
    return Atom(period=periods.day(published), anchored=True, doubtful=True) if published else None


def _read_unit(match: re.Match[str], published: dt.date | None) -> Atom | None:
    """Last year, this week, next month, last weekend, the first half of which is elsewhere."""
    if published is None:
        return UNANCHORED
    return reckoned(_unit_on(published, match["unit"].casefold(), _STEPS[which_of(match)]))


def _unit_on(published: dt.date, unit: str, steps: int) -> Period | None:
    """The week, month, year and so on that lies so many of them from the published date."""
    if unit in ("weekend", "working week", "work week"):
        date = periods.shift(published, "week", steps)
        monday = date and periods.shift(date, "day", -date.weekday())
        if not monday:
            return None
        first, last = (5, 6) if unit == "weekend" else (0, 4)
        opens, closes = (periods.shift(monday, "day", n) for n in (first, last))
        if opens is None or closes is None:
            return None
        return periods.stretch(periods.day(opens), periods.day(closes))
    if unit == "fortnight":
        date = periods.shift(published, "week", 2 * steps)
        after = date and periods.shift(date, "week", 1)
        return periods.stretch(periods.week(date), periods.week(after)) if date and after else None
    if unit in ("decade", "century") and steps == -1:
        start = periods.shift(published, unit, -1)
        return _to_now(start, published, unit) if start else None
    unit = unit.removeprefix("calendar ")
    date = periods.shift(published, unit, steps)
    return periods.around(date, unit) if date else None


def _to_now(start: dt.date, published: dt.date, unit: str) -> Period:
    """From a past day to the published one, as finely as the unit says."""
    grain = "year" if unit in ("decade", "century") else unit
    if grain in ("day", "week"):
        return periods.stretch(periods.day(start), periods.day(published))
    return periods.stretch(periods.around(start, grain), periods.around(published, grain))


def _from_now(end: dt.date, published: dt.date, unit: str) -> Period:
    grain = "year" if unit in ("decade", "century") else unit
    if grain in ("day", "week"):
        return periods.stretch(periods.day(published), periods.day(end))
    return periods.stretch(periods.around(published, grain), periods.around(end, grain))


def _read_after_next(match: re.Match[str], published: dt.date | None) -> Atom | None:
    """The week after next, the year before last."""
    if published is None:
        return UNANCHORED
    steps = 2 if match["side"].casefold() == "after next" else -2
    return reckoned(_unit_on(published, match["unit"].casefold(), steps))


_OVER: Final = ("more than", "over", "at least")
_UNDER: Final = ("less than", "under", "not more than", "no more than")


def _read_ago(match: re.Match[str], published: dt.date | None) -> Atom | None:
    """Two years ago: the unit that lies so far back; exact for days, approximate for more."""
    count, unit = measure(match["count"], match["unit"])
    if count is None:
        return Atom(reason="a vague number of units ago")
    if published is None:
        return UNANCHORED
    found = groups(match)
    if found.get("half") or (found.get("half_after") and not found.get("more")):
        count += 0.5
    if unit in ("decade", "century"):
        count, unit = count * (10 if unit == "decade" else 100), "year"
    elif unit == "year" and count % 1:
        count, unit = count * 12, "month"
    date = periods.shift(published, unit, -count)
    if date and found.get("more"):  # two years and three months ago
        more, unit = measure(found["more"] or "", found["more_unit"] or "")
        date = periods.shift(date, unit, -more) if more is not None else None
    if date is None:
        return None
    whole = periods.around(date, unit)
    bound = re.sub(r"\s+", " ", (match["bound"] or "").casefold()).strip()
    if bound in _OVER:
        return reckoned(periods.until(periods.approximate(whole)))
    if bound in _UNDER:
        return reckoned(
            periods.stretch(periods.approximate(whole), periods.around(published, unit))
        )
    exact = unit == "day" and not bound and not match["count"].casefold().startswith("couple")
    return reckoned(whole if exact else periods.approximate(whole))


def _read_weekdays(match: re.Match[str], published: dt.date | None) -> Atom | None:
    """Two Sundays ago, three Fridays from now."""
    count, _ = measure(match["count"], "weeks")
    if count is None or count < 1 or count % 1:
        return Atom(reason="a vague number of units ago")
    if published is None:
        return UNANCHORED
    weekday = weekday_of(match["weekday"]) or 0
    if match["side"].casefold() == "ago":
        days = -((published.weekday() - weekday) % 7 or 7) - 7 * (count - 1)
    else:
        days = ((weekday - published.weekday()) % 7 or 7) + 7 * (count - 1)
    date = periods.shift(published, "day", days)
    return reckoned(periods.day(date)) if date else None


def _read_ahead(match: re.Match[str], published: dt.date | None) -> Atom | None:
    """In two weeks, two weeks from now: only in a clause about the future."""
    count, unit = measure(match["count"], match["unit"])
    if count is None:
        return Atom(reason="a vague number of units ahead", needs_future=True)
    if published is None:
        return Atom(reason=NO_ANCHOR, needs_future=True)
    date = periods.shift(published, unit, count)
    if date is None:
        return None
    whole = periods.around(date, unit)
    period = whole if unit == "day" else periods.approximate(whole)
    if match.group().casefold().startswith("within"):
        period = periods.stretch(periods.day(published), whole)
    if groups(match).get("lasting"):
        last = periods.shift(date, "day", -1) or date
        exact = unit in ("day", "week")
        end = periods.day(last) if exact else periods.approximate(periods.around(last, unit))
        period = periods.stretch(periods.day(published), end)
    now = (groups(match).get("now") or "").casefold()
    return Atom(period=period, anchored=True, needs_future=not now)


def _read_window(match: re.Match[str], published: dt.date | None) -> Atom | None:
    """The past two years, the next three days, the five coming years, the last two quarters."""
    count, unit = measure(match["count"], match["unit"])
    if count is None:
        return Atom(reason="a vague number of units")
    if published is None:
        return UNANCHORED
    ahead = which_of(match) == "next"
    if unit == "quarter":  # whole ones, as accounts are kept
        edges = (1, count) if ahead else (-count, -1)
        dates = [periods.shift(published, unit, edge) for edge in edges]
        if not dates[0] or not dates[1]:
            return None
        first, last = (periods.around(date, unit) for date in dates if date)
        return reckoned(periods.stretch(first, last))
    date = periods.shift(published, unit, count if ahead else -count)
    if date is None or (count != 1 and not match["unit"].casefold().endswith("s")):
        return None  # "only three next week" counts no weeks
    return reckoned((_from_now if ahead else _to_now)(date, published, unit))


_UNIT_OR_QUARTER = UNIT.replace("fortnight", "fortnight|quarter")
_MORE = f"{COUNT.replace('<count>', '<more>')}\\s{UNIT.replace('<unit>', '<more_unit>')}"
_UNITS_WITH_WEEKEND = (
    r"(?P<unit>(?i:week|month|(?:calendar )?year|decade|century|weekend|quarter|fortnight"
    r"|work(?:ing)? week))"
)

#: Tried at every place; the longest match from the leftmost place wins, then the order here.
RELATIVE: Final[tuple[Rule, ...]] = (
    rule(
        "deictic",
        "today tonight this yesterday last day tomorrow current",
        r"(?P<words>today|tonight|this morning|this afternoon|this evening|yesterday|last night"
        r"|last evening|day before yesterday|tomorrow|day after tomorrow|current date)"
        r"(?: (?:morning|afternoon|evening|night))?",
        _read_deictic,
        any_case=True,
    ),
    rule(
        "now",
        "now",
        r"(?<=between[ \n])now(?= and)|(?<=from[ \n])now(?= (?:to|until|till) )|(?<=and[ \n])now",
        _read_now,
        any_case=True,
    ),
    rule(
        "relative",
        UNIT_KEY + " work calendar",
        rf"{WHICH}\s{_UNITS_WITH_WEEKEND}(?!\sof\s|\sin\s{MONTH})",
        _read_unit,
    ),
    rule(
        "relative",
        UNIT_KEY,
        r"(?P<unit>week|weekend|month|year) (?P<side>after next|before last)",
        _read_after_next,
        any_case=True,
    ),
    rule(
        "ago",
        "ago back before prior",
        r"(?:(?P<bound>(?i:more than|over|at least|less than|under|no more than|not more than"
        r"|about|around|some|nearly|almost|roughly|approximately|just over|just under|exactly))\s)?"
        rf"{COUNT}(?P<half>\sand\sa\shalf)?[ -]{UNIT}"
        rf"(?P<half_after>\sand\sa\shalf|(?:,|\sand)\s{_MORE})?"
        r"\s(?:(?i:ago|back|before now|before today|prior to today))",
        _read_ago,
    ),
    rule(
        "ahead",
        UNIT_KEY,
        rf"(?i:in|within)\s{COUNT}\s{UNIT}(?:['’]\stime)?",
        _read_ahead,
    ),
    rule(
        "ago",
        WEEKDAY_KEY,
        rf"{COUNT}\s(?P<weekday>(?i:{LONG_WEEKDAY}))s?\s(?P<side>(?i:ago|from now|from today))",
        _read_weekdays,
    ),
    rule(
        "ahead",
        "now today",
        rf"(?P<lasting>(?i:for)\s)?{COUNT}\s{UNIT}\s(?P<now>(?i:from now|from today))",
        _read_ahead,
    ),
    rule(
        "past",
        UNIT_KEY,
        rf"(?P<which>(?i:past|last|previous|next|coming|upcoming))\s{COUNT}\s{_UNIT_OR_QUARTER}(?!\sof\b)",
        _read_window,
    ),
    rule(
        "past",
        UNIT_KEY,
        rf"{COUNT}\s(?P<which>(?i:past|last|previous|next|coming|upcoming))\s{_UNIT_OR_QUARTER}(?!\sof\b)",
        _read_window,
    ),
    rule(
        "vague",
        UNIT_KEY + " ago",
        r"(?:(?:in |over |during )?(?:the )?(?:recent|coming|(?:last|past|next) (?:few|several))"
        r" (?:days|weeks|months|years|decades)|(?:not )?(?:so )?long ago"
        r"|(?:days|weeks|months|years|decades|centuries) ago)",
        left_open("a vague time"),
        any_case=True,
    ),
    rule(
        "repeated",
        "every each",
        rf"(?:every|each) (?:(?:other|second|third) )?"
        rf"(?:{LONG_WEEKDAY}|{MONTH}|spring|summer|autumn|winter)",
        left_open("a repetition, not one time"),
        any_case=True,
    ),
)
