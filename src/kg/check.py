"""Whether the graph still keeps its promises: every anchor holds, nothing is said by nobody."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby, takewhile

import rdflib
from pyoxigraph import DefaultGraph, NamedNode, Quad, QuerySolutions, Triple

from kg.errors import DocumentError
from kg.model import Document, Reader, Span
from kg.resources import read_resource
from kg.shapes import violations, violations_of_each
from kg.vocabulary import is_runs_graph, prologue

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
    reader: Reader, reread: Callable[[str], Document], *, shapes: str | None = None
) -> list[Problem]:
    """Everything that is wrong with a graph, documents first; empty when nothing is.

    ``reread`` reads a document again by the name it is known by in the case, and raises
    DocumentError where it cannot. ``shapes`` are SHACL shapes in Turtle, those of the ontology
    when left out.
    """
    known = rdflib.Graph().parse(
        data=read_resource("ontology/shapes.ttl") if shapes is None else shapes, format="turtle"
    )
    return [
        *_emptiness(reader),
        *_sources(reader, reread),
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
        # A triple has no value of its own, and none of these queries gives one.
        yield {
            name: value.value
            for name, value in values
            if value is not None and not isinstance(value, Triple)
        }


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

_PASSAGES = """
SELECT ?document ?passage ?start ?end ?exact ?prefix ?suffix {
  ?passage oa:hasSource ?document
  OPTIONAL { ?passage oa:hasSelector ?position . ?position oa:start ?start ; oa:end ?end }
  OPTIONAL {
    ?passage oa:hasSelector ?quote .
    ?quote oa:exact ?exact ; oa:prefix ?prefix ; oa:suffix ?suffix
  }
}"""

_RESTING = """
SELECT DISTINCT ?document ?passage ?statement {
  ?passage oa:hasSource ?document
  { ?statement prov:wasDerivedFrom|kg:sentence ?passage ; a kg:Statement }
  UNION
  { ?claim prov:wasDerivedFrom|kg:sentence ?passage ; kg:states ?statement }
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
    for row in _select(reader, _RESTING, document=document):
        resting[row["passage"]].add(row["statement"])
    return resting


def _anchors(
    reader: Reader, document: str, file: str, text: str
) -> Iterator[tuple[Span, str, str]]:
    for row in _select(reader, _PASSAGES, document=document):
        passage = row["passage"]
        if "start" not in row or "exact" not in row:
            message = f"{file!r}: a passage lacks its position or its quotation"
            yield Span(0, 0), passage, message
            continue
        span = Span(int(row["start"]), int(row["end"]))
        where = f"{file!r} at characters {span.start} to {span.end}"
        before, found, after = _around(text, span, len(row["prefix"]), len(row["suffix"]))
        if passage != f"{document}#char={span.start},{span.end}":
            yield span, passage, f"{where}: the passage and its position differ"
        if found != row["exact"]:
            message = f"{where} does not say {_short(row['exact'])} but {_short(found)}"
            yield span, passage, message
        elif (before, after) != (row["prefix"], row["suffix"]):
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
  ?statement prov:wasDerivedFrom ?passage ; a kg:Statement
}"""

_MENTIONED = """
SELECT DISTINCT ?document ?entity ?start ?end {
  ?passage oa:hasSource ?document ; oa:hasSelector ?position ; kg:denotes ?local .
  ?position oa:start ?start ; oa:end ?end .
  ?local kg:identifiedAs ?entity
}"""

_TAKING_PART = """
SELECT DISTINCT ?statement ?entity ?name {
  GRAPH ?statement { ?node ?relation ?entity }
  ?entity foaf:name ?name
}"""


def _participants(reader: Reader) -> Iterator[Problem]:
    """Named entities in a content graph that none of the statement's passages names."""
    for row in _documents(reader):
        said = _spans(_select(reader, _SAID, document=row["document"]), "statement")
        mentioned = _spans(_select(reader, _MENTIONED, document=row["document"]), "entity")
        for statement in sorted(said):
            for part in _select(reader, _TAKING_PART, statement=statement):
                places = mentioned.get(part["entity"], ())
                if not any(span.overlaps(place) for span in said[statement] for place in places):
                    yield Problem(
                        "participant",
                        part["entity"],
                        (statement,),
                        f"{row.get('file')!r}: {part['name']!r} is part of a statement "
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


_BARE = """
SELECT DISTINCT ?subject {
  { VALUES ?type { org:Membership sem:Event sem:Role kg:Quantity kg:Interval } ?subject a ?type }
  UNION
  { ?subject kg:quantity ?quantity }
  ?subject ?predicate ?object
  FILTER NOT EXISTS { GRAPH ?statement { ?subject ?predicate ?object } %s }
} ORDER BY ?subject"""

_ACCEPTED = """
?statement kg:polarity kind:polarity-affirmed ; kg:certainty kind:certainty-certain ;
  kg:statedIn/kg:mode kind:mode-own-voice"""


def _accepted(reader: Reader) -> Iterator[Problem]:
    """What the default graph asserts though no statement that the policy accepts says it."""
    settings = _select(reader, "SELECT ?settings { ?run kg:settings ?settings }")
    policies = {json.loads(row["settings"]).get("policy") for row in settings}
    condition = "?statement a kg:Statement" if "all" in policies else _ACCEPTED
    for row in _select(reader, _BARE % condition):
        message = "the default graph asserts it, and no accepted statement does"
        yield Problem("accepted", row["subject"], (), message)


def _shapes(reader: Reader, shapes: rdflib.Graph) -> Iterator[Problem]:
    described: set[object] = set()

    def contents() -> Iterator[tuple[str, list[Quad]]]:
        for name, quads in groupby(reader.quads(), key=lambda quad: quad.graph_name):
            if isinstance(name, NamedNode) and not is_runs_graph(name.value):
                graph = list(quads)
                described.update(quad.subject for quad in graph)
                yield name.value, graph

    for found in violations_of_each(contents(), shapes):
        statements = (found.graph,) if found.graph else ()
        yield Problem("shape", found.node, statements, found.message)
    # The accepted view is a copy of contents that were judged above, one by one.
    meta = [
        quad
        for quad in takewhile(lambda quad: quad.graph_name == DefaultGraph(), reader.quads())
        if quad.subject not in described
    ]
    if not meta:
        yield Problem("empty", "", (), "the graph describes nothing; run kg build")
    for found in violations(meta, shapes):
        yield Problem("shape", found.node, (), found.message)
