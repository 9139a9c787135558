"""Documents: which files to read, and what each of them says."""

from kg.documents.find import Reach, find, reach
from kg.documents.read import read
from kg.documents.sources import Metadata, Source

__all__ = ["Metadata", "Reach", "Source", "find", "reach", "read"]
