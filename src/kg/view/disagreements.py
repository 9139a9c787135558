"""Where sources differ, as one page of tables: each value, who gives it, in which words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup
from pyoxigraph import Literal, QuerySolutions

from kg.errors import NothingToShowError
from kg.model import Reader
from kg.resources import read_resource
from kg.view.page import Page

__all__ = ["render_disagreements"]

#: What a side of an event is called at the head of its table.
_SIDES = {
    "number": "How many",
    "time": "When it was",
    "place": "Where it was",
    "agent": "Who did it",
    "happening": "Whether it was",
}

type _Row = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One statement that gives a value."""

    speaker: str
    told_by: str
    document: str
    published: str
    sentence: str
    curated: str  #: what a person corrected that bears on it
    changed_from: str
    changed_to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """One value, how many independent sources give it, what it cannot stand beside, and why."""

    value: str
    independent: str
    folded: str
    reasons: tuple[str, ...]
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One side of an event, with the values that are given for it."""

    name: str
    values: tuple[Given, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An event on which sources differ."""

    iri: str
    name: str
    sides: tuple[Side, ...]


def render_disagreements(reader: Reader, *, about: str | None = None) -> Page:
    """All that sources differ in, or only what has these words, as a page without scripts.

    Equal graphs give equal pages.

    Raises:
        NothingToShowError: If words are given and nothing that differs has them.
    """
    rows = _ask(reader, "disagreements", about)
    if about is not None and not rows:
        raise NothingToShowError(about, {row["event"] for row in _ask(reader, "disagreements")})
    sources = {row["thing"]: row for row in _ask(reader, "corroboration")}
    environment = Environment(
        loader=DictLoader({"page": read_resource("templates/disagreements.html")}),
        autoescape=True,
        undefined=StrictUndefined,
    )
    return Page(
        environment.get_template("page").render(
            events=tuple(_events(rows, sources)),
            about=about,
            style=Markup(read_resource("templates/disagreements.css")),  # noqa: S704 - our own file
        )
    )


def _ask(reader: Reader, question: str, about: str | None = None) -> list[_Row]:
    """The rows of a packaged question, as text; what is not bound is empty."""
    bound = {} if about is None else {"asked_about": Literal(about)}
    answer = reader.query(read_resource(f"queries/{question}.rq"), substitutions=bound)
    if not isinstance(answer, QuerySolutions):
        raise TypeError(question)
    columns = [variable.value for variable in answer.variables]
    return [
        {
            column: "" if term is None else str(getattr(term, "value", term))
            for column, term in zip(columns, solution, strict=True)
        }
        for solution in answer
    ]


def _events(rows: Sequence[_Row], sources: Mapping[str, _Row]) -> Iterator[Told]:
    for (iri, name), of_event in groupby(rows, key=lambda row: (row["happening"], row["event"])):
        yield Told(iri=iri, name=name, sides=tuple(_sides(of_event, sources)))


def _sides(rows: Iterable[_Row], sources: Mapping[str, _Row]) -> Iterator[Side]:
    for side, of_side in groupby(rows, key=lambda row: row["differs"]):
        by_account: dict[str, list[_Row]] = {}
        for row in of_side:
            by_account.setdefault(row["account"], []).append(row)
        values = tuple(_given(same, sources[account]) for account, same in by_account.items())
        yield Side(name=_SIDES[side], values=values)


def _given(rows: Sequence[_Row], source: _Row) -> Given:
    return Given(
        value=rows[0]["value"],
        independent=source["independent"],
        folded=source["folded"],
        reasons=tuple(filter(None, rows[0]["why"].split("; "))),
        said=tuple(
            Said(
                speaker=row["according_to"],
                told_by=row["told_by"],
                document=row["document"],
                published=row["published"],
                sentence=row["sentence"],
                curated=row["curated"],
                changed_from=row["changed_from"],
                changed_to=row["changed_to"],
            )
            for row in rows
        ),
    )
