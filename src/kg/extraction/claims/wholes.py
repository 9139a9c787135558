"""What the tagger left out of what is said: holes, the noun of a preposition, the rest of a clause.

It reads word by word, and now and then drops a verb or a date from the middle of a sentence. The
words for who says it and for saying it are all that may part what is said.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from kg.extraction.reading import Reading, subtree_span, trimmed
from kg.model import Span

__all__ = ["whole"]

#: Marks across which two fragments are two.
_PARTING = set('“”"‘«»„:;\n')
_CLAUSES = {"advcl", "ccomp", "csubj", "csubjpass"}
_ASKING = {"WP", "WRB", "WDT", "WP$"}


def whole(reading: Reading, parts: Sequence[Span], apart: Sequence[Span]) -> tuple[Span, ...]:
    """The fragments of a content, made whole; ``apart`` are the words for who says it, and how."""
    full = [_with_noun(reading, part, apart) for part in parts]
    closed: list[Span] = full[:1]
    for part in full[1:]:
        last = closed[-1]
        met = part.start <= last.end  # one that took its noun may have reached the next
        if met or _is_hole(reading, Span(last.end, part.start), apart):
            closed[-1] = Span(last.start, max(last.end, part.end))
        else:
            closed.append(part)
    return tuple(_with_rest(reading, part, apart) for part in closed)


def _is_hole(reading: Reading, hole: Span, apart: Sequence[Span]) -> bool:
    """Whether nothing tells why two fragments are apart."""
    return (
        hole.start < hole.end
        and not any(hole.overlaps(span) for span in apart)
        and not set(hole.of(reading.text)) & _PARTING
        and not any(token.is_sent_start for token in reading.tokens_in(hole))
    )


def _with_noun(reading: Reading, part: Span, apart: Sequence[Span]) -> Span:
    """A fragment that ends in a preposition with the noun after it: "in ..., he had seen it"."""
    last = list(reading.tokens_in(part))[-1:]
    nouns = [c for token in last if token.dep_ == "prep" for c in token.rights if c.dep_ == "pobj"]
    if not nouns:
        return part
    return _up_to(reading, part, subtree_span(reading, nouns[0]).end, apart)


def _with_rest(reading: Reading, part: Span, apart: Sequence[Span]) -> Span:
    """A question before the verb that says it is open, to its end: whether X will be tried."""
    first = next(reading.tokens_in(part), None)
    if first is None or not (first.lower_ == "whether" or first.tag_ in _ASKING):
        return part
    clause = _clause_from(first)
    if clause is None or clause.i > clause.head.i:
        return part
    return _up_to(reading, part, trimmed(reading.text, subtree_span(reading, clause)).end, apart)


def _clause_from(first: Token) -> Token | None:
    """The head of the clause that a word opens."""
    return next((t for t in first.ancestors if t.left_edge == first and t.dep_ in _CLAUSES), None)


def _up_to(reading: Reading, part: Span, end: int, apart: Sequence[Span]) -> Span:
    """A fragment with what follows it, unless that is the words for saying it."""
    if end <= part.end or any(Span(part.end, end).overlaps(span) for span in apart):
        return part
    return trimmed(reading.text, Span(part.start, end))
