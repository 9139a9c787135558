"""Who holds which role: titles before names, apposition, copulas and verbs of office.

A role is held by a name, or by a description or pronoun that stands for somebody. Its
organisation may be named, described ("the regime's") or a country.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg.extraction.coreference import Cast
from kg.extraction.lexicon import Cues, Lexicon, Titles
from kg.extraction.mentions import Phrase
from kg.extraction.reading import Reading, antecedent, doer_of, is_set_off
from kg.extraction.stance import stance_of
from kg.extraction.voices import ground
from kg.model import Claim, EntityKind, Form, Role, Span, Stance, Time

__all__ = ["find_roles", "same_by_apposition"]

_COPULAS = {"be", "become", "remain"}
_TAKING_OFFICE = {
    "become", "appoint", "elect", "name", "nominate", "swear", "install", "promote", "inaugurate",
    "crown", "choose", "select", "reelect",
}  # fmt: skip
_LEAVING_OFFICE = {
    "resign",
    "retire",
    "step",
    "oust",
    "remove",
    "dismiss",
    "sack",
    "depose",
    "fire",
}
_HOLDING_OFFICE = {"serve", "work", "act", "sit"}
_OF = {"of", "for", "at", "in", "with", "to"}
_KEPT_IN_TITLE = {"deputy"}  #: statuses that are also part of the title's words


_PLAIN = Stance()


@dataclass(frozen=True, slots=True)
class _Title:
    """The words of a title, what they say beside it, and where they stand (tokens included)."""

    words: str
    kind: str | None
    status: str | None
    organization: str | None
    first: int
    last: int
    weak: bool
    relational: bool


@dataclass(frozen=True, slots=True)
class _Term:
    """How a role was found, when it began and ended, and whether it is so."""

    method: str
    stance: Stance = _PLAIN
    start: Time | None = None
    end: Time | None = None
    status: str | None = None


def same_by_apposition(
    reading: Reading, phrases: Sequence[Phrase], titles: Titles
) -> list[tuple[Phrase, Phrase]]:
    """Pairs of a name and a description that the text itself calls one person or organisation."""
    by_head = {phrase.head: phrase for phrase in phrases}
    pairs = []
    for phrase in phrases:
        if phrase.form is not Form.NAME or phrase.kind not in {
            EntityKind.PERSON,
            EntityKind.ORGANIZATION,
        }:
            continue
        for token in _equated(reading.doc[phrase.head]):
            other = by_head.get(token.i)
            if (
                other is not None
                and other.form is Form.NOMINAL
                and other.kind is phrase.kind
                and not other.plural
                and not (other.first <= phrase.head <= other.last)
            ):
                pairs.append((phrase, other))
    del titles
    return pairs


def _equated(name: Token) -> Iterator[Token]:
    """Nouns that stand in apposition to a name, or that it is "by the name of"."""
    for child in name.children:
        if child.dep_ == "appos" and child.pos_ in {"NOUN", "PROPN"}:
            yield child
    if name.dep_ == "appos" and name.head.pos_ in {"NOUN", "PROPN"} and _touches(name, name.head):
        yield name.head
    if is_set_off(name) and name.head.dep_ == "pobj" and name.head.head.lower_ == "of":
        yield name.head.head.head
    called = name.head
    if (
        name.dep_ in {"oprd", "dobj", "attr"}
        and called.lemma_ in {"name", "call", "dub"}
        and called.dep_ == "acl"
    ):
        yield called.head
    if name.dep_ == "nsubj" and name.head.lemma_ in {"be", "become", "remain"}:
        negated = any(child.dep_ == "neg" for child in name.head.children)
        yield from (c for c in name.head.children if c.dep_ == "attr" and not negated)
    if name.dep_ == "pobj" and name.head.lower_ == "of" and name.head.head.lower_ == "name":
        phrase = name.head.head
        if phrase.dep_ == "pobj" and phrase.head.lower_ in {"by", "with", "under"}:
            yield phrase.head.head


def _touches(name: Token, noun: Token) -> bool:
    """Whether nothing but a comma stands between a description and the name after it.

    In a list the parser calls each member an apposition of the one before.
    """
    between = name.doc[noun.i + 1 : name.left_edge.i]
    return all(
        token.is_punct or token.dep_ in {"prep", "pobj", "compound", "det"} for token in between
    )


def find_roles(
    reading: Reading, cast: Cast, words: Lexicon, claims: Sequence[Claim]
) -> tuple[Role, ...]:
    """The roles of a document in the order of the text; the voice that says each is set later."""
    titles = words.titles
    found = [
        role
        for phrase in cast.phrases
        if phrase.kind is EntityKind.PERSON and cast.at(reading.doc[phrase.head]) is not None
        for role in (
            *_before_name(reading, cast, titles, phrase),
            *_letters_after_name(reading, cast, titles, phrase),
            *_of_description(reading, cast, titles, phrase),
        )
    ]
    for token in reading.doc:
        if token.pos_ in {"VERB", "AUX"}:
            found.extend(_by_verb(reading, cast, words, claims, token))
    return tuple(_without_repeats(found))


def _without_repeats(roles: Sequence[Role]) -> Iterator[Role]:
    """Each reading of the same words once, the one with an organisation first."""
    seen: set[tuple[object, ...]] = set()
    ordered = sorted(
        roles, key=lambda r: (r.evidence[0].start, r.organization is None, -r.evidence[-1].end)
    )
    for role in ordered:
        keys = {(role.person, role.title.casefold(), part.start) for part in role.evidence}
        title_at = (role.person, role.title.casefold(), role.holder.start)
        if keys & seen or title_at in seen:
            continue
        seen |= keys | {title_at}
        yield role


def _role(
    reading: Reading, cast: Cast, holder: Phrase, title: _Title, term: _Term
) -> Iterator[Role]:
    """The role, unless its holder is nobody known or the organisation itself."""
    person = cast.at(reading.doc[holder.head])
    if person is None or person == title.organization:
        return
    yield Role(
        person=person,
        holder=holder.span(reading),
        title=title.words,
        kind=title.kind,
        organization=title.organization,
        status=title.status or term.status,
        start=term.start,
        end=term.end,
        evidence=_evidence(reading, holder, title),
        stance=term.stance,
        method=term.method,
    )


def _evidence(reading: Reading, holder: Phrase, title: _Title) -> tuple[Span, ...]:
    """One span over title and holder where they touch or nearly do, else one for each."""
    gap = max(holder.first - title.last, title.first - holder.last)
    close = gap <= 6  # noqa: PLR2004 - tokens: ", the former ..." and the like
    if close:
        return (reading.span(min(holder.first, title.first), max(holder.last, title.last)),)
    return tuple(sorted((holder.span(reading), reading.span(title.first, title.last))))


def _before_name(reading: Reading, cast: Cast, titles: Titles, phrase: Phrase) -> Iterator[Role]:
    """Roles by a title before the name, with status and country: "former French President X"."""
    if phrase.form is not Form.NAME:
        return
    end = phrase.first
    while end > 0 and titles.is_honorific(reading.doc[end - 1].text):
        end -= 1
    head = reading.doc[phrase.head]
    left = head.sent.start
    found = titles.title_before(reading.doc, end, left)
    if found is None:
        return
    title = _title(reading, cast, titles, (found[0], end - 1), left)
    yield from _role(reading, cast, phrase, title, _Term("rule:title-before-name"))


def _letters_after_name(
    reading: Reading, cast: Cast, titles: Titles, phrase: Phrase
) -> Iterator[Role]:
    """Roles by letters after the name: "X, QC"."""
    if phrase.form is not Form.NAME:
        return
    at = phrase.last + 1
    while at < len(reading.doc) and reading.doc[at].text in {",", "("}:
        at += 1
    while at < len(reading.doc) and titles.is_postnominal(reading.doc[at].text):
        word = reading.doc[at].text
        kind = titles.postnominals[word.replace(".", "")]
        title = _Title(word, kind, None, None, at, at, weak=False, relational=False)
        yield from _role(reading, cast, phrase, title, _Term("rule:letters-after-name"))
        at += 1
        while at < len(reading.doc) and reading.doc[at].text == ",":
            at += 1


def _of_description(reading: Reading, cast: Cast, titles: Titles, phrase: Phrase) -> Iterator[Role]:
    """The role that a description gives; of the unnamed only an office."""
    if phrase.form is not Form.NOMINAL or phrase.plural:
        return
    head = reading.doc[phrase.head]
    found = titles.title_headed(head)
    identifier = cast.at(head)
    if found is None or identifier is None:
        return
    left = phrase.first
    while left > head.sent.start and reading.doc[left - 1].lower_ in titles.statuses:
        left -= 1
    title = _title(reading, cast, titles, found, left)
    entity = cast.entity(identifier)
    if title.relational and title.organization is None:
        return
    holder = phrase
    if entity.named:
        name = _named_beside(reading, cast, phrase, identifier)
        if name is None:
            return  # "the president" taken up again says nothing new
        holder = name
    elif title.weak or (title.organization is None and title.status in {None, "deputy"}):
        return
    method = "rule:apposition" if entity.named else "rule:description"
    yield from _role(reading, cast, holder, title, _Term(method))


def _named_beside(
    reading: Reading, cast: Cast, described: Phrase, identifier: str
) -> Phrase | None:
    """The name of the same person that a description stands in apposition to."""
    for phrase in cast.phrases:
        if phrase.form is not Form.NAME or cast.at(reading.doc[phrase.head]) != identifier:
            continue
        if any(token.i == described.head for token in _equated(reading.doc[phrase.head])):
            return phrase
    return None


def _by_verb(
    reading: Reading, cast: Cast, words: Lexicon, claims: Sequence[Claim], verb: Token
) -> Iterator[Role]:
    """Roles by a verb: was, became, served as, was appointed, resigned as."""
    titles, lemma = words.titles, verb.lemma_.lower()
    noun = _office_after(verb, lemma)
    if noun is None or noun.tag_ in {"NNS", "NNPS"}:
        return
    found = titles.title_headed(noun)
    subject = doer_of(verb)
    if subject is not None:
        subject = antecedent(subject, verb)
    if verb.dep_ == "acl" and subject is None and verb.tag_ == "VBN":
        subject = verb.head
    if _is_active_appointment(verb, lemma):
        subject = next((c for c in verb.children if c.dep_ == "dobj" and c != noun), None)
    holder = cast.phrase_at(subject) if subject is not None else None
    if found is None or holder is None or holder.kind is not EntityKind.PERSON:
        return
    title = _title(reading, cast, titles, found, noun.left_edge.i)
    if title.relational and title.organization is None:
        return
    yield from _role(reading, cast, holder, title, _term(reading, words.cues, claims, verb))


def _term(reading: Reading, cues: Cues, claims: Sequence[Claim], verb: Token) -> _Term:
    """What a verb of office says of the time of the role, and whether it is so."""
    lemma = verb.lemma_.lower()
    time = _time_of(reading, verb)
    starts = time is not None and (lemma in _TAKING_OFFICE or _is_since(time))
    ends = time is not None and (lemma in _LEAVING_OFFICE or _is_interval(time))
    return _Term(
        f"rule:{'copula' if lemma in _COPULAS else 'verb-of-office'}",
        stance=stance_of(verb, cues, inside=ground(reading.span(verb.i, verb.i), claims)),
        start=time if starts else None,
        end=time if ends else None,
        status="former" if lemma in _LEAVING_OFFICE else _status_of_tense(verb, lemma),
    )


def _office_after(verb: Token, lemma: str) -> Token | None:
    """The noun for the office that a verb gives somebody."""
    if lemma in _COPULAS | _TAKING_OFFICE:
        for child in verb.children:
            if child.dep_ in {"attr", "oprd"} and child.pos_ in {"NOUN", "PROPN"}:
                return child
            if (
                child.dep_ == "ccomp"
                and child.pos_ in {"NOUN", "PROPN"}
                and lemma in _TAKING_OFFICE
            ):
                return child
    if lemma in _TAKING_OFFICE | _LEAVING_OFFICE | _HOLDING_OFFICE:
        for child in verb.children:
            steps = [child, *(c for c in child.children if c.dep_ == "prep")]
            for step in steps:
                if step.dep_ == "prep" and step.lower_ == "as":
                    return next(
                        (
                            c
                            for c in step.children
                            if c.dep_ == "pobj" and c.pos_ in {"NOUN", "PROPN"}
                        ),
                        None,
                    )
    return None


def _is_active_appointment(verb: Token, lemma: str) -> bool:
    return (
        lemma in (_TAKING_OFFICE | _LEAVING_OFFICE) - {"become", "resign", "retire", "step"}
        and verb.tag_ != "VBN"
        and any(child.dep_ == "dobj" for child in verb.children)
    )


def _is_since(time: Time) -> bool:
    return time.edtf.endswith("/..") or "/" in time.edtf


def _is_interval(time: Time) -> bool:
    return "/" in time.edtf and not time.edtf.endswith("/..")


def _status_of_tense(verb: Token, lemma: str) -> str | None:
    return "current" if lemma == "be" and verb.tag_ in {"VBZ", "VBP"} else None


def _time_of(reading: Reading, verb: Token) -> Time | None:
    """The time that hangs below a verb of office and below no other verb."""
    for time in reading.times:
        token = next(reading.tokens_in(time.span), None)
        if token is None or not verb.is_ancestor(token):
            continue
        above = token
        while above.head != verb and above.head.pos_ not in {"VERB", "AUX"}:
            above = above.head
        if above.head == verb:
            return time
    return None


def _title(
    reading: Reading, cast: Cast, titles: Titles, words: tuple[int, int], left: int
) -> _Title:
    """A title with its status and organisation, from the words around it in its noun phrase."""
    first, last = words
    kind = titles.kinds.get(titles.key(reading.doc, first, last + 1))
    before = _before_title(reading, cast, titles, words, left)
    after, end = _after_title(cast, words, reading.doc, relational=kind in titles.relational)
    return _Title(
        words=reading.doc[before.first : last + 1].text,
        kind=kind,
        status=before.status or _status_in_title(reading.doc, titles, first, last),
        organization=before.organization or after,
        first=before.start,
        last=end,
        weak=kind in titles.weak,
        relational=kind in titles.relational,
    )


def _status_in_title(doc: Doc, titles: Titles, first: int, last: int) -> str | None:
    """The status that a title's own first word says: "deputy mayor"."""
    status = titles.statuses.get(doc[first].lower_) if last > first else None
    return status if status in _KEPT_IN_TITLE else None


@dataclass(slots=True)
class _Before:
    """What stands before a title: where its words and its phrase start, status, organisation."""

    first: int
    start: int
    status: str | None = None
    organization: str | None = None


def _before_title(
    reading: Reading, cast: Cast, titles: Titles, words: tuple[int, int], left: int
) -> _Before:
    doc = reading.doc
    found = _Before(words[0], words[0])
    relational = titles.kinds.get(titles.key(doc, words[0], words[1] + 1)) in titles.relational
    for at in range(words[0] - 1, left - 1, -1):
        token = doc[at]
        named = cast.at(token)
        status = titles.statuses.get(token.lower_)
        touches = at == found.first - 1
        if status is not None:
            found.status = status if found.status in {None, "deputy"} else found.status
            if status in _KEPT_IN_TITLE and touches:
                found.first = at
        elif named is not None:
            kind = cast.entity(named).kind
            if kind is not EntityKind.DOCUMENT and (relational or kind is not EntityKind.PERSON):
                found.organization = found.organization or named
        elif touches and token.pos_ in {"NOUN", "PROPN"} and token.dep_ in {"compound", "nmod"}:
            found.first = at  # "culture" of "culture minister"
        elif token.is_punct or token.pos_ in {"VERB", "ADP", "CCONJ"}:
            if token.text == "-" and not token.whitespace_ and found.first < words[0]:
                found.first += 1  # the other half of a word with a hyphen stands before it
            break
        elif token.dep_ not in {"amod", "poss"}:
            continue
        found.start = at
    return found


def _after_title(
    cast: Cast, words: tuple[int, int], doc: Doc, *, relational: bool
) -> tuple[str | None, int]:
    """The organisation that "of" or "at" joins to a title, and the last token of it all."""
    first, last = words
    for child in (c for token in doc[first : last + 1] for c in token.children):
        if child.dep_ != "prep" or child.lower_ not in _OF or child.i <= last:
            continue
        inner = next((c for c in child.children if c.dep_ == "pobj"), None)
        named = cast.at(inner) if inner is not None else None
        if inner is None or named is None:
            continue
        kind = cast.entity(named).kind
        if kind is not EntityKind.DOCUMENT and (kind is EntityKind.PERSON) == relational:
            phrase = cast.phrase_at(inner)
            return named, phrase.last if phrase is not None else inner.i
    return None, last
