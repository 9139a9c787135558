"""From a document to what it says."""

from kg.extraction.contract import to_json
from kg.extraction.extract import extract, fingerprint

__all__ = ["extract", "fingerprint", "to_json"]
