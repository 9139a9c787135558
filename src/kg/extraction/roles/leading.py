"""Roles by what somebody does to an organisation: leads it, commands it, belongs to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from kg.extraction.facilities import FACILITY
from kg.extraction.reading import antecedent, conjuncts, doer_of
from kg.extraction.roles.draft import Draft, Search, Title, numbered
from kg.extraction.roles.terms import Change, change_of, term_of
from kg.model import EntityKind, Form

__all__ = ["by_belonging", "by_charge", "by_leading"]

_BODIES = frozenset({EntityKind.ORGANIZATION, EntityKind.PLACE})
#: Verbs that say who is at the head of a place as well: he ruled the country, commanded the camp.
_OVER_PLACES = {"command", "govern", "rule", "run", "found"}


@dataclass(frozen=True, slots=True)
class _Clause:
    """A verb between a person and an organisation, the kind of role, and what may be its body.

    ``words`` are the first and last token of the title where they are not those of the verb.
    """

    verb: Token
    who: Token
    what: Token
    kind: str
    kinds: frozenset[EntityKind]
    words: tuple[int, int] | None = None


def by_leading(search: Search, verb: Token) -> Iterator[Draft]:
    """The roles of who leads, heads, commands or chairs an organisation, either way round."""
    lemma = verb.lemma_.lower()
    kind = search.titles.leading.get(lemma)
    if kind is None or verb.pos_ != "VERB" or _is_aim(verb):
        return
    passive = verb.tag_ == "VBN" and not any(
        c.dep_ == "aux" and c.lemma_ == "have" for c in verb.children
    )
    leader = _agent(verb) if passive else _subject(verb)
    led = _undergoer(verb) if passive else _object(verb)
    if leader is None or led is None or _reaches_on(verb):
        return
    kinds = _BODIES if lemma in _OVER_PLACES else _BODIES - {EntityKind.PLACE}
    yield from _drafts(search, _Clause(verb, leader, led, kind, kinds))


def _is_aim(verb: Token) -> bool:
    """Whether a verb is what somebody does something for: "ran ten miles to lead the club"."""
    return verb.dep_ == "advcl" and any(c.tag_ == "TO" for c in verb.children)


def by_charge(search: Search, verb: Token) -> Iterator[Draft]:
    """The roles of who is or is put in charge, or in command, of an organisation or place."""
    if verb.lemma_.lower() not in {"be", "put", "place", "remain"}:
        return
    for inside in (child for child in verb.children if child.lower_ == "in"):
        charge = next((child for child in inside.children if child.dep_ == "pobj"), None)
        if charge is None or charge.lemma_.lower() not in {"charge", "command"}:
            continue
        of = next((child for child in charge.children if child.lower_ == "of"), None)
        body = next((c for c in of.children if c.dep_ == "pobj"), None) if of else None
        who = _subject(verb)
        if of is None or body is None or who is None:
            continue
        words = (inside.i, of.i)
        yield from _drafts(search, _Clause(verb, who, body, "executive", _BODIES, words))


def by_belonging(search: Search, verb: Token) -> Iterator[Draft]:
    """The roles of who joined, serves in or is assigned to an organisation."""
    lemma = verb.lemma_.lower()
    prepositions = search.titles.belonging.get(lemma, frozenset())
    if not prepositions or verb.pos_ != "VERB" or _reaches_on(verb):
        return
    member = _subject(verb)
    if member is None and verb.dep_ == "acl" and verb.tag_ == "VBN":
        member = verb.head
    body = _object(verb) if "" in prepositions else None
    for child in verb.children:
        if child.dep_ in {"prep", "agent"} and child.lower_ in prepositions:
            body = body or next((c for c in child.children if c.dep_ == "pobj"), None)
    if member is not None and body is not None:
        kinds = _BODIES - {EntityKind.PLACE}
        yield from _drafts(search, _Clause(verb, member, body, "member", kinds))


def _drafts(search: Search, clause: _Clause) -> Iterator[Draft]:
    """The roles that a clause gives who stands at one end towards what stands at the other."""
    what = numbered(search, clause.what)
    body, phrase = search.cast.at(what), search.cast.phrase_at(what)
    if body is None or phrase is None:
        return
    if search.cast.entity(body).kind not in clause.kinds and phrase.method != FACILITY:
        return
    if clause.kind == "member" and phrase.form is not Form.NAME:
        return  # "works for the company" says little of where
    first, last = clause.words or _verb_and_preposition(search, clause.verb, phrase.first)
    title = Title(
        search.doc[first : last + 1].text,
        clause.kind,
        first,
        last,
        organization=body,
        beside=(phrase.first, phrase.last),
    )
    term = term_of(search, clause.verb, "rule:verb-of-leading", _turn(clause.verb))
    for member in conjuncts(clause.who):
        holder = search.cast.phrase_at(member)
        if holder is not None and holder.kind is EntityKind.PERSON:
            yield Draft(holder, title, term)


def _verb_and_preposition(search: Search, verb: Token, before: int) -> tuple[int, int]:
    """The tokens of a verb with the preposition right after it: "assigned to"."""
    joined = before > verb.i and search.doc[verb.i + 1].dep_ in {"prep", "agent"}
    return verb.i, verb.i + 1 if joined else verb.i


def _turn(verb: Token) -> Change:
    """Whether a role begins or ends with what the verb says; who founds is there from then on."""
    return (
        "in"
        if verb.lemma_.lower() in {"assign", "enlist", "defect", "found", "put", "place"}
        else change_of(verb)
    )


def _reaches_on(verb: Token) -> bool:
    """Whether the object is led to or joined in something: "joined the UN in calling for"."""
    objects = (verb, *(c for c in verb.children if c.dep_ == "dobj"))
    return any(
        (child.dep_ == "prep" and child.lower_ in {"to", "into"} and verb.lemma_ == "lead")
        or (child.lower_ == "in" and any(c.dep_ == "pcomp" for c in child.children))
        or (child.dep_ in {"xcomp", "ccomp"})
        for token in objects
        for child in token.children
    )


def _subject(verb: Token) -> Token | None:
    subject = doer_of(verb)
    return None if subject is None else antecedent(subject, verb)


def _object(verb: Token) -> Token | None:
    """What a verb is done to; before it in "the unit that he led"."""
    found = next((child for child in verb.children if child.dep_ == "dobj"), None)
    if found is not None:
        return antecedent(found, verb)
    bare = verb.dep_ == "relcl" and not any(c.tag_ in {"WP", "WDT"} for c in verb.children)
    return verb.head if bare else None


def _undergoer(verb: Token) -> Token | None:
    """What is led: the subject of a passive, or the noun that "led by" follows."""
    if verb.dep_ == "acl":
        return verb.head
    return _subject(verb)


def _agent(verb: Token) -> Token | None:
    by = next((child for child in verb.children if child.dep_ == "agent"), None)
    return None if by is None else next((c for c in by.children if c.dep_ == "pobj"), None)
