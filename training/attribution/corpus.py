"""PolNeAR's articles and marks, as words with tags and the words that they belong to."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from kg.extraction.attribution.pieces import Pieces, read_pieces

__all__ = ["Article", "Marked", "read_articles", "read_marks", "tag_words"]

Fragments = list[tuple[int, int]]


@dataclass(frozen=True)
class Marked:
    """One attribution as a person marked it: fragments of source, cue and content."""

    source: Fragments
    cue: Fragments
    content: Fragments


@dataclass(frozen=True)
class Article:
    """An article: its text, its words, a tag a word, and for each word its attributions.

    ``tags`` index `TAGS`. ``owners`` holds for each word the number of its attribution or -1;
    ``links`` for each attribution the words of its source, cue and content.
    """

    name: str
    text: str
    pieces: Pieces
    tags: NDArray[np.int64]
    owners: NDArray[np.int64]
    links: tuple[tuple[tuple[int, ...], ...], ...]


def read_marks(path: Path) -> list[Marked]:
    """The attributions of a brat standoff file, in code points."""
    lines = path.read_text(encoding="utf-8").split("\n")
    spans: dict[str, Fragments] = {}
    for line in lines:
        if re.match(r"T\d+\t\w+ \d", line):
            name, kind = line.split("\t")[:2]
            pairs = (part.split() for part in kind.split(" ", 1)[1].split(";"))
            spans[name] = [(int(start), int(end)) for start, end in pairs]
    return [_mark(line, spans) for line in lines if re.match(r"E\d+\t", line)]


def _mark(line: str, spans: dict[str, Fragments]) -> Marked:
    """One event line of a brat file."""
    found: dict[str, Fragments] = defaultdict(list)
    for part in line.split("\t", 1)[1].split():
        role, target = part.split(":")
        found[re.sub(r"\d+$", "", role).lower()] += spans.get(target, [])
    return Marked(sorted(found["source"]), sorted(found["cue"]), sorted(found["content"]))


def _words_of(pieces: Pieces, fragments: Fragments) -> list[list[int]]:
    """The words of each fragment; a word counts when it shares a character."""
    starts = [start for start, _ in pieces.spans]
    ends = [end for _, end in pieces.spans]
    found = []
    for start, end in fragments:
        low = int(np.searchsorted(ends, start, side="right"))
        high = int(np.searchsorted(starts, end, side="left"))
        found.append(list(range(low, high)))
    return found


def tag_words(
    pieces: Pieces, marks: Iterable[Marked]
) -> tuple[NDArray[np.int64], NDArray[np.int64], tuple[tuple[tuple[int, ...], ...], ...]]:
    """Tags, owners and links of a text's words; where two marks claim a word, the first has it."""
    tags = np.zeros(len(pieces), dtype=np.int64)
    owners = np.full(len(pieces), -1, dtype=np.int64)
    links = []
    for number, mark in enumerate(marks):
        roles = []
        for role, fragments in enumerate((mark.source, mark.cue, mark.content)):
            taken: list[int] = []
            for words in _words_of(pieces, fragments):
                free = [word for word in words if tags[word] == 0]
                for place, word in enumerate(free):
                    tags[word] = 1 + 2 * role + (place > 0)
                    owners[word] = number
                # a source that several attributions share was tagged by the first of them
                taken += words if role == 0 else free
            roles.append(
                tuple(word for word in taken if tags[word] in (1 + 2 * role, 2 + 2 * role))
            )
        links.append(tuple(roles))
    return tags, owners, tuple(links)


def read_articles(folder: Path, tokenizer: Tokenizer) -> Iterator[Article]:
    """The articles of one part, each with the marks of its first annotator."""
    for path in sorted((folder / "text").glob("*.txt")):
        marked = sorted(
            file
            for file in (folder / "attributions").glob(f"{_escape(path.stem)}_*.ann")
            if re.fullmatch(re.escape(path.stem) + r"_[0-9a-f]{4}\.ann", file.name)
        )
        if marked:
            text = path.read_bytes().decode("utf-8")
            pieces = read_pieces(text, tokenizer)
            tags, owners, links = tag_words(pieces, read_marks(marked[0]))
            yield Article(path.stem, text, pieces, tags, owners, links)


def _escape(stem: str) -> str:
    """A file's stem without the signs that a glob pattern takes for its own."""
    return re.sub(r"([*?[])", r"[\1]", stem)
