"""What is said of what people corrected: the decision beside what the document was read to say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from pyoxigraph import NamedNode

from kg.edtf import bounds
from kg.model import Claim, EntityKind, Event, Findings, Mark, Role, Span, Time
from kg.statements.contents import Said, Statement
from kg.statements.iris import Iris
from kg.statements.sources import times_of
from kg.statements.terms import Triple, iris, term, triples
from kg.vocabulary import digest, kind_iri, mint

__all__ = [
    "Entities",
    "chosen_kinds",
    "chosen_name",
    "describe_curated",
    "is_hidden",
    "is_marked",
    "note",
    "rejected_claims",
]

#: The marks on all entities that are one, by its canonical IRI.
type Entities = Mapping[str, Sequence[Mark]]

_HIDING = frozenset({"hide", "hide mention"})


def is_marked(marks: Iterable[Mark], what: str) -> bool:
    """Whether a person decided just this."""
    return any(mark.decision.what == what for mark in marks)


def is_hidden(marks: Iterable[Mark]) -> bool:
    """Whether a person hid the name."""
    return any(mark.decision.what in _HIDING for mark in marks)


def chosen_name(marks: Iterable[Mark]) -> str | None:
    """What a person calls it; None where nobody named it anew."""
    return next((mark.after for mark in marks if mark.decision.what == "rename"), None)


def chosen_kinds(marks: Iterable[Mark]) -> set[EntityKind]:
    """What a person says that it is; empty where nobody does."""
    return {
        EntityKind(mark.after)
        for mark in marks
        if mark.decision.what == "retype" and mark.after in set(EntityKind)
    }


def _corrections(
    target: str, marks: Iterable[Mark], passages: Iterable[Span], at: Iris
) -> Iterator[Triple]:
    """Each correction of one thing: who, when, why, and what the document was read to say."""
    for mark in dict.fromkeys(marks):
        decision = mark.decision
        when = decision.when.isoformat()
        # Not from the words: what is hidden could be guessed from the hash.
        key = digest(target, decision.what, decision.who, when)
        curator = NamedNode(mint(at.base, "curator", digest(decision.who), decision.who))
        node = NamedNode(mint(at.base, "correction", key))
        yield from triples(
            node,
            {
                "rdf:type": [term("kg:Correction"), term("prov:Entity")],
                "kg:corrects": iris([target]),
                "kg:correctionKind": NamedNode(kind_iri("correction", decision.what)),
                "kg:original": mark.before,
                "kg:corrected": mark.after,
                "kg:by": decision.who,
                "kg:reason": decision.why or None,
                "prov:wasAttributedTo": curator,
                "dcterms:created": decision.when.date(),
                "prov:wasDerivedFrom": iris(map(at.passage, passages)),
            },
        )
        yield from triples(curator, {"rdf:type": term("prov:Person"), "rdfs:label": decision.who})


def describe_curated(
    found: Findings, at: Iris, statements: Iterable[Statement], entities: Entities
) -> Iterator[Triple]:
    """What people corrected in a document: the decisions, and a note on all that they bear on."""
    for entity in found.entities:
        yield from _corrections(at.canonical[entity.id], entity.marks, [entity.anchor], at)
    for time in times_of(found):
        yield from _corrections(at.time(time), time.marks, [time.span], at)
        yield from triples(NamedNode(at.time(time)), {"kg:curated": note(time.marks)})
    around = {claim.id: claim for claim in found.claims}
    for claim in found.claims:
        iri = at.claims[claim.id]
        yield from _corrections(iri, claim.marks, claim.passages, at)
        bearing = (*claim.marks, *(claim.said.marks if claim.said else ()))
        speaker = () if claim.speaker is None else entities.get(at.canonical[claim.speaker], ())
        yield from triples(NamedNode(iri), {"kg:curated": note((*bearing, *speaker))})
        yield from triples(NamedNode(iri), {"kg:review": _review(claim.marks)})
    for statement in statements:
        finding = statement.finding
        yield from _corrections(statement.iri, finding.marks, finding.passages, at)
        outer = [mark for claim in _around(finding.within, around) for mark in claim.marks]
        bearing = (*_bearing(finding, entities, at), *outer)
        yield from triples(
            NamedNode(statement.iri),
            {"kg:curated": note(bearing), "kg:review": _review(finding.marks)},
        )


def _review(marks: Iterable[Mark]) -> NamedNode | None:
    """What a person who looked at it holds of how it was read."""
    for what in ("accept", "reject"):
        if is_marked(marks, what):
            return NamedNode(kind_iri("review", f"{what}ed"))
    return None


def _around(id_: str | None, claims: Mapping[str, Claim]) -> Iterator[Claim]:
    """The claims that something is said within, the nearest first."""
    while id_ is not None:
        yield claims[id_]
        id_ = claims[id_].within


def rejected_claims(claims: Iterable[Claim]) -> frozenset[str]:
    """The claims that a person rejected, and those within these."""
    known = {claim.id: claim for claim in claims}
    return frozenset(
        id_
        for id_ in known
        if any(is_marked(claim.marks, "reject") for claim in _around(id_, known))
    )


def note(marks: Iterable[Mark]) -> str | None:
    """What people corrected, in words, with what was read before; None where nobody did.

    It stands on the corrected thing itself, so that no question has to look for corrections.
    """
    return "; ".join(dict.fromkeys(map(_in_words, _in_order(marks)))) or None


def _bearing(finding: Said, entities: Entities, at: Iris) -> tuple[Mark, ...]:
    """All marks that bear on what a statement says: its own, on its times, on its entities."""
    named: list[str | None] = []
    times: list[Time | None] = []
    match finding:
        case Role():
            named = [finding.person, finding.organization]
            times = [finding.start, finding.end]
        case Event():
            named = [*(part.entity for part in finding.participants), finding.place]
            times = [finding.time]
    canonical = {at.canonical[id_] for id_ in named if id_ is not None}
    return (
        *finding.marks,
        *(mark for time in times if time is not None for mark in time.marks),
        *(mark for iri in sorted(canonical) for mark in entities.get(iri, ())),
    )


def _in_order(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """Marks by the time of their decisions, each once."""
    return tuple(
        sorted(
            dict.fromkeys(marks),
            key=lambda mark: (mark.decision.when, mark.decision.what, mark.decision.who, str(mark)),
        )
    )


def _in_words(mark: Mark) -> str:
    decision = mark.decision
    before, after = _date_in_words(mark.before), _date_in_words(mark.after)
    if decision.what != "date":
        before, after = mark.before, mark.after
    said = {
        "rename": f"called {after}",
        "retype": f"taken for {after}",
        "hide": "name hidden",
        "hide mention": "words hidden",
        "means": f"“{decision.left.words}” explained",
        "accept": "accepted",
        "reject": "rejected",
        "date": f"dated {after}",
    }[decision.what]
    read = f", read as {before}" if before is not None else ""
    why = f": {decision.why}" if decision.why else ""
    return f"{said} by {decision.who}{read}{why}"


def _date_in_words(value: str | None) -> str | None:
    """A date of a decision: its days only where they are narrower than what it says."""
    if value is None:
        return None
    edtf, _, days = value.partition(" ")
    try:
        first, last = ("" if day is None else day.isoformat() for day in bounds(edtf))
    except ValueError:
        return value
    return edtf if days in {"", f"{first or '..'}/{last or '..'}"} else f"{edtf} ({days})"
