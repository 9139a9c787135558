"""The walk from statements to how they stand to each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass, field

from kg.model import Findings
from kg.statements.comparison.accounts import accounts, rivalries, updates
from kg.statements.comparison.copies import Sketch, find_copies, sketch
from kg.statements.comparison.describe import (
    describe_account,
    describe_origins,
    describe_rivalry,
    describe_shared,
    describe_update,
)
from kg.statements.comparison.origins import Speaking, Voice, origin
from kg.statements.comparison.tellings import Telling, tell
from kg.statements.contents import Statement
from kg.statements.iris import Iris
from kg.statements.terms import Triple

__all__ = ["Comparison"]


@dataclass(slots=True)
class Comparison:
    """What has been read of all documents so far; what it says is known at the end alone.

    Equal documents give equal triples, in whatever order they come, and one that is taken away
    leaves nothing behind: each is a function of the documents that there are.
    """

    base: str
    _sketches: list[Sketch] = field(default_factory=list)
    _tellings: list[Telling] = field(default_factory=list)
    _voices: dict[str, Voice] = field(default_factory=dict)

    def add(
        self,
        found: Findings,
        statements: Sequence[Statement],
        at: Iris,
        *,
        rejected: Set[str] = frozenset(),
        cover: Callable[[str], str] = str,
    ) -> None:
        """Take in what one document states.

        What a person ``rejected``, by IRI, is no account of anything. ``cover`` takes hidden
        names out of what is not cut from the text.
        """
        document, speaking = found.document, Speaking.of(found, at, cover)
        self._sketches.append(sketch(document.sha256, document.text, found.sentences))
        self._voices.update({each.iri: speaking.voice(each.finding) for each in statements})
        standing = [each for each in statements if each.iri not in rejected]
        self._tellings.extend(tell(standing, speaking))

    def describe(self) -> Iterator[Triple]:
        """Everything that shows between documents, and between those who speak in one."""
        copies = find_copies(self._sketches)
        origins = {
            statement: origin(voice, copies, self.base) for statement, voice in self._voices.items()
        }
        sources = {statement: each.iri for statement, each in origins.items()}
        given = accounts(self._tellings, self.base)
        for account in given:
            yield from describe_account(account)
        for rivalry in rivalries(given, sources):
            yield from describe_rivalry(rivalry, self.base)
        for update in updates(given, sources):
            yield from describe_update(update)
        yield from describe_origins(origins)
        yield from describe_shared(copies.shared, self.base)
