"""Rows of the graph, and what every one of them becomes."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, QuerySolutions

from kg.model import Anchor, Reader, Span
from kg.vocabulary import prologue

__all__ = ["Row", "anchored", "is_iri", "select"]

#: By name of variable; unbound ones are left out.
type Row = dict[str, str]


def select(reader: Reader, query: str, **bound: str | Literal) -> Iterator[Row]:
    """Rows by name of variable, unbound ones left out; a bare string is an IRI."""
    solutions = reader.query(
        prologue() + query,
        substitutions={
            name: value if isinstance(value, Literal) else NamedNode(value)
            for name, value in bound.items()
        },
    )
    if not isinstance(solutions, QuerySolutions):
        raise TypeError(query)
    names = [variable.value for variable in solutions.variables]
    for solution in solutions:
        values = ((name, solution[name]) for name in names)
        yield {name: getattr(value, "value", "") for name, value in values if value is not None}


def anchored(row: Row) -> Anchor:
    """Where the words of a row stand."""
    return Anchor(
        file=row["file"],
        document=row["hash"][:20],
        span=Span(int(row["start"]), int(row["end"])),
        words=row["words"],
    )


def is_iri(words: str) -> bool:
    """Whether words can be an IRI at all."""
    try:
        NamedNode(words)
    except ValueError:
        return False
    return True
