"""Names that the recogniser took together and that are several: "Holt, Reyes and Banda"."""

from __future__ import annotations

import itertools

from spacy.tokens import Doc

from kg.extraction.given_names import is_known
from kg.extraction.mentions.known import is_surname

__all__ = ["parted"]

_PARTING = {",", "and", "&", ";"}
_AFTER_COMMA = {"jr", "sr", "ii", "iii", "iv"}
_WORDS = 3


def parted(doc: Doc, first: int, last: int, label: str) -> list[tuple[int, int]]:
    """First and last token of each name in what the recogniser found; mostly there is one.

    A person's name holds neither a comma nor "and"; an institution's does, unless commas part
    what are all people's names.
    """
    whole = [(first, last)]
    marks = {doc[at].lower_ for at in range(first, last + 1)} & _PARTING
    if not marks or label not in {"PERSON", "ORG"} or (label == "ORG" and "," not in marks):
        return whole
    runs = itertools.groupby(range(first, last + 1), lambda at: doc[at].lower_ in _PARTING)
    parts = [list(run) for parting, run in runs if not parting]
    alike = all(_may_be_name(doc, part) for part in parts)
    known = sum(_may_be_person(doc, part) for part in parts)
    people = label == "PERSON" or 2 * known >= len(parts)
    return [(part[0], part[-1]) for part in parts] if alike and people else whole


def _may_be_name(doc: Doc, part: list[int]) -> bool:
    words = [doc[at].text for at in part]
    return (
        len(words) <= _WORDS
        and words[0][:1].isupper()
        and words[0].lower().rstrip(".") not in _AFTER_COMMA
    )


def _may_be_person(doc: Doc, part: list[int]) -> bool:
    words = [doc[at].text for at in part]
    return all(word[:1].isupper() for word in words) and (
        is_known(words[0]) or is_surname(words[-1])
    )
