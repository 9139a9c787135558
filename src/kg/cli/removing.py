"""The command that takes documents out of a case."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from kg.cli.options import on_one_line, open_case, say
from kg.cli.reports import rebuild, report_to_json, summary
from kg.cli.writing import deciding_options

__all__ = ["remove"]


@click.command()
@click.argument("document")
@click.option("--undo", is_flag=True, help="Take the removal back: the document is read again.")
@deciding_options
def remove(
    document: str, undo: bool, who: str, why: str, folder: Path, later: bool, as_json: bool
) -> None:
    """Take a document out of the case.

    DOCUMENT is its IRI, the name of its file as kg ask documents prints it, or the beginning of
    the hash of its text. The graph is then the very one that never had it, and what was kept of
    it in .kg is gone. The runs graph says that a document was taken out, by whom and why, without
    its name. The file itself stays where it is, and so does its name in removed.csv.
    """
    case = open_case(folder)
    written = (case.restore if undo else case.remove)(document, who=who, why=why)
    if not as_json:
        click.echo(f"{written.what} {on_one_line(written.file)} ({written.document[:12]})")
    report = None if later else rebuild(case)
    if as_json:
        built = None if report is None else report_to_json(case, report)
        click.echo(json.dumps({**asdict(written), "build": built}, ensure_ascii=False))
    elif report is not None:
        say(summary(case, report))
