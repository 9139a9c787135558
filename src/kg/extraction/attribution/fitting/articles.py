"""Marked articles: the words of each with the tags and links that the network should give."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from kg.errors import MarksError
from kg.extraction.attribution.fitting.marks import Fragments, Marked, read_marks
from kg.extraction.attribution.pieces import Pieces, read_pieces

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

__all__ = ["Article", "Links", "find_pairs", "read_articles", "tag_words"]

#: For each attribution the words of its source, of its cue and of its content.
type Links = tuple[tuple[tuple[int, ...], ...], ...]


@dataclass(frozen=True, slots=True)
class Article:
    """An article: its text, its words, its attributions, and what the network should say.

    ``tags`` index `TAGS`, one a word. ``loose`` counts marks that are joined to nothing.
    """

    path: Path
    text: str
    pieces: Pieces
    marks: tuple[Marked, ...]
    loose: int
    tags: NDArray[np.int64]
    links: Links

    @property
    def name(self) -> str:
        """What the file is called."""
        return self.path.stem


def find_pairs(folder: Path) -> list[tuple[Path, Path]]:
    """The texts of a folder that have marks, each with its marks, in the order of their names.

    The marks of ``NAME.txt`` are in ``NAME.ann`` beside it. A folder with ``text/`` and
    ``attributions/`` is laid out as PolNeAR is: the marks of ``text/NAME.txt`` are in
    ``attributions/NAME.ann`` or, one file an annotator, in ``attributions/NAME_1a2b.ann``, of
    which the first counts.
    """
    texts, marks = folder / "text", folder / "attributions"
    if texts.is_dir() and marks.is_dir():
        by_name = {path.name: path for path in sorted(marks.glob("*.ann"))}
        first = {re.sub(r"_[0-9a-f]{4}$", "", Path(name).stem): name for name in reversed(by_name)}
        return [
            (text, by_name[first[text.stem]])
            for text in sorted(texts.glob("*.txt"))
            if text.stem in first
        ]
    beside = ((text, text.with_suffix(".ann")) for text in sorted(folder.rglob("*.txt")))
    return [(text, marks) for text, marks in beside if marks.is_file()]


def read_articles(folder: Path, tokenizer: Tokenizer) -> Iterator[Article | MarksError]:
    """The marked articles of a folder and, for each that cannot be read, why."""
    for path, marks in find_pairs(folder):
        try:
            yield _read_article(path, marks, tokenizer)
        except MarksError as problem:
            yield problem


def _read_article(path: Path, marks: Path, tokenizer: Tokenizer) -> Article:
    """One article; its text as it stands, because the marks count its characters.

    Raises:
        MarksError: If the text or its marks cannot be read.
    """
    try:
        text = path.read_bytes().decode("utf-8")
    except OSError as error:
        raise MarksError(path, f"cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise MarksError(path, "is not UTF-8; save it and its marks as UTF-8") from error
    found = read_marks(marks, text)
    pieces = read_pieces(text, tokenizer)
    tags, links = tag_words(pieces, found.attributions)
    return Article(path, text, pieces, found.attributions, found.loose, tags, links)


def tag_words(pieces: Pieces, marks: Iterable[Marked]) -> tuple[NDArray[np.int64], Links]:
    """The tags and links of a text's words; where two marks claim a word, the first has it."""
    tags = np.zeros(len(pieces), dtype=np.int64)
    links = []
    for mark in marks:
        parts = []
        for part, fragments in enumerate((mark.source, mark.cue, mark.content)):
            begins = 1 + 2 * part
            taken: list[int] = []
            for words in _words_of(pieces, fragments):
                free = [word for word in words if tags[word] == 0]
                for place, word in enumerate(free):
                    tags[word] = begins + (place > 0)
                # a source that several attributions share was tagged by the first of them
                taken += words if part == 0 else free
            parts.append(tuple(word for word in taken if tags[word] in (begins, begins + 1)))
        links.append(tuple(parts))
    return tags, tuple(links)


def _words_of(pieces: Pieces, fragments: Fragments) -> list[range]:
    """The words of each fragment; a word counts when it shares a character."""
    starts = [start for start, _ in pieces.spans]
    ends = [end for _, end in pieces.spans]
    return [
        range(
            int(np.searchsorted(ends, start, side="right")),
            int(np.searchsorted(starts, end, side="left")),
        )
        for start, end in fragments
    ]
