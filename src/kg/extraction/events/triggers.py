"""Which words name an event, and in which sense."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from kg.extraction.coreference import Cast
from kg.extraction.event_words import EventKind, Events, EventVerb
from kg.extraction.events.clauses import is_headline_passive, is_passive
from kg.extraction.events.senses import (
    is_generic,
    is_name_of_event,
    is_of_things,
    is_people,
    noun_sense_holds,
    verb_sense_holds,
)
from kg.extraction.lexicon import Lexicon
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
_NUMERALS = {"I", "II", "One", "Two"}
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
    does: bool = False  #: the light verb's subject is who does it
    passive: bool = False
    fixed: frozenset[int] = frozenset()  #: tokens after a verb that belong to its phrase


def find_triggers(reading: Reading, cast: Cast, words: Lexicon) -> Iterator[Trigger]:
    """The words that name events in a document, the nouns before the verbs."""
    events = words.events
    taken: set[int] = set()
    for token in sorted(reading.doc, key=lambda token: token.pos_ == "VERB"):  # nouns first
        if token.i in taken or token.is_space or is_in_time(reading, token):  # March the month
            continue
        phrase = cast.phrase_at(token)
        in_name = phrase is not None and phrase.form is Form.NAME
        if token.pos_ in {"NOUN", "PROPN"} and not (in_name and not is_name_of_event(token)):
            trigger = _noun_trigger(reading, cast, words, token, in_name=in_name)
        elif token.pos_ == "VERB" and token.dep_ not in {"aux", "auxpass"}:
            trigger = _verb_trigger(reading, cast, events, token, taken)
        else:
            continue
        if trigger is not None:
            taken |= set(range(trigger.first, trigger.last + 1))
            yield trigger


def is_in_time(reading: Reading, token: Token) -> bool:
    """Whether a token is part of a time."""
    return reading.time_at(token.idx) is not None


def _noun_trigger(
    reading: Reading, cast: Cast, words: Lexicon, noun: Token, *, in_name: bool
) -> Trigger | None:
    events, charging = words.events, words.cues.markers["charging"]
    for first, last, entry in events.nouns_at(noun):
        kind = events.kinds[entry.kind]
        light = light_verb(events, noun)
        if (
            _heads_phrase(events, noun, last)
            and not events.is_exception(noun.doc, noun.i, entry.kind)
            and not (kind.of_people and is_of_things(noun, cast))
            and (noun_sense_holds(noun, entry, kind, cast) or (entry.needs and light is not None))
            and not (kind.particular and light is None and is_generic(reading, noun, charging))
            and not _is_month(noun)
            and not (in_name and not _can_be_name(kind))
            and not (first == noun.i and _is_of_self(noun))
        ):
            does = light is not None and events.is_light(light, "do")
            counted = noun.head.i == last + 1 and noun.head.text in _NUMERALS  # World War II
            return Trigger(noun, first, last + counted, entry.kind, light=light, does=does)
    return None


def _can_be_name(kind: EventKind) -> bool:
    """Whether a name that the recogniser gives somebody may be such an event's: Boston Massacre.

    Of a conference it may as well be an institution's.
    """
    return kind.named and (bool(kind.context) or kind.parts.get("of") == "victim")


def _is_month(noun: Token) -> bool:
    """Whether a word is the month of its name, with or without a day beside it: early March."""
    return noun.text in {"March", "May"} and not any(child.dep_ == "det" for child in noun.lefts)


def _is_of_self(noun: Token) -> bool:
    """Whether "self-" stands before a noun: self-indictment is no indictment."""
    return noun.i > 1 and noun.nbor(-1).text == "-" and noun.nbor(-2).lower_ == "self"


def _verb_trigger(
    reading: Reading, cast: Cast, events: Events, verb: Token, taken: set[int]
) -> Trigger | None:
    before = verb.nbor(-1) if verb.i > verb.sent.start else verb
    if verb.tag_ == "VBG" and (before.pos_ in {"DET", "ADJ"} or verb.dep_ == "amod"):
        return None  # "the lead investigating officer"
    for entry in events.verbs_at(verb):
        kind = events.kinds[entry.kind]
        fixed = frozenset(_fixed_words(verb, entry))
        passive = (
            is_passive(verb)
            or _is_held(verb, fixed)
            or (
                "object" in kind.parts
                and not entry.undergoes
                and is_headline_passive(reading, verb)
            )
        )
        if verb.dep_ == "amod" and not (
            passive and kind.parts.get("object") == "victim" and is_people(verb.head, cast)
        ):
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


def _is_held(verb: Token, fixed: frozenset[int]) -> bool:
    """Whether a verb right before its noun has nobody else as object: workers held hostage."""
    others = [child for child in verb.children if child.dep_ == "dobj" and child.i not in fixed]
    return (
        verb.tag_ in {"VBD", "VBN"}
        and verb.i + 1 in fixed
        and verb.nbor().lower_ in {"captive", "hostage", "prisoner"}
        and not others
    )


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
        known = noun.head.lemma_.lower() in _CONTAINERS or noun.head.text in _NUMERALS
        return known and not longer
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
