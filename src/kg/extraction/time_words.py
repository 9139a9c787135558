# ruff: noqa: PLR2004 - a calendar is made of numbers
"""The grammar of time expressions: what each shape of words is called and how it is read.

A rule is a pattern and a reader. The reader gives an ``Atom``: a time that is known from the
words, one that needs a date to reckon from, or one that stays open. ``times`` puts atoms
together ("from X to Y", "since X", "early X") and chooses years and weeks. Another calendar
is another tuple of rules beside ``RULES``.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from kg.extraction import periods
from kg.extraction.numerals import NUMERAL, read_numeral
from kg.extraction.periods import Part, Period

__all__ = ["COUNT", "NO_ANCHOR", "RULES", "UNIT", "Atom", "Partial", "Rule", "measure", "spaced"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Partial:
    """A date that lacks its year, or all but the weekday; ``which`` is last, this or next."""

    month: int | None = None
    last_month: int | None = None  #: of a stretch that goes on into another month
    day: int | None = None
    last_day: int | None = None  #: of a stretch of days
    season: int | None = None
    weekday: int | None = None  #: Monday is 0
    which: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Atom:
    """One time expression as it was read.

    Exactly one of ``period``, ``partial`` and ``reason`` (why it stays open) is given.
    ``anchored`` says that the published date was used. A ``doubtful`` atom is a time only when
    its surroundings say so.
    """

    period: Period | None = None
    partial: Partial | None = None
    reason: str | None = None
    anchored: bool = False
    doubtful: bool = False
    explicit_year: bool = False
    needs_future: bool = False


type Reader = Callable[[re.Match[str], dt.date | None], Atom | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """A shape of words and how to read it; ``read`` gives None where it is no time after all."""

    name: str
    pattern: re.Pattern[str]
    read: Reader


_LEAP_YEAR: Final = 2000
NO_ANCHOR: Final = "a relative time, and the document has no published date"

_MONTHS: Final = {
    name[:3].casefold(): number for number, name in enumerate(calendar.month_name) if number
}
_WEEKDAYS: Final = {name[:3].casefold(): number for number, name in enumerate(calendar.day_name)}
_SEASONS: Final = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
_ORDINAL_WORDS: Final = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
    "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth "
    "twentieth twenty-first twenty-second twenty-third twenty-fourth twenty-fifth "
    "twenty-sixth twenty-seventh twenty-eighth twenty-ninth thirtieth thirty-first"
)
_ORDINALS: Final = {word: place for place, word in enumerate(_ORDINAL_WORDS.split(), start=1)}
_DECADES: Final = "twenties thirties forties fifties sixties seventies eighties nineties"
_DECADE_WORDS: Final = {word: 10 * place for place, word in enumerate(_DECADES.split(), start=2)}

_MONTH = (
    r"(?:(?i:january|february|april|june|july|august|september|october|november|december)"
    r"|March|MARCH|May|MAY|(?i:(?:jan|feb|apr|aug|sept|oct|nov)(?![a-z])\.?)"
    r"|(?:Mar|Jun|Jul|Sep|Dec)(?![a-z])\.?"
    r"|(?:MAR|JUN|JUL|SEP|DEC)(?![A-Z])\.?)"
)
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_ANY_WEEKDAY = rf"(?:(?i:{_WEEKDAY})|(?:Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)(?![a-z])\.?)"
_LEAD = rf"(?:(?P<weekday>{_ANY_WEEKDAY}),?\s(?:the\s)?)?"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_SUFFIX = r"(?:\s?(?:st|nd|rd|th)\b)?"
_ORDINAL_DAY = "|".join(sorted(_ORDINALS, key=len, reverse=True)).replace("-", "[- ]")
_DAY_TEXT = rf"(?P<day>(?:{_DAY}{_SUFFIX}|(?i:{_ORDINAL_DAY})\b))"
_LAST_DAY_TEXT = rf"(?P<last_day>{_DAY}{_SUFFIX})"
_YEAR = r"(?:1\d|20|21)\d\d"
_END = r"(?![\w%]|[.,:/-]\d)"
_START = r"(?<![\w$€£#])(?:(?<!\d[.,:/-])|(?=[A-Za-z]))"
_DASH = r"\s?[-\u2010-\u2015~]\s?"
_YEAR_TAIL = (
    rf"(?:\s?,?\s?(?:of\s|in\s|-|/)?(?P<year>{_YEAR})(?![\d%]|[.,:]\d)"
    r"|,?\s['’](?P<short>\d\d)(?!\d))?"
)
#: A count of units, in numbers or vague; and the units.
COUNT: Final = (
    rf"(?P<count>{NUMERAL}|an?"
    r"|(?i:a few|few|several|many|some|a couple of|couple of|a couple|countless))"
)
UNIT: Final = r"(?P<unit>(?i:day|fortnight|week|month|year|decade|century|centurie)s?)"
_WHICH = (
    r"(?P<which>(?i:last|this|next|past|previous|coming|upcoming"
    r"|this (?:past|coming|upcoming|last|next)))"
)


_UNIT_WORD = r"(?:one|two|three|four|five|six|seven|eight|nine)"

#: A few spaces, or a line break that is not the end of a paragraph. Bounded, so that a long
#: run of white space is not searched again from each of its places.
_SPACE = r"(?:[^\S\n]{1,4}(?:\n[^\S\n]{0,8})?|\n[^\S\n]{0,8})"


def spaced(pattern: str) -> str:
    """A pattern whose spaces, outside of character classes, match any run of white space."""
    return re.sub(r"\[[^\]]*\]|\\s| ", lambda m: m[0] if m[0][0] == "[" else _SPACE, pattern)


def _rule(name: str, pattern: str, read: Reader, *, any_case: bool = False) -> Rule:
    compiled = re.compile(
        f"{_START}{spaced(pattern)}{_END}", re.IGNORECASE if any_case else re.NOFLAG
    )
    return Rule(f"rule:time-{name}", compiled, read)


def _known(period: Period | None, *, explicit_year: bool = True) -> Atom | None:
    return Atom(period=period, explicit_year=explicit_year) if period else None


def _reckoned(period: Period | None) -> Atom | None:
    return Atom(period=period, anchored=True) if period else None


_UNANCHORED: Final = Atom(reason=NO_ANCHOR)


def _month_of(words: str) -> int:
    return _MONTHS[words[:3].casefold()]


def _weekday_of(words: str | None) -> int | None:
    return _WEEKDAYS[words[:3].casefold()] if words else None


def _day_of(words: str) -> int:
    if found := re.match(r"\d+", words):
        return int(found.group())
    return _ORDINALS[re.sub(r"\s", "-", words.casefold())]


def _groups(match: re.Match[str]) -> dict[str, str | None]:
    return match.groupdict()


def _year_of(match: re.Match[str], published: dt.date | None) -> int | None:
    """The year a match gives, in full or by its last two digits."""
    found = _groups(match)
    if full := found.get("year"):
        return int(full)
    short = found.get("short")
    return _full_year(int(short), published) if short else None


def _full_year(short: int, published: dt.date | None) -> int:
    """The latest year that ends so and is not over ten years after the published one."""
    limit = (published.year if published else 2029) + 10
    return max(limit - (limit - short) % 100, dt.MINYEAR)


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _unit_of(words: str) -> str:
    singular = words.casefold().rstrip("s")
    return "century" if singular.startswith("centur") else singular


def measure(words: str, unit: str) -> tuple[float | None, str]:
    """A count (None where it is vague) and its unit in the singular; fortnights as weeks.

    >>> measure("two", "fortnights")
    (4.0, 'week')
    """
    count, singular = _count_of(words), _unit_of(unit)
    if singular != "fortnight":
        return count, singular
    return None if count is None else 2 * count, "week"


def _count_of(words: str) -> float | None:
    """The count before a unit; None where it is vague."""
    words = re.sub(r"\s+", " ", words.casefold())
    if words in ("a", "an"):
        return 1.0
    if words.endswith("couple of") or words == "a couple":
        return 2.0
    return read_numeral(words)


# --- absolute dates ---------------------------------------------------------------------------


def _read_iso(match: re.Match[str], _: dt.date | None) -> Atom | None:
    date = _date(int(match["year"]), int(match["month"]), int(match["day"]))
    return _known(periods.day(date)) if date else None


def _read_numeric(match: re.Match[str], published: dt.date | None) -> Atom | None:
    """Day and month in either order where only one is possible, else both as a set."""
    first, second = int(match["first"]), int(match["second"])
    year = _year_of(match, published)
    if year is None:
        return None
    orders = [(second, first)] if match["mark"] == "." else [(second, first), (first, second)]
    dates = {date for month, day in orders if (date := _date(year, month, day))}
    return _known(periods.choice(tuple(dates))) if dates else None


def _read_date(match: re.Match[str], published: dt.date | None) -> Atom | None:
    """A day of a month, with or without weekday and year."""
    month, day = _month_of(match["month"]), _day_of(match["day"])
    weekday, year = _weekday_of(match["weekday"]), _year_of(match, published)
    if day > calendar.monthrange(year or _LEAP_YEAR, month)[1]:
        return Atom(reason="the calendar has no such day")
    if year is None:
        return Atom(partial=Partial(month=month, day=day, weekday=weekday))
    date = dt.date(year, month, day)
    period = periods.day(date)
    # a weekday that the calendar does not bear out: one of the two is wrong
    return _known(period if weekday in (None, date.weekday()) else periods.uncertain(period))


def _read_days(match: re.Match[str], published: dt.date | None) -> Atom | None:
    """A stretch of days inside one month."""
    month, first, last = (
        _month_of(match["month"]),
        _day_of(match["day"]),
        _day_of(match["last_day"]),
    )
    joint = match["joint"].strip().casefold()
    if first >= last or (joint in ("and", "or") and not match["between"] and last != first + 1):
        return None
    if joint == "or" or last > calendar.monthrange(_LEAP_YEAR, month)[1]:
        return None
    year = _year_of(match, published)
    if year is None:
        return Atom(partial=Partial(month=month, day=first, last_day=last))
    start, end = _date(year, month, first), _date(year, month, last)
    return _known(periods.stretch(periods.day(start), periods.day(end))) if start and end else None


def _read_month_year(match: re.Match[str], published: dt.date | None) -> Atom | None:
    year = _year_of(match, published)
    return _known(periods.month(year, _month_of(match["month"]))) if year else None


def _read_season_year(match: re.Match[str], _: dt.date | None) -> Atom | None:
    code = _SEASONS[match["season"].casefold()]
    return _known(periods.season(int(match["year"]), code, closed=bool(match["tail"])))


def _read_quarter(match: re.Match[str], _: dt.date | None) -> Atom | None:
    number = match["number"].casefold()
    value = int(number) if number.isdigit() else _ORDINALS.get(number, 4)
    return _known(periods.quarter(int(match["year"]), value))


def _read_year(match: re.Match[str], _: dt.date | None) -> Atom | None:
    sure = match["sure"] is not None
    return Atom(period=periods.year(int(match["year"])), doubtful=not sure, explicit_year=True)


def _read_era(match: re.Match[str], _: dt.date | None) -> Atom | None:
    found = _groups(match)
    number = int(found["after"] or found["before"] or 0)
    if (found["era"] or "AD").replace(".", "").startswith("B"):
        return Atom(reason="a year before the common era cannot be given in days here")
    return _known(periods.year(number)) if 0 < number < 2200 else None


def _read_years(match: re.Match[str], _: dt.date | None) -> Atom | None:
    """1980-88, 1980/81, 1980–1988; "2010-11" with a hyphen may be a month, and stays open."""
    first, tail = int(match["year"]), match["tail"]
    if len(tail) == 2 and match["mark"] == "-" and 1 <= int(tail) <= 12:
        if int(tail) <= first % 100:
            return _known(periods.month(first, int(tail)))
        return Atom(reason="two years or a year and a month")
    last = int(tail) if len(tail) == 4 else first // 100 * 100 + int(tail)
    if last <= first:
        return None
    return _known(periods.stretch(periods.year(first), periods.year(last)))


def _read_year_words(match: re.Match[str], _: dt.date | None) -> Atom | None:
    head = read_numeral(match["head"])
    tail = match["tail"].casefold()
    rest = 0.0 if tail == "hundred" else read_numeral(re.sub(r"^(?:oh|o)[ -]", "", tail))
    if head is None or rest is None:
        return None
    return _known(periods.year(int(head * 100 + rest)))


def _read_decade(match: re.Match[str], published: dt.date | None) -> Atom | None:
    found = _groups(match)
    if full := found["full"]:
        first = int(full)
        if first in (1700, 1800, 1900):  # the century more often than its first ten years
            return _known(periods.century(first // 100 + 1))
        return _known(periods.decade(first))
    word = (found["word"] or "").casefold()
    short = int(found["short"]) if found["short"] else _DECADE_WORDS[word]
    this_year = published.year if published else 2029
    if short < 30 and this_year >= 2000 + short:
        return Atom(reason="a decade of this century or of the last")
    return _known(periods.decade(1900 + short))


def _read_century(match: re.Match[str], _: dt.date | None) -> Atom | None:
    words = match["ordinal"].casefold()
    number = int(words[:-2]) if words[0].isdigit() else _ORDINALS[re.sub(r"\s", "-", words)]
    if match["era"]:
        return Atom(reason="a century before the common era cannot be given in days here")
    return _known(periods.century(number)) if 2 <= number <= 30 else None


# --- dates that lack a year -------------------------------------------------------------------


def _read_month(match: re.Match[str], _: dt.date | None) -> Atom | None:
    return Atom(partial=Partial(month=_month_of(match["month"])), doubtful=True)


def _read_season(match: re.Match[str], _: dt.date | None) -> Atom | None:
    return Atom(partial=Partial(season=_SEASONS[match["season"].casefold()]))


def _read_weekday(match: re.Match[str], _: dt.date | None) -> Atom | None:
    return Atom(partial=Partial(weekday=_weekday_of(match["weekday"])), doubtful=True)


_WHICH_KIND: Final = {
    "last": "last",
    "past": "last",
    "previous": "last",
    "this past": "last",
    "this last": "last",
    "this": "this",
    "next": "next",
    "coming": "next",
    "upcoming": "next",
    "this upcoming": "next",
    "this coming": "next",
    "this next": "next",
    "following": "next",
}


def _which(match: re.Match[str]) -> str:
    return _WHICH_KIND[re.sub(r"\s+", " ", match["which"].casefold())]


def _read_which(match: re.Match[str], _: dt.date | None) -> Atom | None:
    """Last August, next Tuesday, this summer."""
    found, which = _groups(match), _which(match)
    if season := found["season"]:
        return Atom(partial=Partial(season=_SEASONS[season.casefold()], which=which))
    if name := found["month"]:
        return Atom(partial=Partial(month=_month_of(name), which=which))
    return Atom(partial=Partial(weekday=_weekday_of(found["weekday"]), which=which))


def _read_of_year(match: re.Match[str], published: dt.date | None) -> Atom | None:
    """August of last year, summer this year, March 22 of last year."""
    if published is None:
        return _UNANCHORED
    found = _groups(match)
    year = published.year + {"last": -1, "this": 0, "next": 1}[_which(match)]
    if season := found["season"]:
        return _reckoned(periods.season(year, _SEASONS[season.casefold()]))
    month = _month_of(match["month"])
    if day := found["day"] or found["day_before"]:
        date = _date(year, month, _day_of(day))
        return _reckoned(periods.day(date)) if date else None
    return _reckoned(periods.month(year, month))


def _read_day_of_week(match: re.Match[str], published: dt.date | None) -> Atom | None:
    """Tuesday of last week."""
    if published is None:
        return _UNANCHORED
    weeks = {"last": -1, "this": 0, "next": 1}[_which(match)]
    weekday = _weekday_of(match["weekday"]) or 0
    date = periods.shift(published, "day", 7 * weeks + weekday - published.weekday())
    return _reckoned(periods.day(date)) if date else None


# --- reckoned from the published date ---------------------------------------------------------

_DEICTIC: Final = {
    "today": 0,
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


def _read_deictic(match: re.Match[str], published: dt.date | None) -> Atom | None:
    words = re.sub(r"\s+", " ", match["words"].casefold())
    if published is None:
        return _UNANCHORED
    date = periods.shift(published, "day", _DEICTIC[words])
    return _reckoned(periods.day(date)) if date else None


def _read_unit(match: re.Match[str], published: dt.date | None) -> Atom | None:
    """Last year, this week, next month, last weekend."""
    if published is None:
        return _UNANCHORED
    steps = {"last": -1, "this": 0, "next": 1}[_which(match)]
    unit = match["unit"].casefold()
    if unit == "weekend":
        monday = periods.shift(published, "day", 7 * steps - published.weekday())
        saturday = periods.shift(monday, "day", 5) if monday else None
        sunday = periods.shift(monday, "day", 6) if monday else None
        if not saturday or not sunday:
            return None
        return _reckoned(periods.stretch(periods.day(saturday), periods.day(sunday)))
    if unit == "quarter":
        date = periods.shift(published, "month", 3 * steps)
        return _reckoned(periods.quarter(date.year, (date.month + 2) // 3)) if date else None
    if unit in ("decade", "century") and steps == -1:
        start = periods.shift(published, unit, -1)
        return _reckoned(_to_now(start, published, unit)) if start else None
    date = periods.shift(published, unit, steps)
    return _reckoned(periods.around(date, unit)) if date else None


def _to_now(start: dt.date, published: dt.date, unit: str) -> Period:
    """From a past day to the published one, as finely as the unit says."""
    grain = "year" if unit in ("decade", "century") else unit
    if grain in ("day", "week"):
        return periods.stretch(periods.day(start), periods.day(published))
    return periods.stretch(periods.around(start, grain), periods.around(published, grain))


def _read_within_unit(match: re.Match[str], published: dt.date | None) -> Atom | None:
    """Earlier this year: from its start to the published date; later: from there to its end."""
    if published is None:
        return _UNANCHORED
    now, whole = periods.day(published), periods.around(published, match["unit"].casefold())
    if match["side"].casefold() == "earlier":
        return _reckoned(periods.stretch(_first_day(whole), now))
    return _reckoned(periods.stretch(now, _last_day(whole)))


def _read_side(match: re.Match[str], published: dt.date | None) -> Atom | None:
    """The end of the year, of a year to come; of a past one it would be told elsewhere."""
    if published is None:
        return Atom(reason=NO_ANCHOR, needs_future=True)
    side = match["side"].casefold()
    which = Part.MID if side == "middle" else Part.LATE
    whole = periods.around(published, match["unit"].casefold())
    period = periods.part(whole, which)
    return Atom(period=period, anchored=True, needs_future=True) if period else None


def _first_day(period: Period) -> Period:
    return periods.day(period.earliest) if period.earliest else period


def _last_day(period: Period) -> Period:
    return periods.day(period.latest) if period.latest else period


def _read_ago(match: re.Match[str], published: dt.date | None) -> Atom | None:
    """Two years ago: the unit that lies so far back; exact for days, approximate for more."""
    count, unit = measure(match["count"], match["unit"])
    if count is None:
        return Atom(reason="a vague number of units ago")
    if published is None:
        return _UNANCHORED
    if _groups(match).get("half"):
        count += 0.5
    if unit in ("decade", "century"):
        count, unit = count * (10 if unit == "decade" else 100), "year"
    elif unit == "year" and count % 1:
        count, unit = count * 12, "month"
    date = periods.shift(published, unit, -count)
    if date is None:
        return None
    whole = periods.around(date, unit)
    bound = re.sub(r"\s+", " ", (match["bound"] or "").casefold()).strip()
    if bound in ("more than", "over", "at least"):
        return _reckoned(periods.until(periods.approximate(whole)))
    if bound in ("less than", "under", "not more than", "no more than"):
        return _reckoned(
            periods.stretch(periods.approximate(whole), periods.around(published, unit))
        )
    exact = unit == "day" and not bound and match["count"].casefold() != "couple of"
    return _reckoned(whole if exact else periods.approximate(whole))


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
    now = (match["now"] or "").casefold()
    return Atom(period=period, anchored=True, needs_future=not now)


def _read_past(match: re.Match[str], published: dt.date | None) -> Atom | None:
    """The past two years, the next three days."""
    count, unit = measure(match["count"], match["unit"])
    if count is None:
        return Atom(reason="a vague number of units")
    if published is None:
        return _UNANCHORED
    if match["which"].casefold() in ("next", "coming"):
        date = periods.shift(published, unit, count)
        return _reckoned(_from_now(date, published, unit)) if date else None
    date = periods.shift(published, unit, -count)
    return _reckoned(_to_now(date, published, unit)) if date else None


def _from_now(end: dt.date, published: dt.date, unit: str) -> Period:
    grain = "year" if unit in ("decade", "century") else unit
    if grain in ("day", "week"):
        return periods.stretch(periods.day(published), periods.day(end))
    return periods.stretch(periods.around(published, grain), periods.around(end, grain))


def _open(reason: str) -> Reader:
    return lambda _match, _published: Atom(reason=reason)


_SEASON = r"(?P<season>(?i:spring|summer|autumn|fall|winter))"
_MONTH_G = rf"(?P<month>{_MONTH})"
_OF_WHICH_YEAR = rf"(?:\s(?:of|in))?\s{_WHICH}\s(?i:year)"

#: Tried at every place; the longest match from the leftmost place wins, then the order here.
RULES: Final[tuple[Rule, ...]] = (
    _rule(
        "iso",
        r"(?P<year>\d{4})(?P<mark>[-/.])(?P<month>\d\d?)(?P=mark)(?P<day>\d\d?)"
        r"(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?",
        _read_iso,
    ),
    _rule(
        "numeric",
        r"(?P<first>\d\d?)(?P<mark>[/.-])(?P<second>\d\d?)(?P=mark)"
        r"(?:(?P<year>\d{4})|(?P<short>\d\d))",
        _read_numeric,
    ),
    _rule(
        "days",
        rf"(?P<between>(?i:between|from)\s(?:the\s)?)?{_MONTH_G}\s?(?:the\s)?{_DAY_TEXT}"
        rf"(?P<joint>{_DASH}|\s(?:to|until|till|through|and|or)\s)(?:the\s)?{_LAST_DAY_TEXT}{_YEAR_TAIL}",
        _read_days,
    ),
    _rule(
        "days",
        rf"(?P<between>(?i:between|from)\s(?:the\s)?)?{_DAY_TEXT}"
        rf"(?P<joint>{_DASH}|/|\s(?:to|until|till|through|and|or)\s)(?:the\s)?{_LAST_DAY_TEXT}"
        rf"\s(?:of\s)?{_MONTH_G}{_YEAR_TAIL}",
        _read_days,
    ),
    _rule("date", rf"{_LEAD}{_MONTH_G},?\s?(?:the\s)?{_DAY_TEXT}{_YEAR_TAIL}", _read_date),
    _rule("date", rf"{_LEAD}{_DAY_TEXT}(?:\s|\sof\s|-|/)\s?{_MONTH_G}{_YEAR_TAIL}", _read_date),
    _rule(
        "month-year", rf"{_MONTH_G}(?:,?\s(?:of\s|in\s)?|-|/)(?P<year>{_YEAR})", _read_month_year
    ),
    _rule("month-year", rf"{_MONTH_G}\s['’](?P<short>\d\d)", _read_month_year),
    _rule(
        "season-year",
        rf"{_SEASON}(?:,?\s(?:of|in)(?:\sthe\syear)?|,)?\s(?P<year>{_YEAR})"
        rf"(?P<tail>{_DASH}(?:{_YEAR}|\d\d)|/(?:{_YEAR}|\d\d))?",
        _read_season_year,
    ),
    _rule(
        "quarter",
        rf"(?i:(?P<number>first|second|third|fourth|last)\squarter\sof|Q(?=[1-4]))\s?"
        rf"(?P<year>{_YEAR})",
        _read_quarter,
    ),
    _rule("year", rf"(?P<sure>(?i:years?)\s(?:of\s)?)?(?P<year>{_YEAR})", _read_year),
    _rule(
        "era",
        r"(?:(?:AD|A\.D\.|CE)\s(?P<after>\d{1,4})"
        r"|(?P<before>\d{1,4})\s(?P<era>AD|A\.D\.|CE|BC|BCE|B\.C\.))",
        _read_era,
    ),
    _rule(
        "years",
        rf"(?P<year>{_YEAR})(?P<mark>[-\u2010-\u2015/])(?P<tail>{_YEAR}|\d\d)",
        _read_years,
    ),
    _rule(
        "year-words",
        r"(?P<head>(?i:eighteen|nineteen|twenty))[- ](?P<tail>"
        rf"(?i:hundred|oh?[- ]{_UNIT_WORD}|ten|eleven|twelve"
        r"|(?:thir|four|fif|six|seven|eigh|nine)teen"
        rf"|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ]{_UNIT_WORD})?))",
        _read_year_words,
    ),
    _rule("decade", r"(?P<full>(?:1\d|20)\d0)\s?['’]?s(?P<word>)(?P<short>)", _read_decade),
    _rule(
        "decade",
        r"(?:(?<=[Tt]he[ \n])|(?<=0s[ \n]and[ \n]))(?:(?i:nineteen)[- ]?)?(?P<full>)"
        rf"(?:['’]?(?P<short>[1-9]0)['’]?s|(?P<word>(?i:{'|'.join(_DECADE_WORDS)})))",
        _read_decade,
    ),
    _rule(
        "century",
        rf"(?P<ordinal>\d\d?(?:st|nd|rd|th)|(?i:{_ORDINAL_DAY}))(?:-|\s)(?i:century)"
        r"(?P<era>\s(?:BC|BCE|B\.C\.))?",
        _read_century,
    ),
    _rule("month", _MONTH_G, _read_month),
    _rule("weekday", rf"(?P<weekday>{_WEEKDAY})", _read_weekday),
    _rule("season", rf"(?<=[Ii]n[ \n]the[ \n]){_SEASON}(?!\sof\b)", _read_season),
    _rule(
        "relative",
        rf"{_WHICH}\s(?:{_SEASON}|{_MONTH_G}|(?P<weekday>(?i:{_WEEKDAY})))",
        _read_which,
    ),
    _rule(
        "of-year",
        rf"{_MONTH_G}(?:\s(?P<day>{_DAY}{_SUFFIX}))?(?P<season>)(?P<day_before>){_OF_WHICH_YEAR}",
        _read_of_year,
    ),
    _rule(
        "of-year",
        rf"(?P<day_before>{_DAY}{_SUFFIX})\s(?:of\s)?{_MONTH_G}(?P<season>)(?P<day>){_OF_WHICH_YEAR}",
        _read_of_year,
    ),
    _rule(
        "of-year", rf"{_SEASON}(?P<month>)(?P<day>)(?P<day_before>){_OF_WHICH_YEAR}", _read_of_year
    ),
    _rule(
        "of-week", rf"(?P<weekday>(?i:{_WEEKDAY}))(?:\sof)?\s{_WHICH}\s(?i:week)", _read_day_of_week
    ),
    _rule(
        "of-week",
        rf"{_WHICH}\s(?i:week)(?:\son|,)?\s(?P<weekday>(?i:{_WEEKDAY}))",
        _read_day_of_week,
    ),
    _rule(
        "deictic",
        r"(?P<words>today|tonight|this morning|this afternoon|this evening|yesterday|last night"
        r"|last evening|day before yesterday|tomorrow|day after tomorrow)"
        r"(?: (?:morning|afternoon|evening|night))?",
        _read_deictic,
        any_case=True,
    ),
    _rule(
        "relative",
        rf"{_WHICH}\s(?P<unit>(?i:week|month|year|decade|century|weekend|quarter))"
        rf"(?!\sof\s|\sin\s{_MONTH})",
        _read_unit,
    ),
    _rule(
        "year-end",
        r"(?P<side>end|close|middle) of the (?P<unit>year|month|week|decade|century)"
        r"(?! (?:of|\d))",
        _read_side,
        any_case=True,
    ),
    _rule(
        "within",
        r"(?P<side>earlier|later) (?:this|in the) (?P<unit>week|month|year|decade|century)",
        _read_within_unit,
        any_case=True,
    ),
    _rule(
        "ago",
        r"(?:(?P<bound>(?i:more than|over|at least|less than|under|no more than|not more than"
        r"|about|around|some|nearly|almost|roughly|approximately|just over|just under|exactly))\s)?"
        rf"{COUNT}(?P<half>\sand\sa\shalf)?[ -]{UNIT}\s(?:(?i:ago|back|before now|before today))",
        _read_ago,
    ),
    _rule(
        "ahead",
        rf"(?i:in|within)\s{COUNT}\s{UNIT}(?P<now>)(?:['’]\stime)?",
        _read_ahead,
    ),
    _rule("ahead", rf"{COUNT}\s{UNIT}\s(?P<now>(?i:from now|from today))", _read_ahead),
    _rule(
        "past",
        rf"(?P<which>(?i:past|last|previous|next|coming))\s{COUNT}\s{UNIT}",
        _read_past,
    ),
    _rule(
        "vague",
        r"(?:(?:in |over |during )?(?:the )?(?:recent|coming|(?:last|past|next) (?:few|several))"
        r" (?:days|weeks|months|years|decades)|(?:not )?(?:so )?long ago"
        r"|(?:days|weeks|months|years|decades|centuries) ago)",
        _open("a vague time"),
        any_case=True,
    ),
    _rule(
        "told-elsewhere",
        r"(?:(?:the|that) (?:same|following|next|previous|very)"
        r" (?:day|night|morning|evening|week|month|year|decade)"
        r"|that (?:day|night|week|month|year|summer|winter|spring|autumn)"
        rf"|{COUNT} {UNIT} (?:later|earlier)|(?:the )?day (?:before|after)(?= ?[,.;]|$)"
        r"|the (?:following|next|previous|same)"
        rf" (?:{_WEEKDAY}|{_MONTH}|spring|summer|autumn|winter))",
        _open("counted from a time that is told elsewhere in the text"),
        any_case=True,
    ),
)
