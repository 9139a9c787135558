"""What may be one besides: pairs for a person to decide, with a score and its reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, product

from kg.identity.candidates import Name, pairs
from kg.identity.likeness import Likeness, compare
from kg.identity.names import is_full_name
from kg.identity.profiles import Profile, contradiction, join, support
from kg.identity.recalling import Compared, key, recall
from kg.identity.rulings import Pair, Rulings
from kg.identity.shortlist import Candidate, held_apart, shortlist
from kg.model import EntityKind, Judgement
from kg.shelf import Keeper, Made

__all__ = ["suggest"]

#: Below this nothing is suggested; chosen on one half of nomenklatura's pairs of names.
_LEAST = 0.45
#: A short name that fits more full names than this suggests nothing: the list would help nobody.
_FITS_AT_MOST = 5
#: Of two names that many bear at most so many pairs.
_BEARERS_AT_MOST = 100
#: What is shared beside the name adds so much a reason; what contradicts leaves this part.
_SUPPORT, _CONTRADICTED = 0.1, 0.5
#: What is left where one document names both people.
_TOGETHER = 0.8
#: Two of one full name that no rule joined: they contradict, or the name is not theirs alone.
_SAME = Likeness(0.9, "the same name")
_SAME_OF_OTHERS = Likeness(0.6, "the same name, which others may bear too")
_COMPARED: Made[Compared[Likeness]] = Made(
    "names compared", tuple[dict[int, Likeness], bytes], ("kg.identity", "kg.model")
)


@dataclass(frozen=True, slots=True)
class _Candidate(Candidate):
    """Two that may be one by their names."""

    short: str | None  #: whose name is a bare surname, or has an initial for a name


def suggest(
    known: Mapping[str, Profile],
    canonical: Mapping[str, str],
    rulings: Rulings,
    keeper: Keeper | None = None,
) -> tuple[Judgement, ...]:
    """The suggestions for all that is not joined, the likeliest first.

    What people hold to be different is not suggested again. How alike names are is taken from the
    keeper where they were compared before.
    """
    groups: dict[str, list[str]] = {}
    for iri, least in canonical.items():
        if iri != least:
            groups.setdefault(least, [least]).append(iri)
    different = held_apart(rulings, canonical)
    whole = {
        least: join(known[iri] for iri in groups.get(least, [least]))
        for least in dict.fromkeys(canonical.values())
    }
    found = [
        candidate
        for candidate in _candidates(whole, keeper)
        if (candidate.left, candidate.right) not in different
    ]
    return shortlist(_telling(found))


def _candidates(whole: Mapping[str, Profile], keeper: Keeper | None) -> list[_Candidate]:
    """Each two that may be one, by the likest of their names."""
    bearers: dict[Name, list[str]] = {}
    for least, profile in whole.items():
        if profile.named:
            for name in sorted(profile.names):
                bearers.setdefault((profile.kind, name), []).append(least)
    best: dict[Pair, _Candidate] = {}
    for (one, other), likeness in _alike(bearers, keeper):
        for left, right in islice(product(bearers[one], bearers[other]), _BEARERS_AT_MOST):
            if left == right:
                continue
            candidate = _weigh(left, right, whole, (one, other), likeness)
            pair = candidate.left, candidate.right
            if candidate.score >= _LEAST and (
                pair not in best or best[pair].score < candidate.score
            ):
                best[pair] = candidate
    for candidate in _namesakes(bearers, whole):
        best.setdefault((candidate.left, candidate.right), candidate)
    return list(best.values())


def _alike(
    bearers: Iterable[Name], keeper: Keeper | None
) -> Iterator[tuple[tuple[Name, Name], Likeness]]:
    """Pairs of names that are alike enough; how alike they are rests on nothing but the two."""
    keyed = (
        (key(f"{one[0]} {one[1]}", f"{other[0]} {other[1]}"), (one, other))
        for one, other in pairs(bearers)
    )
    return recall(_COMPARED, keeper, keyed, _compare)


def _compare(some: Sequence[tuple[Name, Name]]) -> Iterator[Likeness | None]:
    for one, other in some:
        likeness = compare(one[1], other[1], one[0])
        yield likeness if likeness.score >= _LEAST else None


def _namesakes(
    bearers: Mapping[Name, Sequence[str]], whole: Mapping[str, Profile]
) -> Iterator[_Candidate]:
    """Those who bear one name and were not joined: why not is said, or what speaks for it."""
    for (kind, name), sharing in bearers.items():
        if kind is not EntityKind.PERSON or is_full_name(name):
            for other in sharing[1:]:
                against = contradiction(whole[sharing[0]], whole[other])
                likeness = _SAME if against else _SAME_OF_OTHERS
                yield _weigh(sharing[0], other, whole, ((kind, name),) * 2, likeness)
        elif len(sharing) <= _FITS_AT_MOST:
            for at, one in enumerate(sharing):
                for other in sharing[at + 1 :]:
                    if support(whole[one], whole[other]):
                        likeness = Likeness(_LEAST, "the same name, which is no full one")
                        yield _weigh(one, other, whole, ((kind, name),) * 2, likeness)


def _weigh(
    one: str,
    other: str,
    whole: Mapping[str, Profile],
    names: tuple[Name, Name],
    likeness: Likeness,
) -> _Candidate:
    """A pair with its score and reasons."""
    called = (
        {one: names[0], other: names[1]}
        if names[0] != names[1]
        else dict.fromkeys((one, other), names[0])
    )
    left, right = sorted((one, other))
    reasons = support(whole[left], whole[right])
    against = contradiction(whole[left], whole[right])
    score = min(0.99, likeness.score + _SUPPORT * len(reasons))
    if against is not None:
        score *= _CONTRADICTED
    elif names[0][0] is EntityKind.PERSON and whole[left].documents & whole[right].documents:
        # Whoever wrote it wrote of two: of one person a document would have said so.
        score, against = score * _TOGETHER, "one document names both"
    said = [likeness.reason, *reasons, *([f"but {against}"] if against else [])]
    return _Candidate(
        left=left,
        right=right,
        score=round(score, 3),
        reason=f"{called[left][1]} / {called[right][1]}: {'; '.join(said)}",
        short=_short(called[left], called[right], left, right),
    )


def _short(one: Name, other: Name, left: str, right: str) -> str | None:
    """Who of two people has only a surname or an initial for the other's full name."""
    if one[0] is not EntityKind.PERSON or is_full_name(one[1]) is is_full_name(other[1]):
        return None
    return right if is_full_name(one[1]) else left


def _telling(found: Sequence[_Candidate]) -> list[_Candidate]:
    """The candidates without those of a short name that fits too many."""
    fits = Counter(candidate.short for candidate in found if candidate.short)
    return [
        candidate
        for candidate in found
        if candidate.short is None or fits[candidate.short] <= _FITS_AT_MOST
    ]
