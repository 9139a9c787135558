"""What the network says of every word of a text."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

__all__ = ["CONTENT", "CUE", "LINKS", "SOURCE", "TAGS", "Figures"]

TAGS = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")
#: The tag that begins each part; the next one goes on with it.
SOURCE, CUE, CONTENT = 1, 3, 5
#: What a word is asked to belong to: a content's or a source's to its cue, a cue's to its source.
#: The last one only helps the network to learn; decoding does without (measured: no difference).
LINKS = ("content-cue", "cue-source", "source-cue")


@dataclass(frozen=True, slots=True)
class Figures:
    """The network's figures for every word of a text.

    ``tags`` are log-probabilities (word, tag). ``links`` are probabilities (word, link,
    place): place 0 is "nothing", place ``p`` is the word ``bases[word] + p - 1``. ``states``
    are what the network makes of each word half-way, where it gives them out.
    """

    tags: Floats
    links: Floats
    bases: NDArray[np.int64]
    states: NDArray[np.float16] | None = None

    def is_part(self, tag: int, words: Sequence[int]) -> float:
        """How probable it is, on the mean, that words are part of a source, cue or content."""
        some = self.tags[list(words)]
        return float(np.exp(np.logaddexp(some[:, tag], some[:, tag + 1])).mean())

    def belongs(self, link: int, words: range, to: range) -> float:
        """How probable it is, on the mean, that some words belong to some others."""
        total = 0.0
        width = self.links.shape[2]
        for word in words:
            base = int(self.bases[word]) - 1
            low, high = max(to.start - base, 1), min(to.stop - base, width)
            if low < high:
                total += float(self.links[word, link, low:high].sum())
        return total / len(words)

    def alone(self, link: int, words: range) -> float:
        """How probable it is, on the mean, that some words belong to nothing."""
        return float(self.links[words.start : words.stop, link, 0].mean())

    def near(self, parts: Sequence[range], words: range) -> range:
        """Which of some parts, as places in their order, the links of some words can reach."""
        bases = self.bases[words.start : words.stop]
        first, end = int(bases.min()), int(bases.max()) + self.links.shape[2] - 1
        return range(
            bisect_right(parts, first, key=lambda part: part.stop),
            bisect_left(parts, end, key=lambda part: part.start),
        )

    def shares(self, link: int, words: range, to: Sequence[range]) -> Floats:
        """How probable it is that each of some words belongs to each part: (word, part)."""
        count, width = len(words), self.links.shape[2]
        bases = self.bases[words.start : words.stop]
        found = np.zeros((count, len(to)), dtype=np.float32)
        sums = np.zeros((count, width + 1), dtype=np.float32)
        np.cumsum(self.links[words.start : words.stop, link], axis=1, out=sums[:, 1:])
        rows = np.arange(count)
        for number, other in enumerate(to):
            low = np.clip(other.start - bases + 1, 1, width)
            high = np.clip(other.stop - bases + 1, 1, width)
            found[:, number] = sums[rows, high] - sums[rows, low]
        return found

    def stretches(self) -> Iterator[range]:
        """The words in runs whose links reach the same words: a long text is read in windows."""
        edges = np.flatnonzero(np.diff(self.bases)) + 1
        for first, end in pairwise([0, *edges.tolist(), len(self.bases)]):
            yield range(first, end)
