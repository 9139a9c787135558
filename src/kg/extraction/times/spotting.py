"""Which words of a text are read as times: the longest match of a rule, where it may be one."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Final

from spacy.tokens import Doc, Token

from kg.extraction.lexicon import lexicon
from kg.extraction.offsets import small_letters, tokens_at
from kg.extraction.times.absolute import ABSOLUTE
from kg.extraction.times.atoms import Key, Rule, spaced
from kg.extraction.times.current import CURRENT
from kg.extraction.times.found import PARTS_OF_DAY, Found, modified
from kg.extraction.times.incomplete import INCOMPLETE
from kg.extraction.times.relative import RELATIVE
from kg.extraction.times.tense import clause_verb, is_future
from kg.extraction.times.told import TOLD
from kg.extraction.times.words import DASH, MONTH

__all__ = ["counts_plural", "dates_events", "spot"]

_RULES: Final[tuple[Rule, ...]] = (*ABSOLUTE, *INCOMPLETE, *RELATIVE, *CURRENT, *TOLD)

#: Kinds of names whose words are no time: the Sunday Times, Theresa May, 7 October Square.
_NAMES: Final = frozenset({"PERSON", "ORG", "WORK_OF_ART", "FAC", "PRODUCT", "LAW", "GPE", "NORP"})

#: Plural nouns that a day names and does not count: the September 11 attacks.
_DATED: Final = frozenset(
    {"attack", "bombing", "protest", "killing", "election", "talk", "event", "demonstration"}
)

#: Rules whose words also are ordinary words or names, and need a look at their surroundings.
_WEAK: Final = frozenset(
    {"rule:time-month", "rule:time-weekday", "rule:time-season", "rule:time-deictic"}
)
#: Those whose words are parts of names: Christmas Island, the Khordad Foundation.
_NAMING: Final = frozenset(
    {"rule:time-date", "rule:time-holiday", "rule:time-solar", "rule:time-islamic", "rule:time-day"}
)


#: After these "May" is a month, whatever the parser takes it for.
_BEFORE_MONTH: Final = frozenset({"in", "from", "since", "until", "between", "of", "by", "during"})
_TO_MONTH: Final = re.compile(spaced(rf"(?:{DASH}| (?:to|through|until|till) ){MONTH}"))

#: How far from its key a match may begin or end; none is as long.
_REACH: Final = 120


def spot(doc: Doc, text: str, published: dt.date | None) -> list[Found]:
    """What the rules read, the leftmost and then longest first, without overlap."""
    found: list[Found] = []
    end = 0
    for match, rule in _matches(text):
        if match.start() < end:
            continue
        tokens = tokens_at(doc, *match.span())
        if not tokens or not _may_be_time(tokens, rule, match):
            continue
        noun = modified(tokens)
        if noun is not None and _names_something(noun, rule, match):
            end = match.end()
            continue
        atom = rule.read(match, published)
        if atom is None or (atom.needs_future and not _may_be_ahead(tokens[0])):
            continue
        floor, end = end, match.end()
        found.append(
            Found(
                *match.span(),
                atom,
                rule.name,
                anchor=published if atom.anchored else None,
                attributive=noun is not None,
                floor=floor,
            )
        )
    return found


def _matches(text: str) -> list[tuple[re.Match[str], Rule]]:
    """All matches of all rules: the leftmost first, then the longest, then as the rules stand."""
    small = small_letters(text)
    windows: dict[Key, list[tuple[int, int]]] = {}
    matches = []
    for order, rule in enumerate(_RULES):
        if rule.key not in windows:
            windows[rule.key] = _windows(rule.key, small)
        for start, end in windows[rule.key]:
            matches += [
                (match.start(), -match.end(), order, match, rule)
                for match in rule.pattern.finditer(text, start, end)
            ]
    matches.sort(key=lambda entry: entry[:3])
    return [(match, rule) for *_, match, rule in matches]


def _windows(key: Key, text: str) -> list[tuple[int, int]]:
    """The stretches of a text that lie around a key, in order and without overlap."""
    if isinstance(key, tuple):
        places = sorted(place for word in key for place in _places(word, text))
    else:
        places = [match.start() for match in key.finditer(text)]
    windows: list[tuple[int, int]] = []
    for place in places:
        start, end = max(place - _REACH, 0), place + _REACH
        if windows and start <= windows[-1][1]:
            windows[-1] = windows[-1][0], end
        else:
            windows.append((start, end))
    return windows


def _places(word: str, text: str) -> Iterator[int]:
    """Where words begin so."""
    place = text.find(word)
    while place >= 0:
        if not place or not text[place - 1].isalpha():
            yield place
        place = text.find(word, place + 1)


def _may_be_ahead(token: Token) -> bool:
    """Whether "in two weeks" is ahead: in a clause about the future, or without a verb."""
    return is_future(token) or clause_verb(token) is None


def counts_plural(token: Token) -> bool:
    """Whether a number counts the noun to its right: 1988 people, May 12 people."""
    head = token.head
    plural = head.i > token.i and token.dep_ == "nummod" and head.tag_ in ("NNS", "NNPS")
    return plural and not dates_events(token)


def dates_events(token: Token) -> bool:
    """Whether a number is the year of the events to its right: the 1994 killings, its 1989 riots.

    Who counts writes "the 1,994 killings"; a round number may be either, and is no year.
    """
    noun = token.head
    if noun.i <= token.i or not _YEAR.fullmatch(token.text):
        return False
    before = token.doc[noun.left_edge.i : token.i]
    definite = any(t.tag_ in ("PRP$", "POS") or t.lower_ in _DEFINITE for t in before)
    return definite and any(lexicon().events.nouns_at(noun))


#: A year of four digits that is no round number.
_YEAR: Final = re.compile(r"(?!\d\d00)(?:1[5-9]|20)\d\d")
_DEFINITE: Final = frozenset({"the", "this", "that", "these", "those"})


def _may_be_time(  # noqa: PLR0911 - what stands against it, a line each
    tokens: list[Token], rule: Rule, match: re.Match[str]
) -> bool:
    """Whether the words are not part of an address or a name, nor a verb or a habit."""
    if any(token.like_url or token.like_email for token in tokens):
        return False
    if rule.name in _NAMING:
        return _has_year(match) or not _counts_people(tokens)
    if rule.name not in _WEAK:  # freed to date, not the biggest buy to date
        until_now = rule.name == "rule:time-until-now"
        return not until_now or tokens[0].head.pos_ in ("VERB", "AUX", "ADP")
    if rule.name == "rule:time-month" and _TO_MONTH.match(match.string, match.end()):
        return True  # May to July, Nov-Feb
    if any(token.ent_type_ in _NAMES for token in tokens):
        return False
    if rule.name == "rule:time-month":
        return _is_month(tokens[0])
    return rule.name != "rule:time-weekday" or _is_single_day(tokens[0])


def _is_month(first: Token) -> bool:
    """Whether "May" is no verb, or stands where none can: from May."""
    if first.pos_ not in ("AUX", "VERB"):
        return True
    return first.i > 0 and first.nbor(-1).lower_ in _BEFORE_MONTH


def _has_year(match: re.Match[str]) -> bool:
    found = match.groupdict()
    return any(found.get(name) for name in ("year", "short", "words"))


def _counts_people(tokens: list[Token]) -> bool:
    """Whether the day of a date counts what follows: in May 12 people died."""
    first, last = tokens[0], tokens[-1]
    if not re.fullmatch(r"\d\d?", last.text) or not counts_plural(last):
        return False
    if first.i and first.nbor(-1).lower_ == "on":
        return False
    return last.head.ent_type_ != "EVENT" and last.head.lemma_ not in _DATED


def _names_something(noun: Token, rule: Rule, match: re.Match[str]) -> bool:
    """Whether a day without a year is part of a name (the March 8 Alliance), or a rank."""
    if rule.name not in _NAMING or _has_year(match):
        return False
    if rule.name in ("rule:time-day", "rule:time-holiday"):  # on the 5th floor, Easter eggs
        return True
    return noun.pos_ == "PROPN" and noun.ent_type_ not in ("PERSON", "DATE")


def _is_single_day(weekday: Token) -> bool:
    """Whether a weekday is one day: not every Tuesday, Bloody Sunday or Friday prayers."""
    doc, before = weekday.doc, weekday.i - 1
    if before >= 0:
        previous = doc[before]
        if previous.lower_ in ("every", "each", "any", "most", "alternate"):
            return False
        if (
            previous.head.i == weekday.i
            and previous.pos_ in ("ADJ", "PROPN")
            and (previous.text[0].isupper() and previous.ent_type_ != "GPE")
        ):
            return False
    head = weekday.head
    if weekday.dep_ == "compound" and head.i > weekday.i and head.lower_ not in PARTS_OF_DAY:
        return head.pos_ != "PROPN" and head.lemma_ not in ("prayer", "mass", "school", "service")
    return True
