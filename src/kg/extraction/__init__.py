"""From a document to what it says."""

from kg.extraction.contract import to_json
from kg.extraction.extract import VERSION, extract

__all__ = ["VERSION", "extract", "to_json"]
