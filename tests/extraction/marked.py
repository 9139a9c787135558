"""Invented texts with marks of who said what, and the command that learns from them."""

from __future__ import annotations

import re
from pathlib import Path

from click.testing import CliRunner

from kg.cli import main

#: Invented texts; the marks stand in braces: s a source, c a cue, t a content, with a number
#: where a text has several attributions.
TEXTS = {
    "bridge": "{s1 The mayor} {c1 said} {t1 that the bridge was closed}. It rained all day.",
    "clinic": "{t1 “We had no water,”} {c1 said} {s1 Ida Brandt}, a nurse. She left at noon.",
    "court": "{s1 Prosecutors} {c1 claim} {t1 the guards knew}. {s2 The guards} {c2 deny} {t2 it}.",
    "ferry": "{c1 According to} {s1 two sailors}, {t1 the ferry never left the harbour}.",
    "mine": "{t1 The pumps had failed}, {s1 a foreman} {c1 told} reporters. Nobody was hurt.",
    "school": "{s1 Tove Aas} {c1 wrote} {t1 that the school had been empty since June}.",
}
_MARK = re.compile(r"\{([sct])(\d) ([^}]+)\}")
_KINDS = {"s": "Source", "c": "Cue", "t": "Content"}


def write_text(folder: Path, name: str, written: str) -> tuple[Path, Path]:
    """Write a text without its braces, and beside it what they mark, as brat would."""
    text, lines = "", list[str]()
    events: dict[str, list[str]] = {}
    at = 0
    for number, found in enumerate(_MARK.finditer(written), 1):
        text += written[at : found.start()]
        kind, event, words = found.groups()
        lines.append(f"T{number}\t{_KINDS[kind]} {len(text)} {len(text) + len(words)}\t{words}")
        events.setdefault(event, []).append(f"{_KINDS[kind]}:T{number}")
        text += words
        at = found.end()
    text += written[at:]
    lines += [f"E{event}\t{' '.join(parts)}" for event, parts in events.items()]
    paths = folder / f"{name}.txt", folder / f"{name}.ann"
    folder.mkdir(parents=True, exist_ok=True)
    paths[0].write_text(text, encoding="utf-8")
    paths[1].write_text("\n".join(lines) + "\n", encoding="utf-8")
    return paths


def write_texts(folder: Path) -> Path:
    """Write all the texts into a folder."""
    for name, written in TEXTS.items():
        write_text(folder, name, written)
    return folder


def kg_train(*arguments: str | Path) -> tuple[int, str, str]:
    """The exit code of ``kg train``, what it prints, and what it remarks."""
    result = CliRunner().invoke(main, ["train", *map(str, arguments)])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout, result.stderr
