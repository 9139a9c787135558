"""Phrases that are held to be one entity while a document is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.extraction.mentions import Phrase
from kg.extraction.reading import Reading
from kg.model import Abstention, EntityKind, Form

__all__ = ["Cluster", "best_name", "leave_choice_open", "left_to_a_person"]


@dataclass(slots=True)
class Cluster:
    """Phrases held to be one entity while the document is read."""

    kind: EntityKind
    phrases: list[Phrase] = field(default_factory=list)
    titles: set[str] = field(default_factory=set)  #: lemmas of titles and descriptions
    gender_of_titles: str = ""

    @property
    def gender(self) -> str:
        """The gender that a phrase or else a title says: m, f or empty."""
        said = next((phrase.gender for phrase in self.phrases if phrase.gender), "")
        return said or self.gender_of_titles


def best_name(phrases: Sequence[Phrase]) -> str:
    """The fullest name, the first of equals; for the unnamed the first description."""
    names = [phrase for phrase in phrases if phrase.form is Form.NAME]
    described = [phrase for phrase in phrases if phrase.form is Form.NOMINAL]
    pool = names or described or list(phrases)
    if not names:
        return pool[0].name
    return max(
        pool,
        key=lambda phrase: (
            len(phrase.name.split()),
            not phrase.name.isupper(),
            len(phrase.name),
            -phrase.first,
        ),
    ).name


def left_to_a_person(reading: Reading, phrase: Phrase, reason: str) -> Abstention:
    """What is left open about whom a phrase stands for."""
    return Abstention(
        span=phrase.span(reading), what="coreference", reason=reason, method="rule:coreference"
    )


def leave_choice_open(
    reading: Reading, pronoun: Phrase, pool: Sequence[Cluster], left_open: list[Abstention]
) -> None:
    """Put the choice between several to a person; that of a possessive is too small to ask."""
    if pool and reading.doc[pronoun.head].tag_ == "PRP":
        names = ", ".join(best_name(cluster.phrases) for cluster in pool)
        left_open.append(left_to_a_person(reading, pronoun, f"may stand for {names}"))
