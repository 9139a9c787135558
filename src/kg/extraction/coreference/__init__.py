"""Which phrases of one document stand for the same entity."""

from kg.extraction.coreference.cast import Cast, cast

__all__ = ["Cast", "cast"]
