"""Whether a clause says that something is so: polarity and certainty, read off the parse.

The values are those of GRaSP (van Son et al. 2016) in the design's words. From the word
that names a thing the way leads up to the top of its clause or of the claim that holds
it; each step can deny it or make it less certain, none can make it more so.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.extraction.lexicon import Cues
from kg.model import Certainty, Polarity, Span, Stance

__all__ = ["combine", "stance_of"]

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
    "want", "plan", "try", "attempt", "intend", "aim", "seek", "hope", "prepare", "threaten",
    "call", "urge", "demand", "ask", "request", "order", "promise", "pledge", "vow", "offer",
    "propose", "consider", "schedule", "expect", "await", "need", "necessary", "able", "ready",
    "willing", "right", "call", "demand", "plan", "attempt", "effort", "bid", "desire", "wish", "appeal",
    "push", "campaign", "lobby", "advocate", "recommend", "encourage", "invite", "agree", "decide",
}  # fmt: skip
#: Nouns that "for" joins to what need not have happened: a case for prosecuting.
_GROUNDS = {"case", "basis", "ground", "argument", "reason"}
#: Nouns that "of" joins to what has not happened.
_OUTLOOKS = {"possibility", "risk", "prospect", "danger", "chance", "threat", "hope", "plan"}
_NOBODY = {"none", "nobody", "neither", "nothing", "no-one"}
_SURE_ENOUGH = {"begin", "start", "continue", "go", "come", "help", "manage", "use", "let", "make"}
_UP = {
    "xcomp", "ccomp", "advcl", "acl", "pcomp", "prep", "pobj", "dobj", "conj", "nsubj", "nsubjpass",
    "attr", "oprd", "agent", "compound", "amod", "nmod", "poss", "relcl", "appos", "dative",
}  # fmt: skip


def combine(inner: Stance, outer: Stance) -> Stance:
    """What is held of a thing inside a clause of which something else is held.

    >>> combine(Stance(Polarity.DENIED), Stance(Polarity.DENIED)).polarity.value
    'affirmed'
    """
    affirmed = inner.polarity is outer.polarity
    weakest = max(inner.certainty, outer.certainty, key=_ORDER.index)
    return Stance(Polarity.AFFIRMED if affirmed else Polarity.DENIED, weakest)


def stance_of(token: Token, cues: Cues, *, inside: Span | None = None) -> Stance:
    """What the words around a trigger hold of it, up to the edge of ``inside`` (a claim's content)."""
    stance = Stance()
    for part, came_from in _way_up(token, inside, cues):
        stance = combine(stance, _own_stance(part, came_from, cues))
    if token.sent[-1].text == "?" or any(t.text == "?" for t in token.sent[-3:]):
        stance = combine(stance, Stance(certainty=Certainty.UNREAL))
    return stance


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
        if above == here or here.dep_ not in _UP:
            return
        if inside is not None and not inside.start <= above.idx < inside.end:
            return
        if here.dep_ in {"relcl", "conj"} and above.pos_ in {"NOUN", "PROPN", "PRON"}:
            return  # a relative clause stands on its own; so does the other noun of a list
        if here.dep_ == "acl" and here.tag_ in {"VBN", "VBG"}:
            return  # so does a participle
        if here.dep_ == "prep" and above.pos_ in {"NOUN", "PROPN"} and not _looks_at(above, cues):
            return  # "the trial for the killings" takes the killings for granted
        if here.dep_ in {"nsubj", "nsubjpass"} and above.pos_ in {"VERB", "AUX"}:
            yield above, here  # a subject is what it is whatever else is said of it ...
            return
        here, came_from = above, here


def _own_stance(token: Token, came_from: Token | None, cues: Cues) -> Stance:
    """What one word and its helpers do to what hangs below it."""
    via = came_from.dep_ if came_from is not None else ""
    as_subject = via in {"nsubj", "nsubjpass"}
    polarity, certainty = Polarity.AFFIRMED, Certainty.CERTAIN
    if via == "conj" or (via == "relcl"):
        return Stance()
    for child in token.children:
        if child.dep_ == "neg" or (child.dep_ == "det" and child.lower_ in {"no", "neither"}):
            polarity = Polarity.DENIED
        elif child.dep_ in {"nsubj", "nsubjpass"} and (
            child.lower_ in _NOBODY or any(c.lower_ == "no" for c in child.lefts)
        ):
            polarity = Polarity.DENIED
        elif (
            child.dep_ == "advmod"
            or (child.dep_ == "aux" and not as_subject)
            or (child.dep_ == "amod" and came_from is None)
        ):
            certainty = max(certainty, cues.certainty_of(child.lower_), key=_ORDER.index)
        elif child.dep_ == "mark" and child.lower_ in {"if", "unless", "whether"}:
            certainty = Certainty.UNREAL
    if as_subject and any(
        child.dep_ == "acomp" and child.lemma_.lower() in _AHEAD | {"possible", "needed"}
        for child in token.children
    ):
        certainty = Certainty.UNREAL
    if (
        as_subject
        and token.lemma_ == "be"
        and any(child.dep_ == "xcomp" and _has_to(child) for child in token.children)
    ):
        certainty = Certainty.UNREAL  # "elections are to be held"
    if as_subject and polarity is Polarity.DENIED and not _happens(token):
        polarity = Polarity.AFFIRMED  # "the massacre was not reported" denies no massacre
    if polarity is Polarity.DENIED and via in {"acl", "ccomp"} and token.pos_ == "NOUN":
        # "no doubt that" affirms; "no evidence that" leaves open
        content = cues.stance_of_content(token.lemma_.lower())
        doubted = content is not None and content.certainty is Certainty.POSSIBLE
        return Stance() if doubted else Stance(certainty=Certainty.UNREAL)
    lemma = token.lemma_.lower()
    if came_from is not None and via in {
        "xcomp",
        "ccomp",
        "pcomp",
        "dobj",
        "pobj",
        "prep",
        "acl",
        "advcl",
    }:
        if lemma in _AVERTING and via in {"xcomp", "prep"}:
            polarity = _flip(polarity)
        elif _points_ahead(token, came_from):
            certainty = Certainty.UNREAL
        else:
            said = cues.stance_of_content(lemma, clause=via == "ccomp")
            if said is not None and via in {"xcomp", "ccomp", "dobj", "prep"}:
                if polarity is Polarity.DENIED and said.certainty is not Certainty.CERTAIN:
                    return Stance()  # "no doubt that": it is so
                polarity = polarity if said.polarity is Polarity.AFFIRMED else _flip(polarity)
                certainty = max(certainty, said.certainty, key=_ORDER.index)
    if _is_purpose(token) and certainty is Certainty.CERTAIN:
        certainty = Certainty.UNREAL
    return Stance(polarity, certainty)


def _happens(verb: Token) -> bool:
    return verb.lemma_ in {"happen", "occur", "take", "be", "exist"}


def _flip(polarity: Polarity) -> Polarity:
    return Polarity.DENIED if polarity is Polarity.AFFIRMED else Polarity.AFFIRMED


def _points_ahead(token: Token, below: Token) -> bool:
    """Whether a word looks forward to what hangs below it: wants to, a call for, demanded."""
    lemma = token.lemma_.lower()
    if below.dep_ == "prep":
        return (below.lower_ == "for" and lemma in _AHEAD | _GROUNDS) or (
            below.lower_ in {"of", "to"} and lemma in _OUTLOOKS
        )
    if lemma not in _AHEAD:
        return False
    if below.dep_ == "dobj":
        return token.pos_ == "VERB"
    return below.dep_ in {"xcomp", "acl"} and _has_to(below)


def _has_to(verb: Token) -> bool:
    return any(child.dep_ == "aux" and child.lower_ == "to" for child in verb.children)


def _is_purpose(token: Token) -> bool:
    """Whether a verb is a bare "to" infinitive that tells a purpose or a duty, not a fact."""
    if token.dep_ not in {"advcl", "acl", "relcl", "xcomp", "csubj", "ROOT"} or not _has_to(token):
        return False
    if any(child.lower_ == "have" and child.dep_ == "aux" for child in token.children):
        return False  # "is said to have killed" looks back
    return token.head.lemma_.lower() not in _SURE_ENOUGH
