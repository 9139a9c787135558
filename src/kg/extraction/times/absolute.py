# ruff: noqa: PLR2004 - a calendar is made of numbers
"""Times that are known from their words alone: days, months, years, decades, centuries."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from typing import Final

from kg.extraction.times import parts, periods
from kg.extraction.times.atoms import Atom, Partial, Rule, known, left_open, rule
from kg.extraction.times.words import (
    CARDINAL,
    CARDINAL_DAY,
    DASH,
    DAY_TEXT,
    DECADE_WORDS,
    LAST_DAY_TEXT,
    LEAD,
    MONTH,
    MONTH_KEY,
    MONTH_YEAR_WORDS,
    ORDINAL,
    SEASON,
    SEASON_KEY,
    SEASONS,
    SMALL_MONTH,
    YEAR,
    YEAR_TAIL,
    YEAR_WORDS,
    calendar_date,
    day_of,
    groups,
    month_of,
    ordinal_of,
    weekday_of,
    year_of,
    year_of_words,
)

__all__ = ["ABSOLUTE"]

_LEAP_YEAR: Final = 2000


def _read_iso(match: re.Match[str], _: dt.date | None) -> Atom | None:
    date = calendar_date(int(match["year"]), int(match["month"]), int(match["day"]))
    return known(periods.day(date)) if date else None


def _read_compact(match: re.Match[str], _: dt.date | None) -> Atom | None:
    """20220322: a date where it is no number of a thing."""
    date = calendar_date(int(match["year"]), int(match["month"]), int(match["day"]))
    return Atom(period=periods.day(date), doubtful=True, explicit_year=True) if date else None


def _read_date_parts(match: re.Match[str], _: dt.date | None) -> Atom | None:
    """2019-Aug-1, 2019/1/Aug."""
    date = calendar_date(int(match["year"]), month_of(match["month"]), int(match["day"]))
    return known(periods.day(date)) if date else None


def _read_numeric(match: re.Match[str], published: dt.date | None) -> Atom | None:
    """Day and month in either order where only one is possible, else both as a set."""
    first, second = int(match["first"]), int(match["second"])
    year = year_of(match, published)
    if year is None:
        return None
    orders = [(second, first)] if match["mark"] == "." else [(second, first), (first, second)]
    dates = {date for month, day in orders if (date := calendar_date(year, month, day))}
    return known(periods.choice(tuple(dates))) if dates else None


def _read_numeric_month(match: re.Match[str], _: dt.date | None) -> Atom | None:
    """03/2019, a month of a year."""
    month = int(match["number"])
    return known(periods.month(int(match["year"]), month)) if 1 <= month <= 12 else None


def _read_date(match: re.Match[str], published: dt.date | None) -> Atom | None:
    """A day of a month, with or without weekday and year."""
    month, day = month_of(match["month"]), day_of(match["day"])
    weekday, year = weekday_of(match["weekday"]), year_of(match, published)
    if day > calendar.monthrange(year or _LEAP_YEAR, month)[1]:
        return Atom(reason="the calendar has no such day")
    if year is None:
        return Atom(partial=Partial(month=month, day=day, weekday=weekday))
    date = dt.date(year, month, day)
    period = periods.day(date)
    # a weekday that the calendar does not bear out: one of the two is wrong
    return known(period if weekday in (None, date.weekday()) else periods.uncertain(period))


def _read_days(match: re.Match[str], published: dt.date | None) -> Atom | None:
    """A stretch of days inside one month."""
    month, first, last = (
        month_of(match["month"]),
        day_of(match["day"]),
        day_of(match["last_day"]),
    )
    joint = match["joint"].strip().casefold()
    between = (match["between"] or "").casefold().startswith("between")
    if first >= last or (joint in ("and", "or") and not between and last != first + 1):
        return None
    if joint == "or" or last > calendar.monthrange(_LEAP_YEAR, month)[1]:
        return None
    year = year_of(match, published)
    if year is None:
        return Atom(partial=Partial(month=month, day=first, last_day=last))
    start, end = calendar_date(year, month, first), calendar_date(year, month, last)
    return known(periods.stretch(periods.day(start), periods.day(end))) if start and end else None


def _read_month_year(match: re.Match[str], published: dt.date | None) -> Atom | None:
    year = year_of(match, published)
    return known(periods.month(year, month_of(match["month"]))) if year else None


def _read_season_year(match: re.Match[str], _: dt.date | None) -> Atom | None:
    code = SEASONS[match["season"].casefold()]
    return known(periods.season(int(match["year"]), code, closed=bool(match["tail"])))


def _read_part_of_year(match: re.Match[str], published: dt.date | None) -> Atom | None:
    """The third quarter of 2021, Q3 2021, 2021-H2, the ninth month of 2021."""
    year = year_of(match, published)
    if year is None:
        return None
    words, unit = match["number"].casefold(), match["unit"].casefold()
    if unit in ("h", "half"):
        return known(periods.half(year, ordinal_of(words)))
    number = -1 if words == "last" else ordinal_of(words)
    whole = periods.year(year)
    return known(parts.units(whole, "quarter" if unit == "q" else unit, number, number))


def _read_week(match: re.Match[str], _: dt.date | None) -> Atom | None:
    """A week of a year by its number, as ISO 8601 counts them."""
    try:
        monday = dt.date.fromisocalendar(int(match["year"]), ordinal_of(match["number"]), 1)
        return known(periods.week(monday))
    except (ValueError, OverflowError):
        return None


def _read_year(match: re.Match[str], _: dt.date | None) -> Atom | None:
    sure = match["sure"] is not None
    return Atom(period=periods.year(int(match["year"])), doubtful=not sure, explicit_year=True)


def _read_short_year(match: re.Match[str], published: dt.date | None) -> Atom | None:
    """CY18, a calendar year."""
    year = year_of(match, published)
    return known(periods.year(year)) if year else None


def _read_era(match: re.Match[str], _: dt.date | None) -> Atom | None:
    found = groups(match)
    number = int(found["after"] or found["before"] or 0)
    if (found["era"] or "AD").replace(".", "").startswith("B"):
        return Atom(reason="a year before the common era cannot be given in days here")
    return known(periods.year(number)) if 0 < number < 2200 else None


def _read_years(match: re.Match[str], published: dt.date | None) -> Atom | None:
    """1980-88, 1980/81, 1980–1988; "2010-11" with a hyphen may be a month, and stays open."""
    first, tail = int(match["year"]), match["tail"]
    if len(tail) == 2 and match["mark"] == "-" and 1 <= int(tail) <= 12:
        if int(tail) <= first % 100:
            return known(periods.month(first, int(tail)))
        return Atom(reason="two years or a year and a month")
    last = int(tail) if len(tail) == 4 else first // 100 * 100 + int(tail)
    limit = (published.year if published else 2029) + 10
    if last <= first or (len(tail) == 2 and last > limit):
        return None
    return known(periods.stretch(periods.year(first), periods.year(last)))


def _read_year_words(match: re.Match[str], _: dt.date | None) -> Atom | None:
    year, words = year_of_words(match["words"]), match["words"].casefold()
    doubtful = words.startswith("two") or "hundred" in words  # nineteen hundred people
    if year is None:
        return None
    return Atom(period=periods.year(year), doubtful=doubtful, explicit_year=True)


def _read_decade(match: re.Match[str], published: dt.date | None) -> Atom | None:
    found = groups(match)
    if full := found["full"]:
        first = int(full)
        if first in (1700, 1800, 1900):  # the century more often than its first ten years
            return known(periods.century(first // 100 + 1))
        return known(periods.decade(first))
    word = (found["word"] or "").casefold()
    short = int(found["short"]) if found["short"] else DECADE_WORDS[word]
    this_year = published.year if published else 2029
    if short < 30 and this_year >= 2000 + short:
        return Atom(reason="a decade of this century or of the last")
    return known(periods.decade(1900 + short))


def _read_century(match: re.Match[str], _: dt.date | None) -> Atom | None:
    number = ordinal_of(match["ordinal"])
    if match["era"]:
        return Atom(reason="a century before the common era cannot be given in days here")
    return known(periods.century(number)) if 2 <= number <= 30 else None


_MONTH_G = rf"(?P<month>{MONTH})"
_YEAR_WORDS_KEY: Final = "seventeen eighteen nineteen twenty two"
_BETWEEN = r"(?P<between>(?i:between|from)\s(?:the\s)?)?"
_JOINT = rf"(?P<joint>{DASH}|\s(?:to|until|till|through|thru|and|or)\s)(?:the\s)?"
#: After a year that "of" does not lead to: not "in the third quarter 2016 people".
_PHRASE_END = r"(?=\s?[,.;:!?)]|$|\s(?:and|as|by|for|from|in|it|over|the|to|was|were|when|with)\b)"
_SLASH_JOINT = _JOINT.replace("(?P<joint>", "(?P<joint>/|")

#: Tried at every place; the longest match from the leftmost place wins, then the order here.
ABSOLUTE: Final[tuple[Rule, ...]] = (
    rule(
        "iso",
        r"\d{4}[-/.]\d",
        r"(?P<year>\d{4})(?P<mark>[-/.])(?P<month>\d\d?)(?P=mark)(?P<day>\d\d?)"
        r"(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?",
        _read_iso,
    ),
    rule(
        "iso",
        r"\bon\s\d{4}",
        rf"(?:(?<=\b[Oo]n[ \n]))(?P<year>{YEAR})(?P<mark>\.?\s)(?P<month>\d\d)(?P=mark)"
        r"(?P<day>\d\d)",
        _read_iso,
    ),
    rule(
        "compact",
        r"\d{8}",
        r"(?P<year>(?:19|20)\d\d)(?P<month>[01]\d)(?P<day>[0-3]\d)",
        _read_compact,
    ),
    rule(
        "iso",
        MONTH_KEY,
        rf"(?P<year>{YEAR})(?P<mark>[-/]){_MONTH_G}(?P=mark)(?P<day>\d\d?)",
        _read_date_parts,
    ),
    rule(
        "iso",
        MONTH_KEY,
        rf"(?P<year>{YEAR})(?P<mark>[-/])(?P<day>\d\d?)(?P=mark){_MONTH_G}",
        _read_date_parts,
    ),
    rule(
        "numeric",
        r"\d[/.-]\d",
        r"(?P<first>\d\d?)(?P<mark>[/.-])(?P<second>\d\d?)(?P=mark)"
        r"(?:(?P<year>\d{4})|(?P<short>\d\d))",
        _read_numeric,
    ),
    rule(
        "numeric",
        r"\d/\d",
        rf"(?P<first>\d\d?)(?P<mark>/)(?P<second>\d\d?),\s?(?P<year>{YEAR})",
        _read_numeric,
    ),
    rule("numeric", r"\d[/-]\d{4}", rf"(?P<number>\d\d?)[/-](?P<year>{YEAR})", _read_numeric_month),
    rule(
        "days",
        MONTH_KEY,
        rf"{_BETWEEN}{_MONTH_G}\s?(?:the\s)?{DAY_TEXT}{_JOINT}{LAST_DAY_TEXT}{YEAR_TAIL}",
        _read_days,
    ),
    rule(
        "days",
        MONTH_KEY,
        rf"{_BETWEEN}{DAY_TEXT}{_SLASH_JOINT}{LAST_DAY_TEXT}\s(?:of\s)?{_MONTH_G}{YEAR_TAIL}",
        _read_days,
    ),
    rule(
        "date", MONTH_KEY, rf"{LEAD}{_MONTH_G},?[\s/-]?(?:the\s)?{DAY_TEXT}{YEAR_TAIL}", _read_date
    ),
    rule("date", MONTH_KEY, rf"{LEAD}{_MONTH_G},?\s(?P<day>{CARDINAL_DAY}){YEAR_TAIL}", _read_date),
    rule(
        "date",
        _YEAR_WORDS_KEY,
        rf"{LEAD}(?:{_MONTH_G}\s(?:the\s)?(?P<day>{CARDINAL}),?\s(?P<words>{YEAR_WORDS}))",
        _read_date,
    ),
    rule(
        "date",
        _YEAR_WORDS_KEY,
        rf"{LEAD}(?:(?P<day>{CARDINAL})\s(?:of\s)?{_MONTH_G},?\s(?P<words>{YEAR_WORDS}))",
        _read_date,
    ),
    rule(
        "date",
        r"\sof\s[4-9]\d\b",
        rf"{LEAD}{DAY_TEXT}\s(?:of\s)?{_MONTH_G}\sof\s(?P<short>[4-9]\d)(?= ?[,.;:)]|$)",
        _read_date,
    ),
    rule(
        "date", MONTH_KEY, rf"{LEAD}{DAY_TEXT}\sof\s(?P<month>{SMALL_MONTH}){YEAR_TAIL}", _read_date
    ),
    rule(
        "date",
        MONTH_KEY,
        rf"{LEAD}(?P<month>{SMALL_MONTH})\s(?:the\s)?(?P<day>{ORDINAL}){YEAR_TAIL}",
        _read_date,
    ),
    rule(
        "date",
        MONTH_KEY,
        rf"{LEAD}(?P<day>{ORDINAL})\s(?P<month>{SMALL_MONTH}){YEAR_TAIL}",
        _read_date,
    ),
    rule(
        "date", MONTH_KEY, rf"{LEAD}(?P<month>{SMALL_MONTH})[-/]{DAY_TEXT}{YEAR_TAIL}", _read_date
    ),
    rule(
        "date", MONTH_KEY, rf"{LEAD}{DAY_TEXT}[-/](?P<month>{SMALL_MONTH}){YEAR_TAIL}", _read_date
    ),
    rule(
        "date",
        MONTH_KEY,
        rf"{LEAD}(?:(?P<month>{SMALL_MONTH})\s{DAY_TEXT},?\s(?P<year>{YEAR}))",
        _read_date,
    ),
    rule(
        "date",
        MONTH_KEY,
        rf"{LEAD}{DAY_TEXT}\s(?P<month>{SMALL_MONTH}),?\s(?P<year>{YEAR})",
        _read_date,
    ),
    rule("date", MONTH_KEY, rf"(?P<weekday>)(?P<year>{YEAR})\s{_MONTH_G}\s{DAY_TEXT}", _read_date),
    rule("month-year", MONTH_KEY, rf"(?P<year>{YEAR})[-/]{_MONTH_G}", _read_month_year),
    rule(
        "month-year",
        r"\d{4}\s[adfjmnos]",
        rf"(?P<year>{YEAR})\s{_MONTH_G}(?=\s?[,.;:!?)]|$)",
        _read_month_year,
    ),
    rule(
        "date",
        MONTH_KEY,
        rf"{LEAD}{DAY_TEXT}(?:\.?\s|\sof\s|-|/)\s?{_MONTH_G}{YEAR_TAIL}",
        _read_date,
    ),
    rule(
        "month-year",
        MONTH_KEY,
        rf"{_MONTH_G}(?:,?\s(?:of\s|in\s)?|-|/)(?P<year>{YEAR})",
        _read_month_year,
    ),
    rule("month-year", MONTH_KEY, rf"{_MONTH_G}\s(?:of\s)?['’](?P<short>\d\d)", _read_month_year),
    rule(
        "month-year",
        MONTH_KEY,
        rf"{_MONTH_G}\sof\s(?P<short>[4-9]\d)(?= ?[,.;:)]|$)",
        _read_month_year,
    ),
    rule(
        "month-year",
        MONTH_KEY,
        rf"{_MONTH_G},?\s(?:of\s)?(?P<words>{MONTH_YEAR_WORDS})",
        _read_month_year,
    ),
    rule(
        "season-year",
        SEASON_KEY,
        rf"{SEASON}(?:,?\s(?:of|in)(?:\sthe\syear)?|,)?\s(?P<year>{YEAR})"
        rf"(?P<tail>{DASH}(?:{YEAR}|\d\d)|/(?:{YEAR}|\d\d))?",
        _read_season_year,
    ),
    rule(
        "part-of-year",
        "quarter",
        rf"(?P<number>(?i:first|second|third|fourth|last|[1-4](?:st|nd|rd|th)))\s"
        rf"(?P<unit>(?i:quarter))\s(?i:of|in)\s(?i:the\syear\s)?(?P<year>{YEAR})",
        _read_part_of_year,
    ),
    rule(
        "part-of-year",
        "quarter half",
        r"(?P<number>(?i:(?:first|second)(?=[ -]half|[ -]quarter)|third(?=[ -]q)|fourth(?=[ -]q)))"
        rf"[ -](?P<unit>(?i:quarter|half)),?\s(?P<year>{YEAR}){_PHRASE_END}",
        _read_part_of_year,
    ),
    rule(
        "part-of-year",
        r"\d[qh]",
        rf"(?P<number>[1-4](?=[Qq])|[12](?=[Hh]))(?P<unit>[QqHh])\s?(?P<year>{YEAR})",
        _read_part_of_year,
    ),
    rule(
        "part-of-year",
        r"[qh][1-4]\b",
        r"(?P<unit>Q(?=[1-4])|H(?=[12]))(?P<number>[1-4])\s['’](?P<short>\d\d)",
        _read_part_of_year,
    ),
    rule(
        "part-of-year",
        "month",
        rf"(?P<number>{ORDINAL})\s(?P<unit>(?i:month))\s(?i:of|in)\s(?P<year>{YEAR})",
        _read_part_of_year,
    ),
    rule(
        "part-of-year",
        r"[qh][1-4]\b",
        rf"(?:(?P<unit>[Qq](?=[1-4])|[Hh](?=[12]))(?P<number>[1-4])[\s/-]?(?:of\s)?(?P<year>{YEAR}))",
        _read_part_of_year,
    ),
    rule(
        "part-of-year",
        r"[qh][1-4]\b",
        rf"(?P<year>{YEAR})[\s/-]?(?P<unit>[Qq](?=[1-4])|[Hh](?=[12]))(?P<number>[1-4])",
        _read_part_of_year,
    ),
    rule(
        "week",
        "week",
        rf"(?i:week)\s(?P<number>\d\d?|{CARDINAL})(?:,|\sof|\sin)?\s(?P<year>{YEAR})",
        _read_week,
    ),
    rule("week", "week", rf"(?P<year>{YEAR}),?\s(?i:week)\s(?P<number>\d\d?)", _read_week),
    rule("week", r"w\d\d", rf"W(?P<number>\d\d)[\s/](?P<year>{YEAR})", _read_week),
    rule("week", r"w\d\d", rf"(?P<year>{YEAR})-?W(?P<number>\d\d)", _read_week),
    rule(
        "year",
        r"\d{4}",
        rf"(?P<sure>(?:(?i:calendar\s)?(?i:years?)|CY)\s(?:of\s)?)?(?P<year>{YEAR})",
        _read_year,
    ),
    rule(
        "fiscal",
        "fiscal financial tax",
        rf"(?i:(?:fiscal|financial|tax)(?:\syear)?)\s(?:of\s)?{YEAR}(?:[-\u2013/]\d\d(?:\d\d)?)?",
        left_open("a financial year, which does not begin in January everywhere"),
    ),
    rule("year-short", r"cy['’]?\d\d", r"(?i:CY)['’]?(?P<short>\d\d)", _read_short_year),
    rule(
        "era",
        "ad a.d ce bc b.c",
        r"(?:(?:AD|A\.D\.|CE)\s(?P<after>\d{1,4})"
        r"|(?P<before>\d{1,4})\s(?P<era>AD|A\.D\.|CE|BC|BCE|B\.C\.))",
        _read_era,
    ),
    rule(
        "years",
        r"\d{4}[-\u2010-\u2015/]\d\d",
        rf"(?P<year>{YEAR})(?P<mark>[-\u2010-\u2015/])(?P<tail>{YEAR}|\d\d)",
        _read_years,
    ),
    rule(
        "year-words",
        _YEAR_WORDS_KEY,
        rf"(?P<words>{YEAR_WORDS})",
        _read_year_words,
    ),
    rule(
        "decade",
        r"0\s?['’]?s\b",
        r"(?P<full>(?:1\d|20)\d0)\s?['’]?s(?P<word>)(?P<short>)",
        _read_decade,
    ),
    rule(
        "decade",
        r"0['’]?s\b|ties\b",
        r"(?:(?<=[Tt]he[ \n])|(?<=0s[ \n]and[ \n]))(?:(?i:nineteen)[- ]?)?(?P<full>)"
        rf"(?:['’]?(?P<short>[1-9]0)['’]?s|(?P<word>(?i:{'|'.join(DECADE_WORDS)})))",
        _read_decade,
    ),
    rule(
        "century",
        "centur",
        rf"(?P<ordinal>{ORDINAL})(?:-|\s)(?i:century|centuries)(?P<era>\s(?:BC|BCE|B\.C\.))?",
        _read_century,
    ),
)
