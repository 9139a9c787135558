"""Who and what a document speaks of.

Names are joined when one is the other's surname, spelling or acronym; descriptions when
they repeat or stand in apposition; pronouns when one candidate alone fits. Where two fit,
nothing is joined and the choice is left to a person.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from kg.extraction.attribution import States
from kg.extraction.coreference.cluster import Cluster, best_name
from kg.extraction.coreference.descriptions import institutions, taken_up, title_of, titles_before
from kg.extraction.coreference.likeness import Likeness, alike, load_likeness
from kg.extraction.coreference.names import join_names, join_surnames
from kg.extraction.coreference.outline import outline
from kg.extraction.coreference.pronouns import Choice, Pronouns, weighed
from kg.extraction.lexicon import Nouns
from kg.extraction.mentions import Phrase
from kg.extraction.reading import Reading, conjuncts
from kg.model import Abstention, Entity, Form, Mention

__all__ = ["Cast", "cast"]


@dataclass(frozen=True, slots=True)
class Cast:
    """Who and what a document speaks of, and which tokens stand for whom."""

    entities: tuple[Entity, ...]
    phrases: tuple[Phrase, ...]
    phrase_by_token: dict[int, Phrase]  #: the phrase that a token heads or, in a name, belongs to
    by_token: dict[int, str]  #: from the head of a phrase, and each token of a name, to an entity
    abstentions: tuple[Abstention, ...]

    def at(self, token: Token) -> str | None:
        """The id of the entity that a token's phrase stands for."""
        return self.by_token.get(token.i)

    def all_at(self, token: Token) -> list[tuple[str, Token]]:
        """Entity and token of each member of a list that starts at the token."""
        return [(found, part) for part in conjuncts(token) if (found := self.at(part)) is not None]

    def entity(self, identifier: str) -> Entity:
        """The entity of an id."""
        return self.entities[int(identifier[1:]) - 1]  # they are numbered in their order

    def phrase_at(self, token: Token) -> Phrase | None:
        """The phrase that a token heads or, in a name, belongs to."""
        return self.phrase_by_token.get(token.i)


def cast(  # noqa: PLR0913 - only training gives the last two
    reading: Reading,
    phrases: Sequence[Phrase],
    links: Sequence[tuple[Phrase, Phrase]],
    nouns: Nouns,
    *,
    possible: Sequence[Phrase] = (),
    states: States | None = None,
    weigh: Callable[[Choice], Sequence[float]] = weighed,
    likeness: Likeness | None = None,
) -> Cast:
    """The entities of a document.

    ``links`` are pairs that the text itself calls one: apposition, copula, "by the name of".
    ``possible`` are names that count only where a pronoun stands for one of them. ``weigh``
    says how probable each candidate of a pronoun is. ``states`` are what the attribution network
    makes of the words, where there is one, and ``likeness`` the weights that read them.
    """
    left_open: list[Abstention] = []
    clusters, home = join_names(reading, phrases, left_open)
    maybe, home_of_possible = join_names(reading, possible, [])
    for named, described in links:
        if named.head in home and described.head not in home:
            if reading.doc[described.head].dep_ != "attr":  # a predicate mentions nobody again
                home[named.head].phrases.append(described)
            home[named.head].titles.add(title_of(reading, described))
            home[described.head] = home[named.head]
    for cluster in clusters:
        cluster.titles |= titles_before(reading, cluster.phrases)
        cluster.titles |= institutions(reading, cluster.phrases, nouns)
        genders = {nouns.gender(title.split()[-1]) for title in cluster.titles} - {""}
        cluster.gender_of_titles = genders.pop() if len(genders) == 1 else ""
    pronouns = Pronouns(
        outline=outline(reading),
        nouns=nouns,
        phrases={phrase.head: phrase for phrase in (*possible, *phrases)},
        home={**home_of_possible, **home},
        left_open=left_open,
        weigh=weigh,
        alike=alike(reading, states, likeness or load_likeness()),
    )
    _join_unnamed(reading, phrases, clusters, pronouns)
    shown = [cluster for cluster in maybe if any(p.form is Form.PRONOUN for p in cluster.phrases)]
    names = [p for cluster in shown for p in cluster.phrases if p.form is Form.NAME]
    everyone = sorted((*phrases, *names), key=lambda phrase: phrase.head)
    return _settled(reading, everyone, join_surnames([*clusters, *shown]), left_open)


def _join_unnamed(
    reading: Reading,
    phrases: Sequence[Phrase],
    clusters: list[Cluster],
    pronouns: Pronouns,
) -> None:
    """Give descriptions and pronouns, in the order of the text, to an entity or to a new one."""
    home = pronouns.home
    unnamed = (phrase for phrase in phrases if phrase.form is not Form.NAME)
    for phrase in sorted(unnamed, key=lambda phrase: phrase.head):
        if phrase.head in home:
            continue
        if phrase.form is Form.PRONOUN:
            chosen = pronouns.antecedent_of(phrase)
        elif reading.doc[phrase.head].dep_ in {"attr", "oprd"}:
            continue  # "was elected president" says what somebody is, and names nobody
        else:
            chosen = taken_up(reading, phrase, clusters)
            if chosen is None:
                chosen = Cluster(phrase.kind, titles={title_of(reading, phrase)})
                clusters.append(chosen)
        if chosen is not None:
            chosen.phrases.append(phrase)
            home[phrase.head] = chosen


def _settled(
    reading: Reading,
    phrases: Sequence[Phrase],
    clusters: Iterable[Cluster],
    left_open: Iterable[Abstention],
) -> Cast:
    """The clusters as entities, numbered in the order of the text."""
    ordered = sorted(clusters, key=lambda cluster: min(phrase.first for phrase in cluster.phrases))
    entities = []
    by_token: dict[int, str] = {}
    for number, cluster in enumerate(ordered, start=1):
        identifier = f"e{number}"
        members = sorted(cluster.phrases, key=lambda phrase: phrase.first)
        entities.append(
            Entity(
                id=identifier,
                kind=cluster.kind,
                name=best_name(members),
                mentions=tuple(
                    Mention(span=phrase.span(reading), form=phrase.form, method=phrase.method)
                    for phrase in members
                ),
            )
        )
        for phrase in members:
            by_token[phrase.head] = identifier
            if phrase.form is Form.NAME:
                by_token.update(dict.fromkeys(range(phrase.first, phrase.last + 1), identifier))
    return Cast(tuple(entities), tuple(phrases), _by_token(phrases), by_token, tuple(left_open))


def _by_token(phrases: Sequence[Phrase]) -> dict[int, Phrase]:
    """Each token that heads a phrase or belongs to a name, with the first such phrase."""
    found: dict[int, Phrase] = {}
    for phrase in phrases:
        names = range(phrase.first, phrase.last + 1) if phrase.form is Form.NAME else ()
        for token in (phrase.head, *names):
            found.setdefault(token, phrase)
    return found
