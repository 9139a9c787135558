"""Whether a clause says that something is so, read off the parse: polarity and certainty."""

from kg.extraction.stance.beside import is_nobody
from kg.extraction.stance.subjects import is_decided
from kg.extraction.stance.values import combine
from kg.extraction.stance.way import is_awaited, is_part_taken, stance_of

__all__ = ["combine", "is_awaited", "is_decided", "is_nobody", "is_part_taken", "stance_of"]
