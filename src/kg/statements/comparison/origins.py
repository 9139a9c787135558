"""From whom a statement comes in the end, so that those who repeat it are not counted."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kg.model import Claim, Entity, Event, Findings, Quantity, Role, Span
from kg.statements.comparison.copies import Copies
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
    """From whom a statement comes: an IRI, and a name where the graph has none for it."""

    iri: str
    name: str = ""


def origin(voice: Voice, copies: Copies, base: str) -> Origin:
    """From whom what a voice says comes.

    Whoever is named as the speaker is one source, however many documents quote them. What a
    document says itself comes from its publisher, and a sentence that several documents share from
    the text that they share.

    >>> own = Voice(sha256="a", sentence=3, publisher="The Daily", file="a.txt")
    >>> alone, copied = Copies((), {}, {}), Copies((), {"a": {3: "0"}}, {})
    >>> origin(own, alone, "urn:") == origin(own, copied, "urn:")
    False
    """
    if voice.speaker is not None:
        return Origin(voice.speaker)
    copied = copies.of(voice.sha256, voice.sentence)
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
    cover: Callable[[str], str]  #: takes out what a person hid

    @classmethod
    def of(cls, found: Findings, at: Iris, cover: Callable[[str], str] = str) -> Speaking:
        """A document ready to be asked."""
        return cls(
            found,
            at,
            {claim.id: claim for claim in found.claims},
            {entity.id: entity for entity in found.entities},
            tuple(sentence.start for sentence in found.sentences),
            cover,
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
                return Voice(
                    sha256=document.sha256,
                    sentence=sentence,
                    speaker=self.at.canonical[claim.speaker],
                )
            words = self._introduced(claim)
            if words is not None:
                return Voice(sha256=document.sha256, sentence=sentence, words=words)
            within = claim.within
        return Voice(
            sha256=document.sha256,
            sentence=sentence,
            publisher=None if document.publisher is None else self.cover(document.publisher),
            file=self.cover(document.file),
        )

    def _introduced(self, claim: Claim) -> str | None:
        """What a source without a name is called, where the words bring in somebody new.

        "Witnesses" and "a doctor" are sources; "she" and "the director" are somebody of whom the
        text may have spoken by name, and are not to be counted beside them.
        """
        text = self.found.document.text
        words = " ".join(" ".join(span.of(text) for span in claim.source).split())
        if claim.speaker is not None:
            entity = self.entities[claim.speaker]
            first = entity.mentions[0].span.of(text)
            return None if _takes_up(first) else " ".join(entity.name.split())
        return None if not words or _takes_up(words) else words

    def day(self, finding: Said) -> dt.date | None:
        """When it was said, else when that was published."""
        claim = None if finding.within is None else self.claims[finding.within]
        said = None if claim is None or claim.said is None else claim.said.earliest
        return said or self.found.document.published


#: Words that begin what takes up somebody who has been spoken of.
_TAKING_UP = frozenset(
    "he she it they we i you who which that this these those the his her its their our my".split()
)


def _takes_up(words: str) -> bool:
    first = re.match(r"\w+", words.casefold())
    return first is None or first[0] in _TAKING_UP


def anchor(finding: Said) -> Span:
    """Where a finding stands: its trigger, its number, its title."""
    match finding:
        case Event():
            return finding.trigger
        case Role():
            return finding.evidence[0]
        case Quantity():
            return finding.span
