"""What the commands share: options, the case, the width, what they say of progress."""

from __future__ import annotations

import datetime as dt
import getpass
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.errors import KgError

if TYPE_CHECKING:
    from kg.case import Case
    from kg.reading import Progress

__all__ = [
    "Group",
    "case_option",
    "cluster_option",
    "day",
    "json_option",
    "later_option",
    "on_one_line",
    "open_case",
    "paths_argument",
    "progress",
    "published_option",
    "say",
    "who_option",
    "why_option",
    "width",
    "workers_option",
]


class Group(click.Group):
    """Prints what the user can mend in one line, and lets bugs show their traceback."""

    def main(self, *given: Any, **how: Any) -> Any:  # noqa: ANN401 - as click has it
        """Run the program; where its output has no room, say that and not where it noticed."""
        try:
            return super().main(*given, **how)
        except OSError as error:
            from kg.files import is_full, unwritable

            if not is_full(error):
                raise
            _forget_output()
            say(f"kg: {unwritable(Path(error.filename or 'standard output'), error)}", err=True)
            sys.exit(KgError.exit_code)

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - as click has it
        """Run a command; what the user can mend ends it with one line and its exit code."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()  # what cannot be printed is known here, not at Python's end
        except KgError as error:
            say(f"kg: {error}", err=True)
            ctx.exit(error.exit_code)
        return result


def _forget_output() -> None:
    """Let go of what could not be printed, which Python would try again at its end."""
    with suppress(OSError, ValueError), Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), sys.stdout.fileno())


#: Characters that steer a terminal or turn the order of what is shown, to their escapes.
_STEERING = {
    code: repr(chr(code))[1:-1]
    for code in (*range(32), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A))
    if chr(code) not in "\n\t"
}


def say(words: str, *, nl: bool = True, err: bool = False) -> None:
    """Print words for a person; what documents put into them steers no terminal."""
    click.echo(words.translate(_STEERING), nl=nl, err=err)


def on_one_line(name: str) -> str:
    r"""A name as it stands where it is printable, else with escapes.

    >>> on_one_line("møte.txt"), on_one_line("a\nb.txt")
    ('møte.txt', 'a\\nb.txt')
    """
    return name if name.isprintable() else repr(name)[1:-1]


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


case_option = click.option(
    "--case",
    "folder",
    envvar="KG_CASE",
    default=_default_case,
    show_default="the current folder if it has a kg.toml, else ./kg-case",
    type=click.Path(file_okay=False, path_type=Path),
    help="The case folder.",
)
paths_argument = click.argument(
    "paths", nargs=-1, type=click.Path(exists=True, path_type=Path, allow_dash=False)
)
published_option = click.option(
    "--published",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="The date of documents that carry none; relative times are reckoned from it.",
)
workers_option = click.option(
    "--workers",
    type=click.IntRange(1),
    metavar="N",
    help="How many processes of this machine extract.  [default: the case's, 1]",
)
cluster_option = click.option(
    "--cluster",
    metavar="ADDRESS",
    help="A Dask scheduler whose workers extract instead, such as tcp://10.0.0.1:8786.",
)
json_option = click.option(
    "--json", "as_json", is_flag=True, help="Print JSON for a program to read."
)


def open_case(folder: Path) -> Case:
    """The case in a folder; says so where its last build did not come to its end."""
    from kg.case import Case
    from kg.turns import unfinished

    case = Case(folder)
    cut_short = unfinished(folder / ".kg")
    if cut_short is not None:
        goes_on = (
            "the case is as it was before, and kg build goes on where it stopped"
            if cut_short.what == "build"
            else f"run kg {cut_short.what} again"
        )
        click.echo(
            f"kg: the last {cut_short.what} did not come to its end ({cut_short}); {goes_on}",
            err=True,
        )
    return case


who_option = click.option(
    "--who",
    "--by",
    "who",
    envvar="KG_WHO",
    default=_default_who,
    show_default="the user's name on this machine",
    help="Who decides; the file and the graph name them.",
)
why_option = click.option(
    "--why", default="", help="Why; the file and the graph give it as the reason."
)
later_option = click.option(
    "--later", is_flag=True, help="Only write the line; the next kg build puts it into the graph."
)


def day(moment: dt.datetime | None) -> dt.date | None:
    """The day of a moment that an option gives."""
    return moment.date() if moment else None


def width() -> int | None:
    """The terminal's width or COLUMNS, None when the output goes elsewhere."""
    wanted = sys.stdout.isatty() or os.environ.get("COLUMNS", "").isdigit()
    return shutil.get_terminal_size().columns if wanted else None


@contextmanager
def progress(label: str) -> Iterator[Progress]:
    """A progress bar on stderr that counts files; nothing where stderr is no terminal."""
    bar: list[Any] = []

    def advance(done: int, total: int, name: str) -> None:
        if not bar:
            bar.append(
                click.progressbar(length=total, label=label, file=sys.stderr, item_show_func=str)
            )
            bar[0].__enter__()
        bar[0].update(done - bar[0].pos, on_one_line(name) or None)

    try:
        yield advance
    finally:
        if bar:
            bar[0].__exit__(None, None, None)
