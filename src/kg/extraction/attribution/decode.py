"""From the network's figures to attributions: who said what, as words of the text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kg.extraction.attribution.figures import CONTENT, CUE, SOURCE, Figures
from kg.extraction.attribution.paths import content_path, ranges, tag_path
from kg.extraction.attribution.pieces import CASES, QUOTES, Pieces

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Found", "Rules", "decode", "spell"]

_BREAK = CASES.index("break")
_INSIDE, _OPENS, _CLOSES = (QUOTES.index(name) for name in ("inside", "opening", "closing"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The numbers of decoding, calibrated on PolNeAR's dev part."""

    #: an attribution less sure than this is left out, unless it stands in quotation marks
    least: float = 0.05
    #: a quotation belongs whole to whom this share of its words belongs to
    whole: float = 0.5
    #: a fragment this much less sure than the surest of its attribution is left out ...
    weak: float = 0.6
    #: ... and one without quotation marks beside one with them already at this
    weak_beside_quotation: float = 0.9


_RULES = Rules()


@dataclass(frozen=True, slots=True)
class Found:
    """One attribution as ranges of words; ``source`` may be empty. ``score`` is from 0 to 1."""

    source: tuple[range, ...]
    cue: tuple[range, ...]
    content: tuple[range, ...]
    score: float


def decode(figures: Figures, pieces: Pieces, rules: Rules = _RULES) -> list[Found]:
    """The attributions of a text, in the order of their cues.

    No part begins or ends with a paragraph break, and no word is in two parts, but for a
    source that several attributions share.
    """
    if not len(pieces):
        return []
    breaks = pieces.cases == _BREAK
    path = tag_path(figures.tags)
    sources, cues = (_trim(ranges(path, tag), breaks) for tag in (SOURCE, CUE))
    if not cues:
        return []
    taken = sorted({word for part in (*sources, *cues) for word in part})
    held = content_path(figures, cues, taken)
    held = _whole_quotations(held, pieces.quotes, taken, rules.whole)
    found = []
    for cue, fragments in zip(cues, held, strict=True):
        parts = _sure_parts(figures, _trim(fragments, breaks), cue, pieces.quotes, rules)
        if parts:
            source, sure = _source_of(figures, cue, sources)
            score = sure * figures.is_part(CUE, cue) * _surest(figures, parts, cue)
            spoken = all(pieces.quotes[part.start] == _OPENS for part in parts)
            if spoken or score >= rules.least:
                found.append(Found(source, (cue,), tuple(parts), min(score, 1.0)))
    return found


def spell(words: Sequence[range], spans: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Offsets of ranges of words, in code points.

    >>> spell([range(0, 2)], [(0, 3), (4, 9), (9, 10)])
    ((0, 9),)
    """
    return tuple((spans[part[0]][0], spans[part[-1]][1]) for part in words)


def _trim(parts: Sequence[range], breaks: NDArray[np.bool_]) -> list[range]:
    """The ranges without paragraph breaks at their edges; what is only breaks is left out."""
    kept = ([word for word in part if not breaks[word]] for part in parts)
    return [range(words[0], words[-1] + 1) for words in kept if words]


def _quotations(quotes: NDArray[np.int64]) -> list[range]:
    """The words from each opening quotation mark to what closes it, marks included.

    One that nothing closes ends with its paragraph, as writers do who quote on in the next.
    """
    found: list[range] = []
    start = -1
    for word, side in enumerate(quotes.tolist()):
        if side == _OPENS:
            start = word
        elif start >= 0 and side != _INSIDE:
            found.append(range(start, word + (side == _CLOSES)))
            start = -1
    if start >= 0:
        found.append(range(start, len(quotes)))
    return found


def _whole_quotations(
    held: list[list[range]], quotes: NDArray[np.int64], taken: Sequence[int], most: float
) -> list[list[range]]:
    """The fragments with every quotation whole: it belongs to whom most of its words belong to."""
    owners = np.full(len(quotes), -1, dtype=np.int64)
    begins = np.zeros(len(quotes), dtype=np.bool_)
    is_free = np.ones(len(quotes), dtype=np.bool_)
    is_free[list(taken)] = False
    for number, parts in enumerate(held):
        for part in parts:
            owners[part.start : part.stop] = number
            begins[part.start] = True
    for quotation in _quotations(quotes):
        free = quotation.start + np.flatnonzero(is_free[quotation.start : quotation.stop])
        mine = owners[free]
        names, counts = np.unique(mine[mine >= 0], return_counts=True)
        if len(names) and counts.max() >= most * len(free):
            owners[free] = names[counts.argmax()]
            begins[free[1:]] = False
    found: list[list[range]] = [[] for _ in held]
    for word in np.flatnonzero(owners >= 0).tolist():
        parts = found[owners[word]]
        if parts and parts[-1].stop == word and not begins[word]:
            parts[-1] = range(parts[-1].start, word + 1)
        else:
            parts.append(range(word, word + 1))
    return found


def _sureness(figures: Figures, part: range, cue: range) -> float:
    """How probable it is that a fragment is content of a cue."""
    return figures.is_part(CONTENT, part) * figures.belongs(0, part, cue)


def _surest(figures: Figures, parts: Sequence[range], cue: range) -> float:
    """How probable the surest fragment is."""
    return max(_sureness(figures, part, cue) for part in parts)


def _sure_parts(
    figures: Figures, parts: list[range], cue: range, quotes: NDArray[np.int64], rules: Rules
) -> list[range]:
    """The fragments without those that are much less sure than the surest.

    Beside a quotation what stands without marks is most often the writer's own words.
    """
    if len(parts) < 2:  # noqa: PLR2004 - nothing to compare with
        return parts
    sure = [_sureness(figures, part, cue) for part in parts]
    quoted = [quotes[part.start] == _OPENS for part in parts]
    return [
        part
        for part, value, mark in zip(parts, sure, quoted, strict=True)
        if value
        >= max(sure) * (rules.weak_beside_quotation if any(quoted) and not mark else rules.weak)
    ]


def _source_of(
    figures: Figures, cue: range, sources: Sequence[range]
) -> tuple[tuple[range, ...], float]:
    """The source of a cue, or none, and how sure that is."""
    alone = figures.alone(1, cue)
    near = figures.near(sources, cue)
    if not near:
        return (), alone
    scores = figures.shares(1, cue, sources[near.start : near.stop]).mean(0)
    best = int(scores.argmax())
    sure = float(scores[best])
    return ((sources[near[best]],), sure) if sure > alone else ((), alone)
