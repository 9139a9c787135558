"""How alike two names are, and why: a suggestion for a person, never a verdict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from kg.identity.names import LEGAL_FORMS, PARTICLES, key, parts, skeleton
from kg.identity.words import INITIAL, LONG, SHORT_FORM, SOUND, are_near, liken
from kg.model import EntityKind

__all__ = ["Likeness", "compare", "content_words"]


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two names are, from 0 to 1, and what differs in words."""

    score: float
    reason: str


_NONE = Likeness(0.0, "")

# The numbers below were chosen on a half of nomenklatura's pairs of names; see bench/names.py.

#: What a word is worth that is like another and not nearly the same, the other words being equal.
_NEAR = 0.3
#: What words on one side only take from the likeness, when they outnumber the others.
_LACKS = 0.3
#: What a bare surname is worth beside a name that ends in it.
_SURNAME = 0.5
#: The least length of a name of one word that may be misspelt: Iran is not Iraq.
_LONG = {EntityKind.PLACE: 7, EntityKind.GROUP: 7}
#: The least length of a name that may be cut in another way and misspelt too.
_LONG_WHOLE = 10
_SMALL = frozenset(PARTICLES.values())
#: Words of organisations and places that come and go.
_LIGHT = frozenset("of and for in on to at de la du der die das und et".split()) | LEGAL_FORMS


def compare(one: str, other: str, kind: EntityKind) -> Likeness:
    """How alike two names of one kind are; symmetric.

    >>> compare("Anna Berg", "Anna Maria Berg", EntityKind.PERSON).reason
    'one name lacks maria'
    >>> compare("Anna Berg", "Karl Berg", EntityKind.PERSON).score
    0.0
    """
    if other < one:
        one, other = other, one
    if key(one, kind) == key(other, kind):
        return Likeness(1.0, "the same name")
    left, right = parts(one, kind), parts(other, kind)
    if not left or not right:
        return _NONE
    if kind is EntityKind.PERSON:
        return _persons(left, right)
    return _others(left, right, (one, other), kind)


@dataclass(frozen=True, slots=True)
class _Pair:
    """A word of one name beside a word of the other."""

    left: int
    right: int
    score: float
    reason: str


def _persons(left: tuple[str, ...], right: tuple[str, ...]) -> Likeness:
    left, right = (content_words(words, EntityKind.PERSON) for words in (left, right))
    if cut := _cut_otherwise(left, right):
        return cut
    pairs, left_rest, right_rest = _align(left, right, person=True)
    if (left_rest and right_rest) or not pairs:
        return _NONE
    lacking = left_rest or right_rest
    if min(len(left), len(right)) == 1:
        return _single(left, right, pairs[0], EntityKind.PERSON)
    written = [pair for pair in pairs if pair.score != INITIAL]
    if not written or not any(len(left[pair.left]) > 1 for pair in written):
        return _NONE
    return _weighed(pairs, left, right, lacking)


def _cut_otherwise(left: tuple[str, ...], right: tuple[str, ...]) -> Likeness | None:
    """Names of the same letters, or nearly, that are cut into words in another way."""
    one, other = "".join(left), "".join(right)
    if one == other:
        return Likeness(0.96, "the same letters, cut or marked in another way")
    close = min(len(one), len(other)) >= _LONG_WHOLE and OSA.distance(one, other) == 1
    if close and len(left) != len(right) and not any(letter.isdigit() for letter in one + other):
        return Likeness(0.85, "one letter differs, and the words are cut in another way")
    return None


def _single(
    left: tuple[str, ...], right: tuple[str, ...], pair: _Pair, kind: EntityKind
) -> Likeness:
    """A name of one word: the surname of the other, or the same misspelt."""
    if len(left) == len(right):
        least, shorter = _LONG.get(kind, LONG), min(len(left[0]), len(right[0]))
        close = OSA.distance(left[0], right[0]) == 1 and shorter >= least
        spelt = pair.score == SOUND and shorter >= least - 1 and len(skeleton(left[0])) > 2  # noqa: PLR2004 - Guinea is not Guyana
        return Likeness(0.8 * pair.score, pair.reason) if close or spelt else _NONE
    last = pair.left == len(left) - 1 and pair.right == len(right) - 1
    if not last or pair.score < SOUND:
        return _NONE
    return Likeness(_SURNAME * pair.score, "one name may be short for the other: a bare surname")


def _others(
    left: tuple[str, ...], right: tuple[str, ...], names: tuple[str, str], kind: EntityKind
) -> Likeness:
    """Organisations, groups and places."""
    if _is_short_for(names[0], right) or _is_short_for(names[1], left):
        return Likeness(0.8, "one name may be made of the first letters of the other")
    if alike := _nearly(left, right, kind):
        return alike
    left, right = content_words(left, kind), content_words(right, kind)
    pairs, left_rest, right_rest = _align(left, right, person=False)
    if (left_rest and right_rest) or not pairs:
        return _NONE
    lacking = left_rest or right_rest
    if lacking and min(len(left), len(right)) == 1:
        return _first_word(left, right, pairs[0], kind)
    if len(left) == len(right) == 1:
        return _single(left, right, pairs[0], kind)
    return _weighed(pairs, left, right, lacking)


def _nearly(left: tuple[str, ...], right: tuple[str, ...], kind: EntityKind) -> Likeness | None:
    """Names that are the same but for what comes and goes, and how they are cut."""
    telling = content_words(left, kind), content_words(right, kind)
    if telling[0] == telling[1] and left != right:
        same = sorted(left) == sorted(right)
        return Likeness(0.96 if same else 0.8, "the same but for small words or the legal form")
    return _cut_otherwise(left, right) or _cut_otherwise(*telling)


def _first_word(
    left: tuple[str, ...], right: tuple[str, ...], pair: _Pair, kind: EntityKind
) -> Likeness:
    """A name of one word that a longer one begins with; no place is part of a place."""
    first = pair.left == pair.right == 0 and pair.score >= SOUND
    long = min(len(left[0]), len(right[0])) >= LONG and kind is not EntityKind.PLACE
    rest = (left if len(left) > 1 else right)[1:]
    reason = f"one name lacks {' '.join(rest)}"
    return Likeness(_SURNAME * pair.score, reason) if first and long else _NONE


def _weighed(
    pairs: Sequence[_Pair], left: tuple[str, ...], right: tuple[str, ...], lacking: tuple[str, ...]
) -> Likeness:
    """The mean of the pairs by the length of their words, less what one side lacks."""
    weights = [max(len(left[pair.left]), len(right[pair.right])) for pair in pairs]
    total = sum(weight * pair.score for weight, pair in zip(weights, pairs, strict=True))
    score = total / sum(weights)
    score = min(score, min(pair.score for pair in pairs) + 0.25)
    reasons = [pair.reason for pair in sorted(pairs, key=lambda pair: pair.left) if pair.reason]
    order = [pair.right for pair in sorted(pairs, key=lambda pair: pair.left)]
    if order != sorted(order):
        score *= 0.95
        reasons.append("the words stand in another order")
    if lacking:
        score *= 1 - _LACKS * len(lacking) / (len(lacking) + len(pairs))
        reasons.append(f"one name lacks {' '.join(lacking)}")
    return Likeness(round(score, 3), "; ".join(reasons) or "the same words")


def content_words(words: tuple[str, ...], kind: EntityKind) -> tuple[str, ...]:
    """The words that tell names apart, all where nothing else is left; none twice in a row.

    >>> content_words(("osama", "bin", "ladin"), EntityKind.PERSON)
    ('osama', 'ladin')
    """
    light = _SMALL if kind is EntityKind.PERSON else _LIGHT
    kept = [word for word in words if word not in light] or list(words)
    return tuple(
        word for at, word in enumerate(kept) if len(word) == 1 or word not in kept[at - 1 : at]
    )


def _align(
    left: tuple[str, ...], right: tuple[str, ...], *, person: bool
) -> tuple[list[_Pair], tuple[str, ...], tuple[str, ...]]:
    """Word beside word, the surest first, and the words of each side that stand alone."""
    found = [
        _Pair(i, j, *alike)
        for i, one in enumerate(left)
        for j, other in enumerate(right)
        if (alike := liken(one, other, person=person)) is not None
    ]
    found.sort(key=lambda pair: (-pair.score, abs(pair.left - pair.right), pair.left, pair.right))
    pairs: list[_Pair] = []
    for pair in found:
        if all(pair.left != other.left and pair.right != other.right for other in pairs):
            pairs.append(pair)
    left_rest = [i for i in range(len(left)) if all(pair.left != i for pair in pairs)]
    right_rest = [j for j in range(len(right)) if all(pair.right != j for pair in pairs)]
    pairs += _joined(left, right, left_rest, right_rest, person=person)
    if len(left_rest) == len(right_rest) == 1 and any(pair.score == 1 for pair in pairs):
        i, j = left_rest[0], right_rest[0]
        if are_near(left[i], right[j]):
            pairs.append(_Pair(i, j, _NEAR, f"a word like another: {left[i]} / {right[j]}"))
            left_rest, right_rest = [], []
    return (
        pairs,
        tuple(left[i] for i in left_rest),
        tuple(right[j] for j in right_rest),
    )


def _joined(
    left: tuple[str, ...],
    right: tuple[str, ...],
    left_rest: list[int],
    right_rest: list[int],
    *,
    person: bool,
) -> list[_Pair]:
    """Words that the other side cuts in two, or writes as first letters; taken out of the rests."""
    pairs = []
    for words, rest, others, other_rest, turned in (
        (left, left_rest, right, right_rest, False),
        (right, right_rest, left, left_rest, True),
    ):
        for at in list(rest):
            word = words[at]
            for size in range(2, len(other_rest) + 1):
                run = other_rest[:size]
                letters = "".join(others[j][0] for j in run)
                whole = "".join(others[j] for j in run)
                if word == whole or (word == letters and (not person or size < 4)):  # noqa: PLR2004
                    reason = f"{word} / {' '.join(others[j] for j in run)}"
                    pair = (run[0], at) if turned else (at, run[0])
                    pairs.append(_Pair(*pair, SHORT_FORM, reason))
                    rest.remove(at)
                    del other_rest[:size]
                    break
    return pairs


def _is_short_for(name: str, words: tuple[str, ...]) -> bool:
    """Whether a name in capitals is made of the first letters of some words."""
    letters = "".join(letter for letter in name if letter.isalnum())
    if not letters.isupper() or len(letters) < 2 or " " in name.strip():  # noqa: PLR2004
        return False
    heads = "".join(word[0] for word in words if word not in _LIGHT)
    full = "".join(word[0] for word in words)
    return len(words) > 1 and letters.casefold() in {heads, full}
