"""The graph as files for bulk loaders: N-Quads in files of bounded size, and a manifest.

folder/
  part-00000.nq.gz    so many quads, in the order in which the store gives them
  part-00001.nq.gz
  manifest.json       written last, so that a dump that was cut short has none

Files are written beside and take their names when all of them are whole: until then a dump that
stood there before is still there.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from importlib.metadata import version
from itertools import batched, chain, count, islice
from pathlib import Path
from typing import IO, TYPE_CHECKING

from pydantic import TypeAdapter, ValidationError
from pyoxigraph import DefaultGraph, Quad, RdfFormat, serialize

from kg.errors import ExportError
from kg.files import unwritable, writing
from kg.model import Reader
from kg.packing import COMPRESSIONS, packed
from kg.vocabulary import is_runs_graph

if TYPE_CHECKING:
    from kg.reading import Progress

__all__ = [
    "MANIFEST",
    "DumpedFile",
    "Manifest",
    "Options",
    "dump",
    "read_manifest",
    "sha256_of",
]

MANIFEST = "manifest.json"
#: Raised when a reader of older dumps could misread a newer one.
_FORMAT = 1
#: So many quads are written at once.
_BATCH = 10_000
_FILE = re.compile(r"part-\d{5,}\.nq(?:\.gz|\.zst)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How a dump is written.

    ``size`` is how many quads a file holds at most, ``compress`` one of ``packing.COMPRESSIONS``.
    ``force`` puts it in the place of a former dump in the same folder.
    """

    size: int = 1_000_000
    compress: str = "gzip"
    include_runs: bool = False
    force: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DumpedFile:
    """A file of a dump."""

    name: str
    quads: int
    bytes: int
    sha256: str  #: of the file as it lies there, compressed


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a dump holds; equal graphs give equal ones, so there is no date in it."""

    format: int
    kg: str  #: the version that wrote it
    base: str  #: what the IRIs of the case begin with
    quads: int
    files: tuple[DumpedFile, ...]


_MANIFEST = TypeAdapter(Manifest)


def dump(
    reader: Reader,
    folder: Path,
    *,
    base: str,
    options: Options,
    progress: Progress | None = None,
) -> Manifest:
    """Write the graph into a folder, but for the runs graph unless it is asked for.

    Raises:
        ExportError: If the folder holds something.
        UnwritableError: If it cannot be written.
        PackagesMissingError: If the package is not installed that compresses so.
        ServerError: If the graph is kept on a server that does not give all of it.
    """
    former = _former(folder, force=options.force)
    told = _told(reader, progress)
    files: list[DumpedFile] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, quads in _parts(_shown(reader, options), options):
            files.append(_write(folder, name, told(quads, name)))
        manifest = Manifest(
            format=_FORMAT,
            kg=version("kg"),
            base=base,
            quads=sum(file.quads for file in files),
            files=tuple(files),
        )
        with _beside(folder, MANIFEST).open("wb") as file:
            file.write((json.dumps(asdict(manifest), indent=1) + "\n").encode())
            _to_disk(file)
        _let_count(folder, former, [*(each.name for each in files), MANIFEST])
    except OSError as error:
        raise unwritable(folder, error) from error
    finally:
        with suppress(OSError):
            for path in chain(folder.glob(".part-*.new"), folder.glob(f".{MANIFEST}.new")):
                path.unlink(missing_ok=True)
    return manifest


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a dump.

    Raises:
        OSError: If there is none that can be read.
        ValueError: If it is no manifest that this kg can read.
    """
    try:
        manifest = _MANIFEST.validate_json((folder / MANIFEST).read_bytes())
    except ValidationError as error:
        raise ValueError("it is no manifest of kg") from error
    if manifest.format != _FORMAT:
        raise ValueError(f"it was written by kg {manifest.kg}, in a form that this kg cannot read")
    for file in manifest.files:
        if not _FILE.fullmatch(file.name):
            raise ValueError(f"it names {file.name!r}, which is no file of a dump")
    if manifest.quads != sum(file.quads for file in manifest.files):
        raise ValueError("its numbers of quads do not add up")
    return manifest


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file.

    Raises:
        OSError: If it cannot be read.
    """
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _former(folder: Path, *, force: bool) -> list[Path]:
    """The files of a dump that stands in the folder and is to go.

    Raises:
        ExportError: If the folder holds something that may not go.
    """
    with writing(folder):
        if not folder.exists():
            return []
    with writing(folder):
        held = sorted(folder.iterdir())
    if not held:
        return []
    if not force:
        raise ExportError(
            f"{str(folder)!r} is not empty; name another folder, or say --force to put the dump "
            "in the place of one that stands there"
        )
    if (folder / MANIFEST).exists():
        try:
            read_manifest(folder)
        except (OSError, ValueError) as error:
            raise ExportError(
                f"{str(folder / MANIFEST)!r} is none of a dump ({error}); name another folder"
            ) from error
    return [path for path in held if _FILE.fullmatch(path.name)]


def _shown(reader: Reader, options: Options) -> Iterator[Quad]:
    for quad in reader.quads():
        graph = quad.graph_name
        if (
            options.include_runs
            or isinstance(graph, DefaultGraph)
            or not is_runs_graph(str(graph.value))
        ):
            yield quad


def _parts(quads: Iterator[Quad], options: Options) -> Iterator[tuple[str, Iterator[Quad]]]:
    """The name of each file and its quads, to be drawn before those of the next."""
    for number in count():
        first = list(islice(quads, 1))
        if not first:
            return
        name = f"part-{number:05}.nq{COMPRESSIONS[options.compress]}"
        yield name, chain(first, islice(quads, options.size - 1))


def _told(
    reader: Reader, progress: Progress | None
) -> Callable[[Iterable[Quad], str], Iterator[tuple[Quad, ...]]]:
    """The quads of each file in batches, each of which is told when it was drawn."""
    total = 0 if progress is None else len(reader)
    done = 0

    def told(quads: Iterable[Quad], name: str) -> Iterator[tuple[Quad, ...]]:
        nonlocal done
        for batch in batched(quads, _BATCH):
            yield batch
            done += len(batch)
            if progress is not None:
                progress(done, max(done, total), name)

    return told


def _write(folder: Path, name: str, batches: Iterable[tuple[Quad, ...]]) -> DumpedFile:
    path, number = _beside(folder, name), 0
    with path.open("wb") as raw:
        with packed(raw, name) as file:
            for batch in batches:
                file.write(serialize(batch, format=RdfFormat.N_QUADS) or b"")
                number += len(batch)
        _to_disk(raw)
    size = path.stat().st_size
    return DumpedFile(name=name, quads=number, bytes=size, sha256=sha256_of(path))


def _let_count(folder: Path, former: Iterable[Path], names: Iterable[str]) -> None:
    """Put what was written beside in its place: between two dumps there is none, never a mixture.

    The names are those of the new dump, its manifest last.
    """
    (folder / MANIFEST).unlink(missing_ok=True)
    for path in former:
        path.unlink()
    for name in names:
        _beside(folder, name).replace(folder / name)


def _beside(folder: Path, name: str) -> Path:
    return folder / f".{name}.new"


def _to_disk(file: IO[bytes]) -> None:
    file.flush()
    os.fsync(file.fileno())
