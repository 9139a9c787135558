"""The noun phrases and pronouns that may stand for people, organisations, places and documents."""

from kg.extraction.mentions.find import Found, find_phrases
from kg.extraction.mentions.phrase import Phrase

__all__ = ["Found", "Phrase", "find_phrases"]
