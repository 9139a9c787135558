"""Functions that remember what they gave, for as long as names are compared and no longer.

The same words come again and again while all names of a case are compared, and never after that.
What is remembered then lies strewn over all memory and keeps it from serving anything else.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import _lru_cache_wrapper, lru_cache
from typing import cast

__all__ = ["forget", "remembered"]

#: So many values of each function are remembered.
_MOST = 1 << 16
_FUNCTIONS: list[_lru_cache_wrapper[object]] = []


def remembered[**Given, Value](function: Callable[Given, Value]) -> Callable[Given, Value]:
    """The function, which gives of what it was given lately what it gave then."""
    remembering = lru_cache(_MOST)(function)
    _FUNCTIONS.append(remembering)
    return cast(Callable[Given, Value], remembering)


def forget() -> None:
    """Let go of all that is remembered."""
    for function in _FUNCTIONS:
        function.cache_clear()
