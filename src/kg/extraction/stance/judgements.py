"""What "it is unlikely that" says of a clause, and "is a myth" of its subject."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extraction.lexicon import Cues
from kg.extraction.reading import is_finite
from kg.extraction.stance.beside import helped, is_negated
from kg.extraction.stance.values import (
    AFFIRMED,
    DENIED,
    POSSIBLE,
    PROBABLE,
    UNREAL,
    combine,
    of_polarity,
)
from kg.model import Stance

__all__ = ["is_untrue", "judged"]


def judged(token: Token, below: Token, cues: Cues) -> Stance | None:
    """What an adjective or noun after "is" says of a clause, None where none stands there."""
    if token.pos_ == "ADJ" and below.dep_ in {"xcomp", "ccomp"}:
        return _judgement(token, token.head if token.dep_ == "acomp" else token, below, cues)
    if token.pos_ == "NOUN" and token.dep_ == "attr" and below.dep_ in {"acl", "relcl", "ccomp"}:
        return _judgement(token, token.head, below, cues)
    if token.lemma_ == "be" and below.dep_ in {"ccomp", "csubj"}:
        said = next((c for c in token.children if c.dep_ in {"acomp", "attr"}), None)
        return _judgement(said, token, below, cues) if said is not None else None
    return None


def _judgement(word: Token, copula: Token, below: Token, cues: Cues) -> Stance | None:
    """What a word with its negation says: not likely, impossible, not clear."""
    lemma, markers = word.lemma_.lower(), cues.markers
    denied = is_negated(copula, cues) or is_negated(word, cues)
    own = of_polarity(denied)
    kinds: dict[str, Stance] = {
        "likely": combine(own, PROBABLE),
        "doubtful": combine(combine(own, DENIED), PROBABLE),
        "conceivable": own if denied else POSSIBLE,
        "impossible": POSSIBLE if denied else DENIED,
        "true": own,
        "evident": UNREAL if denied else AFFIRMED,
        "unclear": UNREAL,
    }
    certainty = Stance(certainty=helped(copula, below, cues).certainty)  # "if it is true that"
    for kind, stance in kinds.items():
        if lemma in markers[kind]:
            return combine(stance, certainty)
    if word.pos_ == "ADJ" and is_finite(below):
        return certainty  # "it is not surprising that": it was so
    return None


def is_untrue(verb: Token, cues: Cues) -> bool:
    """Whether a verb says that its subject is false, a myth or a lie."""
    words = cues.markers["impossible"]
    return verb.lemma_ in {"be", "prove"} and any(
        child.dep_ in {"attr", "acomp", "oprd"} and child.lemma_.lower() in words
        for child in verb.rights
    )
