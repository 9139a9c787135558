"""What stands between quotation marks, and whose it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from spacy.tokens import Token

from kg.extraction.claims.banners import draft_of_banner
from kg.extraction.claims.continued import (
    continues,
    follows,
    is_listed,
    is_set_into,
    is_shared,
    resumes,
)
from kg.extraction.claims.draft import Draft, child, cue_span
from kg.extraction.claims.nearby import (
    cue_after,
    cue_before,
    cue_right_before,
    introduction,
    neighbours,
)
from kg.extraction.claims.sources import outside, speaker_token
from kg.extraction.claims.terms import (
    has_title_case,
    is_named,
    is_short,
    is_speech,
    opens_paragraph,
    starts_sentence,
)
from kg.extraction.lexicon import Cue, Cues
from kg.extraction.quotations import Quotation
from kg.extraction.reading import Reading, subtree_span, trimmed
from kg.model import Mode, Span

__all__ = ["direct", "find_quoted", "untold"]

#: The method of claims by "according to X".
_BY_PHRASE = "rule:according-to"


@dataclass(slots=True)
class _Run:
    """The quotations of a document while they are gone through in order."""

    reading: Reading
    cues: Cues
    speech: Sequence[bool]  #: of each quotation, whether it is an utterance
    found: list[Draft] = field(default_factory=list)
    listing: Draft | None = None  #: introduced by a colon: the quotations that follow are its list


def find_quoted(
    reading: Reading, cues: Cues, reported: Sequence[Draft]
) -> tuple[list[Draft], list[Draft]]:
    """The quotations as claims, and the reported claims that are not the same ones."""
    rest = list(reported)
    places = _by_paragraph(reading, rest)
    run = _Run(reading, cues, [is_speech(reading, cues, part) for part in reading.quotations])
    for number, quotation in enumerate(reading.quotations):
        ascribed = _ascribed_by_phrase(reading, quotation, rest, places)
        if ascribed is not None:
            rest[ascribed] = _made_direct(rest[ascribed], quotation)
            run.listing = None
            continue
        mixed = _reported_around(reading, quotation, rest, places)
        if mixed is not None:
            rest[mixed] = _stretched(rest[mixed], quotation)
            run.listing = None
            continue
        banner = draft_of_banner(reading, cues, quotation)
        if banner is not None:
            run.found.append(banner)
            run.listing = banner if opens_paragraph(reading, quotation) else None
        elif (
            run.speech[number]
            or resumes(reading, run.found, quotation)
            or is_listed(reading, run.found, quotation)
        ):
            run.listing = _add(run, number)
    names = [part for part in reading.quotations if is_named(reading, part)]
    return run.found, untold(run.found, [d for d in rest if not _only_names(d, names)])


def _only_names(draft: Draft, names: Sequence[Quotation]) -> bool:
    """Whether a report says no more than what something is called: it was called “Clean Hands”."""
    return (
        draft.source_head is None
        and draft.method == "rule:passive-of-saying"
        and any(part.covers(draft.content[-1]) for name in names for part in name.fragments)
    )


def untold(found: Sequence[Draft], reported: Sequence[Draft]) -> list[Draft]:
    """The reported claims that no direct one with the same cue says already."""
    by_cue: dict[int, list[Span]] = {}
    for draft in found:
        if draft.cue_token is not None:
            by_cue.setdefault(draft.cue_token.i, []).extend(draft.content)
    return [draft for draft in reported if not _is_told(draft, by_cue)]


def _add(run: _Run, number: int) -> Draft | None:
    """Add a quotation to what was found, and give back the list that may go on after it."""
    reading, found = run.reading, run.found
    quotation = reading.quotations[number]
    previous = found[-1] if found else None
    if previous is not None and is_listed(reading, found, quotation):
        found.append(_member(previous, quotation))
        return run.listing
    cue_token = _cue_beside(run, number)
    if previous is not None and (
        continues(reading, previous, quotation)
        if cue_token is None or is_set_into(reading, found, quotation, cue_token)
        else cue_token == previous.cue_token
    ):  # broken by its cue: "A," she said, "B"
        found[-1] = replace(previous, content=(*previous.content, *quotation.fragments))
        return None if cue_token is None else run.listing
    if _may_be_term(reading, quotation, run.cues.verb_at(cue_token) if cue_token else None):
        return None
    draft = direct(reading, run.cues, quotation, cue_token)
    goes_on: Draft | None = None
    if cue_token is None and opens_paragraph(reading, quotation):
        introducing = introduction(reading, run.cues, quotation)
        if introducing is not None:
            draft = goes_on = direct(reading, run.cues, quotation, introducing)
        elif run.listing is not None and follows(reading, found[-1], quotation):
            draft = _member(run.listing, quotation)
            goes_on = run.listing
    if draft.cue_token is None and has_title_case(reading, quotation):
        return None  # the title of a work: nothing says that somebody says it
    if cue_token is not None and previous is not None and is_shared(reading, previous, draft):
        found[-1] = replace(draft, content=previous.content)  # “A”, “B”, they chanted
    found.append(draft)
    return goes_on


def _cue_beside(run: _Run, number: int) -> Token | None:
    """The verb of saying right before a quotation, else after it, else further before it."""
    reading, cues, quotation = run.reading, run.cues, run.reading.quotations[number]
    before, after = neighbours(reading, number, run.speech)
    return (
        cue_right_before(reading, cues, quotation, before)
        or cue_after(reading, cues, quotation, after)
        or cue_before(reading, cues, quotation, before)
    )


def _member(listing: Draft, quotation: Quotation) -> Draft:
    """One more quotation of who said, chanted or carried the one before."""
    return replace(listing, content=quotation.fragments, method="rule:quotation-list")


def _may_be_term(reading: Reading, quotation: Quotation, cue: Cue | None) -> bool:
    """Whether a few quoted words may be what something is called: the man they called “enemy,”."""
    if not is_short(reading, quotation):
        return False
    if cue is None:
        return not starts_sentence(reading, quotation)
    return cue.kind == "describe"


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
        around = [part for part in draft.content if part.start < quotation.start < part.end]
        if not around or draft.cue_token is None or quotation.holds(draft.cue_token.idx):
            continue
        before = (reading.text[part.start : quotation.start] for part in around)
        if any(character.isalnum() for words in before for character in words):
            return number
    return None


def _ascribed_by_phrase(
    reading: Reading,
    quotation: Quotation,
    reported: Sequence[Draft],
    places: Mapping[int, Sequence[int]],
) -> int | None:
    """The number of the claim by "according to X" that says no more than quotations do."""
    for number in places.get(reading.paragraph_number(quotation.start), ()):
        draft = reported[number]
        if draft.method == _BY_PHRASE and any(
            own.overlaps(part) for own in draft.content for part in quotation.fragments
        ):
            outside = (
                token
                for part in draft.content
                for token in reading.tokens_in(part)
                if token.is_alpha and reading.quotation_at(token.idx) is None
            )
            return number if next(outside, None) is None else None
    return None


def _made_direct(draft: Draft, quotation: Quotation) -> Draft:
    """The draft with a quotation as its content, beside those that it has already."""
    held = [p for p in draft.content if not any(p.overlaps(f) for f in quotation.fragments)]
    content = sorted((*held, *quotation.fragments), key=lambda part: part.start)
    return replace(draft, content=tuple(content), mode=Mode.DIRECT)


def _stretched(draft: Draft, quotation: Quotation) -> Draft:
    """The draft with its content running to the end of a quotation that it reaches into."""
    *head, last = draft.content
    if last.end < quotation.end:
        last = Span(last.start, quotation.end)
    return replace(draft, content=(*head, last), mode=Mode.MIXED)


def direct(reading: Reading, cues: Cues, quotation: Quotation, cue_token: Token | None) -> Draft:
    """What a quotation says, with the words for its speaker where it has a cue."""
    if cue_token is None:
        return Draft(content=quotation.fragments, mode=Mode.DIRECT, method="rule:quotation")
    cue = cues.verb_at(cue_token)
    closing = quotation.end <= cue_token.idx
    source = _quoted_as_saying(cue_token) or speaker_token(reading, cue_token, closing=closing)
    spans = (
        (
            outside(
                reading,
                trimmed(reading.text, subtree_span(reading, source)),
                source,
                held=lambda other: other == quotation or is_speech(reading, cues, other),
            ),
        )
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


def _quoted_as_saying(verb: Token) -> Token | None:
    """Who is quoted in "the report quotes X as saying"."""
    if verb.lemma_.lower() not in {"quote", "cite"}:
        return None
    phrase = next((c for c in verb.children if c.dep_ == "prep" and c.lower_ == "as"), None)
    return child(verb, "dobj") if phrase is not None and child(phrase, "pcomp") else None
