"""What the graph shows to a person who decides: who is who, what is said, where it stands."""

from kg.curation.entities import (
    anchor_of,
    canonical,
    entity_at,
    entry,
    find,
    judged,
    mention,
    suggestions,
)
from kg.curation.statements import left_open, moments, named_near, said
from kg.curation.values import Entry, Held, Judged, Moment, Open, Part, Place, Said, Told

__all__ = [
    "Entry",
    "Held",
    "Judged",
    "Moment",
    "Open",
    "Part",
    "Place",
    "Said",
    "Told",
    "anchor_of",
    "canonical",
    "entity_at",
    "entry",
    "find",
    "judged",
    "left_open",
    "mention",
    "moments",
    "named_near",
    "said",
    "suggestions",
]
