"""The stems of words: what a verb and the noun made of it share."""

from __future__ import annotations

from functools import lru_cache

import snowballstemmer

__all__ = ["stem"]


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """A word without its endings, by Snowball's rules for English.

    >>> stem("executions"), stem("executed")
    ('execut', 'execut')
    """
    return str(snowballstemmer.stemmer("english").stemWord(word))
