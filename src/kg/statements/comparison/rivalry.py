"""When two values for one side of an event cannot both hold, and why.

Where the words leave room for both, there is no rivalry. A part is no rival of its whole, nor a
bound of what lies within it, nor a rough figure of one that is near.
"""

from __future__ import annotations

import re
from dataclasses import replace

from kg.statements.comparison.parties import opposed, same_party
from kg.statements.comparison.values import Act, Doers, Number, Period, Place, Scope, Value

__all__ = ["SINGLE", "change", "contradict"]

#: Kinds of events that happen at one time and are done by one side. Others (a trial, a protest, a
#: war) have many days and many who take part, so that two dates or names are no contradiction.
SINGLE = frozenset(
    (
        "abduction accident acquittal airstrike appointment arrest attack birth bombing burial "
        "conviction coup death dismissal earthquake execution explosion killing landslide marriage "
        "massacre release resignation ruling sentence shooting suicide"
    ).split()
)
#: Where a time is as long as this and the other is shorter, the other may be a part of it: those
#: who were hanged in a year, and on one day of it.
_SERIES_DAYS = 28
#: Two places of one of these sorts are beside each other; of others one may lie in the other.
_SITES = frozenset(
    (
        "airport avenue barracks base bridge camp cemetery checkpoint church courthouse factory "
        "farm garden hall highway hospital hotel market mosque palace park port prison road school "
        "square stadium station street synagogue temple university village"
    ).split()
)


def contradict(one: Value, other: Value) -> str | None:
    """Why both cannot hold, None where they can; the same whichever comes first.

    >>> from kg.statements.comparison.counted import Counted
    >>> def toll(lower: float, upper: float | None) -> Number:
    ...     people = Counted("dead", frozenset())
    ...     text = f"{lower:g}" if upper else f"at least {lower:g}"
    ...     return Number(
    ...         lower=lower,
    ...         upper=upper,
    ...         approximate=False,
    ...         counted=people,
    ...         of="people",
    ...         text=text,
    ...         scope=Scope("killing"),
    ...     )
    >>> contradict(toll(31, 31), toll(6, 6))
    '31 people and 6 people: the numbers do not meet, and both count the same'
    >>> contradict(toll(23, None), toll(31, 31)) is None
    True
    """
    match one, other:
        case Number(), Number():
            return _numbers(one, other)
        case Period(), Period():
            return _periods(one, other)
        case Place(), Place():
            return _places(one, other)
        case Doers(), Doers():
            return _doers(one, other)
        case Act(), Act():
            return _acts(one, other)
        case _:
            return None


def change(earlier: Value, later: Value) -> bool:
    """Whether who gave the one and then the other has changed what they said.

    A number also changes where its bounds still meet: from "at least 23" to 31.
    """
    match earlier, later:
        case Number(), Number():
            same = earlier.counted == later.counted and _comparable(earlier.scope, later.scope)
            return same and earlier.bounds != later.bounds
        case _:
            return contradict(earlier, later) is not None


# ---- how many


def _numbers(one: Number, other: Number) -> str | None:
    high, low = (one, other) if one.bounds > other.bounds else (other, one)
    if low.bounds[1] >= high.bounds[0] or not _comparable(high.scope, low.scope):
        return None
    # A part can be less than its whole, never more.
    if not high.counted.within(low.counted) or _is_series(high.scope.period, low.scope.period):
        return None
    if high.counted == low.counted:
        return f"{high.words} and {low.words}: the numbers do not meet, and both count the same"
    return f"{high.words} are more than {low.words} in all"


def _is_series(one: Period | None, other: Period | None) -> bool:
    """Whether the first is a long time and the second a short one: many events, and one of them."""
    if one is None or other is None or one.days is None or other.days is None:
        return False
    return one.days >= _SERIES_DAYS and other.days < one.days


def _comparable(one: Scope, other: Scope) -> bool:
    """Whether two numbers can be of one happening: the same place, and times that can be one."""
    if one.place is not None and other.place is not None and one.place.iri != other.place.iri:
        return False
    if one.period is None or other.period is None or not _apart(one.period, other.period):
        return True
    return one.kind in SINGLE and other.kind in SINGLE


# ---- when, where, by whom


def _apart(one: Period, other: Period) -> bool:
    return _ends_before(one, other) or _ends_before(other, one)


def _ends_before(one: Period, other: Period) -> bool:
    return one.latest is not None and other.earliest is not None and one.latest < other.earliest


def _periods(one: Period, other: Period) -> str | None:
    if not _apart(one, other):
        return None
    first, second = sorted((one.words, other.words))
    return f"{first} and {second}: it was at one time"


def _places(one: Place, other: Place) -> str | None:
    if one.iri == other.iri:
        return None
    names = sorted((one.name, other.name))
    sites = [_SITES & set(re.findall(r"\w+", name.casefold())[-1:]) for name in names]
    if not sites[0] or sites[0] != sites[1]:
        return None
    return f"{names[0]} and {names[1]}: neither lies in the other"


def _doers(one: Doers, other: Doers) -> str | None:
    if not opposed(one.parties, other.parties):
        return None
    first, second = sorted((one.words, other.words))
    return f"{first} and {second}: they are not on one side"


# ---- whether it was


def _acts(one: Act, other: Act) -> str | None:
    if one.denied == other.denied:
        return None
    denial, assertion = (one, other) if one.denied else (other, one)
    if not _says_what_is_denied(denial, assertion):
        return None
    return f"{replace(denial, denied=False).words}: said by one and denied by the other"


def _says_what_is_denied(denial: Act, assertion: Act) -> bool:
    """Whether all that is denied is asserted: who denies that soldiers fired denies no shots."""
    if denial.scope.kind != assertion.scope.kind:
        return False
    for part, party in denial.parties:
        if not any(part == p and same_party(party, said) for p, said in assertion.parties):
            return False
    return _holds_at(denial.scope, assertion.scope)


def _holds_at(denied: Scope, said: Scope) -> bool:
    """Whether what is said lies where and when it is denied to have been."""
    if denied.place is not None and (said.place is None or said.place.iri != denied.place.iri):
        return False
    if denied.period is None:
        return True
    return said.period is not None and not _apart(denied.period, said.period)
