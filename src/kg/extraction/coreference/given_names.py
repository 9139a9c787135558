"""The gender that a given name speaks for, as far as its spelling tells."""

from __future__ import annotations

import functools
import json
import re
import zlib
from importlib.resources import files

from anyascii import anyascii

__all__ = ["BUCKETS", "LIMIT", "femininity", "pieces"]

#: How many weights the pieces of names share.
BUCKETS = 1 << 14
#: No spelling says more than this.
LIMIT = 6.0
_LONGEST = 4


def pieces(name: str) -> set[int]:
    """The numbers of the pieces of a name: the whole, its ending, up to four letters in a row.

    Names in other scripts are read as they sound. Of what is no word, none.

    >>> pieces("Zoé") == pieces("zoe"), pieces("?")
    (True, set())
    """
    letters = re.sub(r"[^a-z'-]", "", anyascii(name).lower())
    if len(letters) < 2:  # noqa: PLR2004 - an initial says nothing
        return set()
    word = f"^{letters}$"
    parts = {word, f">{word[-2:]}"}
    for length in range(1, _LONGEST + 1):
        parts.update(word[at : at + length] for at in range(len(word) - length + 1))
    return {zlib.crc32(part.encode()) % BUCKETS for part in parts}


@functools.lru_cache(maxsize=4096)
def femininity(name: str) -> float:
    """How much a given name speaks for a woman (above 0) or a man, at most 6 either way.

    >>> femininity("Maria") > 2, femininity("John") < -2, femininity("X")
    (True, True, 0.0)
    """
    found = pieces(name)
    if not found:
        return 0.0
    intercept, weights = _weights()
    return max(-LIMIT, min(LIMIT, intercept + sum(weights[piece] for piece in found)))


@functools.cache
def _weights() -> tuple[float, list[float]]:
    text = (files("kg.extraction.coreference") / "given_names.json").read_text(encoding="utf-8")
    learned = json.loads(text)
    unit = learned["unit"]
    return learned["intercept"] * unit, [weight * unit for weight in learned["weights"]]
