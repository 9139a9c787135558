"""What a case remembers: files as they stood, and what was made of documents."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.keeping import open_kept


def test_it_is_there_the_next_time(tmp_path: Path) -> None:
    with open_kept(tmp_path / "kept") as kept:
        kept.put("a", "length", "x", b"1")
        kept.see("a.txt", "so", "a", "a-1.json 7")
    with open_kept(tmp_path / "kept") as kept:
        assert kept.get("a", "length", "x") == b"1"
        assert kept.get("a", "length", "y") is None
        assert kept.get("b", "length", "x") is None
        assert kept.seen("a.txt", "so") == ("a", "a-1.json 7")
        assert kept.seen("a.txt", "otherwise") is None


def test_it_is_there_also_after_an_error(tmp_path: Path) -> None:
    def fail() -> None:
        with open_kept(tmp_path / "kept") as kept:
            kept.put("a", "length", "x", b"1")
            raise RuntimeError("in the middle")

    with pytest.raises(RuntimeError, match="in the middle"):
        fail()
    with open_kept(tmp_path / "kept") as kept:
        assert kept.get("a", "length", "x") == b"1"


@pytest.mark.parametrize("content", [b"no database", b"SQLite format 3\0" + b"\1" * 200, b""])
def test_one_that_cannot_be_read_is_begun_anew(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "kept").write_bytes(content)
    with open_kept(tmp_path / "kept") as kept:
        assert kept.get("a", "length", "x") is None
        kept.put("a", "length", "x", b"1")
    with open_kept(tmp_path / "kept") as kept:
        assert kept.get("a", "length", "x") == b"1"


def test_what_is_gone_leaves_nothing_in_the_file(tmp_path: Path) -> None:
    with open_kept(tmp_path / "kept") as kept:
        for document in ("a", "b"):
            kept.put(document, "names", "x", f"the name in {document}".encode())
            kept.see(f"of-{document}.txt", "so", document, "entry 1")
    with open_kept(tmp_path / "kept") as kept:
        kept.keep_only({"a"}, {"of-a.txt", "of-b.txt"})
    content = (tmp_path / "kept").read_bytes()
    assert b"the name in a" in content
    assert b"the name in b" not in content
    assert b"of-b.txt" not in content
    with open_kept(tmp_path / "kept") as kept:
        kept.keep_only({"a"}, set())
        assert kept.seen("of-a.txt", "so") is None
