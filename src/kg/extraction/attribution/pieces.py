"""A text as the tagger reads it: words, pieces of words, marks of writing, windows.

The encoder knows no capitals and no line breaks, and both tell who speaks. A paragraph
break therefore becomes a word of its own, and every piece carries how its word is written
and on which side of a quotation mark it stands.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

    Integers = NDArray[np.int64]

__all__ = ["CASES", "QUOTES", "Pieces", "Window", "cut", "read_pieces", "windows"]

#: How a word is written.
CASES = ("lower", "capital", "capitals", "mixed", "number", "mark", "break")
#: Where a word stands to double quotation marks.
QUOTES = ("outside", "inside", "opening", "closing")

_TAIL = 64  # so many pieces before the end of what a window decides a break is near
_BREAK_ID = 1  # [unused0]: a piece that no text contains
_FIRST_ID, _LAST_ID = 101, 102  # [CLS] and [SEP]
_OPENING, _CLOSING, _STRAIGHT = "“«„", "”»", '"'


@dataclass(frozen=True, slots=True)
class Pieces:
    """The words of a text and the pieces that they are made of.

    ``spans`` are the words' offsets in code points. Word ``n`` is made of the pieces from
    ``firsts[n]`` to ``firsts[n + 1]``. ``cases`` and ``quotes`` index `CASES` and `QUOTES`, one
    a word.
    """

    spans: tuple[tuple[int, int], ...]
    ids: Integers
    firsts: Integers
    cases: Integers
    quotes: Integers

    def __len__(self) -> int:
        """How many words."""
        return len(self.spans)

    @property
    def breaks(self) -> NDArray[np.bool_]:
        """Which words are paragraph breaks."""
        return np.equal(self.cases, CASES.index("break"))


@dataclass(frozen=True, slots=True)
class Window:
    """Words ``start`` to ``end`` are read together, ``first`` to ``last`` of them decided."""

    start: int
    end: int
    first: int
    last: int


@functools.lru_cache(maxsize=1 << 16)
def _case(word: str) -> int:
    """How a word is written, as an index of `CASES`."""
    if any(letter.isdigit() for letter in word):
        name = "number"
    elif not any(letter.isalnum() for letter in word):
        name = "mark"
    elif word == word.lower():
        name = "lower"
    elif len(word) > 1 and word == word.upper():
        name = "capitals"
    else:
        name = "capital" if word[:1].isupper() and word[1:] == word[1:].lower() else "mixed"
    return CASES.index(name)


def _quotation(words: Sequence[str]) -> Iterator[int]:
    """Where each word stands to quotation marks, as an index of `QUOTES`.

    A paragraph that begins a new one closes what was open: whoever goes on quoting opens
    again, and one forgotten mark spoils one paragraph only.
    """
    inside = False
    for word in words:
        if word == "\n":
            inside = False
        if word in _OPENING or (word == _STRAIGHT and not inside):
            inside = True
            yield 2
        elif word in _CLOSING or word == _STRAIGHT:
            inside = False
            yield 3
        else:
            yield int(inside)


def read_pieces(text: str, tokenizer: Tokenizer) -> Pieces:
    """The words and pieces of a whole text, paragraph breaks as words of their own."""
    encoding = tokenizer.encode(text, add_special_tokens=False)
    spans: list[tuple[int, int]] = []
    ids: list[int] = []
    firsts: list[int] = []
    previous: int | None = -1
    for piece, (start, end), word in zip(
        encoding.ids, encoding.offsets, encoding.word_ids, strict=True
    ):
        if word == previous:
            spans[-1] = (spans[-1][0], end)
        else:
            gap = spans[-1][1] if spans else start
            at = text.find("\n", gap, start)
            if at >= 0:
                spans.append((at, at + 1))
                firsts.append(len(ids))
                ids.append(_BREAK_ID)
            spans.append((start, end))
            firsts.append(len(ids))
            previous = word
        ids.append(piece)
    words = [text[start:end] for start, end in spans]
    cases = [CASES.index("break") if word == "\n" else _case(word) for word in words]
    return Pieces(
        spans=tuple(spans),
        ids=np.array(ids, dtype=np.int64),
        firsts=np.array([*firsts, len(ids)], dtype=np.int64),
        cases=np.array(cases, dtype=np.int64),
        quotes=np.array(list(_quotation(words)), dtype=np.int64),
    )


def windows(pieces: Pieces, *, size: int, before: int, after: int) -> list[Window]:
    """Windows of at most ``size`` pieces that decide every word once.

    Each reads ``before`` pieces ahead of what it decides and ``after`` behind it.

    A window ends what it decides at a paragraph break where one is near, because few
    attributions go across.
    """
    found: list[Window] = []
    firsts, count = pieces.firsts, len(pieces)
    room = size - 2  # the first and the last piece are the encoder's own
    first = 0
    while first < count:
        start = int(np.searchsorted(firsts, firsts[first] - before, side="left"))
        end = int(np.searchsorted(firsts, firsts[start] + room, side="right")) - 1
        end = max(min(end, count), first + 1)
        last = end
        if end < count:
            last = int(np.searchsorted(firsts, firsts[end] - after, side="right")) - 1
            least = int(np.searchsorted(firsts, firsts[last] - _TAIL, side="right")) - 1
            least = max(least, first + 1)
            near = np.flatnonzero(pieces.breaks[least:last])
            last = least + int(near[-1]) + 1 if len(near) else last
            last = max(last, first + 1)
            beyond = int(np.searchsorted(firsts, firsts[last] + after, side="right")) - 1
            end = max(last, min(end, beyond))
        found.append(Window(start, end, first, last))
        first = last
    return found


def cut(pieces: Pieces, start: int, end: int, *, size: int) -> tuple[Integers, ...]:
    """What the network reads of some words: ids, cases, quotes (a piece each) and heads.

    ``heads`` are the places of the words' first pieces, the encoder's own first piece
    before them: it stands for "none" when a word is asked what it belongs to. A word of
    more pieces than a window holds is cut short.
    """
    low, high = int(pieces.firsts[start]), int(pieces.firsts[end])
    high = min(high, low + size - 2)
    ids = np.concatenate(([_FIRST_ID], pieces.ids[low:high], [_LAST_ID]))
    counts = np.diff(np.minimum(pieces.firsts[start : end + 1], high))
    cases = np.concatenate(([5], np.repeat(pieces.cases[start:end], counts), [5]))
    quotes = np.concatenate(([0], np.repeat(pieces.quotes[start:end], counts), [0]))
    heads = np.concatenate(([0], np.minimum(pieces.firsts[start:end], high - 1) - low + 1))
    return ids, cases, quotes, heads
