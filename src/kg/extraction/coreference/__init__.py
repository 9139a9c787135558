"""Which phrases of one document stand for the same entity."""

from kg.extraction.coreference.cast import Cast, cast
from kg.extraction.coreference.pronouns import Choice

__all__ = ["Cast", "Choice", "cast"]
