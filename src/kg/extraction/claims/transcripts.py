"""Block transcripts: paragraphs that each open with who speaks and a colon.

"Q" and "A" name nobody. Who answers is known where the text before says whom it hears: an
interview with X, the witness X. Otherwise the letters are kept as the words for the speaker.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from kg.extraction.claims.draft import Draft
from kg.extraction.claims.labels import (
    Label,
    Naming,
    labels,
    named_persons,
    opens_turn,
    signatures,
)
from kg.extraction.claims.unmarked import in_first_person
from kg.extraction.coreference import Cast
from kg.extraction.lexicon import Lexicon
from kg.extraction.mentions import Phrase
from kg.extraction.reading import Reading, trimmed
from kg.extraction.scenes import is_break, scene_changes, scene_start
from kg.model import Mode, Span

__all__ = ["find_turns"]

#: So many paragraphs without a label may stand between two turns of one transcript.
_GAP = 3
_ADDRESSED = {"i", "me", "my", "we", "us", "our", "you", "your"}
_HEARD_NOUNS = {"witness", "interviewee"}
#: Before the name of who is heard, with words for what that one is between, and right before it.
_HEARD = re.compile(
    r"(?i:\binterview(?:s|ed|ing|\s+with|s\s+with)|\binterview\s+of"
    r"|\bq\s?(?:&|-?and-?)\s?a\s+with|\b(?:testimony|deposition|statement)\s+(?:of|by|from)"
    r"|\b(?:cross-)?examin(?:ation\s+of|ed)|\bconversation\s+with"
    r"|\b(?:spoke|talked|speaks|talks)\s+(?:to|with)|\bquestion(?:ed|ing\s+of))\s"
)
_WITNESS = re.compile(r"(?i:\b(?:witness|interviewee)\s?[,:]?\s+)$")
_DESCRIBING = {"ADJ", "DET", "NOUN", "NUM", "PROPN"}
_DESCRIBED_BY = 6
_IS_HEARD = re.compile(
    r"\s*(?:\([^)]*\)\s*)?(?:,\s*|(?:was|is)\s+)(?:duly\s+)?"
    r"(?:interviewed|questioned|examined|cross-examined|sworn|called\s+as\s+a\s+witness)\b"
    r"|\s*(?:,[^.,\n]{1,40},)?\s*"
    r"(?:testified|gave\s+evidence|as\s+a\s+witness|(?:took|to)\s+the\s+(?:witness\s+)?stand)\b"
)
_JOINED = re.compile(r"\s*(?:,\s*and|,|and|&)\s*")


def find_turns(reading: Reading, people: Cast, words: Lexicon) -> Iterator[Draft]:
    """The turns of transcripts, and the quotations that a name with a colon or dash ascribes."""
    for block in _blocks(reading, list(labels(reading, people, words))):
        turns = _turns_of(reading, block)
        answers = _who_answers(reading, people, block[0]) if turns else None
        for number, label in enumerate(turns):
            until = turns[number + 1].paragraph if number + 1 < len(turns) else None
            yield _draft(_with_speaker(reading, label, answers), _said(reading, label, until))
        for label in block:
            quoted = _quoted(reading, label)
            if label not in turns and quoted and label.naming in _CAPTIONS:
                yield _draft(label, quoted, "rule:caption")
    for label in signatures(reading, people):
        yield _draft(label, _quoted(reading, label), "rule:signature")


_CAPTIONS = {Naming.NAME, Naming.CAPTION, Naming.ROLE}


def _draft(label: Label, said: Sequence[Span], method: str = "rule:transcript") -> Draft:
    return Draft(
        content=tuple(said),
        mode=Mode.DIRECT,
        method=method,
        source_head=label.speaker,
        source=(label.span,),
    )


def _with_speaker(reading: Reading, label: Label, answers: Token | None) -> Label:
    """The label with who is heard as its speaker, where it is that of an answer or witness."""
    heard = label.naming is Naming.ANSWER or (
        label.naming is Naming.ROLE
        and label.span.of(reading.text).lower().split()[-1] in _HEARD_NOUNS
    )
    return replace(label, speaker=answers) if heard and answers is not None else label


# ---- what is a transcript


def _blocks(reading: Reading, found: Sequence[Label]) -> Iterator[list[Label]]:
    """Labels that stand together, with no change of scene between them."""
    block: list[Label] = []
    for label in found:
        if block and (
            label.paragraph - block[-1].paragraph > _GAP + 1
            or scene_changes(reading, block[-1].span.start, label.span.start)
        ):
            yield block
            block = []
        block.append(label)
    if block:
        yield block


def _turns_of(reading: Reading, block: Sequence[Label]) -> list[Label]:
    """The labels of a block that are turns of speech, none where it is a list of other things.

    A list of names with what befell each looks alike; in speech somebody asks, or says "I".
    """
    namings = {label.naming for label in block}
    letters = {Naming.QUESTION, Naming.ANSWER}
    words = [label.span.of(reading.text) for label in block]
    turns = [
        label
        for label, name in zip(block, words, strict=True)
        if (label.naming not in letters or letters <= namings)
        and (
            label.naming is not Naming.CAPITALS or words.count(name) > 1 or _speaks(reading, label)
        )
    ]
    if letters <= namings:
        return turns
    spoken = sum(_speaks(reading, label) for label in turns)
    recurs = len({label.span.of(reading.text) for label in turns}) < len(turns)
    enough = spoken > 0 if recurs else spoken * 2 >= len(turns)
    return turns if len(turns) > 1 and enough else []


def _speaks(reading: Reading, label: Label) -> bool:
    """Whether what stands behind a label asks, or says "I" or "you"."""
    return "?" in label.said.of(reading.text) or any(
        token.lower_ in _ADDRESSED for token in reading.tokens_in(label.said)
    )


# ---- what is said


def _said(reading: Reading, label: Label, until: int | None) -> list[Span]:
    """What a turn says: its paragraph and, up to the next turn, those in the first person."""
    said = [label.said]
    if until is None:  # after the last turn the text may go on in its own voice
        return said
    first = reading.paragraph_number(label.said.start) + 1
    for paragraph in reading.paragraphs[first:until]:
        another = is_break(reading, paragraph) or opens_turn(reading, paragraph)
        if another or not in_first_person(reading, paragraph):
            break
        said.append(trimmed(reading.text, paragraph, " \t\r\n"))
    return said


def _quoted(reading: Reading, label: Label) -> tuple[Span, ...]:
    """The quotation that is all of what a label ascribes, empty if it is not one."""
    quotation = reading.quotation_at(label.said.start)
    if quotation is None or quotation.fragments[0] != label.said:
        return ()
    return quotation.fragments


def _who_answers(reading: Reading, people: Cast, first: Label) -> Token | None:
    """The one person whom the scene of a transcript says it hears, by a token of the name."""
    start = reading.paragraphs[first.paragraph].start
    region = Span(scene_start(reading, start), start)
    names = named_persons(reading, people, region)
    heard: dict[str | None, Token] = {}
    joined = False  # to one who is heard: interviews with X and Y
    for number, phrase in enumerate(names):
        span = phrase.span(reading)
        after = reading.text[span.end : start]
        if after.startswith(("'s", "’s")):
            joined = False
            continue
        is_heard = (
            joined
            or _is_introduced(reading, region.start, phrase)
            or _IS_HEARD.match(after) is not None
        )
        if is_heard:
            head = reading.doc[phrase.head]
            heard[people.at(head)] = head
        following = names[number + 1] if number + 1 < len(names) else None
        gap = "" if following is None else reading.text[span.end : following.span(reading).start]
        joined = is_heard and _JOINED.fullmatch(gap) is not None
    return next(iter(heard.values())) if len(heard) == 1 else None


def _is_introduced(reading: Reading, start: int, name: Phrase) -> bool:
    """Whether words before a name say that its bearer is heard: interview with the nurse X."""
    at = reading.doc[name.first].idx
    before = reading.text[start:at]
    if _WITNESS.search(before):
        return True
    leads = list(_HEARD.finditer(before))
    if not leads:
        return False
    between = list(reading.tokens_in(Span(start + leads[-1].end(), at)))
    return len(between) <= _DESCRIBED_BY and all(
        token.pos_ in _DESCRIBING or token.text == "-" for token in between
    )
