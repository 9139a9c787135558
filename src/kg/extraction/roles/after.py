"""The organisation or place that stands after a title."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extraction.roles.draft import Search, numbered
from kg.model import EntityKind, Form

__all__ = ["JOINING", "organization_after"]

#: Prepositions that join an organisation to a title, and the kinds that they can join.
_ANY = frozenset({EntityKind.ORGANIZATION, EntityKind.PLACE, EntityKind.GROUP})
_INSTITUTION = frozenset({EntityKind.ORGANIZATION})
JOINING = {
    "of": _ANY, "for": _ANY, "at": _ANY,
    "in": _INSTITUTION, "with": _INSTITUTION, "from": _INSTITUTION, "within": _INSTITUTION,
    "to": _INSTITUTION | {EntityKind.GROUP},
}  # fmt: skip
#: Kinds of roles that are held for a place that another preposition joins: senator from Ohio.
_OF_PLACES = {
    "in": {"mayor", "regional-governor"},
    "to": {"diplomat"},
    "from": {"legislator"},
}
_PEOPLE = {EntityKind.PERSON, EntityKind.GROUP}


def organization_after(
    search: Search, words: tuple[int, int], kind: str | None
) -> tuple[str | None, int]:
    """The organisation that "of" or "at" joins to a title, and the last token of it all."""
    doc, (first, last) = search.doc, words
    prepositions = [
        child
        for token in doc[first : last + 1]
        for child in token.children
        if child.dep_ == "prep" and child.i > last
    ]
    for preposition in prepositions:
        found = _joined_by(search, preposition, kind)
        if found is not None:
            return found
    beside = _after_comma(search, words, kind)
    if beside is not None:
        return beside
    for preposition in prepositions:
        named = _unknown_name(preposition)
        if named is not None and preposition.i == last + 1:
            return None, named
    return None, last


def _after_comma(
    search: Search, words: tuple[int, int], kind: str | None
) -> tuple[str, int] | None:
    """The organisation of ", commander, Northern Command": a title and a name between commas.

    The title may have a field: ", deputy commander for support, Northern Command".
    """
    doc, (first, last) = search.doc, words
    end = next((c.right_edge.i for c in doc[last].rights if c.dep_ == "prep"), last)
    at = end + 2
    if at >= len(doc) or first == 0 or {doc[first - 1].text, doc[end + 1].text} != {","}:
        return None
    at += doc[at].lower_ == "the"
    phrase = search.cast.phrase_at(doc[at]) if at < len(doc) else None
    if (
        phrase is None
        or phrase.form is not Form.NAME
        or phrase.kind is not EntityKind.ORGANIZATION
        or kind in search.titles.relational
        or doc[phrase.last + 1 :][:1].text not in {",", ")", "."}
    ):
        return None
    body = search.cast.at(doc[phrase.head])
    return None if body is None else (body, phrase.last)


def _below(search: Search, noun: Token, kind: str | None) -> tuple[str, int] | None:
    """What a noun that stands for nothing known is called or belongs to: "the group X"."""
    for child in noun.children:
        called = search.cast.at(child) if child.dep_ == "appos" else None
        if called is not None and search.cast.entity(called).kind is EntityKind.ORGANIZATION:
            return called, child.i
        found = _joined_by(search, child, kind) if child.lower_ in {"of", "at"} else None
        if found is not None:
            return found
    return None


def _unknown_name(preposition: Token) -> int | None:
    """The last token of a name that "of" or "at" joins to a title and that stands for nobody known.

    It is evidence all the same: who looks for the place finds it in the words.
    """
    inner = next((child for child in preposition.children if child.dep_ == "pobj"), None)
    if inner is None or preposition.lower_ not in {"of", "at", "for"}:
        return None
    named = (inner, *(child for child in inner.children if child.dep_ == "compound"))
    return inner.i if any(token.pos_ == "PROPN" for token in named) else None


def _joined_by(search: Search, preposition: Token, kind: str | None) -> tuple[str, int] | None:
    """Who or what a preposition joins to a title of a kind, and its last token.

    Where its noun stands for nothing known, what "of" or "at" joins to that is taken: the
    commander of the guards at a prison.
    """
    joining = preposition.lower_
    inner = next((child for child in preposition.children if child.dep_ == "pobj"), None)
    if joining not in JOINING or inner is None:
        return None
    inner = numbered(search, inner)
    identifier = search.cast.at(inner)
    if identifier is None:
        return _below(search, inner, kind)
    role = kind or ""
    of = search.cast.entity(identifier).kind
    if role in search.titles.relational:
        fits = joining in {"of", "to"} and of in _PEOPLE
    else:
        fits = of in JOINING[joining] or (
            of is EntityKind.PLACE and role in _OF_PLACES.get(joining, ())
        )
    phrase = search.cast.phrase_at(inner)
    return (identifier, phrase.last if phrase is not None else inner.i) if fits else None
