"""What the learned tagger found, as drafts, and how the rules' drafts join them.

The tagger learnt from news which words are whose; the rules know forms that news seldom has
(lists, chants, turns of a transcript) and words reported inside of reported words, which the
tagger's corpus does not mark.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from spacy.tokens import Token

from kg.extraction.attribution import Attribution
from kg.extraction.claims.draft import Draft, cue_span, mode_of
from kg.extraction.lexicon import Cue, Cues, Lexicon
from kg.extraction.reading import Reading, is_finite, top_of, trimmed
from kg.model import Mode, Span

__all__ = ["find_learned", "join"]

#: Forms that the tagger's corpus hardly has: there the rules decide.
_RULED = {"rule:quotation-list", "rule:speech-after-colon"}
_FIRST_PERSON = {"i", "we", "me", "us"}
#: Words that stand for nobody in particular: "people say", "they call it".
_NOBODY = {
    "you",
    "one",
    "people",
    "they",
    "everybody",
    "everyone",
    "somebody",
    "someone",
    "anybody",
    "anyone",
    "nobody",
}
_SPEECH_WORDS = 4  # as in `quoted`: fewer quoted words may be a term


def find_learned(
    reading: Reading, words: Lexicon, attributions: Iterable[Attribution]
) -> Iterator[Draft]:
    """Each attribution of the tagger as a draft, with the cue that its words are.

    Acts are left out: who convicts, sues or arrests somebody does something, and says nothing.
    """
    cues = words.cues
    for found in attributions:
        content = _tidy(reading, found.content)
        if not content:
            continue
        source = _trimmed(reading, found.source)
        spans = _trimmed(reading, found.cue)
        cue_token, cue = _cue(reading, cues, spans)
        if cue_token is not None and cue is not None and cue_token.pos_ in {"VERB", "AUX"}:
            spans = (cue_span(reading, cue_token, len(cue.words)),)
        if cue is None and cue_token is not None and _is_act(words, cue_token):
            continue
        if not source and cue_token is not None and _is_nobodys(cue_token):
            continue
        heads = list(reading.tokens_in(source[0])) if source else []
        head = top_of(heads)
        mode = _mode(reading, content)
        if mode is Mode.DIRECT and _is_term(reading, cue, head, content):
            continue
        yield Draft(
            content=content,
            mode=mode,
            method="model:attribution",
            cue=cue,
            cue_token=cue_token,
            cue_spans=spans,
            source_head=head,
            source=source,
        )


def _is_act(words: Lexicon, verb: Token) -> bool:
    """Whether a verb names an event."""
    return verb.pos_ == "VERB" and next(words.events.verbs_at(verb), None) is not None


def _is_nobodys(noun: Token) -> bool:
    """Whether a noun denies that anybody says or holds it: there is no doubt that."""
    return noun.pos_ == "NOUN" and any(child.lower_ == "no" for child in noun.lefts)


def _is_term(
    reading: Reading, cue: Cue | None, head: Token | None, content: Iterable[Span]
) -> bool:
    """Whether a few quoted words are what nobody in particular calls something."""
    words = sum(token.is_alpha for part in content for token in reading.tokens_in(part))
    named = cue is not None and cue.kind == "describe"
    return named and words < _SPEECH_WORDS and (head is None or head.lower_ in _NOBODY)


def _tidy(reading: Reading, parts: Iterable[tuple[int, int]]) -> tuple[Span, ...]:
    """The fragments without marks at their edges, and without the "it" of "it was claimed that"."""
    spans = _trimmed(reading, parts)
    if len(spans) > 1 and spans[0].of(reading.text).lower() == "it":
        return spans[1:]
    return spans


def _trimmed(reading: Reading, parts: Iterable[tuple[int, int]]) -> tuple[Span, ...]:
    """The spans without marks at their edges; what is only marks is left out."""
    spans = (trimmed(reading.text, Span(*part)) for part in parts)
    return tuple(part for part in spans if part.start < part.end)


def _mode(reading: Reading, content: Sequence[Span]) -> Mode:
    """Direct where quotation marks hold every fragment, else as the rules have it."""
    quoted = [
        any(f.covers(part) for q in reading.quotations_in(part) for f in q.fragments)
        for part in content
    ]
    if all(quoted):
        return Mode.DIRECT
    return Mode.MIXED if any(quoted) else mode_of(reading, content)


def _cue(reading: Reading, cues: Cues, spans: Sequence[Span]) -> tuple[Token | None, Cue | None]:
    """The word that ascribes, and its entry in the word lists, None for a word not in them."""
    tokens = [token for span in spans for token in reading.tokens_in(span) if not token.is_punct]
    if not tokens:
        return None, None
    top = top_of(tokens)
    ordered = [top, *(token for token in tokens if token != top)] if top else tokens
    for token in ordered:
        cue = _entry(reading, cues, token)
        if cue is not None:
            return token, cue
    return ordered[0], None


def _entry(reading: Reading, cues: Cues, token: Token) -> Cue | None:
    """The entry that a token is or starts."""
    phrase = cues.phrase_at(reading.doc, token.i)
    if phrase is not None:
        return phrase[1]
    if token.pos_ in {"VERB", "AUX"}:
        return cues.verb_at(token)
    return cues.nouns.get(token.lemma_.lower()) if token.pos_ in {"NOUN", "PROPN"} else None


def join(learned: Iterable[Draft], ruled: Sequence[Draft]) -> list[Draft]:
    """The drafts of both: where they meet the tagger decides, but for forms that rules know better.

    What the rules alone find stays where it is speech: their attitudes are right once in four
    times where the tagger saw nothing (PolNeAR dev). Inside of what the tagger found only that
    stays in which somebody else is said to have spoken: a chain of hearsay. "I think" within a
    speaker's own words is how sure they are, and no second speaker.
    """
    fixed = [draft for draft in ruled if _is_ruled(draft)]
    kept = [
        _by_rule(draft, ruled)
        for draft in learned
        if not any(_overlap(draft, other) for other in fixed)
    ]
    rest = [
        draft
        for draft in ruled
        if not _is_ruled(draft)
        and _is_speech(draft)
        and (_is_hearsay(draft, kept) or not any(_meet(draft, other) for other in kept))
    ]
    return [*fixed, *kept, *rest]


def _is_ruled(draft: Draft) -> bool:
    """Whether a draft has a form in which the rules decide."""
    return draft.method in _RULED or (draft.cue is not None and draft.cue.kind == "chant")


def _is_speech(draft: Draft) -> bool:
    return draft.cue.speech if draft.cue is not None else draft.mode is Mode.DIRECT


def _by_rule(draft: Draft, ruled: Iterable[Draft]) -> Draft:
    """The rules' draft with the same cue where they know better what is said, else the tagger's.

    They do where the tagger joined words without marks to a quotation, where what a noun says
    ("the claim that ...") ran on into what is said of the noun, where it took who is told for
    part of what is said ("X was told that"), and of "X was quoted as saying" whose words it is.
    """
    for other in ruled:
        if _is_quoted_as(draft, other):
            return other
        if not _share_cue(draft, other):
            continue
        held = all(any(p.covers(q) for p in draft.content) for q in other.content)
        beside = [p for p in draft.content if not any(p.overlaps(q) for q in other.content)]
        quoted = draft.mode is Mode.MIXED and other.mode is Mode.DIRECT and bool(other.source)
        told = other.method == "rule:passive-of-saying" and bool(beside)
        if held and ((quoted and beside) or told or other.method == "rule:noun-of-saying"):
            return other
    return draft


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
    if verb is None or head is None or head.lower_ in _NOBODY:
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
