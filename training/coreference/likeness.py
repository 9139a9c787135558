"""Fits the weights that tell from a network's states whom a pronoun stands for."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from kg.extraction.attribution import States
from kg.extraction.coreference import Choice
from kg.extraction.coreference.evidence import near
from kg.extraction.coreference.likeness import Likeness
from kg.extraction.mentions import Phrase
from kg.extraction.reading import Reading
from training.coreference.boost import OPEN, RIGHT, Floats, Ints

#: How strongly the weights are held down (chosen by cross-validation on GAP development).
STRENGTH = 0.003


@dataclass(frozen=True)
class Pairs:
    """Phrases beside a pronoun: a row each of what they share and of the phrase, and the label."""

    rows: Floats
    labels: Ints
    weights: Floats


def pairs_of(
    reading: Reading,
    states: States,
    phrases: Mapping[int, Phrase],
    choice: Choice,
    labels: Sequence[int],
) -> Pairs | None:
    """The phrases of the candidates of a choice beside its pronoun; None where nobody is right."""
    asked = choice.pronoun.span(reading)
    pronoun = states.between(asked.start, asked.end)
    if pronoun is None or RIGHT not in labels:
        return None
    rows, marks, weights = [], [], []
    for candidate, label in zip(choice.candidates, labels, strict=True):
        heads = near(candidate)
        for head in heads:
            span = phrases[head].span(reading)
            phrase = states.between(span.start, span.end)
            if phrase is not None and label != OPEN:
                rows.append(np.concatenate([pronoun * phrase, phrase]).astype(np.float32))
                marks.append(label)
                weights.append(1 / len(heads))
    return Pairs(np.array(rows), np.array(marks), np.array(weights)) if rows else None


def fit_likeness(pairs: Iterable[Pairs]) -> Likeness:
    """Weights by logistic regression over all pairs."""
    some = list(pairs)
    rows = np.concatenate([one.rows for one in some])
    mean, width = rows.mean(axis=0), rows.std(axis=0) + 1e-6
    fitted = LogisticRegression(C=STRENGTH, max_iter=300).fit(
        (rows - mean) / width,
        np.concatenate([one.labels for one in some]),
        sample_weight=np.concatenate([one.weights for one in some]),
    )
    weights = fitted.coef_[0] / width
    common, alone = np.split(weights, 2)
    return Likeness(common, alone, float(fitted.intercept_[0] - weights @ mean))


def written(likeness: Likeness) -> dict[str, Any]:
    """The weights as they are kept, in steps of a 127th of the largest."""
    unit = float(max(abs(likeness.common).max(), abs(likeness.alone).max())) / 127
    parts = {
        name: base64.b64encode(np.round(part / unit).astype(np.int8).tobytes()).decode()
        for name, part in (("common", likeness.common), ("alone", likeness.alone))
    }
    return {"unit": unit, "intercept": round(likeness.intercept, 4), **parts}
