"""How alike a pronoun and a phrase are in what the attribution network makes of them.

The network reads the whole text to find who said what. What it makes of a pronoun half-way
tells something of whom it stands for; learned weights (``training/coreference``) read it out.
"""

from __future__ import annotations

import base64
import functools
import json
from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np

from kg.extraction.mentions import Phrase
from kg.extraction.reading import Reading

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kg.extraction.attribution import States

    Numbers = NDArray[np.float64]

__all__ = ["UNKNOWN", "Likeness", "alike", "load_likeness"]

#: Where the network does not say.
UNKNOWN = -9.0
_LIMIT = 8.0


@dataclass(frozen=True, slots=True)
class Likeness:
    """Weights for what pronoun and phrase have in common, and for the phrase alone."""

    common: Numbers
    alone: Numbers
    intercept: float

    def of(self, pronoun: Numbers, phrase: Numbers) -> float:
        """How much the network's vectors speak for the phrase to be who the pronoun means."""
        score = float((pronoun * phrase) @ self.common + phrase @ self.alone) + self.intercept
        return max(-_LIMIT, min(_LIMIT, score))


def alike(
    reading: Reading, states: States | None, likeness: Likeness
) -> Callable[[Phrase, Phrase], float]:
    """What tells how alike a pronoun and a phrase of a text are; ``UNKNOWN`` without states."""
    known: dict[int, Numbers | None] = {}

    def vector(phrase: Phrase) -> Numbers | None:
        if phrase.head not in known and states is not None:
            span = phrase.span(reading)
            known[phrase.head] = states.between(span.start, span.end)
        return known.get(phrase.head)

    def score(pronoun: Phrase, phrase: Phrase) -> float:
        one, other = vector(pronoun), vector(phrase)
        return UNKNOWN if one is None or other is None else likeness.of(one, other)

    return score


@functools.cache
def load_likeness() -> Likeness:
    """The weights of the package."""
    text = (files("kg.extraction.coreference") / "likeness.json").read_text(encoding="utf-8")
    learned: dict[str, Any] = json.loads(text)
    common, alone = (
        np.frombuffer(base64.b64decode(learned[part]), dtype=np.int8).astype(np.float64)
        * float(learned["unit"])
        for part in ("common", "alone")
    )
    return Likeness(common, alone, float(learned["intercept"]))
