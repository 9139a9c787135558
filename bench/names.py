"""How well names are told to be one, on nomenklatura's pairs of names.

Each pair is two documents that name one thing each, resolved as in a case. ``same``: joined by a
rule; ``suggested``: left to a person. The pairs are cut in two by a hash: the rules were written
looking at the first half, their numbers were chosen by the figures of the second.

Usage: python bench/names.py [CASES.csv] [--show]
"""

from __future__ import annotations

import argparse
import csv
import hashlib
from collections import Counter
from pathlib import Path

from kg.identity import resolve
from kg.model import Document, Entity, EntityKind, Findings, Form, Mention, Span

CASES = Path(__file__).parents[2] / "shared" / "corpora" / "name_pairs" / "cases.csv"


def document(number: int, name: str, kind: EntityKind) -> Findings:
    """A document that says nothing but a name."""
    sha256 = hashlib.sha256(f"{number}{name}".encode()).hexdigest()
    mention = Mention(span=Span(0, len(name)), form=Form.NAME, method="bench")
    return Findings(
        document=Document(
            text=name,
            sha256=sha256,
            file_sha256=sha256,
            file=f"{number}.txt",
            location="",
            media_type="text/plain",
        ),
        entities=(Entity(id="e1", kind=kind, name=name, mentions=(mention,)),),
    )


def verdict(case: dict[str, str]) -> str:
    """What is made of a pair: same, suggested or apart."""
    kind = EntityKind.PERSON if case["schema"] == "Person" else EntityKind.ORGANIZATION
    pair = [document(at, case[f"name{at}"], kind) for at in (1, 2)]
    found = resolve(pair, base="https://kg.example/")
    if len(set(found.canonical.values())) == 1:
        return "same"
    return "suggested" if found.suggestions else "apart"


def half(case: dict[str, str]) -> int:
    """Which half of the pairs one belongs to."""
    words = f"{case['schema']}|{case['name1']}|{case['name2']}"
    return int(hashlib.sha256(words.encode()).hexdigest(), 16) % 2


def main() -> None:
    """Print the figures of both halves, and the errors of the first when asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cases", nargs="?", type=Path, default=CASES)
    parser.add_argument("--show", action="store_true", help="print the errors of the first half")
    options = parser.parse_args()
    if not options.cases.is_file():
        print(f"no pairs in {options.cases.name!r}: skipped")
        return
    with options.cases.open(encoding="utf-8", newline="") as file:
        cases = list(csv.DictReader(file))
    for number, name in enumerate(("looked at", "chosen on")):
        counts: Counter[tuple[str, bool]] = Counter()
        for case in (case for case in cases if half(case) == number):
            given, match = verdict(case), case["is_match"] == "true"
            counts[given, match] += 1
            if options.show and number == 0 and (given != "apart") != match:
                print(given, match, case["name1"], case["name2"], sep=" | ")
        _report(name, counts)


def _report(name: str, counts: Counter[tuple[str, bool]]) -> None:
    same = counts["same", True] + counts["same", False]
    given = same + counts["suggested", True] + counts["suggested", False]
    right = counts["same", True] + counts["suggested", True]
    print(
        f"{name}: {counts.total()} pairs; same {same}, right {counts['same', True]}; "
        f"same or suggested {given}, right {right} of {right + counts['apart', True]} "
        f"(recall {right / (right + counts['apart', True]):.3f}, precision {right / given:.3f})"
    )


if __name__ == "__main__":
    main()
