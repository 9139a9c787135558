"""Entities, pairs and decisions in words, for the terminal and for programs."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from kg.curation import Entry, Held, Judged, Open, Part, Place, Told
from kg.hiding import Veil
from kg.identity import describe, identify, standing, to_row
from kg.model import Decision

__all__ = [
    "as_lines",
    "both",
    "decision_to_json",
    "decisions",
    "entry",
    "entry_to_json",
    "is_about",
    "pair",
    "pair_to_json",
    "waiting",
]

#: So many documents of one side are named, so many of its words are shown.
_FILES, _WORDS, _EVENTS = 4, 3, 4


def is_about(judged: Judged, words: str) -> bool:
    """Whether one of the two names of a suggestion has the words in it."""
    names, _, _ = judged.reason.partition(": ")
    return words.casefold() in names.casefold() or words in {judged.left, judged.right}


def pair(judged: Judged, sides: tuple[Entry, Entry]) -> str:
    """A suggestion with its score, its reason, and where both sides stand."""
    lines = [f"{judged.score or 0:.2f}  {judged.reason}"]
    lines += [f"      {side.name}: {_files(side)}  {side.iri}" for side in sides]
    return "\n".join(lines)


def both(judged: Judged, sides: tuple[Entry, Entry], *, width: int) -> str:
    """A suggestion with all that is known of both sides, to decide on."""
    blocks = [f"\n{judged.score or 0:.2f}  {judged.reason}"]
    for side in sides:
        lines = [f"{side.name} ({side.kind}), in {_files(side)}"]
        lines += [*_roles(side.roles), *_parts(side.parts[:_EVENTS]), *_told(side.told)]
        lines += list(_words(_apart(side.places)[:_WORDS], width - 4))
        blocks.append(textwrap.indent("\n".join(lines), "  "))
    return "\n".join(blocks)


def waiting(each: Open, candidates: Sequence[tuple[str, str]], *, width: int) -> str:
    """Words that were left open in their sentence, and whom they may mean, numbered."""
    quoted = textwrap.fill(
        f"“{each.sentence}” ({each.anchor.file})", max(width - 4, 40), subsequent_indent="  "
    )
    lines = [f"\n“{each.anchor.words}”: {each.reason}", textwrap.indent(quoted, "  ")]
    lines += [f"  {number} {name}" for number, (_, name) in enumerate(candidates, start=1)]
    return "\n".join(lines)


def entry(side: Entry, judged: Sequence[Judged], names: Mapping[str, str]) -> str:
    """An entity with its roles, its words in each document, and what was judged of it."""
    lines = [f"{side.name} ({side.kind})", side.iri]
    if side.other_names:
        lines.append(f"also: {'; '.join(side.other_names)}")
    if side.curated:
        lines.append(side.curated)
    lines += [*_roles(side.roles), *_parts(side.parts), *_told(side.told), ""]
    for place in side.places:
        lines.append(f"{_where(place)}: {place.context}")
        lines.append(f"    {place.local}")
    lines += [
        f"{each.verdict}: {names[each.left]} / {names[each.right]}, by {each.by}: {each.reason}"
        for each in judged
    ]
    return "\n".join(lines)


def decision_to_json(decision: Decision) -> dict[str, str]:
    """A decision for a program: its name, in words, and its line; hidden words are left out."""
    row = to_row(decision)
    if decision.what.startswith("hide"):
        row = {name: cell for name, cell in row.items() if name not in {"words", "value"}}
    return {"name": identify(decision), "said": describe(decision), **row}


def decisions(known: Sequence[Decision]) -> list[dict[str, str]]:
    """What people decided, each with its name and whether it stands; hidden names are covered."""
    stood = standing(known)
    held = {identify(each) for each in stood}
    veil = Veil.of(each.left.words for each in stood if each.what.startswith("hide"))
    return [
        {
            "name": identify(each),
            "stands": "yes" if identify(each) in held else "no",
            "decision": veil.cover(describe(each)),
        }
        for each in sorted(known, key=lambda each: (each.when, identify(each)))
        if each.what != "undo"
    ]


def as_lines(rows: Iterable[Mapping[str, str]]) -> str:
    """Decisions as lines; those that were taken back say so."""
    return (
        "\n".join(
            f"{row['name']}  {row['decision']}{'' if row['stands'] == 'yes' else ' (taken back)'}"
            for row in rows
        )
        or "nothing was decided"
    )


def pair_to_json(judged: Judged, sides: tuple[Entry, Entry]) -> dict[str, Any]:
    """A suggestion for a program."""
    left, right = sides
    return {
        "score": judged.score,
        "reason": judged.reason,
        "left": {"iri": left.iri, "name": left.name, "documents": list(left.files)},
        "right": {"iri": right.iri, "name": right.name, "documents": list(right.files)},
    }


def entry_to_json(side: Entry, judged: Sequence[Judged]) -> dict[str, Any]:
    """An entity for a program."""
    places = [
        {
            "document": place.file,
            "published": place.published.isoformat() if place.published else None,
            "characters": [place.span.start, place.span.end],
            "words": place.words,
            "entity": place.local,
        }
        for place in side.places
    ]
    return {
        "iri": side.iri,
        "kind": side.kind,
        "name": side.name,
        "other_names": list(side.other_names),
        "curated": side.curated,
        "roles": [asdict(role) for role in side.roles],
        "parts": [asdict(part) for part in side.parts],
        "told": [asdict(each) for each in side.told],
        "places": places,
        "judgements": [asdict(each) for each in judged],
    }


def _roles(roles: Sequence[Held]) -> Iterator[str]:
    for role in roles:
        status = f"{role.status} " if role.status else ""
        of = f", {role.organization}" if role.organization else ""
        term = _term(role.start, role.end)
        when = f", {role.published}" if role.published else ""
        curated = f" [{role.curated}]" if role.curated else ""
        yield f"- {status}{role.title}{of}{term} ({role.file}{when}){curated}"


def _term(start: str | None, end: str | None) -> str:
    """When a role was held, in the words of the text, which may say from and until themselves.

    >>> _term("from 1980 to 1987", "from 1980 to 1987"), _term("May 1988", "until last March")
    (', from 1980 to 1987', ', from May 1988, until last March')
    """
    if start is not None and start == end:
        return f", {start}" if " " in start else f", from and until {start}"
    said = (("from", start), ("until", end))
    return "".join(
        f", {words}" if words.lower().startswith((word, "since")) else f", {word} {words}"
        for word, words in said
        if words
    )


def _parts(parts: Sequence[Part]) -> Iterator[str]:
    for part in parts:
        time = f", {part.time}" if part.time else ""
        yield f"- {part.part} of: {part.event}{time} ({part.file})"


def _apart(places: Sequence[Place]) -> list[Place]:
    """Places with a sentence of their own: the same one twice shows nothing more."""
    return list({(place.file, place.context): place for place in reversed(places)}.values())[::-1]


def _told(told: Sequence[Told]) -> Iterator[str]:
    for each in told:
        told_of = f"{each.label} ({each.kind})" if each.kind not in each.label else each.label
        facts = (each.time, each.place and f"in {each.place}", each.taking)
        yield f"- {'; '.join((told_of, *filter(None, facts)))} ({each.file})"


def _words(places: Sequence[Place], width: int) -> Iterator[str]:
    for place in places:
        yield textwrap.fill(
            f"“{place.context}” ({_where(place)})", max(width, 40), subsequent_indent="  "
        )


def _where(place: Place) -> str:
    published = f", {place.published.isoformat()}" if place.published else ""
    return f"{place.file}{published}, #char={place.span.start},{place.span.end}"


def _files(side: Entry) -> str:
    more = len(side.files) - _FILES
    return ", ".join(side.files[:_FILES]) + (f" and {more} more" if more > 0 else "")
