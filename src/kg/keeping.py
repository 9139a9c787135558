"""What a case remembers of its files and documents so that the next build need not do it again.

Of each file how it stood when it was read, and what came of it; of each document what was made
of its findings (see ``kg.shelf``). Everything here can be made again: a file that is of another
version, or damaged, is thrown away.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Set
from contextlib import contextmanager
from pathlib import Path

from kg.database import open_database

__all__ = ["Kept", "open_kept"]

#: Another when the tables change: an older file is thrown away and made anew.
_FORMAT = "2"
_TABLES = """
CREATE TABLE IF NOT EXISTS made (
    document TEXT, name TEXT, made_from TEXT NOT NULL, value BLOB NOT NULL,
    PRIMARY KEY (document, name)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS seen (
    file TEXT PRIMARY KEY, stood TEXT NOT NULL, document TEXT NOT NULL, entry TEXT NOT NULL
) WITHOUT ROWID;
"""


class Kept:
    """The memory of one case, open for reading and writing; a ``Keeper`` of a shelf."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def get(self, sha256: str, name: str, made_from: str) -> bytes | None:
        """What was made of a document; None where it was made from something else, or never."""
        row = self._database.execute(
            "SELECT made_from, value FROM made WHERE document = ? AND name = ?", (sha256, name)
        ).fetchone()
        return row[1] if row is not None and row[0] == made_from else None

    def put(self, sha256: str, name: str, made_from: str, packed: bytes) -> None:
        """Keep what was made of a document, in the place of what was made before."""
        self._database.execute(
            "REPLACE INTO made VALUES (?, ?, ?, ?)", (sha256, name, made_from, packed)
        )

    def seen(self, file: str, stood: str) -> tuple[str, str] | None:
        """Hash and findings of the document that a file was read as; None if it changed since.

        ``stood`` names everything of the file that tells that it is the same.
        """
        row = self._database.execute(
            "SELECT stood, document, entry FROM seen WHERE file = ?", (file,)
        ).fetchone()
        return (row[1], row[2]) if row is not None and row[0] == stood else None

    def see(self, file: str, stood: str, sha256: str, entry: str) -> None:
        """Remember as what document a file was read."""
        self._database.execute(
            "REPLACE INTO seen VALUES (?, ?, ?, ?)", (file, stood, sha256, entry)
        )

    def keep_only(self, documents: Set[str], files: Set[str]) -> None:
        """Forget every document and every file that is not among these."""
        for table, column, known in (
            ("made", "document", documents),
            ("seen", "document", documents),
            ("seen", "file", files),
        ):
            rows = self._database.execute(f"SELECT DISTINCT {column} FROM {table}").fetchall()  # noqa: S608 - names of this file
            gone = [row for row in rows if row[0] not in known]
            self._database.executemany(f"DELETE FROM {table} WHERE {column} = ?", gone)  # noqa: S608


@contextmanager
def open_kept(path: Path) -> Iterator[Kept]:
    """The memory in this file, empty if it is of another version or cannot be read.

    What was remembered stays, however the context ends: each is true by itself.

    Raises:
        UnwritableError: If the disk is full, or the file cannot be written.
    """
    with open_database(path, _TABLES, made_with=_FORMAT, always=True) as database:
        yield Kept(database)
