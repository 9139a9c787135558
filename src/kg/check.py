"""Whether the graph still keeps its promises: every anchor holds, nothing is said by nobody."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby, takewhile
from typing import TYPE_CHECKING

import rdflib
from pyoxigraph import DefaultGraph, NamedNode, Quad, QuerySolutions, Triple

from kg.errors import DocumentError
from kg.hiding import is_cover_of
from kg.model import Document, Reader, Span
from kg.resources import read_resource
from kg.shapes import violations, violations_of_each
from kg.vocabulary import DCTERMS, KG, SKOS, is_runs_graph, prologue

if TYPE_CHECKING:
    from kg.model import Term

__all__ = ["Problem", "check"]

#: How much of a passage a message shows.
SHOWN = 60


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is not as it must be.

    ``kind`` is one of document, text, passage, participant, shape, claim, statement, graph,
    accepted, empty. ``subject`` is the IRI of what is wrong, empty for the whole graph;
    ``statements`` are the IRIs of the statements that cannot be relied on because of it.
    """

    kind: str
    subject: str
    statements: tuple[str, ...]
    message: str


def check(
    reader: Reader, reread: Callable[[str], Document] | None, *, shapes: str | None = None
) -> list[Problem]:
    """Everything that is wrong with a graph, documents first; empty when nothing is.

    ``reread`` reads a document again by the name it is known by in the case, and raises
    DocumentError where it cannot; it is None where there are no documents to be read. ``shapes``
    are SHACL shapes in Turtle, those of the ontology when left out.
    """
    known = rdflib.Graph().parse(
        data=read_resource("ontology/shapes.ttl") if shapes is None else shapes, format="turtle"
    )
    return [
        *_emptiness(reader),
        *(_sources(reader, reread) if reread is not None else ()),
        *_participants(reader),
        *_chains(reader),
        *_graphs(reader),
        *_accepted(reader),
        *_shapes(reader, known),
    ]


type _Row = dict[str, str]


def _select(reader: Reader, query: str, **bound: str) -> Iterator[_Row]:
    """Rows by name of variable, unbound ones left out; ``bound`` are IRIs."""
    solutions = reader.query(
        prologue() + query, substitutions={name: NamedNode(iri) for name, iri in bound.items()}
    )
    if not isinstance(solutions, QuerySolutions):
        raise TypeError(query)
    names = [variable.value for variable in solutions.variables]
    for solution in solutions:
        values = ((name, solution[name]) for name in names)
        yield {name: _value(value) for name, value in values if value is not None}


def _value(term: Term | Triple) -> str:
    return str(term) if isinstance(term, Triple) else term.value


def _emptiness(reader: Reader) -> Iterator[Problem]:
    for name in ("Document", "Statement"):
        if not list(_select(reader, f"SELECT ?each {{ ?each a kg:{name} }} LIMIT 1")):
            yield Problem("empty", "", (), f"the graph holds no {name.lower()}; run kg build")


_DOCUMENTS = """
SELECT ?document ?file ?hash {
  ?document a kg:Document
  OPTIONAL { ?document kg:file ?file }
  OPTIONAL { ?document kg:textHash ?hash }
} ORDER BY ?file ?document"""

# Written for speed, measured on 120 documents: plain patterns and OPTIONAL, no paths or UNION.
_PASSAGES = """
SELECT ?document ?passage ?start ?end ?exact ?prefix ?suffix {
  ?passage oa:hasSource ?document
  OPTIONAL {
    ?passage oa:hasSelector ?selector
    OPTIONAL { ?selector oa:start ?start }
    OPTIONAL { ?selector oa:end ?end }
    OPTIONAL { ?selector oa:exact ?exact }
    OPTIONAL { ?selector oa:prefix ?prefix }
    OPTIONAL { ?selector oa:suffix ?suffix }
  }
}"""

_RESTING = """
SELECT ?document ?passage ?node ?stated ?claim {
  ?passage oa:hasSource ?document . ?node %s ?passage
  OPTIONAL { ?node kg:states ?stated }
  OPTIONAL { ?node kg:statedIn ?claim }
}"""


def _documents(reader: Reader) -> list[_Row]:
    return list(_select(reader, _DOCUMENTS))


def _sources(reader: Reader, reread: Callable[[str], Document]) -> Iterator[Problem]:
    for row in _documents(reader):
        iri, file = row["document"], row.get("file", "")
        resting = _resting(reader, iri)
        all_statements = tuple(sorted({each for some in resting.values() for each in some}))
        try:
            document = reread(file)
        except DocumentError as error:
            yield Problem("document", iri, all_statements, f"cannot be read again: {error}")
            continue
        if document.sha256 != row.get("hash"):
            yield Problem(
                "text",
                iri,
                all_statements,
                f"{file!r} is not the text that was read: its hash is {document.sha256}, "
                f"not {row.get('hash')}",
            )
        for problem in sorted(_anchors(reader, iri, file, document.text)):
            _, passage, message = problem
            yield Problem("passage", passage, tuple(sorted(resting.get(passage, ()))), message)


def _resting(reader: Reader, document: str) -> Mapping[str, set[str]]:
    """The statements that rest on each passage of a document, themselves or by their claim."""
    resting: dict[str, set[str]] = defaultdict(set)
    for relation in ("prov:wasDerivedFrom", "kg:sentence"):
        for row in _select(reader, _RESTING % relation, document=document):
            if "claim" in row:
                resting[row["passage"]].add(row["node"])
            if "stated" in row:
                resting[row["passage"]].add(row["stated"])
    return resting


def _anchors(
    reader: Reader, document: str, file: str, text: str
) -> Iterator[tuple[Span, str, str]]:
    anchors: dict[str, _Row] = defaultdict(dict)
    for row in _select(reader, _PASSAGES, document=document):
        anchors[row["passage"]] |= row
    for passage, anchor in anchors.items():
        if not {"start", "end", "exact", "prefix", "suffix"} <= anchor.keys():
            message = f"{file!r}: a passage lacks its position or its quotation"
            yield Span(0, 0), passage, message
            continue
        span = Span(int(anchor["start"]), int(anchor["end"]))
        where = f"{file!r} at characters {span.start} to {span.end}"
        context = anchor["prefix"], anchor["suffix"]
        before, found, after = _around(text, span, *map(len, context))
        if passage != f"{document}#char={span.start},{span.end}":
            yield span, passage, f"{where}: the passage and its position differ"
        if not is_cover_of(anchor["exact"], found):
            message = f"{where} does not say {_short(anchor['exact'])} but {_short(found)}"
            yield span, passage, message
        elif not all(map(is_cover_of, context, (before, after))):
            message = f"{where} says {_short(found)}, but other words stand around it"
            yield span, passage, message


def _around(text: str, span: Span, before: int, after: int) -> tuple[str, str, str]:
    start = max(0, span.start - before)
    return text[start : span.start], span.of(text), text[span.end : span.end + after]


def _short(words: str) -> str:
    return repr(words if len(words) <= SHOWN else words[: SHOWN - 1] + "…")


_SAID = """
SELECT DISTINCT ?document ?statement ?passage ?start ?end {
  ?passage oa:hasSource ?document ; oa:hasSelector ?position .
  ?position oa:start ?start ; oa:end ?end .
  ?statement prov:wasDerivedFrom ?passage ; kg:statedIn ?claim
}"""

_MENTIONED = """
SELECT DISTINCT ?document ?entity ?start ?end {
  ?passage oa:hasSource ?document ; oa:hasSelector ?position ; kg:denotes ?local .
  ?position oa:start ?start ; oa:end ?end .
  ?local kg:identifiedAs ?entity
}"""

_TAKING_PART = "SELECT DISTINCT ?statement ?entity { GRAPH ?statement { ?node ?relation ?entity } }"


def _participants(reader: Reader) -> Iterator[Problem]:
    """Named entities in a content graph that none of the statement's passages names."""
    named = _select(reader, "SELECT ?entity ?name { ?entity foaf:name ?name }")
    names = {row["entity"]: row["name"] for row in named}
    for row in _documents(reader):
        said = _spans(_select(reader, _SAID, document=row["document"]), "statement")
        mentioned = _spans(_select(reader, _MENTIONED, document=row["document"]), "entity")
        for statement in sorted(said):
            parts = {part["entity"] for part in _select(reader, _TAKING_PART, statement=statement)}
            for entity in sorted(parts & names.keys()):
                places = mentioned.get(entity, ())
                if not any(span.overlaps(place) for span in said[statement] for place in places):
                    yield Problem(
                        "participant",
                        entity,
                        (statement,),
                        f"{row.get('file')!r}: {names[entity]!r} is part of a statement "
                        f"whose passages ({_listed(said[statement])}) do not mention it",
                    )


def _spans(rows: Iterable[_Row], key: str) -> dict[str, list[Span]]:
    spans: dict[str, list[Span]] = defaultdict(list)
    for row in rows:
        spans[row[key]].append(Span(int(row["start"]), int(row["end"])))
    return spans


def _listed(spans: Iterable[Span]) -> str:
    return ", ".join(f"{span.start} to {span.end}" for span in sorted(spans))


_LOOSE_CLAIMS = """
SELECT ?claim ?statement {
  ?claim a kg:Claim
  FILTER NOT EXISTS { ?claim kg:within+ ?document . ?document a kg:Document }
  OPTIONAL { ?claim kg:states ?statement }
} ORDER BY ?claim ?statement"""

_UNSAID = """
SELECT ?statement (COUNT(DISTINCT ?claim) AS ?claims) {
  ?statement a kg:Statement
  OPTIONAL { ?claim a kg:Claim ; kg:states ?statement . ?statement kg:statedIn ?claim }
} GROUP BY ?statement HAVING (COUNT(DISTINCT ?claim) != 1) ORDER BY ?statement"""


def _chains(reader: Reader) -> Iterator[Problem]:
    loose = _select(reader, _LOOSE_CLAIMS)
    for claim, rows in groupby(loose, key=lambda row: row["claim"]):
        statements = tuple(row["statement"] for row in rows if "statement" in row)
        yield Problem("claim", claim, statements, "the chain of who says so ends in no document")
    for row in _select(reader, _UNSAID):
        yield Problem(
            "statement",
            row["statement"],
            (row["statement"],),
            f"it must be stated in exactly one claim, and is in {row['claims']}",
        )


#: What a content graph of each kind must hold.
_CONTENTS = {
    "role": "?node a org:Membership",
    "event": "?node a sem:Event",
    "quantity": "?node a kg:Quantity",
}

_STATEMENT_FAULTS = {
    "no graph holds what it says": "FILTER NOT EXISTS { GRAPH ?statement { ?s ?p ?o } }",
    "it rests on no passage": "FILTER NOT EXISTS { ?statement prov:wasDerivedFrom ?passage }",
    "its kind is unknown": (
        "FILTER NOT EXISTS { ?statement kg:statementKind ?kind . FILTER (?kind IN ("
        + ", ".join(f"kind:statement-{kind}" for kind in _CONTENTS)
        + ")) }"
    ),
    **{
        f"its graph holds no {kind}": (
            f"?statement kg:statementKind kind:statement-{kind} "
            f"FILTER EXISTS {{ GRAPH ?statement {{ ?s ?p ?o }} }} "
            f"FILTER NOT EXISTS {{ GRAPH ?statement {{ {pattern} }} }}"
        )
        for kind, pattern in _CONTENTS.items()
    },
}

_UNKNOWN_GRAPHS = """
SELECT DISTINCT ?graph {
  GRAPH ?graph { ?s ?p ?o } FILTER NOT EXISTS { ?graph a kg:Statement }
} ORDER BY ?graph"""


def _graphs(reader: Reader) -> Iterator[Problem]:
    for message, pattern in _STATEMENT_FAULTS.items():
        query = f"SELECT ?statement {{ ?statement a kg:Statement . {pattern} }} ORDER BY ?statement"
        for row in _select(reader, query):
            yield Problem("statement", row["statement"], (row["statement"],), message)
    for row in _select(reader, _UNKNOWN_GRAPHS):
        if not is_runs_graph(row["graph"]):
            yield Problem("graph", row["graph"], (), "a named graph that is no statement")


_CONTENT_LIKE = """
SELECT ?subject ?predicate ?object {
  VALUES ?type { org:Membership sem:Event sem:Role kg:Quantity kg:Interval }
  ?subject a ?type ; ?predicate ?object
  # What is said of a reported event says nothing of whether it happened.
  FILTER(?object != kg:ReportedEvent && ?predicate NOT IN (
    kg:identifiedAs, dcterms:isReplacedBy, kg:described, skos:altLabel
  ))
}"""

#: What is said of a reported event itself, also where an accepted statement says that it happened.
_OF_REPORTED = {
    f"{KG}identifiedAs",
    f"{DCTERMS}isReplacedBy",
    f"{KG}described",
    f"{SKOS}altLabel",
}

_ACCEPTED = """
SELECT ?statement {
  ?statement kg:polarity kind:polarity-affirmed ; kg:certainty kind:certainty-certain ;
    kg:statedIn ?claim .
  ?claim kg:mode kind:mode-own-voice
}"""


_REJECTED = """
SELECT ?statement {
  { ?statement kg:review kind:review-rejected }
  UNION { ?statement kg:statedIn/kg:within*/kg:review kind:review-rejected }
}"""

_REVIEWED = "SELECT ?statement { ?statement kg:review kind:review-accepted }"


def _accepted(reader: Reader) -> Iterator[Problem]:
    """What the default graph asserts though no statement that the policy accepts says it."""
    settings = _select(reader, "SELECT ?settings { ?run kg:settings ?settings }")
    policies = {json.loads(row["settings"]).get("policy") for row in settings}
    everything = "SELECT ?statement { ?statement a kg:Statement }"
    accepted = _select(reader, everything if "all" in policies else _ACCEPTED)
    statements = {row["statement"] for row in accepted}
    statements -= {row["statement"] for row in _select(reader, _REJECTED)}
    if "reviewed" in policies:
        statements &= {row["statement"] for row in _select(reader, _REVIEWED)}
    bare = {tuple(row.values()) for row in _select(reader, _CONTENT_LIKE)}
    bare |= {
        (row["event"], f"{KG}quantity", row["quantity"])
        for row in _select(reader, "SELECT ?event ?quantity { ?event kg:quantity ?quantity }")
    }
    for name, quads in _contents(reader):
        if name in statements:
            bare -= {tuple(_value(term) for term in quad.triple) for quad in quads}
    for subject in sorted({triple[0] for triple in bare}):
        message = "the default graph asserts it, and no accepted statement does"
        yield Problem("accepted", subject, (), message)


def _contents(reader: Reader) -> Iterator[tuple[str, list[Quad]]]:
    """Each content graph with its name."""
    for name, quads in groupby(reader.quads(), key=lambda quad: quad.graph_name):
        if isinstance(name, NamedNode) and not is_runs_graph(name.value):
            yield name.value, list(quads)


def _shapes(reader: Reader, shapes: rdflib.Graph) -> Iterator[Problem]:
    described: set[object] = set()

    def noted() -> Iterator[tuple[str, list[Quad]]]:
        for name, quads in _contents(reader):
            described.update(quad.subject for quad in quads)
            yield name, quads

    for found in violations_of_each(noted(), shapes):
        statements = (found.graph,) if found.graph else ()
        yield Problem("shape", found.node, statements, found.message)
    # The accepted view is a copy of contents that were judged above, one by one.
    meta = [
        quad
        for quad in takewhile(lambda quad: quad.graph_name == DefaultGraph(), reader.quads())
        if quad.subject not in described or _is_of_reported(quad)
    ]
    if not meta:
        yield Problem("empty", "", (), "the graph describes nothing; run kg build")
    for found in violations(meta, shapes):
        yield Problem("shape", found.node, (), found.message)


def _is_of_reported(quad: Quad) -> bool:
    return quad.predicate.value in _OF_REPORTED or quad.object == NamedNode(f"{KG}ReportedEvent")
