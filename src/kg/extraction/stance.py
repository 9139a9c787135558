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
from kg.model import Certainty, Polarity, Span, Stance

__all__ = ["combine", "is_awaited", "stance_of"]

_ORDER = [Certainty.CERTAIN, Certainty.PROBABLE, Certainty.POSSIBLE, Certainty.UNREAL]
#: Verbs and nouns whose complement does not happen because of them.
_AVERTING = {
    "fail",
    "refuse",
    "decline",
    "avoid",
    "prevent",
    "refrain",
    "forget",
    "neglect",
    "stop",
}
#: Verbs and nouns that look ahead to their complement.
_AHEAD = {
    "able",
    "advocate",
    "agree",
    "aim",
    "appeal",
    "ask",
    "attempt",
    "await",
    "bid",
    "call",
    "campaign",
    "consider",
    "decide",
    "demand",
    "desire",
    "effort",
    "encourage",
    "expect",
    "hope",
    "intend",
    "invite",
    "lobby",
    "necessary",
    "need",
    "offer",
    "order",
    "plan",
    "pledge",
    "prepare",
    "promise",
    "propose",
    "push",
    "ready",
    "recommend",
    "request",
    "right",
    "schedule",
    "seek",
    "threaten",
    "try",
    "urge",
    "vow",
    "want",
    "willing",
    "wish",
}
#: Nouns that "for" joins to what need not have happened: a case for prosecuting.
_GROUNDS = {"case", "basis", "ground", "argument", "reason"}
#: Nouns that "of" joins to what has not happened.
_OUTLOOKS = {"possibility", "risk", "prospect", "danger", "chance", "threat", "hope", "plan"}
#: Verbs whose negation denies their subject.
_HAPPENING = {
    "be",
    "begin",
    "convene",
    "exist",
    "happen",
    "hold",
    "occur",
    "open",
    "resume",
    "start",
    "take",
}
#: Kinds of cue whose negation leaves what they take as it is: did not doubt, did not know.
_GRANTING = {"admit", "doubt", "know", "reveal"}
_NOBODY = {"none", "nobody", "neither", "nothing", "no-one"}
_SURE_ENOUGH = {"begin", "start", "continue", "go", "come", "help", "manage", "use", "let", "make"}
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


def combine(inner: Stance, outer: Stance) -> Stance:
    """What is held of a thing inside a clause of which something else is held.

    >>> combine(Stance(Polarity.DENIED), Stance(Polarity.DENIED)).polarity.value
    'affirmed'
    """
    affirmed = inner.polarity is outer.polarity
    weakest = max(inner.certainty, outer.certainty, key=_ORDER.index)
    return Stance(Polarity.AFFIRMED if affirmed else Polarity.DENIED, weakest)


def stance_of(token: Token, cues: Cues, *, inside: Span | None = None) -> Stance:
    """What the words around a trigger hold of it, as far as ``inside`` reaches."""
    stance, top = Stance(), token
    for top, came_from in _way_up(token, inside, cues):
        stance = combine(stance, _own_stance(top, came_from, cues))
    if inside is not None and _has_to(top) and top.head.lemma_.lower() in _AVERTING:
        stance = combine(stance, Stance(certainty=Certainty.UNREAL))  # refused to: is out of sight
    if token.sent[-1].text == "?" or any(t.text == "?" for t in token.sent[-3:]):
        stance = combine(stance, Stance(certainty=Certainty.UNREAL))
    return stance


def _is_granted(here: Token, above: Token, trigger: Token, cues: Cues) -> bool:
    """Whether a preposition joins a thing to a noun that takes it for granted."""
    return (
        here.dep_ == "prep"
        and above.pos_ in {"NOUN", "PROPN"}
        and not _looks_at(above, cues)
        and (is_definite(trigger) or is_definite(above))
    )


def is_awaited(noun: Token) -> bool:
    """Whether a noun is what somebody asks for, plans or averts, so that it need not happen."""
    above = noun.head
    if noun.dep_ == "pobj":
        return above.head.lemma_.lower() in _AHEAD | _AVERTING | _GROUNDS | _OUTLOOKS
    averting = _AVERTING - {"fail", "forget", "neglect"}  # what one forgets has been
    return noun.dep_ == "dobj" and above.lemma_.lower() in _AHEAD - {"call"} | averting


def _looks_at(noun: Token, cues: Cues) -> bool:
    """Whether a noun says how real what follows it is: a call for, the denial of, a plan for."""
    lemma = noun.lemma_.lower()
    return (
        lemma in _AHEAD | _AVERTING | _GROUNDS | _OUTLOOKS
        or cues.stance_of_content(lemma) is not None
    )


def _way_up(token: Token, inside: Span | None, cues: Cues) -> Iterator[tuple[Token, Token | None]]:
    """The token, then each token above that governs it, with the one below."""
    here, came_from = token, None
    while True:
        yield here, came_from
        above = here.head
        outside = inside is not None and not inside.start <= above.idx < inside.end
        if above == here or here.dep_ not in _UP or outside:
            return
        if here.dep_ in {"relcl", "conj"} and above.pos_ in {"NOUN", "PROPN", "PRON"}:
            return  # a relative clause stands on its own; so does the other noun of a list
        if here.dep_ == "advcl" and not _has_to(here) and is_finite(here):
            return  # "could not go on while people were being killed": they were
        if here.dep_ == "acl" and here.tag_ in {"VBN", "VBG"}:
            return  # so does a participle
        if _is_granted(here, above, token, cues):
            return  # "the trial for the killings" takes the killings for granted
        if here.dep_ in {"nsubj", "nsubjpass"} and above.pos_ in {"VERB", "AUX"}:
            yield above, here  # what governs the verb does not reach its subject
            return
        here, came_from = above, here


def _own_stance(token: Token, below: Token | None, cues: Cues) -> Stance:
    """What one word and its helpers do to what hangs below it; None is the trigger itself."""
    via = below.dep_ if below is not None else ""
    if via in {"conj", "relcl"}:
        return Stance()
    if via in {"nsubj", "nsubjpass"}:
        return _stance_to_subject(token, cues)
    denied, certainty = _helpers(token, as_trigger=below is None, cues=cues)
    if denied and via in {"acl", "ccomp"} and token.pos_ == "NOUN":
        # "no doubt that" affirms; "no evidence that" leaves open
        content = cues.stance_of_content(token.lemma_.lower())
        doubted = content is not None and content.certainty is Certainty.POSSIBLE
        return Stance() if doubted else Stance(certainty=Certainty.UNREAL)
    polarity = Polarity.DENIED if denied else Polarity.AFFIRMED
    own = Stance(polarity, certainty)
    if below is not None:
        own = _with_meaning(token, below, own, cues)
    if _is_purpose(token):
        own = combine(own, Stance(certainty=Certainty.UNREAL))
    return own


def _stance_to_subject(verb: Token, cues: Cues) -> Stance:
    """What a verb does to its subject: "elections are to be held", "no massacre took place"."""
    ahead = any(
        (child.dep_ == "acomp" and child.lemma_.lower() in _AHEAD | {"possible", "needed"})
        or (child.dep_ == "xcomp" and verb.lemma_ == "be" and _has_to(child))
        for child in verb.children
    )
    happens = verb.lemma_ in _HAPPENING
    denied = happens and any(child.dep_ == "neg" for child in verb.children)
    certainty = Certainty.UNREAL if ahead else Certainty.CERTAIN
    if happens:  # "the trial will begin", "talks may resume"
        certainty = max(certainty, _helpers(verb, as_trigger=False, cues=cues)[1], key=_ORDER.index)
    return Stance(Polarity.DENIED if denied else Polarity.AFFIRMED, certainty)


def _helpers(token: Token, *, as_trigger: bool, cues: Cues) -> tuple[bool, Certainty]:
    """Whether a negation stands by a word, and how sure its auxiliaries and adverbs leave it."""
    denied, certainty = False, Certainty.CERTAIN
    for child in token.children:
        if (
            child.dep_ == "neg"
            or (child.dep_ == "det" and child.lower_ in {"no", "neither"})
            or (child.dep_ in {"nsubj", "nsubjpass"} and _is_nobody(child))
        ):
            denied = True
        elif child.dep_ in {"advmod", "aux"} or (child.dep_ == "amod" and as_trigger):
            certainty = max(certainty, cues.certainty_of(child.lower_), key=_ORDER.index)
        elif child.dep_ == "mark" and child.lower_ in {"if", "unless", "whether"}:
            certainty = Certainty.UNREAL
    return denied, certainty


def _is_nobody(subject: Token) -> bool:
    return subject.lower_ in _NOBODY or any(child.lower_ == "no" for child in subject.lefts)


def _with_meaning(token: Token, below: Token, own: Stance, cues: Cues) -> Stance:
    """The stance with what the word itself means for its complement: failed to, denied."""
    via, lemma = below.dep_, token.lemma_.lower()
    if lemma in _AVERTING and via in {"xcomp", "prep"}:
        return combine(own, Stance(Polarity.DENIED))
    if _points_ahead(token, below):
        return Stance(certainty=Certainty.UNREAL)
    said = cues.stance_of_content(lemma, clause=via == "ccomp")
    if said is None or via not in {"xcomp", "ccomp", "dobj", "prep"}:
        return own
    if own.polarity is Polarity.AFFIRMED or said.polarity is Polarity.DENIED:
        return combine(own, said)
    if cues.kind_of(lemma) in _GRANTING:
        return Stance(certainty=own.certainty)
    return Stance(certainty=Certainty.UNREAL)  # "did not say that": nothing is held


def _points_ahead(token: Token, below: Token) -> bool:
    """Whether a word looks forward to what hangs below it: wants to, a call for, demanded."""
    lemma = token.lemma_.lower()
    if below.dep_ == "prep":
        return (below.lower_ == "for" and lemma in _AHEAD | _GROUNDS) or (
            below.lower_ in {"of", "to"} and lemma in _OUTLOOKS
        )
    if lemma not in _AHEAD:
        return False
    if below.dep_ == "dobj":  # but "called the protests a riot"
        return token.pos_ == "VERB" and lemma != "call"
    return below.dep_ in {"xcomp", "acl"} and _has_to(below)


def _has_to(verb: Token) -> bool:
    return any(child.dep_ == "aux" and child.lower_ == "to" for child in verb.children)


def _is_purpose(token: Token) -> bool:
    """Whether a verb is a bare "to" infinitive that tells a purpose or a duty, not a fact."""
    if token.dep_ not in {"advcl", "acl", "relcl", "xcomp", "csubj", "ROOT"} or not _has_to(token):
        return False
    if any(child.lower_ == "have" and child.dep_ == "aux" for child in token.children):
        return False  # "is said to have killed" looks back
    return token.head.lemma_.lower() not in _SURE_ENOUGH | _AVERTING
