"""Names and descriptions that the text itself calls one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from kg.extraction.mentions import Phrase
from kg.extraction.reading import Reading, is_set_off
from kg.model import EntityKind, Form

__all__ = ["equated", "same_by_apposition"]

_NOUNS = {"NOUN", "PROPN"}
#: What joins a place or organisation to a title before a name: the guard at a prison, X.
_JOINING = {"of", "at", "for", "to"}


def same_by_apposition(reading: Reading, phrases: Sequence[Phrase]) -> list[tuple[Phrase, Phrase]]:
    """Pairs of a name and a description that the text itself calls one person or organisation."""
    by_head = {phrase.head: phrase for phrase in phrases}
    pairs = []
    for phrase in phrases:
        if phrase.form is not Form.NAME or phrase.kind not in {
            EntityKind.PERSON,
            EntityKind.ORGANIZATION,
        }:
            continue
        for token in equated(reading.doc[phrase.head]):
            other = by_head.get(token.i)
            if (
                other is not None
                and other.form is Form.NOMINAL
                and other.kind is phrase.kind
                and not other.plural
                and not (other.first <= phrase.head <= other.last)
            ):
                pairs.append((phrase, other))
    return pairs


def equated(name: Token) -> Iterator[Token]:
    """Nouns that stand in apposition to a name, or that it is "by the name of"."""
    for child in name.children:
        if child.dep_ == "appos" and child.pos_ in _NOUNS:
            yield child
    if name.dep_ == "appos" and name.head.pos_ in _NOUNS and _touches(name, name.head):
        yield name.head
    if is_set_off(name) and name.head.dep_ == "pobj" and name.head.head.lower_ in _JOINING:
        yield name.head.head.head
    yield from _until_then(name)
    called = name.head
    if (
        name.dep_ in {"oprd", "dobj", "attr"}
        and called.lemma_ in {"name", "call", "dub"}
        and called.dep_ == "acl"
    ):
        yield called.head
    if name.dep_ == "nsubj" and name.head.lemma_ in {"be", "become", "remain"}:
        negated = any(child.dep_ == "neg" for child in name.head.children)
        yield from (c for c in name.head.children if c.dep_ == "attr" and not negated)
    if name.dep_ == "pobj" and name.head.lower_ == "of" and name.head.head.lower_ == "name":
        phrase = name.head.head
        if phrase.dep_ == "pobj" and phrase.head.lower_ in {"by", "with", "under"}:
            yield phrase.head.head


def _until_then(name: Token) -> Iterator[Token]:
    """The noun of "X, until then the chief of Y,", which the parser hangs on the preposition."""
    after = name.doc[name.i + 1 : name.i + 4]
    if [token.lower_ for token in after] != [",", "until", "then"]:
        return
    yield from (c for c in after[1].children if c.dep_ == "pobj" and c.pos_ in _NOUNS)


def _touches(name: Token, noun: Token) -> bool:
    """Whether nothing but a comma stands between a description and the name after it.

    In a list the parser calls each member an apposition of the one before.
    """
    between = name.doc[noun.i + 1 : name.left_edge.i]
    return all(
        token.is_punct or token.dep_ in {"prep", "pobj", "compound", "det"} for token in between
    )
