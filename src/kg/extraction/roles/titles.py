"""A title with what its own phrase says beside it: status, organisation or country."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from kg.extraction.facilities import FACILITY
from kg.extraction.lexicon import Titles
from kg.extraction.reading import conjuncts
from kg.extraction.roles.after import JOINING, organization_after
from kg.extraction.roles.draft import Search, Title
from kg.model import EntityKind, Form

__all__ = ["headed", "joined_titles", "read_title"]

_KEPT_IN_TITLE = {"deputy"}  #: statuses that are also part of the title's words
_ELECT = {"elect", "designate"}
_ENDING = {"VERB", "AUX", "ADP", "CCONJ", "SCONJ"}
_BODIES = frozenset({EntityKind.ORGANIZATION, EntityKind.PLACE, EntityKind.GROUP})


def headed(titles: Titles, noun: Token) -> tuple[int, int] | None:
    """First and last token of the title that a noun heads; "mayor" of "mayor-elect"."""
    if noun.lower_ in _ELECT and noun.i > noun.sent.start:
        end = noun.i - 1 if noun.nbor(-1).text == "-" else noun.i
        found = titles.title_before(noun.doc, end, noun.sent.start)
        return None if found is None else (found[0], end - 1)
    return titles.title_headed(noun)


def joined_titles(search: Search, noun: Token, left: int | None = None) -> Iterator[Title]:
    """The titles that a noun and those joined to it by "and" head, with one organisation.

    A noun with "the" or "her" of its own may be somebody else: "X, the mayor and the judge".
    Nor is a title what stands in a name or heading of a work, or what possesses something.
    """
    found: list[tuple[Token, Title]] = []
    for part in conjuncts(noun):
        words = headed(search.titles, part)
        if words is not None and part != noun and words[0] <= noun.i:
            only = search.titles.title_before(search.doc, part.i + 1, noun.i + 2)
            words = None if only is None else (only[0], part.i)
        own = any(
            child.dep_ == "poss" or (child.dep_ == "det" and child.lower_ not in {"a", "an"})
            for child in part.lefts
        )
        if words is None or (part != noun and (own or part.tag_ != noun.tag_)):
            continue
        if _is_of_another(part) or _is_work(search, words):
            continue
        start = part.left_edge.i if left is None or part != noun else left
        found.append((part, read_title(search, words, start)))
    return _sharing(found)


def _sharing(found: list[tuple[Token, Title]]) -> Iterator[Title]:
    """The titles; what follows the last or possesses the first is the organisation of all.

    Not of one that has a complement of its own, nor where each has its article: "an aide to X and
    a director of Y".
    """
    apart = any(noun.dep_ == "conj" and c.dep_ == "det" for noun, _ in found for c in noun.lefts)
    end = max((noun.i for noun, _ in found), default=0)
    shared = next(
        (
            title
            for noun, title in found
            if title.organization is not None
            and (title.last > end or any(child.dep_ == "poss" for child in noun.lefts))
        ),
        None,
    )
    for noun, title in found:
        own = apart or any(c.dep_ == "prep" for c in noun.rights if c.lower_ in JOINING)
        if title.organization is None and shared is not None and not (own or title.relational):
            beside = (shared.first, shared.last)
            yield replace(title, organization=shared.organization, beside=beside)
        else:
            yield title


def _is_of_another(noun: Token) -> bool:
    """Whether a noun only says whose something is: "the candidate's lawyer"."""
    return any(child.tag_ == "POS" for child in noun.children)


def _is_work(search: Search, words: tuple[int, int]) -> bool:
    """Whether a title's words are the name of a work in quotation marks: “The Apprentice”."""
    first, last = words
    quoted = search.reading.quotation_at(search.doc[first].idx)
    return search.doc[last].ent_type_ == "WORK_OF_ART" or (
        quoted is not None
        and not any(token.pos_ in {"VERB", "AUX"} for token in search.doc[first].sent)
    )


def read_title(
    search: Search, words: tuple[int, int], left: int, *, kind: str | None = None
) -> Title:
    """A title with its status and organisation, from the words around it in its noun phrase.

    ``kind`` is that of an abbreviation, which no list of titles holds.
    """
    first, last = words
    titles = search.titles
    key = titles.key(search.doc, first, last + 1)
    kind = kind or titles.kinds.get(key)
    before = _before(search, words, left, kind)
    after, end = organization_after(search, words, kind)
    status = before.status or _status_in_title(search.doc, titles, first, last)
    return Title(
        words=search.doc[before.first : last + 1].text,
        kind=_of_facility(search, kind, before.organization or after),
        first=before.start,
        last=end,
        status=status or _status_after(search.doc, last),
        organization=before.organization or after,
        weak=kind in titles.weak,
        relational=kind in titles.relational,
        judging=key in titles.judging,
    )


def _of_facility(search: Search, kind: str | None, body: str | None) -> str | None:
    """The kind of a role: the governor of a prison governs no province."""
    if kind != "regional-governor" or body is None:
        return kind
    found = search.cast.entity(body).mentions
    return "prison-staff" if any(mention.method == FACILITY for mention in found) else kind


def _status_in_title(doc: Doc, titles: Titles, first: int, last: int) -> str | None:
    """The status that a title's own first word says: "deputy mayor"."""
    status = titles.statuses.get(doc[first].lower_) if last > first else None
    return status if status in _KEPT_IN_TITLE else None


def _status_after(doc: Doc, last: int) -> str | None:
    """The status that a word right after a title says: "president-elect"."""
    after = [token.lower_ for token in doc[last + 1 : last + 3] if token.text != "-"]
    return "elect" if after and after[0] in _ELECT else None


# ---- before a title


@dataclass(slots=True)
class _Before:
    """What stands before a title: where its words and its phrase start, status, organisation."""

    first: int
    start: int
    status: str | None = None
    organization: str | None = None
    local: bool = False  #: whether the title is held for places
    described: bool = False  #: whether the organisation has no name: "government spokesman"


def _before(search: Search, words: tuple[int, int], left: int, kind: str | None) -> _Before:
    doc, titles = search.doc, search.titles
    relational = kind in titles.relational
    found = _Before(words[0], words[0], local=kind in titles.local)
    for at in range(words[0] - 1, left - 1, -1):
        token = doc[at]
        touches = at == found.first - 1
        first_team = doc[at + 1].text == "-" and at + 2 != words[0]
        status = None if first_team else _status_at(doc, titles, at)
        if status is not None:
            _take_status(found, status, at)
        elif _is_entity(search, at, words):
            _take_organization(search, found, token, relational=relational)
        elif _is_modifier(token, titles) and touches:
            found.first = at  # "culture" of "culture minister"
        elif _is_joint(doc, titles, at):
            pass  # the word before it, or both, are the status
        elif _ends_phrase(token, titles):
            if token.text == "-" and not token.whitespace_ and found.first < words[0]:
                found.first += 1  # the other half of a word with a hyphen stands before it
                found.start = min(found.start, doc[at - 1].i)
            break
        elif token.dep_ not in {"amod", "poss"}:
            continue
        found.start = at
    return found


def _take_status(found: _Before, status: str, at: int) -> None:
    found.status = status if found.status in {None, "deputy"} else found.status
    if status in _KEPT_IN_TITLE and at == found.first - 1:
        found.first = at


def _ends_phrase(token: Token, titles: Titles) -> bool:
    """Whether a word cannot stand in one phrase with a title after it."""
    listed = token.tag_ == "NNS" and titles.heads_title(token.lemma_.lower())
    return token.is_punct or token.pos_ in _ENDING or listed or titles.is_honorific(token.text)


def _status_at(doc: Doc, titles: Titles, at: int) -> str | None:
    """The status that the word, or the two words, that end at a token say of the title after it."""
    pair = f"{doc[at - 1].lower_} {doc[at].lower_}" if at else ""
    return titles.statuses.get(pair) or titles.statuses.get(doc[at].lower_)


def _is_modifier(token: Token, titles: Titles) -> bool:
    return (
        token.pos_ in {"NOUN", "PROPN"}
        and token.dep_ in {"compound", "nmod"}
        and not titles.is_honorific(token.text)
    )


def _is_joint(doc: Doc, titles: Titles, at: int) -> bool:
    """Whether a token is the hyphen of "then-President", or the adverb of "newly elected"."""
    if doc[at].text == "-":
        return at > 0 and _status_at(doc, titles, at - 1) is not None
    return doc[at].dep_ == "advmod" and f"{doc[at].lower_} {doc[at + 1].lower_}" in titles.statuses


def _is_entity(search: Search, at: int, words: tuple[int, int]) -> bool:
    """Whether a token stands for somebody, and not in a name that swallowed the title."""
    if search.cast.at(search.doc[at]) is None:
        return False
    phrase = search.cast.phrase_at(search.doc[at])
    return phrase is None or phrase.form is not Form.NAME or phrase.last < words[1]


def _take_organization(search: Search, found: _Before, token: Token, *, relational: bool) -> None:
    """Keep who a token before the title stands for: a name before a description, the nearest."""
    identifier = search.cast.at(token)
    phrase = search.cast.phrase_at(token)
    if identifier is None:
        return
    kind = search.cast.entity(identifier).kind
    fits = kind is EntityKind.PERSON if relational else kind in _BODIES
    if kind is EntityKind.PLACE and token.dep_ != "poss" and not found.local:
        fits = False  # "a Norway specialist" is no office of Norway
    compound = phrase is not None and phrase.form is Form.NOMINAL and token.dep_ != "poss"
    if fits and (found.organization is None or (found.described and not compound)):
        found.organization, found.described = identifier, compound
