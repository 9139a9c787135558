"""From whom a statement comes in the end, so that those who repeat it are not counted."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass

from kg.model import Claim, Entity, Event, Findings, Quantity, Role, Span
from kg.statements.contents import Said
from kg.statements.iris import Iris
from kg.vocabulary import digest, mint

__all__ = ["Origin", "Speaking", "Voice", "anchor", "origin"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """Who says something first-hand in a document, and in which of its sentences.

    ``speaker`` is the IRI of whoever is known by name. ``words`` are those for a source without
    one; without either the document speaks, which its publisher answers for.
    """

    sha256: str
    sentence: int
    speaker: str | None = None
    words: str | None = None
    publisher: str | None = None
    file: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Origin:
    """From whom a statement comes: an IRI, with a name where the graph does not call it anything."""

    iri: str
    name: str = ""


def origin(voice: Voice, first: Mapping[tuple[str, int], str], base: str) -> Origin:
    """From whom what a voice says comes; ``first`` says which document stands for a copy of it.

    Whoever is named as the speaker is one source, however many documents quote them. What a
    document says itself comes from its publisher, and a sentence that several documents share from
    the text that they share.

    >>> own = Voice(sha256="a", sentence=3, publisher="The Daily", file="a.txt")
    >>> origin(own, {("a", 3): "0"}, "urn:") == origin(own, {}, "urn:")
    False
    """
    if voice.speaker is not None:
        return Origin(voice.speaker)
    copied = first.get((voice.sha256, voice.sentence))
    if voice.words is not None:
        key = digest(copied or voice.sha256, voice.words.casefold())
        return Origin(mint(base, "source", key), f"“{voice.words}”")
    name = voice.publisher or voice.file
    key = digest(copied or voice.publisher or voice.sha256)
    return Origin(mint(base, "source", key), name)


@dataclass(frozen=True, slots=True)
class Speaking:
    """A document, with what its ids stand for: whose words stand where, and since when."""

    found: Findings
    at: Iris
    claims: Mapping[str, Claim]
    entities: Mapping[str, Entity]
    starts: tuple[int, ...]

    @classmethod
    def of(cls, found: Findings, at: Iris) -> Speaking:
        """A document ready to be asked."""
        return cls(
            found,
            at,
            {claim.id: claim for claim in found.claims},
            {entity.id: entity for entity in found.entities},
            tuple(sentence.start for sentence in found.sentences),
        )

    def sentence(self, span: Span) -> int:
        """The number of the sentence in which a span begins, -1 before the first."""
        return bisect_right(self.starts, span.start) - 1

    def voice(self, finding: Said) -> Voice:
        """Who says a finding first-hand, the innermost of a chain of hearsay."""
        document = self.found.document
        sentence = self.sentence(anchor(finding))
        within = finding.within
        while within is not None:
            claim = self.claims[within]
            if claim.speaker is not None and self.entities[claim.speaker].named:
                return Voice(sha256=document.sha256, sentence=sentence, speaker=self.at.canonical[claim.speaker])
            words = " ".join(" ".join(span.of(document.text) for span in claim.source).split())
            if words:
                return Voice(sha256=document.sha256, sentence=sentence, words=words)
            within = claim.within
        return Voice(sha256=document.sha256, sentence=sentence, publisher=document.publisher, file=document.file)

    def day(self, finding: Said) -> dt.date | None:
        """When it was said, else when that was published."""
        claim = None if finding.within is None else self.claims[finding.within]
        said = None if claim is None or claim.said is None else claim.said.earliest
        return said or self.found.document.published


def anchor(finding: Said) -> Span:
    """Where a finding stands: its trigger, its number, its title."""
    match finding:
        case Event():
            return finding.trigger
        case Role():
            return finding.evidence[0]
        case Quantity():
            return finding.span
