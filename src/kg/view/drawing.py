"""How the picture is drawn: shapes, colours, labels and places, as pyvis takes them."""

from __future__ import annotations

import textwrap
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pyvis.network import Network

from kg.view.facts import Quotation
from kg.view.layout import place
from kg.view.picture import Edge, Node, Picture

__all__ = ["KINDS", "LOOKS", "Kind", "Look", "draw_network"]


@dataclass(frozen=True, slots=True)
class Kind:
    """How things of one kind are drawn; words stand inside a box, else under the shape."""

    word: str
    shape: str
    fill: str
    border: str
    size: int = 0


KINDS = {
    "person": Kind("person", "dot", "#7fb3e6", "#1d5a96", 15),
    "organization": Kind("organisation", "square", "#b9a3e3", "#5b3fa0", 14),
    "group": Kind("group", "hexagon", "#8fd3cf", "#17706b", 15),
    "place": Kind("place", "triangleDown", "#a9cf8f", "#3f6f1f", 14),
    "work": Kind("report, letter or other text", "triangle", "#e6c67f", "#7a5a10", 14),
    "event": Kind("event", "diamond", "#f6a96b", "#9a4a0a", 17),
    "claim": Kind("claim", "box", "#fff7d6", "#8a6d00"),
    "document": Kind("document (own voice)", "star", "#d5d9df", "#4b5563", 16),
}


@dataclass(frozen=True, slots=True)
class Look:
    """How a line is drawn, and what that means."""

    word: str
    color: str
    dashes: tuple[int, int] | None = None


LOOKS = {
    "affirmed": Look("said outright", "#4b5563"),
    "alleged": Look(
        "alleged: only somebody quoted says so, or likely, or possible", "#7b8492", (9, 6)
    ),
    "unreal": Look("planned, demanded or conditional", "#7b8492", (2, 5)),
    "denied": Look("denied", "#c81e1e", (9, 5)),
    "rejected": Look("rejected by a person: read wrongly", "#b6bcc6", (1, 7)),
}

_FONT, _EDGE_FONT = 15, 12
_LINE, _CHARACTER = 18.0, 7.6  # pixels of a line and of a character in the larger font
_WIDTH, _LINES = 26, 4  # characters of a line and lines of a label; the panel has the rest

_OPTIONS: dict[str, Any] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {
        "hover": True,
        "keyboard": {"enabled": True, "bindToWindow": False},
    },
    "nodes": {
        "font": {
            "size": _FONT,
            "color": "#111827",
            "face": "sans-serif",
            "strokeWidth": 4,
            "strokeColor": "#ffffff",
        },
        "borderWidth": 1.5,
        "borderWidthSelected": 3,
    },
    "edges": {
        "font": {
            "size": _EDGE_FONT,
            "color": "#374151",
            "face": "sans-serif",
            "strokeWidth": 4,
            "strokeColor": "#ffffff",
        },
        "arrows": {"to": {"enabled": True, "scaleFactor": 0.5}},
        "selectionWidth": 2,
    },
}


def draw_network(picture: Picture, quotations: Mapping[str, Quotation]) -> Network:
    """The picture as pyvis holds it, every thing in its place; edges are called e0, e1 ..."""
    # Directed, because pyvis drops the second edge between two nodes otherwise.
    network = Network(height="100%", width="100%", directed=True, cdn_resources="in_line")
    network.options = _OPTIONS
    labels = {node.id: _label(node) for node in picture.nodes.values()}
    sizes = {node.id: _size(node, labels[node.id]) for node in picture.nodes.values()}
    places = place(sizes, _pulls(picture, quotations))
    for node in picture.nodes.values():
        x, y = places[node.id]
        if KINDS[node.kind].size:  # its words stand below the shape
            y -= round(sizes[node.id][1] / 2 - KINDS[node.kind].size - 4)
        network.add_node(node.id, labels[node.id], x=x, y=y, **_node_style(node))
    for number, (edge, bend) in enumerate(_bends(picture.edges)):
        style = _edge_style(edge, bend, from_document=picture.nodes[edge.source].kind == "document")
        network.add_edge(edge.source, edge.target, id=f"e{number}", **style)
    return network


def _pulls(
    picture: Picture, quotations: Mapping[str, Quotation]
) -> Iterator[tuple[str, str, float]]:
    """What stands near what, and how hard it is pulled there."""
    for edge in picture.edges:
        # A document is linked to most of what it says: it must not pull all of that into a star.
        weak = picture.nodes[edge.source].kind == "document"
        yield edge.source, edge.target, 0.25 if weak else 1.0
    # The claims of one document stand together, though no line says so.
    for node in picture.nodes.values():
        if node.kind == "claim" and node.id in quotations:
            document = quotations[node.id].document
            if document in picture.nodes:
                yield node.id, document, 0.1


def _label(node: Node) -> str:
    lines = textwrap.wrap(node.names[0], _WIDTH, max_lines=_LINES, placeholder=" …")
    notes = [*node.notes[:2], "(also denied)"] if node.disputed else node.notes[:2]
    return "\n".join(
        [*lines, *(textwrap.shorten(note, _WIDTH + 6, placeholder=" …") for note in notes)]
    )


def _size(node: Node, label: str) -> tuple[float, float]:
    lines = label.split("\n")
    shape = 2 * KINDS[node.kind].size
    width = max(len(line) for line in lines) * _CHARACTER
    return max(width, shape) + 10, len(lines) * _LINE + shape + 8


def _node_style(node: Node) -> dict[str, Any]:
    kind, look = KINDS[node.kind], LOOKS[node.look]
    border = kind.border if node.look == "affirmed" else look.color
    style: dict[str, Any] = {
        "shape": kind.shape,
        "size": kind.size,
        "borderWidth": 1.5 if node.look == "affirmed" else 2.5,
        "color": {
            "background": kind.fill,
            "border": border,
            "highlight": {"background": kind.fill, "border": "#111827"},
            "hover": {"background": kind.fill, "border": "#111827"},
        },
        "shapeProperties": {"borderDashes": list(look.dashes) if look.dashes else False},
        "group_": node.kind,
    }
    if kind.shape == "box":
        style |= {"margin": 7, "font": {"align": "left", "strokeWidth": 0}}
    return style


def _bends(edges: tuple[Edge, ...]) -> Iterator[tuple[Edge, float]]:
    """Each edge, and how far it bends so that edges between the same two do not coincide."""
    between: dict[frozenset[str], int] = defaultdict(int)
    for edge in edges:
        pair = frozenset((edge.source, edge.target))
        yield edge, 0.18 * between[pair]
        between[pair] += 1


def _edge_style(edge: Edge, bend: float, *, from_document: bool) -> dict[str, Any]:
    look = LOOKS[edge.look]
    gold, grey = "#8a6d00", "#c3c9d2"
    color = {
        "says": gold,
        "passes on": gold,
        "told": gold,
        "stands in": gold,
        "about": grey,
    }.get(edge.relation)
    if from_document and edge.relation == "holds" and edge.look == "affirmed":
        color = "#c3c9d2"
    style: dict[str, Any] = {
        "label": "\n".join(textwrap.wrap(edge.label, 22, max_lines=3, placeholder=" …")) or None,
        "width": 2 if edge.look == "denied" else 1.3,
        "color": {"color": color or look.color, "highlight": "#111827", "hover": "#111827"},
        "dashes": list(look.dashes) if look.dashes else False,
        "smooth": {"type": "curvedCW", "roundness": bend} if bend else False,
    }
    return style
