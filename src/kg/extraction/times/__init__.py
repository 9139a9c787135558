"""Times that a text states: which words are one, what days they mean, what stays open."""

from kg.extraction.times.find import find_times

__all__ = ["find_times"]
