"""Commands that correct what was read."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.identity import list_decisions, undo
from kg.cli.options import case_option, json_option, open_case
from kg.cli.writing import deciding_options, write_down

__all__ = ["correct"]

#: As the model has them, which costs too much to load for a help text.
_KINDS = ("person", "organization", "group", "place", "document")


@click.group()
def correct() -> None:
    """Correct what was read: every correction is a line in the case's decisions.csv.

    The documents stay as they are, and what they were read to say stays beside the correction:
    kg ask corrections lists both, and kg correct undo gives back the graph exactly.
    """


@correct.command()
@click.argument("which")
@click.argument("name")
@deciding_options
def rename(which: str, name: str, who: str, why: str, folder: Path, **how: bool) -> None:
    """Call an entity by another name; the names in the documents stay as other names.

    WHICH is its IRI or whole name. The name is for all that the entity is one with. It joins
    the entity with nobody: kg identity same does.
    """
    case = open_case(folder)
    write_down(case, case.correct("rename", which, name, who=who, why=why), **how)


@correct.command()
@click.argument("which")
@click.argument("kind", type=click.Choice(_KINDS))
@deciding_options
def retype(which: str, kind: str, who: str, why: str, folder: Path, **how: bool) -> None:
    """Say what an entity is: a person, an organization, a group, a place or a document.

    WHICH is its IRI or whole name. Its IRI stays as it is, and it is joined with nobody.
    """
    case = open_case(folder)
    write_down(case, case.correct("retype", which, kind, who=who, why=why), **how)


@correct.command()
@click.argument("which")
@click.option("--also", multiple=True, help="More words to hide, such as a nickname; repeatable.")
@deciding_options
def hide(which: str, also: tuple[str, ...], who: str, why: str, folder: Path, **how: bool) -> None:
    """Hide a name, to protect who bears it: it then stands nowhere in the graph.

    WHICH is the IRI or whole name of an entity, or the IRI of a passage (#char=310,371) to hide
    the words of one mention. kg correct rename gives a hidden person a pseudonym.

    \b
    Hidden, letter by letter (█), in every passage, sentence, content, name, label,
    title, reason, file name, address and IRI of the graph, and so in every answer,
    export and page:
      - every name that the documents give the entity and all it is one with;
      - of a person's name the last word and all words that are no given names, in
        all documents, also where somebody else bears them;
      - its given names in the documents that name the person;
      - the words of --also.
    Case and accents do not matter.

    \b
    Not hidden:
      - what else tells who it is: roles, places, dates, relatives, and what the
        person is called without a name ("the mayor of Norden");
      - how many letters the name has, and in which documents it stands;
      - misspelt, inflected and otherwise spelt forms, nicknames: give them with --also;
      - the documents themselves, decisions.csv, and .kg with its caches and earlier
        graphs: give away exports and pages, never the case folder;
      - kg extract, kg check (which reads the documents), and what was exported before.
    """  # noqa: D301 - a mark of click's
    case = open_case(folder)
    decision = case.correct("hide", which, "; ".join(also), who=who, why=why)
    write_down(case, decision, **how)


@correct.command()
@click.argument("which")
@deciding_options
def reject(which: str, who: str, why: str, folder: Path, **how: bool) -> None:
    """Reject a statement or claim: the document does not say so, it was read wrongly.

    WHICH is its IRI or the last part of it, as kg ask prints them. It stays in the graph and in
    answers, marked as rejected, and no policy takes it for so. With a claim goes all that is said
    in it.
    """
    case = open_case(folder)
    write_down(case, case.correct("reject", which, who=who, why=why), **how)


@correct.command()
@click.argument("which")
@deciding_options
def accept(which: str, who: str, why: str, folder: Path, **how: bool) -> None:
    """Accept a statement or claim: the document says so, it was read rightly.

    WHICH is its IRI or the last part of it, as kg ask prints them. With policy = "reviewed" in
    kg.toml a plain query holds only for so what was accepted.
    """
    case = open_case(folder)
    write_down(case, case.correct("accept", which, who=who, why=why), **how)


@correct.command()
@click.argument("which")
@click.argument("edtf")
@click.argument("within", required=False, default="")
@deciding_options
def date(which: str, edtf: str, within: str, who: str, why: str, folder: Path, **how: bool) -> None:
    """Say when a time was; the words of the document stay beside it.

    WHICH is the IRI of the time, or of a statement or claim that has just one. EDTF is a date in
    Extended Date/Time Format: 1988, 1988-07, 1988-07-03, 1988-22 (summer), 198X, 1988~ (about),
    1988-07/1988-09, 1988/.. (since). WITHIN, such as 1988-07-10/1988-07-20, are the first and
    last day, where you know them better than the date says.
    """
    case = open_case(folder)
    write_down(case, case.correct("date", which, f"{edtf} {within}", who=who, why=why), **how)


@correct.command("list")
@json_option
@case_option
def list_(as_json: bool, folder: Path) -> None:
    """List what people decided, corrections and identity, each with its name."""
    list_decisions(open_case(folder), as_json=as_json)


correct.add_command(undo)
