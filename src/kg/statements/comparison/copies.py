"""Which documents share text, and which sentences are copies of one another.

Papers print one agency text under different headlines, cut it, change a word and set it into
articles of their own. What is the same is therefore looked for sentence by sentence: a sentence is
a copy of another where most of its runs of three words are the same, as a MinHash estimates it.
Documents share text where enough of their words stand in such sentences.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
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
#: A sentence that more have than this is compared with the first of them alone, so that a hundred
#: copies of one text cost a hundred comparisons and not five thousand. It tells that texts are
#: copies only where half of the shorter one is the same: testimonies are taken down on forms.
_MANY = 20
#: So many pairs of sentences are compared at once.
_AT_ONCE = 1 << 16


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


@dataclass(frozen=True, slots=True)
class _Rows:
    """The longer sentences of all documents, a row each: in which document, which of it, how long.

    ``signatures`` has a column for each of the 64 values.
    """

    document: NDArray[np.int64]
    number: NDArray[np.int64]
    words: NDArray[np.int64]
    signatures: NDArray[np.uint32]

    @classmethod
    def of(cls, sketches: Iterable[Sketch]) -> tuple[list[Sketch], _Rows]:
        """The sketches in order, without signatures, which are large, and their rows."""
        packed, found = bytearray(), []
        for each in sketches:
            packed += each.signatures
            found.append(replace(each, signatures=b""))
        signatures = np.frombuffer(packed, dtype=_VALUE).reshape(-1, _BANDS * _ROWS)
        order = sorted(range(len(found)), key=lambda at: found[at].sha256)
        if order != list(range(len(found))):
            of = np.repeat(np.argsort(order), [len(each.sentences) for each in found])
            signatures = signatures[np.argsort(of, kind="stable")]
        ordered = [found[at] for at in order]
        return ordered, cls(
            np.repeat(np.arange(len(ordered)), [len(each.sentences) for each in ordered]),
            np.array([number for each in ordered for number in each.sentences], dtype=np.int64),
            np.array([length for each in ordered for length in each.lengths], dtype=np.int64),
            signatures,
        )


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
    ordered, rows = _Rows.of(sketches)
    pairs = _alike(rows)
    shared = tuple(_shared(ordered, rows, pairs))
    names = {sketch.sha256: at for at, sketch in enumerate(ordered)}
    joined = [names[each.left] * len(ordered) + names[each.right] for each in shared]
    in_both = rows.document[pairs[:, 0]] * len(ordered) + rows.document[pairs[:, 1]]
    kept = pairs[np.isin(in_both, joined)].tolist()
    first = _first(ordered, rows, kept)
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


def _alike(rows: _Rows) -> NDArray[np.int64]:
    """The pairs of rows of two documents that are copies, the lesser row first, in order."""
    size = max(1, len(rows.words))
    found = []
    for band in range(_BANDS):
        one, other = _near(rows.signatures[:, band * _ROWS : (band + 1) * _ROWS])
        apart = rows.document[one] != rows.document[other]
        found.append(one[apart] * size + other[apart])
    near = np.sort(np.concatenate(found))
    near = near[np.diff(near, prepend=-1) > 0]
    pairs = np.stack([near // size, near % size], axis=1)
    alike = [
        np.mean(rows.signatures[some[:, 0]] == rows.signatures[some[:, 1]], axis=1) >= _ALIKE
        for some in np.array_split(pairs, len(pairs) // _AT_ONCE + 1)
    ]
    return pairs[np.concatenate(alike)]


def _near(band: NDArray[np.uint32]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Rows that are equal in a band, each with each; of very many each with the first alone."""
    wide = np.ascontiguousarray(band).view("<u8")
    order = np.lexsort(wide.T)  # keeps the order of what is equal
    new = np.ones(len(order), dtype=bool)
    new[1:] = np.any(wide[order][1:] != wide[order][:-1], axis=1)
    block = np.cumsum(new) - 1
    starts, sizes = np.flatnonzero(new), np.bincount(block)
    many = sizes[block] > _MANY if len(block) else new
    rest = np.flatnonzero(many & ~new)
    ones, others = [order[starts[block[rest]]]], [order[rest]]
    for step in range(1, _MANY):
        at = np.arange(len(order) - step)
        at = at[(block[at] == block[at + step]) & ~many[at]]
        ones.append(order[at])
        others.append(order[at + step])
    return np.concatenate(ones), np.concatenate(others)


def _families(size: int, pairs: NDArray[np.int64]) -> NDArray[np.int64]:
    """Of each row how many are copies of it, or copies of copies, itself among them."""
    least = np.arange(size)
    while True:
        before = least.copy()
        np.minimum.at(least, pairs[:, 0], before[pairs[:, 1]])
        np.minimum.at(least, pairs[:, 1], before[pairs[:, 0]])
        least = least[least]
        if np.array_equal(least, before):
            return np.bincount(least, minlength=size)[least]


def _signature(words: Sequence[str]) -> bytes:
    minhash = RMinHash(num_perm=_BANDS * _ROWS, seed=_SEED)
    minhash.update([" ".join(words[i : i + _RUN]) for i in range(len(words) - _RUN + 1)])
    return np.array(minhash.digest(), dtype=_VALUE).tobytes()


def _shared(sketches: Sequence[Sketch], rows: _Rows, pairs: NDArray[np.int64]) -> Iterator[Shared]:
    """The pairs of documents that share enough, a sentence counted once however often it stands."""
    one, other = rows.document[pairs[:, 0]], rows.document[pairs[:, 1]]
    both = one * len(sketches) + other
    # The pairs are in order, so that the first of each sentence is the one that is kept.
    once = np.unique(both * len(rows.words) + pairs[:, 0], return_index=True)[1]
    both, pairs = both[once], pairs[once]
    words = np.minimum(rows.words[pairs[:, 0]], rows.words[pairs[:, 1]])
    telling = _families(len(rows.words), pairs)[pairs[:, 0]] <= _MANY
    known, at = np.unique(both, return_inverse=True)
    sums = [
        np.bincount(at, weights, len(known)).astype(np.int64)
        for weights in (words, np.ones(len(at)), words * telling, telling)
    ]
    lengths = [sketch.words for sketch in sketches]
    for pair, total, sentences, telling_words, telling_sentences in zip(
        known.tolist(), *(each.tolist() for each in sums), strict=True
    ):
        left, right = divmod(pair, len(sketches))
        share = min(1.0, total / min(lengths[left], lengths[right]))
        paragraph = telling_words >= _PARAGRAPH and telling_sentences >= _TOGETHER
        if paragraph or share >= _HALF:
            yield Shared(
                left=sketches[left].sha256,
                right=sketches[right].sha256,
                sentences=sentences,
                words=total,
                share=round(share, 2),
            )


def _first(
    sketches: Sequence[Sketch], rows: _Rows, pairs: Iterable[Sequence[int]]
) -> dict[str, dict[int, str]]:
    """Of each copied sentence the document that stands for all that have it."""
    leaders: dict[int, int] = {}

    def leader(row: int) -> int:
        while (above := leaders.setdefault(row, row)) != row:
            leaders[row] = leaders[above]
            row = above
        return row

    for one, other in pairs:
        low, high = sorted((leader(one), leader(other)))
        leaders[high] = low
    found: dict[str, dict[int, str]] = {}
    for row in sorted(leaders):
        of, first = (sketches[rows.document[each]].sha256 for each in (row, leader(row)))
        found.setdefault(of, {})[int(rows.number[row])] = first
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
