"""What is said of events themselves: where documents speak of them, and what they call them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from pyoxigraph import NamedNode

from kg.model import Event, Findings, Form
from kg.statements.iris import Iris
from kg.statements.sources import surround
from kg.statements.terms import Triple, iris, term, triples
from kg.vocabulary import kind_iri

__all__ = ["CalledEvent", "describe_mention"]

#: How a trigger stands for its event, by the method that found it; a noun where nothing is said.
_FORMS = {"rule:event-verb": Form.VERB, "rule:event-pronoun": Form.PRONOUN}


def describe_mention(event: Event, findings: Findings, at: Iris) -> Iterator[Triple]:
    """A place where a document speaks of an event, and what this event is identified as."""
    local = NamedNode(at.told[event.event])
    canonical = NamedNode(at.events[event.event])
    yield from triples(
        local,
        {
            "kg:identifiedAs": canonical,
            "dcterms:isReplacedBy": canonical if canonical != local else None,
        },
    )
    yield from triples(
        NamedNode(at.passage(event.trigger)),
        {
            "rdf:type": term("kg:Mention"),
            "kg:denotes": local,
            "kg:form": NamedNode(kind_iri("form", _form(event))),
            "kg:sentence": iris(map(at.passage, surround([event.trigger], findings.sentences))),
        },
    )


def _form(event: Event) -> Form:
    return _FORMS.get(event.method, Form.NOMINAL)


@dataclass(slots=True)
class CalledEvent:
    """What all documents call one event; grows while they are read."""

    labels: set[str] = field(default_factory=set)
    nouns: set[str] = field(default_factory=set)

    def add(self, event: Event, label: str) -> None:
        """Note what one mention calls it, as it may be shown; a pronoun calls it nothing."""
        if _form(event) is not Form.PRONOUN:
            self.labels.add(label)
            if _form(event) is Form.NOMINAL:
                self.nouns.add(label)

    def describe(self, canonical: NamedNode) -> Iterator[Triple]:
        """The event by what it is called most fully: by a noun rather than by a verb."""
        chief = min(self.nouns or self.labels, key=lambda each: (-len(each), each))
        yield from triples(canonical, {"rdf:type": term("kg:ReportedEvent"), "kg:described": chief})
        for other in sorted(self.labels - {chief}):
            yield from triples(canonical, {"skos:altLabel": other})
