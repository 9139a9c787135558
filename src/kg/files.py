"""Files that are written whole, and why one could not be written or read.

Whoever writes into a folder of the user's does it here or within ``writing``: so a full disk and a
folder that is read-only are told in the same words everywhere, and what was there is still there.
"""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from kg.errors import UnreadableError, UnwritableError

__all__ = [
    "is_full",
    "is_unwritable",
    "locked",
    "make_folder",
    "read",
    "reading",
    "replace",
    "unwritable",
    "writing",
]

_ROOM = "make room there and run the command again"
_PLACE = "make it writable, or use another place: a copy of the case, another --output"
#: By the number of an error why nothing can be written, and what to do.
_FULL = {
    errno.ENOSPC: ("its disk is full", _ROOM),
    errno.EDQUOT: ("your share of its disk is used up", _ROOM),
    errno.EFBIG: ("it would be larger than a file may be there", "raise that limit (ulimit -f)"),
}
_REFUSED = {
    errno.EIO: ("its disk refused it", "look whether that is full, or failing"),
    errno.EROFS: ("it lies where everything is read-only", _PLACE),
    errno.EACCES: ("you have no right to write there", _PLACE),
    errno.EPERM: ("you have no right to write there", _PLACE),
}
#: Libraries in other languages pass on the words of the system, and not the number.
_NUMBERS = {os.strerror(number): number for number in (*_FULL, *_REFUSED)}
#: By SQLite's code the number that says the same.
_SQLITE = {
    sqlite3.SQLITE_FULL: errno.ENOSPC,
    sqlite3.SQLITE_READONLY: errno.EROFS,
    sqlite3.SQLITE_CANTOPEN: errno.EACCES,
    sqlite3.SQLITE_PERM: errno.EACCES,
    sqlite3.SQLITE_IOERR: errno.EIO,
}


def replace(path: Path, content: bytes, *, lasting: bool = True) -> None:
    """Put a file in the place of another; nobody ever sees half of it.

    Of a link the file is meant that it leads to. What is no file (a terminal, a pipe) is written
    to. ``lasting`` waits until the disk has it, so that a power cut cannot take it back.

    Raises:
        UnwritableError: If it cannot be written; then what was there is still there.
    """
    with writing(path):
        if path.exists() and not path.is_file():
            path.write_bytes(content)
            return
        path = path.resolve()
        beside = path.with_name(f".{path.name}.{os.getpid()}.new")
        try:
            with beside.open("wb") as file:
                if path.exists():
                    shutil.copymode(path, beside)  # who may read it stays as it was
                file.write(content)
                if lasting:
                    file.flush()
                    os.fsync(file.fileno())
            beside.replace(path)
        except BaseException:
            with suppress(OSError):
                beside.unlink(missing_ok=True)
            raise
        if lasting:
            _keep_entry(path.parent)


def _keep_entry(folder: Path) -> None:
    """Wait until the disk has the names in a folder as they are now."""
    if os.name != "posix":  # elsewhere a folder cannot be opened
        return
    entry = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(entry)
    finally:
        os.close(entry)


def make_folder(path: Path) -> None:
    """Let there be a folder, and those above it.

    Raises:
        UnwritableError: If it cannot be made.
    """
    with writing(path):
        path.mkdir(parents=True, exist_ok=True)


def read(path: Path) -> bytes | None:
    """What a file holds; None where there is no such file.

    Raises:
        UnreadableError: If it cannot be opened.
    """
    with reading(path):
        try:
            return path.read_bytes() if path.is_file() else None
        except FileNotFoundError:  # it was there a moment ago
            return None


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Where all that the system can refuse is the reading of this file or folder.

    Raises:
        UnreadableError: If it is refused.
    """
    try:
        yield
    except OSError as error:
        raise UnreadableError(path, (error.strerror or str(error)).lower()) from error


@contextmanager
def locked(path: Path, *, timeout: float = -1) -> Iterator[None]:
    """A file that nobody else can hold for as long as the context lasts.

    ``timeout`` is how many seconds to wait for it; the default is for ever.

    Raises:
        Timeout: If somebody else holds it.
        UnwritableError: If there can be no such file.
    """
    make_folder(path.parent)
    lock = FileLock(path, timeout=timeout)
    try:
        lock.acquire()
    except Timeout:
        raise
    except OSError as error:
        raise unwritable(path, error) from error
    try:
        yield
    finally:
        lock.release()


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Where all that the system can refuse is the writing of this file or folder.

    Raises:
        UnwritableError: If it is refused.
    """
    try:
        yield
    except OSError as error:
        raise unwritable(path, error) from error


def unwritable(path: Path, error: OSError | sqlite3.Error) -> UnwritableError:
    """What to tell of a path that could not be written.

    >>> print(unwritable(Path("kg.toml"), OSError(errno.ENOSPC, "No space left on device")))
    'kg.toml' cannot be written: its disk is full; make room there and run the command again
    """
    known = (_FULL | _REFUSED).get(_number(error))
    if known is not None:
        return UnwritableError(path, *known)
    words = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return UnwritableError(path, words.lower(), "mend that, or use another place")


def is_unwritable(error: OSError | sqlite3.Error) -> bool:
    """Whether an error says that nothing can be written there, and nothing of what is there."""
    return _number(error) in _FULL | _REFUSED


def is_full(error: OSError) -> bool:
    """Whether an error can only come of writing, and has no other cause than a want of room."""
    return _number(error) in _FULL


def _number(error: OSError | sqlite3.Error) -> int:
    """The system's number of an error, also where a library gives its own, or only words."""
    if isinstance(error, sqlite3.Error):
        return _SQLITE.get(getattr(error, "sqlite_errorcode", 0) & 0xFF, 0)
    if error.errno is not None:
        return error.errno
    said = str(error)
    return next((number for words, number in _NUMBERS.items() if words in said), 0)
