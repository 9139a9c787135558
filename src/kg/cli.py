"""The command line: each command parses, calls one function, and prints.

Results go to stdout, progress and remarks to stderr. Exit codes: 0 done, 1 failed, 2 usage.
"""

from __future__ import annotations

import datetime as dt
import getpass
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
from kg.errors import CaseError, KgError, ParameterError

if TYPE_CHECKING:
    from kg.case import Case
    from kg.extraction.attribution.fitting.folder import Training
    from kg.model import Decision, Settings
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


def _default_who() -> str:
    """Who sits at this machine.

    Raises:
        click.UsageError: If the machine does not know.
    """
    try:
        return getpass.getuser()
    except (KeyError, OSError) as error:
        raise click.UsageError("say who decides: --who NAME, or KG_WHO") from error


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
@click.option("--about", metavar="WORDS", help="The same as about=WORDS.")
@_json
@_case
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
    with _open(folder).reader() as reader:
        table = answer(reader, question, _named(given))
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
    "--disagreements", is_flag=True, help="Tables of where sources differ, instead of the graph."
)
@click.option(
    "--output",
    "-o",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write.  [default: view.html or disagreements.html in the case]",
)
@_case
def view(
    around: str | None,
    depth: int,
    about: str | None,
    disagreements: bool,
    output: Path | None,
    folder: Path,
) -> None:
    """Write the graph as one HTML page that opens without a network."""
    case = _open(folder)
    if disagreements:
        if around is not None:
            raise click.UsageError("--around is for the graph; use --about with --disagreements")
        table = output or folder / "disagreements.html"
        case.disagreements(about=about).write(table)
        click.echo(str(table))
        return
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


@main.group()
def identity() -> None:
    """Decide who is one and who is two: every decision is a line in the case's decisions.csv."""


_who = click.option(
    "--who",
    envvar="KG_WHO",
    default=_default_who,
    show_default="the user's name on this machine",
    help="Who decides; the file and the graph name them.",
)
_why = click.option("--why", default="", help="Why; the file and the graph give it as the reason.")
_later = click.option(
    "--later", is_flag=True, help="Only write the line; the next kg build puts it into the graph."
)


@identity.command("list")
@click.argument("name", required=False)
@click.option(
    "--limit", "-n", type=click.IntRange(1), default=20, show_default=True, help="How many pairs."
)
@click.option("--decided", is_flag=True, help="List what people decided instead.")
@_json
@_case
def identity_list(name: str | None, limit: int, decided: bool, as_json: bool, folder: Path) -> None:
    """List the pairs that may be one, the likeliest first, with the documents of both sides.

    NAME leaves only pairs that have it, or a part of it, on one side.
    """
    from kg import curation, showing

    case = _open(folder)
    if decided:
        rows = showing.decisions(case.decisions())
        click.echo(json.dumps(rows, ensure_ascii=False) if as_json else showing.as_lines(rows))
        return
    waiting = [each for each in case.suggestions() if not name or showing.is_about(each, name)]
    with case.reader() as reader:
        pairs = [
            (each, (curation.entry(reader, each.left), curation.entry(reader, each.right)))
            for each in waiting[:limit]
        ]
    if as_json:
        found = [showing.pair_to_json(each, sides) for each, sides in pairs]
        click.echo(json.dumps(found, ensure_ascii=False))
    else:
        click.echo("\n".join(showing.pair(each, sides) for each, sides in pairs) or "nothing waits")


@identity.command("show")
@click.argument("name")
@_json
@_case
def identity_show(name: str, as_json: bool, folder: Path) -> None:
    """Show an entity: its roles, where it stands, and why it is one with others or not."""
    from kg import curation, showing

    case = _open(folder)
    with case.reader() as reader:
        entry = curation.entry(reader, curation.find(reader, name))
        locals_ = {place.local for place in entry.places} | {entry.iri}
        judged = [each for each in curation.judged(reader) if {each.left, each.right} & locals_]
        others = {
            iri: curation.entry(reader, iri).name
            for each in judged
            for iri in (each.left, each.right)
        }
    if as_json:
        click.echo(json.dumps(showing.entry_to_json(entry, judged), ensure_ascii=False))
    else:
        click.echo(showing.entry(entry, judged, others))


@identity.command("same")
@click.argument("one")
@click.argument("other")
@_who
@_why
@_later
@_case
def identity_same(one: str, other: str, who: str, why: str, later: bool, folder: Path) -> None:
    """Decide that two are one, each given by its IRI or its whole name."""
    _decided(_open(folder), "same", (one, other), (who, why), later=later)


@identity.command("different")
@click.argument("one")
@click.argument("other")
@_who
@_why
@_later
@_case
def identity_different(one: str, other: str, who: str, why: str, later: bool, folder: Path) -> None:
    """Decide that two are not one, each given by its IRI or its whole name."""
    _decided(_open(folder), "different", (one, other), (who, why), later=later)


@identity.command("split")
@click.argument("which")
@_who
@_why
@_later
@_case
def identity_split(which: str, who: str, why: str, later: bool, folder: Path) -> None:
    """Take one document's entity, or one mention, off a person.

    WHICH is the IRI of the entity as the document gives it, or of the passage (#char=310,371);
    kg identity show lists both.
    """
    _decided(_open(folder), "split", (which,), (who, why), later=later)


@identity.command("undo")
@click.argument("which", nargs=-1, required=True)
@_who
@_why
@_later
@_case
def identity_undo(which: tuple[str, ...], who: str, why: str, later: bool, folder: Path) -> None:
    """Take a decision back, given by its name or by the words of its sides.

    The graph is then as it was without it, and a join that was taken back is never made again
    by a rule. kg identity list --decided gives the names.
    """
    _decided(_open(folder), "undo", which, (who, why), later=later)


@main.command()
@click.argument("name", required=False)
@_who
@_later
@_case
def review(name: str | None, who: str, later: bool, folder: Path) -> None:
    """Go through the pairs that may be one: y same, n different, s skip, q quit.

    Both sides are shown with their roles, dates and words. NAME leaves only pairs that have it
    on one side. The graph is built once at the end.
    """
    from kg import curation, showing

    case = _open(folder)
    decided = 0
    for each in case.suggestions():
        if name is not None and not showing.is_about(each, name):
            continue
        with case.reader() as reader:
            sides = curation.entry(reader, each.left), curation.entry(reader, each.right)
        click.echo(showing.both(each, sides, width=_width() or 100))
        key = _key("same? [y]es [n]o [s]kip [q]uit ", "ynsq")
        if key == "q":
            break
        if key == "s":
            continue
        try:
            case.decide(
                "same" if key == "y" else "different", each.left, each.right, who=who, why="review"
            )
            decided += 1
        except CaseError as error:
            click.echo(f"kg: {error}", err=True)
    click.echo(f"{decided} decided")
    if decided and not later:
        _rebuild(case)


def _key(question: str, keys: str) -> str:
    """One of some keys, asked for until it comes; the last of them at the end of the input."""
    click.echo(question, nl=False)
    while True:
        try:
            key = click.getchar().lower()
        except (EOFError, KeyboardInterrupt):
            key = ""
        # No key at all is the end of the input, and must never count as an answer.
        key = key or keys[-1]
        if len(key) == 1 and key in keys:
            click.echo(key)
            return key


def _decided(
    case: Case, what: str, names: tuple[str, ...], by: tuple[str, str], *, later: bool
) -> None:
    """Write a decision down, say it, and build the graph with it."""
    from kg.identity import describe

    who, why = by
    if what == "undo":
        decision = case.undo(*names, who=who, why=why)
    elif what == "split":
        decision = case.split(names[0], who=who, why=why)
    else:
        decision = case.decide(what, names[0], names[1], who=who, why=why)
    click.echo(describe(decision))
    if not later:
        _rebuild(case)


def _rebuild(case: Case) -> None:
    with _progress("building") as progress:
        report = case.build(progress=progress)
    click.echo(_summary(case, report))


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
        "orphans": [_orphan(decision) for decision in report.orphans],
        "quads": report.quads,
    }


def _orphan(decision: Decision) -> str:
    from kg.identity import describe

    return describe(decision)


def _summary(case: Case, report: BuildReport) -> str:
    lines = [
        f"{len(report.documents)} documents ({report.extracted} new or changed), "
        f"{report.quads} quads, in {case.folder}"
    ]
    lines += [f"{copy} has the same text as {of}" for copy, of in report.copies]
    if report.set_aside:
        lines.append(f"{len(report.set_aside)} files set aside")
    lines += [
        f"decided, but its words are no longer found: {_orphan(decision)}"
        for decision in report.orphans
    ]
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
