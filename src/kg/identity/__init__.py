"""Which entities of different documents are one, by rules and by what people decided."""

from kg.identity.corrections import (
    HIDE_MENTION,
    MEANS,
    MENTION,
    astray,
    correct,
    marks_of,
    tag,
)
from kg.identity.dates import date_of, value_of
from kg.identity.decisions import (
    COLUMNS,
    KINDS,
    columns,
    describe,
    identify,
    parse,
    standing,
    taken_back,
    to_row,
)
from kg.identity.hidden import hide
from kg.identity.resolve import resolve
from kg.identity.rulings import Groups, Pair, Rulings, clashing, place

__all__ = [
    "COLUMNS",
    "HIDE_MENTION",
    "KINDS",
    "MEANS",
    "MENTION",
    "Groups",
    "Pair",
    "Rulings",
    "astray",
    "clashing",
    "columns",
    "correct",
    "date_of",
    "describe",
    "hide",
    "identify",
    "marks_of",
    "parse",
    "place",
    "resolve",
    "standing",
    "tag",
    "taken_back",
    "to_row",
    "value_of",
]
