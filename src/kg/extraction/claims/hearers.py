"""To whom something was said: told the court, wrote to her, in a letter to the mayor."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.extraction.claims.saying import Saying, is_occasion, prepositions
from kg.extraction.reading import conjuncts, subject_of
from kg.model import EntityKind

__all__ = ["addressee_of", "find_hearers"]


def find_hearers(saying: Saying) -> Iterator[Token]:
    """Who is spoken to, the surest first: an object, then what "to" leads to."""
    for found in (_told, _hearers_of_verb):
        for verb in saying.verbs:
            yield from filter(_can_hear, found(saying, verb))
    for text in saying.nouns:
        if _is_carried(saying, text):
            yield from filter(_can_hear, _hearers_of_text(saying, text))
    if saying.cue.pos_ == "NOUN":
        yield from filter(_can_hear, _hearers_of_text(saying, saying.cue))


def _can_hear(token: Token) -> bool:
    """Whether a word can stand for who is told: not "himself", "it" or "whom"."""
    reflexive = token.tag_ == "PRP" and token.lower_.endswith(("self", "selves"))
    return token.tag_ not in {"WP", "WDT", "WP$"} and token.lower_ != "it" and not reflexive


def _told(saying: Saying, verb: Token) -> Iterator[Token]:
    """The object of a verb such as "tell", in the passive its subject."""
    lemma, hearers = verb.lemma_.lower(), saying.words.hearers
    infinitive = next((c for c in verb.children if c.dep_ == "xcomp"), None)
    acts = infinitive is not None and _is_active(infinitive)
    for token in _objects(verb):
        if saying.is_quoted(saying.reading.span(token.i, token.i)):
            continue  # Berg asked: "Holt is dead?"
        if (
            (lemma in hearers.always and _is_audience(saying, token))
            or (
                lemma in hearers.somebody
                and _is_somebody(saying, token)
                and (acts or infinitive is None)
            )
            or (lemma in hearers.to_act and _is_somebody(saying, token) and acts)
        ):
            yield token


def _objects(verb: Token) -> Iterator[Token]:
    """What stands after a verb as its object, or before a passive one as its subject."""
    if any(child.dep_ == "auxpass" for child in verb.children):
        subject = subject_of(verb)
        if subject is not None and subject.i < verb.i:
            yield subject
        return
    for child in verb.children:
        if child.dep_ in {"dobj", "dative"} and child.pos_ != "ADP" and child.i > verb.i:
            yield child


def _hearers_of_verb(saying: Saying, verb: Token) -> Iterator[Token]:
    for preposition, noun in prepositions(verb):
        if _leads_to_hearer(saying, verb, preposition, noun):
            yield noun


def _hearers_of_text(saying: Saying, text: Token) -> Iterator[Token]:
    """Who a letter, speech or claim is meant for; of an interview the person who asks."""
    for preposition, noun in prepositions(text):
        span = saying.reading.span(preposition.i, noun.i)
        leads = preposition.lower_ in {"to", "before"} or (
            preposition.lower_ == "with" and saying.kind(noun) is EntityKind.PERSON
        )
        if leads and _is_somebody(saying, noun) and saying.is_open(span):
            yield noun


def _is_active(infinitive: Token) -> bool:
    helpers = {child.dep_ for child in infinitive.children}
    return "aux" in helpers and "auxpass" not in helpers


def _leads_to_hearer(saying: Saying, verb: Token, preposition: Token, noun: Token) -> bool:
    """Whether a preposition below a verb leads to who is spoken to."""
    if not _is_somebody(saying, noun):
        return False
    word, cue = preposition.lower_, saying.words.cues.verb_at(verb)
    if verb.dep_ == "acl":  # a letter sent to X
        return word == "to" and verb.lemma_.lower() in {"send", "address", "write", "hand"}
    if cue is not None and cue.kind == "request" and word in cue.words[1:]:
        return word in {"on", "upon", "to"}  # called on X to go: X is part of what is asked
    span = saying.reading.span(preposition.i, noun.i)
    if not saying.is_open(span) or saying.is_source(span):
        return False
    return (
        (word == "to" and verb.lemma_.lower() not in saying.words.hearers.not_to)
        or (word == "before" and cue is not None and cue.kind == "testify")
        or (word == "at" and cue is not None and cue.kind == "shout")
    )


def _is_carried(saying: Saying, noun: Token) -> bool:
    """Whether a noun is something said or written, so that "to" leads to who is to hear it."""
    media = saying.words.media
    return (
        saying.kind(noun) is EntityKind.DOCUMENT
        or noun.lemma_.lower() in media.utterances | media.texts
    )


def _is_somebody(saying: Saying, noun: Token) -> bool:
    """Whether a noun or pronoun stands for people or an institution."""
    kind, lemma, words = saying.kind(noun), noun.lemma_.lower(), saying.words
    people = words.nouns.person | words.nouns.group | words.nouns.organization | words.media.press
    return (
        kind in {EntityKind.PERSON, EntityKind.GROUP, EntityKind.ORGANIZATION}
        or noun.tag_ == "PRP"
        or (kind is None and (lemma in people or words.titles.heads_title(lemma)))
    )


def _is_audience(saying: Saying, noun: Token) -> bool:
    """Whether what is told is not a story, nor an occasion where others listen."""
    told = saying.words.hearers.told
    return noun.lemma_.lower() not in told and not is_occasion(saying, noun)


def addressee_of(saying: Saying, hearer: Token) -> str | None:
    """The entity that is told; of several that are told together no single one."""
    return saying.cast.at(hearer) if len(conjuncts(hearer)) == 1 else None
