"""Who is said to have done what a noun names: responsible for it, guilty of it, blamed for it."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.extraction.events.clauses import doer_of_event, is_passive, objects_of
from kg.extraction.reading import Reading, antecedent, subject_of
from kg.extraction.stance import is_nobody
from kg.model import Claim

__all__ = ["accused_in", "answerable"]

#: Verbs that say who did a thing, with the preposition after which the thing stands ...
_BLAMING = {("blame", "for"), ("accuse", "of"), ("suspect", "of"), ("hold", "for")}
#: ... and those whose object the thing is, with the preposition before who did it.
_ASCRIBING = {("blame", "on"), ("attribute", "to"), ("ascribe", "to"), ("pin", "on")}


def answerable(noun: Token) -> Iterator[tuple[str, Token, Token | None]]:
    """Who is said to have done it: responsible for, guilty of, convicted of the killing.

    Being blamed for it or suspected of it makes nobody its agent in the words of the document.
    """
    preposition = noun.head
    if noun.dep_ != "pobj" or preposition.lower_ not in {"for", "of"}:
        return
    above, verb = preposition.head, preposition.head.head
    if above.lower_ in {"responsible", "guilty"} and verb.lemma_ == "be":
        subject = subject_of(verb)
    elif above.lower_ == "responsibility" and verb.lemma_ in {"claim", "take", "admit"}:
        subject = doer_of_event(verb)
    elif above.lemma_ == "convict":
        verb = above
        subject = next(iter(objects_of(verb, passive=is_passive(verb))), None)
    else:
        return
    if subject is not None and not is_nobody(subject):
        yield "by", antecedent(subject, verb), verb


def accused_in(noun: Token, reading: Reading, claim: Claim) -> Iterator[Token]:
    """Who did it as the claim has it in whose content a noun stands: "blamed rebels for it".

    The verb has to be the claim's own cue: what somebody is accused of, the accuser says.
    """
    if claim.speaker is None and not claim.source:
        return  # nobody says so
    for verb in noun.ancestors:
        if any(part.covers(reading.span(verb.i, verb.i)) for part in claim.cue):
            yield from _blamed(noun, verb)
            return


def _blamed(noun: Token, verb: Token) -> Iterator[Token]:
    """The object of a verb that blames, where the noun is what it blames for."""
    lemma, preposition = verb.lemma_.lower(), noun.head
    objects = [child for child in verb.children if child.dep_ == "dobj"]
    if noun.dep_ == "pobj" and (lemma, preposition.lower_) in _BLAMING:
        # the parser may hang the phrase on who is blamed
        yield from (one for one in objects if preposition.head in {verb, one})
    elif noun in objects:
        for owner in (noun, verb):
            for child in owner.rights:
                if child.dep_ == "prep" and (lemma, child.lower_) in _ASCRIBING:
                    yield from (inner for inner in child.children if inner.dep_ == "pobj")
