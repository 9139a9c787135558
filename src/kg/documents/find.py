"""Which files there are to read, each once, under a name that holds on every machine."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.documents.sources import Metadata, Row, Source, read_table
from kg.errors import DocumentError, UnreadableDocumentError

__all__ = ["Reach", "find", "reach"]

_TABLE = "sources.csv"
_SETTINGS = "kg.toml"
#: What kg itself writes into a case folder: no document, wherever the case lies.
_OWN = frozenset({_SETTINGS, "view.html", "timeline.html", "disagreements.html"})


@dataclass(frozen=True, slots=True)
class _File:
    """A file as it was reached: the folder that was walked, and the way down from it."""

    path: Path
    root: Path
    steps: tuple[str, ...]

    @property
    def rank(self) -> tuple[bool, int, tuple[str, ...], str]:
        """The least of the ways to one file names it: no link, then the outermost folder."""
        return self.path.is_symlink(), -len(self.steps), self.steps, str(self.root)

    def name(self, more: int) -> str:
        """The steps, after so many folders above them, with slashes."""
        above = self.root.parts[1:]
        parts = (*above[max(0, len(above) - more) :], *self.steps)
        return os.fsencode("/".join(parts)).decode("utf-8", "replace")


@dataclass(frozen=True, slots=True)
class Reach:
    """What some paths lead to: files to read, what cannot be used, and where both come from.

    ``roots`` are the files and folders that were asked for, or that a ``sources.csv`` names.
    """

    sources: tuple[Source, ...]
    problems: tuple[DocumentError, ...]
    roots: frozenset[Path]


def find(paths: Iterable[Path]) -> Iterator[Source | DocumentError]:
    """The files under some paths, in the order of their names, then what cannot be used."""
    found = reach(paths)
    yield from found.sources
    yield from found.problems


def reach(paths: Iterable[Path]) -> Reach:
    """The files under some paths, in the order of their names, what cannot be used, and the roots.

    Folders are walked, links too; hidden files, tables (``*.csv``) and what kg itself writes into
    a case folder are left out. Each
    ``sources.csv`` on the way adds the files and folders it names and what it says of them:
    a row of a file goes before a row of a folder, an inner folder before an outer one. A
    file's name is its way from the outermost folder that was asked for; files that would
    share a name have the folders above them put in front. Order and repetition of
    ``paths`` change nothing.
    """
    files: dict[Path, _File] = {}
    rows: list[Row] = []
    problems: dict[str, DocumentError] = {}
    tables: set[Path] = set()
    roots: set[Path] = set()
    waiting = list(paths)
    while waiting:
        start = waiting.pop()
        if _real(start) in roots:
            continue
        roots.add(_real(start))
        for found in _under(start):
            if isinstance(found, DocumentError):
                problems[str(found)] = found
            elif found.path.name.lower() != _TABLE:
                real = _real(found.path)
                files[real] = min(files.get(real, found), found, key=lambda file: file.rank)
            elif _real(found.path) not in tables:
                tables.add(_real(found.path))
                for row in read_table(found.path):
                    if isinstance(row, Row):
                        rows.append(row)
                        waiting.append(row.path)
                    else:
                        problems[str(row)] = row
    return Reach(
        sources=tuple(_sources(files, rows)),
        problems=tuple(problems[key] for key in sorted(problems)),
        roots=frozenset(roots),
    )


def _real(path: Path) -> Path:
    """The path without links; a loop of links stands for itself."""
    return Path(os.path.realpath(path))


def _under(start: Path) -> Iterator[_File | DocumentError]:
    """The files of a folder, or the file itself."""
    root = _real(start)
    try:
        if start.is_dir():
            yield from _walk(start, root)
        else:
            yield _checked(_File(start, root.parent, (start.name,)))
    except (OSError, ValueError) as error:
        yield _unreadable(start, error)


def _walk(start: Path, root: Path) -> Iterator[_File | DocumentError]:
    """The files of a folder and below; links to folders last, so that a loop ends."""
    visited: set[Path] = set()
    folders: list[tuple[Path, tuple[str, ...]]] = [(start, ())]
    links: list[tuple[Path, tuple[str, ...]]] = []
    while folders or links:
        folder, steps = folders.pop() if folders else links.pop(0)
        if (real := _real(folder)) in visited:
            continue
        visited.add(real)
        try:
            entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
        except OSError as error:
            yield _unreadable(folder, error)
            continue
        own = _OWN if any(entry.name == _SETTINGS for entry in entries) else frozenset()
        for entry in entries:
            inner = (*steps, entry.name)
            if entry.name.startswith(".") or entry.name in own:
                continue
            try:
                if entry.is_dir():
                    (links if entry.is_symlink() else folders).append((entry, inner))
                elif entry.suffix.lower() != ".csv" or entry.name.lower() == _TABLE:
                    yield _checked(_File(entry, root, inner))
            except OSError as error:
                yield _unreadable(entry, error)
        links.sort(key=lambda link: link[1])


def _checked(file: _File) -> _File | DocumentError:
    """The file, or why it is none."""
    if file.path.is_file():
        return file
    if file.path.is_symlink():
        return UnreadableDocumentError(file.path, "it is a link that leads nowhere; mend it")
    if file.path.exists():
        return UnreadableDocumentError(file.path, "it is neither a file nor a folder")
    return UnreadableDocumentError(file.path, "it does not exist; mend the path")


def _unreadable(path: Path, error: OSError | ValueError) -> UnreadableDocumentError:
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return UnreadableDocumentError(path, f"it cannot be opened ({reason.lower()})")


def _sources(files: dict[Path, _File], rows: list[Row]) -> Iterator[Source]:
    said: dict[Path, list[Row]] = {}
    for row in rows:
        said.setdefault(row.path, []).append(row)
    named = _names(files)
    above: dict[tuple[Path, Path], set[Path]] = {}  # those of which something is said
    for real in sorted(files, key=lambda path: (named[path], str(path))):
        file = files[real]
        metadata = Metadata()
        folders = real.parent, file.root.joinpath(*file.steps[:-1])
        if folders not in above:
            above[folders] = said.keys() & {
                way for each in folders for way in (each, *each.parents)
            }
        ways = {*above[folders], real} & said.keys()
        # From what is nearest to the file to what is farthest.
        for way in sorted(ways, key=lambda path: (-len(path.parts), str(path))):
            for row in sorted(said[way], key=_nearness):
                metadata = metadata.over(row.metadata)
        yield Source(path=file.path, name=named[real], metadata=metadata)


def _nearness(row: Row) -> tuple[int, str, int]:
    """Of two tables that name one path, the one in the inner folder goes first."""
    return -len(row.table.parts), str(row.table), row.line


def _names(files: dict[Path, _File]) -> dict[Path, str]:
    """A name for each file that no other has, with as few folders in front as will do."""
    more = dict.fromkeys(files, 0)
    while True:
        named = {real: file.name(more[real]) for real, file in files.items()}
        taken = Counter(named.values())
        clashing = [
            real
            for real, file in files.items()
            if taken[named[real]] > 1 and more[real] < len(file.root.parts)
        ]
        if not clashing:
            return named
        for real in clashing:
            more[real] += 1
