"""Requests to a SPARQL 1.1 server, which are made again where that can help."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

import requests
from pyoxigraph import (
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    parse_query_results,
)
from requests.auth import AuthBase, HTTPBasicAuth, HTTPDigestAuth

from kg.errors import ServerError
from kg.remote.answers import form, kept, said, triples, whole

if TYPE_CHECKING:
    from pyoxigraph import QuerySolution, QueryTriples

__all__ = ["Connection", "Server"]

#: How often a request is tried, and the seconds before the second time, then twice as many.
_TRIES, _WAIT = 5, 0.5
#: Seconds to connect, and between two pieces of an answer.
_PATIENCE = (10.0, 300.0)
#: Answers that may be another the next time.
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
_NOT_THERE = 404
_AS_TRIPLES = {"Accept": RdfFormat.N_TRIPLES.media_type}


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
        gives_triples = form(sparql) in {"CONSTRUCT", "DESCRIBE"}
        accept = (RdfFormat.N_TRIPLES if gives_triples else QueryResultsFormat.JSON).media_type
        response = self._send(
            self.server.query, data=self._asked(sparql), headers={"Accept": accept}
        )
        with whole(self.server.query):
            return triples(response) if gives_triples else kept(response.content)

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
        with whole(self.server.query), response:
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
        with whole(self.server.graphs):
            for triple in triples(response):
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
                reason = said(response)
                continue
            if response.ok or (verb == "GET" and response.status_code == _NOT_THERE):
                return response
            raise ServerError(url, said(response))
        raise ServerError(url, f"{reason}; tried {_TRIES} times")


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
