"""What a graph is made of, part by part, so that a change redoes only what it touches.

A part is anything whose quads are a pure function of something small: what a document says,
what an entity is called, a judgement. The ledger keeps of each part what it was made from and
the quads that it gave. Parts that are made from the same as before are not made again; of the
others the difference goes to the store. A quad that several parts may give is counted, and
goes only when the last of them goes: so a graph that grew is the very one that a build from
nothing makes. Counting every quad would cost more than storing it; so whoever opens the ledger
says which quads can come from several parts.

One transaction holds a whole build. Its last act is to write down which generation of the
store it belongs to; the store switches afterwards, so that a crash between the two is mended by
switching (see ``Ledger.generation``).
"""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph
from pyoxigraph import Quad, RdfFormat

from kg.files import is_unwritable, unwritable
from kg.model import Change, Part

__all__ = ["Ledger", "open_ledger"]

#: Raised when the tables change: an older file is thrown away and made anew.
_FORMAT = 1
_TABLES = """
CREATE TABLE IF NOT EXISTS stamp (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS part (
    name TEXT PRIMARY KEY, made_from TEXT NOT NULL, quads BLOB NOT NULL, build INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS count (quad BLOB PRIMARY KEY, number INTEGER NOT NULL) WITHOUT ROWID;
"""
_ADD = """
INSERT INTO count VALUES (?, ?) ON CONFLICT DO UPDATE SET number = number + ? RETURNING number
"""


@contextmanager
def open_ledger(path: Path, *, made_with: str, shared: Callable[[Quad], bool]) -> Iterator[Ledger]:
    """The ledger in this file, empty if it was made with something else or cannot be read.

    ``shared`` says of a quad whether several parts may give it.
    What is done to it is kept when the context ends without an error, all or nothing.

    Raises:
        UnwritableError: If the disk is full, or the file cannot be written; it is as it was.
    """
    try:
        with _opened(path, made_with, shared) as ledger:
            yield ledger
    except sqlite3.Error as error:
        if not is_unwritable(error):
            raise
        raise unwritable(path, error) from error


@contextmanager
def _opened(path: Path, made_with: str, shared: Callable[[Quad], bool]) -> Iterator[Ledger]:
    path.parent.mkdir(parents=True, exist_ok=True)
    wanted = f"{_FORMAT} {made_with}"
    database = _usable(path, wanted)
    if database is None:
        for end in ("", "-journal"):
            path.with_name(path.name + end).unlink(missing_ok=True)
        database = _connect(path)
    try:
        database.execute("BEGIN IMMEDIATE")
        ledger = Ledger(database, shared)
        ledger.put("made with", wanted)
        yield ledger
        database.execute("COMMIT")
    finally:
        database.close()  # what is not committed is rolled back


def _usable(path: Path, wanted: str) -> sqlite3.Connection | None:
    try:
        database = _connect(path)
    except sqlite3.DatabaseError as error:
        if is_unwritable(error):
            raise
        return None
    if _stamp(database, "made with") in {None, wanted}:
        return database
    database.close()
    return None


def _connect(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path, isolation_level=None)
    try:
        # What a document said must not be left in the free pages of the file.
        database.execute("PRAGMA secure_delete = ON")
        database.executescript(_TABLES)
    except sqlite3.DatabaseError:
        database.close()
        raise
    return database


def _stamp(database: sqlite3.Connection, name: str) -> str | None:
    row = database.execute("SELECT value FROM stamp WHERE name = ?", (name,)).fetchone()
    return None if row is None else str(row[0])


class Ledger:
    """The parts of the last build, and what is written down about it."""

    def __init__(self, database: sqlite3.Connection, shared: Callable[[Quad], bool]) -> None:
        self._database = database
        self._shared = shared

    def get(self, name: str) -> str | None:
        """What is written down under a name."""
        return _stamp(self._database, name)

    def put(self, name: str, value: str) -> None:
        """Write something down under a name."""
        self._database.execute("REPLACE INTO stamp VALUES (?, ?)", (name, value))

    def clear(self) -> None:
        """Forget every part, as where the store that they went to is no longer there."""
        self._database.execute("DELETE FROM part")
        self._database.execute("DELETE FROM count")

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

        The ledger has taken them in when all changes were drawn.
        """
        build = 1 + int(self.get("build") or 0)
        for part in parts:
            row = self._database.execute(
                "SELECT made_from, quads, build FROM part WHERE name = ?", (part.name,)
            ).fetchone()
            if row is not None and row[2] == build:
                raise ValueError(f"two parts are called {part.name!r}")
            if row is not None and row[0] == part.made_from:
                self._database.execute(
                    "UPDATE part SET build = ? WHERE name = ?", (build, part.name)
                )
                continue
            new = tuple(dict.fromkeys(part.make()))
            self._database.execute(
                "REPLACE INTO part VALUES (?, ?, ?, ?)",
                (part.name, part.made_from, _pack(new), build),
            )
            yield from self._differ(_unpack(row[1]) if row is not None else (), new)
        self.put("build", str(build))
        gone = "SELECT quads FROM part WHERE build <> ?"
        for (packed,) in self._database.execute(gone, (build,)).fetchall():
            yield from self._differ(_unpack(packed), ())
        self._database.execute("DELETE FROM part WHERE build <> ?", (build,))

    def _differ(self, old: Sequence[Quad], new: Sequence[Quad]) -> Iterator[Change]:
        before, after = set(old), set(new)
        yield from self._count([quad for quad in new if quad not in before], 1)
        yield from self._count([quad for quad in old if quad not in after], -1)

    def _count(self, quads: Sequence[Quad], by: int) -> Iterator[Change]:
        """Those of the quads that come with the first part that gives them, or go with the last."""
        for quad in quads:
            if not self._shared(quad):
                yield Change(by > 0, quad)
                continue
            key = hashlib.blake2b(_written([quad]), digest_size=16).digest()
            (number,) = self._database.execute(_ADD, (key, by, by)).fetchone()
            if number == 0:
                self._database.execute("DELETE FROM count WHERE quad = ?", (key,))
            if number == max(by, 0):
                yield Change(by > 0, quad)


def _written(quads: Iterable[Quad]) -> bytes:
    """The quads as N-Quads, each on a line of its own."""
    return pyoxigraph.serialize(quads, format=RdfFormat.N_QUADS) or b""


def _pack(quads: Iterable[Quad]) -> bytes:
    return zlib.compress(_written(quads), level=1)


def _unpack(packed: bytes) -> Sequence[Quad]:
    return tuple(pyoxigraph.parse(zlib.decompress(packed), format=RdfFormat.N_QUADS))
