"""What is said to happen: nouns and verbs that name events, who takes part, where and when."""

from kg.extraction.events.mentions import find_events

__all__ = ["find_events"]
