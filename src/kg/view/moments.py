"""Where on a line of time a statement belongs, and how surely."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from dataclasses import dataclass

from kg.view.facts import TimeFact

__all__ = ["Moment", "are_apart", "moment_of", "when_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A stretch of days, both ends included, as ISO dates.

    A *day* is one day. A *span* is one within which it was, nobody says when. A *period* lasted
    from its beginning to its end; ``sure_first`` to ``sure_last`` is the part that it surely
    covers where its ends are known by their month or year alone (None: no part is sure). What is
    open goes on for nobody says how long; then the drawn end is the last day that is spoken of.
    """

    first: str
    last: str
    form: str  #: day, span or period
    sure_first: str | None = None
    sure_last: str | None = None
    open_start: bool = False
    open_end: bool = False


#: A stretch of days may be one through which a thing lasted ("from 1980 to 1987") or one within
#: which it was ("last week"). EDTF writes both alike: only the words tell, and where they do not
#: it is taken for the second, which says less.
_LASTING = re.compile(
    r"\b(?:from|since|until|till|through|throughout|onwards?)\b|\d\s*[–—-]\s*\d{2}", re.IGNORECASE
)
_PLAIN = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d\d))?)?[~?%]?")


def moment_of(times: Mapping[str, TimeFact], spoken: str | None = None) -> Moment | None:
    """Where a statement belongs, by its times; None where it has none that can be drawn.

    ``spoken`` is the day of the document: what goes on was still so on that day.

    >>> august = TimeFact(
    ...     iri="t", words="last August", edtf="2021-08", earliest="2021-08-01", latest="2021-08-31"
    ... )
    >>> moment_of({"at": august}).form
    'span'
    """
    if at := times.get("at"):
        if not _is_lasting(at):
            return _within(at)
        start, end = _bounds(at)
    else:
        start, end = times.get("start"), times.get("end")
        if start is not None and _is_lasting(start):  # "from 1980 to 1987" is the time of both
            start = _bounds(start)[0]
        if end is not None and _is_lasting(end):
            end = _bounds(end)[1]
    return _lasting(start, end, spoken, is_open=(start is None, end is None))


def when_of(times: Mapping[str, TimeFact]) -> str:
    """When, in the words of the text, with what they mean.

    >>> when_of({"end": TimeFact(iri="t", words="until 2004", edtf="../2004")})
    '“until 2004” (../2004)'
    """
    words = []
    for bound, lead in (("at", ""), ("start", "from "), ("end", "until ")):
        if time := times.get(bound):
            anchor = f", reckoned from {time.anchor}" if time.anchor else ""
            said = "" if time.words.lower().startswith(("from", "since", "until", "till")) else lead
            words.append(f"{said}“{time.words}” ({time.edtf}{anchor})")
    return ", ".join(dict.fromkeys(words))


def are_apart(one: Moment, other: Moment) -> bool:
    """Whether two times share no day, so that they cannot both be the time of one thing.

    >>> day = Moment(first="2021-08-03", last="2021-08-03", form="day")
    >>> are_apart(day, Moment(first="2021-08-01", last="2021-08-31", form="span"))
    False
    """
    before = one.last < other.first and not one.open_end and not other.open_start
    after = other.last < one.first and not other.open_end and not one.open_start
    return before or after


def _is_lasting(time: TimeFact) -> bool:
    first, _, last = time.edtf.partition("/")
    # "From early June": the whole stretch is where the beginning lies, not what lasted.
    rough = first.endswith("~") and last.endswith("~")
    return bool(last) and not rough and _LASTING.search(time.words) is not None


def _within(time: TimeFact) -> Moment | None:
    """A day or a span; of a time with one bound only that bound."""
    ends = _ends(time)
    if ends is None:
        return None
    first, last = ends
    exact = time.earliest == time.latest and not time.edtf.endswith(("~", "?"))
    return Moment(
        first=first,
        last=last,
        form="day" if exact else "span",
        open_start=time.earliest is None,
        open_end=time.latest is None,
    )


def _bounds(time: TimeFact) -> tuple[TimeFact | None, TimeFact | None]:
    """Both ends of a stretch as times of their own; one that cannot be read is its outer day."""
    halves = time.edtf.split("/")
    outer = (time.earliest, time.latest)
    start, end = (
        None
        if day is None
        else TimeFact(
            iri=time.iri,
            words=time.words,
            edtf=half,
            earliest=(known := _days(half) or (day, day))[0],
            latest=known[1],
        )
        for half, day in zip(halves, outer, strict=True)
    )
    return start, end


def _days(edtf: str) -> tuple[str, str] | None:
    """First and last day of a plain EDTF date.

    >>> _days("1990-02~")
    ('1990-02-01', '1990-02-28')
    """
    found = _PLAIN.fullmatch(edtf)
    if found is None or found[1] == "0000":
        return None
    year, month, day = found.groups()
    if day:
        return (f"{year}-{month}-{day}",) * 2
    if month:
        return (
            f"{year}-{month}-01",
            f"{year}-{month}-{calendar.monthrange(int(year), int(month))[1]}",
        )
    return f"{year}-01-01", f"{year}-12-31"


def _lasting(
    start: TimeFact | None, end: TimeFact | None, spoken: str | None, *, is_open: tuple[bool, bool]
) -> Moment | None:
    """A period between two ends, each of which may be missing."""
    begun, ended = _ends(start), _ends(end)
    if begun is not None:
        first, sure_first = begun
    elif ended is not None:
        first = sure_first = ended[0]
    else:
        return None
    sure_last, last = ended or (max(sure_first, spoken or ""),) * 2
    sure = first <= sure_first <= sure_last <= last
    return Moment(
        first=min(first, last),  # also where an end is stated that lies before the beginning
        last=max(first, last),
        form="period",
        sure_first=sure_first if sure else None,
        sure_last=sure_last if sure else None,
        open_start=is_open[0],
        open_end=is_open[1],
    )


def _ends(time: TimeFact | None) -> tuple[str, str] | None:
    """First and last day of an end of a period, the one for the other where it has but one."""
    if time is None:
        return None
    first, last = time.earliest or time.latest, time.latest or time.earliest
    return None if first is None or last is None else (first, last)
