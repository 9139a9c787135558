"""How well attributions that were found meet those that a person marked.

Matching is one to one within an article, the best overlap first. Words are runs of letters and
digits, so that quotation marks and commas at the edges do not count. "Close" is a Jaccard
overlap of at least 0.8; a pair counts where content and source are both close.
"""

from __future__ import annotations

import bisect
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Protocol

__all__ = ["Measure", "Parts", "measure"]

type _Words = frozenset[int]

_WORD = re.compile(r"\w+")
_CLOSE = 0.8


class Parts(Protocol):
    """What has a source, a cue and a content: an attribution found, or one marked."""

    @property
    def source(self) -> tuple[tuple[int, int], ...]:
        """Where the source lies, in code points."""

    @property
    def cue(self) -> tuple[tuple[int, int], ...]:
        """Where the cue lies."""

    @property
    def content(self) -> tuple[tuple[int, int], ...]:
        """Where the content lies."""


@dataclass(frozen=True, slots=True)
class Measure:
    """So many matched, found by the tagger, marked by the person."""

    matched: int
    found: int
    marked: int

    @property
    def precision(self) -> float:
        """The share of what was found that is right."""
        return self.matched / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """The share of what was marked that was found."""
        return self.matched / self.marked if self.marked else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall.

        >>> Measure(matched=2, found=4, marked=4).f1
        0.5
        """
        total = self.found + self.marked
        return 2 * self.matched / total if total else 0.0

    def rounded(self) -> dict[str, float]:
        """Counts and shares, for a table or a card."""
        shares = {name: getattr(self, name) for name in ("precision", "recall", "f1")}
        return {**asdict(self), **{name: round(share, 4) for name, share in shares.items()}}


def measure(
    articles: Iterable[tuple[str, Sequence[Parts], Sequence[Parts]]],
) -> dict[str, Measure]:
    """The measures of some articles, each a text, what was found and what was marked.

    ``pair`` is what matters to a person who asks who said this; ``content`` and ``source`` are
    those by themselves, ``words`` counts single words of content.
    """
    counts: Counter[tuple[str, str]] = Counter()
    for text, found, marked in articles:
        for name, row in _count(text, found, marked).items():
            for column, value in asdict(row).items():
                counts[name, column] += value
    return {
        name: Measure(counts[name, "matched"], counts[name, "found"], counts[name, "marked"])
        for name in ("pair", "content", "source", "words")
    }


def _count(text: str, found: Sequence[Parts], marked: Sequence[Parts]) -> dict[str, Measure]:
    """The measures of one article; what has no content is left out on both sides."""
    spans = [match.span() for match in _WORD.finditer(text)]
    left = [each for each in found if each.content]
    right = [each for each in marked if each.content]
    contents = [[_words(spans, each.content) for each in side] for side in (left, right)]
    sources = [[_words(spans, each.source) for each in side] for side in (left, right)]
    close = _match(*contents)
    # a source that several attributions share counts once
    named = [list(dict.fromkeys(source for source in side if source)) for side in sources]
    said, true = (frozenset[int]().union(*side) for side in contents)
    return {
        "pair": Measure(
            sum(_overlap(sources[0][i], sources[1][j]) >= _CLOSE for i, j in close),
            sum(map(bool, sources[0])),
            sum(map(bool, sources[1])),
        ),
        "content": Measure(len(close), len(left), len(right)),
        "source": Measure(len(_match(*named)), len(named[0]), len(named[1])),
        "words": Measure(len(said & true), len(said), len(true)),
    }


def _words(spans: Sequence[tuple[int, int]], fragments: Iterable[tuple[int, int]]) -> _Words:
    """The words that share a character with some fragments."""
    found: set[int] = set()
    for start, end in fragments:
        low = bisect.bisect_right(spans, start, key=lambda span: span[1])
        high = bisect.bisect_left(spans, end, key=lambda span: span[0])
        found.update(range(low, high))
    return frozenset(found)


def _overlap(left: _Words, right: _Words) -> float:
    return len(left & right) / len(left | right) if left and right else 0.0


def _match(left: Sequence[_Words], right: Sequence[_Words]) -> list[tuple[int, int]]:
    """Pairs that are close, each side used once, the best first."""
    options = sorted(
        (-_overlap(one, other), i, j)
        for i, one in enumerate(left)
        for j, other in enumerate(right)
        if _overlap(one, other) >= _CLOSE
    )
    pairs: list[tuple[int, int]] = []
    for _, i, j in options:
        if all(i != used and j != taken for used, taken in pairs):
            pairs.append((i, j))
    return pairs
