"""What GUM marks in a text: persons, or everything that is spoken of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

PRONOUNS = {"he", "him", "his", "himself", "she", "her", "hers", "herself"}


@dataclass(frozen=True, slots=True)
class Marked:
    """A marked mention; ``head`` is the word that no other of its words governs."""

    person: str  #: the number of who or what is meant
    start: int
    end: int
    head: tuple[int, int]
    kind: str = "person"


@dataclass(frozen=True, slots=True)
class Gold:
    """A text and the mentions marked in it."""

    text: str
    mentions: list[Marked]


def read_gum(path: Path, *, only: str = "person") -> Gold:
    """The text of a file, a paragraph a line, and its persons; of an empty kind all mentions."""
    text = ""
    mentions = []
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        if "\n# newpar" in f"\n{block}":
            text = text.rstrip() + "\n" * bool(text)
        words, heads, marks = [], [], []
        for line in block.splitlines():
            columns = line.split("\t")
            if len(columns) != 10 or not columns[0].isdigit():  # noqa: PLR2004 - the format's
                continue
            notes = dict(part.split("=", 1) for part in columns[9].split("|") if "=" in part)
            words.append((len(text), len(text) + len(columns[1])))
            heads.append(int(columns[6]) - 1)
            marks.append(notes.get("Entity", ""))
            text += columns[1] + " " * (notes.get("SpaceAfter") != "No")
        for person, kind, first, last in _marked(marks):
            if only and kind != only:
                continue
            inside = range(first, last + 1)
            head = next(at for at in inside if heads[at] not in inside)
            mentions.append(Marked(person, words[first][0], words[last][1], words[head], kind))
    return Gold(text, mentions)


def _marked(marks: Sequence[str]) -> Iterator[tuple[str, str, int, int]]:
    """Number, kind, first and last word of what brackets mark: ``(1-person-new``, ``1)``."""
    begun: list[tuple[str, str, int]] = []
    for at, mark in enumerate(marks):
        for part in mark.replace("(", " (").replace(")", ") ").split():
            number, *more = part.strip("()").split("-")
            if part.startswith("("):
                begun.append((number, more[0], at))
            if part.endswith(")"):
                place = next(n for n in reversed(range(len(begun))) if begun[n][0] == number)
                _, kind, first = begun.pop(place)
                yield number, kind, first, at


def marked_at(gold: Gold, start: int, end: int) -> Marked | None:
    """The marked mention that a found one holds the head of; of several the one most alike."""
    held = [one for one in gold.mentions if start <= one.head[0] and one.head[1] <= end]
    return min(held, key=lambda one: abs(one.start - start) + abs(one.end - end), default=None)
