"""What documents tell of an event: what speaks for two being one, or against."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import reduce

from kg.identity.events.stems import stem
from kg.model import Certainty, Entity, EntityKind, Event, Findings, Form, Span
from kg.shelf import Made, Pool, Shelf, shelve
from kg.vocabulary import digest, entity_iri, event_iris, is_event_iri

__all__ = ["Happening", "Taking", "When", "happenings", "join"]

_WORD = re.compile(r"[^\W\d_]{2,}|\d+")
_YEAR = re.compile(r"1[5-9]\d\d|20\d\d")
_PRONOUN = "rule:event-pronoun"
#: Words too small to tell what a description is of.
_SMALL = frozenset(
    "the a an of and in on at to for by with from into up out off down over away back about "
    "under their his her its some was were is are be been being has have had".split()
)


@dataclass(frozen=True, slots=True, order=True)
class When:
    """The bounds of a time as a document states it, both days included."""

    first: dt.date
    last: dt.date
    words: str


@dataclass(frozen=True, slots=True, order=True)
class Taking:
    """Who takes part in which part: an entity by its canonical IRI, and what it is called."""

    part: str
    entity: str
    name: str
    kind: EntityKind


@dataclass(frozen=True, slots=True)
class Happening:
    """One event of one document, or several that are one, as they are compared.

    ``heads`` are the words that name it, ``stems`` their stems, ``names`` what it is called with a
    year in it ("1988 massacre"). ``homes`` are the places that its documents name most, ``places``
    canonical IRIs with what they are called. ``played`` are parts with the last word for who has
    them, named or not. ``words`` are the stems of the words around it, ``beside`` who and what its
    sentences name. ``told`` is false where every mention plans, demands or supposes it.
    """

    kinds: frozenset[str]
    labels: frozenset[str]
    stems: frozenset[str]
    names: frozenset[tuple[str, ...]] = frozenset()
    times: frozenset[When] = frozenset()
    places: frozenset[tuple[str, str]] = frozenset()
    homes: frozenset[str] = frozenset()
    taking: frozenset[Taking] = frozenset()
    victims: frozenset[tuple[str, ...]] = frozenset()
    documents: frozenset[str] = frozenset()
    heads: frozenset[str] = frozenset()
    played: frozenset[tuple[str, str]] = frozenset()
    words: frozenset[str] = frozenset()
    beside: frozenset[str] = frozenset()
    verbs: bool = False
    told: bool = True


def happenings(
    findings: Iterable[Findings], base: str, canonical: Mapping[str, str], names: Mapping[str, str]
) -> dict[str, Happening]:
    """The events of every document, by IRI, in the order of the IRIs.

    ``canonical`` says what each entity is identified as, ``names`` what that is called.
    """

    def of(one: Findings) -> dict[str, Happening]:
        reader = _Document(one, base, canonical, names)
        return {
            iri: join(map(reader.happening, (e for e in one.events if e.event == id_)))
            for id_, iri in event_iris(base, one.document.sha256, one.events).items()
        }

    shelf, pool = shelve(findings), Pool()
    found: dict[str, Happening] = {}
    for record in shelf.records:
        known_as = _known_as(shelf.cast(record, base), canonical, names)
        told = shelf.of(record, _HAPPENINGS, of, base, known_as)
        found |= {iri: _pooled(each, pool) for iri, each in told.items()}
    return dict(sorted(found.items()))


def _pooled(one: Happening, pool: Pool) -> Happening:
    """The same, of sets and words that others have as well."""
    return Happening(
        kinds=pool.set_of(one.kinds),
        labels=pool.set_of(one.labels),
        stems=pool.set_of(one.stems),
        names=pool.set_of(one.names),
        times=pool.set_of(one.times),
        places=pool.set_of(one.places),
        homes=pool.set_of(one.homes),
        taking=pool.set_of(one.taking),
        victims=pool.set_of(one.victims),
        documents=pool.set_of(one.documents),
        heads=pool.set_of(one.heads),
        played=pool.set_of(one.played),
        words=pool.set_of(one.words),
        beside=pool.set_of(one.beside),
        verbs=one.verbs,
        told=one.told,
    )


def stamps(
    shelf: Shelf, base: str, canonical: Mapping[str, str], names: Mapping[str, str]
) -> dict[str, str]:
    """Of each event, by IRI, a digest of all that its happening is made from."""
    found: dict[str, str] = {}
    for record in shelf.records:
        cast = shelf.cast(record, base)
        stamp = digest(record.made_from, _known_as(cast, canonical, names))
        found |= dict.fromkeys((iri for iri in cast if is_event_iri(iri)), stamp)
    return found


def _known_as(
    cast: Iterable[str], canonical: Mapping[str, str], names: Mapping[str, str]
) -> list[tuple[str, str | None]]:
    """What the entities of a document are identified as, and what those are called."""
    there = (canonical[iri] for iri in cast if iri in canonical)
    return [(iri, names.get(iri)) for iri in there]


def join(members: Iterable[Happening]) -> Happening:
    """What is known of several that are one."""
    return reduce(
        lambda one, other: replace(
            one,
            kinds=one.kinds | other.kinds,
            labels=one.labels | other.labels,
            stems=one.stems | other.stems,
            names=one.names | other.names,
            times=one.times | other.times,
            places=one.places | other.places,
            homes=one.homes | other.homes,
            taking=one.taking | other.taking,
            victims=one.victims | other.victims,
            documents=one.documents | other.documents,
            heads=one.heads | other.heads,
            played=one.played | other.played,
            words=one.words | other.words,
            beside=one.beside | other.beside,
            verbs=one.verbs or other.verbs,
            told=one.told or other.told,
        ),
        members,
    )


_HAPPENINGS: Made[dict[str, Happening]] = Made(
    "happenings", dict[str, Happening], ("kg.identity", "kg.vocabulary", "kg.model")
)


class _Document:
    """The events of one document, each mention by itself."""

    def __init__(
        self,
        found: Findings,
        base: str,
        canonical: Mapping[str, str],
        names: Mapping[str, str],
    ) -> None:
        self._found = found
        self._text = found.document.text
        self._by_id = {entity.id: entity for entity in found.entities}
        self._iri = {
            entity.id: canonical[entity_iri(base, found.document.sha256, entity)]
            for entity in found.entities
        }
        self._names = names
        self._named = sorted(
            (mention.span.start, self._iri[entity.id])
            for entity in found.entities
            for mention in entity.mentions
            if mention.form is Form.NAME
        )
        self._home = self._most_named()

    def happening(self, event: Event) -> Happening:
        takers = [(each.part, self._by_id[each.entity], each.span) for each in event.participants]
        place = self._by_id.get(event.place or "")
        called = _words(event.label) if event.method != _PRONOUN else ()
        return Happening(
            kinds=frozenset({event.kind}),
            labels=frozenset({event.label} if called else ()),
            stems=frozenset(stem(word) for word in _words(event.trigger.of(self._text)))
            if called
            else frozenset(),
            names=frozenset({called} if any(map(_YEAR.fullmatch, called)) else ()),
            times=frozenset(_times(event)),
            places=frozenset({(self._iri[place.id], place.name)} if place else ()),
            homes=frozenset({self._home} if self._home else ()),
            taking=frozenset(
                self._taking(part, entity) for part, entity, _ in takers if entity.named
            ),
            victims=frozenset(
                _description(span.of(self._text))
                for part, entity, span in takers
                if part == "victim" and not entity.named
            )
            - {()},
            documents=frozenset({self._found.document.sha256}),
            played=frozenset(
                (part, stem(words[-1]))
                for part, _, span in takers
                if (words := _words(span.of(self._text)))
            ),
            heads=frozenset(_words(event.trigger.of(self._text)) if called else ()),
            words=self._around(event),
            beside=self._beside(event),
            verbs=event.method == "rule:event-verb",
            told=event.stance.certainty is not Certainty.UNREAL,
        )

    def _taking(self, part: str, entity: Entity) -> Taking:
        iri = self._iri[entity.id]
        return Taking(part, iri, self._names.get(iri, entity.name), entity.kind)

    def _around(self, event: Event) -> frozenset[str]:
        """The stems of the words of its sentence, those that name it left out."""
        words = _words(self._sentence(event).of(self._text))
        return frozenset(map(stem, words)) - set(map(stem, _words(event.label)))

    def _beside(self, event: Event) -> frozenset[str]:
        """Who and what the sentence names."""
        sentence = self._sentence(event)
        first = bisect_left(self._named, sentence.start, key=lambda each: each[0])
        last = bisect_left(self._named, sentence.end, key=lambda each: each[0])
        return frozenset(iri for _, iri in self._named[first:last])

    def _sentence(self, event: Event) -> Span:
        sentences = self._found.sentences
        at = bisect_right(sentences, event.trigger.start, key=lambda each: each.start) - 1
        return sentences[at] if at >= 0 else event.trigger

    def _most_named(self) -> str | None:
        """The place that the document names most often; none where two are named as often."""
        count: Counter[str] = Counter()
        for entity in self._found.entities:
            if entity.kind is EntityKind.PLACE:
                count[self._iri[entity.id]] += sum(m.form is Form.NAME for m in entity.mentions)
        best = count.most_common(2)
        tied = len(best) > 1 and best[0][1] == best[1][1]
        return best[0][0] if best and not tied else None


def _times(event: Event) -> Iterator[When]:
    time = event.time
    if time is not None and time.earliest is not None and time.latest is not None:
        yield When(time.earliest, time.latest, " ".join(time.text.split()))


def _words(text: str) -> tuple[str, ...]:
    return tuple(word for word in map(str.casefold, _WORD.findall(text)) if word not in _SMALL)


def _description(text: str) -> tuple[str, ...]:
    """What is said of people without a name, numbers left out: at least two words."""
    words = tuple(stem(word) for word in _words(text) if not word[0].isdigit())
    return words if len(words) > 1 else ()
