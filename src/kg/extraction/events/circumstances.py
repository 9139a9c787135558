"""Where and when an event is said to happen."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from kg.extraction.coreference import Cast
from kg.extraction.events.triggers import Trigger
from kg.extraction.reading import (
    Reading,
    conjuncts,
    top_of,
)
from kg.model import EntityKind, Form, Span, Time

__all__ = ["Found", "of_phrase", "phrase_span", "place_of", "time_of", "width"]

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
type Found = tuple[str, Span]


def place_of(reading: Reading, cast: Cast, trigger: Trigger) -> Found | None:
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
    owners += of_phrase(head)
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


def of_phrase(head: Token) -> list[Token]:
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


def _place_below(reading: Reading, cast: Cast, owner: Token) -> Found | None:
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


def _place(reading: Reading, cast: Cast, token: Token) -> Found | None:
    identifier = cast.at(token)
    phrase = cast.phrase_at(token)
    if identifier is None or phrase is None or phrase.form is not Form.NAME:
        return None
    if cast.entity(identifier).kind is not EntityKind.PLACE:
        return None
    return identifier, phrase.span(reading)


def phrase_span(reading: Reading, cast: Cast, token: Token) -> Span:
    """Where the phrase that a token heads stands, else the token."""
    phrase = cast.phrase_at(token)
    return phrase.span(reading) if phrase is not None else reading.span(token.i, token.i)


#: Verbs that bring an event about: their time is that of the order, not of what was ordered.
_BEFOREHAND = frozenset({"order", "instigate"})


def time_of(reading: Reading, trigger: Trigger) -> Time | None:
    """The narrowest time that hangs on the trigger, its light verb or, for a verb, its object."""
    owners = {trigger.head.i, *(token.i for token in of_phrase(trigger.head))}
    if trigger.light is not None and trigger.light.lemma_ not in _BEFOREHAND:
        owners.add(trigger.light.i)
    if trigger.head.dep_ in {"compound", "nmod"}:
        owners.add(trigger.head.head.i)
    found = []
    for time in reading.times_in(reading.sentence_of(trigger.head)):
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
    return min(_of_its_year(reading, trigger, found), key=width, default=None)


def _of_its_year(reading: Reading, trigger: Trigger, times: Sequence[Time]) -> Sequence[Time]:
    """The times without those that the year in the event's own name rules out.

    "The 2016 riots began in May": no May of another year, whatever that May was reckoned from.
    """
    first = trigger.head.left_edge.i
    words = Span(reading.span(first, first).start, trigger.head.idx)
    own = [time for time in times if words.covers(time.span)]
    return [time for time in times if all(_may_be_within(time, year) for year in own)]


def _may_be_within(time: Time, year: Time) -> bool:
    """Whether two times share a day, as far as their bounds say."""
    return not (
        (time.latest and year.earliest and time.latest < year.earliest)
        or (time.earliest and year.latest and year.latest < time.earliest)
    )


def _trails(trigger: Trigger, owner: Token, time: Token) -> bool:
    """Whether a time that the parser hangs on a verb follows the "of" phrase of a noun below it.

    "Held responsible for the massacre of X at Y in July": the time is the massacre's. Of a
    direct object ("denied the massacre in July") it may be either's, so it is left alone.
    """
    head = trigger.head
    if head.pos_ == "VERB" or head.dep_ != "pobj" or not owner.i < head.i < time.i:
        return False
    between = head.doc[head.i + 1 : time.i]
    return bool(of_phrase(head)) and not any(
        token.pos_ in {"VERB", "AUX", "SCONJ"} or token.is_punct for token in between
    )


def _owner_of_time(reading: Reading, time: Time) -> Token | None:
    """The noun or verb that a time hangs on, prepositions and parts of the time passed over."""
    top = top_of(list(reading.tokens_in(time.span)))
    if top is None:
        return None
    here = top.head
    while here.pos_ in {"ADP", "ADV", "SCONJ", "NUM", "PART", "ADJ"} or reading.time_at(here.idx):
        if here.head == here:
            return None
        here = here.head
    return here


def width(time: Time) -> int:
    """How many days a time spans; open ends count as a lifetime."""
    if time.earliest is None or time.latest is None:
        return 36500
    return (time.latest - time.earliest).days
