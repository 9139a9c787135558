"""How well numbers and their bounds are read, on Microsoft Recognizers-Text.

Cases with an even index are for development, odd ones are reported. Right: the figure that
overlaps the expected words has the expected value (NumberModel) or bounds (NumberRangeModel;
whether a bound itself is meant is not kept by kg, so open and closed ends count alike).
Fractions, powers and ordinals such as "a hundredth" or "1.3x10^6" are asked and not read.

Usage: python bench/quantities.py [CORPUS_FOLDER] [--even] [--show]
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from kg.extraction.quantities.find import Figure, find_figures

CORPUS = Path(__file__).parents[2] / "shared" / "corpora" / "dates_and_numbers"


def bounds(result: dict[str, Any]) -> tuple[float | None, float | None]:
    """The bounds that a result asks for."""
    value = result["Resolution"]["value"]
    if value[0] not in "([":
        return float(value), float(value)
    low, high = value[1:-1].split(",")
    return (float(low) if low else None), (float(high) if high else None)


def judge(figures: tuple[Figure, ...], result: dict[str, Any]) -> str:
    """Right, wrong or missed."""
    start, end = result["Start"], result["End"] + 1
    own = [one for one in figures if one.start < end and start < one.end]
    if not own:
        return "missed"
    wanted = bounds(result)
    return "right" if any((one.lower, one.upper) == wanted for one in own) else "wrong"


def main() -> None:
    """Print the counts by kind, and the cases when asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", nargs="?", type=Path, default=CORPUS)
    parser.add_argument("--even", action="store_true", help="the half to develop on")
    parser.add_argument("--show", action="store_true", help="print the cases that are not right")
    options = parser.parse_args()
    for name in ("NumberModel", "NumberRangeModel"):
        text = (options.corpus / f"{name}.json").read_text(encoding="utf-8-sig")
        counts: Counter[str] = Counter()
        for case in json.loads(text)[0 if options.even else 1 :: 2]:
            figures = find_figures(case["Input"])
            for result in case["Results"]:
                verdict = judge(figures, result)
                counts[verdict] += 1
                if options.show and verdict != "right":
                    own = [(case["Input"][f.start : f.end], f.lower, f.upper) for f in figures]
                    sys.stdout.write(f"{verdict}: {case['Input'][:120]!r} {bounds(result)} {own}\n")
        sys.stdout.write(f"{name} {counts.total()} {dict(sorted(counts.items()))}\n")


if __name__ == "__main__":
    main()
