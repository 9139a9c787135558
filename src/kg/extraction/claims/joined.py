"""What the learned tagger and the rules found, as one.

The tagger learnt from news which words are whose; the rules know forms that news seldom has
(lists, chants, turns of a transcript), the edges of quotations, and words reported inside of
reported words, which the tagger's corpus does not mark.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence

from spacy.tokens import Token

from kg.extraction.claims.draft import Draft
from kg.extraction.claims.learned import NOBODY
from kg.extraction.near import Near, hull
from kg.extraction.reading import Reading, is_finite
from kg.model import Mode, Span

__all__ = ["join"]

#: Forms that the tagger's corpus hardly has: there the rules decide.
_RULED = {
    "rule:banner",
    "rule:caption",
    "rule:dash-dialogue",
    "rule:quotation-list",
    "rule:signature",
    "rule:speech-after-colon",
    "rule:transcript",
}
_FIRST_PERSON = {"i", "we", "me", "us"}
#: The marks that the tagger reads as opening a quotation; others it takes for ordinary ones.
_READ = '“„«"'


def join(reading: Reading, learned: Iterable[Draft], ruled: Sequence[Draft]) -> list[Draft]:
    """The drafts of both: where they meet the tagger decides, but for forms that rules know better.

    What the rules alone find stays where it is speech: their attitudes are right once in four
    times where the tagger saw nothing (PolNeAR dev). Inside of what the tagger found only that
    stays in which somebody else is said to have spoken: a chain of hearsay. "I think" within a
    speaker's own words is how sure they are, and no second speaker.
    """
    fixed = [draft for draft in ruled if _is_ruled(draft)]
    near_fixed, near_ruled = _near(reading, fixed), _near(reading, ruled)
    kept = []
    for draft in learned:
        where = _where(reading, draft)
        rivals = near_fixed.to(where)
        if not any(_overlap(draft, other) for other in rivals) or _is_hearsay(draft, rivals):
            kept.append(_by_rule(reading, draft, near_ruled.to(where)))
    near_kept = _near(reading, kept)
    rest = [
        draft
        for draft in ruled
        if not _is_ruled(draft)
        and _adds_to(
            draft,
            near_fixed.to(_where(reading, draft)),
            near_kept.to(_where(reading, draft)),
        )
    ]
    return list(dict.fromkeys((*fixed, *kept, *rest)))


def _adds_to(draft: Draft, fixed: Sequence[Draft], kept: Sequence[Draft]) -> bool:
    """Whether a draft of the rules stays beside those near it that are there already."""
    if any(_share_cue(draft, other) for other in kept):
        return False
    if any(_overlap(draft, o) for o in fixed) or any(
        _meet(draft, o) and not _is_beside_source(draft, o) for o in kept
    ):
        return _is_hearsay(draft, [*fixed, *kept])
    return _is_speech(draft)


def _near(reading: Reading, drafts: Iterable[Draft]) -> Near[Draft]:
    return Near(drafts, functools.partial(_where, reading))


def _where(reading: Reading, draft: Draft) -> Span:
    """From the first to the last word of a draft and of the sentence that its cue stands in."""
    spans = (*draft.content, *draft.source, *draft.cue_spans)
    if draft.cue_token is None:
        return hull(spans)
    return hull((*spans, reading.sentence_of(draft.cue_token)))


def _is_ruled(draft: Draft) -> bool:
    """Whether a draft has a form in which the rules decide."""
    return draft.method in _RULED or (draft.cue is not None and draft.cue.kind == "chant")


def _is_speech(draft: Draft) -> bool:
    return draft.cue.speech if draft.cue is not None else draft.mode is Mode.DIRECT


def _by_rule(reading: Reading, draft: Draft, ruled: Iterable[Draft]) -> Draft:
    """The rules' draft with the same cue where they know better what is said, else the tagger's.

    They know exactly where a quotation with a cue begins and ends, that what a noun says ("the
    claim that ...") ends before what is said of the noun, who is told and not said anything of
    ("X was told that"), and of "X was quoted as saying" whose words it is. Where the tagger
    found nobody who speaks and they did, they are believed.
    """
    for other in ruled:
        if _is_quoted_as(draft, other):
            return other
        if not _share_cue(draft, other):
            continue
        if not draft.source and other.source:
            return other
        if other.method == "rule:noun-of-saying" and _holds(draft, other):
            return other
        if other.method == "rule:passive-of-saying" and _adds(draft, other):
            return other
        if other.mode is not Mode.DIRECT or not other.source:
            continue
        misread = reading.text[other.content[0].start] not in _READ
        if draft.mode is Mode.DIRECT or misread or _adds(draft, other):
            return other
    return draft


def _holds(draft: Draft, other: Draft) -> bool:
    """Whether the content of another draft lies within that of the first."""
    return all(any(part.covers(inner) for part in draft.content) for inner in other.content)


def _adds(draft: Draft, other: Draft) -> bool:
    """Whether a draft holds another one and a fragment beside it."""
    beside = (p for p in draft.content if not any(p.overlaps(q) for q in other.content))
    return _holds(draft, other) and any(beside)


def _is_quoted_as(draft: Draft, other: Draft) -> bool:
    """Whether one draft is what the other's "was quoted", by nobody who is named, passes on."""
    verb, gerund = draft.cue_token, other.cue_token
    return (
        verb is not None
        and gerund is not None
        and not draft.source
        and verb.lemma_.lower() in {"quote", "cite"}
        and _is_passed_on(gerund)
        and verb.is_ancestor(gerund)
    )


def _is_passed_on(verb: Token) -> bool:
    """Whether a verb is the gerund of "quoted X as saying"."""
    return verb.dep_ == "pcomp" and verb.tag_ == "VBG" and verb.head.lower_ == "as"


def _is_hearsay(draft: Draft, around: Iterable[Draft]) -> bool:
    """Whether a draft reports speech that was uttered, inside of what somebody says.

    "They would say" and "people say" report no utterance; nor does "I say", which is being
    uttered, while "I told him" is what a witness says to have said.
    """
    verb, head = draft.cue_token, draft.source_head
    if verb is None or head is None or head.lower_ in NOBODY or not _is_speech(draft):
        return False
    if head.lower_ in _FIRST_PERSON and verb.tag_ not in {"VBD", "VBN"}:
        return False
    told = _is_told_as_fact(verb) or _is_passed_on(verb)
    if verb.pos_ in {"VERB", "AUX"} and not told:
        return False
    parts = (*draft.content, *draft.source, *draft.cue_spans)
    return any(
        all(any(whole.covers(part) for whole in other.content) for part in parts)
        for other in around
    )


def _is_beside_source(draft: Draft, other: Draft) -> bool:
    """Whether a draft is what the clause of a source says: "lawyers, who deny it, said that"."""
    verb = draft.cue_token
    parts = (*draft.content, *draft.cue_spans)
    return (
        verb is not None
        and verb.dep_ == "relcl"
        and all(any(whole.covers(part) for whole in other.source) for part in parts)
    )


def _is_told_as_fact(verb: Token) -> bool:
    """Whether a verb has a tense of its own and no modal."""
    return is_finite(verb) and not any(child.tag_ == "MD" for child in verb.children)


def _overlap(one: Draft, other: Draft) -> bool:
    """Whether the contents of two drafts share characters."""
    return any(a.overlaps(b) for a in one.content for b in other.content)


def _share_cue(one: Draft, other: Draft) -> bool:
    return any(a.overlaps(b) for a in one.cue_spans for b in other.cue_spans)


def _meet(one: Draft, other: Draft) -> bool:
    """Whether any words of two drafts are the same."""
    return any(
        a.overlaps(b)
        for a in (*one.content, *one.source, *one.cue_spans)
        for b in (*other.content, *other.source, *other.cue_spans)
    )
