"""Which entities of different documents are one.

Rules join only what bears the very same full name, and only where nothing speaks against it: a
surname, a first name, an initial, a letter or a number that differs never join two people. What
people decided goes before every rule. What may be one besides is suggested, the likeliest first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from kg.identity.names import is_full_name, key
from kg.identity.profiles import Profile, contradiction, profiles
from kg.identity.rulings import Groups, Pair, Rulings, rule
from kg.identity.suggestions import suggest
from kg.model import Decision, EntityKind, Findings, Identities, Judgement, Verdict

__all__ = ["resolve"]


def resolve(
    findings: Iterable[Findings], *, base: str, decisions: Sequence[Decision] = ()
) -> Identities:
    """The identities of all entities of all documents, independent of the order they come in.

    Joined entities share the least of their IRIs. Every join has a judgement that says why.

    Raises:
        ContradictionError: If two decisions cannot both hold.
    """
    by_text = {found.document.sha256: found for found in findings}
    documents = [by_text[sha256] for sha256 in sorted(by_text)]
    known = profiles(documents, base)
    rulings = rule(decisions, documents, base)
    groups = _automatic(known, rulings)
    canonical, groups = _joined(known, groups, rulings)
    return Identities(
        canonical=canonical,
        judgements=tuple(_judgements(groups, known, rulings)),
        suggestions=suggest(known, canonical, rulings),
        orphans=rulings.orphans,
    )


def _automatic(known: Mapping[str, Profile], rulings: Rulings) -> list[list[str]]:
    """What the rules join: the groups of more than one, each in order."""
    blocks: dict[tuple[object, ...], list[str]] = {}
    for iri, profile in known.items():
        (name,) = profile.names
        words = key(name, profile.kind)
        full = profile.kind is not EntityKind.PERSON or is_full_name(name)
        if profile.named and words and full and iri not in rulings.alone:
            blocks.setdefault((profile.kind, words), []).append(iri)
    groups = [_consistent(members, known) for members in blocks.values()]
    groups = [part for group in groups for part in _apart(group, known, rulings.barred)]
    return [group for group in groups if len(group) > 1]


def _apart(
    group: list[str], known: Mapping[str, Profile], barred: frozenset[Pair]
) -> list[list[str]]:
    """The group, or what is left of it where people keep two of its members apart."""
    if not _holds_any(group, barred):
        return [group]
    return [part for part in _by_office(group, known) if not _holds_any(part, barred)]


def _holds_any(group: Iterable[str], barred: frozenset[Pair]) -> bool:
    members = set(group)
    return any(one in members and other in members for one, other in barred)


def _by_office(members: Sequence[str], known: Mapping[str, Profile]) -> list[list[str]]:
    """Of namesakes that people keep apart those that hold the same office of the same place.

    Where two people are known to bear a name, the name alone tells nothing any more.
    """
    groups = Groups(members)
    first: dict[object, str] = {}
    for member in members:
        for office in known[member].offices:
            if office.organization:
                holder = first.setdefault((office.title, office.organization), member)
                groups.join(holder, member)
    found: dict[str, list[str]] = {}
    for member, least in groups.canonical().items():
        found.setdefault(least, []).append(member)
    return list(found.values())


def _consistent(members: Sequence[str], known: Mapping[str, Profile]) -> list[str]:
    """The members of whom none contradicts another: who contradicts the most is left out first.

    Where two contradict as much, both are left out: nobody can say which is the odd one.
    """
    alike: dict[object, list[str]] = {}
    for member in members:
        of = known[member]
        alike.setdefault((of.pronouns, of.offices, of.died, of.lived), []).append(member)
    kinds = [group[0] for group in alike.values()]
    sizes = {group[0]: len(group) for group in alike.values()}
    against: dict[str, set[str]] = {kind: set() for kind in kinds}
    for at, one in enumerate(kinds):
        for other in kinds[at + 1 :]:
            if contradiction(known[one], known[other]) is not None:
                against[one].add(other)
                against[other].add(one)
    while any(against.values()):
        odds = {kind: sum(sizes[other] for other in against[kind]) for kind in against}
        worst = max(odds.values())
        out = {kind for kind, odd in odds.items() if odd == worst}
        against = {kind: others - out for kind, others in against.items() if kind not in out}
    return sorted(member for group in alike.values() if group[0] in against for member in group)


def _joined(
    known: Mapping[str, Profile], groups: list[list[str]], rulings: Rulings
) -> tuple[dict[str, str], list[list[str]]]:
    """The canonical IRI of each entity, and the groups of the rules that are part of it.

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
    groups: Iterable[Sequence[str]], known: Mapping[str, Profile], rulings: Rulings
) -> Iterator[Judgement]:
    """Why each two are one or two, one judgement a pair: a person's goes before a rule's."""
    found: dict[Pair, Judgement] = {}
    for left, right in _links(groups):
        found[left, right] = Judgement(
            left=left,
            right=right,
            verdict=Verdict.SAME,
            by="kg",
            reason=f"the same name in both documents: {min(known[right].names)}",
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
