"""The store on disk: whole or not at all, one writer, many readers."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from filelock import FileLock
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, QuerySolutions

from kg import nquads
from kg.errors import (
    NoCaseError,
    QuerySyntaxError,
    StoreDamagedError,
    StoreLockedError,
    UnwritableError,
)
from kg.rdflib_exchange import from_rdflib, quads_to_rdflib, to_rdflib
from kg.store import memory_reader, open_reader, write, writing
from tests import examples
from tests.examples import changed
from tests.strained import limited


def quad(number: int, graph: str | None = None) -> Quad:
    name = NamedNode(graph) if graph else DefaultGraph()
    return Quad(NamedNode("urn:a"), NamedNode("urn:b"), Literal(str(number)), name)


def held(folder: Path) -> set[Quad]:
    with open_reader(folder) as reader:
        return set(reader.quads())


def test_what_is_written_is_read(tmp_path: Path) -> None:
    quads = set(examples.known_quads())
    assert write(tmp_path / "deep" / "store", quads) == len(quads)
    assert held(tmp_path / "deep" / "store") == quads


def test_writing_replaces_what_was_there(tmp_path: Path) -> None:
    write(tmp_path, [quad(1), quad(2)])
    assert write(tmp_path, [quad(2), quad(2), quad(3)]) == 2
    assert held(tmp_path) == {quad(2), quad(3)}


def test_a_reader_sees_the_store_as_it_was_opened(tmp_path: Path) -> None:
    write(tmp_path, [quad(1)])
    with open_reader(tmp_path) as reader:
        write(tmp_path, [quad(2)])
        assert set(reader.quads()) == {quad(1)}
    assert held(tmp_path) == {quad(2)}


def test_two_readers_read_at_once(tmp_path: Path) -> None:
    write(tmp_path, [quad(1)])
    with open_reader(tmp_path) as one, open_reader(tmp_path) as other:
        assert set(one.quads()) == set(other.quads())


@pytest.mark.parametrize("room", [0, 3_000, 100_000])
def test_without_room_the_store_stays_and_with_it_the_same_process_goes_on(
    tmp_path: Path, room: int
) -> None:
    quads = [quad(number**7) for number in range(20_000)]  # no database packs these small
    write(tmp_path, [quad(1)])
    with writing(tmp_path) as writer:

        def change(quads: list[Quad]) -> tuple[str, int]:
            return writer.change(changed(quads))

        def fill(quads: list[Quad]) -> tuple[str, int]:
            return writer.fill(nquads.lines(quads))

        errors = []  # what is known of an error keeps no store open
        for attempt in (fill, fill, change, change):
            with limited(room), pytest.raises(UnwritableError, match="larger than") as raised:
                attempt(quads)
            errors.append(raised.value)
            assert len(list(tmp_path.glob("generation-*"))) == 1
            assert held(tmp_path) == {quad(1)}
        name, _ = change([quad(2)])
        with limited(0), pytest.raises(UnwritableError, match="current' cannot be written"):
            writer.switch(name)
        assert held(tmp_path) == {quad(1)}
        writer.switch(name)
    assert held(tmp_path) == {quad(1), quad(2)}


CRASH = """
import os, sys
from pathlib import Path
from pyoxigraph import Literal, NamedNode, Quad
import kg.store

def quads():
    for number in range(5000):
        yield Quad(NamedNode("urn:a"), NamedNode("urn:b"), Literal(str(number)))
    if sys.argv[2] == "reading":
        os._exit(9)

if sys.argv[2] == "switching":
    kg.files.replace = lambda path, content: os._exit(9)
kg.store.write(Path(sys.argv[1]), quads())
"""


@pytest.mark.parametrize("moment", ["reading", "switching"])
def test_a_crash_leaves_the_old_store_whole(tmp_path: Path, moment: str) -> None:
    write(tmp_path, [quad(1)])
    ended = subprocess.run([sys.executable, "-c", CRASH, str(tmp_path), moment], check=False)
    assert ended.returncode == 9
    assert len(list(tmp_path.glob("generation-*"))) == 2
    assert held(tmp_path) == {quad(1)}
    assert write(tmp_path, [quad(2)]) == 1
    assert held(tmp_path) == {quad(2)}
    assert len(list(tmp_path.glob("generation-*"))) == 2  # the new one and the one before


def test_an_error_while_quads_are_made_leaves_the_old_store_and_no_litter(tmp_path: Path) -> None:
    write(tmp_path, [quad(1)])

    def failing() -> Iterator[Quad]:
        yield quad(2)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write(tmp_path, failing())
    assert held(tmp_path) == {quad(1)}
    assert len(list(tmp_path.glob("generation-*"))) == 1


def test_leftovers_do_not_pile_up(tmp_path: Path) -> None:
    for number in range(4):
        write(tmp_path, [quad(number)])
    assert len(list(tmp_path.glob("generation-*"))) == 2


def test_a_second_writer_is_refused_and_readers_are_not(tmp_path: Path) -> None:
    write(tmp_path, [quad(1)])
    with FileLock(tmp_path / "lock"):
        with pytest.raises(StoreLockedError, match="in use by another kg"):
            write(tmp_path, [quad(2)])
        assert held(tmp_path) == {quad(1)}
    write(tmp_path, [quad(2)])


def test_reading_where_nothing_was_written_says_so(tmp_path: Path) -> None:
    with pytest.raises(NoCaseError, match="kg build"), open_reader(tmp_path / "none"):
        pass
    assert not (tmp_path / "none").exists()


def _forget(folder: Path) -> None:
    (folder / "current").write_text("generation-99\n")


def _garble(folder: Path) -> None:
    (folder / "current").write_text("../elsewhere\n")


def _break(folder: Path) -> None:
    (manifest,) = folder.glob("generation-1/MANIFEST-*")
    manifest.write_bytes(b"not a manifest")


def _empty(folder: Path) -> None:
    for path in (folder / "generation-1").iterdir():
        path.unlink()


@pytest.mark.parametrize("damage", [_forget, _garble, _break, _empty])
def test_a_damaged_store_says_what_to_do(tmp_path: Path, damage: Callable[[Path], None]) -> None:
    write(tmp_path, [quad(1)])
    damage(tmp_path)
    with pytest.raises(StoreDamagedError, match="run kg build again"), open_reader(tmp_path):
        pass
    write(tmp_path, [quad(2)])
    assert held(tmp_path) == {quad(2)}


def test_the_default_graph_is_not_the_union() -> None:
    reader = memory_reader([quad(1), quad(2, "urn:g")])
    solutions = reader.query("SELECT ?o { ?s ?p ?o }")
    assert isinstance(solutions, QuerySolutions)
    assert [solution["o"] for solution in solutions] == [Literal("1")]


def test_quads_come_with_the_default_graph_first_and_graph_by_graph() -> None:
    quads = [quad(4, "urn:h"), quad(2, "urn:g"), quad(1), quad(3, "urn:g")]
    graphs = [each.graph_name for each in memory_reader(quads).quads()]
    assert graphs == [DefaultGraph(), *[NamedNode("urn:g")] * 2, NamedNode("urn:h")]


def test_substitutions_bind_variables() -> None:
    reader = memory_reader([quad(1), quad(2)])
    solutions = reader.query("SELECT ?s ?o { ?s ?p ?o }", substitutions={"o": Literal("2")})
    assert isinstance(solutions, QuerySolutions)
    assert len(list(solutions)) == 1


def test_a_syntax_error_has_its_line_and_column() -> None:
    with pytest.raises(QuerySyntaxError) as raised:
        memory_reader([]).query("SELECT ?x WHERE {\n ?x ?y }")
    assert (raised.value.line, raised.value.column) == (2, 9)


def test_rdflib_holds_the_same_graph() -> None:
    quads = set(examples.known_quads())
    dataset = to_rdflib(memory_reader(quads))
    assert not dataset.default_union
    assert set(from_rdflib(dataset)) == quads


def test_rdflib_keeps_lexical_forms_languages_and_odd_characters() -> None:
    integer = NamedNode("http://www.w3.org/2001/XMLSchema#integer")
    literals = [
        Literal("007", datatype=integer),
        Literal("x", language="en"),
        Literal('a\r\nb\t\\"<&>\u2028\x0c'),
    ]
    quads = {Quad(NamedNode("urn:a"), NamedNode("urn:b"), each) for each in literals}
    assert set(from_rdflib(quads_to_rdflib(quads))) == quads


def test_what_a_killed_writing_left_half_made_goes(tmp_path: Path) -> None:
    write(tmp_path, [quad(1)])
    (tmp_path / "generation-2.tmp").mkdir()
    (tmp_path / "generation-2.tmp" / "000012.sst").write_bytes(b"a name that was taken out")
    with writing(tmp_path) as writer:
        name, _ = writer.change(changed([quad(2)]))
        writer.switch(name)
        writer.purge()
    assert {path.name for path in tmp_path.glob("generation-*")} == {name}
    assert held(tmp_path) == {quad(1), quad(2)}
