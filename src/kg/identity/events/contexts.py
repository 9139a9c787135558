"""How alike the texts are that two events are told in, by the words that are rare in the case."""

from __future__ import annotations

import math
import re
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from kg.identity.events.happenings import Happening
from kg.model import Findings, Form
from kg.shelf import Made, shelve
from kg.vocabulary import digest

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Contexts", "Likeness"]

#: How near two words are in meaning, from 0 to 1.
type Likeness = Callable[[str, str], float]

_WORD = re.compile(r"[^\W\d_]{3,}|\d+")
#: Words are told apart by a hash, so that a text takes 1 kB, however long it is.
_PLACES = 512
#: The documents that the sample has: the first by the hashes of their texts, which is as good as by
#: lot, and the same for all. One more document falls into it once in as many times as it is part
#: of the case.
_SAMPLE = 1000
#: So many vectors are held, 2 kB each: pairs of events come from documents far apart. A bag is
#: read back from what is kept; both of its vectors are asked for one after the other.
_VECTORS, _BAGS_HELD = 1 << 13, 64
_HASH, _COUNT = np.dtype("<u4"), np.dtype("<u2")
_MOST = int(np.iinfo(_COUNT).max)


@dataclass(frozen=True, slots=True)
class _Bag:
    """How often each word is in a text, the words by their hashes, in order.

    ``words`` are so many unsigned integers of 4 bytes, ``counts`` of 2.
    """

    words: bytes
    counts: bytes

    @classmethod
    def of(cls, words: Iterable[str]) -> _Bag:
        """A bag of these words."""
        count = Counter(zlib.crc32(word.encode()) for word in words)
        hashes = sorted(count)
        counts = [min(count[each], _MOST) for each in hashes]
        return cls(
            np.array(hashes, dtype=_HASH).tobytes(), np.array(counts, dtype=_COUNT).tobytes()
        )


@dataclass(frozen=True, slots=True)
class _Bags:
    """The words of one document, and those of the names in it."""

    text: _Bag
    names: _Bag


_BAGS: Made[_Bags] = Made("bags", _Bags, ("kg.identity.events.contexts", "kg.model"))


class _Texts:
    """Bags of words, one a document, each word weighing as much as it is rare in the sample."""

    def __init__(self, sample: Sequence[_Bag], bag: Callable[[str], _Bag]) -> None:
        words = [np.frombuffer(each.words, dtype=_HASH) for each in sample]
        self._known, within = np.unique(
            np.concatenate([*words, np.array([], dtype=_HASH)]), return_counts=True
        )
        # Of math and not of numpy, whose last digit is another on other processors.
        in_so_many = [0, *within.tolist()]
        self._rarity = np.array([math.log((len(sample) + 1) / (1 + n)) for n in in_so_many])
        self._vector = lru_cache(_VECTORS)(lambda sha256: self._weighed(bag(sha256)))

    def likeness(self, one: str, other: str) -> float:
        """The cosine of two bags, from 0 to 1."""
        return max(0.0, float(self._vector(one) @ self._vector(other)))

    def _weighed(self, bag: _Bag) -> NDArray[np.float32]:
        words = np.frombuffer(bag.words, dtype=_HASH)
        counts = np.frombuffer(bag.counts, dtype=_COUNT)
        at = np.searchsorted(self._known, words)
        there = np.append(self._known, 0)[at] == words
        there &= at < len(self._known)
        often = np.array([1 + math.log(count) for count in counts.tolist()])
        weights = often * self._rarity[np.where(there, at + 1, 0)]
        signs = np.where(words & _PLACES, 1, -1)
        vector = np.bincount(words % _PLACES, signs * weights, _PLACES).astype(np.float32)
        length = float(np.linalg.norm(vector))
        return vector / length if length else vector


class Contexts:
    """The texts of a case and the words around its events, each word by how rare it is.

    How rare a word is, is reckoned from a sample: so one document more seldom changes it, and with
    it everything that was weighed. ``stamp`` names all that was reckoned so.
    """

    def __init__(
        self,
        findings: Iterable[Findings],
        known: Iterable[Happening],
        likeness: Likeness | None = None,
    ) -> None:
        shelf = shelve(findings)
        sample = shelf.records[:_SAMPLE]

        @lru_cache(_BAGS_HELD)
        def bags(sha256: str) -> _Bags:
            return shelf.of(shelf[sha256], _BAGS, _bags)

        first = [bags(record.sha256) for record in sample]
        self._texts = _Texts([each.text for each in first], lambda sha256: bags(sha256).text)
        self._names = _Texts([each.names for each in first], lambda sha256: bags(sha256).names)
        self._likeness = likeness
        self._events = 0
        self._beside: Counter[str] = Counter()
        self._stems: Counter[str] = Counter()
        within = {record.sha256 for record in sample}
        for happening in known:
            if not within.isdisjoint(happening.documents):
                self._events += 1
                self._beside.update(happening.words)
                self._stems.update(happening.stems)
        self.stamp = digest(
            [record.made_from for record in sample],
            self._events,
            sorted(self._beside.items()),
            sorted(self._stems.items()),
        )

    def of_texts(self, one: str, other: str) -> float:
        """How alike two documents are, from 0 to 1."""
        return self._texts.likeness(one, other)

    def of_names(self, one: str, other: str) -> float:
        """How alike the names in two documents are, from 0 to 1."""
        return self._names.likeness(one, other)

    def of_words(self, one: Happening, other: Happening) -> float:
        """How alike the words are that stand around two events, from 0 to 1."""
        both = self._weight(one.words & other.words)
        if not both:
            return 0.0
        return both / math.sqrt(self._weight(one.words) * self._weight(other.words))

    def of_meanings(self, one: Happening, other: Happening) -> float:
        """How near the words for two events are in meaning, -1 where nobody can say."""
        if self._likeness is None:
            return -1.0
        pairs = product(one.heads, other.heads)
        return round(max((self._likeness(*sorted(pair)) for pair in pairs), default=-1.0), 3)

    def rarity(self, happening: Happening) -> float:
        """How rare the rarest of an event's own words is among the events, 0 for one of all."""
        seen = min((self._stems[stem] for stem in happening.stems), default=self._events)
        return math.log((self._events + 1) / (seen + 1))

    def _weight(self, words: frozenset[str]) -> float:
        # Added up in a fixed order: the last digits of a sum hang on it.
        return sum(
            math.log((self._events + 1) / (self._beside[word] + 1)) ** 2 for word in sorted(words)
        )


def _bags(found: Findings) -> _Bags:
    text = found.document.text
    names = (
        word
        for entity in found.entities
        for mention in entity.mentions
        if mention.form is Form.NAME
        for word in _words(mention.span.of(text))
    )
    return _Bags(_Bag.of(_words(text)), _Bag.of(names))


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())
