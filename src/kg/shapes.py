"""What is well formed: the graph against SHACL shapes.

SHACL sees no borders between graphs. So that a content graph is judged by itself and yet not
by a call of its own, many are put together as copies in which every node that a graph
describes has a name of that graph's own: no two copies touch.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import batched

import pyshacl
import rdflib
from pyoxigraph import NamedNode, Quad
from rdflib.namespace import SH

from kg.rdflib_exchange import triples_to_rdflib

__all__ = ["Violation", "violations", "violations_of_each"]

#: Content graphs a call: measured, larger batches are not faster a graph and need more memory.
BATCH = 500

_MARK = "?describes="


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """One shape that one node does not have; ``graph`` is empty for a graph without a name."""

    graph: str
    node: str
    message: str


def violations(quads: Iterable[Quad], shapes: rdflib.Graph) -> list[Violation]:
    """What is wrong with one graph, in a fixed order."""
    return sorted(
        Violation("", node, message) for node, message in _results(triples_to_rdflib(quads), shapes)
    )


def violations_of_each(
    graphs: Iterable[tuple[str, list[Quad]]], shapes: rdflib.Graph
) -> Iterator[Violation]:
    """What is wrong with each of many graphs, as if each were judged by itself."""
    for batch in batched(graphs, BATCH):
        copies = triples_to_rdflib(copy for name, quads in batch for copy in _apart(name, quads))
        found = []
        for node, message in _results(copies, shapes):
            graph, mark, original = node.partition(_MARK)
            own = message.replace(f"{graph}{_MARK}", "")
            found.append(Violation(graph if mark else "", original or node, own))
        yield from sorted(found)


def _apart(name: str, quads: list[Quad]) -> Iterator[Quad]:
    described = {quad.subject for quad in quads}

    def own(node: NamedNode) -> NamedNode:
        return NamedNode(f"{name}{_MARK}{node.value}")

    for quad in quads:
        subject, object_ = quad.subject, quad.object
        yield Quad(
            own(subject) if isinstance(subject, NamedNode) else subject,
            quad.predicate,
            own(object_) if isinstance(object_, NamedNode) and object_ in described else object_,
        )


def _results(data: rdflib.Graph, shapes: rdflib.Graph) -> Iterator[tuple[str, str]]:
    conforms, report, _ = pyshacl.validate(data, shacl_graph=shapes, inplace=True)
    if conforms:
        return
    for result in report.objects(None, SH.result):
        node = report.value(result, SH.focusNode)
        path = report.value(result, SH.resultPath)
        messages = sorted(str(each) for each in report.objects(result, SH.resultMessage))
        said = "; ".join(messages) or "does not have its shape"
        yield str(node), f"{path}: {said}" if isinstance(path, rdflib.URIRef) else said
