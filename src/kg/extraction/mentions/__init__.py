"""The noun phrases and pronouns that may stand for people, organisations, places and documents."""

from kg.extraction.mentions.find import find_phrases
from kg.extraction.mentions.phrase import Phrase
from kg.extraction.mentions.possible import possible_names

__all__ = ["Phrase", "find_phrases", "possible_names"]
