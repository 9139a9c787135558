"""The table of sources: what people say about documents, and which lie elsewhere."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from urllib.parse import urlsplit

from kg.documents.encodings import decode
from kg.errors import SourcesTableError

__all__ = ["Metadata", "Row", "Source", "is_url", "read_table"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What is known about a document; None where nothing is."""

    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    published: dt.date | None = None
    modified: dt.date | None = None
    retrieved: dt.date | None = None
    url: str | None = None
    language: str | None = None

    def over(self, other: Metadata) -> Metadata:
        """This, with the other's values where this has none.

        >>> Metadata(title="A").over(Metadata(title="B", author="C")).author
        'C'
        """
        mine = ((f.name, getattr(self, f.name)) for f in fields(self))
        return Metadata(
            **{name: getattr(other, name) if own is None else own for name, own in mine}
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A file to read: ``name`` is what it is called in the case, the same on every machine.

    ``metadata`` is what tables of sources say; it overrides what the file says of itself.
    """

    path: Path
    name: str
    metadata: Metadata = Metadata()


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of a table: the file or folder that it names, and what it says of it."""

    table: Path
    line: int
    path: Path
    metadata: Metadata


_COLUMNS = frozenset(f.name for f in fields(Metadata))
_DATES = frozenset({"published", "modified", "retrieved"})


def is_url(words: str) -> bool:
    """Whether the words are an absolute URL that can be written into a graph.

    >>> is_url("https://example.org/report"), is_url("/report"), is_url("https://a b/")
    (True, False, False)
    """
    try:
        parts = urlsplit(words)
    except ValueError:
        return False
    return (
        bool(parts.scheme and parts.netloc)
        and words.isprintable()
        and not any(mark in words for mark in ' <>"{}|\\^`')
    )


def read_table(table: Path) -> Iterator[Row | SourcesTableError]:
    """The rows of a table and, one by one, what cannot be used in it.

    A cell that cannot be used is left out; the rest of its row holds.
    """
    try:
        text, _ = decode(table.read_bytes())
    except OSError as error:
        yield SourcesTableError(table, f"cannot be opened ({error.strerror})")
        return
    except ValueError as error:
        yield SourcesTableError(table, str(error))
        return
    yield from _rows(table, text)


def _rows(table: Path, text: str) -> Iterator[Row | SourcesTableError]:
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    header: list[str] | None = None
    seen: dict[Path, int] = {}
    start = 1
    try:
        for cells in lines:
            line, start = start, lines.line_num + 1
            if not any(cell.strip() for cell in cells):
                continue
            if header is None:
                header = [cell.strip().lower() for cell in cells]
                yield from _header_problems(table, line, header)
                if "path" not in header:
                    return
                continue
            row = _row(table, line, header, cells)
            for found in row:
                if not isinstance(found, Row):
                    yield found
                elif found.path in seen:
                    yield _problem(
                        table,
                        line,
                        f"names {cells[header.index('path')]!r} again; "
                        f"line {seen[found.path]} holds, delete one of them",
                    )
                else:
                    seen[found.path] = line
                    yield found
    except csv.Error as error:
        yield _problem(table, start, f"{error}; mend the quotation marks")
        return
    if header is None:
        yield _problem(table, 1, "has no header; its first line names the columns, path first")


def _delimiter(text: str) -> str:
    """The mark that parts the columns: spreadsheets write semicolons or tabs in some countries."""
    header = text.lstrip().split("\n", 1)[0]
    return max(",;\t", key=header.count)


def _header_problems(table: Path, line: int, header: list[str]) -> Iterator[SourcesTableError]:
    known = ", ".join(["path", *sorted(_COLUMNS)])
    if "path" not in header:
        yield _problem(table, line, "has no column 'path'; add one that names the files")
        return
    for column in sorted(set(header) - _COLUMNS - {"path"}):
        yield _problem(table, line, f"unknown column {column!r}; there are {known}")
    for column in sorted({column for column in header if header.count(column) > 1}):
        yield _problem(table, line, f"column {column!r} stands there twice; delete one")


def _row(
    table: Path, line: int, header: list[str], cells: list[str]
) -> Iterator[Row | SourcesTableError]:
    if len(cells) > len(header):
        wanted, got = len(header), len(cells)
        yield _problem(table, line, f"has {got} cells for {wanted} columns; quote the commas")
        return
    values = {
        column: cell.strip() for column, cell in zip(header, cells, strict=False) if cell.strip()
    }
    if "path" not in values:
        yield _problem(table, line, "has no path; name a file or a folder")
        return
    named = values.pop("path")
    # The path is the table's folder joined with an absolute path: which is the absolute path.
    path = table.parent / named
    try:
        there = path.exists()
    except (OSError, ValueError):
        there = False
    if not there:
        yield _problem(table, line, f"{named!r} does not exist; mend the path or delete the line")
        return
    known: dict[str, str | dt.date] = {}
    for column, value in values.items():
        if column not in _COLUMNS:
            continue  # the header's problem says so
        try:
            known[column] = _value(column, value)
        except ValueError as error:
            yield _problem(table, line, str(error))
    yield Row(table=table, line=line, path=path.resolve(), metadata=Metadata(**known))  # type: ignore[arg-type]


def _value(column: str, words: str) -> str | dt.date:
    if column in _DATES:
        try:
            return dt.date.fromisoformat(words)
        except ValueError as error:
            raise ValueError(f"{column} {words!r} is not a date such as 2022-03-22") from error
    if column == "url" and not is_url(words):
        raise ValueError(f"url {words!r} is not a whole URL such as https://example.org/report")
    return words


def _problem(table: Path, line: int, reason: str) -> SourcesTableError:
    return SourcesTableError(table, f"line {line}: {reason}")
