"""Where a text turns to something else: a row of marks, a heading, a date line.

Who speaks, and whom "she" means, is not carried from one scene into the next.
"""

from __future__ import annotations

import re

from kg.extraction.language import opens_with_dateline
from kg.extraction.reading import Reading
from kg.model import Span

__all__ = ["is_break", "scene_changes", "scene_start"]

_MARKED_HEADING = re.compile(r"#{1,6}\s|={2,}.*={2,}$")
#: What a paragraph opens with that is a list's or a dialogue's and no heading: a dash, a turn.
_NO_HEADING = re.compile(r"[-–—―•*]|[QA]\d*[:.]\s")
_DATE_LINE_WORDS = 8


def is_break(reading: Reading, paragraph: Span) -> bool:
    """Whether a paragraph parts what stands before it from what follows."""
    words = paragraph.of(reading.text).strip()
    if not any(character.isalnum() for character in words) or _MARKED_HEADING.match(words):
        return True
    if _is_date_line(reading, paragraph):
        return True
    return reading.is_headline(paragraph.start) and not _NO_HEADING.match(words)


def _is_date_line(reading: Reading, paragraph: Span) -> bool:
    """Whether a paragraph names a day, perhaps a place before it, and says nothing."""
    if len(paragraph.of(reading.text).split()) > _DATE_LINE_WORDS:
        return False
    tokens = [token for token in reading.tokens_in(paragraph) if not token.is_punct]
    dated = [time.span for time in reading.times_in(paragraph) if paragraph.covers(time.span)]
    rest = [t for t in tokens if not any(span.start <= t.idx < span.end for span in dated)]
    return bool(dated) and all(token.text[:1].isupper() or not token.is_alpha for token in rest)


def scene_changes(reading: Reading, first: int, second: int) -> bool:
    """Whether a break stands between two characters, the second one's date line included."""
    start, end = sorted((first, second))
    here, there = reading.paragraph_number(start), reading.paragraph_number(end)
    if here == there:
        return False
    if opens_with_dateline(reading.text, reading.paragraphs[there]):
        return True
    if _is_date_line(reading, reading.paragraphs[here]):  # its place is nobody who speaks
        return True
    return any(is_break(reading, part) for part in reading.paragraphs[here + 1 : there + 1])


def scene_start(reading: Reading, offset: int) -> int:
    """Where the scene around a character starts: with the breaks that stand right before it."""
    number = reading.paragraph_number(offset)
    while number and not is_break(reading, reading.paragraphs[number]):
        number -= 1
    while number and is_break(reading, reading.paragraphs[number - 1]):
        number -= 1
    return reading.paragraphs[number].start if reading.paragraphs else 0
