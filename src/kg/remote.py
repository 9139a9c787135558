"""A case's graph on a SPARQL 1.1 server, over its protocols for queries, updates and graphs.

Every request is safe to repeat: the same quads inserted or deleted twice are inserted or
deleted once. So what fails on the way is tried again, and what fails for good is sent again
by the next build, before anything else (see ``pipeline``): nothing is applied twice or by half.

A server must keep the named graphs, which hold what is only said, apart from the default graph.
Some show all graphs together as their default graph. There the default graph has a name of its
own, and every query says that it means that one; a server where even so a statement can be seen
from outside of its graph is refused.
"""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from itertools import batched, chain, groupby
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit
from uuid import uuid4

import requests
from pyoxigraph import (
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Store,
    parse,
    parse_query_results,
    serialize,
)
from requests.auth import AuthBase, HTTPBasicAuth, HTTPDigestAuth

from kg import nquads
from kg.errors import ServerError, ServerUnfitError
from kg.files import writing
from kg.model import Change
from kg.vocabulary import default_graph

if TYPE_CHECKING:
    from pyoxigraph import QuerySolution, QueryTriples

    from kg.model import Term

__all__ = ["RemoteReader", "RemoteWriter", "Server", "connect", "send", "write_down"]

#: So many quads go with one request.
_BATCH = 2000
#: How often a request is tried, and the seconds before the second time, then twice as many.
_TRIES, _WAIT = 5, 0.5
#: Seconds to connect, and between two pieces of an answer.
_PATIENCE = (10.0, 300.0)
#: Answers that may be another the next time.
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
_NOT_THERE = 404
#: The one column of the table that Virtuoso answers an ASK with.
_YES = "__ASK_RETVAL"
_AS_TRIPLES = {"Accept": RdfFormat.N_TRIPLES.media_type}
#: The first line of changes that begin with nothing.
_ANEW = b"anew\n"
_OF_DEFAULT = "{ ?s ?p ?o }"
#: What of a query is no variable, and then the variables.
_TOKEN = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""|'
    r"'''(?:[^'\\]|\\.|'(?!''))*'''|"
    r'"(?:[^"\\\n]|\\.)*"|'
    r"'(?:[^'\\\n]|\\.)*'|"
    r'<[^<>"{}|^`\\\s]*>|'
    r"#[^\n]*|"
    r"\bBOUND\s*\(\s*[?$](?P<bound>\w+)\s*\)|"
    r"[?$](?P<variable>\w+)|"
    r"(?P<columns>\bSELECT\b|\bGROUP\s+BY\b)|(?P<rest>[{}]|\b(?:HAVING|ORDER|LIMIT|OFFSET)\b)|"
    r"(?P<open>\()|(?P<close>\))",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Server:
    """Where a server answers, and how it shows the default graph.

    ``default`` is the IRI of the graph that stands for the default graph, where the server shows
    all graphs together instead of one.
    """

    query: str
    update: str
    graphs: str
    default: str | None = None

    @classmethod
    def at(cls, url: str) -> Server:
        """The server whose queries go to this URL; the others stand beside it by custom.

        >>> Server.at("https://kg.example/query").update
        'https://kg.example/update'
        >>> Server.at("https://kg.example/sparql").update
        'https://kg.example/sparql-auth'
        """
        if url.endswith("/query"):  # Oxigraph, Jena Fuseki's and others' custom
            stem = url.removesuffix("query")
            return cls(url, f"{stem}update", f"{stem}store")
        return cls(url, f"{url}-auth", f"{url}-graph-crud")  # Virtuoso's


@contextmanager
def connect(server: Server, base: str) -> Iterator[Connection]:
    """A connection to a server that keeps the graphs of this base apart.

    The user and password, or a token, are those of the environment: KG_STORE_USER,
    KG_STORE_PASSWORD, KG_STORE_TOKEN.

    Raises:
        ServerError: If it does not answer, or refuses.
        ServerUnfitError: If a statement can be seen from outside of its graph.
    """
    with requests.Session() as session:
        connection = Connection(session, server)
        yield _apart(connection, base)


def bound(sparql: str, substitutions: Mapping[str, Term]) -> str:
    """A query with terms in the place of variables, but for the names of its columns.

    >>> bound("SELECT ?a (STR(?b) AS ?c) WHERE { ?a ?b '?b' }", {"b": NamedNode("urn:x")})
    "SELECT ?a (STR(<urn:x>) AS ?c) WHERE { ?a <urn:x> '?b' }"
    """
    depth = -1  # of brackets where columns are named; less than nought elsewhere

    def replace(match: re.Match[str]) -> str:
        nonlocal depth
        if match["columns"]:
            depth = 0
        elif match["rest"]:
            depth = -1
        elif depth >= 0 and (match["open"] or match["close"]):
            depth += 1 if match["open"] else -1
        elif match["bound"] in substitutions:
            return "true"
        elif match["variable"] in substitutions and depth != 0:
            return str(substitutions[match["variable"]])
        return match[0]

    return _TOKEN.sub(replace, sparql)


class Connection:
    """Requests to one server, tried again where that can help."""

    def __init__(self, session: requests.Session, server: Server) -> None:
        self._session = session
        self.server = server
        self._identify()

    def query(self, sparql: str) -> QuerySolutions | QueryBoolean | QueryTriples:
        """The answer to a query that has no clause FROM.

        Raises:
            ServerError: If there is none, or it is cut off.
        """
        gives_triples = _form(sparql) in {"CONSTRUCT", "DESCRIBE"}
        accept = (RdfFormat.N_TRIPLES if gives_triples else QueryResultsFormat.JSON).media_type
        response = self._send(
            self.server.query, data=self._asked(sparql), headers={"Accept": accept}
        )
        with _whole(self.server.query):
            return _triples(response) if gives_triples else _kept(response.content)

    def stream(self, sparql: str) -> Iterator[QuerySolution]:
        """The solutions of a query as they arrive, for answers that memory need not hold.

        Raises:
            ServerError: If there are none, or they are cut off.
        """
        asked, accept = self._asked(sparql), QueryResultsFormat.JSON.media_type
        response = self._send(
            self.server.query, data=asked, headers={"Accept": accept}, stream=True
        )
        response.raw.decode_content = True
        with _whole(self.server.query), response:
            raw = cast(IO[bytes], response.raw)
            yield from cast(
                QuerySolutions, parse_query_results(raw, format=QueryResultsFormat.JSON)
            )

    def update(self, sparql: str) -> None:
        """Change something, in a way that may be repeated.

        Raises:
            ServerError: If the server refuses.
        """
        kind = {"Content-Type": "application/sparql-update"}
        self._send(self.server.update, data=sparql.encode(), headers=kind)

    def graph(self, name: str) -> Iterator[Quad]:
        """The quads of one named graph, by the graph store protocol; none where there is no such.

        Raises:
            ServerError: If the server refuses, or its answer is cut off.
        """
        asked = {"graph": name}
        response = self._send(self.server.graphs, params=asked, headers=_AS_TRIPLES)
        if response.status_code == _NOT_THERE:
            return
        with _whole(self.server.graphs):
            for triple in _triples(response):
                yield Quad(triple.subject, triple.predicate, triple.object, NamedNode(name))

    def _asked(self, sparql: str) -> dict[str, str]:
        """The query; where all graphs are shown together, which of them is the default graph."""
        default = self.server.default
        return {"query": sparql} | ({"default-graph-uri": default} if default else {})

    def _identify(self) -> None:
        """Send who one is with each request, as the environment says.

        Raises:
            ServerError: If others on the way could read it.
        """
        token, user = os.environ.get("KG_STORE_TOKEN"), os.environ.get("KG_STORE_USER")
        if not token and not user:
            return
        for url in (self.server.query, self.server.update, self.server.graphs):
            if not _is_private(url):
                raise ServerError(url, "others could read the password on the way; use https")
        if token:
            self._session.headers["Authorization"] = f"Bearer {token}"
        elif user:
            self._session.auth = _as_asked(user, os.environ.get("KG_STORE_PASSWORD", ""))

    def _send(
        self,
        url: str,
        *,
        data: bytes | Mapping[str, str] | None = None,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        stream: bool = False,
    ) -> requests.Response:
        """The answer to a request, which is made again where that can help.

        Raises:
            ServerError: If there is none that can be used.
        """
        verb = "GET" if data is None else "POST"
        for number in range(_TRIES):
            if number:
                time.sleep(_WAIT * 2 ** (number - 1))
            try:
                response = self._session.request(
                    verb,
                    url,
                    data=data,
                    params=params,
                    headers=headers,
                    stream=stream,
                    timeout=_PATIENCE,
                )
            except requests.exceptions.InvalidURL as error:
                raise ServerError(url, "it is no URL") from error
            except requests.exceptions.RequestException as error:
                reason = f"it does not answer ({type(error).__name__})"
                continue
            if response.status_code in _PASSING:
                reason = _said(response)
                continue
            if response.ok or (verb == "GET" and response.status_code == _NOT_THERE):
                return response
            raise ServerError(url, _said(response))
        raise ServerError(url, f"{reason}; tried {_TRIES} times")


class RemoteReader:
    """The reading side of a graph on a server; its default graph is not that of all."""

    def __init__(self, connection: Connection, base: str) -> None:
        self._connection = connection
        self._base = base

    def __len__(self) -> int:
        """How many quads."""
        return self._number(_OF_DEFAULT) + self._number(_of_others(self._base))

    def query(
        self, sparql: str, *, substitutions: Mapping[str, Term] | None = None
    ) -> QuerySolutions | QueryBoolean | QueryTriples:
        """Answer a SPARQL 1.1 query; ``substitutions`` binds variables by name, without the ?.

        Raises:
            ServerError: If the server refuses, or its answer is cut off.
        """
        return self._connection.query(bound(sparql, substitutions or {}))

    def quads(self) -> Iterator[Quad]:
        """Every quad of the case, the default graph first, the others in the order of their names.

        Raises:
            ServerError: If the server refuses, or gives fewer than it has.
        """
        yield from self._all("?s ?p ?o", _OF_DEFAULT, "")
        yield from self._all("?g ?s ?p ?o", _of_others(self._base), "ORDER BY ?g")

    def graph(self, name: str) -> Iterator[Quad]:
        """Every quad of one named graph."""
        return self._connection.graph(name)

    def _all(self, columns: str, pattern: str, order: str) -> Iterator[Quad]:
        number = 0
        for found in self._connection.stream(f"SELECT {columns} WHERE {pattern} {order}"):
            graph = found["g"] if "?g" in columns else DefaultGraph()
            yield Quad(found["s"], found["p"], found["o"], graph)
            number += 1
        expected = self._number(pattern)
        if number != expected:  # servers cut long answers off and say nothing
            reason = f"it gave {number} of {expected} quads; raise its limit of rows"
            raise ServerError(self._connection.server.query, reason)

    def _number(self, pattern: str) -> int:
        (row,) = self._connection.stream(f"SELECT (COUNT(*) AS ?n) WHERE {pattern}")
        return int(row["n"].value)


class RemoteWriter:
    """The writing side of a graph on a server."""

    def __init__(self, connection: Connection, base: str) -> None:
        self._connection = connection
        self._base = base

    def change(self, changes: Iterable[Change]) -> None:
        """Make the changes, in their order; making them once more changes nothing.

        Raises:
            ServerError: If the server refuses.
        """
        for comes, run in groupby(changes, key=lambda change: change.comes):
            verb = "INSERT" if comes else "DELETE"
            for batch in batched(chain.from_iterable(change.lines for change in run), _BATCH):
                data = self._data(nquads.quads(batch))
                self._connection.update(f"{verb} DATA {{\n{data}}}")

    def clear(self) -> None:
        """Take away every quad of the case.

        Raises:
            ServerError: If the server refuses.
        """
        graphs = f"SELECT DISTINCT ?g WHERE {_of_others(self._base)}"
        names = [found["g"] for found in self._connection.stream(graphs)]
        for batch in batched(names, _BATCH // 10):
            self._connection.update(";\n".join(f"DROP SILENT GRAPH {name}" for name in batch))
        default = self._connection.server.default
        self._connection.update(f"CLEAR SILENT {f'GRAPH <{default}>' if default else 'DEFAULT'}")

    def _data(self, quads: Iterable[Quad]) -> str:
        """The quads as an update says them."""
        default = self._connection.server.default
        parts = []
        for graph, some in groupby(quads, key=lambda quad: quad.graph_name):
            triples = (
                serialize([quad.triple for quad in some], format=RdfFormat.N_TRIPLES) or b""
            ).decode()
            if graph == DefaultGraph():
                parts.append(f"GRAPH <{default}> {{\n{triples}}}\n" if default else triples)
            else:
                parts.append(f"GRAPH {graph} {{\n{triples}}}\n")
        return "".join(parts)


# What is on its way


def write_down(folder: Path, changes: Iterable[Change], *, anew: bool) -> str:
    """The name of a file in the folder that holds changes to be sent, all of them.

    ``anew`` takes away what the server holds of the case before.

    Raises:
        UnwritableError: If the disk is full, or read-only.
    """
    name = f"outbox-{uuid4().hex}.nq"
    try:
        with writing(folder / name), (folder / name).open("wb") as file:
            file.write(_ANEW if anew else b"")
            for each in changes:
                sign = b"+ " if each.comes else b"- "
                file.writelines(sign + line + b"\n" for line in each.lines)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        with suppress(OSError):
            (folder / name).unlink()
        raise
    return name


def send(
    folder: Path,
    name: str | None,
    writer: RemoteWriter,
    *,
    told: Callable[[int], None] = lambda _: None,
) -> None:
    """Send what was written down under this name, if it was not yet; forget what never counted.

    ``told`` is called with how many changes were sent.

    Raises:
        ServerError: If the server refuses; the rest is sent by the next build.
    """
    for path in folder.glob("outbox-*.nq"):
        if path.name != name:
            path.unlink()  # its build was cut short before it counted
            continue
        with path.open("rb") as file:
            if file.readline() == _ANEW:
                writer.clear()
            else:
                file.seek(0)
            writer.change(_read(file, told))
        path.unlink()


def _read(file: IO[bytes], told: Callable[[int], None]) -> Iterator[Change]:
    sent = 0
    for batch in batched(file, _BATCH):
        for comes, run in groupby(batch, key=lambda line: line.startswith(b"+")):
            yield Change(comes, [line[2:].rstrip(b"\n") for line in run])
        sent += len(batch)
        told(sent)


def _of_others(base: str) -> str:
    """The quads of the named graphs of a case, and of no other on the server."""
    beginning, default = Literal(base), NamedNode(default_graph(base))
    ours = f"STRSTARTS(STR(?g), {beginning}) && ?g != {default}"
    return f"{{ GRAPH ?g {{ ?s ?p ?o }} FILTER({ours}) }}"


def _apart(connection: Connection, base: str) -> Connection:
    """The connection, with a name for the default graph where the server shows all together.

    Raises:
        ServerUnfitError: If a statement can be seen from outside of its graph even so.
    """
    graph, probe = NamedNode(f"{base}graph/probe"), NamedNode(f"{base}graph/probe#it")
    held = f"GRAPH {graph} {{ {probe} a {probe} }}"
    named = replace(connection.server, default=default_graph(base))
    connection.update(f"INSERT DATA {{ {held} }}")
    try:
        for server in (replace(connection.server, default=None), named):
            connection.server = server
            seen = connection.query(f"ASK {{ {probe} a {probe} }}")
            there = connection.query(f"ASK {{ GRAPH ?graph {{ {probe} a {probe} }} }}")
            if not seen and there:
                return connection
    finally:
        connection.update(f"DELETE DATA {{ {held} }}")
    raise ServerUnfitError(connection.server.query)


def _is_private(url: str) -> bool:
    """Whether nobody on the way can read what is sent there.

    >>> _is_private("https://kg.example/query"), _is_private("http://kg.example/query")
    (True, False)
    >>> _is_private("http://127.0.0.1:7878/query")
    True
    """
    parts = urlsplit(url)
    return parts.scheme == "https" or parts.hostname in {"localhost", "127.0.0.1", "::1"}


def _as_asked(user: str, password: str) -> AuthBase:
    """Says who one is in the way that the server asks for, Basic or Digest."""

    class AsAsked(HTTPDigestAuth):
        def handle_401(self, r: requests.Response, **kwargs: Any) -> requests.Response:  # noqa: ANN401
            if "basic" not in r.headers.get("WWW-Authenticate", "").lower():
                answer: requests.Response = super().handle_401(r, **kwargs)  # type: ignore[no-untyped-call]
                return answer
            r.close()
            again = HTTPBasicAuth(user, password)(r.request.copy())
            return r.connection.send(again, **kwargs)

    return AsAsked(user, password)


def _said(response: requests.Response) -> str:
    """What a server said when it refused, in a line."""
    words = " ".join(response.text[:2000].split())[:200]
    return f"it answered {response.status_code} {response.reason}" + (f": {words}" if words else "")


def _form(sparql: str) -> str:
    r"""SELECT, ASK, CONSTRUCT or DESCRIBE.

    >>> _form("# SELECT\nPREFIX ask: <urn:ASK> CONSTRUCT WHERE { ?s ?p ?o }")
    'CONSTRUCT'
    """
    bare = re.sub(r"<[^<>\s]*>|#[^\n]*|[\w-]*:[\w-]*", " ", sparql)
    found = re.search(r"\b(SELECT|ASK|CONSTRUCT|DESCRIBE)\b", bare, re.IGNORECASE)
    return found[1].upper() if found else "SELECT"


def _kept(content: bytes) -> QuerySolutions | QueryBoolean:
    """A whole answer, read to its end so that one that is cut off is known at once."""
    answer = parse_query_results(content, format=QueryResultsFormat.JSON)
    if isinstance(answer, QueryBoolean):
        return answer
    number = sum(1 for _ in answer)
    if [variable.value for variable in answer.variables] == [_YES]:
        boolean = json.dumps({"head": {}, "boolean": number > 0}).encode()
        return parse_query_results(boolean, format=QueryResultsFormat.JSON)
    return parse_query_results(content, format=QueryResultsFormat.JSON)


def _triples(response: requests.Response) -> QueryTriples:
    """The triples of an answer, which are read to their end here: then it is known to be whole."""
    media_type = response.headers.get("Content-Type", "").partition(";")[0].strip()
    form = RdfFormat.from_media_type(media_type) or RdfFormat.N_TRIPLES
    store = Store()
    store.extend(parse(response.content, format=form))
    return store.query("CONSTRUCT WHERE { ?s ?p ?o }")  # type: ignore[return-value]


@contextmanager
def _whole(url: str) -> Iterator[None]:
    try:
        yield
    except (SyntaxError, ValueError) as error:
        raise ServerError(url, f"its answer is cut off or is no RDF ({error})") from error
    except (requests.exceptions.RequestException, OSError) as error:
        raise ServerError(url, f"its answer is cut off ({type(error).__name__})") from error
