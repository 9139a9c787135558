"""Whether a clause is about what was or what is to come, by its verb."""

from __future__ import annotations

from typing import Final

from spacy.tokens import Token

__all__ = ["TALKING", "clause_verb", "is_future", "is_plainly_future"]

_FUTURE_AUXILIARIES: Final = frozenset(
    {"will", "shall", "'ll", "’ll", "wo", "would", "may", "might", "could", "should", "must"}
)
_PLANNING_WORDS: Final = (
    "plan expect schedule set due intend hope want vow promise prepare ask call urge demand agree "
    "decide order slate go threaten pledge aim propose"
)
_PLANNING: Final = frozenset(_PLANNING_WORDS.split())
_TALKING_WORDS: Final = (
    "talk speak write ask tell say know think learn hear read warn report announce claim deny"
)
TALKING: Final = frozenset(_TALKING_WORDS.split())
_ARRANGED: Final = frozenset({"schedule", "plan", "expect", "slate", "set"})
_PRESENT_BE: Final = frozenset({"is", "are", "am", "'s", "’s", "'re", "’re", "’m", "'m"})


def clause_verb(token: Token) -> Token | None:
    """The verb of the clause that a token stands in; a participle before a noun is none."""
    for one in (token, *token.ancestors):
        if one.pos_ in ("VERB", "AUX") and one.dep_ != "amod":
            return one
    return None


def is_future(token: Token) -> bool:
    """Whether the clause of a token is about what is to come; without a verb it is not."""
    verb = clause_verb(token)
    while verb is not None and _is_bare_complement(verb):  # help me do it
        verb = clause_verb(verb.head)
    while verb is not None and verb.tag_ in ("VB", "VBN") and "to" in _helpers(verb):
        if verb.head.lemma_ in _PLANNING or verb.head.lemma_ == "be":
            return True
        verb = clause_verb(verb.head) if verb.head.i != verb.i else None
    return verb is not None and _looks_ahead(verb)


def _is_bare_complement(verb: Token) -> bool:
    return verb.tag_ == "VB" and verb.dep_ in ("ccomp", "xcomp") and not _helpers(verb)


def is_plainly_future(token: Token) -> bool:
    """Whether the clause of a token is plainly in the future tense."""
    verb = clause_verb(token)
    return verb is not None and bool(_helpers(verb) & {"will", "shall", "'ll", "’ll", "wo"})


def _helpers(verb: Token) -> set[str]:
    return {child.lower_ for child in verb.children if child.dep_ in ("aux", "auxpass")}


def _looks_ahead(verb: Token) -> bool:
    """Whether a finite verb, with its auxiliaries, is about what is to come."""
    helpers, tag = _helpers(verb), verb.tag_
    if helpers & _FUTURE_AUXILIARIES:
        return "have" not in helpers
    if _is_planned(verb):
        return True
    if tag == "VB" and verb.head.lemma_ == "let":
        return True
    if tag == "VB" and not helpers:
        return not any(child.dep_ == "nsubj" for child in verb.children)  # an order
    if tag == "VBG":
        return bool(helpers & _PRESENT_BE)
    present = tag in ("VBP", "VBZ") and verb.pos_ == "VERB" and not helpers
    return present and verb.lemma_ not in TALKING


def _is_planned(verb: Token) -> bool:
    """Whether a verb arranges what comes: is due, is scheduled for, plans to."""
    if verb.tag_ == "VBN" and verb.lemma_ in _ARRANGED:
        return True
    if any(child.lower_ == "due" for child in verb.children):
        return True
    follows = any(child.dep_ in ("xcomp", "prep") for child in verb.children)
    arranging = verb.lemma_ in _PLANNING and verb.dep_ not in ("acl", "relcl")
    return arranging and follows and verb.tag_ in ("VBN", "VBG", "VBP", "VBZ")
