"""What can be thrown away and made again: small entries in one file, whole or not at all."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

__all__ = ["Cache", "open_cache"]

_TABLE = """
CREATE TABLE IF NOT EXISTS entry (
    kind TEXT, name TEXT, value BLOB NOT NULL, PRIMARY KEY (kind, name)
) WITHOUT ROWID;
"""
#: What a removed document said must not be left in the free pages of the file.
_SETTINGS = """
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
PRAGMA secure_delete = ON;
"""


@contextmanager
def open_cache(path: Path) -> Iterator[Cache]:
    """The cache in this file, begun anew if it cannot be read. Each entry is kept at once."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        database = _connect(path)
    except sqlite3.DatabaseError:
        for end in ("", "-wal", "-shm"):
            path.with_name(path.name + end).unlink(missing_ok=True)
        database = _connect(path)
    try:
        yield Cache(database)
    finally:
        database.close()


def _connect(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path, isolation_level=None)
    try:
        database.executescript(_SETTINGS + _TABLE)
    except sqlite3.DatabaseError:
        database.close()
        raise
    return database


class Cache:
    """Bytes by the kind of thing they are and its name."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def get(self, kind: str, name: str) -> bytes | None:
        """What was kept under this name; None where nothing was, or what was is damaged."""
        find = "SELECT value FROM entry WHERE kind = ? AND name = ?"
        try:
            row = self._database.execute(find, (kind, name)).fetchone()
            return None if row is None else zlib.decompress(row[0])
        except (sqlite3.DatabaseError, zlib.error):
            return None

    def put(self, kind: str, name: str, value: bytes) -> None:
        """Keep something under this name."""
        entry = (kind, name, zlib.compress(value, level=1))
        self._database.execute("REPLACE INTO entry VALUES (?, ?, ?)", entry)

    def sweep(self, kind: str, keep: Iterable[str]) -> int:
        """Forget everything of a kind but what is named; how much that was."""
        kept = set(keep)
        names = self._database.execute("SELECT name FROM entry WHERE kind = ?", (kind,)).fetchall()
        gone = [(kind, name) for (name,) in names if name not in kept]
        self._database.execute("BEGIN")
        self._database.executemany("DELETE FROM entry WHERE kind = ? AND name = ?", gone)
        self._database.execute("COMMIT")
        return len(gone)
