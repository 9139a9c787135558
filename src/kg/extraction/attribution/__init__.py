"""Who said what, by a small network that learnt it from marked news articles."""

from kg.extraction.attribution.models import attribution_version, digest, find_model
from kg.extraction.attribution.states import States
from kg.extraction.attribution.tagger import Attribution, Read, Tagger, load_tagger

__all__ = [
    "Attribution",
    "Read",
    "States",
    "Tagger",
    "attribution_version",
    "digest",
    "find_model",
    "load_tagger",
]
