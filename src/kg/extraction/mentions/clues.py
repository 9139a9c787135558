"""What the letters of a name and the words around it say of what it names.

Linear weights over strings such as ``ends:ova`` or ``subject:marry``, learned from texts
(``training/mentions``): they tell a person from an organisation or a place where the
recogniser does not know the name.
"""

from __future__ import annotations

import base64
import functools
import json
import re
import zlib
from collections.abc import Iterable, Iterator
from importlib.resources import files

import numpy as np
from anyascii import anyascii
from numpy.typing import NDArray
from spacy.tokens import Doc, Token

__all__ = ["BUCKETS", "CLASSES", "Clues", "around", "inside", "load_clues"]

#: What a name may be; the last is none of the others: a work, a law, a day, no name at all.
CLASSES = ("person", "organization", "place", "other")
#: How many weights the strings share.
BUCKETS = 1 << 14
_LONGEST = 4
_SHAPES = ((re.compile(r"[A-Z]"), "X"), (re.compile(r"[a-z]"), "x"), (re.compile(r"\d"), "9"))


def inside(doc: Doc, first: int, last: int) -> set[str]:
    """Strings for the words and letters of a name."""
    words = [token.text for token in doc[first : last + 1]]
    found = {f"words:{min(len(words), 5)}", f"shape:{_shape(words)}"}
    for place, word in (("first", words[0]), ("last", words[-1])):
        letters = re.sub(r"[^a-z'-]", "", anyascii(word).lower())
        found.add(f"{place}:{letters}")
        found.update(f"{place} begins:{letters[:n]}" for n in range(2, _LONGEST + 1))
        found.update(f"{place} ends:{letters[-n:]}" for n in range(2, _LONGEST + 1))
    found.update(f"word:{word.lower()}" for word in words)
    return found


def _shape(words: Iterable[str]) -> str:
    """The pattern of capitals of a name: ``Xx X. Xx``."""
    shapes = []
    for word in words:
        for pattern, sign in _SHAPES:
            word = pattern.sub(sign, word)  # noqa: PLW2901
        shapes.append(re.sub(r"(.)\1+", r"\1", word))
    return " ".join(shapes[:5])


def around(doc: Doc, first: int, last: int, head: Token) -> set[str]:
    """Strings for the words beside a name and above and below it in the parse."""
    return set(_beside(doc, first, last)) | set(_parsed(first, last, head))


def _beside(doc: Doc, first: int, last: int) -> Iterator[str]:
    before = [_plain(doc[at]) for at in range(first - 1, first - 3, -1) if at >= 0]
    after = [_plain(doc[at]) for at in range(last + 1, last + 4) if at < len(doc)]
    yield f"before:{before[0] if before else ''}"
    yield f"before two:{' '.join(before)}"
    yield f"after:{after[0] if after else ''}"
    yield f"after two:{' '.join(after[:2])}"
    yield from (f"soon:{word}" for word in after[1:])


def _plain(token: Token) -> str:
    """A word in small letters, a number as a sign for its length, a name as one sign."""
    if token.like_num:
        return "9" * min(len(token.text), 4)
    if token.pos_ == "PROPN" and token.text[:1].isupper():
        return "Name"
    return token.lower_


def _parsed(first: int, last: int, head: Token) -> Iterator[str]:
    above = head.head
    yield f"is:{head.dep_}"
    if head.dep_ == "pobj":
        yield f"in phrase:{above.lower_}"
        yield f"in phrase of:{above.lower_} {above.head.lemma_.lower()}"
    elif above != head:
        yield f"{head.dep_}:{_lemma(above)}"
    if above.dep_ in {"relcl", "advcl", "xcomp", "ccomp"} and head.dep_ == "nsubj":
        yield f"subject in:{above.dep_}"
    for child in head.children:
        if first <= child.i <= last or child.is_punct:
            continue
        yield f"has {child.dep_}"
        if child.dep_ in {"appos", "amod", "compound", "nmod", "relcl", "det", "prep", "conj"}:
            yield f"has {child.dep_}:{_lemma(child)}"


def _lemma(token: Token) -> str:
    return "Name" if token.pos_ == "PROPN" else token.lemma_.lower()


class Clues:
    """Weights for strings; ``scores`` adds them up."""

    def __init__(self, weights: NDArray[np.float64], intercept: NDArray[np.float64]) -> None:
        self.weights = weights  #: a row a bucket, a column a class
        self.intercept = intercept

    def scores(self, strings: Iterable[str]) -> NDArray[np.float64]:
        """How much strings speak for each of ``CLASSES``."""
        rows = sorted({bucket(string) for string in strings})
        found: NDArray[np.float64] = self.weights[rows].sum(axis=0) + self.intercept
        return found


@functools.lru_cache(maxsize=1 << 16)
def bucket(string: str) -> int:
    """The number of the weight of a string."""
    return zlib.crc32(string.encode()) % BUCKETS


@functools.cache
def load_clues() -> tuple[Clues, Clues]:
    """The weights for what is inside a name, and for what is around it."""
    text = (files("kg.extraction.mentions") / "clues.json").read_text(encoding="utf-8")
    learned = json.loads(text)
    inner, outer = (_read(learned[part]) for part in ("inside", "around"))
    return inner, outer


def _read(part: dict[str, object]) -> Clues:
    raw = np.frombuffer(base64.b64decode(str(part["weights"])), dtype=np.int8)
    unit = float(str(part["unit"]))
    weights = raw.reshape(BUCKETS, len(CLASSES)).astype(np.float64) * unit
    return Clues(weights, np.array(part["intercept"], dtype=np.float64))
