"""Numbers that a text gives, with their bounds and what they count."""

from kg.extraction.quantities.find import find_quantities

__all__ = ["find_quantities"]
