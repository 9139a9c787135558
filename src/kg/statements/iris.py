"""The IRIs of everything that one document's findings speak of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.model import Claim, Findings, Identities, Span, Time
from kg.vocabulary import digest, document_iri, entity_iri, event_iris, mint, passage_iri

__all__ = ["Iris"]


@dataclass(frozen=True, slots=True)
class Iris:
    """From the ids that hold inside a document to IRIs."""

    base: str
    sha256: str
    document: str
    own_voice: str
    local: Mapping[str, str]  #: entity id to the entity as this document gives it
    canonical: Mapping[str, str]  #: entity id to what it is identified as
    told: Mapping[str, str]  #: event id to the event as this document tells of it
    events: Mapping[str, str]  #: event id to what it is identified as
    claims: Mapping[str, str]

    @classmethod
    def of(cls, findings: Findings, identities: Identities, base: str) -> Iris:
        """The IRIs of one document's findings."""
        sha256 = findings.document.sha256
        told = event_iris(base, sha256, findings.events)
        local = {entity.id: entity_iri(base, sha256, entity) for entity in findings.entities}
        return cls(
            base=base,
            sha256=sha256,
            document=document_iri(base, sha256),
            own_voice=mint(base, "claim", digest(sha256)),
            local=local,
            canonical={id_: identities.canonical[entity] for id_, entity in local.items()},
            told=told,
            events={id_: identities.canonical.get(event, event) for id_, event in told.items()},
            claims={claim.id: _claim(base, sha256, claim) for claim in findings.claims},
        )

    def passage(self, span: Span) -> str:
        """The passage at a span of this document."""
        return passage_iri(self.document, span)

    def selector(self, kind: str, span: Span) -> str:
        """A passage's selector, of kind ``position`` or ``quote``."""
        return f"{self.document}/{kind}/{span.start}-{span.end}"

    def time(self, time: Time) -> str:
        """What the words of a time mean."""
        return f"{self.document}/time/{time.span.start}-{time.span.end}"

    def stated_in(self, within: str | None) -> str:
        """The claim with this id, the document's own voice when there is none."""
        return self.own_voice if within is None else self.claims[within]

    def mint(self, room: str, *parts: object) -> str:
        """The IRI of something in this document that the parts tell from its like."""
        return mint(self.base, room, digest(self.sha256, *parts))

    def about(self, id_: str) -> str:
        """The canonical event or entity with this id."""
        return self.events[id_] if id_ in self.events else self.canonical[id_]


def _claim(base: str, sha256: str, claim: Claim) -> str:
    places = [
        [[span.start, span.end] for span in spans]
        for spans in (claim.source, claim.cue, claim.content)
    ]
    return mint(base, "claim", digest(sha256, claim.mode, *places))
