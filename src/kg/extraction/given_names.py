"""The gender that a given name speaks for, as far as its spelling tells."""

from __future__ import annotations

import base64
import functools
import json
import re
import zlib
from importlib.resources import files
from typing import Any

from anyascii import anyascii

__all__ = ["BITS", "BUCKETS", "LIMIT", "femininity", "is_known", "marks", "pieces"]

#: How many weights the pieces of names share.
BUCKETS = 1 << 14
#: How many bits the marks of known names share: of 200 unknown names one passes for known.
BITS = 1 << 19
_MARKS = 3
#: No spelling says more than this.
LIMIT = 6.0
_LONGEST = 4
_TRUST_IN_SPELLING = 0.3


def pieces(name: str) -> set[int]:
    """The numbers of the pieces of a name: the whole, its ending, up to four letters in a row.

    Names in other scripts are read as they sound. Of what is no word, none.

    >>> pieces("Zoé") == pieces("zoe"), pieces("?")
    (True, set())
    """
    letters = _letters(name)
    if not letters:
        return set()
    word = f"^{letters}$"
    parts = {word, f">{word[-2:]}"}
    for length in range(1, _LONGEST + 1):
        parts.update(word[at : at + length] for at in range(len(word) - length + 1))
    return {zlib.crc32(part.encode()) % BUCKETS for part in parts}


def marks(name: str) -> set[int]:
    """The bits that a name sets when it is learned, and must find set to be known.

    >>> len(marks("Maria")), marks("M.")
    (3, set())
    """
    letters = _letters(name)
    if not letters:
        return set()
    return {zlib.crc32(f"{turn}{letters}".encode()) % BITS for turn in range(_MARKS)}


def _letters(name: str) -> str:
    """A name in small Latin letters; empty for an initial, which says nothing."""
    letters = re.sub(r"[^a-z'-]", "", anyascii(name).lower())
    return letters if len(letters) > 1 else ""


@functools.lru_cache(maxsize=4096)
def is_known(name: str) -> bool:
    """Whether a word is one of the given names that were learned from, wherever it is used.

    >>> is_known("Maria"), is_known("Ministry"), is_known("M.")
    (True, False, False)
    """
    found = marks(name)
    bits = _learned()["known"]
    return bool(found) and all(bits[mark >> 3] & 1 << (mark & 7) for mark in found)


@functools.lru_cache(maxsize=4096)
def femininity(name: str) -> float:
    """How much a given name speaks for a woman (above 0) or a man, at most 6 either way.

    The spelling of a name that is not known says little, and says it of surnames too.

    >>> femininity("Maria") > 2, femininity("John") < -2, femininity("X")
    (True, True, 0.0)
    """
    found = pieces(name)
    if not found:
        return 0.0
    learned = _learned()
    total = learned["intercept"] + sum(learned["weights"][piece] for piece in sorted(found))
    trust = 1.0 if is_known(name) else _TRUST_IN_SPELLING
    return float(trust * max(-LIMIT, min(LIMIT, total)))


@functools.cache
def _learned() -> dict[str, Any]:
    text = (files("kg.extraction") / "given_names.json").read_text(encoding="utf-8")
    learned = json.loads(text)
    unit = learned["unit"]
    return {
        "intercept": learned["intercept"] * unit,
        "weights": [weight * unit for weight in learned["weights"]],
        "known": base64.b64decode(learned["known"]),
    }
