"""How the candidates of a pronoun stand to each other."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extraction.coreference.features import AT

__all__ = ["beside", "plain_choice"]

_FAR = 9.0
_TOKENS = AT["tokens"]
_SUBJECT_SENTENCES = AT["subject_sentences"]
_SUBJECT_DEPTH = AT["subject_depth"]
_SENTENCES = AT["sentences"]
_PERSON = AT["person"]
_ARGUMENT = AT["argument"]
_QUOTED = AT["quoted"]
_GOVERNS = AT["governs"]
_BEFORE = AT["before"]
_NAMES = AT["names"]
_GIVEN = AT["given"]
_SAID = AT["said"]
_ALIKE = AT["alike"]


def plain_choice(rows: Sequence[Sequence[float]]) -> int:
    """The one that a plain rule would choose, -1 for none.

    The nearest sentence with a person decides; in it a subject goes before the rest, and two
    of equal standing are no choice (Hobbs 1978; Lappin and Leass 1994).
    """
    near = [
        (row[_SENTENCES], row[_SUBJECT_SENTENCES] != row[_SENTENCES], number)
        for number, row in enumerate(rows)
        if row[_TOKENS] >= 0 and row[_PERSON] and not row[_ARGUMENT] and not row[_QUOTED]
    ]
    if not near:
        return -1
    best = min(near)
    return best[2] if sum(other[:2] == best[:2] for other in near) == 1 else -1


def beside(row: Sequence[float], rows: Sequence[Sequence[float]]) -> tuple[float, ...]:
    """How a candidate stands to the others."""
    nearer = nearer_subject = higher = over = more = named = said = 0
    best = alike = -_FAR
    subject = (row[_SUBJECT_SENTENCES], row[_SUBJECT_DEPTH])
    for other in rows:
        if other is row:
            continue
        nearer += other[_TOKENS] >= 0 and (row[_TOKENS] < 0 or other[_TOKENS] < row[_TOKENS])
        nearer_subject += other[_SUBJECT_SENTENCES] < row[_SUBJECT_SENTENCES]
        higher += (other[_SUBJECT_SENTENCES], other[_SUBJECT_DEPTH]) < subject
        over += other[_GOVERNS] >= 0 and (row[_GOVERNS] < 0 or other[_GOVERNS] < row[_GOVERNS])
        more += other[_BEFORE] > row[_BEFORE]
        named += other[_NAMES] > row[_NAMES]
        said += other[_SAID] > row[_SAID]
        best = max(best, other[_GIVEN])
        alike = max(alike, other[_ALIKE])
    return (
        float(nearer),
        float(nearer_subject),
        float(higher),
        float(over),
        float(more),
        float(named),
        best,
        float(said),
        alike,
    )
