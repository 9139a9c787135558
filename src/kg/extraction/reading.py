"""A parsed document: what every part of the extraction looks at."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg.extraction.quotations import Quotation
from kg.model import Document, Span, Time

__all__ = [
    "Reading",
    "antecedent",
    "conjuncts",
    "doer_of",
    "is_definite",
    "is_finite",
    "is_set_off",
    "subject_of",
    "subtree_span",
    "top_of",
    "trimmed",
]

_HEADLINE_WORDS = 20


def _start(token: Token) -> int:
    return token.idx


_DEFINITE = {"the", "this", "that", "these", "those"}
#: Words that open a clause or a phrase.
_CLAUSE_OPENERS = {"after", "as", "before", "since", "until"}


@dataclass(frozen=True, slots=True)
class Reading:
    """A document with its parse, paragraphs, quotations and times."""

    document: Document
    doc: Doc
    paragraphs: tuple[Span, ...]
    quotations: tuple[Quotation, ...]
    times: tuple[Time, ...]

    @property
    def text(self) -> str:
        """The text of the document."""
        return self.document.text

    def quotation_at(self, offset: int) -> Quotation | None:
        """The quotation that holds a character, if one does."""
        at = bisect_right(self.quotations, offset, key=lambda part: part.start) - 1
        return self.quotations[at] if at >= 0 and self.quotations[at].holds(offset) else None

    def quotations_in(self, span: Span) -> Sequence[Quotation]:
        """The quotations that may share a character with a span, in order."""
        first = bisect_right(self.quotations, span.start, key=lambda part: part.start) - 1
        end = bisect_left(self.quotations, span.end, key=lambda part: part.start)
        return self.quotations[max(0, first) : end]

    def time_at(self, offset: int) -> Time | None:
        """The time that holds a character, if one does."""
        at = bisect_right(self.times, offset, key=lambda time: time.span.start) - 1
        return self.times[at] if at >= 0 and offset < self.times[at].span.end else None

    def times_in(self, span: Span) -> Sequence[Time]:
        """The times that may share a character with a span, in order."""
        first = bisect_right(self.times, span.start, key=lambda time: time.span.start) - 1
        end = bisect_left(self.times, span.end, key=lambda time: time.span.start)
        return self.times[max(0, first) : end]

    def paragraph_at(self, offset: int) -> Span:
        """The paragraph that holds a character; between two of them an empty one."""
        paragraph = self.paragraphs[self.paragraph_number(offset)] if self.paragraphs else None
        if paragraph is None or not paragraph.start <= offset < paragraph.end:
            return Span(offset, offset)
        return paragraph

    def paragraph_number(self, offset: int) -> int:
        """Which paragraph holds a character or ends before it, counted from 0."""
        return max(0, bisect_right(self.paragraphs, offset, key=lambda part: part.start) - 1)

    def is_headline(self, offset: int) -> bool:
        """Whether a character stands in a short paragraph that no stop ends."""
        words = self.paragraph_at(offset).of(self.text).strip()
        return (
            bool(words) and words[-1] not in '.!?:;”"’»' and len(words.split()) <= _HEADLINE_WORDS
        )

    def tokens_in(self, span: Span) -> Iterator[Token]:
        """The tokens that start inside a span, white space left out."""
        for at in range(bisect_left(self.doc, span.start, key=_start), len(self.doc)):
            token = self.doc[at]
            if token.idx >= span.end:
                return
            if not token.is_space:
                yield token

    def sentence_of(self, token: Token) -> Span:
        """The sentence that a token stands in."""
        return Span(token.sent.start_char, token.sent.end_char)

    def span(self, first: int, last: int) -> Span:
        """From the first token to the last, both included."""
        end = self.doc[last]
        return Span(self.doc[first].idx, end.idx + len(end))


def subject_of(verb: Token) -> Token | None:
    """The head of a verb's subject; a verb joined by "and" shares that of the first."""
    here: Token | None = verb
    while here is not None:
        for child in here.children:
            if child.dep_ in {"nsubj", "nsubjpass"}:
                return child
            if child.dep_ in {"csubj", "csubjpass"}:
                return _lost_subject(verb) or child
        here = here.head if here.dep_ == "conj" and here.head.pos_ in {"VERB", "AUX"} else None
    return _lost_subject(verb)


def _lost_subject(verb: Token) -> Token | None:
    """The subject that the parser hung below "as" or "after" when it took a clause for a phrase."""
    first = min((c.i for c in verb.children if c.dep_ in {"aux", "auxpass"}), default=verb.i)
    if first == verb.sent.start or not is_finite(verb):
        return None
    for above in verb.doc[first - 1].ancestors:
        if above.lower_ in _CLAUSE_OPENERS and above.right_edge.i == first - 1:
            return next((c for c in above.children if c.dep_ == "pobj"), None)
    return None


def doer_of(verb: Token) -> Token | None:
    """The head of a verb's subject; in "wants to go" that of the verb above without an object."""
    found = subject_of(verb)
    above = verb.head
    if found is not None or verb.dep_ != "xcomp" or any(c.dep_ == "dobj" for c in above.children):
        return found
    asked = next(
        (c for c in above.children if c.dep_ == "prep" and c.lower_ in {"on", "upon"}), None
    )
    if above.lemma_ == "call" and asked is not None:  # "called on the army to act"
        return next((c for c in asked.children if c.dep_ == "pobj"), None)
    return subject_of(above)


def is_set_off(name: Token) -> bool:
    """Whether commas alone part a name from the noun that the parser joins it to.

    In "the mayor of Lisbon, Dana Holt, left" the parser takes place and person for a list.
    """
    before = name.doc[name.left_edge.i - 1].text if name.left_edge.i else ""
    return (
        name.dep_ == "conj"
        and before == ","
        and name.pos_ == "PROPN"
        and not any(child.dep_ in {"cc", "conj"} and child != name for child in name.head.children)
        and not any(child.dep_ in {"cc", "conj"} for child in name.children)
    )


def antecedent(token: Token, verb: Token) -> Token:
    """For "who", "which" and "that" before a verb the noun they follow, else the token itself.

    Where the verb's number does not fit the noun that the parser chose, the noun around it
    that fits is meant: "lawyers for X, who have ...". Where two nouns fit, the pronoun
    itself comes back: nobody is meant for sure.
    """
    if token.tag_ not in {"WP", "WDT"}:
        return token
    clause = verb
    while clause.dep_ in {"conj", "ccomp", "xcomp"} and clause.head != clause:
        clause = clause.head
    if clause.dep_ != "relcl":
        return token
    noun = clause.head
    nearest = token.nbor(-1) if token.i else token
    number = _number_of(clause)
    if number == "plural" and noun.tag_ in {"NN", "NNP"}:
        above = noun.head
        while above.dep_ in {"prep", "pobj", "compound", "appos"} and above.pos_ != "NOUN":
            above = above.head
        return above if above.tag_ in {"NNS", "NNPS"} and above.i < noun.i else token
    if nearest != noun and nearest.dep_ == "pobj" and nearest.head.lower_ == "of":
        plural = {"NNS", "NNPS"}
        if (nearest.tag_ in plural) == (noun.tag_ in plural) or not number:
            return token  # "the daughter of a captain who was shot": either may be meant
        return noun if (noun.tag_ in plural) == (number == "plural") else nearest
    return noun


def _number_of(verb: Token) -> str:
    """Singular or plural where the form of a verb says, else empty."""
    for token in (verb, *verb.children):
        if token.dep_ in {"aux", "auxpass"} or token == verb:
            if token.tag_ == "VBP" or token.lower_ == "were":
                return "plural"
            if token.tag_ == "VBZ" or token.lower_ == "was":
                return "singular"
    return ""


def is_definite(noun: Token) -> bool:
    """Whether a noun has "the", "this", "that" or a possessive before it."""
    return any(
        child.dep_ == "poss" or (child.dep_ == "det" and child.lower_ in _DEFINITE)
        for child in noun.lefts
    )


def is_finite(verb: Token) -> bool:
    """Whether a verb, or an auxiliary of it, carries a tense."""
    return any(
        "Fin" in part.morph.get("VerbForm", []) or part.tag_ in {"MD", "VBD", "VBZ", "VBP"}
        for part in (verb, *(c for c in verb.children if c.dep_ in {"aux", "auxpass"}))
    )


def top_of(tokens: Sequence[Token]) -> Token | None:
    """The token of a stretch that no other of them governs; None of an empty stretch."""
    here = set(tokens)
    return next((t for t in tokens if t.head not in here or t.head == t), None)


def conjuncts(token: Token) -> list[Token]:
    """A token and what is joined to it by "and", "or" or commas, in order."""
    return sorted(
        {token, *(part for part in token.conjuncts if part.i > token.i)}, key=lambda t: t.i
    )


def subtree_span(reading: Reading, head: Token, *, without: frozenset[str] = frozenset()) -> Span:
    """The stretch of text under a token, leaving out children by the names of their relations."""
    left = right = head.i
    for child in head.children:
        if child.dep_ in without:
            continue
        if child.dep_ == "punct" or child.is_space:
            continue
        left = min(left, child.left_edge.i)
        right = max(right, child.right_edge.i)
    while right > head.i and (reading.doc[right].is_space or reading.doc[right].text in ",;:."):
        right -= 1
    return reading.span(left, right)


def trimmed(text: str, span: Span, marks: str = " \t\r\n,;:–—-") -> Span:
    """The span without white space and marks at its ends."""
    start, end = span.start, span.end
    while start < end and text[start] in marks:
        start += 1
    while end > start and text[end - 1] in marks:
        end -= 1
    return Span(start, end)
