"""Times that a text states, as EDTF with bounds.

Three steps. The rules of ``time_words`` read atoms: "March 22", "last August", "1988". An atom
that lacks its year or week is placed by the published date, by the tense of its clause and by
a fully dated time before it. Atoms are then put together: "early 1988", "from X to Y",
"since X". What cannot be placed safely becomes an abstention, never a guess.

How a missing year is chosen: in a clause about the past the latest such day on or before the
published date, in one about the future the first on or after it, and with a weekday the
year nearest to that in which the weekday fits. Where the same paragraph has just given a full
date of an earlier year, and the day so chosen is over ``_RECENT`` away from the published date,
the first such day from that full date on is taken; where only a year was given, it stays open.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from spacy.tokens import Doc, Token

from kg.extraction import periods
from kg.extraction.offsets import tokens_at
from kg.extraction.periods import Grain, Part, Period
from kg.extraction.time_words import (
    COUNT,
    NO_ANCHOR,
    RULES,
    UNIT,
    Atom,
    Partial,
    Rule,
    measure,
    spaced,
)
from kg.model import Abstention, Span, Time

__all__ = ["find_times"]

#: News leaves the year out of dates that are near; further away the narrative's year is likelier.
_RECENT: Final = dt.timedelta(days=90)

#: Kinds of names whose words are no time: the Sunday Times, Theresa May, 7 October Square.
_NAMES: Final = frozenset({"PERSON", "ORG", "WORK_OF_ART", "FAC", "PRODUCT", "LAW", "GPE", "NORP"})

#: How a time hangs on the noun that it describes.
_DESCRIBING: Final = frozenset({"nummod", "compound", "amod", "nmod"})

#: Plural nouns that a day names and does not count: the September 11 attacks.
_DATED: Final = frozenset(
    {"attack", "bombing", "protest", "killing", "election", "talk", "event", "demonstration"}
)

#: What a weekday stands before without describing it: Friday night.
_PARTS_OF_DAY: Final = frozenset({"morning", "noon", "afternoon", "evening", "night"})

#: Rules whose words also are ordinary words or names, and need a look at their surroundings.
_WEAK: Final = frozenset(
    {"rule:time-month", "rule:time-weekday", "rule:time-season", "rule:time-deictic"}
)


@dataclass(frozen=True, slots=True)
class _Found:
    """An atom in its place; ``anchor`` is the date that it was reckoned from."""

    start: int
    end: int
    atom: Atom
    method: str
    anchor: dt.date | None = None
    attributive: bool = False
    combined: bool = False
    floor: int = 0  #: where the atom before it ends


def find_times(
    doc: Doc, *, published: dt.date | None
) -> tuple[tuple[Time, ...], tuple[Abstention, ...]]:
    """The times of a text and what was left open, each in text order and without overlap.

    Relative expressions are reckoned from ``published``. Durations and recurring times ("for
    four decades", "every Tuesday") are no times. "before X" and "after X" leave X itself out,
    "by", "until" and "since X" hold it.

    >>> import spacy
    >>> doc = spacy.blank("en")("It was made in October of last year.")
    >>> times, _ = find_times(doc, published=dt.date(2022, 3, 22))
    >>> times[0].text, times[0].edtf
    ('October of last year', '2021-10')
    """
    text = doc.text  # spaCy joins it anew each time
    found = _share_years(text, _atoms(doc, text, published))
    placed = list(_place(doc, text, found, published))
    parted = [_take_prefix(doc, text, one) for one in placed]
    joined = list(_join(text, parted))
    bounded = [_take_bound(text, one) for one in joined]
    kept = [one for one in bounded if _is_licensed(doc, one)]
    return tuple(_times(text, kept)), tuple(_abstentions(kept))


def _times(text: str, found: Iterable[_Found]) -> Iterator[Time]:
    for one in found:
        if (period := one.atom.period) is not None:
            yield Time(
                span=Span(one.start, one.end),
                text=text[one.start : one.end],
                edtf=period.edtf,
                earliest=period.earliest,
                latest=period.latest,
                anchor=one.anchor,
                method=one.method,
            )


def _abstentions(found: Iterable[_Found]) -> Iterator[Abstention]:
    for one in found:
        if one.atom.reason is not None:
            yield Abstention(
                span=Span(one.start, one.end),
                what="time",
                reason=one.atom.reason,
                method=one.method,
            )


# --- atoms ------------------------------------------------------------------------------------


def _atoms(doc: Doc, text: str, published: dt.date | None) -> list[_Found]:
    """What the rules read, the leftmost and then longest first, without overlap."""
    matches = [
        (match.start(), -match.end(), order, rule, match)
        for order, rule in enumerate(RULES)
        for match in rule.pattern.finditer(text)
    ]
    found: list[_Found] = []
    end = 0
    for start, minus_end, _, rule, match in sorted(matches, key=lambda entry: entry[:3]):
        if start < end:
            continue
        tokens = tokens_at(doc, start, -minus_end)
        if not tokens or not _may_be_time(tokens, rule, match):
            continue
        if rule.name == "rule:time-date" and _names_something(tokens, match):
            end = -minus_end
            continue
        atom = rule.read(match, published)
        if atom is None or (atom.needs_future and not _is_future(tokens[0])):
            continue
        floor, end = end, -minus_end
        found.append(
            _Found(
                start,
                end,
                atom,
                rule.name,
                anchor=published if atom.anchored else None,
                attributive=_modified(tokens) is not None,
                floor=floor,
            )
        )
    return found


def _modified(tokens: list[Token]) -> Token | None:
    """The noun that a time stands before and describes: the 1988 massacre."""
    inside = {token.i for token in tokens}
    for token in reversed(tokens):
        if token.head.i not in inside:
            after = token.head.i > tokens[-1].i and token.head.lower_ not in _PARTS_OF_DAY
            return token.head if after and token.dep_ in _DESCRIBING else None
    return None


def _counts_plural(token: Token) -> bool:
    """Whether a number counts the noun to its right: 1988 people, May 12 people."""
    head = token.head
    return head.i > token.i and token.dep_ == "nummod" and head.tag_ in ("NNS", "NNPS")


def _may_be_time(tokens: list[Token], rule: Rule, match: re.Match[str]) -> bool:
    """Whether the words are not part of an address or a name, nor a verb or a habit."""
    if any(token.like_url or token.like_email for token in tokens):
        return False
    if rule.name == "rule:time-date" and not (match["year"] or match["short"]):
        return not _counts_people(tokens)
    if rule.name not in _WEAK:
        return True
    first = tokens[0]
    if any(token.ent_type_ in _NAMES for token in tokens):
        return False
    if rule.name == "rule:time-month" and first.pos_ in ("AUX", "VERB"):
        return False
    return rule.name != "rule:time-weekday" or _is_single_day(first)


def _counts_people(tokens: list[Token]) -> bool:
    """Whether the day of a date counts what follows: in May 12 people died."""
    first, last = tokens[0], tokens[-1]
    if not re.fullmatch(r"\d\d?", last.text) or not _counts_plural(last):
        return False
    if first.i and first.nbor(-1).lower_ == "on":
        return False
    return last.head.ent_type_ != "EVENT" and last.head.lemma_ not in _DATED


def _names_something(tokens: list[Token], match: re.Match[str]) -> bool:
    """Whether a day without a year is part of a name: the March 8 Alliance."""
    if match["year"] or match["short"]:
        return False
    noun = _modified(tokens)
    return noun is not None and noun.pos_ == "PROPN" and noun.ent_type_ not in ("PERSON", "DATE")


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
    if weekday.dep_ == "compound" and head.i > weekday.i and head.lower_ not in _PARTS_OF_DAY:
        return head.pos_ != "PROPN" and head.lemma_ not in ("prayer", "mass", "school", "service")
    return True


# --- tense ------------------------------------------------------------------------------------

_FUTURE_AUXILIARIES: Final = frozenset(
    {"will", "shall", "'ll", "’ll", "wo", "would", "may", "might", "could", "should", "must"}
)
_PLANNING_WORDS: Final = (
    "plan expect schedule set due intend hope want vow promise prepare ask call urge demand agree "
    "decide order slate go threaten pledge aim propose"
)
_PLANNING: Final = frozenset(_PLANNING_WORDS.split())
_ARRANGED: Final = frozenset({"schedule", "plan", "expect", "slate", "set"})
_PRESENT_BE: Final = frozenset({"is", "are", "am", "'s", "’s", "'re", "’re", "’m", "'m"})


def _clause_verb(token: Token) -> Token | None:
    """The verb of the clause that a token stands in; a participle before a noun is none."""
    for one in (token, *token.ancestors):
        if one.pos_ in ("VERB", "AUX") and one.dep_ != "amod":
            return one
    return None


def _is_future(token: Token) -> bool:
    """Whether the clause of a token is about what is to come; without a verb it is not."""
    verb = _clause_verb(token)
    while verb is not None and verb.tag_ in ("VB", "VBN") and "to" in _helpers(verb):
        if verb.head.lemma_ in _PLANNING or verb.head.lemma_ == "be":
            return True
        verb = _clause_verb(verb.head) if verb.head.i != verb.i else None
    return verb is not None and _looks_ahead(verb)


def _will(token: Token) -> bool:
    """Whether the clause of a token is plainly in the future tense."""
    verb = _clause_verb(token)
    return verb is not None and bool(_helpers(verb) & {"will", "shall", "'ll", "’ll", "wo"})


def _helpers(verb: Token) -> set[str]:
    return {child.lower_ for child in verb.children if child.dep_ in ("aux", "auxpass")}


def _looks_ahead(verb: Token) -> bool:
    """Whether a finite verb, with its auxiliaries, is about what is to come."""
    helpers, tag = _helpers(verb), verb.tag_
    if helpers & _FUTURE_AUXILIARIES:
        return "have" not in helpers
    if _is_planned(verb):
        return True
    if tag == "VB" and not helpers:
        return not any(child.dep_ == "nsubj" for child in verb.children)  # an order
    if tag == "VBG":
        return bool(helpers & _PRESENT_BE)
    present = tag in ("VBP", "VBZ") and verb.pos_ == "VERB" and not helpers
    return present and verb.lemma_ not in _TALKING


def _is_planned(verb: Token) -> bool:
    """Whether a verb arranges what comes: is due, is scheduled for, plans to."""
    if verb.tag_ == "VBN" and verb.lemma_ in _ARRANGED:
        return True
    if any(child.lower_ == "due" for child in verb.children):
        return True
    follows = any(child.dep_ in ("xcomp", "prep") for child in verb.children)
    arranging = verb.lemma_ in _PLANNING and verb.dep_ not in ("acl", "relcl")
    return arranging and follows and verb.tag_ in ("VBN", "VBG", "VBP", "VBZ")


# --- placing what lacks its year or week ------------------------------------------------------

_JOINT: Final = re.compile(
    spaced(
        r"(?:,? ?(?:and|or|(?P<to>to|until|till|through))? ?|(?P<dash> ?[-\u2010-\u2015~] ?))"
        r"(?:the )?(?:(?:early|mid|late)[ -])?"
    ),
    re.IGNORECASE,
)


def _share_years(text: str, found: list[_Found]) -> list[_Found]:
    """Give a date without a year the year of the one it is joined to: March 3 to June 5, 2022."""
    shared = list(found)
    for index in range(len(shared) - 2, -1, -1):
        here, there = shared[index], shared[index + 1]
        if joint := _JOINT.fullmatch(text, here.end, there.start):
            shared[index] = _with_year(here, there, joint, later=False)
    for index in range(1, len(shared)):
        before, here = shared[index - 1], shared[index]
        if joint := _JOINT.fullmatch(text, before.end, here.start):
            shared[index] = _with_year(here, before, joint, later=True)
    return shared


def _with_year(here: _Found, other: _Found, joint: re.Match[str], *, later: bool) -> _Found:
    """``here`` with the year of ``other``; in a range, of the year beside it where that fits."""
    partial, period = here.atom.partial, other.atom.period
    if partial is None or partial.month is None or partial.which or partial.weekday is not None:
        return here
    if period is None or period.earliest is None or period.grain > Grain.MONTH:
        return here
    if not (other.atom.explicit_year or other.atom.anchored):
        return here
    year = period.earliest.year
    if not (joint["to"] or joint["dash"]):
        own = _in_year(partial, year)
        return _dated(here, own, other) if own else here
    for candidate in (year, year + (1 if later else -1)):
        own = _in_year(partial, candidate)
        if own is None or own.earliest is None:
            continue
        if (own.earliest >= period.earliest) if later else (own.earliest <= period.earliest):
            return _dated(here, own, other)
    return here


def _dated(here: _Found, period: Period, other: _Found) -> _Found:
    atom = replace(here.atom, period=period, partial=None, explicit_year=True, doubtful=False)
    return replace(here, atom=atom, anchor=other.anchor)


def _in_year(partial: Partial, year: int) -> Period | None:
    """A month, day or stretch of days in a year; None where that year has no such day."""
    if partial.month is None or not dt.MINYEAR <= year < dt.MAXYEAR:
        return None
    if partial.day is None:
        return periods.month(year, partial.month)
    try:
        first = periods.day(dt.date(year, partial.month, partial.day))
        if partial.last_day is None:
            return first
        return periods.stretch(first, periods.day(dt.date(year, partial.month, partial.last_day)))
    except ValueError:
        return None


_PARAGRAPH_END: Final = re.compile(r"\n[^\S\n]*\n")


def _place(doc: Doc, text: str, found: list[_Found], published: dt.date | None) -> Iterator[_Found]:
    """Every atom with its period, or with the reason why it stays open."""
    narrative: _Found | None = None
    for one in found:
        if narrative and _PARAGRAPH_END.search(text, narrative.end, one.start):
            narrative = None
        if one.atom.partial is None:
            if one.atom.explicit_year and not one.attributive and _is_licensed(doc, one):
                narrative = one
            yield one
        else:
            yield _placed(doc, one, one.atom.partial, narrative, published)


def _placed(
    doc: Doc,
    one: _Found,
    partial: Partial,
    narrative: _Found | None,
    published: dt.date | None,
) -> _Found:
    first = tokens_at(doc, one.start, one.end)[0]
    future = _is_future(first)
    if future and first.dep_ == "poss" and not _will(first):
        # "wants to thank the victims of Saturday's attack": the wish is ahead, the attack is not
        return _left_open(one, "it may be the last such day or the next")
    period = _nearest(partial, published, future=future) if published else None
    told = _as_told(one, partial, narrative, period) if narrative and not future else None
    if told is not None and narrative is not None:
        if not _is_recent(period, published):
            return told
        if told.atom.period and _in_one_sentence(doc, narrative, one):
            return _left_open(one, "the year may be that of the date before or the published one")
    if published is None or period is None:
        fit = "no year near the published date has this weekday on this day"
        return _left_open(one, fit if published else NO_ANCHOR)
    if one.attributive and partial.month and partial.day and not _is_recent(period, published):
        return _left_open(one, "something known by its day, of a year that is not given")
    return replace(one, atom=replace(one.atom, period=period, partial=None), anchor=published)


def _in_one_sentence(doc: Doc, first: _Found, second: _Found) -> bool:
    one, other = (
        tokens_at(doc, first.start, first.end)[0],
        tokens_at(doc, second.start, second.end)[0],
    )
    return one.sent.start == other.sent.start if doc.has_annotation("SENT_START") else False


def _as_told(
    one: _Found, partial: Partial, narrative: _Found, nearest: Period | None
) -> _Found | None:
    """A month or day in the year of the time told before; open where only a year was told."""
    told = narrative.atom.period
    if not partial.month or partial.which or partial.weekday is not None:
        return None
    if told is None or told.earliest is None:
        return None
    # a tale goes forward: the first such day on or after the one that was told
    years = (told.earliest.year, told.earliest.year + 1)
    dated = [own for year in years if (own := _in_year(partial, year))]
    own = next((one for one in dated if one.latest and one.latest >= told.earliest), None)
    if own is None or (nearest is not None and own.edtf >= nearest.edtf):
        return None
    if told.grain > Grain.MONTH:
        return _left_open(one, "the year may be that of the sentences before")
    atom = replace(one.atom, period=own, partial=None)
    return replace(one, atom=atom, anchor=told.earliest, method=f"{one.method}-narrative")


def _left_open(one: _Found, reason: str) -> _Found:
    return replace(one, atom=replace(one.atom, period=None, partial=None, reason=reason))


def _is_recent(period: Period | None, published: dt.date | None) -> bool:
    if period is None or published is None or period.earliest is None or period.latest is None:
        return False
    return period.earliest - _RECENT <= published <= period.latest + _RECENT


def _nearest(partial: Partial, published: dt.date, *, future: bool) -> Period | None:
    """The period nearest to the published date that the words allow, on the side of the tense."""
    if partial.month is None and partial.season is None:
        return _nearest_weekday(partial, published, future=future)
    years = range(max(published.year - 2, 1), min(published.year + 3, dt.MAXYEAR))
    if partial.season is not None:
        choices = [periods.season(year, partial.season, closed=True) for year in years]
    else:
        choices = [period for year in years if (period := _in_year(partial, year))]
    if partial.weekday is not None:
        choices = [
            one for one in choices if one.earliest and one.earliest.weekday() == partial.weekday
        ]
    past = [one for one in choices if one.earliest and one.earliest <= published]
    coming = [one for one in choices if one.latest and one.latest >= published]
    match partial.which:
        case "last":
            past = [one for one in past if one.latest and one.latest < published]
            return past[-1] if past else None
        case "next":
            coming = [one for one in coming if one.earliest and one.earliest > published]
            return coming[0] if coming else None
        case "this":
            same = [one for one in choices if one.earliest and one.earliest.year == published.year]
            return same[0] if same else None
    if future and coming and not _just_past(past, coming, published):
        return coming[0]
    return past[-1] if past else (coming[0] if coming else None)


def _just_past(past: list[Period], coming: list[Period], published: dt.date) -> bool:
    """Whether the day before is near and the one ahead most of a year away."""
    if not past or not past[-1].latest or not coming[0].earliest:
        return False
    return published - past[-1].latest <= _RECENT and coming[0].earliest - published > dt.timedelta(
        days=300
    )


def _nearest_weekday(partial: Partial, published: dt.date, *, future: bool) -> Period | None:
    weekday = partial.weekday or 0
    back, ahead = (published.weekday() - weekday) % 7, (weekday - published.weekday()) % 7
    match partial.which:
        case "last":
            days = -(back or 7)
        case "next":
            days = ahead or 7
        case "this":
            days = weekday - published.weekday()
        case _:
            days = ahead if future else -back
    try:
        return periods.day(published + dt.timedelta(days=days))
    except OverflowError:
        return None


# --- putting atoms together -------------------------------------------------------------------

_PART_WORDS: Final = {
    "early": Part.EARLY,
    "beginning": Part.EARLY,
    "start": Part.EARLY,
    "opening": Part.EARLY,
    "first": Part.EARLY,
    "mid": Part.MID,
    "middle": Part.MID,
    "midst": Part.MID,
    "late": Part.LATE,
    "end": Part.LATE,
    "close": Part.LATE,
    "closing": Part.LATE,
    "final": Part.LATE,
    "last": Part.LATE,
    "latter": Part.LATE,
    "first half": Part.FIRST_HALF,
    "second half": Part.SECOND_HALF,
    "first week": Part.FIRST_WEEK,
    "1st week": Part.FIRST_WEEK,
    "second week": Part.SECOND_WEEK,
    "2nd week": Part.SECOND_WEEK,
    "third week": Part.THIRD_WEEK,
    "3rd week": Part.THIRD_WEEK,
    "fourth week": Part.FOURTH_WEEK,
    "4th week": Part.FOURTH_WEEK,
    "last week": Part.LAST_WEEK,
    "final week": Part.LAST_WEEK,
}
_PART: Final = re.compile(
    spaced(
        r"(?<!\w)(?:the (?=[a-z ]+ (?:of|in)\b))?"
        r"(?:(?P<word>early|mid|late)(?:(?: in| of) ?(?:the )?| ?- ?| )"
        r"|(?P<half>(?:first|second) half"
        r"|(?:first|second|third|fourth|last|final|1st|2nd|3rd|4th) week(?!s))"
        r" (?:of|in) (?:the )?"
        r"|(?P<end>beginning|start|middle|midst|end|close|latter part|early part"
        r"|(?:opening|closing|early|first|last|final|late) (?:days|weeks|months|years))"
        r" of (?:the )?)$"
    ),
    re.IGNORECASE,
)
_ROUGHLY: Final = re.compile(
    spaced(r"(?<!\w)(?:about|around|circa|ca?\.|approximately|roughly)(?: the)? ?$"), re.IGNORECASE
)
_OPENING: Final = re.compile(
    spaced(r"(?<!\w)(?P<word>from|between|in|for)(?: the)?(?: year| years)? $"), re.IGNORECASE
)
_INFIX: Final = re.compile(
    spaced(
        r"(?P<dash> ?[-\u2010-\u2015~] ?)"
        r"|(?P<comma>,)? (?P<word>to|until|till|through|and) (?:in |on )?(?:the )?"
    ),
    re.IGNORECASE,
)
_ONWARDS: Final = re.compile(
    spaced(
        r" (?:onwards?|on(?= ?[,.;])|and (?:later|after|onwards?)|or later)(?!\w)"
        r"| ?(?:to|until|through|[-\u2010-\u2015]) ?(?:the )?(?:present(?: day)?|now|date)(?!\w)"
    ),
    re.IGNORECASE,
)
_BOUND: Final = re.compile(
    spaced(
        r"(?<!\w)(?:(?P<since>(?:ever )?since|dating (?:back to|to|from)"
        r"|(?:starting|beginning) (?:in|on|from))"
        r"|(?P<until>until|till|up (?:to|until)|through|by|not? later than)"
        r"|(?P<before>before|prior to|earlier than)"
        r"|(?P<after>after|later than))"
        r"(?P<the> the)? $"
    ),
    re.IGNORECASE,
)
#: "Two days after March 22" is a time of its own; "days after March 22" is left as its day.
_OFFSET: Final = re.compile(
    spaced(rf"(?<!\w)(?:{COUNT} )?{UNIT} (?P<side>before|after|from|since) (?:the )?$")
)
_BOUNDS: Final[dict[str, Callable[[Period], Period | None]]] = {
    "since": periods.since,
    "until": periods.until,
    "before": periods.before,
    "after": periods.after,
}
_REACH: Final = 40
_NOUNS: Final = ("NOUN", "PROPN")
_TALKING_WORDS: Final = (
    "talk speak write ask tell say know think learn hear read warn report announce claim deny"
)
_TALKING: Final = frozenset(_TALKING_WORDS.split())


def _before(pattern: re.Pattern[str], text: str, one: _Found) -> re.Match[str] | None:
    """A pattern that ends where an atom starts, after the atom before."""
    return pattern.search(text, max(one.floor, one.start - _REACH), one.start)


def _is_bare_year(one: _Found) -> bool:
    return one.method == "rule:time-year"


def _take_prefix(doc: Doc, text: str, one: _Found) -> _Found:
    """With "early", "the end of", "around" and the like before it."""
    period = one.atom.period
    if period is None:
        return one
    if found := _before(_PART, text, one):
        words = next(group for group in found.groupdict().values() if group).casefold()
        which = next(
            (part for key, part in reversed(_PART_WORDS.items()) if words.startswith(key)), None
        )
        blocked = one.attributive and not found["word"]
        narrowed = periods.part(period, which) if which and not blocked else None
        if narrowed is not None:
            atom = replace(one.atom, period=narrowed, doubtful=False)
            start = found.start()
            return replace(one, start=start, atom=atom, method=f"{one.method}-part")
    if found := _before(_ROUGHLY, text, one):
        if (one.attributive and _is_bare_year(one)) or _is_topic(tokens_at(doc, *found.span())):
            return one
        atom = replace(one.atom, period=periods.approximate(period))
        return replace(one, start=found.start(), atom=atom)
    return one


def _is_topic(tokens: list[Token]) -> bool:
    """Whether "about" says what is talked of: a report about 1988, he spoke about last year."""
    first = tokens[0]
    if first.lower_ != "about":
        return False
    if first.i and first.nbor(-1).lower_ in ("how", "what"):
        return True
    head = first.head
    return first.dep_ == "prep" and (head.pos_ in _NOUNS or head.lemma_ in _TALKING)


def _join(text: str, found: list[_Found]) -> Iterator[_Found]:
    """From X to Y, between X and Y, X–Y as one interval; X onwards as an open one."""
    index = 0
    while index < len(found):
        one = found[index]
        pair = _pair(text, one, found[index + 1]) if index + 1 < len(found) else None
        if pair is not None:
            yield pair
            index += 2
            continue
        yield _onwards(text, one)
        index += 1


def _pair(text: str, first: _Found, last: _Found) -> _Found | None:
    start, end = first.atom.period, last.atom.period
    infix = _INFIX.fullmatch(text, first.end, last.start)
    if infix is None or start is None or end is None:
        return None
    opening = _before(_OPENING, text, first)
    word = opening["word"].casefold() if opening else ""
    ranged = word in ("from", "between")
    joint = (infix["word"] or "-").casefold()
    if (joint == "and" and word != "between") or (infix["comma"] and not ranged):
        return None
    weekdays = "rule:time-weekday" in (first.method, last.method)
    if weekdays and not ranged:
        return None
    opens, closes = start.earliest, end.latest
    if opens is None or closes is None or start.latest is None or end.earliest is None:
        return None
    if weekdays and opens > end.earliest and start.grain is Grain.DAY:
        start = periods.day(opens - dt.timedelta(days=7))
    elif opens >= closes or opens > end.earliest:
        return None
    both_doubtful = first.atom.doubtful and last.atom.doubtful
    period = periods.stretch(start, end)
    return _Found(
        opening.start() if opening and ranged else first.start,
        last.end,
        Atom(period=period, doubtful=both_doubtful and not ranged, explicit_year=True),
        "rule:time-interval",
        anchor=first.anchor or last.anchor,
        attributive=last.attributive,
        combined=True,
        floor=first.floor,
    )


def _onwards(text: str, one: _Found) -> _Found:
    period = one.atom.period
    found = _ONWARDS.match(text, one.end) if period and period.earliest and period.latest else None
    if found is None or period is None:
        return one
    opening = _before(_OPENING, text, one)
    start = opening.start() if opening and opening["word"].casefold() == "from" else one.start
    atom = replace(one.atom, period=periods.since(period), doubtful=False)
    return replace(
        one, start=start, end=found.end(), atom=atom, method="rule:time-since", combined=True
    )


def _take_bound(text: str, one: _Found) -> _Found:
    """With "since", "until", "before" and the like before it."""
    period = one.atom.period
    if period is None or period.earliest is None or period.latest is None or one.combined:
        return one
    if one.attributive or text[one.end : one.end + 2] in {"'s", "’s"}:
        return one  # "the run-up to last year's vote": it bounds the vote, not the year
    if offset := _before(_OFFSET, text, one):
        return _take_offset(one, offset)
    found = _before(_BOUND, text, one)
    if found is None or (one.atom.doubtful and found["the"]):
        return one
    kind = next(name for name, words in found.groupdict().items() if words and name != "the")
    late = kind == "before" and one.method.endswith("-part") and "end" in text[one.start : one.end]
    bounded = periods.until(period) if late else _BOUNDS[kind](period)
    if bounded is None:
        return one
    atom = replace(one.atom, period=bounded)
    return replace(one, start=found.start(), atom=atom, method=f"rule:time-{kind}", combined=True)


def _take_offset(one: _Found, offset: re.Match[str]) -> _Found:
    """The time that lies some units before or after a known one."""
    if offset["count"] is None or one.atom.period is None or one.atom.period.earliest is None:
        return one
    count, unit = measure(offset["count"], offset["unit"])
    grains = {"day": Grain.DAY, "week": Grain.DAY, "month": Grain.MONTH}
    if one.atom.period.grain > grains.get(unit, Grain.YEAR):
        return one
    if count is None:
        return _left_open(one, "a vague number of units from a known time")
    steps = -count if offset["side"] == "before" else count
    date = periods.shift(one.atom.period.earliest, unit, steps)
    if date is None:
        return one
    whole = periods.around(date, unit)
    period = whole if unit == "day" else periods.approximate(whole)
    return replace(
        one,
        start=offset.start(),
        atom=replace(one.atom, period=period, doubtful=False),
        method="rule:time-offset",
        combined=True,
    )


# --- which bare years and months are times ----------------------------------------------------

_STRONG_WORDS: Final = (
    "in since until till during before after early mid late circa by throughout from between "
    "around through year to"
)
_STRONG: Final = frozenset(_STRONG_WORDS.split())
_LABEL_WORDS: Final = (
    "no number resolution article section page chapter flight room ward route highway line "
    "nos № version model law decree bill case order"
)
_LABELS: Final = frozenset(_LABEL_WORDS.split())
_CROWD_WORDS: Final = (
    "total crowd group number population force sum minimum maximum average toll army team"
)
_CROWDS: Final = frozenset(_CROWD_WORDS.split())
_AFTER_NOUN: Final = frozenset({"of", "and", "last"})
_DATED_KINDS: Final = ({"DATE"}, {"TIME"})
_FIGURES: Final = frozenset({"CARDINAL", "MONEY", "QUANTITY", "PERCENT"})
_LABELLED: Final = frozenset({"PRODUCT", "MONEY", "LAW", "FAC"})


def _is_licensed(doc: Doc, one: _Found) -> bool:
    """Whether the surroundings say that a bare year or month is a time."""
    if not one.atom.doubtful:
        return True
    tokens = tokens_at(doc, one.start, one.end)
    first, last = tokens[0], tokens[-1]
    previous = doc[first.i - 1] if first.i else None
    word = previous.lower_ if previous is not None else ""
    is_year = last.text[:1].isdigit()
    if is_year and not _may_be_year(tokens, word):
        return False
    if first.lower_ in ("march", "may") and word not in _STRONG | _AFTER_NOUN:
        return False
    kinds = {token.ent_type_ for token in tokens}
    if kinds in _DATED_KINDS or kinds & _FIGURES:
        # "Friday night" is a time of day to the recogniser, and other weekdays are dates
        return kinds == {"DATE"} or one.method == "rule:time-weekday"
    if word in _STRONG or first.lower_ in _STRONG or not is_year:
        return is_year or word in _STRONG | _AFTER_NOUN or first.lower_ in _STRONG
    return word == "(" or _describes_noun(last) or (word == "of" and _is_event_like(first.nbor(-1)))


def _may_be_year(tokens: list[Token], word_before: str) -> bool:
    """Whether a number of four digits is no count, label, sum or part of a name."""
    if _counts_plural(tokens[-1]):
        return False
    if word_before.rstrip(".") in _LABELS or word_before in ("$", "€", "£", "#"):
        return False
    return not any(token.ent_type_ in _LABELLED for token in tokens)


def _describes_noun(year: Token) -> bool:
    """Whether a year stands before one thing that it dates: the 1988 massacre."""
    noun = _modified([year])
    return noun is not None and noun.tag_ in ("NN", "NNP", "VBG")


def _is_event_like(preposition: Token) -> bool:
    """Whether "noun of 1988" gives a year and not a count: not a total or crowd of it."""
    return preposition.head.lemma_.casefold() not in _CROWDS
