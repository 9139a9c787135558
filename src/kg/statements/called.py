"""What an entity is and is called, chosen among what all documents and people say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode

from kg.model import Entity, EntityKind, Form, Mark
from kg.statements.corrections import chosen_kinds, chosen_name, is_hidden, note
from kg.statements.terms import Triple, term, triples

__all__ = ["Called"]

_TYPES = {
    EntityKind.PERSON: "foaf:Person",
    EntityKind.ORGANIZATION: "org:Organization",
    EntityKind.GROUP: "foaf:Group",
    EntityKind.PLACE: "schema:Place",
    EntityKind.DOCUMENT: "schema:CreativeWork",
}


@dataclass(frozen=True, slots=True)
class Naming:
    """What one document calls an entity; ``variants`` are the names that it is mentioned by."""

    kind: EntityKind
    name: str
    named: bool
    variants: tuple[str, ...]

    @classmethod
    def of(cls, entity: Entity, text: str) -> Naming:
        """What a document calls an entity, in the words of its text as it may be shown."""
        variants = {
            _on_one_line(mention.span.of(text))
            for mention in entity.mentions
            if mention.form is Form.NAME
        }
        return cls(entity.kind, _on_one_line(entity.name), entity.named, tuple(sorted(variants)))


@dataclass(frozen=True, slots=True)
class Called:
    """What all documents call one entity."""

    namings: frozenset[Naming]

    @property
    def kinds(self) -> set[EntityKind]:
        """What it is said to be."""
        return {each.kind for each in self.namings}

    @property
    def names(self) -> set[str]:
        """The chief name in each document that has one."""
        return {each.name for each in self.namings if each.named}

    @property
    def descriptions(self) -> set[str]:
        """What it is called where it has no name."""
        return {each.name for each in self.namings if not each.named}

    def describe(self, canonical: NamedNode, marks: Sequence[Mark] = ()) -> Iterator[Triple]:
        """What it is and is called: as a person decided, else as the documents have it."""
        kinds = chosen_kinds(marks) or self.kinds
        name = chosen_name(marks)
        others = self.names.union(*(each.variants for each in self.namings))
        described = _fullest(self.descriptions)
        if is_hidden(marks):
            others, described = set(), f"{' or '.join(sorted(kinds))}, name hidden"
        name = name or _fullest(others & self.names)
        yield from triples(
            canonical,
            {
                "rdf:type": [term(_TYPES[kind]) for kind in sorted(kinds)],
                "foaf:name": name,
                "kg:described": described if name is None else None,
                "kg:curated": note(marks),
            },
        )
        for other in sorted(others - {name or ""}):
            yield from triples(canonical, {"skos:altLabel": other})


def _on_one_line(words: str) -> str:
    return " ".join(words.split())


def _fullest(words: set[str]) -> str | None:
    return min(words, key=lambda each: (-len(each), each), default=None)
