"""Roles by the words that stand at a name: titles and ranks before it, letters after it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Doc, Token

from kg.extraction.lexicon import Titles
from kg.extraction.mentions import Phrase
from kg.extraction.roles.draft import Draft, Search, Term, Title
from kg.extraction.roles.titles import read_title
from kg.model import EntityKind, Form

__all__ = ["after_name", "before_name", "from_organization"]

_BEFORE = "rule:title-before-name"
_PLURAL = {"NNS", "NNPS"}
_AFFILIATION = {"of", "from"}


def before_name(search: Search, phrase: Phrase) -> Iterator[Draft]:
    """Roles by titles and ranks before a name: "former French President Gen. X"."""
    doc, titles = search.doc, search.titles
    left, end = _start(search, phrase), phrase.first
    while end > left:
        short = titles.abbreviation_before(doc, end, left)
        if short is not None:
            first, kind = short
            title = read_title(search, (first, end - 1), left, kind=kind)
            yield Draft(phrase, title, Term(_BEFORE))
            end = first
        elif titles.is_honorific(doc[end - 1].text) or _is_stop(doc[end - 1], titles):
            end -= 1
        else:
            break
    found = titles.title_before(doc, end, left) if doc[end - 1].pos_ != "VERB" else None
    if found is not None and _is_given_name(search, found[0], end, phrase):
        return
    if found is not None and titles.key(doc, found[0], phrase.last + 1) in titles.kinds:
        return  # a title that was taken for a name: "Chief Justice"
    if found is not None:
        first = found[0]
        yield from _held(search, phrase, read_title(search, (first, end - 1), left), end - 1)
        yield from _joined_before(search, phrase, first, left)
    else:
        yield from _with_domain(search, phrase, end, left)


def _start(search: Search, phrase: Phrase) -> int:
    """Where the sentence of a name starts, which the stop of "Sgt." before it does not end."""
    left = search.doc[phrase.head].sent.start
    if 0 < left == phrase.first and search.titles.is_abbreviated(search.doc, left - 1):
        return search.doc[left - 1].sent.start
    return left


def _is_given_name(search: Search, first: int, end: int, phrase: Phrase) -> bool:
    """Whether a title before one name alone may as well be a given name: "Dean Holt"."""
    word = search.doc[first]
    return (
        end - first == 1
        and phrase.first == phrase.last
        and word.text.istitle()
        and word.lower_ in search.titles.given_names
        and not any(child.dep_ == "det" for child in search.doc[phrase.head].lefts)
    )


def _is_stop(token: Token, titles: Titles) -> bool:
    """Whether a token is the stop that the tokenizer parted from an abbreviation."""
    return token.text == "." and token.i > 0 and titles.is_abbreviated(token.doc, token.i - 1)


def _held(search: Search, phrase: Phrase, title: Title, last: int) -> Iterator[Draft]:
    """The role of who is named after a title; a title in the plural is each one's of a list."""
    if title.relational and title.organization is None:
        return  # "her son X" where nobody knows whose
    holders = [phrase]
    if search.doc[last].tag_ in _PLURAL:
        holders = together(search, phrase)
    for holder in holders:
        yield Draft(holder, title, Term(_BEFORE))


def together(search: Search, phrase: Phrase) -> list[Phrase]:
    """The names of people that one list joins to a name, itself included, in their order."""
    head = search.doc[phrase.head]
    found = {token.i: search.cast.phrase_at(token) for token in (head, *head.conjuncts)}
    return [
        other
        for _, other in sorted(found.items())
        if other is not None and other.form is Form.NAME and other.kind is EntityKind.PERSON
    ]


def _joined_before(search: Search, phrase: Phrase, first: int, left: int) -> Iterator[Draft]:
    """The other title of "journalist and author X"; with "the" it may be somebody else's."""
    doc = search.doc
    if first - 1 <= left or doc[first - 1].lower_ not in {"and", "&"}:
        return
    found = search.titles.title_before(doc, first - 1, left)
    if found is None or doc[first - 2].tag_ in _PLURAL:
        return
    title = read_title(search, (found[0], first - 2), left)
    if doc[max(left, title.first - 1)].pos_ == "DET" or doc[title.first].pos_ == "DET":
        return
    yield Draft(phrase, title, Term(_BEFORE))


def _with_domain(search: Search, phrase: Phrase, end: int, left: int) -> Iterator[Draft]:
    """The role of "Minister for the Middle East X", with the name set off by commas or by none."""
    doc = search.doc
    set_off = end - 1 > left and doc[end - 1].text == ","
    end -= set_off
    place = search.cast.phrase_at(doc[end - 1]) if end > left else None
    if (
        place is None
        or place.form is not Form.NAME
        or place.kind is EntityKind.PERSON
        or place.last != end - 1
    ):
        return
    before = place.first - 1
    if before > left and doc[before].lower_ == "the":
        before -= 1
    if before <= left or doc[before].lower_ not in {"of", "for", "to"}:
        return
    found = search.titles.title_before(doc, before, left)
    if found is None or not (found[0] == left or doc[found[0]].text[:1].isupper()):
        return
    if set_off and not (_opens(doc, found[0], left) or doc[phrase.last + 1 :][:1].text == ","):
        return  # "it angered the Minister for Kenya, X said"
    title = read_title(search, (found[0], before - 1), left)
    organization = title.organization or search.cast.at(doc[place.head])
    whole = replace(title, last=place.last, organization=organization)
    yield Draft(phrase, whole, Term(_BEFORE))


def _opens(doc: Doc, first: int, left: int) -> bool:
    """Whether a title stands first in its sentence, or right after a comma."""
    before = first - 1 if first > left and doc[first - 1].lower_ == "the" else first
    return before == left or doc[before - 1].text == ","


def after_name(search: Search, phrase: Phrase) -> Iterator[Draft]:
    """Roles by letters after the name: "X, QC"."""
    doc, titles = search.doc, search.titles
    at = phrase.last + 1
    while at < len(doc) and doc[at].text in {",", "("}:
        at += 1
    while at < len(doc) and titles.is_postnominal(doc[at].text):
        word = doc[at].text
        kind = titles.postnominals[word.replace(".", "")]
        yield Draft(phrase, Title(word, kind, at, at), Term("rule:letters-after-name"))
        at += 1
        while at < len(doc) and doc[at].text == ",":
            at += 1


def from_organization(search: Search, phrase: Phrase) -> Iterator[Draft]:
    """That somebody belongs to what "of" or "from" after the name joins to it."""
    doc = search.doc
    at = phrase.last + 1
    at += doc[at : at + 1].text == ","
    if at >= len(doc) or doc[at].lower_ not in _AFFILIATION or doc[at].head.i != phrase.head:
        return
    inner = next((child for child in doc[at].children if child.dep_ == "pobj"), None)
    other = search.cast.phrase_at(inner) if inner is not None else None
    if inner is None or not _is_named_organization(other):
        return
    body = search.cast.at(inner)
    last = other.last if other is not None else inner.i
    title = Title(doc[at].text, "member", at, last, organization=body)
    yield Draft(phrase, title, Term("rule:affiliation"))


def _is_named_organization(phrase: Phrase | None) -> bool:
    return (
        phrase is not None and phrase.form is Form.NAME and phrase.kind is EntityKind.ORGANIZATION
    )
