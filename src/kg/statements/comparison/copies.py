"""Which documents share text, and which sentences are copies of one another.

Papers print one agency text under different headlines, cut it, change a word and set it into
articles of their own. What is the same is therefore looked for sentence by sentence: a sentence is
a copy of another where most of its runs of three words are the same, as a MinHash estimates it.
Documents share text where enough of their words stand in such sentences.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, combinations
from typing import TYPE_CHECKING

import numpy as np
from rensa import RMinHash

from kg.model import Span

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Copies", "Shared", "Sketch", "find_copies", "sketch"]

#: Shorter sentences are alike by chance ("The judge adjourned the hearing until Monday.").
_LEAST_WORDS = 8
#: Runs of so many words are compared: the order counts, one changed word spoils three of them.
_RUN = 3
#: One word in ten changed leaves about half of the runs of a sentence as they were.
_ALIKE = 0.5
#: Sixteen bands of four values: of sentences that are alike to a half two in three meet in a band,
#: of those alike to 0.7 all but one in a hundred, of those alike to 0.1 one in six hundred.
_BANDS, _ROWS, _SEED = 16, 4, 1
_VALUE = np.dtype("<u4")
#: Documents share text when two sentences with a short paragraph's worth of words are the same, or
#: half of the shorter one. Chosen on news articles with copies made of them (bench/copies.py): one
#: long sentence is often a paper's own notice to its readers.
_PARAGRAPH, _TOGETHER, _HALF = 30, 2, 0.5
#: A sentence in more documents than this is compared with the first of them alone, so that a
#: hundred copies of one text cost a hundred comparisons and not five thousand.
_MANY = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """A document as copies are looked for: its length in words, and its longer sentences.

    A sentence is known by its number. ``lengths`` are theirs in words, ``signatures`` the MinHashes
    of their runs of words, each of 64 unsigned integers of 4 bytes, one behind the other.
    """

    sha256: str
    words: int
    sentences: tuple[int, ...]
    lengths: tuple[int, ...]
    signatures: bytes


@dataclass(frozen=True, slots=True, order=True)
class _Place:
    """A sentence, by its document and number."""

    sha256: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """Two documents, the lesser hash first, and how many words of the shorter one are shared."""

    left: str
    right: str
    sentences: int
    words: int
    share: float  #: of the shorter one's words, from 0 to 1


@dataclass(frozen=True, slots=True)
class Copies:
    """The documents that share text, and of each copied sentence the one that stands for all.

    ``first`` maps a document's hash to the numbers of its copied sentences, and each of these to
    the hash of the least document that has this sentence and is joined with the document through
    copies of it.
    ``whole`` maps a document of which half or more is copied to the document that stands for most
    of that: its headline is not another source than the agency text below it.
    """

    shared: tuple[Shared, ...]
    first: Mapping[str, Mapping[int, str]]
    whole: Mapping[str, str]

    def of(self, sha256: str, sentence: int) -> str | None:
        """The document that stands for all that share what stands there, None where none does."""
        return self.first.get(sha256, {}).get(sentence) or self.whole.get(sha256)

    def touching(self, sha256: str) -> tuple[object, ...]:
        """All that this says of one document: equal where equal things stand for it."""
        return (sorted(self.first.get(sha256, {}).items()), self.whole.get(sha256))


def find_copies(sketches: Iterable[Sketch]) -> Copies:
    """What the documents share: a function of the set of sketches, in whatever order they come.

    >>> words = "The ferry sank within minutes after it had struck a rock near the harbour mouth"
    >>> one, other = f"{words}.", f"Late news. {words}."
    >>> copies = find_copies(
    ...     [
    ...         sketch("a", one, [Span(0, len(one))]),
    ...         sketch("b", other, [Span(0, 10), Span(11, len(other))]),
    ...     ]
    ... )
    >>> [(pair.left, pair.right, pair.words) for pair in copies.shared], copies.of("b", 0)
    ([('a', 'b', 15)], 'a')
    """
    ordered = sorted(sketches, key=lambda sketch: sketch.sha256)
    lengths = {sketch.sha256: sketch.words for sketch in ordered}
    pairs = _alike(ordered)
    shared = tuple(_shared(pairs, lengths))
    joined = {(each.left, each.right) for each in shared}
    kept = [(one, other) for one, other, _ in pairs if (one.sha256, other.sha256) in joined]
    first = _first(kept)
    return Copies(shared, first, dict(_whole(ordered, first)))


def sketch(sha256: str, text: str, sentences: Iterable[Span]) -> Sketch:
    """A document's sketch: as much of it as copies are found by."""
    kept = {number: _words(sentence.of(text)) for number, sentence in enumerate(sentences)}
    long = {number: words for number, words in kept.items() if len(words) >= _LEAST_WORDS}
    return Sketch(
        sha256=sha256,
        words=len(_words(text)),
        sentences=tuple(long),
        lengths=tuple(map(len, long.values())),
        signatures=b"".join(map(_signature, long.values())),
    )


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _alike(sketches: Sequence[Sketch]) -> list[tuple[_Place, _Place, int]]:
    """Sentences of two documents that are copies, and how many words they share, in order."""
    places = [(at, number) for at, each in enumerate(sketches) for number in each.sentences]
    lengths = [length for each in sketches for length in each.lengths]
    packed = b"".join(each.signatures for each in sketches)
    signatures = np.frombuffer(packed, dtype=_VALUE).reshape(-1, _BANDS * _ROWS)
    near = {
        pair
        for band in range(_BANDS)
        for block in _blocks(signatures[:, band * _ROWS : (band + 1) * _ROWS])
        for pair in _pairs(block)
        if places[pair[0]][0] != places[pair[1]][0]
    }
    found = sorted(pair for pair in near if _likeness(*signatures[list(pair)]) >= _ALIKE)
    where = {at: _Place(sketches[places[at][0]].sha256, places[at][1]) for at in chain(*found)}
    return [(where[one], where[other], min(lengths[one], lengths[other])) for one, other in found]


def _blocks(band: NDArray[np.uint32]) -> Iterator[Sequence[int]]:
    """The rows that are equal, more than one each, in order."""
    wide = np.ascontiguousarray(band).view("<u8")
    order = np.lexsort(wide.T)  # keeps the order of what is equal
    differs = np.any(wide[order][1:] != wide[order][:-1], axis=1)
    starts = np.flatnonzero(np.concatenate([[True], differs])) if len(order) else order
    ends = np.append(starts[1:], len(order))
    many = ends - starts > 1
    for start, end in zip(starts[many].tolist(), ends[many].tolist(), strict=True):
        yield order[start:end].tolist()


def _signature(words: Sequence[str]) -> bytes:
    minhash = RMinHash(num_perm=_BANDS * _ROWS, seed=_SEED)
    minhash.update([" ".join(words[i : i + _RUN]) for i in range(len(words) - _RUN + 1)])
    return np.array(minhash.digest(), dtype=_VALUE).tobytes()


def _pairs(rows: Sequence[int]) -> Iterable[tuple[int, int]]:
    if len(rows) <= _MANY:
        return combinations(rows, 2)
    return ((rows[0], row) for row in rows[1:])


def _likeness(one: NDArray[np.uint32], other: NDArray[np.uint32]) -> float:
    return float(np.mean(one == other))


def _shared(
    pairs: Iterable[tuple[_Place, _Place, int]], lengths: Mapping[str, int]
) -> Iterator[Shared]:
    """The pairs of documents that share enough, a sentence counted once however often it stands."""
    words: dict[tuple[str, str], dict[int, int]] = defaultdict(dict)
    for one, other, length in pairs:
        words[one.sha256, other.sha256].setdefault(one.number, length)
    for (left, right), counted in sorted(words.items()):
        total = sum(counted.values())
        share = min(1.0, total / min(lengths[left], lengths[right]))
        if (total >= _PARAGRAPH and len(counted) >= _TOGETHER) or share >= _HALF:
            yield Shared(
                left=left, right=right, sentences=len(counted), words=total, share=round(share, 2)
            )


def _first(pairs: Iterable[tuple[_Place, _Place]]) -> dict[str, dict[int, str]]:
    """Of each copied sentence the document that stands for all that have it."""
    leaders: dict[_Place, _Place] = {}

    def leader(place: _Place) -> _Place:
        while (above := leaders.setdefault(place, place)) != place:
            leaders[place] = leaders[above]
            place = above
        return place

    for one, other in pairs:
        low, high = sorted((leader(one), leader(other)))
        leaders[high] = low
    found: dict[str, dict[int, str]] = {}
    for place in sorted(leaders):
        found.setdefault(place.sha256, {})[place.number] = leader(place).sha256
    return found


def _whole(
    sketches: Iterable[Sketch], first: Mapping[str, Mapping[int, str]]
) -> Iterator[tuple[str, str]]:
    for each in sketches:
        copied: Counter[str] = Counter()
        for number, length in zip(each.sentences, each.lengths, strict=True):
            if number in first.get(each.sha256, {}):
                copied[first[each.sha256][number]] += length
        if copied and copied.total() >= _HALF * each.words:
            yield each.sha256, min(copied, key=lambda sha256: (-copied[sha256], sha256))
