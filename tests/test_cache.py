"""The cache: what was kept is there, and what is damaged is as if it had never been."""

from __future__ import annotations

import hashlib
import sqlite3
from pathlib import Path

import pytest

from kg.cache import open_cache


def test_what_was_kept_is_there_when_it_is_opened_again(tmp_path: Path) -> None:
    with open_cache(tmp_path / "deep" / "cache") as cache:
        cache.put("findings", "a", b"one")
        cache.put("findings", "a", b"two")
        cache.put("reading", "a", b"three")
    with open_cache(tmp_path / "deep" / "cache") as cache:
        assert cache.get("findings", "a") == b"two"
        assert cache.get("reading", "a") == b"three"
        assert cache.get("findings", "b") is None


def test_sweeping_forgets_what_is_not_named_and_leaves_no_trace(tmp_path: Path) -> None:
    path = tmp_path / "cache"
    secret = hashlib.shake_256(b"a name").digest(
        900
    )  # too random to be packed: it lies there as it is
    with open_cache(path) as cache:
        cache.put("findings", "kept", b"x")
        cache.put("findings", "gone", secret)
    assert secret in path.read_bytes()
    with open_cache(path) as cache:
        cache.put("reading", "gone", b"y")
        assert cache.sweep("findings", ["kept"]) == 1
        assert cache.get("findings", "gone") is None
        assert cache.get("reading", "gone") == b"y"
    assert secret[:100] not in path.read_bytes()


@pytest.mark.parametrize("content", [b"no database", b"SQLite format 3\0" + b"\1" * 4096])
def test_a_file_that_cannot_be_read_is_begun_anew(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "cache").write_bytes(content)
    with open_cache(tmp_path / "cache") as cache:
        cache.put("findings", "a", b"one")
        assert cache.get("findings", "a") == b"one"


def test_an_entry_that_is_damaged_is_as_if_it_were_not_there(tmp_path: Path) -> None:
    with open_cache(tmp_path / "cache") as cache:
        cache.put("findings", "a", b"one")
    database = sqlite3.connect(tmp_path / "cache")
    database.execute("UPDATE entry SET value = x'00'")
    database.commit()
    database.close()
    with open_cache(tmp_path / "cache") as cache:
        assert cache.get("findings", "a") is None
