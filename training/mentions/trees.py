"""Boosting of small trees that tell several classes apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.tree import DecisionTreeRegressor

from kg.extraction.mentions.clues import CLASSES
from kg.extraction.mentions.traits import TRAITS
from kg.forest import Forest, softmax
from training.coreference.boost import Floats, Ints, written_tree


@dataclass(frozen=True)
class Options:
    """How to fit; the defaults are those of the released trees."""

    rounds: int = 70
    rate: float = 0.1
    leaves: int = 8
    least_rows: int = 15
    shrink: float = 3.0
    features: float = 0.3
    rows: float = 0.8


@dataclass(frozen=True)
class Kinds:
    """The trees of each class."""

    written: dict[str, list[dict[str, Any]]]

    def chances(self, rows: Sequence[Sequence[float]]) -> Floats:
        """How probable each class is for each row."""
        return softmax([Forest(trees, TRAITS).sums(rows) for trees in self.written.values()])


def fit(rows: Floats, classes: Ints, weights: Floats, options: Options, seed: int) -> Kinds:
    """Trees whose summed values are the logits of the classes (gradient boosting)."""
    random = np.random.RandomState(seed)
    logits = np.zeros((len(rows), len(CLASSES)))
    right = np.eye(len(CLASSES))[classes]
    trees: dict[str, list[dict[str, Any]]] = {name: [] for name in CLASSES}
    for _ in range(options.rounds):
        chances = softmax(logits.T)
        seen = random.rand(len(rows)) < options.rows
        for n, name in enumerate(CLASSES):
            residual = (right[:, n] - chances[:, n]) * weights
            curve = np.maximum(chances[:, n] * (1 - chances[:, n]), 1e-6) * weights
            tree = DecisionTreeRegressor(
                max_leaf_nodes=options.leaves,
                min_samples_leaf=options.least_rows,
                max_features=options.features,
                random_state=random.randint(1 << 30),
            ).fit(
                rows[seen],
                residual[seen] / curve[seen].clip(0.05),
                sample_weight=curve[seen].clip(0.05),
            )
            leaf, nodes = tree.apply(rows), tree.tree_.node_count
            step = options.rate * np.bincount(leaf[seen], residual[seen], nodes)
            value = step / (np.bincount(leaf[seen], curve[seen], nodes) + options.shrink)
            logits[:, n] += value[leaf]
            trees[name].append(written_tree(tree.tree_, value))
    return Kinds(trees)
