"""What speaks for two being one beside their names, and what against."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from kg.identity import resolve
from kg.identity.profiles import Profile, contradiction, profiles, support
from kg.model import (
    Certainty,
    Claim,
    Entity,
    EntityKind,
    Event,
    Findings,
    Form,
    Mention,
    Mode,
    Participant,
    Role,
    Span,
    Stance,
    Time,
)
from tests.identity.strategies import BASE, findings, iris

PERSON, ORGANIZATION, PLACE = EntityKind.PERSON, EntityKind.ORGANIZATION, EntityKind.PLACE


def year(number: int) -> Time:
    return Time(
        span=Span(0, 1),
        text=str(number),
        edtf=str(number),
        earliest=dt.date(number, 1, 1),
        latest=dt.date(number, 12, 31),
        method="rule:test",
    )


def holt(
    number: int,
    *others: tuple[EntityKind, str],
    roles: tuple[Role, ...] = (),
    events: tuple[Event, ...] = (),
    published: int | None = None,
) -> Findings:
    """A document that names Dana Holt and others."""
    found = findings(number, (PERSON, "Dana Holt"), *others)
    document = replace(
        found.document, published=None if published is None else dt.date(published, 5, 1)
    )
    return replace(found, document=document, roles=roles, events=events)


def role(title: str, kind: str, organization: str | None, status: str | None = None) -> Role:
    return Role(
        person="e1",
        holder=Span(3, 12),
        title=title,
        kind=kind,
        organization=organization,
        status=status,
        evidence=(Span(3, 12),),
        method="rule:test",
    )


def event(kind: str, part: str, when: int, stance: Stance | None = None) -> Event:
    return Event(
        event="v1",
        kind=kind,
        label=kind,
        trigger=Span(0, 1),
        time=year(when),
        participants=(Participant(entity="e1", part=part, span=Span(3, 12)),),
        stance=stance or Stance(),
        method="rule:test",
    )


def called(found: Findings, pronoun: str) -> Findings:
    """The document with a pronoun for Dana Holt at its end."""
    document = replace(found.document, text=f"{found.document.text} {pronoun}")
    span = Span(len(document.text) - len(pronoun), len(document.text))
    first, *rest = found.entities
    mention = Mention(span=span, form=Form.PRONOUN, method="rule:test")
    return replace(
        found,
        document=document,
        entities=(replace(first, mentions=(*first.mentions, mention)), *rest),
    )


def of(found: Findings) -> Profile:
    """What is known of Dana Holt in a document."""
    return profiles([found], BASE)[iris(found)[0]]


CONTRADICTING = [
    (
        "mayor of sund and mayor of norden",
        holt(1, (PLACE, "Sund"), roles=(role("mayor", "mayor", "e2"),), published=2019),
        holt(2, (PLACE, "Norden"), roles=(role("mayor", "mayor", "e2"),), published=2019),
    ),
    ("one is he, the other she", called(holt(1), "he"), called(holt(2), "her")),
    (
        "one died in 1988, the other acts in 2001",
        holt(1, events=(event("execution", "victim", 1988),)),
        holt(2, events=(event("meeting", "organiser", 2001),)),
    ),
    (
        "a lifetime apart",
        holt(1, events=(event("meeting", "organiser", 1850),)),
        holt(2, events=(event("meeting", "organiser", 2001),)),
    ),
]


@pytest.mark.parametrize(("reason", "one", "other"), CONTRADICTING)
def test_who_cannot_be_one_person_is_not_joined_and_it_is_said_why(
    reason: str, one: Findings, other: Findings
) -> None:
    assert reason in (contradiction(of(one), of(other)) or "")
    assert contradiction(of(other), of(one)) is not None
    found = resolve([one, other], base=BASE)
    assert found.canonical[iris(one)[0]] != found.canonical[iris(other)[0]]
    reasons = [judgement.reason for judgement in found.suggestions if "Dana" in judgement.reason]
    assert len(reasons) == 1
    assert reason in reasons[0]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            holt(1, (PLACE, "Sund"), roles=(role("mayor", "mayor", "e2"),), published=2009),
            holt(2, (PLACE, "Norden"), roles=(role("mayor", "mayor", "e2"),), published=2019),
        ),
        (
            holt(
                1, (PLACE, "Sund"), roles=(role("mayor", "mayor", "e2", "former"),), published=2019
            ),
            holt(2, (PLACE, "Norden"), roles=(role("mayor", "mayor", "e2"),), published=2019),
        ),
        (
            holt(1, (PLACE, "Sund"), roles=(role("mayor", "mayor", "e2"),), published=2019),
            holt(2, (PLACE, "city of Sund"), roles=(role("mayor", "mayor", "e2"),), published=2019),
        ),
        (
            holt(1, (PLACE, "Sund"), roles=(role("judge", "judge", "e2"),), published=2019),
            holt(2, (PLACE, "Norden"), roles=(role("witness", "witness", "e2"),), published=2019),
        ),
        (
            holt(
                1, events=(event("execution", "victim", 1988, Stance(certainty=Certainty.UNREAL)),)
            ),
            holt(2, events=(event("meeting", "organiser", 2001),)),
        ),
        (
            holt(1, events=(event("execution", "victim", 2001),)),
            holt(2, events=(event("meeting", "organiser", 1988),)),
        ),
        (called(holt(1), "he"), holt(2)),
    ],
)
def test_what_can_be_one_person_is_no_contradiction(one: Findings, other: Findings) -> None:
    assert contradiction(of(one), of(other)) is None
    canonical = resolve([one, other], base=BASE).canonical
    assert canonical[iris(one)[0]] == canonical[iris(other)[0]]


def test_one_document_against_many_stays_alone_and_the_many_together() -> None:
    many = [called(holt(number), "she") for number in range(4)]
    odd = called(holt(9), "he")
    canonical = resolve([*many, odd], base=BASE).canonical
    assert len({canonical[iris(one)[0]] for one in many}) == 1
    assert canonical[iris(odd)[0]] == iris(odd)[0]


def test_between_two_who_contradict_nobody_else_is_shared_out() -> None:
    documents = [called(holt(1), "he"), called(holt(2), "she"), holt(3)]
    canonical = resolve(documents, base=BASE).canonical
    assert len({canonical[iris(one)[0]] for one in documents}) == 3


def test_shared_office_and_company_are_named_and_raise_the_score() -> None:
    others = ((PLACE, "Sund"), (PERSON, "Omar Reyes"))
    full = holt(1, *others, roles=(role("mayor", "mayor", "e2"),))
    short = findings(2, (PERSON, "D. Holt"), *others)
    bare = findings(3, (PERSON, "D. Holt"))
    same = replace(short, roles=(role("mayor", "mayor", "e2"),))
    reasons = support(of(full), of(same))
    assert reasons == ("both mayor of sund", "both beside omar reyes")
    scores = [
        next(
            judgement.score or 0
            for judgement in resolve([full, other], base=BASE).suggestions
            if "D. Holt" in judgement.reason
        )
        for other in (bare, same)
    ]
    assert scores[0] < scores[1]


def test_of_two_in_one_document_the_company_tells_nothing_and_it_is_said() -> None:
    company = ((PERSON, "Omar Reyes"), (ORGANIZATION, "Lindau Workers Union"))
    within = findings(1, (PERSON, "Dana Holt"), (PERSON, "Dana Hollt"), *company)
    across = [
        findings(2, (PERSON, "Dana Holt"), *company),
        findings(3, (PERSON, "Dana Hollt"), *company),
    ]
    (one,) = resolve([within], base=BASE).suggestions
    (two,) = resolve(across, base=BASE).suggestions
    assert one.reason.endswith("but one document names both")
    assert two.reason.endswith("both beside lindau workers union, omar reyes")
    assert (one.score or 0) < (two.score or 0)


def test_who_speaks_lives() -> None:
    claim = Claim(
        id="c1",
        speaker="e1",
        source=(Span(3, 12),),
        cue=(),
        content=(Span(0, 1),),
        mode=Mode.INDIRECT,
        said=year(2001),
        method="rule:test",
    )
    dead = holt(1, events=(event("killing", "victim", 1988),))
    speaker = replace(holt(2), claims=(claim,))
    assert contradiction(of(dead), of(speaker)) == "one died in 1988, the other acts in 2001"


def test_nothing_contradicts_of_places() -> None:
    entity = Entity(id="e1", kind=PLACE, name="Sund", mentions=holt(1).entities[0].mentions)
    place = Profile(kind=PLACE, names=frozenset({entity.name}), died=frozenset({1900}))
    assert contradiction(place, replace(place, lived=frozenset({2000}))) is None
