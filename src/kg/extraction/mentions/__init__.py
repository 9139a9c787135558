"""The noun phrases and pronouns that may stand for a person, organisation, group or place."""

from kg.extraction.mentions.find import find_phrases
from kg.extraction.mentions.phrase import Phrase

__all__ = ["Phrase", "find_phrases"]
