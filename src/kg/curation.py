"""What the graph shows to a person who decides: who is who, what speaks for it, where it stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, QuerySolutions

from kg.errors import UnknownEntityError
from kg.model import Anchor, Reader, Span
from kg.vocabulary import prologue

__all__ = [
    "Entry",
    "Held",
    "Judged",
    "Moment",
    "Place",
    "Said",
    "Told",
    "anchor_of",
    "canonical",
    "entity_at",
    "entry",
    "find",
    "judged",
    "mention",
    "moments",
    "said",
    "suggestions",
]


@dataclass(frozen=True, slots=True)
class Held:
    """A role that somebody is said to hold, in words."""

    title: str
    organization: str | None
    status: str | None
    start: str | None
    end: str | None
    file: str


@dataclass(frozen=True, slots=True)
class Place:
    """Words of a document that stand for an entity, with what stands around them."""

    file: str
    published: dt.date | None
    span: Span
    words: str
    context: str
    local: str  #: the entity as this document gives it


@dataclass(frozen=True, slots=True)
class Told:
    """What one statement says of an event, in words."""

    kind: str
    label: str
    time: str | None
    place: str | None
    taking: str | None
    file: str


@dataclass(frozen=True, slots=True)
class Entry:
    """All that a person needs to see of an entity to decide."""

    iri: str
    kind: str
    name: str
    other_names: tuple[str, ...]
    roles: tuple[Held, ...]
    places: tuple[Place, ...]
    named: bool = True  #: whether a document or a person gives it a name
    curated: str | None = None  #: what people corrected, in words
    told: tuple[Told, ...] = ()  #: of an event: what each statement says of it

    @property
    def files(self) -> tuple[str, ...]:
        """The documents that speak of it, each once."""
        return tuple(dict.fromkeys(place.file for place in self.places))


@dataclass(frozen=True, slots=True)
class Judged:
    """A judgement of two entities, as the graph has it."""

    left: str
    right: str
    verdict: str
    by: str
    reason: str
    score: float | None


@dataclass(frozen=True, slots=True)
class Said:
    """A statement or claim: which one it is among those in its words, and where it stands."""

    iri: str
    kind: str  #: role, event, quantity or claim
    label: str  #: the title of a role, the kind of an event, else empty
    passages: tuple[Span, ...]
    anchor: Anchor


@dataclass(frozen=True, slots=True)
class Moment:
    """A time as the graph has it."""

    iri: str
    words: str
    edtf: str
    earliest: str | None
    latest: str | None
    anchor: Anchor


#: What the graph calls a class in other words than people.
_KINDS = {"CreativeWork": "document", "ReportedEvent": "event"}

type _Row = dict[str, str]

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
SELECT ?entity ?local ?file ?published ?start ?end ?words ?before ?after {
  ?local kg:identifiedAs ?entity .
  ?passage kg:denotes ?local ; kg:form ?form ; oa:hasSource ?document ;
    oa:hasSelector ?position, ?quote .
  ?position oa:start ?start ; oa:end ?end .
  ?quote oa:exact ?words ; oa:prefix ?before ; oa:suffix ?after .
  ?document kg:file ?file
  OPTIONAL { ?document dcterms:issued ?published }
  FILTER(?form != kind:form-pronoun)
} ORDER BY ?file ?start"""

_ROLES = """
SELECT ?entity ?title ?organization ?status ?start ?end ?file {
  GRAPH ?statement { ?membership org:member ?entity ; kg:title ?title }
  ?statement kg:polarity kind:polarity-affirmed ; kg:sentence/oa:hasSource/kg:file ?file
  OPTIONAL { GRAPH ?statement { ?membership kg:status ?status } }
  OPTIONAL {
    GRAPH ?statement { ?membership org:organization ?body }
    ?body foaf:name ?organization
  }
  OPTIONAL { GRAPH ?statement { ?from kg:start ?first } ?first kg:words ?start }
  OPTIONAL { GRAPH ?statement { ?until kg:end ?last } ?last kg:words ?end }
} ORDER BY ?file ?title ?organization"""

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


def find(reader: Reader, words: str) -> str:
    """The one entity that is meant: by its IRI, the end of it, or its whole name.

    A document-level IRI means the entity as that document gives it.

    Raises:
        UnknownEntityError: If nothing is called so, or more than one; with what they are.
    """
    if "://" in words and _is_iri(words) and list(_select(reader, _KNOWN, entity=words)):
        return words
    found = list(_select(reader, _NAMES, asked=Literal(words)))
    iris = sorted({row["entity"] for row in found})
    if len(iris) == 1:
        return iris[0]
    raise UnknownEntityError(words, (_shown(entry(reader, iri)) for iri in iris))


def canonical(reader: Reader, iri: str) -> str:
    """What an entity is identified as; itself where the graph does not know it."""
    return next((row["canonical"] for row in _select(reader, _KNOWN, entity=iri)), iri)


def entry(reader: Reader, iri: str) -> Entry:
    """What the graph says of an entity; of all that it is one with, where others are."""
    entity = canonical(reader, iri)
    called = list(_select(reader, _CALLED, entity=entity))
    names = {row["name"]: row["called"].rpartition("/")[2] for row in called if "name" in row}
    chief = sorted(names, key=lambda name: (names[name] != "name", name))
    types = {row["type"].rpartition("/")[2].rpartition("#")[2] for row in called}
    return Entry(
        iri=entity,
        kind=" and ".join(sorted({_KINDS.get(each, each.lower()) for each in types})),
        name=chief[0] if chief else entity,
        other_names=tuple(chief[1:]),
        roles=tuple(dict.fromkeys(map(_held, _select(reader, _ROLES, entity=entity)))),
        places=tuple(map(_place, _select(reader, _PLACES, entity=entity))),
        named="name" in names.values(),
        told=tuple(dict.fromkeys(map(_told, _select(reader, _TOLD, entity=entity)))),
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
        for row in _select(reader, _JUDGED)
    )


def suggestions(reader: Reader) -> tuple[Judged, ...]:
    """The pairs that wait for a person, the likeliest first."""
    return tuple(each for each in judged(reader) if each.verdict == "unsure")


def anchor_of(reader: Reader, local: str) -> Anchor:
    """Where an entity of one document stands: its first name, else its first mention.

    Raises:
        UnknownEntityError: If no document has it.
    """
    rows = list(_select(reader, _ANCHOR, local=local))
    named = [row for row in rows if row["form"].endswith("form-name")]
    if not rows:
        raise UnknownEntityError(local, ())
    return _anchor(min(named or rows, key=lambda row: int(row["start"])))


def mention(reader: Reader, passage: str) -> Anchor:
    """Where a mention stands, by the IRI of its passage.

    Raises:
        UnknownEntityError: If nothing is mentioned there.
    """
    rows = list(_select(reader, _MENTION, passage=passage)) if _is_iri(passage) else []
    if not rows:
        raise UnknownEntityError(passage, ())
    return _anchor(rows[0])


def said(reader: Reader, which: str) -> Said:
    """The statement or claim that is meant, by its IRI or the last part of it.

    Raises:
        UnknownEntityError: If there is none.
    """
    rows = list(_select(reader, _SAID, asked=Literal(which)))
    if not rows:
        raise UnknownEntityError(which, ())
    row = rows[0]
    passages = sorted({Span(int(row["start"]), int(row["end"])) for row in rows})
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


def moments(reader: Reader, which: str) -> tuple[Moment, ...]:
    """The times that are meant: one by its IRI, or those of a statement or claim."""
    return tuple(
        Moment(
            iri=row["time"],
            words=row["words"],
            edtf=row["edtf"],
            earliest=row.get("earliest"),
            latest=row.get("latest"),
            anchor=_anchor(row),
        )
        for row in _select(reader, _MOMENTS, asked=Literal(which))
    )


def entity_at(reader: Reader, anchor: Anchor) -> str | None:
    """The document-level entity that stands where an anchor points; None where none does."""
    rows = _select(
        reader,
        _AT,
        asked=Literal(anchor.document[:20]),
        start=_number(anchor.span.start),
        end=_number(anchor.span.end),
    )
    found = sorted({row["local"] for row in rows})
    return found[0] if len(found) == 1 else None


def _select(reader: Reader, query: str, **bound: str | Literal) -> Iterator[_Row]:
    """Rows by name of variable, unbound ones left out; a bare string is an IRI."""
    solutions = reader.query(
        prologue() + query,
        substitutions={
            name: value if isinstance(value, Literal) else NamedNode(value)
            for name, value in bound.items()
        },
    )
    if not isinstance(solutions, QuerySolutions):
        raise TypeError(query)
    names = [variable.value for variable in solutions.variables]
    for solution in solutions:
        values = ((name, solution[name]) for name in names)
        yield {name: getattr(value, "value", "") for name, value in values if value is not None}


def _anchor(row: _Row) -> Anchor:
    return Anchor(
        file=row["file"],
        document=row["hash"][:20],
        span=Span(int(row["start"]), int(row["end"])),
        words=row["words"],
    )


def _number(value: int) -> Literal:
    return Literal(value)


def _is_iri(words: str) -> bool:
    try:
        NamedNode(words)
    except ValueError:
        return False
    return True


def _held(row: _Row) -> Held:
    return Held(
        title=row["title"],
        organization=row.get("organization"),
        status=row["status"].rpartition("status-")[2] if "status" in row else None,
        start=row.get("start"),
        end=row.get("end"),
        file=row["file"],
    )


def _told(row: _Row) -> Told:
    words, date = row.get("words"), row.get("date")
    return Told(
        kind=row["kind"].partition("#event-")[2].replace("-", " "),
        label=row["label"],
        time=words if words == date else f"{words} [{date}]",
        place=row.get("place"),
        taking=", ".join(sorted(row["taking"].split(", "))) if row.get("taking") else None,
        file=row["file"],
    )


def _place(row: _Row) -> Place:
    context = f"… {row['before']}{row['words']}{row['after']} …"
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
