"""What is said to happen: nouns and verbs that name events, who takes part, where and when.

Each mention carries only what its own clause says; mentions of one document that are one
event share its id.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

from kg.extraction.coreference import Cast
from kg.extraction.lexicon import Cues, Events, EventVerb, Lexicon
from kg.extraction.reading import (
    Reading,
    antecedent,
    conjuncts,
    doer_of,
    is_definite,
    subject_of,
    top_of,
)
from kg.extraction.stance import is_awaited, stance_of
from kg.extraction.voices import ground
from kg.model import Claim, EntityKind, Event, Form, Participant, Polarity, Span, Stance, Time

__all__ = ["find_events"]

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
_PLACE_PREPOSITIONS = {
    "in",
    "at",
    "near",
    "across",
    "inside",
    "outside",
    "throughout",
    "around",
    "from",
}
_LABEL_LENGTH = 80
_WITH_PREPOSITION = 2  #: words of an entry such as "fire on"
#: What relation the subject of a light verb has to the event of its noun.
_LIGHT_RELATIONS = {"do": "by", "organise": "organises", "attend": "attends"}
_FIXED_PARTS = {"organises": "organiser", "attends": "participant"}


@dataclass(frozen=True, slots=True)
class _Trigger:
    """The words that name an event: their head, first and last token, and kind."""

    head: Token
    first: int
    last: int
    kind: str
    undergoes: bool = False  #: the subject is who it happens to
    light: Token | None = None  #: the verb that only says that the noun happened
    passive: bool = False


def find_events(
    reading: Reading, cast: Cast, words: Lexicon, claims: Sequence[Claim]
) -> tuple[Event, ...]:
    """The event mentions of a document in the order of the text; the voice is set later."""
    mentions = [
        _mention(reading, cast, words, claims, trigger)
        for trigger in sorted(_triggers(reading, cast, words.events), key=lambda t: t.first)
    ]
    return tuple(_identified(reading, mentions))


def _triggers(reading: Reading, cast: Cast, events: Events) -> Iterator[_Trigger]:
    taken: set[int] = set()
    for token in sorted(reading.doc, key=lambda token: token.pos_ == "VERB"):  # nouns first
        if token.i in taken or token.is_space or _is_in_time(reading, token):  # March the month
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


def _is_in_time(reading: Reading, token: Token) -> bool:
    return any(time.span.start <= token.idx < time.span.end for time in reading.times)


def _noun_trigger(cast: Cast, events: Events, noun: Token) -> _Trigger | None:
    found = events.noun_at(noun)
    if (
        found is None
        or not _heads_phrase(noun, found)
        or events.is_exception(noun.doc, noun.i, found[2])
        or (events.kinds[found[2]].of_people and _is_of_things(noun, cast))
    ):
        return None
    return _Trigger(noun, *found, light=_light_verb(events, noun))


def _is_of_things(noun: Token, cast: Cast) -> bool:
    """Whether "of" leads to a thing: the execution of a plan kills nobody."""
    return any(
        inner.pos_ == "NOUN" and not _is_people(inner, cast)
        for phrase in noun.children
        if phrase.lower_ == "of" and phrase.dep_ == "prep"
        for inner in phrase.children
        if inner.dep_ == "pobj"
    )


def _verb_trigger(
    reading: Reading, cast: Cast, events: Events, verb: Token, taken: set[int]
) -> _Trigger | None:
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
    passive = _is_passive(verb) or (
        "object" in events.kinds[entry.kind].parts
        and not entry.undergoes
        and _is_headline_passive(reading, verb)
    )
    return _Trigger(verb, verb.i, verb.i, entry.kind, entry.undergoes, passive=passive)


def _leads_elsewhere(reading: Reading, verb: Token, entry: EventVerb) -> bool:
    """Whether the preposition of an entry is another one here: fired on Monday, shot it at dawn."""
    if len(entry.words) != _WITH_PREPOSITION or entry.words[1] not in {"on", "at"}:
        return False
    return any(child.dep_ == "dobj" for child in verb.children) or any(
        child.lower_ == entry.words[1]
        and any(_is_in_time(reading, inner) for inner in child.children)
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
    passive = _is_passive(verb)
    if needs == "passive":
        return passive
    if needs == "person_subject":
        subject = None if passive else doer_of(verb)
        return subject is not None and _is_people(subject, cast)
    objects = _objects(verb, passive=passive)
    if needs == "object":
        return any(token.lemma_.lower() in entry.objects for token in objects)
    return any(_is_people(token, cast) for token in objects)


def _is_people(token: Token, cast: Cast) -> bool:
    token = _counted(token)
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


def _is_passive(verb: Token) -> bool:
    if any(child.dep_ in {"auxpass", "nsubjpass"} for child in verb.children):
        return True
    return verb.dep_ == "acl" and verb.tag_ == "VBN"


def _is_headline_passive(reading: Reading, verb: Token) -> bool:
    """Whether a headline leaves out the "was": "Opposition leader arrested in capital"."""
    return (
        verb.tag_ in {"VBD", "VBN"}
        and reading.is_headline(verb.idx)
        and not any(child.dep_ in {"dobj", "aux", "auxpass"} for child in verb.children)
    )


def _objects(verb: Token, *, passive: bool) -> list[Token]:
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


def _counted(token: Token) -> Token:
    """For "thousands of prisoners" the prisoners."""
    if (
        token.lemma_.lower() in _MEASURES
        or token.pos_ == "NUM"
        or token.lower_ in {"some", "many", "most", "all"}
    ):
        for child in token.children:
            if child.lower_ == "of":
                inner = next((c for c in child.children if c.dep_ == "pobj"), None)
                return token if inner is None else _counted(inner)
    return token


def _mention(
    reading: Reading, cast: Cast, words: Lexicon, claims: Sequence[Claim], trigger: _Trigger
) -> Event:
    participants, places = _participants(reading, cast, words.events, trigger)
    time = _time_of(reading, trigger)
    place = places[0] if places else _place_of(reading, cast, trigger)
    stance, granted = _stance(reading, words.cues, trigger, claims)
    noun = "definite-event-noun" if granted else "event-noun"
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
        method=f"rule:{'event-verb' if trigger.head.pos_ == 'VERB' else noun}",
    )


def _stance(
    reading: Reading, cues: Cues, trigger: _Trigger, claims: Sequence[Claim]
) -> tuple[Stance, bool]:
    """Whether the event happened, as its clause says, and whether that is taken for granted.

    "The massacre" takes it for granted that there was one, whatever is said of it: only a
    verb that has it as subject, or a denial of it itself, can say otherwise.
    """
    head = trigger.head
    inside = ground(reading.span(trigger.first, trigger.last), claims)
    above = head.head
    is_topic = (
        head.dep_ in {"nsubj", "nsubjpass"}
        or above == head
        or (inside is not None and not inside.start <= above.idx < inside.end)
    )
    denial = cues.stance_of_content(above.lemma_.lower(), clause=False)
    if inside is None and head.dep_ == "dobj" and denial is not None:
        is_topic = is_topic or denial.polarity is Polarity.DENIED
    if not is_definite(head) or is_topic or is_awaited(head):
        return stance_of(head, cues, inside=inside), False
    return stance_of(head, cues, inside=reading.span(trigger.first, trigger.last)), True


type _Found = tuple[str, Span]


def _participants(
    reading: Reading, cast: Cast, events: Events, trigger: _Trigger
) -> tuple[tuple[Participant, ...], list[_Found]]:
    """Who takes part in which part, and the places that the kind's own relations give."""
    parts = events.kinds[trigger.kind].parts
    found: list[Participant] = []
    places: list[_Found] = []
    for relation, token in _relations(events, trigger):
        part = _part_of(parts, relation, trigger)
        if part is None:
            continue
        for identifier, member in cast.all_at(_counted(token)):
            span = _phrase_span(reading, cast, member)
            is_place = cast.entity(identifier).kind is EntityKind.PLACE
            if part == "place" or (is_place and relation in {"of", "poss"}):
                places += [(identifier, span)] if is_place else []
            elif not any(p.entity == identifier and p.part == part for p in found):
                found.append(Participant(entity=identifier, part=part, span=span))
    return tuple(found), places


def _part_of(parts: Mapping[str, str], relation: str, trigger: _Trigger) -> str | None:
    """The part that a relation gives; a possessive before "of" is who did it."""
    if relation in _FIXED_PARTS:
        return _FIXED_PARTS[relation]
    if relation == "poss":
        has_of = any(c.lower_ == "of" and c.dep_ == "prep" for c in trigger.head.children)
        part = parts.get("by") if has_of else parts.get("of")
        ambiguous = not has_of and part in {"victim", "target"}
        return None if ambiguous else part
    return parts.get(relation)


def _relations(events: Events, trigger: _Trigger) -> Iterator[tuple[str, Token]]:
    """Each relation of a trigger to another word: subject, object, of, by, against ..."""
    head = trigger.head
    if head.pos_ == "VERB":
        yield from _relations_of_verb(trigger)
    else:
        top = head.head if head.dep_ in {"compound", "nmod"} else head
        for noun in {head, top}:
            for child in noun.children:
                if child.dep_ == "poss":
                    yield "poss", child
        if trigger.light is not None:
            yield from _relations_of_light_verb(events, trigger.light, top)
        for noun in {head, top}:
            yield from _prepositions(noun)


def _relations_of_verb(trigger: _Trigger) -> Iterator[tuple[str, Token]]:
    verb, passive = trigger.head, trigger.passive
    subject = None if passive else doer_of(verb)
    if subject is not None and not _is_possessive(subject):
        yield ("object" if trigger.undergoes else "subject"), antecedent(subject, verb)
    for token in _objects(verb, passive=passive):
        yield "object", token
    for child in verb.children:
        if child.dep_ == "agent":
            yield from (("subject", c) for c in child.children if c.dep_ == "pobj")
    yield from _prepositions(verb)


def _is_possessive(noun: Token) -> bool:
    """Whether a noun ends in 's: "X's killing" leaves open who killed whom."""
    return any(child.tag_ == "POS" for child in noun.children)


def _relations_of_light_verb(
    events: Events, verb: Token, noun: Token
) -> Iterator[tuple[str, Token]]:
    passive = _is_passive(verb)
    agents = [c for child in verb.children if child.dep_ == "agent" for c in child.children]
    relation = next((name for name in _LIGHT_RELATIONS if events.is_light(verb, name)), None)
    subject = subject_of(verb)
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
    yield from _prepositions(verb)


def _prepositions(token: Token) -> Iterator[tuple[str, Token]]:
    for child in token.children:
        if child.dep_ in {"prep", "agent"}:
            for inner in child.children:
                if inner.dep_ == "pobj":
                    yield child.lower_, inner


def _phrase_span(reading: Reading, cast: Cast, token: Token) -> Span:
    phrase = cast.phrase_at(token)
    return phrase.span(reading) if phrase is not None else reading.span(token.i, token.i)


def _place_of(reading: Reading, cast: Cast, trigger: _Trigger) -> _Found | None:
    """The named place of an event: before it as a name, or after a preposition of place."""
    head = trigger.head
    owners = [head]
    if head.pos_ != "VERB":
        top = head.head if head.dep_ in {"compound", "nmod"} else head
        owners = [*dict.fromkeys((head, top))]
        for noun in owners:
            for child in noun.lefts:
                found = _place(reading, cast, child)
                if found is not None and child.dep_ in {"compound", "nmod", "poss"}:
                    return found
    owners += [trigger.light] if trigger.light is not None else []
    owners += _of_phrase(head)
    for owner in owners:
        found = _place_below(reading, cast, owner)
        if found is not None:
            return found
    for child in head.children:  # "launched a campaign in X", "a speech given in X"
        if child.dep_ == "dobj" and head.pos_ == "VERB":
            found = _place_below(reading, cast, child)
            if found is not None:
                return found
    return None


def _of_phrase(head: Token) -> list[Token]:
    """For a noun what "of" joins to it: the parser hangs "in July" on the victims of a massacre."""
    if head.pos_ == "VERB":
        return []
    return [
        part
        for child in head.children
        if child.lower_ == "of"
        for inner in child.children
        if inner.dep_ == "pobj"
        for part in conjuncts(inner)
    ]


def _place_below(reading: Reading, cast: Cast, owner: Token) -> _Found | None:
    """A named place after a preposition of place, also one inside what it governs."""
    for child in owner.children:
        if child.dep_ != "prep" or child.lower_ not in _PLACE_PREPOSITIONS:
            continue
        for inner in child.children:
            if inner.dep_ == "pobj":
                found = _place(reading, cast, inner)
                if found is None and child.lower_ != "from":
                    found = _place_below(reading, cast, inner)
                if found is not None:
                    return found
    return None


def _place(reading: Reading, cast: Cast, token: Token) -> _Found | None:
    identifier = cast.at(token)
    phrase = cast.phrase_at(token)
    if identifier is None or phrase is None or phrase.form is not Form.NAME:
        return None
    if cast.entity(identifier).kind is not EntityKind.PLACE:
        return None
    return identifier, phrase.span(reading)


def _time_of(reading: Reading, trigger: _Trigger) -> Time | None:
    """The narrowest time that hangs on the trigger, its light verb or, for a verb, its object."""
    owners = {trigger.head.i, *(token.i for token in _of_phrase(trigger.head))}
    if trigger.light is not None:
        owners.add(trigger.light.i)
    if trigger.head.dep_ in {"compound", "nmod"}:
        owners.add(trigger.head.head.i)
    found = []
    for time in reading.times:
        token = next(reading.tokens_in(time.span), None)
        if token is None or token.sent != trigger.head.sent:
            continue
        inside = time.span.covers(reading.span(trigger.first, trigger.last))
        owner = _owner_of_time(reading, time)
        if (
            inside
            or (owner is not None and owner.i in owners)
            or (owner is not None and _trails(trigger, owner, token))
        ):
            found.append(time)
    return min(found, key=_width, default=None)


def _trails(trigger: _Trigger, owner: Token, time: Token) -> bool:
    """Whether a time that the parser hangs on a verb follows the "of" phrase of a noun below it.

    "Held responsible for the massacre of X at Y in July": the time is the massacre's. Of a
    direct object ("denied the massacre in July") it may be either's, so it is left alone.
    """
    head = trigger.head
    if head.pos_ == "VERB" or head.dep_ != "pobj" or not owner.i < head.i < time.i:
        return False
    between = head.doc[head.i + 1 : time.i]
    return bool(_of_phrase(head)) and not any(
        token.pos_ in {"VERB", "AUX", "SCONJ"} or token.is_punct for token in between
    )


def _owner_of_time(reading: Reading, time: Time) -> Token | None:
    """The noun or verb that a time hangs on, prepositions and parts of the time passed over."""
    top = top_of(list(reading.tokens_in(time.span)))
    if top is None:
        return None
    here = top.head
    while here.pos_ in {"ADP", "ADV", "SCONJ", "NUM", "PART", "ADJ"} or _is_inside(
        here, reading.times
    ):
        if here.head == here:
            return None
        here = here.head
    return here


def _is_inside(token: Token, times: Iterable[Time]) -> bool:
    return any(time.span.start <= token.idx < time.span.end for time in times)


def _width(time: Time) -> int:
    """How many days a time spans; open ends count as a lifetime."""
    if time.earliest is None or time.latest is None:
        return 36500
    return (time.latest - time.earliest).days


def _label(reading: Reading, trigger: _Trigger) -> str:
    """The event in the words of the text: noun with what narrows it, verb with object."""
    head = trigger.head
    if head.pos_ == "VERB":
        objects = _objects(head, passive=_is_passive(head))
        end = head.i
        if objects and head.i < objects[0].i <= head.i + 8:
            end = objects[0].i
        words = reading.doc[head.i : end + 1].text
    else:
        first = trigger.first
        for child in head.lefts:
            if child.dep_ in {"amod", "compound", "nmod", "nummod"} and not child.is_space:
                first = min(first, child.left_edge.i)
        words = reading.doc[first : trigger.last + 1].text
    return re.sub(r"\s+", " ", words)[:_LABEL_LENGTH].strip(' "“”‘’«»')


# ---- one event, several mentions


def _identified(reading: Reading, mentions: Sequence[Event]) -> Iterator[Event]:
    """The mentions with ids: one for those of a kind and time, or for "the" one that fits alone."""
    known: dict[str, list[Event]] = {}
    for mention in mentions:
        fitting = [
            identifier
            for identifier, others in known.items()
            if others[0].kind == mention.kind and _may_be_one(reading, mention, others)
        ]
        identifier = fitting[0] if len(fitting) == 1 else f"v{len(known) + 1}"
        found = replace(mention, event=identifier)
        known.setdefault(identifier, []).append(found)
        yield found


def _may_be_one(reading: Reading, mention: Event, others: Sequence[Event]) -> bool:
    """Whether a mention is of an event so far: nothing speaks against it and something for it."""
    times = [other.time for other in others if other.time is not None]
    places = {other.place for other in others if other.place is not None}
    if mention.time is not None and any(not _compatible(mention.time, time) for time in times):
        return False
    if mention.place is not None and places and mention.place not in places:
        return False
    if not _same_people(mention, others):
        return False
    same_time = mention.time is not None and bool(times)
    if same_time or (mention.time is None and _taken_up(reading, mention)):
        return True
    return _shares_victims(reading, mention, others)


def _compatible(one: Time, other: Time) -> bool:
    """Whether two times can be of one event: their bounds meet, and one holds the other."""
    if None in {one.earliest, one.latest, other.earliest, other.latest}:
        return one.edtf == other.edtf
    first, second = sorted((one, other), key=_width)
    return (
        second.earliest <= first.earliest and first.latest <= second.latest  # type: ignore[operator]
    )


def _same_people(mention: Event, others: Sequence[Event]) -> bool:
    """Whether no part is played by somebody else."""
    for participant in mention.participants:
        rivals = {
            p.entity for other in others for p in other.participants if p.part == participant.part
        }
        if participant.part == "accused" and rivals and participant.entity not in rivals:
            return False
    return True


def _shares_victims(reading: Reading, mention: Event, others: Sequence[Event]) -> bool:
    """Whether a mention without a time has victims of the same description as one before."""
    if mention.time is not None:
        return False
    ours = _victims(reading, mention)
    return bool(ours) and any(ours & _victims(reading, other) for other in others)


def _victims(reading: Reading, mention: Event) -> set[str]:
    """The victims' descriptions, numbers left out, as lemmas of at least two words."""
    found = set()
    for participant in mention.participants:
        if participant.part == "victim":
            words = [
                t for t in reading.tokens_in(participant.span) if t.pos_ in {"NOUN", "ADJ", "PROPN"}
            ]
            if len(words) > 1:
                found.add(" ".join(token.lemma_.lower() for token in words))
    return found


def _taken_up(reading: Reading, mention: Event) -> bool:
    """Whether a noun with "the", "this" or "that" takes up an event already told of."""
    tokens = list(reading.tokens_in(mention.trigger))
    nouns = [token for token in tokens if token.pos_ in {"NOUN", "PROPN"}]
    return any(
        child.dep_ == "det" and child.lower_ in {"the", "this", "that", "these", "those"}
        for noun in nouns
        for child in noun.children
    )
