"""Which entities and events of different documents are one.

Rules join only what bears the very same full name, and only where nothing speaks against it: a
surname, a first name, an initial, a letter or a number that differs never join two people. Events
are joined where kind, day, place and people leave no doubt. What people decided goes before every
rule. What may be one besides is suggested, the likeliest first.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kg.errors import ContradictionError
from kg.identity.corrections import HIDE_MENTION, against, astray
from kg.identity.decisions import describe
from kg.identity.events import (
    Contexts,
    Likeness,
    countries,
    explain,
    happenings,
    join_events,
    stamps,
    suggest_events,
)
from kg.identity.profiles import Profile, profiles
from kg.identity.remembered import forget
from kg.identity.rules import join_by_rule
from kg.identity.rulings import Groups, Pair, Rulings, rule
from kg.identity.suggestions import suggest
from kg.model import Decision, Findings, Identities, Judgement, Mark, Verdict
from kg.shelf import Shelf, shelve
from kg.vocabulary import entity_iri

__all__ = ["resolve"]


def resolve(
    findings: Iterable[Findings],
    *,
    base: str,
    decisions: Sequence[Decision] = (),
    likeness: Likeness | None = None,
) -> Identities:
    """The identities of all entities and events of all documents, whatever order they come in.

    Joined entities share the least of their IRIs. Every join has a judgement that says why.
    ``likeness`` says how near two words are in meaning, which only suggestions look at.

    Raises:
        ContradictionError: If two decisions cannot both hold.
    """
    shelf = shelve(findings)
    rulings = rule(decisions, shelf, base)
    entities = _entities(shelf, base, rulings)
    forget()
    events = _events(shelf, base, rulings, entities, likeness)
    forget()
    own = {
        entity_iri(base, found.document.sha256, entity): entity.marks
        for found in shelf.corrected
        for entity in found.entities
        if entity.marks
    }
    suggestions = (*entities.suggestions, *events.suggestions)
    return Identities(
        canonical={**entities.canonical, **events.canonical},
        judgements=(*entities.judgements, *events.judgements),
        suggestions=tuple(
            each
            for each in sorted(suggestions, key=lambda j: (-(j.score or 0), j.left, j.right))
            # To suggest who it is would show what somebody hid.
            if not _is_hidden_mention(own, each.left, each.right)
        ),
        marks=_together(own, entities.canonical),
        orphans=(*rulings.orphans, *astray(shelf, decisions)),
    )


@dataclass(frozen=True, slots=True)
class _Resolved:
    """Which of the entities are one, or of the events; all that is left of what was compared.

    ``names`` are what the canonical entities are called, ``countries`` which of them are one.
    """

    canonical: Mapping[str, str]
    judgements: tuple[Judgement, ...]
    suggestions: tuple[Judgement, ...]
    names: Mapping[str, str] = field(default_factory=dict)
    countries: frozenset[str] = frozenset()


def _entities(shelf: Shelf, base: str, rulings: Rulings) -> _Resolved:
    known = profiles(shelf, base)
    rulings = rulings.among(known)
    canonical, groups = _joined(known, join_by_rule(known, rulings), rulings)
    return _Resolved(
        canonical=canonical,
        judgements=tuple(_judgements(groups, rulings, lambda _, other: _same_name(known[other]))),
        suggestions=suggest(known, canonical, rulings, shelf.keeper),
        names=_names(known, canonical),
        countries=countries(known, canonical),
    )


def _events(
    shelf: Shelf, base: str, rulings: Rulings, entities: _Resolved, likeness: Likeness | None
) -> _Resolved:
    named = entities.canonical, entities.names
    told = happenings(shelf, base, *named)
    kept = None if shelf.keeper is None else (shelf.keeper, stamps(shelf, base, *named))
    rulings = rulings.among(told)
    canonical, groups = _joined(told, join_events(told, entities.countries, rulings), rulings)
    contexts = Contexts(shelf, told.values(), likeness)
    return _Resolved(
        canonical=canonical,
        judgements=tuple(
            _judgements(groups, rulings, lambda one, other: explain(told[one], told[other]))
        ),
        suggestions=suggest_events(told, canonical, rulings, contexts, kept),
    )


def _names(known: Mapping[str, Profile], canonical: Mapping[str, str]) -> dict[str, str]:
    """What each canonical entity is called."""
    names: dict[str, str] = {}
    for iri, profile in known.items():
        least = canonical[iri]
        names[least] = min(names.get(least, min(profile.names)), *profile.names)
    return names


def _same_name(profile: Profile) -> str:
    return f"the same name in both documents: {min(profile.names)}"


def _together(
    own: Mapping[str, Sequence[Mark]], canonical: Mapping[str, str]
) -> dict[str, tuple[Mark, ...]]:
    """What people corrected of all that are one, which is called and taken for one thing.

    Raises:
        ContradictionError: If two corrections of it cannot both hold.
    """
    groups: dict[str, list[Mark]] = {}
    for iri in sorted(own):
        groups.setdefault(canonical[iri], []).extend(own[iri])
    for marks in groups.values():
        first, *others = against(marks) or (None,)
        if first is not None:
            raise ContradictionError(describe(first), map(describe, others))
    return {iri: tuple(marks) for iri, marks in groups.items()}


def _is_hidden_mention(marks: Mapping[str, Sequence[Mark]], *iris: str) -> bool:
    return any(mark.decision.what == HIDE_MENTION for iri in iris for mark in marks.get(iri, ()))


def _joined(
    known: Collection[str], groups: list[list[str]], rulings: Rulings
) -> tuple[dict[str, str], list[list[str]]]:
    """The canonical IRI of each, and the groups of the rules that are part of it.

    Where rules and decisions together would join what must stay apart, the rules give way.
    """
    decided = Groups(known)
    for (one, other), _ in rulings.same:
        decided.join(one, other)
    barred = [pair for pair in rulings.barred if decided.find(pair[0]) != decided.find(pair[1])]
    while True:
        joined = Groups(known)
        for one, other in (*(pair for pair, _ in rulings.same), *_links(groups)):
            joined.join(one, other)
        crossed = {
            joined.find(one) for one, other in barred if joined.find(one) == joined.find(other)
        }
        if not crossed:
            return joined.canonical(), groups
        groups = [group for group in groups if joined.find(group[0]) not in crossed]


def _links(groups: Iterable[Sequence[str]]) -> Iterator[Pair]:
    for group in groups:
        yield from ((group[0], member) for member in group[1:])


def _judgements(
    groups: Iterable[Sequence[str]], rulings: Rulings, reason: Callable[[str, str], str]
) -> Iterator[Judgement]:
    """Why each two are one or two, one judgement a pair: a person's goes before a rule's."""
    found: dict[Pair, Judgement] = {}
    for left, right in _links(groups):
        found[left, right] = Judgement(
            left=left, right=right, verdict=Verdict.SAME, by="kg", reason=reason(left, right)
        )
    for verdict, ruled in (
        (Verdict.SAME, rulings.same),
        (Verdict.DIFFERENT, rulings.different),
    ):
        for (left, right), decision in ruled:
            found[left, right] = Judgement(
                left=left,
                right=right,
                verdict=verdict,
                by=decision.who,
                reason=decision.why or "no reason was given",
            )
    return iter(found[pair] for pair in sorted(found))
