"""How alike two words of names are: spelling, sound, short forms, initials, numbers."""

from __future__ import annotations

from functools import cache
from itertools import groupby

from nicknames import NickNamer
from rapidfuzz.distance import OSA

from kg.identity.names import number, skeleton
from kg.identity.remembered import remembered

__all__ = [
    "ANOTHER_NUMBER",
    "INITIAL",
    "LONG",
    "SHORT_FORM",
    "SOUND",
    "are_near",
    "are_nicknames",
    "given_names",
    "liken",
]

# The numbers below were chosen on a half of nomenklatura's pairs of names; see bench/names.py.

#: What a pair of words is worth that are alike in one way or another.
SOUND, SHORT_FORM, INITIAL, ANOTHER_NUMBER = 0.92, 0.85, 0.75, 0.25
#: A shorter word is another word when a vowel differs.
LONG = 5
#: How many letters of a word may be wrong, by the length that it does not reach.
_MISSPELT = ((4, 0), (6, 1), (10, 2), (99, 3))
#: The least length of words that may be near and not nearly the same.
_LONG_NEAR = 4
#: The least number of sounds that tell anything: more where the first may be any vowel.
_SOUNDS = (2, 3)
#: Digits that stand for letters in scanned texts.
_DIGITS = str.maketrans("0134579", "oieastg")


@remembered
def liken(one: str, other: str, *, person: bool) -> tuple[float, str] | None:
    """How alike two words are and what differs; None where they are two words.

    >>> liken("hussein", "husayn", person=True)
    (0.92, 'another spelling: hussein / husayn')
    >>> liken("4", "5", person=False), liken("iran", "irak", person=False)
    ((0.25, 'another number: 4 / 5'), (0.75, 'misspelt: iran / irak'))
    """
    if one == other:
        return 1.0, ""
    reason = f"{one} / {other}"
    numbers = [each for each in (number(one), number(other)) if each is not None]
    if numbers:
        both = len(numbers) > 1 and not person
        return (ANOTHER_NUMBER, f"another number: {reason}") if both else None
    one, other = one.translate(_DIGITS), other.translate(_DIGITS)
    if person and 1 in {len(one), len(other)}:
        return (INITIAL, f"an initial: {reason}") if one[0] == other[0] else None
    if person and are_nicknames(one, other):
        return SHORT_FORM, f"a short form: {reason}"
    return _sounds(one, other, reason) or _misspelt(one, other, reason)


def _sounds(one: str, other: str, reason: str) -> tuple[float, str] | None:
    """Two spellings of one sound; one of them may leave out the vowels."""
    if _single_letters(one) == _single_letters(other):
        return SOUND, f"another spelling: {reason}"
    sound, shorter = skeleton(one), min(len(one), len(other))
    if sound != skeleton(other) or len(sound) < _SOUNDS[sound[0] == "a"]:
        return None
    if shorter < LONG:
        return INITIAL, f"another vowel: {reason}"
    return SOUND, f"another spelling: {reason}"


def _misspelt(one: str, other: str, reason: str) -> tuple[float, str] | None:
    shorter = min(len(one), len(other))
    allowed = next(wrong for length, wrong in _MISSPELT if shorter < length)
    distance = OSA.distance(one, other, score_cutoff=allowed)
    if distance > allowed:
        return None
    return 1 - distance / max(len(one), len(other)), f"misspelt: {reason}"


def are_near(one: str, other: str) -> bool:
    """Whether two words share their first letter and half of the rest."""
    longer = max(len(one), len(other))
    near = one[0] == other[0] and OSA.distance(one, other) <= longer / 2
    return near and min(len(one), len(other)) >= _LONG_NEAR and (one + other).isalpha()


def _single_letters(word: str) -> str:
    """The word with no letter twice in a row."""
    return "".join(letter for letter, _ in groupby(word))


@cache
def _namer() -> NickNamer:
    return NickNamer()


@remembered
def given_names(name: str) -> frozenset[str]:
    """The English first names that a name is short for, itself included.

    >>> "william" in given_names("bill")
    True
    """
    return frozenset({name, *_namer().canonicals_of(name)})


def are_nicknames(one: str, other: str) -> bool:
    """Whether one is a short form of the other, in English.

    >>> are_nicknames("ted", "theodore"), are_nicknames("bill", "bob")
    (True, False)
    """
    return one in given_names(other) or other in given_names(one)
