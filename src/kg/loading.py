"""A graph that comes from a dump into a case, in the place of one that would be built.

A case that was loaded has no documents of its own, so that nothing can be built or decided in
it: a file says so as long as the store is there. It is read and asked like any other.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import batched
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, parse

from kg import nquads, remote, store
from kg.dumping import MANIFEST, read_manifest, sha256_of
from kg.errors import LoadedCaseError, LoadError, ServerError
from kg.files import replace
from kg.model import Change, Settings
from kg.packing import COMPRESSIONS, unpacked
from kg.turns import turn
from kg.vocabulary import default_graph

if TYPE_CHECKING:
    from kg.reading import Progress

__all__ = ["Given", "find", "is_loaded", "load"]

#: So many quads are read between two words of progress.
_BATCH = 10_000
_NOTE = "loaded.json"
_ENDS = tuple(f".nq{end}" for end in COMPRESSIONS.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What is to be loaded: files, and what a manifest says of them where there is one."""

    files: tuple[Path, ...]
    quads: tuple[int | None, ...]  #: how many each of the files must hold, if that is known
    base: str | None = None
    total: int | None = None


def find(paths: Sequence[Path]) -> Given:
    """What the paths name: the folder of a dump, whose every byte is checked, or files.

    Raises:
        LoadError: If it is neither, or not all of the dump is there as it was written.
    """
    if len(paths) == 1 and paths[0].is_dir():
        return _dump(paths[0])
    for path in paths:
        if not path.is_file() or not path.name.endswith(_ENDS):
            ends = ", ".join(_ENDS)
            raise LoadError(path, f"it is neither the one folder of a dump nor a file in {ends}")
    return Given(files=tuple(paths), quads=(None,) * len(paths))


def load(given: Given, settings: Settings, *, folder: Path, progress: Progress | None) -> int:
    """Put what was given in the place of what was loaded before; how many quads there are.

    ``folder`` is the case's own, which holds its store. Until everything was read and found right
    the store stays as it was.

    Raises:
        LoadError: If a file cannot be read, or is no part of a graph of this case.
        LoadedCaseError: If the case was built, or its server holds what was not loaded from here.
        CaseBusyError: If somebody else is writing.
        UnwritableError: If the case cannot be written.
        ServerError: If the server does not take all of it.
    """
    with turn(folder, "load"):
        if settings.store is None:
            return _load_here(given, settings, folder, progress)
        return _load_on_server(given, settings, folder, progress)


def is_loaded(folder: Path, settings: Settings) -> bool:
    """Whether the graph that these settings name was loaded, and not built."""
    try:
        note = json.loads((folder / _NOTE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(note, dict) and note.get("store") == settings.store


def _dump(folder: Path) -> Given:
    try:
        manifest = read_manifest(folder)
    except FileNotFoundError as error:
        reason = f"it has no {MANIFEST}: it is no dump, or one that was cut short; dump again"
        raise LoadError(folder, reason) from error
    except (OSError, ValueError) as error:
        raise LoadError(folder / MANIFEST, str(error)) from error
    for file in manifest.files:
        path = folder / file.name
        if not path.is_file():
            raise LoadError(path, f"{MANIFEST} names it, and it is not there; copy the dump again")
        if sha256_of(path) != file.sha256:
            reason = f"it is not what was dumped, {MANIFEST} has another sha256; copy it again"
            raise LoadError(path, reason)
    return Given(
        files=tuple(folder / file.name for file in manifest.files),
        quads=tuple(file.quads for file in manifest.files),
        base=manifest.base,
        total=manifest.quads,
    )


def _load_here(given: Given, settings: Settings, folder: Path, progress: Progress | None) -> int:
    with store.writing(folder / "store") as writer:
        if writer.current is not None and not is_loaded(folder, settings):
            raise LoadedCaseError(
                f"{str(folder.parent)!r} was built from documents, and what is loaded would "
                "replace that; load into a new folder: kg load PATH --case NEW"
            )
        size = _size(given)
        quads = _read(given, settings.base, lambda done, name: _tell(progress, done, size, name))
        name, number = writer.fill(nquads.lines(quads))
        _note(folder, settings)
        writer.switch(name)
        writer.purge()  # the new one may lack what nobody may see any more
    _tell(progress, size, size, "")
    return number


def _load_on_server(
    given: Given, settings: Settings, folder: Path, progress: Progress | None
) -> int:
    """Send everything, as a build does that begins with nothing.

    All is read and checked, and written down here, before the first of it goes. What is cut short
    is sent again from its beginning by the next load.
    """
    url, base = settings.store or "", settings.base
    with remote.connect(remote.Server.at(url), base) as connection:
        reader = remote.RemoteReader(connection, base)
        own = (folder / "ledger.sqlite").exists() or len(reader) > 0
        if own and not is_loaded(folder, settings):
            raise LoadedCaseError(
                f"the server {url!r} holds a graph of this base that was not loaded from here, "
                "and what is loaded would replace it; give the case a server or base of its own"
            )
        size, total = _size(given), 0

        def coming() -> Iterator[Change]:
            nonlocal total
            quads = _read(given, base, lambda done, name: _tell(progress, done, 2 * size, name))
            for some in batched(nquads.lines(quads), _BATCH):
                total += len(some)
                yield Change(True, some)

        name = remote.write_down(folder, coming(), anew=True)
        _note(folder, settings)
        try:
            remote.send(
                folder,
                name,
                remote.RemoteWriter(connection, base),
                told=lambda sent: _tell(progress, size + size * sent // total, 2 * size, url),
            )
        except ServerError as error:
            reason = f"{error.reason}; not all of the graph is there, run kg load again"
            raise ServerError(error.url, reason) from error
        number = len(reader)
        if given.total not in {None, number}:
            raise ServerError(url, f"it holds {number} of {given.total} quads; run kg load again")
    _tell(progress, 2 * size, 2 * size, "")
    return number


def _read(given: Given, base: str, told: Callable[[int, str], None]) -> Iterator[Quad]:
    """Every quad of the files; how many bytes of them were read is told.

    Raises:
        LoadError: If a file cannot be read to its end, or holds what it may not.
    """
    before = 0
    for path, expected in zip(given.files, given.quads, strict=True):
        number = 0
        told(before, path.name)
        for number, (quad, done) in enumerate(_parsed(path), 1):
            if wrong := _wrong(quad, base):
                raise LoadError(path, f"quad {number} {wrong}")
            if number % _BATCH == 0:
                told(before + done(), path.name)
            yield quad
        if expected is not None and number != expected:
            reason = f"it holds {number} quads, and {MANIFEST} says {expected}; dump again"
            raise LoadError(path, reason)
        before += path.stat().st_size


def _parsed(path: Path) -> Iterator[tuple[Quad, Callable[[], int]]]:
    try:
        with path.open("rb") as raw, unpacked(raw, path.name) as file:
            for quad in parse(file, format=RdfFormat.N_QUADS):
                yield quad, raw.tell
    except SyntaxError as error:
        raise LoadError(path, f"it is no N-Quads: {error.msg}") from error
    except (OSError, EOFError, zlib.error) as error:
        raise LoadError(path, f"it is damaged or cannot be read ({error})") from error


def _wrong(quad: Quad, base: str) -> str | None:
    """Why a quad can be in no graph of a case; None where it can.

    >>> quad = Quad(NamedNode("urn:a"), NamedNode("urn:b"), Literal("c"), NamedNode("urn:g"))
    >>> _wrong(quad, "https://kg.example/")
    "is of the graph 'urn:g', which does not begin with the case's base, https://kg.example/"
    """
    if not isinstance(quad.subject, NamedNode) or not isinstance(quad.object, NamedNode | Literal):
        return "has a blank node or a triple in it, which no graph of kg has"
    graph = quad.graph_name
    if isinstance(graph, DefaultGraph):
        return None
    if not isinstance(graph, NamedNode) or graph.value == default_graph(base):
        return "is of a graph that no case has"
    if not graph.value.startswith(base):
        return f"is of the graph {graph.value!r}, which does not begin with the case's base, {base}"
    return None


def _note(folder: Path, settings: Settings) -> None:
    replace(folder / _NOTE, (json.dumps({"store": settings.store}) + "\n").encode())


def _size(given: Given) -> int:
    return sum(path.stat().st_size for path in given.files)


def _tell(progress: Progress | None, done: int, total: int, name: str) -> None:
    if progress is not None:
        progress(done, total, name)
