"""Trees that were fitted elsewhere, evaluated with numpy."""

from __future__ import annotations

import functools
import json
from collections.abc import Sequence
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Places = NDArray[np.int64]

__all__ = ["Forest", "load_forest", "load_kinds", "softmax"]


class Forest:
    """Many small trees over the same features; their values for a row are added up.

    A tree is nodes in a row, the root first. A leaf leads to itself, so that all trees can be
    walked at once for as many steps as the deepest has.
    """

    def __init__(self, trees: Sequence[dict[str, Any]], features: Sequence[str]) -> None:
        self.features = tuple(features)
        width = max(len(tree["value"]) for tree in trees)
        shape = (len(trees), width)
        feature, left, right = (np.zeros(shape, dtype=np.int64) for _ in range(3))
        threshold, value = np.full(shape, np.inf), np.zeros(shape)
        for number, tree in enumerate(trees):
            nodes = len(tree["value"])
            start = number * width
            feature[number, :nodes] = tree["feature"]
            threshold[number, :nodes] = [np.inf if t is None else t for t in tree["threshold"]]
            left[number, :nodes] = np.asarray(tree["left"]) + start
            right[number, :nodes] = np.asarray(tree["right"]) + start
            value[number, :nodes] = tree["value"]
        self._feature, self._threshold = feature.ravel(), threshold.ravel()
        self._left, self._right, self._value = left.ravel(), right.ravel(), value.ravel()
        self._roots: Places = np.arange(len(trees), dtype=np.int64) * width
        self._depth = max(tree["depth"] for tree in trees)

    def chances(self, rows: Sequence[Sequence[float]]) -> list[float]:
        """How probable each row of a choice is; what is missing to 1 is that none of them is."""
        sums = self.sums(rows)
        top = max(0.0, float(sums.max()))
        weights = np.exp(sums - top)
        return [float(one) for one in weights / (weights.sum() + np.exp(-top))]

    def sums(self, rows: Sequence[Sequence[float]]) -> Numbers:
        """The values of the leaves that each row comes to, added up."""
        numbers = np.asarray(rows, dtype=np.float32).astype(np.float64)
        at = np.repeat(self._roots[None], len(numbers), axis=0)
        row = np.arange(len(numbers))[:, None]
        for _ in range(self._depth):
            below = numbers[row, self._feature[at]] <= self._threshold[at]
            at = np.where(below, self._left[at], self._right[at])
        sums: Numbers = self._value[at].sum(axis=1)
        return sums


@functools.cache
def load_forest(package: str, name: str) -> Forest:
    """The trees of a file beside the modules of a package."""
    learned = json.loads((files(package) / name).read_text(encoding="utf-8"))
    return Forest(learned["trees"], learned["features"])


def softmax(sums: Sequence[Numbers] | Sequence[Sequence[float]] | Numbers) -> Numbers:
    """From the values of each class, a list a class, to the probabilities, a row a case."""
    values = np.asarray(sums, dtype=np.float64).T
    weights = np.exp(values - values.max(axis=1, keepdims=True))
    chances: Numbers = weights / weights.sum(axis=1, keepdims=True)
    return chances


@functools.cache
def load_kinds(package: str, name: str) -> dict[str, Forest]:
    """The trees of each class of a file beside the modules of a package."""
    learned = json.loads((files(package) / name).read_text(encoding="utf-8"))
    return {one: Forest(some, learned["features"]) for one, some in learned["classes"].items()}
