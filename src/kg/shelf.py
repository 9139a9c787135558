"""The findings of many documents, each opened when it is needed, and what was made of each.

A case has more findings than fit into memory, and most of them are the same as at the last build.
So nobody holds them: a shelf knows of every document its hash and what its findings were made
from, and opens them one by one. What is made of one document's findings alone, or of them and
little else, is kept under what it was made from; where that is the same the next time, the
findings stay closed.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import msgspec

from kg.model import Findings
from kg.resources import code_digest
from kg.vocabulary import digest, entity_iri, event_iris

__all__ = ["Keeper", "Made", "Pool", "Record", "Shelf", "shelve"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A document that was read: what is known of it while its findings are closed.

    ``made_from`` names everything that the findings depend on: equal names, equal findings.
    ``corrected`` is false where it is known that people corrected none of them.
    """

    sha256: str
    file: str
    location: str
    made_from: str
    open: Callable[[], Findings]
    corrected: bool


@dataclass(frozen=True)
class Made[Value]:
    """Something that is made of one document's findings, and how it is kept.

    ``form`` is its type, for msgspec. ``code`` are the modules and packages that make it: where
    their text changes, it is made again.
    """

    name: str
    form: object
    code: tuple[str, ...]

    @cached_property
    def version(self) -> str:
        """A digest of the code."""
        return code_digest(*self.code)

    def take(self, keeper: Keeper | None, *rests_on: object, sha256: str = "") -> Value | None:
        """What was kept of a document, or of the case; None where nothing was, of just these."""
        if keeper is None:
            return None
        packed = keeper.get(sha256, self.name, digest(self.version, *rests_on))
        if packed is None:
            return None
        try:
            return self._decoder.decode(packed)
        except msgspec.DecodeError:
            return None  # damaged: it is made again

    def give(
        self, keeper: Keeper | None, value: Value, *rests_on: object, sha256: str = ""
    ) -> None:
        """Keep it, of a document or of the case, where there is a keeper."""
        if keeper is not None:
            made_from = digest(self.version, *rests_on)
            keeper.put(sha256, self.name, made_from, msgspec.msgpack.encode(value))

    @cached_property
    def _decoder(self) -> msgspec.msgpack.Decoder[Value]:
        return msgspec.msgpack.Decoder(self.form)


class Pool:
    """Equal values as one: of what is read back most is what was read before, or empty."""

    def __init__(self) -> None:
        self._known: dict[Hashable, Hashable] = {}

    def one[Value: Hashable](self, value: Value) -> Value:
        """The first that was seen of all that are equal to this."""
        return self._known.setdefault(value, value)  # type: ignore[return-value]

    def set_of[Value: Hashable](self, values: frozenset[Value]) -> frozenset[Value]:
        """The set, and each of its members, as the first that were equal to them."""
        found = self._known.get(values)
        if found is None:
            found = frozenset(map(self.one, values))
            self._known[found] = found
        return found  # type: ignore[return-value]


class Keeper(Protocol):
    """Keeps bytes under a document (none for the whole case), a name, and what they rest on."""

    def get(self, sha256: str, name: str, made_from: str) -> bytes | None:
        """What is kept; None where it was made from something else, or never."""
        ...

    def put(self, sha256: str, name: str, made_from: str, packed: bytes) -> None:
        """Keep something in the place of what was made before."""
        ...


class Shelf:
    """Findings in the order of the hashes of their texts, each text once."""

    def __init__(self, records: Iterable[Record], keeper: Keeper | None = None) -> None:
        by_text = {record.sha256: record for record in records}
        self.records = tuple(by_text[sha256] for sha256 in sorted(by_text))
        self._by_text = by_text
        self.keeper = keeper

    def __len__(self) -> int:
        """How many documents."""
        return len(self.records)

    def __iter__(self) -> Iterator[Findings]:
        """The findings, one after the other; none of them is held."""
        return (record.open() for record in self.records)

    def __getitem__(self, sha256: str) -> Record:
        """The document with this hash."""
        return self._by_text[sha256]

    @property
    def corrected(self) -> Iterator[Findings]:
        """The findings of which people may have corrected some."""
        return (record.open() for record in self.records if record.corrected)

    def changed(self, changes: Mapping[str, Record]) -> Shelf:
        """The shelf with other records in the place of those with these hashes."""
        return Shelf((changes.get(each.sha256, each) for each in self.records), self.keeper)

    def of[Value](
        self,
        record: Record,
        made: Made[Value],
        make: Callable[[Findings], Value],
        *rests_on: object,
    ) -> Value:
        """What is made of a document's findings: what is kept, where it was made from the same.

        ``rests_on`` is all that it rests on besides, in values of JSON.
        """
        rests_on = (record.made_from, *rests_on)
        value = made.take(self.keeper, *rests_on, sha256=record.sha256)
        if value is None:
            value = make(record.open())
            made.give(self.keeper, value, *rests_on, sha256=record.sha256)
        return value

    def cast(self, record: Record, base: str) -> tuple[str, ...]:
        """The entities and events of a document, by the IRIs that they have in it."""

        def iris(found: Findings) -> tuple[str, ...]:
            entities = (entity_iri(base, record.sha256, entity) for entity in found.entities)
            return (*entities, *event_iris(base, record.sha256, found.events).values())

        return self.of(record, _CAST, iris, base)


_CAST: Made[tuple[str, ...]] = Made(
    "cast", tuple[str, ...], ("kg.shelf", "kg.vocabulary", "kg.model")
)


def shelve(findings: Iterable[Findings]) -> Shelf:
    """Findings as a shelf: one that is one already, or one of findings that are held in memory."""
    return findings if isinstance(findings, Shelf) else Shelf(map(_held, findings))


def _held(found: Findings) -> Record:
    document = found.document
    return Record(
        sha256=document.sha256,
        file=document.file,
        location=document.location,
        made_from=_made_from(found),
        open=lambda: found,
        corrected=True,
    )


def _made_from(found: Findings) -> str:
    return digest(msgspec.json.encode(found).decode())
