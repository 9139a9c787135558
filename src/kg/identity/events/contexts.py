"""How alike the texts are that two events are told in, by the words that are rare in the case."""

from __future__ import annotations

import math
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import numpy as np

from kg.identity.events.happenings import Happening
from kg.model import Findings

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Contexts"]

_WORD = re.compile(r"[^\W\d_]{3,}|\d+")
#: Words are told apart by a hash, so that a text takes 1 kB, however long it is.
_PLACES = 512


class Contexts:
    """The texts of a case and the words around its events, each word by how rare it is."""

    def __init__(self, findings: Iterable[Findings], known: Iterable[Happening]) -> None:
        counts = {one.document.sha256: _count(one.document.text) for one in findings}
        self._texts = len(counts)
        self._in_texts = Counter(word for count in counts.values() for word in count)
        self._vectors = {sha256: self._vector(count) for sha256, count in counts.items()}
        self._events = 0
        self._beside: Counter[str] = Counter()
        self._stems: Counter[str] = Counter()
        for happening in known:
            self._events += 1
            self._beside.update(happening.words)
            self._stems.update(happening.stems)

    def of_texts(self, one: str, other: str) -> float:
        """How alike two documents are, from 0 to 1."""
        return max(0.0, float(self._vectors[one] @ self._vectors[other]))

    def of_words(self, one: Happening, other: Happening) -> float:
        """How alike the words are that stand around two events, from 0 to 1."""
        both = self._weight(one.words & other.words)
        if not both:
            return 0.0
        return both / math.sqrt(self._weight(one.words) * self._weight(other.words))

    def rarity(self, happening: Happening) -> float:
        """How rare the rarest of an event's own words is among the events, 0 for one of all."""
        seen = min((self._stems[stem] for stem in happening.stems), default=self._events)
        return math.log((self._events + 1) / (seen + 1))

    def _weight(self, words: frozenset[str]) -> float:
        # Added up in a fixed order: the last digits of a sum hang on it.
        return sum(
            math.log((self._events + 1) / (self._beside[word] + 1)) ** 2 for word in sorted(words)
        )

    def _vector(self, count: Mapping[str, int]) -> NDArray[np.float32]:
        vector = np.zeros(_PLACES, dtype=np.float32)
        for word in sorted(count):
            hashed = zlib.crc32(word.encode())
            sign = 1 if hashed & _PLACES else -1
            rare = math.log((self._texts + 1) / (1 + self._in_texts[word]))
            vector[hashed % _PLACES] += sign * (1 + math.log(count[word])) * rare
        length = float(np.linalg.norm(vector))
        return vector / length if length else vector


def _count(text: str) -> Counter[str]:
    return Counter(_WORD.findall(text.casefold()))
