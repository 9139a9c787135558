"""What a second verb is joined to, where the parser joins it to the wrong first one."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from kg.extraction.lexicon import Cues
from kg.extraction.reading import is_finite
from kg.model import Polarity

__all__ = ["rejoin"]

#: Kinds of cue of what one says, not of what one tells others to do: those continue a denial.
_ASSERTING = {
    "admit",
    "announce",
    "accuse",
    "argue",
    "claim",
    "confirm",
    "explain",
    "promise",
    "reveal",
    "say",
    "suggest",
    "warn",
}


def rejoin(doc: Doc, cues: Cues) -> Doc:
    """The document with such verbs joined to the verb that they go on from.

    In "he denied that soldiers fired and said that rebels did" the parser joins "said" to
    "fired", so that the soldiers say it and he denies it. Who denies a thing goes on with
    what they say instead. After other verbs both readings are common, and the parser's stays.
    In "they agreed to free them and did so" no infinitive can go on with a verb in the past.
    """
    for verb in doc:
        if verb.dep_ != "conj" or verb.pos_ != "VERB" or not verb.head.i < verb.i:
            continue
        first = _denial_above(verb, cues) if _goes_on(verb, cues) else None
        first = first or _finite_above(verb)
        if first is None:
            continue
        links = [child for child in verb.head.children if child.dep_ == "cc" and child.i < verb.i]
        verb.head = first
        for link in links[-1:]:
            link.head = first
    return doc


def _finite_above(verb: Token) -> Token | None:
    """The verb in the same tense above the infinitive that the parser joins a verb to."""
    here = verb.head
    infinitive = any(child.dep_ == "aux" and child.lower_ == "to" for child in here.children)
    subject = any(child.dep_ in {"nsubj", "nsubjpass", "aux"} for child in verb.children)
    if subject or not infinitive or verb.tag_ not in {"VBD", "VBZ"}:
        return None
    while here.dep_ in {"xcomp", "advcl"} and here.head.i < here.i and here.tag_ != verb.tag_:
        here = here.head
    return here if here.tag_ == verb.tag_ and here.pos_ == "VERB" else None


def _goes_on(verb: Token, cues: Cues) -> bool:
    """Whether a verb says something itself, without a subject of its own."""
    cue = cues.verb_at(verb)
    relations = {child.dep_ for child in verb.children}
    return (
        cue is not None
        and cue.kind in _ASSERTING
        and not cue.quote_only
        and verb.lemma_ != "tell"
        and not relations & {"nsubj", "nsubjpass", "auxpass", "mark"}
        and bool(relations & {"ccomp", "xcomp"} or (relations & {"dobj"} and not cue.clause_only))
    )


def _denial_above(verb: Token, cues: Cues) -> Token | None:
    """The denial whose clause the parser joins a verb to, where the two have one tense."""
    said = verb.head
    denial = said.head
    cue = cues.verb_at(denial) if denial.pos_ == "VERB" else None
    if (
        said.dep_ != "ccomp"
        or cue is None
        or cue.content.polarity is not Polarity.DENIED
        or denial.tag_ != verb.tag_
        or not is_finite(denial)
        or not denial.i < said.i < verb.i
        or cues.verb_at(said) is not None
    ):
        return None
    return denial
