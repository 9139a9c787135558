"""The mentions of events: each carries what its own clause says, those of one share its id."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from kg.extraction.coreference import Cast
from kg.extraction.event_words import Events
from kg.extraction.events.anaphors import find_anaphors
from kg.extraction.events.chains import Chains
from kg.extraction.events.circumstances import (
    place_of,
    time_of,
)
from kg.extraction.events.clauses import is_passive, objects_of
from kg.extraction.events.participants import find_participants
from kg.extraction.events.senses import is_name_of_event
from kg.extraction.events.triggers import Trigger, find_triggers, light_verb
from kg.extraction.lexicon import Cues, Lexicon
from kg.extraction.reading import (
    Reading,
    is_definite,
)
from kg.extraction.stance import is_awaited, is_decided, is_part_taken, stance_of, tells_when
from kg.extraction.voices import Voices, ground, voice, voices
from kg.model import Abstention, Claim, Event, Polarity, Stance

__all__ = ["find_events", "identified", "mention_of"]

_LABEL_LENGTH = 80
_NEAR = 8  #: tokens after a verb within which its object or the rest of its phrase names it


def find_events(
    reading: Reading, cast: Cast, words: Lexicon, claims: Sequence[Claim]
) -> tuple[tuple[Event, ...], tuple[Abstention, ...]]:
    """The event mentions of a document in the order of the text, and those left open.

    The voice is set later.
    """
    triggers = list(find_triggers(reading, cast, words))
    spoken = voices(claims)
    return identified(
        reading, triggers, words.events, lambda t: mention_of(reading, cast, words, spoken, t)
    )


def identified(
    reading: Reading,
    triggers: Sequence[Trigger],
    events: Events,
    mention: Callable[[Trigger], Event],
) -> tuple[tuple[Event, ...], tuple[Abstention, ...]]:
    """The mentions of some triggers and of what takes them up, each with the id of its event."""
    taken = {at for trigger in triggers for at in range(trigger.first, trigger.last + 1)}
    words: list[Trigger | Token] = [*triggers, *find_anaphors(reading, events, taken)]
    chains = Chains(reading)
    found: list[Event] = []
    for each in sorted(words, key=lambda each: each.i if isinstance(each, Token) else each.first):
        if isinstance(each, Token):
            found += _taking_up(reading, events, chains, each, mention)
        else:
            found.append(chains.add(mention(each)))
    return tuple(found), tuple(chains.open)


def _taking_up(
    reading: Reading,
    events: Events,
    chains: Chains,
    word: Token,
    mention: Callable[[Trigger], Event],
) -> Iterator[Event]:
    """What is said of the one event that a word without a kind of its own takes up."""
    pronoun = word.pos_ == "PRON"
    earlier = chains.only_one_near(reading.span(word.i, word.i), pronoun=pronoun)
    if earlier is None:
        return
    kind = earlier.kind.replace(" ", "-")
    found = mention(Trigger(word, word.i, word.i, kind, light=light_verb(events, word)))
    method = "rule:event-pronoun" if pronoun else "rule:event-anaphor"
    found = replace(found, label=earlier.label if pronoun else found.label, method=method)
    if chains.can_hold(found, earlier.event):
        yield chains.put(found, earlier.event)


def mention_of(
    reading: Reading, cast: Cast, words: Lexicon, claims: Voices, trigger: Trigger
) -> Event:
    """What the clause or phrase of a trigger says of its event; whose event it is comes later."""
    stance, granted = _stance(reading, words.cues, trigger, claims)
    claim = voice(reading.span(trigger.first, trigger.last), claims)
    participants, places = find_participants(
        reading, cast, words, trigger, granted=granted, claim=claim
    )
    time = time_of(reading, trigger)
    place = places[0] if places else place_of(reading, cast, trigger)
    verb = trigger.head.pos_ == "VERB"
    granted = granted and (not verb or tells_when(trigger.head))
    word = "event-verb" if verb else "event-noun"
    return Event(
        event="",
        kind=trigger.kind.replace("-", " "),
        label=_label(reading, trigger),
        trigger=reading.span(trigger.first, trigger.last),
        time=time,
        place=place[0] if place else None,
        place_span=place[1] if place else None,
        participants=participants,
        stance=stance,
        method=f"rule:definite-{word}" if granted else f"rule:{word}",
    )


def _stance(reading: Reading, cues: Cues, trigger: Trigger, claims: Voices) -> tuple[Stance, bool]:
    """Whether the event happened, as its clause says, and whether that is taken for granted.

    "The massacre" takes it for granted that there was one, whatever is said of it: only a
    verb that has it as subject, or a denial of it itself, can say otherwise.
    """
    head = trigger.head
    inside = ground(reading.span(trigger.first, trigger.last), claims)
    first = _first_of_list(head)
    above = first.head
    is_topic = (
        first.dep_ in {"nsubj", "nsubjpass"}
        or above == first
        or (inside is not None and not inside.start <= above.idx < inside.end)
    )
    denial = cues.stance_of_content(above.lemma_.lower(), clause=False)
    if inside is None and first.dep_ == "dobj" and denial is not None:
        is_topic = is_topic or denial.polarity is Polarity.DENIED
    if head.pos_ == "VERB" and tells_when(head):
        return stance_of(head, cues, inside=inside), True
    definite = is_definite(head) or _is_owned(head, first, cues) or is_part_taken(head, cues)
    is_topic = is_topic and not is_decided(head, cues)
    if not definite or is_topic or is_awaited(head, cues):
        return stance_of(head, cues, inside=inside), False
    return stance_of(head, cues, inside=reading.span(trigger.first, trigger.last)), True


def _first_of_list(noun: Token) -> Token:
    """The first noun of a list: of "their raids, killings and torture", which are all theirs.

    The parser may take the second for an apposition of the first.
    """
    first = noun
    while first.head.pos_ in {"NOUN", "PROPN"} and (
        first.dep_ == "conj"  # "denied the killings and the torture"
        or (first.dep_ == "appos" and any(child.dep_ == "cc" for child in first.children))
    ):
        first = first.head
    return first


def _is_owned(noun: Token, first: Token, cues: Cues) -> bool:
    """Whether a bare noun of a list has the possessive of the first: their raids and killings."""
    return (
        noun != first
        and any(child.dep_ == "poss" for child in first.lefts)
        and not any(child.dep_ == "det" for child in noun.lefts)
        and not is_awaited(first, cues)
        and not is_decided(first, cues)
    )


def _label(reading: Reading, trigger: Trigger) -> str:
    """The event in the words of the text: noun with what narrows it, verb with object."""
    head = trigger.head
    if head.pos_ == "VERB":
        objects = objects_of(head, passive=is_passive(head))
        end = head.i
        if objects and head.i < objects[0].i <= head.i + _NEAR:
            end = objects[0].i
        near = (
            i
            for i in trigger.fixed
            if head.i < i <= head.i + _NEAR and reading.doc[i].pos_ != "ADP"
        )
        end = max(end, *near, head.i)  # "set himself on fire"
        words = reading.doc[head.i : end + 1].text
    else:
        first, last = trigger.first, trigger.last
        for child in head.lefts:
            if child.dep_ in {"amod", "compound", "nmod", "nummod"} and not child.is_space:
                first = min(first, child.left_edge.i)
        if is_name_of_event(head):
            first, last = _name_around(reading, first, last)
        words = reading.doc[first : last + 1].text
    return re.sub(r"\s+", " ", words)[:_LABEL_LENGTH].strip(' "“”‘’«»')


def _name_around(reading: Reading, first: int, last: int) -> tuple[int, int]:
    """The tokens of an event's name around its noun: World War II, Battle of Hastings."""
    doc = reading.doc
    while first > doc[first].sent.start and doc[first - 1].pos_ == "PROPN":
        first -= 1
    if last + 2 < len(doc) and doc[last + 1].lower_ == "of" and doc[last + 2].pos_ == "PROPN":
        last += 2
        while last + 1 < len(doc) and doc[last + 1].pos_ == "PROPN":
            last += 1
    return first, last
