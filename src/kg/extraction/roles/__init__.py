"""Who holds which role: titles at names, descriptions, verbs of office and of leading."""

from kg.extraction.roles.apposition import same_by_apposition
from kg.extraction.roles.find import find_roles
from kg.extraction.roles.nations import countries_of_titles

__all__ = ["countries_of_titles", "find_roles", "same_by_apposition"]
