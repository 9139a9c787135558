"""The graph of one case on a server: read, changed, and kept apart from what else is there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from itertools import batched, chain, groupby
from typing import TYPE_CHECKING

import requests
from pyoxigraph import (
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QuerySolutions,
    RdfFormat,
    serialize,
)

from kg import nquads
from kg.errors import ServerError, ServerUnfitError
from kg.remote.binding import bound
from kg.remote.connection import Connection, Server
from kg.vocabulary import default_graph

if TYPE_CHECKING:
    from pyoxigraph import QueryTriples

    from kg.model import Change, Term

__all__ = ["RemoteReader", "RemoteWriter", "connect"]

#: So many quads go with one request.
_BATCH = 2000
_OF_DEFAULT = "{ ?s ?p ?o }"


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


def _of_others(base: str) -> str:
    """The quads of the named graphs of a case, and of no other on the server."""
    beginning, default = Literal(base), NamedNode(default_graph(base))
    ours = f"STRSTARTS(STR(?g), {beginning}) && ?g != {default}"
    return f"{{ GRAPH ?g {{ ?s ?p ?o }} FILTER({ours}) }}"
