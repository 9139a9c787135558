"""In which sense a word is used: what its object, its subject and the words around it tell."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.extraction.coreference import Cast
from kg.extraction.event_words import EventKind, EventNoun, EventVerb
from kg.extraction.events.clauses import counted, doer_of_event, objects_of
from kg.extraction.reading import Reading
from kg.model import EntityKind

__all__ = ["is_generic", "is_of_things", "is_people", "noun_sense_holds", "verb_sense_holds"]

#: How many tokens before and after a word tell whether it is meant literally.
_AROUND = 60
#: Words that stand for people by themselves, also as "dozens were arrested".
_PEOPLE_PRONOUNS = {
    "him", "her", "them", "me", "us", "who", "whom", "he", "she", "they", "i", "we", "himself",
    "herself", "themselves", "none", "nobody", "anyone", "anybody", "everyone", "everybody",
    "someone", "somebody", "many", "several", "others", "dozens", "hundreds", "thousands", "scores",
    "both", "few",
}  # fmt: skip
#: Prepositions that say whose an event is, or whom it concerns.
_OF_PARTS = {"of", "by", "between", "against", "with", "into", "for", "on", "as"}
_HABITS = {"always", "often", "usually", "typically", "generally", "normally", "rarely", "seldom"}
_PLURALS = {"NNS", "NNPS"}


def verb_sense_holds(
    verb: Token, entry: EventVerb, kind: EventKind, cast: Cast, *, passive: bool
) -> bool:
    """Whether a verb has the subject, object and surroundings that its sense needs."""
    if not _needs_met(verb, entry, cast, passive=passive) or _is_habit(verb):
        return False
    if entry.beside:
        return any(token.lemma_.lower() in entry.beside for token in _beside_verb(verb))
    figurative = {verb.lemma_.lower(), " ".join(entry.words)} & kind.figurative
    return not figurative or _is_literal(verb, kind, cast)


def noun_sense_holds(noun: Token, entry: EventNoun, kind: EventKind, cast: Cast) -> bool:
    """Whether a noun has beside it and around it what its sense needs."""
    if entry.needs == "part" and not _has_part(noun):
        return False
    if entry.beside and not any(
        word in entry.beside
        for token in _beside_noun(noun)
        for word in (token.lower_, token.lemma_.lower())
    ):
        return False
    return " ".join(entry.words) not in kind.figurative or _is_literal(noun, kind, cast)


def is_people(token: Token, cast: Cast) -> bool:
    """Whether a noun or pronoun stands for a person or people."""
    token = counted(token)
    found = cast.at(token)
    if found is not None:
        return cast.entity(found).kind in {EntityKind.PERSON, EntityKind.GROUP}
    if token.dep_ == "appos" and cast.at(token.head) is not None:
        return is_people(token.head, cast)
    return token.lower_ in _PEOPLE_PRONOUNS or (
        token.pos_ == "NUM" and token.dep_ in {"nsubj", "nsubjpass", "dobj"}
    )


def is_of_things(noun: Token, cast: Cast) -> bool:
    """Whether "of" leads to a thing: the execution of a plan kills nobody."""
    first = noun.head if noun.dep_ == "conj" else noun  # "the planning and execution of"
    return any(
        inner.pos_ == "NOUN" and not is_people(inner, cast)
        for phrase in (*first.rights, *noun.rights)
        if phrase.lower_ == "of" and phrase.dep_ == "prep" and phrase.i > noun.i
        for inner in phrase.children
        if inner.dep_ == "pobj"
    )


def is_generic(reading: Reading, noun: Token) -> bool:
    """Whether a noun stands for the kind of thing: "time for meetings", "trade deals are bad".

    A plural with nothing that tells some apart from others: no article, number, possessive,
    name, time or phrase of place or part.
    """
    if noun.tag_ not in _PLURALS:
        return False
    top = noun.head if noun.dep_ in {"compound", "nmod"} else noun
    telling = {"det", "nummod", "poss", "relcl", "acl", "appos"}
    for part in {noun, top}:
        for child in part.children:
            named = child.pos_ == "PROPN" or child.ent_type_ in {"GPE", "NORP", "DATE"}
            phrase = child.dep_ == "prep" and child.lower_ not in {"for", "like", "as"}
            if child.dep_ in telling or named or phrase:
                return False
    inside = reading.span(noun.i, noun.i)
    return not any(time.span.overlaps(inside) for time in reading.times)


def _needs_met(verb: Token, entry: EventVerb, cast: Cast, *, passive: bool) -> bool:
    """Whether a verb has the subject or object that an entry asks for."""
    if not entry.needs:
        return True
    objects = objects_of(verb, passive=passive)
    doer = None if passive or entry.needs != "person_subject" else doer_of_event(verb)
    below = {child.dep_ for child in verb.children}
    met = {
        "object": bool(objects),
        "person_object": any(is_people(token, cast) for token in objects),
        "body_object": any(_is_body(token, cast) for token in objects),
        "thing_object": bool(objects) and not any(_is_person(token, cast) for token in objects),
        "no_object": not passive and not below & {"ccomp", "xcomp", "dobj", "dative"},
        "person_subject": doer is not None
        and is_people(doer, cast)
        and not below & {"ccomp", "dobj"},
        "passive": passive and any(is_people(token, cast) for token in objects),
    }
    return met[entry.needs]


def _is_body(token: Token, cast: Cast) -> bool:
    """Whether a noun stands for an institution or a place: what people found."""
    found = cast.at(counted(token))
    return found is not None and cast.entity(found).kind in {
        EntityKind.ORGANIZATION,
        EntityKind.PLACE,
    }


def _is_person(token: Token, cast: Cast) -> bool:
    """Whether a noun or pronoun stands for one or more people: who is destroyed is defeated."""
    found = cast.at(counted(token))
    if found is not None and cast.entity(found).kind is EntityKind.PERSON:
        return True
    return token.lower_ in {"him", "her", "me", "us"}


def _is_habit(verb: Token) -> bool:
    """Whether a verb tells what somebody does as a rule: "typically votes"."""
    return verb.tag_ in {"VBP", "VBZ"} and any(
        child.lower_ in _HABITS for child in verb.children if child.dep_ == "advmod"
    )


def _beside_verb(verb: Token) -> Iterator[Token]:
    """The subjects and objects of a verb, those of its prepositions included."""
    for child in verb.children:
        if child.dep_ in {"dobj", "nsubj", "nsubjpass"}:
            yield child
            yield from child.conjuncts
        elif child.dep_ == "xcomp":
            yield from (inner for inner in child.children if inner.dep_ == "aux")
        elif child.dep_ in {"prep", "prt"}:
            yield child
            yield from (inner for inner in child.children if inner.dep_ == "pobj")
    if verb.dep_ in {"acl", "relcl"}:
        yield verb.head


def _beside_noun(noun: Token) -> Iterator[Token]:
    """The words joined to a noun: before it, after its prepositions, and the verb above it."""
    top = noun.head if noun.dep_ in {"compound", "nmod"} else noun
    for part in {noun, top}:
        for child in part.children:
            yield child
            yield from (inner for inner in child.children if inner.dep_ in {"pobj", "compound"})
    yield top.head
    if top.dep_ == "pobj":
        yield top.head.head


def _has_part(noun: Token) -> bool:
    """Whether a noun has a possessive or a phrase that says whose it is or whom it concerns."""
    top = noun.head if noun.dep_ in {"compound", "nmod"} else noun
    return any(
        child.dep_ == "poss" or (child.dep_ in {"prep", "agent"} and child.lower_ in _OF_PARTS)
        for part in {noun, top}
        for child in part.children
    )


def _is_literal(word: Token, kind: EventKind, cast: Cast) -> bool:
    """Whether something near a word shows that it is not a figure of speech.

    Candidates attack, parties battle, and prices rally, too: a word of the kind's context, or
    a place joined to the word, has to stand near it.
    """
    if kind.unlike:
        return not any(token.lemma_.lower() in kind.unlike for token in word.sent)
    doc = word.doc
    near = doc[max(0, word.i - _AROUND) : word.i + _AROUND + 1]
    if any(t.i != word.i and t.lemma_.lower() in kind.context for t in near):
        return True
    return any(
        found is not None and cast.entity(found).kind is EntityKind.PLACE
        for child in word.children
        for token in (child.subtree if child.dep_ in {"compound", "nmod"} else child.children)
        if child.dep_ in {"compound", "nmod"} or child.lower_ in {"on", "against"}
        for found in (cast.at(token),)
    )
