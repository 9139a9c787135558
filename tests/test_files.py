"""Files are written whole or not at all, and what hinders it is told in one way."""

from __future__ import annotations

import errno
import os
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest
from filelock import Timeout
from pyoxigraph import Store

from kg.errors import UnreadableError, UnwritableError
from kg.files import is_full, is_unwritable, locked, make_folder, read, replace, unwritable
from tests.strained import limited


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("lasting", [True, False])
def test_a_file_is_replaced_and_nothing_lies_beside_it(tmp_path: Path, lasting: bool) -> None:
    path = tmp_path / "kg.toml"
    replace(path, b"one", lasting=lasting)
    replace(path, b"two", lasting=lasting)
    assert (read(path), names(tmp_path)) == (b"two", ["kg.toml"])


def test_without_room_what_was_there_is_still_there(tmp_path: Path) -> None:
    path = tmp_path / "kg.toml"
    replace(path, b"one")
    with limited(0), pytest.raises(UnwritableError, match=r"kg\.toml' cannot be written: it would"):
        replace(path, b"two")
    assert (read(path), names(tmp_path)) == (b"one", ["kg.toml"])


def test_whatever_ends_the_writing_leaves_no_half(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        replace(tmp_path / "kg.toml", b"two")
    assert names(tmp_path) == []


def test_of_a_link_the_file_is_replaced_that_it_leads_to(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "decisions.csv").symlink_to(tmp_path / "there/decisions.csv")
    replace(tmp_path / "decisions.csv", b"a")
    replace(tmp_path / "decisions.csv", b"b")
    assert (tmp_path / "decisions.csv").is_symlink()
    assert (tmp_path / "there/decisions.csv").read_bytes() == b"b"


def test_who_may_read_a_file_stays_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "decisions.csv"
    path.touch()
    path.chmod(0o600)
    replace(path, b"who is hidden")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_what_is_no_file_is_written_to_and_never_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    end = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        replace(pipe, b"a graph")
        assert os.read(end, 100) == b"a graph"
    finally:
        os.close(end)
    assert pipe.is_fifo()


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "its disk is full; make room"),
        (errno.EDQUOT, "your share of its disk is used up; make room"),
        (errno.EFBIG, "larger than a file may be there; raise that limit"),
        (errno.EROFS, "everything is read-only; make it writable"),
        (errno.EACCES, "no right to write there; make it writable"),
        (errno.EIO, "its disk refused it; look whether"),
        (errno.ENAMETOOLONG, "file name too long; mend that"),
    ],
)
def test_each_hindrance_says_what_to_do(number: int, words: str) -> None:
    error = OSError(number, os.strerror(number))
    assert words in str(unwritable(Path("kg.toml"), error))
    assert is_unwritable(error) is (number != errno.ENAMETOOLONG)
    assert is_full(error) is (number in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def test_the_words_of_a_library_are_understood(tmp_path: Path) -> None:
    with limited(0), pytest.raises(OSError, match="File too large") as raised:
        Store(tmp_path / "store")
    assert raised.value.errno is None
    assert is_full(raised.value)
    assert not is_unwritable(OSError("IO error: Corruption: bad block"))


def test_a_database_without_room_is_no_damaged_one(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    with closing(sqlite3.connect(path)) as database:
        with limited(0), pytest.raises(sqlite3.OperationalError) as raised:
            database.execute("CREATE TABLE one (a)")
        assert is_unwritable(raised.value)
    path.write_bytes(b"no database, and long enough to be read as the head of one" * 9)
    with closing(sqlite3.connect(path)) as database:
        with pytest.raises(sqlite3.DatabaseError) as damaged:
            database.execute("CREATE TABLE one (a)")
        assert not is_unwritable(damaged.value)


def test_where_a_file_lies_there_can_be_no_folder(tmp_path: Path) -> None:
    (tmp_path / "case").touch()
    with pytest.raises(UnwritableError, match="case' cannot be written: file exists; mend that"):
        make_folder(tmp_path / "case")
    with pytest.raises(UnwritableError, match="not a directory"):
        make_folder(tmp_path / "case" / "sources")


def test_a_file_that_is_not_there_holds_nothing(tmp_path: Path) -> None:
    assert read(tmp_path / "none") is None
    assert read(tmp_path) is None


def test_a_name_that_cannot_be_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="file name too long"):
        read(tmp_path / ("long" * 99))


def test_a_lock_is_held_by_one(tmp_path: Path) -> None:
    path = tmp_path / "new" / "lock"
    with locked(path), pytest.raises(Timeout), locked(path, timeout=0):
        pytest.fail("two held it")
    with locked(path, timeout=0):
        pass


def test_a_lock_that_cannot_be_is_named(tmp_path: Path) -> None:
    (tmp_path / "lock").mkdir()
    with pytest.raises(UnwritableError, match="lock' cannot be written"), locked(tmp_path / "lock"):
        pytest.fail("a folder was held")
