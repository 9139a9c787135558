"""One file to one document."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import re
import zlib
from pathlib import Path

from kg.documents.encodings import decode
from kg.documents.headers import header_date
from kg.documents.html import read_page
from kg.documents.sources import Metadata, Source
from kg.errors import EmptyDocumentError, UnreadableDocumentError
from kg.model import Document, Settings

__all__ = ["read"]

_USUAL = Settings().megabytes
_MEGABYTE = 1_000_000  #: bytes

_MEDIA_TYPES = {
    "": "text/plain",
    ".txt": "text/plain",
    ".text": "text/plain",
    ".md": "text/markdown",
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "application/xhtml+xml",
}
_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_GZIP = b"\x1f\x8b"
#: The first bytes of files that are no text, whatever they are called.
_MAGIC = (
    (b"%PDF-", "PDF"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document or mail"),
    (b"{\\rtf", "RTF"),
    (b"\x89PNG\r\n", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"WARC/", "a web archive"),
    (_GZIP, "an archive"),
)
#: What the ends of names stand for, to say what to do instead.
_KINDS = {
    "PDF": {".pdf"},
    "an office document": {".docx", ".doc", ".odt", ".rtf", ".pptx", ".xlsx", ".xls", ".ods"},
    "mail": {".eml", ".msg", ".mbox"},
    "an image": {".png", ".jpg", ".jpeg", ".gif", ".tif", ".tiff", ".webp", ".heic", ".svg"},
    "sound or video": {".mp3", ".wav", ".m4a", ".ogg", ".mp4", ".mov", ".mkv", ".webm"},
    "an archive": {".zip", ".tar", ".tgz", ".7z", ".rar", ".warc", ".bz2", ".xz"},
    "a table": {".csv", ".tsv"},
}
#: In every page of src/kg/templates.
_WRITTEN_HERE = '<meta name="generator" content="kg">'
_PAGE_BEGINS = re.compile(
    r"(<\?xml[^>]*>\s*)?(<!--.{0,2000}?-->\s*)?<(!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL
)


def read(source: Source, *, published: dt.date | None = None, megabytes: int = _USUAL) -> Document:
    """The document that a file holds.

    Plain text is the decoded file as it stands: offsets index it, line ends are untouched,
    a byte order mark is left out. Of a web page it is the main text, paragraphs parted by
    blank lines. What tables of sources say goes before what a page says of itself, and that
    before a date line of a plain text; ``published`` is the date of documents that carry none.
    No more than ``megabytes`` are taken into memory of a file, or of what was packed in it.

    Raises:
        UnreadableDocumentError: If the file cannot be opened or decoded, is too large, or of a
            kind that is not read.
        EmptyDocumentError: If there is no text in it.
    """
    path = source.path
    file_bytes = _load(path, megabytes)
    raw, suffix = _unpack(path, file_bytes, megabytes)
    media_type = _media_type(path, raw, suffix)
    try:
        text, encoding = decode(raw, lenient=media_type in _PAGES)
    except ValueError as error:
        raise UnreadableDocumentError(path, str(error)) from error
    metadata = source.metadata
    if media_type not in _PAGES and _PAGE_BEGINS.match(text.lstrip()[:4096]):
        media_type = "text/html"
    if media_type in _PAGES:
        text, said = _page(path, text, metadata.url)
        metadata = metadata.over(said)
    if not text.strip():
        raise EmptyDocumentError(path, "it holds no text")
    dated_by = "metadata"
    if metadata.published is None:
        found = header_date(text) if media_type not in _PAGES else None
        dated_by = "header" if found else "default"
        metadata = metadata.over(Metadata(published=found or published))
    return Document(
        text=text,
        sha256=_sha256(path, text),
        file_sha256=hashlib.sha256(file_bytes).hexdigest(),
        file=source.name,
        location=str(path.absolute()),
        media_type=media_type,
        encoding=encoding,
        title=metadata.title,
        author=metadata.author,
        publisher=metadata.publisher,
        published=metadata.published,
        dated_by=dated_by if metadata.published else None,
        modified=metadata.modified,
        retrieved=metadata.retrieved,
        url=metadata.url,
        language=metadata.language,
    )


def _load(path: Path, megabytes: int) -> bytes:
    most = megabytes * _MEGABYTE
    try:
        with path.open("rb") as file:
            if os.fstat(file.fileno()).st_size > most:
                raise UnreadableDocumentError(path, _too_large("it is", megabytes))
            raw = file.read(most + 1)  # it may have grown
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise UnreadableDocumentError(path, f"it cannot be opened ({reason})") from error
    if len(raw) > most:
        raise UnreadableDocumentError(path, _too_large("it is", megabytes))
    if not raw:
        raise EmptyDocumentError(path, "the file is empty")
    return raw


def _too_large(subject: str, megabytes: int) -> str:
    limit = f"{subject} larger than {megabytes} MB"
    return f"{limit}; split it into parts, or set megabytes in kg.toml"


def _unpack(path: Path, raw: bytes, megabytes: int) -> tuple[bytes, str]:
    """The bytes that were packed by gzip, never more than the limit, and the end of the name."""
    suffix = path.suffix.lower()
    if suffix != ".gz":
        return raw, suffix
    inner = Path(path.stem).suffix.lower()
    if inner not in _MEDIA_TYPES:
        raise UnreadableDocumentError(path, _not_read(inner))
    unpacked, most = bytearray(), megabytes * _MEGABYTE
    try:
        while raw:  # one after the other: a file may hold several parts
            part = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
            unpacked += part.decompress(raw, most + 1 - len(unpacked))
            if len(unpacked) > most:
                raise UnreadableDocumentError(path, _too_large("unpacked it is", megabytes))
            if not part.eof:
                raise UnreadableDocumentError(path, "the archive is cut off; fetch it again")
            raw = part.unused_data.lstrip(b"\0")
    except zlib.error as error:
        raise UnreadableDocumentError(path, "it is not a whole gzip archive") from error
    if not unpacked:
        raise EmptyDocumentError(path, "the archive holds an empty file")
    return bytes(unpacked), inner


def _media_type(path: Path, raw: bytes, suffix: str) -> str:
    for magic, what in _MAGIC:
        if raw.startswith(magic):
            reason = f"it is {what}, which is not read yet; convert it to text"
            raise UnreadableDocumentError(path, reason)
    if suffix not in _MEDIA_TYPES:
        raise UnreadableDocumentError(path, _not_read(suffix))
    return _MEDIA_TYPES[suffix]


def _not_read(suffix: str) -> str:
    what = next((kind for kind, ends in _KINDS.items() if suffix in ends), repr(suffix))
    return f"{what} is not read yet; convert it to text (.txt) or a web page (.html)"


def _page(path: Path, html: str, url: str | None) -> tuple[str, Metadata]:
    if _WRITTEN_HERE in html:
        reason = "it is a page that kg wrote, which would quote its own sources; move it elsewhere"
        raise UnreadableDocumentError(path, reason)
    try:
        text, said = read_page(html, url=url)
    except ValueError as error:
        raise UnreadableDocumentError(path, str(error)) from error
    if not text:
        reason = "no text was found in the page; save its text as .txt"
        raise EmptyDocumentError(path, reason)
    return text, said


def _sha256(path: Path, text: str) -> str:
    try:
        return hashlib.sha256(text.encode()).hexdigest()
    except UnicodeEncodeError as error:
        reason = f"character {error.start} is half of a pair; save it as UTF-8"
        raise UnreadableDocumentError(path, reason) from error
