"""Whether the speaker of a claim is the right entity, on 300 hand-marked claims of PolNeAR dev.

    python bench/speakers.py [GOLD_FOLDER] [--model rules|FOLDER] [--show N]

``speakers.csv`` beside this file gives, for 150 direct and 150 indirect attributions drawn by
chance, the place of the best words for who speaks in the article (the full name, else the
clearest description), as one careful reader decided; places only, no text. A claim of ours
belongs to a mark when their contents overlap most, by half at least (Jaccard, characters). It
is right when its speaker has a mention that overlaps the marked words; it abstains when it has
no speaker. Where the reader could not tell (kind unknown), abstaining is right.

Prints for each mode: marks, found, answered, right, accuracy of those answered.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import Counter, defaultdict
from pathlib import Path

from kg.documents import Source, find, read
from kg.extraction import extract
from kg.model import Claim, Findings, Settings, Span

DEFAULT = Path(__file__).parents[2] / "shared/corpora/polnear/dev"
MARKS = Path(__file__).with_name("speakers.csv")
#: Less overlap than this and a claim is about something else.
_LEAST = 0.5


def main() -> None:
    """Extract the marked articles and compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=DEFAULT)
    parser.add_argument("--model", help="rules, or the folder of a model")
    parser.add_argument("--show", type=int, default=0, help="print so many wrong speakers")
    options = parser.parse_args()
    if not options.folder.is_dir():
        sys.exit(f"there is no {options.folder}: this bench needs the shared corpora")
    settings = Settings(attribution=options.model)
    with MARKS.open(encoding="utf-8", newline="") as file:
        marks = list(csv.DictReader(file))
    wanted = {mark["article"] for mark in marks}
    found = {
        source.path.stem: extract(read(source), settings=settings)
        for source in find([options.folder / "text"])
        if isinstance(source, Source) and source.path.stem in wanted
    }
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    left = options.show
    for mark in marks:
        outcome, words = judge(mark, found[mark["article"]])
        counts[mark["mode"]][outcome] += 1
        if outcome == "wrong" and left:
            left -= 1
            print(mark["article"], words, file=sys.stderr)
    for mode, row in counts.items():
        answered = row["right"] + row["wrong"]
        print(
            f"{mode:9} marks {sum(row.values()):4}  not found {row['not found']:3}  "
            f"abstained {row['abstained']:3}  rightly left open {row['rightly open']:3}  "
            f"answered {answered:4}  right {row['right']:4}  "
            f"accuracy {row['right'] / max(answered, 1):.3f}"
        )


def judge(mark: dict[str, str], findings: Findings) -> tuple[str, str]:
    """How a mark's claim fares, and in words what was found."""
    text = findings.document.text
    content = Span(int(mark["start"]), int(mark["end"]))
    best = max(findings.claims, key=lambda claim: _overlap(claim, content), default=None)
    if best is None or _overlap(best, content) < _LEAST:
        return "not found", ""
    speaker = next((e for e in findings.entities if e.id == best.speaker), None)
    unknown = mark["kind"] == "unknown"
    if speaker is None:
        return ("rightly open" if unknown else "abstained"), ""
    words = f"{speaker.name!r} says {content.of(text)[:80]!r}"
    if unknown:
        return "wrong", f"{words}; nobody is known to"
    right = Span(int(mark["speaker_start"]), int(mark["speaker_end"]))
    if any(mention.span.overlaps(right) for mention in speaker.mentions):
        return "right", ""
    return "wrong", f"{words}; it is {right.of(text)!r}"


def _overlap(claim: Claim, content: Span) -> float:
    """Shared characters of a claim's content and a span, as a share of all of both."""
    whole = Span(claim.content[0].start, claim.content[-1].end)
    shared = min(whole.end, content.end) - max(whole.start, content.start)
    return max(0, shared) / (max(whole.end, content.end) - min(whole.start, content.start))


if __name__ == "__main__":
    main()
