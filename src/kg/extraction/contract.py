"""The JSON that ``kg extract`` prints: a contract that other programs score with.

``findings.schema.json`` beside this file is its JSON Schema.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kg.model import (
    Certainty,
    Claim,
    Event,
    Findings,
    Mode,
    Polarity,
    Quantity,
    Role,
    Span,
    Stance,
    Time,
)

__all__ = ["to_json"]


def to_json(
    findings: Findings, *, path: str | None = None, with_text: bool = False
) -> dict[str, Any]:
    """The findings of one document as JSON values; offsets are code points, half open.

    ``path`` is the document's name in the output, by default the one it has in the case.
    An event with several mentions is given once, with the details that its best voice
    states: the document's own before a claim's, affirmed and certain before the rest.
    """
    document = findings.document
    result: dict[str, Any] = {
        "document": path if path is not None else document.file,
        "sha256": document.sha256,
        "title": document.title,
        "published": document.published.isoformat() if document.published else None,
    }
    if with_text:
        result["text"] = document.text
    result["entities"] = [
        {
            "id": entity.id,
            "kind": entity.kind.value,
            "name": entity.name,
            "mentions": _spans([mention.span for mention in entity.mentions]),
        }
        for entity in findings.entities
    ]
    result["roles"] = [_role(role) for role in findings.roles]
    result["events"] = _events(findings.events)
    result["quantities"] = [_quantity(quantity) for quantity in findings.quantities]
    result["claims"] = [_claim(claim) for claim in findings.claims]
    result["times"] = [
        {"span": _span(time.span)} | _time(time) | {"anchor": _day(time.anchor)}
        for time in findings.times
    ]
    return result


def _span(span: Span) -> list[int]:
    return [span.start, span.end]


def _spans(spans: Sequence[Span]) -> list[list[int]]:
    return [_span(span) for span in spans]


def _day(day: object) -> str | None:
    return None if day is None else str(day)


def _time(time: Time) -> dict[str, Any]:
    return {
        "text": time.text,
        "edtf": time.edtf,
        "earliest": _day(time.earliest),
        "latest": _day(time.latest),
    }


def _stance(stance: Stance) -> dict[str, Any]:
    return {"polarity": stance.polarity.value, "certainty": stance.certainty.value}


def _role(role: Role) -> dict[str, Any]:
    return {
        "person": role.person,
        "title": role.title,
        "organization": role.organization,
        "status": role.status,
        "start": _time(role.start) if role.start else None,
        "end": _time(role.end) if role.end else None,
        "held": _time(role.held) if role.held else None,
        "evidence": _spans(role.evidence),
        "within": role.within,
    } | _stance(role.stance)


def _events(mentions: Sequence[Event]) -> list[dict[str, Any]]:
    grouped: dict[str, list[Event]] = {}
    for mention in mentions:
        grouped.setdefault(mention.event, []).append(mention)
    return [_event(identifier, group) for identifier, group in grouped.items()]


def _event(identifier: str, mentions: Sequence[Event]) -> dict[str, Any]:
    best = min(
        mentions,
        key=lambda m: (
            m.within is not None,
            m.stance.polarity is not Polarity.AFFIRMED,
            list(Certainty).index(m.stance.certainty),
            m.trigger,
        ),
    )
    alike = [m for m in mentions if (m.within, m.stance) == (best.within, best.stance)]
    time = next((m.time for m in alike if m.time), None)
    participants = {(p.entity, p.part): None for m in alike for p in m.participants}
    return {
        "id": identifier,
        "kind": best.kind,
        "label": best.label,
        "mentions": _spans([m.trigger for m in mentions]),
        "time": _time(time) if time else None,
        "place": next((m.place for m in alike if m.place), None),
        "participants": [{"entity": entity, "part": part} for entity, part in participants],
        "within": best.within,
    } | _stance(best.stance)


def _quantity(quantity: Quantity) -> dict[str, Any]:
    return {
        "lower": quantity.lower,
        "upper": quantity.upper,
        "approximate": quantity.approximate,
        "of": quantity.of,
        "text": quantity.text,
        "span": _span(quantity.span),
        "event": quantity.event,
        "within": quantity.within,
    }


def _claim(claim: Claim) -> dict[str, Any]:
    return (
        {
            "id": claim.id,
            "speaker": claim.speaker,
            "source": _spans(claim.source),
            "cue": _spans(claim.cue),
            "content": _spans(claim.content),
            "mode": Mode(claim.mode).value,
        }
        | _stance(claim.stance)
        | {
            "within": claim.within,
            "said": _time(claim.said) if claim.said else None,
            "addressee": claim.addressee,
            "addressee_spans": _spans(claim.addressee_spans),
            "medium": claim.medium,
            "medium_spans": _spans(claim.medium_spans),
            "about": list(claim.about),
        }
    )
