"""How the statements of all documents stand to each other: rivals, changes, copies, sources."""

from kg.statements.comparison.compare import Comparison

__all__ = ["Comparison"]
