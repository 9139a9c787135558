"""Names compared with names, and what came of it kept: most pairs were compared before.

How alike two names are is a function of the two alone. So a case remembers it from one build to
the next, of pairs that are not alike in eight bytes each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import batched

import numpy as np

from kg.identity.candidates import Name
from kg.identity.likeness import Likeness, compare
from kg.shelf import Keeper, Made

__all__ = ["alike"]

_KEY = np.dtype("<u8")
#: So many pairs are looked up at once.
_BATCH = 4096


@dataclass(frozen=True, slots=True)
class _Compared:
    """Pairs of names by their keys: the likeness of those that are alike, and those that are not.

    ``unlike`` are unsigned integers of 8 bytes, in order.
    """

    like: dict[int, Likeness] = field(default_factory=dict)
    unlike: bytes = b""


_COMPARED: Made[_Compared] = Made("names compared", _Compared, ("kg.identity", "kg.model"))


def alike(
    pairs: Iterable[tuple[Name, Name]], least: float, keeper: Keeper | None
) -> Iterator[tuple[Name, Name, Likeness]]:
    """The pairs that are alike by so much at least, in their order, with how alike they are.

    What is kept afterwards is of these pairs alone.
    """
    before = _COMPARED.take(keeper, least) or _Compared()
    known = np.frombuffer(before.unlike, dtype=_KEY)
    like: dict[int, Likeness] = {}
    unlike: list[np.ndarray[tuple[int], np.dtype[np.uint64]]] = []
    for some in batched(pairs, _BATCH):
        keys = np.array([_key(one, other) for one, other in some], dtype=_KEY)
        found = np.zeros(len(keys), dtype=bool)
        if len(known):
            found = known[np.minimum(np.searchsorted(known, keys), len(known) - 1)] == keys
        for at in np.flatnonzero(~found).tolist():
            (one, other), key = some[at], int(keys[at])
            likeness = before.like.get(key) or compare(one[1], other[1], one[0])
            if likeness.score >= least:
                like[key] = likeness
                yield one, other, likeness
            else:
                found[at] = True
        unlike.append(keys[found])
    after = np.sort(np.concatenate([*unlike, np.array([], dtype=_KEY)]))
    _COMPARED.give(keeper, _Compared(like, after.tobytes()), least)


def _key(one: Name, other: Name) -> int:
    """A number that stands for a pair of names, also the other way round."""
    first, second = sorted((one[1], other[1]))
    said = f"{one[0]}\0{first}\0{second}".encode()
    return int.from_bytes(blake2b(said, digest_size=8).digest(), "little")
