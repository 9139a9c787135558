"""What an entity is and is called, chosen among what all documents and people say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

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


@dataclass(slots=True)
class Called:
    """What all documents call one entity; grows while they are read."""

    kinds: set[EntityKind] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    variants: set[str] = field(default_factory=set)
    descriptions: set[str] = field(default_factory=set)

    def add(self, entity: Entity, text: str) -> None:
        """Note what one document calls it, in the words of its text as it may be shown."""
        self.kinds.add(entity.kind)
        (self.names if entity.named else self.descriptions).add(_on_one_line(entity.name))
        self.variants.update(
            _on_one_line(mention.span.of(text))
            for mention in entity.mentions
            if mention.form is Form.NAME
        )

    def describe(self, canonical: NamedNode, marks: Sequence[Mark] = ()) -> Iterator[Triple]:
        """What it is and is called: as a person decided, else as the documents have it."""
        kinds = chosen_kinds(marks) or self.kinds
        name = chosen_name(marks)
        others = self.names | self.variants
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
