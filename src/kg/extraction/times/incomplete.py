"""Dates that lack their year, month or week; ``placing`` chooses it."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from kg.extraction.times import periods
from kg.extraction.times.atoms import (
    UNANCHORED,
    Atom,
    Partial,
    Reader,
    Rule,
    known,
    reckoned,
    rule,
)
from kg.extraction.times.calendars import (
    ISLAMIC_KEY,
    ISLAMIC_MONTH,
    SOLAR_KEY,
    SOLAR_MONTH,
    Calendar,
    in_calendar,
    month_number,
)
from kg.extraction.times.holidays import (
    HOLIDAY,
    HOLIDAY_KEY,
    holiday_in,
    holiday_weekend,
    is_one_day,
)
from kg.extraction.times.words import (
    ANY_WEEKDAY,
    DASH,
    DAY_TEXT,
    LAST_DAY_TEXT,
    LONG_WEEKDAY,
    MONTH,
    MONTH_KEY,
    ORDINAL,
    SEASON,
    SEASON_KEY,
    SEASONS,
    WEEKDAY_KEY,
    WHICH,
    WHICH_KEY,
    YEAR,
    calendar_date,
    day_of,
    groups,
    month_of,
    ordinal_of,
    weekday_of,
    which_of,
)

__all__ = ["INCOMPLETE"]


def _read_month(match: re.Match[str], _: dt.date | None) -> Atom | None:
    return Atom(partial=Partial(month=month_of(match["month"])), doubtful=True)


def _read_small_month(match: re.Match[str], _: dt.date | None) -> Atom | None:
    """In may, in dec: in small letters, where no verb can stand."""
    return Atom(partial=Partial(month=month_of(match["month"])))


def _read_season(match: re.Match[str], _: dt.date | None) -> Atom | None:
    return Atom(partial=Partial(season=SEASONS[match["season"].casefold()]))


def _read_weekday(match: re.Match[str], _: dt.date | None) -> Atom | None:
    return Atom(partial=Partial(weekday=weekday_of(match["weekday"])), doubtful=True)


def _read_weekend(_match: re.Match[str], _: dt.date | None) -> Atom | None:
    return Atom(partial=Partial(weekend=True))


def _read_day(match: re.Match[str], _: dt.date | None) -> Atom | None:
    """On the 18th, Tuesday the 13th."""
    found = groups(match)
    day = found["day"] or found.get("number") or found.get("bare") or ""
    bare = bool(found.get("bare"))
    weekday = weekday_of(found["weekday"])
    return Atom(partial=Partial(day=ordinal_of(day), weekday=weekday, only_close=bare))


def _read_day_and_month(match: re.Match[str], _: dt.date | None) -> Atom | None:
    """22/04 or 4/22: a day and a month in either order, where a preposition stands before."""
    first, second = int(match["first"]), int(match["second"])
    found = groups(match)
    weekday, which = weekday_of(found.get("weekday")), found.get("which")
    orders = [(m, d) for d, m in ((first, second), (second, first)) if calendar_date(2000, m, d)]
    if not orders:
        return None
    month, day = orders[0]
    either = len(set(orders)) > 1
    partial = Partial(
        month=month, day=day, weekday=weekday, either=either, which="next" if which else None
    )
    return Atom(partial=partial, doubtful=weekday is None and not which)


def _read_next_day(match: re.Match[str], _: dt.date | None) -> Atom | None:
    """Next 6 April, next December 5th."""
    found = groups(match)
    month = month_of(found["month"] or found["month_before"] or "")
    day = day_of(found["day"] or found["last_day"] or "")
    if calendar_date(2000, month, day) is None:
        return None
    return Atom(partial=Partial(month=month, day=day, which="next"))


def _read_which(match: re.Match[str], _: dt.date | None) -> Atom | None:
    """Last August, next Tuesday, this summer."""
    found, which = groups(match), which_of(match)
    if season := found["season"]:
        return Atom(partial=Partial(season=SEASONS[season.casefold()], which=which))
    if name := found["month"]:
        return Atom(partial=Partial(month=month_of(name), which=which))
    loose = match["which"].casefold() in ("last", "next", "previous")
    return Atom(partial=Partial(weekday=weekday_of(found["weekday"]), which=which, loose=loose))


_STEPS: Final = {"last": -1, "this": 0, "next": 1}


def _read_of_year(match: re.Match[str], published: dt.date | None) -> Atom | None:
    """August of last year, summer this year, March 22 of last year."""
    if published is None:
        return UNANCHORED
    found = groups(match)
    year = published.year + _STEPS[which_of(match)]
    if season := found.get("season"):
        return reckoned(periods.season(year, SEASONS[season.casefold()]))
    month = month_of(match["month"])
    if day := found.get("day"):
        date = calendar_date(year, month, day_of(day))
        return reckoned(periods.day(date)) if date else None
    return reckoned(periods.month(year, month))


def _read_day_of_week(match: re.Match[str], published: dt.date | None) -> Atom | None:
    """Tuesday of last week."""
    if published is None:
        return UNANCHORED
    weeks = _STEPS[which_of(match)]
    weekday = weekday_of(match["weekday"]) or 0
    date = periods.shift(published, "day", 7 * weeks + weekday - published.weekday())
    return reckoned(periods.day(date)) if date else None


def _read_day_of_month(match: re.Match[str], published: dt.date | None) -> Atom | None:
    """The 15th of next month."""
    start = published and periods.shift(published, "month", _STEPS[which_of(match)])
    if start is None:
        return UNANCHORED if published is None else None
    date = calendar_date(start.year, start.month, day_of(match["day"]))
    return reckoned(periods.day(date)) if date else None


def _read_weekday_of_month(match: re.Match[str], published: dt.date | None) -> Atom | None:
    """The first Friday of July 2019, the last Sunday in March, the third Monday of next month."""
    found = groups(match)
    place = match["place"].casefold()
    nth = -1 if place in ("last", "final") else ordinal_of(place)
    weekday = weekday_of(match["weekday"]) or 0
    if found.get("which"):
        start = published and periods.shift(published, "month", _STEPS[which_of(match)])
        if start is None:
            return UNANCHORED if published is None else None
        return reckoned(periods.nth_weekday(start.year, start.month, weekday, nth))
    month = month_of(match["month"])
    if year := found.get("year"):
        return known(periods.nth_weekday(int(year), month, weekday, nth))
    return Atom(partial=Partial(month=month, weekday=weekday, nth=nth))


def _read_days_of_month(match: re.Match[str], published: dt.date | None) -> Atom | None:
    """From the 4th to the 22nd of next month."""
    start = published and periods.shift(published, "month", _STEPS[which_of(match)])
    if start is None:
        return UNANCHORED if published is None else None
    dates = [calendar_date(start.year, start.month, day_of(match[n])) for n in ("day", "last_day")]
    first, last = dates
    if first is None or last is None or first >= last:
        return None
    return reckoned(periods.stretch(periods.day(first), periods.day(last)))


# --- holidays ---------------------------------------------------------------------------------


def _read_holiday_year(match: re.Match[str], published: dt.date | None) -> Atom | None:
    """Easter 2018, Easter of last year."""
    if year := match["year"]:
        return known(holiday_in(int(year), match["holiday"]))
    if published is None:
        return UNANCHORED
    return reckoned(holiday_in(published.year + _STEPS[which_of(match)], match["holiday"]))


def _read_holiday(match: re.Match[str], _: dt.date | None) -> Atom | None:
    found, name = groups(match), match["holiday"]
    which = which_of(match) if found["which"] else None
    doubtful = which is None and not is_one_day(name)
    return Atom(partial=Partial(holiday=name, which=which), doubtful=doubtful)


def _read_holiday_weekend(match: re.Match[str], _: dt.date | None) -> Atom | None:
    """Easter weekend 2018, the weekend of Halloween."""
    found = groups(match)
    name = found["holiday"] or found["holiday_after"] or ""
    if year := found["year"] or found["year_before"]:
        weekend = known(holiday_weekend(int(year), name))
        return weekend or Atom(reason="the weekend before the holiday or the one after it")
    return Atom(partial=Partial(holiday=name, weekend=True))


# --- other calendars --------------------------------------------------------------------------


def _read_in(match: re.Match[str], kind: Calendar) -> Atom | None:
    """A day or month of another calendar, its year in that calendar where one is given."""
    found = groups(match)
    month = month_number(match["month"], kind)
    text = found.get("day")
    day = day_of(text) if text else None
    if (year := found.get("year")) is None:
        return Atom(partial=Partial(month=month, day=day, calendar=kind))
    period = in_calendar(kind, int(year), month, day)
    return known(period) or Atom(reason="the calendar has no such day, or its tables end before")


def _read_solar(match: re.Match[str], _: dt.date | None) -> Atom | None:
    return _read_in(match, Calendar.SOLAR)


def _read_islamic(match: re.Match[str], _: dt.date | None) -> Atom | None:
    return _read_in(match, Calendar.ISLAMIC)


def _read_year_of(match: re.Match[str], _: dt.date | None) -> Atom | None:
    """1367 SH, 1409 AH."""
    solar = match["era"].replace(".", "").upper() in ("SH", "AHS", "AP", "HS")
    kind = Calendar.SOLAR if solar else Calendar.ISLAMIC
    period = in_calendar(kind, int(match["year"]))
    return known(period) or Atom(reason="the tables of the calendar end before")


_MONTH_G = rf"(?P<month>{MONTH})"
_MONTH_G_LAST = rf"(?P<month_before>{MONTH})"
_OF_WHICH_YEAR = rf"(?:\s(?:of|in))?\s{WHICH}\s(?i:year)"
_ERA = r"(?:\s(?:A\.?H\.?|A\.?P\.?|(?:A\.?)?S\.?H\.?|[Hh]ijri|\(AH\)))?"
_OTHER_YEAR = rf"(?:,?\s(?:of\s)?(?P<year>1[345]\d\d){_ERA})"
#: Months that are no common names or words by themselves.
_PLAIN_SOLAR = r"(?i:farvardin|ord[iy]behesht|khordad|a?mordad|shahrivar|esfand)"
_PLAIN_ISLAMIC = r"(?i:m[ou]harram|rama[dz]an|shawwal)"
_NTH_WEEKDAY = (
    rf"(?P<place>{ORDINAL}|(?i:last|final))\s(?P<weekday>(?i:{LONG_WEEKDAY}))\s(?i:of|in)\s"
)
_IN = r"(?:(?<=[Ii]n[ \n])|(?<=[Dd]uring[ \n])|(?<=[Oo]f[ \n]))"


def _other(name: str, key: str, months: str, plain: str, read: Reader) -> tuple[Rule, ...]:
    """The rules for the dates of another calendar."""
    month = rf"(?P<month>(?i:{months}))"
    return (
        rule(name, key, rf"{DAY_TEXT}\s(?:of\s)?{month}{_OTHER_YEAR}?", read),
        rule(name, key, rf"{month}\s{DAY_TEXT}{_OTHER_YEAR}?", read),
        rule(name, key, rf"{month}{_OTHER_YEAR}", read),
        rule(name, key, rf"{_IN}(?P<month>{plain})", read),
        rule(name, key, rf"(?i:the\smonth\sof)\s{month}", read),
    )


def _after(*words: str) -> str:
    """A place where one of some words, with a small or a capital letter, stands before."""
    spaces = (word.replace(" ", r"[ \n]") for word in words)
    return f"(?:{'|'.join(rf'(?<=\b[{w[0].upper()}{w[0]}]{w[1:]}[ \n])' for w in spaces)})"


_BEFORE_ORDINAL: Final = ("on", "by", "until", "since", "before", "after", "week of", "week from")

#: Tried at every place; the longest match from the leftmost place wins, then the order here.
INCOMPLETE: Final[tuple[Rule, ...]] = (
    rule("month", MONTH_KEY, _MONTH_G, _read_month),
    rule(
        "month-in",
        r"\b(?:in|since|until)\s(?:jun|jul|sep|dec|mar|may)",
        rf"{_after('in', 'since', 'until')}"
        r"(?P<month>jun|jul|sep|dec|(?:march|may|mar)(?=\s?[,.;:!?)]|$))",
        _read_small_month,
    ),
    rule("weekday", WEEKDAY_KEY, rf"(?P<weekday>(?i:{LONG_WEEKDAY}))", _read_weekday),
    rule(
        "weekday",
        WEEKDAY_KEY,
        rf"{_after('on', 'by', 'since', 'until', 'or')}(?P<weekday>{ANY_WEEKDAY})(?!\s[A-Z])",
        _read_weekday,
    ),
    rule(
        "weekend",
        "weekend",
        rf"{_after('over the', 'at the', 'during the', 'on the')}weekend",
        _read_weekend,
    ),
    rule(
        "day",
        WEEKDAY_KEY,
        rf"(?P<weekday>{ANY_WEEKDAY}),?\s(?:the\s(?P<day>{ORDINAL})"
        r"|(?P<number>\d\d?(?:st|nd|rd|th)\b)|(?P<bare>\d\d?)(?=\s?[,.;:!?)]\D|\s?[,.;:!?)]?$"
        r"|\s(?:at|from|between)\s))(?!\sof\b)",
        _read_day,
    ),
    rule(
        "day",
        r"\d(?:st|nd|rd|th)\b",
        rf"{_after('on', *(f'{w} the' for w in _BEFORE_ORDINAL))}"
        r"(?P<weekday>)(?P<day>\d\d?(?:st|nd|rd|th)\b)(?!\sof\b)",
        _read_day,
    ),
    rule(
        "day",
        r"(?:th|st|nd|rd)\b",
        rf"{_after('on the', 'by the', 'until the', 'since the')}(?P<weekday>)"
        rf"(?P<day>(?!first|second|third|fourth|\d){ORDINAL})(?!\sof\b)",
        _read_day,
    ),
    rule(
        "day-month",
        r"\d/\d",
        rf"(?!9/11\b)(?:(?P<weekday>{ANY_WEEKDAY}),?\s)?(?P<first>\d\d?)/(?P<second>\d\d?)",
        _read_day_and_month,
    ),
    rule(
        "season",
        SEASON_KEY,
        rf"{_after('in the', 'by the', 'during the')}{SEASON}(?!\sof\b)",
        _read_season,
    ),
    rule(
        "relative",
        WHICH_KEY,
        rf"{WHICH}\s(?:{SEASON}|{_MONTH_G}|(?P<weekday>(?i:{LONG_WEEKDAY})))",
        _read_which,
    ),
    rule(
        "of-year",
        "year",
        rf"{_MONTH_G}(?:\s(?P<day>{ORDINAL}|\d\d?))?{_OF_WHICH_YEAR}",
        _read_of_year,
    ),
    rule("of-year", "year", rf"{DAY_TEXT}\s(?:of\s)?{_MONTH_G}{_OF_WHICH_YEAR}", _read_of_year),
    rule("of-year", "year", rf"{SEASON}{_OF_WHICH_YEAR}", _read_of_year),
    rule(
        "of-week",
        "week",
        rf"(?P<weekday>(?i:{LONG_WEEKDAY}))(?:\s(?i:morning|afternoon|evening|night))?(?:\sof)?\s{WHICH}\s(?i:week)",
        _read_day_of_week,
    ),
    rule(
        "of-week",
        "week",
        rf"{WHICH}\s(?i:week)(?:\son|,|\s?[-\u2013])?\s(?P<weekday>{ANY_WEEKDAY})",
        _read_day_of_week,
    ),
    rule(
        "of-month",
        "month",
        rf"(?P<day>{ORDINAL})\s(?:day\s)?of\s{WHICH}\s(?i:month)",
        _read_day_of_month,
    ),
    rule(
        "of-month",
        "month",
        rf"{_after('on the', 'by the', 'around the', 'since the', 'until the', 'before the')}"
        rf"(?P<day>{ORDINAL})\s{WHICH}\s(?i:month)",
        _read_day_of_month,
    ),
    rule(
        "next-day",
        "next",
        rf"(?P<which>(?i:next))\s(?:the\s)?(?:{DAY_TEXT}\s(?:of\s)?{_MONTH_G}"
        rf"|{_MONTH_G_LAST}\s(?:the\s)?{LAST_DAY_TEXT})(?!,?\s{YEAR})",
        _read_next_day,
    ),
    rule(
        "day-month",
        "next",
        r"(?P<which>(?i:next))\s(?P<first>\d\d?)/(?P<second>\d\d?)"
        r"(?=\s?[,;:!?)]|\.?$|\.\s|\s(?:to|at)\s)",
        _read_day_and_month,
    ),
    rule(
        "weekday-of-month",
        WEEKDAY_KEY,
        rf"{_NTH_WEEKDAY}{_MONTH_G}(?:,?\s(?:of\s|in\s)?(?P<year>{YEAR}))?",
        _read_weekday_of_month,
    ),
    rule(
        "weekday-of-month", "month", rf"{_NTH_WEEKDAY}{WHICH}\s(?i:month)", _read_weekday_of_month
    ),
    rule(
        "days-of-month",
        "month",
        rf"(?:(?i:between|from)\s(?:the\s)?)?{DAY_TEXT}(?:{DASH}|\s(?:to|until|till|through|and)\s)"
        rf"(?:the\s)?{LAST_DAY_TEXT}\s(?:(?:of|in)\s)?{WHICH}\s(?i:month)",
        _read_days_of_month,
    ),
    rule(
        "holiday",
        HOLIDAY_KEY,
        rf"(?P<holiday>(?i:{HOLIDAY}))(?:,?\s(?:(?:of|in)\s)?(?P<year>{YEAR})|{_OF_WHICH_YEAR})",
        _read_holiday_year,
    ),
    rule(
        "holiday-weekend",
        "weekend",
        rf"(?:(?P<holiday>(?i:{HOLIDAY}))(?:['’]s)?(?:\s(?P<year_before>{YEAR}))?\s(?i:weekend)"
        rf"|(?i:weekend\sof)\s(?P<holiday_after>(?i:{HOLIDAY})))(?:,?\s(?:of\s|in\s)?(?P<year>{YEAR}))?",
        _read_holiday_weekend,
    ),
    rule("holiday", HOLIDAY_KEY, rf"(?:{WHICH}\s)?(?P<holiday>(?i:{HOLIDAY}))", _read_holiday),
    *_other("solar", SOLAR_KEY, SOLAR_MONTH, _PLAIN_SOLAR, _read_solar),
    *_other("islamic", ISLAMIC_KEY, ISLAMIC_MONTH, _PLAIN_ISLAMIC, _read_islamic),
    rule(
        "other-year",
        r"\b1[345]\d\d\s",
        r"(?P<year>1[345]\d\d)\s(?P<era>A\.?H\.?S?|A\.?P\.?|S\.?H\.?|H\.?S\.?)",
        _read_year_of,
    ),
)
