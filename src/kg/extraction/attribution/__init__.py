"""Who said what, by a small network that learnt it from marked news articles."""

from kg.extraction.attribution.tagger import Attribution, Tagger, load_tagger

__all__ = ["Attribution", "Tagger", "load_tagger"]
