"""Commands that read documents: build and extract."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import (
    case_option,
    cluster_option,
    day,
    json_option,
    open_case,
    paths_argument,
    progress,
    published_option,
    say,
    workers_option,
)
from kg.cli.reports import report_to_json, summary
from kg.errors import KgError

if TYPE_CHECKING:
    from kg.model import Settings

__all__ = ["build", "extract"]


@click.command()
@paths_argument
@case_option
@published_option
@workers_option
@cluster_option
@click.option(
    "--watch",
    is_flag=True,
    help="Stay, and build again after each change of a document, of kg.toml, decisions.csv, "
    "removed.csv or a sources.csv, until Ctrl-C.",
)
@click.option(
    "--poll",
    type=click.FloatRange(0.1),
    metavar="SECONDS",
    help="With --watch: look this often, instead of being told by the system. For folders on a "
    "network, where what other machines change is not told, and else seen within a minute.",
)
@json_option
def build(
    paths: tuple[Path, ...],
    folder: Path,
    published: dt.datetime | None,
    workers: int | None,
    cluster: str | None,
    watch: bool,
    poll: float | None,
    as_json: bool,
) -> None:
    """Read documents and build the graph.

    PATHS are files and folders; they are noted in the case, so that a later kg build reads
    them again. What was read before and has not changed is taken from the case's cache: an
    interrupted build goes on where it stopped.

    With --watch each build prints a line (with --json an object): when it began, what was added,
    changed or removed, what came of it. Changes in quick succession make one build. What cannot
    be read is set aside, and a build that fails is told; both end nothing. Whoever else uses the
    case waits for builds only. Ctrl-C while building leaves the graph as it was before.
    """
    if poll is not None and not watch:
        raise click.UsageError("--poll is for --watch")
    case = open_case(folder)
    case.settings = _done_by(case.settings, workers, cluster)
    _say_what_is_missing(case.settings)
    if watch:
        from kg.case import Case
        from kg.cli.watching import ended_by_hand, watch_case

        def open_again() -> Case:
            opened = Case(folder)
            opened.settings = _done_by(opened.settings, workers, cluster)
            return opened

        with ended_by_hand(folder):
            case.note(paths, published=day(published))
            watch_case(open_again, poll=poll, as_json=as_json)
        return
    with progress("reading") as advance:
        report = case.build(paths, published=day(published), progress=advance)
    if as_json:
        click.echo(json.dumps(report_to_json(case, report)))
    else:
        say(summary(case, report))
    for problem in report.set_aside:
        click.echo(f"kg: set aside {problem}", err=True)
    if not report.documents:
        raise click.exceptions.Exit(1)


@click.command()
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
@case_option
@published_option
@workers_option
@cluster_option
def extract(
    paths: tuple[Path, ...],
    form: str,
    with_text: bool,
    folder: Path,
    published: dt.datetime | None,
    workers: int | None,
    cluster: str | None,
) -> None:
    """Print what documents say as JSON, without a case.

    Offsets are Unicode code points, half open. The settings of the case are used where there
    is one.
    """
    from kg.extraction import to_json
    from kg.reading import extract as run

    settings = _done_by(open_case(folder).settings, workers, cluster)
    settings = replace(settings, published=day(published) or settings.published)
    _say_what_is_missing(settings)
    failed = 0
    results = []
    with progress("extracting") as advance:
        for source, outcome in run(
            paths, settings, progress=advance, order=lambda source: _as_given(source.path, paths)
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


def _done_by(settings: Settings, workers: int | None, cluster: str | None) -> Settings:
    """The settings with the workers of the command line; a number of them means this machine's."""
    if cluster is None and workers is not None:
        return replace(settings, workers=workers, cluster=None)
    return replace(settings, cluster=cluster or settings.cluster)


def _say_what_is_missing(settings: Settings) -> None:
    """A remark where the package came without its model and rules take its place."""
    from kg.extraction.attribution import find_model

    if settings.attribution is None and find_model(None) is None:
        click.echo(
            "kg: this kg came without its model of who said what; rules alone find it, and less "
            '(attribution = "rules" in kg.toml says that this is meant)',
            err=True,
        )


def _as_given(path: Path, paths: Sequence[Path]) -> str:
    """A file as the user would name it from the paths they gave."""
    for given in paths:
        try:
            rest = path.resolve().relative_to(given.resolve())
        except ValueError:
            continue
        return (given / rest).as_posix() if rest.parts else given.as_posix()
    return path.as_posix()
