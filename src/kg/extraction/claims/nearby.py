"""The verb of saying that goes with a quotation: before it, after it, above it."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extraction.claims.sources import speaker_token
from kg.extraction.lexicon import Cues
from kg.extraction.quotations import Quotation
from kg.extraction.reading import Reading
from kg.model import Span

__all__ = ["cue_after", "cue_before", "cue_right_before", "introduction", "neighbours"]

#: A cue stands at most this many tokens from the quotation it introduces or closes.
_REACH = 25


def neighbours(reading: Reading, number: int) -> tuple[int, int]:
    """Where the text before a quotation starts and the text after it ends, in its paragraph."""
    quotation = reading.quotations[number]
    before = reading.paragraph_at(quotation.start).start
    after = reading.paragraph_at(quotation.end - 1).end
    if number and reading.quotations[number - 1].end > before:
        before = reading.quotations[number - 1].end
    if number + 1 < len(reading.quotations):
        after = min(after, reading.quotations[number + 1].start)
    return before, after


def cue_after(reading: Reading, cues: Cues, quotation: Quotation, end: int) -> Token | None:
    """The verb of saying right after a quotation, as in: "...," she said."""
    tokens = list(reading.tokens_in(Span(quotation.end, end)))[:_REACH]
    if not tokens:
        return None
    if quotation.last_character(reading.text) == "." and not tokens[0].text[:1].islower():
        return None
    for token in tokens:
        if token.text in ".;:" and token != tokens[0]:
            return None
        if token.pos_ in {"VERB", "AUX"} and token.dep_ not in {"aux", "auxpass", "relcl", "acl"}:
            cue = cues.verb_at(token)
            perfect = any(c.dep_ == "aux" and c.lemma_ == "have" for c in token.children)
            if (
                cue is not None
                and (token.tag_ != "VBN" or perfect)
                and speaker_token(reading, token, closing=True) is not None
            ):
                return token
            if cue is None and token.dep_ not in {"advcl", "xcomp"}:
                return None
    return None


def cue_right_before(
    reading: Reading, cues: Cues, quotation: Quotation, start: int
) -> Token | None:
    """The verb of saying that nothing but a mark parts from the quotation after it."""
    tokens = [t for t in reading.tokens_in(Span(start, quotation.start)) if not t.is_punct]
    last = tokens[-1] if tokens else None
    gap = reading.text[last.idx + len(last) : quotation.start].strip() if last is not None else "."
    if last is None or gap not in {"", ",", ":", "–", "—"}:
        return None
    return last if last.pos_ == "VERB" and cues.verb_at(last) is not None else None


def cue_before(reading: Reading, cues: Cues, quotation: Quotation, start: int) -> Token | None:
    """The verb of saying before a quotation, with words between the two."""
    tokens = list(reading.tokens_in(Span(start, quotation.start)))[-_REACH:]
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
    verbs = [
        token
        for token in reading.tokens_in(before)
        if token.pos_ == "VERB" and cues.verb_at(token) is not None
    ]
    return verbs[-1] if verbs else None
