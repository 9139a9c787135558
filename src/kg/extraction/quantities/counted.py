"""What a number counts: a noun, a unit, a tally before it, the dead and wounded after it."""

from __future__ import annotations

import re
from typing import Final

from spacy.tokens import Doc, Token

from kg.extraction.offsets import tokens_at
from kg.extraction.quantities.figures import Figure

__all__ = ["AGE", "MEASURE", "counted", "is_stretch_of_time", "number_token"]

_UNITS: Final = re.compile(
    r"[ -]?(?P<unit>%|per ?cent(?:age points?)?|percent(?:age points?)?)(?!\w)", re.IGNORECASE
)
AGE: Final = re.compile(
    r"[ -](?P<unit>(?:years?|months?|weeks?|days?)[ -](?:old|of age)|y\.?/?o\.?)(?!\w)",
    re.IGNORECASE,
)
_AGED: Final = re.compile(r"(?<!\w)(?P<unit>aged|age|ages) (?:between )?$", re.IGNORECASE)
#: Units joined to their number: a 40-mile march, 12km. "m" is left out: it may be a million.
MEASURE: Final = re.compile(
    r"(?:[-\u2010\u2011](?P<unit>(?:square|cubic|metric)?[ -]?(?:mile|kilomet(?:re|er)|met(?:re|er)"
    r"|centimet(?:re|er)|millimet(?:re|er)|inch|foot|yard|acre|hectare|tonne|ton|ounce|pound"
    r"|kilogram|kilo|gram|lit(?:re|er)|gallon|barrel|km|cm|mm|kg)s?)"
    r"|(?P<short>km|cm|mm|kg|kph|mph|ft|lbs?|ha))(?!\w)",
    re.IGNORECASE,
)
#: A stretch of time, and what makes it a term to which somebody is sentenced.
_DURATION_WORDS: Final = (
    "second minute hour day night week weekend fortnight month year decade century millennium "
    "min hr"
)
_DURATION: Final = frozenset(_DURATION_WORDS.split())
_TERM: Final = re.compile(
    r"(?:['’]s?)?\s(?:(?:in|of|behind|on)\s(?:a\s|the\s)?)?(?:(?:hard|forced|solitary|house|suspended"
    r"|labou?r|prison|penal)\s)?(?P<term>prison|jail|gaol|bars|imprisonment|incarceration|labou?r"
    r"|detention|custody|confinement|arrest|probation|parole|exile|camp|sentence)(?!\w)",
    re.IGNORECASE,
)
_NOUNS: Final = frozenset({"NOUN", "PROPN"})


def number_token(tokens: list[Token]) -> Token:
    """The token that stands for the number in the parse: the one whose head lies outside."""
    inside = {token.i for token in tokens}
    numbers = [t for t in tokens if t.like_num or t.pos_ in ("NUM", "NOUN") or t.tag_ == "CD"]
    outside = [token for token in numbers if token.head.i not in inside or token.head.i == token.i]
    return (outside or numbers or tokens)[-1]


def counted(  # noqa: PLR0911 - a kind of unit a line
    doc: Doc, text: str, tokens: list[Token], figure: Figure
) -> tuple[int, int] | None:
    """Where the words stand that say what is counted."""
    if found := _UNITS.match(text, figure.end):
        return found.start("unit"), _complement_end(doc, found.end("unit")) or found.end("unit")
    if found := AGE.match(text, figure.end):
        return found.span("unit")
    if found := MEASURE.match(text, figure.end):
        return found.span("unit" if found["unit"] else "short")
    if figure.money is not None:
        return figure.money
    if found := _AGED.search(text, max(0, figure.start - 14), figure.start):
        return found.span("unit")
    what = _counted_noun(doc, tokens, share=figure.method == "rule:quantity-part")
    if what and _is_duration(doc, what):
        term = _TERM.match(text, what[1])
        return (what[0], term.end("term")) if term else what
    return what


def _is_duration(doc: Doc, what: tuple[int, int]) -> bool:
    """Whether what is counted are units of time."""
    return tokens_at(doc, *what)[-1].lemma_.casefold() in _DURATION


def is_stretch_of_time(doc: Doc, text: str, what: tuple[int, int]) -> bool:
    """Whether what is counted is time that passes, and no age or term: four decades."""
    if AGE.match(f" {text[what[0] : what[1]]}") or tokens_at(doc, *what)[-1].lower_ == "old":
        return False
    return _is_duration(doc, what)


def _counted_noun(doc: Doc, tokens: list[Token], *, share: bool) -> tuple[int, int] | None:
    number, last = number_token(tokens), tokens[-1].i
    if last + 1 < len(doc) and doc[last + 1].lower_ == "of":
        phrase = _of_phrase(doc, last + 1)
        return (doc[last + 1].idx, phrase[1]) if phrase and share else phrase
    head = number.head
    is_noun = head.pos_ in _NOUNS and any(letter.isalpha() for letter in head.text)
    if is_noun and head.i > last and number.dep_ in _BEFORE_NOUN:
        return _phrase(doc, last + 1, head)
    return _told_before(doc, number) or _casualties(doc, last)


_BEFORE_NOUN: Final = frozenset({"nummod", "quantmod", "amod", "compound", "det", "predet"})
_ARGUMENTS: Final = frozenset({"nsubj", "nsubjpass", "dobj"})
_TALLIES: Final = frozenset({"toll", "number", "total", "count", "figure", "population", "tally"})


def _told_before(doc: Doc, number: Token) -> tuple[int, int] | None:
    """What a tally counts: the death toll rose to 45, the number of deaths is 45."""
    if number.dep_ == "pobj":
        governor = number.head.head
    elif number.dep_ == "attr":
        governor = number.head
    else:
        return None
    nouns = [governor, *(child for child in governor.children if child.dep_ in _ARGUMENTS)]
    for noun in nouns:
        if noun.pos_ in _NOUNS and noun.lemma_ in _TALLIES and noun.i < number.i:
            for child in noun.children:
                if child.lower_ == "of" and child.i < number.i and number.head.i != child.i:
                    return _of_phrase(doc, child.i)
            return _phrase(doc, noun.left_edge.i, noun)
    return None


def _casualties(doc: Doc, last: int) -> tuple[int, int] | None:
    """An adjective that stands for those it describes: 12 dead, 30 wounded."""
    if last + 1 >= len(doc):
        return None
    state, after = doc[last + 1], doc[last + 2] if last + 2 < len(doc) else None
    is_state = state.pos_ == "ADJ" or (state.tag_ == "VBN" and state.dep_ != "ROOT")
    if not is_state or (after is not None and after.pos_ in _NOUNS):
        return None
    return state.idx, state.idx + len(state)


def _complement_end(doc: Doc, end: int) -> int | None:
    """Where "of X" after a percentage ends."""
    for token in tokens_at(doc, end, end + len(" of ")):
        if token.lower_ == "of" and token.idx >= end:
            phrase = _of_phrase(doc, token.i)
            return phrase[1] if phrase else None
    return None


def _of_phrase(doc: Doc, preposition: int) -> tuple[int, int] | None:
    """The noun phrase after "of", without articles."""
    for child in doc[preposition].children:
        if child.dep_ == "pobj" and child.i > preposition and child.pos_ in ("ADJ", *_NOUNS):
            return _phrase(doc, preposition + 1, child)
    return None


_LEFT_OUT: Final = frozenset({"DET", "PUNCT", "ADP", "PART", "SPACE"})


def _phrase(doc: Doc, first: int, head: Token) -> tuple[int, int] | None:
    """From a token to a noun, articles and punctuation at the front left out."""
    while first < head.i and doc[first].pos_ in _LEFT_OUT:
        first += 1
    if any(token.like_num for token in doc[first : head.i]):
        first = head.i  # five Iranian and three Iraqi prisoners
    return doc[first].idx, head.idx + len(head)
