"""The words that name events, ``patterns/events.toml``, asked by token.

Its head says what each key means. What a word's sense needs beside it is kept as a name here;
``events.senses`` looks at the parse.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from spacy.tokens import Doc, Token

from kg.extraction.word_lists import by_each, by_first, matches, read_table, split

__all__ = ["EventKind", "EventNoun", "EventVerb", "Events", "read_events"]

#: Keys of nouns and verbs to what their sense needs.
_NOUNS = {"nouns": "", "nouns_with_part": "part"}
_VERBS = {
    "verbs": "",
    "verbs_with_object": "object",
    "verbs_with_person_object": "person_object",
    "verbs_with_thing_object": "thing_object",
    "verbs_with_body_object": "body_object",
    "verbs_without_object": "no_object",
    "verbs_with_person_subject": "person_subject",
    "verbs_in_passive": "passive",
    "undergo": "",
}
_TABLES = {"nouns_beside", "verbs_beside"}
#: Keys of a kind that are not the part played by a grammatical relation.
_OTHER = {
    "except",
    "named",
    "particular",
    "figurative",
    "context",
    "unlike",
    "not_objects",
    "possessive",
    "of_things",
}
_KEYS = _NOUNS.keys() | _VERBS.keys() | _TABLES | _OTHER

#: How far from its verb a particle or preposition may stand, and a noun of a fixed phrase (tokens).
_PARTICLE_REACH, _OBJECT_REACH = 4, 7
_SHORT_WORDS = {
    "on", "at", "to", "up", "down", "off", "out", "away", "over", "from", "with", "for", "in",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class EventKind:
    """What a kind of event lets its words mean; ``parts`` maps a relation to a part."""

    name: str
    parts: Mapping[str, str]
    named: bool
    of_people: bool  #: it happens to people only
    particular: bool = False  #: bare plurals without anything that tells them apart are no event
    possessive: str = ""  #: the part of a person before a noun in the singular: "X's arrest"
    figurative: frozenset[str] = frozenset()  #: words that need one of the context near them
    context: frozenset[str] = frozenset()
    unlike: frozenset[str] = frozenset()  #: words that show that they mean something else
    not_objects: frozenset[str] = frozenset()  #: of its verbs


@dataclass(frozen=True, slots=True)
class EventNoun:
    """A noun that names an event, and what its sense needs."""

    words: tuple[str, ...]
    kind: str
    needs: str = ""  #: empty or part
    beside: frozenset[str] = frozenset()  #: lemmas, one of which must be joined to it


@dataclass(frozen=True, slots=True)
class EventVerb:
    """A verb that names an event, and what its sense needs."""

    words: tuple[str, ...]
    kind: str
    needs: str  #: a value of the table of keys above
    undergoes: bool  #: the subject is who it happens to
    beside: frozenset[str] = frozenset()  #: lemmas, one of which its object or subject must be


@dataclass(frozen=True, slots=True)
class Events:
    """Words that name events."""

    kinds: Mapping[str, EventKind]
    nouns: Mapping[str, list[tuple[str, ...]]]
    noun_entries: Mapping[tuple[str, ...], tuple[EventNoun, ...]]
    verbs: Mapping[str, list[EventVerb]]
    #: of each kind, by each of its words a phrase that is no such event and where the word stands
    exceptions: Mapping[str, Mapping[str, list[tuple[tuple[str, ...], int]]]]
    #: what a light verb does, to the verbs with their particles
    light: Mapping[str, frozenset[str]]

    def is_light(self, verb: Token, *does: str) -> bool:
        """Whether a verb, with the words right after it, is a light one that does one of these."""
        after = [token.lower_ for token in verb.doc[verb.i + 1 : verb.i + 3]]
        lemma = verb.lemma_.lower()
        forms = {lemma, " ".join((lemma, *after[:1])), " ".join((lemma, *after))}
        return any(forms & self.light[name] for name in does or self.light)

    def is_exception(self, doc: Doc, at: int, kind: str) -> bool:
        """Whether a token stands inside a phrase that is no event of a kind ("heart attack")."""
        return any(
            at >= n and matches(doc, at - n, words)
            for form in {doc[at].lower_, doc[at].lemma_.lower()}
            for words, n in self.exceptions[kind].get(form, ())
        )

    def nouns_at(self, head: Token) -> Iterator[tuple[int, int, EventNoun]]:
        """First and last token and entry of the event nouns that a token heads, longest first."""
        doc = head.doc
        found: list[tuple[int, int, EventNoun]] = []
        for start in range(max(0, head.i - 3), head.i + 1):
            for first_form in sorted({doc[start].lower_, doc[start].lemma_.lower()}):
                for words in self.nouns.get(first_form, ()):
                    end = start + len(words)
                    inside = start <= head.i < end
                    if not inside or not matches(doc, start, words):
                        continue
                    if end - 1 > head.i and doc[head.i + 1].dep_ != "prep":
                        continue  # the head of a longer noun stands further right
                    found += [(start, end - 1, entry) for entry in self.noun_entries[words]]
        yield from sorted(found, key=lambda match: match[0] - match[1])

    def verbs_at(self, verb: Token) -> Iterator[EventVerb]:
        """The entries that a verb matches, with their particles or prepositions, longest first."""
        forms_of_verb = dict.fromkeys(
            (verb.lemma_.lower(), verb.lower_)
        )  # of "raped" it makes "rap"
        for entry in (one for form in forms_of_verb for one in self.verbs.get(form, ())):
            rest = entry.words[1:]
            reach = _PARTICLE_REACH if rest and rest[-1] in _SHORT_WORDS else _OBJECT_REACH
            below = [t for t in verb.doc[verb.i + 1 : verb.i + 1 + reach] if t.sent == verb.sent]
            forms = [{token.lower_, token.lemma_.lower()} for token in below]
            there = all(any(word in form for form in forms) for word in rest)
            if there and _in_order(rest, forms) and not _is_elsewhere(rest, below):
                yield entry


def _is_elsewhere(rest: tuple[str, ...], below: list[Token]) -> bool:
    """Whether the one noun of a phrase stands after a preposition: took a road to high office."""
    if len(rest) != 1 or rest[0] in _SHORT_WORDS:
        return False
    found = (token for token in below if rest[0] in (token.lower_, token.lemma_.lower()))
    return any(token.dep_ == "pobj" for token in found)


def _in_order(words: tuple[str, ...], forms: list[set[str]]) -> bool:
    """Whether words occur in this order, with gaps only before the first of them."""
    if not words:
        return True
    starts = [n for n, form in enumerate(forms) if words[0] in form]
    return any(
        n + len(words) <= len(forms) and all(word in forms[n + k] for k, word in enumerate(words))
        for n in starts
    )


def read_events() -> Events:
    """The table of events as something to ask."""
    entries = read_table("events")
    light = {name: frozenset(words) for name, words in entries.pop("light").items()}
    contexts = entries.pop("contexts")
    nouns: dict[tuple[str, ...], list[EventNoun]] = {}
    verbs: dict[str, list[EventVerb]] = {}
    for name, entry in entries.items():
        for noun in _nouns(name, entry):
            nouns.setdefault(noun.words, []).append(noun)
        for verb in _verbs(name, entry):
            verbs.setdefault(verb.words[0], []).append(verb)
    for options in verbs.values():  # what is most particular about its sense is tried first
        options.sort(key=lambda verb: (len(verb.words), bool(verb.beside)), reverse=True)
    return Events(
        kinds={name: _kind(name, entry, contexts) for name, entry in entries.items()},
        nouns=by_first(nouns),
        noun_entries={words: tuple(found) for words, found in nouns.items()},
        verbs=verbs,
        exceptions={
            name: by_each(map(split, entry.get("except", ()))) for name, entry in entries.items()
        },
        light=light,
    )


def _kind(name: str, entry: Mapping[str, Any], contexts: Mapping[str, list[str]]) -> EventKind:
    return EventKind(
        name=name,
        parts={key: value for key, value in entry.items() if key not in _KEYS},
        named=bool(entry.get("named")),
        of_people="verbs_with_person_object" in entry and not entry.get("of_things"),
        particular=bool(entry.get("particular")),
        possessive=entry.get("possessive", ""),
        figurative=frozenset(entry.get("figurative", ())),
        context=frozenset(word for one in entry.get("context", ()) for word in contexts[one]),
        not_objects=frozenset(entry.get("not_objects", ())),
        unlike=frozenset(word for one in entry.get("unlike", ()) for word in contexts[one]),
    )


def _nouns(kind: str, entry: Mapping[str, Any]) -> Iterator[EventNoun]:
    for noun, beside in entry.get("nouns_beside", {}).items():
        yield EventNoun(split(noun), kind, beside=frozenset(beside))
    for key, needs in _NOUNS.items():
        for noun in entry.get(key, ()):
            yield EventNoun(split(noun), kind, needs)


def _verbs(kind: str, entry: Mapping[str, Any]) -> Iterator[EventVerb]:
    for verb, beside in entry.get("verbs_beside", {}).items():
        yield EventVerb(split(verb), kind, "", undergoes=False, beside=frozenset(beside))
    for key, needs in _VERBS.items():
        for verb in entry.get(key, ()):
            yield EventVerb(split(verb), kind, needs, key == "undergo")
