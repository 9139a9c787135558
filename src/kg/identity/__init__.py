"""Which entities of different documents are one, by rules and by what people decided."""

from kg.identity.corrections import MENTION, correct
from kg.identity.decisions import (
    COLUMNS,
    describe,
    identify,
    parse,
    standing,
    taken_back,
    to_row,
)
from kg.identity.resolve import resolve
from kg.identity.rulings import Groups, Pair, Rulings, clashing, place

__all__ = [
    "COLUMNS",
    "MENTION",
    "Groups",
    "Pair",
    "Rulings",
    "clashing",
    "correct",
    "describe",
    "identify",
    "parse",
    "place",
    "resolve",
    "standing",
    "taken_back",
    "to_row",
]
