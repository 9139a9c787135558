"""What stands between quotation marks and is no speech: names, titles, terms, scare quotes."""

from __future__ import annotations

import re

from spacy.tokens import Token

from kg.extraction.claims.nearby import cue_right_before
from kg.extraction.lexicon import Cues
from kg.extraction.quotations import Quotation
from kg.extraction.reading import Reading
from kg.model import Span

__all__ = [
    "has_title_case",
    "is_named",
    "is_short",
    "is_speech",
    "opens_paragraph",
    "starts_sentence",
]

#: A quotation of fewer words, without a stop inside and without a verb, is a term or scare quote.
_SPEECH_WORDS = 4
#: Words of fewer letters (of, the, and) stay small in titles.
_TITLE_LETTERS = 4
#: What a list puts before its members.
_BULLET = re.compile(r"\s*(?:[-–—•*]\s*|\(?\d{1,2}[.)]\s+)?")
#: Right before the marks: what they hold is a name or the word itself.
_NAMING = re.compile(
    r"\b(?:so-called|known\s+as|nicknamed|code-?named|headlined|(?:en)?titled|alias|a\.?k\.?a\.?"
    r"|the\s+(?:word|term|phrase|name|nickname|label|title|expression|alias|code\s?name))"
    r"[\s(]*,?\s*$",
    re.IGNORECASE,
)
_WORK = re.compile(
    r"\b(?:film|movie|documentary|novel|book|memoir|album|song|poem|play|opera|musical|series|show"
    r"|program(?:me)?|exhibition|exhibit|painting|essay|article|column|magazine|newspaper|podcast"
    r"|anthem|hymn|ballad|story|episode|report|study|chapter|pamphlet|thesis)(?P<comma>\s*,)?\s+$",
    re.IGNORECASE,
)
_SLOGANS = re.compile(r"\b(?:slogans?|chants)(?:,?\s+(?:such\s+as|like|including))?\s*:?\s*$")
_NAMING_VERBS = {"call", "name", "dub", "term", "label", "style", "entitle", "title"}
#: So many characters before a quotation say what it is.
_NEAR = 80
_STOPS = set(",.!?…—–-")
#: Kinds of cue after which one word is an utterance: chanted “Bread”.
_LOUD = {"chant", "shout"}


def is_speech(reading: Reading, cues: Cues, quotation: Quotation) -> bool:
    """Whether quoted words are an utterance, not a name, title, term or scare quote."""
    tokens = _words_of(reading, quotation)
    if not tokens:
        return False
    starts = starts_sentence(reading, quotation)
    near = quotation.start - len(_before(reading, quotation))
    before = cue_right_before(reading, cues, quotation, near)
    cue = cues.verb_at(before) if before is not None else None
    if is_named(reading, quotation):
        return False
    if (cue is not None and cue.kind in _LOUD) or _is_slogan(reading, cues, quotation):
        return True
    starts = starts or (
        before is not None and _before(reading, quotation).rstrip().endswith(",")
    )  # she answered, “No.”
    last = quotation.last_character(reading.text)
    short = is_short(reading, quotation)
    has_verb = any(token.pos_ in {"VERB", "AUX"} for token in tokens)
    joined = not starts and before is None and _is_joined(reading, quotation)
    if joined and (short or not has_verb):
        return False  # The “unit for peace and order,” she said, has fled
    if short:
        outside = starts and reading.text[quotation.end : quotation.end + 1] == ","
        return last in (_STOPS if starts else set("!?,")) or outside
    return last in _STOPS or has_verb


def _words_of(reading: Reading, quotation: Quotation) -> list[Token]:
    return [t for part in quotation.fragments for t in reading.tokens_in(part) if t.is_alpha]


def is_short(reading: Reading, quotation: Quotation) -> bool:
    """Whether a quotation has so few words that it may be a term."""
    return len(_words_of(reading, quotation)) < _SPEECH_WORDS


def opens_paragraph(reading: Reading, quotation: Quotation) -> bool:
    """Whether nothing but the mark of a list stands before a quotation in its paragraph."""
    before = _before(reading, quotation)
    return _BULLET.fullmatch(before) is not None


def starts_sentence(reading: Reading, quotation: Quotation) -> bool:
    """Whether a sentence starts with a quotation: at a stop, a colon, or a paragraph's start."""
    before = _before(reading, quotation).rstrip()
    return opens_paragraph(reading, quotation) or before.rstrip("”\"'’»)")[-1:] in set(".!?…:;")


def _before(reading: Reading, quotation: Quotation) -> str:
    """The text right before a quotation, as far as it stands in its paragraph."""
    start = reading.paragraph_at(quotation.start).start
    return reading.text[max(start, quotation.start - _NEAR) : quotation.start]


def _word_before(reading: Reading, quotation: Quotation) -> Token | None:
    """The token right before a quotation in its paragraph."""
    start = quotation.start - len(_before(reading, quotation))
    tokens = list(reading.tokens_in(Span(start, quotation.start)))
    return tokens[-1] if tokens else None


def has_title_case(reading: Reading, quotation: Quotation) -> bool:
    """Whether words are written as titles are: long ones with a capital, not all in capitals."""
    words = [token.text for token in _words_of(reading, quotation)]
    long = [word for word in words if len(word) >= _TITLE_LETTERS]
    return (
        len(words) > 1
        and len(long) > 1
        and all(word[0].isupper() for word in (*long, words[0]))
        and not all(word.isupper() for word in words)
    )


def _is_slogan(reading: Reading, cues: Cues, quotation: Quotation) -> bool:
    """Whether a quotation is an example of what is chanted: chanting slogans such as “Bread”."""
    before = _before(reading, quotation)
    if not _SLOGANS.search(before):
        return False
    near = Span(quotation.start - len(before), quotation.start)
    found = (cues.verb_at(token) for token in reading.tokens_in(near) if token.pos_ == "VERB")
    return any(cue is not None and cue.kind in _LOUD for cue in found)


def is_named(reading: Reading, quotation: Quotation) -> bool:
    """Whether the words before a quotation say that it is a name, a term or a work."""
    before = _before(reading, quotation)
    if _NAMING.search(before):
        return True
    work = _WORK.search(before)
    if work and (work["comma"] is None or has_title_case(reading, quotation)):
        return True
    verb = _word_before(reading, quotation)
    return (
        verb is not None
        and verb.tag_ == "VBN"
        and verb.lemma_.lower() in _NAMING_VERBS
        and not any(child.dep_ == "nsubj" for child in verb.children)
        and quotation.last_character(reading.text) not in set("!?")
    )


def _is_joined(reading: Reading, quotation: Quotation) -> bool:
    """Whether a word of the same phrase stands right before a quotation: the, of, our."""
    word = _word_before(reading, quotation)
    return word is not None and (
        word.pos_ in {"DET", "ADJ", "ADP", "NOUN", "PROPN", "NUM"} or word.tag_ == "PRP$"
    )
