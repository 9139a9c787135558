"""Words that take up an event without saying of what kind it is: the incident, it happened."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from kg.extraction.event_words import Events
from kg.extraction.reading import Reading

__all__ = ["find_anaphors"]

#: Nouns for events of many kinds; only with "the", "this" or "that", and nothing that says more.
_NOUNS = frozenset(
    "incident tragedy atrocity bloodshed carnage outrage ordeal mayhem calamity".split()
)
_POINTING = frozenset({"the", "this", "that"})
_PRONOUNS = frozenset({"it", "this", "that"})
#: What narrows a noun down: it need not be what was told before.
_NARROWING = frozenset({"prep", "acl", "relcl", "compound", "nmod", "poss", "appos"})


def find_anaphors(reading: Reading, events: Events, taken: Iterable[int]) -> Iterator[Token]:
    """The words that stand for an event told of before, by form alone."""
    known = set(taken)
    for token in reading.doc:
        if token.i not in known and (_is_noun(token) or _is_pronoun(token, events)):
            yield token


def _is_noun(token: Token) -> bool:
    """Whether it is "the incident", without more: "the incident in May" may be another."""
    children = list(token.children)
    return (
        token.lemma_.lower() in _NOUNS
        and token.tag_ == "NN"
        and any(child.dep_ == "det" and child.lower_ in _POINTING for child in children)
        and not any(child.dep_ in _NARROWING for child in children if child.i < token.i)
        and not any(child.dep_ in {"acl", "relcl", "appos"} for child in children)
    )


def _is_pronoun(token: Token, events: Events) -> bool:
    """Whether it is what took place: "it happened at dawn", not "it happened that"."""
    verb = token.head
    return (
        token.lower_ in _PRONOUNS
        and token.pos_ == "PRON"
        and token.dep_ == "nsubj"
        and verb.lemma_.lower() in {"happen", "occur", "take"}
        and events.is_light(verb, "happen")
        and not any(child.dep_ in {"ccomp", "xcomp", "csubj"} for child in verb.children)
    )
