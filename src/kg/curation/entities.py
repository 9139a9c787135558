"""Who is who in the graph, what speaks for it, and where it stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from pyoxigraph import Literal

from kg.curation.rows import Row, anchored, is_iri, select
from kg.curation.values import Entry, Held, Judged, Part, Place, Told
from kg.errors import UnknownEntityError
from kg.model import Anchor, Reader, Span

__all__ = [
    "anchor_of",
    "canonical",
    "entity_at",
    "entry",
    "find",
    "judged",
    "mention",
    "suggestions",
]

#: What the graph calls a class in other words than people.
_KINDS = {"CreativeWork": "document", "ReportedEvent": "event"}

_NAMES = """
SELECT DISTINCT ?asked ?entity ?name {
  ?entity ?called ?name
  VALUES ?called { foaf:name skos:altLabel kg:described }
  FILTER(LCASE(STR(?name)) = LCASE(STR(?asked)))
} ORDER BY ?entity"""

_KNOWN = "SELECT ?entity ?canonical { ?entity kg:identifiedAs ?canonical }"

_CALLED = """
SELECT ?entity ?called ?name ?type ?curated {
  ?entity a ?type
  OPTIONAL { ?entity kg:curated ?curated }
  OPTIONAL { ?entity ?called ?name VALUES ?called { foaf:name skos:altLabel kg:described } }
} ORDER BY ?name"""

_PLACES = """
SELECT ?entity ?local ?file ?published ?start ?end ?words ?before ?after ?sentence {
  ?local kg:identifiedAs ?entity .
  ?passage kg:denotes ?local ; kg:form ?form ; oa:hasSource ?document ;
    oa:hasSelector ?position, ?quote .
  ?position oa:start ?start ; oa:end ?end .
  ?quote oa:exact ?words ; oa:prefix ?before ; oa:suffix ?after .
  ?document kg:file ?file
  OPTIONAL { ?document dcterms:issued ?published }
  OPTIONAL {
    ?passage kg:sentence ?around .
    ?around oa:hasSelector ?whole .
    ?whole oa:exact ?sentence
  }
  FILTER(?form != kind:form-pronoun)
} ORDER BY ?file ?start"""

_ROLES = """
SELECT ?entity ?title ?organization ?status ?start ?end ?file ?published ?curated {
  GRAPH ?statement { ?membership org:member ?entity ; kg:title ?title }
  ?statement kg:polarity kind:polarity-affirmed ; kg:sentence/oa:hasSource ?document .
  ?document kg:file ?file
  OPTIONAL { ?document dcterms:issued ?published }
  OPTIONAL { ?statement kg:curated ?curated }
  OPTIONAL { GRAPH ?statement { ?membership kg:status ?status } }
  OPTIONAL {
    GRAPH ?statement { ?membership org:organization ?body }
    ?body foaf:name ?organization
  }
  OPTIONAL { GRAPH ?statement { ?from kg:start ?first } ?first kg:words ?start }
  OPTIONAL { GRAPH ?statement { ?until kg:end ?last } ?last kg:words ?end }
} ORDER BY ?file ?title ?organization"""

_PARTS = """
SELECT ?entity ?part ?label ?edtf ?file {
  GRAPH ?statement {
    ?taking rdf:value ?entity ; sem:roleType ?part .
    ?event sem:hasActor ?taking ; rdfs:label ?label
  }
  ?statement kg:polarity kind:polarity-affirmed ; kg:sentence/oa:hasSource/kg:file ?file
  OPTIONAL { GRAPH ?statement { ?event sem:hasTime ?time } ?time kg:edtf ?edtf }
} ORDER BY ?edtf ?file ?label ?part"""

_TOLD = """
SELECT ?entity ?statement ?label ?kind ?words ?date ?place ?file
  (GROUP_CONCAT(DISTINCT ?taker; separator=", ") AS ?taking) {
  ?statement kg:about ?entity ; kg:statementKind kind:statement-event ;
    kg:sentence/oa:hasSource/kg:file ?file .
  GRAPH ?statement { ?entity rdfs:label ?label ; sem:eventType ?kind }
  OPTIONAL { GRAPH ?statement { ?entity sem:hasTime ?time } ?time kg:words ?words ; kg:edtf ?date }
  OPTIONAL {
    GRAPH ?statement { ?entity sem:hasPlace ?site }
    ?site foaf:name|kg:described ?place
  }
  OPTIONAL {
    GRAPH ?statement { ?part rdf:value ?who ; sem:roleType ?role }
    ?who foaf:name|kg:described ?called
    BIND(CONCAT(?called, " (", STRAFTER(STR(?role), "#part-"), ")") AS ?taker)
  }
} GROUP BY ?entity ?statement ?label ?kind ?words ?date ?place ?file
ORDER BY ?file ?label ?statement"""

_JUDGED = """
SELECT ?left ?right ?verdict ?by ?reason ?score {
  ?judgement a kg:Judgement ; kg:left ?left ; kg:right ?right ; kg:verdict ?verdict ;
    kg:by ?by ; kg:reason ?reason
  OPTIONAL { ?judgement kg:confidence ?score }
} ORDER BY DESC(?score) ?left ?right"""

_ANCHOR = """
SELECT ?local ?file ?hash ?start ?end ?words ?form {
  ?passage kg:denotes ?local ; kg:form ?form ; oa:hasSource ?document ;
    oa:hasSelector ?position, ?quote .
  ?position oa:start ?start ; oa:end ?end .
  ?quote oa:exact ?words .
  ?document kg:file ?file ; kg:textHash ?hash
} ORDER BY ?start"""

_MENTION = """
SELECT ?passage ?file ?hash ?start ?end ?words {
  ?passage kg:denotes ?local ; oa:hasSource ?document ; oa:hasSelector ?position, ?quote .
  ?position oa:start ?start ; oa:end ?end .
  ?quote oa:exact ?words .
  ?document kg:file ?file ; kg:textHash ?hash
}"""

_AT = """
SELECT ?asked ?start ?end ?local {
  ?passage kg:denotes ?local ; oa:hasSource ?document ; oa:hasSelector ?position .
  ?position oa:start ?start ; oa:end ?end .
  ?document kg:textHash ?hash
  FILTER(STRSTARTS(?hash, ?asked))
}"""


def find(reader: Reader, words: str) -> str:
    """The one entity that is meant: by its IRI, the end of it, or its whole name.

    A document-level IRI means the entity as that document gives it.

    Raises:
        UnknownEntityError: If nothing is called so, or more than one; with what they are.
    """
    if "://" in words and is_iri(words) and list(select(reader, _KNOWN, entity=words)):
        return words
    found = list(select(reader, _NAMES, asked=Literal(words)))
    iris = sorted({row["entity"] for row in found})
    if len(iris) == 1:
        return iris[0]
    raise UnknownEntityError(words, (_shown(entry(reader, iri)) for iri in iris))


def canonical(reader: Reader, iri: str) -> str:
    """What an entity is identified as; itself where the graph does not know it."""
    return next((row["canonical"] for row in select(reader, _KNOWN, entity=iri)), iri)


def entry(reader: Reader, iri: str) -> Entry:
    """What the graph says of an entity; of all that it is one with, where others are."""
    entity = canonical(reader, iri)
    called = list(select(reader, _CALLED, entity=entity))
    names = {row["name"]: row["called"].rpartition("/")[2] for row in called if "name" in row}
    chief = sorted(names, key=lambda name: (names[name] != "name", name))
    types = {row["type"].rpartition("/")[2].rpartition("#")[2] for row in called}
    return Entry(
        iri=entity,
        kind=" and ".join(sorted({_KINDS.get(each, each.lower()) for each in types})),
        name=chief[0] if chief else entity,
        other_names=tuple(chief[1:]),
        roles=tuple(dict.fromkeys(map(_held, select(reader, _ROLES, entity=entity)))),
        places=tuple(map(_place, select(reader, _PLACES, entity=entity))),
        parts=tuple(dict.fromkeys(map(_part, select(reader, _PARTS, entity=entity)))),
        told=tuple(dict.fromkeys(map(_told, select(reader, _TOLD, entity=entity)))),
        named="name" in names.values(),
        curated=next((row["curated"] for row in called if "curated" in row), None),
    )


def judged(reader: Reader) -> tuple[Judged, ...]:
    """The judgements of the graph, the surest suggestions first."""
    return tuple(
        Judged(
            left=row["left"],
            right=row["right"],
            verdict=row["verdict"].rpartition("-")[2],
            by=row["by"],
            reason=row["reason"],
            score=float(row["score"]) if "score" in row else None,
        )
        for row in select(reader, _JUDGED)
    )


def suggestions(reader: Reader) -> tuple[Judged, ...]:
    """The pairs that wait for a person, the likeliest first."""
    return tuple(each for each in judged(reader) if each.verdict == "unsure")


def anchor_of(reader: Reader, local: str) -> Anchor:
    """Where an entity of one document stands: its first name, else its first mention.

    Raises:
        UnknownEntityError: If no document has it.
    """
    rows = list(select(reader, _ANCHOR, local=local))
    named = [row for row in rows if row["form"].endswith("form-name")]
    if not rows:
        raise UnknownEntityError(local, ())
    return anchored(min(named or rows, key=lambda row: int(row["start"])))


def mention(reader: Reader, passage: str) -> Anchor:
    """Where a mention stands, by the IRI of its passage.

    Raises:
        UnknownEntityError: If nothing is mentioned there.
    """
    rows = list(select(reader, _MENTION, passage=passage)) if is_iri(passage) else []
    if not rows:
        raise UnknownEntityError(passage, ())
    return anchored(rows[0])


def entity_at(reader: Reader, anchor: Anchor) -> str | None:
    """The document-level entity that stands where an anchor points; None where none does."""
    rows = select(
        reader,
        _AT,
        asked=Literal(anchor.document[:20]),
        start=Literal(anchor.span.start),
        end=Literal(anchor.span.end),
    )
    found = sorted({row["local"] for row in rows})
    return found[0] if len(found) == 1 else None


def _held(row: Row) -> Held:
    return Held(
        title=row["title"],
        organization=row.get("organization"),
        status=row["status"].rpartition("status-")[2] if "status" in row else None,
        start=row.get("start"),
        end=row.get("end"),
        file=row["file"],
        published=row.get("published"),
        curated=row.get("curated"),
    )


def _part(row: Row) -> Part:
    return Part(
        part=row["part"].partition("#part-")[2].replace("-", " "),
        event=row["label"],
        time=row.get("edtf"),
        file=row["file"],
    )


def _told(row: Row) -> Told:
    words, date = row.get("words"), row.get("date")
    return Told(
        kind=row["kind"].partition("#event-")[2].replace("-", " "),
        label=row["label"],
        time=words if words == date else f"{words} [{date}]",
        place=row.get("place"),
        taking=", ".join(sorted(row["taking"].split(", "))) if row.get("taking") else None,
        file=row["file"],
    )


def _place(row: Row) -> Place:
    context = row.get("sentence", f"… {row['before']}{row['words']}{row['after']} …")
    return Place(
        file=row["file"],
        published=dt.date.fromisoformat(row["published"]) if "published" in row else None,
        span=Span(int(row["start"]), int(row["end"])),
        words=row["words"],
        context=" ".join(context.split()),
        local=row["local"],
    )


def _shown(each: Entry) -> str:
    return f"{each.iri}  {each.name}, in {_few(each.files)}"


def _few(files: Iterable[str]) -> str:
    some = list(files)
    more = f" and {len(some) - 3} more" if len(some) > 3 else ""  # noqa: PLR2004 - a line
    return ", ".join(some[:3]) + more
