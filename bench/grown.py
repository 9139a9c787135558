"""A case grown from the sample reports, as large as a measurement wants it.

Every report is told again and again: its people, places and organisations get other names, drawn
so that a few stand in hundreds of documents and most in one or two; its days move by years; its
numbers change; its words are replaced here and there, so that the tellings are no copies. In some
tellings names, days or words stay, so that events of many documents are one, and some documents
copies. What people decided on the reports is decided on every telling, and in some a date is
corrected.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import random
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Any, cast

from pyoxigraph import Quad

from kg import identity, reading, statements
from kg.model import (
    Anchor,
    Decision,
    EntityKind,
    Findings,
    Form,
    Identities,
    Part,
    Quantity,
    Run,
    Settings,
    Span,
)
from kg.shelf import Shelf

DATA = Path(__file__).parents[1] / "data"
SETTINGS = Settings()
RUN = Run(version="bench", pipeline="", attribution="rules", settings=SETTINGS)

#: How often a telling keeps a name, all its days, a number, all its words; and a single word.
KEEPS_NAME, KEEPS_DAYS, KEEPS_NUMBER, KEEPS_WORDS, KEEPS_WORD = 0.4, 0.5, 0.7, 0.1, 0.6
#: In each so many-th document somebody corrects a date.
DATED = 10
#: Names to draw from, of each kind.
NAMES = 2000
SYLLABLES = "ba den ger hol kin lam mor nes pol ras sel tam var wen zor ki lu mi no ra".split()
TITLES = {
    EntityKind.ORGANIZATION: ("Bank of {}", "{} Union", "{} Party", "Court of {}"),
    EntityKind.PLACE: ("{}", "{}", "Port {}", "{} Valley"),
}


@dataclass(frozen=True, slots=True)
class Case:
    """What documents say, as people corrected it, and who is one."""

    findings: Shelf
    identities: Identities

    @property
    def quads(self) -> Iterator[Quad]:
        """The graph."""
        return statements.state(self.findings, self.identities, RUN)

    @property
    def parts(self) -> Iterator[Part]:
        """The graph in its parts."""
        return statements.parts(self.findings, self.identities, RUN)


def originals() -> tuple[list[Findings], tuple[Decision, ...]]:
    """The findings of the reports, and what was decided on them."""
    folders = [DATA / "reports", DATA / "disagreement" / "reports"]
    outcomes = (outcome for _, outcome in reading.extract(folders, SETTINGS))
    findings = [outcome for outcome in outcomes if isinstance(outcome, Findings)]
    path = DATA / "disagreement" / "decisions.csv"
    return findings, identity.parse(path.read_text(encoding="utf-8"), path)


def grow(quads: int, seed: int = 1) -> Case:
    """A case of so many quads or somewhat more."""
    reports, decisions = originals()
    each = _size(reports, decisions)
    rounds = -(-quads // each)
    told = [_round(reports, decisions, number, seed) for number in range(rounds)]
    findings = list(chain.from_iterable(found for found, _ in told))
    ruled = chain.from_iterable(decided for _, decided in told)
    return settle(findings, [*ruled, *_dated(findings[::DATED])])


def _dated(findings: Iterable[Findings]) -> Iterator[Decision]:
    """A correction of the first time in each of these documents."""
    for found in findings:
        for time in found.times[:1]:
            anchor = Anchor(
                file=found.document.file,
                document=found.document.sha256[:20],
                span=time.span,
                words=time.span.of(found.document.text),
            )
            when = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
            yield Decision(when=when, who="Ida Holm", what="date", left=anchor, value="1991-05-04")


def settle(findings: Sequence[Findings], decisions: Sequence[Decision]) -> Case:
    """The documents with who is one in them."""
    corrected = identity.correct(findings, decisions)
    identities = identity.resolve(corrected, base=SETTINGS.base, decisions=decisions)
    return Case(corrected, identities)


def _size(reports: Sequence[Findings], decisions: Sequence[Decision]) -> int:
    return len(set(settle(reports, decisions).quads))


def _round(
    reports: Sequence[Findings], decisions: Sequence[Decision], number: int, seed: int
) -> tuple[list[Findings], list[Decision]]:
    """All the reports told once more; those on which somebody decided with the same changes."""
    if number == 0:
        return list(reports), list(decisions)
    chance = random.Random(f"{seed} {number}")  # noqa: S311 - synthetic data, no secret
    words = sorted({word for found in reports for word in plain_words(found.document.text)})
    decided = {side.document for each in decisions for side in (each.left, each.right) if side}
    together = [found for found in reports if found.document.sha256[:20] in decided]
    alone = [[found] for found in reports if found not in together]
    again: dict[str, Telling] = {}
    for group in [together, *alone]:
        names = _renamed(group, chance)
        days = dt.timedelta(0 if chance.random() < KEEPS_DAYS else chance.randrange(-9000, 3000))
        for found in group:
            telling = Telling(found, Changes(number, names, days, words), chance)
            again[found.document.sha256[:20]] = telling
    ruled = [_decided(decision, again) for decision in decisions]
    return [telling.retold() for telling in again.values()], ruled


def _renamed(reports: Iterable[Findings], chance: random.Random) -> Mapping[str, str]:
    """Another name for most of those that the reports give."""
    given = {
        entity.name: entity.kind for found in reports for entity in found.entities if entity.named
    }
    renamed: dict[str, str] = {}
    for name, kind in sorted(given.items()):
        if chance.random() >= KEEPS_NAME:
            free = (new for new in _names(kind, chance) if new not in renamed.values())
            renamed[name] = next(free)
    return renamed


def _names(kind: EntityKind, chance: random.Random) -> Iterator[str]:
    """Names of this kind, drawn by Zipf's law: the second half as often as the first."""
    while True:
        number = int(NAMES ** chance.random())
        draw = random.Random(f"{kind} {number}")  # noqa: S311 - the same name for the same number
        first, last = ("".join(draw.sample(SYLLABLES, 3)).title() for _ in range(2))
        if kind is EntityKind.PERSON:
            yield f"{first} {last}"
        else:
            yield draw.choice(TITLES.get(kind, ("{}",))).format(last)


def plain_words(text: str) -> list[str]:
    """The words of a text that others can stand for: long enough, and no names."""
    return re.findall(r"\b[a-z]{4,}\b", text)


def _decided(decision: Decision, moved: Mapping[str, Telling]) -> Decision:
    right = decision.right and _anchored(decision.right, moved)
    return replace(decision, left=_anchored(decision.left, moved), right=right)


def _anchored(anchor: Anchor, moved: Mapping[str, Telling]) -> Anchor:
    """The anchor of a report's place in its telling."""
    telling = moved[anchor.document]
    span = telling.edits.move(anchor.span)
    document = telling.document
    return Anchor(
        file=document.file,
        document=document.sha256[: len(anchor.document)],
        span=span,
        words=span.of(document.text),
    )


class _Edits:
    """Places of a text that get other words, and where everything stands afterwards."""

    def __init__(self, text: str, words: Mapping[Span, str]) -> None:
        self._spans = sorted(words)
        self._starts = [span.start for span in self._spans]
        self._words = [words[span] for span in self._spans]
        pieces, self._moved, done, length = [], [], 0, 0
        for span, new in zip(self._spans, self._words, strict=True):
            length += span.start - done
            self._moved.append(length)
            length += len(new)
            pieces += [text[done : span.start], new]
            done = span.end
        self.text = "".join([*pieces, text[done:]])

    def move(self, span: Span) -> Span:
        """Where a span stands afterwards; one that begins or ends in an edit takes all of it in."""
        return Span(self._place(span.start, ends=False), self._place(span.end, ends=True))

    def _place(self, offset: int, *, ends: bool) -> int:
        number = bisect_right(self._starts, offset) - 1
        if number < 0:
            return offset
        old, start = self._spans[number], self._moved[number]
        end = start + len(self._words[number])
        if offset >= old.end:
            return end + offset - old.end
        return end if ends and offset > old.start else start


@dataclass(frozen=True, slots=True)
class Changes:
    """What is another in a telling, and its number."""

    number: int
    names: Mapping[str, str]
    days: dt.timedelta
    words: Sequence[str]  #: to draw from


class Telling:
    """One report told again."""

    def __init__(self, found: Findings, changes: Changes, chance: random.Random) -> None:
        self.found, self._changes = found, changes
        text = found.document.text
        named = dict(self._mentions())
        counted = {
            each.span: _number(each, chance)
            for each in found.quantities
            if re.fullmatch(r"\d+", each.text) and chance.random() >= KEEPS_NUMBER
        }
        changed = _apart({**named, **counted})
        if chance.random() >= KEEPS_WORDS:
            kept = bytearray(len(text))  # each character that stays is a one
            for span in (*_kept(found), *changed):
                kept[span.start : span.end] = b"\1" * (span.end - span.start)
            for place in re.finditer(r"\b[a-z]{4,}\b", text):
                start, end = place.span()
                if chance.random() >= KEEPS_WORD and 1 not in kept[start:end]:
                    changed[Span(start, end)] = chance.choice(changes.words)
        closing = Span(len(text), len(text))
        changed[closing] = f" {changes.number}"  # never the very text of another telling
        self.edits = _Edits(text, changed)
        self.document = replace(
            _over(found.document, self.edits.move, changes.days),
            text=self.edits.text,
            sha256=hashlib.sha256(self.edits.text.encode()).hexdigest(),
            file=f"{changes.number:04}/{found.document.file}",
        )

    def _mentions(self) -> Iterator[tuple[Span, str]]:
        for entity in self.found.entities:
            new = self._changes.names.get(entity.name)
            for mention in entity.mentions if new else ():
                if mention.form is Form.NAME:
                    said = mention.span.of(self.found.document.text)
                    is_last = said != entity.name and entity.name.endswith(f" {said}")
                    yield mention.span, new.split()[-1] if new and is_last else new or ""

    def retold(self) -> Findings:
        """What the telling says."""
        found = _over(self.found, self.edits.move, self._changes.days)
        names, text = self._changes.names, self.document.text
        return replace(
            found,
            document=self.document,
            entities=tuple(
                replace(each, name=names.get(each.name, each.name)) for each in found.entities
            ),
            events=tuple(replace(each, label=self._called(each.label)) for each in found.events),
            quantities=tuple(_counted(each, text) for each in found.quantities),
        )

    def _called(self, label: str) -> str:
        for old, new in self._changes.names.items():
            label = label.replace(old, new)
        return label


def _number(quantity: Quantity, chance: random.Random) -> str:
    return str(max(2, round(int(quantity.text) * chance.uniform(0.5, 1.8))))


def _counted(quantity: Quantity, text: str) -> Quantity:
    """The quantity with the number that the text gives now."""
    words = quantity.span.of(text)
    if words == quantity.text or not words.isdigit():
        return quantity
    return replace(quantity, text=words, lower=float(words), upper=float(words))


def _apart(words: Mapping[Span, str]) -> dict[Span, str]:
    """Those that do not overlap one before them."""
    chosen: dict[Span, str] = {}
    end = -1
    for span in sorted(words):
        if span.start >= end:
            chosen[span] = words[span]
            end = span.end
    return chosen


def _kept(found: Findings) -> list[Span]:
    """The words that findings repeat, which must stay what they are."""
    return [
        *(mention.span for entity in found.entities for mention in entity.mentions),
        *(span for role in found.roles for span in role.passages),
        *(span for event in found.events for span in event.passages),
        *(span for quantity in found.quantities for span in quantity.passages),
        *(span for claim in found.claims for span in claim.cue),
        *(time.span for time in found.times),
    ]


def _over[T](value: T, place: Callable[[Span], Span], days: dt.timedelta) -> T:
    """A finding with each of its spans and days moved; what is written of a day stays."""
    match value:
        case Span():
            return cast("T", place(value))
        case dt.date():
            return cast("T", value + days)
        case tuple():
            return cast("T", tuple(_over(each, place, days) for each in value))
    if not is_dataclass(value):
        return value
    moved = {each.name: _over(getattr(value, each.name), place, days) for each in fields(value)}
    return cast("T", replace(cast("Any", value), **moved))
