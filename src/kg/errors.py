"""Everything that can go wrong in a way a user can mend.

    KgError                        base; carries the exit code
      DocumentError                the pipeline sets the document aside and goes on
        UnreadableDocumentError
        EmptyDocumentError
        SourcesTableError
        ExtractionFailedError      the extraction of this document took too long, or is at fault
      ExtractionError
        ClusterError               a Dask cluster does not answer, or would find something else
        PipelineMissingError       the spaCy pipeline is not installed
        ModelMissingError          a folder lacks a file of the attribution model
        ModelDamagedError
        TrainingError              marks cannot be learnt from
          MarksError               the file of marks is set aside; holds path and line
      CaseError
        NoCaseError
        CaseBusyError              names who builds
        LoadedCaseError            it was loaded and not built, or the other way round
        SettingsError
        DecisionsFileError         names the line
        RemovalsFileError          names the line
        UnknownDocumentError       offers the nearest names
        ContradictionError         shows both decisions
        UnknownEntityError         lists what it may be
        NothingToDecideError       it is so already
        UncorrectableError         no such correction, or no such value
      StoreError
        ServerError                a SPARQL server does not answer, or refuses
        ServerUnfitError           it does not keep named graphs apart
        StoreLockedError
        StoreDamagedError
      QueryError
        QuerySyntaxError           holds line and column
        UnknownQuestionError       offers the nearest names
        ParameterError
      ExportError
        UnknownFormatError         lists the formats
      LoadError                    a dump that cannot be loaded; names the file
      PackagesMissingError         what an extra of kg brings is not installed
      ViewError
        NothingToShowError
      UnreadableError              a file of the case cannot be opened
      UnwritableError              a disk that is full, a folder that is read-only
      ResourceMissingError

Errors are caught per document (where files are read, extracted, checked again or learnt from), per
answer in ``kg review``, and once at the command line, which prints ``kg: message`` and exits with
the error's code.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from pathlib import Path

__all__ = [
    "CaseError",
    "ContradictionError",
    "DecisionsFileError",
    "DocumentError",
    "EmptyDocumentError",
    "ExportError",
    "ExtractionError",
    "KgError",
    "LoadError",
    "LoadedCaseError",
    "MarksError",
    "ModelDamagedError",
    "ModelMissingError",
    "NoCaseError",
    "NothingToDecideError",
    "NothingToShowError",
    "PackagesMissingError",
    "ParameterError",
    "PipelineMissingError",
    "QueryError",
    "QuerySyntaxError",
    "ResourceMissingError",
    "SettingsError",
    "SourcesTableError",
    "StoreDamagedError",
    "StoreError",
    "StoreLockedError",
    "TrainingError",
    "UncorrectableError",
    "UnknownEntityError",
    "UnknownFormatError",
    "UnknownQuestionError",
    "UnreadableDocumentError",
    "UnreadableError",
    "UnwritableError",
    "ViewError",
]


def _offer(name: str, known: Iterable[str]) -> str:
    """The end of a message that names what the user may have meant."""
    names = sorted(known)
    near = difflib.get_close_matches(name, names, n=3, cutoff=0.5)
    if near:
        return f"did you mean {' or '.join(near)}?"
    return f"there are {', '.join(names)}"


class KgError(Exception):
    """Something went wrong that the user can mend; its text says how."""

    exit_code = 1

    def __reduce__(self) -> tuple[object, ...]:
        """How it travels between processes: made from its text, not from what made the text."""
        return _revive, (type(self), self.args, vars(self))


def _revive(kind: type[KgError], args: tuple[object, ...], state: dict[str, object]) -> KgError:
    error = kind.__new__(kind, *args)
    vars(error).update(state)
    return error


class DocumentError(KgError):
    """A file that cannot become a document; the run goes on without it."""

    def __init__(self, path: str | Path, reason: str) -> None:
        self.path = str(path)
        self.reason = reason
        super().__init__(f"{self.path!r}: {reason}")


class UnreadableDocumentError(DocumentError):
    """The file cannot be opened, decoded or parsed."""


class EmptyDocumentError(DocumentError):
    """The file holds no text."""


class SourcesTableError(DocumentError):
    """A sources.csv that cannot be used."""


class ExtractionFailedError(DocumentError):
    """A document that cannot be extracted, through its size or a defect of the extraction."""


class ExtractionError(KgError):
    """The extractor cannot run."""


class ClusterError(ExtractionError):
    """A Dask cluster that cannot extract for this case."""

    def __init__(self, address: str, reason: str) -> None:
        self.address = address
        self.reason = reason
        super().__init__(f"the cluster {address!r} cannot be used: {reason}")


class PipelineMissingError(ExtractionError):
    """The spaCy pipeline that the settings name is not installed."""

    def __init__(self, name: str, install: str) -> None:
        self.name = name
        super().__init__(f"the spaCy pipeline {name!r} is not installed; run: {install}")


class ModelMissingError(ExtractionError):
    """A folder is no model of who said what, because a file is not in it."""

    def __init__(self, folder: str | Path, missing: Iterable[str]) -> None:
        self.folder = str(folder)
        self.missing = tuple(missing)
        super().__init__(
            f"the attribution model {self.folder!r} lacks {', '.join(self.missing)}; "
            "name a folder that kg train wrote, or 'rules' to do without a model"
        )


class ModelDamagedError(ExtractionError):
    """A file of the attribution model cannot be used."""

    def __init__(self, path: str | Path, reason: str) -> None:
        self.path = str(path)
        super().__init__(f"{self.path!r} is no attribution model: {reason}")


class TrainingError(ExtractionError):
    """There is nothing to learn from, or no place for what is learnt."""


class MarksError(TrainingError):
    """A file of marks, or the text that it marks, cannot be used; lines count from one."""

    def __init__(self, path: str | Path, reason: str, line: int | None = None) -> None:
        self.path = str(path)
        self.reason = reason
        self.line = line
        place = "" if line is None else f", line {line}"
        super().__init__(f"{self.path!r}{place}: {reason}")


class CaseError(KgError):
    """A case folder that cannot be used."""


class NoCaseError(CaseError):
    """There is no case, or nothing was built in it yet."""

    def __init__(self, folder: str | Path) -> None:
        self.folder = str(folder)
        super().__init__(f"no built case in {self.folder!r}; make one with: kg build PATH...")


class SettingsError(CaseError):
    """A kg.toml that cannot be used."""

    def __init__(self, path: str | Path, reason: str) -> None:
        self.path = str(path)
        super().__init__(f"{self.path!r}: {reason}")


class DecisionsFileError(CaseError):
    """A line of decisions.csv that cannot be read; the header is line one."""

    def __init__(self, path: str | Path, line: int, reason: str) -> None:
        self.path = str(path)
        self.line = line
        super().__init__(f"{self.path!r}, line {line}: {reason}")


class RemovalsFileError(CaseError):
    """A line of removed.csv that cannot be read; the header is line one."""

    def __init__(self, path: str | Path, line: int, reason: str) -> None:
        self.path = str(path)
        self.line = line
        super().__init__(f"{self.path!r}, line {line}: {reason}")


class UnknownDocumentError(CaseError):
    """Words that name no document of the case, or more than one."""

    exit_code = 2

    def __init__(self, name: str, known: Iterable[str]) -> None:
        self.name = name
        super().__init__(f"{name!r} is not one document; {_offer(name, known)}")


class ContradictionError(CaseError):
    """Two decisions that cannot both hold."""

    def __init__(self, decision: str, others: Iterable[str]) -> None:
        self.decision = decision
        self.others = tuple(others)
        shown = "".join(f"\n  {other}" for other in self.others)
        super().__init__(
            f"{decision}\ncannot hold beside what was decided before:{shown}\n"
            "take one of them back with: kg identity undo"
        )


class UnknownEntityError(CaseError):
    """Words that name nobody, or more than one."""

    exit_code = 2

    def __init__(self, name: str, known: Iterable[str]) -> None:
        self.name = name
        self.known = tuple(known)
        if self.known:
            shown = "".join(f"\n  {each}" for each in self.known)
            super().__init__(f"{name!r} may be any of these; give the IRI:{shown}")
        else:
            super().__init__(f"nothing in the graph is called {name!r}; kg ask who lists the names")


class NothingToDecideError(CaseError):
    """A decision that would change nothing."""


class UncorrectableError(CaseError):
    """A correction that cannot be made of what is given."""

    exit_code = 2


class CaseBusyError(CaseError):
    """Somebody else is building in the case."""

    def __init__(self, folder: str | Path, who: str) -> None:
        self.folder = str(folder)
        self.who = who
        super().__init__(f"{self.folder!r} is being built by {who}; wait until that has ended")


class LoadedCaseError(CaseError):
    """Something that is only for cases that are built, in one that was loaded, or the reverse."""


class StoreError(KgError):
    """The store cannot be used."""


class StoreLockedError(StoreError):
    """Another process is writing to the store."""

    def __init__(self, folder: str | Path) -> None:
        self.folder = str(folder)
        super().__init__(f"{self.folder!r} is in use by another kg; wait until it has ended")


class StoreDamagedError(StoreError):
    """The store on disk cannot be opened."""

    def __init__(self, folder: str | Path, reason: str) -> None:
        self.folder = str(folder)
        super().__init__(
            f"the store in {self.folder!r} cannot be opened ({reason}); "
            "delete that folder and run kg build again, nothing is lost"
        )


class FindingsDamagedError(StoreError):
    """What was found in a document cannot be read back."""

    def __init__(self, path: str | Path) -> None:
        self.path = str(path)
        super().__init__(
            f"the findings kept in {self.path!r} cannot be read and were taken away; "
            "run kg build again, nothing is lost"
        )


class ServerError(StoreError):
    """A SPARQL server that does not answer, or refuses."""

    def __init__(self, url: str, reason: str) -> None:
        self.url = url
        self.reason = reason
        super().__init__(f"the server {url!r} cannot be used: {reason}")


class ServerUnfitError(StoreError):
    """A SPARQL server that would show what is only said as if it were so."""

    def __init__(self, url: str) -> None:
        self.url = url
        super().__init__(
            f"the server {url!r} shows what stands in named graphs as its default graph, even "
            "when asked not to; set it to keep them apart, or use another server"
        )


class QueryError(KgError):
    """A query or question that cannot be answered."""


class QuerySyntaxError(QueryError):
    """The text is not SPARQL 1.1; line and column count from one, or are None."""

    exit_code = 2

    def __init__(self, reason: str, line: int | None = None, column: int | None = None) -> None:
        self.line = line
        self.column = column
        place = f" at line {line}, column {column}" if line is not None else ""
        super().__init__(f"syntax error{place}: {reason}")


class UnknownQuestionError(QueryError):
    """No packaged question has this name."""

    exit_code = 2

    def __init__(self, name: str, known: Iterable[str]) -> None:
        self.name = name
        super().__init__(f"no question {name!r}; {_offer(name, known)}")


class ParameterError(QueryError):
    """A question was given a parameter that it does not have, or lacks one that it needs."""

    exit_code = 2


class ExportError(KgError):
    """The graph cannot be written."""


class UnknownFormatError(ExportError):
    """No such format."""

    exit_code = 2

    def __init__(self, name: str, known: Iterable[str]) -> None:
        self.name = name
        super().__init__(f"no format {name!r}; {_offer(name, known)}")


class LoadError(KgError):
    """A dump, or a file of it, that cannot be loaded."""

    def __init__(self, path: str | Path, reason: str) -> None:
        self.path = str(path)
        self.reason = reason
        super().__init__(f"{self.path!r} cannot be loaded: {reason}")


class PackagesMissingError(KgError):
    """Packages are not installed that an extra of kg brings."""

    def __init__(self, what: str, missing: Iterable[str], extra: str) -> None:
        self.missing = tuple(missing)
        super().__init__(
            f"{what} needs {', '.join(self.missing)}, not installed here; "
            f"run: pip install 'kg[{extra}]'"
        )


class ViewError(KgError):
    """The view cannot be drawn."""


class NothingToShowError(ViewError):
    """The limits of the view leave nothing; offers the nearest names."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        self.name = name
        near = difflib.get_close_matches(name, sorted(known), n=3, cutoff=0.4)
        hint = f"; did you mean {' or '.join(repr(n) for n in near)}?" if near else ""
        super().__init__(f"nothing in the graph is called {name!r}{hint}")


class UnreadableError(KgError):
    """A file that is there and cannot be opened."""

    def __init__(self, path: str | Path, reason: str) -> None:
        self.path = str(path)
        self.reason = reason
        super().__init__(
            f"{self.path!r} cannot be read ({reason}); ask whoever owns it for the right to"
        )


class UnwritableError(KgError):
    """A file or folder that cannot be written; what was there before is still there."""

    def __init__(self, path: str | Path, reason: str, advice: str) -> None:
        self.path = str(path)
        self.reason = reason
        super().__init__(f"{self.path!r} cannot be written: {reason}; {advice}")


class ResourceMissingError(KgError):
    """A file that belongs to the package is not there."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(f"the packaged file {name!r} is missing; install kg again")
