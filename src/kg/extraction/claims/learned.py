"""What the learned tagger found, as drafts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from spacy.tokens import Token

from kg.extraction.attribution import Attribution
from kg.extraction.claims.draft import Draft, cue_span, mode_of
from kg.extraction.claims.labels import opens_turn
from kg.extraction.claims.terms import is_named
from kg.extraction.claims.wholes import whole
from kg.extraction.lexicon import Cue, Cues, Lexicon
from kg.extraction.reading import Reading, subtree_span, top_of, trimmed
from kg.extraction.scenes import scene_changes
from kg.model import Mode, Span

__all__ = ["NOBODY", "find_learned"]

#: Words that stand for nobody in particular: "people say", "they call it".
NOBODY = {
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
_EMPTY = {"ADP", "AUX", "CCONJ", "DET", "PART", "SCONJ"}
_CALLED = {"dobj", "nsubjpass", "appos", "compound"}  #: the words for who is removed from office
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
        parts = whole(reading, _tidy(reading, found.content), (*source, *spans))
        kept = (part for part in parts if not _is_parted(reading, part, spans or source, parts))
        content = tuple(_in_one_turn(reading, part) for part in kept)
        if not _says_something(reading, content):
            continue
        if not spans and not _is_colon(reading, found.cue):
            continue
        cue_token, cue = _cue(reading, cues, spans)
        if cue_token is not None and cue is not None and cue_token.pos_ in {"VERB", "AUX"}:
            spans = (cue_span(reading, cue_token, len(cue.words)),)
        if cue_token is not None and (
            (cue is None and _is_act(words, cue_token))
            or _dismisses_somebody(words, cue_token)
            or _is_to_do(reading, spans, content)
            or (not source and _is_nobodys(cue_token))
        ):
            continue
        head, source = _source(reading, source, cue_token)
        if head is not None and head.dep_ == "nsubjpass" and head.head == cue_token:
            cue = None  # who is encouraged or accused does nothing of the kind
        mode = _mode(reading, content)
        if not spans and reading.text[content[-1].end - 1] in ".?!":
            mode = Mode.DIRECT  # a turn: NAME, a colon, and what is said
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


def _source(
    reading: Reading, source: tuple[Span, ...], cue: Token | None
) -> tuple[Token | None, tuple[Span, ...]]:
    """The head of the words for who speaks, and the words that are its own.

    Without a comma the tagger takes the phrase before the subject along: "after years of denials
    the ministry admitted".
    """
    tokens = list(reading.tokens_in(source[0])) if source else []
    head = top_of(tokens)
    if head is None or cue is None or cue.pos_ != "VERB":
        return head, source
    subjects = [t for t in tokens if t.dep_ == "nsubj" and t.head == cue and t.pos_ != "PRON"]
    if len(subjects) != 1 or head in subjects[0].subtree or head.is_ancestor(subjects[0]):
        return head, source
    own = subtree_span(reading, subjects[0])
    narrowed = Span(max(source[0].start, own.start), min(source[0].end, own.end))
    return subjects[0], (trimmed(reading.text, narrowed),)


def _says_something(reading: Reading, content: Iterable[Span]) -> bool:
    """Whether a content has a word that is more than an article or a preposition."""
    return any(
        token.is_alpha and token.pos_ not in _EMPTY
        for part in content
        for token in reading.tokens_in(part)
    )


def _is_act(words: Lexicon, verb: Token) -> bool:
    """Whether a verb names an event; who votes for a thing says to be for it."""
    found = next(words.events.verbs_at(verb), None) if verb.pos_ == "VERB" else None
    return found is not None and found.kind != "vote"


def _dismisses_somebody(words: Lexicon, verb: Token) -> bool:
    """Whether a verb that denies things removes somebody here: dismissed its secretary."""
    if verb.pos_ != "VERB":
        return False
    hit = [c for c in verb.children if c.dep_ in {"dobj", "nsubjpass"}]
    named = {n.lemma_.lower() for c in hit for n in (c, *c.children) if n.dep_ in _CALLED}
    return any(entry.beside & named for entry in words.events.verbs_at(verb))


def _is_to_do(reading: Reading, cue: Sequence[Span], content: Sequence[Span]) -> bool:
    """Whether a cue is the bare "is" of "X is to investigate", which tells what X will do."""
    tokens = [token for span in cue for token in reading.tokens_in(span)]
    first = next(reading.tokens_in(content[0]), None)
    return (
        bool(tokens)
        and all(t.lemma_ == "be" for t in tokens)
        and (first is not None and first.lower_ == "to")
    )


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
    first, last = sorted((part.start, cue[0].start))
    if (
        scene_changes(reading, first, last)
        or _next_turn(reading, Span(first, last + 1)) is not None
    ):
        return True
    if part.end > cue[0].start or not _is_quoted(reading, part):
        return False
    ends = {"."} if all(other.start < cue[0].end for other in parts) else set(".!?")
    said = reading.text[part.start : part.end].rstrip("”\"'’»« ")
    after = reading.text[part.end : cue[0].start].lstrip()
    return said[-1:] in ends and after[:1].isupper() and "”" not in after


def _next_turn(reading: Reading, stretch: Span) -> Span | None:
    """The first paragraph behind the one that a stretch starts in that opens with a label."""
    first = reading.paragraph_number(stretch.start) + 1
    end = reading.paragraph_number(max(stretch.start, stretch.end - 1)) + 1
    return next((p for p in reading.paragraphs[first:end] if opens_turn(reading, p)), None)


def _in_one_turn(reading: Reading, part: Span) -> Span:
    """A fragment up to where another one's turn begins."""
    turn = _next_turn(reading, part)
    return part if turn is None else trimmed(reading.text, Span(part.start, turn.start))


def _is_quoted(reading: Reading, part: Span) -> bool:
    """Whether one quotation holds the whole of a fragment."""
    return any(f.covers(part) for q in reading.quotations_in(part) for f in q.fragments)


def _is_nobodys(noun: Token) -> bool:
    """Whether a noun denies that anybody says or holds it: there is no doubt that."""
    return noun.pos_ == "NOUN" and any(child.lower_ == "no" for child in noun.lefts)


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
    return named and words < _SPEECH_WORDS and (head is None or head.lower_ in NOBODY)


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
