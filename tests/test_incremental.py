"""A case that grows, shrinks and is decided on holds the graph that a build from nothing makes."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from kg import Case, identity, nquads, pipeline, statements
from kg.cli import main
from kg.errors import KgError, NothingToDecideError, RemovalsFileError, UnknownDocumentError
from kg.model import Part
from kg.store import open_reader
from kg.vocabulary import document_iri, runs_graph
from tests import examples
from tests.extraction.found import found

BASE = "https://kg.example/"
#: Documents that name the same people and events, so that what one says touches the others.
TEXTS = {
    "a.txt": "Anna Berg, the mayor of Oslo, said that 12 people were killed in Bergen.\n",
    "b.txt": "Anna Berg resigned as mayor of Oslo. She denied that anybody was killed.\n",
    "c.txt": "A. Berg and Karl Weiss met on 2 May 2021. Nine people were killed in Bergen.\n",
    "d.txt": "Karl Weiss, the minister of justice, ordered the arrest of Anna Berg.\n",
}
LONG_AGO = 1_600_000_000
LATER = "Anna Berg was arrested. Karl Weiss said that 14 people were killed in Bergen.\n"


def scratch(case: Case, folder: Path) -> str:
    """The hash of the same sources and decisions, built from nothing in another place."""
    shutil.copytree(case.folder, folder, ignore=shutil.ignore_patterns(".kg"))
    other = Case(folder)
    other.build()
    return other.hash()


def put(case: Case, name: str, text: str) -> None:
    case.sources.mkdir(parents=True, exist_ok=True)
    (case.sources / name).write_text(text, encoding="utf-8")
    # As of long ago, whatever is in it: what has just been written is read again in any case.
    os.utime(case.sources / name, (LONG_AGO, LONG_AGO))


STEPS = st.one_of(
    st.tuples(st.just("add"), st.sampled_from(sorted(TEXTS))),
    st.tuples(st.just("change"), st.sampled_from(sorted(TEXTS))),
    st.tuples(st.just("delete"), st.sampled_from(sorted(TEXTS))),
    st.tuples(st.just("remove"), st.sampled_from(sorted(TEXTS))),
    st.tuples(st.just("restore"), st.sampled_from(sorted(TEXTS))),
    st.tuples(st.sampled_from(["same", "rename", "undo"]), st.just("")),
)


def take(case: Case, step: str, name: str) -> None:
    """One thing that a person does; a KgError where it cannot be done now."""
    who = "Ida Holm"
    match step:
        case "add":
            put(case, name, TEXTS[name])
        case "change":
            put(case, name, TEXTS[name] + LATER)
        case "delete":
            (case.sources / name).unlink(missing_ok=True)
        case "remove":
            case.remove(name, who=who)
        case "restore":
            case.restore(name, who=who)
        case "same":
            case.decide("same", "Anna Berg", "A. Berg", who=who)
        case "rename":
            case.correct("rename", "Karl Weiss", "Karl Weiß", who=who)
        case _:
            case.undo("Karl Weiss", who=who)


@settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(STEPS, min_size=2, max_size=5))
def test_any_sequence_of_changes_gives_the_graph_of_a_build_from_nothing(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, str]]
) -> None:
    folder = tmp_path_factory.mktemp("grown")
    case = Case(folder / "case")
    put(case, "a.txt", TEXTS["a.txt"])
    put(case, "c.txt", TEXTS["c.txt"])
    case.build()
    for step, name in steps:
        with suppress(KgError):
            take(case, step, name)
        case.build()
    assert not [each for each in case.check() if each.kind != "empty"]
    assert case.hash() == scratch(case, folder / "scratch")


@pytest.fixture
def case(tmp_path: Path) -> Case:
    made = Case(tmp_path / "case")
    for name, text in TEXTS.items():
        put(made, name, text)
    made.build()
    return made


def test_building_again_makes_no_document_again(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = case.hash()
    made: list[str] = []
    told = statements.parts

    def noting(part: Part) -> bytes:
        made.append(part.name)
        return part.make()

    def noted(*given: Any) -> Iterator[Part]:
        for part in told(*given):
            yield Part(part.name, part.made_from, partial(noting, part))

    monkeypatch.setattr(statements, "parts", noted)
    case.build()
    assert made == []
    put(case, "e.txt", "Sara Lind opened a hospital in Lindau.\n")  # of nobody else
    case.build()
    assert sum(name.startswith("document ") for name in made) == 1
    (case.sources / "e.txt").unlink()
    case.build()
    assert case.hash() == before


def test_only_shared_quads_come_from_two_parts() -> None:
    told = [
        found("Karl Weiss was arrested in Oslo on 2 May 2021."),
        found("Police arrested Karl Weiss in Oslo on 2 May 2021."),
    ]
    known = identity.resolve(told, base=BASE)
    number = Counter(
        line
        for part in statements.parts(told, known, examples.RUN)
        for line in dict.fromkeys(nquads.split(part.make()))
    )
    twice = [line for line, times in number.items() if times > 1]
    assert twice
    assert all(statements.shared(BASE).fullmatch(line) for line in twice)


# Taking a document out


def test_a_removed_document_leaves_the_graph_that_never_had_it(case: Case, tmp_path: Path) -> None:
    never = Case(tmp_path / "never")
    for name in ("a.txt", "c.txt", "d.txt"):
        put(never, name, TEXTS[name])
    never.build()
    before = case.hash()
    removed = case.remove("b.txt", who="Ida Holm", why="asked for by its author")
    case.build()
    assert case.hash() == never.hash()
    assert case.check() == []
    case.restore(removed.document[:12], who="Ida Holm")
    case.build()
    assert case.hash() == before


def kept_files(case: Case) -> list[Path]:
    return [path for path in (case.folder / ".kg").rglob("*") if path.is_file()]


@pytest.mark.parametrize("other_version", [False, True])
def test_a_removed_document_is_gone_from_what_is_kept_and_leaves_a_tombstone(
    case: Case, monkeypatch: pytest.MonkeyPatch, other_version: bool
) -> None:
    secret = b"denied that anybody"
    assert any(secret in path.read_bytes() for path in kept_files(case))
    removed = case.remove("b.txt", who="Ida Holm", why="asked for")
    if other_version:
        monkeypatch.setattr(pipeline, "version", lambda _: "9.9")
    case.build()
    for path in kept_files(case):
        assert removed.document not in path.name
        assert secret not in path.read_bytes()
    with closing(sqlite3.connect(case.folder / ".kg" / "ledger.sqlite")) as ledger:
        parts = {name for (name,) in ledger.execute("SELECT name FROM part")}
    assert any(name.startswith("document ") for name in parts)
    assert f"document {removed.document}" not in parts
    document = NamedNode(document_iri(BASE, removed.document))
    with open_reader(case.folder / ".kg" / "store") as reader:
        told = [q for q in reader.graph(runs_graph(BASE)) if q.subject == document]
        assert not [q for q in reader.quads() if "b.txt" in str(q.object)]
    words = {str(quad.predicate).rpartition("/")[2].rpartition("#")[2][:-1] for quad in told}
    assert words == {"invalidatedAtTime", "by", "reason"}


def test_what_is_no_document_of_the_case_is_not_removed(case: Case) -> None:
    with pytest.raises(UnknownDocumentError, match=r"did you mean b\.txt"):
        case.remove("bb.txt", who="Ida Holm")
    with pytest.raises(NothingToDecideError):
        case.restore("b.txt", who="Ida Holm")
    assert not (case.folder / "removed.csv").exists()


def test_a_line_of_removed_csv_that_cannot_be_read_is_named(case: Case) -> None:
    (case.folder / "removed.csv").write_text(
        "when,who,what,file,document,why\n2026-01-01,Ida,remove,a.txt,0a1b,\n", encoding="utf-8"
    )
    with pytest.raises(RemovalsFileError, match="line 2: document is '0a1b'"):
        case.build()


def test_a_line_is_added_in_the_order_that_the_table_has(case: Case) -> None:
    (case.folder / "removed.csv").write_text("who,document,when,what,file,why\n", encoding="utf-8")
    case.remove("b.txt", who="Ida Holm")
    assert [each.file for each in case.removals()] == ["b.txt"]


def test_the_command_removes_and_takes_back(case: Case) -> None:
    def run(*line: str) -> str:
        result = CliRunner().invoke(main, [*line, "--case", str(case.folder), "--who", "Ida Holm"])
        assert result.exit_code == 0, result.output
        return result.output

    before = case.hash()
    assert "remove b.txt" in run("remove", "b.txt", "--why", "asked for")
    assert case.hash() != before
    assert "restore b.txt" in run("remove", "--undo", "b.txt")
    assert case.hash() == before
