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
from kg.extraction.claims.terms import is_named
from kg.extraction.lexicon import Cue, Cues, Lexicon
from kg.extraction.reading import Reading, is_finite, top_of, trimmed
from kg.extraction.scenes import scene_changes
from kg.model import Mode, Span

__all__ = ["find_learned", "join"]

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
#: The marks that the tagger reads as opening a quotation; others it takes for ordinary ones.
_READ = '“„«"'
_SPEECH_WORDS = 4  # as in `quoted`: fewer quoted words may be a term


def find_learned(
    reading: Reading, words: Lexicon, attributions: Iterable[Attribution]
) -> Iterator[Draft]:
    """Each attribution of the tagger as a draft, with the cue that its words are.

    Acts are left out: who convicts, sues or arrests somebody does something, and says nothing.
    """
    cues = words.cues
    for found in attributions:
        source = _trimmed(reading, found.source)
        spans = _trimmed(reading, found.cue)
        parts = _tidy(reading, found.content)
        content = tuple(part for part in parts if not _is_parted(reading, part, spans, parts))
        if not content or (not spans and not _is_colon(reading, found.cue)):
            continue
        cue_token, cue = _cue(reading, cues, spans)
        if cue_token is not None and cue is not None and cue_token.pos_ in {"VERB", "AUX"}:
            spans = (cue_span(reading, cue_token, len(cue.words)),)
        if cue is None and cue_token is not None and _is_act(words, cue_token):
            continue
        heads = list(reading.tokens_in(source[0])) if source else []
        head = top_of(heads)
        mode = _mode(reading, content)
        if mode is not Mode.INDIRECT and _is_term(reading, cue, head, content):
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


def _is_colon(reading: Reading, cue: Iterable[tuple[int, int]]) -> bool:
    """Whether a cue without words is a colon, as in headlines; a dash is the rules' to read."""
    return any(":" in reading.text[start:end] for start, end in cue)


def _is_parted(reading: Reading, part: Span, cue: Sequence[Span], parts: Iterable[Span]) -> bool:
    """Whether a scene changes, or a sentence has ended, between words and their cue.

    In “They came.” Dana Holt said no more, the stop inside of the marks ends the sentence; so
    does an exclamation before a cue that has words of its own.
    """
    if not cue:
        return False
    if scene_changes(reading, part.start, cue[0].start):
        return True
    if part.end > cue[0].start or not _is_quoted(reading, part):
        return False
    ends = {"."} if all(other.start < cue[0].end for other in parts) else set(".!?")
    said = reading.text[part.start : part.end].rstrip("”\"'’»« ")
    after = reading.text[part.end : cue[0].start].lstrip()
    return said[-1:] in ends and after[:1].isupper() and "”" not in after


def _is_quoted(reading: Reading, part: Span) -> bool:
    """Whether one quotation holds the whole of a fragment."""
    return any(f.covers(part) for q in reading.quotations_in(part) for f in q.fragments)


def _is_term(
    reading: Reading, cue: Cue | None, head: Token | None, content: Sequence[Span]
) -> bool:
    """Whether quoted words are a name or title, or what nobody in particular calls something."""
    quoted = [part for part in content if _is_quoted(reading, part)]
    marks = [reading.quotation_at(part.start) for part in quoted]
    if marks and all(mark is not None and is_named(reading, mark) for mark in marks):
        return True
    words = sum(token.is_alpha for part in quoted for token in reading.tokens_in(part))
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
    quoted = [_is_quoted(reading, part) for part in content]
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


def join(reading: Reading, learned: Iterable[Draft], ruled: Sequence[Draft]) -> list[Draft]:
    """The drafts of both: where they meet the tagger decides, but for forms that rules know better.

    What the rules alone find stays where it is speech: their attitudes are right once in four
    times where the tagger saw nothing (PolNeAR dev). Inside of what the tagger found only that
    stays in which somebody else is said to have spoken: a chain of hearsay. "I think" within a
    speaker's own words is how sure they are, and no second speaker.
    """
    fixed = [draft for draft in ruled if _is_ruled(draft)]
    kept = [
        _by_rule(reading, draft, ruled)
        for draft in learned
        if not any(_overlap(draft, other) for other in fixed) or _is_hearsay(draft, fixed)
    ]
    rest = [
        draft
        for draft in ruled
        if not _is_ruled(draft)
        and not any(_share_cue(draft, other) for other in kept)
        and (
            _is_hearsay(draft, [*fixed, *kept])
            if any(_overlap(draft, o) for o in fixed) or any(_meet(draft, o) for o in kept)
            else _is_speech(draft)
        )
    ]
    return list(dict.fromkeys((*fixed, *kept, *rest)))


def _is_ruled(draft: Draft) -> bool:
    """Whether a draft has a form in which the rules decide."""
    return draft.method in _RULED or (draft.cue is not None and draft.cue.kind == "chant")


def _is_speech(draft: Draft) -> bool:
    return draft.cue.speech if draft.cue is not None else draft.mode is Mode.DIRECT


def _by_rule(reading: Reading, draft: Draft, ruled: Iterable[Draft]) -> Draft:
    """The rules' draft with the same cue where they know better what is said, else the tagger's.

    They know exactly where a quotation with a cue begins and ends, and that what a noun says
    ("the claim that ...") ends before what is said of the noun.
    """
    for other in ruled:
        if not _share_cue(draft, other):
            continue
        if other.method == "rule:noun-of-saying" and _holds(draft, other):
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


def _is_hearsay(draft: Draft, around: Iterable[Draft]) -> bool:
    """Whether a draft reports speech that was uttered, inside of what somebody says.

    "They would say" and "people say" report no utterance; nor does "I say", which is being
    uttered, while "I told him" is what a witness says to have said.
    """
    verb, head = draft.cue_token, draft.source_head
    if verb is None or head is None or head.lower_ in _NOBODY or not _is_speech(draft):
        return False
    if head.lower_ in _FIRST_PERSON and verb.tag_ not in {"VBD", "VBN"}:
        return False
    if verb.pos_ in {"VERB", "AUX"} and not _is_told_as_fact(verb):
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
