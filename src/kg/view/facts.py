"""What a graph says, row by row: all that the picture is drawn from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import cast

from pyoxigraph import Literal, NamedNode, QuerySolutions

from kg.model import Reader
from kg.resources import read_resource

__all__ = [
    "ClaimFact",
    "DocumentFact",
    "EventFact",
    "Facts",
    "NameFact",
    "ParticipantFact",
    "QuantityFact",
    "Quotation",
    "RoleFact",
    "StatementFact",
    "TimeFact",
    "collect",
    "collect_times",
    "quote",
]

#: One row of an answer: the text of what is bound, None for the rest.
type Row = dict[str, str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentFact:
    """A document, and what is known about it."""

    iri: str
    file: str
    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    issued: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NameFact:
    """Somebody or something that is named or described; ``names`` holds the chief one first."""

    iri: str
    kind: str
    names: tuple[str, ...]
    curated: str | None = None  #: what people corrected, in words


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimFact:
    """Who says what; of a document's own voice only ``mode`` and ``within`` are known."""

    iri: str
    mode: str
    within: str
    speaker: str | None = None
    speaker_words: str | None = None
    cue_words: str | None = None
    content: str | None = None
    said: str | None = None
    addressee: str | None = None
    addressee_words: str | None = None
    medium: str | None = None
    medium_words: str | None = None
    polarity: str | None = None
    certainty: str | None = None
    curated: str | None = None
    review: str | None = None  #: accepted or rejected, by a person


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementFact:
    """In which claim a statement stands, and how it is meant."""

    iri: str
    kind: str
    claim: str
    polarity: str
    certainty: str
    curated: str | None = None
    review: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleFact:
    """What a statement says of a role."""

    statement: str
    holder: str
    title: str
    body: str | None = None
    status: str | None = None
    start: str | None = None
    end: str | None = None
    held: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventFact:
    """What a statement says of an event; ``date`` resolves words such as "last August"."""

    statement: str
    event: str
    label: str
    kind: str
    place: str | None = None
    time: str | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipantFact:
    """Who a statement says takes part in its event, and as what."""

    statement: str
    entity: str
    part: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuantityFact:
    """What a statement says of a number."""

    statement: str
    words: str
    event: str | None = None
    counted: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeFact:
    """What the words for a time mean; a bound that is not known is None."""

    iri: str
    words: str
    edtf: str
    earliest: str | None = None
    latest: str | None = None
    anchor: str | None = None  #: the day that relative words are reckoned from


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that the picture can show, by IRI and in the order of the IRIs."""

    documents: Mapping[str, DocumentFact]
    names: Mapping[str, NameFact]
    claims: Mapping[str, ClaimFact]
    statements: Mapping[str, StatementFact]
    # What a claim states and is about:
    stated: Mapping[str, tuple[str, ...]]
    topics: Mapping[str, tuple[str, ...]]
    # What a statement says:
    roles: Mapping[str, RoleFact]
    events: Mapping[str, EventFact]
    participants: Mapping[str, tuple[ParticipantFact, ...]]
    quantities: Mapping[str, QuantityFact]


@dataclass(frozen=True, slots=True)
class Quotation:
    """The sentence around a finding, cut where the words begin and end that it rests on.

    ``start`` and ``end`` count code points of the document. Of each piece the second value
    says whether the finding rests on it.
    """

    document: str
    start: int
    end: int
    pieces: tuple[tuple[str, bool], ...]


def collect(reader: Reader) -> Facts:
    """All that a graph says, without the sentences."""
    claims = _facts(ClaimFact, reader, "claims")
    statements = _facts(StatementFact, reader, "statements")
    names = _group((_text(row, "iri"), row) for row in _rows(reader, "names"))
    topics = ((_text(row, "claim"), _text(row, "thing")) for row in _rows(reader, "topics"))
    takers = _facts(ParticipantFact, reader, "participants")
    return Facts(
        documents={fact.iri: fact for fact in _facts(DocumentFact, reader, "documents")},
        names={iri: _name(iri, rows) for iri, rows in names.items()},
        claims={fact.iri: fact for fact in claims},
        statements={fact.iri: fact for fact in statements},
        stated=_group((fact.claim, fact.iri) for fact in statements),
        topics=_group(topics),
        roles={fact.statement: fact for fact in _facts(RoleFact, reader, "roles")},
        events={fact.statement: fact for fact in _facts(EventFact, reader, "events")},
        participants=_group((fact.statement, fact) for fact in takers),
        quantities={fact.statement: fact for fact in _facts(QuantityFact, reader, "quantities")},
    )


def collect_times(reader: Reader) -> dict[str, dict[str, TimeFact]]:
    """The times of the statements: of each when it was (``at``), or its ``start`` and ``end``."""
    known = {fact.iri: fact for fact in _facts(TimeFact, reader, "times")}
    times: dict[str, dict[str, TimeFact]] = defaultdict(dict)
    for row in _rows(reader, "bounds"):
        if (iri := _text(row, "time")) in known:
            times[_text(row, "statement")].setdefault(_text(row, "bound"), known[iri])
    return dict(times)


def quote(reader: Reader, findings: Iterable[str]) -> dict[str, Quotation]:
    """The sentences behind claims and statements, by their IRIs."""
    chosen = " ".join(str(NamedNode(iri)) for iri in sorted(findings))
    values = f"\nVALUES ?found {{ {chosen} }}"
    evidence = _group(
        (_text(row, "found"), (int(_text(row, "start")), int(_text(row, "end"))))
        for row in _rows(reader, "evidence", values)
    )
    return {
        (found := _text(row, "found")): Quotation(
            document=_text(row, "document"),
            start=(start := int(_text(row, "start"))),
            end=int(_text(row, "end")),
            pieces=cut(_text(row, "words"), start, evidence.get(found, ())),
        )
        for row in _rows(reader, "sentences", values)
    }


def cut(
    sentence: str, start: int, evidence: Iterable[tuple[int, int]]
) -> tuple[tuple[str, bool], ...]:
    """The sentence in pieces, and whether each is evidence; both count the document's characters.

    >>> cut("She resigned.", 10, [(14, 22)])
    (('She ', False), ('resigned', True), ('.', False))
    """
    marked = [False] * len(sentence)
    for first, last in evidence:
        for place in range(max(first - start, 0), min(last - start, len(sentence))):
            marked[place] = True
    edges = [i for i in range(1, len(sentence)) if marked[i] != marked[i - 1]]
    borders = [0, *edges, len(sentence)] if sentence else []
    return tuple((sentence[left:right], marked[left]) for left, right in pairwise(borders))


def _rows(reader: Reader, name: str, values: str = "") -> Iterator[Row]:
    solutions = reader.query(read_resource(f"view/queries/{name}.rq") + values)
    if not isinstance(solutions, QuerySolutions):  # every packaged query is a SELECT
        raise TypeError(name)
    columns = [variable.value for variable in solutions.variables]
    for solution in solutions:
        terms = cast("list[NamedNode | Literal | None]", [solution[name] for name in columns])
        yield {
            name: None if term is None else term.value
            for name, term in zip(columns, terms, strict=True)
        }


def _facts[T](kind: type[T], reader: Reader, name: str) -> tuple[T, ...]:
    return tuple(kind(**row) for row in _rows(reader, name))


def _text(row: Row, column: str) -> str:
    """What a query always binds."""
    text = row[column]
    if text is None:
        raise KeyError(column)
    return text


def _group[T](pairs: Iterable[tuple[str, T]]) -> dict[str, tuple[T, ...]]:
    groups: dict[str, list[T]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return {key: tuple(values) for key, values in groups.items()}


def _name(iri: str, rows: Sequence[Row]) -> NameFact:
    names = dict.fromkeys(name for row in rows if (name := row["name"]))
    return NameFact(
        iri=iri,
        kind=_text(rows[0], "kind"),
        names=tuple(names) or (iri.rpartition("/")[2],),
        curated=rows[0]["curated"],
    )
