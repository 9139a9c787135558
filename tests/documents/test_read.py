"""One file becomes one document."""

import datetime as dt
import gzip
import hashlib
import os
from pathlib import Path

import pytest

from kg.documents import Metadata, Source, read
from kg.errors import EmptyDocumentError, UnreadableDocumentError
from kg.model import Document

NOTHING = Metadata()
PAGE = """<!DOCTYPE html><html lang="en-GB"><head><meta charset="{charset}">
<title>Trial opens</title>
<meta property="article:published_time" content="2021-08-10T09:00:00Z">
<link rel="canonical" href="https://news.example.org/trial"></head><body><article>
<h1>Trial opens</h1><p>Zoë Müller said the trial “opened” on Tuesday.</p></article></body></html>"""


def document(
    folder: Path, name: str, raw: bytes, metadata: Metadata = NOTHING, megabytes: int = 50
) -> Document:
    path = folder / name
    path.write_bytes(raw)
    return read(Source(path=path, name=name, metadata=metadata), megabytes=megabytes)


@pytest.mark.parametrize("name", ["a.txt", "a.TXT", "a.text", "a.md", "statement"])
def test_plain_text_is_the_decoded_file_as_it_stands(tmp_path: Path, name: str) -> None:
    text = "Zahra 😀 said:\r\n\r\n“رضا محمدی is free”\rand 'no'\n \x0c\n"
    found = document(tmp_path, name, text.encode("utf-8-sig"))
    assert found.text == text
    assert found.text[found.text.index("رضا") :][:9] == "رضا محمدی"
    assert found.encoding == "utf-8"
    assert found.media_type.startswith("text/")


def test_hashes_are_of_the_text_and_of_the_file(tmp_path: Path) -> None:
    raw = "The judge resigned.\r\n".encode("utf-16")
    found = document(tmp_path, "a.txt", raw)
    assert found.sha256 == hashlib.sha256(b"The judge resigned.\r\n").hexdigest()
    assert found.file_sha256 == hashlib.sha256(raw).hexdigest()


def test_a_document_is_equal_wherever_it_lies(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    one, other = (document(folder, "a.txt", b"Yes.") for folder in (tmp_path, tmp_path / "b"))
    assert one == other
    assert one.location != other.location
    assert Path(one.location).is_absolute()


def test_the_first_line_of_a_text_is_no_metadata(tmp_path: Path) -> None:
    found = document(tmp_path, "a.txt", b"Trial opens, 10 August 2021\n\nIt began.\n")
    assert (found.title, found.published, found.language) == (None, None, None)


@pytest.mark.parametrize("charset", ["utf-8", "windows-1252", "iso-8859-15"])
def test_a_page_gives_text_and_metadata(tmp_path: Path, charset: str) -> None:
    raw = PAGE.format(charset=charset).replace("“", '"').replace("”", '"').encode(charset)
    found = document(tmp_path, "a.html", raw)
    assert 'Zoë Müller said the trial "opened" on Tuesday.' in found.text
    assert found.title == "Trial opens"
    assert found.published == dt.date(2021, 8, 10)
    assert found.url == "https://news.example.org/trial"
    assert found.language == "en-GB"
    assert found.media_type == "text/html"


@pytest.mark.parametrize("name", ["a.html.gz", "page", "a.txt", "a.xhtml", "a.txt.gz"])
def test_a_page_is_told_by_its_name_or_its_first_words(tmp_path: Path, name: str) -> None:
    raw = PAGE.format(charset="utf-8").encode()
    packed = gzip.compress(raw) if name.endswith(".gz") else raw
    assert "<p>" not in document(tmp_path, name, packed).text


def test_packed_text_is_unpacked_whole(tmp_path: Path) -> None:
    packed = gzip.compress(b"It began.\r\n") + gzip.compress(b"It ended.\r\n")
    assert document(tmp_path, "a.txt.gz", packed).text == "It began.\r\nIt ended.\r\n"


def test_what_tables_say_goes_before_what_the_page_says(tmp_path: Path) -> None:
    said = Metadata(title="Mine", published=dt.date(2020, 1, 2), retrieved=dt.date(2022, 1, 1))
    found = document(tmp_path, "a.html", PAGE.format(charset="utf-8").encode(), said)
    assert (found.title, found.published, found.retrieved) == (
        "Mine",
        *(said.published, said.retrieved),
    )
    assert found.language == "en-GB"


def test_the_default_date_is_for_documents_without_one(tmp_path: Path) -> None:
    default = dt.date(2022, 3, 22)
    (tmp_path / "a.txt").write_bytes(b"Yes.")
    (tmp_path / "b.html").write_bytes(PAGE.format(charset="utf-8").encode())
    text, page = (
        read(Source(path=tmp_path / name, name=name), published=default)
        for name in ("a.txt", "b.html")
    )
    assert text.published == default
    assert page.published == dt.date(2021, 8, 10)


def test_a_file_over_the_limit_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocumentError, match="larger than 1 MB"):
        document(tmp_path, "a.txt", b"a" * 1_000_001, megabytes=1)


def test_a_small_archive_of_a_large_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocumentError, match="unpacked it is larger than 1 MB"):
        document(tmp_path, "a.txt.gz", gzip.compress(b"a" * 5_000_000), megabytes=1)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("a.pdf", "PDF is not read yet; convert it to text"),
        ("a.jpeg", "an image is not read yet"),
        ("a.toml", "'.toml' is not read yet"),
        ("a.csv", "a table is not read yet"),
        ("a.pdf.gz", "PDF is not read yet"),
    ],
)
def test_another_kind_of_file_is_refused_with_what_to_do(
    tmp_path: Path, name: str, words: str
) -> None:
    with pytest.raises(UnreadableDocumentError, match=words):
        document(tmp_path, name, b"some words")


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    for path, words in ((tmp_path / "gone.txt", "no such file"), (tmp_path, "is a directory")):
        with pytest.raises(UnreadableDocumentError, match=words):
            read(Source(path=path, name=path.name))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"Yes.")
    (tmp_path / "a.txt").chmod(0)
    with pytest.raises(UnreadableDocumentError, match="permission denied"):
        read(Source(path=tmp_path / "a.txt", name="a.txt"))


def test_an_empty_page_is_empty(tmp_path: Path) -> None:
    with pytest.raises(EmptyDocumentError, match="no text was found"):
        document(tmp_path, "a.html", b"<html><body><img src='a.png'></body></html>")
