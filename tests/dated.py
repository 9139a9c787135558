"""A document that gives one event several dates, and somebody one office twice."""

from __future__ import annotations

import datetime as dt
from typing import Any

from kg.model import (
    Claim,
    Entity,
    EntityKind,
    Event,
    Findings,
    Form,
    Identities,
    Mention,
    Mode,
    Participant,
    Polarity,
    Quantity,
    Role,
    Span,
    Stance,
    Time,
)
from kg.statements import state
from kg.store import StoreReader, memory_reader
from tests import examples
from tests.examples import at

TEXT = (
    "Soldiers shot four farmers in Sund on 3 May 1991. "
    "Anna Berg said they shot them on 7 May 1991. "
    "The shooting of May 1991 shook the town. "
    "Karl Holm denied that his guards shot anybody on 9 May 1991. "
    "Nobody forgot the shooting. "
    "There was a strike in Vik. "
    "Berg was mayor of Vik from 1985 to 1990. "
    "Berg has been mayor of Vik since 1995. "
    "Holm was a judge."
)
PUBLISHED = dt.date(2001, 2, 3)


def _day(words: str, number: int) -> Time:
    date = dt.date(1991, 5, number)
    return Time(
        span=at(TEXT, words),
        text=words,
        edtf=date.isoformat(),
        earliest=date,
        latest=date,
        method="rule:time-date",
    )


def _years(words: str, edtf: str, earliest: int, latest: int | None) -> Time:
    return Time(
        span=at(TEXT, words),
        text=words,
        edtf=edtf,
        earliest=dt.date(earliest, 1, 1),
        latest=dt.date(latest, 12, 31) if latest else None,
        method="rule:time-range",
    )


MAY = Time(
    span=at(TEXT, "May 1991", "shooting"),
    text="May 1991",
    edtf="1991-05",
    earliest=dt.date(1991, 5, 1),
    latest=dt.date(1991, 5, 31),
    method="rule:time-month",
)
TERM, SINCE = (
    _years("from 1985 to 1990", "1985/1990", 1985, 1990),
    _years("since 1995", "1995/..", 1995, None),
)


def _entity(id_: str, kind: EntityKind, name: str) -> Entity:
    mention = Mention(span=at(TEXT, name), form=Form.NAME, method="rule:name")
    return Entity(id=id_, kind=kind, name=name, mentions=(mention,))


def _claim(id_: str, speaker: str, source: str, cue: str, content: str) -> Claim:
    return Claim(
        id=id_,
        speaker=speaker,
        source=(at(TEXT, source),),
        cue=(at(TEXT, cue),),
        content=(at(TEXT, content),),
        mode=Mode.INDIRECT,
        cue_kind="say",
        method="rule:verb-of-saying",
    )


def _shooting(trigger: Span, time: Time | None, within: str | None = None, **more: Any) -> Event:
    return Event(
        event="shooting",
        kind="shooting",
        label="shooting",
        trigger=trigger,
        time=time,
        within=within,
        method="rule:event-noun",
        **more,
    )


def _role(person: str, holder: str, after: str, title: str, time: Time | None, **more: Any) -> Role:
    return Role(
        person=person,
        holder=at(TEXT, holder, after),
        title=title,
        start=time,
        evidence=(at(TEXT, title, after),),
        method="rule:copula",
        **more,
    )


def findings() -> Findings:
    """The document, read."""
    sentences, start = [], 0
    for part in TEXT.split(". "):
        sentences.append(Span(start, min(start + len(part) + 1, len(TEXT))))
        start += len(part) + 2
    shot = [at(TEXT, "shot four"), at(TEXT, "shot them"), at(TEXT, "shot anybody")]
    victims = (Participant(entity="farmers", part="victim", span=at(TEXT, "four farmers")),)
    guards = (Participant(entity="guards", part="agent", span=at(TEXT, "his guards")),)
    days = [_day("3 May 1991", 3), _day("7 May 1991", 7), _day("9 May 1991", 9)]
    return Findings(
        document=examples.document(
            TEXT, file="sund.txt", title="Shots in Sund", publisher="Vik Post", published=PUBLISHED
        ),
        sentences=tuple(sentences),
        entities=(
            _entity("berg", EntityKind.PERSON, "Anna Berg"),
            _entity("holm", EntityKind.PERSON, "Karl Holm"),
            _entity("farmers", EntityKind.GROUP, "four farmers"),
            _entity("guards", EntityKind.GROUP, "his guards"),
            _entity("sund", EntityKind.PLACE, "Sund"),
            _entity("vik", EntityKind.PLACE, "Vik"),
        ),
        times=(*days, MAY, TERM, SINCE),
        claims=(
            _claim("said", "berg", "Anna Berg", "said", "they shot them on 7 May 1991"),
            _claim(
                "denied", "holm", "Karl Holm", "denied", "his guards shot anybody on 9 May 1991"
            ),
        ),
        events=(
            _shooting(
                shot[0], days[0], participants=victims, place="sund", place_span=at(TEXT, "Sund")
            ),
            _shooting(shot[1], days[1], "said"),
            _shooting(at(TEXT, "shooting"), MAY),
            _shooting(
                shot[2],
                days[2],
                "denied",
                participants=guards,
                stance=Stance(polarity=Polarity.DENIED),
            ),
            _shooting(at(TEXT, "shooting", "forgot"), None),
            Event(
                event="strike",
                kind="strike",
                label="strike in Vik",
                trigger=at(TEXT, "strike"),
                place="vik",
                place_span=at(TEXT, "Vik"),
                method="rule:event-noun",
            ),
        ),
        quantities=(
            Quantity(
                span=at(TEXT, "four"),
                text="four",
                lower=4,
                upper=4,
                approximate=False,
                of="farmers",
                event="shooting",
                method="rule:number",
            ),
        ),
        roles=(
            _role("berg", "Berg", "Vik. ", "mayor", TERM, end=TERM, organization="vik"),
            _role("berg", "Berg", "1990. ", "mayor", SINCE, organization="vik"),
            _role("holm", "Holm", "1995. ", "judge", None),
        ),
    )


def dated_reader() -> StoreReader:
    """The graph of that document."""
    found = findings()
    iris = {examples.local_iri(found, entity.id) for entity in found.entities}
    identities = Identities(canonical={iri: iri for iri in iris})
    return memory_reader(state([found], identities, examples.RUN))
