"""When a role was held, as the words around a title or a verb of office say."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extraction.reading import Reading
from kg.extraction.roles.draft import Search, Term
from kg.extraction.stance import stance_of
from kg.extraction.voices import ground
from kg.model import Time

__all__ = ["HOLDING", "LEAVING", "TAKING", "Change", "change_of", "term_of", "terms_beside"]

TAKING = {
    "become", "appoint", "elect", "name", "nominate", "swear", "install", "promote", "inaugurate",
    "crown", "choose", "select", "reelect", "re-elect", "reappoint", "designate", "hire", "recruit",
    "confirm", "anoint", "ordain", "commission", "join",
}  # fmt: skip
LEAVING = {
    "resign", "retire", "oust", "remove", "dismiss", "sack", "depose", "fire", "quit", "overthrow",
    "replace", "leave", "suspend", "impeach",
}  # fmt: skip
HOLDING = {"be", "serve", "work", "act", "sit", "remain", "continue"}
#: Verbs whose particle says which it is: step in, step down; take over, take office.
_IN = {("step", "in"), ("step", "up"), ("take", "over"), ("take", "office"), ("come", "in")}
_OUT = {("step", "down"), ("step", "aside"), ("step", "back"), ("leave", "office")}

type Change = str | None  #: "in", "out" or nothing


def change_of(verb: Token) -> Change:
    """Whether a verb with its particle says that somebody comes into an office or leaves it."""
    lemma = verb.lemma_.lower()
    particles = {(lemma, child.lower_) for child in verb.children}
    if lemma in TAKING or particles & _IN:
        return "in"
    if lemma in LEAVING or particles & _OUT or lemma == "step":
        return "out"
    return None


def term_of(search: Search, verb: Token, method: str, change: Change = None) -> Term:
    """What a verb says of the time of a role, and whether it is so."""
    bounds = _bounds(_time_below(search.reading, verb), change)
    inside = ground(search.reading.span(verb.i, verb.i), search.claims)
    status = "former" if change == "out" else _status_of_tense(verb, change)
    return Term(method, stance_of(verb, search.words.cues, inside=inside), *bounds, status=status)


def terms_beside(search: Search, noun: Token, method: str) -> Term:
    """What a title's own phrase says of its time: "the mayor from 1985 to 1989"."""
    return Term(method, Term(method).stance, *_bounds(_time_below(search.reading, noun), None))


def _bounds(time: Time | None, change: Change) -> tuple[Time | None, Time | None, Time | None]:
    """Start, end and a time at which the role was held.

    A stretch of time from one day to another starts and ends a role; an open one only
    starts or ends it. A day, month or year starts the role of who was appointed in it, ends
    that of who resigned in it, and lies within that of who was in office.
    """
    if time is None:
        return None, None, None
    if change == "in":
        return time, None, None
    if change == "out":
        return None, time, None
    if "/" in time.edtf:
        start = time if time.earliest is not None else None
        return start, time if time.latest is not None else None, None
    return None, None, time


def _status_of_tense(verb: Token, change: Change) -> str | None:
    """The status that the tense says: he is, has been or serves as something."""
    if change is not None:
        return None
    then = any(c.dep_ == "advmod" and c.lower_ == "then" for c in verb.children)
    if then and verb.lemma_ == "be" and verb.tag_ == "VBD":
        return "former"  # "who was then prime minister"
    perfect = any(c.dep_ == "aux" and c.lower_ in {"has", "have"} for c in verb.children)
    being = verb.lemma_.lower() in HOLDING
    passive = next((c for c in verb.children if c.dep_ == "auxpass"), verb)
    now = passive.tag_ in {"VBZ", "VBP"} and not any(c.tag_ == "MD" for c in verb.children)
    return "current" if now or (perfect and being and verb.tag_ == "VBN") else None


def _time_below(reading: Reading, head: Token) -> Time | None:
    """The time that hangs below a word and below no verb between."""
    for time in reading.times_in(reading.sentence_of(head)):
        token = next(reading.tokens_in(time.span), None)
        if token is None or not head.is_ancestor(token):
            continue
        above = token
        while above.head != head and above.head.pos_ not in {"VERB", "AUX"}:
            above = above.head
        if above.head == head:
            return time
    return None
