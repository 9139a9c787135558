"""What came of comparing pairs, kept from one build to the next: most were compared before.

Of a pair that came to nothing only a key of eight bytes is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import blake2b
from itertools import batched

import numpy as np

from kg.shelf import Keeper, Made

__all__ = ["Compared", "key", "recall"]

#: What is kept: by their keys what came of some pairs, and the keys of those that came to nothing,
#: unsigned integers of 8 bytes in order.
type Compared[Value] = tuple[dict[int, Value], bytes]

_KEY = np.dtype("<u8")
#: So many pairs are looked up at once.
_BATCH = 4096


def recall[Pair, Value](
    made: Made[Compared[Value]],
    keeper: Keeper | None,
    keyed: Iterable[tuple[int, Pair]],
    compare: Callable[[Sequence[Pair]], Iterable[Value | None]],
    *rests_on: object,
) -> Iterator[tuple[Pair, Value]]:
    """The pairs that come to something, in their order, with what that is.

    ``compare`` says it of some pairs, None where it is nothing; of those that were compared before
    nobody asks again. ``rests_on`` is all that it rests on beside what the keys stand for. What
    is kept afterwards is of these pairs alone.
    """
    before, nothing = made.take(keeper, *rests_on) or ({}, b"")
    known = np.frombuffer(nothing, dtype=_KEY)
    something: dict[int, Value] = {}
    others = [np.array([], dtype=_KEY)]
    for some in batched(keyed, _BATCH):
        keys = np.array([key for key, _ in some], dtype=_KEY)
        empty = _among(keys, known)
        left = np.flatnonzero(~empty).tolist()
        found = {at: before[some[at][0]] for at in left if some[at][0] in before}
        new = [at for at in left if at not in found]
        for at, value in zip(new, compare([some[at][1] for at in new]), strict=True):
            if value is None:
                empty[at] = True
            else:
                found[at] = value
        for at in sorted(found):
            something[some[at][0]] = found[at]
            yield some[at][1], found[at]
        others.append(keys[empty])
    made.give(keeper, (something, np.sort(np.concatenate(others)).tobytes()), *rests_on)


def key(*sides: str) -> int:
    """A number that stands for a pair, whichever of its sides comes first."""
    said = "\0".join(sorted(sides)).encode()
    return int.from_bytes(blake2b(said, digest_size=_KEY.itemsize).digest(), "little")


def _among(
    keys: np.ndarray[tuple[int], np.dtype[np.uint64]],
    known: np.ndarray[tuple[int], np.dtype[np.uint64]],
) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Of each key whether it is one of those that are known, which are in order."""
    if not len(known):
        return np.zeros(len(keys), dtype=bool)
    at = np.minimum(np.searchsorted(known, keys), len(known) - 1)
    there: np.ndarray[tuple[int], np.dtype[np.bool_]] = known[at] == keys
    return there
