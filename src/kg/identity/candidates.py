"""Which names are worth comparing: blocks of names that share a key, never all with all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, combinations, product

from kg.identity.blocks import blocks
from kg.identity.likeness import content_words
from kg.identity.names import parts, skeleton
from kg.identity.words import given_names
from kg.model import EntityKind

__all__ = ["pairs"]

type Name = tuple[EntityKind, str]
type _Key = tuple[object, ...]

#: A block of more names than this is cut by finer keys, and one that is larger still left out:
#: what everybody is called tells nobody apart, and comparing all with all would never end.
_LARGE, _LARGE_STILL = 20, 60
#: A word of so many letters is a key of its own.
_LONG = 6
#: A bare surname is compared with the names that end in it, where they are no more than this.
_FITS_AT_MOST = 6


def pairs(names: Iterable[Name]) -> Iterator[tuple[Name, Name]]:
    """The pairs of names that may be one, each once, in a fixed order."""
    known = [_Spelled.of(name) for name in sorted(set(names))]
    seen: set[int] = set()
    for one, other in chain(_in_blocks(known), _bare(known)):
        pair = one * len(known) + other
        if pair not in seen:
            seen.add(pair)
            yield known[one].name, known[other].name


@dataclass(frozen=True, slots=True)
class _Spelled:
    """A name with its words, all of them and those that tell it from others."""

    name: Name
    every: tuple[str, ...]
    words: tuple[str, ...]

    @classmethod
    def of(cls, name: Name) -> _Spelled:
        """A name, its words made once: several keys are cut from them."""
        kind, spelled = name
        every = parts(spelled, kind)
        return cls(name, every, content_words(every, kind))


def _in_blocks(names: Sequence[_Spelled]) -> Iterator[tuple[int, int]]:
    """Pairs that share a key, by their places in the list; the lesser place first."""
    for members in blocks((key, at) for at, name in enumerate(names) for key in _coarse(name)):
        if len(members) <= _LARGE:
            yield from combinations(members, 2)
            continue
        for some in blocks((key, at) for at in members for key in _fine(names[at])):
            if len(some) <= _LARGE_STILL:
                yield from combinations(some, 2)


def _bare(names: Sequence[_Spelled]) -> Iterator[tuple[int, int]]:
    """Names of one word beside those that end in it, people's only."""
    ends: dict[_Key, tuple[list[int], list[int]]] = {}
    for at, each in enumerate(names):
        (kind, _), words = each.name, each.words
        if kind is EntityKind.PERSON and words:
            bare, full = ends.setdefault((skeleton(words[-1]),), ([], []))
            (bare if len(words) == 1 else full).append(at)
    for bare, full in ends.values():
        if len(full) <= _FITS_AT_MOST:
            yield from ((min(one, other), max(one, other)) for one, other in product(bare, full))


def _coarse(name: _Spelled) -> Iterator[_Key]:
    """A word as it sounds and the first letter of another: one word may be misspelt or short."""
    (kind, _), words = name.name, name.words
    sounds = [skeleton(word) for word in words]
    yield kind, "whole", skeleton("".join(words))
    yield kind, "whole", skeleton("".join(name.every))
    yield kind, "heads", "".join(sorted(sound[0] for sound in sounds if sound))
    beginnings = sorted({word[:3] for word in words})
    yield from ((kind, "begins", *two) for two in combinations(beginnings, 2))
    for at, sound in enumerate(sounds):
        for other, word in enumerate(words):
            if at != other:
                also = given_names(word) if kind is EntityKind.PERSON else {word}
                heads = {skeleton(given)[:1] for given in also}
                yield from ((kind, "two", sound, head) for head in sorted(heads))
    longest = max(words, key=len, default="")
    if len(longest) >= _LONG:
        yield kind, "long", skeleton(longest)
    if words and kind is not EntityKind.PERSON:
        yield kind, "first", sounds[0]
        yield kind, "letters", "".join(word[0] for word in words) if len(words) > 1 else words[0]
    if len(words) == 1:
        yield kind, "head", words[0][:3]
        yield kind, "tail", words[0][-3:]


def _fine(name: _Spelled) -> Iterator[_Key]:
    """Two words as they sound, and what there is of a name of one."""
    (kind, _), words = name.name, name.words
    sounds = sorted({skeleton(word) for word in words})
    yield from ((kind, one, other) for one, other in combinations(sounds, 2))
    if len(words) == 1:
        yield kind, words[0]
