"""Common nouns and pronouns that stand for somebody."""

from __future__ import annotations

import re

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from kg.extraction.lexicon import Nouns, Titles
from kg.extraction.mentions.phrase import Phrase
from kg.extraction.reading import is_definite, is_set_off
from kg.model import EntityKind, Form

__all__ = ["description", "pronoun"]

#: Verbs that "as" joins to what somebody is.
_BEING = {
    "serve",
    "step",
    "quit",
    "continue",
    "remain",
    "return",
    "act",
    "work",
    "appoint",
    "elect",
    "name",
    "resign",
    "retire",
    "know",
    "describe",
    "install",
    "swear",
    "see",
    "regard",
    "recognize",
    "recognise",
    "treat",
    "pose",
}
#: Verbs that take an object and "of".
_TAKING_OF = {
    "accuse", "acquit", "assure", "clear", "convict", "convince", "deprive", "inform", "remind",
    "rid", "rob", "strip", "suspect", "warn",
}  # fmt: skip
#: Articles of a noun that is nobody in particular.
_NOT_ONE = {"any", "each", "either", "every", "neither", "no"}
_PRONOUNS = {
    "he": "m", "him": "m", "his": "m", "himself": "m",
    "she": "f", "her": "f", "hers": "f", "herself": "f",
    "they": "", "them": "", "their": "", "theirs": "", "themselves": "",
    "i": "", "me": "", "my": "", "mine": "", "myself": "",
    "we": "", "us": "", "our": "", "ours": "", "ourselves": "",
}  # fmt: skip
_PLURAL = {"they", "them", "their", "theirs", "themselves", "we", "us", "our", "ours", "ourselves"}


def description(token: Token, titles: Titles, nouns: Nouns) -> Phrase | None:
    """The description that a common noun heads, if it describes somebody."""
    if token.pos_ not in {"NOUN", "PROPN"} or token.dep_ in {
        "compound",
        "nmod",
        "npadvmod",
        "amod",
    }:
        return None
    if (
        token.dep_ == "pobj"
        and token.head.lower_ == "as"
        and token.head.head.lemma_.lower() in _BEING
    ):
        return None  # "served as president" says what somebody is, and names nobody
    if any(child.dep_ == "det" and child.lower_ in _NOT_ONE for child in token.lefts):
        return None
    kind = _kind_of(token, titles, nouns)
    if kind is None:
        return None
    first = token.i
    for child in token.lefts:
        if child.dep_ in {"det", "amod", "compound", "nmod", "poss", "nummod", "quantmod"}:
            first = min(first, child.left_edge.i)
    last = _with_of_phrase(token)
    if token.doc[first].is_punct or token.doc[first].is_space:
        first = token.i
    words = token.doc[first : last + 1]
    article = words[0].dep_ == "det" or words[0].tag_ == "PRP$"
    return Phrase(
        head=token.i,
        first=first,
        last=last,
        kind=kind,
        form=Form.NOMINAL,
        name=_description(
            words,
            skip_first=article and len(words) > 1,
            counted=kind is not EntityKind.DOCUMENT,
        ),
        plural=kind is EntityKind.GROUP,
        gender=nouns.gender(token.lemma_.lower()),
        method="rule:describing-noun",
    )


def _kind_of(noun: Token, titles: Titles, nouns: Nouns) -> EntityKind | None:
    """What a common noun stands for: several people or institutions are a group.

    Bare "reports" are hearsay and no document that could be found.
    """
    lemma = noun.lemma_.lower()
    plural = noun.tag_ in {"NNS", "NNPS"}
    if _is_document(noun, nouns):
        return EntityKind.DOCUMENT if not plural or is_definite(noun) else None
    if lemma in nouns.organization:
        return EntityKind.GROUP if plural else EntityKind.ORGANIZATION
    before = noun.nbor(-1).lower_ if noun.i else ""
    if not nouns.group.isdisjoint({lemma, noun.lower_, f"{before} {lemma}"}):
        return EntityKind.GROUP
    if lemma in nouns.person or titles.heads_title(lemma):
        return EntityKind.GROUP if plural else EntityKind.PERSON
    return None


def _is_document(noun: Token, nouns: Nouns) -> bool:
    """Whether a noun stands for a text, by itself or with the word before it: a press release."""
    lemma = noun.lemma_.lower()
    before = noun.nbor(-1).lower_ if noun.i else ""
    return lemma in nouns.document or f"{before} {lemma}" in nouns.document


def _description(words: Tokens, *, skip_first: bool, counted: bool) -> str:
    """The words of a description without its article and, of people, without how many they are."""
    kept = [
        token
        for token in words[skip_first:]
        if not counted
        or not any(t.dep_ == "nummod" for t in (token, *token.ancestors) if t in words)
    ]
    return re.sub(r"\s+", " ", "".join(token.text_with_ws for token in kept)).strip(' "“”«»')


def _with_of_phrase(noun: Token) -> int:
    """The last token of a noun with the "of" phrase right after it, clauses left out."""
    if noun.dep_ == "dobj" and noun.head.lemma_ in _TAKING_OF:
        return noun.i  # "accused rebels of the attack": they are no rebels of the attack
    for child in noun.rights:
        if child.lower_ == "of" and child.dep_ == "prep" and child.i == noun.i + 1:
            last = child.right_edge.i
            clause = next(
                (
                    t
                    for t in noun.doc[child.i : last + 1]
                    if t.dep_ in {"relcl", "acl", "appos"} or is_set_off(t)
                ),
                None,
            )
            if clause is not None:
                last = clause.left_edge.i - 1
            while last > noun.i and (noun.doc[last].is_punct or noun.doc[last].is_space):
                last -= 1
            return max(last, noun.i)
    return noun.i


def pronoun(token: Token) -> Phrase | None:
    """A personal pronoun that stands for people."""
    if token.tag_ not in {"PRP", "PRP$"} or token.lower_ not in _PRONOUNS:
        return None
    plural = token.lower_ in _PLURAL
    return Phrase(
        head=token.i,
        first=token.i,
        last=token.i,
        kind=EntityKind.GROUP if plural else EntityKind.PERSON,
        form=Form.PRONOUN,
        name=token.lower_,
        plural=plural,
        gender=_PRONOUNS[token.lower_],
        method="rule:pronoun",
    )
