"""What the network makes of the words of a text half-way: numbers that others can weigh."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

__all__ = ["States"]


@dataclass(frozen=True, slots=True)
class States:
    """A vector for each word of a text, the words in the order of the text."""

    starts: Sequence[int]
    ends: Sequence[int]
    vectors: NDArray[np.float16]

    def between(self, start: int, end: int) -> Numbers | None:
        """The mean vector of the words that a stretch of text touches; None where there is none."""
        first, last = bisect_right(self.ends, start), bisect_left(self.starts, end)
        if first >= last:
            return None
        mean: Numbers = self.vectors[first:last].astype(np.float64).mean(axis=0)
        return mean
