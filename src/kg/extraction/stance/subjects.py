"""What a verb does to its subject: "no trial took place", "the rally was cancelled"."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extraction.lexicon import Cues
from kg.extraction.reading import is_definite
from kg.extraction.stance.beside import has_to, helped, is_negated, particle_lemma
from kg.extraction.stance.governors import is_averted
from kg.extraction.stance.judgements import is_untrue
from kg.extraction.stance.values import AFFIRMED, DENIED, UNREAL, combine, of_polarity
from kg.model import Polarity, Stance

__all__ = ["is_decided", "to_subject"]


def is_decided(noun: Token, cues: Cues) -> bool:
    """Whether a noun is what somebody ordered or planned and what has come about all the same.

    "The massacre was ordered by a general", not "a massacre was ordered".
    """
    verb = noun.head
    return (
        noun.dep_ == "nsubjpass"
        and is_definite(noun)
        and verb.lemma_.lower() in cues.markers["ahead"]
        and any(child.dep_ == "agent" for child in verb.children)
    )


def to_subject(verb: Token, subject: Token, cues: Cues, *, granted: bool) -> Stance:
    """What a verb holds of its subject.

    ``granted`` is whether the subject is taken for granted: "the massacre was ordered".
    """
    stance = UNREAL if _is_ahead(verb, cues) else AFFIRMED
    if any(c.dep_ == "xcomp" and is_averted(verb, c, cues) for c in verb.children):
        stance = combine(stance, DENIED)  # "the trial has yet to begin"
    if is_untrue(verb, cues):
        stance = combine(stance, DENIED)  # "the massacre is a myth"
    if verb.lemma_ in cues.markers["happening"]:  # "the trial will begin", "talks may resume"
        certainty = helped(verb, subject, cues).certainty
        denied = of_polarity(is_negated(verb, cues))
        stance = combine(stance, combine(denied, Stance(certainty=certainty)))
    if subject.dep_ == "nsubjpass":
        stance = combine(stance, _to_object(verb, subject, cues, granted=granted))
    return stance


def _is_ahead(verb: Token, cues: Cues) -> bool:
    """Whether a verb says that its subject is yet to come: is likely, are to be held."""
    markers = cues.markers
    ahead = markers["ahead"] | markers["doubtful"] | markers["likely"] | {"possible", "needed"}
    return any(
        (child.dep_ == "acomp" and child.lemma_.lower() in ahead)
        or (child.dep_ == "xcomp" and verb.lemma_ in {"be", "set"} and has_to(child))
        for child in verb.children
    )


def _to_object(verb: Token, subject: Token, cues: Cues, *, granted: bool) -> Stance:
    """What a verb in the passive holds of what it is done to: was foiled, is planned, is feared."""
    lemma, markers = particle_lemma(verb), cues.markers
    complement = {"oprd", "xcomp", "ccomp"} & {child.dep_ for child in verb.children}
    if lemma in markers["foiling"]:
        return of_polarity(not is_negated(verb, cues))
    if lemma in markers["deferring"]:
        return UNREAL
    if lemma in markers["forbidding"]:
        return combine(DENIED, UNREAL)
    if lemma in markers["ahead"] - {"call", "try"}:
        passed = is_decided(subject, cues) or (complement and lemma == "consider")
        return AFFIRMED if passed else UNREAL
    cue = cues.governing(verb, clause=False)
    if cue is None or complement or (granted and cue.content.polarity is Polarity.DENIED):
        return AFFIRMED
    return cue.content
