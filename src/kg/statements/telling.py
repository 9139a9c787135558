"""One document as it is stated: its findings as they may be shown, its statements, their IRIs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from kg.hiding import Hidden, Veil
from kg.model import Findings, Identities
from kg.statements.comparison import Speaking
from kg.statements.contents import Said, Statement, outline
from kg.statements.corrections import is_marked, rejected_claims
from kg.statements.iris import Iris
from kg.statements.veiling import shown

__all__ = ["Telling"]


@dataclass(frozen=True)
class Telling:
    """What a document states."""

    found: Findings
    at: Iris
    hidden: Hidden

    @classmethod
    def of(cls, read: Findings, identities: Identities, base: str, hidden: Hidden) -> Telling:
        """A document's findings, ready to be stated."""
        return cls(shown(read, hidden), Iris.of(read, identities, base), hidden)

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """Everything that it states, each with an IRI of its own."""
        return tuple(_statements(self.found, self.at))

    @cached_property
    def speaking(self) -> Speaking:
        """Whose words stand where."""
        sha256 = self.found.document.sha256
        cover = (self.hidden.veil(sha256) | self.hidden.words.get(sha256, Veil())).cover
        return Speaking.of(self.found, self.at, cover)

    @property
    def rejected(self) -> frozenset[str]:
        """The statements that a person rejected, or the claims that they stand in."""
        claims = rejected_claims(self.found.claims)
        return frozenset(
            each.iri
            for each in self.statements
            if is_marked(each.finding.marks, "reject") or each.finding.within in claims
        )


def _statements(found: Findings, at: Iris) -> Iterator[Statement]:
    findings: tuple[Said, ...] = (*found.roles, *found.events, *found.quantities)
    taken: Counter[str] = Counter()
    for finding in dict.fromkeys(findings):
        drawn = outline(finding, found, at)
        iri = at.mint("statement", drawn.kind, *drawn.key)
        taken[iri] += 1
        if taken[iri] > 1:
            # The same words, read in another way: a statement of its own.
            iri = at.mint("statement", drawn.kind, *drawn.key, taken[iri])
        yield Statement(iri, finding, drawn)
