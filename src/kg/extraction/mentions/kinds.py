"""What a name is, by the words around it and by what it is elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from kg.extraction.lexicon import Nouns, Titles
from kg.extraction.mentions.phrase import Phrase
from kg.model import EntityKind

__all__ = ["leads_to_place", "mended", "places_by_use", "settle_kinds"]

#: What the words around a name say of its kind counts as so many guesses of the recogniser.
_RULE_WEIGHT = 3
_TELLING = {"rule:dateline", "rule:person-by-apposition", "rule:place-by-noun"}
#: Nouns that names of texts end in: the X Report. Papers are called bulletins and posts, too.
_NAMED_TEXTS = {"declaration", "letter", "memorandum", "report", "resolution", "treaty"}
#: Kinds of roles that are held over a place.
_GOVERNING = {"head-of-government", "head-of-state", "mayor", "regional-governor"}


def mended(doc: Doc, phrase: Phrase, titles: Titles, nouns: Nouns) -> Phrase:
    """The phrase with another kind where the words around it leave no doubt of it.

    Who has a person's title before the name, or in apposition after it, is a person;
    what follows "the town of" is a place; a name that ends in "Report" is a document's.
    """
    head = doc[phrase.head]
    if (
        phrase.kind is EntityKind.ORGANIZATION
        and phrase.first < phrase.last
        and doc[phrase.last].lower_ in _NAMED_TEXTS
    ):
        return replace(phrase, kind=EntityKind.DOCUMENT, method="rule:document-noun")
    if phrase.kind in {EntityKind.ORGANIZATION, EntityKind.PLACE}:
        described = [
            child
            for child in head.children
            if child.dep_ == "appos"
            and child.tag_ == "NN"
            and any(c.dep_ == "det" for c in child.children)
        ]
        if any(titles.names_person(child) or child.lemma_ in nouns.person for child in described):
            return replace(phrase, kind=EntityKind.PERSON, method="rule:person-by-apposition")
    governed = phrase.kind is EntityKind.PERSON and _is_governed(head, titles)
    if governed or leads_to_place(head.head, titles, nouns):
        return replace(phrase, kind=EntityKind.PLACE, method="rule:place-by-noun")
    return phrase


def _is_governed(name: Token, titles: Titles) -> bool:
    """Whether a name stands after "the mayor of" or "the king of", so that it is nobody's."""
    preposition = name.head
    return (
        name.dep_ == "pobj"
        and preposition.lower_ == "of"
        and titles.kinds.get((preposition.head.lemma_.lower(),)) in _GOVERNING
    )


def leads_to_place(preposition: Token, titles: Titles, nouns: Nouns) -> bool:
    """Whether only a place can follow: "the town of", "a teacher from"."""
    noun = preposition.head
    lemma = noun.lemma_.lower()
    if preposition.lower_ == "of":
        return lemma in nouns.place
    return (
        preposition.lower_ == "from"
        and noun.pos_ == "NOUN"
        and (lemma in nouns.person or titles.names_person(noun))
    )


def places_by_use(doc: Doc, found: Sequence[Phrase]) -> Iterator[Phrase]:
    """The names; a "person" of one word that only ever stands after "in" or "at" is a place."""
    uses: dict[str, list[Token]] = {}
    for phrase in found:
        uses.setdefault(phrase.name.casefold(), []).append(doc[phrase.head])
    for phrase in found:
        heads = uses[phrase.name.casefold()]
        is_place = (
            phrase.kind is EntityKind.PERSON
            and " " not in phrase.name
            and all(head.dep_ in {"pobj", "compound", "nmod"} for head in heads)
            and any(
                head.dep_ == "pobj" and head.head.lower_ in {"in", "at", "near"} for head in heads
            )
        )
        yield (
            replace(phrase, kind=EntityKind.PLACE, method="rule:place-by-noun")
            if is_place
            else phrase
        )


def settle_kinds(found: Sequence[Phrase]) -> Iterator[Phrase]:
    """One kind for one name: what most of its mentions say, the first of them when they tie."""
    surnames = {
        phrase.name.split()[-1].casefold()
        for phrase in found
        if phrase.kind is EntityKind.PERSON and " " in phrase.name
    }
    votes: dict[str, list[EntityKind]] = {}
    for phrase in sorted(found, key=lambda phrase: phrase.first):
        weight = _RULE_WEIGHT if phrase.method in _TELLING else 1
        votes.setdefault(phrase.name.casefold(), []).extend([phrase.kind] * weight)
    last = -1
    for phrase in sorted(found, key=lambda phrase: (phrase.first, -phrase.last)):
        if phrase.first <= last:
            continue  # a shorter reading of tokens that a longer name holds
        last = phrase.last
        kinds = votes[phrase.name.casefold()]
        settled = max(kinds, key=lambda kind: (kinds.count(kind), -kinds.index(kind)))
        if phrase.name.casefold() in surnames:
            settled = EntityKind.PERSON
        yield phrase if settled is phrase.kind else replace(phrase, kind=settled)
