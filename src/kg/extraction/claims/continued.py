"""Whether a quotation goes on with what the one before it says."""

from __future__ import annotations

import re
from collections.abc import Sequence

from spacy.tokens import Token

from kg.extraction.claims.draft import Draft
from kg.extraction.claims.terms import is_short
from kg.extraction.quotations import Quotation
from kg.extraction.reading import Reading, is_finite
from kg.model import Mode, Span

__all__ = ["continues", "follows", "is_listed", "is_set_into", "is_shared", "resumes"]

#: What parts the members of a list.
_BETWEEN = re.compile(r"\s*(?:[,;]|,?\s*(?:and|or|&))?\s*")
_SUBORDINATORS = {
    "after", "although", "as", "because", "before", "if", "since", "that", "though", "until",
    "while",
}  # fmt: skip
_NOMINAL = {"NOUN", "PRON", "PROPN"}
#: Kinds of cue that list short words: chanted “Bread” and “Peace”.
_LOUD = {"chant", "shout"}


def continues(reading: Reading, previous: Draft, quotation: Quotation) -> bool:
    """Whether a quotation goes on after its cue, as "B" in: "A," she said. "B"."""
    first, last = previous.content[0], previous.content[-1]
    if previous.cue_token is None or previous.mode is not Mode.DIRECT:
        return False
    start = max(last.end, previous.cue_token.idx + len(previous.cue_token))
    if last.end > previous.cue_token.idx and not _is_set_in(reading, Span(start, quotation.start)):
        return False
    paragraph = reading.paragraph_at(quotation.start)
    return (
        last.end >= paragraph.start
        and first.end <= previous.cue_token.idx < quotation.start
        and not _tells_more(
            [
                token
                for token in reading.tokens_in(Span(start, quotation.start))
                if reading.quotation_at(token.idx) is None
            ]
        )
    )


def _is_set_in(reading: Reading, gap: Span) -> bool:
    """Whether a few words between commas part two pieces of a quotation: pointing at them,."""
    words = gap.of(reading.text).strip()
    return words.endswith(",") and not any(stop in words for stop in ".!?;:")


def _tells_more(tokens: Sequence[Token]) -> bool:
    """Whether words after a cue go on telling: a main clause, not one set in by who or as."""
    inside = False  # of a clause that hangs on the speaker or the cue
    for number, token in enumerate(tokens):
        following = tokens[number + 1] if number + 1 < len(tokens) else None
        if token.text in {".", "!", "?", ";"}:
            inside = False
        elif token.tag_ in {"WP", "WP$", "WDT", "WRB"} or token.lower_ in _SUBORDINATORS:
            inside = True
        elif token.dep_ == "cc" and following is not None and following.pos_ in _NOMINAL:
            inside = False  # said Berg, who ..., and Reyes left
            if any(_is_told_by(verb, tokens[number:]) for verb in tokens[number:]):
                return True
        elif (
            not inside
            and token.pos_ in {"VERB", "AUX"}
            and token.dep_ in {"ROOT", "conj"}
            and is_finite(token)
        ):
            return True
    return False


def _is_told_by(verb: Token, tokens: Sequence[Token]) -> bool:
    """Whether a finite verb follows its subject among tokens with nothing but names between."""
    return (
        verb.pos_ == "VERB"
        and is_finite(verb)
        and verb.tag_ != "VBN"
        and all(t.pos_ in _NOMINAL | {"DET", "ADJ", "CCONJ"} for t in tokens if t.i < verb.i)
    )


def resumes(reading: Reading, found: Sequence[Draft], quotation: Quotation) -> bool:
    """Whether a comma and the speaker's words alone part a quotation from the one before."""
    before = reading.text[max(0, quotation.start - 3) : quotation.start].rstrip(" ”\"'’»")
    return (
        bool(found)
        and before.endswith((",", "–", "—"))
        and continues(reading, found[-1], quotation)
    )


def is_set_into(
    reading: Reading, found: Sequence[Draft], quotation: Quotation, cue_token: Token
) -> bool:
    """Whether a cue before a resumed sentence is no cue of it: "A," said X, who says Y, "and B"."""
    words = quotation.words(reading.text)
    return (
        words[:1].islower()
        and resumes(reading, found, quotation)
        and cue_token.idx < quotation.start
        and any(token.dep_ == "relcl" for token in (cue_token, *cue_token.ancestors))
    )


def is_listed(reading: Reading, found: Sequence[Draft], quotation: Quotation) -> bool:
    """Whether commas and "and" alone part a quotation from one that follows its cue: A, B and C."""
    previous = found[-1] if found else None
    if previous is None or previous.cue_token is None or previous.cue_token.idx > quotation.start:
        return False
    loud = previous.cue is None or previous.cue.kind in _LOUD or previous.method == "rule:banner"
    if is_short(reading, quotation) and not loud:
        return False  # may be a term
    last = previous.content[-1]
    gap = reading.text[last.end : quotation.start]
    comma = gap.strip() or reading.text[last.end - 3 : last.end].rstrip("”\"'’»")[-1:] == ","
    return (
        previous.cue_token.idx < previous.content[0].start
        and last.end < quotation.start
        and bool(comma)
        and last.end > reading.paragraph_at(quotation.start).start
        and _BETWEEN.fullmatch(gap) is not None
    )


def is_shared(reading: Reading, previous: Draft, draft: Draft) -> bool:
    """Whether a cue after a quotation is also that of the one before: “A”, “B”, they chanted."""
    if previous.cue_token is not None or previous.source or draft.cue_token is None:
        return False
    end, start = previous.content[-1].end, draft.content[0].start
    gap = reading.text[end:start]
    return (
        draft.content[-1].end <= draft.cue_token.idx
        and bool(gap.strip())
        and end > reading.paragraph_at(start).start
        and _BETWEEN.fullmatch(gap) is not None
    )


def follows(reading: Reading, previous: Draft, quotation: Quotation) -> bool:
    """Whether a quotation stands in the paragraph after the last member of a list."""
    last = reading.paragraph_number(previous.content[-1].start)
    return reading.paragraph_number(quotation.start) == last + 1
