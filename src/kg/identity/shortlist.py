"""Which of the pairs that may be one a person is shown: the likeliest, and not too many of one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kg.identity.rulings import Pair, Rulings
from kg.model import Judgement, Verdict

__all__ = ["Candidate", "held_apart", "shortlist"]

#: Of one entity or event at most so many pairs, the best.
_EACH_AT_MOST = 5


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two that may be one: IRIs in their order, how likely (0 to 1), and for what reason."""

    left: str
    right: str
    score: float
    reason: str


def held_apart(rulings: Rulings, canonical: Mapping[str, str]) -> set[Pair]:
    """The pairs that people hold to be different, each by the IRI that its group has."""
    return {
        (min(one, other), max(one, other))
        for one, other in (
            (canonical[left], canonical[right]) for (left, right), _ in rulings.different
        )
    }


def shortlist(found: Iterable[Candidate]) -> tuple[Judgement, ...]:
    """The best pairs of each entity or event as suggestions, the likeliest first."""
    return tuple(
        Judgement(
            left=each.left,
            right=each.right,
            verdict=Verdict.UNSURE,
            by="kg",
            reason=each.reason,
            score=each.score,
        )
        for each in _best(found)
    )


def _best(found: Iterable[Candidate]) -> Iterator[Candidate]:
    taken: Counter[str] = Counter()
    for each in sorted(found, key=lambda each: (-each.score, each.left, each.right)):
        taken.update((each.left, each.right))
        if min(taken[each.left], taken[each.right]) <= _EACH_AT_MOST:
            yield each
