"""What speaks for and against a candidate to be the one a pronoun stands for, as numbers."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kg.extraction.coreference.beside import beside, plain_choice
from kg.extraction.coreference.cluster import Cluster
from kg.extraction.coreference.likeness import UNKNOWN
from kg.extraction.coreference.outline import (
    OBJECT,
    PASSIVE,
    POSSESSOR,
    PREPOSED,
    SUBJECT,
    SUBJECTS,
    Outline,
    Standing,
)
from kg.extraction.mentions import Phrase
from kg.model import EntityKind, Form

__all__ = ["Candidate", "Earlier", "evidence", "near"]

_NONE = -1.0  #: of a number that there is not
_FAR = 9.0
_FORMS = {Form.NAME: 0.0, Form.NOMINAL: 1.0, Form.PRONOUN: 2.0}
_BOUND = {OBJECT, PREPOSED}
_OF_NAME = {"appos", "compound", "nmod"}
_CLAUSES = {
    "ROOT": 0.0, "ccomp": 1.0, "advcl": 2.0, "relcl": 3.0,
    "conj": 4.0, "xcomp": 5.0, "acl": 6.0, "pcomp": 7.0,
}  # fmt: skip
_OTHER_CLAUSE = 8.0
_PREPOSITIONS = {
    "of": 1.0, "with": 2.0, "between": 2.0, "by": 3.0, "to": 4.0, "for": 5.0, "from": 6.0,
    "in": 7.0, "on": 7.0, "at": 7.0, "against": 8.0, "as": 9.0, "than": 9.0, "like": 9.0,
    "including": 10.0, "after": 11.0, "before": 11.0,
}  # fmt: skip
_OTHER_PREPOSITION = 12.0
#: How many of the phrases before a pronoun are compared with it.
_COMPARED = 4


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entity that a pronoun may stand for, with the heads of its phrases around it."""

    cluster: Cluster
    before: Sequence[int]
    after: Sequence[int]
    given: float  #: how much its given name speaks for the gender of the pronoun
    known: bool  #: whether its first word is a known given name
    titled: bool  #: whether a person's title or description is said of it


@dataclass(frozen=True, slots=True)
class Earlier:
    """The pronoun of the same gender before, and the entity it was held to stand for."""

    token: int
    cluster: Cluster | None


def evidence(  # noqa: PLR0913 - what a row is made of
    outline: Outline,
    pronoun: Phrase,
    candidates: Sequence[Candidate],
    *,
    earlier: Earlier | None,
    phrases: dict[int, Phrase],
    alike: Callable[[Phrase, Phrase], float],
) -> list[list[float]]:
    """For each candidate a row of numbers, in the order of ``FEATURES``.

    ``alike`` tells how alike the pronoun and a phrase are to the attribution network.
    """
    at = outline.standing(pronoun.head)
    chain = outline.clauses_above(pronoun.head)
    same = _same_for_all(outline, pronoun, at, len(candidates), earlier)
    own = [
        [
            *_nearest_before(outline, at, candidate, phrases),
            *_subject(outline, at, chain, candidate),
            *_bound(outline, pronoun, at, candidate),
            *_next(outline, at, chain, candidate),
            *_entity(pronoun, candidate, earlier, phrases),
            *_likeness(pronoun, candidate, phrases, alike),
        ]
        for candidate in candidates
    ]
    plain = plain_choice(own)
    return [
        [*same, *row, *beside(row, own), float(number == plain)] for number, row in enumerate(own)
    ]


def _same_for_all(
    outline: Outline, pronoun: Phrase, at: Standing, candidates: int, earlier: Earlier | None
) -> tuple[float, ...]:
    p = pronoun.head
    if earlier is None:
        before = (_FAR, _NONE, 99.0)
    else:
        stands = outline.standing(earlier.token)
        before = (
            float(min(at.sentence - stands.sentence, 9)),
            float(stands.role),
            float(min(p - earlier.token, 99)),
        )
    return (
        float(at.role),
        float(at.host),
        float(at.depth),
        float(p - outline.starts[at.sentence]),
        float(at.quoted),
        _CLAUSES.get(outline.deps[at.clause], _OTHER_CLAUSE),
        *before,
        float(candidates),
    )


def _nearest_before(
    outline: Outline, at: Standing, candidate: Candidate, phrases: dict[int, Phrase]
) -> tuple[float, ...]:
    if not candidate.before:
        return (_NONE,) * 15
    last = outline.standing(candidate.before[-1])
    near = range(max(0, last.token - 12), last.token + 13)
    return (
        float(at.sentence - last.sentence),
        math.log1p(at.token - last.token),
        float(last.role),
        float(last.host),
        float(last.depth),
        float(last.listed),
        float(last.quoted),
        float(last.bracketed),
        _FORMS[phrases[last.token].form],
        float(last.role == at.role),
        float(last.clause == at.clause),
        float(last.token - outline.starts[last.sentence]),
        _PREPOSITIONS.get(last.preposition, _OTHER_PREPOSITION) if last.preposition else 0.0,
        float(sum(outline.sentences[head] == at.sentence for head in candidate.before)),
        float(
            last.listed
            and any(
                head in phrases
                and head != last.token
                and (outline.heads[head] == last.token or outline.heads[last.token] == head)
                for head in near
            )
        ),
    )


def _subject(
    outline: Outline, at: Standing, chain: Sequence[int], candidate: Candidate
) -> tuple[float, ...]:
    nearest: Standing | None = None
    governs = _NONE
    for head in candidate.before:
        stands = outline.standing(head)
        if stands.role not in SUBJECTS:
            continue
        nearest = stands
        if stands.sentence == at.sentence and stands.clause in chain:
            over = float(chain.index(stands.clause))
            governs = over if governs == _NONE else min(governs, over)
    if nearest is None:
        return _FAR, _FAR, _NONE, governs
    return (
        float(at.sentence - nearest.sentence),
        float(nearest.depth),
        float(nearest.token - outline.starts[nearest.sentence]),
        governs,
    )


def _bound(
    outline: Outline, pronoun: Phrase, at: Standing, candidate: Candidate
) -> tuple[float, ...]:
    """Signs that grammar keeps the two apart: "X met her", "her teacher X", "X was her teacher"."""
    p, heads, deps = pronoun.head, outline.heads, outline.deps
    near = (*candidate.before[-4:], *candidate.after[:2])
    argument = at.role in _BOUND and any(
        (other := outline.standing(head)).clause == at.clause
        and other.role in {SUBJECT, PASSIVE, OBJECT}
        and other.sentence == at.sentence
        for head in near
    )
    inside = bool(candidate.before) and outline.governs(candidate.before[-1], p)
    over = 0.0
    host = heads[p] if at.role == POSSESSOR else p
    for head in near:
        if outline.governs(head, p):
            over = max(over, 1.0)
        if at.role == POSSESSOR and (
            head == host or (heads[head] == host and deps[head] in _OF_NAME)
        ):
            over = max(over, 2.0)
        if (
            at.role == POSSESSOR
            and deps[host] == "attr"
            and heads[head] == heads[host]
            and deps[head] in {"nsubj", "nsubjpass"}
        ):
            over = max(over, 3.0)
        if deps[head] == "attr" and heads[head] == heads[p] and deps[p] == "nsubj":
            over = max(over, 4.0)
    return float(argument), float(inside), over


def _next(
    outline: Outline, at: Standing, chain: Sequence[int], candidate: Candidate
) -> tuple[float, ...]:
    if not candidate.after:
        return _FAR, _FAR, _NONE, 0.0, 0.0
    after = outline.standing(candidate.after[0])
    return (
        float(after.sentence - at.sentence),
        math.log1p(after.token - at.token),
        float(after.role),
        float(after.depth - at.depth),
        float(after.clause in chain),
    )


def _entity(
    pronoun: Phrase,
    candidate: Candidate,
    earlier: Earlier | None,
    phrases: dict[int, Phrase],
) -> tuple[float, ...]:
    cluster = candidate.cluster
    near = [phrases[head] for head in (*candidate.before, *candidate.after)]
    names = [phrase for phrase in cluster.phrases if phrase.form is Form.NAME]
    agreeing = sum(p.form is Form.PRONOUN and p.gender == pronoun.gender for p in near)
    recognised = sum(name.method == "model:ner-person" for name in names)
    return (
        float(sum(phrase.form is Form.NAME for phrase in near)),
        float(len(candidate.before)),
        float(len(candidate.after)),
        float(agreeing),
        float(cluster.kind is EntityKind.PERSON),
        float(cluster.kind is EntityKind.PLACE),
        float(not names),
        float(max((len(name.name.split()) for name in names), default=0)),
        recognised / len(names) if names else _NONE,
        sum(name.person for name in names) / len(names) if names else 1.0,
        candidate.given,
        float(candidate.known),
        float(candidate.titled),
        float(cluster.gender == pronoun.gender),
        _NONE if earlier is None or earlier.cluster is None else float(earlier.cluster is cluster),
    )


def near(candidate: Candidate) -> tuple[int, ...]:
    """The heads of a candidate's phrases that are compared with a pronoun."""
    return (*candidate.before[-_COMPARED:], *candidate.after[:1])


def _likeness(
    pronoun: Phrase,
    candidate: Candidate,
    phrases: dict[int, Phrase],
    alike: Callable[[Phrase, Phrase], float],
) -> tuple[float, ...]:
    scores = [alike(pronoun, phrases[head]) for head in near(candidate)]
    before = scores[len(candidate.before[-_COMPARED:]) - 1] if candidate.before else UNKNOWN
    return max(scores), before, sum(scores) / len(scores)
