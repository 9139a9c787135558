"""What shares a key: blocks within which things are compared, instead of all with all."""

from __future__ import annotations

from array import array
from collections.abc import Hashable, Iterable

import numpy as np

__all__ = ["blocks"]


def blocks(keyed: Iterable[tuple[Hashable, int]]) -> list[tuple[int, ...]]:
    """The numbers that have a key in common, each such set once, in order; none of one alone.

    A key takes sixteen bytes while they are gathered, for most of millions are of one thing alone:
    they are told apart by their hashes. Two that meet there by chance (once in 10^7 cases of a
    million keys) only add pairs that are compared in vain.

    >>> blocks([("a", 1), ("b", 2), ("a", 3), ("a", 1)])
    [(1, 3)]
    """
    hashes, numbers = array("q"), array("q")
    for key, number in keyed:
        hashes.append(hash(key))
        numbers.append(number)
    keys, members = np.array(hashes, dtype=np.int64), np.array(numbers, dtype=np.int64)
    order = np.lexsort((members, keys))
    keys, members = keys[order], members[order]
    new = np.ones(len(keys), dtype=bool)
    new[1:] = (keys[1:] != keys[:-1]) | (members[1:] != members[:-1])
    keys, members = keys[new], members[new]
    starts = np.flatnonzero(np.diff(keys, prepend=keys[:1] - 1)) if len(keys) else keys
    sizes = np.diff(starts, append=len(keys))
    several = sizes > 1
    ends = (starts + sizes)[several].tolist()
    found = {
        tuple(members[start:end].tolist())
        for start, end in zip(starts[several].tolist(), ends, strict=True)
    }
    return sorted(found)
