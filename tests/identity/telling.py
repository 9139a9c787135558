"""Makes findings of documents that tell of events."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from hypothesis import strategies as st

from kg.model import (
    Anchor,
    Certainty,
    Decision,
    Document,
    Entity,
    EntityKind,
    Event,
    Findings,
    Form,
    Mention,
    Participant,
    Span,
    Stance,
    Time,
)
from kg.vocabulary import event_iris
from tests.identity.strategies import BASE, decision

__all__ = ["Tale", "anchors", "day", "events", "ruled_tales", "tales", "telling"]


@dataclass(frozen=True)
class Tale:
    """An event as a document tells of it; what is empty it does not say."""

    kind: str = "attack"
    word: str = "attack"
    time: str = ""
    place: str = ""
    victim: str = ""
    agent: str = ""
    unreal: bool = False


def day(words: str) -> tuple[dt.date, dt.date]:
    """The first and last day of a year, month or day."""
    year, month, date = ([*map(int, words.split("-")), 0, 0])[:3]
    first = dt.date(year, month or 1, date or 1)
    if date:
        return first, first
    following = dt.date(year + (month in {0, 12}), 1 if month in {0, 12} else month + 1, 1)
    return first, following - dt.timedelta(days=1)


class _Writer:
    """A text that grows, with the entities that it names."""

    def __init__(self, number: int) -> None:
        self.text = f"{number}:"
        self.entities: dict[tuple[EntityKind, str], list[Mention]] = {}

    def write(self, words: str) -> Span:
        start = len(self.text) + 1
        self.text += f" {words}"
        return Span(start, len(self.text))

    def name(self, kind: EntityKind, name: str) -> tuple[str, Span]:
        span = self.write(name)
        mention = Mention(span=span, form=Form.NAME, method="rule:test")
        mentions = self.entities.setdefault((kind, name), [])
        mentions.append(mention)
        return f"{kind}-{name}", span

    def named(self) -> tuple[Entity, ...]:
        return tuple(
            Entity(id=f"{kind}-{name}", kind=kind, name=name, mentions=tuple(mentions))
            for (kind, name), mentions in self.entities.items()
        )


def telling(number: int, *told: Tale, one: bool = False) -> Findings:
    """A document that tells of these events; of one, in several mentions, where ``one``."""
    writer = _Writer(number)
    found = []
    sentences = []
    for count, tale in enumerate(told):
        start = len(writer.text) + 1
        found.append(_event(writer, tale, "v0" if one else f"v{count}"))
        sentences.append(Span(start, len(writer.text)))
    digest = hashlib.sha256(writer.text.encode()).hexdigest()
    return Findings(
        document=Document(
            text=writer.text,
            sha256=digest,
            file_sha256=digest,
            file=f"{number}.txt",
            location="",
            media_type="text/plain",
        ),
        sentences=tuple(sentences),
        entities=writer.named(),
        events=tuple(found),
    )


def _event(writer: _Writer, tale: Tale, id_: str) -> Event:
    trigger = writer.write(tale.word)
    place = writer.name(EntityKind.PLACE, tale.place) if tale.place else None
    parts = []
    for part, name in (("victim", tale.victim), ("agent", tale.agent)):
        if name:
            entity, span = writer.name(EntityKind.PERSON, name)
            parts.append(Participant(entity=entity, part=part, span=span))
    time = None
    if tale.time:
        span = writer.write(tale.time)
        first, last = day(tale.time)
        time = Time(
            span=span,
            text=tale.time,
            edtf=tale.time,
            earliest=first,
            latest=last,
            method="rule:test",
        )
    return Event(
        event=id_,
        kind=tale.kind,
        label=tale.word,
        trigger=trigger,
        time=time,
        place=place[0] if place else None,
        place_span=place[1] if place else None,
        participants=tuple(parts),
        stance=Stance(certainty=Certainty.UNREAL if tale.unreal else Certainty.CERTAIN),
        method="rule:event-noun",
    )


def events(found: Findings) -> list[str]:
    """The IRIs of the events of a document, in their order."""
    return list(event_iris(BASE, found.document.sha256, found.events).values())


def tales() -> st.SearchStrategy[list[Findings]]:
    """Up to six documents that tell of few events, which often agree and often do not."""
    tale = st.builds(
        Tale,
        kind=st.sampled_from(["attack", "killing"]),
        time=st.sampled_from(["", "1994-06-03", "1994-06-04", "1994-06", "1994"]),
        place=st.sampled_from(["", "Norden", "Sund"]),
        victim=st.sampled_from(["", "Dana Holt", "Omar Reyes"]),
        unreal=st.booleans(),
    )
    documents = st.lists(st.lists(tale, min_size=1, max_size=3), min_size=1, max_size=6)
    return documents.map(lambda rows: [telling(number, *row) for number, row in enumerate(rows)])


def anchors(documents: Sequence[Findings]) -> list[Anchor]:
    """Where each event of the documents stands."""
    return [
        Anchor(
            file=found.document.file,
            document=found.document.sha256[:20],
            span=event.trigger,
            words=event.trigger.of(found.document.text),
        )
        for found in documents
        for event in found.events
    ]


def ruled_tales() -> st.SearchStrategy[tuple[list[Findings], list[Decision]]]:
    """Documents with some decisions on pairs of their events, which may contradict each other."""

    def ruled(
        documents: list[Findings],
    ) -> st.SearchStrategy[tuple[list[Findings], list[Decision]]]:
        places = st.sampled_from(anchors(documents))
        one = st.tuples(st.sampled_from(["same", "different"]), places, places)
        decisions = st.lists(one, max_size=4).map(
            lambda rows: [
                decision(what, left, right, minute=minute)
                for minute, (what, left, right) in enumerate(rows)
                if left != right
            ]
        )
        return st.tuples(st.just(documents), decisions)

    return tales().flatmap(ruled)
