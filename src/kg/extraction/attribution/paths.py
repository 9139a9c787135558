"""The most probable paths through a text: of tags, and of content and its cue together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kg.extraction.attribution.figures import CONTENT, TAGS, Figures

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

__all__ = ["content_path", "ranges", "tag_path"]

_NEVER = -1e4


def tag_path(scores: Floats) -> list[int]:
    """The most probable tag of each word such that nothing goes on that has not begun.

    >>> import numpy as np
    >>> tag_path(np.log(np.array([[0.4, 0.1, 0.5, 0, 0, 0, 0]]) + 1e-9))
    [0]
    """
    best = [*scores[0].tolist()]
    best[2::2] = [_NEVER] * (len(TAGS) // 2)
    back: list[list[int]] = []
    for row in scores[1:].tolist():  # plain numbers: seven a word are too few for arrays to pay
        top = max(range(len(best)), key=best.__getitem__)
        step = [top] * len(best)
        here = [best[top] + score for score in row]
        for tag in range(2, len(best), 2):
            step[tag] = tag if best[tag] > best[tag - 1] else tag - 1
            here[tag] = best[step[tag]] + row[tag]
        back.append(step)
        best = here
    path = [max(range(len(best)), key=best.__getitem__)]
    for step in reversed(back):
        path.append(step[path[-1]])
    return path[::-1]


def ranges(path: Sequence[int], first: int) -> list[range]:
    """The runs of words that begin with one tag and go on with the next.

    >>> ranges([0, 1, 2, 0, 1, 1], 1)
    [range(1, 3), range(4, 5), range(5, 6)]
    """
    found: list[range] = []
    for word, tag in enumerate(path):
        if tag == first:
            found.append(range(word, word + 1))
        elif tag == first + 1:
            found[-1] = range(found[-1].start, word + 1)
    return found


def content_path(
    figures: Figures, cues: Sequence[range], taken: Sequence[int]
) -> list[list[range]]:
    """The fragments of content of each cue.

    A word is content of one cue or none of them; the path through "none" and, for each cue,
    "begins" and "goes on" weighs tags and links together, so that the edge between two
    people's words lies where both agree. ``taken`` are the words of sources and cues. Only
    the cues that a word's links reach are weighed: all cues for all words are too many in a
    text of hundreds of pages.
    """
    is_taken = np.zeros(len(figures.tags), dtype=np.bool_)
    is_taken[list(taken)] = True
    steps: list[_Step] = []
    lead = _Lead(0.0, range(0), np.zeros(0, np.float32), np.zeros(0, np.float32))
    for words in figures.stretches():
        near = figures.near(cues, words)
        begins, stays, other = _weights(figures, words, cues[near.start : near.stop])
        begins[is_taken[words.start : words.stop]] = _NEVER
        stays[is_taken[words.start : words.stop]] = _NEVER
        for word in range(len(words)):
            step, inside, reach = lead.step()
            if not word:
                inside, reach = _among(inside - reach, lead.near, near), 0.0
            steps.append(step)
            begun, gone = reach + begins[word], inside + stays[word]
            lead = _Lead(reach + float(other[word]), near, begun, gone)
    return _trace(steps[1:], lead.step()[0], len(cues))


@dataclass(frozen=True, slots=True)
class _Step:
    """After a word: whose content, or -1, lay best there, and which contents began with it."""

    best: int
    near: range  #: the cues that were weighed
    begun: NDArray[np.bool_]

    def begins(self, cue: int) -> bool:
        """Whether the content of a cue, if it held the word, began with it."""
        return bool(self.begun[cue - self.near.start])


@dataclass(frozen=True, slots=True)
class _Lead:
    """The scores of the best paths to a word: outside of contents, at or past a cue's beginning."""

    outside: float
    near: range  #: the cues that are weighed
    begun: Floats
    gone: Floats

    def step(self) -> tuple[_Step, Floats, float]:
        """What lay best, the scores inside of each content, and the score of the best path."""
        inside = np.maximum(self.begun, self.gone)
        best, reach = -1, self.outside
        if len(inside) and inside[top := int(inside.argmax())] > self.outside:
            best, reach = self.near[top], float(inside[top])
        return _Step(best, self.near, self.begun >= self.gone), inside, reach


def _among(scores: Floats, near: range, other: range) -> Floats:
    """The scores of some cues as those of others: what was not near before is never inside."""
    found = np.full(len(other), _NEVER, dtype=np.float32)
    first, end = max(near.start, other.start), min(near.stop, other.stop)
    if first < end:
        found[first - other.start : end - other.start] = scores[
            first - near.start : end - near.start
        ]
    return found


def _weights(figures: Figures, words: range, cues: Sequence[range]) -> tuple[Floats, ...]:
    """For some words the weights of beginning and going on as content of each cue, and of none."""
    known = figures.shares(0, words, cues)
    share = np.log(np.maximum(known, 1e-4))
    tags = figures.tags[words.start : words.stop]
    content = np.logaddexp(tags[:, CONTENT], tags[:, CONTENT + 1])
    # content of a cue that was not found is nobody's, rather than that of the nearest
    strange = np.log(np.maximum(1.0 - known.sum(1), 1e-6))
    other = np.logaddexp(np.logaddexp.reduce(tags[:, :CONTENT], axis=1), content + strange)
    return tags[:, CONTENT, None] + share, tags[:, CONTENT + 1, None] + share, other


def _trace(steps: Sequence[_Step], last: _Step, count: int) -> list[list[range]]:
    """The way back along the best path, as fragments for each of so many cues."""
    held: list[list[range]] = [[] for _ in range(count)]
    state = last.best
    begins = state >= 0 and last.begins(state)
    end = word = len(steps)
    for before in reversed(steps):
        if state >= 0 and not begins:
            begins = before.begins(state)
        else:
            if state >= 0:
                held[state].append(range(word, end + 1))
            state, end = before.best, word - 1
            begins = state >= 0 and before.begins(state)
        word -= 1
    if state >= 0:
        held[state].append(range(end + 1))
    return [parts[::-1] for parts in held]
