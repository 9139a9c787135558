"""Marks of who said what in brat's standoff format, each checked against its text.

A mark is a line ``T1 Source 0 9 the words``. Marks are joined to attributions by event lines
(``E1 Attribution:T4 Source:T1 Cue:T2 Content:T3``) or by relations (``R1 said Arg1:T2 Arg2:T3``).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import MarksError

__all__ = ["Fragments", "Marked", "Marks", "parse_marks", "read_marks"]

type Fragments = tuple[tuple[int, int], ...]

_PARTS = ("source", "cue", "content")
#: How every line of a brat file begins: a mark, relation, event, attribute, modification,
#: normalisation or note with its number and a tab, or the star of an equivalence.
_BEGINS = re.compile(r"(?:[TREAMN#]\S+|\*)\t")
_SPAN = re.compile(r"(T\S+)\t(\S+) (\d+ \d+(?:;\d+ \d+)*)(?:\t(.*))?", re.DOTALL)
_EVENT = re.compile(r"E\S+\t(\S+:\S+(?: \S+:\S+)*) *")
_RELATION = re.compile(r"R\S+\t\S+ \S+:(\S+) \S+:(\S+)\s*")


@dataclass(frozen=True, slots=True)
class Marked:
    """One attribution as a person marked it: fragments of source, cue and content."""

    source: Fragments
    cue: Fragments
    content: Fragments


@dataclass(frozen=True, slots=True)
class Marks:
    """The attributions of a text, and how many marks are joined to nothing and left out."""

    attributions: tuple[Marked, ...]
    loose: int


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a brat file, with the lines that its text runs on into."""

    number: int
    words: str


@dataclass(frozen=True, slots=True)
class _Span:
    """A mark: which part of an attribution it is by its kind (or none), and where it lies."""

    part: str
    fragments: Fragments


def read_marks(path: Path, text: str) -> Marks:
    """The attributions that a brat file marks in a text, in code points.

    Raises:
        MarksError: If the file cannot be read or a line of it does not fit the text.
    """
    try:
        written = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise MarksError(path, f"cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise MarksError(path, "is not UTF-8; save it as UTF-8") from error
    return parse_marks(written, text, path=path)


def parse_marks(written: str, text: str, *, path: Path = Path("marks.ann")) -> Marks:
    r"""The attributions that the lines of a brat file mark in a text.

    The kinds Source, Cue and Content count, in capitals or not; everything else that is marked
    in the file is passed over.

    >>> marks = "T1\tSource 0 3\tAda\nT2\tCue 4 8\tsaid\nT3\tContent 9 11\tno\n"
    >>> parse_marks(marks + "E1\tCue:T2 Source:T1 Content:T3\n", "Ada said no").attributions
    (Marked(source=((0, 3),), cue=((4, 8),), content=((9, 11),)),)

    Raises:
        MarksError: If a line cannot be read or does not fit the text.
    """
    lines = list(_lines(written, path))
    spans: dict[str, _Span] = {}
    for line in lines:
        if line.words.startswith("T"):
            name, span = _span(line, text, path)
            if name in spans:
                raise MarksError(path, f"{name} is marked twice", line.number)
            spans[name] = span
    groups: list[dict[str, list[str]]] = []
    joined: list[tuple[str, str]] = []
    for line in lines:
        if line.words.startswith("E"):
            parts = _event(line, spans, path)
            if any(parts.values()):
                groups.append(parts)
        elif line.words.startswith("R"):
            joined += _relation(line, spans, path)
    groups += _by_relations(joined, spans)
    used = {name for parts in groups for names in parts.values() for name in names}
    return Marks(
        attributions=tuple(_marked(parts, spans) for parts in groups),
        loose=sum(bool(span.part) and name not in used for name, span in spans.items()),
    )


def _lines(written: str, path: Path) -> Iterator[_Line]:
    """The lines, each with those that its text runs on into: some programs write line ends there.

    Raises:
        MarksError: If a line is none of brat's and goes on with no mark.
    """
    held: _Line | None = None
    for number, words in enumerate(written.split("\n"), 1):
        line = words.removesuffix("\r")
        if _BEGINS.match(line):
            if held is not None:
                yield held
            held = _Line(number, line)
        elif held is not None and held.words.startswith("T"):
            held = _Line(held.number, f"{held.words}\n{line}")
        elif line.strip():
            raise MarksError(path, f"is no line of a brat file: {line[:60]!r}", number)
    if held is not None:
        yield held


def _span(line: _Line, text: str, path: Path) -> tuple[str, _Span]:
    """The name of a mark and the mark.

    Raises:
        MarksError: If it is not written as a mark, or does not fit the text.
    """
    found = _SPAN.fullmatch(line.words)
    if found is None:
        reason = f"is no mark; write NAME, KIND START END and the words: {line.words[:60]!r}"
        raise MarksError(path, reason, line.number)
    name, kind, places, words = found.groups()
    pairs = [tuple(map(int, place.split())) for place in places.split(";")]
    fragments = tuple((start, end) for start, end in pairs)
    for start, end in fragments:
        if not start < end <= len(text):
            reason = f"{name} marks {start} to {end} of a text of {len(text)} characters"
            raise MarksError(path, reason, line.number)
    there = " ".join(text[start:end] for start, end in fragments)
    if words is not None and there.split() != words.split():
        reason = (
            f"{name} does not fit the text: {_short(there)!r} stands where the mark has "
            f"{_short(words)!r}"
        )
        raise MarksError(path, reason, line.number)
    part = kind.lower()
    return name, _Span(part if part in _PARTS else "", fragments)


def _short(words: str, most: int = 40) -> str:
    """Words in one line, cut where they are many."""
    line = " ".join(words.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"


def _event(line: _Line, spans: Mapping[str, _Span], path: Path) -> dict[str, list[str]]:
    """The marks that an event line joins, by part; all empty where it joins none of ours.

    The name that the line gives a mark goes before the mark's kind, so that the trigger may
    be the cue itself.

    Raises:
        MarksError: If it is not written as an event, or names a mark that is not there.
    """
    found = _EVENT.fullmatch(line.words)
    if found is None:
        reason = f"is no event; write NAME, then KIND:MARK pairs: {line.words[:60]!r}"
        raise MarksError(path, reason, line.number)
    parts: dict[str, list[str]] = {part: [] for part in _PARTS}
    for pair in found[1].split():
        role, _, target = pair.partition(":")
        named = re.sub(r"\d+$", "", role).lower()
        if target not in spans:
            if target.startswith("E") and named not in _PARTS:
                continue  # an event about an event: another's business
            raise MarksError(path, f"{pair!r} names no mark of this file", line.number)
        part = named if named in _PARTS else spans[target].part
        if part and target not in parts[part]:
            parts[part].append(target)
    return parts


def _relation(line: _Line, spans: Mapping[str, _Span], path: Path) -> list[tuple[str, str]]:
    """The two marks that a relation joins; none where it is not about attributions.

    Raises:
        MarksError: If it is not written as a relation, names a mark that is not there, or
            joins two marks of one kind.
    """
    found = _RELATION.fullmatch(line.words)
    if found is None:
        reason = f"is no relation; write NAME, KIND Arg1:MARK Arg2:MARK: {line.words[:60]!r}"
        raise MarksError(path, reason, line.number)
    left, right = found.groups()
    for name in (left, right):
        if name not in spans and not name.startswith("E"):
            raise MarksError(path, f"{name!r} names no mark of this file", line.number)
    parts = [spans[name].part if name in spans else "" for name in (left, right)]
    if not all(parts):
        return []
    if parts[0] == parts[1]:
        reason = f"joins two marks of the kind {parts[0]}; join source, cue and content"
        raise MarksError(path, reason, line.number)
    return [(left, right)]


def _by_relations(
    joined: Iterable[tuple[str, str]], spans: Mapping[str, _Span]
) -> Iterator[dict[str, list[str]]]:
    """The attributions that relations make: one a cue, with the source and content joined to it.

    A cue that is joined to one of the two only has the other through it, where no second cue
    could claim that too. What a source is joined to without any cue is an attribution as well.
    """
    near: dict[str, set[str]] = defaultdict(set)
    for left, right in joined:
        near[left].add(right)
        near[right].add(left)

    def beside(names: Iterable[str], part: str) -> list[str]:
        found = {other for name in names for other in near[name] if spans[other].part == part}
        return sorted(found, key=lambda name: (spans[name].fragments, name))

    order = sorted(near, key=lambda name: (spans[name].fragments, name))
    without = [name for name in order if not beside([name], "cue")]
    for cue in (name for name in order if spans[name].part == "cue"):
        sources, contents = beside([cue], "source"), beside([cue], "content")
        if not sources:
            sources = [name for name in beside(contents, "source") if name in without]
        if not contents and beside(sources, "cue") == [cue]:
            contents = [name for name in beside(sources, "content") if name in without]
        yield {"source": sources, "cue": [cue], "content": contents}
    for source in (name for name in without if spans[name].part == "source"):
        contents = [name for name in beside([source], "content") if name in without]
        if contents:
            yield {"source": [source], "cue": [], "content": contents}


def _marked(parts: Mapping[str, Sequence[str]], spans: Mapping[str, _Span]) -> Marked:
    """The fragments of the marks of one attribution."""
    source, cue, content = (
        tuple(sorted(place for name in parts[part] for place in spans[name].fragments))
        for part in _PARTS
    )
    return Marked(source, cue, content)
