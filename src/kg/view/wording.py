"""Claims and statements in words, for the panel and for the labels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.view.facts import ClaimFact, EventFact, Facts, RoleFact

__all__ = [
    "OWN_VOICE",
    "Saying",
    "brief_of",
    "called",
    "content_of",
    "is_rejected",
    "labels_of",
    "put_in_words",
    "time_of",
    "title_of",
]

OWN_VOICE = "own voice"
_QUOTES = frozenset("“”\"„«»‘’'")


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """A claim or a statement in words, and who says so, the nearest speaker first."""

    id: str
    kind: str  #: claim, role, event or quantity
    words: str
    speakers: tuple[str, ...]  #: none where the document itself says so
    how: str  #: "said, word for word", for instance
    polarity: str
    certainty: str
    curated: str | None = None  #: what people corrected that bears on it, in words
    rejected: bool = False


def put_in_words(facts: Facts) -> Iterator[Saying]:
    """Every claim, and every statement, in words."""
    words = {
        **{iri: _role_words(facts, role) for iri, role in facts.roles.items()},
        **{iri: _event_words(facts, event) for iri, event in facts.events.items()},
        **_quantity_words(facts),
    }
    for claim in facts.claims.values():
        if claim.mode != OWN_VOICE:
            yield Saying(
                id=claim.iri,
                kind="claim",
                words=content_of(claim),
                speakers=_speakers(facts, claim),
                how=_how(claim),
                polarity=claim.polarity or "affirmed",
                certainty=claim.certainty or "certain",
                curated=claim.curated,
                rejected=is_rejected(facts, claim.iri),
            )
    for statement in facts.statements.values():
        claim = facts.claims[statement.claim]
        speakers = _speakers(facts, claim)
        yield Saying(
            id=statement.iri,
            kind=statement.kind,
            words=words.get(statement.iri, statement.kind),
            speakers=speakers,
            how=_how(claim) if speakers else "",
            polarity=statement.polarity,
            certainty=statement.certainty,
            curated=statement.curated,
            rejected=is_rejected(facts, statement.iri),
        )


def is_rejected(facts: Facts, iri: str) -> bool:
    """Whether a person rejected a claim or statement, or a claim that it stands in."""
    statement = facts.statements.get(iri)
    if statement is not None and statement.review == "rejected":
        return True
    claim = facts.claims.get(iri if statement is None else statement.claim)
    while claim is not None:
        if claim.review == "rejected":
            return True
        claim = facts.claims.get(claim.within)
    return False


def _speakers(facts: Facts, claim: ClaimFact) -> tuple[str, ...]:
    """Who says it, then who says that they do, up to the document."""
    speakers = []
    link: ClaimFact | None = claim
    while link is not None and link.mode != OWN_VOICE:
        speakers.append(_speaker(facts, link))
        link = facts.claims.get(link.within)
    return tuple(speakers)


def _role_words(facts: Facts, role: RoleFact) -> str:
    period = [f"from {role.start}"] if role.start else []
    period += [f"until {role.end}"] if role.end else []
    period += [f"held {role.held}"] if role.held else []
    body = [called(facts, role.body)] if role.body else []
    return f"{called(facts, role.holder)}: " + ", ".join([title_of(role), *body, *period])


def _event_words(facts: Facts, event: EventFact) -> str:
    takers = [
        f"{taker.part}: {called(facts, taker.entity)}"
        for taker in facts.participants.get(event.statement, ())
    ]
    place = [f"place: {called(facts, event.place)}"] if event.place else []
    time = [f"time: {time_of(event)}"] if event.time else []
    return "; ".join([event.label, *takers, *place, *time])


def _quantity_words(facts: Facts) -> dict[str, str]:
    labels = {fact.event: fact.label for fact in facts.events.values()}
    return {
        iri: " ".join(w for w in (fact.words, fact.counted) if w)
        + (f" – {labels[fact.event]}" if fact.event in labels else "")
        for iri, fact in facts.quantities.items()
    }


def _speaker(facts: Facts, claim: ClaimFact) -> str:
    if claim.speaker is not None:
        return called(facts, claim.speaker)
    return f"“{claim.speaker_words}”" if claim.speaker_words else "somebody who is not named"


def called(facts: Facts, iri: str) -> str:
    """The chief name of a thing."""
    return facts.names[iri].names[0] if iri in facts.names else iri.rpartition("/")[2]


def content_of(claim: ClaimFact) -> str:
    """What is said, in quotation marks where these are the very words."""
    words = claim.content or "(no words given)"
    return f"“{words}”" if claim.mode == "direct" and words[:1] not in _QUOTES else words


def _how(claim: ClaimFact) -> str:
    manner = {"direct": "word for word", "mixed": "partly word for word"}.get(
        claim.mode, "reported"
    )
    said = f" {claim.said}" if claim.said else ""
    told = f"to {claim.addressee_words}" if claim.addressee_words else None
    parts = (f"{claim.cue_words or 'says'}{said}", told, claim.medium_words, manner)
    return ", ".join(part for part in parts if part)


def title_of(role: RoleFact) -> str:
    """The title with its status, where the words do not say it already.

    >>> title_of(RoleFact(statement="s", holder="h", title="president", status="former"))
    'former president'
    """
    status = role.status
    if status in {None, "current"} or str(status) in role.title.lower():
        return role.title
    return f"{role.title}-elect" if status == "elect" else f"{status} {role.title}"


def labels_of(words: Iterable[str]) -> tuple[str, ...]:
    """The labels of an event: the most used first, of those the longest, which says most.

    >>> labels_of(["raid", "raid on a farm", "raid"])
    ('raid', 'raid on a farm')
    """
    counts = Counter(words)
    return tuple(sorted(counts, key=lambda label: (-counts[label], -len(label), label)))


def time_of(event: EventFact) -> str:
    """When, in the words of the text, with the date that relative ones come to."""
    return f"{event.time} ({event.date})" if event.date else f"{event.time}"


def brief_of(claim: ClaimFact) -> str:
    """How it is said, short enough to stand on a line.

    >>> brief_of(ClaimFact(iri="c", mode="direct", within="d", cue_words="chanted"))
    'chanted · quoted'
    """
    manner = {"direct": "quoted", "mixed": "partly quoted"}.get(claim.mode, "reported")
    return f"{claim.cue_words or 'says'} · {manner}"
