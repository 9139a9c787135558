"""Which phrases of one document stand for the same entity.

Names are joined when one is the other's surname, spelling or acronym; descriptions when
they repeat or stand in apposition; pronouns when one candidate alone fits. Where two fit,
nothing is joined and the choice is left to a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Token

from kg.extraction.lexicon import Nouns
from kg.extraction.mentions import Phrase
from kg.extraction.reading import Reading, conjuncts, subject_of
from kg.model import Abstention, Entity, EntityKind, Form, Mention

__all__ = ["Cast", "cast"]

#: How far back, in sentences, a pronoun may look for the person it stands for.
_REACH = 2
_FIRST_PERSON = {"i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves"}
#: Words before a title that make another office of it: "the president" is no former president.
_OTHER_OFFICE = {"acting", "assistant", "deputy", "ex", "former", "interim", "vice"}
_SPOKEN_OF = {"f": {"she", "her", "hers"}, "m": {"he", "him", "his"}, "": set[str]()}


@dataclass(slots=True)
class _Cluster:
    """Phrases held to be one entity while the document is read."""

    kind: EntityKind
    phrases: list[Phrase] = field(default_factory=list)
    titles: set[str] = field(default_factory=set)  #: lemmas of titles and descriptions

    gender_of_titles: str = ""

    @property
    def gender(self) -> str:
        said = next((phrase.gender for phrase in self.phrases if phrase.gender), "")
        return said or self.gender_of_titles

    @property
    def named(self) -> bool:
        return any(phrase.form is Form.NAME for phrase in self.phrases)


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
        return next(entity for entity in self.entities if entity.id == identifier)

    def phrase_at(self, token: Token) -> Phrase | None:
        """The phrase that a token heads or, in a name, belongs to."""
        return self.phrase_by_token.get(token.i)


def cast(
    reading: Reading,
    phrases: Sequence[Phrase],
    links: Sequence[tuple[Phrase, Phrase]],
    nouns: Nouns,
) -> Cast:
    """The entities of a document.

    ``links`` are pairs that the text itself calls one: apposition, copula, "by the name of".
    """
    left_open: list[Abstention] = []
    clusters, home = _named(reading, phrases, left_open)
    for named, described in links:
        if named.head in home and described.head not in home:
            if reading.doc[described.head].dep_ != "attr":  # a predicate mentions nobody again
                home[named.head].phrases.append(described)
            home[named.head].titles.add(_lemma(reading, described))
            home[described.head] = home[named.head]
    for cluster in clusters:
        cluster.titles |= _titles_before(reading, cluster.phrases)
        cluster.titles |= _institutions(reading, cluster.phrases, nouns)
        genders = {nouns.gender(title.split()[-1]) for title in cluster.titles} - {""}
        cluster.gender_of_titles = genders.pop() if len(genders) == 1 else ""
    _join_unnamed(reading, phrases, clusters, home, left_open)
    return _settled(reading, phrases, clusters, left_open)


def _join_unnamed(
    reading: Reading,
    phrases: Sequence[Phrase],
    clusters: list[_Cluster],
    home: dict[int, _Cluster],
    left_open: list[Abstention],
) -> None:
    """Give descriptions and pronouns, in the order of the text, to an entity or to a new one."""
    unnamed = (phrase for phrase in phrases if phrase.form is not Form.NAME)
    for phrase in sorted(unnamed, key=lambda phrase: phrase.head):
        if phrase.head in home:
            continue
        if phrase.form is Form.PRONOUN:
            chosen = _antecedent(reading, phrase, home, left_open)
        elif reading.doc[phrase.head].dep_ in {"attr", "oprd"}:
            continue  # "was elected president" says what somebody is, and names nobody
        else:
            chosen = _repeated(reading, phrase, clusters)
            if chosen is None:
                chosen = _Cluster(phrase.kind, titles={_lemma(reading, phrase)})
                clusters.append(chosen)
        if chosen is not None:
            chosen.phrases.append(phrase)
            home[phrase.head] = chosen


def _named(
    reading: Reading, phrases: Sequence[Phrase], left_open: list[Abstention]
) -> tuple[list[_Cluster], dict[int, _Cluster]]:
    """The names joined to entities, and the entity of each name by the head of its phrase."""
    clusters: list[_Cluster] = []
    home: dict[int, _Cluster] = {}
    acronyms = _acronyms(reading, phrases)
    for phrase in _full_names_first(phrases):
        fitting = _clusters_of_name(phrase, clusters, acronyms)
        if len(fitting) > 1:
            fitting = _introduced(phrase, fitting) or fitting
        if len(fitting) > 1:
            left_open.append(_open(reading, phrase, f"{len(fitting)} people here have this name"))
        if len(fitting) == 1:
            chosen = fitting[0]
        else:
            chosen = _Cluster(phrase.kind)
            clusters.append(chosen)
        chosen.phrases.append(phrase)
        home[phrase.head] = chosen
    return clusters, home


def _introduced(phrase: Phrase, clusters: Sequence[_Cluster]) -> list[_Cluster]:
    """Those whom the text has named in full before a short name: the others are not yet known."""
    return [
        cluster
        for cluster in clusters
        if any(
            other.first < phrase.first and len(other.name.split()) > len(phrase.name.split())
            for other in cluster.phrases
        )
    ]


def _settled(
    reading: Reading,
    phrases: Sequence[Phrase],
    clusters: Iterable[_Cluster],
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
                name=_best_name(members),
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


def _best_name(phrases: Sequence[Phrase]) -> str:
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


def _open(reading: Reading, phrase: Phrase, reason: str) -> Abstention:
    return Abstention(
        span=phrase.span(reading), what="coreference", reason=reason, method="rule:coreference"
    )


def _full_names_first(phrases: Sequence[Phrase]) -> list[Phrase]:
    """Names by falling number of words, so that surnames meet their full names."""
    names = [phrase for phrase in phrases if phrase.form is Form.NAME]
    return sorted(names, key=lambda phrase: (-len(phrase.name.split()), phrase.first))


def _words(name: str) -> list[str]:
    return re.findall(r"[^\W_]+(?:[-'’][^\W_]+)*", name.casefold())


def _clusters_of_name(
    phrase: Phrase, clusters: Sequence[_Cluster], acronyms: dict[str, str]
) -> list[_Cluster]:
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


def _lemma(reading: Reading, phrase: Phrase) -> str:
    return _title_at(reading, phrase.head)


def _title_at(reading: Reading, at: int) -> str:
    """The lemma of a noun, with the word that makes another office of it: a "vice president"."""
    lemma = reading.doc[at].lemma_.lower()
    before = reading.doc[at - 1].lower_ if at else ""
    return f"{before} {lemma}" if before in _OTHER_OFFICE else lemma


def _titles_before(reading: Reading, phrases: Iterable[Phrase]) -> set[str]:
    """Lemmas of the words right before a person's names: "President X" can be "the president"."""
    return {
        _title_at(reading, phrase.first - 1)
        for phrase in phrases
        if phrase.kind is EntityKind.PERSON
        and phrase.form is Form.NAME
        and phrase.first > 0
        and reading.doc[phrase.first - 1].pos_ in {"PROPN", "NOUN"}
    }


def _institutions(reading: Reading, phrases: Iterable[Phrase], nouns: Nouns) -> set[str]:
    """The nouns that organisations' names are built on: "... Workers Union" can be "the union"."""
    heads = {
        _lemma(reading, phrase)
        for phrase in phrases
        if phrase.kind is EntityKind.ORGANIZATION and phrase.form is Form.NAME
    }
    return heads & nouns.organization


def _is_definite(reading: Reading, phrase: Phrase) -> bool:
    first = reading.doc[phrase.first]
    return first.lower_ in {"the", "this", "that", "these", "those"}


def _repeated(reading: Reading, phrase: Phrase, clusters: Sequence[_Cluster]) -> _Cluster | None:
    """The one entity that "the ..." takes up again: same noun, same number, nothing else fits."""
    if not _is_definite(reading, phrase):
        return None
    lemma = _lemma(reading, phrase)
    fitting = [
        cluster
        for cluster in clusters
        if lemma in cluster.titles
        and cluster.kind is phrase.kind
        and _compatible(reading, phrase, cluster)
    ]
    if len(fitting) != 1 or phrase.first < min(other.first for other in fitting[0].phrases):
        return None
    return fitting[0]


def _compatible(reading: Reading, phrase: Phrase, cluster: _Cluster) -> bool:
    """Whether the words that narrow a description do not speak against its antecedent."""
    ours = _modifiers(reading, phrase)
    if not ours:
        return True
    said = {
        word
        for other in cluster.phrases
        for word in _modifiers(reading, other) | {other.name.lower()} | _deeds(reading, other)
    }
    return any(word in text for word in ours for text in said)


def _deeds(reading: Reading, phrase: Phrase) -> set[str]:
    """The verb that a phrase is the subject of: "the rallying students" are those who rallied."""
    head = reading.doc[phrase.head]
    return {head.head.lemma_.lower()} if head.dep_ in {"nsubj", "nsubjpass"} else set()


def _modifiers(reading: Reading, phrase: Phrase) -> set[str]:
    """The adjectives, nouns and names inside a description, beside its head, in lower case."""
    return {
        token.lemma_.lower()
        for token in reading.doc[phrase.first : phrase.last + 1]
        if token.i != phrase.head and token.pos_ in {"ADJ", "NOUN", "PROPN", "VERB"}
    }


def _antecedent(
    reading: Reading,
    pronoun: Phrase,
    home: dict[int, _Cluster],
    left_open: list[Abstention],
) -> _Cluster | None:
    """The one person or group a pronoun outside quotations can stand for.

    The nearest sentence that offers a fitting candidate decides; in it the subject goes
    before the rest (Hobbs 1978; Lappin and Leass 1994). Pronouns in quotations and first
    persons are left to the claims.
    """
    token = reading.doc[pronoun.head]
    if pronoun.name.endswith(("self", "selves")):
        subject = subject_of(_verb_above(token))
        return home.get(subject.i) if subject is not None else None
    if pronoun.name in _FIRST_PERSON or reading.quotation_at(token.idx) is not None:
        return None
    for sentence in _sentences_back(reading, token):
        candidates = _candidates(reading, pronoun, sentence, home)
        if not candidates:
            continue
        subjects = [cluster for cluster, is_subject in candidates if is_subject]
        pool = _unique(subjects) or _unique(cluster for cluster, _ in candidates)
        if len(pool) == 1:
            rivalled = (
                _institution_since(pool[0], token, home)
                if pronoun.plural
                else _is_spoken_of(reading, pronoun, sentence)
            )
            return None if rivalled else pool[0]
        if token.tag_ == "PRP":  # a possessive is too small a question to ask a person
            names = ", ".join(_best_name(cluster.phrases) for cluster in pool)
            left_open.append(_open(reading, pronoun, f"may stand for {names}"))
        return None
    return None


def _institution_since(cluster: _Cluster, pronoun: Token, home: dict[int, _Cluster]) -> bool:
    """Whether an institution stands between a group and "their" in one sentence.

    In "urged the court to hold the ministry to account for their abuses" they are not those
    who urged.
    """
    if pronoun.tag_ != "PRP$":
        return False
    start = max((p.head for p in cluster.phrases if p.head < pronoun.i), default=pronoun.sent.start)
    start = max(start, pronoun.sent.start)
    return any(
        start < head < pronoun.i and other.kind is EntityKind.ORGANIZATION
        for head, other in home.items()
    )


def _is_spoken_of(reading: Reading, pronoun: Phrase, sentence: tuple[int, int]) -> bool:
    """Whether a quotation in a sentence speaks of somebody else whom a possessive may mean.

    In “She must go,” said X. Her family wept: it need not be the speaker's family.
    """
    token = reading.doc[pronoun.head]
    if token.dep_ in {"nsubj", "nsubjpass"} or sentence[0] <= token.i < sentence[1]:
        return False
    return any(
        other.lower_ in _SPOKEN_OF[pronoun.gender] and reading.quotation_at(other.idx) is not None
        for other in reading.doc[sentence[0] : sentence[1]]
    )


def _sentences_back(reading: Reading, token: Token) -> list[tuple[int, int]]:
    """The token ranges to search: this sentence up to the pronoun, then earlier ones."""
    ranges = [(token.sent.start, token.i)]
    at = token.sent.start
    while at > 0 and len(ranges) <= _REACH:
        sentence = reading.doc[at - 1].sent
        at = sentence.start
        outside = any(
            reading.quotation_at(t.idx) is None for t in sentence if not (t.is_space or t.is_punct)
        )
        if outside:  # a sentence that is all quotation is skipped and does not count
            ranges.append((sentence.start, sentence.end))
    return ranges


def _candidates(
    reading: Reading, pronoun: Phrase, sentence: tuple[int, int], home: dict[int, _Cluster]
) -> list[tuple[_Cluster, bool]]:
    """Entities in a stretch of tokens that agree with a pronoun, and whether as a main subject."""
    found = []
    verb = _verb_above(reading.doc[pronoun.head])
    for head, cluster in sorted(home.items()):
        token = reading.doc[head]
        if not sentence[0] <= head < sentence[1] or reading.quotation_at(token.idx) is not None:
            continue
        if not _agrees(pronoun, cluster) or token.dep_ in {"compound", "nmod"}:
            continue  # in "Holt supporters" nobody called Holt is spoken of
        same_clause = _verb_above(token) == verb and token.dep_ != "poss"
        possessive = reading.doc[pronoun.head].tag_ == "PRP$"
        if same_clause and not possessive and reading.doc[pronoun.head].dep_ in {"dobj", "iobj"}:
            continue  # "Anna met her": not herself
        found.append((cluster, _first_of_list(token).dep_ in {"nsubj", "nsubjpass"}))
    return found


def _first_of_list(token: Token) -> Token:
    """For a noun joined by "and" to another the first of them."""
    while token.dep_ == "conj" and token.head.pos_ in {"NOUN", "PROPN", "PRON"}:
        token = token.head
    return token


def _verb_above(token: Token) -> Token:
    here = token
    while here.head != here:
        here = here.head
        if here.pos_ in {"VERB", "AUX"}:
            return here
    return here


def _agrees(pronoun: Phrase, cluster: _Cluster) -> bool:
    if pronoun.plural:
        return cluster.kind is EntityKind.GROUP
    if cluster.kind is not EntityKind.PERSON:
        return False
    return not (cluster.gender and pronoun.gender and cluster.gender != pronoun.gender)


def _unique(clusters: Iterable[_Cluster]) -> list[_Cluster]:
    seen: list[_Cluster] = []
    for cluster in clusters:
        if not any(cluster is other for other in seen):
            seen.append(cluster)
    return seen
