"""What stands on a timeline: events and roles, each with the times that somebody gives it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from kg.view.facts import ClaimFact, EventFact, Facts, RoleFact, TimeFact
from kg.view.moments import Moment, are_apart, moment_of, when_of
from kg.view.stance import document_of, look_of_fact, strongest
from kg.view.wording import called, labels_of, title_of

__all__ = ["Entry", "Thing", "gather"]

#: What a source holds to be so, if only by hearsay: plans and denials contradict no date.
_SAID_TO_BE = {"affirmed", "alleged"}
#: So many of those who take part stand on the line beside the name of an event.
_NAMED = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A thing at one time, or (without a moment) all that is said of it without one."""

    moment: Moment | None
    when: tuple[str, ...]  #: in the words of the texts
    look: str
    sayings: tuple[str, ...]
    details: tuple[str, ...] = ()  #: of an event: who takes part and where, as this look has it
    differs: bool = False  #: another entry of the same thing gives a time that cannot be meant


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """An event, or a role of one holder, and everything that is said of it."""

    id: str
    kind: str  #: event or role
    sort: str  #: the kind of event, or the words of the title
    names: tuple[str, ...]  #: the first is shown
    look: str
    disputed: bool  #: somebody affirms it and somebody denies it
    takers: tuple[tuple[str, str, str], ...]  #: who takes part, as what, and how that is meant
    places: tuple[tuple[str, str], ...]  #: where, and how that is meant
    speakers: tuple[str, ...]  #: whoever says it or passes it on
    entries: tuple[Entry, ...]  #: in the order of time, the one without a time last
    numbers: tuple[str, ...] = ()  #: the statements that give a number of it


def gather(facts: Facts, times: Mapping[str, Mapping[str, TimeFact]]) -> tuple[Thing, ...]:
    """All events and roles; equal facts give equal things, in the order of their times."""
    things = [*_events(facts, times), *_roles(facts, times)]
    return tuple(sorted(things, key=_order))


def _order(thing: Thing) -> tuple[object, ...]:
    return (*_place(thing.entries[0]), thing.kind, thing.names[0].casefold(), thing.id)


def _events(facts: Facts, times: Mapping[str, Mapping[str, TimeFact]]) -> Iterator[Thing]:
    mentions: dict[str, list[EventFact]] = defaultdict(list)
    for fact in facts.events.values():
        mentions[fact.event].append(fact)
    numbers: dict[str, list[str]] = defaultdict(list)
    for quantity in facts.quantities.values():
        if quantity.event is not None:
            numbers[quantity.event].append(quantity.statement)
    for event, said in sorted(mentions.items()):
        statements = [fact.statement for fact in said]
        takers = [
            ((taker.entity, taker.part), look_of_fact(facts, statement))
            for statement in statements
            for taker in facts.participants.get(statement, ())
        ]
        places = [
            ((fact.place,), look_of_fact(facts, fact.statement)) for fact in said if fact.place
        ]
        yield replace(
            _thing(facts, times, event, statements),
            sort=labels_of(fact.kind for fact in said)[0],
            names=labels_of(fact.label for fact in said),
            takers=tuple((*key, look) for key, look in _meant(takers)),
            places=tuple((*key, look) for key, look in _meant(places)),
            numbers=tuple(numbers.get(event, ())),
        )


def _roles(facts: Facts, times: Mapping[str, Mapping[str, TimeFact]]) -> Iterator[Thing]:
    """A role is one for all who say that somebody holds it, or held it, in the same words."""
    held: dict[tuple[str, str, str], list[RoleFact]] = defaultdict(list)
    for fact in facts.roles.values():
        held[fact.holder, fact.body or "", fact.title.casefold()].append(fact)
    for (holder, body, _), said in sorted(held.items()):
        words = labels_of(title_of(fact) for fact in said)
        where = f", {called(facts, body)}" if body else ""
        is_place = body in facts.names and facts.names[body].kind == "place"
        thing = _thing(facts, times, said[0].statement, [fact.statement for fact in said])
        organization = (body, "body", thing.look)
        yield replace(
            thing,
            kind="role",
            sort="role",
            names=tuple(f"{called(facts, holder)}: {title}{where}" for title in words),
            takers=(
                (holder, "holder", thing.look),
                *((organization,) if body and not is_place else ()),
            ),
            places=((body, thing.look),) if is_place else (),
        )


def _meant[K](said: Iterable[tuple[K, str]]) -> Iterator[tuple[K, str]]:
    """Each once, with the strongest look that somebody gives it."""
    looks: dict[K, set[str]] = defaultdict(set)
    for key, look in said:
        looks[key].add(look)
    return ((key, strongest(all_)) for key, all_ in looks.items())


def _thing(
    facts: Facts,
    times: Mapping[str, Mapping[str, TimeFact]],
    iri: str,
    statements: Sequence[str],
) -> Thing:
    """What events and roles have alike."""
    looks = {look_of_fact(facts, statement) for statement in statements}
    return Thing(
        id=iri,
        kind="event",
        sort="",
        names=(),
        look=strongest(looks),
        disputed="denied" in looks and len(looks) > 1,
        takers=(),
        places=(),
        speakers=_each(who for iri in statements for who in _speakers(facts, iri)),
        entries=tuple(_entries(facts, times, statements)),
    )


def _entries(
    facts: Facts, times: Mapping[str, Mapping[str, TimeFact]], statements: Sequence[str]
) -> Iterator[Entry]:
    spoken = max(filter(None, (_spoken(facts, iri) for iri in statements)), default=None)
    at: dict[Moment | None, list[str]] = defaultdict(list)
    for statement in statements:
        at[moment_of(times.get(statement, {}), spoken)].append(statement)
    entries = [
        Entry(
            moment=moment,
            when=_each(filter(None, (when_of(times.get(iri, {})) for iri in said))),
            look=(look := strongest({look_of_fact(facts, iri) for iri in said})),
            sayings=tuple(said),
            details=_details(facts, [iri for iri in said if look_of_fact(facts, iri) == look]),
        )
        for moment, said in at.items()
    ]
    apart = {
        id(entry) for pair in combinations(entries, 2) if _is_rival(facts, *pair) for entry in pair
    }
    for entry in sorted(entries, key=_place):
        yield replace(entry, differs=id(entry) in apart)


def _details(facts: Facts, statements: Sequence[str]) -> tuple[str, ...]:
    """Who takes part and where, by those statements alone that hold of it what is drawn.

    Nobody stands beside an affirmed killing because somebody else denied that he did it.
    """
    takers = {
        called(facts, taker.entity): taker.part
        for iri in reversed(statements)
        for taker in reversed(facts.participants.get(iri, ()))
    }
    places = [facts.events[iri].place for iri in statements if iri in facts.events]
    return (
        *(f"{part}: {name}" for name, part in [*takers.items()][::-1][:_NAMED]),
        *_each(called(facts, place) for place in places if place)[:1],
    )


def _place(entry: Entry) -> tuple[str, str, str]:
    moment = entry.moment
    return (moment.first, moment.last, moment.form) if moment else ("~", "", "")


def _is_rival(facts: Facts, one: Entry, other: Entry) -> bool:
    """Whether two sources give times of one event that cannot both be right.

    Somebody may hold a role more than once: of that no two times are rivals.
    """
    return (
        one.moment is not None
        and other.moment is not None
        and {one.look, other.look} <= _SAID_TO_BE
        and one.sayings[0] in facts.events
        and are_apart(one.moment, other.moment)
    )


def _spoken(facts: Facts, statement: str) -> str | None:
    """The day on which a document says that somebody holds a role, where it does so."""
    role = facts.roles.get(statement)
    if role is None or role.status not in {None, "current"}:
        return None
    document = facts.documents.get(document_of(facts, _claim(facts, statement)))
    return document.issued if document else None


def _claim(facts: Facts, statement: str) -> ClaimFact:
    return facts.claims[facts.statements[statement].claim]


def _speakers(facts: Facts, statement: str) -> Iterator[str]:
    """Who says it, then who says that they do, where these are known."""
    link: ClaimFact | None = _claim(facts, statement)
    while link is not None:
        if link.speaker is not None:
            yield link.speaker
        link = facts.claims.get(link.within)


def _each[T](values: Iterable[T]) -> tuple[T, ...]:
    """Each once, in the order given."""
    return tuple(dict.fromkeys(values))
