"""Roles measured on re3d, with the project's scorer, and why pairs were missed.

    python -m bench.roles [--part train|dev] [--show]

The texts are cut in two by a hash of their names: the rules were written looking at the first
part (train), and what to keep was chosen by the figures of the second (dev). Prints for each
part what ``../shared/tools/score_re3d.py`` prints, then a table of the causes of what it missed.
``--show`` prints the missed pairs of the first part; those of the second are not looked at.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from kg.extraction import to_json
from kg.model import Findings, Settings
from kg.reading import extract

SHARED = Path(__file__).parents[2] / "shared"
CORPUS = SHARED / "corpora/re3d"
SCORER = SHARED / "tools/score_re3d.py"
PARTS = ("train", "dev")
PRONOUNS = {"he", "she", "i", "his", "her"}

type Record = dict[str, Any]
type Place = tuple[int, int]


def main() -> None:
    """Extract the texts of each part, score the roles and count why pairs were missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--part", choices=PARTS)
    parser.add_argument("--show", action="store_true", help="print what was missed in train")
    options = parser.parse_args()
    if not CORPUS.is_dir() or not SCORER.is_file():
        sys.exit(f"there is no {CORPUS} or no {SCORER}: this bench needs the shared corpora")
    for part in [options.part] if options.part else PARTS:
        print(f"== {part}")
        with tempfile.TemporaryDirectory() as folder:
            score(part, Path(folder), show=options.show and part == "train")


def score(part: str, folder: Path, *, show: bool) -> None:
    """Lay out one part of the corpus, extract it, and print figures and causes."""
    gold, texts, predictions = folder / "gold", folder / "texts", folder / "found.jsonl"
    lay_out(part, gold)
    run = [sys.executable, str(SCORER), str(gold)]
    subprocess.run([*run, "--write", str(texts)], check=True)
    found: dict[str, Record] = {}
    with predictions.open("w", encoding="utf-8") as file:
        for source, outcome in extract([texts], Settings()):
            if isinstance(outcome, Findings):
                found[source.path.stem] = to_json(outcome, path=source.path.as_posix())
                print(json.dumps(found[source.path.stem]), file=file)
    subprocess.run([*run, str(predictions), *(["--show"] if show else [])], check=True)
    for (kind, cause), number in sorted(Counter(missed(gold, found)).items()):
        print(f"{kind:24} {cause:44} {number:3}")


def part_of(name: str) -> str:
    """The part that a text belongs to, by a hash of its name."""
    return PARTS[hashlib.sha256(name.encode()).digest()[-1] % 2]


def lay_out(part: str, folder: Path) -> None:
    """Write the texts and marks of one part as the corpus has them."""
    for source in sorted(path for path in CORPUS.iterdir() if (path / "documents.json").is_file()):
        target = folder / source.name
        target.mkdir(parents=True)
        for name, key in (
            ("documents", "_id"),
            ("entities", "documentId"),
            ("relations", "documentId"),
        ):
            kept = [row for row in rows(source / f"{name}.json") if part_of(row[key]) == part]
            lines = "".join(f"{json.dumps(row)}\n" for row in kept)
            (target / f"{name}.json").write_text(lines, encoding="utf-8")


def rows(path: Path) -> list[Record]:
    """The JSON values of a file, one a line."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


# ---- why a pair was missed


def missed(gold: Path, found: Mapping[str, Record]) -> Iterator[tuple[str, str]]:
    """The kind of each pair that no role gives, and the cause."""
    for folder in sorted(gold.iterdir()):
        texts = {row["_id"]: row["text"] for row in rows(folder / "documents.json")}
        types = {
            (row["documentId"], row["begin"], row["end"]): row["type"]
            for row in rows(folder / "entities.json")
        }
        for row in rows(folder / "relations.json"):
            name = row["documentId"]
            one = row["sourceBegin"], row["sourceEnd"]
            other = row["targetBegin"], row["targetEnd"]
            kinds = types.get((name, *one)), types.get((name, *other))
            kind = kind_of(
                row["type"], kinds, texts[name][slice(*one)] != texts[name][slice(*other)]
            )
            named = with_names_alone(found[name], texts[name])
            if kind and not is_said(named, one, other):
                body = one if kinds[0] == "Organisation" else other
                yield kind, cause(found[name], (one, other), texts[name][slice(*body)])


def kind_of(relation: str, kinds: Sequence[str | None], differ: bool) -> str | None:
    """Which of the scorer's two kinds of pairs a relation is."""
    if relation == "IsSynonymOf" and set(kinds) == {"Person"} and differ:
        return "name and title"
    if relation in {"InChargeOf", "BelongsTo"} and set(kinds) == {"Person", "Organisation"}:
        return "person in organisation"
    return None


def overlaps(places: Sequence[Sequence[int]], place: Place) -> bool:
    """Whether one of the places shares a character with a place."""
    return any(start < place[1] and place[0] < end for start, end in places)


def people(record: Record) -> dict[str, list[list[int]]]:
    """The mentions of each person."""
    return {
        entity["id"]: entity["mentions"]
        for entity in record["entities"]
        if entity["kind"] == "person"
    }


def with_names_alone(record: Record, text: str) -> Record:
    """What was found without the pronouns among the mentions, as the scorer reads it."""
    entities = [
        entity | {"mentions": [m for m in entity["mentions"] if is_name(text[slice(*m)])]}
        for entity in record["entities"]
    ]
    return record | {"entities": entities}


def is_name(words: str) -> bool:
    """Whether the scorer takes a mention into account."""
    return bool(re.search(r"[A-Z]", words)) and words.lower() not in PRONOUNS


def is_said(record: Record, one: Place, other: Place) -> bool:
    """Whether a role has its holder at one of two places and its evidence at both."""
    mentions = people(record)
    return any(
        (overlaps(held := mentions.get(role["person"], []), one) or overlaps(held, other))
        and overlaps(role["evidence"], one)
        and overlaps(role["evidence"], other)
        for role in record["roles"]
    )


def cause(record: Record, pair: tuple[Place, Place], body: str) -> str:
    """Why no role gives a pair."""
    if is_said(record, *pair):
        return "a pronoun alone holds the role"
    known = [mention for spans in people(record).values() for mention in spans]
    others = [m for e in record["entities"] if e["kind"] != "person" for m in e["mentions"]]
    if not any(overlaps(known, place) for place in pair):
        return "no person was found at either place"
    if not re.search(r"[A-Z]", re.sub(r"^(The|A|An|Our)\s", "", body)):
        return "the other is described, not named"
    if not all(overlaps(known + others, place) for place in pair):
        return "the other was not found as an entity"
    if any(overlaps(role["evidence"], place) for role in record["roles"] for place in pair):
        return "there is a role, but not of both"
    return "no rule gives a role"


if __name__ == "__main__":
    main()
