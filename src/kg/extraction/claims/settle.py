"""From drafts to claims: who speaks, when, inside of whose words, and what stays open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from spacy.tokens import Token

from kg.extraction.attribution import Attribution
from kg.extraction.claims.circumstances import find_circumstances
from kg.extraction.claims.draft import Draft
from kg.extraction.claims.joined import join
from kg.extraction.claims.learned import find_learned
from kg.extraction.claims.reported import find_reported
from kg.extraction.claims.spoken import find_spoken
from kg.extraction.coreference import Cast
from kg.extraction.lexicon import Lexicon
from kg.extraction.reading import Reading, antecedent, is_definite, subtree_span, top_of
from kg.extraction.stance import stance_of
from kg.model import Abstention, Certainty, Claim, EntityKind, Mode, Polarity, Span, Stance

__all__ = ["find_claims"]

FIRST_PERSON = {"i", "we", "me", "us"}


def find_claims(
    reading: Reading,
    cast: Cast,
    words: Lexicon,
    attributions: Sequence[Attribution] | None = None,
) -> tuple[tuple[Claim, ...], tuple[Abstention, ...]]:
    """The claims of a document in the order of the text, and those whose speaker is left open.

    ``attributions`` are what the learned tagger found; where it is None the rules stand alone.
    """
    drafts = sorted(
        _drafts(reading, cast, words, attributions),
        key=lambda draft: (draft.content[0].start, -draft.size),
    )
    claims = [
        _claim(reading, cast, words, draft, f"c{number}")
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


def _drafts(
    reading: Reading, cast: Cast, words: Lexicon, attributions: Sequence[Attribution] | None
) -> list[Draft]:
    """What the rules find, joined with what the tagger found where there is one."""
    spoken, rest = find_spoken(reading, cast, words, list(find_reported(reading, words)))
    ruled = [*spoken, *rest]
    if attributions is None:
        return ruled
    return join(reading, find_learned(reading, words, attributions), ruled)


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


def _claim(reading: Reading, cast: Cast, words: Lexicon, draft: Draft, identifier: str) -> Claim:
    stance = draft.cue.content if draft.cue is not None else Stance()
    if draft.cue_token is not None and draft.cue_token.pos_ in {"VERB", "AUX"}:
        spoken = stance_of(
            draft.cue_token, words.cues, inside=subtree_span(reading, draft.cue_token)
        )
        if spoken != Stance():  # not said, to be said, perhaps said: nothing is held to be so
            stance = Stance(stance.polarity, Certainty.UNREAL)
    if stance.polarity is Polarity.DENIED and _is_question(reading, draft):
        stance = Stance(Polarity.AFFIRMED, Certainty.UNREAL)  # "how many died is disputed"
    around = find_circumstances(reading, cast, words, draft)
    return Claim(
        id=identifier,
        speaker=_speaker(reading, cast, draft),
        source=draft.source,
        cue=draft.cue_spans,
        content=draft.content,
        mode=draft.mode,
        cue_kind=draft.cue.kind if draft.cue is not None else None,
        said=around.said,
        addressee=around.addressee,
        addressee_spans=around.addressee_spans,
        medium=around.medium,
        medium_spans=around.medium_spans,
        voiced=_voiced(reading, draft),
        stance=stance,
        method=draft.method,
    )


def _is_question(reading: Reading, draft: Draft) -> bool:
    """Whether what is said to be in doubt is a clause that asks: whether, how many, who."""
    first = next(reading.tokens_in(draft.content[0]), None)
    return (
        draft.mode is Mode.INDIRECT
        and first is not None
        and (first.lower_ == "whether" or first.tag_ in {"WP", "WRB", "WDT", "WP$"})
    )


def _voiced(reading: Reading, draft: Draft) -> tuple[Span, ...] | None:
    """The part of the content that the speaker answers for; None for all of it.

    Of "X has been described as Y" that is Y: X is the document's word. Who opposes, condemns or
    supports "the coup" takes it from the document too, while who fears or demands it, or calls
    it by another name, does not.
    """
    verb, cue = draft.cue_token, draft.cue
    passive = verb is not None and any(child.dep_ == "auxpass" for child in verb.children)
    if passive and draft.mode is Mode.INDIRECT and len(draft.content) > 1:
        return draft.content[1:]
    if draft.mode is not Mode.INDIRECT:
        return None
    if cue is not None and cue.clause_only and not _has_clause(reading, draft):
        return ()  # "saw the attack", "held him liable for the attack": the verb reports nothing
    if cue is not None and not cue.presupposes:
        return None
    return () if all(_is_taken_for_granted(reading, part) for part in draft.content) else None


def _has_clause(reading: Reading, draft: Draft) -> bool:
    """Whether a part of the content has a verb for its head."""
    heads = [top_of(list(reading.tokens_in(part))) for part in draft.content]
    return any(head is not None and head.pos_ in {"VERB", "AUX"} for head in heads)


def _is_taken_for_granted(reading: Reading, part: Span) -> bool:
    """Whether words are a definite noun phrase or name: not a clause, nor a thing as another."""
    tokens = list(reading.tokens_in(part))
    head = top_of(tokens)
    return (
        head is not None
        and (head.pos_ == "PROPN" or (head.pos_ == "NOUN" and is_definite(head)))
        and all(token.lower_ != "as" for token in tokens)
    )


def _speaker(reading: Reading, cast: Cast, draft: Draft) -> str | None:
    """The entity that the words of a source stand for; "who" stands for what it follows."""
    head = draft.source_head
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
        named = next((child for child in head.children if child.dep_ == "appos"), None)
        if head.lower_ == "one" and named is not None:
            return cast.at(named)  # "one of them, X, said": not all of them
        below = [p for prep in head.children if prep.lower_ == "of" for p in prep.children]
        return cast.at(below[0]) if below else None
    if found is None and head.text[:1].isupper():  # "Presiding Judge X": the parser lost the head
        return _only_one_in(reading, cast, draft.source)
    return None if found is not None and _is_open(reading, cast, head) else found


def _is_open(reading: Reading, cast: Cast, head: Token) -> bool:
    """Whether a name fits several people of the text, so that nobody is known to speak."""
    phrase = cast.phrase_at(head)
    return phrase is not None and any(gap.span == phrase.span(reading) for gap in cast.abstentions)


def _only_one_in(reading: Reading, cast: Cast, source: Iterable[Span]) -> str | None:
    """The one entity that the words of a source name; None where they name several."""
    found = {
        identifier
        for part in source
        for token in reading.tokens_in(part)
        if (identifier := cast.at(token)) is not None
    }
    return found.pop() if len(found) == 1 else None


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
