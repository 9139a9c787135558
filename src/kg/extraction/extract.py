"""The walk from a document to its findings."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import overload

from spacy.tokens import Token

from kg.extraction import language
from kg.extraction.attribution import load_tagger
from kg.extraction.casing import restored
from kg.extraction.claims import find_claims
from kg.extraction.coreference import cast
from kg.extraction.events import find_events
from kg.extraction.facilities import with_facilities
from kg.extraction.lexicon import lexicon
from kg.extraction.mentions import find_phrases
from kg.extraction.near import Near, hull
from kg.extraction.quantities import find_quantities
from kg.extraction.quotations import pair
from kg.extraction.reading import Reading, top_of
from kg.extraction.roles import countries_of_titles, find_roles, same_by_apposition
from kg.extraction.stance import combine
from kg.extraction.times import find_times
from kg.extraction.voices import voice, voices
from kg.model import (
    Claim,
    Document,
    Entity,
    Event,
    Findings,
    Form,
    Quantity,
    Role,
    Settings,
    Span,
)
from kg.resources import code_digest

__all__ = ["extract", "fingerprint"]


@functools.cache
def fingerprint() -> str:
    """A digest of the code and word lists of this room: when they change, findings can change."""
    return code_digest("kg.extraction", "kg.edtf", "kg.families", "kg.forest", "kg.model")


def extract(document: Document, *, settings: Settings | None = None) -> Findings:
    """Everything that a document says, as far as the rules find it, each with its spans.

    A pure function of the document, the settings and the version of the extractor.

    Raises:
        PipelineMissingError: If the spaCy pipeline of the settings is not installed.
        ModelMissingError: If the settings name a folder that lacks a file of a model.
    """
    settings = settings or Settings()
    words = lexicon()
    text = restored(document.text)  # names in capitals are known by their case; offsets stay
    doc = language.load(settings.pipeline)(text)
    paragraphs = language.paragraphs(text)
    times, undated = find_times(doc, published=document.published)
    reading = Reading(replace(document, text=text), doc, paragraphs, pair(text, paragraphs), times)
    found = find_phrases(reading, words.titles, words.nouns)
    phrases = with_facilities(doc, found.phrases)
    phrases = (*phrases, *countries_of_titles(doc, phrases, words.titles))
    links = same_by_apposition(reading, phrases)
    tagger = load_tagger(settings.attribution)
    read = None if tagger is None else tagger.read(text)
    people = cast(
        reading,
        phrases,
        links,
        words.nouns,
        possible=found.possible,
        states=None if read is None else read.states,
    )
    attributions = None if tagger is None or read is None else tagger.attributions(read)
    claims, unspoken = find_claims(reading, people, words, attributions)
    told, taking_up = find_events(reading, people, words, claims)
    events = _in_their_voice(told, claims)
    roles = _in_their_voice(find_roles(reading, people, words, claims), claims)
    quantities = _in_their_voice(_of_events(reading, find_quantities(doc, times), events), claims)
    named = [entity for entity in people.entities if entity.named]
    claims = tuple(_with_about(claims, events, named))
    return Findings(
        document=document,
        sentences=_sentences(reading),
        entities=tuple(_used(people.entities, roles, events, claims)),
        roles=roles,
        events=events,
        quantities=quantities,
        claims=claims,
        times=times,
        abstentions=tuple(
            sorted(
                (*undated, *people.abstentions, *unspoken, *taking_up),
                key=lambda a: (a.span, a.what),
            )
        ),
    )


def _sentences(reading: Reading) -> tuple[Span, ...]:
    """The sentences without white space at their ends."""
    found = []
    for sentence in reading.doc.sents:
        tokens = [token for token in sentence if not token.is_space]
        if tokens:
            found.append(reading.span(tokens[0].i, tokens[-1].i))
    return tuple(found)


# ---- whose voice says a thing


@overload
def _in_their_voice(found: Sequence[Event], claims: Sequence[Claim]) -> tuple[Event, ...]: ...
@overload
def _in_their_voice(found: Sequence[Role], claims: Sequence[Claim]) -> tuple[Role, ...]: ...
@overload
def _in_their_voice(found: Sequence[Quantity], claims: Sequence[Claim]) -> tuple[Quantity, ...]: ...
def _in_their_voice(
    found: Sequence[Event | Role | Quantity], claims: Sequence[Claim]
) -> tuple[Event | Role | Quantity, ...]:
    """Each finding with the claim whose content holds it, and that claim's stance.

    What a title, an apposition or "the massacre" says is taken for granted by who uses it: a
    claim that denies or demands something else does not touch it.
    """
    settled, spoken = [], voices(claims)
    for finding in found:
        claim = voice(_anchor(finding), spoken)
        if claim is None:
            settled.append(finding)
            continue
        presupposed = finding.method in _PRESUPPOSING
        stance = finding.stance if presupposed else combine(finding.stance, claim.stance)
        settled.append(replace(finding, within=claim.id, stance=stance))
    return tuple(settled)


_PRESUPPOSING = {
    "rule:title-before-name",
    "rule:letters-after-name",
    "rule:apposition",
    "rule:description",
    "rule:tenure",
    "rule:affiliation",
    "rule:definite-event-noun",
    "rule:definite-event-verb",
}


def _anchor(finding: Event | Role | Quantity) -> Span:
    if isinstance(finding, Event):
        return finding.trigger
    return finding.evidence[0] if isinstance(finding, Role) else finding.span


# ---- what belongs to what


def _of_events(
    reading: Reading, quantities: Iterable[Quantity], events: Sequence[Event]
) -> tuple[Quantity, ...]:
    """Each quantity with the event whose victims or occurrences it counts."""
    linked, near = [], Near(events, lambda event: event.trigger)
    for quantity in quantities:
        event = _event_counted(reading, quantity, near)
        linked.append(
            replace(quantity, event=event.event, stance=event.stance) if event else quantity
        )
    return tuple(linked)


def _event_counted(reading: Reading, quantity: Quantity, near: Near[Event]) -> Event | None:
    """The event that is counted ("30 arrests"), or in which the counted take part."""
    counted = quantity.of_span
    if counted is None:
        return None
    head = top_of(list(reading.tokens_in(counted)))
    around = counted if head is None else hull((counted, reading.sentence_of(head)))
    events = near.to(around)
    takers = set() if head is None else _subjects_of_toll(head)
    return next(
        (event for event in events if takers & set(reading.tokens_in(event.trigger))),
        None,
    ) or next(
        (event for event in events if counted.covers(event.trigger)),
        next((event for event in events if _counts(reading, counted, head, event)), None),
    )


#: What an event does to those that its toll counts: it left twelve dead, saw thirty arrests.
_TAKES = frozenset({"bring", "cause", "claim", "cost", "leave", "see", "witness"})


def _subjects_of_toll(counted: Token) -> set[Token]:
    """The nouns that may have left, seen or claimed what is counted: "the raid" in "the raid saw".

    More than one where a relative clause may be about any: "the raids in the north that left".
    """
    verb = counted.head
    if counted.dep_ in {"nsubj", "nsubjpass"} and verb.dep_ in {"ccomp", "oprd"}:
        verb = verb.head  # "left twelve people dead", "left twelve people wounded"
    elif counted.dep_ != "dobj":
        return set()
    if verb.lemma_.lower() not in _TAKES:
        return set()
    subjects = {child for child in verb.lefts if child.dep_ == "nsubj"}
    if verb.dep_ != "relcl" or not all(subject.tag_ in {"WDT", "WP"} for subject in subjects):
        return subjects
    noun = verb.head
    antecedents = {noun}
    while noun.dep_ == "pobj" and noun.head.dep_ == "prep":
        noun = noun.head.head
        antecedents.add(noun)
    return antecedents


def _counts(reading: Reading, counted: Span, head: Token | None, event: Event) -> bool:
    """Whether what is counted is a participant or complement of the event in one sentence."""
    trigger = next(reading.tokens_in(event.trigger), None)
    if head is None or trigger is None or trigger.sent != head.sent:
        return False
    return (
        any(part.span.overlaps(counted) for part in event.participants)
        or (head.head == trigger and head.dep_ in {"dobj", "nsubjpass", "nsubj", "pobj"})
        or (trigger.head == head and trigger.dep_ == "acl")
        or (head.dep_ == "pobj" and head.head.lower_ == "of" and head.head.head == trigger)
    )


def _with_about(
    claims: Iterable[Claim], events: Iterable[Event], named: Sequence[Entity]
) -> Iterator[Claim]:
    """The claims with the events and named entities that their words speak of."""
    triggers = Near(events, lambda event: event.trigger)
    mentions = Near(
        [(number, m.span) for number, entity in enumerate(named) for m in entity.mentions],
        lambda mention: mention[1],
    )
    for claim in claims:
        whole, content = hull(claim.content), claim.content
        ids = [
            event.event
            for event in triggers.to(whole)
            if any(part.covers(event.trigger) for part in content)
        ]
        spoken_of = {
            number
            for number, span in mentions.to(whole)
            if any(part.covers(span) for part in content)
        }
        ids += [named[n].id for n in sorted(spoken_of) if named[n].id != claim.speaker]
        yield replace(claim, about=tuple(dict.fromkeys(ids)))


def _used(
    entities: Iterable[Entity],
    roles: Iterable[Role],
    events: Iterable[Event],
    claims: Iterable[Claim],
) -> list[Entity]:
    """The named entities, and of the unnamed those that something is said of."""
    used = {role.person for role in roles} | {role.organization for role in roles}
    used |= {who for claim in claims for who in (claim.speaker, claim.addressee, claim.medium)}
    used |= {participant.entity for event in events for participant in event.participants}
    used |= {event.place for event in events}
    return [
        entity
        for entity in entities
        if entity.id in used or any(m.form is Form.NAME for m in entity.mentions)
    ]
