"""The accounts that are given of each event, which of them are rivals, and who changed theirs."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, combinations, groupby, pairwise

from kg.statements.comparison.counted import Counted
from kg.statements.comparison.rivalry import change, contradict
from kg.statements.comparison.tellings import Telling
from kg.statements.comparison.values import Act, Aspect, Number, Value
from kg.vocabulary import digest, mint

__all__ = ["Account", "Rivalry", "Update", "accounts", "rivalries", "updates"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One value that is given for one side of an event, with everybody who gives it.

    Accounts are compared, and not statements, so that a hundred that say one thing and a hundred
    that say another are one rivalry and not ten thousand.
    """

    iri: str
    event: str
    aspect: Aspect
    words: str
    tellings: tuple[Telling, ...]  #: never empty
    denial: str | None = None  #: the account that denies what this one says

    @property
    def value(self) -> Value:
        """The value, as the first who gave it did."""
        return self.tellings[0].value

    @property
    def readings(self) -> tuple[Value, ...]:
        """The value once for each place and time that it was given for, in order."""
        scopes: dict[object, Value] = {}
        for telling in self.tellings:
            value = telling.value
            scopes.setdefault(value.scope.key if isinstance(value, Number) else None, value)
        return tuple(scopes.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Rivalry:
    """Two accounts that cannot both hold, the lesser IRI first, and why.

    ``pairs`` are statements that are rivals by it: each of an account with the first of another
    source in the other account, so that there are as many as statements and not as many as pairs.
    """

    left: str
    right: str
    reason: str
    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """A statement by which somebody changed what they had said in another."""

    earlier: str
    later: str


def accounts(tellings: Iterable[Telling], base: str) -> tuple[Account, ...]:
    """The accounts of all events, in the order of their IRIs, whatever order the tellings have.

    That an event happened is an account where somebody denies it: of those who say what is denied.
    """
    told = sorted(tellings, key=_place)
    alike: dict[str, list[Telling]] = defaultdict(list)
    acts: dict[str, list[Telling]] = defaultdict(list)
    for telling in told:
        value = telling.value
        if isinstance(value, Act) and not value.denied:
            acts[telling.event].append(telling)
        else:
            key = digest(telling.event, value.aspect, *value.key)
            alike[mint(base, "account", key)].append(telling)
    given = [_account(iri, same) for iri, same in alike.items()]
    for denial in tuple(given):
        said = [each for each in acts[denial.event] if contradict(denial.value, each.value)]
        if denial.aspect is Aspect.HAPPENING and said:
            given.append(_account(mint(base, "account", digest(denial.iri)), said, denial))
    return tuple(sorted(given, key=lambda account: account.iri))


def _account(iri: str, same: Sequence[Telling], denial: Account | None = None) -> Account:
    words = {telling.value.words for telling in same}
    if denial is not None and isinstance(denial.value, Act):
        words = {replace(denial.value, denied=False).words}  # said in many words, denied in these
    return Account(
        iri=iri,
        event=same[0].event,
        aspect=same[0].value.aspect,
        words=min(words, key=lambda w: (len(w), w)),
        tellings=tuple(same),
        denial=None if denial is None else denial.iri,
    )


def _place(telling: Telling) -> tuple[dt.date, str]:
    return _day(telling), telling.statement


def _day(telling: Telling) -> dt.date:
    return telling.day or dt.date.max


def rivalries(found: Iterable[Account], origins: Mapping[str, str]) -> Iterator[Rivalry]:
    """The accounts of one event that cannot both hold and are not one source's alone.

    ``origins`` says of each statement from whom it comes.
    """
    for _, _, same in _sides(found):
        for one, other in combinations(same, 2):
            if (
                one.aspect is Aspect.HAPPENING
                and one.iri != other.denial
                and other.iri != one.denial
            ):
                continue
            reason = _reason(one, other)
            if reason is not None and len(_origins(one, origins) | _origins(other, origins)) > 1:
                pairs = tuple(sorted(set(_pairs(one, other, origins))))
                yield Rivalry(left=one.iri, right=other.iri, reason=reason, pairs=pairs)


def _reason(one: Account, other: Account) -> str | None:
    """Why two accounts cannot both hold, whichever place and time was meant by who gave them."""
    reasons = [contradict(a, b) for a in one.readings for b in other.readings]
    return reasons[0] if all(reasons) else None


def _pairs(one: Account, other: Account, origins: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Statements of the two accounts that are not of one source, the lesser first."""
    for account, rival in ((one, other), (other, one)):
        for telling in account.tellings:
            own = origins[telling.statement]
            first = next((t.statement for t in rival.tellings if origins[t.statement] != own), None)
            if first is not None:
                low, high = sorted((telling.statement, first))
                yield low, high


def updates(found: Iterable[Account], origins: Mapping[str, str]) -> Iterator[Update]:
    """What each source changed on a later day, one side of an event and one thing counted apart."""
    for _, aspect, same in _sides(found):
        if aspect is Aspect.HAPPENING:
            continue  # who affirms and denies takes back, and that is said in so many words
        said: dict[tuple[str, Counted | None], list[Telling]] = defaultdict(list)
        for telling in chain.from_iterable(account.tellings for account in same):
            if telling.day is not None:
                said[origins[telling.statement], _counted(telling.value)].append(telling)
        for history in said.values():
            yield from _changes(history)


def _changes(history: Iterable[Telling]) -> Iterator[Update]:
    """From each value of one source to the next it gives on a later day.

    Every statement of the one is joined with the first of the other, and so the other way round:
    those who quote the same person do not multiply.
    """
    ordered = sorted(history, key=_place)
    runs = [tuple(same) for _, same in groupby(ordered, key=lambda telling: telling.value.key)]
    for before, after in pairwise(runs):
        if _day(before[-1]) < _day(after[0]) and change(before[0].value, after[0].value):
            for earlier in before:
                yield Update(earlier=earlier.statement, later=after[0].statement)
            for later in after[1:]:
                yield Update(earlier=before[0].statement, later=later.statement)


def _counted(value: Value) -> Counted | None:
    return value.counted if isinstance(value, Number) else None


def _origins(account: Account, origins: Mapping[str, str]) -> set[str]:
    return {origins[telling.statement] for telling in account.tellings}


def _sides(found: Iterable[Account]) -> Iterator[tuple[str, Aspect, list[Account]]]:
    """The accounts of each side of each event, in order."""
    sides: dict[tuple[str, Aspect], list[Account]] = defaultdict(list)
    for account in sorted(found, key=lambda account: account.iri):
        sides[account.event, account.aspect].append(account)
    for (event, aspect), same in sorted(sides.items()):
        yield event, aspect, same
