"""What is said in the graph, when, and what was left open, to be corrected or answered."""

from __future__ import annotations

from pyoxigraph import Literal

from kg.curation.rows import anchored, select
from kg.curation.values import Moment, Open, Said
from kg.errors import UnknownEntityError
from kg.model import Anchor, Reader, Span

__all__ = ["left_open", "moments", "named_near", "said"]

_SAID = """
SELECT ?asked ?found ?kind ?title ?event_kind ?file ?hash ?start ?end ?whole_start ?whole {
  { ?found a kg:Statement } UNION { ?found kg:content ?content }
  FILTER(STR(?found) = ?asked || STRENDS(STR(?found), CONCAT("/", ?asked)))
  OPTIONAL { ?found kg:statementKind ?kind }
  OPTIONAL { GRAPH ?found { ?membership kg:title ?title } }
  OPTIONAL { GRAPH ?found { ?event sem:eventType ?event_kind } }
  ?found prov:wasDerivedFrom/oa:hasSelector ?position ; kg:sentence ?sentence .
  ?position oa:start ?start ; oa:end ?end .
  ?sentence oa:hasSource ?document ; oa:hasSelector ?quote, ?place .
  ?quote oa:exact ?whole . ?place oa:start ?whole_start .
  ?document kg:file ?file ; kg:textHash ?hash
} ORDER BY ?found ?start ?end"""

_OPEN = """
SELECT ?asked ?open ?what ?reason ?words ?sentence ?file ?hash ?start ?end {
  ?open a kg:Abstention ; kg:leftOpen ?what ; kg:reason ?reason ; prov:wasDerivedFrom ?passage ;
    kg:sentence ?around .
  FILTER(STR(?asked) = "" || STR(?open) = ?asked || STR(?passage) = ?asked
    || STRENDS(STR(?open), CONCAT("/", ?asked)))
  FILTER(?what IN (kind:open-coreference, kind:open-speaker))
  ?passage oa:hasSource ?document ; oa:hasSelector ?position, ?quote .
  ?position oa:start ?start ; oa:end ?end . ?quote oa:exact ?words .
  ?around oa:hasSelector ?whole . ?whole oa:exact ?sentence .
  ?document kg:file ?file ; kg:textHash ?hash
} ORDER BY ?file ?start ?what"""

_NAMED = """
SELECT ?asked ?entity ?name ?start {
  ?passage kg:denotes/kg:identifiedAs ?entity ; oa:hasSource ?document ; oa:hasSelector ?position .
  ?position oa:start ?start .
  ?document kg:textHash ?hash
  FILTER(STRSTARTS(?hash, ?asked))
  ?entity a ?type
  FILTER(?type IN (foaf:Person, org:Organization, foaf:Group))
  { ?entity foaf:name ?name } UNION { ?entity kg:described ?name }
} ORDER BY ?start ?entity"""

_MOMENTS = """
SELECT DISTINCT ?asked ?time ?words ?edtf ?earliest ?latest ?file ?hash ?start ?end {
  { ?time a kg:Time . BIND(?time AS ?of) }
  UNION { GRAPH ?of { ?holding sem:hasTime|kg:start|kg:end ?time } }
  UNION { ?of kg:said ?time }
  FILTER(STR(?of) = ?asked || STRENDS(STR(?of), CONCAT("/", ?asked)))
  ?time kg:words ?words ; kg:edtf ?edtf ; prov:wasDerivedFrom ?passage .
  ?passage oa:hasSource ?document ; oa:hasSelector ?position .
  ?position oa:start ?start ; oa:end ?end .
  ?document kg:file ?file ; kg:textHash ?hash
  OPTIONAL { ?time kg:earliest ?earliest }
  OPTIONAL { ?time kg:latest ?latest }
} ORDER BY ?time"""


def said(reader: Reader, which: str) -> Said:
    """The statement or claim that is meant, by its IRI or the last part of it.

    Raises:
        UnknownEntityError: If there is none.
    """
    found = list(select(reader, _SAID, asked=Literal(which)))
    if not found:
        raise UnknownEntityError(which, ())
    row = found[0]
    passages = sorted({Span(int(row["start"]), int(row["end"])) for row in found})
    span = Span(passages[0].start, max(passage.end for passage in passages))
    before = int(row["whole_start"])
    kind = row.get("kind", "-claim").rpartition("-")[2]
    event = row.get("event_kind", "").partition("#event-")[2].replace("-", " ")
    return Said(
        iri=row["found"],
        kind=kind,
        label=row.get("title", event),
        passages=tuple(passages),
        anchor=Anchor(
            file=row["file"],
            document=row["hash"][:20],
            span=span,
            words=row["whole"][span.start - before : span.end - before],
        ),
    )


def left_open(reader: Reader, which: str = "") -> tuple[Open, ...]:
    """What waits for a person to say whom it means; by the IRI of it or of its words, or all."""
    found: dict[Anchor, Open] = {}
    for row in select(reader, _OPEN, asked=Literal(which)):
        anchor = anchored(row)
        found.setdefault(
            anchor,
            Open(
                iri=row["open"],
                what=row["what"].rpartition("-")[2],
                reason=row["reason"],
                sentence=" ".join(row["sentence"].split()),
                anchor=anchor,
            ),
        )
    return tuple(found.values())


def named_near(reader: Reader, anchor: Anchor) -> list[tuple[str, str]]:
    """Who may be meant by words: those that the document speaks of, the nearest first."""
    near: dict[tuple[str, str], int] = {}
    for row in select(reader, _NAMED, asked=Literal(anchor.document[:20])):
        each = row["entity"], row["name"]
        distance = abs(int(row["start"]) - anchor.span.start)
        near[each] = min(distance, near.get(each, distance))
    return sorted(near, key=lambda each: (near[each], each))


def moments(reader: Reader, which: str) -> tuple[Moment, ...]:
    """The times that are meant: one by its IRI, or those of a statement or claim."""
    return tuple(
        Moment(
            iri=row["time"],
            words=row["words"],
            edtf=row["edtf"],
            earliest=row.get("earliest"),
            latest=row.get("latest"),
            anchor=anchored(row),
        )
        for row in select(reader, _MOMENTS, asked=Literal(which))
    )
