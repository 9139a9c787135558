"""What stands beside a word: negations, auxiliaries, adverbs, and the word it is joined to."""

from __future__ import annotations

from itertools import pairwise

from spacy.tokens import Token

from kg.extraction.lexicon import Cues
from kg.extraction.stance.values import AFFIRMED, DENIED, combine, of_polarity, weaker
from kg.model import Certainty, Polarity, Stance

__all__ = ["has_to", "helped", "is_negated", "is_nobody", "is_wh_clause", "particle_lemma"]

_NOBODY = {"none", "nobody", "neither", "nothing", "no-one"}
#: What "not" before it does not deny: not only, not all.
_PARTIAL = {"only", "just", "merely", "simply", "all", "every", "everyone", "everybody"}
#: "at no point", "under no circumstances"
_OCCASIONS = {"point", "time", "stage", "moment", "circumstance", "way", "account", "case"}
_WH = {"WRB", "WP", "WP$", "WDT"}
_SUBJECTS = {"nsubj", "nsubjpass"}
_HELPERS = {"aux", "auxpass"}


def helped(token: Token, below: Token | None, cues: Cues) -> Stance:
    """What the negations, auxiliaries and adverbs beside a word leave of it.

    ``below`` is what it governs on the way up, None of the word that names the thing itself:
    only there adjectives count too.
    """
    beside = _beside(token, cues, adjectives=below is None)
    if token.dep_ == "conj":
        beside = combine(beside, _shared(token.head, token, cues))
    nothing = any(c.dep_ == "dobj" and c != below and is_nobody(c) for c in token.children)
    affirmed = beside.polarity is Polarity.AFFIRMED
    return combine(beside, DENIED) if nothing and affirmed else beside


def has_to(verb: Token) -> bool:
    """Whether a verb is an infinitive with "to"."""
    return any(child.dep_ == "aux" and child.lower_ == "to" for child in verb.children)


def is_nobody(phrase: Token) -> bool:
    """Whether a phrase stands for nobody: no one, none of them, not a single man, neither side."""
    return phrase.lower_ in _NOBODY or any(
        _is_no(child) or (child.dep_ == "neg" and not _is_partial(child)) for child in phrase.lefts
    )


def _is_no(word: Token) -> bool:
    """Whether a word says that there is none of a thing, and is not the sign of a number: No. 5."""
    following = word.nbor() if word.i + 1 < len(word.doc) else word
    return word.lower_ in {"no", "neither"} and following.text != "." and not following.is_digit


def is_wh_clause(verb: Token) -> bool:
    """Whether a clause asks who, why or how, and so takes for granted that it was."""
    first = verb.left_edge
    return first.tag_ in _WH or (first.dep_ == "prep" and first.nbor().tag_ in _WH)


def particle_lemma(word: Token) -> str:
    """The lemma of a word, of a verb with its particle: call off."""
    particle = next((c.lower_ for c in word.rights if c.dep_ == "prt"), "")
    return f"{word.lemma_.lower()} {particle}".strip()


# ---- how sure


def _beside(token: Token, cues: Cues, *, adjectives: bool = False) -> Stance:
    """What stands beside a word, its objects and what it is joined to left out."""
    denied = is_negated(token, cues) or _has_nobody(token)
    words = {child.lower_ for child in token.children if child.dep_ in {"aux", "mark"}}
    certainty = _certainty_beside(token, cues, adjectives=adjectives)
    if "could" in words and "before" in words:
        certainty = Certainty.UNREAL  # "before he could"
    elif words >= {"must", "have"}:
        certainty = Certainty.PROBABLE
    elif denied and words & {"could", "can"}:
        certainty = Certainty.CERTAIN  # "could not arrest him", "cannot have killed him"
    elif denied and words >= {"should", "have"}:
        return AFFIRMED  # "should never have been arrested"
    return combine(of_polarity(denied), Stance(certainty=certainty))


def _certainty_beside(token: Token, cues: Cues, *, adjectives: bool) -> Certainty:
    """The least sure of what auxiliaries, adverbs and conjunctions leave of a word."""
    certainty = Certainty.UNREAL if _is_inverted(token) else Certainty.CERTAIN
    for child in token.children:
        if child.dep_ in {"advmod", "aux"} or (child.dep_ == "amod" and adjectives):
            certainty = weaker(certainty, cues.certainty_of(_whole(child)))
        elif child.dep_ == "mark" and _is_conditional(child, cues):
            certainty = Certainty.UNREAL
        elif child.dep_ == "prep" and any(c.lemma_ == "likelihood" for c in child.children):
            certainty = weaker(certainty, Certainty.PROBABLE)
    return certainty


def _whole(word: Token) -> str:
    """A word as the lists have it: "so-called" in one, though the tokenizer parts it."""
    if word.tag_ == "MD" and word.lower_ in {"'d", "’d"}:
        return "would"
    first = word.left_edge
    parted = first != word and word.nbor(-1).text == "-"
    return word.doc[first.i : word.i + 1].text.lower() if parted else word.lower_


def _is_conditional(mark: Token, cues: Cues) -> bool:
    """Whether a conjunction opens what is not said to be so: if, in case, as though."""
    words = [token.lower_ for token in mark.doc[max(0, mark.i - 1) : mark.i + 2]]
    pairs = {f"{one} {two}" for one, two in pairwise(words)}
    return not {mark.lower_, *pairs}.isdisjoint(cues.markers["conditional"])


def _is_inverted(verb: Token) -> bool:
    """Whether a clause opens with "had" before its subject: had they known."""
    above, first = verb.head, verb.left_edge
    if verb.dep_ == "ccomp" and above.dep_ == "advcl" and above.i == first.i - 1:
        return above.lower_ == "had"  # the parser takes "had" for the verb of the clause
    return verb.dep_ == "advcl" and first.lower_ == "had" and first.dep_ == "aux"


# ---- whether denied


def is_negated(token: Token, cues: Cues) -> bool:
    """Whether "not", "no", "neither", "hardly" or "at no time" stands by a word."""
    return any(_negates(child, token, cues) for child in token.children)


def _negates(child: Token, token: Token, cues: Cues) -> bool:
    """Whether a word denies the one it stands by."""
    low = child.lower_
    match child.dep_:
        case "neg":
            return not _is_partial(child) and not _is_until(token)
        case "preconj" | "cc":
            return low == "neither"
        case "det":
            return _is_no(child) or _is_barely(token, child, cues)
        case "advmod":
            return (
                low == "neither"
                or (low == "longer" and any(c.lower_ == "no" for c in child.lefts))
                or (low in cues.markers["almost"] and _stands_before(child, token))
                or _is_barely(token, child, cues)
            )
        case "prep":
            return any(_is_no_occasion(c) for c in child.children)
    return False


def _is_partial(negation: Token) -> bool:
    return negation.i + 1 < len(negation.doc) and negation.nbor().lower_ in _PARTIAL


def _is_until(verb: Token) -> bool:
    """Whether a verb tells what did not come about until it did."""
    return any(
        child.i > verb.i
        and "until" in {child.lower_, *(c.lower_ for c in child.children if c.dep_ == "mark")}
        for child in verb.children
    )


def _is_barely(token: Token, child: Token, cues: Cues) -> bool:
    """Whether "hardly" denies: "hardly any riots", but not "hardly had he left when"."""
    words = {child.lower_, *(c.lower_ for c in child.children)}
    if words.isdisjoint(cues.markers["barely"]):
        return False
    perfect = any(c.dep_ == "aux" and c.lower_ == "had" for c in token.children)
    return not (perfect and any(c.dep_ == "advcl" for c in token.children))


def _is_no_occasion(noun: Token) -> bool:
    return noun.lemma_.lower() in _OCCASIONS and any(c.lower_ == "no" for c in noun.lefts)


def _stands_before(adverb: Token, token: Token) -> bool:
    """Whether an adverb stands right before a word or an auxiliary of it, no number between."""
    following = adverb.nbor() if adverb.i + 1 < len(adverb.doc) else adverb
    return following == token or (following.head == token and following.dep_ in _HELPERS)


def _has_nobody(token: Token) -> bool:
    return any(c.dep_ in _SUBJECTS and is_nobody(c) for c in token.children)


# ---- what is joined


def _shared(first: Token, joined: Token, cues: Cues) -> Stance:
    """What a verb or noun that is joined to another has from what stands beside the first.

    "did not beat or kick", "may have been shot or beaten", "no trial or inquiry"; but "was
    not shot but beaten", "did not shoot and the crowd fled".
    """
    links = {c.lower_ for c in (*first.children, *joined.children) if c.dep_ == "cc"}
    if links & {"nor", "than"}:  # "neither ... nor", "rather than"
        return DENIED
    if first.pos_ not in {"VERB", "AUX"}:
        own = any(child.dep_ in {"det", "poss"} for child in joined.lefts)
        return of_polarity(not own and "or" in links and is_negated(first, cues))
    if any(child.dep_ in _SUBJECTS | {"expl"} for child in joined.children):
        return AFFIRMED
    beside = _beside(first, cues)
    helpers = any(child.dep_ in _HELPERS for child in joined.children)
    if joined.tag_ != first.tag_ or helpers or any(c.dep_ == "mark" for c in first.children):
        beside = of_polarity(_has_nobody(first) and beside.polarity is Polarity.DENIED)
    return Stance(certainty=beside.certainty) if "but" in links else beside
