"""The command that asks: pair by pair."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import case_option, later_option, open_case, who_option, width
from kg.cli.reports import rebuild, summary
from kg.errors import CaseError

__all__ = ["review"]


@click.command()
@click.argument("name", required=False)
@who_option
@later_option
@case_option
def review(name: str | None, who: str, later: bool, folder: Path) -> None:
    """Go through the pairs that may be one: y same, n different, s skip, q quit.

    Both sides are shown with their roles, dates and words. NAME leaves only pairs that have it
    on one side. The graph is built once at the end.
    """
    from kg import curation, showing

    case = open_case(folder)
    decided = 0
    for each in case.suggestions():
        if name is not None and not showing.is_about(each, name):
            continue
        with case.reader() as reader:
            sides = curation.entry(reader, each.left), curation.entry(reader, each.right)
        click.echo(showing.both(each, sides, width=width() or 100))
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
        click.echo(summary(case, rebuild(case)))


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
