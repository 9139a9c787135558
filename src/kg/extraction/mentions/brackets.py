"""Short names that a bracket introduces right after the long one: "... Forces (ABF)"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc

from kg.extraction.mentions.phrase import Phrase, name_phrase
from kg.model import EntityKind

__all__ = ["acronyms_after", "long_forms"]

_LONGEST_BRACKET, _LONGEST_NAME = 8, 12
_SMALL = {"of", "the", "and", "for", "in", "on", "to", "against", "&", "de", "la", "-"}


def acronyms_after(doc: Doc, name: Phrase) -> Iterator[Phrase]:
    """The short names that a bracket right after an organisation gives: "... Forces (ABF)"."""
    at = name.last + 1
    if at >= len(doc) or doc[at].text != "(":
        return
    closing = next((t.i for t in doc[at : at + _LONGEST_BRACKET] if t.text == ")"), None)
    for token in doc[at + 1 : closing or at + 1]:
        if token.text.isupper() and len(token.text) > 1:
            yield name_phrase(doc, token.i, token.i, name.kind, "rule:acronym-in-brackets")


def long_forms(doc: Doc) -> Iterator[Phrase]:
    """Names whose words begin with the letters of an acronym in the bracket after them.

    The recogniser cuts such names at "for" and "of": "the Front for ... (FLV)".
    """
    for token in doc[1:-1]:
        letters = token.text
        introduced = doc[token.i - 1].text == "(" and doc[token.i + 1].text == ")"
        if introduced and letters.isupper() and letters.isalpha() and len(letters) > 1:
            first = _first_word(doc, token.i - 2, letters.casefold())
            if first is not None:
                method = "rule:acronym-in-brackets"
                yield name_phrase(doc, first, token.i - 2, EntityKind.ORGANIZATION, method)
                yield name_phrase(doc, token.i, token.i, EntityKind.ORGANIZATION, method)


def _first_word(doc: Doc, last: int, letters: str) -> int | None:
    """Where the capitalised words begin that end here and have these first letters."""
    left = letters
    for at in range(last, max(-1, last - _LONGEST_NAME), -1):
        word = doc[at]
        if not left or word.sent != doc[last].sent:
            return None
        if word.text[:1].isupper() and word.lower_[:1] == left[-1]:
            left = left[:-1]
        elif word.lower_ not in _SMALL:
            return None
        if not left:
            return at
    return None
