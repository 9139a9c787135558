"""What a person corrects: read against the graph and against what was decided before."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from kg import curation, identity
from kg.deciding import Note
from kg.errors import ContradictionError, NothingToDecideError, UncorrectableError
from kg.model import Anchor, Decision, EntityKind, Reader

__all__ = ["CORRECTIONS", "correct"]

#: What can be corrected, and what its value is; None where it has none.
CORRECTIONS = {
    "rename": "the name",
    "retype": f"one of {', '.join(EntityKind)}",
    "hide": None,
    "accept": None,
    "reject": None,
    "date": "the date as EDTF, such as 1988-07",
}


_REVIEWS = frozenset({"accept", "reject"})


def correct(
    reader: Reader,
    decisions: Sequence[Decision],
    what: str,
    given: tuple[str, str],
    note: Note,
) -> Decision:
    """The decision that something is not as it was read; ``given`` are what is meant and a value.

    What is meant is for ``rename``, ``retype`` and ``hide`` the IRI or whole name of an entity, for
    ``hide`` also the IRI of a passage (one mention); for ``accept`` and ``reject`` the IRI of a
    statement or claim, or its last part; for ``date`` that of a time or of what states just one.

    Raises:
        UnknownEntityError: If it means nothing, or more than one thing.
        UncorrectableError: If there is no such correction, or the value is none.
        ContradictionError: If it cannot hold beside what was corrected before.
        NothingToDecideError: If it is so already.
    """
    if what not in CORRECTIONS:
        raise UncorrectableError(f"no correction {what!r}; there are {', '.join(CORRECTIONS)}")
    which, value = given[0], " ".join(given[1].split())
    if CORRECTIONS[what] is not None and not value:
        raise UncorrectableError(f"{what} needs {CORRECTIONS[what]}")
    draft = _DRAFTS[what](reader, which, value)
    decision = Decision(
        when=note.when,
        who=note.who,
        what=draft.what,
        left=draft.anchor,
        value=draft.value,
        why=note.why,
    )
    _see_to_it_that_it_holds(decision, filter(draft.is_rival, identity.standing(decisions)))
    return decision


@dataclass(frozen=True, slots=True)
class _Draft:
    """A correction of what stands somewhere, and which decisions were made of the same thing."""

    what: str
    anchor: Anchor
    value: str
    is_rival: Callable[[Decision], bool]


def _see_to_it_that_it_holds(decision: Decision, others: Iterable[Decision]) -> None:
    """Compare a correction with those that were made of the same thing.

    Raises:
        ContradictionError: If one cannot hold beside it.
        NothingToDecideError: If one says the same.
    """
    before = list(others)
    if any((one.what, one.value) == (decision.what, decision.value) for one in before):
        raise NothingToDecideError(f"it was decided before: {identity.describe(before[0])}")
    if before:
        raise ContradictionError(identity.describe(decision), map(identity.describe, before))


def _renamed(reader: Reader, which: str, value: str) -> _Draft:
    entry = curation.entry(reader, curation.find(reader, which))
    if entry.name == value:
        raise NothingToDecideError(f"it is called {value!r} already")
    return _of_entity(reader, "rename", entry.iri, value)


def _retyped(reader: Reader, which: str, value: str) -> _Draft:
    if value not in set(EntityKind):
        raise UncorrectableError(f"no kind {value!r}; there are {', '.join(EntityKind)}")
    entry = curation.entry(reader, curation.find(reader, which))
    if entry.kind == value:
        raise NothingToDecideError(f"{entry.name} is taken for {value} already")
    return _of_entity(reader, "retype", entry.iri, value)


def _hidden(reader: Reader, which: str, value: str) -> _Draft:
    if "#char=" in which:
        if value:
            raise UncorrectableError("more words can be hidden with an entity, not with a mention")
        what, anchor = identity.HIDE_MENTION, curation.mention(reader, which)
        return _Draft(what, anchor, "", lambda one: one.what == what and _is_at(one, anchor))
    entry = curation.entry(reader, curation.find(reader, which))
    if not entry.named and not entry.curated:
        raise NothingToDecideError(f"no document names {entry.name!r}: there is no name to hide")
    draft = _of_entity(reader, "hide", entry.iri, value)
    # To hide more words besides contradicts nothing.
    return replace(draft, is_rival=lambda one: one.value == value and draft.is_rival(one))


def _of_entity(reader: Reader, what: str, iri: str, value: str) -> _Draft:
    """A correction of an entity, which is one of all that it is one with."""

    def is_rival(one: Decision) -> bool:
        if one.what != what:
            return False
        local = curation.entity_at(reader, one.left)
        return local is not None and curation.canonical(reader, local) == iri

    return _Draft(what, curation.anchor_of(reader, iri), value, is_rival)


def _reviewed(what: str) -> Callable[[Reader, str, str], _Draft]:
    def draft(reader: Reader, which: str, value: str) -> _Draft:
        if value:
            raise UncorrectableError(f"{what} takes no value; say why instead")
        said = curation.said(reader, which)
        tag = identity.tag(said.kind, said.label, said.passages)

        def is_rival(one: Decision) -> bool:
            return one.what in _REVIEWS and one.value == tag and _is_at(one, said.anchor)

        return _Draft(what, said.anchor, tag, is_rival)

    return draft


def _dated(reader: Reader, which: str, value: str) -> _Draft:
    moments = curation.moments(reader, which)
    if len(moments) != 1:
        shown = "".join(f"\n  {each.iri}  {each.words} ({each.edtf})" for each in moments)
        states = f"states more than one time; give the IRI:{shown}" if moments else "states no time"
        raise UncorrectableError(f"{which!r} {states}")
    (moment,) = moments
    try:
        edtf, days = identity.date_of(value)
    except ValueError as error:
        raise UncorrectableError(str(error)) from error
    if (edtf, *(day.isoformat() if day else None for day in days)) == (
        moment.edtf,
        moment.earliest,
        moment.latest,
    ):
        raise NothingToDecideError(f"{moment.words!r} is {edtf} already")
    return _Draft(
        "date",
        moment.anchor,
        identity.value_of(edtf, days),
        lambda one: one.what == "date" and _is_at(one, moment.anchor),
    )


def _is_at(one: Decision, anchor: Anchor) -> bool:
    return (one.left.document[:20], one.left.span) == (anchor.document[:20], anchor.span)


_DRAFTS: dict[str, Callable[[Reader, str, str], _Draft]] = {
    "rename": _renamed,
    "retype": _retyped,
    "hide": _hidden,
    "accept": _reviewed("accept"),
    "reject": _reviewed("reject"),
    "date": _dated,
}
