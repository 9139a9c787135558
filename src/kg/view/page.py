"""The page: one HTML file that asks nothing of any other host."""

from __future__ import annotations

import base64
import hashlib
import html
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup

from kg.files import make_folder, replace
from kg.model import Reader
from kg.resources import read_resource
from kg.view.choose import Choice, choose
from kg.view.drawing import KINDS, LOOKS, draw_network
from kg.view.facts import DocumentFact, Quotation, collect, quote
from kg.view.picture import draw
from kg.view.wording import Saying

__all__ = ["Page", "allow", "read_style", "render", "show_sayings"]


#: What a line without words of its own is called in the panel.
_WORDS = {"holds": "says so", "about": "speaks about"}


@dataclass(frozen=True, slots=True)
class Page:
    """A whole page; it shows itself in a notebook."""

    html: str
    title: str = "The graph"

    def write(self, path: str | Path) -> None:
        """Write the page to a file; nobody ever sees half of it.

        Raises:
            UnwritableError: If it cannot be written there.
        """
        target = Path(path)
        make_folder(target.parent)
        replace(target, self.html.encode())

    def _repr_html_(self) -> str:
        # The page runs in a frame of an origin of its own: it cannot reach into the notebook.
        return (
            f'<iframe title="{html.escape(self.title)}" sandbox="allow-scripts" '
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
    return Page(_html(choice, quote(reader, choice.findable.sayings), facts.documents))


def _html(
    choice: Choice, quotations: Mapping[str, Quotation], documents: Mapping[str, DocumentFact]
) -> str:
    picture = choice.picture
    network = draw_network(picture, quotations)
    template = network.templateEnv
    library, style = _library(template, "vis-network.min.js"), _library(template, "vis-network.css")
    panel, script = (read_resource(f"templates/{name}.js") for name in ("panel", "view"))
    counts = Counter(node.kind for node in picture.nodes.values())
    used = {node.look for node in picture.nodes.values()} | {edge.look for edge in picture.edges}
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
        panel=Markup(panel),  # noqa: S704 - the package's own file
        script=Markup(script),  # noqa: S704 - as above
        style=Markup(read_style("view")),  # noqa: S704 - as above
        # Only these scripts may run, whatever a document has smuggled in.
        allowed=allow(library, panel, script),
        shown=_shown(choice, quotations, documents),
        notice=choice.notice,
        kinds={name: (kind, counts[name]) for name, kind in KINDS.items() if counts[name]},
        looks={name: look for name, look in LOOKS.items() if name in used or name != "rejected"},
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


def read_style(name: str) -> str:
    """What all pages look like, and then what this one does."""
    return read_resource("templates/page.css") + read_resource(f"templates/{name}.css")


def allow(*scripts: str) -> str:
    """The part of a page's policy that lets these scripts run, and no other."""
    hashes = (base64.b64encode(hashlib.sha256(script.encode()).digest()) for script in scripts)
    return " ".join(f"'sha256-{digest.decode()}'" for digest in hashes)


# ---- what the panel shows


def _shown(
    choice: Choice, quotations: Mapping[str, Quotation], documents: Mapping[str, DocumentFact]
) -> dict[str, Any]:
    """Everything the panel and the search can show, as JSON: text only, never HTML.

    The lines that are drawn come first: their numbers are those that the picture has for them.
    """
    picture, drawn = choice.findable, set(choice.picture.edges)
    edges = [*choice.picture.edges, *(edge for edge in picture.edges if edge not in drawn)]
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
            for number, edge in enumerate(edges)
        },
        **show_sayings(picture.sayings, quotations, documents),
    }


def show_sayings(
    sayings: Mapping[str, Saying],
    quotations: Mapping[str, Quotation],
    documents: Mapping[str, DocumentFact],
) -> dict[str, Any]:
    """Claims and statements with their sentences, and the documents that these stand in."""
    used = {quotation.document for quotation in quotations.values()}
    return {
        "sayings": {
            saying.id: {
                **asdict(saying),
                "quotation": asdict(quotations[saying.id]) if saying.id in quotations else None,
            }
            for saying in sayings.values()
        },
        "documents": {iri: asdict(fact) for iri, fact in documents.items() if iri in used},
    }
