"""Lines of N-Quads: one for each quad, the same whoever wrote it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode

from kg import nquads
from kg.model import Span
from kg.statements.iris import Iris
from kg.statements.sources import describe_passage
from kg.statements.terms import Triple, literal, text
from tests import examples

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
A, B = NamedNode("urn:a"), NamedNode("urn:b")


def again(written: str) -> str:
    """The same as pyoxigraph writes it."""
    return nquads.text(nquads.quads(nquads.split(written.encode()))).decode()


@given(TEXTS, st.integers(), st.floats(allow_nan=False, allow_infinity=False))
def test_what_is_stated_is_written_as_the_engine_writes_it(
    words: str, whole: int, number: float
) -> None:
    values: list[NamedNode | Literal]
    values = [literal(words), literal(whole), literal(number), Literal(words, language="en"), A]
    said: list[Triple] = [(A, B, value) for value in values]
    assert again(text(said)) == text(said)
    assert again(text(said, B)) == text(said, B)


@given(st.data())
def test_so_are_passages(data: st.DataObject) -> None:
    words = data.draw(TEXTS)
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(words))] * 2)))
    at = Iris.of(examples.findings()[0], examples.identities(), examples.BASE)
    written = describe_passage(Span(start, end), words, at)
    assert again(written) == written


def test_lines_are_of_quads_and_quads_of_lines() -> None:
    quads = examples.known_quads()
    lines = list(nquads.lines(quads))
    assert tuple(nquads.quads(lines)) == quads
    assert nquads.split(nquads.text(quads)) == lines
    assert not nquads.split(nquads.text([]))
