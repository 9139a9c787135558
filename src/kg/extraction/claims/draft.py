"""A claim before its speaker and its place among the others are known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from kg.extraction.lexicon import Cue
from kg.extraction.reading import Reading, trimmed
from kg.model import Mode, Span

__all__ = ["Draft", "around", "child", "cue_span", "mode_of"]

_LEADING = {"aux", "auxpass", "neg"}


@dataclass(frozen=True, slots=True)
class Draft:
    """A claim before its speaker and place among the others are known."""

    content: tuple[Span, ...]
    mode: Mode
    method: str
    cue: Cue | None = None
    cue_token: Token | None = None
    cue_spans: tuple[Span, ...] = ()
    source_head: Token | None = None
    source: tuple[Span, ...] = ()

    @property
    def size(self) -> int:
        """How many characters its content has."""
        return sum(part.end - part.start for part in self.content)


def child(token: Token, relation: str) -> Token | None:
    """The first child of a token that has a relation to it."""
    return next((child for child in token.children if child.dep_ == relation), None)


def cue_span(reading: Reading, verb: Token, length: int = 1) -> Span:
    """A verb with its auxiliaries and particles, as far as they stand together."""
    first = verb.i
    while first > verb.sent.start:
        before = reading.doc[first - 1]
        if before.head == verb and (before.dep_ in _LEADING or before.dep_ == "advmod"):
            first -= 1
        else:
            break
    while reading.doc[first].dep_ == "advmod":
        first += 1
    return reading.span(first, min(verb.i + length - 1, len(reading.doc) - 1))


def around(reading: Reading, whole: Span, hole: Span) -> tuple[Span, ...]:
    """What is left of a span on both sides of another, without the marks at the edges."""
    parts = (
        Span(whole.start, min(hole.start, whole.end)),
        Span(max(hole.end, whole.start), whole.end),
    )
    kept = (trimmed(reading.text, part) for part in parts if part.start < part.end)
    return tuple(part for part in kept if any(c.isalnum() for c in part.of(reading.text)))


def mode_of(reading: Reading, content: Sequence[Span]) -> Mode:
    """Mixed where a quotation overlaps the content without holding all of it."""
    for quotation in reading.quotations_in(Span(content[0].start, content[-1].end)):
        inside = [part for part in content if any(f.overlaps(part) for f in quotation.fragments)]
        if not inside:
            continue
        if not any(f.covers(part) for f in quotation.fragments for part in content):
            return Mode.MIXED
    return Mode.INDIRECT
