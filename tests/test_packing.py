"""Packed files: what went in comes out, and a half is never taken for a whole."""

from __future__ import annotations

import io
import sys
import zlib

import pytest

from kg.errors import PackagesMissingError
from kg.packing import COMPRESSIONS, packed, unpacked

LINES = b"".join(b"line %d of a file\n" % number for number in range(50_000))
NAMES = [f"a.nq{end}" for end in COMPRESSIONS.values()]
PACKED = [name for name in NAMES if name != "a.nq"]


def into(name: str, content: bytes = LINES) -> bytes:
    if name.endswith(".zst"):
        pytest.importorskip("zstandard", reason="the extra zstd is not installed")
    raw = io.BytesIO()
    with packed(raw, name) as file:
        file.write(content)
    return raw.getvalue()


def out_of(name: str, content: bytes) -> bytes:
    with unpacked(io.BytesIO(content), name) as file:
        return file.read()


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("content", [LINES, b"", b"x"], ids=["long", "empty", "short"])
def test_what_goes_in_comes_out_and_equal_content_gives_equal_bytes(
    name: str, content: bytes
) -> None:
    assert out_of(name, into(name, content)) == content
    assert into(name, content) == into(name, content)


@pytest.mark.parametrize("name", PACKED)
def test_it_is_smaller(name: str) -> None:
    assert len(into(name)) < len(LINES) / 3


@pytest.mark.parametrize("name", PACKED)
def test_several_packed_files_in_a_row_are_one(name: str) -> None:
    assert out_of(name, into(name) + into(name)) == LINES + LINES


@pytest.mark.parametrize("name", PACKED)
@pytest.mark.parametrize("left", [0.999, 0.5, 0.01])
def test_a_file_that_is_cut_off_is_an_error(name: str, left: float) -> None:
    whole = into(name)
    with pytest.raises((OSError, EOFError, zlib.error)):
        out_of(name, whole[: int(len(whole) * left)])


@pytest.mark.parametrize("name", PACKED)
def test_a_changed_byte_is_an_error(name: str) -> None:
    whole = bytearray(into(name))
    whole[len(whole) // 2] ^= 0xFF
    with pytest.raises((OSError, EOFError, zlib.error)):
        out_of(name, bytes(whole))


def test_without_the_package_the_error_names_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "zstandard", None)
    with pytest.raises(PackagesMissingError, match=r"pip install 'kg\[zstd\]'"):
        out_of("a.nq.zst", b"")
