"""Boosting of small trees where one of several candidates, or none, is to be chosen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.tree import DecisionTreeRegressor

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

#: Labels of a candidate: right, wrong, or left open by who marked the text.
RIGHT, WRONG, OPEN = 1, 0, -1


@dataclass(frozen=True)
class Options:
    """How to fit; the defaults are those of the released trees."""

    trees: int = 250
    rate: float = 0.08
    leaves: int = 6
    least_rows: int = 40
    shrink: float = 2.0
    features: float = 0.2  #: share of the features that each split looks at
    choices: float = 0.8  #: share of the choices that each tree sees


@dataclass(frozen=True)
class Choices:
    """What to learn from: the candidates of all choices, those of one choice together."""

    rows: Floats
    labels: Ints  #: one a candidate
    numbers: Ints  #: of the choice that each candidate belongs to
    weights: Floats  #: one a choice


def fit(given: Choices, options: Options, seed: int) -> list[dict[str, Any]]:
    """Trees whose summed values, with 0 for "none of them", are logits of a choice.

    Maximises the probability of what the marks allow: the right candidates where there are any,
    else "none" and the candidates that nobody marked (as in gradient boosting, with Newton's step
    in each leaf).
    """
    rows, labels, weights = given.rows, given.labels, given.weights
    _, starts, sizes = np.unique(given.numbers, return_index=True, return_counts=True)
    group = np.repeat(np.arange(len(starts)), sizes)
    answered = np.maximum.reduceat(labels == RIGHT, starts)
    allowed = np.where(answered[group], labels == RIGHT, labels == OPEN)
    logits = np.zeros(len(labels))
    random = np.random.RandomState(seed)
    trees = []
    for _ in range(options.trees):
        top = np.maximum(np.maximum.reduceat(logits, starts), 0)
        odds, none = np.exp(logits - top[group]), np.exp(-top)
        chance = odds / (np.add.reduceat(odds, starts) + none)[group]
        right = np.add.reduceat(odds * allowed, starts) + none * ~answered
        target = np.where(allowed, odds / np.maximum(right, 1e-12)[group], 0)
        residual = (target - chance) * weights[group]
        curve = np.maximum(chance * (1 - chance), 1e-6) * weights[group]
        seen = (random.rand(len(starts)) < options.choices)[group]
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
        leaf = tree.apply(rows)
        nodes = tree.tree_.node_count
        step = options.rate * np.bincount(leaf[seen], residual[seen], nodes)
        value = step / (np.bincount(leaf[seen], curve[seen], nodes) + options.shrink)
        logits += value[leaf]
        trees.append(written_tree(tree.tree_, value))
    return trees


def written_tree(tree: Any, value: Floats) -> dict[str, Any]:  # noqa: ANN401 - scikit-learn has no types
    """A tree as the plain lists that ``Forest`` reads; a leaf leads to itself."""
    leaf = tree.feature < 0
    here = np.arange(tree.node_count)
    return {
        "depth": int(tree.max_depth),
        "feature": np.where(leaf, 0, tree.feature).tolist(),
        "threshold": [
            None if end else round(float(threshold), 4)
            for end, threshold in zip(leaf, tree.threshold, strict=True)
        ],
        "left": np.where(leaf, here, tree.children_left).tolist(),
        "right": np.where(leaf, here, tree.children_right).tolist(),
        "value": [round(float(v), 4) if end else 0.0 for end, v in zip(leaf, value, strict=True)],
    }
