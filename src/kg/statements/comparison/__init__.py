"""How the statements of all documents stand to each other: rivals, changes, copies, sources."""

from kg.statements.comparison.compare import compare, told
from kg.statements.comparison.copies import Copies, Sketch, find_copies, sketch
from kg.statements.comparison.describe import describe_origin, describe_shared, describe_sources
from kg.statements.comparison.origins import Speaking, Voice, origin

__all__ = [
    "Copies",
    "Sketch",
    "Speaking",
    "Voice",
    "compare",
    "describe_origin",
    "describe_shared",
    "describe_sources",
    "find_copies",
    "origin",
    "sketch",
    "told",
]
