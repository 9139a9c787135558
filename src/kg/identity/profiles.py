"""What documents say of an entity beside its name: what speaks for two being one, or against."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import reduce

from kg.identity.names import key
from kg.model import (
    Certainty,
    Entity,
    EntityKind,
    Event,
    Findings,
    Form,
    Polarity,
    Role,
    Stance,
    Time,
)
from kg.shelf import Made, Pool, shelve
from kg.vocabulary import entity_iri

__all__ = ["Office", "Profile", "contradiction", "join", "profiles", "support"]

_HE = frozenset({"he", "him", "his", "himself"})
_SHE = frozenset({"she", "her", "hers", "herself"})

#: Offices that nobody holds in two places at once.
_EXCLUSIVE = frozenset({"head-of-state", "head-of-government", "regional-governor", "mayor"})
#: Statuses that say that the office is not held now.
_NOT_NOW = frozenset({"former", "elect", "designate", "first"})
#: Events whose victim does not live on.
_DEADLY = frozenset({"killing", "execution", "death", "suicide", "massacre", "burial"})
#: Parts of an event that only the living have.
_LIVING = frozenset({"agent", "organiser", "judge", "investigator", "speaker", "witness"})
#: Longer than this nobody is in the news.
_LIFETIME = 90


@dataclass(frozen=True, slots=True)
class Office:
    """A role as it is compared: title, kind, organisation, and the years it is attested in."""

    title: str
    kind: str | None
    organization: tuple[str, ...]
    first: int | None
    last: int | None


@dataclass(frozen=True, slots=True)
class Profile:
    """One entity of one document, or several that are one, as they are compared.

    ``documents`` are the hashes of the texts that name it, ``circles`` the names of persons and
    organisations that each of these names as well.
    ``died`` and ``lived`` are years: of a death, and of what only the living do.
    """

    kind: EntityKind
    names: frozenset[str]
    named: bool = True
    offices: frozenset[Office] = frozenset()
    documents: frozenset[str] = frozenset()
    circles: frozenset[frozenset[tuple[str, ...]]] = frozenset()
    pronouns: frozenset[str] = frozenset()
    died: frozenset[int] = frozenset()
    lived: frozenset[int] = frozenset()

    @property
    def companions(self) -> frozenset[tuple[str, ...]]:
        """All of its circles together; not held, for who is named everywhere has thousands."""
        return frozenset[tuple[str, ...]]().union(*self.circles)


def profiles(findings: Iterable[Findings], base: str) -> dict[str, Profile]:
    """The profile of every entity of every document, by its IRI, in the order of the IRIs."""
    found: dict[str, Profile] = {}
    shelf, pool = shelve(findings), Pool()
    for record in shelf.records:
        cast = shelf.of(record, _CAST, lambda one: _of_document(one, base), base)
        found |= cast.profiles(pool)
    return dict(sorted(found.items()))


@dataclass(frozen=True, slots=True)
class _Cast:
    """The entities of one document, without what all that have a name share: their company."""

    sha256: str
    company: frozenset[tuple[str, ...]]
    members: dict[str, Profile]

    def profiles(self, pool: Pool) -> dict[str, Profile]:
        """Each with what it shares; one set serves all that have equal ones."""
        documents = frozenset({self.sha256})
        circles = frozenset({pool.set_of(self.company)})
        nobody = pool.one(frozenset[frozenset[tuple[str, ...]]]())
        return {
            iri: Profile(
                kind=each.kind,
                names=pool.set_of(each.names),
                named=each.named,
                offices=pool.set_of(each.offices),
                documents=documents,
                circles=circles if each.named else nobody,
                pronouns=pool.set_of(each.pronouns),
                died=pool.set_of(each.died),
                lived=pool.set_of(each.lived),
            )
            for iri, each in self.members.items()
        }


_CAST: Made[_Cast] = Made("profiles", _Cast, ("kg.identity", "kg.vocabulary", "kg.model"))


def join(members: Iterable[Profile]) -> Profile:
    """What is known of several that are one."""
    return reduce(
        lambda one, other: replace(
            one,
            names=one.names | other.names,
            named=one.named or other.named,
            offices=one.offices | other.offices,
            documents=one.documents | other.documents,
            circles=one.circles | other.circles,
            pronouns=one.pronouns | other.pronouns,
            died=one.died | other.died,
            lived=one.lived | other.lived,
        ),
        members,
    )


def support(one: Profile, other: Profile) -> tuple[str, ...]:
    """What speaks for two being one beside their names, in words; the strongest first."""
    reasons = []
    ours = {(office.title, office.organization) for office in one.offices}
    theirs = {(office.title, office.organization) for office in other.offices}
    shared = sorted((title, words) for title, words in ours & theirs if words)
    if shared:
        title, words = shared[0]
        reasons.append(f"both {title} of {' '.join(words)}")
    elif titles := sorted({title for title, _ in ours} & {title for title, _ in theirs}):
        reasons.append(f"both {titles[0]}")
    if not shared and (
        places := sorted({words for _, words in ours if words} & {words for _, words in theirs})
    ):
        reasons.append(f"both hold an office of {' '.join(places[0])}")
    known = {key(name, one.kind) for name in one.names | other.names}
    # Within one document everybody keeps the same company.
    apart = not one.documents & other.documents
    company = sorted((one.companions & other.companions) - known) if apart else ()
    if company:
        shown = ", ".join(" ".join(words) for words in company[:3])
        reasons.append(f"both beside {shown}{' …' if len(company) > len(company[:3]) else ''}")
    return tuple(reasons)


def contradiction(one: Profile, other: Profile) -> str | None:
    """Why two can hardly be one person, in words; None where nothing speaks against it."""
    if one.kind is not EntityKind.PERSON:
        return None
    if _mostly(one) and _mostly(other) and _mostly(one) != _mostly(other):
        return "one is he, the other she"
    for office in _exclusive(one):
        for rival in _exclusive(other):
            if _exclude(office, rival):
                return (
                    f"{office.title} of {' '.join(office.organization)} and {rival.title} of "
                    f"{' '.join(rival.organization)} at the same time"
                )
    for dead, living in ((one, other), (other, one)):
        after = [year for year in sorted(living.lived) if dead.died and year > max(dead.died)]
        if after:
            return f"one died in {max(dead.died)}, the other acts in {after[0]}"
    years = [
        (min(each), max(each)) for each in (one.lived | one.died, other.lived | other.died) if each
    ]
    if len(years) > 1 and max(low for low, _ in years) - min(top for _, top in years) > _LIFETIME:
        return "their dates lie a lifetime apart"
    return None


def _mostly(one: Profile) -> str | None:
    return next(iter(one.pronouns)) if len(one.pronouns) == 1 else None


def _exclusive(one: Profile) -> list[Office]:
    return sorted((office for office in one.offices if office.kind in _EXCLUSIVE), key=str)


def _exclude(one: Office, other: Office) -> bool:
    if one.kind != other.kind:
        return False
    if not one.organization or not other.organization:
        return False
    # Part of a longer name it may be the same place: Sund and the city of Sund.
    if set(one.organization) & set(other.organization):
        return False
    if None in {one.first, one.last, other.first, other.last}:
        return False
    return bool(one.first <= other.last and other.first <= one.last)  # type: ignore[operator]


def _of_document(found: Findings, base: str) -> _Cast:
    names = {entity.id: entity for entity in found.entities}
    company = frozenset(
        key(entity.name, entity.kind)
        for entity in found.entities
        if entity.named and entity.kind in {EntityKind.PERSON, EntityKind.ORGANIZATION}
    )
    died: dict[str, set[int]] = {}
    lived: dict[str, set[int]] = {}
    for event in filter(_holds, found.events):
        _note_years(event, died, lived)
    for claim in found.claims:
        if claim.speaker is not None:
            lived.setdefault(claim.speaker, set()).update(_years(claim.said))
    offices: dict[str, set[Office]] = {}
    for role in filter(_holds, found.roles):
        offices.setdefault(role.person, set()).add(_office(role, found, names))
        lived.setdefault(role.person, set()).update(
            *(_years(time) for time in (role.start, role.end, role.held))
        )
    members = {
        entity_iri(base, found.document.sha256, entity): Profile(
            kind=entity.kind,
            names=frozenset({entity.name}),
            named=entity.named,
            offices=frozenset(offices.get(entity.id, ())),
            pronouns=_pronouns(entity, found.document.text),
            died=frozenset(died.get(entity.id, ())),
            lived=frozenset(lived.get(entity.id, ())),
        )
        for entity in found.entities
    }
    return _Cast(found.document.sha256, company, members)


def _holds(finding: Role | Event) -> bool:
    """Whether a document says it in its own voice, for certain."""
    return finding.within is None and finding.stance == Stance(Polarity.AFFIRMED, Certainty.CERTAIN)


def _note_years(event: Event, died: dict[str, set[int]], lived: dict[str, set[int]]) -> None:
    for participant in event.participants:
        if participant.part == "victim" and event.kind in _DEADLY:
            died.setdefault(participant.entity, set()).update(_years(event.time))
        elif participant.part in _LIVING:
            lived.setdefault(participant.entity, set()).update(_years(event.time))


def _years(time: Time | None) -> tuple[int, ...]:
    """The year of a time that lies within one; no other is sure enough."""
    if time is None or time.earliest is None or time.latest is None:
        return ()
    return (time.earliest.year,) if time.earliest.year == time.latest.year else ()


def _office(role: Role, found: Findings, names: Mapping[str, Entity]) -> Office:
    organization = names.get(role.organization) if role.organization else None
    published = found.document.published
    now = published.year if published and role.status not in _NOT_NOW else None
    held = _years(role.held)
    now = None if held else now  # what was then need not be so now
    first = min(
        (*_years(role.start), *held, *((now,) if now and not role.end else ())), default=None
    )
    last = max((*_years(role.end), *held, *((now,) if now and not role.end else ())), default=None)
    return Office(
        title=role.title.casefold(),
        kind=role.kind,
        organization=key(organization.name, organization.kind) if organization else (),
        first=first,
        last=last,
    )


def _pronouns(entity: Entity, text: str) -> frozenset[str]:
    words = {
        mention.span.of(text).casefold()
        for mention in entity.mentions
        if mention.form is Form.PRONOUN
    }
    return frozenset({"he"} if words & _HE else ()) | frozenset({"she"} if words & _SHE else ())
