"""From characters of a text to the tokens of its parse."""

from __future__ import annotations

import string
from bisect import bisect_left, bisect_right
from typing import Final

from spacy.tokens import Doc, Token

__all__ = ["small_letters", "tokens_at"]

_SMALL: Final = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)


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


def small_letters(text: str) -> str:
    """The text in small letters, every character in its place.

    A pattern for small letters is much quicker on this than one that ignores case on the text.

    >>> small_letters("NATO"), len(small_letters("İzmir"))
    ('nato', 5)
    """
    lower = text.lower()
    # a few capitals have small letters of two characters
    return lower if len(lower) == len(text) else text.translate(_SMALL)
