"""How what all documents tell of one event stands to each other, and from whom it comes.

What a document tells is kept in bytes, event by event: so a build looks again only at the events
that a changed document tells of, and holds no more in memory than that.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass

import msgspec

from kg.statements.comparison.accounts import accounts, rivalries, updates
from kg.statements.comparison.copies import Copies
from kg.statements.comparison.describe import (
    describe_account,
    describe_rivalry,
    describe_update,
)
from kg.statements.comparison.origins import Speaking, Voice, origin
from kg.statements.comparison.tellings import Telling, tell
from kg.statements.comparison.values import Act, Doers, Number, Period, Place, Value
from kg.statements.contents import Statement
from kg.statements.terms import Triple

__all__ = ["compare", "told"]

_VALUES: dict[str, type[Value]] = {
    each.__name__: each for each in (Act, Doers, Number, Period, Place)
}


@dataclass(frozen=True, slots=True)
class _Told:
    """A telling with the voice that tells it, as it is kept."""

    statement: str
    day: dt.date | None
    kind: str
    value: msgspec.Raw
    voice: Voice


_MANY_TOLD = msgspec.msgpack.Decoder(list[_Told])


def told(
    statements: Sequence[Statement], speaking: Speaking, *, rejected: Set[str]
) -> dict[str, bytes]:
    """What a document tells of each event, by the event's IRI, packed.

    What a person ``rejected``, by the IRI of its statement, is no account of anything.
    """
    standing = {each.iri: each.finding for each in statements if each.iri not in rejected}
    by_event: dict[str, list[_Told]] = {}
    for each in tell((one for one in statements if one.iri in standing), speaking):
        by_event.setdefault(each.event, []).append(
            _Told(
                each.statement,
                each.day,
                type(each.value).__name__,
                msgspec.Raw(msgspec.msgpack.encode(each.value)),
                speaking.voice(standing[each.statement]),
            )
        )
    return {event: msgspec.msgpack.encode(some) for event, some in by_event.items()}


def compare(event: str, packed: Iterable[bytes], copies: Copies, base: str) -> Iterator[Triple]:
    """The accounts of an event that documents give, which are rivals, and who changed theirs.

    ``packed`` is what ``told`` gave of each document, in whatever order.
    """
    known = [each for some in packed for each in _MANY_TOLD.decode(some)]
    given = accounts((_telling(event, each) for each in known), base)
    sources = {each.statement: origin(each.voice, copies, base).iri for each in known}
    for account in given:
        yield from describe_account(account)
    for rivalry in rivalries(given, sources):
        yield from describe_rivalry(rivalry, base)
    for update in updates(given, sources):
        yield from describe_update(update)


def _telling(event: str, kept: _Told) -> Telling:
    value = msgspec.msgpack.decode(kept.value, type=_VALUES[kept.kind])
    return Telling(statement=kept.statement, event=event, day=kept.day, value=value)
