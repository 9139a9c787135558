"""Loading: the same graph comes back, a damaged dump changes nothing, documents are never lost."""

from __future__ import annotations

import gzip
import hashlib
import json
import shutil
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path

import pytest
from click.testing import CliRunner
from pyoxigraph import Quad, RdfFormat, serialize

from kg import Case, query
from kg.cli import main
from kg.dumping import Options, dump
from kg.errors import LoadedCaseError, LoadError, NoCaseError, ServerError
from kg.export import canonical_hash
from kg.model import Change
from kg.remote import RemoteWriter, Server, connect
from kg.store import memory_reader
from kg.turns import unfinished
from kg.vocabulary import runs_graph
from tests import servers
from tests.examples import BASE, changed, known_quads

QUADS = [quad for quad in known_quads() if runs_graph(BASE) not in str(quad.graph_name)]
HASH = canonical_hash(QUADS, base=BASE)


def dumped(
    folder: Path, quads: Iterable[Quad] = QUADS, *, base: str = BASE, size: int = 400
) -> Path:
    dump(memory_reader(quads), folder, base=base, options=Options(size=size))
    return folder


def lines(quads: Iterable[Quad] = QUADS) -> bytes:
    return serialize(quads, format=RdfFormat.N_QUADS) or b""


@pytest.fixture
def loaded(tmp_path: Path) -> Case:
    """A case that holds the graph of the invented documents."""
    case = Case(tmp_path / "loaded")
    case.load(dumped(tmp_path / "dump"))
    return case


# ---- there and back


def test_a_built_case_comes_back_and_gives_the_same_answers(built: Case, tmp_path: Path) -> None:
    manifest = built.dump(tmp_path / "dump", Options(size=700))
    assert len(manifest.files) > 1
    case = Case(tmp_path / "case")
    assert case.load(tmp_path / "dump") == manifest.quads
    assert case.hash() == built.hash()
    for question in query.questions():
        if not any(parameter.required for parameter in question.parameters):
            assert case.ask(question.name) == built.ask(question.name)
    assert case.query("SELECT ?n { ?p foaf:name ?n } ORDER BY ?n") == built.query(
        "SELECT ?n { ?p foaf:name ?n } ORDER BY ?n"
    )
    assert str(case.view()) == str(built.view())
    case.export(tmp_path / "here.trig", "trig")
    built.export(tmp_path / "there.trig", "trig")
    assert (tmp_path / "here.trig").read_bytes() == (tmp_path / "there.trig").read_bytes()
    case.dump(tmp_path / "again", Options(size=700))
    assert (tmp_path / "again" / "manifest.json").read_bytes() == (
        tmp_path / "dump" / "manifest.json"
    ).read_bytes()


def test_runs_that_were_dumped_are_loaded(built: Case, tmp_path: Path) -> None:
    built.dump(tmp_path / "dump", Options(include_runs=True))
    case = Case(tmp_path / "case")
    case.load(tmp_path / "dump")
    runs = "SELECT * { GRAPH ?g { ?s prov:startedAtTime ?o } }"
    assert case.query(runs) == built.query(runs)
    assert len(case.query(runs)) > 0


def test_a_loaded_case_is_checked_without_its_documents_and_with_them(
    built: Case, tmp_path: Path
) -> None:
    built.dump(tmp_path / "dump")
    case = Case(tmp_path / "case")
    case.load(tmp_path / "dump")
    assert case.check() == built.check() == []
    (case.sources / "other.txt").write_text("Nothing of the kind.\n", encoding="utf-8")
    assert {problem.kind for problem in case.check()} == {"document"}


def test_the_base_of_a_dump_becomes_that_of_a_new_case(tmp_path: Path) -> None:
    base = "https://archive.example/cases/"
    moved = lines().replace(BASE.encode(), base.encode())
    (tmp_path / "moved.nq").write_bytes(moved)
    first = Case(tmp_path / "first")
    (tmp_path / "first").mkdir()
    (tmp_path / "first" / "kg.toml").write_text(f'base = "{base}"\n', encoding="utf-8")
    first = Case(tmp_path / "first")
    first.load(tmp_path / "moved.nq")
    first.dump(tmp_path / "dump")
    case = Case(tmp_path / "case")
    case.load(tmp_path / "dump")
    assert Case(tmp_path / "case").settings.base == case.settings.base == base
    assert case.hash() == first.hash() != HASH


def test_the_base_of_a_case_that_has_one_is_kept_and_the_dump_refused(tmp_path: Path) -> None:
    (tmp_path / "case").mkdir()
    settings = tmp_path / "case" / "kg.toml"
    settings.write_text('language = "en"\n', encoding="utf-8")
    dumped(tmp_path / "dump", [], base="https://archive.example/")
    with pytest.raises(LoadError, match=r"kg\.toml.*'https://archive.example/'"):
        Case(tmp_path / "case").load(tmp_path / "dump")
    assert settings.read_text(encoding="utf-8") == 'language = "en"\n'


def test_a_graph_of_nothing_can_be_loaded(tmp_path: Path) -> None:
    case = Case(tmp_path / "case")
    assert case.load(dumped(tmp_path / "dump", [])) == 0
    assert len(case.query("SELECT * { ?s ?p ?o }")) == 0


@pytest.mark.parametrize("name", ["a.nq", "a.nq.gz", "a.nq.zst"])
def test_files_of_n_quads_are_loaded_straight(tmp_path: Path, name: str) -> None:
    content = lines(QUADS[:900])
    if name.endswith(".gz"):
        content = gzip.compress(content)
    elif name.endswith(".zst"):
        zstandard = pytest.importorskip("zstandard", reason="the extra zstd is not installed")
        content = zstandard.compress(content)
    (tmp_path / name).write_bytes(content)
    (tmp_path / "rest.nq").write_bytes(lines(QUADS[800:]))  # some of them twice
    case = Case(tmp_path / "case")
    assert case.load(tmp_path / name, tmp_path / "rest.nq") == len(set(QUADS))
    assert case.hash() == HASH


def test_what_is_loaded_later_takes_the_place_of_the_earlier_and_leaves_none_of_it(
    loaded: Case, tmp_path: Path
) -> None:
    loaded.load(dumped(tmp_path / "less", QUADS[10:]))
    assert loaded.hash() == canonical_hash(QUADS[10:], base=BASE)
    assert len(list((loaded.folder / ".kg" / "store").glob("generation-*"))) == 1


# ---- what is not as it was dumped


def rewritten(path: Path, change: Callable[[bytes], bytes], *, noted: bool = True) -> None:
    """Change what a packed file of a dump holds; the manifest may be made to agree."""
    path.write_bytes(gzip.compress(change(gzip.decompress(path.read_bytes())), mtime=0))
    if noted:
        manifest = path.parent / "manifest.json"
        said = json.loads(manifest.read_text(encoding="utf-8"))
        (file,) = (each for each in said["files"] if each["name"] == path.name)
        file["sha256"] = hashlib.sha256(path.read_bytes()).hexdigest()
        manifest.write_text(json.dumps(said), encoding="utf-8")


def lose_manifest(folder: Path) -> None:
    (folder / "manifest.json").unlink()


def lose_file(folder: Path) -> None:
    (folder / "part-00001.nq.gz").unlink()


def change_byte(folder: Path) -> None:
    path = folder / "part-00001.nq.gz"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def cut_file(folder: Path) -> None:
    path = folder / "part-00001.nq.gz"
    path.write_bytes(path.read_bytes()[:-20])


def lose_line(folder: Path) -> None:
    rewritten(folder / "part-00001.nq.gz", lambda held: held.split(b"\n", 1)[1])


def break_line(folder: Path) -> None:
    rewritten(folder / "part-00001.nq.gz", lambda held: held.replace(b"<", b"", 1))


def swap(folder: Path) -> None:
    one, other = folder / "part-00000.nq.gz", folder / "part-00001.nq.gz"
    held = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(held)


def break_manifest(folder: Path) -> None:
    (folder / "manifest.json").write_text('{"format": 1}', encoding="utf-8")


def newer_manifest(folder: Path) -> None:
    path = folder / "manifest.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"format": 1', '"format": 2'))


def lead_outside(folder: Path) -> None:
    path = folder / "manifest.json"
    path.write_text(path.read_text(encoding="utf-8").replace("part-00001", "../part-00001"))


def miscount(folder: Path) -> None:
    path = folder / "manifest.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"quads": 400', '"quads": 401', 1))


DAMAGES: list[tuple[Callable[[Path], None], str]] = [
    (lose_manifest, r"it has no manifest\.json.*cut short"),
    (lose_file, r"part-00001\.nq\.gz' cannot be loaded: .*not there"),
    (change_byte, r"part-00001\.nq\.gz' cannot be loaded: .*another sha256"),
    (cut_file, r"part-00001\.nq\.gz' cannot be loaded: .*another sha256"),
    (lose_line, r"part-00001\.nq\.gz' cannot be loaded: it holds 399 quads.* says 400"),
    (break_line, r"part-00001\.nq\.gz' cannot be loaded: it is no N-Quads: .*line 1"),
    (swap, r"part-00000\.nq\.gz' cannot be loaded: .*another sha256"),
    (break_manifest, r"manifest\.json' cannot be loaded: it is no manifest of kg"),
    (newer_manifest, r"manifest\.json' cannot be loaded: it was written by kg 0\."),
    (lead_outside, r"manifest\.json' cannot be loaded: it names '\.\./part-00001\.nq\.gz'"),
    (miscount, r"manifest\.json' cannot be loaded: its numbers of quads do not add up"),
]


@pytest.mark.parametrize(
    ("damage", "message"), DAMAGES, ids=lambda each: getattr(each, "__name__", "")
)
def test_a_damaged_dump_is_refused_with_its_file_and_the_case_stays_what_it_was(
    loaded: Case, tmp_path: Path, damage: Callable[[Path], None], message: str
) -> None:
    folder = dumped(tmp_path / "other", QUADS[10:])
    damage(folder)
    with pytest.raises(LoadError, match=message):
        loaded.load(folder)
    assert loaded.hash() == HASH
    assert len(list((loaded.folder / ".kg" / "store").glob("generation-*"))) == 1
    with pytest.raises(LoadError, match=message):
        Case(tmp_path / "new").load(folder)
    with pytest.raises(NoCaseError):
        Case(tmp_path / "new").hash()


STRAIGHT = {
    "no-quads": (b"this is no quad\n", "it is no N-Quads: .*line 1"),
    "foreign-graph": (
        b'<urn:a> <urn:b> "c" .\n<urn:a> <urn:b> "c" <urn:g> .\n',
        "quad 2 is of the graph 'urn:g', which does not begin with the case's base",
    ),
    "blank": (b'_:a <urn:b> "c" .\n', "quad 1 has a blank node"),
    "blank-graph": (b'<urn:a> <urn:b> "c" _:g .\n', "quad 1 is of a graph that no case has"),
    "default": (
        b'<urn:a> <urn:b> "c" <https://kg.example/graph/default> .\n',
        "quad 1 is of a graph that no case has",
    ),
}


@pytest.mark.parametrize(("content", "message"), STRAIGHT.values(), ids=STRAIGHT)
def test_a_file_that_is_no_graph_of_a_case_is_refused(
    loaded: Case, tmp_path: Path, content: bytes, message: str
) -> None:
    (tmp_path / "a.nq").write_bytes(content)
    with pytest.raises(LoadError, match=rf"a\.nq' cannot be loaded: {message}"):
        loaded.load(tmp_path / "a.nq")
    assert loaded.hash() == HASH


@pytest.mark.parametrize("name", ["a.nq.gz", "a.nq.zst"])
def test_a_packed_file_that_was_cut_between_two_lines_is_refused(tmp_path: Path, name: str) -> None:
    # Whole lines come out of what is left, so that nothing but the packing tells.
    content = lines()
    if name.endswith(".zst"):
        zstandard = pytest.importorskip("zstandard", reason="the extra zstd is not installed")
        packer = zstandard.ZstdCompressor().compressobj()
        flush = zstandard.COMPRESSOBJ_FLUSH_BLOCK
        half = packer.compress(content) + packer.flush(flush)
    else:
        deflater = zlib.compressobj(wbits=31)
        half = deflater.compress(content) + deflater.flush(zlib.Z_SYNC_FLUSH)
    (tmp_path / name).write_bytes(half)
    with pytest.raises(LoadError, match="damaged or cannot be read"):
        Case(tmp_path / "case").load(tmp_path / name)


@pytest.mark.parametrize("name", ["a.txt", "two-folders", "missing"])
def test_what_is_neither_a_dump_nor_n_quads_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.txt").write_bytes(lines())
    folder = dumped(tmp_path / "dump")
    paths = {"a.txt": [tmp_path / "a.txt"], "two-folders": [folder, folder]}
    with pytest.raises(LoadError, match="neither the one folder of a dump nor a file in"):
        Case(tmp_path / "case").load(*paths.get(name, [tmp_path / "missing.nq"]))


# ---- a case is built, or loaded


@pytest.fixture
def own(built: Case, tmp_path: Path) -> Case:
    """A case of its own that was built."""
    shutil.copytree(built.folder, tmp_path / "own")
    return Case(tmp_path / "own")


def test_a_case_that_was_built_takes_in_no_dump(own: Case, built: Case, tmp_path: Path) -> None:
    with pytest.raises(LoadedCaseError, match=r"was built from documents.*--case NEW"):
        own.load(dumped(tmp_path / "dump"))
    assert own.hash() == built.hash()
    assert not own.is_loaded()


@pytest.mark.parametrize("name", ["decisions.csv", "removed.csv"])
def test_a_case_with_decisions_takes_in_no_dump(tmp_path: Path, name: str) -> None:
    case = Case(tmp_path / "case")
    case.folder.mkdir()
    (case.folder / name).write_text("when,who\n", encoding="utf-8")
    with pytest.raises(LoadedCaseError, match=rf"{name}' holds what was decided"):
        case.load(dumped(tmp_path / "dump"))
    assert not (case.folder / ".kg").exists()


def test_nothing_is_built_or_decided_in_a_case_that_was_loaded(
    loaded: Case, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text("Anna Berg met Karl Weiss in Oslo.\n", encoding="utf-8")
    for refused in (
        lambda: loaded.build([tmp_path / "a.txt"]),
        lambda: loaded.decide("different", "Anna Berg", "Karl Weiss", who="Ida Holm"),
        lambda: loaded.correct("rename", "Anna Berg", "Ann Berg", who="Ida Holm"),
        lambda: loaded.remove("hospital.txt", who="Ida Holm"),
    ):
        with pytest.raises(LoadedCaseError, match=r"was loaded.*delete '.*\.kg' to begin anew"):
            refused()
    assert loaded.hash() == HASH
    assert {path.name for path in loaded.folder.iterdir()} == {".kg", "kg.toml", "sources"}
    assert not list(loaded.sources.iterdir())


def test_a_case_that_was_loaded_can_begin_anew(loaded: Case) -> None:
    shutil.rmtree(loaded.folder / ".kg")
    (loaded.sources / "a.txt").write_text("Anna Berg is in Oslo.\n", encoding="utf-8")
    assert len(loaded.build().documents) == 1
    assert not loaded.is_loaded()


# ---- cut short

CRASH = """
import os, sys
from pathlib import Path
import kg.loading, kg.store
from kg import Case

if sys.argv[3] == "reading":
    wrong = kg.loading._wrong
    seen = []
    kg.loading._wrong = lambda quad, base: os._exit(9) if len(seen) > 999 else seen.append(quad)
else:
    kg.store.StoreWriter.switch = lambda writer, name: os._exit(9)
Case(sys.argv[1]).load(sys.argv[2])
"""


@pytest.mark.parametrize("moment", ["reading", "switching"])
def test_a_load_that_is_killed_leaves_the_former_graph_and_may_be_run_again(
    loaded: Case, tmp_path: Path, moment: str
) -> None:
    folder = dumped(tmp_path / "other", QUADS[10:])
    line = [sys.executable, "-c", CRASH, str(loaded.folder), str(folder), moment]
    assert subprocess.run(line, check=False).returncode == 9
    assert loaded.hash() == HASH
    cut_short = unfinished(loaded.folder / ".kg")
    assert cut_short is not None
    said = CliRunner().invoke(main, ["stats", "--case", str(loaded.folder)])
    assert "the last load did not come to its end" in said.stderr
    assert "run kg load again" in said.stderr
    loaded.load(folder)
    assert loaded.hash() == canonical_hash(QUADS[10:], base=BASE)
    assert unfinished(loaded.folder / ".kg") is None


# ---- the command line


def test_dump_and_load_by_the_command_line(built: Case, tmp_path: Path) -> None:
    run = CliRunner().invoke
    made = run(main, ["dump", str(tmp_path / "d"), "--size", "900", "--case", str(built.folder)])
    assert made.exit_code == 0, made.output
    quads = built.dump(tmp_path / "other").quads
    files = -(-quads // 900)
    assert f"{quads} quads in {files} files" in made.stdout
    again = run(main, ["dump", str(tmp_path / "d"), "--case", str(built.folder)])
    assert again.exit_code == 1
    assert "not empty" in again.stderr
    forced = run(
        main, ["dump", str(tmp_path / "d"), "--force", "--json", "--case", str(built.folder)]
    )
    said = json.loads(forced.stdout)
    assert said["quads"] == quads
    assert said["folder"] == (tmp_path / "d").as_posix()
    taken = run(main, ["load", str(tmp_path / "d"), "--json", "--case", str(tmp_path / "case")])
    assert json.loads(taken.stdout) == {"case": (tmp_path / "case").as_posix(), "quads": quads}
    told = run(main, ["check", "--case", str(tmp_path / "case")])
    assert told.exit_code == 0
    assert "only what lies in sources/ was read again" in told.stderr
    for command in ("build", "review"):  # a review asks nothing that it could not write down
        refused = run(main, [command, "--case", str(tmp_path / "case")], input="q")
        assert (refused.exit_code, refused.stdout) == (1, ""), command
        assert "was loaded" in refused.stderr


def test_progress_goes_from_nothing_to_all(built: Case, tmp_path: Path) -> None:
    told: list[tuple[int, int, str]] = []
    built.dump(tmp_path / "d", Options(include_runs=True), progress=lambda *each: told.append(each))
    Case(tmp_path / "case").load(tmp_path / "d", progress=lambda *each: told.append(each))
    assert len(told) > 2
    assert all(0 <= done <= total for done, total, _ in told)
    assert told[-1][0] == told[-1][1]


# ---- a graph on a server


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with servers.oxigraph(tmp_path_factory.mktemp("oxigraph")) as running:
        yield running


@pytest.fixture
def far(server: Server, tmp_path: Path) -> Case:
    """A case with nothing in it whose graph is kept on a server."""
    with connect(server, BASE) as connection:
        RemoteWriter(connection, BASE).clear()
    (tmp_path / "far").mkdir()
    (tmp_path / "far" / "kg.toml").write_text(f'store = "{server.query}"\n', encoding="utf-8")
    return Case(tmp_path / "far")


def test_a_dump_goes_to_a_server_and_comes_back(far: Case, tmp_path: Path) -> None:
    told: list[tuple[int, int, str]] = []
    number = far.load(dumped(tmp_path / "d"), progress=lambda *each: told.append(each))
    assert number == len(set(QUADS))
    assert told[-1][0] == told[-1][1] > 0
    assert far.hash() == HASH
    assert not list((far.folder / ".kg").glob("outbox-*"))
    far.load(dumped(tmp_path / "less", QUADS[10:]))
    assert far.hash() == canonical_hash(QUADS[10:], base=BASE)
    far.dump(tmp_path / "back", Options(size=400))
    here = Case(tmp_path / "here")
    here.load(tmp_path / "back")
    assert here.hash() == far.hash()
    with pytest.raises(LoadedCaseError):
        far.build()


def test_a_damaged_dump_changes_nothing_on_a_server(far: Case, tmp_path: Path) -> None:
    far.load(dumped(tmp_path / "d"))
    for number, (damage, message) in enumerate(DAMAGES):
        folder = dumped(tmp_path / str(number), QUADS[10:])
        damage(folder)
        with pytest.raises(LoadError, match=message):
            far.load(folder)
    assert far.hash() == HASH
    assert not list((far.folder / ".kg").glob("outbox-*"))


def test_what_did_not_reach_a_server_is_said_and_loading_again_makes_it_whole(
    far: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, change = dumped(tmp_path / "d"), RemoteWriter.change

    def half(writer: RemoteWriter, changes: Iterable[Change]) -> None:
        change(writer, islice(changes, 700))
        raise ServerError("http://127.0.0.1/", "it went away")

    with monkeypatch.context() as patch:
        patch.setattr(RemoteWriter, "change", half)
        with pytest.raises(
            ServerError, match="went away; not all of the graph is there, run kg load"
        ):
            far.load(folder)
    assert far.is_loaded()
    with pytest.raises(LoadedCaseError):
        far.build()
    far.load(folder)
    assert far.hash() == HASH
    assert not list((far.folder / ".kg").glob("outbox-*"))


def test_a_graph_of_others_on_a_server_is_not_replaced(
    far: Case, server: Server, tmp_path: Path
) -> None:
    with connect(server, BASE) as connection:
        RemoteWriter(connection, BASE).change(changed(QUADS[:1]))
    with pytest.raises(LoadedCaseError, match="holds a graph of this base that was not loaded"):
        far.load(dumped(tmp_path / "d"))
    assert len(far.query("SELECT * { ?s ?p ?o }")) == 1
