"""Who takes part in an event, and in which part."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from spacy.tokens import Token

from kg.extraction.coreference import Cast
from kg.extraction.events.circumstances import (
    Found,
    phrase_span,
)
from kg.extraction.events.clauses import counted, doer_of_event, is_passive, objects_of
from kg.extraction.events.triggers import Trigger
from kg.extraction.event_words import Events
from kg.extraction.reading import (
    Reading,
    antecedent,
    subject_of,
)
from kg.model import EntityKind, Participant

__all__ = ["find_participants"]

#: What relation the subject of a light verb has to the event of its noun.
_LIGHT_RELATIONS = {"do": "by", "organise": "organises", "attend": "attends"}
_FIXED_PARTS = {"organises": "organiser", "attends": "participant"}


def find_participants(
    reading: Reading, cast: Cast, events: Events, trigger: Trigger
) -> tuple[tuple[Participant, ...], list[Found]]:
    """Who takes part in which part, and the places that the kind's own relations give."""
    parts = events.kinds[trigger.kind].parts
    found: list[Participant] = []
    places: list[Found] = []
    for relation, token in _relations(events, trigger):
        part = _part_of(parts, relation, trigger)
        if part is None:
            continue
        for identifier, member in cast.all_at(counted(token)):
            span = phrase_span(reading, cast, member)
            kind = cast.entity(identifier).kind
            is_place = kind is EntityKind.PLACE
            if kind is EntityKind.DOCUMENT:
                continue  # what a report does, its authors do
            if part == "place" or (is_place and relation in {"of", "poss"}):
                places += [(identifier, span)] if is_place else []
            elif not any(p.entity == identifier and p.part == part for p in found):
                found.append(Participant(entity=identifier, part=part, span=span))
    return tuple(found), places


def _part_of(parts: Mapping[str, str], relation: str, trigger: Trigger) -> str | None:
    """The part that a relation gives; a possessive before "of" is who did it."""
    if relation in _FIXED_PARTS:
        return _FIXED_PARTS[relation]
    if relation == "poss":
        has_of = any(c.lower_ == "of" and c.dep_ == "prep" for c in trigger.head.children)
        part = parts.get("by") if has_of else parts.get("of")
        ambiguous = not has_of and part in {"victim", "target"}
        return None if ambiguous else part
    return parts.get(relation)


def _relations(events: Events, trigger: Trigger) -> Iterator[tuple[str, Token]]:
    """Each relation of a trigger to another word: subject, object, of, by, against ..."""
    head = trigger.head
    if head.pos_ == "VERB":
        yield from _relations_of_verb(trigger)
    else:
        top = head.head if head.dep_ in {"compound", "nmod"} else head
        for noun in {head, top}:
            for child in noun.children:
                if child.dep_ == "poss":
                    yield "poss", child
        if trigger.light is not None:
            yield from _relations_of_light_verb(events, trigger.light, top)
        for noun in {head, top}:
            yield from _prepositions(noun)


def _relations_of_verb(trigger: Trigger) -> Iterator[tuple[str, Token]]:
    verb, passive = trigger.head, trigger.passive
    subject = None if passive else doer_of_event(verb)
    if subject is not None and not _is_possessive(subject):
        yield ("object" if trigger.undergoes else "subject"), antecedent(subject, verb)
    for token in objects_of(verb, passive=passive):
        yield "object", token
    for child in verb.children:
        if child.dep_ == "agent":
            yield from (("subject", c) for c in child.children if c.dep_ == "pobj")
    yield from _prepositions(verb)


def _is_possessive(noun: Token) -> bool:
    """Whether a noun ends in 's: "X's killing" leaves open who killed whom."""
    return any(child.tag_ == "POS" for child in noun.children)


def _relations_of_light_verb(
    events: Events, verb: Token, noun: Token
) -> Iterator[tuple[str, Token]]:
    passive = is_passive(verb)
    agents = [c for child in verb.children if child.dep_ == "agent" for c in child.children]
    relation = next((name for name in _LIGHT_RELATIONS if events.is_light(verb, name)), None)
    subject = subject_of(verb)
    if relation is not None:
        if subject is not None and subject != noun and not passive:
            yield _LIGHT_RELATIONS[relation], antecedent(subject, verb)
        for token in agents:
            if token.dep_ == "pobj":
                yield _LIGHT_RELATIONS[relation], token
    elif (
        (events.is_light(verb, "undergo") or verb.lemma_ == "be")
        and subject is not None
        and subject != noun
    ):
        yield "of", antecedent(subject, verb)
    yield from _prepositions(verb)


def _prepositions(token: Token) -> Iterator[tuple[str, Token]]:
    for child in token.children:
        if child.dep_ in {"prep", "agent"}:
            for inner in child.children:
                if inner.dep_ == "pobj":
                    yield child.lower_, inner
