"""The answers of a server, which count only when they are whole."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import requests
from pyoxigraph import (
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Store,
    parse,
    parse_query_results,
)

from kg.errors import ServerError

if TYPE_CHECKING:
    from pyoxigraph import QueryTriples

__all__ = ["form", "kept", "said", "triples", "whole"]

#: The one column of the table that Virtuoso answers an ASK with.
_YES = "__ASK_RETVAL"


def said(response: requests.Response) -> str:
    """What a server said when it refused, in a line."""
    words = " ".join(response.text[:2000].split())[:200]
    return f"it answered {response.status_code} {response.reason}" + (f": {words}" if words else "")


def form(sparql: str) -> str:
    r"""SELECT, ASK, CONSTRUCT or DESCRIBE.

    >>> form("# SELECT\nPREFIX ask: <urn:ASK> CONSTRUCT WHERE { ?s ?p ?o }")
    'CONSTRUCT'
    """
    bare = re.sub(r"<[^<>\s]*>|#[^\n]*|[\w-]*:[\w-]*", " ", sparql)
    found = re.search(r"\b(SELECT|ASK|CONSTRUCT|DESCRIBE)\b", bare, re.IGNORECASE)
    return found[1].upper() if found else "SELECT"


def kept(content: bytes) -> QuerySolutions | QueryBoolean:
    """A whole answer, read to its end so that one that is cut off is known at once."""
    answer = parse_query_results(content, format=QueryResultsFormat.JSON)
    if isinstance(answer, QueryBoolean):
        return answer
    number = sum(1 for _ in answer)
    if [variable.value for variable in answer.variables] == [_YES]:
        boolean = json.dumps({"head": {}, "boolean": number > 0}).encode()
        return parse_query_results(boolean, format=QueryResultsFormat.JSON)
    return parse_query_results(content, format=QueryResultsFormat.JSON)


def triples(response: requests.Response) -> QueryTriples:
    """The triples of an answer, which are read to their end here: then it is known to be whole."""
    media_type = response.headers.get("Content-Type", "").partition(";")[0].strip()
    form = RdfFormat.from_media_type(media_type) or RdfFormat.N_TRIPLES
    store = Store()
    store.extend(parse(response.content, format=form))
    return store.query("CONSTRUCT WHERE { ?s ?p ?o }")  # type: ignore[return-value]


@contextmanager
def whole(url: str) -> Iterator[None]:
    """Read an answer inside; what breaks on the way is the server's doing.

    Raises:
        ServerError: If it is cut off, or no RDF.
    """
    try:
        yield
    except (SyntaxError, ValueError) as error:
        raise ServerError(url, f"its answer is cut off or is no RDF ({error})") from error
    except (requests.exceptions.RequestException, OSError) as error:
        raise ServerError(url, f"its answer is cut off ({type(error).__name__})") from error
