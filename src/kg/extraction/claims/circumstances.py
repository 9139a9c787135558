"""When, to whom, where and by what means something was said: all of it apart from the content.

Only what hangs on the cue counts, on the text or occasion it names ("in a letter to the
court"), or on a participle beside it ("speaking to reporters"). A time or place that may as
well belong to what is said is left open.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from kg.extraction.claims.draft import Draft
from kg.extraction.claims.hearers import addressee_of, find_hearers
from kg.extraction.claims.media import carrier_of, find_media, media_of_hearers
from kg.extraction.claims.saying import Saying, is_dated, noun_phrase, sendings
from kg.extraction.coreference import Cast
from kg.extraction.lexicon import Lexicon
from kg.extraction.reading import Reading, top_of
from kg.model import EntityKind, Span, Time

__all__ = ["Circumstances", "find_circumstances"]


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What the document says of the saying itself; see Claim in the model."""

    said: Time | None = None
    addressee: str | None = None
    addressee_spans: tuple[Span, ...] = ()
    medium: str | None = None
    medium_spans: tuple[Span, ...] = ()


def find_circumstances(reading: Reading, cast: Cast, words: Lexicon, draft: Draft) -> Circumstances:
    """What the words around a cue say of when, to whom, where and by what means.

    Of the draft its cue token, source and content count, however they were found.
    """
    cue = draft.cue_token
    if cue is None:
        return Circumstances()
    times = _times_in(reading, cue.sent.start_char, cue.sent.end_char)
    saying = Saying(reading, cast, words, cue, draft.source, draft.content, times)
    saying.verbs.extend(_verbs(saying))
    saying.nouns.extend(_texts_that_speak(saying))
    known = words.cues.verb_at(cue) if cue.pos_ == "VERB" else None
    if known is not None and not known.speech:
        return Circumstances(said=_said(saying))  # a thought has no hearer
    media = list(find_media(saying))
    hearers = list(find_hearers(saying))
    saying.hearers.extend(hearers)
    media += [m for m in media_of_hearers(saying) if m.noun not in {n.noun for n in media}]
    media.sort(key=lambda medium: medium.span)
    return Circumstances(
        said=_said(saying),
        addressee=addressee_of(saying, hearers[0]) if hearers else None,
        addressee_spans=(noun_phrase(saying, hearers[0]),) if hearers else (),
        medium=next((found for m in media if (found := carrier_of(saying, m.noun))), None),
        medium_spans=tuple(medium.span for medium in media),
    )


def _times_in(reading: Reading, start: int, end: int) -> tuple[Time, ...]:
    """The times that start in a stretch of the text."""
    first = bisect_left(reading.times, start, key=lambda time: time.span.start)
    last = bisect_left(reading.times, end, key=lambda time: time.span.start)
    return reading.times[first:last]


def _verbs(saying: Saying) -> Iterator[Token]:
    """The cue and the verbs that go with it: wrote to X, saying ...; said, speaking to X."""
    cue, speaking = saying.cue, saying.words.hearers.speaking
    yield cue
    for child in cue.children:
        if child.dep_ == "advcl" and child.tag_ == "VBG" and child.lemma_.lower() in speaking:
            yield child
    above = cue.head
    if (
        cue.tag_ == "VBG"
        and cue.dep_ in {"advcl", "xcomp"}
        and above.pos_ == "VERB"
        and saying.words.cues.verb_at(above) is not None
    ):
        yield above


def _texts_that_speak(saying: Saying) -> Iterator[Token]:
    """The document that is the source itself, with the participle that tells of its sending."""
    for span in saying.source:
        head = top_of(list(saying.reading.tokens_in(span)))
        if head is not None and saying.kind(head) is EntityKind.DOCUMENT:
            yield head
            saying.verbs.extend(sendings(saying, head))


#: Prepositions that lead from the saying to a time that is not its own.
_NOT_WHEN = {"about", "after", "against", "before", "for", "from", "of", "since", "to", "until"}
_WHEN_OF_NOUN = {"at", "during", "from", "in", "of", "on"}


def _said(saying: Saying) -> Time | None:
    """The first time that hangs on the saying and is no part of what is said."""
    for time in saying.times:
        if not saying.is_open(time.span):
            continue
        top = top_of(list(saying.reading.tokens_in(time.span)))
        if top is not None and _tells_when(saying, top):
            return time
    return None


def _tells_when(saying: Saying, top: Token) -> bool:
    """Whether a time is that of the saying: the way up from it meets a verb or noun of it."""
    here = top
    while here.head != here:
        above = here.head
        if above in saying.verbs:
            return here.lower_ not in _NOT_WHEN
        if above in saying.nouns:
            return here.dep_ != "prep" or here.lower_ in _WHEN_OF_NOUN
        if above in saying.hearers:
            return here.dep_ == "prep" and here.lower_ in {"on", "in", "at"}
        if above.pos_ not in {"ADP", "ADV", "SCONJ", "NUM", "PART", "ADJ"} and not is_dated(
            saying, above
        ):
            return False
        here = above
    return False
