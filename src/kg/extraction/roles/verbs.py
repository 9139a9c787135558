"""Roles by verbs: was, became, served as, was appointed, resigned as, succeeded somebody as."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from kg.extraction.mentions import Phrase
from kg.extraction.reading import antecedent, conjuncts, doer_of, subject_of
from kg.extraction.roles.draft import Draft, Search, Title
from kg.extraction.roles.terms import (
    HOLDING,
    LEAVING,
    TAKING,
    Change,
    change_of,
    term_of,
    terms_beside,
)
from kg.extraction.roles.titles import joined_titles
from kg.model import Certainty, EntityKind, Form, Polarity, Stance

__all__ = ["by_verb", "of_tenure"]

_COPULAS = {"be", "become", "remain"}
_NOUNS = {"NOUN", "PROPN"}
_PLURAL = {"NNS", "NNPS"}
_SUCCEEDING = {"succeed", "replace", "follow"}
_OFFICE = TAKING | LEAVING | HOLDING | _SUCCEEDING
#: Nouns whose "as" says what their owner was: in her time as mayor.
_TENURES = {
    "time", "tenure", "term", "role", "capacity", "job", "position", "work", "career", "stint",
    "period", "service", "year", "record", "experience", "background", "status", "duty", "day",
    "appointment", "election", "nomination", "resignation", "visit", "speech", "post", "reign",
}  # fmt: skip
#: Verbs whose "as" says how somebody is seen or passes for, and not what they are.
_SEEMING = {
    "describe", "see", "view", "regard", "treat", "portray", "paint", "depict", "cast", "brand",
    "label", "denounce", "dismiss", "pose", "disguise", "dress", "masquerade", "know", "refer",
    "use", "think", "condemn", "hail", "praise", "accuse", "attack", "slam", "mock", "cite",
    "list", "consider", "characterize", "characterise", "perceive", "endorse", "back", "support",
    "run", "campaign", "stand", "imagine", "deride", "come", "seem", "look", "feel", "sound",
}  # fmt: skip


def by_verb(search: Search, verb: Token) -> Iterator[Draft]:
    """The roles that a verb gives its subject or its object."""
    lemma = verb.lemma_.lower()
    if lemma in _COPULAS | TAKING:
        for noun in _predicates(verb, lemma):
            yield from _given(search, verb, noun)
        yield from _turned_round(search, verb)
    for noun in _after_as(verb):
        office = verb.i < noun.i and (lemma in _OFFICE or change_of(verb) is not None)
        yield from _given(search, verb, noun) if office else _being(search, verb, noun)


def _given(search: Search, verb: Token, noun: Token) -> Iterator[Draft]:
    """The roles that a verb with a title gives, with what it says of their time."""
    lemma, change = verb.lemma_.lower(), change_of(verb)
    titles = [
        title
        for title in joined_titles(search, noun)
        if not (title.relational and title.organization is None)
    ]
    method = "rule:copula" if lemma in _COPULAS else "rule:verb-of-office"
    passive = any(child.dep_ == "auxpass" for child in verb.children)
    succeeded = _object(verb, noun) if lemma in _SUCCEEDING and not passive else None
    pairs: list[tuple[Token | None, Change]]
    if succeeded is not None:
        pairs = [(_subject(verb), "in"), (succeeded, "out")]
    elif lemma in _SUCCEEDING and passive:
        pairs = [(_subject(verb), "out"), (_agent(verb), "in")]
    else:
        pairs = [(_holder(verb, noun, lemma), change)]
    for token, turn in pairs:
        for holder in _people(search, token, plural=noun.tag_ in _PLURAL):
            for title in titles:
                yield Draft(holder, title, term_of(search, verb, method, turn))


def _turned_round(search: Search, verb: Token) -> Iterator[Draft]:
    """The roles of who stands after "is": "the commander was X"."""
    subjects = [child for child in verb.children if child.dep_ == "nsubj"]
    noun = subjects[0] if subjects else None  # the parser may take both for subjects
    attributes = (child for child in verb.children if child.dep_ == "attr")
    named = next(attributes, subjects[-1] if len(subjects) > 1 else None)
    holder = search.cast.phrase_at(named) if named is not None else None
    if noun is None or noun.pos_ not in _NOUNS or holder is None or holder.form is not Form.NAME:
        return
    for person in _people(search, named, plural=noun.tag_ in _PLURAL):
        for title in joined_titles(search, noun):
            if not (title.relational and title.organization is None):
                yield Draft(person, title, term_of(search, verb, "rule:copula"))


def _being(search: Search, verb: Token, noun: Token) -> Iterator[Draft]:
    """The roles of who did something "as mayor": that they held it is taken for granted.

    Only what they would or might do as such leaves it open. Of the unnamed it says little:
    "how a chief executive functions as a leader".
    """
    term = term_of(search, verb, "rule:as-title")
    open_ = any(child.tag_ == "MD" for child in verb.children)
    certainty = term.stance.certainty if open_ else Certainty.CERTAIN
    sure = replace(term, stance=Stance(Polarity.AFFIRMED, certainty))
    for holder in _people(search, _subject(verb), plural=noun.tag_ in _PLURAL):
        for title in joined_titles(search, noun):
            vague = title.weak or (title.relational and title.organization is None)
            if holder.form is not Form.NOMINAL and not vague:
                yield Draft(holder, title, sure)


def _people(search: Search, token: Token | None, *, plural: bool) -> Iterator[Phrase]:
    """Who a subject or object stands for; a title in the plural is each one's of a list."""
    members = [] if token is None else conjuncts(token)
    if plural != (len(members) > 1):
        return
    for member in members:
        phrase = search.cast.phrase_at(member)
        if phrase is not None and phrase.kind is EntityKind.PERSON:
            yield phrase


def _holder(verb: Token, noun: Token, lemma: str) -> Token | None:
    """Whose role a verb speaks of: its object's where it appoints, else its subject's."""
    object_ = _object(verb, noun)
    if object_ is not None and verb.tag_ != "VBN" and lemma in TAKING | LEAVING:
        return object_
    subject = _subject(verb)
    if subject is None and verb.dep_ == "acl" and verb.tag_ == "VBN":
        return verb.head
    return subject


def _subject(verb: Token) -> Token | None:
    subject = doer_of(verb)
    return None if subject is None else antecedent(subject, verb)


def _object(verb: Token, noun: Token) -> Token | None:
    return next((c for c in verb.children if c.dep_ == "dobj" and c != noun), None)


def _agent(verb: Token) -> Token | None:
    by = next((child for child in verb.children if child.dep_ == "agent"), None)
    return None if by is None else next((c for c in by.children if c.dep_ == "pobj"), None)


def _predicates(verb: Token, lemma: str) -> Iterator[Token]:
    """The noun that a verb says somebody is or becomes."""
    wanted = {"attr", "oprd"} | ({"ccomp"} if lemma in TAKING else set())
    for child in verb.children:
        if child.dep_ in wanted and child.pos_ in _NOUNS:
            yield child
            return


def _after_as(verb: Token) -> Iterator[Token]:
    """The nouns that "as" joins to a verb, where it says what somebody is.

    After an object "as" may tell how somebody is seen; only verbs of office are clear there.
    """
    lemma = verb.lemma_.lower()
    office = lemma in _OFFICE or change_of(verb) is not None
    for preposition in _as_below(verb):
        noun = next((c for c in preposition.children if c.dep_ == "pobj"), None)
        if noun is None or noun.pos_ not in _NOUNS:
            continue
        object_ = _object(verb, noun)
        first = subject_of(verb) is not None and preposition.i < verb.i
        if office or first or (object_ is None and lemma not in _SEEMING):
            yield noun


def _as_below(verb: Token) -> Iterator[Token]:
    """The word "as" below a verb or a particle of it, and no part of "as well as" or "such as"."""
    for child in verb.children:
        for step in (child, *(c for c in child.children if child.dep_ in {"prep", "prt"})):
            alone = step.i == 0 or step.nbor(-1).lower_ not in {
                "well",
                "such",
                "same",
                "far",
                "long",
            }
            if step.dep_ == "prep" and step.lower_ == "as" and alone:
                yield step


def of_tenure(search: Search, noun: Token) -> Iterator[Draft]:
    """The role of whose time, work or visit it was: "in her time as governor"."""
    if noun.pos_ != "NOUN" or noun.lemma_.lower() not in _TENURES:
        return
    owner = next((child for child in noun.lefts if child.dep_ == "poss"), None)
    holder = search.cast.phrase_at(owner) if owner is not None else None
    if holder is None or holder.kind is not EntityKind.PERSON:
        return
    term = terms_beside(search, noun, "rule:tenure")
    for preposition in noun.rights:
        if preposition.lower_ != "as" or preposition.dep_ != "prep":
            continue
        for title in _titles_after(search, preposition):
            if not (title.relational and title.organization is None):
                yield Draft(holder, title, term)


def _titles_after(search: Search, preposition: Token) -> Iterator[Title]:
    noun = next((child for child in preposition.children if child.dep_ == "pobj"), None)
    if noun is not None and noun.pos_ in _NOUNS:
        yield from joined_titles(search, noun)
