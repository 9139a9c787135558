"""Prisons, camps and barracks by name, which the recogniser takes for people or for nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc

from kg.extraction.mentions import Phrase
from kg.extraction.mentions.phrase import name_phrase
from kg.model import EntityKind, Form

__all__ = ["FACILITY", "with_facilities"]

FACILITY = "rule:facility-noun"  #: how a facility is found

#: What names of places where people are held or quartered end in, in any case of letters.
_ENDINGS = (
    ("detention", "centre"), ("detention", "center"), ("concentration", "camp"), ("prison", "camp"),
    ("labour", "camp"), ("labor", "camp"), ("internment", "camp"), ("refugee", "camp"),
    ("prison",), ("jail",), ("penitentiary",), ("gaol",), ("barracks",),
)  # fmt: skip
_FIRST_OF_ENDINGS = {words[0] for words in _ENDINGS}
#: What they begin with, in capitals.
_BEGINNINGS = {"Camp", "Fort"}
#: What makes a kind of place of the words after it: "an Oslo prison".
_ANY = {"a", "an", "any", "another", "each", "every", "his", "her", "its", "our", "some", "their"}
_PEOPLES = {"NORP"}
_PLACES = {"GPE", "LOC", "NORP"}


def with_facilities(doc: Doc, phrases: Sequence[Phrase]) -> tuple[Phrase, ...]:
    """The phrases, where "Qasr Prison" and "Camp Lindau" are places whatever they were taken for.

    A shorter or equal reading of the same words gives way; a longer one stays.
    """
    found = [
        name_phrase(doc, first, last, EntityKind.PLACE, FACILITY)
        for first, last in (*_ending(doc), *_beginning(doc, phrases))
    ]
    names = [phrase for phrase in phrases if phrase.form is Form.NAME]
    kept = [new for new in found if not any(_is_wider(old, new) for old in names)]
    rest = [old for old in phrases if not any(_overlap(old, new) for new in kept)]
    return tuple(sorted((*rest, *kept), key=lambda phrase: phrase.head))


def _overlap(one: Phrase, other: Phrase) -> bool:
    return one.first <= other.last and other.first <= one.last


def _is_wider(old: Phrase, new: Phrase) -> bool:
    """Whether a name goes on beyond the words of a facility: "Qasr Prison Museum"."""
    return _overlap(old, new) and (old.last > new.last or old.first < new.first)


def _ending(doc: Doc) -> Iterator[tuple[int, int]]:
    """First and last token of each run of capitalised names that ends in a noun for a facility."""
    texts = [token.lower_ for token in doc]
    for at in range(1, len(doc)):
        if texts[at] not in _FIRST_OF_ENDINGS:
            continue
        fitting = (words for words in _ENDINGS if tuple(texts[at : at + len(words)]) == words)
        ending = next(fitting, None)
        first = at
        while ending and first > doc[at].sent.start and _is_named(doc, first - 1):
            first -= 1
        if ending is None or first == at or (first > 0 and doc[first - 1].lower_ in _ANY):
            continue
        last = at + len(ending) - 1
        capital = doc[last].text[:1].isupper()
        if capital or doc[first].ent_type_ not in _PLACES:
            yield first, last


def _is_named(doc: Doc, at: int) -> bool:
    """Whether a token may be part of the name of a facility, and is no people's adjective."""
    token = doc[at]
    hyphen = token.text == "-" and at > 0 and not token.whitespace_
    return hyphen or (
        token.tag_ in {"NNP", "NNPS"}
        and token.text[:1].isupper()
        and token.ent_type_ not in _PEOPLES
    )


def _beginning(doc: Doc, phrases: Sequence[Phrase]) -> Iterator[tuple[int, int]]:
    """First and last token of each name that begins with "Camp" or "Fort"."""
    for phrase in phrases:
        if (
            phrase.form is Form.NAME
            and phrase.kind is EntityKind.PERSON
            and phrase.first < phrase.last
            and doc[phrase.first].text in _BEGINNINGS
        ):
            yield phrase.first, phrase.last
