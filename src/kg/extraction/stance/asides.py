"""What a negation does not reach: when, why and amid what, and the part that somebody has in it."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extraction.lexicon import Cues
from kg.extraction.stance.governors import is_averted
from kg.model import Stance

__all__ = ["is_aside", "looks_ahead", "reaching_aside", "takes_part", "tells_when"]

#: What a clause of time begins with.
_TIMES = frozenset({"after", "before", "once", "when", "while"})


def is_aside(above: Token, below: Token, cues: Cues) -> bool:
    """Whether a phrase is beside what its verb or noun denies: "not punished for killing".

    Who did not recover from a beating or speak at a rally does not deny the beating or the
    rally; who did not take part in a rally or resort to violence may.
    """
    if below.dep_ != "prep" or below.lower_ == "without" or is_averted(above, below, cues):
        return False
    if takes_part(below, cues):
        return True
    gerund = any(child.dep_ == "pcomp" for child in below.children)
    if above.pos_ == "ADJ":
        return below.lower_ == "for" and gerund  # "held accountable for killing"
    if above.pos_ not in {"VERB", "AUX"}:
        return False
    lemma = above.lemma_.lower()
    looking = looks_ahead(lemma, cues) or lemma in cues.markers["charging"]
    return below.lower_ != "of" and not looking and lemma not in cues.markers["joining"]


def takes_part(preposition: Token, cues: Cues) -> bool:
    """Whether "in" joins a thing to the part that somebody has in it, and not "in any"."""
    if preposition.dep_ != "prep" or preposition.lower_ not in {"in", "of", "for"}:
        return False
    part, above = preposition.nbor(-1) if preposition.i else preposition, preposition.head
    if part not in {above, preposition} and part.head == above:
        above = part  # "denied involvement in": the parser may hang the phrase on the verb
    return (
        above.pos_ == "NOUN"
        and above.lemma_.lower() in cues.markers["parts"]
        and above.head.lemma_.lower() not in cues.markers["joining"]
        and not any(c.lower_ == "any" for noun in preposition.children for c in noun.lefts)
    )


def reaching_aside(stance: Stance) -> Stance:
    """What of a stance reaches a phrase beside it: how sure it is, no denial."""
    return Stance(certainty=stance.certainty)


def tells_when(verb: Token) -> bool:
    """Whether a verb stands in a clause of time in the past, which is taken for granted.

    Who denies that men were beaten before they were hanged does not deny that they were hanged.
    """
    clause = verb
    while clause.dep_ in {"conj", "xcomp"} and not any(c.dep_ == "mark" for c in clause.children):
        clause = clause.head
    words = [child for child in clause.children if child.dep_ in {"mark", "advmod"}]
    helpers = [child for child in clause.children if child.dep_ in {"aux", "auxpass"}]
    return (
        clause.dep_ == "advcl"
        and any(word.lower_ in _TIMES and word.i == clause.left_edge.i for word in words)
        and any(token.tag_ == "VBD" for token in (clause, *helpers))
        and not any(helper.tag_ == "MD" for helper in helpers)
    )


def looks_ahead(lemma: str, cues: Cues) -> bool:
    """Whether a word says that something has not come about yet, or is kept from it."""
    words = cues.markers
    return lemma in words["ahead"] | words["averting"] | words["grounds"] | words["outlooks"]
