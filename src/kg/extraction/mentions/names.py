"""The names that the recogniser finds, cut to the name itself, and those it misses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Tokens

from kg.extraction.language import datelines
from kg.extraction.lexicon import Nouns, Titles
from kg.extraction.mentions.brackets import acronyms_after, long_forms
from kg.extraction.mentions.kinds import leads_to_place
from kg.extraction.mentions.lists import parted
from kg.extraction.mentions.phrase import Phrase, name_phrase
from kg.extraction.reading import Reading
from kg.model import EntityKind, Form

__all__ = ["consistent_names", "cut_to_name", "dateline_places", "find_names", "is_uncased"]

_KINDS = {
    "PERSON": EntityKind.PERSON,
    "ORG": EntityKind.ORGANIZATION,
    "GPE": EntityKind.PLACE,
    "LOC": EntityKind.PLACE,
    "FAC": EntityKind.PLACE,
    "NORP": EntityKind.GROUP,
}
#: How names of peoples and parties end; a singular NORP that ends otherwise is a misread place.
_DEMONYM = re.compile(
    r"(an|ese|ish|ch|i|ic|ss|ek|sh|ist|crat|can|lim|ite|ot|ab|jew|kurd|men)s?$", re.IGNORECASE
)
#: Relations of words that make a description of a people out of its name.
_NARROWING = {"amod", "compound", "nummod", "acl"}
_MARKS_IN_NAMES = {"“", '"', "‘", "'", "’"}  #: “Tex” Holt


def find_names(reading: Reading, titles: Titles, nouns: Nouns) -> Iterator[Phrase]:
    """The entities of the recogniser that are names, each cut to the name itself."""
    doc = reading.doc
    introduced = list(long_forms(doc))
    yield from introduced
    for found in doc.ents:
        kind = _KINDS.get(found.label_)
        method = f"model:ner-{found.label_.lower()}"
        if kind is None:
            if found.label_ in {"WORK_OF_ART", "LAW", "EVENT", "PRODUCT"} and _is_institution(
                found, nouns
            ):
                kind, method = EntityKind.ORGANIZATION, "rule:institution-noun"
            else:
                continue
        if any(one.first < found.end and found.start <= one.last for one in introduced):
            continue
        parts = parted(doc, found.start, found.end - 1, found.label_)
        if len(parts) > 1:
            kind, method = EntityKind.PERSON, "rule:list-of-people"
        for first, last in parts:
            yield from _named(doc[first : last + 1], kind, method, titles, nouns)
    yield from _unrecognised_institutions(doc, nouns)
    yield from _unrecognised_places(reading, titles, nouns)


def _named(
    found: Tokens, kind: EntityKind, method: str, titles: Titles, nouns: Nouns
) -> Iterator[Phrase]:
    """The name in one entity of the recogniser, with the acronym that a bracket gives it."""
    doc = found.doc
    is_person = kind is EntityKind.PERSON
    first, last = cut_to_name(doc, found.start, found.end - 1, titles, is_person=is_person)
    if first > last or _is_no_name(doc[first : last + 1], titles, nouns):
        return
    if kind is EntityKind.GROUP:
        people = _people(doc, first, last)
        if people is not None:
            yield people
        return
    phrase = name_phrase(doc, first, last, kind, method)
    yield phrase
    if kind is EntityKind.ORGANIZATION:
        yield from acronyms_after(doc, phrase)


def _is_no_name(found: Tokens, titles: Titles, nouns: Nouns) -> bool:
    """Whether what the recogniser found is no name: no capital, letters, half a title, a noun."""
    doc, first, last = found.doc, found.start, found.end - 1
    return (
        not any(token.text[:1].isupper() or is_uncased(token.text) for token in found)
        or (first == last and titles.is_postnominal(doc[last].text))
        or (first == last and titles.is_abbreviated(doc, last))
        or (bool(found[0].is_sent_start) and first == last and _describes(found[0], titles, nouns))
        or (found[0].ent_type_ != "PERSON" and titles.covers(doc, first, last))
    )


def _describes(token: Token, titles: Titles, nouns: Nouns) -> bool:
    """Whether a common noun describes somebody: its capital is that of its sentence."""
    lemma = token.lemma_.lower()
    known = nouns.person | nouns.group | nouns.organization
    return token.pos_ == "NOUN" and (lemma in known or titles.heads_title(lemma))


def is_uncased(word: str) -> bool:
    """Whether a word is in a script without capitals, such as Arabic or Chinese.

    >>> is_uncased("رضا"), is_uncased("Reza"), is_uncased("1988")
    (True, False, False)
    """
    return word.isalpha() and word.lower() == word.upper()


def cut_to_name(
    doc: Doc, first: int, last: int, titles: Titles, *, is_person: bool
) -> tuple[int, int]:
    """First and last token of a name without the titles, honorifics and marks around it."""
    while first < last and _is_mark(doc[first]) and doc[first].text not in _MARKS_IN_NAMES:
        first += 1
    if is_person:
        while first < last:
            length = titles.match_at(doc, first, last)
            if not length:
                break
            first += length
        first = _with_first_name(doc, first, last, titles)
        while last > first and (
            titles.is_postnominal(doc[last].text)
            or _is_mark(doc[last])
            or doc[last].tag_ == "POS"
            or (doc[last].is_lower and doc[last].pos_ in {"VERB", "AUX", "ADV"})
        ):
            last -= 1
        if last + 1 < len(doc) and _is_ordinal(doc[last + 1]):
            last += 1  # Charles V
    return first, last


def _is_mark(token: Token) -> bool:
    """Whether a token holds neither letter nor digit."""
    return not any(sign.isalnum() for sign in token.text)


def _is_ordinal(token: Token) -> bool:
    """Whether a token is the number of a monarch, and no "I" that speaks."""
    return bool(re.fullmatch(r"[IVX]{1,5}", token.text)) and token.tag_ != "PRP"


def _with_first_name(doc: Doc, first: int, last: int, titles: Titles) -> int:
    """The first token of a name with the first name that the recogniser cut off."""
    start = doc[first].sent.start
    while (
        first > start
        and doc[first - 1].pos_ == "PROPN"
        and not doc[first - 1].is_punct
        and not doc[first - 1].ent_type_
        and doc[first - 1].dep_ == "compound"
        and first <= doc[first - 1].head.i <= last
        and not titles.match_at(doc, first - 1, first)
    ):
        first -= 1
    return first


def _people(doc: Doc, first: int, last: int) -> Phrase | None:
    """A people or party as a noun ("Iranians"); None for the adjective; a misread place is one."""
    token = doc[last]
    if token.tag_ in {"NNS", "NNPS"} and token.dep_ not in {"amod", "compound", "nmod"}:
        left = min((c.left_edge.i for c in token.lefts if c.dep_ in _NARROWING), default=first)
        phrase = name_phrase(doc, first, last, EntityKind.GROUP, "model:ner-norp")
        if left < first:  # "exiled Danes" are some of them
            start = left - 1 if left and doc[left - 1].dep_ == "det" else left
            name = re.sub(r"\s+", " ", doc[left : last + 1].text)
            return replace(phrase, first=start, name=name, form=Form.NOMINAL, plural=True)
        return replace(phrase, plural=True)
    singular_name = token.tag_ == "NNP" and not _DEMONYM.search(token.text)
    if singular_name and token.dep_ in {"compound", "nmod", "pobj", "poss"}:
        return name_phrase(doc, first, last, EntityKind.PLACE, "rule:place-not-people")
    return None


def dateline_places(reading: Reading) -> Iterator[Phrase]:
    """The place that each dateline starts with."""
    for span in datelines(reading.text):
        capitals = list(reading.tokens_in(span))
        last = next((t.i for t in capitals if not (t.text.isupper() or t.text in ".’'-")), None)
        tokens = [t for t in capitals if (last is None or t.i < last) and t.is_alpha]
        if tokens:
            yield name_phrase(
                reading.doc, tokens[0].i, tokens[-1].i, EntityKind.PLACE, "rule:dateline"
            )


def _is_institution(found: Tokens, nouns: Nouns) -> bool:
    """Whether a phrase in capitals ends in a noun for an institution."""
    last = found[-1]
    forms = {last.lemma_.lower(), last.lower_, last.lower_.removesuffix("s")}
    return last.text[:1].isupper() and bool(forms & nouns.organization)


def _unrecognised_institutions(doc: Doc, nouns: Nouns) -> Iterator[Phrase]:
    """Runs of capitalised words that end in a noun for an institution, where nothing was found."""
    for token in doc:
        if (
            token.ent_type_
            or token.pos_ != "PROPN"
            or token.lemma_.lower() not in nouns.organization
        ):
            continue
        first = token.i
        while (
            first > token.sent.start
            and doc[first - 1].pos_ == "PROPN"
            and not doc[first - 1].ent_type_
        ):
            first -= 1
        if first < token.i:
            yield name_phrase(doc, first, token.i, EntityKind.ORGANIZATION, "rule:institution-noun")


def _unrecognised_places(reading: Reading, titles: Titles, nouns: Nouns) -> Iterator[Phrase]:
    """Proper nouns after "the town of" or "a teacher from", where nothing was found."""
    doc = reading.doc
    for token in doc:
        if (
            token.pos_ == "PROPN"
            and reading.time_at(token.idx) is None
            and token.dep_ == "pobj"
            and token.ent_type_ not in _KINDS
            and token.text[:1].isupper()
            and leads_to_place(token.head, titles, nouns)
        ):
            first = token.i
            while doc[first - 1].dep_ == "compound" and doc[first - 1].head == token:
                first -= 1
            yield name_phrase(doc, first, token.i, EntityKind.PLACE, "rule:place-by-noun")


def consistent_names(doc: Doc, found: Sequence[Phrase]) -> list[Phrase]:
    """The names, and the places where a name of the document stands unrecognised.

    A person's full name or surname that the recogniser found once is that person's wherever
    it stands as a proper noun.
    """
    taken = {at for phrase in found for at in range(phrase.first, phrase.last + 1)}
    known: dict[tuple[str, ...], EntityKind] = {}
    for phrase in found:
        words = tuple(token.text for token in doc[phrase.first : phrase.last + 1])
        known[words] = phrase.kind
        if phrase.kind is EntityKind.PERSON and len(words) > 1 and len(words[-1]) > 3:  # noqa: PLR2004
            known.setdefault(words[-1:], EntityKind.PERSON)
    longest: dict[str, int] = {}
    for words in known:
        longest[words[0]] = max(longest.get(words[0], 0), len(words))
    texts = [token.text for token in doc]
    missed = []
    at = 0
    while at < len(texts):
        length = 0
        if texts[at] in longest and texts[at][:1].isupper():
            reach = min(longest[texts[at]], len(texts) - at)
            fits = (
                size
                for size in range(reach, 0, -1)
                if tuple(texts[at : at + size]) in known and _is_free_name(doc, at, size, taken)
            )
            length = next(fits, 0)
        if length:
            words = tuple(texts[at : at + length])
            missed.append(
                name_phrase(doc, at, at + length - 1, known[words], "rule:consistent-name")
            )
        at += max(length, 1)
    return [*found, *missed]


def _is_free_name(doc: Doc, at: int, length: int, taken: set[int]) -> bool:
    """Whether tokens are a name, as their part of speech says, that nothing else covers."""
    tokens = doc[at : at + length]
    # at the start of a sentence the tagger takes some surnames for common nouns
    subject = tokens[0].dep_ == "nsubj" and not any(True for _ in tokens[0].lefts)
    return all(token.i not in taken for token in tokens) and (
        subject or any(token.pos_ == "PROPN" for token in tokens)
    )
