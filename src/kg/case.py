"""A case: a folder with settings, sources and what was built from them.

mycase/
  kg.toml            settings; all of them have defaults
  sources/           documents, or sources.csv with paths and metadata
  decisions.csv      what people decided; lines are added, never changed
  removed.csv        documents that people took out of the case; lines are added, never changed
  .kg/               store and cache: can be thrown away and built again
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from typing import IO, TYPE_CHECKING

from kg import files, noting, query, removals, store
from kg.errors import LoadedCaseError, LoadError, NoCaseError, UnreadableDocumentError
from kg.hiding import is_cover_of
from kg.model import Decision, Document, Reader, Removal, Table
from kg.settings import DEFAULTS, is_base, read_settings, with_base, with_published
from kg.turns import turn

if TYPE_CHECKING:
    import rdflib

    from kg.check import Problem
    from kg.curation import Judged, Open
    from kg.dumping import Manifest, Options
    from kg.pipeline import BuildReport
    from kg.reading import Progress
    from kg.view import Page

__all__ = ["Case"]


class Case:
    """A case folder and everything that can be asked of it.

    A folder without kg.toml is a case with the default settings that nothing was built in yet.
    """

    def __init__(self, folder: str | Path = "kg-case") -> None:
        """Open a case folder; nothing is written before the first build.

        Raises:
            SettingsError: If its kg.toml cannot be used.
        """
        self.folder = Path(folder)
        self.settings = read_settings(self.folder / "kg.toml")

    def __repr__(self) -> str:
        """The call that makes it."""
        return f"Case({str(self.folder)!r})"

    @property
    def sources(self) -> Path:
        """The folder of documents and of sources.csv."""
        return self.folder / "sources"

    @property
    def _made(self) -> Path:
        """The folder of all that can be made again."""
        return self.folder / ".kg"

    def build(
        self,
        paths: Sequence[str | Path] = (),
        *,
        published: dt.date | None = None,
        progress: Progress | None = None,
    ) -> BuildReport:
        """Read the paths and everything read before, and build the graph anew.

        The paths are noted in sources/sources.csv. ``published`` is the date for those
        documents that carry none; it is noted in kg.toml, so that later builds have it too.
        While somebody else builds, nothing is noted.

        Raises:
            CaseBusyError: If somebody else is building; names who.
            UnwritableError: If the disk is full, or the folder is read-only; the graph is then
                the one from before.
            KgError: If the case cannot be used; files that cannot be read are in the report.
        """
        from kg import pipeline

        with turn(self._made):
            self._note(paths, published)
            return pipeline.build(
                [self.sources],
                self.settings,
                folder=self._made,
                decisions=self.decisions(),
                removals=removals.standing(self.removals()),
                progress=progress,
            )

    def note(self, paths: Sequence[str | Path] = (), *, published: dt.date | None = None) -> None:
        """Note what ``build`` would, and build nothing.

        Raises:
            KgError: As ``build``.
        """
        with turn(self._made):
            self._note(paths, published)

    @contextmanager
    def reader(self) -> Iterator[Reader]:
        """The graph, open for reading.

        Raises:
            NoCaseError: If nothing was built yet.
            ServerError: If the graph is kept on a server that does not answer.
        """
        if self.settings.store is not None:
            from kg import remote

            server = remote.Server.at(self.settings.store)
            with remote.connect(server, self.settings.base) as connection:
                yield remote.RemoteReader(connection, self.settings.base)
            return
        built = self._made / "store"
        with files.reading(built):
            if not built.is_dir():
                raise NoCaseError(self.folder)
        with store.open_reader(built) as reader:
            yield reader

    def query(self, sparql: str) -> Table:
        """The answer to a SPARQL query as rows of text; triples are rows of three.

        Raises:
            QueryError: If it cannot be answered.
        """
        with self.reader() as reader:
            return query.to_table(query.run(reader, sparql))

    def ask(self, question: str, **parameters: str) -> Table:
        """The answer to a packaged question; ``kg ask --list`` names them.

        Raises:
            QueryError: If there is no such question or parameter.
        """
        with self.reader() as reader:
            return query.ask(reader, question, parameters)

    def view(self, *, around: str | None = None, depth: int = 1, about: str | None = None) -> Page:
        """The graph as a page that shows itself in a notebook.

        Raises:
            NothingToShowError: If nothing has that name.
        """
        from kg.view import render

        with self.reader() as reader:
            return render(reader, around=around, depth=depth, about=about)

    def disagreements(self, *, about: str | None = None) -> Page:
        """Where sources differ on one event, as a page of tables.

        Raises:
            NothingToShowError: If nothing that differs has these words.
        """
        from kg.view import render_disagreements

        with self.reader() as reader:
            return render_disagreements(reader, about=about)

    def timeline(self, *, around: str | None = None, about: str | None = None) -> Page:
        """Events and roles on a line of time, as a page that shows itself in a notebook.

        Raises:
            NothingToShowError: If nothing has that name.
        """
        from kg.view import render_timeline

        with self.reader() as reader:
            return render_timeline(reader, around=around, about=about)

    def export(
        self,
        target: str | Path | IO[bytes],
        format: str,
        *,
        include_runs: bool = False,
    ) -> int:
        """Write the graph to a file; how many quads were written.

        Raises:
            ExportError: If it cannot be written so.
        """
        from kg.export import write

        place = Path(target) if isinstance(target, str | Path) else target
        with self.reader() as reader:
            return write(reader, place, format, include_runs=include_runs)  # type: ignore[arg-type]

    def dump(
        self,
        folder: str | Path,
        options: Options | None = None,
        *,
        progress: Progress | None = None,
    ) -> Manifest:
        """Write the graph into a folder as compressed N-Quads; what the dump holds.

        Raises:
            ExportError: If the folder holds something.
            UnwritableError: If it cannot be written.
        """
        from kg import dumping

        with self.reader() as reader:
            return dumping.dump(
                reader,
                Path(folder),
                base=self.settings.base,
                options=options or dumping.Options(),
                progress=progress,
            )

    def load(self, *paths: str | Path, progress: Progress | None = None) -> int:
        """Take in the graph of a dump, or of files of N-Quads; how many quads it has.

        The case then has no documents of its own: it can be asked, and nothing can be built or
        decided in it. Loading again replaces what was loaded before.

        Raises:
            LoadError: If something is missing or damaged; the case is then as it was.
            LoadedCaseError: If the case was built, or has decisions of its own.
        """
        from kg import loading

        for name in ("decisions.csv", "removed.csv"):
            if (self.folder / name).exists():
                raise LoadedCaseError(
                    f"{str(self.folder / name)!r} holds what was decided in this case, which a "
                    "loaded graph would not follow; load into a new folder: kg load PATH --case NEW"
                )
        given = loading.find([Path(path) for path in paths])
        self._make(base=given.base)
        return loading.load(given, self.settings, folder=self.folder / ".kg", progress=progress)

    def is_loaded(self) -> bool:
        """Whether the graph was loaded, and not built from documents."""
        from kg import loading

        return loading.is_loaded(self.folder / ".kg", self.settings)

    def require_documents(self) -> None:
        """Go on only where a build has documents to make the graph of, so that one can decide.

        Raises:
            LoadedCaseError: If the graph was loaded.
        """
        if self.is_loaded():
            raise LoadedCaseError(
                f"the graph of {str(self.folder)!r} was loaded, and a build would put that of its "
                "documents, which are not here, in its place; build and decide in the case that "
                f"was dumped, or delete {str(self._made)!r} to begin anew"
            )

    def graph(self) -> rdflib.Dataset:
        """The graph as an rdflib dataset in memory, its default graph apart from the named ones."""
        from kg.rdflib_exchange import to_rdflib

        with self.reader() as reader:
            return to_rdflib(reader)

    def check(self) -> list[Problem]:
        """Everything in the graph that the sources or the shapes do not bear out.

        Where the graph was loaded and there are no sources, these are not asked.
        """
        from kg import documents
        from kg.check import check
        from kg.documents import Source

        found = {s.name: s for s in documents.find([self.sources]) if isinstance(s, Source)}

        def reread(name: str) -> Document:
            # Where a hidden name stands in the name of a file, it is covered in the graph.
            like = [each for each in found if is_cover_of(name, each)]
            name = like[0] if len(like) == 1 else name
            if name not in found:
                raise UnreadableDocumentError(name, "the file is no longer there; build again")
            return documents.read(
                found[name],
                published=self.settings.published,
                megabytes=self.settings.megabytes,
            )

        with self.reader() as reader:
            return check(reader, reread if found or not self.is_loaded() else None)

    def hash(self) -> str:
        """The canonical hash of the graph (RDFC-1.0), runs left out: equal for equal graphs."""
        from kg.export import canonical_hash

        with self.reader() as reader:
            return canonical_hash(reader.quads(), base=self.settings.base)

    def decisions(self) -> tuple[Decision, ...]:
        """What people decided: the lines of decisions.csv, also those that were taken back.

        Raises:
            DecisionsFileError: If a line cannot be read.
        """
        from kg import identity

        path = self._decisions_file
        return identity.parse(noting.read(path), path)

    def suggestions(self) -> list[Judged]:
        """The pairs that wait for a person, the likeliest first.

        What was decided since the last build, and joins that were taken back, are left out.
        """
        from kg import deciding

        with self.reader() as reader:
            return deciding.suggestions(reader, self.decisions())

    def decide(self, what: str, one: str, other: str, *, who: str, why: str = "") -> Decision:
        """Write down that two are the ``same`` or ``different``; a build puts it into the graph.

        Each is given by its IRI or its whole name.

        Raises:
            UnknownEntityError: If a name means nobody, or more than one.
            ContradictionError: If it cannot hold beside what was decided before.
            NothingToDecideError: If it is so already.
        """
        from kg import deciding

        note = deciding.Note(who=who, why=why)
        with self.reader() as reader:
            decision = deciding.decide(reader, self.decisions(), what, (one, other), note)
        self._write(decision)
        return decision

    def left_open(self) -> list[Open]:
        """The words that wait for a person to say whom they mean, in the order of the documents."""
        from kg import deciding

        with self.reader() as reader:
            return deciding.left_open(reader, self.decisions())

    def means(self, words: str, name: str, *, who: str, why: str = "") -> Decision:
        """Write down whom words mean that were left open; a build puts it into the graph.

        The words are given by the IRI of their passage or of what was left open, or its last part.

        Raises:
            UnknownEntityError: If nothing was left open there, or a name means nobody, or several.
            ContradictionError: If it was decided that they mean somebody else.
            NothingToDecideError: If it was decided before.
        """
        from kg import deciding

        note = deciding.Note(who=who, why=why)
        with self.reader() as reader:
            decision = deciding.means(reader, self.decisions(), (words, name), note)
        self._write(decision)
        return decision

    def split(self, which: str, *, who: str, why: str = "") -> Decision:
        """Write down that an entity of one document, or one mention, is nobody else's.

        ``which`` is the IRI of a document-level entity, or of a passage (``…#char=310,371``):
        then that mention alone is taken off what its document was read to mean.

        Raises:
            UnknownEntityError: If there is no such entity or mention.
        """
        from kg import deciding

        with self.reader() as reader:
            decision = deciding.split(reader, which, deciding.Note(who=who, why=why))
        self._write(decision)
        return decision

    def correct(
        self, what: str, which: str, value: str = "", *, who: str, why: str = ""
    ) -> Decision:
        """Write down a correction; a build puts it into the graph, beside what was read.

        ``what`` is ``rename``, ``retype`` or ``hide`` an entity (``hide`` also a passage: one
        mention), ``accept`` or ``reject`` a statement or claim, or ``date`` a time; ``which`` is
        its IRI, the last part of it, or the whole name of an entity. ``value`` is the new name,
        kind or date (EDTF, bounds behind it where they are narrower); for ``hide`` it is more
        words that must not be shown, with semicolons between.

        Raises:
            UnknownEntityError: If it means nothing, or more than one thing.
            UncorrectableError: If there is no such correction, or the value is none.
            ContradictionError: If it cannot hold beside what was corrected before.
            NothingToDecideError: If it is so already.
        """
        from kg import correcting, deciding

        note = deciding.Note(who=who, why=why)
        with self.reader() as reader:
            decision = correcting.correct(reader, self.decisions(), what, (which, value), note)
        self._write(decision)
        return decision

    def undo(self, *which: str, who: str, why: str = "") -> Decision:
        """Take a decision back; the next build gives the graph as it was without it.

        ``which`` is the name of the decision, or the words, files or IRIs of its sides. A join
        that is taken back is never made again by a rule, only by a person.

        Raises:
            NothingToDecideError: If no decision that stands fits, or more than one.
        """
        from kg import deciding

        with self.reader() as reader:
            note = deciding.Note(who=who, why=why)
            decision = deciding.undo(reader, self.decisions(), which, note)
        self._write(decision)
        return decision

    def removals(self) -> tuple[Removal, ...]:
        """What was taken out of the case, and what was taken back: the lines of removed.csv.

        Raises:
            RemovalsFileError: If a line cannot be read.
        """
        path = self.folder / "removed.csv"
        return removals.parse(noting.read(path), path)

    def remove(self, which: str, *, who: str, why: str = "") -> Removal:
        """Write down that a document is taken out of the case; the next build leaves it out.

        ``which`` is its IRI, the name of its file, or the beginning of the hash of its text. The
        graph is then the very one that never had it; that it was there, by whom and why it was
        taken out stays in the runs graph, without its name. The file is left where it is.

        Raises:
            UnknownDocumentError: If there is no such document, or more than one.
        """
        with self.reader() as reader:
            sha256, file = removals.find(reader, which)
        return self._remove(
            Removal(when=_now(), who=who, what="remove", document=sha256, file=file, why=why)
        )

    def restore(self, which: str, *, who: str, why: str = "") -> Removal:
        """Take a removal back; the next build reads the document again.

        Raises:
            NothingToDecideError: If no such document was removed, or more than one.
        """
        meant = removals.restored(self.removals(), which)
        return self._remove(replace(meant, when=_now(), who=who, what="restore", why=why))

    def _remove(self, removal: Removal) -> Removal:
        self.require_documents()
        path = self.folder / "removed.csv"
        with files.locked(self._made / "decisions.lock"):
            before = files.read(path) or b""
            columns = removals.columns(noting.read(path))
            files.replace(path, noting.with_row(before, columns, asdict(removal)))
        return removal

    @property
    def _decisions_file(self) -> Path:
        return self.folder / "decisions.csv"

    def _write(self, decision: Decision) -> None:
        """Add a line to decisions.csv; what is there stays as it is."""
        from kg import identity

        self.require_documents()
        path = self._decisions_file
        with files.locked(self._made / "decisions.lock"):
            before = files.read(path) or b""
            columns = identity.columns(noting.read(path))
            files.replace(path, noting.with_decision(before, columns, identity.to_row(decision)))

    def _make(self, *, base: str | None = None) -> None:
        """Make the folder with its defaults, or with another base, where something is missing.

        Raises:
            LoadError: If it is there and has another base.
        """
        settings = self.folder / "kg.toml"
        if base is not None and base != self.settings.base:
            if settings.exists() or not is_base(base):
                raise LoadError(
                    settings,
                    f"the IRIs of the dump begin with {base!r}, those of the case with "
                    f"{self.settings.base!r}; load into a new folder, or set base there",
                )
            self.settings = replace(self.settings, base=base)
        files.make_folder(self.sources)
        if not settings.exists():
            files.replace(settings, with_base(DEFAULTS, self.settings.base).encode())

    def _note(self, paths: Sequence[str | Path], published: dt.date | None) -> None:
        """Make the case where something is missing, and note what later builds need to know."""
        self.require_documents()
        self._make()
        noting.note_paths(self.sources, [Path(path) for path in paths])
        if published is not None and published != self.settings.published:
            self._note_published(published)

    def _note_published(self, day: dt.date) -> None:
        """Write the date for documents without one into kg.toml."""
        path = self.folder / "kg.toml"
        files.replace(path, with_published((files.read(path) or b"").decode(), day).encode())
        self.settings = replace(self.settings, published=day)


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat()  # to the microsecond: the last line counts
