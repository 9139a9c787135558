"""The shapes of time expressions: a rule is a pattern and a reader that gives an ``Atom``."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from kg.extraction.times.calendars import Calendar
from kg.extraction.times.periods import Period

__all__ = [
    "NO_ANCHOR",
    "UNANCHORED",
    "Atom",
    "Key",
    "Partial",
    "Reader",
    "Rule",
    "known",
    "left_open",
    "reckoned",
    "rule",
    "spaced",
    "told",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Partial:
    """A date that lacks its year, its month or all but the weekday.

    ``which`` is last, this or next; ``holiday`` the name of one.
    """

    month: int | None = None
    day: int | None = None
    last_day: int | None = None  #: of a stretch of days
    season: int | None = None
    weekday: int | None = None  #: Monday is 0
    holiday: str | None = None
    calendar: Calendar = Calendar.GREGORIAN
    only_close: bool = False  #: Friday 23, which is a date only where the calendar bears it out
    nth: int | None = None  #: the nth such weekday of the month
    weekend: bool = False
    either: bool = False  #: day and month may be the other way round: 3/4
    which: str | None = None
    loose: bool = False  #: next Friday, which may be this week's or next week's

    @property
    def is_near(self) -> bool:
        """Whether it is chosen among weeks: a weekday or weekend and no more."""
        return self.month is None and self.season is None and self.holiday is None and not self.day


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A time that is counted from one told before: so many units on, or that unit itself."""

    unit: str
    steps: float = 0
    exact: bool = True
    partial: Partial | None = None  #: the following January


@dataclass(frozen=True, slots=True, kw_only=True)
class Atom:
    """One time expression as it was read.

    Exactly one of ``period``, ``partial``, ``told`` and ``reason`` (why it stays open) is
    given. ``anchored`` says that the published date was used. A ``doubtful`` atom is a time
    only when its surroundings say so.
    """

    period: Period | None = None
    partial: Partial | None = None
    told: Told | None = None
    reason: str | None = None
    anchored: bool = False
    doubtful: bool = False
    explicit_year: bool = False
    needs_future: bool = False
    of_today: bool = False  #: stays open where the paragraph tells of another year
    instead: Period | None = None  #: in a clause about the future, reckoned from the published date


type Reader = Callable[[re.Match[str], dt.date | None], Atom | None]


#: Beginnings of words in small letters, or a pattern for what is no word.
type Key = tuple[str, ...] | re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Rule:
    """A shape of words and how to read it; ``read`` gives None where it is no time after all.

    Every match of the pattern holds one of the ``key``, which is quicker to look for.
    """

    name: str
    key: Key
    pattern: re.Pattern[str]
    read: Reader


NO_ANCHOR: Final = "a relative time, and the document has no published date"
UNANCHORED: Final = Atom(reason=NO_ANCHOR)

_END = r"(?![\w%]|[.,:/-]\d)"
_START = r"(?<![\w$€£#])(?<![$€£] )(?:(?<!\d[.,:/-])|(?=[A-Za-z]))"

#: A few spaces, or a line break that is not the end of a paragraph. Bounded, so that a long
#: run of white space is not searched again from each of its places.
_SPACE = r"(?:[^\S\n]{1,4}(?:\n[^\S\n]{0,8})?|\n[^\S\n]{0,8})"


def spaced(pattern: str) -> str:
    r"""A pattern whose spaces, outside of character classes, match any run of white space.

    >>> re.fullmatch(spaced("last year"), "last\n  year") is not None
    True
    """
    return re.sub(r"\[[^\]]*\]|\\s| ", lambda m: m[0] if m[0][0] == "[" else _SPACE, pattern)


def rule(name: str, key: str, pattern: str, read: Reader, *, any_case: bool = False) -> Rule:
    """A rule for whole words; a space in the pattern is any run of white space.

    The key is the beginnings of words, parted by spaces, or a pattern with a backslash.
    """
    compiled = re.compile(
        f"{_START}{spaced(pattern)}{_END}", re.IGNORECASE if any_case else re.NOFLAG
    )
    quick = re.compile(key) if "\\" in key else tuple(key.split())
    return Rule(f"rule:time-{name}", quick, compiled, read)


def known(period: Period | None, *, explicit_year: bool = True) -> Atom | None:
    """A time that the words give by themselves."""
    return Atom(period=period, explicit_year=explicit_year) if period else None


def reckoned(period: Period | None) -> Atom | None:
    """A time that was reckoned from the published date."""
    return Atom(period=period, anchored=True) if period else None


def told(unit: str, steps: float, *, exact: bool = True) -> Atom:
    """A time to be counted from one that the text told before."""
    return Atom(told=Told(unit=unit, steps=steps, exact=exact))


def left_open(reason: str) -> Reader:
    """A reader for words that are about time, but no one time."""
    return lambda _match, _published: Atom(reason=reason)
