"""The noun phrases and pronouns that may stand for a person, organisation, group or place.

Names come from the pipeline's entity recogniser, mended where it errs in known ways: a
title taken for an organisation, letters after a name taken for a place, a name that it
found once and missed the next time. Descriptions come from lists of nouns, pronouns from
their tags.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Tokens

from kg.extraction.language import datelines
from kg.extraction.lexicon import Nouns, Titles
from kg.extraction.reading import Reading, is_set_off
from kg.model import EntityKind, Form, Span

__all__ = ["Phrase", "find_phrases"]

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
#: Verbs that "as" joins to what somebody is.
_BEING = {
    "serve",
    "step",
    "quit",
    "continue",
    "remain",
    "return",
    "act",
    "work",
    "appoint",
    "elect",
    "name",
    "resign",
    "retire",
    "know",
    "describe",
    "install",
    "swear",
    "see",
    "regard",
    "recognize",
    "recognise",
    "treat",
    "pose",
}
#: Articles of a noun that is nobody in particular.
_NOT_ONE = {"any", "each", "either", "every", "neither", "no"}
#: What the words around a name say of its kind counts as so many guesses of the recogniser.
_RULE_WEIGHT = 3
_TELLING = {"rule:dateline", "rule:person-by-apposition", "rule:place-by-noun"}
#: Kinds of roles that are held over a place.
_GOVERNING = {"head-of-government", "head-of-state", "mayor", "regional-governor"}
_MARKS_IN_NAMES = {"“", '"', "‘", "'", "’"}  #: “Tex” Holt
_POSSESSIVE = re.compile(r"(’s|'s|’|')$")


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens that stand for one entity; ``first`` and ``last`` are both included.

    ``gender`` is m, f or empty when the words do not say. ``name`` is what it is called,
    without article and possessive ending.
    """

    head: int
    first: int
    last: int
    kind: EntityKind
    form: Form
    name: str
    plural: bool = False
    gender: str = ""
    method: str = ""

    def holds(self, token: int) -> bool:
        """Whether the phrase covers a token."""
        return self.first <= token <= self.last

    def span(self, reading: Reading) -> Span:
        """Where it stands in the text."""
        return reading.span(self.first, self.last)


def find_phrases(reading: Reading, titles: Titles, nouns: Nouns) -> tuple[Phrase, ...]:
    """All phrases of a document in the order of their heads; names never overlap each other."""
    doc = reading.doc
    found = [
        *_dateline_places(reading),
        *(_mended(doc, phrase, titles, nouns) for phrase in _names(reading, titles, nouns)),
    ]
    consistent = _consistent_names(doc, found)
    names = list(_settle_kinds(list(_places_by_use(doc, consistent))))
    taken = {at for phrase in names for at in range(phrase.first, phrase.last + 1)}
    described = [
        phrase
        for token in doc
        if token.i not in taken and (phrase := _nominal(token, titles, nouns)) is not None
    ]
    pronouns = [phrase for token in doc if (phrase := _pronoun(token)) is not None]
    return tuple(sorted((*names, *described, *pronouns), key=lambda phrase: phrase.head))


def _names(reading: Reading, titles: Titles, nouns: Nouns) -> Iterator[Phrase]:
    """The entities of the recogniser that are names, each cut to the name itself."""
    doc = reading.doc
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
        first, last = _without_titles(found, titles)
        name = doc[first : last + 1]
        if first > last or _is_no_name(name, titles, nouns):
            continue
        if kind is EntityKind.GROUP:
            phrase = _people(doc, first, last)
            if phrase is not None:
                yield phrase
            continue
        phrase = _name(doc, first, last, kind, method)
        yield phrase
        if kind is EntityKind.ORGANIZATION:
            yield from _acronyms_after(doc, phrase)
    yield from _unrecognised_institutions(doc, nouns)
    yield from _unrecognised_places(reading, titles, nouns)


def _is_no_name(found: Tokens, titles: Titles, nouns: Nouns) -> bool:
    """Whether what the recogniser found is no name: no capital, letters, half a title, a noun."""
    doc, first, last = found.doc, found.start, found.end - 1
    return (
        not any(token.text[:1].isupper() for token in found)
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


def _acronyms_after(doc: Doc, name: Phrase) -> Iterator[Phrase]:
    """The short names that a bracket right after an organisation gives: "... Forces (ABF)"."""
    at = name.last + 1
    if at >= len(doc) or doc[at].text != "(":
        return
    closing = next((t.i for t in doc[at : at + 8] if t.text == ")"), None)
    for token in doc[at + 1 : closing or at + 1]:
        if token.text.isupper() and len(token.text) > 1:
            yield _name(doc, token.i, token.i, name.kind, "rule:acronym-in-brackets")


def _dateline_places(reading: Reading) -> Iterator[Phrase]:
    """The place that each dateline starts with."""
    for span in datelines(reading.text):
        capitals = list(reading.tokens_in(span))
        last = next((t.i for t in capitals if not (t.text.isupper() or t.text in ".’'-")), None)
        tokens = [t for t in capitals if (last is None or t.i < last) and t.is_alpha]
        if tokens:
            yield _name(reading.doc, tokens[0].i, tokens[-1].i, EntityKind.PLACE, "rule:dateline")


def _mended(doc: Doc, phrase: Phrase, titles: Titles, nouns: Nouns) -> Phrase:
    """The phrase with another kind where the words around it leave no doubt of it.

    Who has a person's title before the name, or in apposition after it, is a person;
    what follows "the town of" is a place.
    """
    head = doc[phrase.head]
    if phrase.kind in {EntityKind.ORGANIZATION, EntityKind.PLACE}:
        described = [
            child
            for child in head.children
            if child.dep_ == "appos"
            and child.tag_ == "NN"
            and any(c.dep_ == "det" for c in child.children)
        ]
        if any(titles.names_person(child) or child.lemma_ in nouns.person for child in described):
            return replace(phrase, kind=EntityKind.PERSON, method="rule:person-by-apposition")
    governed = phrase.kind is EntityKind.PERSON and _is_governed(head, titles)
    if governed or _leads_to_place(head.head, titles, nouns):
        return replace(phrase, kind=EntityKind.PLACE, method="rule:place-by-noun")
    return phrase


def _is_governed(name: Token, titles: Titles) -> bool:
    """Whether a name stands after "the mayor of" or "the king of", so that it is nobody's."""
    preposition = name.head
    return (
        name.dep_ == "pobj"
        and preposition.lower_ == "of"
        and titles.kinds.get((preposition.head.lemma_.lower(),)) in _GOVERNING
    )


def _leads_to_place(preposition: Token, titles: Titles, nouns: Nouns) -> bool:
    """Whether only a place can follow: "the town of", "a teacher from"."""
    noun = preposition.head
    lemma = noun.lemma_.lower()
    if preposition.lower_ == "of":
        return lemma in nouns.place
    return (
        preposition.lower_ == "from"
        and noun.pos_ == "NOUN"
        and (lemma in nouns.person or titles.names_person(noun))
    )


def _unrecognised_places(reading: Reading, titles: Titles, nouns: Nouns) -> Iterator[Phrase]:
    """Proper nouns after "the town of" or "a teacher from", where nothing was found."""
    doc = reading.doc
    for token in doc:
        if (
            token.pos_ == "PROPN"
            and not any(time.span.start <= token.idx < time.span.end for time in reading.times)
            and token.dep_ == "pobj"
            and token.ent_type_ not in _KINDS
            and token.text[:1].isupper()
            and _leads_to_place(token.head, titles, nouns)
        ):
            first = token.i
            while doc[first - 1].dep_ == "compound" and doc[first - 1].head == token:
                first -= 1
            yield _name(doc, first, token.i, EntityKind.PLACE, "rule:place-by-noun")


def _name(doc: Doc, first: int, last: int, kind: EntityKind, method: str) -> Phrase:
    """A name, without the article before it and the possessive ending after it."""
    while last > first and (doc[last].tag_ == "POS" or doc[last].is_punct or doc[last].is_space):
        last -= 1
    words = first + 1 if doc[first].lower_ == "the" and last > first else first
    text = doc[words : last + 1].text
    head = doc[first : last + 1].root.i
    return Phrase(
        head=head,
        first=words,
        last=last,
        kind=kind,
        form=Form.NAME,
        name=re.sub(r"\s+", " ", _POSSESSIVE.sub("", text)),
        method=method,
    )


def _people(doc: Doc, first: int, last: int) -> Phrase | None:
    """A people or party as a noun ("Iranians"); None for the adjective; a misread place is one."""
    token = doc[last]
    if token.tag_ in {"NNS", "NNPS"} and token.dep_ not in {"amod", "compound", "nmod"}:
        left = min((c.left_edge.i for c in token.lefts if c.dep_ in _NARROWING), default=first)
        phrase = _name(doc, first, last, EntityKind.GROUP, "model:ner-norp")
        if left < first:  # "rallying Iranians" are some of them
            start = left - 1 if left and doc[left - 1].dep_ == "det" else left
            name = re.sub(r"\s+", " ", doc[left : last + 1].text)
            return replace(phrase, first=start, name=name, form=Form.NOMINAL, plural=True)
        return replace(phrase, plural=True)
    singular_name = token.tag_ == "NNP" and not _DEMONYM.search(token.text)
    if singular_name and token.dep_ in {"compound", "nmod", "pobj", "poss"}:
        return _name(doc, first, last, EntityKind.PLACE, "rule:place-not-people")
    return None


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
            yield _name(doc, first, token.i, EntityKind.ORGANIZATION, "rule:institution-noun")


def _without_titles(found: Tokens, titles: Titles) -> tuple[int, int]:
    """First and last token of a name without the titles, honorifics and marks around it."""
    doc, first, last = found.doc, found.start, found.end - 1
    while first < last and doc[first].is_punct and doc[first].text not in _MARKS_IN_NAMES:
        first += 1
    if found.label_ == "PERSON":
        while first < last:
            length = titles.match_at(doc, first, last)
            if not length:
                break
            first += length
        while (
            first > found.sent.start
            and doc[first - 1].pos_ == "PROPN"
            and not doc[first - 1].ent_type_
            and doc[first - 1].dep_ == "compound"
            and first <= doc[first - 1].head.i <= last
            and not titles.match_at(doc, first - 1, first)
        ):
            first -= 1  # the recogniser cut the first name off
        while last > first and (
            titles.is_postnominal(doc[last].text) or doc[last].is_punct or doc[last].tag_ == "POS"
        ):
            last -= 1
    return first, last


def _consistent_names(doc: Doc, found: Sequence[Phrase]) -> list[Phrase]:
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
    missed = []
    at = 0
    while at < len(doc):
        length = _longest_match(doc, at, known, taken)
        if length:
            words = tuple(token.text for token in doc[at : at + length])
            missed.append(_name(doc, at, at + length - 1, known[words], "rule:consistent-name"))
        at += max(length, 1)
    return [*found, *missed]


def _places_by_use(doc: Doc, found: Sequence[Phrase]) -> Iterator[Phrase]:
    """The names; a "person" of one word that only ever stands after "in" or "at" is a place."""
    uses: dict[str, list[Token]] = {}
    for phrase in found:
        uses.setdefault(phrase.name.casefold(), []).append(doc[phrase.head])
    for phrase in found:
        heads = uses[phrase.name.casefold()]
        is_place = (
            phrase.kind is EntityKind.PERSON
            and " " not in phrase.name
            and all(head.dep_ in {"pobj", "compound", "nmod"} for head in heads)
            and any(
                head.dep_ == "pobj" and head.head.lower_ in {"in", "at", "near"} for head in heads
            )
        )
        yield (
            replace(phrase, kind=EntityKind.PLACE, method="rule:place-by-noun")
            if is_place
            else phrase
        )


def _longest_match(
    doc: Doc, at: int, known: dict[tuple[str, ...], EntityKind], taken: set[int]
) -> int:
    """How many tokens from here are a known name that nothing else covers; 0 if none are."""
    for length in range(min(6, len(doc) - at), 0, -1):
        tokens = doc[at : at + length]
        if (
            tuple(token.text for token in tokens) in known
            and all(token.i not in taken for token in tokens)
            and any(token.pos_ == "PROPN" for token in tokens)
            and tokens[0].text[:1].isupper()
        ):
            return length
    return 0


def _settle_kinds(found: Sequence[Phrase]) -> Iterator[Phrase]:
    """One kind for one name: what most of its mentions say, the first of them when they tie."""
    surnames = {
        phrase.name.split()[-1].casefold()
        for phrase in found
        if phrase.kind is EntityKind.PERSON and " " in phrase.name
    }
    votes: dict[str, list[EntityKind]] = {}
    for phrase in sorted(found, key=lambda phrase: phrase.first):
        weight = _RULE_WEIGHT if phrase.method in _TELLING else 1
        votes.setdefault(phrase.name.casefold(), []).extend([phrase.kind] * weight)
    last = -1
    for phrase in sorted(found, key=lambda phrase: (phrase.first, -phrase.last)):
        if phrase.first <= last:
            continue  # a shorter reading of tokens that a longer name holds
        last = phrase.last
        kinds = votes[phrase.name.casefold()]
        settled = max(kinds, key=lambda kind: (kinds.count(kind), -kinds.index(kind)))
        if phrase.name.casefold() in surnames:
            settled = EntityKind.PERSON
        yield phrase if settled is phrase.kind else replace(phrase, kind=settled)


def _nominal(token: Token, titles: Titles, nouns: Nouns) -> Phrase | None:
    """The description that a common noun heads, if it describes somebody."""
    if token.pos_ not in {"NOUN", "PROPN"} or token.dep_ in {
        "compound",
        "nmod",
        "npadvmod",
        "amod",
    }:
        return None
    if (
        token.dep_ == "pobj"
        and token.head.lower_ == "as"
        and token.head.head.lemma_.lower() in _BEING
    ):
        return None  # "served as president" says what somebody is, and names nobody
    if any(child.dep_ == "det" and child.lower_ in _NOT_ONE for child in token.lefts):
        return None
    lemma = token.lemma_.lower()
    plural = token.tag_ in {"NNS", "NNPS"}
    if lemma in nouns.organization:
        kind = EntityKind.GROUP if plural else EntityKind.ORGANIZATION
    elif lemma in nouns.group or token.lower_ in nouns.group:
        kind, plural = EntityKind.GROUP, True
    elif lemma in nouns.person or titles.heads_title(lemma):
        kind = EntityKind.GROUP if plural else EntityKind.PERSON
    else:
        return None
    first = token.i
    for child in token.lefts:
        if child.dep_ in {"det", "amod", "compound", "nmod", "poss", "nummod", "quantmod"}:
            first = min(first, child.left_edge.i)
    last = _with_of_phrase(token)
    if token.doc[first].is_punct or token.doc[first].is_space:
        first = token.i
    words = token.doc[first : last + 1]
    article = words[0].dep_ == "det" or words[0].tag_ == "PRP$"
    return Phrase(
        head=token.i,
        first=first,
        last=last,
        kind=kind,
        form=Form.NOMINAL,
        name=_description(words, skip_first=article and len(words) > 1),
        plural=plural,
        gender=nouns.gender(lemma),
        method="rule:describing-noun",
    )


def _description(words: Tokens, *, skip_first: bool) -> str:
    """The words of a description without its article and without how many they are."""
    kept = [
        token
        for token in words[skip_first:]
        if not any(t.dep_ == "nummod" for t in (token, *token.ancestors) if t in words)
    ]
    return re.sub(r"\s+", " ", "".join(token.text_with_ws for token in kept)).strip(' "“”«»')


def _with_of_phrase(noun: Token) -> int:
    """The last token of a noun with the "of" phrase right after it, clauses left out."""
    for child in noun.rights:
        if child.lower_ == "of" and child.dep_ == "prep" and child.i == noun.i + 1:
            last = child.right_edge.i
            clause = next(
                (
                    t
                    for t in noun.doc[child.i : last + 1]
                    if t.dep_ in {"relcl", "acl", "appos"} or is_set_off(t)
                ),
                None,
            )
            if clause is not None:
                last = clause.left_edge.i - 1
            while last > noun.i and (noun.doc[last].is_punct or noun.doc[last].is_space):
                last -= 1
            return max(last, noun.i)
    return noun.i


_PRONOUNS = {
    "he": "m", "him": "m", "his": "m", "himself": "m",
    "she": "f", "her": "f", "hers": "f", "herself": "f",
    "they": "", "them": "", "their": "", "theirs": "", "themselves": "",
    "i": "", "me": "", "my": "", "mine": "", "myself": "",
    "we": "", "us": "", "our": "", "ours": "", "ourselves": "",
}  # fmt: skip
_PLURAL = {"they", "them", "their", "theirs", "themselves", "we", "us", "our", "ours", "ourselves"}


def _pronoun(token: Token) -> Phrase | None:
    """A personal pronoun that stands for people."""
    if token.tag_ not in {"PRP", "PRP$"} or token.lower_ not in _PRONOUNS:
        return None
    plural = token.lower_ in _PLURAL
    return Phrase(
        head=token.i,
        first=token.i,
        last=token.i,
        kind=EntityKind.GROUP if plural else EntityKind.PERSON,
        form=Form.PRONOUN,
        name=token.lower_,
        plural=plural,
        gender=_PRONOUNS[token.lower_],
        method="rule:pronoun",
    )
