"""What rules join: those who bear the very same full name, where nothing speaks against it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from kg.identity.consistency import consistent, holds_any
from kg.identity.names import is_full_name, key
from kg.identity.profiles import Profile, contradiction
from kg.identity.rulings import Groups, Pair, Rulings
from kg.model import EntityKind

__all__ = ["join_by_rule"]

type _Name = tuple[str, ...]
#: Whether to be beside somebody of this name tells anything.
type _Tells = Callable[[_Name], bool]
type _Blocks = Mapping[tuple[EntityKind, _Name], list[str]]

#: A name that so many others may bear joins nobody; chosen on bench/identity.py.
_OTHERS = 0.02
#: In fewer names than this there are too few to reckon from.
_MANY = 1000
#: Letters that a middle initial may be, most of the time.
_INITIALS = 10
#: Company that is kept in more documents than this tells nothing.
_RARE = 10


def join_by_rule(known: Mapping[str, Profile], rulings: Rulings) -> list[list[str]]:
    """The groups of more than one that rules join, each in order.

    A name that many may bear, and a name that people know two to bear, join by themselves
    nobody: then an office or company must be shared.
    """
    blocks: dict[tuple[EntityKind, _Name], list[str]] = {}
    for iri, profile in known.items():
        (spelled,) = profile.names
        words = key(spelled, profile.kind)
        full = profile.kind is not EntityKind.PERSON or is_full_name(spelled)
        if profile.named and words and full and iri not in rulings.alone:
            blocks.setdefault((profile.kind, words), []).append(iri)
    common = _common(blocks)
    rare = {
        name
        for (_, name), members in blocks.items()
        if len(members) <= _RARE and name not in common
    }
    # Joins that were taken back do not count here: where no rule made them, nothing may change.
    different = frozenset(pair for pair, _ in rulings.different)
    groups: list[list[str]] = []
    for (kind, name), members in blocks.items():
        if len(members) == 1:
            continue
        is_common = kind is EntityKind.PERSON and name in common

        def tells(other: _Name, own: _Name = name) -> bool:
            return other != own and other in rare

        parts = _with_evidence(members, known, tells) if is_common else [members]
        for part in parts:
            groups += _kept_apart(_unopposed(part, known), known, different, tells)
    return [group for group in groups if len(group) > 1]


def _common(blocks: _Blocks) -> frozenset[_Name]:
    """The names of people that others may well bear, by how common their words are here.

    As many as bear the first name, times those who bear the surname, among all: where first
    names and surnames are drawn from one people, so many bear both by chance.
    """
    names = [name for kind, name in blocks if kind is EntityKind.PERSON]
    if len(names) < _MANY:
        return frozenset()
    first = Counter(name[0] for name in names)
    last = Counter(name[-1] for name in names)
    return frozenset(
        name
        for name in names
        if first[name[0]] * last[name[-1]] / len(names) / (_INITIALS if len(name) > 2 else 1)  # noqa: PLR2004
        > _OTHERS
    )


def _kept_apart(
    group: list[str], known: Mapping[str, Profile], barred: frozenset[Pair], tells: _Tells
) -> list[list[str]]:
    """The group, or what is left of it where people keep two of its members apart."""
    if not holds_any(group, barred):
        return [group]
    return [part for part in _with_evidence(group, known, tells) if not holds_any(part, barred)]


def _with_evidence(
    members: Sequence[str], known: Mapping[str, Profile], tells: _Tells
) -> list[list[str]]:
    """Of namesakes those who hold the same office of the same place, or keep rare company."""
    groups = Groups(members)
    first: dict[object, str] = {}
    for member in members:
        shared: list[object] = [
            (office.title, office.organization)
            for office in known[member].offices
            if office.organization
        ]
        shared += [name for name in known[member].companions if tells(name)]
        for each in shared:
            groups.join(first.setdefault(each, member), member)
    found: dict[str, list[str]] = {}
    for member, least in groups.canonical().items():
        found.setdefault(least, []).append(member)
    return list(found.values())


def _unopposed(members: Sequence[str], known: Mapping[str, Profile]) -> list[str]:
    """The members of whom none contradicts another."""
    return consistent(
        members,
        lambda each: (
            known[each].pronouns,
            known[each].offices,
            known[each].died,
            known[each].lived,
        ),
        lambda one, other: contradiction(known[one], known[other]) is not None,
    )
