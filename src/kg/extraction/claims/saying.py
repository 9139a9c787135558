"""The words around one claim that tell of its saying: what hangs on the cue, and on its texts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from spacy.tokens import Token

from kg.extraction.coreference import Cast
from kg.extraction.lexicon import Lexicon
from kg.extraction.reading import Reading
from kg.model import EntityKind, Form, Span, Time

__all__ = [
    "Saying",
    "is_dated",
    "is_medium",
    "is_named_place",
    "is_occasion",
    "noun_phrase",
    "phrase_end",
    "prepositions",
    "sendings",
]


@dataclass(slots=True)
class Saying:
    """The words around one claim, and those found so far that tell of its saying."""

    reading: Reading
    cast: Cast
    words: Lexicon
    cue: Token
    source: tuple[Span, ...]
    content: tuple[Span, ...]
    times: tuple[Time, ...]  #: those of the sentence that the cue stands in
    verbs: list[Token] = field(default_factory=list)  #: the cue and participles that go with it
    nouns: list[Token] = field(default_factory=list)  #: its texts, speeches and occasions
    hearers: list[Token] = field(default_factory=list)

    def kind(self, token: Token) -> EntityKind | None:
        """The kind of the entity that a token stands for."""
        found = self.cast.at(token)
        return None if found is None else self.cast.entity(found).kind

    def is_said(self, span: Span) -> bool:
        """Whether words are part of what is said."""
        return any(part.overlaps(span) for part in self.content)

    def trails(self, span: Span) -> bool:
        """Whether words follow what is said, so that they may belong to it: he said X, in Y."""
        first, last = self.content[0], self.content[-1]
        if not self.cue.idx < first.start or span.start < last.end:
            return False
        return self.reading.quotation_at(last.end - 1) is None

    def is_source(self, span: Span) -> bool:
        """Whether words are among those for who speaks."""
        return any(part.overlaps(span) for part in self.source)

    def is_open(self, span: Span) -> bool:
        """Whether words stand where they can only belong to the saying."""
        return not (self.is_said(span) or self.trails(span) or self.is_quoted(span))

    def is_quoted(self, span: Span) -> bool:
        """Whether words stand in a quotation that the cue does not stand in."""
        quotation = self.reading.quotation_at(span.start)
        return quotation is not None and not quotation.holds(self.cue.idx)


def prepositions(token: Token) -> Iterator[tuple[Token, Token]]:
    """The prepositions that hang on a token, each with what it governs."""
    for child in token.children:
        if child.dep_ in {"prep", "dative"} and child.tag_ in {"IN", "TO", "RP"}:
            for inner in child.children:
                if inner.dep_ == "pobj":
                    yield child, inner


def sendings(saying: Saying, noun: Token) -> Iterator[Token]:
    """The participles that tell to whom or when a text went out: a letter sent to the court."""
    sending = saying.words.hearers.sending
    return (c for c in noun.rights if c.dep_ == "acl" and c.lemma_.lower() in sending)


def is_medium(saying: Saying, preposition: Token, noun: Token) -> bool:
    """Whether a preposition and a noun together say in what or where words are said."""
    media, lemma = saying.words.media, noun.lemma_.lower()
    if is_dated(saying, noun):
        return False
    text = saying.kind(noun) is EntityKind.DOCUMENT or lemma in media.texts
    bare = not any(child.dep_ in {"det", "poss", "amod", "nummod"} for child in noun.lefts)
    spoken = lemma in media.utterances and not (bare and noun.tag_ == "NN" and lemma != "testimony")
    carried = lemma in media.channels or noun.lower_ in media.channels
    match preposition.lower_:
        case "in":
            found = text or spoken or lemma in media.occasions | media.places or carried
        case "at" | "during":
            found = spoken or lemma in media.occasions | media.places
        case "on":
            found = carried or (lemma == "call" and not bare)
        case "via" | "through" | "over":
            found = carried or text
        case "by":
            found = bare and (carried or text)
        case "from" | "inside" | "outside":
            found = lemma in media.places
        case _:
            found = False
    way = preposition.lower_ in {"in", "under", "on"} and bare and lemma in media.ways
    paper = (
        preposition.lower_ in {"in", "for"}
        and saying.cue.lemma_.lower() == "write"
        and saying.kind(noun) is EntityKind.ORGANIZATION
    )
    return found or way or paper


def is_occasion(saying: Saying, noun: Token) -> bool:
    """Whether a noun stands for an occasion and not for those who sit there: a press conference."""
    media, lemma = saying.words.media, noun.lemma_.lower()
    return lemma in media.occasions - media.bodies or lemma == "briefing"


def is_named_place(saying: Saying, preposition: Token, noun: Token) -> bool:
    """Whether words name a place: "in Geneva". Before the verb it may be where things happened."""
    phrase = saying.cast.phrase_at(noun)
    return (
        preposition.lower_ in {"in", "at"}
        and saying.kind(noun) is EntityKind.PLACE
        and phrase is not None
        and phrase.form is Form.NAME
    )


def is_dated(saying: Saying, noun: Token) -> bool:
    """Whether a word is part of a time."""
    return any(time.span.start <= noun.idx < time.span.end for time in saying.times)


def noun_phrase(saying: Saying, head: Token) -> Span:
    """A noun with what stands before it and the phrases that narrow it, clauses left out."""
    phrase = saying.cast.phrase_at(head)
    first = min(head.left_edge.i, head.i)
    if phrase is not None and phrase.form is Form.NAME:
        first, head = min(first, phrase.first), saying.reading.doc[max(head.i, phrase.last)]
    return saying.reading.span(first, phrase_end(saying, head, of_people=True))


def phrase_end(saying: Saying, head: Token, *, of_people: bool = False) -> int:
    """The last token of a noun with the phrases right after it that belong to it."""
    last = head.i
    for child in head.rights:
        inner = next((c for c in child.children if c.dep_ == "pobj"), None)
        follows = child.left_edge.i == last + 1
        if child.dep_ == "cc" and follows:
            last = child.i
        elif child.dep_ == "conj" and follows:
            last = phrase_end(saying, child, of_people=of_people)
        elif (
            child.dep_ == "prep"
            and follows
            and inner is not None
            and _narrows(saying, child, inner)
            and (not of_people or child.lower_ == "of")  # where they are told is no part of them
        ):
            last = phrase_end(saying, inner, of_people=of_people)
        else:
            break
    doc = saying.reading.doc
    while last > head.i and (doc[last].is_punct or doc[last].dep_ == "cc"):
        last -= 1
    return last


def _narrows(saying: Saying, preposition: Token, noun: Token) -> bool:
    """Whether a phrase tells which text, occasion or people are meant, not when or about what."""
    if is_dated(saying, noun):
        return False
    return preposition.lower_ in {"of", "with", "by", "between"} or (
        preposition.lower_ in {"in", "at", "on"}
        and (is_medium(saying, preposition, noun) or is_named_place(saying, preposition, noun))
    )
