"""The page: one HTML file that asks nothing of any other host."""

from __future__ import annotations

import base64
import hashlib
import html
import os
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup

from kg.errors import ViewError
from kg.model import Reader
from kg.resources import read_resource
from kg.view.choose import choose
from kg.view.drawing import KINDS, LOOKS, draw_network
from kg.view.facts import DocumentFact, Quotation, collect, quote
from kg.view.picture import Picture, draw

__all__ = ["Page", "render"]


#: What a line without words of its own is called in the panel.
_WORDS = {"holds": "says so", "about": "speaks about"}


@dataclass(frozen=True, slots=True)
class Page:
    """A whole page; it shows itself in a notebook."""

    html: str

    def write(self, path: str | Path) -> None:
        """Write the page to a file; nobody ever sees half of it.

        Raises:
            ViewError: If it cannot be written there.
        """
        target = Path(path)
        beside = target.with_name(f".{target.name}.{os.getpid()}.new")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            beside.write_text(self.html, encoding="utf-8", newline="\n")
            beside.replace(target)
        except OSError as error:
            raise ViewError(f"{str(target)!r} cannot be written: {error.strerror}") from error
        finally:
            with suppress(OSError):
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
    network = draw_network(picture, quotations)
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
