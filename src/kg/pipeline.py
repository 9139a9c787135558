"""The walk through the rooms: from files to a graph on disk."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from itertools import chain
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from kg import documents, extraction, identity, statements, store
from kg.documents import Source
from kg.errors import DocumentError, UnreadableDocumentError
from kg.extraction import given_names, language
from kg.extraction.attribution import attribution_version, find_model
from kg.model import Decision, Document, Findings, Run, Settings
from kg.time_limit import TookTooLongError, time_limit
from kg.turns import turn
from kg.workers import crew, extract_each, took_too_long

__all__ = ["BuildReport", "Progress", "build", "extract"]

#: Called with what has been done of how much, and the name of the file in hand.
type Progress = Callable[[int, int, str], None]

_FINDINGS = TypeAdapter(Findings)


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build read, what it set aside and why, and how many quads the graph has.

    ``copies`` are pairs of a file and the earlier file with the very same text. ``orphans``
    are decisions about words that no document has any more.
    """

    documents: tuple[Document, ...]
    set_aside: tuple[DocumentError, ...]
    copies: tuple[tuple[str, str], ...]
    extracted: int  #: documents that were not in the cache
    quads: int
    orphans: tuple[Decision, ...] = ()


def extract(
    paths: Iterable[Path],
    settings: Settings,
    *,
    cache: Path | None = None,
    progress: Progress | None = None,
    order: Callable[[Source], str] = lambda source: source.name,
) -> Iterator[tuple[Source, Findings | DocumentError]]:
    """The findings of each file, or why there are none, in the order of the names or another.

    What was extracted before by the same version with the same settings is taken from the
    cache, so that an interrupted run goes on where it stopped.

    Raises:
        ModelMissingError: If the settings name a model that is not there.
        PipelineMissingError: If they name a pipeline that is not installed.
        ClusterError: If the cluster at this address cannot be used.
    """
    find_model(settings.attribution)  # one that is missing ends the run before it begins
    found = list(documents.find(paths))
    sources = sorted((item for item in found if isinstance(item, Source)), key=order)
    for problem in found:
        if isinstance(problem, DocumentError):
            yield Source(path=Path(problem.path), name=problem.path), problem
    done = 0

    def begin() -> Iterator[tuple[tuple[Source, _Begun], _Begun]]:
        for source in sources:
            if progress is not None:
                progress(done, len(sources), source.name)
            begun = _begin(source, settings, cache)
            yield (source, begun), begun

    with crew(settings) as by:
        for (source, begun), outcome in extract_each(begin(), by):
            if isinstance(begun, Document) and isinstance(outcome, Findings):
                _keep(outcome, _entry(begun, settings, cache))
            done += 1
            yield source, outcome
    if progress is not None:
        progress(len(sources), len(sources), "")


def build(
    paths: Sequence[Path],
    settings: Settings,
    *,
    folder: Path,
    decisions: Sequence[Decision] = (),
    progress: Progress | None = None,
) -> BuildReport:
    """Read everything under the paths and put the graph of it in the place of the store's.

    ``folder`` holds the store and the cache and can be thrown away at any time.

    Raises:
        KgError: If the pipeline or a model is missing, the settings or the store cannot be
            used, or the decisions contradict each other. Files that cannot be read are in the
            report and end nothing.
    """
    with turn(folder):
        return _build(paths, settings, folder, decisions, progress)


def _build(
    paths: Sequence[Path],
    settings: Settings,
    folder: Path,
    decisions: Sequence[Decision],
    progress: Progress | None,
) -> BuildReport:
    started = dt.datetime.now(dt.UTC)
    by_text: dict[str, Findings] = {}
    set_aside: list[DocumentError] = []
    copies: list[tuple[str, str]] = []
    cache = folder / "findings"
    before = _count(cache)
    for source, outcome in extract(paths, settings, cache=cache, progress=progress):
        if isinstance(outcome, DocumentError):
            set_aside.append(outcome)
        elif outcome.document.sha256 in by_text:
            copies.append((source.name, by_text[outcome.document.sha256].document.file))
        else:
            by_text[outcome.document.sha256] = outcome
    findings = identity.correct((by_text[sha256] for sha256 in sorted(by_text)), decisions)
    identities = identity.resolve(
        findings,
        base=settings.base,
        decisions=decisions,
        likeness=language.word_likeness(settings.pipeline),
    )
    run = Run(
        version=version("kg"),
        pipeline=language.pipeline_version(language.load(settings.pipeline)),
        attribution=attribution_version(settings.attribution),
        settings=settings,
    )
    read = tuple(sorted((found.document for found in findings), key=lambda d: d.file))
    hidden = identity.hide(
        findings, identities, decisions, base=settings.base, is_given=given_names.is_known
    )
    ended = dt.datetime.now(dt.UTC)
    quads = store.write(
        folder / "store",
        chain(
            statements.state(findings, identities, run, hidden),
            statements.describe_build(run, read, started=started, ended=ended, hidden=hidden),
        ),
    )
    return BuildReport(
        documents=read,
        set_aside=tuple(set_aside),
        copies=tuple(copies),
        extracted=_count(cache) - before,
        quads=quads,
        orphans=identities.orphans,
    )


def _count(folder: Path) -> int:
    return sum(1 for _ in folder.glob("*.json")) if folder.is_dir() else 0


type _Begun = Document | Findings | DocumentError


def _begin(source: Source, settings: Settings, cache: Path | None) -> _Begun:
    """The findings that an equal extraction left in the cache, else the document to extract."""
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
    if length > settings.characters:
        reason = f"its text has {length} characters, more than {settings.characters}"
        return UnreadableDocumentError(
            source.path, f"{reason}; split it into parts, or set characters in kg.toml"
        )
    entry = _entry(document, settings, cache)
    if entry is None or not entry.is_file():
        return document
    try:
        return _FINDINGS.validate_json(entry.read_bytes())
    except ValidationError:
        entry.unlink()  # written by another version, or damaged: read the document again
        return document


def _keep(findings: Findings, entry: Path | None) -> None:
    if entry is None:
        return
    entry.parent.mkdir(parents=True, exist_ok=True)
    unfinished = entry.with_suffix(".part")
    unfinished.write_bytes(_FINDINGS.dump_json(findings))
    unfinished.replace(entry)


def _entry(document: Document, settings: Settings, cache: Path | None) -> Path | None:
    return None if cache is None else cache / f"{_key(document, settings)}.json"


def _key(document: Document, settings: Settings) -> str:
    """What an extraction depends on: the document with its metadata, the version, the models."""
    parts = [
        TypeAdapter(Document).dump_json(document).decode(),
        extraction.fingerprint(),
        version("kg"),
        settings.pipeline,
        attribution_version(settings.attribution),
        settings.language,
    ]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()
