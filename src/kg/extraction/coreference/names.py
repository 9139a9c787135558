"""Names that are one: the same, a surname, a spelling, an acronym."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from kg.extraction.coreference.cluster import Cluster, left_to_a_person
from kg.extraction.mentions import Phrase
from kg.extraction.reading import Reading
from kg.model import Abstention, EntityKind, Form

__all__ = ["join_names"]


def join_names(
    reading: Reading, phrases: Sequence[Phrase], left_open: list[Abstention]
) -> tuple[list[Cluster], dict[int, Cluster]]:
    """The names joined to entities, and the entity of each name by the head of its phrase."""
    clusters: list[Cluster] = []
    home: dict[int, Cluster] = {}
    acronyms = _acronyms(reading, phrases)
    for phrase in _full_names_first(phrases):
        fitting = _clusters_of_name(phrase, clusters, acronyms)
        if len(fitting) > 1:
            fitting = _introduced(phrase, fitting) or fitting
        if len(fitting) > 1:
            left_open.append(
                left_to_a_person(reading, phrase, f"{len(fitting)} people here have this name")
            )
        if len(fitting) == 1:
            chosen = fitting[0]
        else:
            chosen = Cluster(phrase.kind)
            clusters.append(chosen)
        chosen.phrases.append(phrase)
        home[phrase.head] = chosen
    return clusters, home


def _introduced(phrase: Phrase, clusters: Sequence[Cluster]) -> list[Cluster]:
    """Those whom the text has named in full before a short name: the others are not yet known."""
    return [
        cluster
        for cluster in clusters
        if any(
            other.first < phrase.first and len(other.name.split()) > len(phrase.name.split())
            for other in cluster.phrases
        )
    ]


def _full_names_first(phrases: Sequence[Phrase]) -> list[Phrase]:
    """Names by falling number of words, so that surnames meet their full names."""
    names = [phrase for phrase in phrases if phrase.form is Form.NAME]
    return sorted(names, key=lambda phrase: (-len(phrase.name.split()), phrase.first))


@functools.lru_cache(maxsize=4096)  # each name is compared with every other
def _words(name: str) -> tuple[str, ...]:
    return tuple(re.findall(r"[^\W_]+(?:[-'’][^\W_]+)*", name.casefold()))


def _clusters_of_name(
    phrase: Phrase, clusters: Sequence[Cluster], acronyms: dict[str, str]
) -> list[Cluster]:
    """The entities so far that a name may stand for; those with the very same name come alone."""
    alike = [cluster for cluster in clusters if cluster.kind is phrase.kind]
    same = [
        cluster
        for cluster in alike
        if any(_words(other.name) == _words(phrase.name) for other in cluster.phrases)
    ]
    if same:
        return same
    if phrase.kind is EntityKind.PERSON:
        return [
            cluster
            for cluster in alike
            if any(_is_short_for(phrase.name, other.name) for other in cluster.phrases)
        ]
    long_form = acronyms.get(phrase.name.strip("()").casefold())
    if long_form is not None:
        return [
            cluster
            for cluster in alike
            if any(_words(other.name) == _words(long_form) for other in cluster.phrases)
        ]
    return []


def _is_short_for(short: str, full: str) -> bool:
    """Whether one name of a person can be the other's, inside one document.

    >>> _is_short_for("Berg", "Anna Berg"), _is_short_for("Anna", "Anna Berg")
    (True, False)
    >>> _is_short_for("A. Berg", "Anna Maria Berg"), _is_short_for("Anna M. Berg", "Anna M.E. Berg")
    (True, False)
    """
    ours, theirs = _words(short), _words(full)
    if not ours or len(ours) >= len(theirs) + (len(ours) > 1) or ours[-1] != theirs[-1]:
        return False
    *first, _ = ours
    if len(first) > 1 and len(first) != len(theirs) - 1:
        return False  # who is told apart by a second initial has another one: another person
    return all(
        any(word == other or (len(word) == 1 and other.startswith(word)) for other in theirs[:-1])
        for word in first
    )


def _acronyms(reading: Reading, phrases: Sequence[Phrase]) -> dict[str, str]:
    """From each acronym that a bracket introduces to the name before it: "... Forces (ABF)"."""
    found: dict[str, str] = {}
    for phrase in phrases:
        if phrase.form is not Form.NAME or phrase.kind is EntityKind.PERSON:
            continue
        end = phrase.span(reading).end
        match = re.match(r"\s?\(([\w./&’'-]{2,25})\)", reading.text[end : end + 30])
        if match:
            for part in re.split(r"[/,]", match.group(1)):
                found[part.casefold()] = phrase.name
    return found
