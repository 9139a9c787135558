"""Who takes part in an event, and in which part."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from spacy.tokens import Token

from kg.extraction.coreference import Cast
from kg.extraction.event_words import EventKind, Events
from kg.extraction.events.answering import accused_in, answerable
from kg.extraction.events.circumstances import Found, phrase_span
from kg.extraction.events.clauses import (
    counted,
    doer_of_event,
    is_passive,
    objects_of,
    prepositions_of,
    sufferer_before,
)
from kg.extraction.events.triggers import Trigger
from kg.extraction.lexicon import Lexicon
from kg.extraction.reading import Reading, antecedent
from kg.extraction.stance import stance_of
from kg.model import Claim, EntityKind, Participant, Stance

__all__ = ["find_participants"]

#: What relation the subject of a light verb has to the event of its noun.
_LIGHT_RELATIONS = {"do": "by", "organise": "organises", "attend": "attends"}
_FIXED_PARTS = {"organises": "organiser", "attends": "participant"}
_SYNONYMS = {"hands": "by", "which": "subject"}  #: "at the hands of soldiers"
_OWNED = {"poss", "owner"}  #: before the noun with 's, and as a bare name: the Reyes trial
#: What is done to somebody: a phrase after the noun that leaves its owner the doer.
_DONE_TO = {"of", "on", "against"}
_PLURALS = {"NNS", "NNPS"}


#: A relation of the trigger, the word in it, and the verb apart from the trigger that says so.
type _Relation = tuple[str, Token, Token | None]


def _place(token: Token) -> int:
    return token.i


def find_participants(  # noqa: PLR0913 - what is read, and how the event stands in it
    reading: Reading,
    cast: Cast,
    words: Lexicon,
    trigger: Trigger,
    *,
    granted: bool,
    claim: Claim | None,
) -> tuple[tuple[Participant, ...], list[Found]]:
    """Who takes part in which part, and the places that the kind's own relations give.

    ``granted`` is whether the event is taken for granted, so that a doubt about who did it is no
    doubt about the event: of "they may have carried out the attack" nobody has a part. Who is
    blamed has one only in the ``claim`` of those who blame.
    """
    kind = words.events.kinds[trigger.kind]
    found: list[Participant] = []
    places: list[Found] = []
    accused = set() if claim is None else set(accused_in(_top(trigger.head), reading, claim))
    relations: list[_Relation] = [("by", token, None) for token in sorted(accused, key=_place)]
    relations += [one for one in _relations(words.events, trigger) if one[1] not in accused]
    for relation, token, verb in relations:
        if granted and verb is not None and stance_of(verb, words.cues) != Stance():
            continue
        for identifier, member in cast.all_at(_standing_for(counted(token), cast)):
            entity = cast.entity(identifier)
            is_place = entity.kind is EntityKind.PLACE
            part = _part_of(kind, relation, trigger, entity.kind)
            if part is None or entity.kind is EntityKind.DOCUMENT:
                continue  # what a report does, its authors do
            if _takes_no_part(relation, trigger, is_place=is_place):
                continue
            span = phrase_span(reading, cast, member)
            if part == "place" and not is_place:
                part = kind.parts.get("with")  # who is visited takes part
            if part == "place" or (is_place and relation in {"of", *_OWNED}):
                places.append((identifier, span))
            elif is_place and relation == "at" and (trigger.passive or not _is_verb(trigger)):
                places.append((identifier, span))  # "was shot at X", but "they shot at X"
            elif part and not any(p.entity == identifier and p.part == part for p in found):
                found.append(Participant(entity=identifier, part=part, span=span))
    return tuple(found), places


def _takes_no_part(relation: str, trigger: Trigger, *, is_place: bool) -> bool:
    """Whether a relation gives no part: "a charge at the bridge, which destroyed it".

    Of "was shot at X" it was told before whom they hit.
    """
    return relation == "which" if is_place else relation == "at" and trigger.passive


def _is_verb(trigger: Trigger) -> bool:
    return trigger.head.pos_ == "VERB"


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
    if relation == "poss" and trigger.light is not None and trigger.does:
        return kind.parts.get("by")  # "committed her first murder"
    if relation == "owner" and (owner is not EntityKind.PERSON or kind.possessive == "agent"):
        return None  # "the Reyes trial", but the Lisbon attack is no attack by Lisbon
    return _part_of_owner(kind.parts, kind.possessive, trigger, owner)


def _part_of_owner(
    parts: Mapping[str, str], possessive: str, trigger: Trigger, owner: EntityKind
) -> str | None:
    """The part of who is named before a noun; of whom it may as well have hit none.

    "Her arrest" is done to her, "the rebels' attack" by them; the soldiers' killing is either.
    """
    of = parts.get("of")
    repeated = trigger.head.tag_ in _PLURALS or _top(trigger.head) != trigger.head
    if of not in {"victim", "target"}:
        by_them = owner is EntityKind.ORGANIZATION or (possessive and repeated)
        return parts["by"] if by_them and "by" in parts else possessive or of
    if possessive == "agent":
        return "agent"
    alone = owner is EntityKind.PERSON and not repeated  # "his killings" are by him
    return possessive or None if alone else None


def _top(noun: Token) -> Token:
    """The noun that a noun stands before: "killing spree"."""
    return noun.head if noun.dep_ in {"compound", "nmod"} else noun


def _relations(events: Events, trigger: Trigger) -> Iterator[_Relation]:
    """Each relation of a trigger to another word: subject, object, of, by, against ...

    With each the verb apart from the trigger that says so, where it is one.
    """
    head = trigger.head
    if head.pos_ == "VERB":
        yield from ((name, token, None) for name, token in _relations_of_verb(trigger))
        return
    top = _top(head)
    nouns = [head] if top == head else [head, top]
    for noun in nouns:
        for child in noun.children:
            if child.dep_ == "poss":
                yield "poss", child, None
            elif child.dep_ in {"compound", "nmod"} and child.pos_ == "PROPN":
                yield "owner", child, None
    light = trigger.light
    if light is not None:
        yield from ((n, t, light) for n, t in _relations_of_light_verb(events, light, top))
    for noun in nouns:
        yield from ((name, token, None) for name, token in prepositions_of(noun))
    yield from answerable(top)


def _relations_of_verb(trigger: Trigger) -> Iterator[tuple[str, Token]]:
    verb, passive = trigger.head, trigger.passive
    subject = None if passive else doer_of_event(verb)
    if subject is None and trigger.undergoes and not passive:
        subject = sufferer_before(verb)
    if subject is not None and not _is_possessive(subject):
        relation = "which" if subject.lower_ == "which" else "subject"
        yield ("object" if trigger.undergoes else relation), antecedent(subject, verb)
    for token in objects_of(verb, passive=passive):
        if token.i not in trigger.fixed:
            yield "object", token
        else:  # "took travellers hostage": the parser makes one noun of them
            yield from (("object", noun) for noun in token.lefts)
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
