"""From drafts to claims: who speaks, when, inside of whose words, and what stays open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from spacy.tokens import Token

from kg.extraction.claims.draft import Draft
from kg.extraction.claims.reported import find_reported
from kg.extraction.claims.spoken import find_spoken
from kg.extraction.coreference import Cast
from kg.extraction.lexicon import Cues, Lexicon
from kg.extraction.reading import Reading, antecedent, subtree_span
from kg.extraction.stance import stance_of
from kg.model import Abstention, Certainty, Claim, EntityKind, Mode, Stance, Time

__all__ = ["find_claims"]

FIRST_PERSON = {"i", "we", "me", "us"}


def find_claims(
    reading: Reading, cast: Cast, words: Lexicon
) -> tuple[tuple[Claim, ...], tuple[Abstention, ...]]:
    """The claims of a document in the order of the text, and those whose speaker is left open."""
    cues = words.cues
    spoken, rest = find_spoken(reading, cast, words, list(find_reported(reading, words)))
    drafts = sorted((*spoken, *rest), key=lambda draft: (draft.content[0].start, -draft.size))
    claims = [
        _claim(reading, cast, cues, draft, f"c{number}")
        for number, draft in enumerate(drafts, start=1)
    ]
    settled: dict[str, Claim] = {}
    around: list[Claim] = []  # the claims so far that reach beyond the one in hand
    for claim, draft in zip(claims, drafts, strict=True):
        around = [other for other in around if other.content[-1].end > claim.content[0].start]
        nested = replace(claim, within=_within(claim, around))
        settled[claim.id] = _in_first_person(nested, draft, settled)
        around.append(settled[claim.id])
    found = tuple(settled.values())
    return found, tuple(_left_open(found))


def _left_open(claims: Iterable[Claim]) -> Iterator[Abstention]:
    """What a person has to say of claims: who speaks, where words or a quotation leave it open."""
    for claim in claims:
        if claim.speaker is not None:
            continue
        if claim.source:
            where, reason = claim.source[0], "the words for the speaker stand for nobody known"
        elif claim.mode is Mode.DIRECT:
            where, reason = claim.content[0], "no words near the quotation say who speaks"
        else:
            continue
        yield Abstention(span=where, what="speaker", reason=reason, method=claim.method)


def _claim(reading: Reading, cast: Cast, cues: Cues, draft: Draft, identifier: str) -> Claim:
    stance = draft.cue.content if draft.cue is not None else Stance()
    if draft.cue_token is not None and draft.cue_token.pos_ in {"VERB", "AUX"}:
        spoken = stance_of(draft.cue_token, cues, inside=subtree_span(reading, draft.cue_token))
        if spoken != Stance():  # not said, to be said, perhaps said: nothing is held to be so
            stance = Stance(stance.polarity, Certainty.UNREAL)
    return Claim(
        id=identifier,
        speaker=_speaker(cast, draft.source_head),
        source=draft.source,
        cue=draft.cue_spans,
        content=draft.content,
        mode=draft.mode,
        cue_kind=draft.cue.kind if draft.cue is not None else None,
        said=_said(reading, draft),
        stance=stance,
        method=draft.method,
    )


def _speaker(cast: Cast, head: Token | None) -> str | None:
    """The entity that the head of a source stands for; "who" stands for what it follows."""
    if head is None:
        return None
    relative = head
    head = antecedent(head, head.head)
    found = cast.at(head)
    if relative.lower_ == "who" and found is not None:  # "a lawyer in X, who said": not the place
        while cast.entity(found).kind is EntityKind.PLACE and head.head != head:
            head = head.head
            found = cast.at(head) or found
    if found is None and head.lower_ in {"one", "some", "many", "most", "several", "both", "all"}:
        below = [p for prep in head.children if prep.lower_ == "of" for p in prep.children]
        return cast.at(below[0]) if below else None
    return found


def _within(claim: Claim, claims: Iterable[Claim]) -> str | None:
    """The smallest other claim whose content holds the whole of this one."""
    parts = (*claim.source, *claim.cue, *claim.content)
    around = [
        other
        for other in claims
        if all(any(span.covers(part) for span in other.content) for part in parts)
    ]
    smallest = min(around, key=lambda o: sum(p.end - p.start for p in o.content), default=None)
    return smallest.id if smallest else None


def _in_first_person(claim: Claim, draft: Draft, claims: Mapping[str, Claim]) -> Claim:
    """A claim whose source is "I" inside quoted words is that of who is quoted."""
    if claim.speaker is not None or draft.source_head is None:
        return claim
    if draft.source_head.lower_ not in FIRST_PERSON:
        return claim
    outer = claims.get(claim.within or "")
    while outer is not None and outer.mode is Mode.INDIRECT:
        outer = claims.get(outer.within or "")
    return claim if outer is None else replace(claim, speaker=outer.speaker)


def _said(reading: Reading, draft: Draft) -> Time | None:
    """The time that hangs below the cue and outside of the content."""
    verb = draft.cue_token
    if verb is None:
        return None
    for time in reading.times:
        if any(part.overlaps(time.span) for part in (*draft.content, *draft.source)):
            continue
        token = next(reading.tokens_in(time.span), None)
        if token is not None and token.sent == verb.sent and verb.is_ancestor(token):
            return time
    return None
