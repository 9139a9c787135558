"""Reading the tables of ``patterns/``, and finding their phrases among tokens."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from typing import Any

from spacy.tokens import Doc

from kg.resources import read_resource

__all__ = ["by_each", "by_first", "matches", "read_table", "split"]


def read_table(name: str) -> dict[str, Any]:
    """A table of ``patterns/`` by its name."""
    return tomllib.loads(read_resource(f"extraction/patterns/{name}.toml"))


def split(phrase: str) -> tuple[str, ...]:
    """A phrase as the tokenizer would part it: hyphens and possessive endings are tokens.

    >>> split("court-martial"), split("people's tribunal")
    (('court', '-', 'martial'), ('people', "'s", 'tribunal'))
    """
    return tuple(re.findall(r"['’]s\b|-|[^\s-]+?(?=['’]s\b)|[^\s-]+", phrase))


def by_first(phrases: Iterable[tuple[str, ...]]) -> dict[str, list[tuple[str, ...]]]:
    """Phrases by their first word, the longest first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for words in phrases:
        found.setdefault(words[0], []).append(words)
    for options in found.values():
        options.sort(key=len, reverse=True)
    return found


def by_each(phrases: Iterable[tuple[str, ...]]) -> dict[str, list[tuple[tuple[str, ...], int]]]:
    """Phrases by each of their words, with the place of the word in the phrase."""
    found: dict[str, list[tuple[tuple[str, ...], int]]] = {}
    for words in phrases:
        for n, word in enumerate(words):
            found.setdefault(word, []).append((words, n))
    return found


def matches(doc: Doc, at: int, words: tuple[str, ...]) -> bool:
    """Whether words stand at a token, each as its lower-case form or its lemma."""
    return at + len(words) <= len(doc) and all(
        word in (doc[at + n].lower_, doc[at + n].lemma_.lower()) for n, word in enumerate(words)
    )
