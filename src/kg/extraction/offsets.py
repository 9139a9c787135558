"""From characters of a text to the tokens of its parse."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from spacy.tokens import Doc, Token

__all__ = ["tokens_at"]


def tokens_at(doc: Doc, start: int, end: int) -> list[Token]:
    """The tokens that have a character in a stretch of the text.

    By bisection: ``Doc.char_span`` looks at every token of the document.

    >>> import spacy
    >>> [token.text for token in tokens_at(spacy.blank("en")("Anna Berg left"), 6, 12)]
    ['Berg', 'left']
    """
    places = range(len(doc))
    first = bisect_right(places, start, key=lambda place: doc[place].idx) - 1
    last = bisect_left(places, end, key=lambda place: doc[place].idx)
    found = [doc[place] for place in range(max(first, 0), last)]
    return [token for token in found if token.idx + len(token) > start]
