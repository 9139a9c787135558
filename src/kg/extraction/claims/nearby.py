"""The verb of saying that goes with a quotation: before it, after it, above it."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from kg.extraction.claims.sources import speaker_token
from kg.extraction.lexicon import Cue, Cues
from kg.extraction.quotations import Quotation
from kg.extraction.reading import Reading
from kg.model import Span

__all__ = ["cue_after", "cue_before", "cue_right_before", "introduction", "neighbours"]

#: A cue stands at most this many tokens from the quotation it introduces or closes.
_REACH = 25
#: At most so many nicknames and titles stand between a quotation and its cue.
_TERMS = 3


def neighbours(reading: Reading, number: int, speech: Sequence[bool]) -> tuple[int, int]:
    """Where the text before a quotation starts and the text after it ends, in its paragraph.

    ``speech`` says of each quotation whether it is an utterance: a nickname parts nothing.
    """
    quotation = reading.quotations[number]
    before = reading.paragraph_at(quotation.start).start
    after = reading.paragraph_at(quotation.end - 1).end
    for at in range(number - 1, -1, -1):
        if reading.quotations[at].end <= before:
            break
        if speech[at] or number - at > _TERMS:
            before = reading.quotations[at].end
            break
    for at in range(number + 1, len(reading.quotations)):
        if reading.quotations[at].start >= after:
            break
        if speech[at] or at - number > _TERMS:
            after = reading.quotations[at].start
            break
    return before, after


def _tokens_between(reading: Reading, start: int, end: int) -> list[Token]:
    """The tokens of a stretch that stand in no quotation."""
    return [t for t in reading.tokens_in(Span(start, end)) if reading.quotation_at(t.idx) is None]


def cue_after(reading: Reading, cues: Cues, quotation: Quotation, end: int) -> Token | None:
    """The verb of saying right after a quotation, as in: "...," she said."""
    tokens = _tokens_between(reading, quotation.end, end)[:_REACH]
    if not tokens:
        return None
    last = quotation.last_character(reading.text)
    if last == "." and not tokens[0].text[:1].islower():
        return None
    for token in tokens:
        if token.text in ".;:" and token != tokens[0]:
            return None
        if token.pos_ in {"VERB", "AUX"} and token.dep_ not in {"aux", "auxpass", "relcl", "acl"}:
            cue = cues.verb_at(token)
            if cue is not None and _goes_with(token, cue, last) and _speaks(reading, token):
                return token
            if cue is None and token.dep_ not in {"advcl", "xcomp"}:
                return None
    return None


def _speaks(reading: Reading, verb: Token) -> bool:
    return speaker_token(reading, verb, closing=True) is not None


def _goes_with(verb: Token, cue: Cue, last: str) -> bool:
    """Whether a verb of saying can close a quotation that ends in this character.

    "X was crying." and "X told the court that ..." after an exclamation are sentences of
    their own.
    """
    helpers = {child.lemma_ for child in verb.children if child.dep_ == "aux"}
    if verb.tag_ == "VBN" and "have" not in helpers:
        return False
    if verb.tag_ == "VBG" and "be" in helpers and cue.quote_only:
        return False
    clause = next((c for c in verb.children if c.dep_ == "ccomp" and c.i > verb.i), None)
    return last not in {"!", "?", "…"} or clause is None


def cue_right_before(
    reading: Reading, cues: Cues, quotation: Quotation, start: int
) -> Token | None:
    """The verb of saying that nothing but a mark parts from the quotation after it."""
    tokens = [t for t in _tokens_between(reading, start, quotation.start) if not t.is_punct]
    last = tokens[-1] if tokens else None
    gap = reading.text[last.idx + len(last) : quotation.start].strip() if last is not None else "."
    if last is None or gap not in {"", ",", ":", "–", "—"}:
        return None
    return last if last.pos_ == "VERB" and cues.verb_at(last) is not None else None


def cue_before(reading: Reading, cues: Cues, quotation: Quotation, start: int) -> Token | None:
    """The verb of saying before a quotation, with words between the two."""
    tokens = _tokens_between(reading, start, quotation.start)[-_REACH:]
    if not tokens:
        return None
    for token in reversed(tokens):
        if token.text in {".", "!", "?", ";"} and token.idx + 1 < quotation.start:
            return None
        if (
            token.pos_ == "VERB"
            and cues.verb_at(token) is not None
            and token.dep_ != "amod"
            and not any(c.lower_ == "to" and c.dep_ == "aux" for c in token.children)
        ):
            gap = reading.text[token.idx + len(token) : quotation.start]
            direct = tokens[-1].text in {",", ":", "that", "–", "—"} or not any(
                t.pos_ in {"VERB", "AUX"}
                for t in reading.tokens_in(Span(token.idx + len(token), quotation.start))
            )
            if direct and len(gap.split()) <= _REACH:
                return token
    return None


def introduction(reading: Reading, cues: Cues, quotation: Quotation) -> Token | None:
    """The verb of saying in a paragraph that ends in a colon right before the quotation's own."""
    position = reading.paragraph_number(quotation.start)
    if not position:
        return None
    before = reading.paragraphs[position - 1]
    if not before.of(reading.text).rstrip().endswith(":"):
        return None
    tokens = list(reading.tokens_in(before))
    verbs = [
        token
        for token in tokens
        if token.sent == tokens[-1].sent
        and token.pos_ == "VERB"
        and cues.verb_at(token) is not None
    ]
    return verbs[-1] if verbs else None
