"""Where and by what means something was said: in a letter, at a conference, on television."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from kg.extraction.claims.saying import (
    Saying,
    is_medium,
    is_named_place,
    is_occasion,
    phrase_end,
    prepositions,
    sendings,
)
from kg.model import EntityKind, Span

__all__ = ["Medium", "carrier_of", "find_media", "media_of_hearers"]


@dataclass(frozen=True, slots=True)
class Medium:
    """What words stand in or where they are spoken: the noun, and the phrase with it."""

    noun: Token
    span: Span


def find_media(saying: Saying) -> Iterator[Medium]:
    """The phrases that say what the words stand in or where they are spoken, as they are found."""
    is_passive = any(child.dep_ == "auxpass" for child in saying.cue.children)
    for verb in saying.verbs:  # grows by the participles of the texts that are found
        for child in verb.children:
            told = child.dep_ == "dobj" and verb.lemma_.lower() in saying.words.hearers.always
            if told and is_occasion(saying, child):
                yield from _noted(saying, child, child)  # told a press conference
        for preposition, noun in prepositions(verb):
            if is_passive and preposition.i < saying.cue.i:
                continue  # "in court X is said to have wept": it may be where X wept
            if is_medium(saying, preposition, noun) or (
                is_named_place(saying, preposition, noun)
                and verb.i < preposition.i
                and not _follows_people(saying, preposition)
            ):
                yield from _noted(saying, preposition, noun)


def _follows_people(saying: Saying, preposition: Token) -> bool:
    """Whether a place stands right after people that it may describe: told residents in X."""
    before = preposition.nbor(-1)
    found = saying.cast.at(before)
    return (
        found is not None
        and not saying.cast.entity(found).named
        and before.tag_ != "PRP"
        and before.lemma_.lower() not in saying.words.media.press
    )


def media_of_hearers(saying: Saying) -> Iterator[Medium]:
    """Where those are who are told: reporters in X, supporters at a rally."""
    for hearer in saying.hearers:
        is_press = hearer.lemma_.lower() in saying.words.media.press
        for preposition, noun in prepositions(hearer):
            if (preposition.lower_ in {"at", "during"} and is_occasion(saying, noun)) or (
                is_press and is_named_place(saying, preposition, noun)
            ):
                yield from _noted(saying, preposition, noun)


def _noted(saying: Saying, first: Token, noun: Token) -> Iterator[Medium]:
    """The medium from its first word on, unless it belongs to what is said."""
    last = phrase_end(saying, noun)
    span = saying.reading.span(min(first.i, first.left_edge.i), last)
    if not saying.is_open(span) or saying.is_source(span):
        return
    saying.nouns.extend([noun, *_nested(saying, noun)])
    saying.verbs.extend(sendings(saying, noun))
    yield Medium(noun, span)


def _nested(saying: Saying, noun: Token) -> Iterator[Token]:
    """The occasions inside of a medium: in a speech at a conference."""
    for preposition, inner in prepositions(noun):
        if is_medium(saying, preposition, inner):
            yield inner
            yield from _nested(saying, inner)


def carrier_of(saying: Saying, noun: Token) -> str | None:
    """The entity that a medium is: the letter, the place, the paper that somebody spoke with."""
    found = saying.cast.at(noun)
    if found is not None:
        named = saying.cast.entity(found).named
        bare = not any(child.dep_ in {"det", "poss", "amod"} for child in noun.lefts)
        return None if bare and not named else found  # "in court": in no court that is told
    for preposition, inner in prepositions(noun):
        if preposition.lower_ == "with" and saying.kind(inner) is EntityKind.ORGANIZATION:
            return saying.cast.at(inner)
    return None
