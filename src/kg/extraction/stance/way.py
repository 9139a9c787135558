"""Whether a clause says that something is so: polarity and certainty, read off the parse.

The values are those of GRaSP (van Son et al. 2016) in the design's words. From the word
that names a thing the way leads up to the top of its clause or of the claim that holds
it; each step can deny it or make it less certain, none can make it more so.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.extraction.lexicon import Cues
from kg.extraction.reading import is_definite, is_finite
from kg.extraction.stance.asides import is_aside, looks_ahead, reaching_aside, takes_part
from kg.extraction.stance.beside import (
    has_to,
    helped,
    is_wh_clause,
    particle_lemma,
)
from kg.extraction.stance.governors import governed, is_unsaid
from kg.extraction.stance.judgements import judged
from kg.extraction.stance.purposes import is_imperative, is_purpose
from kg.extraction.stance.subjects import to_subject
from kg.extraction.stance.values import AFFIRMED, PROBABLE, UNREAL, combine
from kg.model import Polarity, Span, Stance

__all__ = ["is_awaited", "is_part_taken", "stance_of"]

_UP = {
    "xcomp",
    "ccomp",
    "advcl",
    "acl",
    "pcomp",
    "prep",
    "pobj",
    "dobj",
    "conj",
    "nsubj",
    "nsubjpass",
    "attr",
    "oprd",
    "agent",
    "compound",
    "amod",
    "nmod",
    "poss",
    "relcl",
    "appos",
    "dative",
}


def stance_of(token: Token, cues: Cues, *, inside: Span | None = None) -> Stance:
    """What the words around a trigger hold of it, as far as ``inside`` reaches."""
    stance, top, aside = AFFIRMED, token, False
    for top, came_from in _way_up(token, inside, cues):
        aside = aside or (came_from is not None and is_aside(top, came_from, cues))
        own = _own_stance(top, came_from, cues)
        stance = combine(stance, reaching_aside(own) if aside else own)
    refused = inside is not None and has_to(top) and _is_averting(top.head, cues)
    if refused:
        stance = combine(stance, UNREAL)  # refused to: is out of sight
    if stance == AFFIRMED and any(c.lower_ == "any" and c.dep_ == "det" for c in token.lefts):
        stance = UNREAL  # "was unaware of any arrests"
    if token.sent[-1].text == "?" or any(t.text == "?" for t in token.sent[-3:]):
        stance = combine(stance, UNREAL)
    return stance


def is_awaited(noun: Token, cues: Cues) -> bool:
    """Whether a noun is what somebody asks for, plans or averts, so that it need not happen."""
    above, words = noun.head, cues.markers
    if noun.dep_ == "pobj":
        lemma = above.head.lemma_.lower()  # but "tried for the murder"
        return lemma != "try" and looks_ahead(lemma, cues)
    averting = words["averting"] - {"fail", "forget", "neglect"}  # what one forgets has been
    return noun.dep_ == "dobj" and (
        above.lemma_.lower() in words["ahead"] - {"call"} | averting
        or particle_lemma(above) in words["foiling"] | words["deferring"] | words["forbidding"]
    )


def is_part_taken(noun: Token, cues: Cues) -> bool:
    """Whether a noun is what somebody has a part in, which is what is denied: "any role in"."""
    return noun.dep_ == "pobj" and takes_part(noun.head, cues)


# ---- the way up


def _way_up(token: Token, inside: Span | None, cues: Cues) -> Iterator[tuple[Token, Token | None]]:
    """The token, then each token above that governs it, with the one below."""
    here, came_from = token, None
    while True:
        yield here, came_from
        above = here.head
        outside = inside is not None and not inside.start <= above.idx < inside.end
        if above == here or here.dep_ not in _UP or outside or _stands_alone(here, token, cues):
            return
        if came_from is not None and came_from.dep_ == "ccomp" and is_unsaid(here, cues):
            return  # "refused to say that": what is not said is not denied
        if here.dep_ in {"nsubj", "nsubjpass"} and above.pos_ in {"VERB", "AUX"}:
            if here == token or here in token.conjuncts or _looks_at(here, cues):
                yield above, here
            return  # what governs the verb does not reach its subject
        here, came_from = above, here


def _stands_alone(here: Token, trigger: Token, cues: Cues) -> bool:
    """Whether nothing above a word says whether what the word tells is so."""
    above, alone = here.head, False
    nominal = above.pos_ in {"NOUN", "PROPN", "PRON"}
    match here.dep_:
        case "ccomp" | "pcomp":
            # "did not say who killed him": somebody did. Of "whether anybody killed him" nothing
            # is held, whatever is said of the question.
            alone = is_wh_clause(here) or any(child.lower_ == "whether" for child in here.lefts)
            alone = alone or above.lower_ in {"after", "since"}  # "may be tried after killing him"
        case "xcomp":  # "was told to stop beating him"
            alone = above.lemma_.lower() in cues.markers["ceasing"] and here.tag_ == "VBG"
        case "relcl" if nominal and not has_to(here):
            alone = not _is_content(above, here, cues)
        case "conj" if nominal:
            alone = here.pos_ not in {"NOUN", "PROPN"} or is_definite(here)
        case "advcl":  # "could not go on while people were being killed": they were
            alone = not has_to(here) and is_finite(here)
        case "acl":  # a participle, as a relative clause
            alone = here.tag_ in {"VBN", "VBG"} and not is_finite(here)
        case "prep":
            alone = _is_granted(above, trigger, cues)
    return alone


def _is_content(noun: Token, clause: Token, cues: Cues) -> bool:
    """Whether a clause says what a noun of saying says, though parsed as a relative clause."""
    objects = [child for child in clause.children if child.dep_ == "dobj"]
    return (
        noun.lemma_.lower() in cues.nouns
        and len(objects) > 1
        and objects[0] == clause.left_edge
        and objects[0].lower_ == "that"
    )


def _is_granted(above: Token, trigger: Token, cues: Cues) -> bool:
    """Whether a preposition joins a thing to a noun that takes it for granted.

    "The trial for the killings" takes the killings for granted.
    """
    return (
        above.pos_ in {"NOUN", "PROPN"}
        and not _looks_at(above, cues)
        and not (above.dep_ == "dobj" and above.head.lemma_.lower() in cues.markers["clearing"])
        and not (above.lemma_.lower() in cues.markers["charging"] and not is_definite(trigger))
        and (is_definite(trigger) or is_definite(above))
    )


def _looks_at(noun: Token, cues: Cues) -> bool:
    """Whether a noun says how real what follows it is: a call for, the denial of, a plan for."""
    lemma = noun.lemma_.lower()
    return looks_ahead(lemma, cues) or lemma == "event" or cues.stance_of_content(lemma) is not None


def _is_averting(word: Token, cues: Cues) -> bool:
    return word.lemma_.lower() in cues.markers["averting"]


# ---- one step


def _own_stance(token: Token, below: Token | None, cues: Cues) -> Stance:
    """What one word and its helpers do to what hangs below it; None is the trigger itself."""
    if below is None:
        return _with_purpose(token, helped(token, None, cues), cues)
    via = below.dep_
    if via == "conj":
        return AFFIRMED  # what stands beside the first counts for the second where it is helped
    if via in {"nsubj", "nsubjpass"}:
        return to_subject(token, below, cues, granted=_is_topic(below, cues))
    judgement = judged(token, below, cues)
    if judgement is not None:
        return judgement
    own = helped(token, below, cues)
    if token.pos_ == "NOUN" and via in {"acl", "ccomp", "prep", "relcl"}:
        missing = _missing(token, below, own, cues)
        if missing is not None:
            return missing
    return _with_purpose(token, governed(token, below, own, cues), cues)


def _is_topic(subject: Token, cues: Cues) -> bool:
    """Whether a subject is taken for granted: "the massacre", but not "the claim that"."""
    return is_definite(subject) and subject.lemma_.lower() not in cues.nouns


def _missing(noun: Token, below: Token, own: Stance, cues: Cues) -> Stance | None:
    """What "no" or "little" before a noun leaves of what follows: no doubt that, no sign of."""
    lemma, words = noun.lemma_.lower(), cues.markers
    scarce = any(child.lower_ in {"little", "few", "scant"} for child in noun.lefts)
    denied = own.polarity is Polarity.DENIED
    if not (denied or scarce):
        return None
    cue = cues.nouns.get(lemma)
    if cue is not None and cue.kind == "doubt":
        return AFFIRMED if denied else PROBABLE
    if cue is not None or lemma in words["traces"] or below.dep_ != "prep":
        return UNREAL
    if looks_ahead(lemma, cues) or (below.lower_ == "of" and lemma in words["partitive"]):
        return None
    return AFFIRMED  # "no suspects in a bombing": there was a bombing


def _with_purpose(token: Token, stance: Stance, cues: Cues) -> Stance:
    ahead = is_purpose(token, cues) or is_imperative(token, cues)
    return combine(stance, UNREAL) if ahead else stance
