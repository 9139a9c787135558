"""A stretch of text that may stand for an entity."""

from __future__ import annotations

import re
from dataclasses import dataclass

from spacy.tokens import Doc

from kg.extraction.reading import Reading
from kg.model import EntityKind, Form, Span

__all__ = ["Phrase", "name_phrase"]

_POSSESSIVE = re.compile(r"(’s|'s|’|')$")


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens that stand for one entity; ``first`` and ``last`` are both included.

    ``gender`` is m, f or empty when the words do not say. ``name`` is what it is called,
    without article and possessive ending.
    """

    head: int
    first: int
    last: int
    kind: EntityKind
    form: Form
    name: str
    plural: bool = False
    gender: str = ""
    method: str = ""
    person: float = 1.0  #: how probably a name is a person's

    def holds(self, token: int) -> bool:
        """Whether the phrase covers a token."""
        return self.first <= token <= self.last

    def span(self, reading: Reading) -> Span:
        """Where it stands in the text."""
        return reading.span(self.first, self.last)


def name_phrase(doc: Doc, first: int, last: int, kind: EntityKind, method: str) -> Phrase:
    """A name, without the article before it and the possessive ending after it."""
    while last > first and (doc[last].tag_ == "POS" or doc[last].is_punct or doc[last].is_space):
        last -= 1
    words = first + 1 if doc[first].lower_ == "the" and last > first else first
    text = doc[words : last + 1].text
    head = doc[first : last + 1].root.i
    return Phrase(
        head=head,
        first=words,
        last=last,
        kind=kind,
        form=Form.NAME,
        name=re.sub(r"\s+", " ", _POSSESSIVE.sub("", text)),
        method=method,
    )
