"""Which names are worth comparing: blocks of names that share a key, never all with all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from kg.identity.likeness import content_words
from kg.identity.names import parts, skeleton
from kg.identity.words import given_names
from kg.model import EntityKind

__all__ = ["pairs"]

type Name = tuple[EntityKind, str]
type _Key = tuple[object, ...]

#: A block of more names than this is cut by finer keys, and one that still is larger left out:
#: what everybody is called tells nobody apart, and comparing all with all would never end.
_LARGE = 60
#: A word of so many letters is a key of its own.
_LONG = 6


def pairs(names: Iterable[Name]) -> Iterator[tuple[Name, Name]]:
    """The pairs of names that may be one, each once, in a fixed order."""
    seen: set[tuple[Name, Name]] = set()
    for members in _blocks(sorted(set(names))):
        for one, other in combinations(members, 2):
            if (one, other) not in seen:
                seen.add((one, other))
                yield one, other


def _blocks(names: Sequence[Name]) -> Iterator[list[Name]]:
    for members in _by_keys((key, name) for name in names for key in _coarse(name)).values():
        if len(members) <= _LARGE:
            yield members
            continue
        finer = _by_keys((key, name) for name in members for key in _fine(name))
        yield from (some for some in finer.values() if len(some) <= _LARGE)


def _by_keys(keyed: Iterable[tuple[_Key, Name]]) -> Mapping[_Key, list[Name]]:
    blocks: dict[_Key, list[Name]] = {}
    for key, name in keyed:
        members = blocks.setdefault(key, [])
        if not members or members[-1] != name:
            members.append(name)
    return {key: members for key, members in blocks.items() if len(members) > 1}


def _coarse(name: Name) -> Iterator[_Key]:
    """A word as it sounds and the first letter of another: one word may be misspelt or short."""
    kind, spelled = name
    words = content_words(parts(spelled, kind), kind)
    sounds = [skeleton(word) for word in words]
    yield kind, "whole", skeleton("".join(words))
    yield kind, "whole", skeleton("".join(parts(spelled, kind)))
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
    if words and kind is EntityKind.PERSON:
        yield kind, "last", sounds[-1]
    elif words:
        yield kind, "first", sounds[0]
        yield kind, "letters", "".join(word[0] for word in words) if len(words) > 1 else words[0]
    if len(words) == 1:
        yield kind, "head", words[0][:3]
        yield kind, "tail", words[0][-3:]


def _fine(name: Name) -> Iterator[_Key]:
    """Two words as they sound, and what there is of a name of one."""
    kind, spelled = name
    words = content_words(parts(spelled, kind), kind)
    sounds = sorted({skeleton(word) for word in words})
    yield from ((kind, one, other) for one, other in combinations(sounds, 2))
    if len(words) == 1:
        yield kind, words[0]
