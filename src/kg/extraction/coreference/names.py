"""Names that are one: the same, a surname, a spelling, an acronym."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from kg.extraction.coreference.cluster import Cluster, left_to_a_person
from kg.extraction.mentions import Phrase
from kg.extraction.reading import Reading
from kg.model import Abstention, EntityKind, Form

__all__ = ["join_names", "join_surnames"]


def join_names(
    reading: Reading, phrases: Sequence[Phrase], left_open: list[Abstention]
) -> tuple[list[Cluster], dict[int, Cluster]]:
    """The names joined to entities, and the entity of each name by the head of its phrase."""
    clusters: list[Cluster] = []
    home: dict[int, Cluster] = {}
    acronyms = _acronyms(reading, phrases)
    others = _words_of_others(phrases)
    for phrase in _full_names_first(phrases):
        fitting = _clusters_of_name(phrase, clusters, acronyms)
        if not fitting and phrase.kind is EntityKind.PERSON:
            fitting = _called_by_first_name(phrase, clusters)
        if not fitting and phrase.kind is EntityKind.ORGANIZATION:
            fitting = _organizations_cut_short(phrase, clusters, others)
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


def join_surnames(clusters: Sequence[Cluster]) -> list[Cluster]:
    """The entities, with surnames that a pronoun showed to be a person's joined to full names.

    The recogniser took them for institutions or for nothing, so they met no name before.
    """
    kept: list[Cluster] = []
    people = [cluster for cluster in clusters if cluster.kind is EntityKind.PERSON]
    for cluster in clusters:
        names = {_words(p.name) for p in cluster.phrases if p.form is Form.NAME}
        fitting = [
            other
            for other in people
            if other is not cluster
            and cluster.kind is EntityKind.PERSON
            and len(names) == 1
            and any(
                _is_short_for(" ".join(next(iter(names))), p.name)
                for p in other.phrases
                if p.form is Form.NAME
            )
        ]
        if len(fitting) == 1 and not {cluster.gender, fitting[0].gender} >= {"f", "m"}:
            fitting[0].phrases.extend(cluster.phrases)
        else:
            kept.append(cluster)
    return kept


def _called_by_first_name(phrase: Phrase, clusters: Sequence[Cluster]) -> list[Cluster]:
    """The one person whom the text names in full before it uses the first word of it alone.

    That is a given name, or the family's where it stands first.
    """
    words = _words(phrase.name)
    if len(words) != 1 or len(words[0]) == 1:
        return []
    namesakes = [
        cluster
        for cluster in clusters
        if cluster.kind is EntityKind.PERSON
        and any(
            len(_words(other.name)) > 1 and _words(other.name)[0] == words[0]
            for other in cluster.phrases
            if other.form is Form.NAME
        )
    ]
    return _introduced(phrase, namesakes) if len(namesakes) == 1 else []


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


@functools.lru_cache(maxsize=1 << 14)
def _words(name: str) -> tuple[str, ...]:
    """The words of a name, told apart by neither capitals nor the form of an apostrophe."""
    return tuple(re.findall(r"[^\W_]+(?:[-'][^\W_]+)*", name.casefold().replace("’", "'")))


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


def _words_of_others(phrases: Sequence[Phrase]) -> set[str]:
    """The words of all names of people, groups and places."""
    return {
        word
        for phrase in phrases
        if phrase.form is Form.NAME and phrase.kind is not EntityKind.ORGANIZATION
        for word in _words(phrase.name)
    }


def _organizations_cut_short(
    phrase: Phrase, clusters: Sequence[Cluster], others: set[str]
) -> list[Cluster]:
    """The one organisation whose longer name a name begins or ends, none where two may be meant.

    "The Times" may be a newspaper of the text whose name ends so, "Berg" never a "Berg
    Foundation" where the text knows a Berg.
    """
    words = _words(phrase.name.removeprefix("the ").removeprefix("The "))
    if not words or words[0] in others:
        return []
    fitting = [
        cluster
        for cluster in clusters
        if cluster.kind is EntityKind.ORGANIZATION
        and any(
            _begins_or_ends(words, _words(other.name))
            and not (phrase.name.isupper() and other.name.startswith(phrase.name))
            for other in cluster.phrases
        )  # the UN is not its Human Rights Council
    ]
    return fitting if len(fitting) == 1 else []


def _begins_or_ends(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Whether a name is the first or last words of a longer one.

    >>> _begins_or_ends(("times",), ("arden", "times")), _begins_or_ends(("arden",), ("arden",))
    (True, False)
    """
    return len(short) < len(full) and short in (full[: len(short)], full[-len(short) :])


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
