"""A SQLite file that can be made again: one of another version, or damaged, is begun anew."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.files import is_unwritable, unwritable

__all__ = ["open_database"]

_STAMP = """
CREATE TABLE IF NOT EXISTS stamp (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""


@contextmanager
def open_database(
    path: Path, tables: str, *, made_with: str, always: bool = False
) -> Iterator[sqlite3.Connection]:
    """The database in a file, empty if it was made with something else or cannot be read.

    It has these tables, and ``stamp`` with a name and a value. All is one transaction: it stays
    when the context ends without an error, or ``always``.

    Raises:
        UnwritableError: If the disk is full, or the file cannot be written.
    """
    try:
        with _opened(path, _STAMP + tables, made_with) as database:
            try:
                yield database
            except BaseException:
                if always and database.in_transaction:
                    database.execute("COMMIT")
                raise
            database.execute("COMMIT")
    except sqlite3.Error as error:
        if not is_unwritable(error):
            raise
        raise unwritable(path, error) from error


@contextmanager
def _opened(path: Path, tables: str, made_with: str) -> Iterator[sqlite3.Connection]:
    path.parent.mkdir(parents=True, exist_ok=True)
    database = _usable(path, tables, made_with)
    if database is None:
        for end in ("", "-journal"):
            path.with_name(path.name + end).unlink(missing_ok=True)
        database = _connect(path, tables)
    try:
        database.execute("BEGIN IMMEDIATE")
        database.execute("INSERT OR IGNORE INTO stamp VALUES ('made with', ?)", (made_with,))
        yield database
    finally:
        database.close()  # what is not committed is rolled back


def _usable(path: Path, tables: str, made_with: str) -> sqlite3.Connection | None:
    try:
        database = _connect(path, tables)
    except sqlite3.DatabaseError as error:
        if is_unwritable(error):
            raise
        return None
    found = database.execute("SELECT value FROM stamp WHERE name = 'made with'").fetchone()
    if found is None or found[0] == made_with:
        return database
    database.close()
    return None


def _connect(path: Path, tables: str) -> sqlite3.Connection:
    database = sqlite3.connect(path, isolation_level=None)
    try:
        # What a document said must not be left in the free pages of the file.
        database.execute("PRAGMA secure_delete = ON")
        database.executescript(tables)
    except sqlite3.DatabaseError:
        database.close()
        raise
    return database
