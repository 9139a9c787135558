"""Which places are countries or larger: too large to tell two events of one day apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from babel import Locale

from kg.identity.names import key
from kg.identity.profiles import Profile
from kg.model import EntityKind

__all__ = ["countries"]


def countries(known: Mapping[str, Profile], canonical: Mapping[str, str]) -> frozenset[str]:
    """The canonical IRIs of the places that bear the name of a country or continent."""
    places = ((iri, each) for iri, each in known.items() if each.kind is EntityKind.PLACE)
    return frozenset(canonical[iri] for iri, each in places if _names_one(each.names))


def _names_one(names: Iterable[str]) -> bool:
    return any(key(name, EntityKind.PLACE) in _names() for name in names)


@cache
def _names() -> frozenset[tuple[str, ...]]:
    territories = Locale("en").territories
    short = ("USA", "US", "U.S.", "UK", "U.K.", "UAE", "Burma", "Turkey", "Congo", "Palestine")
    return frozenset(key(name, EntityKind.PLACE) for name in (*territories.values(), *short))
