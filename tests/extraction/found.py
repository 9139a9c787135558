"""What the tests of the extraction ask of a short text."""

from __future__ import annotations

import datetime as dt
import hashlib
from functools import cache

from kg.extraction import extract, language
from kg.extraction.quotations import pair
from kg.extraction.reading import Reading
from kg.extraction.times import find_times
from kg.model import Claim, Document, Entity, Event, Findings, Settings, Span

PUBLISHED = dt.date(2021, 6, 4)  # a Friday


def document(text: str, published: dt.date | None = PUBLISHED) -> Document:
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Document(
        text=text,
        sha256=digest,
        file_sha256=digest,
        file="report.txt",
        location="report.txt",
        media_type="text/plain",
        published=published,
    )


@cache
def found(text: str) -> Findings:
    """The findings of a text, remembered: several tests look at one."""
    return extract(document(text))


def parsed(text: str) -> Reading:
    """A text as the parts of the extraction see it."""
    doc = language.load(Settings().pipeline)(text)
    paragraphs = language.paragraphs(text)
    times, _ = find_times(doc, published=PUBLISHED)
    return Reading(document(text), doc, paragraphs, pair(text, paragraphs), times)


def words(text: str, spans: tuple[Span, ...]) -> str:
    return " … ".join(span.of(text) for span in spans)


def entity(text: str, name: str) -> Entity:
    """The one entity with a name."""
    (only,) = [one for one in found(text).entities if one.name == name]
    return only


def mentions(text: str, name: str) -> list[str]:
    """The words that stand for the entity with a name."""
    return [mention.span.of(text) for mention in entity(text, name).mentions]


def name(text: str, identifier: str | None) -> str | None:
    """What an entity is called."""
    return next((one.name for one in found(text).entities if one.id == identifier), None)


def said(text: str) -> list[tuple[str | None, str, str]]:
    """Of each claim the speaker's name, the words of the cue and those of the content."""
    return [
        (name(text, claim.speaker), words(text, claim.cue), words(text, claim.content))
        for claim in found(text).claims
    ]


def claim(text: str, start: str) -> Claim:
    """The one claim whose content starts so."""
    (only,) = [
        one
        for one in found(text).claims
        if words(text, one.content).lstrip("“\"'‘«„").startswith(start)
    ]
    return only


def event(text: str, trigger: str) -> Event:
    """The first event whose trigger are these words."""
    return next(one for one in found(text).events if one.trigger.of(text) == trigger)


def triggers(text: str) -> list[tuple[str, str]]:
    """Of each event the kind and the words of the trigger."""
    return [(one.kind, one.trigger.of(text)) for one in found(text).events]


def parts(text: str, trigger: str) -> set[tuple[str | None, str]]:
    """Who takes part in an event, and in which part."""
    return {(name(text, part.entity), part.part) for part in event(text, trigger).participants}


def roles(text: str) -> list[tuple[str | None, str, str | None, str | None]]:
    """Of each role who holds it, its title, organisation and status."""
    return [
        (name(text, role.person), role.title, name(text, role.organization), role.status)
        for role in found(text).roles
    ]
