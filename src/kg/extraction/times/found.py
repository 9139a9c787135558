"""Time expressions in their places, on the way from words to times."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Final

from spacy.tokens import Token

from kg.extraction.times.atoms import Atom

__all__ = ["Found", "left_open", "modified"]

#: How a time hangs on the noun that it describes.
_DESCRIBING: Final = frozenset({"nummod", "compound", "amod", "nmod"})

#: What a weekday stands before without describing it: Friday night.
PARTS_OF_DAY: Final = frozenset(
    {"morning", "noon", "afternoon", "evening", "night", "am", "pm", "a.m.", "p.m.", "a.m", "p.m"}
)


@dataclass(frozen=True, slots=True)
class Found:
    """An atom in its place; ``anchor`` is the date that it was reckoned from."""

    start: int
    end: int
    atom: Atom
    method: str
    anchor: dt.date | None = None
    attributive: bool = False
    combined: bool = False
    floor: int = 0  #: where the atom before it ends


def left_open(one: Found, reason: str) -> Found:
    """The expression without a time, and why."""
    atom = replace(one.atom, period=None, partial=None, told=None, reason=reason)
    return replace(one, atom=atom)


def modified(tokens: list[Token]) -> Token | None:
    """The noun that a time stands before and describes: the 1974 siege."""
    inside = {token.i for token in tokens}
    for token in reversed(tokens):
        if token.head.i not in inside:
            after = token.head.i > tokens[-1].i and token.head.lower_ not in PARTS_OF_DAY
            return token.head if after and token.dep_ in _DESCRIBING else None
    return None
