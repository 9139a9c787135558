"""What is said of events themselves: where documents speak of them, and what they call them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode

from kg.model import Event, Findings, Form
from kg.statements.iris import Iris
from kg.statements.sources import surround
from kg.statements.terms import Triple, iris, term, triples
from kg.vocabulary import kind_iri

__all__ = ["Label", "describe_event", "describe_mention"]

#: How a trigger stands for its event, by the method that found it; a noun where nothing is said.
_FORMS = {
    "rule:event-verb": Form.VERB,
    "rule:definite-event-verb": Form.VERB,
    "rule:event-pronoun": Form.PRONOUN,
}


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


@dataclass(frozen=True, slots=True, order=True)
class Label:
    """What one mention calls an event; ``noun`` is false for a verb."""

    words: str
    noun: bool

    @classmethod
    def of(cls, event: Event, words: str) -> Label | None:
        """What a mention calls its event, as it may be shown; a pronoun calls it nothing."""
        form = _form(event)
        return None if form is Form.PRONOUN else cls(words, form is Form.NOMINAL)


def describe_event(canonical: NamedNode, labels: Iterable[Label]) -> Iterator[Triple]:
    """An event by what it is called most fully: by a noun rather than by a verb."""
    called = set(labels)
    nouns = {each.words for each in called if each.noun}
    words = {each.words for each in called}
    chief = min(nouns or words, key=lambda each: (-len(each), each))
    yield from triples(canonical, {"rdf:type": term("kg:ReportedEvent"), "kg:described": chief})
    for other in sorted(words - {chief}):
        yield from triples(canonical, {"skos:altLabel": other})
