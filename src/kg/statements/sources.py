"""What is said of documents, their passages, entities, times and what was left open."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from pyoxigraph import NamedNode

from kg.model import Abstention, Document, Entity, Findings, Form, Mention, Span, Time
from kg.statements.iris import Iris
from kg.statements.terms import Triple, iris, literal, term, triples, uri
from kg.vocabulary import XSD, kind_iri

__all__ = [
    "abstentions_of",
    "describe_abstention",
    "describe_document",
    "describe_entity",
    "describe_passage",
    "describe_time",
    "sentences_of",
    "surround",
    "times_of",
]

#: How much of the text stands around a quotation, so that a person finds its place again.
CONTEXT = 32


def describe_document(document: Document, iri: str) -> Iterator[Triple]:
    """What is known of a document, except where it lay when it was read."""
    return triples(
        NamedNode(iri),
        {
            "rdf:type": [term("kg:Document"), term("prov:Entity")],
            "dcterms:title": document.title,
            "dcterms:creator": document.author,
            "dcterms:publisher": document.publisher,
            "dcterms:issued": document.published,
            "kg:datedBy": document.dated_by,
            "dcterms:modified": document.modified,
            "dcterms:language": document.language,
            "dcterms:format": document.media_type,
            "schema:url": uri(document.url),
            "kg:retrieved": document.retrieved,
            "kg:file": document.file,
            "kg:textHash": document.sha256,
            "kg:fileHash": document.file_sha256,
            "kg:encoding": document.encoding,
        },
    )


def describe_passage(span: Span, text: str, at: Iris) -> str:
    """A passage with both of its selectors, as N-Quads.

    Two quads of three are of passages: so they are written and never are objects.
    """
    passage = f"<{at.passage(span)}>"
    position = f"<{at.selector('position', span)}>"
    quote = f"<{at.selector('quote', span)}>"
    before, after = (
        text[max(0, span.start - CONTEXT) : span.start],
        text[span.end : span.end + CONTEXT],
    )
    return (
        f"{passage} {_TYPE} {_RESOURCE} .\n"
        f"{passage} {_SOURCE} <{at.document}> .\n"
        f"{passage} {_SELECTOR} {position} .\n"
        f"{passage} {_SELECTOR} {quote} .\n"
        f"{position} {_TYPE} {_POSITION} .\n"
        f'{position} {_START} "{span.start}"^^{_INTEGER} .\n'
        f'{position} {_END} "{span.end}"^^{_INTEGER} .\n'
        f"{quote} {_TYPE} {_QUOTE} .\n"
        f"{quote} {_EXACT} {literal(span.of(text))} .\n"
        f"{quote} {_PREFIX} {literal(before)} .\n"
        f"{quote} {_SUFFIX} {literal(after)} .\n"
    )


def _terms(*names: str) -> tuple[str, ...]:
    return tuple(str(term(name)) for name in names)


_TYPE, _RESOURCE, _SOURCE = _terms("rdf:type", "oa:SpecificResource", "oa:hasSource")
_SELECTOR, _POSITION = _terms("oa:hasSelector", "oa:TextPositionSelector")
_START, _END, _QUOTE = _terms("oa:start", "oa:end", "oa:TextQuoteSelector")
_EXACT, _PREFIX, _SUFFIX = _terms("oa:exact", "oa:prefix", "oa:suffix")
_INTEGER = str(NamedNode(f"{XSD}integer"))


def describe_entity(entity: Entity, findings: Findings, at: Iris) -> Iterator[Triple]:
    """An entity as one document gives it, with its mentions; not what it is called."""
    local = NamedNode(at.local[entity.id])
    canonical = NamedNode(at.canonical[entity.id])
    yield from triples(
        local,
        {
            "kg:identifiedAs": canonical,
            "dcterms:isReplacedBy": canonical if canonical != local else None,
        },
    )
    for mention in entity.mentions:
        yield from triples(
            NamedNode(at.passage(mention.span)),
            {
                "rdf:type": term("kg:Mention"),
                "kg:denotes": local,
                "kg:form": NamedNode(kind_iri("form", mention.form)),
                "kg:sentence": iris(map(at.passage, sentences_of(mention, findings))),
            },
        )


def sentences_of(mention: Mention, findings: Findings) -> tuple[Span, ...]:
    """The sentence that shows a person who is meant; none for a pronoun, which shows nobody."""
    if mention.form is Form.PRONOUN:
        return ()
    return surround([mention.span], findings.sentences)


def surround(passages: Iterable[Span], sentences: Sequence[Span]) -> tuple[Span, ...]:
    """The whole sentences around some passages, as one span; none around nothing.

    The sentences are in the order of the text and do not overlap.

    >>> surround([Span(4, 6), Span(9, 11)], [Span(0, 7), Span(8, 20), Span(21, 30)])
    (Span(start=0, end=20),)
    """
    spans = tuple(passages)
    if not spans:
        return ()
    start, end = min(span.start for span in spans), max(span.end for span in spans)
    first = bisect_right(sentences, start, key=lambda sentence: sentence.end)
    behind = bisect_left(sentences, end, key=lambda sentence: sentence.start)
    touched = sentences[first:behind]
    if touched:
        start, end = min(start, touched[0].start), max(end, touched[-1].end)
    return (Span(start, end),)


def describe_time(time: Time, at: Iris) -> Iterator[Triple]:
    """What the words of a time mean."""
    return triples(
        NamedNode(at.time(time)),
        {
            "rdf:type": term("kg:Time"),
            "kg:words": time.text,
            "kg:edtf": time.edtf,
            "kg:earliest": time.earliest,
            "kg:latest": time.latest,
            "kg:anchor": time.anchor,
            "kg:method": time.method,
            "prov:wasDerivedFrom": iris([at.passage(time.span)]),
        },
    )


def describe_abstention(abstention: Abstention, findings: Findings, at: Iris) -> Iterator[Triple]:
    """What was left open, and why."""
    span = abstention.span
    return triples(
        NamedNode(at.mint("abstention", span.start, span.end, abstention.what)),
        {
            "rdf:type": term("kg:Abstention"),
            "kg:leftOpen": NamedNode(kind_iri("open", abstention.what)),
            "kg:reason": abstention.reason,
            "kg:method": abstention.method,
            "kg:sentence": iris(map(at.passage, surround([span], findings.sentences))),
            "prov:wasDerivedFrom": iris([at.passage(span)]),
        },
    )


def times_of(findings: Findings) -> Iterable[Time]:
    """Every time of a document, one a span.

    A span has one meaning: where findings disagree, the list of times goes before the rest.
    """
    used = (
        *findings.times,
        *(bound for role in findings.roles for bound in (role.start, role.end)),
        *(event.time for event in findings.events),
        *(claim.said for claim in findings.claims),
    )
    chosen: dict[Span, Time] = {}
    for time in used:
        if time is not None:
            chosen.setdefault(time.span, time)
    return chosen.values()


def abstentions_of(findings: Findings) -> Iterable[Abstention]:
    """Every abstention of a document, the first where the same thing is left open twice."""
    chosen: dict[tuple[Span, str], Abstention] = {}
    for abstention in findings.abstentions:
        chosen.setdefault((abstention.span, abstention.what), abstention)
    return chosen.values()
