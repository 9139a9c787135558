"""What rests on all documents: what things are called, and how documents differ on events.

Documents are added one by one. What comes of them is kept in so many parts that a change makes
few of them anew, by the hashes of what they are about.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import chain

from pyoxigraph import NamedNode

from kg.hiding import Hidden
from kg.model import Mark, Part
from kg.statements.called import Called, Naming
from kg.statements.comparison import Copies, compare, describe_sources, origin
from kg.statements.gist import Gist
from kg.statements.happenings import Label, describe_event
from kg.statements.terms import Triple, text
from kg.statements.veiling import veiled

__all__ = ["Together", "place"]

#: Hexadecimal digits: what rests on all documents is kept in so many parts, 4096 of each kind.
_PLACES = 3

type Marks = Mapping[str, tuple[Mark, ...]]


def place(*about: str) -> str:
    """The part in which something is kept that is about these."""
    return hashlib.blake2b("\0".join(about).encode(), digest_size=_PLACES).hexdigest()[:_PLACES]


@dataclass(frozen=True, slots=True)
class Together:
    """What the documents added so far say of things that others may speak of too."""

    base: str
    _namings: dict[str, set[Naming]] = field(default_factory=dict)
    _labels: dict[str, set[Label]] = field(default_factory=dict)
    _sources: dict[str, set[str]] = field(default_factory=dict)
    _told: dict[str, list[tuple[str, bytes]]] = field(default_factory=dict)

    def add(self, sha256: str, gist: Gist, copies: Copies) -> None:
        """Take in the gist of one document."""
        for iri, naming in gist.namings:
            self._namings.setdefault(iri, set()).add(naming)
        for iri, label in gist.labels:
            self._labels.setdefault(iri, set()).add(label)
        for voice in gist.voices:
            source = origin(voice, copies, self.base)
            self._sources.setdefault(source.iri, set()).add(source.name)
        for iri, packed in gist.tellings.items():
            self._told.setdefault(iri, []).append((sha256, packed))

    def parts(self, marks: Marks, copies: Copies, hidden: Hidden) -> Iterator[Part]:
        """What all of them say together; ``marks`` are corrections of entities, by IRI."""
        for at, some in _by_place(self._namings):
            names = [
                (iri, sorted(self._namings[iri], key=repr), marks.get(iri, ())) for iri in some
            ]
            made_from = _digest(*map(repr, names))
            yield Part(f"name {at}", made_from, partial(self._named, names, hidden))
        for at, some in _by_place(self._labels):
            labels = [(iri, sorted(self._labels[iri])) for iri in some]
            yield Part(
                f"label {at}", _digest(*map(repr, labels)), partial(self._labelled, labels, hidden)
            )
        for at, some in _by_place(self._sources):
            sources = {iri: sorted(self._sources[iri]) for iri in some}
            yield Part(
                f"source {at}", _digest(repr(sources)), partial(self._sourced, sources, hidden)
            )
        for at, some in _by_place(self._told):
            told = [(iri, sorted(self._told[iri])) for iri in some]
            made_from = _digest(
                *(
                    each
                    for iri, by in told
                    for sha256, packed in by
                    for each in (iri, packed, repr(copies.touching(sha256)))
                )
            )
            make = partial(self._compared, told, copies, hidden)
            yield Part(f"event {at}", made_from, make)

    def _named(
        self,
        names: Sequence[tuple[str, Sequence[Naming], Sequence[Mark]]],
        hidden: Hidden,
    ) -> bytes:
        said = (
            Called(frozenset(namings)).describe(NamedNode(iri), marks)
            for iri, namings, marks in names
        )
        return self._shown(said, hidden, everywhere=True)

    def _labelled(self, labels: Sequence[tuple[str, Sequence[Label]]], hidden: Hidden) -> bytes:
        said = (describe_event(NamedNode(iri), some) for iri, some in labels)
        return self._shown(said, hidden, everywhere=True)

    def _sourced(self, sources: Mapping[str, Sequence[str]], hidden: Hidden) -> bytes:
        return self._shown([describe_sources(sources)], hidden)

    def _compared(
        self,
        told: Sequence[tuple[str, Sequence[tuple[str, bytes]]]],
        copies: Copies,
        hidden: Hidden,
    ) -> bytes:
        said = (compare(iri, (packed for _, packed in by), copies, self.base) for iri, by in told)
        return self._shown(said, hidden)

    def _shown(
        self, said: Iterable[Iterator[Triple]], hidden: Hidden, *, everywhere: bool = False
    ) -> bytes:
        written = text(chain.from_iterable(said)).encode()
        veil = hidden.everywhere if everywhere else hidden.all_veils
        return veiled(written, hidden, self.base, veil=veil)


def _by_place(about: Mapping[str, object]) -> Iterator[tuple[str, list[str]]]:
    """The IRIs in each part, both in order."""
    places: dict[str, list[str]] = {}
    for iri in sorted(about):
        places.setdefault(place(iri), []).append(iri)
    return iter(sorted(places.items()))


def _digest(*parts: str | bytes) -> str:
    """A digest of what may be long, and bytes; where one ends and the next begins counts."""
    made = hashlib.sha256()
    for part in parts:
        written = part if isinstance(part, bytes) else part.encode()
        made.update(len(written).to_bytes(8))
        made.update(written)
    return made.hexdigest()[:20]
