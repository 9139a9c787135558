"""Quotation marks, paired over the whole text before any sentence is split.

A quotation that runs over several paragraphs opens each of them and closes once; it is
one quotation with a fragment a paragraph. An apostrophe is no quotation mark.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from kg.model import Span

__all__ = ["Quotation", "pair"]

#: What closes each opening mark. German and Polish texts open low.
_CLOSES = {"“": "”", "«": "»", "‹": "›", "„": "“”", "‘": "’"}
#: Marks that close in most languages and open in some (»so«, »so», ”so”), and what closes them.
_TURNED = {"»": "«»", "›": "‹›", "”": "”", "‚": "‘’"}
_STRAIGHT = {'"', "'", "''", "``"}
_MARKS_AND_SPACE = "“”«»‹›„‚‘’\"'` \t\r\n\u00a0\u202f"
#: What an apostrophe opens that is no quotation: ’90s, ’em, ’twas.
_ELIDED = re.compile(r"(?:\d0s|em|til|tis|twas|cause|cos|n)\b(?!['’])", re.IGNORECASE)
_MARK = re.compile(r"``|''|[“”«»‹›„‚‘’\"']")


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words between quotation marks; each fragment includes its marks.

    ``closed`` is False when the text never closes it; it then ends with its paragraph.
    """

    fragments: tuple[Span, ...]
    closed: bool = True

    @property
    def start(self) -> int:
        """Where the first fragment starts."""
        return self.fragments[0].start

    @property
    def end(self) -> int:
        """Where the last fragment ends."""
        return self.fragments[-1].end

    def holds(self, offset: int) -> bool:
        """Whether a character lies inside a fragment."""
        return any(part.start <= offset < part.end for part in self.fragments)

    def words(self, text: str) -> str:
        """The words without their marks, fragments joined by a space."""
        return " ".join(part.of(text).strip(_MARKS_AND_SPACE) for part in self.fragments)

    def last_character(self, text: str) -> str:
        """The character before the closing marks, empty when there is none."""
        return text[self.start : self.end].rstrip(_MARKS_AND_SPACE)[-1:]


def pair(text: str, paragraphs: Sequence[Span]) -> tuple[Quotation, ...]:
    """The outermost quotations of a text, in order; quotations inside them are left alone.

    >>> said = "“Yes,” she said. “No.”"
    >>> [part.words(said) for part in pair(said, [Span(0, len(said))])]
    ['Yes,', 'No.']
    """
    found: list[Quotation] = []
    running: Quotation | None = None  # closes in a later paragraph, if that opens with a mark
    for number, paragraph in enumerate(paragraphs):
        parts, unclosed = _pair_paragraph(text, paragraph)
        if running is not None and parts:
            first = parts.pop(0)
            running = Quotation((*running.fragments, *first.fragments))
            if parts or unclosed is not first:
                found.append(running)
                running = None
        found.extend(part for part in parts if part is not unclosed)
        if unclosed is None:
            continue
        if running is None:
            running = unclosed
        following = paragraphs[number + 1] if number + 1 < len(paragraphs) else None
        if following is None or not _opens_like(text, unclosed, following):
            found.append(Quotation(running.fragments, closed=False))
            running = None
    return tuple(sorted(found, key=lambda part: part.start))


def _opens_like(text: str, unclosed: Quotation, following: Span) -> bool:
    """Whether a paragraph opens with the mark that the one before left open."""
    mark = _MARK.match(text, unclosed.fragments[-1].start)
    opening = _MARK.match(text, following.start)
    return bool(mark and opening and mark.group() == opening.group())


def _pair_paragraph(text: str, paragraph: Span) -> tuple[list[Quotation], Quotation | None]:
    """The quotations of one paragraph, and the one of them that it leaves open.

    A paragraph that carries a quotation on opens with its own mark, so it pairs like any other.
    """
    found: list[Quotation] = []
    single = {mark: _SingleEnds.of(text, paragraph, mark) for mark in "'’"}
    at = paragraph.start
    while match := _next_opening(text, at, paragraph.end):
        mark = match.group()
        if mark in {"'", "‘"}:
            closing = single["'" if mark == "'" else "’"].after(match.end() + 1)
        else:
            closing = _closing(text, match, paragraph.end)
        if closing is None:
            if mark in {"'", "‘"}:  # more likely an apostrophe: ’tis, ’90s
                at = match.end()
                continue
            rest = Quotation((Span(match.start(), paragraph.end),))
            found.append(rest)
            return found, rest
        found.append(Quotation((Span(match.start(), closing),)))
        at = closing
    return found, None


@dataclass(frozen=True, slots=True)
class _SingleEnds:
    """Where quotations in single marks can end: after a word or stop, before no letter.

    A plural possessive (the workers’ demands) looks the same; it is passed over when a
    later mark in the paragraph follows a stop.
    """

    after_stop: list[int]
    all: list[int]

    @classmethod
    def of(cls, text: str, paragraph: Span, mark: str) -> _SingleEnds:
        """The ends in a paragraph, each past its mark."""
        found = [
            m.end()
            for m in re.finditer(rf"(?<=\S){mark}(?!\w)", text[paragraph.start : paragraph.end])
        ]
        ends = [paragraph.start + end for end in found]
        return cls([end for end in ends if text[end - 2] in ".,!?…"], ends)

    def after(self, start: int) -> int | None:
        """The end of a quotation whose first letter stands before ``start``; None if never."""
        for ends in (self.after_stop, self.all):
            at = bisect_right(ends, start)
            if at < len(ends):
                return ends[at]
        return None


def _next_opening(text: str, start: int, end: int) -> re.Match[str] | None:
    """The next mark that can open a quotation."""
    return next(
        (mark for mark in _MARK.finditer(text, start, end) if _can_open(text, mark, end)), None
    )


def _can_open(text: str, mark: re.Match[str], end: int) -> bool:
    """Whether a mark stands where a quotation can open: before a word, after a space or bracket."""
    if mark.group() == "’":
        return False
    before = text[mark.start() - 1] if mark.start() else " "
    after = text[mark.end()] if mark.end() < end else " "
    if after.isspace():  # French sets a space between guillemets and words
        return mark.group() in {"«", "‹"} and mark.end() < end and before.isspace()
    if mark.group() in _TURNED:
        return before.isspace() or before in "([{—–"
    if mark.group() in {"'", "‘"} and _ELIDED.match(text, mark.end(), end):
        return False
    if mark.group() in _STRAIGHT | {"‘"}:
        return before.isspace() or before in "([{—–-/:,“\"'"
    return True


def _closing(text: str, opening: re.Match[str], end: int) -> int | None:
    """Where the quotation that opens here ends, its closing mark included; None if never."""
    mark = opening.group()
    if mark in {'"', "''", "``"}:
        return _closing_straight(text, opening, end)
    if mark in _TURNED:
        return _closing_turned(text, opening, end)
    depth = 0
    for other in _MARK.finditer(text, opening.end(), end):
        if other.group() == mark:
            depth += 1
        elif other.group() in _CLOSES[mark]:
            if depth == 0:
                return other.end()
            depth -= 1
    return None


def _closing_turned(text: str, opening: re.Match[str], end: int) -> int | None:
    """Where a quotation ends that opens with a mark which closes elsewhere.

    Its end stands after a word or stop and before no letter, so an apostrophe is none.
    """
    for other in _MARK.finditer(text, opening.end(), end):
        after = text[other.end()] if other.end() < end else " "
        if (
            other.group() in _TURNED[opening.group()]
            and not text[other.start() - 1].isspace()
            and not after.isalnum()
        ):
            return other.end()
    return None


def _closing_straight(text: str, opening: re.Match[str], end: int) -> int | None:
    """Where a quotation that opens with a straight mark ends.

    Texts edited by several hands close it with a curly mark: one that no curly mark has opened.
    """
    straight = opening.group() == '"'
    depth = 0
    for other in _MARK.finditer(text, opening.end(), end):
        mark = other.group()
        if mark == ('"' if straight else "''") and not _reopens(text, other, end):
            return other.end()
        if mark == "“":
            depth += 1
        elif mark == "”":
            if straight and depth == 0:
                return other.end()
            depth = max(0, depth - 1)
    return None


def _reopens(text: str, mark: re.Match[str], end: int) -> bool:
    """Whether a straight mark stands like an opening one: after a space, before a word."""
    before = text[mark.start() - 1]
    return before.isspace() and mark.end() < end and not text[mark.end()].isspace()
