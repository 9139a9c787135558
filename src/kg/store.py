"""The graph on disk.

A store is never changed in its place. Each writing makes a new generation in a folder of its own,
from nothing or from the one before, with which it then shares the files that did not change; one
small file says which generation counts. Replacing that file is the only step that changes what
readers see, so that a crash at any moment leaves the old store whole. The generation before
stays until the next writing, for readers that still have it open.

    folder/
      current            the name of the generation that counts
      lock               held while somebody writes
      generation-7/      a RocksDB database, see pyoxigraph
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from itertools import batched, chain, groupby
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import Timeout
from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store, Variable

from kg import files, nquads
from kg.errors import NoCaseError, QuerySyntaxError, StoreDamagedError, StoreLockedError

if TYPE_CHECKING:
    from pyoxigraph import QueryBoolean, QuerySolutions, QueryTriples, Triple

    from kg.model import Change, Term

__all__ = ["StoreReader", "StoreWriter", "memory_reader", "open_reader", "write", "writing"]

#: So many quads are written at once: enough to be fast, and few in memory.
_BATCH = 20_000
#: And so many where a store is filled: each is sorted by itself, and takes half a gigabyte.
_BULK = 300_000
_GENERATION = re.compile(r"generation-(\d+)")
_SYNTAX = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)


def write(folder: Path, quads: Iterable[Quad]) -> int:
    """Put these quads in the place of whatever the store held; how many it holds now.

    Raises:
        StoreLockedError: If another process is writing to it.
    """
    with writing(folder) as writer:
        name, count = writer.fill(nquads.lines(quads))
        writer.switch(name)
    return count


@contextmanager
def writing(folder: Path) -> Iterator[StoreWriter]:
    """The store, for one who writes: nobody else can for as long as the context lasts.

    Raises:
        StoreLockedError: If another process is writing to it.
        UnwritableError: If nothing can be written there, then or later.
    """
    try:
        with files.locked(folder / "lock", timeout=0):
            yield StoreWriter(folder)
    except Timeout as error:
        raise StoreLockedError(folder) from error


class StoreWriter:
    """The writing side of a store: makes a new generation, and lets it count."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def current(self) -> str | None:
        """The generation that counts; None where nothing was written yet."""
        return _current(self._folder)

    def fill(self, lines: Iterable[bytes]) -> tuple[str, int]:
        """The name of a new generation of these lines of N-Quads, and how many quads it holds."""

        def fill(path: Path) -> int:
            with _room(self._folder):
                return _fill(path, lines)

        return self._make(fill)

    def change(self, changes: Iterable[Change], held: int | None = None) -> tuple[str, int]:
        """The name of a new generation that has these changes, and how many quads it holds.

        ``held`` says how many there are now, where that is known.

        Raises:
            StoreDamagedError: If there is no generation to start from, or it cannot be opened.
        """
        current = self.current
        if current is None or not (self._folder / current).is_dir():
            raise StoreDamagedError(self._folder, "there is nothing to change")

        def change(path: Path) -> int:
            with _damage(self._folder):
                before = Store.read_only(str(self._folder / current))
            with _room(self._folder):
                before.backup(str(path))
                return _change(path, changes, held)

        return self._make(change)

    def switch(self, name: str) -> None:
        """Let a generation count from now on."""
        files.replace(self._folder / "current", f"{name}\n".encode())

    def purge(self) -> None:
        """Take away every generation but the one that counts, with what nobody may see any more.

        Whoever still reads an older one may be cut short. So goes what a writing that was killed
        left half made, which RocksDB calls ``generation-8.tmp``.
        """
        for path in self._folder.glob("generation-*"):
            if path.name != self.current:
                with files.writing(path):
                    shutil.rmtree(path)

    def holds(self, name: str) -> bool:
        """Whether there is a generation of this name."""
        return bool(_GENERATION.fullmatch(name)) and (self._folder / name).is_dir()

    def _make(self, fill: Callable[[Path], int]) -> tuple[str, int]:
        generations = _generations(self._folder)
        self.purge()
        # Never the number of a generation that a reader may still have open.
        name = f"generation-{1 + max(generations.values(), default=0)}"
        try:
            return name, fill(self._folder / name)
        except BaseException:
            shutil.rmtree(self._folder / name, ignore_errors=True)
            raise


def _fill(path: Path, lines: Iterable[bytes]) -> int:
    store = Store(path)
    try:
        # Text is taken in without holding up the thread that makes the next lines.
        with ThreadPoolExecutor(1) as beside:
            before: Future[None] | None = None
            for some in batched(lines, _BULK):
                text = b"\n".join(some)
                if before is not None:
                    before.result()
                before = beside.submit(store.bulk_load, text, RdfFormat.N_QUADS, lenient=True)
            if before is not None:
                before.result()
        store.flush()
        return len(store)
    finally:
        # A store is closed when the last name for it goes: there is no other way, and an error
        # keeps the names of the functions that it left.
        del store


def _change(path: Path, changes: Iterable[Change], held: int | None) -> int:
    store = Store(path)
    grown = 0
    try:
        for comes, run in groupby(changes, key=lambda change: change.comes):
            for some in batched(chain.from_iterable(change.lines for change in run), _BATCH):
                quads = list(nquads.quads(dict.fromkeys(some)))
                grown += _take_in(store, quads) if comes else -_take_out(store, quads)
        store.flush()
        # To count them all anew takes longer than most changes.
        return len(store) if held is None else held + grown
    finally:
        del store  # as above


def _take_in(store: Store, quads: Iterable[Quad]) -> int:
    """Add quads; how many of them were not there."""
    try:
        new = [quad for quad in quads if quad not in store]
        store.extend(new)
        return len(new)
    finally:
        del store  # as above


def _take_out(store: Store, quads: Iterable[Quad]) -> int:
    """Remove quads; how many of them were there."""
    try:
        old = [quad for quad in quads if quad in store]
        for quad in old:
            store.remove(quad)
        return len(old)
    finally:
        del store  # as above


def _generations(folder: Path) -> dict[str, int]:
    matches = (_GENERATION.fullmatch(entry.name) for entry in folder.iterdir())
    return {match[0]: int(match[1]) for match in matches if match}


def _current(folder: Path) -> str | None:
    said = files.read(folder / "current")
    return None if said is None else said.decode("utf-8", "replace").strip()


@contextmanager
def open_reader(folder: Path) -> Iterator[StoreReader]:
    """The store as it stands now; what is written later is not seen.

    Raises:
        NoCaseError: If nothing was ever written there.
        StoreDamagedError: If it cannot be opened.
        UnreadableError: If there is no right to.
    """
    name = _current(folder)
    if name is None:
        raise NoCaseError(folder)
    if not _GENERATION.fullmatch(name):
        raise StoreDamagedError(folder, f"'current' says {name!r}")
    path = folder / name
    with files.reading(path):
        if not path.is_dir():
            raise StoreDamagedError(folder, f"{name!r} is missing")
        next(path.iterdir(), None)
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


@contextmanager
def _room(folder: Path) -> Iterator[None]:
    """Where a database is written."""
    with _damage(folder):
        try:
            yield
        except OSError as error:
            if not files.is_unwritable(error):
                raise
            raise files.unwritable(folder, error) from error


def _syntax_error(message: str) -> QuerySyntaxError:
    match = _SYNTAX.fullmatch(message)
    if match is None:
        return QuerySyntaxError(message)
    return QuerySyntaxError(match[3], int(match[1]), int(match[2]))
