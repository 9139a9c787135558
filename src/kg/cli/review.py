"""The command that asks: pair by pair, and whom the words mean that were left open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import case_option, later_option, open_case, say, who_option, width
from kg.cli.reports import rebuild, summary
from kg.errors import CaseError

if TYPE_CHECKING:
    from kg.case import Case

__all__ = ["review"]

#: So many are offered for words that were left open: one key each.
_OFFERED = 9


@dataclass(frozen=True, slots=True)
class _Question:
    """What is asked: as it is shown, the keys that may be pressed, and what each decides."""

    shown: str
    asked: str
    keys: str
    decide: Callable[[str], object]


@click.command()
@click.argument("name", required=False)
@click.option("--left-open", is_flag=True, help="Ask only whom words mean that were left open.")
@who_option
@later_option
@case_option
def review(name: str | None, left_open: bool, who: str, later: bool, folder: Path) -> None:
    """Go through the pairs that may be one, then the words that were left open.

    Of a pair both sides are shown with their roles, parts in events, dates and sentences: y same,
    n different, s skip, q quit. Of words such as "she" or "the minister" the sentence is shown,
    and a number says whom they mean. NAME leaves only what has it in it. The graph is built once
    at the end.
    """
    case = open_case(folder)
    case.require_documents()  # said before anything is asked
    decided = 0
    questions = _left_open(case, name, who)
    if not left_open:
        questions = chain(_pairs(case, name, who), questions)
    for question in questions:
        say(question.shown)
        key = _key(question.asked, question.keys)
        if key == "q":
            break
        if key == "s":
            continue
        try:
            question.decide(key)
            decided += 1
        except CaseError as error:
            say(f"kg: {error}", err=True)
    click.echo(f"{decided} decided")
    if decided and not later:
        say(summary(case, rebuild(case)))


def _pairs(case: Case, name: str | None, who: str) -> Iterator[_Question]:
    """Whether two are one, the likeliest first."""
    from kg import curation, showing

    for each in case.suggestions():
        if name is not None and not showing.is_about(each, name):
            continue
        with case.reader() as reader:
            sides = curation.entry(reader, each.left), curation.entry(reader, each.right)

        def decide(key: str, left: str = each.left, right: str = each.right) -> None:
            verdict = "same" if key == "y" else "different"
            case.decide(verdict, left, right, who=who, why="review")

        shown = showing.both(each, sides, width=width() or 100)
        yield _Question(shown, "same? [y]es [n]o [s]kip [q]uit ", "ynsq", decide)


def _left_open(case: Case, name: str | None, who: str) -> Iterator[_Question]:
    """Whom words mean, in the order of the documents."""
    from kg import curation, showing

    for each in case.left_open():
        with case.reader() as reader:
            near = curation.named_near(reader, each.anchor)
        # Those that kg wavered between come first.
        first = [one for one in near if one[1] in each.reason]
        candidates = [*first, *(one for one in near if one not in first)][:_OFFERED]
        words = " ".join([each.sentence, *(called for _, called in candidates)])
        if not candidates or (name is not None and name.casefold() not in words.casefold()):
            continue

        def decide(
            key: str, words: str = each.iri, known: list[tuple[str, str]] = candidates
        ) -> None:
            case.means(words, known[int(key) - 1][0], who=who, why="review")

        numbers = "123456789"[: len(candidates)]
        shown = showing.waiting(each, candidates, width=width() or 100)
        yield _Question(shown, f"who? [1-{len(numbers)}] [s]kip [q]uit ", f"{numbers}sq", decide)


def _key(question: str, keys: str) -> str:
    """One of some keys, asked for until it comes; the last of them at the end of the input.

    Raises:
        click.UsageError: If there is no terminal to answer in.
    """
    say(question, nl=False)
    while True:
        try:
            key = click.getchar().lower()
        except (EOFError, KeyboardInterrupt):
            key = ""
        except OSError as error:
            raise click.UsageError("no terminal; decide with: kg identity") from error
        # No key at all is the end of the input, and must never count as an answer.
        key = key or keys[-1]
        if len(key) == 1 and key in keys:
            click.echo(key)
            return key
