"""What a person decides: read against the graph and against what was decided before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from kg import curation, identity
from kg.errors import ContradictionError, NothingToDecideError, UnknownEntityError
from kg.model import Anchor, Decision, Reader
from kg.vocabulary import is_event_iri

__all__ = ["Note", "decide", "left_open", "means", "split", "suggestions", "undo"]


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC).replace(microsecond=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Who decides, why and when: in whole seconds, as the file has it."""

    who: str
    why: str = ""
    when: dt.datetime = field(default_factory=_now)


def suggestions(reader: Reader, decisions: Sequence[Decision]) -> list[curation.Judged]:
    """The pairs that wait for a person, the likeliest first; not those that people decided on."""
    found = curation.suggestions(reader)
    rulings = _placed(reader, decisions)
    decided = [*_pairs(rulings), *rulings.apart]
    known = {iri for pair in decided for iri in pair}
    known |= {iri for each in found for iri in (each.left, each.right)}
    now = {iri: curation.canonical(reader, iri) for iri in sorted(known)}
    done = {frozenset(now[iri] for iri in pair) for pair in decided}
    return [each for each in found if frozenset({now[each.left], now[each.right]}) not in done]


def decide(
    reader: Reader, decisions: Sequence[Decision], what: str, names: tuple[str, str], note: Note
) -> Decision:
    """The decision that two are ``same`` or ``different``, each given by its IRI or whole name.

    Raises:
        UnknownEntityError: If a name means nobody, or more than one.
        ContradictionError: If it cannot hold beside what was decided before.
        NothingToDecideError: If it is so already.
    """
    one, other = (curation.find(reader, name) for name in names)
    rulings = _placed(reader, decisions)
    known = {one, other, *(iri for pair in _pairs(rulings) for iri in pair)}
    now = {iri: curation.canonical(reader, iri) for iri in sorted(known)}
    settled = _settled(what, (one, other), rulings, now)
    if settled is not None:
        raise NothingToDecideError(settled)
    decision = Decision(
        when=note.when,
        who=note.who,
        what=what,
        left=curation.anchor_of(reader, one),
        right=curation.anchor_of(reader, other),
        why=note.why,
    )
    against = identity.clashing(what, (one, other), rulings, now)
    if against:
        raise ContradictionError(identity.describe(decision), map(identity.describe, against))
    return decision


def means(
    reader: Reader, decisions: Sequence[Decision], names: tuple[str, str], note: Note
) -> Decision:
    """The decision that words which were left open stand for somebody.

    The words are given by the IRI of their passage or of what was left open, or its last part.

    Raises:
        UnknownEntityError: If nothing was left open there, or a name means nobody, or several.
        ContradictionError: If it was decided that they stand for somebody else.
        NothingToDecideError: If it was decided before.
    """
    words, name = names
    waiting = curation.left_open(reader, words) if words else ()
    if not waiting:
        raise UnknownEntityError(words, ())
    meant = curation.find(reader, name)
    decision = Decision(
        when=note.when,
        who=note.who,
        what=identity.MEANS,
        left=waiting[0].anchor,
        right=curation.anchor_of(reader, meant),
        why=note.why,
    )
    before = _meant(decisions, decision.left)
    if any(each.right == decision.right for each in before):
        raise NothingToDecideError("it was decided before that they mean this")
    if before:
        raise ContradictionError(identity.describe(decision), map(identity.describe, before))
    return decision


def left_open(reader: Reader, decisions: Sequence[Decision]) -> list[curation.Open]:
    """What waits for a person to say whom it means; not what somebody said already."""
    return [each for each in curation.left_open(reader) if not _meant(decisions, each.anchor)]


def _meant(decisions: Sequence[Decision], anchor: Anchor) -> list[Decision]:
    """The decisions on whom these words mean."""
    return [
        each
        for each in identity.standing(decisions)
        if each.what == identity.MEANS
        and (each.left.document[:20], each.left.span) == (anchor.document[:20], anchor.span)
    ]


def split(reader: Reader, which: str, note: Note) -> Decision:
    """The decision that an entity of one document, or one mention, is nobody else's.

    Raises:
        UnknownEntityError: If there is no such entity or mention.
    """
    if "#char=" in which:
        what, anchor = identity.MENTION, curation.mention(reader, which)
    else:
        what, anchor = "split", curation.anchor_of(reader, curation.find(reader, which))
    return Decision(when=note.when, who=note.who, what=what, left=anchor, why=note.why)


def undo(
    reader: Reader, decisions: Sequence[Decision], which: Sequence[str], note: Note
) -> Decision:
    """The decision that takes one back, by its name or by the words, files or IRIs of its sides.

    Raises:
        NothingToDecideError: If no decision that stands fits, or more than one.
    """
    standing = identity.standing(decisions)
    meant = [decision for decision in standing if _is_meant(reader, decision, which)]
    if len(meant) == 1:
        return replace(
            meant[0],
            when=note.when,
            who=note.who,
            what="undo",
            why=note.why,
            undoes=identity.identify(meant[0]),
        )
    if not standing:
        raise NothingToDecideError("there is no decision to take back")
    offered = "".join(
        f"\n  {identity.identify(each)}  {identity.describe(each)}" for each in meant or standing
    )
    many = "more than one decision is" if meant else "no decision is"
    words = " and ".join(map(repr, which))
    raise NothingToDecideError(f"{many} about {words}; give the name of one of these:{offered}")


def _placed(reader: Reader, decisions: Sequence[Decision]) -> identity.Rulings:
    return identity.place(decisions, lambda anchor: curation.entity_at(reader, anchor))


def _pairs(rulings: identity.Rulings) -> list[identity.Pair]:
    return [pair for pair, _ in (*rulings.same, *rulings.different)]


def _settled(
    what: str, pair: identity.Pair, rulings: identity.Rulings, now: Mapping[str, str]
) -> str | None:
    """Why there is nothing to decide of a pair, in words; None where there is."""
    if is_event_iri(pair[0]) is not is_event_iri(pair[1]):
        return f"one is an event and the other is not: {' and '.join(pair)}"
    if pair[0] == pair[1]:
        return f"both names mean {pair[0]}; give the IRIs that kg identity show lists"
    if what == "same" and now[pair[0]] == now[pair[1]]:
        return f"they are one already: {now[pair[0]]}"
    if what == "different" and any(set(two) == set(pair) for two, _ in rulings.different):
        return "it was decided before that they are different"
    return None


def _is_meant(reader: Reader, decision: Decision, which: Sequence[str]) -> bool:
    """Whether a decision has this name, or is about all of these."""
    if len(which) == 1 and identity.identify(decision).startswith(which[0]):
        return True
    sides = [side for side in (decision.left, decision.right) if side is not None]
    known = {words for side in sides for words in (side.words, side.file)}
    known |= {iri for side in sides if (iri := curation.entity_at(reader, side)) is not None}
    return all(words in known or _is_of(reader, decision, words) for words in which)


def _is_of(reader: Reader, decision: Decision, iri: str) -> bool:
    """Whether a correction is of the statement, claim or time with this IRI, or last part of it."""
    if decision.what == "date":
        return any(each.anchor == decision.left for each in curation.moments(reader, iri))
    if decision.what not in {"accept", "reject"}:
        return False
    try:
        said = curation.said(reader, iri)
    except UnknownEntityError:
        return False
    tag = identity.tag(said.kind, said.label, said.passages)
    return tag == decision.value and said.anchor.span == decision.left.span
