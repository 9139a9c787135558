"""In which sense a word is used: what its object, its subject and the words around it tell."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.extraction.coreference import Cast
from kg.extraction.event_words import EventKind, EventNoun, EventVerb
from kg.extraction.events.clauses import counted, doer_of_event, objects_of
from kg.extraction.reading import Reading
from kg.model import EntityKind

__all__ = [
    "is_generic",
    "is_name_of_event",
    "is_of_things",
    "is_people",
    "noun_sense_holds",
    "verb_sense_holds",
]

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
_COVERING = {"amount", "apply", "equate", "extend", "pertain", "refer", "relate"}
_PLURALS = {"NNS", "NNPS"}


def verb_sense_holds(
    verb: Token, entry: EventVerb, kind: EventKind, cast: Cast, *, passive: bool
) -> bool:
    """Whether a verb has the subject, object and surroundings that its sense needs."""
    if not _needs_met(verb, entry, cast, passive=passive) or _is_general(verb):
        return False
    particles = {child.lower_ for child in verb.children if child.dep_ == "prt"}
    if not particles <= {*entry.words, "off"} or (particles and verb.lemma_ == "fire"):
        return False  # another verb: fired up, struck down; but killed off
    objects = {token.lemma_.lower() for token in objects_of(verb, passive=passive)}
    if objects & kind.not_objects:
        return False
    if entry.beside:
        removes = (
            kind.parts.get("object") == "office-holder"
        )  # "the minister dismissed the reports"
        beside = _beside_verb(verb, subjects=passive or not (objects and removes))
        return any(token.lemma_.lower() in entry.beside for token in beside)
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


def is_generic(reading: Reading, noun: Token, charging: frozenset[str]) -> bool:
    """Whether a noun stands for the kind of thing: "time for meetings", "they oppose torture".

    A plural, or a bare noun of a mass, with nothing that tells some from others: no article,
    number, possessive, name, time or phrase of place or part. What somebody is charged with or
    went through is particular all the same: convicted of torture, died under torture.
    """
    top = noun.head if noun.dep_ in {"compound", "nmod"} else noun
    if noun.tag_ not in _PLURALS and _is_gone_through(top, charging):
        return False
    telling = {"det", "nummod", "poss", "relcl", "acl", "appos"}
    for part in {noun, top}:
        for child in part.children:
            named = child.pos_ == "PROPN" or child.ent_type_ in {"GPE", "NORP", "DATE"}
            phrase = child.dep_ == "prep" and child.lower_ not in {"for", "like", "as"}
            if child.dep_ in telling or named or phrase:
                return False
    inside = reading.span(noun.i, noun.i)
    return not any(time.span.overlaps(inside) for time in reading.times_in(inside))


def _is_gone_through(noun: Token, charging: frozenset[str]) -> bool:
    """Whether somebody is charged with a thing, or something came about through it."""
    while noun.dep_ == "conj":
        noun = noun.head
    if noun.dep_ not in {"pobj", "nsubj", "nsubjpass"}:
        return False
    if noun.dep_ != "pobj":
        return True
    return noun.head.lower_ not in {"of", "about", "on", "for", "to", "against", "with"} or (
        noun.head.head.lemma_.lower() in charging | {"convict", "guilty", "acquit", "clear", "jail"}
    )


def is_name_of_event(word: Token) -> bool:
    """Whether a noun ends or opens an event's name: the Vietnam War, the Battle of Hastings."""
    if word.pos_ != "PROPN" or not word.text[:1].isupper():
        return False
    before = word.nbor(-1) if word.i > word.sent.start else word
    after = list(word.doc[word.i + 1 : word.i + 3])
    opens = [token.lower_ for token in after[:1]] == ["of"] and after[-1].text[:1].isupper()
    return opens or (before != word and before.text[:1].isupper() and before.is_alpha)


def _needs_met(verb: Token, entry: EventVerb, cast: Cast, *, passive: bool) -> bool:
    """Whether a verb has the subject or object that an entry asks for."""
    if not entry.needs:
        return True
    objects = objects_of(verb, passive=passive)
    doer = None if passive or entry.needs != "person_subject" else doer_of_event(verb)
    below = {child.dep_ for child in verb.children}
    if any(child.dep_ == "mark" and child.lower_ == "as" for child in verb.children):
        below = below | {"ccomp"}  # "as we have demonstrated"
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


def _is_general(verb: Token) -> bool:
    """Whether a verb tells what is done as a rule, or what a word covers.

    "He typically votes", "the law applies to killing a guard".
    """
    present = any(t.tag_ in {"VBP", "VBZ"} for t in (verb, *verb.lefts) if t.pos_ != "NOUN")
    if present and any(c.lower_ in _HABITS for c in verb.children if c.dep_ == "advmod"):
        return True
    first = verb
    while first.dep_ == "conj" and first.head.tag_ == "VBG":
        first = first.head
    covers = first.head.head.lemma_ in _COVERING
    return first.tag_ == "VBG" and first.dep_ == "pcomp" and first.head.lower_ == "to" and covers


def _beside_verb(verb: Token, *, subjects: bool = True) -> Iterator[Token]:
    """The subjects and objects of a verb, those of its prepositions included."""
    for child in verb.children:
        if child.dep_ == "nsubj" and not subjects:
            continue
        if child.dep_ in {"dobj", "nsubj", "nsubjpass"}:
            yield child
            yield from child.conjuncts
            yield from (inner for inner in child.children if inner.dep_ == "appos")
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
    if is_name_of_event(word):
        return True
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
