"""The words that open a paragraph and name who speaks in it: Q:, THE COURT:, Anna Berg:."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from spacy.tokens import Token

from kg.extraction.coreference import Cast
from kg.extraction.lexicon import Lexicon
from kg.extraction.mentions import Phrase
from kg.extraction.reading import Reading, is_finite, trimmed
from kg.extraction.scenes import is_break
from kg.model import EntityKind, Form, Span

__all__ = ["Label", "Naming", "labels", "named_persons", "opens_turn", "signatures"]

#: Before a label may stand a time code, and marks of emphasis around it.
_LABEL = re.compile(
    r"[\s*_]*(?:[\[(]?\d{1,2}:\d{2}(?::\d{2})?[\])]?\s*)?"
    r"(?P<label>[^\s:*_“\"«][^:\n“\"«]{0,60}?)[*_]*:[*_]*(?=\s|$)"
)
#: The letters may be followed by a stop.
_LETTER = re.compile(
    r"[\s*_]*(?P<label>(?P<asks>Q(?:uestion)?)\s?\d{0,3}|A(?:nswer)?\s?\d{0,3})[*_]*[.:][*_]*(?=\s|$)"
)
#: Who takes part in a hearing or talk, beside the titles and nouns for persons.
_PARTS = {
    "bench", "court", "defence", "defense", "host", "interpreter", "interviewee", "interviewer",
    "moderator", "presenter", "prosecution", "questioner", "reporter", "respondent",
}  # fmt: skip
_LABEL_WORDS = 4
#: Behind words in marks a dash and who says them, to the end of the paragraph.
_SIGNATURE = re.compile(r"\s*(?:[—–―]|--?)\s*(?P<name>[^\s—–\n][^—–\n]{1,80}?)[.\s]*$")
_ENDS = set(".!?…”\"’')]»—–-")


class Naming(Enum):
    """How a label says who speaks."""

    QUESTION = auto()
    ANSWER = auto()
    NAME = auto()  #: of somebody whom the document knows
    ROLE = auto()  #: the witness, interviewer
    CAPTION = auto()  #: a name with more about it: Anna Berg, 54, a nurse
    CAPITALS = auto()  #: unknown words in capitals, which may be anything


@dataclass(frozen=True, slots=True)
class Label:
    """The label of a paragraph, by its number, and where the words stand that it ascribes."""

    paragraph: int
    span: Span
    naming: Naming
    said: Span
    speaker: Token | None = None  #: a token that stands for who speaks


@dataclass(frozen=True, slots=True)
class _Known:
    """What labels are looked up in."""

    reading: Reading
    people: Cast
    words: Lexicon
    persons: Sequence[Phrase]


def labels(reading: Reading, people: Cast, words: Lexicon) -> Iterator[Label]:
    """The labels of a document in their order; in lists of other things labels are none."""
    whole = Span(0, len(reading.text))
    known = _Known(reading, people, words, named_persons(reading, people, whole))
    for number, paragraph in enumerate(reading.paragraphs):
        match = _at(reading, paragraph)
        if match is None:
            continue
        said = _said(reading, number, match.end())
        if said is None:
            continue
        span = Span(*match.span("label"))
        if match.re is _LETTER:
            naming = Naming.QUESTION if match["asks"] else Naming.ANSWER
            yield Label(number, span, naming, said)
        elif said.of(reading.text)[-1] in _ENDS:
            found = _naming(known, span)
            if found is not None:
                yield Label(number, span, found[0], said, found[1])


def signatures(reading: Reading, people: Cast) -> Iterator[Label]:
    """The names that sign a quotation which is a paragraph: “They came.” — Anna Berg, nurse."""
    for quotation in reading.quotations:
        number = reading.paragraph_number(quotation.end - 1)
        paragraph = reading.paragraphs[number]
        if quotation.start != reading.paragraph_at(quotation.start).start:
            continue
        after = Span(quotation.end, paragraph.end)
        if not after.of(reading.text).strip():
            following = reading.paragraphs[number + 1 : number + 2]
            after = following[0] if following else after
        match = _SIGNATURE.match(reading.text, after.start, after.end)
        if match is None:
            continue
        span = Span(*match.span("name"))
        tokens = [t for t in reading.tokens_in(span) if t.text[0].isalpha()]
        if any(t.pos_ in {"VERB", "AUX"} for t in tokens):
            continue
        name = _own_name(people, tokens) if tokens else None
        if name is not None:
            yield Label(number, span, Naming.CAPTION, quotation.fragments[0], name)


def _said(reading: Reading, number: int, start: int) -> Span | None:
    """What stands behind a label, in its paragraph or, if the label fills that, in the next."""
    said = trimmed(reading.text, Span(start, reading.paragraphs[number].end), " \t\r\n")
    if said.start < said.end:
        return said
    following = reading.paragraphs[number + 1 : number + 2]
    if not following or _at(reading, following[0]) is not None or is_break(reading, following[0]):
        return None
    return trimmed(reading.text, following[0], " \t\r\n")


def opens_turn(reading: Reading, paragraph: Span) -> bool:
    """Whether a paragraph opens as one with a label does: words and a colon."""
    return _at(reading, paragraph) is not None


def _at(reading: Reading, paragraph: Span) -> re.Match[str] | None:
    """The match of a label at the start of a paragraph."""
    start, end = paragraph.start, paragraph.end
    return _LETTER.match(reading.text, start, end) or _LABEL.match(reading.text, start, end)


def _naming(known: _Known, span: Span) -> tuple[Naming, Token | None] | None:
    """How words name a speaker, and a token that stands for that one; None if they name nobody."""
    reading, people, words = known.reading, known.people, known.words
    tokens = [t for t in reading.tokens_in(span) if t.text[0].isalpha()]
    if not tokens or any(t.pos_ in {"VERB", "AUX"} and is_finite(t) for t in tokens):
        return None
    if "," in span.of(reading.text):
        head = _own_name(people, tokens)
        return None if head is None else (Naming.CAPTION, head)
    if len(tokens) > _LABEL_WORDS:
        return None
    meant = _meant(known, tokens, span)
    titled = _is_title(words, tokens[0]) and len(tokens) > 1 and tokens[-1].text[0].isupper()
    if meant or titled:
        return Naming.NAME, meant[0] if len(meant) == 1 else None
    return _by_part(words, tokens)


def _by_part(words: Lexicon, tokens: Sequence[Token]) -> tuple[Naming, Token | None] | None:
    """How words without a known name say who speaks: by the part that one has in a hearing."""
    head = tokens[-1]
    forms = {head.lower_, head.lemma_.lower()}
    if forms & (_PARTS | words.nouns.person) or any(words.titles.heads_title(f) for f in forms):
        return Naming.ROLE, None if head.text.isupper() else head
    return (Naming.CAPITALS, None) if all(t.text.isupper() for t in tokens) else None


def _is_title(words: Lexicon, token: Token) -> bool:
    """Whether a word is a title or form of address as it stands before names: Judge, Mrs."""
    title = token.lower_.rstrip(".")
    return words.titles.is_honorific(title) or words.titles.heads_title(title)


def _own_name(people: Cast, tokens: Sequence[Token]) -> Token | None:
    """The first of some tokens where the name of a person, group or organisation starts there."""
    phrase = people.phrase_at(tokens[0])
    if phrase is None or phrase.form is not Form.NAME or phrase.first != tokens[0].i:
        return None
    entity = people.at(tokens[0])
    if entity is None or people.entity(entity).kind is EntityKind.PLACE:
        return None
    return tokens[0]


def _meant(known: _Known, tokens: Sequence[Token], span: Span) -> list[Token]:
    """For each one whom a label can name a token that stands for them.

    Labels in capitals are looked up among the names that the rest of the text writes out.
    """
    reading, people, words = known.reading, known.people, known.words
    bare = list(tokens)
    while len(bare) > 1 and _is_title(words, bare[0]):
        bare.pop(0)
    own = _own_name(people, bare)
    if own is not None and not own.text.isupper():
        phrase = people.phrase_at(own)
        return [own] if phrase is not None and phrase.last >= bare[-1].i else []
    name = [token.lower_ for token in bare]
    found = {
        people.at(head): head
        for phrase in known.persons
        if not phrase.span(reading).overlaps(span)
        and not phrase.name.isupper()
        and phrase.name.lower().split()[-len(name) :] == name
        for head in [reading.doc[phrase.head]]
    }
    return list(found.values())


def named_persons(reading: Reading, people: Cast, region: Span) -> list[Phrase]:
    """The names of persons in a stretch of text, in order."""
    found = [
        phrase
        for phrase in people.phrases
        if phrase.form is Form.NAME and region.covers(phrase.span(reading))
    ]
    kinds = {
        phrase.head: people.entity(entity).kind
        for phrase in found
        if (entity := people.at(reading.doc[phrase.head])) is not None
    }
    persons = [phrase for phrase in found if kinds.get(phrase.head) is EntityKind.PERSON]
    return sorted(persons, key=lambda phrase: phrase.first)
