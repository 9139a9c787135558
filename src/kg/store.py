"""The graph on disk.

A store is written whole. Each writing makes a new generation in a folder of its own, and one
small file says which generation counts; replacing that file is the only step that changes
what readers see, so that a crash at any moment leaves the old store whole. The generation
before stays until the next writing, for readers that still have it open.

    folder/
      current            the name of the generation that counts
      lock               held while somebody writes
      generation-7/      a RocksDB database, see pyoxigraph
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout
from pyoxigraph import DefaultGraph, NamedNode, Quad, Store, Variable

from kg.errors import NoCaseError, QuerySyntaxError, StoreDamagedError, StoreLockedError

if TYPE_CHECKING:
    from pyoxigraph import QueryBoolean, QuerySolutions, QueryTriples, Triple

    from kg.model import Term

__all__ = ["StoreReader", "memory_reader", "open_reader", "write"]

_GENERATION = re.compile(r"generation-(\d+)")
_SYNTAX = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)


def write(folder: Path, quads: Iterable[Quad]) -> int:
    """Put these quads in the place of whatever the store held; how many it holds now.

    Raises:
        StoreLockedError: If another process is writing to it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(folder / "lock", timeout=0):
            return _write(folder, quads)
    except Timeout as error:
        raise StoreLockedError(folder) from error


def _write(folder: Path, quads: Iterable[Quad]) -> int:
    current = _current(folder)
    generations = _generations(folder)
    for name in generations:
        if name != current:
            shutil.rmtree(folder / name)
    # Never the number of a generation that a reader may still have open.
    name = f"generation-{1 + max(generations.values(), default=0)}"
    try:
        count = _fill(folder / name, quads)
    except BaseException:
        shutil.rmtree(folder / name, ignore_errors=True)
        raise
    _replace(folder / "current", name)
    return count


def _fill(path: Path, quads: Iterable[Quad]) -> int:
    # The store is closed when this function's last name for it goes: there is no other way.
    store = Store(path)
    store.bulk_extend(quads)
    store.flush()
    return len(store)


def _generations(folder: Path) -> dict[str, int]:
    matches = (_GENERATION.fullmatch(entry.name) for entry in folder.iterdir())
    return {match[0]: int(match[1]) for match in matches if match}


def _current(folder: Path) -> str | None:
    try:
        return (folder / "current").read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return None


def _replace(path: Path, text: str) -> None:
    beside = path.with_name(f"{path.name}.new")
    with beside.open("w", encoding="utf-8") as file:
        file.write(f"{text}\n")
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    if os.name == "posix":  # elsewhere a folder cannot be opened
        entry = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(entry)
        finally:
            os.close(entry)


@contextmanager
def open_reader(folder: Path) -> Iterator[StoreReader]:
    """The store as it stands now; what is written later is not seen.

    Raises:
        NoCaseError: If nothing was ever written there.
        StoreDamagedError: If it cannot be opened.
    """
    name = _current(folder)
    if name is None:
        raise NoCaseError(folder)
    if not _GENERATION.fullmatch(name):
        raise StoreDamagedError(folder, f"'current' says {name!r}")
    path = folder / name
    if not path.is_dir():
        raise StoreDamagedError(folder, f"{name!r} is missing")
    with _damage(folder):
        store = Store.read_only(str(path))
    yield StoreReader(store, folder)


def memory_reader(quads: Iterable[Quad]) -> StoreReader:
    """A reader of quads that are held in memory."""
    store = Store()
    store.extend(quads)
    return StoreReader(store, Path("memory"))


class StoreReader:
    """The reading side of a store; the default graph is never the union of the others."""

    def __init__(self, store: Store, folder: Path) -> None:
        self._store = store
        self._folder = folder

    def __len__(self) -> int:
        """How many quads."""
        return len(self._store)

    def query(
        self, sparql: str, *, substitutions: Mapping[str, Term] | None = None
    ) -> QuerySolutions | QueryBoolean | QueryTriples:
        """Answer a SPARQL 1.1 query; ``substitutions`` binds variables by name, without the ?.

        >>> bool(memory_reader([]).query("ASK { ?s ?p ?o }"))
        False

        Raises:
            QuerySyntaxError: If the text is not SPARQL 1.1.
            StoreDamagedError: If the store cannot be read.
        """
        bound: dict[Variable, Term | Triple] = {
            Variable(name): value for name, value in (substitutions or {}).items()
        }
        with _damage(self._folder):
            try:
                return self._store.query(
                    sparql, use_default_graph_as_union=False, substitutions=bound
                )
            except SyntaxError as error:
                raise _syntax_error(str(error)) from error

    def quads(self) -> Iterator[Quad]:
        """Every quad, the default graph first, the others in the order of their names."""
        with _damage(self._folder):
            yield from self._store.quads_for_pattern(None, None, None, DefaultGraph())
            for graph in sorted(self._store.named_graphs(), key=lambda name: name.value):
                yield from self._store.quads_for_pattern(None, None, None, graph)

    def graph(self, name: str) -> Iterator[Quad]:
        """Every quad of one named graph."""
        with _damage(self._folder):
            yield from self._store.quads_for_pattern(None, None, None, NamedNode(name))


@contextmanager
def _damage(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StoreDamagedError(folder, str(error)) from error
    except RuntimeError as error:  # RocksDB's own words come as one
        if not str(error).startswith("Corruption"):
            raise
        raise StoreDamagedError(folder, str(error)) from error


def _syntax_error(message: str) -> QuerySyntaxError:
    match = _SYNTAX.fullmatch(message)
    if match is None:
        return QuerySyntaxError(message)
    return QuerySyntaxError(match[3], int(match[1]), int(match[2]))
