"""Commands that say who is one and who is two."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import case_option, json_option, open_case, say
from kg.cli.writing import deciding_options, write_down

if TYPE_CHECKING:
    from kg.case import Case

__all__ = ["identity", "list_decisions", "undo"]


@click.group()
def identity() -> None:
    """Decide who is one and who is two: every decision is a line in the case's decisions.csv."""


@identity.command("list")
@click.argument("name", required=False)
@click.option(
    "--limit", "-n", type=click.IntRange(1), default=20, show_default=True, help="How many pairs."
)
@click.option("--decided", is_flag=True, help="List what people decided instead.")
@json_option
@case_option
def identity_list(name: str | None, limit: int, decided: bool, as_json: bool, folder: Path) -> None:
    """List the pairs that may be one, the likeliest first, with the documents of both sides.

    NAME leaves only pairs that have it, or a part of it, on one side.
    """
    from kg import curation, showing

    case = open_case(folder)
    if decided:
        list_decisions(case, as_json=as_json)
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
        say("\n".join(showing.pair(each, sides) for each, sides in pairs) or "nothing waits")


@identity.command("show")
@click.argument("name")
@json_option
@case_option
def identity_show(name: str, as_json: bool, folder: Path) -> None:
    """Show an entity: its roles, where it stands, and why it is one with others or not."""
    from kg import curation, showing

    case = open_case(folder)
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
        say(showing.entry(entry, judged, others))


def list_decisions(case: Case, *, as_json: bool) -> None:
    """Print what people decided, each with its name and whether it stands."""
    from kg import showing

    rows = showing.decisions(case.decisions())
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False))
    else:
        say(showing.as_lines(rows))


def _pair(what: str, said: str) -> None:
    """Add the command that decides just this of two."""

    @identity.command(what, help=f"Decide that {said}, each given by its IRI or its whole name.")
    @click.argument("one")
    @click.argument("other")
    @deciding_options
    def decide(one: str, other: str, who: str, why: str, folder: Path, **how: bool) -> None:
        case = open_case(folder)
        write_down(case, case.decide(what, one, other, who=who, why=why), **how)


_pair("same", "two are one")
_pair("different", "two are not one")


@identity.command("means")
@click.argument("words")
@click.argument("name")
@deciding_options
def identity_means(words: str, name: str, who: str, why: str, folder: Path, **how: bool) -> None:
    """Say whom words mean that were left open, such as "she" or "the minister".

    WORDS is the IRI of what was left open, or its last part, as kg ask unresolved prints it, or
    of the passage (#char=310,371). NAME is an IRI or a whole name. Claims that the words are the
    speaker of are then claims of that person.
    """
    case = open_case(folder)
    write_down(case, case.means(words, name, who=who, why=why), **how)


@identity.command("split")
@click.argument("which")
@deciding_options
def identity_split(which: str, who: str, why: str, folder: Path, **how: bool) -> None:
    """Take one document's entity, or one mention, off a person.

    WHICH is the IRI of the entity as the document gives it, or of the passage (#char=310,371);
    kg identity show lists both.
    """
    case = open_case(folder)
    write_down(case, case.split(which, who=who, why=why), **how)


@identity.command("undo")
@click.argument("which", nargs=-1, required=True)
@deciding_options
def undo(which: tuple[str, ...], who: str, why: str, folder: Path, **how: bool) -> None:
    """Take a decision back, given by its name or by the words of its sides.

    The graph is then as it was without it, and a join that was taken back is never made again
    by a rule. kg identity list --decided gives the names.
    """
    case = open_case(folder)
    write_down(case, case.undo(*which, who=who, why=why), **how)
