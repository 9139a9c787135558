"""Dumps: all of the graph and nothing more, whole or not at all, equal graphs in equal bytes."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from kg import Case, store
from kg.dumping import Manifest, Options, dump
from kg.errors import ExportError, UnwritableError
from kg.packing import COMPRESSIONS, unpacked
from kg.remote import RemoteReader, connect
from kg.store import StoreReader, memory_reader
from kg.vocabulary import default_graph, runs_graph
from tests import servers
from tests.examples import BASE, changed, known_quads

ALL = frozenset(known_quads())
QUADS = frozenset(quad for quad in ALL if runs_graph(BASE) not in str(quad.graph_name))


def dumped(folder: Path, reader: StoreReader | None = None, **options: object) -> Manifest:
    wanted = Options(**options)  # type: ignore[arg-type]
    whole = memory_reader(ALL) if reader is None else reader
    return dump(whole, folder, base=BASE, options=wanted)


def text(path: Path) -> bytes:
    with path.open("rb") as raw, unpacked(raw, path.name) as file:
        return file.read()


def quads_of(folder: Path) -> list[Quad]:
    paths = sorted(folder.glob("part-*"))
    return [quad for path in paths for quad in parse(text(path), format=RdfFormat.N_QUADS)]


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture(params=list(COMPRESSIONS))
def compress(request: pytest.FixtureRequest) -> str:
    if request.param == "zstd":
        pytest.importorskip("zstandard", reason="the extra zstd is not installed")
    return str(request.param)


# ---- what it holds


def test_every_quad_is_in_it_once_and_no_run(tmp_path: Path, compress: str) -> None:
    dumped(tmp_path / "d", compress=compress)
    held = quads_of(tmp_path / "d")
    assert set(held) == QUADS
    assert len(held) == len(QUADS)


def test_runs_are_in_it_where_they_are_asked_for(tmp_path: Path) -> None:
    assert ALL != QUADS
    dumped(tmp_path / "d", include_runs=True)
    assert set(quads_of(tmp_path / "d")) == ALL


@pytest.mark.parametrize("size", [1, 100, 10_000, len(QUADS), len(QUADS) - 1])
def test_no_file_holds_more_than_it_may_and_none_is_empty(tmp_path: Path, size: int) -> None:
    reader = memory_reader(sorted(QUADS, key=str)[:150]) if size == 1 else None
    manifest = dumped(tmp_path / "d", reader, size=size)
    number = 150 if size == 1 else len(QUADS)
    full, rest = divmod(number, size)
    assert [file.quads for file in manifest.files] == [size] * full + ([rest] if rest else [])
    assert [file.name for file in manifest.files] == [
        f"part-{place:05}.nq.gz" for place in range(len(manifest.files))
    ]
    lines = [len(text(tmp_path / "d" / file.name).splitlines()) for file in manifest.files]
    assert lines == [file.quads for file in manifest.files]


def test_the_manifest_says_what_lies_there(tmp_path: Path, compress: str) -> None:
    dumped(tmp_path / "d", size=500, compress=compress)
    said = json.loads((tmp_path / "d" / "manifest.json").read_text(encoding="utf-8"))
    assert said["base"] == BASE
    assert said["quads"] == len(QUADS)
    assert len(said["files"]) > 1
    for file in said["files"]:
        held = (tmp_path / "d" / file["name"]).read_bytes()
        assert file["bytes"] == len(held)
        assert file["sha256"] == hashlib.sha256(held).hexdigest()
        assert file["name"].endswith(f".nq{COMPRESSIONS[compress]}")


def test_a_graph_of_nothing_is_a_manifest_alone(tmp_path: Path) -> None:
    manifest = dumped(tmp_path / "d", memory_reader([]))
    assert (manifest.quads, manifest.files) == (0, ())
    assert list(contents(tmp_path / "d")) == ["manifest.json"]


def test_what_is_hidden_and_where_documents_lay_is_not_told(tmp_path: Path) -> None:
    case = Case(tmp_path / "a-private-place")
    case.sources.mkdir(parents=True)
    words = "Wilma Quist, the mayor of Oslo, said that 12 people were killed in Bergen.\n"
    (case.sources / "a.txt").write_text(words, encoding="utf-8")
    case.build()
    case.dump(tmp_path / "before")
    assert any(b"Quist" in text(path) for path in (tmp_path / "before").glob("part-*"))
    case.correct("hide", "Wilma Quist", who="Ida Holm", why="a witness")
    case.build()
    case.dump(tmp_path / "after")
    case.dump(tmp_path / "runs", Options(include_runs=True))
    told = b"".join(text(path) for path in (tmp_path / "after").iterdir())
    assert b"killed" in told
    for word in (b"quist", b"wilma", b"a-private-place"):
        assert word not in told.lower()
    assert b"a-private-place" in b"".join(text(path) for path in (tmp_path / "runs").iterdir())


# ---- equal graphs, equal bytes


def test_equal_graphs_give_equal_bytes_however_they_came_about(
    tmp_path: Path, compress: str
) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    store.write(one, ALL)
    order = sorted(ALL, key=str)
    order = order[1::2] + order[::2]
    store.write(other, order[:700])
    passing = Quad(NamedNode("urn:a"), NamedNode("urn:b"), Literal("c"))
    with store.writing(other) as writer:
        going = changed([passing], comes=False)
        name, _ = writer.change([*changed([passing, *order[700:]]), *going])
        writer.switch(name)
    for folder in (one, other):
        with store.open_reader(folder) as reader:
            dumped(folder / "dump", reader, size=300, compress=compress)
    assert contents(one / "dump") == contents(other / "dump")


def test_a_changed_graph_gives_another_manifest(tmp_path: Path) -> None:
    dumped(tmp_path / "one")
    dumped(tmp_path / "other", memory_reader(sorted(ALL, key=str)[1:]))
    assert (
        contents(tmp_path / "one")["manifest.json"] != contents(tmp_path / "other")["manifest.json"]
    )


# ---- whole, or not at all


def test_a_folder_that_holds_something_is_refused_and_stays(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(ExportError, match="not empty; name another folder, or say --force"):
        dumped(tmp_path)
    assert contents(tmp_path) == {"notes.txt": b"mine"}


def test_force_takes_away_a_former_dump_and_nothing_else(tmp_path: Path) -> None:
    dumped(tmp_path, size=100)
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    dumped(tmp_path, compress="none", force=True)
    assert sorted(contents(tmp_path)) == ["manifest.json", "notes.txt", "part-00000.nq"]
    assert set(quads_of(tmp_path)) == QUADS


def test_force_leaves_a_manifest_that_is_none_of_kg(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text('{"name": "a web page"}', encoding="utf-8")
    with pytest.raises(ExportError, match=r"manifest\.json' is none of a dump"):
        dumped(tmp_path, force=True)
    assert contents(tmp_path) == {"manifest.json": b'{"name": "a web page"}'}


class Failing(StoreReader):
    """A reader that fails before its end."""

    def quads(self) -> Iterator[Quad]:
        yield from sorted(ALL, key=str)[:500]
        raise ExportError("the server went away")


def failing() -> Failing:
    return Failing(memory_reader([])._store, Path("memory"))


def test_an_error_on_the_way_leaves_the_former_dump_and_no_litter(tmp_path: Path) -> None:
    dumped(tmp_path, size=100)
    before = contents(tmp_path)
    with pytest.raises(ExportError, match="went away"):
        dumped(tmp_path, failing(), size=100, force=True)
    assert contents(tmp_path) == before


CRASH = """
import os, sys
from pathlib import Path
import kg.dumping
from tests.examples import known_quads, BASE
from kg.store import memory_reader

if sys.argv[2] == "writing":
    kg.dumping._to_disk = lambda file, once=[]: os._exit(9) if once else once.append(file)
else:
    replace = Path.replace
    Path.replace = lambda path, to: os._exit(9) if "00002" in path.name else replace(path, to)
options = kg.dumping.Options(size=100, force=True)
kg.dumping.dump(memory_reader(known_quads()), Path(sys.argv[1]), base=BASE, options=options)
"""


@pytest.mark.parametrize("moment", ["writing", "renaming"])
def test_a_dump_that_is_killed_has_no_manifest_and_may_be_made_again(
    tmp_path: Path, moment: str
) -> None:
    ended = subprocess.run([sys.executable, "-c", CRASH, str(tmp_path), moment], check=False)
    assert ended.returncode == 9
    assert contents(tmp_path)
    assert "manifest.json" not in contents(tmp_path)
    with pytest.raises(ExportError, match="not empty"):
        dumped(tmp_path)
    dumped(tmp_path, force=True)
    assert sorted(contents(tmp_path)) == ["manifest.json", "part-00000.nq.gz"]


def test_a_dump_killed_before_the_end_of_writing_leaves_the_former_one(tmp_path: Path) -> None:
    dumped(tmp_path)
    before = contents(tmp_path)
    subprocess.run([sys.executable, "-c", CRASH, str(tmp_path), "writing"], check=False)
    after = contents(tmp_path)
    assert before.items() <= after.items()
    assert after.keys() - before.keys()  # what was written beside


@pytest.mark.parametrize("name", ["a-file", "a-file/below"])
def test_where_nothing_can_be_written_the_error_says_so(tmp_path: Path, name: str) -> None:
    (tmp_path / "a-file").write_bytes(b"x")
    with pytest.raises(UnwritableError, match="cannot be written"):
        dumped(tmp_path / name)


# ---- memory


class Watched(StoreReader):
    """A reader that tells before each quad how many files are whole."""

    def __init__(self, told: Callable[[int], None]) -> None:
        super().__init__(memory_reader(ALL)._store, Path("memory"))
        self._told = told

    def quads(self) -> Iterator[Quad]:
        for number, quad in enumerate(super().quads()):
            self._told(number)
            yield quad


def test_a_file_is_whole_before_the_quads_of_the_next_are_drawn(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []

    def told(number: int) -> None:
        seen.append((number // 100, len(list(tmp_path.glob(".part-*.new")))))

    dumped(tmp_path, Watched(told), size=100)
    # The quad that says that there is a next file may be drawn before that file is begun.
    assert seen
    assert all(files - whole in {0, 1} for whole, files in seen)


# ---- bulk loaders of others


def test_virtuosos_bulk_loader_reads_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_STORE_USER", "dba")
    monkeypatch.setenv("KG_STORE_PASSWORD", "dba")
    with servers.virtuoso(tmp_path) as server:
        dumped(tmp_path / "dump", size=400)
        servers.bulk_load(tmp_path, "dump", default_graph(BASE))
        with connect(server, BASE) as connection:
            assert servers.booleans_as_words(RemoteReader(connection, BASE).quads()) == QUADS


def test_oxigraphs_bulk_loader_reads_it(tmp_path: Path) -> None:
    dumped(tmp_path / "dump", size=400)
    servers.oxigraph_load(tmp_path, sorted((tmp_path / "dump").glob("part-*")))
    with (
        servers.oxigraph(tmp_path) as server,
        connect(server, BASE) as connection,
    ):
        assert set(RemoteReader(connection, BASE).quads()) == QUADS
