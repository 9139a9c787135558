"""Commands that answer: query, ask and stats."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from kg.cli.options import case_option, json_option, open_case, say, width
from kg.errors import ParameterError

__all__ = ["ask", "query", "stats"]


@click.command()
@click.argument("sparql", required=False)
@click.option(
    "--file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Read the query from a file.",
)
@click.option(
    "--format",
    "form",
    default="table",
    show_default=True,
    help="table, csv, tsv, json, xml; for CONSTRUCT turtle or ntriples.",
)
@case_option
def query(sparql: str | None, file: Path | None, form: str, folder: Path) -> None:
    """Answer a SPARQL query, given as an argument, in a file, or on stdin.

    The prefixes kg, kind, foaf, org, sem, prov, oa, schema, dcterms, skos, rdfs and xsd need
    not be declared.
    """
    from kg.query import render, run

    if (sparql is None) == (file is None) and sparql != "-":
        if sparql is not None:
            raise click.UsageError("give a query or --file, not both")
        sparql = "-"
    words = _text(file) if file else sparql or ""
    if words == "-":
        words = sys.stdin.read()
    with open_case(folder).reader() as reader:
        _show(render(run(reader, words), form, width=width()), form)


@click.command()
@click.argument("question", required=False)
@click.argument("parameters", nargs=-1, metavar="[NAME=VALUE]...")
@click.option("--list", "listing", is_flag=True, help="List the questions and their parameters.")
@click.option(
    "--format", "form", default="table", show_default=True, help="table, csv, tsv, json or xml."
)
@click.option("--about", metavar="WORDS", help="The same as about=WORDS.")
@json_option
@case_option
def ask(
    question: str | None,
    parameters: tuple[str, ...],
    listing: bool,
    about: str | None,
    form: str,
    as_json: bool,
    folder: Path,
) -> None:
    """Ask a packaged question, such as: kg ask roles person=Berg on=1988-07-01."""
    from kg.query import ask as answer
    from kg.query import questions, render

    if listing or question is None:
        click.echo(_questions(questions()))
        return
    given = [*parameters, *([] if about is None else [f"about={about}"])]
    with open_case(folder).reader() as reader:
        table = answer(reader, question, _named(given))
    form = "json" if as_json else form
    _show(render(table, form, width=width()), form)


@click.command()
@json_option
@case_option
def stats(as_json: bool, folder: Path) -> None:
    """Count what the graph holds."""
    from kg.query import render

    table = open_case(folder).ask("stats")
    if as_json:
        click.echo(json.dumps({row["what"]: int(row["how_many"] or 0) for row in table}))
    else:
        _show(render(table, "table", width=width()), "table")


def _show(words: str, form: str) -> None:
    """Print an answer: a table is for a person, the other forms are for programs."""
    if form == "table":
        say(words, nl=False)
    else:
        click.echo(words, nl=False)


def _text(file: Path) -> str:
    """What a file says.

    Raises:
        click.BadParameter: If it cannot be read as UTF-8.
    """
    try:
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise click.BadParameter(f"{str(file)!r} cannot be read: {error}") from error


def _named(parameters: Sequence[str]) -> dict[str, str]:
    """NAME=VALUE pairs.

    Raises:
        ParameterError: If one has no equals sign or is given twice.
    """
    found: dict[str, str] = {}
    for parameter in parameters:
        name, equals, value = parameter.partition("=")
        if not equals:
            raise ParameterError(f"{parameter!r} is no parameter; write NAME=VALUE")
        if name in found:
            raise ParameterError(f"{name!r} is given twice")
        found[name] = value
    return found


def _questions(questions: Sequence[Any]) -> str:
    lines = []
    for question in questions:
        lines.append(f"{question.name:<12} {question.summary}")
        lines += [f"{'':<12}   {p.name}=  {p.help}" for p in question.parameters]
    return "\n".join(lines)
