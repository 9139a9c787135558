"""Corrections in the graph: undone exactly, in any order, and nothing hidden shines through."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kg import nquads
from kg.edtf import bounds
from kg.errors import ContradictionError
from kg.extraction.times import periods
from kg.hiding import COVER
from kg.identity import correct, date_of, hide, identify, resolve, tag
from kg.model import Anchor, Decision, EntityKind, Findings, Form, Settings, Span
from kg.statements import describe_build, state
from kg.vocabulary import FOAF, KG, RDF
from tests import examples

BASE = examples.BASE
GIVEN = frozenset({"anna", "karl", "sara"})
READ = (examples.inquiry(), examples.hospital())


def graph(
    decisions: Sequence[Decision], documents: Sequence[Findings] = READ, *, policy: str = "default"
) -> frozenset[Quad]:
    """The graph of the documents with the decisions, without blank nodes and so comparable."""
    run = replace(examples.RUN, settings=Settings(base=BASE, policy=policy))
    found = correct(documents, decisions)
    identities = resolve(found, base=BASE, decisions=decisions)
    hidden = hide(
        found, identities, decisions, base=BASE, is_given=lambda word: word.casefold() in GIVEN
    )
    build = describe_build(
        run,
        [each.document for each in found],
        started=examples.STARTED,
        ended=examples.ENDED,
        hidden=hidden,
    )
    return frozenset((*state(found, identities, run, hidden), *nquads.quads(nquads.split(build))))


def orphans(decisions: Sequence[Decision], documents: Sequence[Findings]) -> set[str]:
    found = correct(documents, decisions)
    return {each.what for each in resolve(found, base=BASE, decisions=decisions).orphans}


def at(found: Findings, span: Span) -> Anchor:
    return Anchor(
        file=found.document.file,
        document=found.document.sha256[:20],
        span=span,
        words=span.of(found.document.text),
    )


def decision(
    what: str, left: Anchor, value: str = "", *, minute: int = 0, right: Anchor | None = None
) -> Decision:
    when = dt.datetime(2026, 1, 2, 3, minute, tzinfo=dt.UTC)
    return Decision(when=when, who="Ida Holm", what=what, left=left, right=right, value=value)


def undo(undone: Decision) -> Decision:
    later = undone.when + dt.timedelta(hours=1)
    return replace(undone, what="undo", undoes=identify(undone), when=later, why="")


def person(name: str) -> Anchor:
    return next(
        at(found, entity.anchor)
        for found in READ
        for entity in found.entities
        if entity.name == name and entity.kind is EntityKind.PERSON
    )


def objects(quads: frozenset[Quad], predicate: str) -> set[str]:
    return {
        quad.object.value
        for quad in quads
        if quad.predicate.value == predicate and isinstance(quad.object, Literal | NamedNode)
    }


def words(quads: frozenset[Quad]) -> str:
    return " ".join(map(str, quads)).casefold()


# ---- any decisions, in any order


def corrections() -> st.SearchStrategy[list[Decision]]:
    """Up to five decisions of every kind on what the two documents say."""
    entities = [(found, entity) for found in READ for entity in found.entities]
    named = [each for each in entities if each[1].named]
    mentions = [(found, each.span) for found, entity in entities for each in entity.mentions]
    times = [(found, time.span) for found in READ for time in found.times]
    said = [
        (found, span, tag(kind, label, passages))
        for found in READ
        for kind, label, passages in (
            *(("role", role.title, role.passages) for role in found.roles),
            *(("event", event.kind, event.passages) for event in found.events),
            *(("quantity", "", number.passages) for number in found.quantities),
            *(("claim", "", claim.passages) for claim in found.claims),
        )
        for span in (Span(passages[0].start, max(each.end for each in passages)),)
    ]
    open_ = [(found, each.span) for found in READ for each in found.abstentions]
    anchor = st.sampled_from(entities).map(lambda each: at(each[0], each[1].anchor))
    values = {
        "rename": ["Anna B.", "A witness", "Third Brigade"],
        "retype": [kind.value for kind in EntityKind],
        "date": ["1988-07", "198X", "1988-22/.."],
    }
    one = st.one_of(
        st.tuples(st.just("rename"), anchor, st.sampled_from(values["rename"])),
        st.tuples(st.just("retype"), anchor, st.sampled_from(values["retype"])),
        st.tuples(
            st.just("hide"),
            st.sampled_from(named).map(lambda each: at(each[0], each[1].anchor)),
            st.sampled_from(["", "harbour; the brigade"]),
        ),
        st.tuples(
            st.sampled_from(["hide mention", "split mention"]),
            st.sampled_from(mentions).map(lambda each: at(*each)),
            st.just(""),
        ),
        st.sampled_from(said).flatmap(
            lambda each: st.tuples(
                st.sampled_from(["accept", "reject"]), st.just(at(*each[:2])), st.just(each[2])
            )
        ),
        st.tuples(
            st.just("date"),
            st.sampled_from(times).map(lambda each: at(*each)),
            st.sampled_from(values["date"]),
        ),
        st.tuples(st.just("means"), st.sampled_from(open_).map(lambda each: at(*each)), anchor),
        st.tuples(st.sampled_from(["same", "different"]), anchor, anchor),
    )
    return st.lists(one, max_size=5).map(
        lambda rows: [
            decision(what, left, minute=minute, right=value)
            if isinstance(value, Anchor)
            else decision(what, left, value, minute=minute)
            for minute, (what, left, value) in enumerate(rows)
            if left != value
        ]
    )


@given(corrections(), st.randoms(use_true_random=False))
def test_the_order_of_the_lines_and_of_the_documents_means_nothing(
    decided: list[Decision], chance: random.Random
) -> None:
    documents = list(READ)
    try:
        expected = graph(decided)
    except ContradictionError:
        chance.shuffle(decided)
        with pytest.raises(ContradictionError):
            graph(decided)
        return
    for _ in range(3):
        chance.shuffle(decided)
        chance.shuffle(documents)
        assert graph(decided, documents) == expected


@given(corrections(), corrections())
def test_taking_all_of_them_back_gives_the_very_graph_without_them(
    kept: list[Decision], taken: list[Decision]
) -> None:
    """Joins aside: one that is taken back is made by no rule, which test_decisions looks at."""
    kept = [replace(each, when=each.when.replace(hour=1)) for each in kept]
    taken = [each for each in taken if each.what != "same"]
    try:
        before = graph(kept)
    except ContradictionError:
        assume(False)
    assert graph([*kept, *taken, *map(undo, taken)]) == before


@given(corrections())
def test_what_is_corrected_names_who_did_and_keeps_what_was_read(decided: list[Decision]) -> None:
    try:
        quads = graph(decided)
    except ContradictionError:
        assume(False)
    nodes = {quad.subject for quad in quads if quad.predicate.value == f"{KG}corrects"}
    for predicate in ("by", "correctionKind", "corrects"):
        subjects = [quad.subject for quad in quads if quad.predicate.value == KG + predicate]
        assert set(subjects) >= nodes
    # The sources stay what they are: only what is hidden is covered.
    for quad in quads:
        if quad.predicate.value.endswith("oa#exact"):
            assert COVER in str(quad.object) or any(
                getattr(quad.object, "value", "") in found.document.text for found in READ
            )


# ---- rename and retype


def test_a_rename_stands_beside_what_was_read_and_outlives_other_documents() -> None:
    renamed = decision("rename", person("Karl Weiss"), "Carl Weiß")
    for documents in (READ, READ[:1]):
        quads = graph([renamed], documents)
        assert "Carl Weiß" in objects(quads, f"{FOAF}name")
        assert "Karl Weiss" not in objects(quads, f"{FOAF}name")
        assert "Karl Weiss" in words(quads).title()
        assert any("read as Karl Weiss" in note for note in objects(quads, f"{KG}curated"))
    assert orphans([renamed], READ[1:]) == {"rename"}


def test_a_name_that_others_bear_joins_nobody() -> None:
    renamed = decision("rename", person("Karl Weiss"), "Sara Rahimi")
    before, after = (
        {quad for quad in quads if quad.predicate.value == f"{KG}identifiedAs"}
        for quads in (graph([]), graph([renamed]))
    )
    assert before == after


def test_all_that_are_one_are_of_the_kind_that_a_person_says() -> None:
    union = next(each for each in READ[0].entities if each.name == "Northern Union")
    quads = graph([decision("retype", at(READ[0], union.anchor), "group")])
    types = {
        quad.object.value
        for quad in quads
        if quad.predicate.value == f"{RDF}type"
        and isinstance(quad.object, NamedNode)
        and "northern-union" in str(quad.subject)
    }
    assert types == {f"{FOAF}Group"}


def test_two_names_for_what_is_one_are_refused_with_both_shown() -> None:
    first = person("Anna Berg")
    second = next(at(READ[1], each.anchor) for each in READ[1].entities if each.name == "Anna Berg")
    decided = [decision("rename", first, "Anna B."), decision("rename", second, "A. B.", minute=1)]
    with pytest.raises(ContradictionError) as error:
        graph(decided)
    assert str(error.value).count("rename: Anna Berg") == 2


# ---- hide


def test_a_hidden_name_stands_nowhere() -> None:
    hidden = decision("hide", person("Anna Berg"))
    quads = graph([hidden])
    for word in ("berg", "anna"):
        assert word in words(graph([]))
        assert word not in words(quads)
    assert "person, name hidden" in objects(quads, f"{KG}described")


def test_a_hidden_name_leaves_titles_files_and_the_iris_of_others() -> None:
    document = replace(
        READ[0].document, title="What Berg said", file="talk-with-anna-berg.txt", url="x:/berg"
    )
    found = replace(
        READ[0],
        document=document,
        events=tuple(replace(each, label=f"{each.label} of Berg") for each in READ[0].events),
    )
    quads = graph([decision("hide", at(found, person("Anna Berg").span))], [found, READ[1]])
    assert "berg" not in words(quads)
    assert f"talk-with-{COVER * 9}.txt" in objects(quads, f"{KG}file")


def test_what_is_hidden_stays_hidden_where_the_words_of_the_decision_are_gone() -> None:
    hidden = replace(
        decision("hide", person("Anna Berg")),
        left=replace(person("Anna Berg"), document="0" * 20, file="gone.txt"),
    )
    assert orphans([hidden], READ) == {"hide"}
    assert "berg" not in words(graph([hidden]))


def test_a_given_name_is_hidden_only_where_the_person_is_named() -> None:
    text = "Sara Lund thanked Karl Holt. Holt wept. Weiss was away."
    other = replace(
        READ[1],
        document=replace(examples.document(text), file="other.txt"),
        sentences=(Span(0, len(text)),),
        entities=tuple(
            replace(
                entity,
                name=name,
                mentions=(replace(entity.mentions[0], span=examples.at(text, name)),),
            )
            for entity, name in zip(READ[1].entities[:1], ["Karl Holt"], strict=True)
        ),
        roles=(), events=(), quantities=(), claims=(), times=(), abstentions=(),
    )  # fmt: skip
    quads = graph([decision("hide", person("Karl Weiss"))], [*READ, other])
    assert "Karl Holt" in objects(quads, f"{FOAF}name")
    assert "weiss" not in words(quads)


@pytest.mark.parametrize(
    ("name", "shown", "elsewhere", "near"),
    [
        (
            "General Karl Holt",
            "the general met Karl Weiss",
            "the general met Karl Weiss",
            "the general met ████ Weiss",
        ),
        (
            "Omar al-Assad",
            "Al left the Assads and Assad",
            "Al left the Assads and █████",
            "Al left the Assads and █████",
        ),
        ("Dana Ra’ad", "Ra’ad, Ra and an ad", "█████, Ra and an ad", "█████, Ra and an ad"),
        (
            "Holt, Dana",
            "Dana M. Holt wrote to D. Holt",
            "Dana M. ████ wrote to D. ████",
            "████ M. ████ wrote to D. ████",
        ),
        ("Ludwig van Aken", "a van stood in Aken", "a van stood in ████", "a van stood in ████"),
        ("习近平", "记者习近平说", "记者███说", "记者███说"),
    ],
)
def test_the_words_of_a_name_are_hidden_and_no_others(
    name: str, shown: str, elsewhere: str, near: str
) -> None:
    text = f"{name} spoke."
    span = examples.at(text, name)
    mention = replace(READ[0].entities[0].mentions[0], span=span)
    entity = replace(READ[0].entities[0], name=name, mentions=(mention,))
    found = Findings(document=examples.document(text), entities=(entity,))
    decided = [decision("hide", at(found, span))]
    hidden = hide(
        correct([found], decided),
        resolve(correct([found], decided), base=BASE, decisions=decided),
        decided,
        base=BASE,
        is_given=lambda word: word.casefold() in {"karl", "dana", "omar", "ludwig"},
    )
    assert hidden.everywhere.cover(shown) == elsewhere
    assert hidden.veil(found.document.sha256).cover(shown) == near


def test_more_words_can_be_hidden() -> None:
    quads = graph([decision("hide", person("Anna Berg"), "colonel; the  Third brigade")])
    assert "third brigade" not in words(quads)
    assert "colonel" not in words(quads)
    assert "general" in words(quads)


def test_one_hidden_mention_is_nobody_and_its_words_are_covered_there_alone() -> None:
    found = READ[0]
    entity = next(each for each in found.entities if each.name == "Anna Berg")
    names = [each.span for each in entity.mentions if each.form is Form.NAME]
    quads = graph([decision("hide mention", at(found, names[-1]))])
    exact = objects(quads, "http://www.w3.org/ns/oa#exact")
    assert COVER * (names[-1].end - names[-1].start) in exact
    assert "Anna Berg" in exact
    assert "person, name hidden" in objects(quads, f"{KG}described")


def test_a_pseudonym_takes_the_place_of_a_hidden_name() -> None:
    decided = [
        decision("hide", person("Anna Berg")),
        decision("rename", person("Anna Berg"), "Witness A", minute=1),
    ]
    quads = graph(decided)
    assert "Witness A" in objects(quads, f"{FOAF}name")
    assert "berg" not in words(quads)


# ---- accept and reject


def reviewed(what: str) -> Decision:
    """A decision on the role that a document states in its own voice."""
    role = next(each for each in READ[1].roles if each.title == "chairwoman")
    span = Span(role.passages[0].start, role.passages[-1].end)
    return decision(what, at(READ[1], span), tag("role", role.title, role.passages))


def accepted(quads: frozenset[Quad], predicate: str) -> set[str]:
    """The values in the default graph."""
    return objects(frozenset(q for q in quads if q.graph_name == DefaultGraph()), predicate)


def test_what_was_rejected_is_kept_and_never_taken_for_so() -> None:
    assert "chairwoman" in accepted(graph([]), f"{KG}title")
    for policy in ("default", "reviewed", "all"):
        quads = graph([reviewed("reject")], policy=policy)
        assert "chairwoman" not in accepted(quads, f"{KG}title")
        assert "chairwoman" in objects(quads, f"{KG}title")


def test_with_the_policy_reviewed_only_what_was_accepted_is_taken_for_so() -> None:
    assert accepted(graph([], policy="reviewed"), f"{KG}title") == set()
    assert accepted(graph([reviewed("accept")], policy="reviewed"), f"{KG}title") == {"chairwoman"}


def test_accepted_and_rejected_at_once_is_refused() -> None:
    later = replace(reviewed("reject"), who="Jon Dahl")
    with pytest.raises(ContradictionError, match="Jon Dahl"):
        graph([reviewed("accept"), later])


def test_with_a_claim_goes_all_that_is_said_in_it() -> None:
    number = READ[0].quantities[0]
    claim = next(each for each in READ[0].claims if each.id == number.within)
    span = Span(claim.passages[0].start, max(each.end for each in claim.passages))
    rejected = decision("reject", at(READ[0], span), tag("claim", "", claim.passages))
    assert number.text in accepted(graph([], policy="all"), f"{KG}words")
    assert number.text not in accepted(graph([rejected], policy="all"), f"{KG}words")


def test_a_review_of_a_statement_that_is_no_longer_read_is_listed() -> None:
    gone = replace(READ[1], roles=())
    assert orphans([reviewed("accept")], [READ[0], gone]) == {"accept"}


# ---- dates


def test_a_date_stands_with_its_bounds_beside_what_was_read() -> None:
    found = READ[1]
    time = next(each for each in found.times if each.edtf == "2022-05")
    quads = graph([decision("date", at(found, time.span), "2022-05 2022-05-20/2022-05-31")])
    assert "2022-05-20" in objects(quads, f"{KG}earliest")
    assert "2022-05 2022-05-01/2022-05-31" in objects(quads, f"{KG}original")
    assert "next month" in objects(quads, f"{KG}words")


@pytest.mark.parametrize("value", ["soon", "1988-13", "1989/1988", "1988 1987-01-01/1988-02-01"])
def test_what_is_no_date_is_refused_and_listed(value: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        date_of(value)
    time = READ[1].times[0]
    assert orphans([decision("date", at(READ[1], time.span), value)], READ) == {"date"}


@pytest.mark.parametrize(
    "period",
    [
        periods.day(dt.date(1988, 7, 3)),
        periods.month(1988, 2),
        *(periods.season(1988, code) for code in (21, 22, 23, 24)),
        *(periods.quarter(1988, number) for number in (1, 2, 3, 4)),
        *(periods.half(1988, number) for number in (1, 2)),
        periods.year(1988),
        periods.decade(1980),
        periods.century(20),
        periods.stretch(periods.year(1980), periods.month(1988, 7)),
        periods.since(periods.year(1988)),
        periods.until(periods.day(dt.date(1988, 7, 3))),
        periods.choice((dt.date(2022, 4, 3), dt.date(2022, 3, 4))),
        periods.approximate(periods.year(1988)),
        periods.uncertain(periods.month(1988, 7)),
    ],
    ids=lambda period: period.edtf,
)
def test_a_date_that_a_person_writes_means_the_days_that_reading_it_gives(
    period: periods.Period,
) -> None:
    assert bounds(period.edtf) == (period.earliest, period.latest)


# ---- whom words mean


def test_words_that_were_left_open_speak_for_whom_a_person_says() -> None:
    found = READ[0]
    claim = next(each for each in found.claims if each.speaker is None)
    means = decision("means", at(found, claim.source[0]), right=person("Karl Weiss"))
    corrected = correct(READ, [means])[found.document.sha256].open()
    speaker = next(each for each in corrected.claims if each.id == claim.id).speaker
    assert speaker is not None
    quads = graph([means])
    weiss = {
        q.subject.value
        for q in quads
        if q.predicate.value == f"{FOAF}name"
        and getattr(q.object, "value", "") == "Karl Weiss"
        and isinstance(q.subject, NamedNode)
    }
    said = {
        q.subject
        for q in quads
        if q.predicate.value == f"{KG}speaker" and getattr(q.object, "value", "") in weiss
    }
    assert len(said) == 2
    assert any("explained by Ida Holm" in note for note in objects(quads, f"{KG}curated"))
