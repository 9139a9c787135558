"""Fits the tagger of who said what to a person's own marks, or anew to a whole corpus.

It lies beside the tagger because it reads texts, tags words and measures with the tagger's own
code, and rooms know none of their neighbours.
"""

__all__: list[str] = []
