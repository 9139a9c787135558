"""The walk through the rooms: from files to a graph on disk."""

from __future__ import annotations

import datetime as dt
import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from itertools import chain
from pathlib import Path

from kg import identity, remote, statements, store
from kg.documents import Source
from kg.errors import DocumentError
from kg.extraction import given_names, language
from kg.extraction.attribution import attribution_version
from kg.hiding import Hidden
from kg.keeping import open_kept
from kg.ledger import Ledger, open_ledger
from kg.model import Decision, Part, Removal, Run, Settings
from kg.reading import Cache, Progress, read_all
from kg.shelf import Record, Shelf
from kg.store import StoreWriter
from kg.vocabulary import digest

__all__ = ["BuildReport", "build"]


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build read, what it set aside and why, and how many quads the graph has.

    ``copies`` are pairs of a file and the earlier file with the very same text. ``orphans``
    are decisions about words that no document has any more.
    """

    documents: tuple[Record, ...]  #: in the order of their files
    set_aside: tuple[DocumentError, ...]
    copies: tuple[tuple[str, str], ...]
    extracted: int  #: documents that were not in the cache
    quads: int
    orphans: tuple[Decision, ...] = ()


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
    started = dt.datetime.now(dt.UTC)
    with open_kept(folder / "kept.sqlite") as kept:
        cache = Cache(folder / "findings", kept, settings)
        removed = {each.document: each for each in removals}
        read = _read(
            read_all(paths, settings, cache=cache, leave_out=removed.keys(), progress=progress)
        )
        with _without_collecting():
            quads, orphans = _state(
                folder, Shelf(read.documents, kept), settings, decisions, (started, removed)
            )
        cache.keep_only({record.sha256 for record in read.documents}, read.files)
    return BuildReport(
        documents=read.documents,
        set_aside=read.set_aside,
        copies=read.copies,
        extracted=cache.added,
        quads=quads,
        orphans=orphans,
    )


@dataclass(frozen=True, slots=True)
class _Read:
    """What came of the files: each text once, in the order of the names of its files."""

    documents: tuple[Record, ...]
    set_aside: tuple[DocumentError, ...]
    copies: tuple[tuple[str, str], ...]
    files: frozenset[str]


def _read(found: Iterable[tuple[Source, Record | DocumentError]]) -> _Read:
    by_text: dict[str, Record] = {}
    set_aside: list[DocumentError] = []
    copies: list[tuple[str, str]] = []
    files: set[str] = set()
    for source, outcome in found:
        files.add(source.name)
        if isinstance(outcome, DocumentError):
            set_aside.append(outcome)
        elif outcome.sha256 in by_text:
            copies.append((source.name, by_text[outcome.sha256].file))
        else:
            by_text[outcome.sha256] = outcome
    documents = tuple(sorted(by_text.values(), key=lambda record: record.file))
    return _Read(documents, tuple(set_aside), tuple(copies), frozenset(files))


@contextmanager
def _without_collecting() -> Iterator[None]:
    """No looking for cycles: a build makes millions of values and none, and it takes a fifth."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _state(
    folder: Path,
    shelf: Shelf,
    settings: Settings,
    decisions: Sequence[Decision],
    of_build: tuple[dt.datetime, Mapping[str, Removal]],
) -> tuple[int, tuple[Decision, ...]]:
    """Put the graph of all that was found in the place of the store's.

    Returns how many quads it has, and the decisions that found no place in it.
    """
    started, removed = of_build
    findings = identity.correct(shelf, decisions)
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
    hidden = identity.hide(
        findings, identities, decisions, base=settings.base, is_given=given_names.is_known
    )
    report = statements.describe_build(
        run,
        shelf.records,
        started=started,
        ended=dt.datetime.now(dt.UTC),
        hidden=hidden,
        removals=[removed[sha256] for sha256 in sorted(removed)],
    )
    parts = chain(
        statements.parts(findings, identities, run, hidden),
        [Part("build", started.isoformat(), lambda: report)],
    )
    documents = frozenset(record.sha256 for record in shelf.records)
    quads = _keep_parts(folder, parts, run, of_what=(hidden, documents))
    return quads, identities.orphans


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
        shared=statements.shared(base).fullmatch,
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
                coming = (change.lines for change in ledger.update(parts) if change.comes)
                name, quads = writer.fill(chain.from_iterable(coming))
            else:
                held = ledger.get("quads")
                name, quads = writer.change(
                    ledger.update(parts), None if held is None else int(held)
                )
            ledger.put("generation", name)
            ledger.put("quads", str(quads))
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
