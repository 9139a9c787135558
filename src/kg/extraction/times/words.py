"""The words of times, and what months, days, years and counts of units say."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from typing import Final

from kg.extraction.numerals import NUMERAL, read_numeral

__all__ = [
    "ANY_WEEKDAY",
    "CARDINAL",
    "CARDINAL_DAY",
    "COUNT",
    "DASH",
    "DAY_TEXT",
    "DECADE_WORDS",
    "LAST_DAY_TEXT",
    "LEAD",
    "LONG_WEEKDAY",
    "MONTH",
    "MONTH_KEY",
    "MONTH_YEAR_WORDS",
    "ORDINAL",
    "SEASON",
    "SEASONS",
    "SEASON_KEY",
    "SMALL_MONTH",
    "UNIT",
    "UNIT_KEY",
    "WEEKDAY_KEY",
    "WHICH",
    "WHICH_KEY",
    "YEAR",
    "YEAR_TAIL",
    "YEAR_WORDS",
    "calendar_date",
    "day_of",
    "full_year",
    "groups",
    "measure",
    "month_of",
    "ordinal_of",
    "unit_of",
    "weekday_of",
    "which_of",
    "year_of",
    "year_of_words",
]

_MONTHS: Final = {
    name[:3].casefold(): number for number, name in enumerate(calendar.month_name) if number
}
_WEEKDAYS: Final = {name[:3].casefold(): number for number, name in enumerate(calendar.day_name)}
SEASONS: Final = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
_ORDINAL_WORDS: Final = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
    "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth "
    "twentieth twenty-first twenty-second twenty-third twenty-fourth twenty-fifth "
    "twenty-sixth twenty-seventh twenty-eighth twenty-ninth thirtieth thirty-first"
)
_ORDINALS: Final = {word: place for place, word in enumerate(_ORDINAL_WORDS.split(), start=1)}
_DECADES: Final = "twenties thirties forties fifties sixties seventies eighties nineties"
DECADE_WORDS: Final = {word: 10 * place for place, word in enumerate(_DECADES.split(), start=2)}

#: How the words begin that stand in every expression of a kind.
MONTH_KEY: Final = "jan feb mar apr may jun jul aug sep oct nov dec"
WEEKDAY_KEY: Final = "mon tue wed thu fri sat sun"
SEASON_KEY: Final = "spring summer autumn fall winter"
UNIT_KEY: Final = "day week fortnight month quarter year decade centur"
WHICH_KEY: Final = "last this next past previous coming upcoming"

MONTH: Final = (
    r"(?:(?i:january|february|april|june|july|august|september|october|november|december)"
    r"|March|MARCH|May|MAY|(?i:(?:jan|feb|apr|aug|sept|oct|nov)(?![a-z])\.?)"
    r"|(?:Mar|Jun|Jul|Sep|Dec)(?![a-z])\.?"
    r"|(?:MAR|JUN|JUL|SEP|DEC)(?![A-Z])\.?)"
)
#: In small letters too, where a day stands beside it: the 5th of may.
SMALL_MONTH: Final = r"(?:march|may|(?:mar|jun|jul|sep|dec)(?![a-z])\.?)"
#: A weekday by its whole name, and by an abbreviation as well.
LONG_WEEKDAY: Final = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
ANY_WEEKDAY: Final = (
    rf"(?:(?i:{LONG_WEEKDAY})|(?:Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)(?![a-z])\.?)"
)
#: A weekday before a date.
LEAD: Final = rf"(?:(?P<weekday>{ANY_WEEKDAY}),?\s(?:the\s)?)?"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_SUFFIX = r"(?:\s?(?:st|nd|rd|th)\b)?"
_ORDINAL_DAY = "|".join(sorted(_ORDINALS, key=len, reverse=True)).replace("-", "[- ]")
_ANY_DAY = rf"(?:{_DAY}{_SUFFIX}|(?i:{_ORDINAL_DAY})\b)(?:\sday\sof(?=\s))?"
DAY_TEXT: Final = rf"(?P<day>{_ANY_DAY})"
LAST_DAY_TEXT: Final = rf"(?P<last_day>{_ANY_DAY})"
_UNIT_WORD = r"(?:one|two|three|four|five|six|seven|eight|nine)"
_TEEN_WORD = r"(?:ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen)"
_TENS_WORD = r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
#: A day of a month as a number in words: "twenty nine", before the end of a phrase.
CARDINAL: Final = rf"(?i:(?:(?:twenty|thirty)[- ])?{_UNIT_WORD}|{_TEEN_WORD}|twenty|thirty)"
CARDINAL_DAY: Final = rf"{CARDINAL}(?=\s?[,.;:!?)]|$)"
#: The place of a day, week or month: "third", "21st".
ORDINAL: Final = rf"(?:{_DAY}\s?(?:st|nd|rd|th)\b|(?i:{_ORDINAL_DAY})\b)"
YEAR: Final = r"(?:1\d|20|21)\d\d"
DASH: Final = r"\s?[-\u2010-\u2015~]\s?"
_UNDER_HUNDRED = rf"(?:{_TEEN_WORD}|{_TENS_WORD}(?:[- ]{_UNIT_WORD})?)"
#: A year in words: nineteen eighty-eight, two thousand and eleven.
YEAR_WORDS: Final = (
    rf"(?i:(?:(?:seven|eigh|nine)teen|twenty)[- ]"
    rf"(?:hundred(?: (?:and )?(?:{_UNDER_HUNDRED}|{_UNIT_WORD}))?|oh?[- ]{_UNIT_WORD}"
    rf"|{_UNDER_HUNDRED})"
    rf"|two thousand (?:and )?(?:{_UNDER_HUNDRED}|{_UNIT_WORD})"
    #: not "in May two thousand and eleven people": what ends a phrase follows
    r"(?= ?(?:[,.;:!?)\]]|$|\b(?:and|in|at|to|by|the|when|as|for|with|from|after|before)\b)))"
)
#: After a month the round year as well: in October two thousand.
MONTH_YEAR_WORDS: Final = (
    rf"(?:{YEAR_WORDS}|(?i:two thousand)"
    rf"(?= ?[.;:!?)\]]|$| and\s(?!{_UNDER_HUNDRED}|{_UNIT_WORD}|an?\s)))"
)
YEAR_TAIL: Final = (
    rf"(?:\s?,?\s?(?:of\s|in\s|-|/)?(?P<year>{YEAR})(?![\d%]|[.,:]\d)"
    rf"|,?\s['’](?P<short>\d\d)(?!\d)|,?\s(?P<words>{MONTH_YEAR_WORDS})(?![\w-]))?"
)
#: A count of units, in numbers or vague; and the units.
COUNT: Final = (
    rf"(?P<count>{NUMERAL}|an?"
    r"|(?i:a few|few|several|many|some|(?:a )?couple(?: of)?|countless))"
)
UNIT: Final = r"(?P<unit>(?i:day|fortnight|week|month|year|decade|century|centurie)s?)"
SEASON: Final = r"(?P<season>(?i:spring|summer|autumn|fall|winter))"
WHICH: Final = (
    r"(?P<which>(?i:last|this|next|past|previous|coming|upcoming|current"
    r"|this (?:past|coming|upcoming|last|next)))"
)
_WHICH_KIND: Final = {
    "last": "last",
    "past": "last",
    "previous": "last",
    "this past": "last",
    "this last": "last",
    "this": "this",
    "current": "this",
    "next": "next",
    "coming": "next",
    "upcoming": "next",
    "this upcoming": "next",
    "this coming": "next",
    "this next": "next",
}


def groups(match: re.Match[str]) -> dict[str, str | None]:
    """The named groups of a match, those that it lacks or leaves out as None."""
    return match.groupdict()


def month_of(words: str) -> int:
    """The number of a month by its name.

    >>> month_of("Sept."), month_of("MAY")
    (9, 5)
    """
    return _MONTHS[words[:3].casefold()]


def weekday_of(words: str | None) -> int | None:
    """The number of a weekday by its name, Monday being 0.

    >>> weekday_of("Tues."), weekday_of(None)
    (1, None)
    """
    return _WEEKDAYS[words[:3].casefold()] if words else None


def which_of(match: re.Match[str]) -> str:
    """What the group ``which`` says: last, this or next."""
    return _WHICH_KIND[re.sub(r"\s+", " ", match["which"].casefold())]


def ordinal_of(words: str) -> int:
    """The number of an ordinal in digits or words, up to thirty-first; of a cardinal too.

    >>> ordinal_of("22nd"), ordinal_of("twenty first")
    (22, 21)
    """
    if found := re.match(r"\d+", words):
        return int(found.group())
    plain = re.sub(r"\s+", "-", words.casefold())
    return _ORDINALS[plain] if plain in _ORDINALS else int(read_numeral(plain) or 0)


def day_of(words: str) -> int:
    """The number of a day of a month: "22nd", "third", "third day of"."""
    return ordinal_of(re.sub(r"\s+day\s+of$", "", words, flags=re.IGNORECASE))


def year_of(match: re.Match[str], published: dt.date | None) -> int | None:
    """The year a match gives, in full, by its last two digits or in words."""
    found = groups(match)
    if full := found.get("year"):
        return int(full)
    if words := found.get("words"):
        return year_of_words(words)
    short = found.get("short")
    return full_year(int(short), published) if short else None


def full_year(short: int, published: dt.date | None) -> int:
    """The latest year that ends so and is not over ten years after the published one.

    >>> full_year(88, dt.date(2022, 3, 22)), full_year(25, dt.date(2022, 3, 22))
    (1988, 2025)
    """
    limit = (published.year if published else 2029) + 10
    return max(limit - (limit - short) % 100, dt.MINYEAR)


def year_of_words(words: str) -> int | None:
    """The year that words say; None where they are no year.

    >>> year_of_words("nineteen eighty-eight"), year_of_words("two thousand and eleven")
    (1988, 2011)
    >>> year_of_words("eighteen hundred and five"), year_of_words("two thousand")
    (1805, 2000)
    """
    parts = re.split(r"[\s-]+", words.casefold())
    if parts[1] == "thousand":
        value = read_numeral(" ".join(part for part in parts if part != "and"))
        return None if value is None else int(value)
    head = read_numeral(parts[0])
    rest = [part for part in parts[1:] if part not in ("o", "oh", "hundred", "and")]
    tail = read_numeral(" ".join(rest)) if rest else 0.0
    return None if head is None or tail is None else int(head * 100 + tail)


def calendar_date(year: int, month: int, day: int) -> dt.date | None:
    """A day of our calendar, None where it has no such day."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def unit_of(words: str) -> str:
    """A unit of time in the singular.

    >>> unit_of("Centuries"), unit_of("day")
    ('century', 'day')
    """
    singular = words.casefold().rstrip("s")
    return "century" if singular.startswith("centur") else singular


def measure(words: str, unit: str) -> tuple[float | None, str]:
    """A count (None where it is vague) and its unit in the singular; fortnights as weeks.

    >>> measure("two", "fortnights")
    (4.0, 'week')
    """
    count, singular = _count_of(words), unit_of(unit)
    if singular != "fortnight":
        return count, singular
    return None if count is None else 2 * count, "week"


def _count_of(words: str) -> float | None:
    """The count before a unit; None where it is vague."""
    words = re.sub(r"\s+", " ", words.casefold())
    if words in ("a", "an"):
        return 1.0
    if words.startswith(("a couple", "couple")):
        return 2.0
    return read_numeral(words)
