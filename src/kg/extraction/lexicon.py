"""The word lists of ``patterns/``, read once and asked by token."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from spacy.tokens import Doc, Token

from kg.extraction.event_words import Events, read_events
from kg.extraction.word_lists import matches, read_table, split
from kg.model import Certainty, Polarity, Stance

__all__ = [
    "Cue",
    "Cues",
    "Hearers",
    "Lexicon",
    "Media",
    "Nouns",
    "Titles",
    "lexicon",
]

#: Of how many words an abbreviated title may be: "Lt. Cmdr.".
_LONGEST_ABBREVIATION = 3

#: Marks of writing direction and joiners, which stick to words and are not seen.
_UNSEEN = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"


def _plain(token: Token) -> str:
    """A word in lower case without the marks that nobody sees."""
    return token.lower_.strip(_UNSEEN)


#: What "-man" ends in: businessman, spokesman; not human, woman, German.
_MAN = ("sman", "eman", "iceman", "irman", "dman", "tman")


@dataclass(frozen=True, slots=True)
class Nouns:
    """Common nouns that stand for people and institutions, as lemmas."""

    person: frozenset[str]
    group: frozenset[str]
    organization: frozenset[str]
    document: frozenset[str]
    place: frozenset[str]
    feminine: frozenset[str]
    masculine: frozenset[str]

    def gender(self, lemma: str) -> str:
        """m, f, or empty when a noun or form of address does not say."""
        word = lemma.rstrip(".")
        if word in self.feminine or word.endswith("woman"):
            return "f"
        return "m" if word in self.masculine or word.endswith(_MAN) else ""


@dataclass(frozen=True, slots=True)
class Titles:
    """Titles of roles, honorifics, and letters after a name."""

    kinds: Mapping[tuple[str, ...], str]  #: title, as lower-case words, to role kind
    relational: frozenset[str]  #: kinds that need another person: brother of
    weak: frozenset[str]  #: kinds that are no office: a witness, a prisoner
    honorifics: frozenset[str]
    postnominals: Mapping[str, str]  #: letters after a name to role kind
    statuses: Mapping[str, str]  #: word to status
    national: frozenset[str]  #: kinds held for a state, whose country an adjective may name
    local: frozenset[str]  #: kinds held for a place, whose name may stand before the title
    abbreviations: Mapping[tuple[str, ...], str]  #: written with a stop before a name, to role kind
    leading: Mapping[str, str]  #: verb that says who is at the head of something, to role kind
    belonging: Mapping[str, frozenset[str]]  #: verb to the prepositions before what one belongs to
    given_names: frozenset[str]  #: titles that people are called by as well
    judging: frozenset[tuple[str, ...]]  #: titles that blame: a role only in the text's own voice
    longest: int

    def match_at(self, doc: Doc, at: int, end: int) -> int:
        """How many tokens from ``at`` are a title or honorific that ends before token ``end``."""
        for length in range(min(self.longest, end - at), 0, -1):
            words = tuple(_plain(token) for token in doc[at : at + length])
            if words in self.kinds or (length == 1 and words[0].rstrip(".") in self.honorifics):
                return length
        return 0

    def title_before(self, doc: Doc, end: int, start: int) -> tuple[int, str | None] | None:
        """The longest title that ends right before token ``end``: its first token and kind."""
        for length in range(min(self.longest, end - start), 0, -1):
            words = self.key(doc, end - length, end)
            if words in self.kinds and not self._is_tail(doc, end - length):
                return end - length, self.kinds[words]
        return None

    def abbreviation_before(self, doc: Doc, end: int, start: int) -> tuple[int, str] | None:
        """The abbreviated title right before token ``end``: its first token and its kind.

        The tokenizer leaves the stop on some abbreviations and parts it from others.
        """
        words: list[str] = []
        best: tuple[int, str] | None = None
        for at in range(end - 1, start - 1, -1):
            if doc[at].text == "." and at > start and not doc[at - 1].whitespace_:
                continue
            if not self.is_abbreviated(doc, at) or len(words) == _LONGEST_ABBREVIATION:
                break
            words.insert(0, doc[at].lower_.rstrip("."))
            kind = self.abbreviations.get(tuple(words))
            best = best if kind is None else (at, kind)
        return best

    def _is_tail(self, doc: Doc, at: int) -> bool:
        """Whether a hyphen joins a token to a word before it: "front-runner", not "ex-minister"."""
        return (
            at > 1
            and doc[at - 1].text == "-"
            and not doc[at - 1].whitespace_
            and doc[at - 2].lower_ not in self.statuses
        )

    def title_headed(self, head: Token) -> tuple[int, int] | None:
        """First and last token of the longest title that a noun heads.

        It ends in the noun (prime minister) or goes on after it with "of" (chief of staff).
        """
        doc, sentence = head.doc, head.sent
        best: tuple[int, int] | None = None
        for first in range(max(sentence.start, head.i - self.longest + 1), head.i + 1):
            if self._is_tail(doc, first):
                continue
            for last in range(head.i, min(sentence.end, first + self.longest)):
                goes_on = last > head.i
                if goes_on and doc[head.i + 1].lower_ not in {"of", "-"}:
                    break
                words = self.key(doc, first, last + 1)
                if words in self.kinds and (best is None or last - first > best[1] - best[0]):
                    best = first, last
        return best

    def key(self, doc: Doc, start: int, end: int) -> tuple[str, ...]:
        """The words of a title, its last one as singular."""
        words = [_plain(token) for token in doc[start:end]]
        if tuple(words) not in self.kinds:
            words[-1] = doc[end - 1].lemma_.lower().strip(_UNSEEN)
        return tuple(words)

    def covers(self, doc: Doc, first: int, last: int) -> bool:
        """Whether tokens are part of a title of several words that starts with them."""
        for start in range(max(0, first - 2), first + 1):
            for length in range(self.longest, 1, -1):
                words = tuple(_plain(token) for token in doc[start : start + length])
                if words in self.kinds and start <= first and last < start + length:
                    return True
        return False

    def heads_title(self, lemma: str) -> bool:
        """Whether a noun by itself is a title."""
        return (lemma,) in self.kinds

    def names_person(self, noun: Token) -> bool:
        """Whether a noun heads a title."""
        return self.title_headed(noun) is not None

    def is_postnominal(self, word: str) -> bool:
        """Whether letters such as QC or MD stand after names."""
        return word.replace(".", "") in self.postnominals

    def is_abbreviated(self, doc: Doc, at: int) -> bool:
        """Whether a token with the stop after it is a rank or form of address: "Brig.", "Col."."""
        word = doc[at].lower_.rstrip(".")
        stopped = doc[at].text.endswith(".") or doc[at : at + 2].text.endswith(".")
        return stopped and any(
            part.endswith(".") and part.rstrip(".") == word
            for honorific in self.honorifics
            for part in f"{honorific}.".split()
        )

    def is_honorific(self, word: str) -> bool:
        """Whether a word such as Mrs or Sir stands before names and is no role."""
        return word.lower().rstrip(".") in self.honorifics


_PLAIN = Stance()


@dataclass(frozen=True, slots=True)
class Cue:
    """How a word ascribes words to somebody, and what that does to them."""

    kind: str
    words: tuple[str, ...]
    takes: frozenset[str]
    clause_only: bool = False
    quote_only: bool = False
    addressee: bool = False
    speech: bool = True
    presupposes: bool = False
    content: Stance = _PLAIN


@dataclass(frozen=True, slots=True)
class Cues:
    """Words that ascribe words or thoughts to somebody."""

    verbs: Mapping[str, list[Cue]]
    nouns: Mapping[str, Cue]
    phrases: Mapping[str, list[tuple[tuple[str, ...], Cue]]]
    markers: Mapping[str, frozenset[str]]

    def verb_at(self, verb: Token) -> Cue | None:
        """The cue that a verb is, with its particle or preposition right after it."""
        lemma = verb.lemma_.lower()
        if lemma not in self.verbs and verb.lower_.endswith(("s", "d")):
            lemma = verb.lower_[:-1]  # the lemmatizer makes "hop" of "hopes" and "hoped"
        for cue in self.verbs.get(lemma, ()):
            after = [token.lower_ for token in verb.doc[verb.i + 1 : verb.i + len(cue.words)]]
            if tuple(after) == cue.words[1:]:
                return cue
        return None

    def phrase_at(self, doc: Doc, at: int) -> tuple[int, Cue] | None:
        """How many tokens from here are a phrase such as "according to", and its cue."""
        for words, cue in self.phrases.get(doc[at].lower_, ()):
            if matches(doc, at, words):
                return len(words), cue
        return None

    def certainty_of(self, word: str) -> Certainty:
        """How sure a modal, adverb or adjective leaves a thing: may, allegedly, planned."""
        for certainty in (Certainty.UNREAL, Certainty.POSSIBLE, Certainty.PROBABLE):
            if word in self.markers[certainty.value]:
                return certainty
        return Certainty.POSSIBLE if word in self.markers["ascribed"] else Certainty.CERTAIN

    def governing(self, token: Token, *, clause: bool) -> Cue | None:
        """The cue that a verb with its particle or a noun is to what it takes.

        ``clause`` is whether it takes a clause: "saw 30 arrests" thinks of none.
        """
        if token.pos_ not in {"VERB", "AUX"}:
            return self.nouns.get(token.lemma_.lower())
        cue = self.verb_at(token)
        if cue is None or cue.quote_only or (cue.clause_only and not clause):
            return None
        return cue

    def stance_of_content(self, lemma: str, *, clause: bool = True) -> Stance | None:
        """What a cue verb or noun does to what is said, None for other words.

        ``clause`` is whether what is said is a clause: "saw 30 arrests" thinks of none.
        """
        for cue in self.verbs.get(lemma, ()):
            if len(cue.words) == 1 and not cue.quote_only and (clause or not cue.clause_only):
                return cue.content
        noun = self.nouns.get(lemma)
        return noun.content if noun is not None else None


@dataclass(frozen=True, slots=True)
class Hearers:
    """Verbs and participles that tell who is spoken to; what each set means is in its list."""

    always: frozenset[str]
    told: frozenset[str]
    somebody: frozenset[str]
    to_act: frozenset[str]
    not_to: frozenset[str]
    speaking: frozenset[str]
    sending: frozenset[str]


@dataclass(frozen=True, slots=True)
class Media:
    """Nouns for what words stand in and where they are spoken."""

    utterances: frozenset[str]
    occasions: frozenset[str]
    bodies: frozenset[str]
    texts: frozenset[str]
    channels: frozenset[str]
    places: frozenset[str]
    ways: frozenset[str]
    press: frozenset[str]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All word lists."""

    nouns: Nouns
    titles: Titles
    events: Events
    cues: Cues
    hearers: Hearers
    media: Media


@functools.cache
def lexicon() -> Lexicon:
    """The word lists of the package."""
    said = {
        name: {key: frozenset(words) for key, words in table.items()}
        for name, table in read_table("circumstances").items()
    }
    return Lexicon(
        _nouns(),
        _titles(),
        read_events(),
        _cues(),
        Hearers(**said["hearers"]),
        Media(**said["media"]),
    )


def _nouns() -> Nouns:
    table = read_table("nouns")
    return Nouns(**{name: frozenset(words) for name, words in table.items()})


def _titles() -> Titles:
    table = read_table("roles")
    honorifics = frozenset(word.rstrip(".") for word in table.pop("honorifics"))
    statuses = {
        word: status for status, words in reversed(table.pop("status").items()) for word in words
    }
    judging = frozenset(map(split, table.pop("judging")))
    given_names = frozenset(table.pop("given_names"))
    kinds: dict[tuple[str, ...], str] = {}
    postnominals: dict[str, str] = {}
    abbreviations: dict[tuple[str, ...], str] = {}
    leading: dict[str, str] = {}
    for kind, entry in table.items():
        for title in entry.get("titles", ()):
            kinds.setdefault(split(title), kind)
        for short in entry.get("abbreviations", ()):
            abbreviations.setdefault(tuple(short.replace(".", "").split()), kind)
        leading |= dict.fromkeys(entry.get("verbs", ()), kind)
        for letters in entry.get("postnominals", ()):
            postnominals.setdefault(letters.replace(".", ""), kind)
    return Titles(
        kinds=kinds,
        relational=frozenset(k for k, entry in table.items() if entry.get("relational")),
        weak=frozenset(k for k, entry in table.items() if entry.get("weak")),
        honorifics=honorifics,
        postnominals=postnominals,
        statuses=statuses,
        national=frozenset(k for k, entry in table.items() if entry.get("national")),
        local=frozenset(
            k for k, entry in table.items() if entry.get("national") or entry.get("local")
        ),
        abbreviations=abbreviations,
        leading=leading,
        belonging={verb: frozenset(words) for verb, words in table["member"]["belonging"].items()},
        given_names=given_names,
        judging=judging,
        longest=max(len(words) for words in kinds),
    )


def _cues() -> Cues:
    table = read_table("cues")
    markers = {name: frozenset(words) for name, words in table.pop("markers").items()}
    verbs: dict[str, list[Cue]] = {}
    nouns: dict[str, Cue] = {}
    phrases: dict[str, list[tuple[tuple[str, ...], Cue]]] = {}
    for kind, entry in table.items():
        for verb in entry.get("verbs", ()):
            cue = _cue(kind, entry, verb)
            verbs.setdefault(cue.words[0], []).append(cue)
        for noun in entry.get("nouns", ()):
            nouns.setdefault(noun, _cue(kind, entry, noun))
        for phrase in entry.get("phrases", ()):
            cue = _cue(kind, entry, phrase)
            phrases.setdefault(cue.words[0], []).append((cue.words, cue))
    for options in verbs.values():
        options.sort(key=lambda cue: len(cue.words), reverse=True)
    for found in phrases.values():
        found.sort(key=lambda pair: len(pair[0]), reverse=True)
    return Cues(verbs, nouns, phrases, markers)


def _cue(kind: str, entry: Mapping[str, Any], words: str) -> Cue:
    return Cue(
        kind=kind,
        words=tuple(words.split()),
        takes=frozenset(entry.get("takes", ())),
        clause_only=words in entry.get("clause_only", ()),
        quote_only=words in entry.get("quote_only", ()),
        addressee=bool(entry.get("addressee")),
        speech=entry.get("broader") == "speech",
        presupposes=bool(entry.get("presupposes")),
        content=Stance(
            Polarity(entry.get("polarity", "affirmed")),
            Certainty(entry.get("certainty", "certain")),
        ),
    )
