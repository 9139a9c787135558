"""What events may be one besides: pairs for a person to decide, with a score and its reasons."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence

from kg.identity.events.contexts import Contexts
from kg.identity.events.evidence import conflict, days_apart, may_be_one, shared
from kg.identity.events.happenings import Happening, join
from kg.identity.events.pairing import event_pairs
from kg.identity.events.weighing import chances, row
from kg.identity.recalling import Compared, key, recall
from kg.identity.rulings import Rulings
from kg.identity.shortlist import Candidate, held_apart, shortlist
from kg.model import Judgement
from kg.shelf import Keeper, Made
from kg.vocabulary import digest

__all__ = ["suggest_events", "weigh"]

#: Below this nothing is suggested.
_LEAST = 0.4
#: Without anything stated that is shared, the texts alone must be as alike as this.
_LEAST_BY_TEXT = 0.6
#: What one kind takes of what is missing to certainty.
_SAME_KIND = 0.15
#: What is left where something stated differs: one event with two dates is what a person must
#: see, so it stands below what agrees and above what merely sounds alike.
_DIFFERS = 0.8
#: And where the dates lie far apart and nobody takes part in both.
_DIFFERS_MUCH = 0.4
_FAR = 31
#: What is left where one document tells of both: of one event it would mostly have said so.
_TOGETHER = 0.7
#: So many rows are weighed at once.
_BATCH = 2000

type _Score = tuple[float, str]

_WEIGHED: Made[Compared[_Score]] = Made(
    "events weighed", tuple[dict[int, tuple[float, str]], bytes], ("kg.identity", "kg.model")
)


def suggest_events(
    known: Mapping[str, Happening],
    canonical: Mapping[str, str],
    rulings: Rulings,
    contexts: Contexts,
    kept: tuple[Keeper, Mapping[str, str]] | None = None,
) -> tuple[Judgement, ...]:
    """The suggestions for all events that are not joined, the likeliest first.

    What people hold to be different is not suggested again. What came of pairs that were weighed
    before is taken from the keeper that is ``kept``, beside which stands of each event what it was
    made from.
    """
    members: dict[str, list[str]] = {}
    for iri in known:
        members.setdefault(canonical[iri], []).append(iri)
    whole = {least: join(known[iri] for iri in group) for least, group in members.items()}
    different = held_apart(rulings, canonical)
    pairs = (pair for pair in event_pairs(whole) if pair not in different)
    if kept is None:
        found = weigh(list(pairs), whole, contexts)
    else:
        stamps = {
            least: digest([(iri, kept[1][iri]) for iri in group])
            for least, group in members.items()
        }
        found = _recalled(pairs, stamps, whole, contexts, kept[0])
    return shortlist(found)


def _recalled(
    pairs: Iterable[tuple[str, str]],
    stamps: Mapping[str, str],
    whole: Mapping[str, Happening],
    contexts: Contexts,
    keeper: Keeper,
) -> Iterator[Candidate]:
    """As ``weigh``, but of pairs that stand as they stood what was weighed then."""

    def compare(some: Sequence[tuple[str, str]]) -> Iterator[_Score | None]:
        found = {(each.left, each.right): each for each in weigh(some, whole, contexts)}
        for pair in some:
            each = found.get((min(pair), max(pair)))
            yield None if each is None else (each.score, each.reason)

    keyed = ((key(*(stamps[iri] for iri in pair)), pair) for pair in pairs)
    for pair, (score, reason) in recall(_WEIGHED, keeper, keyed, compare, contexts.stamp):
        yield Candidate(min(pair), max(pair), score, reason)


def weigh(
    pairs: Sequence[tuple[str, str]], whole: Mapping[str, Happening], contexts: Contexts
) -> Iterator[Candidate]:
    """Each pair of events that may be one, with its score and reasons."""
    for start in range(0, len(pairs), _BATCH):
        some = [
            pair for pair in pairs[start : start + _BATCH] if may_be_one(*(whole[e] for e in pair))
        ]
        rows = [row(whole[one], whole[other], contexts) for one, other in some]
        for pair, chance in zip(some, chances(rows), strict=True):
            weighed = _weighed(min(pair), max(pair), whole, chance)
            if weighed is not None:
                yield weighed


def _weighed(
    left: str, right: str, whole: Mapping[str, Happening], chance: float
) -> Candidate | None:
    one, other = whole[left], whole[right]
    reasons = shared(one, other)
    against = conflict(one, other)
    kinds = sorted(one.kinds & other.kinds)
    weights = [*(each.weight for each in reasons), *([_SAME_KIND] if kinds else [])]
    score = 1 - (1 - chance) * math.prod(1 - weight for weight in weights)
    if not reasons and chance < _LEAST_BY_TEXT:
        return None
    if against is not None:
        score *= _DIFFERS if reasons and not _is_far(one, other) else _DIFFERS_MUCH
    elif one.documents & other.documents:
        score, against = score * _TOGETHER, "one document tells of both"
    if score < _LEAST:
        return None
    kind = f"both {kinds[0]}" if kinds else f"{min(one.kinds)} and {min(other.kinds)}"
    texts = f"the texts are alike by {round(100 * chance)} in 100"
    said = [
        kind,
        *(each.words for each in reasons),
        texts,
        *([f"but {against}"] if against else []),
    ]
    named = " / ".join(_called(each) for each in (one, other))
    return Candidate(left, right, round(min(0.99, score), 3), f"{named}: {'; '.join(said)}")


def _is_far(one: Happening, other: Happening) -> bool:
    """Whether the dates lie far apart, with nobody and no name that both have."""
    if {t.entity for t in one.taking} & {t.entity for t in other.taking} or one.names & other.names:
        return False
    return (days_apart(one, other) or 0) > _FAR


def _called(happening: Happening) -> str:
    return min(happening.labels or {"it"}, key=lambda each: (-len(each), each))
