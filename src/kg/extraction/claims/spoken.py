"""What is said in words of its own: between marks, by dashes, in transcripts, after a colon."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extraction.claims.dashes import find_dashed
from kg.extraction.claims.draft import Draft
from kg.extraction.claims.quoted import find_quoted, untold
from kg.extraction.claims.transcripts import find_turns
from kg.extraction.claims.unmarked import find_unmarked
from kg.extraction.coreference import Cast
from kg.extraction.lexicon import Lexicon
from kg.extraction.reading import Reading

__all__ = ["find_spoken"]


def find_spoken(
    reading: Reading, people: Cast, words: Lexicon, reported: Sequence[Draft]
) -> tuple[list[Draft], list[Draft]]:
    """The direct claims, and the reported claims that are not the same ones."""
    quoted, rest = find_quoted(reading, words.cues, reported)
    turns = list(find_turns(reading, people, words))
    ascribed = {turn.content for turn in turns}
    quoted = [draft for draft in quoted if draft.source or draft.content not in ascribed]
    dashed = list(find_dashed(reading, words.cues))
    spoken = [*quoted, *turns, *dashed]
    spoken.extend(find_unmarked(reading, words.cues, spoken))
    return spoken, untold(dashed, rest)
