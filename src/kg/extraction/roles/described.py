"""Roles by descriptions: in apposition to a name, or of somebody who has none."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.extraction.mentions import Phrase
from kg.extraction.roles.apposition import equated
from kg.extraction.roles.draft import Draft, Search, Title, is_title
from kg.extraction.roles.named import together
from kg.extraction.roles.terms import terms_beside
from kg.extraction.roles.titles import headed, joined_titles, read_title
from kg.model import EntityKind, Form

__all__ = ["beside_name", "of_unnamed"]

_PLURAL = {"NNS", "NNPS"}


def beside_name(search: Search, phrase: Phrase) -> Iterator[Draft]:
    """Roles by what stands in apposition to a name: "X, the mayor of Lisbon"."""
    for noun in equated(search.doc[phrase.head]):
        other = search.cast.phrase_at(noun)
        if noun.dep_ == "attr" or phrase.holds(noun.i) or _is_somebody_else(search, other):
            continue
        if noun.i > phrase.last and _is_joined(noun):
            continue  # "X, and her deputy"
        holders = [phrase]
        if noun.tag_ in _PLURAL:
            holders = together(search, phrase)
            if len(holders) == 1:
                continue  # one person is no members
        term = terms_beside(search, noun, "rule:apposition")
        for title in joined_titles(search, noun, _left_edge(search, other, noun.left_edge.i)):
            if not (title.relational and title.organization is None):
                yield from (Draft(holder, title, term) for holder in holders)


def _is_joined(noun: Token) -> bool:
    """Whether "and" or "or" joins a noun to what stands before it."""
    first = noun.left_edge
    return any(token.pos_ == "CCONJ" for token in noun.doc[max(0, first.i - 1) : first.i + 1])


def _is_somebody_else(search: Search, phrase: Phrase | None) -> bool:
    """Whether what stands beside a name is a person's name itself, as in a list."""
    return (
        phrase is not None
        and phrase.form is Form.NAME
        and phrase.kind is EntityKind.PERSON
        and not is_title(search, phrase)
    )


def _left_edge(search: Search, phrase: Phrase | None, otherwise: int) -> int:
    """Where the phrase around a description starts, words such as "then" before it included."""
    left = phrase.first if phrase is not None and phrase.form is Form.NOMINAL else otherwise
    while left > 0 and search.doc[left - 1].lower_ in search.titles.statuses:
        left -= 1
    return left


def of_unnamed(search: Search, phrase: Phrase) -> Iterator[Draft]:
    """The office that a description of somebody without a name gives.

    "the president" taken up again says nothing new, and "as president" names nobody.
    """
    if phrase.form is not Form.NOMINAL or phrase.plural:
        return
    head = search.doc[phrase.head]
    words, identifier = headed(search.titles, head), search.cast.at(head)
    if words is None or identifier is None or search.cast.entity(identifier).named:
        return
    if _is_office(head) or _goes_on(head):
        return
    title = read_title(search, words, _left_edge(search, phrase, phrase.first))
    if _tells(title):
        yield Draft(phrase, title, terms_beside(search, head, "rule:description"))


def _is_office(noun: Token) -> bool:
    """Whether a title stands for the office and not for who holds it: "ran for governor"."""
    bare = not any(child.dep_ in {"det", "poss"} for child in noun.lefts)
    return noun.dep_ == "pobj" and (
        noun.head.lower_ == "as" or (noun.head.lower_ == "for" and bare)
    )


def _goes_on(noun: Token) -> bool:
    """Whether a noun is one of several titles of one person: "X, president and director"."""
    first = noun
    while first.dep_ == "conj":
        first = first.head
    return first != noun and first.dep_ in {"appos", "attr", "oprd"}


def _tells(title: Title) -> bool:
    """Whether a title says enough of somebody unnamed: of what, or that it is over."""
    if title.weak:
        return False
    return title.organization is not None or (
        not title.relational and title.status not in {None, "deputy"}
    )
