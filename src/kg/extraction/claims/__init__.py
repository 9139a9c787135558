"""Who said what, by rule: quotation marks, verbs and nouns of saying, "according to"."""

from kg.extraction.claims.settle import find_claims

__all__ = ["find_claims"]
