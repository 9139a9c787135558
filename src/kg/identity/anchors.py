"""Where decisions point, in the documents that there are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.hiding import COVER
from kg.model import Anchor, Entity, Findings, Span
from kg.shelf import Record, Shelf
from kg.vocabulary import entity_iri, event_iris

__all__ = ["Places", "entity_at"]


class Places:
    """Where anchors lie, in the documents that there are."""

    def __init__(self, shelf: Shelf, base: str = "") -> None:
        self._base = base
        self._by_hash = {record.sha256[:20]: record for record in shelf.records}
        self._by_file: dict[str, list[Record]] = {}
        for record in shelf.records:
            self._by_file.setdefault(record.file, []).append(record)

    def locate(self, anchor: Anchor) -> tuple[Record, Span] | None:
        """The document and the place that an anchor means; None where they are gone."""
        record = self._by_hash.get(anchor.document[:20])
        if record is not None:
            return record, anchor.span
        # The text has changed: its words are looked for, and hold only where they stand once.
        named = self._by_file.get(anchor.file, ())
        if len(named) != 1 or not anchor.words.strip():
            return None
        words = r"\s+".join(map(re.escape, anchor.words.split())).replace(COVER, ".")
        text = named[0].open().document.text
        places = [Span(*match.span()) for match in re.finditer(words, text)]
        return (named[0], places[0]) if len(places) == 1 else None

    def found(self, anchor: Anchor) -> Entity | None:
        """The entity that a decision points at; None where it is no longer there."""
        located = self.locate(anchor)
        if located is None:
            return None
        record, span = located
        return entity_at(record.open(), span)

    def entity(self, anchor: Anchor) -> str | None:
        """The IRI of the entity or event that a decision points at; None where it is gone."""
        located = self.locate(anchor)
        if located is None:
            return None
        record, span = located
        mentions = list(_places(record.open(), self._base))
        exact = {iri for iri, place in mentions if place == span}
        near = exact or {iri for iri, place in mentions if place.overlaps(span)}
        return next(iter(near)) if len(near) == 1 else None


def _places(found: Findings, base: str) -> Iterator[tuple[str, Span]]:
    """Each mention of an entity or event with its IRI."""
    for entity in found.entities:
        iri = entity_iri(base, found.document.sha256, entity)
        yield from ((iri, mention.span) for mention in entity.mentions)
    events = event_iris(base, found.document.sha256, found.events)
    yield from ((events[event.event], event.trigger) for event in found.events)


def entity_at(found: Findings, span: Span) -> Entity | None:
    """The entity whose mention stands there, or the only one that overlaps it."""
    exact = [entity for entity in found.entities if _mentions(entity, span, exact=True)]
    near = exact or [e for e in found.entities if _mentions(e, span, exact=False)]
    return near[0] if len(near) == 1 else None


def _mentions(entity: Entity, span: Span, *, exact: bool) -> bool:
    return any(
        mention.span == span if exact else mention.span.overlaps(span)
        for mention in entity.mentions
    )
