"""The graph in rdflib and back, term by term: lexical forms, graphs and names are kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import rdflib
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID

from kg.model import Reader

if TYPE_CHECKING:
    from pyoxigraph import Triple

    from kg.model import Term

__all__ = ["from_rdflib", "quads_to_rdflib", "to_rdflib", "triples_to_rdflib"]


def to_rdflib(reader: Reader) -> rdflib.Dataset:
    """Everything that a reader holds; the default graph is not the union of the others."""
    return quads_to_rdflib(reader.quads())


def quads_to_rdflib(quads: Iterable[Quad]) -> rdflib.Dataset:
    """These quads in rdflib.

    >>> len(quads_to_rdflib([Quad(NamedNode("urn:a"), NamedNode("urn:b"), Literal("c"))]))
    1
    """
    dataset = rdflib.Dataset(default_union=False)
    graphs: dict[NamedNode | BlankNode | DefaultGraph, rdflib.Graph] = {}
    for quad in quads:
        name = quad.graph_name
        if name not in graphs:
            graphs[name] = dataset.graph(
                DATASET_DEFAULT_GRAPH_ID if isinstance(name, DefaultGraph) else _to_rdflib(name)
            )
        graphs[name].add(
            (_to_rdflib(quad.subject), _to_rdflib(quad.predicate), _to_rdflib(quad.object))
        )
    return dataset


def triples_to_rdflib(statements: Iterable[Quad | Triple]) -> rdflib.Graph:
    """These triples in one rdflib graph, whatever graph they came from.

    >>> len(triples_to_rdflib([Quad(NamedNode("urn:a"), NamedNode("urn:b"), Literal("c"))]))
    1
    """
    graph = rdflib.Graph()
    for each in statements:
        graph.add((_to_rdflib(each.subject), _to_rdflib(each.predicate), _to_rdflib(each.object)))
    return graph


def from_rdflib(dataset: rdflib.Dataset) -> Iterator[Quad]:
    """Everything that a dataset holds.

    >>> quad = Quad(NamedNode("urn:a"), NamedNode("urn:b"), Literal("c"), NamedNode("urn:g"))
    >>> list(from_rdflib(quads_to_rdflib([quad]))) == [quad]
    True
    """
    for subject, predicate, object_, graph in dataset.quads():
        default = graph is None or graph == DATASET_DEFAULT_GRAPH_ID
        yield Quad(
            _node(subject),
            NamedNode(str(predicate)),
            _from_rdflib(object_),
            DefaultGraph() if default else _node(graph),
        )


def _to_rdflib(value: Term | Triple) -> rdflib.term.IdentifiedNode | rdflib.Literal:
    match value:
        case NamedNode():
            return rdflib.URIRef(value.value)
        case BlankNode():
            return rdflib.BNode(value.value)
        case Literal():
            language = value.language
            datatype = None if language else rdflib.URIRef(value.datatype.value)
            if datatype == rdflib.XSD.string:
                datatype = None  # rdflib holds a plain literal and a string for two things
            return rdflib.Literal(value.value, lang=language, datatype=datatype, normalize=False)
        case _:
            raise TypeError(value)


def _node(value: object) -> NamedNode | BlankNode:
    return BlankNode(str(value)) if isinstance(value, rdflib.BNode) else NamedNode(str(value))


def _from_rdflib(value: object) -> NamedNode | BlankNode | Literal:
    if not isinstance(value, rdflib.Literal):
        return _node(value)
    if value.language:
        return Literal(str(value), language=value.language)
    datatype = NamedNode(str(value.datatype)) if value.datatype else None
    return Literal(str(value), datatype=datatype)
