"""When two names can be one person's, organisation's or place's."""

from __future__ import annotations

import re

__all__ = ["is_contained", "is_full_name", "key"]

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_ARTICLES = {"the"}


def key(name: str) -> tuple[str, ...]:
    """The words of a name that count: case, punctuation and articles left out, order kept.

    >>> key("The United Nations")
    ('united', 'nations')
    """
    words = _WORD.findall(name.casefold().replace("’", "'"))
    return tuple(word for word in words if word not in _ARTICLES)


def is_full_name(name: str) -> bool:
    """Whether a person's name has two words that are written out: no bare surname, no initials.

    >>> is_full_name("Anna Berg"), is_full_name("A. Berg"), is_full_name("Berg")
    (True, False, False)
    """
    return sum(len(word) > 1 for word in key(name)) > 1


def is_contained(short: str, full: str) -> bool:
    """Whether a person's name could be short for another: the surname, with initials or parts.

    >>> is_contained("A. Berg", "Anna Maria Berg"), is_contained("Anna", "Anna Berg")
    (True, False)
    """
    ours, theirs = key(short), key(full)
    if not ours or len(ours) > len(theirs) or ours == theirs or ours[-1] != theirs[-1]:
        return False
    rest = list(theirs[:-1])
    for word in ours[:-1]:
        match = next(
            (other for other in rest if word == other or (len(word) == 1 and other[0] == word)),
            None,
        )
        if match is None:
            return False
        rest.remove(match)
    return True
