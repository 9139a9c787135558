"""What people decided: the lines of decisions.csv, and which of them stand.

Lines are added and never changed; an undo is a line of its own. The order of the lines means
nothing, so that two people's files can be merged by putting their lines together.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Mapping
from pathlib import Path

from kg.errors import DecisionsFileError
from kg.model import Anchor, Decision, Span
from kg.vocabulary import digest

__all__ = ["COLUMNS", "KINDS", "describe", "identify", "parse", "standing", "taken_back", "to_row"]

COLUMNS = (
    "when", "who", "decision",
    "file", "characters", "words", "document",
    "other_file", "other_characters", "other_words", "other_document",
    "why", "undoes",
)  # fmt: skip

#: What can be decided, and whether it is about two things.
KINDS = {"same": True, "different": True, "split": False, "split mention": False, "undo": None}


def parse(text: str, path: Path) -> tuple[Decision, ...]:
    """The decisions of a file, equal ones once.

    Raises:
        DecisionsFileError: If a line cannot be read, or takes back one that is not there.
    """
    if not text.strip():
        return ()
    rows = csv.DictReader(io.StringIO(text, newline=""))
    missing = [name for name in COLUMNS if name not in (rows.fieldnames or ())]
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
    }


def identify(decision: Decision) -> str:
    """The name by which an undo calls a decision: a hash of the line, its reason left out."""
    row = to_row(decision)
    return digest(*(row[name] for name in COLUMNS if name != "why"))


def describe(decision: Decision) -> str:
    """A decision in words, for a person.

    >>> anchor = Anchor(file="a.txt", document="0f", span=Span(0, 4), words="Berg")
    >>> when = dt.datetime(2026, 1, 2, 3, 4, 5, tzinfo=dt.UTC)
    >>> describe(Decision(when=when, who="Ida", what="split", left=anchor, why="another Berg"))
    'split: Berg (a.txt, 0-4), by Ida on 2026-01-02: another Berg'
    """
    sides = [
        f"{side.words} ({side.file}, {side.span.start}-{side.span.end})"
        for side in (decision.left, decision.right)
        if side is not None
    ]
    why = f": {decision.why}" if decision.why else ""
    day = decision.when.date().isoformat()
    return f"{decision.what}: {' / '.join(sides)}, by {decision.who} on {day}{why}"


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
    if left is None or (KINDS[what] is not None and KINDS[what] is not (right is not None)):
        raise DecisionsFileError(path, line, f"{what} is about {'two' if KINDS[what] else 'one'}")
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
