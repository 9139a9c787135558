"""The walk through the rooms: from files to a graph on disk."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from contextlib import AbstractContextManager
from dataclasses import dataclass
from importlib.metadata import version
from itertools import chain
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from kg import documents, extraction, files, identity, remote, statements, store
from kg.documents import Source
from kg.errors import DocumentError, UnreadableDocumentError
from kg.extraction import given_names, language
from kg.extraction.attribution import attribution_version, find_model
from kg.hiding import Hidden
from kg.ledger import Ledger, open_ledger
from kg.model import Decision, Document, Findings, Part, Removal, Run, Settings
from kg.store import StoreWriter
from kg.time_limit import TookTooLongError, time_limit
from kg.vocabulary import digest
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


def extract(  # noqa: PLR0913 - which documents, how, and in which order
    paths: Iterable[Path],
    settings: Settings,
    *,
    cache: Path | None = None,
    leave_out: Set[str] = frozenset(),
    progress: Progress | None = None,
    order: Callable[[Source], str] = lambda source: source.name,
) -> Iterator[tuple[Source, Findings | DocumentError]]:
    """The findings of each file, or why there are none, in the order of the names or another.

    What was extracted before by the same version with the same settings is taken from the
    cache, so that an interrupted run goes on where it stopped. Documents with these hashes are
    left out, whatever file they lie in.

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
            begun = _begin(source, settings, cache, leave_out)
            if begun is None:
                continue
            yield (source, begun), begun

    with crew(settings) as by:
        for (source, begun), outcome in extract_each(begin(), by):
            if isinstance(begun, Document) and isinstance(outcome, Findings):
                _keep(outcome, _entry(begun, settings, cache))
            done += 1
            yield source, outcome
    if progress is not None:
        progress(len(sources), len(sources), "")


def build(  # noqa: PLR0913 - what is read and all that people ruled
    paths: Sequence[Path],
    settings: Settings,
    *,
    folder: Path,
    decisions: Sequence[Decision] = (),
    removals: Sequence[Removal] = (),
    progress: Progress | None = None,
) -> BuildReport:
    """Read everything under the paths and put the graph of it in the place of the store's.

    ``folder`` holds the store and the cache and can be thrown away at any time. Only one may
    build there at a time: whoever calls this has its ``turn``.

    Raises:
        KgError: If the pipeline or a model is missing, the settings or the store cannot be
            used, or the decisions contradict each other. Files that cannot be read are in the
            report and end nothing.
    """
    return _build(paths, settings, folder, (decisions, removals), progress)


def _build(
    paths: Sequence[Path],
    settings: Settings,
    folder: Path,
    ruled: tuple[Sequence[Decision], Sequence[Removal]],
    progress: Progress | None,
) -> BuildReport:
    decisions, removals = ruled
    removed = {each.document: each for each in removals}
    started = dt.datetime.now(dt.UTC)
    by_text: dict[str, Findings] = {}
    set_aside: list[DocumentError] = []
    copies: list[tuple[str, str]] = []
    cache = folder / "findings"
    before = _count(cache)
    found = extract(paths, settings, cache=cache, leave_out=removed.keys(), progress=progress)
    for source, outcome in found:
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
    report = statements.describe_build(
        run,
        read,
        started=started,
        ended=dt.datetime.now(dt.UTC),
        hidden=hidden,
        removals=[removed[sha256] for sha256 in sorted(removed)],
    )
    parts = chain(
        statements.parts(findings, identities, run, hidden),
        [Part("build", started.isoformat(), lambda: report)],
    )
    quads = _keep_parts(folder, parts, run, of_what=(hidden, frozenset(by_text)))
    _sweep(cache, by_text.keys())
    return BuildReport(
        documents=read,
        set_aside=tuple(set_aside),
        copies=tuple(copies),
        extracted=_count(cache) - before,
        quads=quads,
        orphans=identities.orphans,
    )


def _keep_parts(
    folder: Path, parts: Iterable[Part], run: Run, *, of_what: tuple[Hidden, Set[str]]
) -> int:
    """Put these parts in the place of the store's; how many quads there are.

    What is made from the same as before stays as it is. Where a document is gone or something was
    hidden, everything is written anew, so that no file of the store still holds it.
    """
    hidden, documents = of_what
    base, place = run.settings.base, run.settings.store
    made_with = digest(
        statements.fingerprint(), run.version, base, repr(hidden) if hidden else "", place or ""
    )
    opened = open_ledger(
        folder / "ledger.sqlite",
        made_with=made_with,
        shared=lambda quad: statements.is_shared(quad, base),
    )
    if place is not None:
        with remote.connect(remote.Server.at(place), base) as connection:
            return _keep_on_server(folder, parts, opened, connection, base)
    with store.writing(folder / "store") as writer:
        with opened as ledger:
            _catch_up(writer, ledger)
            known = {name.removeprefix("document ") for name in ledger.names("document ")}
            anew = not known or bool(known - documents)  # what was there before is not known
            if anew:
                ledger.clear()
                name, quads = writer.fill(change.quad for change in ledger.update(parts))
            else:
                name, quads = writer.change(ledger.update(parts))
            ledger.put("generation", name)
        writer.switch(name)
        if hidden or anew:
            writer.purge()
    return quads


def _keep_on_server(
    folder: Path,
    parts: Iterable[Part],
    opened: AbstractContextManager[Ledger],
    connection: remote.Connection,
    base: str,
) -> int:
    """Bring a server's graph to these parts; how many quads there are.

    A server has no generations to switch. So the changes are written down first, and sent when the
    ledger has them: what was not sent to its end is sent again by the next build, from its
    beginning, which changes nothing where it had arrived.
    """
    writer = remote.RemoteWriter(connection, base)
    with opened as ledger:
        remote.send(folder, ledger.get("outbox"), writer)
        name = remote.write_down(folder, ledger.update(parts), anew=not ledger.get("outbox"))
        ledger.put("outbox", name)
    remote.send(folder, name, writer)
    return len(remote.RemoteReader(connection, base))


def _catch_up(writer: StoreWriter, ledger: Ledger) -> None:
    """Let the ledger and the store be of one build, whatever came between them.

    The ledger names its generation before the store switches to it: so one that is whole and does
    not count yet only lacks the switch. A ledger of another generation says nothing.
    """
    name = ledger.get("generation")
    if name is not None and name != writer.current and writer.holds(name):
        writer.switch(name)
    if name is None or name != writer.current or not writer.holds(name):
        ledger.clear()


def _count(folder: Path) -> int:
    return sum(1 for _ in folder.glob("*.json")) if folder.is_dir() else 0


type _Begun = Document | Findings | DocumentError


def _begin(
    source: Source, settings: Settings, cache: Path | None, leave_out: Set[str]
) -> _Begun | None:
    """The findings that an equal extraction left in the cache, else the document to extract."""
    document = _read(source, settings)
    if isinstance(document, DocumentError):
        return document
    if document.sha256 in leave_out:
        return None
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


def _read(source: Source, settings: Settings) -> Document | DocumentError:
    """The document of a file, or why there is none, within the limits of the settings."""
    try:
        with time_limit(settings.seconds):
            return documents.read(
                source, published=settings.published, megabytes=settings.megabytes
            )
    except DocumentError as problem:
        return problem
    except TookTooLongError:
        return UnreadableDocumentError(source.path, took_too_long("reading it", settings))


def _keep(findings: Findings, entry: Path | None) -> None:
    if entry is None:
        return
    files.make_folder(entry.parent)
    files.replace(entry, _FINDINGS.dump_json(findings), lasting=False)


def _entry(document: Document, settings: Settings, cache: Path | None) -> Path | None:
    """Where the findings of a document are kept, under its hash so that they can be found to go."""
    if cache is None:
        return None
    return cache / f"{document.sha256}-{_key(document, settings)[:20]}.json"


def _sweep(cache: Path, documents: Set[str]) -> None:
    """Take away what is kept of documents that are no longer there, and what was half written."""
    with files.writing(cache):
        for entry in cache.glob("*") if cache.is_dir() else ():
            if entry.suffix != ".json" or entry.name.partition("-")[0] not in documents:
                entry.unlink()


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
