"""What stands between quotation marks, and whose it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from spacy.tokens import Token

from kg.extraction.claims.draft import Draft, cue_span
from kg.extraction.claims.nearby import (
    cue_after,
    cue_before,
    cue_right_before,
    introduction,
    neighbours,
)
from kg.extraction.claims.sources import outside, speaker_token
from kg.extraction.lexicon import Cue, Cues
from kg.extraction.quotations import Quotation
from kg.extraction.reading import Reading, is_finite, subtree_span, trimmed
from kg.model import Mode, Span

__all__ = ["direct", "find_quoted"]

#: A quotation of fewer words, without a stop inside and without a verb, is a term or scare quote.
_SPEECH_WORDS = 4


def find_quoted(
    reading: Reading, cues: Cues, reported: Sequence[Draft]
) -> tuple[list[Draft], list[Draft]]:
    """The quotations as claims, and the reported claims that are not the same ones."""
    found: list[Draft] = []
    rest = list(reported)
    places = _by_paragraph(reading, rest)
    listing: Draft | None = None  # introduced by a colon: the quotations that follow are its list
    for number, quotation in enumerate(reading.quotations):
        mixed = _reported_around(reading, quotation, rest, places)
        if mixed is not None:
            rest[mixed] = _stretched(rest[mixed], quotation)
            listing = None
        elif _is_speech(reading, quotation) or _resumes(reading, found, quotation):
            listing = _add(reading, cues, number, found, listing)
    by_cue: dict[int, list[Span]] = {}
    for draft in found:
        if draft.cue_token is not None:
            by_cue.setdefault(draft.cue_token.i, []).extend(draft.content)
    return found, [draft for draft in rest if not _is_told(draft, by_cue)]


def _add(
    reading: Reading, cues: Cues, number: int, found: list[Draft], listing: Draft | None
) -> Draft | None:
    """Add a quotation to what was found, and give back the list that may go on after it."""
    quotation = reading.quotations[number]
    before, after = neighbours(reading, number)
    cue_token = (
        cue_right_before(reading, cues, quotation, before)
        or cue_after(reading, cues, quotation, after)
        or cue_before(reading, cues, quotation, before)
    )
    previous = found[-1] if found else None
    if previous is not None and (
        _continues(reading, previous, quotation)
        if cue_token is None
        else cue_token == previous.cue_token
    ):  # broken by its cue: "A," she said, "B"
        found[-1] = replace(previous, content=(*previous.content, *quotation.fragments))
        return None if cue_token is None else listing
    if _may_be_term(reading, quotation, cues.verb_at(cue_token) if cue_token else None):
        return None
    draft = direct(reading, cues, quotation, cue_token)
    goes_on: Draft | None = None
    if cue_token is None and _opens_paragraph(reading, quotation):
        introducing = introduction(reading, cues, quotation)
        if introducing is not None:
            draft = goes_on = direct(reading, cues, quotation, introducing)
        elif listing is not None and _follows(reading, found[-1], quotation):
            draft = replace(listing, content=quotation.fragments, method="rule:quotation-list")
            goes_on = listing
    found.append(draft)
    return goes_on


def _may_be_term(reading: Reading, quotation: Quotation, cue: Cue | None) -> bool:
    """Whether a few quoted words may be what something is called: the man they called “enemy,”."""
    return _is_short(reading, quotation) and (
        not _opens_paragraph(reading, quotation) if cue is None else cue.kind == "describe"
    )


def _resumes(reading: Reading, found: Sequence[Draft], quotation: Quotation) -> bool:
    """Whether a comma and the speaker's words alone part a quotation from the one before."""
    before = reading.text[max(0, quotation.start - 2) : quotation.start].rstrip()
    return bool(found) and before.endswith(",") and _continues(reading, found[-1], quotation)


def _is_told(draft: Draft, by_cue: Mapping[int, Sequence[Span]]) -> bool:
    """Whether a quotation with the same cue says what was found as reported."""
    told = by_cue.get(draft.cue_token.i, ()) if draft.cue_token is not None else ()
    return any(part.overlaps(own) for part in told for own in draft.content)


def _by_paragraph(reading: Reading, drafts: Sequence[Draft]) -> dict[int, list[int]]:
    """The numbers of the drafts by the paragraphs that their content starts in."""
    places: dict[int, list[int]] = {}
    for number, draft in enumerate(drafts):
        for paragraph in {reading.paragraph_number(part.start) for part in draft.content}:
            places.setdefault(paragraph, []).append(number)
    return places


def _reported_around(
    reading: Reading,
    quotation: Quotation,
    reported: Sequence[Draft],
    places: Mapping[int, Sequence[int]],
) -> int | None:
    """The number of the reported claim that a quotation is a part of, cue outside the marks."""
    for number in places.get(reading.paragraph_number(quotation.start), ()):
        draft = reported[number]
        if draft.cue_token is None or quotation.holds(draft.cue_token.idx):
            continue
        for part in draft.content:
            before = reading.text[part.start : quotation.start]
            if part.start < quotation.start < part.end and any(c.isalnum() for c in before):
                return number
    return None


def _stretched(draft: Draft, quotation: Quotation) -> Draft:
    """The draft with its content running to the end of a quotation that it reaches into."""
    *head, last = draft.content
    if last.end < quotation.end:
        last = Span(last.start, quotation.end)
    return replace(draft, content=(*head, last), mode=Mode.MIXED)


def _is_speech(reading: Reading, quotation: Quotation) -> bool:
    """Whether quoted words are an utterance, not a term, title or scare quote."""
    tokens = _words_of(reading, quotation)
    last = quotation.last_character(reading.text)
    stops = last in set(",.!?…—–-")
    has_verb = any(token.pos_ in {"VERB", "AUX"} for token in tokens)
    if _opens_paragraph(reading, quotation) and stops:
        return bool(quotation.words(reading.text))
    if _is_short(reading, quotation):
        return stops and last in "!?," and bool(tokens)
    return stops or has_verb


def _words_of(reading: Reading, quotation: Quotation) -> list[Token]:
    return [t for part in quotation.fragments for t in reading.tokens_in(part) if t.is_alpha]


def _is_short(reading: Reading, quotation: Quotation) -> bool:
    return len(_words_of(reading, quotation)) < _SPEECH_WORDS


def _opens_paragraph(reading: Reading, quotation: Quotation) -> bool:
    return reading.paragraph_at(quotation.start).start == quotation.start


def direct(reading: Reading, cues: Cues, quotation: Quotation, cue_token: Token | None) -> Draft:
    """What a quotation says, with the words for its speaker where it has a cue."""
    if cue_token is None:
        return Draft(content=quotation.fragments, mode=Mode.DIRECT, method="rule:quotation")
    cue = cues.verb_at(cue_token)
    source = speaker_token(reading, cue_token, closing=quotation.end <= cue_token.idx)
    spans = (
        (outside(reading, trimmed(reading.text, subtree_span(reading, source)), source),)
        if source
        else ()
    )
    return Draft(
        content=quotation.fragments,
        mode=Mode.DIRECT,
        method="rule:quotation",
        cue=cue,
        cue_token=cue_token,
        cue_spans=(cue_span(reading, cue_token, len(cue.words) if cue else 1),),
        source_head=source,
        source=spans,
    )


def _continues(reading: Reading, previous: Draft, quotation: Quotation) -> bool:
    """Whether a quotation goes on after its cue, as "B" in: "A," she said. "B"."""
    last = previous.content[-1]
    if previous.cue_token is None or previous.mode is not Mode.DIRECT:
        return False
    paragraph = reading.paragraph_at(quotation.start)
    return (
        last.end >= paragraph.start
        and last.end <= previous.cue_token.idx < quotation.start
        and not any(
            token.pos_ in {"VERB", "AUX"} and token.dep_ in {"ROOT", "conj"} and is_finite(token)
            for token in reading.tokens_in(
                Span(previous.cue_token.idx + len(previous.cue_token), quotation.start)
            )
        )
    )


def _follows(reading: Reading, previous: Draft, quotation: Quotation) -> bool:
    """Whether a quotation stands in the paragraph after the last member of a list."""
    last = reading.paragraph_number(previous.content[-1].start)
    return reading.paragraph_number(quotation.start) == last + 1
