"""Dialogue by dashes: — I saw them, she said. — They came at night."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

from kg.extraction.claims.draft import Draft, cue_span
from kg.extraction.lexicon import Cues
from kg.extraction.reading import Reading, is_finite, subtree_span, trimmed
from kg.model import Mode, Span

__all__ = ["find_dashed"]

_DASH = r"(?:[—–―]|--)"
#: A dash that opens a paragraph, and one that opens speech after a stop.
_OPENING = re.compile(rf"\s*{_DASH}\s*(?=[^\s—–―-])")
_AGAIN = re.compile(rf"(?<=[.!?…])\s*{_DASH}\s*(?=[^\s—–―-])")
#: What a cue is set off by on either side.
_EDGE = {",", "?", "!", "…", "...", "—", "–", "―", "--"}
_CLOSE = {".", ",", ":", "—", "–", "―", "--"}
#: A cue has at most this many words before and after its verb.
_SUBJECT, _MANNER = 6, 8
_FIRST_PERSON = {"i", "we"}
_ADDRESSED = {"i", "me", "my", "we", "us", "our", "you", "your"}
#: Kinds of cue that close what is said in a talk: a headline finds, and a report shows.
_TALKING = {"say", "ask", "answer", "explain", "shout", "whisper"}
_SENTENCE_ENDS = {".", "!", "?", "…", "..."}
_CLAUSE_STARTS = {"CCONJ", "PRON", "DET", "NOUN", "PROPN"}
_SPEAKING = {"NOUN", "PROPN", "PRON"}
_WITH_SUBJECT = _SPEAKING | {"DET", "ADJ"}


@dataclass(frozen=True, slots=True)
class _Inset:
    """A cue set into speech: where it starts and ends, its verb and who speaks."""

    span: Span
    verb: Token
    speaker: Token
    end: str  #: the mark that ends it


def find_dashed(reading: Reading, cues: Cues) -> Iterator[Draft]:
    """The turns of paragraphs that open with a dash, where a cue shows that they are speech.

    A list of what the police said looks alike; in speech somebody asks, or says "I" or "you".
    A turn without a cue is nobody's: who answers is not guessed.
    """
    for run in _runs(reading):
        insets = [_insets(reading, cues, part) for part in run]
        if any(insets) and any(_is_talk(reading, part) for part in run):
            for paragraph, own in zip(run, insets, strict=True):
                yield from _turns(reading, cues, paragraph, own)


def _runs(reading: Reading) -> Iterator[list[Span]]:
    """The stretches of paragraphs that each open with a dash."""
    run: list[Span] = []
    for paragraph in reading.paragraphs:
        if _opening(reading, paragraph) is not None:
            run.append(paragraph)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _is_talk(reading: Reading, paragraph: Span) -> bool:
    """Whether somebody asks, exclaims, or says "I" or "you" outside of quotation marks."""
    return any(
        token.text in {"?", "!"} or token.lower_ in _ADDRESSED
        for token in reading.tokens_in(paragraph)
        if reading.quotation_at(token.idx) is None
    )


def _opening(reading: Reading, paragraph: Span) -> int | None:
    """Where speech starts behind the dash that opens a paragraph; None without such a dash."""
    dash = _OPENING.match(reading.text, paragraph.start, paragraph.end)
    return dash.end() if dash else None


def _insets(reading: Reading, cues: Cues, paragraph: Span) -> list[_Inset]:
    """The cues set into a paragraph that opens with a dash."""
    start = _opening(reading, paragraph)
    if start is None:
        return []
    tokens = list(reading.tokens_in(Span(start, paragraph.end)))
    found: list[_Inset] = []
    for at, token in enumerate(tokens):
        if found and token.idx < found[-1].span.end:
            continue
        if at and token.text in _EDGE:
            inset = _inset_at(reading, cues, tokens, at + 1)
            if inset is not None:
                found.append(inset)
    return found


def _inset_at(reading: Reading, cues: Cues, tokens: Sequence[Token], at: int) -> _Inset | None:
    """The cue that stands between marks from a token on: she said; said the old teacher."""
    end = next((n for n in range(at, len(tokens)) if tokens[n].text in _CLOSE), None)
    if end is None or any(reading.quotation_at(t.idx) is not None for t in tokens[at:end]):
        return None
    words = tokens[at:end]
    verb = next((t for t in words if t.pos_ == "VERB"), None)
    cue = cues.verb_at(verb) if verb is not None else None
    if verb is None or cue is None or cue.kind not in _TALKING or not is_finite(verb):
        return None
    speaker = _speaker_beside(verb, words)
    if speaker is None:
        return None
    span = Span(words[0].idx, tokens[end].idx + len(tokens[end]))
    return _Inset(span, verb, speaker, tokens[end].text)


def _speaker_beside(verb: Token, words: Sequence[Token]) -> Token | None:
    """Who speaks where words are a verb of saying with its subject and no more than a manner."""
    before = [t for t in words if t.i < verb.i]
    after = [t for t in words if t.i > verb.i]
    if len(before) > _SUBJECT or len(after) > _MANNER or _says_what(verb, before, after):
        return None
    if any(t.pos_ not in _WITH_SUBJECT | {"ADP", "PART"} for t in before):
        return None
    speaker = _head(before or _noun_phrase(after))
    return None if speaker is None or speaker.lower_ in _FIRST_PERSON else speaker


def _says_what(verb: Token, before: Sequence[Token], after: Sequence[Token]) -> bool:
    """Whether the words after a verb of saying give what is said, and not how or to whom."""
    return any(
        token.dep_ in {"mark", "ccomp"}
        or token.pos_ == "INTJ"
        or (token.pos_ in {"VERB", "AUX"} and is_finite(token))
        or (before and verb.lemma_ == "say" and token.dep_ == "dobj" and token.head == verb)
        for token in after
    )


def _noun_phrase(tokens: Sequence[Token]) -> list[Token]:
    """The noun phrase that tokens start with."""
    found: list[Token] = []
    for token in tokens:
        if token.pos_ not in _WITH_SUBJECT:
            break
        found.append(token)
    return found


def _head(phrase: Sequence[Token]) -> Token | None:
    """The noun of a phrase that no other noun of it governs."""
    nouns = [t for t in phrase if t.pos_ in _SPEAKING]
    return next((t for t in nouns if t.head not in nouns), None)


def _turns(
    reading: Reading, cues: Cues, paragraph: Span, insets: Sequence[_Inset]
) -> Iterator[Draft]:
    """What is said in a paragraph, turn by turn."""
    start = _opening(reading, paragraph)
    if start is None:
        return
    previous: Draft | None = None
    for part in _parts(reading, Span(start, paragraph.end), insets):
        own = [inset for inset in insets if part.covers(inset.span)]
        if own:
            if previous is not None:
                yield previous
            previous = _with_cue(reading, cues, part, own[0])
        elif previous is not None and _goes_on(reading, previous, part):
            previous = replace(previous, content=(*previous.content, _said(reading, part)))
        else:
            if previous is not None:
                yield previous
            previous = Draft(
                content=(_said(reading, part),), mode=Mode.DIRECT, method="rule:dash-dialogue"
            )
    if previous is not None:
        yield previous


def _parts(reading: Reading, whole: Span, insets: Sequence[_Inset]) -> list[Span]:
    """A paragraph cut where a dash opens speech again; a dash at the edge of a cue cuts nothing."""
    cuts = [
        dash
        for dash in _AGAIN.finditer(reading.text, whole.start, whole.end)
        if not any(inset.span.start <= dash.start() < inset.span.end - 1 for inset in insets)
    ]
    starts = [whole.start, *(dash.end() for dash in cuts)]
    ends = [*(dash.start() for dash in cuts), whole.end]
    return [Span(start, end) for start, end in zip(starts, ends, strict=True) if start < end]


def _said(reading: Reading, span: Span) -> Span:
    return trimmed(reading.text, span, " \t\r\n,;:–—―-")


def _with_cue(reading: Reading, cues: Cues, part: Span, inset: _Inset) -> Draft:
    """The speech around a cue; what follows the stop after a cue is told and not said."""
    spoken = [_said(reading, Span(part.start, inset.span.start))]
    spoken.extend(_resumed(reading, Span(inset.span.end, part.end), inset.end))
    cue = cues.verb_at(inset.verb)
    return Draft(
        content=tuple(spoken),
        mode=Mode.DIRECT,
        method="rule:dash-dialogue",
        cue=cue,
        cue_token=inset.verb,
        cue_spans=(cue_span(reading, inset.verb, len(cue.words) if cue else 1),),
        source_head=inset.speaker,
        source=(trimmed(reading.text, _within(subtree_span(reading, inset.speaker), inset)),),
    )


def _resumed(reading: Reading, rest: Span, mark: str) -> list[Span]:
    """The speech that goes on behind a cue, if the mark between and the words say so.

    A dash opens it again. Behind a comma it is the clause that follows ("and they saw me"),
    but no participle, which tells of the speaker ("looking away"); behind a stop it is none.
    """
    tokens = [t for t in reading.tokens_in(rest) if not t.is_punct or t.text in _SENTENCE_ENDS]
    if not tokens or mark == ".":
        return []
    if mark == ",":
        end = next((n for n, t in enumerate(tokens) if t.text in _SENTENCE_ENDS), len(tokens))
        clause = tokens[:end]
        if not clause or clause[0].pos_ not in _CLAUSE_STARTS:
            return []
        if not any(t.pos_ in {"VERB", "AUX"} and is_finite(t) for t in clause):
            return []
        stop = tokens[end] if end < len(tokens) else clause[-1]
        rest = Span(rest.start, stop.idx + len(stop))
    return [trimmed(reading.text, rest, " \t\r\n,;:–—―-")]


def _within(span: Span, inset: _Inset) -> Span:
    """The part of a source that its cue's words hold, on the side of the verb it stands on."""
    verb = Span(inset.verb.idx, inset.verb.idx + len(inset.verb))
    if inset.speaker.i < inset.verb.i:
        return Span(max(span.start, inset.span.start), min(span.end, verb.start))
    return Span(max(span.start, verb.end), min(span.end, inset.span.end))


def _goes_on(reading: Reading, previous: Draft, part: Span) -> bool:
    """Whether a turn after a cue is still its speaker's: not an answer, and not a question back."""
    if previous.cue_token is None:
        return False
    asked = previous.content[-1].of(reading.text).endswith("?")
    return asked == part.of(reading.text).rstrip().endswith("?")
