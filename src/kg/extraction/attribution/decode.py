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
    """One attribution as ranges of words; ``source`` may be empty. ``score`` is from 0 to 1."""

    source: tuple[range, ...]
    cue: tuple[range, ...]
    content: tuple[range, ...]
    score: float


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


def _shares(figures: Figures, link: int, to: Sequence[range]) -> Floats:
    """How probable it is that each word belongs to each of some others: (word, other)."""
    count, width = len(figures.tags), figures.links.shape[2]
    found = np.zeros((count, len(to)), dtype=np.float32)
    sums = np.zeros((count, width + 1), dtype=np.float32)
    np.cumsum(figures.links[:, link], axis=1, out=sums[:, 1:])
    rows = np.arange(count)
    for number, other in enumerate(to):
        low = np.clip(other.start - figures.bases + 1, 1, width)
        high = np.clip(other.stop - figures.bases + 1, 1, width)
        found[:, number] = sums[rows, high] - sums[rows, low]
    return found


def _contents(figures: Figures, cues: Sequence[range], taken: set[int]) -> list[list[range]]:
    """The fragments of content of each cue: the most probable path through "no content"
    and, for each cue, "begins" and "goes on".
    """
    shares = np.log(np.maximum(_shares(figures, 0, cues), 1e-4))
    tags = figures.tags
    other = np.logaddexp.reduce(tags[:, :_CONTENT], axis=1)
    begins = tags[:, _CONTENT, None] + shares
    stays = tags[:, _CONTENT + 1, None] + shares
    closed = sorted(taken)
    begins[closed] = _NEVER
    stays[closed] = _NEVER
    count, number = shares.shape
    outside = float(other[0])
    begun, gone = begins[0].copy(), np.full(number, _NEVER, dtype=np.float32)
    steps: list[tuple[int, NDArray[np.bool_]]] = []
    for word in range(1, count):
        inside = np.maximum(begun, gone)
        best = int(inside.argmax())
        before = best if inside[best] > outside else -1
        reach = max(float(inside[best]), outside)
        steps.append((before, begun >= gone))
        begun, gone = reach + begins[word], inside + stays[word]
        outside = reach + float(other[word])
    return _trace(steps, outside, begun, gone)


def _trace(
    steps: list[tuple[int, NDArray[np.bool_]]], outside: float, begun: Floats, gone: Floats
) -> list[list[range]]:
    """The way back along the best path, as fragments for each cue."""
    held: list[list[range]] = [[] for _ in begun]
    inside = np.maximum(begun, gone)
    state = int(inside.argmax()) if inside.max() > outside else -1
    begins = state >= 0 and bool(begun[state] >= gone[state])
    end = word = len(steps)
    for before, was_begun in reversed(steps):
        if state < 0 or begins:
            if state >= 0:
                held[state].insert(0, range(word, end + 1))
            state = before
            end = word - 1
            begins = state >= 0 and bool(was_begun[state])
        else:
            begins = bool(was_begun[state])
        word -= 1
    if state >= 0:
        held[state].insert(0, range(end + 1))
    return held


def _trimmed(part: range, breaks: NDArray[np.bool_]) -> range:
    """A range of words without the paragraph breaks at its edges."""
    words = [word for word in part if not breaks[word]]
    return range(words[0], words[-1] + 1) if words else range(0)


def decode(
    figures: Figures,
    breaks: NDArray[np.bool_],
    *,
    bias: float = 0.0,
    least: float = 0.0,
    back: float = 0.5,
) -> list[Found]:
    """The attributions of a text, in the order of their cues.

    ``breaks`` says which words are paragraph breaks: no part begins or ends with one.
    """
    if not len(figures.tags):
        return []
    tags = figures.tags.copy()
    tags[:, _CUE : _CUE + 2] += bias
    path = _best_path(tags)
    sources, cues = (
        [part for found in _ranges(path, tag) if (part := _trimmed(found, breaks))]
        for tag in (_SOURCE, _CUE)
    )
    if not cues:
        return []
    taken = {word for part in (*sources, *cues) for word in part}
    found = []
    for cue, fragments in zip(cues, _contents(figures, cues, taken), strict=True):
        parts = [part for words in fragments if (part := _trimmed(words, breaks))]
        if not parts:
            continue
        scores = [
            figures.belongs(1, cue, source) + back * figures.belongs(2, source, cue)
            for source in sources
        ]
        source: tuple[range, ...] = ()
        sure = alone = figures.alone(1, cue)
        if scores and max(scores) > alone:
            source = (sources[int(np.argmax(scores))],)
            sure = figures.belongs(1, cue, source[0])
        words = [word for part in parts for word in part]
        content = np.exp(
            np.logaddexp(figures.tags[words, _CONTENT], figures.tags[words, _CONTENT + 1])
        )
        spoken = np.exp(np.logaddexp(figures.tags[cue, _CUE], figures.tags[cue, _CUE + 1]))
        linked = np.mean([figures.belongs(0, part, cue) for part in parts])
        score = float(content.mean() * spoken.mean() * linked * sure)
        if score >= least:
            found.append(Found(source, (cue,), tuple(parts), score))
    return found


def spell(words: Sequence[range], spans: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Offsets of ranges of words, in code points."""
    return tuple((spans[part[0]][0], spans[part[-1]][1]) for part in words)
