"""From the network's figures to attributions: who said what, as words of the text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

__all__ = ["LINKS", "TAGS", "Figures", "Found", "decode", "spell"]

TAGS = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")
#: What a word is asked to belong to: a content's or a source's to its cue, a cue's to its source.
LINKS = ("content-cue", "cue-source", "source-cue")

_SOURCE, _CUE, _CONTENT = 1, 3, 5
_NEVER = -1e4


@dataclass(frozen=True, slots=True)
class Figures:
    """What the network says of every word of a text.

    ``tags`` are log-probabilities (word, tag). ``links`` are probabilities (word, link,
    place): place 0 is "nothing", place ``p`` is the word ``bases[word] + p - 1``.
    """

    tags: Floats
    links: Floats
    bases: NDArray[np.int64]

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


@dataclass(frozen=True, slots=True)
class Found:
    """One attribution as ranges of words; ``source`` may be empty."""

    source: tuple[range, ...]
    cue: tuple[range, ...]
    content: tuple[range, ...]


def _best_path(scores: Floats) -> list[int]:
    """The most probable tags in which nothing goes on that has not begun."""
    count = len(TAGS)
    allowed = np.zeros((count, count), dtype=np.float32)
    for tag in (2, 4, 6):
        allowed[:, tag] = _NEVER
        allowed[[tag - 1, tag], tag] = 0.0
    best = scores[0].copy()
    best[[2, 4, 6]] = _NEVER
    back = np.zeros(scores.shape, dtype=np.int8)
    for word in range(1, len(scores)):
        options = best[:, None] + allowed
        back[word] = options.argmax(0)
        best = options.max(0) + scores[word]
    path = [int(best.argmax())]
    for word in range(len(scores) - 1, 0, -1):
        path.append(int(back[word, path[-1]]))
    return path[::-1]


def _ranges(path: Sequence[int], first: int) -> list[range]:
    """The runs of words that one pair of B and I tags marks."""
    found: list[range] = []
    for word, tag in enumerate(path):
        if tag == first:
            found.append(range(word, word + 1))
        elif tag == first + 1:
            found[-1] = range(found[-1].start, word + 1)
    return found


def decode(figures: Figures) -> list[Found]:
    """The attributions of a text, in the order of their cues."""
    if not len(figures.tags):
        return []
    path = _best_path(figures.tags)
    sources, cues, contents = (_ranges(path, tag) for tag in (_SOURCE, _CUE, _CONTENT))
    held: dict[int, list[range]] = {}
    for content in contents:
        scores = [figures.belongs(0, content, cue) for cue in cues]
        if scores and max(scores) > 0.0:
            held.setdefault(int(np.argmax(scores)), []).append(content)
    found = []
    for number, parts in sorted(held.items()):
        cue = cues[number]
        scores = [
            figures.belongs(1, cue, source) + 0.5 * figures.belongs(2, source, cue)
            for source in sources
        ]
        source = ()
        if scores and max(scores) > figures.alone(1, cue):
            source = (sources[int(np.argmax(scores))],)
        found.append(Found(source, (cue,), tuple(parts)))
    return found


def spell(words: Sequence[range], spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Offsets of ranges of words, in code points."""
    return [(spans[part[0]][0], spans[part[-1]][1]) for part in words]
