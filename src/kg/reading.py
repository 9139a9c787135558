"""From files to findings: each file is read and extracted, unless that was done before.

A cache keeps the findings of each document in a file of its own, and remembers of every file how
it stood when it was read: one that stands as it stood then is not even opened.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Set
from contextlib import suppress
from dataclasses import asdict, replace
from functools import partial
from importlib.metadata import version
from pathlib import Path

import msgspec

from kg import documents, extraction, files
from kg.documents import Source
from kg.errors import DocumentError, FindingsDamagedError, UnreadableDocumentError
from kg.extraction.attribution import attribution_version, find_model
from kg.keeping import Kept
from kg.model import Document, Findings, Settings
from kg.shelf import Record
from kg.time_limit import TookTooLongError, time_limit
from kg.vocabulary import digest
from kg.workers import crew, extract_each, took_too_long

__all__ = ["Cache", "Progress", "extract", "read_all"]

#: Called with what has been done of how much, and the name of the file in hand.
type Progress = Callable[[int, int, str], None]

#: Nanoseconds within which a file can change and its times stay: the ticks of old file systems.
_TICK = 2_000_000_000
_FINDINGS = msgspec.json.Decoder(Findings)


def extract(
    paths: Iterable[Path],
    settings: Settings,
    *,
    progress: Progress | None = None,
    order: Callable[[Source], str] = lambda source: source.name,
) -> Iterator[tuple[Source, Findings | DocumentError]]:
    """The findings of each file, or why there are none, in the order of the names or another.

    Raises:
        ModelMissingError: If the settings name a model that is not there.
        PipelineMissingError: If they name a pipeline that is not installed.
        ClusterError: If the cluster at this address cannot be used.
    """
    for source, outcome in read_all(paths, settings, progress=progress, order=order):
        yield source, outcome.open() if isinstance(outcome, Record) else outcome


def read_all(  # noqa: PLR0913 - which documents, how, and in which order
    paths: Iterable[Path],
    settings: Settings,
    *,
    cache: Cache | None = None,
    leave_out: Set[str] = frozenset(),
    progress: Progress | None = None,
    order: Callable[[Source], str] = lambda source: source.name,
) -> Iterator[tuple[Source, Record | DocumentError]]:
    """Each file with its document, the findings of which can be opened, or why there is none.

    What is in the cache is taken from there, so that an interrupted run goes on where it
    stopped. Documents with these hashes are left out, whatever file they lie in.
    """
    find_model(settings.attribution)  # one that is missing ends the run before it begins
    found = list(documents.find(paths))
    sources = sorted((item for item in found if isinstance(item, Source)), key=order)
    for problem in found:
        if isinstance(problem, DocumentError):
            yield Source(path=Path(problem.path), name=problem.path), problem
    done = 0

    def begin() -> Iterator[tuple[Source, _Begun]]:
        for source in sources:
            if progress is not None:
                progress(done, len(sources), source.name)
            begun = _begin(source, settings, cache)
            if isinstance(begun, DocumentError) or begun.sha256 not in leave_out:
                yield source, begun

    keep = _held if cache is None else cache.keep
    with crew(settings) as hands:
        outcomes: Iterator[tuple[Source, Findings | Record | DocumentError]]
        outcomes = extract_each(begin(), hands)
        for source, outcome in outcomes:
            done += 1
            if isinstance(outcome, Findings):
                yield source, keep(outcome, source)
            else:
                yield source, outcome
    if progress is not None:
        progress(len(sources), len(sources), "")


type _Begun = Document | Record | DocumentError


def _begin(source: Source, settings: Settings, cache: Cache | None) -> _Begun:
    """What is known of a file, else the document that is to be extracted, or why there is none."""
    known = None if cache is None else cache.known(source)
    if known is not None:
        return known
    document = _read(source, settings)
    if isinstance(document, DocumentError) or cache is None:
        return document
    return cache.found(document, source) or document


def _read(source: Source, settings: Settings) -> Document | DocumentError:
    """The document of a file, or why there is none, within the limits of the settings."""
    try:
        with time_limit(settings.seconds):
            document = documents.read(
                source, published=settings.published, megabytes=settings.megabytes
            )
    except DocumentError as problem:
        return problem
    except TookTooLongError:
        return UnreadableDocumentError(source.path, took_too_long("reading it", settings))
    length = len(document.text)
    if length <= settings.characters:
        return document
    reason = f"its text has {length} characters, more than {settings.characters}"
    return UnreadableDocumentError(
        source.path, f"{reason}; split it into parts, or set characters in kg.toml"
    )


def _held(found: Findings, _: Source) -> Record:
    """Findings that are kept nowhere but in memory."""
    document = found.document
    return Record(
        sha256=document.sha256,
        file=document.file,
        location=document.location,
        made_from=document.sha256,
        open=lambda: found,
        corrected=False,
    )


class Cache:
    """The findings of a case's documents, in a folder, as one version and settings make them."""

    def __init__(self, folder: Path, kept: Kept, settings: Settings) -> None:
        self.folder = folder
        self.added = 0  #: documents that were not in it
        self._kept = kept
        self._settings = settings
        self._made_by = digest(
            extraction.fingerprint(),
            version("kg"),
            settings.pipeline,
            attribution_version(settings.attribution),
            settings.language,
        )

    def known(self, source: Source) -> Record | None:
        """The document of a file that stands as it stood when it was read; else None."""
        stood = self._stood(source)
        seen = None if stood is None else self._kept.seen(source.name, stood)
        if seen is None:
            return None
        sha256, entry = seen
        name, _, size = entry.partition(" ")
        path = self.folder / name
        try:
            whole = path.stat().st_size == int(size)
        except OSError:
            return None
        return self._record(sha256, source, path) if whole else None

    def found(self, document: Document, source: Source) -> Record | None:
        """The document with its findings, where they are here and whole; else None."""
        path = self._path(document)
        try:
            _FINDINGS.decode(path.read_bytes())
        except FileNotFoundError:
            return None
        except msgspec.DecodeError:
            path.unlink()  # written by another version, or damaged
            return None
        return self._see(document, source, path)

    def keep(self, found: Findings, source: Source) -> Record:
        """The document of these findings, which are here from now on."""
        path = self._path(found.document)
        files.make_folder(path.parent)
        files.replace(path, msgspec.json.encode(_anywhere(found)), lasting=False)
        self.added += 1
        return self._see(found.document, source, path)

    def keep_only(self, documents: Set[str], names: Set[str]) -> None:
        """Take away all that is not of these documents and files, and what was half written."""
        with files.writing(self.folder):
            for entry in self.folder.glob("*") if self.folder.is_dir() else ():
                if entry.suffix != ".json" or entry.name.partition("-")[0] not in documents:
                    entry.unlink()
        self._kept.keep_only({*documents, ""}, names)  # what is the case's own stays

    def _see(self, document: Document, source: Source, path: Path) -> Record:
        stood = self._stood(source)
        if stood is not None:
            entry = f"{path.name} {path.stat().st_size}"
            self._kept.see(source.name, stood, document.sha256, entry)
        return self._record(document.sha256, source, path)

    def _stood(self, source: Source) -> str | None:
        """Everything that tells that a file would be read as it was; None for one just written.

        Its size and its times, down to the nanosecond, stand for what is in it. Of a file of
        this very moment they do not: it can change again before its clock ticks.
        """
        try:
            stat = source.path.stat()
        except OSError:
            return None
        if abs(time.time_ns() - stat.st_mtime_ns) < _TICK:
            return None
        settings = self._settings
        limits = (settings.megabytes, settings.characters, str(settings.published))
        said = {name: str(value) for name, value in asdict(source.metadata).items()}
        at = (stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino)
        return digest(str(source.path.absolute()), *at, said, *limits, self._made_by)

    def _path(self, document: Document) -> Path:
        """Where the findings of a document are: under its hash, so that they can be found to go.

        Equal names, equal findings: it stands for the document with its metadata, and for what
        reads it.
        """
        said = msgspec.json.encode(replace(document, location="")).decode()
        return self.folder / f"{document.sha256}-{digest(said, self._made_by)}.json"

    @staticmethod
    def _record(sha256: str, source: Source, path: Path) -> Record:
        location = str(source.path.absolute())
        return Record(
            sha256=sha256,
            file=source.name,
            location=location,
            made_from=path.stem,
            open=partial(_open, path, location),
            corrected=False,
        )


def _anywhere(found: Findings) -> Findings:
    """The findings without where the document lay, which changes nothing that was found."""
    return replace(found, document=replace(found.document, location=""))


def _open(path: Path, location: str) -> Findings:
    """The findings in a file of the cache.

    Raises:
        FindingsDamagedError: If they cannot be read; the file is taken away.
    """
    try:
        found = _FINDINGS.decode(path.read_bytes())
    except (OSError, msgspec.DecodeError) as error:
        with suppress(OSError):
            path.unlink(missing_ok=True)
        raise FindingsDamagedError(path) from error
    return replace(found, document=replace(found.document, location=location))
