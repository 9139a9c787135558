"""What marked texts say of names: persons, organisations, places, or none of these."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from training.coreference.gum import read_gum as read_gum_file

#: The classes of the marks, by the names that GUM and re3d give them; all others are "other".
_CLASSES = {
    "person": "person", "organization": "organization", "place": "place",
    "Person": "person", "Organisation": "organization", "Location": "place",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Marks:
    """A text and its marks: start and end of what must lie in a name, of the whole, its class.

    ``complete`` texts mark all names; in the others what is not marked says nothing.
    """

    text: str
    stretches: Sequence[tuple[int, int, int, int, str]]
    complete: bool
    corpus: str

    def class_at(self, start: int, end: int) -> str | None:
        """The class of a name: that of the mark most alike among those whose core it holds.

        Without one that of the shortest mark that it ends: in "team member X" the core is before X.
        """
        over = [
            (abs(first - start) + abs(last - end), name)
            for core, end_of_core, first, last, name in self.stretches
            if start <= core and end_of_core <= end
        ] or [
            (start - first, name)
            for *_, first, last, name in self.stretches
            if first <= start and last == end
        ]
        return min(over, default=(0, None))[1]


def read_gap(path: Path) -> Iterator[Marks]:
    """GAP: the two names of each snippet are persons'."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            starts = [(int(row[f"{one}-offset"]), row[one]) for one in "AB"]
            names = [(start, start + len(words)) for start, words in starts]
            marked = [(end - 1, end, start, end, "person") for start, end in names]
            yield Marks(row["Text"], marked, complete=False, corpus="gap")


def read_re3d(folder: Path) -> Iterator[Marks]:
    """The texts of re3d."""
    for source in sorted(folder.glob("*/documents.json")):
        marks: dict[str, list[tuple[int, int, int, int, str]]] = {}
        for line in source.with_name("entities.json").read_text(encoding="utf-8").splitlines():
            one = json.loads(line)
            kind = _CLASSES.get(one["type"], "other")
            place = (one["end"] - 1, one["end"], one["begin"], one["end"])
            marks.setdefault(one["documentId"], []).append((*place, kind))
        for line in source.read_text(encoding="utf-8").splitlines():
            one = json.loads(line)
            yield Marks(one["text"], marks.get(one["_id"], []), complete=True, corpus="re3d")


def read_gum(folder: Path) -> Iterator[Marks]:
    """The texts of GUM."""
    for path in sorted(folder.glob("*.conllu")):
        gold = read_gum_file(path, only="")
        stretches = [
            (*one.head, one.start, one.end, _CLASSES.get(one.kind, "other"))
            for one in gold.mentions
        ]
        yield Marks(gold.text, stretches, complete=True, corpus="gum")


def read_plain(folder: Path) -> Iterator[Marks]:
    """Texts without marks."""
    for path in sorted(folder.glob("*.txt")):
        yield Marks(path.read_bytes().decode(), (), complete=False, corpus="plain")
