"""RDF terms, and how Python values become them: each value has one lexical form."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import lru_cache

from pyoxigraph import Literal, NamedNode

from kg.vocabulary import PREFIXES, XSD

__all__ = ["Triple", "Value", "iris", "literal", "term", "text", "triples", "uri"]

type Triple = tuple[NamedNode, NamedNode, NamedNode | Literal]
type Value = NamedNode | Literal | str | bool | int | float | dt.date


@lru_cache(maxsize=512)
def term(name: str) -> NamedNode:
    """A term of a known vocabulary, by its prefixed name.

    >>> term("kg:states").value
    'https://w3id.org/kg/ns#states'
    """
    prefix, _, local = name.partition(":")
    return NamedNode(PREFIXES[prefix] + local)


def iris(values: Iterable[str]) -> list[NamedNode]:
    """Nodes with these IRIs."""
    return [NamedNode(value) for value in values]


def uri(value: str | None) -> Literal | None:
    """An address that a document gives, which need not be a well-formed IRI."""
    return None if value is None else Literal(value, datatype=NamedNode(XSD + "anyURI"))


def literal(value: str | bool | int | float | dt.date) -> Literal:
    """A value as a literal: floats as xsd:decimal in its shortest form, moments in whole seconds.

    >>> str(literal(33700.0)), literal(0.5).value, literal(1e21).value, literal(True).value
    ('"33700"^^<http://www.w3.org/2001/XMLSchema#decimal>', '0.5', '1000000000000000000000', 'true')
    """
    match value:
        case str():
            return Literal(value)
        case bool():
            return Literal("true" if value else "false", datatype=NamedNode(XSD + "boolean"))
        case int():
            return Literal(str(value), datatype=NamedNode(XSD + "integer"))
        case float():
            return Literal(_decimal(value), datatype=NamedNode(XSD + "decimal"))
        case dt.datetime():
            # The form that pyoxigraph's store gives back, whatever it was given.
            moment = value.astimezone(dt.UTC).replace(microsecond=0, tzinfo=None)
            return Literal(f"{moment.isoformat()}Z", datatype=NamedNode(XSD + "dateTime"))
        case dt.date():
            return Literal(value.isoformat(), datatype=NamedNode(XSD + "date"))


def _decimal(value: float) -> str:
    # xsd:decimal has no exponent; repr gives the shortest digits that mean this float.
    digits = format(Decimal(repr(value)), "f")
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def triples(
    subject: NamedNode, values: Mapping[str, Value | Iterable[NamedNode] | None]
) -> Iterator[Triple]:
    """What is said of one subject, by prefixed names; None says nothing, a list each of its nodes.

    >>> node = NamedNode("urn:x")
    >>> [str(o) for _, _, o in triples(node, {"kg:words": "5", "kg:of": None})]
    ['"5"']
    """
    for name, value in values.items():
        predicate = term(name)
        match value:
            case None:
                pass
            case NamedNode() | Literal():
                yield subject, predicate, value
            case str() | bool() | int() | float() | dt.date():
                yield subject, predicate, literal(value)
            case _:
                for node in value:
                    yield subject, predicate, node


def text(said: Iterable[Triple], graph: NamedNode | None = None) -> str:
    r"""Triples as N-Quads: of a named graph, or of the default graph, which says what those are.

    They are written here and not by pyoxigraph, which wants quads that take five times as long.

    >>> text([(NamedNode("urn:a"), NamedNode("urn:b"), Literal("c\n"))])
    '<urn:a> <urn:b> "c\\n" .\n'
    """
    end = "." if graph is None else f"{graph} ."
    return "".join(f"{subject} {predicate} {value} {end}\n" for subject, predicate, value in said)
