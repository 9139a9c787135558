"""Documents that people took out of a case: lines of removed.csv, which say so or take it back.

The file itself stays where it is; whatever holds the same text is read no more.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from kg.errors import NothingToDecideError, RemovalsFileError, UnknownDocumentError
from kg.model import Reader, Removal

__all__ = ["COLUMNS", "columns", "find", "parse", "restored", "standing"]

COLUMNS = ("when", "who", "what", "file", "document", "why")
_WHAT = ("remove", "restore")
_KNOWN = """
PREFIX kg: <https://w3id.org/kg/ns#>
SELECT ?document ?hash ?file WHERE { ?document a kg:Document ; kg:textHash ?hash ; kg:file ?file }
ORDER BY ?file ?hash
"""


def columns(text: str) -> tuple[str, ...]:
    """The columns of a removed.csv in the order that it has them.

    >>> columns("who,when,what,document,file,why")[:2], columns("") == COLUMNS
    (('who', 'when'), True)
    """
    return tuple(csv.DictReader(io.StringIO(text, newline="")).fieldnames or COLUMNS)


def parse(text: str, path: Path) -> tuple[Removal, ...]:
    """The lines of a removed.csv, all of them.

    Raises:
        RemovalsFileError: If a line cannot be read; the header is line one.
    """
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        return tuple(
            _removal({name: (row.get(name) or "").strip() for name in COLUMNS}) for row in reader
        )
    except (csv.Error, ValueError) as error:
        raise RemovalsFileError(path, reader.line_num, str(error)) from error


def _removal(row: dict[str, str]) -> Removal:
    """A line that has been read.

    Raises:
        ValueError: If a cell cannot be used.
    """
    dt.datetime.fromisoformat(row["when"])
    if row["what"] not in _WHAT:
        raise ValueError(f"what is {row['what']!r}, neither remove nor restore")
    digits = "0123456789abcdef"
    if len(row["document"]) != 64 or set(row["document"]) - set(digits):  # noqa: PLR2004
        raise ValueError(f"document is {row['document']!r}, no hash of 64 digits")
    return Removal(**row)


def standing(removals: Iterable[Removal]) -> tuple[Removal, ...]:
    """The removals that hold: of each document the last line, a removal where two are as late.

    >>> gone = Removal(when="2026-01-01", who="Ida", what="remove", file="a.txt", document="0a")
    >>> standing([gone]) == (gone,)
    True
    """
    last: dict[str, Removal] = {}
    for each in sorted(removals, key=lambda each: (each.moment, each.what == "remove")):
        last[each.document] = each
    return tuple(last[key] for key in sorted(last) if last[key].what == "remove")


def find(reader: Reader, which: str) -> tuple[str, str]:
    """The hash and the file of the document with this IRI, file name or beginning of the hash.

    Raises:
        UnknownDocumentError: If there is none, or more than one.
    """
    known = [
        (str(row["hash"].value), str(row["file"].value), str(row["document"].value))
        for row in reader.query(_KNOWN)  # type: ignore[union-attr]
    ]
    found = [(sha256, file) for sha256, file, iri in known if which in {file, iri}]
    found = found or [(sha256, file) for sha256, file, _ in known if _begins(sha256, which)]
    if len(found) != 1:
        raise UnknownDocumentError(which, [file for _, file in found] or [f for _, f, _ in known])
    return found[0]


def restored(removals: Sequence[Removal], which: str) -> Removal:
    """The removal that is meant, by the name of its file or the beginning of its hash.

    Raises:
        NothingToDecideError: If none that holds fits, or more than one.
    """
    held = standing(removals)
    found = [each for each in held if which == each.file or _begins(each.document, which)]
    if len(found) != 1:
        shown = "".join(f"\n  {each.file} ({each.document[:12]})" for each in found or held)
        raise NothingToDecideError(f"{which!r} is not one removed document; there are:{shown}")
    return found[0]


def _begins(sha256: str, which: str) -> bool:
    return len(which) >= 8 and sha256.startswith(which)  # noqa: PLR2004 - fewer name too many
