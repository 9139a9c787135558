"""How a thing is meant: by its source, and by itself."""

from __future__ import annotations

from collections.abc import Iterable

from kg.view.facts import ClaimFact, Facts
from kg.view.wording import OWN_VOICE, is_rejected

__all__ = ["LOOKS", "document_of", "is_own", "look_of", "look_of_fact", "stance_of", "strongest"]

#: How things look, the strongest first: where several statements make one line, the first counts.
LOOKS = ("affirmed", "alleged", "unreal", "denied", "rejected")


def look_of(polarity: str | None, certainty: str | None, *, rejected: bool = False) -> str:
    """How a source means it, unless a person rejected that it was read so.

    >>> look_of("affirmed", "possible"), look_of("denied", "certain")
    ('alleged', 'denied')
    """
    if rejected:
        return "rejected"
    if polarity == "denied":
        return "denied"
    return {"unreal": "unreal", "probable": "alleged", "possible": "alleged"}.get(
        certainty or "", "affirmed"
    )


def look_of_fact(facts: Facts, statement: str) -> str:
    """How the thing itself stands: what only a quoted speaker affirms is alleged."""
    fact = facts.statements[statement]
    look = look_of(fact.polarity, fact.certainty, rejected=is_rejected(facts, statement))
    return "alleged" if look == "affirmed" and not is_own(facts, statement) else look


def stance_of(polarity: str, certainty: str) -> str:
    """What a label says of it, nothing where it is affirmed for certain.

    >>> stance_of("affirmed", "unreal")
    'planned or demanded'
    """
    words = {"probable": "probably", "possible": "possibly", "unreal": "planned or demanded"}
    return "denied" if polarity == "denied" else words.get(certainty, "")


def strongest(looks: Iterable[str]) -> str:
    """The look that is drawn of several.

    >>> strongest({"denied", "alleged"})
    'alleged'
    """
    return min(looks, key=LOOKS.index)


def is_own(facts: Facts, statement: str) -> bool:
    """Whether the document itself says it, in its own voice."""
    return facts.claims[facts.statements[statement].claim].mode == OWN_VOICE


def document_of(facts: Facts, claim: ClaimFact) -> str:
    """The document that a claim stands in, through whatever claims it stands in there."""
    link = claim
    while link.within in facts.claims:
        link = facts.claims[link.within]
    return link.within
