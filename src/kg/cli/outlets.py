"""Commands that give the graph away or look it over: view, export and check."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from kg.cli.options import case_option, json_option, open_case, say

__all__ = ["check", "export", "view"]


@click.command()
@click.option(
    "--around", metavar="NAME", help="Only what stands near this person, place or organisation."
)
@click.option(
    "--depth",
    type=click.IntRange(1, 5),
    default=1,
    show_default=True,
    help="How many steps around it.",
)
@click.option("--about", metavar="EVENT", help="Only what is said about this event.")
@click.option("--timeline", is_flag=True, help="Events and roles on a line of time instead.")
@click.option(
    "--disagreements", is_flag=True, help="Tables of where sources differ, instead of the graph."
)
@click.option(
    "--output",
    "-o",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write.  [default: view.html, timeline.html, disagreements.html in the case]",
)
@case_option
def view(
    around: str | None,
    depth: int,
    about: str | None,
    disagreements: bool,
    timeline: bool,
    output: Path | None,
    folder: Path,
) -> None:
    """Write the graph as one HTML page that opens without a network."""
    if timeline and depth > 1:
        raise click.UsageError("--depth counts steps in the graph; a timeline has none")
    case = open_case(folder)
    if timeline and disagreements:
        raise click.UsageError("give --timeline or --disagreements, not both")
    if disagreements and around is not None:
        raise click.UsageError("--around is for the graph; use --about with --disagreements")
    if timeline:
        name, page = "timeline", case.timeline(around=around, about=about)
    elif disagreements:
        name, page = "disagreements", case.disagreements(about=about)
    else:
        name, page = "view", case.view(around=around, depth=depth, about=about)
    target = output or folder / f"{name}.html"
    page.write(target)
    click.echo(str(target))


@click.command()
@click.option(
    "--format",
    "form",
    default="trig",
    show_default=True,
    help="turtle, trig, n-quads, n-triples, json-ld or rdf-xml.",
)
@click.option(
    "--output",
    "-o",
    default="-",
    type=click.Path(dir_okay=False),
    help="The file to write; - is stdout.",
)
@click.option("--include-runs", is_flag=True, help="Also when and from where the graph was built.")
@case_option
def export(form: str, output: str, include_runs: bool, folder: Path) -> None:
    """Write the graph as linked data.

    trig, n-quads and json-ld hold everything. turtle, n-triples and rdf-xml know no named
    graphs: they hold the description and the accepted view, not what is denied or alleged.
    """
    target = sys.stdout.buffer if output == "-" else Path(output)
    count = open_case(folder).export(target, form, include_runs=include_runs)
    click.echo(f"{count} quads", err=True)


@click.command()
@json_option
@case_option
def check(as_json: bool, folder: Path) -> None:
    """Re-read the sources and check every anchor, participant and shape of the graph.

    The sources of a case that was loaded are those that you put into its folder sources/, if any.
    """
    from dataclasses import asdict

    case = open_case(folder)
    problems = case.check()
    if case.is_loaded():
        click.echo("kg: the graph was loaded: only what lies in sources/ was read again", err=True)
    if as_json:
        click.echo(json.dumps([asdict(problem) for problem in problems], ensure_ascii=False))
    else:
        say("\n".join([*map(_problem, problems), f"{len(problems)} problems"]))
    if problems:
        raise click.exceptions.Exit(1)


def _problem(problem: Any) -> str:  # noqa: ANN401 - kg.check.Problem, imported lazily
    resting = "".join(f"\n    {iri}" for iri in problem.statements)
    return f"{problem.kind}: {problem.message}{resting}"
