"""In whose words a thing is said: the document's own or a claim's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.extraction.near import Near, hull
from kg.model import Claim, Span

__all__ = ["Voices", "ground", "voice", "voices"]

#: The claims of a document by where their contents stand.
type Voices = Near[Claim]


def voices(claims: Iterable[Claim]) -> Voices:
    """The claims by where their contents stand."""
    return Near(filter(_voiced, claims), lambda claim: hull(_voiced(claim)))


def voice(span: Span, claims: Voices) -> Claim | None:
    """The innermost claim in whose content a span lies, None for the document's own voice."""
    around = [
        claim for claim in claims.to(span) if any(part.covers(span) for part in _voiced(claim))
    ]
    return min(around, key=lambda c: sum(p.end - p.start for p in c.content), default=None)


def ground(span: Span, claims: Voices) -> Span | None:
    """The fragment of the innermost claim's content that a span lies in.

    What stands outside of it speaks of the claim, not of what the claim says.
    """
    claim = voice(span, claims)
    if claim is None:
        return None
    return next(part for part in _voiced(claim) if part.covers(span))


def _voiced(claim: Claim) -> Sequence[Span]:
    """The content that the speaker answers for."""
    return claim.content if claim.voiced is None else claim.voiced
