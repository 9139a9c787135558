"""The page: one HTML file that asks nothing of any other host."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import os
import textwrap
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup
from pyvis.network import Network

from kg.model import Reader
from kg.resources import read_resource
from kg.view.choose import choose
from kg.view.facts import DocumentFact, Quotation, collect, quote
from kg.view.layout import place
from kg.view.picture import Edge, Node, Picture, draw

__all__ = ["Page", "render"]


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
    "alleged": Look("alleged: only somebody quoted says so, or likely, or possible", "#7b8492", (9, 6)),
    "unreal": Look("planned, demanded or conditional", "#7b8492", (2, 5)),
    "denied": Look("denied", "#c81e1e", (9, 5)),
}

_FONT, _EDGE_FONT = 15, 12
_LINE, _CHARACTER = 18.0, 7.6  # pixels of a line and of a character in the larger font
_WIDTH, _LINES = 26, 4  # characters of a line and lines of a label; the panel has the rest

#: What a line without words of its own is called in the panel.
_WORDS = {"holds": "says so", "about": "speaks about"}

_OPTIONS: dict[str, Any] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {
        "hover": True,
        "tooltipDelay": 250,
        "keyboard": {"enabled": True, "bindToWindow": False},
    },
    "nodes": {
        "font": {"size": _FONT, "color": "#111827", "face": "sans-serif", "strokeWidth": 4, "strokeColor": "#ffffff"},
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


@dataclass(frozen=True, slots=True)
class Page:
    """A whole page; it shows itself in a notebook."""

    html: str

    def write(self, path: str | Path) -> None:
        """Write the page to a file; nobody ever sees half of it."""
        target = Path(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        beside = target.with_name(f".{target.name}.{os.getpid()}.new")
        try:
            beside.write_text(self.html, encoding="utf-8", newline="\n")
            beside.replace(target)
        finally:
            beside.unlink(missing_ok=True)

    def _repr_html_(self) -> str:
        # The page runs in a frame of an origin of its own: it cannot reach into the notebook.
        return (
            '<iframe title="The graph" sandbox="allow-scripts" '
            'style="width: 100%; height: 720px; border: 1px solid #ccc" '
            f'srcdoc="{html.escape(self.html)}"></iframe>'
        )


def render(
    reader: Reader, *, around: str | None = None, depth: int = 1, about: str | None = None
) -> Page:
    """The graph as a page, or what stands within some steps of a name or of an event.

    ``around`` is (part of) the name of a person, an organisation, a group or a place; ``about``
    is part of the label of an event. Equal graphs give equal pages.

    Raises:
        NothingToShowError: If nothing has that name.
    """
    facts = collect(reader)
    choice = choose(draw(facts), around=around, depth=depth, about=about)
    quotations = quote(reader, choice.picture.sayings)
    return Page(_html(choice.picture, quotations, facts.documents, choice.notice))


def _html(
    picture: Picture,
    quotations: Mapping[str, Quotation],
    documents: Mapping[str, DocumentFact],
    notice: str,
) -> str:
    network = _network(picture, quotations)
    template = network.templateEnv
    library, style = _library(template, "vis-network.min.js"), _library(template, "vis-network.css")
    script = read_resource("templates/view.js")
    counts = Counter(node.kind for node in picture.nodes.values())
    # pyvis fills a template of its own that links another host; this one takes its place.
    network.templateEnv = Environment(
        loader=DictLoader({"view.html": read_resource("templates/view.html")}),
        autoescape=True,
        undefined=StrictUndefined,
    )
    network.path = "view.html"
    network.templateEnv.globals.update(
        library=Markup(library),  # noqa: S704 - pyvis's own file
        library_style=Markup(style),  # noqa: S704 - as above
        script=Markup(script),  # noqa: S704 - the package's own file
        style=Markup(read_resource("templates/view.css")),  # noqa: S704 - as above
        # Only these two scripts may run, whatever a document has smuggled in.
        allowed=" ".join(_hash(text) for text in (library, script)),
        shown=_shown(picture, quotations, documents),
        notice=notice,
        kinds={name: (kind, counts[name]) for name, kind in KINDS.items() if counts[name]},
        looks=LOOKS,
    )
    return str(network.generate_html())


def _library(environment: Environment, name: str) -> str:
    """A file of vis-network as pyvis ships it, without the link to its source map."""
    loader = environment.loader
    if loader is None:
        raise LookupError(name)
    # pyvis ships two versions, each in a folder of its own.
    path = max(path for path in loader.list_templates() if path.rpartition("/")[2] == name)
    text = loader.get_source(environment, path)[0]
    return "\n".join(line for line in text.split("\n") if "sourceMappingURL" not in line)


def _hash(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


# ---- what pyvis draws


def _network(picture: Picture, quotations: Mapping[str, Quotation]) -> Network:
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
    return "\n".join([*lines, *(textwrap.shorten(note, _WIDTH + 6, placeholder=" …") for note in notes)])


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
    color = {"says": "#8a6d00", "passes on": "#8a6d00", "about": "#c3c9d2"}.get(edge.relation)
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


# ---- what the panel shows


def _shown(
    picture: Picture,
    quotations: Mapping[str, Quotation],
    documents: Mapping[str, DocumentFact],
) -> dict[str, Any]:
    """Everything the panel and the search can show, as JSON: text only, never HTML."""
    used = {quotation.document for quotation in quotations.values()}
    return {
        "things": {
            node.id: {
                "kind": node.kind,
                "word": KINDS[node.kind].word,
                "names": node.names,
                "notes": node.notes,
                "look": node.look,
                "sayings": node.sayings,
            }
            for node in picture.nodes.values()
        },
        "links": {
            f"e{number}": {
                "source": edge.source,
                "target": edge.target,
                "words": edge.label or _WORDS.get(edge.relation, edge.relation),
                "look": edge.look,
                "sayings": edge.sayings,
            }
            for number, edge in enumerate(picture.edges)
        },
        "sayings": {
            saying.id: {
                **asdict(saying),
                "quotation": asdict(quotations[saying.id]) if saying.id in quotations else None,
            }
            for saying in picture.sayings.values()
        },
        "documents": {iri: asdict(fact) for iri, fact in documents.items() if iri in used},
    }
