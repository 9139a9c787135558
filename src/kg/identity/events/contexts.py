"""How alike the texts are that two events are told in, by the words that are rare in the case."""

from __future__ import annotations

import math
import re
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from kg.identity.events.happenings import Happening
from kg.model import Findings, Form

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Contexts", "Likeness"]

#: How near two words are in meaning, from 0 to 1.
type Likeness = Callable[[str, str], float]

_WORD = re.compile(r"[^\W\d_]{3,}|\d+")
#: Words are told apart by a hash, so that a text takes 1 kB, however long it is.
_PLACES = 512


class _Texts:
    """Bags of words, one a document, each word weighing as much as it is rare."""

    def __init__(self, bags: Mapping[str, Counter[str]]) -> None:
        self._size = len(bags)
        self._in = Counter(word for bag in bags.values() for word in bag)
        self._vectors = {sha256: self._vector(bag) for sha256, bag in bags.items()}

    def likeness(self, one: str, other: str) -> float:
        """The cosine of two bags, from 0 to 1."""
        return max(0.0, float(self._vectors[one] @ self._vectors[other]))

    def _vector(self, bag: Mapping[str, int]) -> NDArray[np.float32]:
        vector = np.zeros(_PLACES, dtype=np.float32)
        for word in sorted(bag):
            hashed = zlib.crc32(word.encode())
            sign = 1 if hashed & _PLACES else -1
            rare = math.log((self._size + 1) / (1 + self._in[word]))
            vector[hashed % _PLACES] += sign * (1 + math.log(bag[word])) * rare
        length = float(np.linalg.norm(vector))
        return vector / length if length else vector


class Contexts:
    """The texts of a case and the words around its events, each word by how rare it is."""

    def __init__(
        self,
        findings: Iterable[Findings],
        known: Iterable[Happening],
        likeness: Likeness | None = None,
    ) -> None:
        documents = {one.document.sha256: one for one in findings}
        self._texts = _Texts({k: _count(one.document.text) for k, one in documents.items()})
        self._names = _Texts({k: _names(one) for k, one in documents.items()})
        self._likeness = likeness
        self._events = 0
        self._beside: Counter[str] = Counter()
        self._stems: Counter[str] = Counter()
        for happening in known:
            self._events += 1
            self._beside.update(happening.words)
            self._stems.update(happening.stems)

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


def _count(text: str) -> Counter[str]:
    return Counter(_WORD.findall(text.casefold()))


def _names(found: Findings) -> Counter[str]:
    text = found.document.text
    return Counter(
        word
        for entity in found.entities
        for mention in entity.mentions
        if mention.form is Form.NAME
        for word in _WORD.findall(mention.span.of(text).casefold())
    )
