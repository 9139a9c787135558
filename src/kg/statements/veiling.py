"""The last step before the store: names that people hid leave every literal and every IRI."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache

from pyoxigraph import Literal, NamedNode, Quad

from kg import nquads
from kg.hiding import Hidden, Veil
from kg.model import Findings
from kg.statements.terms import term
from kg.vocabulary import XSD

__all__ = ["shown", "veiled"]

#: What never says a name: the covering of a short one could only damage it.
_TECHNICAL = frozenset(
    map(
        term,
        (
            "kg:textHash", "kg:fileHash", "kg:method", "kg:settings", "kg:pipeline", "kg:encoding",
            "kg:edtf", "kg:datedBy", "dcterms:format", "dcterms:language", "schema:softwareVersion",
        ),
    )
)  # fmt: skip
#: What is cut from the text, where single places are covered already.
_CUT = frozenset(
    map(
        term,
        (
            "oa:exact", "oa:prefix", "oa:suffix", "kg:content", "kg:speakerWords", "kg:cueWords",
            "kg:addresseeWords", "kg:mediumWords",
        ),
    )
)  # fmt: skip
_TEXTS = frozenset({f"{XSD}string", f"{XSD}anyURI"})


def shown(found: Findings, hidden: Hidden) -> Findings:
    """The findings over the text as it may be shown; its length, and so every offset, stays."""
    if not hidden:
        return found
    document = found.document
    text, veil = hidden.text(document.sha256, document.text), hidden.veil(document.sha256)
    return replace(
        found,
        document=replace(document, text=text),
        entities=tuple(replace(each, name=veil.cover(each.name)) for each in found.entities),
    )


def veiled(said: bytes, hidden: Hidden, base: str, *, veil: Veil, sha256: str = "") -> bytes:
    """N-Quads without what is hidden: with this veil, those of one document with its own.

    The words of single places are covered in all that was not cut from the text.
    """
    if not hidden:
        return said
    quads = nquads.quads(nquads.split(said))
    return nquads.text(_veiled(quads, hidden, base, veil, sha256))


def _veiled(
    quads: Iterable[Quad], hidden: Hidden, base: str, veil: Veil, sha256: str
) -> Iterator[Quad]:
    beyond = veil | hidden.words.get(sha256, Veil())

    @cache
    def node(iri: str) -> NamedNode:
        return NamedNode(hidden.iri(iri, base, sha256))

    for quad in quads:
        subject, predicate, value, graph = quad
        if isinstance(value, NamedNode):
            value = node(value.value)
        elif predicate not in _TECHNICAL and value.datatype.value in _TEXTS:
            covering = veil if predicate in _CUT else beyond
            value = Literal(covering.cover(value.value), datatype=value.datatype)
        if isinstance(subject, NamedNode):
            subject = node(subject.value)
        yield Quad(subject, predicate, value, graph)
