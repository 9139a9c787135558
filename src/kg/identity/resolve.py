"""Which entities of different documents are one.

A first, cautious version. It joins by itself only what bears the very same full name: a
surname, a first name or an initial never joins two people. What may be one is suggested.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.identity.names import is_contained, is_full_name, key
from kg.model import Entity, EntityKind, Findings, Identities, Judgement, Verdict
from kg.vocabulary import entity_iri

__all__ = ["resolve"]

#: A short name that fits more full names than this suggests nothing: the list would help nobody.
_SUGGESTED_AT_MOST = 5


def resolve(findings: Iterable[Findings], *, base: str) -> Identities:
    """The identities of all entities of all documents, independent of the order they come in.

    Joined entities share the least of their IRIs. Every join has a judgement that says why.
    """
    entities: dict[str, Entity] = {}
    for found in findings:
        for entity in found.entities:
            entities[entity_iri(base, found.document.sha256, entity)] = entity
    blocks = _blocks(entities)
    canonical = {iri: iri for iri in entities}
    judgements = []
    for members in blocks.values():
        least = members[0]
        canonical |= dict.fromkeys(members, least)
        judgements += [
            Judgement(
                left=least,
                right=member,
                verdict=Verdict.SAME,
                by="kg",
                reason=f"the same name in both documents: {entities[member].name}",
            )
            for member in members[1:]
        ]
    return Identities(
        canonical=canonical,
        judgements=tuple(judgements),
        suggestions=tuple(_suggestions(entities, canonical)),
    )


def _blocks(entities: dict[str, Entity]) -> dict[tuple[object, ...], list[str]]:
    """The entities by kind and name, without those that only their document identifies."""
    blocks: dict[tuple[object, ...], list[str]] = {}
    for iri in sorted(entities):
        entity = entities[iri]
        if entity.named and (entity.kind is not EntityKind.PERSON or is_full_name(entity.name)):
            blocks.setdefault((entity.kind, key(entity.name)), []).append(iri)
    return blocks


def _suggestions(entities: dict[str, Entity], canonical: dict[str, str]) -> Iterator[Judgement]:
    """People of whom one's name may be short for the other's, the surest first."""
    by_surname: dict[str, list[str]] = {}
    for iri, entity in sorted(entities.items()):
        words = key(entity.name)
        if entity.named and entity.kind is EntityKind.PERSON and words:
            by_surname.setdefault(words[-1], []).append(iri)
    pairs: set[tuple[str, str]] = set()
    for members in by_surname.values():
        for short in members:
            full = {
                canonical[other]
                for other in members
                if is_contained(entities[short].name, entities[other].name)
            }
            if 0 < len(full) <= _SUGGESTED_AT_MOST:
                pairs |= {_ordered(canonical[short], other) for other in full}
    found = [
        Judgement(
            left=left,
            right=right,
            verdict=Verdict.UNSURE,
            by="kg",
            reason="one name may be short for the other: "
            f"{entities[left].name} / {entities[right].name}",
        )
        for left, right in pairs
        if left != right
    ]
    yield from sorted(
        found, key=lambda j: (-_shared(entities[j.left], entities[j.right]), j.left, j.right)
    )


def _ordered(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)


def _shared(one: Entity, other: Entity) -> int:
    """How many words two names share: more make a suggestion surer."""
    return len(set(key(one.name)) & set(key(other.name)))
