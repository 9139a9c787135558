"""Which words name an event, and in which sense."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from kg.extraction.coreference import Cast
from kg.extraction.event_words import Events, EventVerb
from kg.extraction.events.clauses import is_headline_passive, is_passive
from kg.extraction.events.senses import (
    is_generic,
    is_of_things,
    noun_sense_holds,
    verb_sense_holds,
)
from kg.extraction.reading import Reading
from kg.model import Form

__all__ = ["Trigger", "find_triggers", "is_in_time", "light_verb"]

#: Nouns that say only that what is before them happened more than once or at length.
_CONTAINERS = {
    "spree",
    "campaign",
    "wave",
    "series",
    "operation",
    "attempt",
    "case",
    "incident",
    "plot",
    "process",
    "session",
}
_WITH_PREPOSITION = 2  #: words of an entry such as "fire on"


@dataclass(frozen=True, slots=True)
class Trigger:
    """The words that name an event: their head, first and last token, and kind."""

    head: Token
    first: int
    last: int
    kind: str
    undergoes: bool = False  #: the subject is who it happens to
    light: Token | None = None  #: the verb that only says that the noun happened
    passive: bool = False
    fixed: frozenset[int] = frozenset()  #: tokens after a verb that belong to its phrase


def find_triggers(reading: Reading, cast: Cast, events: Events) -> Iterator[Trigger]:
    """The words that name events in a document, the nouns before the verbs."""
    taken: set[int] = set()
    for token in sorted(reading.doc, key=lambda token: token.pos_ == "VERB"):  # nouns first
        if token.i in taken or token.is_space or is_in_time(reading, token):  # March the month
            continue
        phrase = cast.phrase_at(token)
        in_name = phrase is not None and phrase.form is Form.NAME
        if token.pos_ in {"NOUN", "PROPN"} and not in_name:
            trigger = _noun_trigger(reading, cast, events, token)
        elif token.pos_ == "VERB" and token.dep_ not in {"aux", "auxpass"}:
            trigger = _verb_trigger(reading, cast, events, token, taken)
        else:
            continue
        if trigger is not None:
            taken |= set(range(trigger.first, trigger.last + 1))
            yield trigger


def is_in_time(reading: Reading, token: Token) -> bool:
    """Whether a token is part of a time."""
    return any(time.span.start <= token.idx < time.span.end for time in reading.times)


def _noun_trigger(reading: Reading, cast: Cast, events: Events, noun: Token) -> Trigger | None:
    for first, last, entry in events.nouns_at(noun):
        kind = events.kinds[entry.kind]
        light = light_verb(events, noun)
        if (
            _heads_phrase(events, noun, last)
            and not events.is_exception(noun.doc, noun.i, entry.kind)
            and not (kind.of_people and is_of_things(noun, cast))
            and (noun_sense_holds(noun, entry, kind, cast) or (entry.needs and light is not None))
            and not (kind.particular and light is None and is_generic(reading, noun))
            and not _is_month(noun)
        ):
            return Trigger(noun, first, last, entry.kind, light=light)
    return None


def _is_month(noun: Token) -> bool:
    """Whether a word is the month of its name, with or without a day beside it: early March."""
    return noun.text in {"March", "May"} and not any(child.dep_ == "det" for child in noun.lefts)


def _verb_trigger(
    reading: Reading, cast: Cast, events: Events, verb: Token, taken: set[int]
) -> Trigger | None:
    before = verb.nbor(-1) if verb.i > verb.sent.start else verb
    if verb.tag_ == "VBG" and (before.pos_ in {"DET", "ADJ"} or verb.dep_ == "amod"):
        return None  # "the lead investigating officer"
    for entry in events.verbs_at(verb):
        kind = events.kinds[entry.kind]
        fixed = frozenset(_fixed_words(verb, entry))
        passive = is_passive(verb) or (
            "object" in kind.parts and not entry.undergoes and is_headline_passive(reading, verb)
        )
        if verb.dep_ == "amod" and not (passive and kind.parts.get("object") == "victim"):
            continue  # "elected officials" tell of no election, "the murdered priest" of a murder
        if (
            not fixed & taken  # "put on trial"
            and not _leads_elsewhere(reading, verb, entry)
            and verb_sense_holds(verb, entry, kind, cast, passive=passive)
            and not events.is_exception(verb.doc, verb.i, entry.kind)
        ):
            return Trigger(
                verb, verb.i, verb.i, entry.kind, entry.undergoes, passive=passive, fixed=fixed
            )
    return None


def _leads_elsewhere(reading: Reading, verb: Token, entry: EventVerb) -> bool:
    """Whether the preposition of an entry is another one here: fired on Monday, shot it at dawn."""
    if len(entry.words) != _WITH_PREPOSITION or entry.words[1] not in {"on", "at"}:
        return False
    return any(child.dep_ == "dobj" for child in verb.children) or any(
        child.lower_ == entry.words[1]
        and any(is_in_time(reading, inner) for inner in child.children)
        for child in verb.children
    )


def _fixed_words(verb: Token, entry: EventVerb) -> list[int]:
    """The tokens after a verb that its entry names: "trial" of "put on trial"."""
    after = verb.doc[verb.i + 1 : verb.i + 8]
    return [
        token.i for token in after if {token.lower_, token.lemma_.lower()} & set(entry.words[1:])
    ]


def _heads_phrase(events: Events, noun: Token, last: int) -> bool:
    """Whether its phrase is about a noun: "death toll" is no death, a "killing spree" kills."""
    if noun.head.i > last and noun.dep_ in {"compound", "nmod", "npadvmod", "amod"}:
        longer = any(first <= noun.i for first, _, _ in events.nouns_at(noun.head))
        return noun.head.lemma_.lower() in _CONTAINERS and not longer
    return True


def light_verb(events: Events, noun: Token) -> Token | None:
    """The verb of "carried out a massacre" or "a conference held in May"."""
    top = noun.head if noun.dep_ in {"compound", "nmod"} else noun
    above = top.head
    if top.dep_ in {"dobj", "nsubj", "nsubjpass", "attr"} and events.is_light(above):
        return above
    if top.dep_ == "pobj":
        verb = above.head.head if above.head.lower_ == "part" else above.head
        if above.lower_ in {"on", "under"} and verb.lemma_ == "be":
            return verb  # "is on trial", "is under investigation"
        if above.lower_ == "in" and events.is_light(verb, "attend"):
            return verb  # "took part in the rally"
    for child in top.children:
        if child.dep_ in {"acl", "relcl"} and events.is_light(child):
            return child
    return None
