"""Whether words are known surnames or places, as far as filters made of lists of names tell."""

from __future__ import annotations

import base64
import functools
import json
import re
import zlib
from importlib.resources import files

from anyascii import anyascii

__all__ = ["BITS", "is_place", "is_surname", "marks"]

#: How many bits each filter has: of a hundred unknown words about one passes for known.
BITS = 1 << 19
_MARKS = 3


def marks(name: str) -> set[int]:
    """The bits that a name sets when it is learned, and must find set to be known.

    >>> len(marks("New Orleans")), marks("?"), marks("Córdoba") == marks("cordoba")
    (3, set(), True)
    """
    letters = re.sub(r"[^a-z]+", " ", anyascii(name).lower()).strip()
    if not letters:
        return set()
    return {zlib.crc32(f"{turn}{letters}".encode()) % BITS for turn in range(_MARKS)}


def is_surname(word: str) -> bool:
    """Whether a word is a known surname, wherever it is used.

    >>> is_surname("Johnson"), is_surname("Brexit")
    (True, False)
    """
    return _is_known(word, "surnames")


def is_place(name: str) -> bool:
    """Whether a name is that of a known country, state or city, wherever it is used.

    >>> is_place("Norway"), is_place("Buenos Aires"), is_place("Ministry")
    (True, True, False)
    """
    return _is_known(name, "places")


@functools.lru_cache(maxsize=8192)
def _is_known(name: str, which: str) -> bool:
    found = marks(name)
    bits = _learned()[which]
    return bool(found) and all(bits[mark >> 3] & 1 << (mark & 7) for mark in found)


@functools.cache
def _learned() -> dict[str, bytes]:
    text = (files("kg.extraction.mentions") / "known.json").read_text(encoding="utf-8")
    return {which: base64.b64decode(bits) for which, bits in json.loads(text).items()}
