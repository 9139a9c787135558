"""What people decided: the lines of decisions.csv, and which of them stand.

Lines are added and never changed; an undo is a line of its own. The order of the lines means
nothing, so that two people's files can be merged by putting their lines together.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import textwrap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.errors import DecisionsFileError
from kg.hiding import covered
from kg.identity.dates import date_of
from kg.model import Anchor, Decision, EntityKind, Span
from kg.vocabulary import digest

__all__ = [
    "COLUMNS",
    "KINDS",
    "Kind",
    "columns",
    "describe",
    "identify",
    "parse",
    "standing",
    "taken_back",
    "to_row",
]

COLUMNS = (
    "when", "who", "decision",
    "file", "characters", "words", "document",
    "other_file", "other_characters", "other_words", "other_document",
    "why", "undoes", "value",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Kind:
    """What a line of one kind has: a second side, a value. None is either way."""

    two: bool | None = False
    value: bool | None = False


#: What can be decided. Those with a value put it in the place of what was read; for a statement
#: it says which one of those that stand there is meant.
KINDS = {
    "same": Kind(two=True),
    "different": Kind(two=True),
    "split": Kind(),
    "split mention": Kind(),
    "means": Kind(two=True),
    "rename": Kind(value=True),
    "retype": Kind(value=True),
    "hide": Kind(value=None),
    "hide mention": Kind(),
    "accept": Kind(value=True),
    "reject": Kind(value=True),
    "date": Kind(value=True),
    "undo": Kind(two=None, value=None),
}
#: The decisions whose words are shown to nobody.
_SECRET = frozenset({"hide", "hide mention"})
#: So many characters of a passage are shown in a list.
_LONG = 80


def parse(text: str, path: Path) -> tuple[Decision, ...]:
    """The decisions of a file, equal ones once.

    Raises:
        DecisionsFileError: If a line cannot be read, or takes back one that is not there.
    """
    if not text.strip():
        return ()
    rows = csv.DictReader(io.StringIO(text, newline=""))
    # Cases of before there were corrections have no column for values.
    wanted = [name for name in COLUMNS if name != "value"]
    missing = [name for name in wanted if name not in (rows.fieldnames or ())]
    if missing:
        raise DecisionsFileError(path, 1, f"no column {missing[0]!r}")
    found: dict[str, tuple[int, Decision]] = {}
    for row in rows:
        decision = _decision(row, path, rows.line_num)
        found.setdefault(identify(decision), (rows.line_num, decision))
    for line, decision in found.values():
        if decision.undoes is not None and decision.undoes not in found:
            raise DecisionsFileError(path, line, f"no line {decision.undoes!r} to take back")
    return tuple(decision for _, decision in found.values())


def columns(text: str) -> tuple[str, ...]:
    r"""The columns of a file, those of a new one where it is empty.

    >>> columns("when,who\n"), columns("") == COLUMNS
    (('when', 'who'), True)
    """
    rows = csv.DictReader(io.StringIO(text, newline=""))
    return tuple(rows.fieldnames or COLUMNS)


def to_row(decision: Decision) -> dict[str, str]:
    """A decision as a line of the file.

    >>> anchor = Anchor(file="a.txt", document="0f", span=Span(0, 4), words="Berg")
    >>> when = dt.datetime(2026, 1, 2, 3, 4, 5, tzinfo=dt.UTC)
    >>> row = to_row(Decision(when=when, who="Ida", what="split", left=anchor))
    >>> row["when"], row["characters"], row["other_words"]
    ('2026-01-02T03:04:05Z', '0-4', '')
    """
    return {
        "when": _moment(decision.when),
        "who": decision.who,
        "decision": decision.what,
        **_side("", decision.left),
        **_side("other_", decision.right),
        "why": decision.why,
        "undoes": decision.undoes or "",
        "value": decision.value,
    }


def identify(decision: Decision) -> str:
    """The name by which an undo calls a decision: a hash of the line, its reason left out."""
    row = to_row(decision)
    # A line without a value has the name that it had before there were values.
    counted = [name for name in COLUMNS if name != "why" and (name != "value" or row[name])]
    return digest(*(row[name] for name in counted))


def describe(decision: Decision) -> str:
    """A decision in words, for a person.

    >>> anchor = Anchor(file="a.txt", document="0f", span=Span(0, 4), words="Berg")
    >>> when = dt.datetime(2026, 1, 2, 3, 4, 5, tzinfo=dt.UTC)
    >>> describe(Decision(when=when, who="Ida", what="split", left=anchor, why="another Berg"))
    'split: Berg (a.txt, 0-4), by Ida on 2026-01-02: another Berg'
    """
    secret = decision.what in _SECRET
    sides = [
        f"{_shown(side.words, secret=secret)} ({side.file}, {side.span.start}-{side.span.end})"
        for side in (decision.left, decision.right)
        if side is not None
    ]
    value = f" = {decision.value}" if decision.value and not secret else ""
    why = f": {decision.why}" if decision.why else ""
    day = decision.when.date().isoformat()
    return f"{decision.what}: {' / '.join(sides)}{value}, by {decision.who} on {day}{why}"


def _shown(words: str, *, secret: bool) -> str:
    """Words as they are listed: hidden ones covered, long ones cut."""
    if secret:
        return covered(words, [Span(0, len(words))])
    return textwrap.shorten(words, _LONG, placeholder=" …")


def standing(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """The decisions that hold: no undo, and not taken back by one that itself holds."""
    known = {identify(decision): decision for decision in decisions}
    held = _held(known)
    return tuple(known[each] for each in sorted(known) if held[each] and known[each].what != "undo")


def taken_back(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """The joins that somebody took back: no rule may make them again."""
    known = {identify(decision): decision for decision in decisions}
    held = _held(known)
    return tuple(
        known[each] for each in sorted(known) if not held[each] and known[each].what == "same"
    )


def _held(known: Mapping[str, Decision]) -> dict[str, bool]:
    """Which lines hold. An undo can be taken back as well."""
    undoing: dict[str, list[str]] = {}
    for name, decision in known.items():
        if decision.undoes is not None:
            undoing.setdefault(decision.undoes, []).append(name)

    def holds(name: str) -> bool:
        # Ends: a line cannot hold the hash of one that holds its own.
        return not any(holds(undo) for undo in undoing.get(name, ()))

    return {name: holds(name) for name in known}


def _decision(row: Mapping[str, str | None], path: Path, line: int) -> Decision:
    cells = {name: (row.get(name) or "").strip() for name in COLUMNS}
    what = cells["decision"]
    if what not in KINDS:
        known = ", ".join(KINDS)
        raise DecisionsFileError(path, line, f"no decision {what!r}; there are {known}")
    try:
        when = dt.datetime.fromisoformat(cells["when"])
        left, right = _anchor(cells, ""), _anchor(cells, "other_")
    except ValueError as error:
        raise DecisionsFileError(path, line, str(error)) from error
    kind = KINDS[what]
    if left is None or (kind.two is not None and kind.two is not (right is not None)):
        raise DecisionsFileError(path, line, f"{what} is about {'two' if kind.two else 'one'}")
    if kind.value is not None and kind.value is not bool(cells["value"]):
        has = "has a" if kind.value else "has no"
        raise DecisionsFileError(path, line, f"{what} {has} value")
    if what == "retype" and cells["value"] not in set(EntityKind):
        kinds = ", ".join(EntityKind)
        raise DecisionsFileError(path, line, f"no kind {cells['value']!r}; there are {kinds}")
    if what == "date":
        try:
            date_of(cells["value"])
        except ValueError as error:
            raise DecisionsFileError(path, line, str(error)) from error
    if (what == "undo") is not bool(cells["undoes"]):
        raise DecisionsFileError(path, line, "an undo, and no other, says what it undoes")
    if not cells["who"]:
        raise DecisionsFileError(path, line, "nobody decided it; say who")
    return Decision(
        when=when if when.tzinfo else when.replace(tzinfo=dt.UTC),
        who=cells["who"],
        what=what,
        left=left,
        right=right,
        value=cells["value"],
        why=cells["why"],
        undoes=cells["undoes"] or None,
    )


def _anchor(cells: Mapping[str, str], side: str) -> Anchor | None:
    """One side of a line; None where nothing is written.

    Raises:
        ValueError: If its characters are no two numbers.
    """
    characters = cells[f"{side}characters"]
    if not characters and not cells[f"{side}words"]:
        return None
    start, _, end = characters.partition("-")
    if not (start.isdecimal() and end.isdecimal() and int(start) < int(end)):
        raise ValueError(f"characters must be like 310-371, not {characters!r}")
    return Anchor(
        file=cells[f"{side}file"],
        document=cells[f"{side}document"],
        span=Span(int(start), int(end)),
        words=cells[f"{side}words"],
    )


def _side(side: str, anchor: Anchor | None) -> dict[str, str]:
    return {
        f"{side}file": anchor.file if anchor else "",
        f"{side}characters": f"{anchor.span.start}-{anchor.span.end}" if anchor else "",
        f"{side}words": " ".join(anchor.words.split()) if anchor else "",
        f"{side}document": anchor.document if anchor else "",
    }


def _moment(when: dt.datetime) -> str:
    return when.astimezone(dt.UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"
