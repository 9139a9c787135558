"""A graph on a server: what is written is there, once, and nothing leaks out of its graph."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from itertools import islice
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, QueryTriples

from kg import Case, query
from kg.errors import ServerError, ServerUnfitError
from kg.model import Change
from kg.remote import RemoteReader, RemoteWriter, Server, connect
from kg.remote.binding import bound
from kg.store import memory_reader
from kg.vocabulary import default_graph
from tests import examples, servers
from tests.examples import changed

BASE = "https://kg.example/"
QUADS = frozenset(examples.known_quads())
OTHERS = Quad(NamedNode("urn:a"), NamedNode("urn:b"), Literal("c"), NamedNode("urn:others"))


@pytest.fixture(scope="module")
def oxigraph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with servers.oxigraph(tmp_path_factory.mktemp("oxigraph")) as server:
        yield server


@pytest.fixture(scope="module")
def virtuoso(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with servers.virtuoso(tmp_path_factory.mktemp("virtuoso")) as server:
        yield server


@pytest.fixture(params=["oxigraph", "virtuoso"])
def server(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Server:
    if request.param == "virtuoso":
        monkeypatch.setenv("KG_STORE_USER", "dba")
        monkeypatch.setenv("KG_STORE_PASSWORD", "dba")
    found: Server = request.getfixturevalue(request.param)
    return found


@contextmanager
def filled(server: Server) -> Iterator[tuple[RemoteReader, RemoteWriter]]:
    with connect(server, BASE) as connection:
        writer = RemoteWriter(connection, BASE)
        writer.clear()
        writer.change(changed(QUADS))
        yield RemoteReader(connection, BASE), writer


def test_what_is_written_is_read_and_writing_it_again_changes_nothing(server: Server) -> None:
    with filled(server) as (reader, writer):
        assert servers.booleans_as_words(reader.quads()) == QUADS
        writer.change(changed(QUADS))
        assert len(reader) == len(QUADS)


def test_what_goes_and_comes_is_as_the_order_says(server: Server) -> None:
    some = sorted(QUADS, key=str)[:40]
    with filled(server) as (reader, writer):
        writer.change([*changed(some, comes=False), *changed(some[:9])])
        assert servers.booleans_as_words(reader.quads()) == QUADS - set(some[9:])


def test_clearing_takes_away_the_case_and_leaves_what_is_not_its_own(server: Server) -> None:
    with filled(server) as (reader, writer):
        writer.change(changed([OTHERS]))
        writer.clear()
        assert len(reader) == 0
        assert list(reader.graph("urn:others")) == [OTHERS]
        assert list(reader.graph("urn:nobody")) == []
        writer.change(changed([OTHERS], comes=False))


def test_one_graph_is_read_by_the_graph_store_protocol(server: Server) -> None:
    name = _first_statement()
    expected = {quad for quad in QUADS if quad.graph_name == NamedNode(name)}
    with filled(server) as (reader, _):
        assert servers.booleans_as_words(reader.graph(name)) == expected


def test_what_is_only_said_is_not_seen_from_outside_of_its_graph(server: Server) -> None:
    inside = next(
        quad
        for quad in QUADS
        if quad.graph_name != DefaultGraph()
        and Quad(quad.subject, quad.predicate, quad.object) not in QUADS
    )
    pattern = f"{inside.subject} {inside.predicate} ?o"
    with filled(server) as (reader, _):
        assert not bool(reader.query(f"ASK {{ {pattern} }}"))
        assert bool(reader.query(f"ASK {{ GRAPH ?g {{ {pattern} }} }}"))
        found = reader.query(f"CONSTRUCT {{ {pattern} }} WHERE {{ GRAPH ?g {{ {pattern} }} }}")
        assert isinstance(found, QueryTriples)
        triples = list(found)
        assert inside.object in {triple.object for triple in triples}


@pytest.mark.parametrize("name", [each.name for each in query.questions()])
def test_the_packaged_questions_have_the_answers_that_they_have_here(
    server: Server, name: str
) -> None:
    here = query.ask(memory_reader(QUADS), name, _needed(name))
    with filled(server) as (reader, _):
        there = query.ask(reader, name, _needed(name))
    assert there.columns == here.columns
    assert len(there.rows) == len(here.rows)
    if server.default is None and "sparql" not in server.query:
        assert there.rows == here.rows  # Virtuoso writes ? for what is no Latin letter


@pytest.mark.parametrize(
    ("name", "parameters"),
    [
        ("roles", {"person": "berg"}),
        ("events", {"from": "2022-01-01", "until": "2022-12-31"}),
        ("said", {"about": "the"}),
        ("who", {"kind": "person"}),
    ],
)
def test_parameters_reach_the_server(
    oxigraph: Server, name: str, parameters: dict[str, str]
) -> None:
    with filled(oxigraph) as (reader, _):
        there = query.ask(reader, name, parameters)
    assert there == query.ask(memory_reader(QUADS), name, parameters)
    assert there.rows


def _needed(name: str) -> dict[str, str]:
    question = next(each for each in query.questions() if each.name == name)
    first = _first_statement()
    return {p.name: first for p in question.parameters if p.required}


def _first_statement() -> str:
    return min(
        quad.graph_name.value
        for quad in QUADS
        if isinstance(quad.graph_name, NamedNode) and "/statement/" in quad.graph_name.value
    )


# What servers do wrong, by one that does it on purpose


class Faulty:
    """A server that gives the answers it was made with, one after the other, then the last."""

    def __init__(self, *answers: tuple[int, str, bytes]) -> None:
        self.requests: list[tuple[str, dict[str, str]]] = []
        faulty, left = self, list(answers)

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                self.rfile.read(int(self.headers["Content-Length"]))
                faulty.requests.append((self.path, dict(self.headers)))
                status, kind, body = left.pop(0) if len(left) > 1 else left[0]
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        self._server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/query"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def end(self) -> None:
        self._server.shutdown()
        self._server.server_close()


JSON = "application/sparql-results+json"
YES, NO = b'{"head":{},"boolean":true}', b'{"head":{},"boolean":false}'
FIT = ((204, "", b""), (200, JSON, NO), (200, JSON, YES), (204, "", b""))


@contextmanager
def faulty(monkeypatch: pytest.MonkeyPatch, *answers: tuple[int, str, bytes]) -> Iterator[Faulty]:
    monkeypatch.setattr("kg.remote.connection._WAIT", 0.001)
    made = Faulty(*answers)
    try:
        yield made
    finally:
        made.end()


def test_a_server_that_is_busy_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    busy = (503, "text/plain", b"busy")
    with (
        faulty(monkeypatch, *FIT, busy, busy, (200, JSON, YES)) as server,
        connect(Server.at(server.url), BASE) as connection,
    ):
        assert bool(RemoteReader(connection, BASE).query("ASK {}"))
    assert len(server.requests) == len(FIT) + 3


def test_a_server_that_refuses_is_named_with_what_it_said(monkeypatch: pytest.MonkeyPatch) -> None:
    refusal = (400, "text/plain", b"no such thing")
    with (
        faulty(monkeypatch, *FIT, refusal) as server,
        connect(Server.at(server.url), BASE) as connection,
        pytest.raises(ServerError, match="400 Bad Request: no such thing"),
    ):
        RemoteReader(connection, BASE).query("ASK {}")


def test_an_answer_that_is_cut_off_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    half = (200, JSON, b'{"head":{"vars":["s"]},"results":{"bindings":[{"s":{"type":"uri"')
    with (
        faulty(monkeypatch, *FIT, half) as server,
        connect(Server.at(server.url), BASE) as connection,
        pytest.raises(ServerError, match="cut off"),
    ):
        RemoteReader(connection, BASE).query("SELECT ?s WHERE { ?s ?p ?o }")


def test_a_server_that_gives_fewer_rows_than_it_has_is_found_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    none = (200, JSON, b'{"head":{"vars":["s","p","o"]},"results":{"bindings":[]}}')
    seven = b'{"head":{"vars":["n"]},"results":{"bindings":[{"n":{"type":"literal","value":"7"}}]}}'
    with (
        faulty(monkeypatch, *FIT, none, (200, JSON, seven)) as server,
        connect(Server.at(server.url), BASE) as connection,
        pytest.raises(ServerError, match="0 of 7"),
    ):
        list(RemoteReader(connection, BASE).quads())


def test_a_server_that_shows_statements_as_facts_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with (
        faulty(monkeypatch, (204, "", b""), (200, JSON, YES)) as server,
        pytest.raises(ServerUnfitError),
        connect(Server.at(server.url), BASE),
    ):
        pytest.fail("it was let pass")


def test_nobody_there_is_an_error_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.remote.connection._WAIT", 0.001)
    server = Server.at("http://127.0.0.1:9/query")
    with pytest.raises(ServerError, match="does not answer"), connect(server, BASE):
        pytest.fail("it answered")


def test_a_password_goes_over_no_open_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_STORE_USER", "anna")
    server = Server.at("http://kg.example/query")
    with pytest.raises(ServerError, match="https"), connect(server, BASE):
        pytest.fail("it was sent")


def test_a_token_is_sent_with_every_request(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_STORE_TOKEN", "secret")
    with faulty(monkeypatch, *FIT) as server, connect(Server.at(server.url), BASE):
        pass
    assert {headers.get("Authorization") for _, headers in server.requests} == {"Bearer secret"}


def test_terms_take_the_place_of_variables_and_of_nothing_else() -> None:
    asked = "SELECT ?x (STR(?x) AS ?y) { # ?x\n ?x <urn:?x> \"?x\", '''?x''' . "
    asked += "?xy ?p $x FILTER(bound( ?x)) } GROUP BY ?x"
    told = bound(asked, {"x": NamedNode("urn:t")})
    assert told == (
        "SELECT ?x (STR(<urn:t>) AS ?y) { # ?x\n <urn:t> <urn:?x> \"?x\", '''?x''' . "
        "?xy ?p <urn:t> FILTER(true) } GROUP BY ?x"
    )


# A case whose graph is kept on a server


@pytest.fixture
def kept(server: Server, tmp_path: Path) -> Case:
    folder = tmp_path / "kept"
    (folder / "sources").mkdir(parents=True)
    text = "Anna Berg, the mayor of Oslo, said that 12 people were killed in Bergen.\n"
    (folder / "sources" / "a.txt").write_text(text, encoding="utf-8")
    (folder / "kg.toml").write_text(f'store = "{server.query}"\n', encoding="utf-8")
    return Case(folder)


def beside(case: Case, folder: Path) -> Case:
    """The same case with its graph on this machine."""
    shutil.copytree(case.sources, folder / "sources")
    here = Case(folder)
    here.build()
    return here


def test_a_case_kept_on_a_server_is_the_one_kept_here(kept: Case, tmp_path: Path) -> None:
    report = kept.build()
    here = beside(kept, tmp_path / "here")
    assert report.quads == here.build().quads
    for question in ("who", "roles", "numbers"):
        assert len(kept.ask(question).rows) == len(here.ask(question).rows) > 0
    (kept.sources / "a.txt").write_text("Karl Weiss met Anna Berg.\n", encoding="utf-8")
    kept.build()
    again = beside(kept, tmp_path / "again")
    assert [row["name"] for row in kept.ask("who")] == [row["name"] for row in again.ask("who")]
    # Virtuoso has graphs of its own, which are no statements.
    own = {"", default_graph(BASE)}
    found = [each for each in kept.check() if each.subject.startswith(BASE)]
    assert {each.subject for each in found} <= own


def test_what_did_not_reach_the_server_is_sent_by_the_next_build(
    kept: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept.build()
    (kept.sources / "b.txt").write_text("Karl Weiss was arrested in Oslo.\n", encoding="utf-8")
    change = RemoteWriter.change

    def half(writer: RemoteWriter, changes: Iterable[Change]) -> None:
        change(writer, islice(changes, 40))
        raise ServerError("http://127.0.0.1/", "it went away")

    with monkeypatch.context() as patch:
        patch.setattr(RemoteWriter, "change", half)
        with pytest.raises(ServerError, match="went away"):
            kept.build()
    assert list((kept.folder / ".kg").glob("outbox-*"))
    (kept.sources / "b.txt").unlink()  # what was half sent must go again, too
    kept.build()
    assert not list((kept.folder / ".kg").glob("outbox-*"))
    assert kept.build().quads == beside(kept, tmp_path / "here").build().quads
