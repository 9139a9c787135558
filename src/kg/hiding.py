"""What is taken out of sight: names that must stand nowhere, covered letter by letter.

What is covered keeps its length, so that every character after it keeps its place.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache, reduce

from anyascii import anyascii

from kg.model import Span

__all__ = ["COVER", "Hidden", "Veil", "covered", "folded", "is_cover_of"]

#: What stands in the place of each hidden character.
COVER = "█"

#: A run of letters and digits, with the marks that are written above and below them.
_WORD = re.compile(r"(?:[^\W_]|[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0900-\u0e7f])+")
#: Words of one name stand this near to each other: a blank, a comma, a point.
_NEAR = 3
#: Written without blanks: names in these scripts are looked for inside of words.
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
#: A slug that is as long as this may have been cut inside of a word.
_LONG = 50


def folded(words: str) -> tuple[str, ...]:
    """The words as they are compared: Latin letters, no case and no marks.

    >>> folded("Zoë O’Hara-Berg")
    ('zoe', 'o', 'hara', 'berg')
    """
    return tuple(_fold(word[0]) for word in _WORD.finditer(words))


def covered(text: str, spans: Iterable[Span]) -> str:
    """The text with these places covered, line ends left where they are.

    >>> covered("Anna Berg left", [Span(0, 9)])
    '█████████ left'
    """
    letters = list(text)
    for span in spans:
        for at in range(span.start, min(span.end, len(letters))):
            if letters[at] not in "\r\n":
                letters[at] = COVER
    return "".join(letters)


def is_cover_of(shown: str, text: str) -> bool:
    """Whether a text is shown as it is, but for what is covered.

    >>> is_cover_of("████ left", "Anna left"), is_cover_of("████ left", "Anna stayed")
    (True, False)
    """
    return len(shown) == len(text) and all(
        one in (COVER, other) for one, other in zip(shown, text, strict=True)
    )


@dataclass(frozen=True, slots=True)
class Veil:
    """Names that are covered wherever they stand, as whole words.

    ``names`` are their words as ``folded`` gives them, ``signs`` names in scripts without blanks.
    """

    names: frozenset[tuple[str, ...]] = frozenset()
    signs: frozenset[str] = frozenset()
    _first: Mapping[str, tuple[tuple[str, ...], ...]] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )

    def __post_init__(self) -> None:
        first: dict[str, tuple[tuple[str, ...], ...]] = {}
        for name in sorted(self.names, key=lambda name: (-len(name), name)):
            if name:
                first[name[0]] = (*first.get(name[0], ()), name)
        object.__setattr__(self, "_first", first)

    def __bool__(self) -> bool:
        """Whether anything is hidden."""
        return bool(self.names or self.signs)

    @classmethod
    def of(cls, names: Iterable[str]) -> Veil:
        """A veil over these names."""
        known = [name for name in names if name.strip()]
        return cls(
            names=frozenset(filter(None, map(folded, known))),
            signs=frozenset(name for name in known if _UNSPACED.search(name)),
        )

    def __or__(self, other: Veil) -> Veil:
        """A veil over the names of both."""
        return Veil(self.names | other.names, self.signs | other.signs)

    def cover(self, text: str) -> str:
        """The text with every name covered.

        >>> Veil.of(["Karl Holm", "Holm"]).cover("KARL  HOLM met Holm’s son, Holmes")
        '██████████ met ████’s son, Holmes'
        """
        places = list(self._places(text)) if self else []
        return covered(text, places) if places else text

    def shows(self, slug: str) -> bool:
        """Whether the readable part of an IRI has a hidden name, or may have the start of one.

        >>> Veil.of(["Holm"]).shows("karl-holm"), Veil.of(["Holm"]).shows("karl-holmes")
        (True, False)
        """
        words = slug.split("-")
        if any(True for _ in self._runs(words)):
            return True
        return len(slug) >= _LONG and any(
            word.startswith(words[-1]) for name in self.names for word in name
        )

    def _places(self, text: str) -> Iterator[Span]:
        words = [Span(*word.span()) for word in _WORD.finditer(text)]
        for start, end in self._runs([_fold(word.of(text)) for word in words]):
            gaps = zip(words[start : end - 1], words[start + 1 : end], strict=True)
            if all(after.start - before.end <= _NEAR for before, after in gaps):
                yield Span(words[start].start, words[end - 1].end)
        for sign in self.signs:
            yield from (Span(*found.span()) for found in re.finditer(re.escape(sign), text))

    def _runs(self, words: list[str]) -> Iterator[tuple[int, int]]:
        for at, word in enumerate(words):
            for name in self._first.get(word, ()):
                if tuple(words[at : at + len(name)]) == name:
                    yield at, at + len(name)


@dataclass(frozen=True, slots=True)
class Hidden:
    """All that a case hides: everywhere, in the documents that name it, and single places.

    The documents are known by the hash of their text. ``words`` are those of single places:
    what a finding of that document took down of them. ``iris`` are those of the hidden entities
    as documents give them.
    """

    everywhere: Veil = Veil()
    documents: Mapping[str, Veil] = field(default_factory=dict)
    places: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)
    words: Mapping[str, Veil] = field(default_factory=dict)
    iris: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        """Whether anything is hidden."""
        return bool(self.everywhere or self.documents or self.places)

    def veil(self, sha256: str) -> Veil:
        """What one document hides."""
        return self.everywhere | self.documents.get(sha256, Veil())

    @property
    def all_veils(self) -> Veil:
        """What any document hides."""
        return reduce(Veil.__or__, self.documents.values(), self.everywhere)

    def iri(self, iri: str, base: str, sha256: str = "") -> str:
        """An IRI of the case without its readable part, where that has a hidden name.

        An entity has one IRI in all documents, and loses it in all or in none; an event is one
        document's own.

        >>> hidden = Hidden(Veil.of(["Holm"]))
        >>> hidden.iri("https://kg.example/person/karl-holm-0a1b", "https://kg.example/")
        'https://kg.example/person/0a1b'
        """
        rest = iri.removeprefix(base)
        room, slash, last = rest.partition("/")
        slug, dash, key = last.partition("/")[0].rpartition("-")
        if rest == iri or not slash or not dash:
            return iri
        veil = self.veil(sha256) if room == "event" else self.everywhere
        if iri not in self.iris and not veil.shows(slug):
            return iri
        return f"{base}{room}/{key}{last[len(slug) + 1 + len(key) :]}"

    def text(self, sha256: str, text: str) -> str:
        """The text of a document as it may be shown."""
        return covered(self.veil(sha256).cover(text), self.places.get(sha256, ()))


@lru_cache(maxsize=1 << 14)
def _fold(word: str) -> str:
    plain = anyascii(unicodedata.normalize("NFC", word)).casefold()
    return re.sub(r"[^a-z0-9]", "", plain) or word.casefold()
