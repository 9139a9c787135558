"""The command line: each command parses, calls one function, and prints.

Results go to stdout, progress and remarks to stderr. Exit codes: 0 done, 1 failed, 2 usage.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg import __version__
from kg.errors import KgError, ParameterError

if TYPE_CHECKING:
    from kg.case import Case
    from kg.extraction.attribution.fitting.folder import Training
    from kg.model import Settings
    from kg.pipeline import BuildReport, Progress

__all__ = ["main"]


class _Group(click.Group):
    """Prints what the user can mend in one line, and lets bugs show their traceback."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - as click has it
        try:
            return super().invoke(ctx)
        except KgError as error:
            click.echo(f"kg: {error}", err=True)
            ctx.exit(error.exit_code)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="kg")
def main() -> None:
    """Build a knowledge graph of what people say happened.

    Reads reports and statements, and states who is named, who held which role, what happened,
    and who says so, each with its words. Start with: kg build PATH...
    """


def _default_case() -> str:
    """The folder one stands in if it is a case, else kg-case."""
    return "." if Path("kg.toml").is_file() else "kg-case"


_case = click.option(
    "--case",
    "folder",
    envvar="KG_CASE",
    default=_default_case,
    show_default="the current folder if it has a kg.toml, else ./kg-case",
    type=click.Path(file_okay=False, path_type=Path),
    help="The case folder.",
)
_paths = click.argument(
    "paths", nargs=-1, type=click.Path(exists=True, path_type=Path, allow_dash=False)
)
_published = click.option(
    "--published",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="The date of documents that carry none; relative times are reckoned from it.",
)
_json = click.option("--json", "as_json", is_flag=True, help="Print JSON for a program to read.")


def _open(folder: Path) -> Case:
    from kg.case import Case

    return Case(folder)


@main.command()
@_paths
@_case
@_published
@_json
def build(
    paths: tuple[Path, ...],
    folder: Path,
    published: dt.datetime | None,
    as_json: bool,
) -> None:
    """Read documents and build the graph.

    PATHS are files and folders; they are noted in the case, so that a later kg build reads
    them again. What was read before and has not changed is taken from the case's cache: an
    interrupted build goes on where it stopped.
    """
    case = _open(folder)
    _say_what_is_missing(case.settings)
    with _progress("reading") as progress:
        report = case.build(paths, published=_day(published), progress=progress)
    click.echo(json.dumps(_report(case, report)) if as_json else _summary(case, report))
    for problem in report.set_aside:
        click.echo(f"kg: set aside {problem}", err=True)
    if not report.documents:
        raise click.exceptions.Exit(1)


@main.command()
@click.argument(
    "paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path, allow_dash=False)
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["jsonl", "json"]),
    default="jsonl",
    show_default=True,
    help="One object a line, or one array.",
)
@click.option("--with-text", is_flag=True, help="Add the text that the offsets index.")
@_case
@_published
def extract(
    paths: tuple[Path, ...],
    form: str,
    with_text: bool,
    folder: Path,
    published: dt.datetime | None,
) -> None:
    """Print what documents say as JSON, without a case.

    Offsets are Unicode code points, half open. The settings of the case are used where there
    is one.
    """
    from dataclasses import replace

    from kg.extraction import to_json
    from kg.pipeline import extract as run

    settings = _open(folder).settings
    settings = replace(settings, published=_day(published) or settings.published)
    _say_what_is_missing(settings)
    failed = 0
    results = []
    with _progress("extracting") as progress:
        for source, outcome in run(
            paths, settings, progress=progress, order=lambda source: _as_given(source.path, paths)
        ):
            if isinstance(outcome, KgError):
                click.echo(f"kg: set aside {outcome}", err=True)
                failed += 1
                continue
            found = to_json(outcome, path=_as_given(source.path, paths), with_text=with_text)
            if form == "jsonl":
                click.echo(json.dumps(found, ensure_ascii=False))
            else:
                results.append(found)
    if form == "json":
        click.echo(json.dumps(results, ensure_ascii=False, indent=2))
    if failed:
        raise click.exceptions.Exit(1)


@main.command()
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
@_case
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
    with _open(folder).reader() as reader:
        click.echo(render(run(reader, words), form, width=_width()), nl=False)


@main.command()
@click.argument("question", required=False)
@click.argument("parameters", nargs=-1, metavar="[NAME=VALUE]...")
@click.option("--list", "listing", is_flag=True, help="List the questions and their parameters.")
@click.option(
    "--format", "form", default="table", show_default=True, help="table, csv, tsv, json or xml."
)
@_json
@_case
def ask(
    question: str | None,
    parameters: tuple[str, ...],
    listing: bool,
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
    with _open(folder).reader() as reader:
        table = answer(reader, question, _named(parameters))
    click.echo(render(table, "json" if as_json else form, width=_width()), nl=False)


@main.command()
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
@click.option(
    "--output",
    "-o",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write.  [default: view.html in the case]",
)
@_case
def view(
    around: str | None, depth: int, about: str | None, output: Path | None, folder: Path
) -> None:
    """Write the graph as one HTML page that opens without a network."""
    case = _open(folder)
    target = output or folder / "view.html"
    case.view(around=around, depth=depth, about=about).write(target)
    click.echo(str(target))


@main.command()
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
@_case
def export(form: str, output: str, include_runs: bool, folder: Path) -> None:
    """Write the graph as linked data.

    trig, n-quads and json-ld hold everything. turtle, n-triples and rdf-xml know no named
    graphs: they hold the description and the accepted view, not what is denied or alleged.
    """
    target = sys.stdout.buffer if output == "-" else Path(output)
    count = _open(folder).export(target, form, include_runs=include_runs)
    click.echo(f"{count} quads", err=True)


@main.command()
@_json
@_case
def check(as_json: bool, folder: Path) -> None:
    """Re-read the sources and check every anchor, participant and shape of the graph."""
    from dataclasses import asdict

    problems = _open(folder).check()
    if as_json:
        click.echo(json.dumps([asdict(problem) for problem in problems], ensure_ascii=False))
    else:
        click.echo("\n".join([*map(_problem, problems), f"{len(problems)} problems"]))
    if problems:
        raise click.exceptions.Exit(1)


@main.command()
@_json
@_case
def stats(as_json: bool, folder: Path) -> None:
    """Count what the graph holds."""
    from kg.query import render

    table = _open(folder).ask("stats")
    if as_json:
        click.echo(json.dumps({row["what"]: int(row["how_many"] or 0) for row in table}))
    else:
        click.echo(render(table, "table", width=_width()), nl=False)


@main.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("kg-model"),
    show_default=True,
    help="The folder of the new model.",
)
@click.option(
    "--epochs",
    type=click.IntRange(1, 100),
    default=3,
    show_default=True,
    help="How often every text is learnt from.",
)
@click.option(
    "--seed",
    type=click.IntRange(0),
    default=1,
    show_default=True,
    help="Draws the texts that are kept back, and the order of the others.",
)
@_json
def train(folder: Path, out: Path, epochs: int, seed: int, as_json: bool) -> None:
    """Fit the model of who said what to your own marks.

    FOLDER holds texts (NAME.txt) and beside each its marks as brat writes them (NAME.ann):
    Source, Cue and Content, joined by events or relations. One text in five is kept back, and
    the model is measured on these before and after. Needs: pip install 'kg[train]'. An
    interrupted run goes on after its last whole epoch when it is started again.
    """
    from dataclasses import replace

    from kg.extraction.attribution.fitting.folder import train as run
    from kg.extraction.attribution.fitting.options import GENTLE

    options = replace(GENTLE, epochs=epochs, seed=seed)
    with _progress("learning") as progress:
        training = run(folder, out, options, progress=progress)
    click.echo(json.dumps(_training(training)) if as_json else _trained(training))
    for problem in training.set_aside:
        click.echo(f"kg: set aside {problem}", err=True)


# ---- how words are read and results are put into words


def _say_what_is_missing(settings: Settings) -> None:
    """A remark where the package came without its model and rules take its place."""
    from kg.extraction.attribution import find_model

    if settings.attribution is None and find_model(None) is None:
        click.echo(
            "kg: this kg came without its model of who said what; rules alone find it, and less "
            '(attribution = "rules" in kg.toml says that this is meant)',
            err=True,
        )


def _text(file: Path) -> str:
    """What a file says.

    Raises:
        click.BadParameter: If it cannot be read as UTF-8.
    """
    try:
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise click.BadParameter(f"{str(file)!r} cannot be read: {error}") from error


def _day(moment: dt.datetime | None) -> dt.date | None:
    return moment.date() if moment else None


def _width() -> int | None:
    """The terminal's width or COLUMNS, None when the output goes elsewhere."""
    wanted = sys.stdout.isatty() or os.environ.get("COLUMNS", "").isdigit()
    return shutil.get_terminal_size().columns if wanted else None


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


def _as_given(path: Path, paths: Sequence[Path]) -> str:
    """A file as the user would name it from the paths they gave."""
    for given in paths:
        try:
            rest = path.resolve().relative_to(given.resolve())
        except ValueError:
            continue
        return (given / rest).as_posix() if rest.parts else given.as_posix()
    return path.as_posix()


def _report(case: Case, report: BuildReport) -> dict[str, Any]:
    return {
        "case": case.folder.as_posix(),
        "documents": [document.file for document in report.documents],
        "extracted": report.extracted,
        "set_aside": [{"file": p.path, "reason": p.reason} for p in report.set_aside],
        "copies": [{"file": copy, "of": of} for copy, of in report.copies],
        "quads": report.quads,
    }


def _summary(case: Case, report: BuildReport) -> str:
    lines = [
        f"{len(report.documents)} documents ({report.extracted} new or changed), "
        f"{report.quads} quads, in {case.folder}"
    ]
    lines += [f"{copy} has the same text as {of}" for copy, of in report.copies]
    if report.set_aside:
        lines.append(f"{len(report.set_aside)} files set aside")
    return "\n".join(lines)


def _training(training: Training) -> dict[str, Any]:
    return {
        "model": training.model.as_posix(),
        **training.rows(),
        "set_aside": [
            {"file": each.path, "line": each.line, "reason": each.reason}
            for each in training.set_aside
        ],
    }


def _trained(training: Training) -> str:
    before, after = training.before, training.after
    lines = [
        "learnt from {} texts with {} attributions".format(*training.learnt),
        "measured on {} texts with {} attributions, kept back:".format(*training.kept_back),
        f"{'F1':<28} before  after",
    ]
    for name, label in (
        ("pair", "content and its source"),
        ("content", "content"),
        ("source", "source"),
        ("words", "words of content"),
    ):
        lines.append(f"  {label:<26} {before[name].f1:6.3f} {after[name].f1:6.3f}")
    if after["pair"].f1 <= before["pair"].f1:
        lines.append("the new model is no better on these texts: keep the one you have")
    elif training.few:
        lines.append("so few were kept back that the difference may be chance: mark more")
    if training.loose:
        lines.append(f"{training.loose} marks are joined to nothing and were left out")
    if training.set_aside:
        lines.append(f"{len(training.set_aside)} texts set aside")
    use = json.dumps(str(training.model.resolve()), ensure_ascii=False)
    lines += [
        f"the model is in {training.model}; to use it, put this into the kg.toml of a case:",
        f"  attribution = {use}",
    ]
    return "\n".join(lines)


def _questions(questions: Sequence[Any]) -> str:
    lines = []
    for question in questions:
        lines.append(f"{question.name:<12} {question.summary}")
        lines += [f"{'':<12}   {p.name}=  {p.help}" for p in question.parameters]
    return "\n".join(lines)


def _problem(problem: Any) -> str:  # noqa: ANN401 - kg.check.Problem, imported lazily
    resting = "".join(f"\n    {iri}" for iri in problem.statements)
    return f"{problem.kind}: {problem.message}{resting}"


@contextmanager
def _progress(label: str) -> Iterator[Progress]:
    """A progress bar on stderr that counts files; nothing where stderr is no terminal."""
    bar: list[Any] = []

    def advance(done: int, total: int, name: str) -> None:
        if not bar:
            bar.append(
                click.progressbar(length=total, label=label, file=sys.stderr, item_show_func=str)
            )
            bar[0].__enter__()
        bar[0].update(done - bar[0].pos, name or None)

    try:
        yield advance
    finally:
        if bar:
            bar[0].__exit__(None, None, None)
