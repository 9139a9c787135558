"""One mention taken off the entity or event that its document was read to mean."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kg.model import Claim, Entity, Event, Findings, Form, Mention, Span

__all__ = ["take_off"]


def take_off(found: Findings, spans: Iterable[Span]) -> Findings:
    """The findings with each mention that stands at one of these places as one of its own."""
    for span in spans:
        found = _event_taken_off(found, span)
        for entity in found.entities:
            mention = next((each for each in entity.mentions if each.span == span), None)
            if mention is not None and len(entity.mentions) > 1:
                found = _taken_off(found, entity, mention)
                break
    return found


def _taken_off(found: Findings, entity: Entity, mention: Mention) -> Findings:
    rest = tuple(each for each in entity.mentions if each != mention)
    words = mention.span.of(found.document.text)
    alone = replace(entity, id=f"{entity.id}.{mention.span.start}", name=words, mentions=(mention,))
    names = [each.span.of(found.document.text) for each in rest if each.form is Form.NAME]
    if mention.form is Form.NAME and words == entity.name and names and words not in names:
        entity_name = max(names, key=len)
    else:
        entity_name = entity.name
    left = replace(entity, mentions=rest, name=entity_name)

    def moved(id_: str | None, span: Span) -> bool:
        return id_ == entity.id and span == mention.span

    return replace(
        found,
        entities=tuple(
            each
            for kept in found.entities
            for each in ((left, alone) if kept.id == entity.id else (kept,))
        ),
        roles=tuple(
            replace(role, person=alone.id) if moved(role.person, role.holder) else role
            for role in found.roles
        ),
        events=tuple(_event(event, entity.id, alone.id, mention.span) for event in found.events),
        claims=tuple(
            replace(claim, speaker=alone.id) if _speaks(claim, entity.id, mention.span) else claim
            for claim in found.claims
        ),
    )


def _event(event: Event, old: str, new: str, span: Span) -> Event:
    participants = tuple(
        replace(part, entity=new) if (part.entity, part.span) == (old, span) else part
        for part in event.participants
    )
    place = new if (event.place, event.place_span) == (old, span) else event.place
    return replace(event, participants=participants, place=place)


def _speaks(claim: Claim, speaker: str, span: Span) -> bool:
    return claim.speaker == speaker and span in claim.source


def _event_taken_off(found: Findings, span: Span) -> Findings:
    """The findings with what a trigger says as said of an event of its own."""
    here = [event for event in found.events if event.trigger == span]
    rest = {event.event for event in found.events if event.trigger != span}
    if len(here) != 1 or here[0].event not in rest:
        return found
    old, alone = here[0].event, f"{here[0].event}.{span.start}"
    others = [event.trigger for event in found.events if event.event == old and event != here[0]]

    def about(claim: Claim) -> Claim:
        """A claim whose words hold the trigger is about the new event, and no more of the old."""
        if old not in claim.about or not _holds(claim, span):
            return claim
        kept = [old] if any(_holds(claim, trigger) for trigger in others) else []
        ids = (each for id_ in claim.about for each in ([*kept, alone] if id_ == old else [id_]))
        return replace(claim, about=tuple(ids))

    return replace(
        found,
        events=tuple(
            replace(event, event=alone) if event == here[0] else event for event in found.events
        ),
        claims=tuple(map(about, found.claims)),
    )


def _holds(claim: Claim, span: Span) -> bool:
    return any(part.covers(span) for part in claim.content)
