"""What is written into the tables of a case: lines are added, and those that stand there stay.

sources/sources.csv    the paths that were given to kg build
decisions.csv          what people decided
removed.csv            documents that people took out of the case
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg import files
from kg.errors import CaseError, SourcesTableError, UnreadableDocumentError

__all__ = ["note_paths", "read", "with_decision", "with_row"]


def note_paths(sources: Path, paths: Sequence[Path]) -> None:
    """Note paths outside of sources/ in sources.csv, each once.

    Raises:
        UnreadableDocumentError: If there is no such path.
        SourcesTableError: If no line can be added to the table.
        UnwritableError: If it cannot be written; then it is as it was.
    """
    table = sources / "sources.csv"
    noted = _read_noted(table)
    inside = sources.resolve()
    known = {(inside / path).resolve() for path in noted.paths}
    new = [
        path
        for path in dict.fromkeys(path.resolve() for path in paths)
        if path not in known and not path.is_relative_to(inside)
    ]
    for path in new:
        if not path.exists():
            raise UnreadableDocumentError(path, "there is no such file or folder")
    if not new:
        return
    added = io.StringIO()
    writer = csv.DictWriter(added, noted.columns, delimiter=noted.delimiter)
    added.write(noted.before)
    if not noted.written:
        writer.writeheader()
    for path in new:
        writer.writerow({noted.path_column: _relative(path, inside)})
    files.replace(table, (files.read(table) or b"") + added.getvalue().encode())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Noted:
    """What a sources.csv says of paths, and how a line must look that is added to it."""

    columns: Sequence[str] = ("path",)
    path_column: str = "path"
    delimiter: str = ","
    paths: Sequence[str] = ()
    written: bool = False
    before: str = ""  #: what the last line lacks before another can follow


def _read_noted(table: Path) -> _Noted:
    """The paths that a table names already.

    Raises:
        SourcesTableError: If no line can be added to it.
    """
    content = files.read(table)
    if content is None:
        return _Noted()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SourcesTableError(table, "is not UTF-8; save it as UTF-8 to add paths") from error
    if not text.strip():
        return _Noted()
    # As the reading of documents has it: spreadsheets of some countries write semicolons or tabs.
    header = text.lstrip().split("\n", 1)[0]
    delimiter = max(",;\t", key=header.count)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
    columns = list(reader.fieldnames or ())
    named = next((name for name in columns if name.strip().lower() == "path"), None)
    if named is None:
        raise SourcesTableError(table, "has no column 'path'; add one that names the files")
    return _Noted(
        columns=columns,
        path_column=named,
        delimiter=delimiter,
        paths=[row[named].strip() for row in reader if row[named]],
        written=True,
        before="" if text.endswith("\n") else "\r\n",
    )


def _relative(path: Path, folder: Path) -> str:
    """The way from a folder to a path, so that both can be moved together."""
    return Path(os.path.relpath(path, folder)).as_posix()


def with_decision(before: bytes, columns: Sequence[str], row: Mapping[str, str]) -> bytes:
    """A decisions.csv with one line more; those before stay as they are."""
    if row.get("value") and "value" not in columns:
        # The one line that is ever changed: a file of before there were corrections.
        head, end, rest = before.partition(b"\n")
        before = head.rstrip(b"\r") + b",value" + end + rest
        columns = (*columns, "value")
    return with_row(before, columns, row)


def with_row(before: bytes, columns: Sequence[str], row: Mapping[str, str]) -> bytes:
    """A table with one row more, and with a header where it had none."""
    line = io.StringIO()
    writer = csv.DictWriter(line, columns, lineterminator="\n", extrasaction="ignore")
    if not before.strip():
        writer.writeheader()
    elif not before.endswith(b"\n"):
        line.write("\n")
    writer.writerow(row)
    return before + line.getvalue().encode()


def read(path: Path) -> str:
    """The text of a table of the case; nothing where there is none.

    Raises:
        CaseError: If it is not UTF-8.
        UnreadableError: If it cannot be opened.
    """
    try:
        return (files.read(path) or b"").decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CaseError(f"{str(path)!r} is not UTF-8; save it as UTF-8") from error
