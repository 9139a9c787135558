"""Words that were left open, and stand for somebody because a person says so."""

from __future__ import annotations

from dataclasses import replace

from kg.model import Claim, Entity, EntityKind, Findings, Form, Mark, Mention, Span

__all__ = ["give_meaning"]

_PRONOUNS = frozenset(
    "i me my mine we us our ours you your yours he him his she her hers it its they them their "
    "theirs who whom whose".split()
)
#: What is no longer open of words, once it is known whom they stand for.
_ANSWERED = frozenset({"coreference", "speaker"})


def give_meaning(found: Findings, span: Span, kind: EntityKind, mark: Mark) -> Findings:
    """The findings with the words as an entity of their own, which speaks where they speak.

    The claims that are somebody's by it bear the mark. Words that stand for somebody already stay
    as they are.
    """
    if any(mention.span == span for entity in found.entities for mention in entity.mentions):
        return found
    words = span.of(found.document.text)
    form = Form.PRONOUN if words.casefold() in _PRONOUNS else Form.NOMINAL
    mention = Mention(span=span, form=form, method="curator:means")
    id_ = f"m{span.start}-{span.end}"
    entity = Entity(id=id_, kind=kind, name=words, mentions=(mention,))
    return replace(
        found,
        entities=(*found.entities, entity),
        claims=tuple(_answered(claim, span, id_, mark) for claim in found.claims),
        abstentions=tuple(
            each for each in found.abstentions if each.span != span or each.what not in _ANSWERED
        ),
    )


def _answered(claim: Claim, span: Span, id_: str, mark: Mark) -> Claim:
    speaks = claim.speaker is None and span in claim.source
    hears = claim.addressee is None and span in claim.addressee_spans
    if not (speaks or hears):
        return claim
    return replace(
        claim,
        speaker=id_ if speaks else claim.speaker,
        addressee=id_ if hears else claim.addressee,
        marks=(*claim.marks, mark),
    )
