"""Who takes part in an event, and in which part."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from spacy.tokens import Token

from kg.extraction.coreference import Cast
from kg.extraction.event_words import EventKind, Events
from kg.extraction.events.circumstances import Found, phrase_span
from kg.extraction.events.clauses import (
    counted,
    doer_of_event,
    is_passive,
    objects_of,
    prepositions_of,
)
from kg.extraction.events.triggers import Trigger
from kg.extraction.reading import Reading, antecedent, subject_of
from kg.model import EntityKind, Participant

__all__ = ["find_participants"]

#: What relation the subject of a light verb has to the event of its noun.
_LIGHT_RELATIONS = {"do": "by", "organise": "organises", "attend": "attends"}
_FIXED_PARTS = {"organises": "organiser", "attends": "participant"}
_SYNONYMS = {"hands": "by"}  #: "at the hands of soldiers"
_OWNED = {"poss", "owner"}  #: before the noun with 's, and as a bare name: the Reyes trial
#: What is done to somebody: a phrase after the noun that leaves its owner the doer.
_DONE_TO = {"of", "on", "against"}
_PLURALS = {"NNS", "NNPS"}


def find_participants(
    reading: Reading, cast: Cast, events: Events, trigger: Trigger
) -> tuple[tuple[Participant, ...], list[Found]]:
    """Who takes part in which part, and the places that the kind's own relations give."""
    kind = events.kinds[trigger.kind]
    found: list[Participant] = []
    places: list[Found] = []
    for relation, token in _relations(events, trigger):
        for identifier, member in cast.all_at(_standing_for(counted(token), cast)):
            entity = cast.entity(identifier)
            is_place = entity.kind is EntityKind.PLACE
            part = _part_of(kind, relation, trigger, entity.kind)
            if part is None or entity.kind is EntityKind.DOCUMENT:
                continue  # what a report does, its authors do
            span = phrase_span(reading, cast, member)
            if part == "place" or (is_place and relation in {"of", *_OWNED}):
                places += [(identifier, span)] if is_place else []
            elif is_place and relation == "at" and trigger.head.pos_ != "VERB":
                places.append((identifier, span))  # "the shooting at X", but "they shot at X"
            elif not any(p.entity == identifier and p.part == part for p in found):
                found.append(Participant(entity=identifier, part=part, span=span))
    return tuple(found), places


def _standing_for(token: Token, cast: Cast) -> Token:
    """The name that a noun nobody knows stands in apposition to: "Dana Holt, an icon who ..."."""
    while cast.at(token) is None and token.dep_ == "appos":
        token = token.head
    return token


def _part_of(kind: EventKind, relation: str, trigger: Trigger, owner: EntityKind) -> str | None:
    """The part that a relation gives; what it gives an owner, its kind and the noun decide."""
    if relation in _FIXED_PARTS:
        return _FIXED_PARTS[relation]
    if relation not in _OWNED:
        return kind.parts.get(_SYNONYMS.get(relation, relation))
    nouns = {trigger.head, _top(trigger.head)}
    if any(c.lower_ in _DONE_TO and c.dep_ == "prep" for noun in nouns for c in noun.children):
        return kind.parts.get("by")
    return _part_of_owner(kind.parts, kind.possessive, trigger, owner)


def _part_of_owner(
    parts: Mapping[str, str], possessive: str, trigger: Trigger, owner: EntityKind
) -> str | None:
    """The part of who is named before a noun; of whom it may as well have hit none.

    "Her arrest" is done to her, "the rebels' attack" by them; the soldiers' killing is either.
    """
    of = parts.get("of")
    if of not in {"victim", "target"}:
        return possessive or of
    if possessive == "agent":
        return "agent"
    repeated = trigger.head.tag_ in _PLURALS or _top(trigger.head) != trigger.head
    alone = owner is EntityKind.PERSON and not repeated  # "his killings" are by him
    return possessive or None if alone else None


def _top(noun: Token) -> Token:
    """The noun that a noun stands before: "killing spree"."""
    return noun.head if noun.dep_ in {"compound", "nmod"} else noun


def _relations(events: Events, trigger: Trigger) -> Iterator[tuple[str, Token]]:
    """Each relation of a trigger to another word: subject, object, of, by, against ..."""
    head = trigger.head
    if head.pos_ == "VERB":
        yield from _relations_of_verb(trigger)
        return
    top = _top(head)
    nouns = [head] if top == head else [head, top]
    for noun in nouns:
        for child in noun.children:
            if child.dep_ == "poss":
                yield "poss", child
            elif child.dep_ in {"compound", "nmod"} and child.pos_ == "PROPN":
                yield "owner", child
    if trigger.light is not None:
        yield from _relations_of_light_verb(events, trigger.light, top)
    for noun in nouns:
        yield from prepositions_of(noun)
    yield from _answerable(top)


def _relations_of_verb(trigger: Trigger) -> Iterator[tuple[str, Token]]:
    verb, passive = trigger.head, trigger.passive
    subject = None if passive else doer_of_event(verb)
    if subject is not None and not _is_possessive(subject):
        yield ("object" if trigger.undergoes else "subject"), antecedent(subject, verb)
    for token in objects_of(verb, passive=passive):
        yield "object", token
    for part in (verb, *_passives_after(verb)) if passive else ():
        agents = (child for child in part.children if child.dep_ == "agent")
        yield from (("subject", c) for a in agents for c in a.children if c.dep_ == "pobj")
    for relation, token in prepositions_of(verb):
        if relation != "by" or passive or verb.tag_ == "VBG":
            yield relation, token  # "forced to flee by soldiers": they did not flee
    for child in verb.children:  # "opened fire on the crowd": the phrase may hang on "fire"
        if child.i in trigger.fixed and child.dep_ in {"dobj", "prep", "prt"}:
            yield from prepositions_of(child)


def _passives_after(verb: Token) -> Iterator[Token]:
    """The participle right after a passive, whose "by" is both's: were seized and shot by."""
    for child in verb.rights:
        between = verb.doc[verb.i + 1 : child.i]
        joined = child.dep_ == "conj" and all(t.pos_ in {"CCONJ", "ADV"} for t in between)
        if joined and is_passive(child):
            yield child


def _is_possessive(noun: Token) -> bool:
    """Whether a noun ends in 's: "X's killing" leaves open who killed whom."""
    return any(child.tag_ == "POS" for child in noun.children)


def _relations_of_light_verb(
    events: Events, verb: Token, noun: Token
) -> Iterator[tuple[str, Token]]:
    passive = is_passive(verb)
    agents = [c for child in verb.children if child.dep_ == "agent" for c in child.children]
    relation = next((name for name in _LIGHT_RELATIONS if events.is_light(verb, name)), None)
    subject = doer_of_event(verb)
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
    yield from prepositions_of(verb)


def _answerable(noun: Token) -> Iterator[tuple[str, Token]]:
    """Who is said to have done it: responsible for, guilty of, convicted of the killing.

    Being blamed for it or suspected of it makes nobody its agent.
    """
    preposition = noun.head
    if noun.dep_ != "pobj" or preposition.lower_ not in {"for", "of"}:
        return
    above = preposition.head
    if above.lower_ in {"responsible", "guilty"} and above.head.lemma_ == "be":
        subject = subject_of(above.head)
    elif above.lower_ == "responsibility" and above.head.lemma_ in {"claim", "take", "admit"}:
        subject = doer_of_event(above.head)
    elif above.lemma_ == "convict":
        subject = next(iter(objects_of(above, passive=is_passive(above))), None)
    else:
        return
    if subject is not None:
        yield "by", antecedent(subject, above.head)
