"""Coreference of persons measured on GAP, with the project's scorer, and on GUM.

    python -m bench.coreference [--part development|validation] [--gum]

For GAP prints what ``../shared/tools/score_gap.py`` prints. For GUM prints how many of "he",
"she" and their forms are joined to an entity with a marked name or description, and for how
many the nearest of these is one of the person that the pronoun stands for.
Then how many pairs of names and descriptions of persons are joined, and how many rightly.
"""

from __future__ import annotations

import argparse
import itertools
import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from kg.extraction import to_json
from kg.model import Findings, Form, Settings
from kg.reading import extract
from training.coreference.gum import PRONOUNS, Gold, marked_at, read_gum

SHARED = Path(__file__).parents[2] / "shared"


def main() -> None:
    """Extract the texts of a corpus and score the persons."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--part", choices=("development", "validation"), default="development")
    parser.add_argument("--gum", action="store_true", help="measure on GUM instead")
    options = parser.parse_args()
    if options.gum:
        score_gum(SHARED / "corpora/gum/dep")
    else:
        score_gap(SHARED / f"corpora/gap/gap-{options.part}.tsv")


def score_gap(gold: Path) -> None:
    """Lay out the texts, extract them, and print what the scorer says."""
    scorer = SHARED / "tools/score_gap.py"
    if not gold.is_file() or not scorer.is_file():
        sys.exit(f"there is no {gold} or no {scorer}: this bench needs the shared corpora")
    with tempfile.TemporaryDirectory() as folder:
        texts, predictions = Path(folder, "texts"), Path(folder, "found.jsonl")
        run = [sys.executable, str(scorer), str(gold)]
        subprocess.run([*run, "--write", str(texts)], check=True)
        with predictions.open("w", encoding="utf-8") as file:
            for source, outcome in extract([texts], Settings()):
                if isinstance(outcome, Findings):
                    print(json.dumps(to_json(outcome, path=source.path.as_posix())), file=file)
        subprocess.run([*run, str(predictions)], check=True)


# ---- GUM


def score_gum(folder: Path) -> None:
    """Extract the texts of GUM and print how well pronouns and names are joined."""
    if not folder.is_dir():
        sys.exit(f"there is no {folder}: this bench needs the shared corpora")
    counts: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as laid:
        golds = {}
        for path in sorted(folder.glob("*.conllu")):
            golds[path.stem] = read_gum(path)
            Path(laid, f"{path.stem}.txt").write_bytes(golds[path.stem].text.encode())
        for source, outcome in extract([Path(laid)], Settings()):
            if isinstance(outcome, Findings):
                for name, number in _compare(golds[source.path.stem], outcome):
                    counts[name] += number
    print(f"pronouns {counts['pronouns']}")
    right, answered = counts["right"], counts["answered"]
    print(f"answered {answered}  {answered / counts['pronouns']:.3f}")
    print(f"right {right}  of all {right / counts['pronouns']:.3f}  of the answered ", end="")
    print(f"{right / max(1, answered):.3f}")
    both = counts["joined rightly"]
    precision, recall = both / max(1, counts["joined"]), both / max(1, counts["pairs"])
    print(f"pairs of names and descriptions  P {precision:.3f}  R {recall:.3f}")


def _compare(gold: Gold, found: Findings) -> Iterator[tuple[str, bool]]:
    """What to count in one text."""
    entity_at: dict[tuple[int, int], str] = {}
    standing: dict[str, list[tuple[int, str]]] = {}  # names and descriptions that are marked too
    for entity in found.entities:
        for mention in entity.mentions:
            start, end = mention.span.start, mention.span.end
            entity_at[start, end] = entity.id
            marked = marked_at(gold, start, end)
            if mention.form is not Form.PRONOUN and marked is not None:
                standing.setdefault(entity.id, []).append((start, marked.person))
    for marked in gold.mentions:
        if gold.text[marked.start : marked.end].lower() not in PRONOUNS:
            continue
        yield "pronouns", True
        known = standing.get(entity_at.get((marked.start, marked.end), ""), [])
        if known:
            _, person = min(known, key=lambda one: abs(one[0] - marked.start))
            yield "answered", True
            yield "right", person == marked.person
    pairs = [(entity, person) for entity, all_of in standing.items() for _, person in all_of]
    for (entity, person), (other, other_person) in itertools.combinations(pairs, 2):
        yield "joined", entity == other
        yield "pairs", person == other_person
        yield "joined rightly", entity == other and person == other_person


if __name__ == "__main__":
    main()
