"""What people decided to hide, as names and places that must not be shown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain

from kg.hiding import Hidden, Veil, folded
from kg.identity.corrections import HIDE_MENTION
from kg.identity.decisions import standing
from kg.identity.names import PARTICLES, TITLES, without_titles
from kg.model import Decision, Entity, EntityKind, Findings, Form, Identities, Span
from kg.shelf import Shelf, shelve
from kg.vocabulary import entity_iri

__all__ = ["hide"]

type _Member = tuple[Findings, Entity]


def hide(
    findings: Iterable[Findings],
    identities: Identities,
    decisions: Iterable[Decision],
    *,
    base: str,
    is_given: Callable[[str], bool],
) -> Hidden:
    """What corrected findings hide: names of entities, with all that are one with them, and places.

    Everywhere in the case the whole names are hidden, and of a person's name also its last word
    and every word that is no given name. In the documents that name the person each word is
    hidden: elsewhere an Ali is mostly somebody else. The words of a decision are hidden also
    where it points at words that are gone: a name must not come back because a file was changed.
    """
    stood = [decision for decision in standing(decisions) if decision.what.startswith("hide")]
    if not stood:
        return Hidden()
    shelf = shelve(findings)
    everywhere: set[str] = set()
    documents: dict[str, Veil] = {}
    groups = _hidden_groups(shelf, identities, base)
    for members in groups:
        names = {name for member in members for name in _names(*member)}
        person = any(_is_person(entity) for _, entity in members)
        everywhere.update(_shown_nowhere(names, is_given) if person else names)
        near = Veil.of(word for name in names for word in _words(name)) if person else Veil()
        for found, _ in members:
            sha256 = found.document.sha256
            documents[sha256] = documents.get(sha256, Veil()) | near
    for decision in stood:
        if decision.what == "hide":
            everywhere.update(words.strip() for words in decision.value.split(";"))
            if decision.left.words != decision.left.words.lower():
                everywhere.update(_shown_nowhere({decision.left.words}, is_given))
    places, words = _places(shelf)
    iris = frozenset(
        entity_iri(base, found.document.sha256, entity)
        for found, entity in (
            *chain.from_iterable(groups),
            *_hidden_mentions(shelf.corrected),
        )
    )
    return Hidden(Veil.of(map(_without_article, everywhere)), documents, places, words, iris)


def _without_article(name: str) -> str:
    """A name without the article that it is written with and without."""
    return re.sub(r"^\s*(?:the|an?)\s+", "", name, flags=re.IGNORECASE)


def _hidden_groups(shelf: Shelf, identities: Identities, base: str) -> list[list[_Member]]:
    """All members of each that somebody hid."""
    canonical = identities.canonical
    hidden = {
        canonical[entity_iri(base, found.document.sha256, entity)]
        for found in shelf.corrected
        for entity in found.entities
        if any(mark.decision.what == "hide" for mark in entity.marks)
    }
    groups: dict[str, list[_Member]] = {}
    for record in shelf.records if hidden else ():
        if hidden.isdisjoint(canonical.get(iri, iri) for iri in shelf.cast(record, base)):
            continue
        found = record.open()
        for entity in found.entities:
            one = canonical[entity_iri(base, record.sha256, entity)]
            if one in hidden:
                groups.setdefault(one, []).append((found, entity))
    return [groups[one] for one in sorted(groups)]


def _names(found: Findings, entity: Entity) -> set[str]:
    text = found.document.text
    written = {each.span.of(text) for each in entity.mentions if each.form is Form.NAME}
    return written | ({entity.name} if entity.named else set())


def _is_person(entity: Entity) -> bool:
    made = {mark.after for mark in entity.marks if mark.decision.what == "retype"}
    return entity.kind is EntityKind.PERSON or EntityKind.PERSON.value in made


def _words(name: str) -> tuple[str, ...]:
    """The words of a person's name, without titles, initials and the small words between.

    What hyphens join are words of their own, what apostrophes join is one.
    """
    last, comma, first = name.partition(",")
    words = re.split(r"[\s\-‐-―]+", without_titles(f"{first} {last}" if comma else name, TITLES))
    return tuple(word for word in words if _counts(folded(word)))


def _counts(word: tuple[str, ...]) -> bool:
    return sum(map(len, word)) > 1 and not (len(word) == 1 and word[0] in PARTICLES)


def _shown_nowhere(names: Iterable[str], is_given: Callable[[str], bool]) -> set[str]:
    """Of names of a person what is hidden in every document."""
    found: set[str] = set()
    for name in names:
        words = _words(name)
        if len(words) > 1:
            found |= {without_titles(name, TITLES), " ".join((words[-1], *words[:-1])), words[-1]}
        found.update(word for word in words if not is_given(word))
        if not words:
            found.add(name)
    return found


def _hidden_mentions(findings: Iterable[Findings]) -> Iterator[_Member]:
    for found in findings:
        for entity in found.entities:
            if any(mark.decision.what == HIDE_MENTION for mark in entity.marks):
                yield found, entity


def _places(
    shelf: Shelf,
) -> tuple[Mapping[str, tuple[Span, ...]], Mapping[str, Veil]]:
    """The single mentions that are hidden, and their words, by document."""
    places: dict[str, tuple[Span, ...]] = {}
    words: dict[str, Veil] = {}
    for found in shelf.corrected:
        spans = sorted(
            mention.span for _, entity in _hidden_mentions([found]) for mention in entity.mentions
        )
        if spans:
            places[found.document.sha256] = tuple(spans)
            words[found.document.sha256] = Veil.of(span.of(found.document.text) for span in spans)
    return places, words
