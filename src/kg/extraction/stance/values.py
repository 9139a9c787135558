"""The stances that the rules give, and what one inside another comes to."""

from __future__ import annotations

from kg.model import Certainty, Polarity, Stance

__all__ = [
    "AFFIRMED",
    "DENIED",
    "POSSIBLE",
    "PROBABLE",
    "UNREAL",
    "combine",
    "of_polarity",
    "weaker",
]

AFFIRMED = Stance()
DENIED = Stance(Polarity.DENIED)
PROBABLE = Stance(certainty=Certainty.PROBABLE)
POSSIBLE = Stance(certainty=Certainty.POSSIBLE)
UNREAL = Stance(certainty=Certainty.UNREAL)

_ORDER = [Certainty.CERTAIN, Certainty.PROBABLE, Certainty.POSSIBLE, Certainty.UNREAL]


def combine(inner: Stance, outer: Stance) -> Stance:
    """What is held of a thing inside a clause of which something else is held.

    >>> combine(Stance(Polarity.DENIED), Stance(Polarity.DENIED)).polarity.value
    'affirmed'
    """
    affirmed = inner.polarity is outer.polarity
    return Stance(
        Polarity.AFFIRMED if affirmed else Polarity.DENIED,
        weaker(inner.certainty, outer.certainty),
    )


def weaker(one: Certainty, two: Certainty) -> Certainty:
    """The less sure of two certainties.

    >>> weaker(Certainty.CERTAIN, Certainty.POSSIBLE).value
    'possible'
    """
    return max(one, two, key=_ORDER.index)


def of_polarity(denied: bool) -> Stance:
    """A certain stance.

    >>> of_polarity(True).polarity.value
    'denied'
    """
    return DENIED if denied else AFFIRMED
