"""Who holds which role: titles before names, apposition, copulas and verbs of office.

A role is held by a name, or by a description or pronoun that stands for somebody. Its
organisation may be named, described ("the regime's") or a country.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.extraction.coreference import Cast
from kg.extraction.lexicon import Lexicon
from kg.extraction.reading import Reading
from kg.extraction.roles.described import beside_name, of_unnamed
from kg.extraction.roles.draft import Draft, Search, is_title
from kg.extraction.roles.leading import by_belonging, by_charge, by_leading
from kg.extraction.roles.named import after_name, before_name, from_organization
from kg.extraction.roles.verbs import by_verb, of_tenure
from kg.extraction.voices import voice, voices
from kg.model import Claim, EntityKind, Form, Role

__all__ = ["find_roles"]

_AT_NAMES = (before_name, after_name, beside_name, from_organization)
_AT_VERBS = (by_verb, by_leading, by_charge, by_belonging)


def find_roles(
    reading: Reading, cast: Cast, words: Lexicon, claims: Sequence[Claim]
) -> tuple[Role, ...]:
    """The roles of a document in the order of the text; the voice that says each is set later."""
    search = Search(reading, cast, words, voices(claims))
    drafts = list(_drafts(search))
    found = [
        role
        for draft in drafts
        for role in draft.roles(search)
        if not (draft.title.judging and _is_said(search, role)) and not _is_part(draft, drafts)
    ]
    return tuple(_without_repeats(found))


def _drafts(search: Search) -> Iterator[Draft]:
    for phrase in search.cast.phrases:
        known = search.cast.at(search.doc[phrase.head]) is not None
        if phrase.kind is not EntityKind.PERSON or not known:
            continue
        if phrase.form is Form.NAME and is_title(search, phrase):
            continue
        if phrase.form is Form.NAME:
            for rule in _AT_NAMES:
                yield from rule(search, phrase)
        else:
            yield from of_unnamed(search, phrase)
    for token in search.doc:
        if token.pos_ in {"VERB", "AUX"}:
            for by in _AT_VERBS:
                yield from by(search, token)
        else:
            yield from of_tenure(search, token)


def _is_part(draft: Draft, drafts: Sequence[Draft]) -> bool:
    """Whether a description gives a title to nobody that another reading gives to somebody."""
    head = draft.holder.head
    return draft.holder.form is Form.NOMINAL and any(
        other.title.first <= head <= other.title.last
        for other in drafts
        if other.holder is not draft.holder
    )


def _is_said(search: Search, role: Role) -> bool:
    """Whether somebody in the text says it: who is called a murderer in a chant holds no role."""
    at = role.evidence[0]
    return search.reading.quotation_at(at.start) is not None or voice(at, search.claims) is not None


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
