"""What a graph is made of, part by part, so that a change redoes only what it touches.

A part is anything whose quads are a pure function of something small: what a document says,
what an entity is called, a judgement. The ledger keeps of each part what it was made from and
the quads that it gave. Parts that are made from the same as before are not made again; of the
others the difference goes to the store. A quad that several parts may give goes only when none
gives it any more: so a graph that grew is the very one that a build from nothing makes. Whoever
opens the ledger says which quads can come from several parts; of these each part keeps a hash, and
they are looked through when one has gone from a part.

One transaction holds a whole build. Its last act is to write down which generation of the
store it belongs to; the store switches afterwards, so that a crash between the two is mended by
switching.
"""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from kg import nquads
from kg.database import open_database
from kg.model import Change, Part

__all__ = ["Ledger", "open_ledger"]

#: Raised when the tables change: an older file is thrown away and made anew.
_FORMAT = 4
_TABLES = """
CREATE TABLE IF NOT EXISTS part (
    name TEXT PRIMARY KEY, made_from TEXT NOT NULL, shared BLOB NOT NULL, quads BLOB NOT NULL
);
"""
#: Of a shared quad: two of ten million are alike by chance once in 400,000 cases.
_HASH = np.dtype("<u8")


@contextmanager
def open_ledger(
    path: Path, *, made_with: str, shared: Callable[[bytes], object]
) -> Iterator[Ledger]:
    """The ledger in this file, empty if it was made with something else or cannot be read.

    ``shared`` says of a quad's line whether several parts may give it.
    What is done to it is kept when the context ends without an error, all or nothing.

    Raises:
        UnwritableError: If the disk is full, or the file cannot be written; it is as it was.
    """
    with open_database(path, _TABLES, made_with=f"{_FORMAT} {made_with}") as database:
        yield Ledger(database, shared)


class Ledger:
    """The parts of the last build, and what is written down about it."""

    def __init__(self, database: sqlite3.Connection, shared: Callable[[bytes], object]) -> None:
        self._database = database
        self._shared = shared

    def get(self, name: str) -> str | None:
        """What is written down under a name."""
        row = self._database.execute("SELECT value FROM stamp WHERE name = ?", (name,)).fetchone()
        return None if row is None else str(row[0])

    def put(self, name: str, value: str) -> None:
        """Write something down under a name."""
        self._database.execute("REPLACE INTO stamp VALUES (?, ?)", (name, value))

    def clear(self) -> None:
        """Forget every part, as where the store that they went to is no longer there."""
        self._database.execute("DELETE FROM part")

    def names(self, beginning: str) -> frozenset[str]:
        """The names of the parts that begin so."""
        find = "SELECT name FROM part WHERE substr(name, 1, ?) = ?"
        rows = self._database.execute(find, (len(beginning), beginning))
        return frozenset(name for (name,) in rows)

    def __len__(self) -> int:
        """How many parts."""
        return int(self._database.execute("SELECT count(*) FROM part").fetchone()[0])

    def update(self, parts: Iterable[Part]) -> Iterator[Change]:
        """What must change in the graph for it to be made of these parts, in this order.

        A quad that comes may be there already, given by another part. The ledger has taken the
        parts in when all changes were drawn.

        Raises:
            ValueError: If two parts have one name.
        """
        return (change for change in self._changes(parts) if change.lines)

    def _changes(self, parts: Iterable[Part]) -> Iterator[Change]:
        gone: list[bytes] = []
        there: set[str] = set()
        for part in parts:
            if part.name in there:
                raise ValueError(f"two parts are called {part.name!r}")
            there.add(part.name)
            row = self._database.execute(
                "SELECT made_from FROM part WHERE name = ?", (part.name,)
            ).fetchone()
            if row is not None and row[0] == part.made_from:
                continue
            old = frozenset(() if row is None else self._lines(part.name))
            new = dict.fromkeys(nquads.split(part.make()))
            yield Change(True, [line for line in new if line not in old])
            self._database.execute(
                "REPLACE INTO part VALUES (?, ?, ?, ?)",
                (part.name, part.made_from, self._hashes(new), _pack(new)),
            )
            yield self._lost(old - new.keys(), gone)
        for name in sorted(self.names("") - there):
            yield self._lost(self._lines(name), gone)
            self._database.execute("DELETE FROM part WHERE name = ?", (name,))
        yield Change(False, self._given_by_none(gone))

    def _lines(self, name: str) -> list[bytes]:
        row = self._database.execute("SELECT quads FROM part WHERE name = ?", (name,)).fetchone()
        return nquads.split(zlib.decompress(row[0]))

    def _hashes(self, lines: Iterable[bytes]) -> bytes:
        """A hash of each that several parts may give."""
        return b"".join(map(_hash, filter(self._shared, lines)))

    def _lost(self, lines: Collection[bytes], gone: list[bytes]) -> Change:
        """Those that no other part can give go; the others are noted as gone from this one."""
        gone.extend(filter(self._shared, lines))
        return Change(False, [line for line in lines if not self._shared(line)])

    def _given_by_none(self, gone: Iterable[bytes]) -> list[bytes]:
        """Those that no part gives any more, once each."""
        lines = {_hash(line): line for line in gone}
        if not lines:
            return []
        wanted = np.frombuffer(b"".join(lines), dtype=_HASH)
        given = np.zeros(len(wanted), dtype=bool)
        for (hashes,) in self._database.execute("SELECT shared FROM part"):
            given |= np.isin(wanted, np.frombuffer(hashes, dtype=_HASH))
        return [
            line for line, still in zip(lines.values(), given.tolist(), strict=True) if not still
        ]


def _hash(line: bytes) -> bytes:
    return hashlib.blake2b(line, digest_size=_HASH.itemsize).digest()


def _pack(lines: Iterable[bytes]) -> bytes:
    return zlib.compress(b"\n".join(lines), level=1)
