"""Whatever bytes a file has, it becomes a document or is refused in one line."""

from __future__ import annotations

import gzip
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.documents import Source, read
from kg.errors import DocumentError

PIECES = st.sampled_from(
    [
        b"<html><body>",
        b"<svg>",
        b"<div>" * 300,
        b"</p>",
        b"<p>Anna Berg left.",
        b"<table><tr>",
        b"<!--",
        b"]]>",
        b"<?xml version='1.0' encoding='utf-16'?>",
        b"<meta charset=x>",
        b"<meta name=date content='0-0-0'>",
        b"&#0;",
        b"&#xD800;",
        b"\0",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"\xed\xa0\x80",
        b"\x1b$B",
        b"\x1b[2J",
        b"\x1f\x8b",
        b"%PDF-",
        "\u202e\u2028\u0085“".encode(),
        b"\r",
        b" ",
        b"12 May 2021\n",
        b"<script type='application/ld+json'>[[",
        b"<a href='http://[/'>",
        b"<base href='http://[x'>",
    ]
)
CONTENT = st.lists(st.one_of(PIECES, st.binary(max_size=30)), max_size=12).map(b"".join)
NAMES = st.sampled_from(["a.txt", "a.html", "a.xhtml", "a.md", "a", "a.txt.gz", "a.html.gz"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=NAMES, content=CONTENT, packed=st.booleans())
def test_strange_bytes_are_read_or_refused_in_one_line(
    tmp_path: Path, name: str, content: bytes, packed: bool
) -> None:
    path = tmp_path / name
    path.write_bytes(gzip.compress(content) if packed else content)
    try:
        text = read(Source(path=path, name=name)).text
    except DocumentError as problem:
        message = str(problem)
        assert message.isprintable()
        assert name in message
        return
    assert text.strip()
    assert "\0" not in text
    assert text.encode().decode() == text
