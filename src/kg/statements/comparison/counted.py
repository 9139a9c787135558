"""What a number counts: whether two numbers count the same, or one a part of the other."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["Counted", "counted", "is_part", "singular"]

#: Words for people of whom nothing more is said than that they were struck.
_ANYBODY = frozenset("person victim individual human being soul life body corpse".split())
#: What happened to those who are counted, where the counted word itself says it.
_FATES = {
    "dead": "dead death fatality killing murder hanging execution killed executed hanged massacred "
    "body corpse life",
    "hurt": "wounded injured hurt injury",
}
_FATE_OF_WORD = {word: fate for fate, words in _FATES.items() for word in words.split()}
#: What happened to those who are counted, by the kind of event that is said of them.
_FATE_OF_KIND = {
    **dict.fromkeys(("killing", "massacre", "execution", "death", "genocide"), "dead"),
    "injury": "hurt",
}
#: Events that each happen to one person, and the part that this person has: thirty arrests are
#: thirty people arrested, while three bombings are no three people.
_TO_ONE = {
    **dict.fromkeys(("abduction", "arrest", "detention", "release"), "victim"),
    **dict.fromkeys(("acquittal", "conviction"), "accused"),
}
#: How long, how far or for how much it was says nothing of how many.
_UNITS = frozenset(
    "second minute hour day night week month year decade century metre meter kilometre kilometer "
    "mile foot hectare acre ton tonne kilogram dollar euro pound percent per time".split()
)
_SINGULAR = {
    "people": "person",
    "men": "man",
    "women": "woman",
    "children": "child",
    "lives": "life",
}
#: Where the words for what is counted end and a phrase about them begins.
_BEHIND = re.compile(r"\b(?:of|in|on|at|by|from|with|who|whom|which|that|and|or)\b.*|[,;:(–—].*")
_EMPTY = frozenset("a an the some all these those their his her its".split())
#: Sexes and ages: a text that counts one of them alone calls all of them so.
_SORTS = frozenset("man woman child boy girl minor".split())
#: A number that is added to another, or taken from it, is none of the event's own.
_ADDED = frozenset("another other more further additional else extra less fewer".split())
_PART_BEFORE = re.compile(
    r"\b(?:another|a further|an additional|including|among (?:them|these|those|whom|the \w+)|"
    r"of (?:them|these|those|whom)|as well as|plus|with)\W+(?:\w+\W+)?$",
    re.IGNORECASE,
)
_PART_AFTER = re.compile(
    r"\W*(?:\w+\W+)?(?:of (?:them|these|those|whom|the|its|his|her|their)\b|more\b|others?\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted: their fate, as whom they take part, and what sort of them alone is meant.

    Everybody of that fate is counted where ``sort`` is empty.
    """

    fate: str
    sort: frozenset[str]

    def within(self, other: Counted) -> bool:
        """Whether all that are counted here belong to what the other counts.

        >>> guards, people = Counted("dead", frozenset({"guard"})), Counted("dead", frozenset())
        >>> guards.within(people), people.within(guards)
        (True, False)
        """
        return self.fate == other.fate and self.sort >= other.sort


def counted(words: str, kind: str, part: str | None, others: Iterable[str] = ()) -> Counted | None:
    """What these words count in an event of that kind, None where they count what is added.

    ``others`` are the words for what else the same document counts in this event: men are
    everybody where no woman is counted beside them.

    >>> found = counted("political prisoners", "execution", "victim")
    >>> found == Counted("dead", frozenset({"political", "prisoner"}))
    True
    >>> counted("hangings", "execution", None) == counted("people", "massacre", "victim")
    True
    """
    found = _lemmas(words)
    if not found or _ADDED & set(found) or found[-1] in _UNITS:
        return None
    if found[-1] == kind and kind in _TO_ONE:
        part, found = _TO_ONE[kind], [*found[:-1], "person"]
    beside = {lemma for other in others for lemma in _lemmas(other)}
    sort = {lemma for lemma in found if lemma not in _ANYBODY and lemma not in _FATE_OF_WORD}
    if sort and sort <= _SORTS and not (_SORTS & beside) - sort:
        sort = set()
    told = next((_FATE_OF_WORD[lemma] for lemma in reversed(found) if lemma in _FATE_OF_WORD), None)
    if told is None:
        # As what they take part says no more where the kind tells their fate.
        told = _FATE_OF_KIND.get(kind) if part in {"victim", None} else None
    return Counted(told or f"{kind}/{part}", frozenset(sort))


def is_part(before: str, after: str) -> bool:
    """Whether the words around a number in its sentence make it a part of, or added to, another.

    >>> is_part("were killed, among them ", " children"), is_part("At least ", " were killed")
    (True, False)
    """
    return bool(_PART_BEFORE.search(before) or _PART_AFTER.match(after))


def _lemmas(words: str) -> list[str]:
    phrase = _BEHIND.sub("", words.casefold())
    return [singular(word) for word in re.findall(r"[^\W\d_]+", phrase) if word not in _EMPTY]


def singular(word: str) -> str:
    """A noun in the singular, as far as its spelling shows it.

    >>> singular("bodies"), singular("women"), singular("soldiers"), singular("police")
    ('body', 'woman', 'soldier', 'police')
    """
    if word in _SINGULAR:
        return _SINGULAR[word]
    if word.endswith("ies") and len(word) > len("dies"):
        return f"{word[:-3]}y"
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word
