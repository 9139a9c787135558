"""The most probable paths through a text: of tags, and of content and its cue together."""

from __future__ import annotations

from collections.abc import Sequence
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
    people's words lies where both agree. ``taken`` are the words of sources and cues.
    """
    known = figures.shares(0, cues)
    share = np.log(np.maximum(known, 1e-4))
    tags = figures.tags
    content = np.logaddexp(tags[:, CONTENT], tags[:, CONTENT + 1])
    # content of a cue that was not found is nobody's, rather than that of the nearest
    strange = np.log(np.maximum(1.0 - known.sum(1), 1e-6))
    other = np.logaddexp(np.logaddexp.reduce(tags[:, :CONTENT], axis=1), content + strange)
    begins, stays = tags[:, CONTENT, None] + share, tags[:, CONTENT + 1, None] + share
    begins[taken] = stays[taken] = _NEVER
    outside = float(other[0])
    begun, gone = begins[0].copy(), np.full(len(cues), _NEVER, dtype=np.float32)
    steps: list[tuple[int, NDArray[np.bool_]]] = []
    for word in range(1, len(tags)):
        inside = np.maximum(begun, gone)
        best = int(inside.argmax())
        steps.append((best if inside[best] > outside else -1, begun >= gone))
        reach = max(float(inside[best]), outside)
        begun, gone = reach + begins[word], inside + stays[word]
        outside = reach + float(other[word])
    return _trace(steps, outside, begun, gone)


def _trace(
    steps: list[tuple[int, NDArray[np.bool_]]], outside: float, begun: Floats, gone: Floats
) -> list[list[range]]:
    """The way back along the best path, as fragments for each cue.

    A step says which cue's content, or -1, lay best before a word, and which contents had
    begun with the word before.
    """
    held: list[list[range]] = [[] for _ in begun]
    inside = np.maximum(begun, gone)
    state = int(inside.argmax()) if inside.max() > outside else -1
    begins = state >= 0 and bool(begun[state] >= gone[state])
    end = word = len(steps)
    for before, was_begun in reversed(steps):
        if state >= 0 and not begins:
            begins = bool(was_begun[state])
        else:
            if state >= 0:
                held[state].insert(0, range(word, end + 1))
            state, end = before, word - 1
            begins = state >= 0 and bool(was_begun[state])
        word -= 1
    if state >= 0:
        held[state].insert(0, range(end + 1))
    return held
