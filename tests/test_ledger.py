"""The ledger: a graph that grew and shrank part by part is the one made from nothing."""

from __future__ import annotations

from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kg import nquads
from kg.errors import UnwritableError
from kg.ledger import Ledger, open_ledger
from kg.model import Part
from tests.strained import limited


def quad(number: int, graph: str | None = None) -> Quad:
    # A line separator and a next line inside of a literal are no ends of lines of N-Quads.
    words = Literal(f"{number}\n\u2028\x85\r")
    return Quad(
        NamedNode("urn:a"),
        NamedNode("urn:b"),
        words,
        NamedNode(graph) if graph else DefaultGraph(),
    )


def is_shared(line: bytes) -> bool:
    (quad,) = nquads.quads([line])
    return quad.graph_name == DefaultGraph()


def part(name: str, *numbers: int) -> Part:
    """A part with quads of the default graph, and one of a graph of its own."""
    quads = [*(quad(number) for number in numbers), quad(0, f"urn:{name}")]
    return Part(name, repr(numbers), lambda: nquads.text(quads))


def apply(ledger: Ledger, held: set[Quad], *parts: Part) -> int:
    """Take the parts in; how many changes that made. What goes was there, and comes not again."""
    changes = list(ledger.update(parts))
    for change in changes:
        for changed in nquads.quads(change.lines):
            assert change.comes or changed in held
            (held.add if change.comes else held.remove)(changed)
    made = (nquads.split(part.make()) for part in parts)
    assert held == set(nquads.quads(chain.from_iterable(made)))
    return sum(len(change.lines) for change in changes)


def test_what_is_made_from_the_same_is_not_made_again(tmp_path: Path) -> None:
    held: set[Quad] = set()
    with open_ledger(tmp_path / "ledger", made_with="x", shared=is_shared) as ledger:
        apply(ledger, held, part("one", 1, 2))
    broken = Part("one", repr((1, 2)), lambda: pytest.fail("it was made again"))
    with open_ledger(tmp_path / "ledger", made_with="x", shared=is_shared) as ledger:
        assert list(ledger.update([broken])) == []


def test_a_quad_of_two_parts_stays_until_both_are_gone(tmp_path: Path) -> None:
    held: set[Quad] = set()
    with open_ledger(tmp_path / "ledger", made_with="x", shared=is_shared) as ledger:
        apply(ledger, held, part("one", 1, 2), part("two", 2, 3))
        apply(ledger, held, part("two", 2, 3))
        assert quad(2) in held
        apply(ledger, held)
        assert not held


def test_an_error_leaves_the_ledger_as_it_was(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "ledger", made_with="x", shared=is_shared) as ledger:
        list(ledger.update([part("one", 1)]))
        ledger.put("generation", "4")

    def fail() -> None:
        with open_ledger(tmp_path / "ledger", made_with="x", shared=is_shared) as ledger:
            list(ledger.update([part("two", 2)]))
            ledger.put("generation", "5")
            raise RuntimeError("in the middle")

    with pytest.raises(RuntimeError, match="in the middle"):
        fail()
    with open_ledger(tmp_path / "ledger", made_with="x", shared=is_shared) as ledger:
        assert ledger.get("generation") == "4"
        assert [change.comes for change in ledger.update([part("one", 1)])] == []


@pytest.mark.parametrize("room", [0, 20_000])
def test_a_ledger_without_room_is_as_it_was(tmp_path: Path, room: int) -> None:
    path = tmp_path / "ledger.sqlite"
    with open_ledger(path, made_with="x", shared=is_shared) as ledger:
        list(ledger.update([part("one", 1)]))
    before = path.read_bytes()

    def fill() -> None:
        with open_ledger(path, made_with="x", shared=is_shared) as ledger:
            list(ledger.update(part(str(number), number) for number in range(5_000)))

    with limited(room), pytest.raises(UnwritableError, match=r"ledger\.sqlite' cannot be written"):
        fill()
    assert path.read_bytes() == before
    fill()


@pytest.mark.parametrize("content", [b"no database", b"SQLite format 3\0" + b"\1" * 200, b""])
def test_a_ledger_that_cannot_be_read_is_begun_anew(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "ledger").write_bytes(content)
    with open_ledger(tmp_path / "ledger", made_with="x", shared=is_shared) as ledger:
        assert len(ledger) == 0
        (change,) = ledger.update([part("one", 1)])
        assert len(change.lines) == 2


def test_a_ledger_made_with_something_else_is_begun_anew(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "ledger", made_with="x", shared=is_shared) as ledger:
        list(ledger.update([part("one", 1)]))
    with open_ledger(tmp_path / "ledger", made_with="y", shared=is_shared) as ledger:
        assert len(ledger) == 0


def test_two_parts_of_one_name_are_refused(tmp_path: Path) -> None:
    with (
        open_ledger(tmp_path / "ledger", made_with="x", shared=is_shared) as ledger,
        pytest.raises(ValueError, match="one"),
    ):
        list(ledger.update([part("one", 1), part("one", 2)]))


@given(
    st.lists(
        st.dictionaries(st.sampled_from("abcd"), st.frozensets(st.integers(0, 5)), max_size=4),
        max_size=6,
    )
)
def test_any_sequence_of_builds_holds_what_the_last_one_is_made_of(
    tmp_path_factory: pytest.TempPathFactory, builds: list[dict[str, frozenset[int]]]
) -> None:
    path = tmp_path_factory.mktemp("ledger") / "ledger"
    held: set[Quad] = set()
    for each in builds:
        with open_ledger(path, made_with="x", shared=is_shared) as ledger:
            apply(ledger, held, *(part(name, *sorted(numbers)) for name, numbers in each.items()))
