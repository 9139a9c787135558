"""What the rules for roles look at, and what they hand over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg.extraction.coreference import Cast
from kg.extraction.lexicon import Lexicon, Titles
from kg.extraction.mentions import Phrase
from kg.extraction.reading import Reading
from kg.extraction.voices import Voices
from kg.model import Role, Span, Stance, Time

__all__ = ["Draft", "Search", "Term", "Title", "is_title", "numbered"]

#: Tokens between two parts of the evidence that are shown with them: ", the former" and the like.
_NEAR = 6
_PLAIN = Stance()


@dataclass(frozen=True, slots=True)
class Search:
    """What every rule looks at."""

    reading: Reading
    cast: Cast
    words: Lexicon
    claims: Voices

    @property
    def doc(self) -> Doc:
        """The parsed text."""
        return self.reading.doc

    @property
    def titles(self) -> Titles:
        """The words that name roles."""
        return self.words.titles


@dataclass(frozen=True, slots=True)
class Title:
    """The words of a title, what they say beside it, and where they stand (tokens included).

    ``first`` and ``last`` take in an organisation that stands in the same phrase; ``beside``
    are the tokens of one that stands elsewhere in the clause.
    """

    words: str
    kind: str | None
    first: int
    last: int
    status: str | None = None
    organization: str | None = None
    weak: bool = False
    relational: bool = False
    judging: bool = False
    beside: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """How a role was found, when it began, ended or was held, and whether it is so."""

    method: str
    stance: Stance = _PLAIN
    start: Time | None = None
    end: Time | None = None
    held: Time | None = None
    status: str | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A title that a phrase holds."""

    holder: Phrase
    title: Title
    term: Term

    def roles(self, search: Search) -> Iterator[Role]:
        """The role, unless its holder is nobody known or the organisation itself."""
        title, term = self.title, self.term
        person = search.cast.at(search.doc[self.holder.head])
        if person is None or person == title.organization:
            return
        yield Role(
            person=person,
            holder=self.holder.span(search.reading),
            title=title.words,
            kind=title.kind,
            organization=title.organization,
            status=title.status or term.status,
            start=term.start,
            end=term.end,
            held=term.held,
            evidence=self._evidence(search.reading),
            stance=term.stance,
            method=term.method,
        )

    def _evidence(self, reading: Reading) -> tuple[Span, ...]:
        """Spans over title, holder and organisation, one over those that nearly touch."""
        parts = [(self.holder.first, self.holder.last), (self.title.first, self.title.last)]
        if self.title.beside is not None:
            parts.append(self.title.beside)
        joined: list[tuple[int, int]] = []
        for first, last in sorted(parts):
            if joined and first - joined[-1][1] <= _NEAR:
                joined[-1] = joined[-1][0], max(joined[-1][1], last)
            else:
                joined.append((first, last))
        return tuple(reading.span(first, last) for first, last in joined)


def is_title(search: Search, phrase: Phrase) -> bool:
    """Whether a name is a title that was taken for one: "Home Secretary"."""
    words = search.titles.key(search.doc, phrase.first, phrase.last + 1)
    return len(words) > 1 and words in search.titles.kinds


def numbered(search: Search, token: Token) -> Token:
    """The name that a number belongs to where the recogniser left it out: "Supply Company Two"."""
    if token.pos_ != "NUM" or search.cast.at(token) is not None or token.i == 0:
        return token
    before = token.nbor(-1)
    return before if before.head == token and before.dep_ == "compound" else token
