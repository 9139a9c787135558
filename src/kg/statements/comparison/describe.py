"""What is written of accounts, rivals, changes, sources and shared text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from pyoxigraph import NamedNode

from kg.statements.comparison.accounts import Account, Rivalry, Update
from kg.statements.comparison.copies import Shared
from kg.statements.comparison.origins import Origin
from kg.statements.terms import Triple, iris, term, triples
from kg.vocabulary import digest, document_iri, kind_iri, mint

__all__ = [
    "describe_account",
    "describe_origin",
    "describe_rivalry",
    "describe_shared",
    "describe_sources",
    "describe_update",
]


def describe_account(account: Account) -> Iterator[Triple]:
    """One value for one side of an event, and the statements that give it."""
    return triples(
        NamedNode(account.iri),
        {
            "rdf:type": term("kg:Account"),
            "kg:accountOf": NamedNode(account.event),
            "kg:aspect": NamedNode(kind_iri("aspect", account.aspect)),
            "kg:words": account.words,
            "kg:givenIn": iris(telling.statement for telling in account.tellings),
        },
    )


def describe_rivalry(rivalry: Rivalry, base: str) -> Iterator[Triple]:
    """Two accounts that contradict each other, why, and the statements that are rivals by it."""
    left, right = NamedNode(rivalry.left), NamedNode(rivalry.right)
    yield left, term("kg:contradicts"), right
    yield right, term("kg:contradicts"), left
    for one, other in rivalry.pairs:
        yield NamedNode(one), term("kg:rivals"), NamedNode(other)
        yield NamedNode(other), term("kg:rivals"), NamedNode(one)
    yield from triples(
        NamedNode(mint(base, "rivalry", digest(rivalry.left, rivalry.right))),
        {
            "rdf:type": term("kg:Rivalry"),
            "kg:compares": [left, right],
            "kg:reason": rivalry.reason,
        },
    )


def describe_update(update: Update) -> Iterator[Triple]:
    """A statement by which somebody changed what they had said."""
    yield NamedNode(update.later), term("kg:updates"), NamedNode(update.earlier)


def describe_origin(statement: str, origin: Origin) -> Iterator[Triple]:
    """From whom a statement comes."""
    yield NamedNode(statement), term("kg:origin"), NamedNode(origin.iri)


def describe_sources(called: Mapping[str, Iterable[str]]) -> Iterator[Triple]:
    """What sources that are no entities are called, by their IRIs."""
    for iri, names in sorted(called.items()):
        yield from triples(
            NamedNode(iri),
            {"rdf:type": term("kg:Source"), "rdfs:label": ", ".join(sorted(set(names)))},
        )


def describe_shared(shared: Iterable[Shared], base: str) -> Iterator[Triple]:
    """Documents that share text, and how much of it."""
    for each in shared:
        left, right = (NamedNode(document_iri(base, sha)) for sha in (each.left, each.right))
        yield left, term("kg:sharesTextWith"), right
        yield right, term("kg:sharesTextWith"), left
        sentences = "one sentence" if each.sentences == 1 else f"{each.sentences} sentences"
        yield from triples(
            NamedNode(mint(base, "shared-text", digest(each.left, each.right))),
            {
                "rdf:type": term("kg:SharedText"),
                "kg:compares": [left, right],
                "kg:share": each.share,
                "kg:reason": f"{sentences} with {each.words} words are the same, "
                f"{each.share:.0%} of the shorter text",
            },
        )
