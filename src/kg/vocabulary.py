"""Namespaces, and how IRIs are minted.

An IRI is a pure function of what it names, so that equal input gives equal IRIs on every
machine. Hashes are the first 20 hexadecimal digits (80 bits) of a SHA-256: among ten
billion things the chance of any two meeting is below one in ten thousand.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from functools import cache

from anyascii import anyascii

from kg.model import Entity, EntityKind, Event, Span

__all__ = [
    "DCTERMS",
    "FOAF",
    "KG",
    "KINDS",
    "OA",
    "ORG",
    "OWL",
    "PREFIXES",
    "PROV",
    "RDF",
    "RDFS",
    "ROOMS_OF_THINGS",
    "SCHEMA",
    "SEM",
    "SKOS",
    "XSD",
    "digest",
    "document_iri",
    "entity_iri",
    "event_iris",
    "is_event_iri",
    "is_runs_graph",
    "kind_iri",
    "mint",
    "passage_iri",
    "runs_graph",
    "slug",
]

KG = "https://w3id.org/kg/ns#"
KINDS = "https://w3id.org/kg/kinds#"
DCTERMS = "http://purl.org/dc/terms/"
FOAF = "http://xmlns.com/foaf/0.1/"
OA = "http://www.w3.org/ns/oa#"
ORG = "http://www.w3.org/ns/org#"
OWL = "http://www.w3.org/2002/07/owl#"
PROV = "http://www.w3.org/ns/prov#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SCHEMA = "https://schema.org/"
SEM = "http://semanticweb.cs.vu.nl/2009/11/sem/"
SKOS = "http://www.w3.org/2004/02/skos/core#"
XSD = "http://www.w3.org/2001/XMLSchema#"

#: The prefixes of every query, export and page.
PREFIXES = {
    "dcterms": DCTERMS,
    "foaf": FOAF,
    "kg": KG,
    "kind": KINDS,
    "oa": OA,
    "org": ORG,
    "owl": OWL,
    "prov": PROV,
    "rdf": RDF,
    "rdfs": RDFS,
    "schema": SCHEMA,
    "sem": SEM,
    "skos": SKOS,
    "xsd": XSD,
}

#: Where the IRIs of entities and events are, of one document's or canonical ones.
ROOMS_OF_THINGS = frozenset({*EntityKind, "work", "event"})


def digest(*parts: object) -> str:
    """The hash of some values, order and types kept: 20 hexadecimal digits.

    >>> digest("a", 1) == digest("a", "1")
    False
    """
    text = json.dumps(parts, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:20]


def slug(words: str) -> str:
    """A readable piece of an IRI in ASCII: at most 60 characters, empty when nothing is left.

    >>> slug("Müller, Jürgen")
    'muller-jurgen'
    """
    return re.sub(r"[^a-z0-9]+", "-", anyascii(words).lower()).strip("-")[:60].strip("-")


def mint(base: str, room: str, key: str, words: str = "") -> str:
    """An IRI in a room of the case: base, room, readable words, key.

    >>> mint("https://kg.example/", "person", "0a1b", "Ada Lovelace")
    'https://kg.example/person/ada-lovelace-0a1b'
    """
    readable = slug(words) if words else ""
    return f"{base}{room}/{readable}-{key}" if readable and key else f"{base}{room}/{readable}{key}"


def document_iri(base: str, sha256: str) -> str:
    """The IRI of a document, by the hash of its text."""
    return mint(base, "document", sha256[:20])


def passage_iri(document: str, span: Span) -> str:
    """The IRI of a passage: its document's with a character range (RFC 5147)."""
    return f"{document}#char={span.start},{span.end}"


def entity_iri(base: str, sha256: str, entity: Entity) -> str:
    """The IRI of an entity as one document gives it, by the place of its first name."""
    anchor = entity.anchor
    # The documents of the case have the room "document" to themselves.
    room = "work" if entity.kind is EntityKind.DOCUMENT else entity.kind
    return mint(base, room, digest(sha256, anchor.start, anchor.end), entity.name)


def event_iris(base: str, sha256: str, events: Iterable[Event]) -> dict[str, str]:
    """The IRI of each event as one document tells of it, by its id; the place of its first trigger.

    What several documents tell of may be one event: ``Identities.canonical`` says so.
    """
    first: dict[str, Event] = {}
    for event in sorted(events, key=lambda event: event.trigger):
        first.setdefault(event.event, event)
    return {
        id_: mint(
            base, "event", digest(sha256, event.trigger.start, event.trigger.end), event.label
        )
        for id_, event in first.items()
    }


def is_event_iri(iri: str) -> bool:
    """Whether an IRI is an event's, of one document or canonical.

    >>> is_event_iri("https://kg.example/event/killing-0a1b")
    True
    """
    return iri.rpartition("/")[0].endswith("/event")


@cache  # there are a few hundred
def kind_iri(scheme: str, name: str) -> str:
    """The concept of kinds.ttl for an event kind, role kind, part, cue, polarity ...

    >>> kind_iri("event", "enforced disappearance")
    'https://w3id.org/kg/kinds#event-enforced-disappearance'
    """
    return f"{KINDS}{scheme}-{slug(name)}"


def runs_graph(base: str) -> str:
    """The graph that holds times and places of runs, left out of every comparison."""
    return f"{base}graph/runs"


def default_graph(base: str) -> str:
    """The graph that stands for the default graph on a server that has none of its own."""
    return f"{base}graph/default"


def is_runs_graph(name: str) -> bool:
    """Whether a graph is the runs graph of some case.

    >>> is_runs_graph(runs_graph("https://kg.example/"))
    True
    """
    return name.endswith("graph/runs")


def prologue(names: Iterable[str] | None = None) -> str:
    """PREFIX lines for SPARQL, all of them or the named ones."""
    chosen = PREFIXES if names is None else {name: PREFIXES[name] for name in names}
    return "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in chosen.items())
