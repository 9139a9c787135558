"""The words for who speaks: beside a verb of saying, outside of what is quoted."""

from __future__ import annotations

from collections.abc import Callable

from spacy.tokens import Token

from kg.extraction.quotations import Quotation
from kg.extraction.reading import Reading, is_finite, subject_of, trimmed
from kg.model import Span

__all__ = ["outside", "source_of", "speaker_token"]

#: Subjects that speak for nobody.
_NOBODY = {"that", "there", "these", "this", "those"}
_NOMINAL = {"NOUN", "PROPN", "PRON"}


def source_of(verb: Token, *, passive: bool) -> Token | None:
    """Who speaks: the subject, in the passive what follows "by"; of "X, saying ..." it is X."""
    if passive:
        agent = next((child for child in verb.children if child.dep_ == "agent"), None)
        return next((c for c in agent.children if c.dep_ == "pobj"), None) if agent else None
    found = subject_of(verb)
    if found is not None and found.dep_ == "nsubj":
        return None if found.lower_ in _NOBODY and found.tag_ != "WDT" else found
    before = verb.nbor(-1) if verb.i else verb
    if found is not None and before.pos_ == "PROPN":
        # "Presiding Judge X said": the parser takes "presiding" for the subject
        return _above_prepositions(before, lambda token: token.i < verb.i)
    return _source_elsewhere(verb)


def _source_elsewhere(verb: Token) -> Token | None:
    """Who speaks in a participle, infinitive or gerund: the subject of the verb above it."""
    if verb.dep_ == "pcomp" and not is_finite(verb):
        return _source_of_gerund(verb)
    if verb.dep_ in {"advcl", "xcomp"} and not is_finite(verb):
        above = verb.head
        while above.dep_ == "xcomp" and above.head != above:
            above = above.head
        return subject_of(above)
    if verb.dep_ == "acl" and verb.head.pos_ in {"NOUN", "PROPN"} and verb.tag_ == "VBG":
        return verb.head
    return None


def _source_of_gerund(verb: Token) -> Token | None:
    """Who speaks in "resigned after saying that"; in "quoted X as saying that" it is X."""
    above = verb.head.head
    if above.dep_ == "pobj" and above.head.dep_ == "agent":
        above = above.head.head  # "quoted by the paper as saying"
    if above.dep_ == "dobj":
        above = above.head
    if above.pos_ not in {"VERB", "AUX"}:
        return None
    if verb.head.lower_ == "as":
        if above.lemma_.lower() not in {"quote", "cite"}:
            return None
        said = {"dobj", "nsubjpass"}
        return next((child for child in above.children if child.dep_ in said), None)
    return subject_of(above) if verb.head.lower_ in {"after", "before", "by", "in", "on"} else None


def speaker_token(reading: Reading, verb: Token, *, closing: bool) -> Token | None:
    """Who speaks at a cue beside a quotation: its subject outside the marks, else the nearest noun.

    The parser often loses the subject of an inverted cue (said Anna Berg), since the
    quotation before it is no clause of its own. ``closing`` is whether the cue follows the
    quotation: only there, or where it opens the sentence, does the speaker follow the cue.
    """

    def outside(token: Token) -> bool:
        return reading.quotation_at(token.idx) is None

    found = source_of(verb, passive=any(c.dep_ == "auxpass" for c in verb.children))
    if found is not None and outside(found):
        return found
    reach = 5 if closing or verb.i == verb.sent.start else 0
    for token in reading.doc[verb.i + 1 : verb.i + reach]:
        if token.pos_ in _NOMINAL and token.tag_ not in {"WP", "WDT"} and outside(token):
            return _phrase_head(token, outside)
        if token.is_punct or token.pos_ in {"VERB", "ADP"}:
            break
    before = reading.doc[max(0, verb.i - 4) : verb.i]
    for token in reversed(before):
        if token.pos_ in _NOMINAL and outside(token):
            return _above_prepositions(token, outside)
        if token.is_punct:
            break
    return None


def _above_prepositions(token: Token, allowed: Callable[[Token], bool]) -> Token:
    """The noun that speaks of "the envoy for X said": the envoy, not X."""
    here = token
    while (
        here.dep_ == "pobj"
        and here.head.dep_ == "prep"
        and here.head.head.pos_ in _NOMINAL
        and allowed(here.head.head)
    ):
        here = here.head.head
    return here


def _phrase_head(token: Token, allowed: Callable[[Token], bool]) -> Token:
    """The head of the noun phrase that a token starts, as far as it stands on allowed ground."""
    here = token
    while (
        here.dep_ in {"compound", "nmod", "amod", "det", "poss"}
        and here.head.i > here.i
        and here.head.pos_ in _NOMINAL
        and allowed(here.head)
    ):
        here = here.head
    return here


def outside(
    reading: Reading, span: Span, head: Token, *, held: Callable[[Quotation], bool]
) -> Span:
    """The part of a source around its head that no utterance holds, and not across the cue.

    ``held`` says of a quotation whether it is an utterance, and no name in marks.
    """
    start, end = span.start, span.end
    for quotation in reading.quotations_in(span):
        for part in quotation.fragments:
            if not part.overlaps(span) or not held(quotation):
                continue
            if part.end <= head.idx:
                start = max(start, part.end)
            elif part.start > head.idx:
                end = min(end, part.start)
    found = trimmed(reading.text, Span(start, end))
    words = found.of(reading.text)
    if words.count("(") > words.count(")") and reading.text[found.end : found.end + 1] == ")":
        return Span(found.start, found.end + 1)
    return found
