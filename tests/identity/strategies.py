"""Makes findings of several documents that name people, organisations and places."""

from __future__ import annotations

import hashlib

from hypothesis import strategies as st

from kg.model import Document, Entity, EntityKind, Findings, Form, Mention, Span
from kg.vocabulary import entity_iri

BASE = "https://kg.example/"

NAMES = (
    "Dana Holt", "dana holt", "Dana M. Holt", "D. Holt", "Holt", "Dana", "Dana Maria Holt",
    "Karl Holt", "Omar Reyes", "O. Reyes", "Reyes", "Harbour Workers Union",
    "The Harbour Workers Union", "Lisbon",
)  # fmt: skip


def findings(number: int, *named: tuple[EntityKind, str], form: Form = Form.NAME) -> Findings:
    """A document that names these, each once."""
    text = f"{number}: " + "; ".join(name for _, name in named)
    digest = hashlib.sha256(text.encode()).hexdigest()
    document = Document(
        text=text,
        sha256=digest,
        file_sha256=digest,
        file=f"{number}.txt",
        location="",
        media_type="text/plain",
    )
    entities = []
    at = len(f"{number}: ")
    for count, (kind, name) in enumerate(named, start=1):
        mention = Mention(span=Span(at, at + len(name)), form=form, method="rule:test")
        entities.append(Entity(id=f"e{count}", kind=kind, name=name, mentions=(mention,)))
        at += len(name) + 2
    return Findings(document=document, entities=tuple(entities))


def cases() -> st.SearchStrategy[list[Findings]]:
    """Up to six documents, in any order."""
    entity = st.tuples(st.sampled_from(EntityKind), st.sampled_from(NAMES))
    documents = st.lists(st.lists(entity, max_size=4), max_size=6)
    return documents.map(lambda rows: [findings(number, *row) for number, row in enumerate(rows)])


def iris(found: Findings) -> list[str]:
    """The IRIs of the entities of a document, in their order."""
    return [entity_iri(BASE, found.document.sha256, entity) for entity in found.entities]
