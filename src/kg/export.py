"""The graph as a file that other programs read."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable
from itertools import groupby
from pathlib import Path
from typing import Any, BinaryIO

from pyoxigraph import (
    CanonicalizationAlgorithm,
    Dataset,
    DefaultGraph,
    Literal,
    Quad,
    RdfFormat,
    serialize,
)
from rdflib.plugins.serializers.jsonld import from_rdf
from rdflib.plugins.shared.jsonld.context import Context

from kg.errors import ExportError, UnknownFormatError
from kg.files import replace
from kg.model import Reader
from kg.rdflib_exchange import triples_to_rdflib
from kg.resources import read_resource
from kg.vocabulary import PREFIXES, is_runs_graph, runs_graph

__all__ = ["FORMATS", "canonical_hash", "write"]

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write(
    reader: Reader,
    target: Path | BinaryIO,
    format: str,  # noqa: A002 - the command line's word
    *,
    include_runs: bool = False,
) -> int:
    """Write the graph; how many quads were written.

    ``trig``, ``n-quads`` and ``json-ld`` hold everything, except the runs graph unless it is
    asked for. ``turtle``, ``n-triples`` and ``rdf-xml`` know no named graphs: they hold the
    default graph only, that is the meta description and the accepted view, and not what is
    denied or merely alleged. Equal graphs give equal bytes. A file appears whole or not at all.

    Raises:
        UnknownFormatError: If there is no such format.
        ExportError: If the format cannot hold a character of the graph.
        UnwritableError: If the file cannot be written.
    """
    if format not in FORMATS:
        raise UnknownFormatError(format, FORMATS)
    named, serialized = FORMATS[format]
    quads = sorted(
        (
            quad
            for quad in reader.quads()
            if isinstance(quad.graph_name, DefaultGraph)
            or (named and (include_runs or not is_runs_graph(str(quad.graph_name.value))))
        ),
        key=_place,
    )
    data = serialized(quads)
    if isinstance(target, Path):
        replace(target, data)
    else:
        target.write(data)
    return len(quads)


def canonical_hash(quads: Iterable[Quad], *, base: str) -> str:
    """The SHA-256 of the canonical N-Quads (RDFC-1.0), the runs graph of the case left out.

    >>> canonical_hash([], base="https://kg.example/")[:8]
    'e3b0c442'
    """
    runs = runs_graph(base)
    dataset = Dataset(quad for quad in quads if _name(quad) != runs)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    lines = sorted(f"{quad} .\n" for quad in dataset)
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def _name(quad: Quad) -> str:
    return "" if isinstance(quad.graph_name, DefaultGraph) else str(quad.graph_name.value)


def _place(quad: Quad) -> tuple[str, str, str, str]:
    """The default graph first, then by graph, subject, predicate, object."""
    return _name(quad), str(quad.subject), str(quad.predicate), str(quad.object)


def _oxigraph(format_: RdfFormat) -> Callable[[list[Quad]], bytes]:
    def serialized(quads: list[Quad]) -> bytes:
        statements = quads if format_.supports_datasets else [quad.triple for quad in quads]
        data = serialize(statements, format=format_, prefixes=PREFIXES) or b""
        return _with_sorted_prefixes(data)

    return serialized


def _with_sorted_prefixes(data: bytes) -> bytes:
    # pyoxigraph keeps prefixes in a hash table, whose order differs from run to run.
    head: list[bytes] = []
    rest = data
    while rest.startswith(b"@prefix "):
        line, _, rest = rest.partition(b"\n")
        head.append(line + b"\n")
    return b"".join(sorted(head)) + rest


def _rdf_xml(quads: list[Quad]) -> bytes:
    for quad in quads:
        if isinstance(quad.object, Literal) and (bad := _NOT_XML.search(quad.object.value)):
            raise ExportError(
                f"rdf-xml cannot hold the character {bad[0]!r} of {quad.subject!s}; "
                "export as turtle"
            )
    # pyoxigraph writes a carriage return as it is, which every XML reader turns into a line feed.
    return _oxigraph(RdfFormat.RDF_XML)(quads).replace(b"\r", b"&#13;")


def _json_ld(quads: list[Quad]) -> bytes:
    known = json.loads(read_resource("ontology/context.jsonld"))["@context"]
    context = Context(known)
    nodes: list[dict[str, Any]] = []
    for name, graph in groupby(quads, key=_name):
        described = _nodes(list(graph), context)
        nodes += [{"@id": name, "@graph": described}] if name else described
    document = {"@context": known, "@graph": nodes}
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _nodes(quads: list[Quad], context: Context) -> list[dict[str, Any]]:
    # Graph by graph: given a whole dataset, rdflib writes its default graph as a named one.
    written = from_rdf(triples_to_rdflib(quads), context)  # type: ignore[no-untyped-call]
    del written["@context"]
    graph = context.get_key("@graph")
    nodes = written.get(graph, [written])
    return sorted((_sorted(node) for node in nodes), key=_text)


def _sorted(value: Any) -> Any:  # noqa: ANN401 - any JSON
    if isinstance(value, dict):
        return {key: _sorted(value[key]) for key in sorted(value)}
    if isinstance(value, list):  # always a set: the context has no @list
        return sorted((_sorted(each) for each in value), key=_text)
    return value


def _text(value: Any) -> str:  # noqa: ANN401 - any JSON
    return json.dumps(value, sort_keys=True)


#: Each format by name: whether it holds named graphs, and what writes it.
FORMATS: dict[str, tuple[bool, Callable[[list[Quad]], bytes]]] = {
    "json-ld": (True, _json_ld),
    "n-quads": (True, _oxigraph(RdfFormat.N_QUADS)),
    "n-triples": (False, _oxigraph(RdfFormat.N_TRIPLES)),
    "rdf-xml": (False, _rdf_xml),
    "trig": (True, _oxigraph(RdfFormat.TRIG)),
    "turtle": (False, _oxigraph(RdfFormat.TURTLE)),
}
