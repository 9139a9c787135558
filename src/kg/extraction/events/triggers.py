"""Which words name an event, and in which sense."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from kg.extraction.coreference import Cast
from kg.extraction.lexicon import Events, EventVerb
from kg.extraction.reading import (
    Reading,
    antecedent,
    doer_of,
    subject_of,
)
from kg.model import EntityKind, Form

__all__ = ["Trigger", "counted", "find_triggers", "is_in_time", "is_passive", "objects_of"]

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
#: Nouns that count what follows "of": thousands of prisoners.
_MEASURES = {
    "thousand", "hundred", "million", "dozen", "number", "group", "majority", "member", "family",
    "score", "ten", "handful", "series", "lot", "couple", "variety", "total", "third", "half",
}  # fmt: skip
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


def find_triggers(reading: Reading, cast: Cast, events: Events) -> Iterator[Trigger]:
    """The words that name events in a document, the nouns before the verbs."""
    taken: set[int] = set()
    for token in sorted(reading.doc, key=lambda token: token.pos_ == "VERB"):  # nouns first
        if token.i in taken or token.is_space or is_in_time(reading, token):  # March the month
            continue
        phrase = cast.phrase_at(token)
        in_name = phrase is not None and phrase.form is Form.NAME
        if token.pos_ in {"NOUN", "PROPN"} and not in_name:
            trigger = _noun_trigger(cast, events, token)
        elif token.pos_ == "VERB" and token.dep_ not in {"amod", "aux", "auxpass"}:
            trigger = _verb_trigger(reading, cast, events, token, taken)
        else:
            continue
        if trigger is not None:
            taken |= set(range(trigger.first, trigger.last + 1))
            yield trigger


def is_in_time(reading: Reading, token: Token) -> bool:
    """Whether a token is part of a time."""
    return any(time.span.start <= token.idx < time.span.end for time in reading.times)


def _noun_trigger(cast: Cast, events: Events, noun: Token) -> Trigger | None:
    found = events.noun_at(noun)
    if (
        found is None
        or not _heads_phrase(noun, found)
        or events.is_exception(noun.doc, noun.i, found[2])
        or (events.kinds[found[2]].of_people and _is_of_things(noun, cast))
    ):
        return None
    return Trigger(noun, *found, light=_light_verb(events, noun))


def _is_of_things(noun: Token, cast: Cast) -> bool:
    """Whether "of" leads to a thing: the execution of a plan kills nobody."""
    first = noun.head if noun.dep_ == "conj" else noun  # "the planning and execution of"
    return any(
        inner.pos_ == "NOUN" and not _is_people(inner, cast)
        for phrase in (*first.rights, *noun.rights)
        if phrase.lower_ == "of" and phrase.dep_ == "prep" and phrase.i > noun.i
        for inner in phrase.children
        if inner.dep_ == "pobj"
    )


def _verb_trigger(
    reading: Reading, cast: Cast, events: Events, verb: Token, taken: set[int]
) -> Trigger | None:
    before = verb.nbor(-1) if verb.i > verb.sent.start else verb
    if verb.tag_ == "VBG" and before.pos_ in {"DET", "ADJ"}:
        return None  # "the lead investigating officer"
    fitting = (
        entry
        for entry in events.verbs_at(verb)
        if not any(at in taken for at in _fixed_words(verb, entry))  # "put on trial"
        and not _leads_elsewhere(reading, verb, entry)
        and _sense_holds(verb, entry, cast)
        and not events.is_exception(verb.doc, verb.i, entry.kind)
    )
    entry = next(fitting, None)
    if entry is None:
        return None
    passive = is_passive(verb) or (
        "object" in events.kinds[entry.kind].parts
        and not entry.undergoes
        and _is_headline_passive(reading, verb)
    )
    return Trigger(verb, verb.i, verb.i, entry.kind, entry.undergoes, passive=passive)


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


def _heads_phrase(noun: Token, found: tuple[int, int, str]) -> bool:
    """Whether its phrase is about a noun: "death toll" is no death, a "killing spree" kills."""
    if noun.head.i > found[1] and noun.dep_ in {"compound", "nmod", "npadvmod", "amod"}:
        return noun.head.lemma_.lower() in _CONTAINERS
    return True


def _light_verb(events: Events, noun: Token) -> Token | None:
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


def _sense_holds(verb: Token, entry: EventVerb, cast: Cast) -> bool:
    """Whether the verb has the subject or object that its sense as an event needs."""
    needs = entry.needs
    if not needs:
        return True
    passive = is_passive(verb)
    if needs == "passive":
        return passive
    if needs == "person_subject":
        subject = None if passive else doer_of(verb)
        return subject is not None and _is_people(subject, cast)
    objects = objects_of(verb, passive=passive)
    if needs == "object":
        return any(token.lemma_.lower() in entry.objects for token in objects)
    return any(_is_people(token, cast) for token in objects)


def _is_people(token: Token, cast: Cast) -> bool:
    token = counted(token)
    found = cast.at(token)
    if found is not None:
        return cast.entity(found).kind in {EntityKind.PERSON, EntityKind.GROUP}
    return token.pos_ == "PRON" and token.lower_ in {
        "him",
        "her",
        "them",
        "me",
        "us",
        "who",
        "whom",
        "he",
        "she",
        "they",
    }


def is_passive(verb: Token) -> bool:
    """Whether the subject of a verb is who it happens to."""
    if any(child.dep_ in {"auxpass", "nsubjpass"} for child in verb.children):
        return True
    if any(c.lower_ == "with" and c.dep_ == "mark" for c in verb.children):
        return True  # "with ten people killed"
    return verb.tag_ == "VBN" and (
        verb.dep_ == "acl" or (verb.dep_ == "pcomp" and verb.head.lower_ == "with")
    )


def _is_headline_passive(reading: Reading, verb: Token) -> bool:
    """Whether a headline leaves out the "was": "Opposition leader arrested in capital"."""
    return (
        verb.tag_ in {"VBD", "VBN"}
        and reading.is_headline(verb.idx)
        and not any(child.dep_ in {"dobj", "aux", "auxpass"} for child in verb.children)
    )


def objects_of(verb: Token, *, passive: bool) -> list[Token]:
    """What a verb is done to: object, subject of a passive, noun before a participle."""
    if passive:
        subject = subject_of(verb)
        if subject is None and verb.dep_ == "acl":
            subject = verb.head
        return [] if subject is None else [antecedent(subject, verb)]
    found = [child for child in verb.children if child.dep_ == "dobj"]
    if not found and verb.dep_ == "relcl" and subject_of(verb) is not None:
        mark = subject_of(verb)
        if mark is not None and mark.tag_ not in {"WP", "WDT"}:
            found = [verb.head]  # "the man they killed"
    return [antecedent(token, verb) for token in found]


def counted(token: Token) -> Token:
    """For "thousands of prisoners" the prisoners."""
    if (
        token.lemma_.lower() in _MEASURES
        or token.pos_ == "NUM"
        or token.lower_ in {"some", "many", "most", "all"}
    ):
        for child in token.children:
            if child.lower_ == "of":
                inner = next((c for c in child.children if c.dep_ == "pobj"), None)
                return token if inner is None else counted(inner)
    return token
