"""Speech in paragraphs of its own, without quotation marks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from kg.extraction.claims.draft import Draft
from kg.extraction.claims.quoted import direct
from kg.extraction.claims.sources import speaker_token
from kg.extraction.lexicon import Cues
from kg.extraction.quotations import Quotation
from kg.extraction.reading import Reading, trimmed
from kg.extraction.scenes import is_break
from kg.model import Span

__all__ = ["find_unmarked", "in_first_person"]

FIRST_PERSON = {"i", "we", "me", "us"}


def find_unmarked(reading: Reading, cues: Cues, quoted: Sequence[Draft]) -> Iterator[Draft]:
    """The paragraphs after "The minister said:" that no quotation marks set apart.

    The first is the speaker's. It goes on as long as paragraphs speak in the first person;
    where they stop doing so nobody knows who speaks, and nothing is guessed.
    """
    for position, paragraph in enumerate(reading.paragraphs[:-1]):
        following = reading.paragraphs[position + 1]
        verb = _announcing(reading, cues, paragraph)
        if verb is None or is_break(reading, following):
            continue
        if any(part.overlaps(following) for draft in quoted for part in draft.content):
            continue
        spoken = [following]
        for more in reading.paragraphs[position + 2 :]:
            if not in_first_person(reading, more) or _announcing(reading, cues, more):
                break
            if is_break(reading, more):
                break
            spoken.append(more)
        source = speaker_token(reading, verb, closing=False)
        if source is not None:
            draft = direct(reading, cues, Quotation((following,)), verb)
            yield replace(
                draft,
                content=tuple(trimmed(reading.text, part, " \t\r\n") for part in spoken),
                method="rule:speech-after-colon",
            )


def _announcing(reading: Reading, cues: Cues, paragraph: Span) -> Token | None:
    """The verb of saying that a paragraph ends in, right before its colon."""
    if not paragraph.of(reading.text).rstrip().endswith(":"):
        return None
    tokens = [token for token in reading.tokens_in(paragraph) if not token.is_punct]
    last = tokens[-1] if tokens else None
    if last is None or last.pos_ != "VERB" or reading.quotation_at(last.idx) is not None:
        return None
    cue = cues.verb_at(last)
    return last if cue is not None and cue.speech else None


def in_first_person(reading: Reading, paragraph: Span) -> bool:
    """Whether somebody says "I", "we" or "my" in a paragraph, outside of quotation marks."""
    return any(
        token.lower_ in FIRST_PERSON | {"my", "our"} and reading.quotation_at(token.idx) is None
        for token in reading.tokens_in(paragraph)
    )
