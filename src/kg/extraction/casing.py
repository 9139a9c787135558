"""The case of texts written all in capitals, as the recogniser of names needs it.

Cables, wire reports and old scans have no lower case, and names cannot be told from words in
them. A small perceptron, whose weights ``casing.json`` holds, guesses for each word whether it
is written small, with a capital, or in capitals. Only the case changes: every offset stays.
"""

from __future__ import annotations

import functools
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.extraction.given_names import is_known
from kg.extraction.language import datelines, paragraphs
from kg.extraction.lexicon import lexicon
from kg.extraction.mentions.known import is_surname
from kg.model import Span
from kg.resources import read_resource

__all__ = ["CLASSES", "WORD", "Casing", "features", "is_capitals", "restored", "starts_sentence"]

#: How a word is written: small, with a capital, all in capitals.
CLASSES = ("small", "capital", "capitals")
WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W\d_]+(?:['’][^\W\d_]+)*")
#: A text is in capitals when so great a share of its letters is; a paragraph only if it is long.
_SHARE, _LEAST_WORDS = 0.95, 20
#: Of the places of a rare word so many make it a name everywhere.
_NAMED_SHARE = 1 / 3
#: How much more a word must speak for small letters than for a capital to be a word and no name.
_SMALL = 20
_LEAST_STEM = 3  #: letters of a verb without its ending
_DATELINE_WORDS = 7  #: of a dateline, which keeps its capitals
_STOP = re.compile(r"[.!?:][)\]\"'”’]*\s+[(\[\"'“‘]*$|\n\s*\n\W*$")
_MARKS = {"(": "(", '"': '"', "“": '"', ",": ",", "-": "-", "/": "-", ")": ")", "$": "$"}
_CAPITAL_PART = re.compile(r"^(?:mc|o['’])(?=\w{3})")


@dataclass(frozen=True, slots=True)
class Casing:
    """The perceptron: of each feature the weight that it has for each class."""

    words: frozenset[str]  #: words known by themselves; others are known by their ends
    weights: Mapping[str, Sequence[int]]

    def choose(self, active: Sequence[str], allowed: Sequence[int] = (0, 1, 2)) -> int:
        """The class that features speak for."""
        scores = [0, 0, 0]
        for feature in active:
            for at, weight in enumerate(self.weights.get(feature, ())):
                scores[at] += weight
        return max(allowed, key=scores.__getitem__)


@functools.cache
def _casing() -> Casing:
    stored = json.loads(read_resource("extraction/casing.json"))
    return Casing(frozenset(stored["words"]), stored["weights"])


def is_capitals(text: str) -> bool:
    """Whether nearly all letters of a text are capitals.

    >>> is_capitals("THE MAYOR SPOKE."), is_capitals("The FBI came.")
    (True, False)
    """
    upper = sum(character.isupper() for character in text)
    lower = sum(character.islower() for character in text)
    return upper > _SHARE * (upper + lower)


def restored(text: str) -> str:
    """The text with the likely case in what is all capitals; else the text itself.

    A text is looked at as a whole, and where it is of mixed case, each long paragraph.
    """
    if is_capitals(text):
        return _recased(text, _casing())
    parts, end = [], 0
    for span in paragraphs(text):
        words = span.of(text)
        if words.isupper() and len(words.split()) >= _LEAST_WORDS and is_capitals(words):
            parts += [text[end : span.start], _recased(words, _casing())]
            end = span.end
    return "".join([*parts, text[end:]])


def _recased(text: str, casing: Casing) -> str:
    """The text with the case that the perceptron chooses, one word after the other."""
    low = _lower(text)
    kept = [s for s in datelines(text) if len(s.of(text).split()) <= _DATELINE_WORDS]
    spans = (Span(match.start(), match.end()) for match in WORD.finditer(low))
    found = [span for span in spans if not any(line.covers(span) for line in kept)]
    words = [span.of(low) for span in found]
    after = {line.end for line in kept}
    firsts = [s.start in after or starts_sentence(low, s.start) for s in found]
    chosen: list[int] = []
    end = 0
    for at, span in enumerate(found):
        before = ["", "", *(CLASSES[one] for one in chosen[-2:])][-2:]
        gap = None if firsts[at] else low[end : span.start]
        active = features(words, at, before, gap, casing.words)
        ordinal = low[span.start - 1 : span.start].isdigit()  # 1st
        choice = 0 if ordinal else casing.choose(active)
        beside = gap is not None and not gap.strip() and before[1] == "capital"
        chosen.append(_by_name(words[at - 1 : at + 1], choice, casing) if beside else choice)
        end = span.end
    parts, end = [], 0
    for at, choice in enumerate(_agreeing(words, chosen, firsts, casing.words)):
        span, first = found[at], firsts[at]
        parts += [text[end : span.start], _written(words[at], choice, first=first)]
        end = span.end
    return "".join([*parts, text[end:]])


def _by_name(pair: Sequence[str], choice: int, casing: Casing) -> int:
    """The class of a word after one with a capital: headlines put their verb after a name.

    Of those the texts that were learned from have few, and of each surname too.
    """
    before, word = pair
    if choice == 1 and _is_verb_of_headline(word, casing):
        return 0
    unknown = choice == 0 and word not in casing.words
    return 1 if unknown and is_known(before) and is_surname(word) else choice


def _is_verb_of_headline(word: str, casing: Casing) -> bool:
    """Whether a rare word ends as "resigns" and "denies" do, and is such a form of a known one."""
    if not word.endswith("s") or word in casing.words or is_surname(word):
        return False  # of "News" and "Rights" enough was seen
    stems = (word[:-1], word[:-2] if word.endswith("es") else "", re.sub("ies$", "y", word))
    return any(len(stem) >= _LEAST_STEM and _small(stem, casing) >= _SMALL for stem in stems)


def _small(word: str, casing: Casing) -> int:
    """How much more a word by itself speaks for small letters than for a capital."""
    small, capital, _ = casing.weights.get(f"w {word}", (0, 0, 0))
    return small - capital


def _agreeing(
    words: Sequence[str], chosen: Sequence[int], firsts: Sequence[bool], known: frozenset[str]
) -> Iterator[int]:
    """The choices, with one for each rare word: who is named once is named throughout."""
    votes: dict[str, Counter[int]] = {}
    for word, choice, first in zip(words, chosen, firsts, strict=True):
        if word not in known and not first:
            votes.setdefault(word, Counter())[choice] += 1
    people = lexicon().nouns.person
    for word, choice in zip(words, chosen, strict=True):
        if choice == 1 and word.endswith("s") and word[:-1] in people:
            yield 0  # guerrillas, of whom the texts that were learned from know few
            continue
        counts = votes.get(word, Counter())
        named = counts.total() - counts[0]
        if named >= _NAMED_SHARE * max(counts.total(), 1) and named:
            yield 2 if counts[2] > counts[1] else 1
        else:
            yield choice


def _lower(text: str) -> str:
    """The text in lower case, letter by letter, so that no offset moves."""
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _written(word: str, chosen: int, *, first: bool) -> str:
    """A word in a class's case; the first word of a sentence has a capital at least."""
    name = CLASSES[chosen]
    if name == "capitals":
        return "".join(map(_upper, word))
    if name == "small" and not first:
        return word
    inner = _CAPITAL_PART.match(word) if name == "capital" else None
    parts = [word[: inner.end()], word[inner.end() :]] if inner else [word]
    return "".join("".join(map(_upper, part[:1])) + part[1:] for part in parts)


def _upper(character: str) -> str:
    """A letter as a capital, where that is one letter."""
    return character.upper() if len(character.upper()) == 1 else character


def starts_sentence(text: str, at: int) -> bool:
    """Whether a sentence starts at a character, as far as marks tell."""
    before = text[max(0, at - 12) : at]
    return not before.strip() or _STOP.search(before) is not None


def features(
    words: Sequence[str], at: int, before: Sequence[str], gap: str | None, known: frozenset[str]
) -> list[str]:
    """What tells how a word is written.

    ``before`` is how the two words before it are written, ``gap`` what stands between the last
    of them and the word, None where the word starts a sentence. A word that is not ``known``
    counts by its ends only.
    """
    return list(_features(words, at, before, gap, known))


def _features(
    words: Sequence[str], at: int, before: Sequence[str], gap: str | None, known: frozenset[str]
) -> Iterator[str]:
    word = words[at]
    here = word if word in known else "?"
    last = "^" if gap is None else _known(words, at - 1, known)
    written = "^" if gap is None else before[1]
    following = _known(words, at + 1, known)
    mark = next((_MARKS[c] for c in reversed(gap or "") if c in _MARKS), "")
    yield "bias"
    yield f"w {here}"
    yield f"-1 {last}"
    yield f"+1 {following}"
    yield f"-1w {last} {here}"
    yield f"w+1 {here} {following}"
    yield f"t {written}"
    yield f"tt {before[0]} {before[1]} {mark}"
    yield f"tw {before[1]} {mark} {here}"
    yield f"t+1 {before[1]} {following}"
    yield f"m {mark}"
    if here == "?":
        yield f"s3 {word[-3:]}"
        yield f"s2 {word[-2:]}"
        yield f"p3 {word[:3]}"
        yield f"n {min(len(word), 6)}"
        yield f"v {any(c in 'aeiouy' for c in word)} {min(len(word), 6)}"
        yield f"s3t {word[-3:]} {before[1]}"


def _known(words: Sequence[str], at: int, known: frozenset[str]) -> str:
    if not 0 <= at < len(words):
        return "$"
    return words[at] if words[at] in known else "?"
