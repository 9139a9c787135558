"""What a build did, in words and for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.cli.options import on_one_line, progress

if TYPE_CHECKING:
    from kg.case import Case
    from kg.model import Decision
    from kg.pipeline import BuildReport

__all__ = ["rebuild", "remarks", "report_to_json", "summary"]


def report_to_json(case: Case, report: BuildReport) -> dict[str, Any]:
    """What a build did, for a program."""
    return {
        "case": case.folder.as_posix(),
        "documents": [document.file for document in report.documents],
        "extracted": report.extracted,
        "set_aside": [{"file": p.path, "reason": p.reason} for p in report.set_aside],
        "copies": [{"file": copy, "of": of} for copy, of in report.copies],
        "orphans": [_orphan(decision) for decision in report.orphans],
        "quads": report.quads,
    }


def _orphan(decision: Decision) -> str:
    from kg.identity import describe

    return describe(decision)


def summary(case: Case, report: BuildReport) -> str:
    """What a build did, for a person."""
    lines = [
        f"{len(report.documents)} documents ({report.extracted} new or changed), "
        f"{report.quads} quads, in {case.folder}"
    ]
    if report.set_aside:
        lines.append(f"{len(report.set_aside)} files set aside")
    return "\n".join([*lines, *remarks(report)])


def remarks(report: BuildReport) -> list[str]:
    """What a build noticed that somebody may want to mend, beside files that were set aside."""
    copies = [
        f"{on_one_line(copy)} has the same text as {on_one_line(of)}" for copy, of in report.copies
    ]
    return copies + [
        f"decided, but its words are no longer found: {_orphan(decision)}"
        for decision in report.orphans
    ]


def rebuild(case: Case) -> BuildReport:
    """Build the graph again, with what was decided."""
    with progress("building") as advance:
        return case.build(progress=advance)
