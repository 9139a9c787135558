"""What a word does to what it governs: failed to, denied that, a call for, accused of."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extraction.lexicon import Cue, Cues
from kg.extraction.stance.beside import has_to, is_negated, is_nobody, particle_lemma
from kg.extraction.stance.judgements import is_untrue
from kg.extraction.stance.values import (
    DENIED,
    POSSIBLE,
    PROBABLE,
    UNREAL,
    combine,
    of_polarity,
)
from kg.model import Polarity, Stance

__all__ = ["governed", "is_averted", "is_unsaid"]

#: Kinds of cue whose negation leaves what they take as it is: did not doubt, did not know.
_GRANTING = {"admit", "doubt", "know", "reveal"}
#: Denials whose negation leaves it open: has not ruled out.
_LEAVING_OPEN = {"rule", "reject", "dismiss"}
#: Kinds of cue that keep the document's distance where nobody is named: said to have, reports of.
_HEARSAY = {"say", "report", "claim", "accuse", "write"}
_HEARSAY_NOUNS = {"report", "claim", "accuse"}
_TAKING = {"xcomp", "ccomp", "dobj", "prep", "acl", "relcl"}


def governed(token: Token, below: Token, own: Stance, cues: Cues) -> Stance:
    """What a word with its helpers does to its complement.

    ``own`` is what its helpers leave of the word itself.
    """
    if is_averted(token, below, cues):
        return combine(own, DENIED)
    charge = _charge_above(token, below, cues)
    if charge is not None:
        return _charged(charge, cues)
    if below.dep_ == "xcomp" and token.lemma_.lower() == "able" and _was_so(token):
        return of_polarity(is_negated(token.head, cues))
    unwanted = _is_unwanted(token, below, cues)
    if unwanted or _points_ahead(token, below, cues):
        return combine(of_polarity(unwanted), UNREAL)
    if below.dep_ in {"xcomp", "ccomp"} and token.lemma_.lower() in cues.markers["seeming"]:
        return combine(own, PROBABLE)
    return _as_cue(token, below, own, cues)


def is_unsaid(verb: Token, cues: Cues) -> bool:
    """Whether a verb is kept from coming about by the one above: refused to say."""
    return verb.dep_ == "xcomp" and is_averted(verb.head, verb, cues)


# ---- what does not come about


def is_averted(token: Token, below: Token, cues: Cues) -> bool:
    """Whether a word keeps its complement from coming about: failed to, prevented, far from."""
    match below.dep_:
        case "xcomp":
            return _averts_verb(token, below, cues)
        case "dobj":
            return token.pos_ == "VERB" and particle_lemma(token) in cues.markers["foiling"]
        case "prep":
            return _averts_phrase(token, below, cues)
        case "pobj" | "pcomp" if token.dep_ == "prep":
            instead = any(child.lower_ == "instead" for child in token.children)
            return token.lower_ == "without" or (below.dep_ == "pcomp" and instead)
    return False


def _averts_verb(token: Token, below: Token, cues: Cues) -> bool:
    """Whether a word keeps its infinitive or gerund from coming about: too afraid to testify."""
    lemma = token.lemma_.lower()
    if lemma == "have":
        return any(c.dep_ == "advmod" and c.lower_ == "yet" for c in token.children)
    if token.pos_ == "ADJ" and any(c.lower_ == "too" for c in token.lefts):
        return has_to(below)
    return lemma in cues.markers["averting"] - {"keep", "stop"}


def _averts_phrase(token: Token, below: Token, cues: Cues) -> bool:
    """Whether a word keeps from coming about what a preposition joins to it: refrained from."""
    lemma, gerund = token.lemma_.lower(), any(c.dep_ == "pcomp" for c in below.children)
    if lemma in cues.markers["instead"]:
        return gerund and below.lower_ in {"of", "from", "to"}
    if below.lower_ != "from" or (lemma in {"keep", "stop"} and not gerund):
        return False
    return lemma in cues.markers["averting"] - {"escape"}  # one escapes from what has been


def _is_unwanted(token: Token, below: Token, cues: Cues) -> bool:
    """Whether a thing is forbidden or decided against, which is not that it does not come about."""
    if token.lower_ == "against":
        return below.dep_ == "pcomp"
    return (
        token.lemma_.lower() in cues.markers["forbidding"]
        and token.pos_ == "VERB"
        and below.dep_ in {"dobj", "xcomp", "prep"}
    )


# ---- of what somebody is charged


def _charge_above(token: Token, below: Token, cues: Cues) -> Token | None:
    """The word after which a phrase tells of what somebody is charged or cleared."""
    if below.dep_ != "prep" or below.lower_ not in {"of", "for", "with"}:
        return None
    cleared = below.lower_ == "of" and token.head.lemma_.lower() in cues.markers["clearing"]
    if token.dep_ == "dobj" and (cleared or any(c.dep_ == "pcomp" for c in below.children)):
        token = token.head  # the parser may hang the phrase on who is accused
    if token.dep_ == "pobj" and token.head.dep_ == "agent":
        token = token.head.head  # or on who accuses them
    lemma, words = token.lemma_.lower(), cues.markers
    if lemma == "charge" and token.head.lemma_.lower() in {"in", "take"}:
        return None  # "in charge of"
    if lemma in {"want", "try"} and not any(c.dep_ == "auxpass" for c in token.children):
        return None
    charges = lemma in words["charging"] or (lemma in words["clearing"] and below.lower_ == "of")
    return token if charges else None


def _charged(charge: Token, cues: Cues) -> Stance:
    if charge.lemma_.lower() in cues.markers["clearing"]:
        return UNREAL
    return DENIED if _is_taken_back(charge, cues) else POSSIBLE


def _is_taken_back(token: Token, cues: Cues) -> bool:
    """Whether the document says that a thing is wrongly said: falsely claimed."""
    falsely = cues.markers["falsely"]
    return any(child.dep_ == "advmod" and child.lower_ in falsely for child in token.children)


# ---- what is yet to come


def _was_so(adjective: Token) -> bool:
    """Whether an adjective is said of a past, without a modal: was able."""
    verb = adjective.head
    modal = any(c.dep_ == "aux" and c.tag_ == "MD" for c in verb.children)
    return adjective.dep_ == "acomp" and verb.tag_ in {"VBD", "VBN"} and not modal


def _points_ahead(token: Token, below: Token, cues: Cues) -> bool:
    """Whether a word looks forward to what hangs below it: wants to, a call for, demanded."""
    lemma, ahead = token.lemma_.lower(), cues.markers["ahead"]
    match below.dep_:
        case "prep":
            return _joins_ahead(token, below, cues)
        case "dobj":  # but "called the protests a riot"
            deferred = particle_lemma(token) in cues.markers["deferring"]
            return token.pos_ == "VERB" and (deferred or (lemma in ahead and lemma != "call"))
        case "xcomp" if lemma == "go":
            return token.tag_ == "VBG"  # "is going to": "went on to" has come about
        case "xcomp":
            return lemma in ahead and (has_to(below) or below.tag_ == "VBG")
        case "acl":
            return lemma in ahead and has_to(below)
    return False


def _joins_ahead(token: Token, preposition: Token, cues: Cues) -> bool:
    """Whether a preposition joins to a word what need not come about: a call for, the risk of."""
    lemma, low, markers = token.lemma_.lower(), preposition.lower_, cues.markers
    return (
        (low == "for" and lemma in markers["ahead"] | markers["grounds"])
        or (low in {"of", "to"} and lemma in markers["outlooks"])
        or (low == "at" and lemma == "aim")
        or (low == "of" and lemma == "event" and token.head.lower_ == "in")
        or (low == "of" and lemma == "case" and token.nbor(-1).lower_ == "in")
    )


# ---- what words of saying and thinking hold


def _as_cue(token: Token, below: Token, own: Stance, cues: Cues) -> Stance:
    """What a word of saying or thinking holds of what it takes; other words hold what they are."""
    via, lemma = below.dep_, token.lemma_.lower()
    if via == "ccomp" and _has_no_sign(token, cues):
        return UNREAL
    cue = cues.governing(token, clause=_takes_clause(token, below)) if via in _TAKING else None
    if cue is None:
        possible = via in {"acl", "relcl"} and lemma in cues.markers["outlooks"]
        return combine(own, POSSIBLE) if possible else own  # "the possibility that"
    if is_unsaid(token, cues):
        own = combine(own, DENIED)
    if own.polarity is Polarity.AFFIRMED or (via == "prep" and below.lower_ == "for"):
        return combine(own, _held(token, below, cue, cues))  # also "never apologised for"
    return _unless_said(token, own, cue)


def _takes_clause(token: Token, below: Token) -> bool:
    """Whether what a word takes is a clause: also that of "is thought to have"."""
    passive = any(child.dep_ == "auxpass" for child in token.children)
    return below.dep_ in {"ccomp", "acl", "relcl"} or (
        below.dep_ == "xcomp" and passive and has_to(below)
    )


def _held(token: Token, below: Token, cue: Cue, cues: Cues) -> Stance:
    """What a word of saying or thinking holds that nothing denies."""
    if _is_said_by_few(token):
        return UNREAL
    if _takes_clause(token, below) and _is_taken_back(token, cues):
        return DENIED
    hearsay = _is_hearsay(token, below, cue.kind, cues)
    return combine(cue.content, POSSIBLE) if hearsay else cue.content


def _unless_said(token: Token, own: Stance, cue: Cue) -> Stance:
    """What is left of what is not said: did not deny, did not know, did not say that."""
    if cue.content.polarity is Polarity.DENIED:
        if token.dep_ == "conj" and any(c.lower_ == "nor" for c in token.head.children):
            return UNREAL  # "neither confirmed nor denied that"
        return POSSIBLE if token.lemma_.lower() in _LEAVING_OPEN else combine(own, cue.content)
    return Stance(certainty=own.certainty) if cue.kind in _GRANTING else UNREAL


def _has_no_sign(verb: Token, cues: Cues) -> bool:
    """Whether nothing is known of what is said: no evidence was found that."""
    return any(
        child.dep_ == "nsubjpass"
        and is_nobody(child)
        and (child.lemma_.lower() in cues.markers["traces"] or child.lemma_.lower() in cues.nouns)
        for child in verb.children
    )


def _is_said_by_few(verb: Token) -> bool:
    return any(c.dep_ == "nsubj" and c.lower_ == "few" and c.left_edge == c for c in verb.children)


def _is_hearsay(token: Token, below: Token, kind: str, cues: Cues) -> bool:
    """Whether words of saying name nobody who said it: is said to have, reports of, allegations."""
    relations = {child.dep_ for child in token.children}
    if token.pos_ in {"VERB", "AUX"}:
        unnamed = "auxpass" in relations and "agent" not in relations
        return kind in _HEARSAY and unnamed and below.dep_ in {"xcomp", "ccomp"}
    if (
        token.lower_ == "charge"  # "in charge of"; other charges are looked at before
        or kind not in _HEARSAY_NOUNS
        or "poss" in relations
        or _is_rejected(token, cues)
    ):
        return False
    return below.dep_ != "prep" or below.lower_ == "of"


def _is_rejected(noun: Token, cues: Cues) -> bool:
    """Whether a denial, which is sure of it, is made of what is claimed: rejected reports of."""
    if noun.dep_ == "nsubj":
        return is_untrue(noun.head, cues)
    cue = cues.governing(noun.head, clause=False) if noun.dep_ in {"dobj", "nsubjpass"} else None
    return cue is not None and cue.content.polarity is Polarity.DENIED
