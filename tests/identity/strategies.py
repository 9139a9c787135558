"""Makes findings of several documents that name people, organisations and places."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import replace

from hypothesis import strategies as st

from kg.model import Anchor, Decision, Document, Entity, EntityKind, Findings, Form, Mention, Span
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


def calling(found: Findings, pronouns: Sequence[str]) -> Findings:
    """The document with a pronoun behind its text for each of its entities, none where empty."""
    entities = []
    text = found.document.text
    for entity, pronoun in zip(found.entities, pronouns, strict=False):
        span = Span(len(text) + 1, len(text) + 1 + len(pronoun))
        text += f" {pronoun}"
        mention = Mention(span=span, form=Form.PRONOUN, method="rule:test")
        mentions = (*entity.mentions, *([mention] if pronoun else []))
        entities.append(replace(entity, mentions=mentions))
    return replace(found, document=replace(found.document, text=text), entities=tuple(entities))


def contradicting_cases() -> st.SearchStrategy[list[Findings]]:
    """Documents that name few people, who are he in one and she in another."""
    people = st.sampled_from(
        [(EntityKind.PERSON, name) for name in ("Dana Holt", "Dana M. Holt", "Holt", "Omar Reyes")]
    )
    pronouns = st.lists(st.sampled_from(["", "he", "she"]), min_size=3, max_size=3)
    documents = st.lists(
        st.tuples(st.lists(people, min_size=1, max_size=3), pronouns), min_size=2, max_size=6
    )
    return documents.map(
        lambda rows: [
            calling(findings(number, *named), called) for number, (named, called) in enumerate(rows)
        ]
    )


def anchors(documents: Sequence[Findings]) -> list[Anchor]:
    """Where each entity of the documents stands."""
    return [
        Anchor(
            file=found.document.file,
            document=found.document.sha256[:20],
            span=entity.anchor,
            words=entity.anchor.of(found.document.text),
        )
        for found in documents
        for entity in found.entities
    ]


def decision(
    what: str, left: Anchor, right: Anchor | None = None, *, minute: int = 0, why: str = ""
) -> Decision:
    """A decision of one person on one day."""
    when = dt.datetime(2026, 1, 2, 3, minute, tzinfo=dt.UTC)
    return Decision(when=when, who="Ida Holm", what=what, left=left, right=right, why=why)


def ruled_cases() -> st.SearchStrategy[tuple[list[Findings], list[Decision]]]:
    """Documents with some decisions on pairs of their entities, which may contradict each other."""

    def ruled(
        documents: list[Findings],
    ) -> st.SearchStrategy[tuple[list[Findings], list[Decision]]]:
        places = anchors(documents)
        one = st.tuples(
            st.sampled_from(["same", "different"]), st.sampled_from(places), st.sampled_from(places)
        )
        decisions = st.lists(one, max_size=4).map(
            lambda rows: [
                decision(what, left, right, minute=minute)
                for minute, (what, left, right) in enumerate(rows)
                if left != right
            ]
        )
        return st.tuples(st.just(documents), decisions)

    return contradicting_cases().flatmap(ruled)
