"""What is said of claims and statements: who says it, how, and where it stands."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode

from kg.model import Claim, Findings, Mode, Span, Stance
from kg.statements.contents import Statement
from kg.statements.iris import Iris
from kg.statements.sources import surround
from kg.statements.terms import Triple, Value, iris, term, triples
from kg.vocabulary import kind_iri

__all__ = ["describe_claim", "describe_own_voice", "describe_statement"]

#: Between fragments of one quotation or source that do not touch.
GAP = " … "


def describe_own_voice(at: Iris) -> Iterator[Triple]:
    """The claim in which a document itself speaks."""
    return triples(
        NamedNode(at.own_voice),
        {
            "rdf:type": term("kg:Claim"),
            "kg:mode": NamedNode(kind_iri("mode", Mode.OWN_VOICE)),
            "kg:within": NamedNode(at.document),
        },
    )


def describe_claim(claim: Claim, findings: Findings, at: Iris, run: NamedNode) -> Iterator[Triple]:
    """Who says it, in which words, and inside whose words."""
    text = findings.document.text
    quoted = claim.mode in {Mode.DIRECT, Mode.MIXED}
    types = ["kg:Claim", "schema:Claim", *(["schema:Quotation"] if quoted else [])]
    return triples(
        NamedNode(at.claims[claim.id]),
        {
            "rdf:type": [term(name) for name in types],
            "kg:mode": NamedNode(kind_iri("mode", claim.mode)),
            "kg:cue": None
            if claim.cue_kind is None
            else NamedNode(kind_iri("cue", claim.cue_kind)),
            "kg:cueWords": _words(claim.cue, text),
            "kg:speaker": None if claim.speaker is None else iris([at.canonical[claim.speaker]]),
            "kg:speakerWords": _words(claim.source, text),
            "kg:content": _words(claim.content, text),
            **_stance(claim.stance),
            "kg:said": None if claim.said is None else NamedNode(at.time(claim.said)),
            "kg:addressee": None
            if claim.addressee is None
            else iris([at.canonical[claim.addressee]]),
            "kg:addresseeWords": _words(claim.addressee_spans, text),
            "kg:medium": None if claim.medium is None else iris([at.canonical[claim.medium]]),
            "kg:mediumWords": _words(claim.medium_spans, text),
            "kg:within": NamedNode(at.stated_in(claim.within)),
            "kg:about": iris(at.about(id_) for id_ in claim.about),
            "kg:sentence": iris(map(at.passage, surround(claim.content, findings.sentences))),
            "kg:sourcePassage": iris(map(at.passage, claim.source)),
            "kg:cuePassage": iris(map(at.passage, claim.cue)),
            "kg:contentPassage": iris(map(at.passage, claim.content)),
            "kg:addresseePassage": iris(map(at.passage, claim.addressee_spans)),
            "kg:mediumPassage": iris(map(at.passage, claim.medium_spans)),
            "kg:method": claim.method,
            "prov:wasDerivedFrom": iris(map(at.passage, claim.passages)),
            "prov:wasGeneratedBy": run,
        },
    )


def describe_statement(
    statement: Statement, findings: Findings, at: Iris, run: NamedNode
) -> Iterator[Triple]:
    """Where a statement comes from and how it is meant; not what it says."""
    node = NamedNode(statement.iri)
    claim = NamedNode(at.stated_in(statement.finding.within))
    passages = statement.outline.passages
    yield claim, term("kg:states"), node
    yield from triples(
        node,
        {
            "rdf:type": [term("kg:Statement"), term("prov:Entity")],
            "kg:statementKind": NamedNode(kind_iri("statement", statement.outline.kind)),
            "kg:statedIn": claim,
            **_stance(statement.finding.stance),
            "kg:about": iris(statement.outline.about),
            "kg:method": statement.finding.method,
            "kg:sentence": iris(map(at.passage, surround(passages, findings.sentences))),
            "prov:wasDerivedFrom": iris(map(at.passage, passages)),
            "prov:wasGeneratedBy": run,
        },
    )


def _words(spans: tuple[Span, ...], text: str) -> str | None:
    return GAP.join(span.of(text) for span in spans) if spans else None


def _stance(stance: Stance) -> dict[str, Value]:
    return {
        "kg:polarity": NamedNode(kind_iri("polarity", stance.polarity)),
        "kg:certainty": NamedNode(kind_iri("certainty", stance.certainty)),
    }
