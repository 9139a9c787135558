"""What findings become: the promises of docs/design.md, section 3."""

from __future__ import annotations

import weakref
from collections import Counter
from dataclasses import replace
from functools import partial

import pytest
from pyoxigraph import BlankNode, DefaultGraph, QuerySolutions

from kg import nquads
from kg.errors import SettingsError
from kg.export import canonical_hash
from kg.identity import resolve
from kg.model import (
    Claim,
    Entity,
    EntityKind,
    Findings,
    Form,
    Identities,
    Mention,
    Mode,
    Settings,
    Span,
    Time,
)
from kg.shelf import Shelf, shelve
from kg.statements import describe_build, parts, state
from kg.store import StoreReader, memory_reader
from kg.vocabulary import KG, digest, is_runs_graph, mint, prologue, runs_graph
from tests import examples
from tests.examples import BASE, ENDED, RUN, STARTED, at, hospital, inquiry, local_iri


def select(reader: StoreReader, query: str) -> list[tuple[str | None, ...]]:
    """Rows of text in a fixed order, None where nothing is bound."""
    solutions = reader.query(prologue() + query)
    assert isinstance(solutions, QuerySolutions)
    rows = [
        tuple(None if value is None else str(getattr(value, "value", value)) for value in solution)
        for solution in solutions
    ]
    return sorted(rows, key=lambda row: [(value is None, value or "") for value in row])


def ask(reader: StoreReader, query: str) -> bool:
    return bool(reader.query(prologue() + query))


def stated(*findings: Findings, identities: Identities | None = None) -> StoreReader:
    return memory_reader(state(findings, identities or examples.identities(), RUN))


def alone(found: Findings) -> Identities:
    """Every entity of one document is itself."""
    iris = [local_iri(found, entity.id) for entity in found.entities]
    return Identities(canonical=dict(zip(iris, iris, strict=True)))


def test_the_order_of_documents_does_not_change_the_graph() -> None:
    forwards = set(state(examples.findings(), examples.identities(), RUN))
    backwards = set(state(reversed(examples.findings()), examples.identities(), RUN))
    assert forwards == backwards


def test_nothing_is_stated_twice() -> None:
    quads = list(state(examples.findings(), examples.identities(), RUN))
    assert max(Counter(quads).values()) == 1


def test_there_are_no_blank_nodes() -> None:
    for quad in examples.known_quads():
        assert not {type(term) for term in (*quad.triple, quad.graph_name)} & {BlankNode}


def test_only_what_a_document_says_for_certain_in_its_own_voice_is_accepted(
    known_reader: StoreReader,
) -> None:
    titles = select(known_reader, "SELECT ?title { ?m kg:title ?title }")
    assert titles == [("chairwoman",), ("president",)]
    events = select(known_reader, "SELECT ?label { ?e a sem:Event ; rdfs:label ?label }")
    assert events == [("conference in Oslo",)]
    assert not ask(known_reader, "ASK { ?q a kg:Quantity }")


def test_every_content_stands_in_the_graph_of_its_statement(known_reader: StoreReader) -> None:
    rows = select(
        known_reader,
        """SELECT ?title ?polarity ?voice {
             GRAPH ?statement { ?m kg:title ?title }
             ?statement kg:polarity ?polarity ; kg:statedIn/kg:mode ?voice
           }""",
    )
    kinds = "https://w3id.org/kg/kinds#"
    assert rows == [
        ("chairwoman", f"{kinds}polarity-affirmed", f"{kinds}mode-own-voice"),
        ("commander", f"{kinds}polarity-affirmed", f"{kinds}mode-indirect"),
        ("judge", f"{kinds}polarity-denied", f"{kinds}mode-indirect"),
        ("president", f"{kinds}polarity-affirmed", f"{kinds}mode-own-voice"),
    ]


def test_the_policy_all_accepts_everything() -> None:
    run = replace(RUN, settings=Settings(base=BASE, policy="all"))
    reader = memory_reader(state(examples.findings(), examples.identities(), run))
    assert len(select(reader, "SELECT ?title { ?m kg:title ?title }")) == 4


def test_an_unknown_policy_is_refused_with_the_known_ones() -> None:
    run = replace(RUN, settings=Settings(policy="some"))
    with pytest.raises(SettingsError, match="no policy 'some'; there are default, reviewed, all"):
        state([], Identities(canonical={}), run)


def test_hearsay_keeps_its_chain(known_reader: StoreReader) -> None:
    rows = select(
        known_reader,
        """SELECT ?words ?passed_on_by {
             GRAPH ?statement { ?m kg:title "commander" }
             ?statement kg:statedIn ?claim .
             ?claim kg:speakerWords ?words ; kg:within ?outer .
             ?outer kg:speaker/foaf:name ?passed_on_by ; kg:within ?own .
             ?own kg:mode kind:mode-own-voice ; kg:within/a kg:Document
             FILTER NOT EXISTS { ?claim kg:speaker ?anybody }
           }""",
    )
    assert rows == [("a witness", "Anna Berg")]


def test_a_statement_says_where_it_stands_and_in_which_sentence(known_reader: StoreReader) -> None:
    rows = select(
        known_reader,
        """SELECT ?words ?sentence {
             GRAPH ?statement { ?m kg:title "judge" }
             ?statement prov:wasDerivedFrom/oa:hasSelector/oa:exact ?words ;
               kg:sentence/oa:hasSelector/oa:exact ?sentence
           }""",
    )
    sentence = "Anna Berg is not a judge, Rahimi wrote on 1 April 2022."
    assert rows == [("Anna Berg", sentence), ("Anna Berg is not a judge", sentence)]


@pytest.mark.parametrize("found", [inquiry(), hospital()], ids=["inquiry", "hospital"])
def test_every_passage_quotes_the_text_at_its_offsets(
    known_reader: StoreReader, found: Findings
) -> None:
    text = found.document.text
    rows = select(
        known_reader,
        f"""SELECT ?passage ?start ?end ?exact ?prefix ?suffix {{
             ?document kg:textHash "{found.document.sha256}" .
             ?passage oa:hasSource ?document ; oa:hasSelector ?position, ?quote .
             ?position oa:start ?start ; oa:end ?end .
             ?quote oa:exact ?exact ; oa:prefix ?prefix ; oa:suffix ?suffix
           }}""",
    )
    assert len(rows) > 20
    for passage, first, last, exact, prefix, suffix in rows:
        start, end = int(first or ""), int(last or "")
        assert (passage or "").endswith(f"#char={start},{end}")
        assert exact == text[start:end]
        assert prefix == text[max(0, start - 32) : start]
        assert suffix == text[end : end + 32]


def _statements(reader: StoreReader, document: str) -> set[tuple[str | None, ...]]:
    return set(
        select(
            reader,
            f"""SELECT DISTINCT ?statement {{
                 ?statement a kg:Statement ; prov:wasDerivedFrom/oa:hasSource ?document .
                 ?document kg:textHash "{document}"
               }}""",
        )
    )


def test_a_statement_keeps_its_iri_when_entities_are_merged_or_documents_come(
    known_reader: StoreReader,
) -> None:
    found = hospital()
    sha256 = found.document.sha256
    expected = _statements(known_reader, sha256)
    assert len(expected) == 5
    assert _statements(stated(found, identities=alone(found)), sha256) == expected


def test_a_statement_keeps_its_iri_when_only_the_method_or_the_claim_changes() -> None:
    found = hospital()
    other = replace(
        found, roles=tuple(replace(role, method="rule:new", within=None) for role in found.roles)
    )
    sha256 = found.document.sha256
    assert _statements(stated(found), sha256) == _statements(stated(other), sha256)


def test_two_readings_of_the_same_words_are_two_statements() -> None:
    found = hospital()
    role = found.roles[0]
    other = replace(found, roles=(role, replace(role, status="former"), role))
    rows = select(
        stated(other),
        "SELECT ?g ?status { GRAPH ?g { ?m kg:title ?title OPTIONAL { ?m kg:status ?status } } }",
    )
    assert len(rows) == len({graph for graph, _ in rows}) == 2


def _named(base: Findings, name: str) -> Findings:
    """A document of its own that calls one person by a name."""
    mention = Mention(span=at(base.document.text, "Anna Berg"), form=Form.NAME, method="test")
    return Findings(
        document=examples.document(f"{base.document.text}{name}"),
        entities=(Entity(id="p", kind=base.entities[0].kind, name=name, mentions=(mention,)),),
    )


@pytest.mark.parametrize("order", [1, -1])
def test_the_fullest_name_of_all_documents_is_the_name(order: int) -> None:
    several = [_named(inquiry(), name) for name in ("A. Berg", "Anna M. Berg", "Anna B. Berg")]
    iris = [local_iri(found, "p") for found in several]
    identities = Identities(canonical=dict.fromkeys(iris, min(iris)))
    reader = stated(*several[::order], identities=identities)
    assert select(reader, "SELECT ?name { ?p foaf:name ?name }") == [("Anna B. Berg",)]
    others = select(reader, "SELECT ?name { ?p skos:altLabel ?name }")
    assert others == [("A. Berg",), ("Anna Berg",), ("Anna M. Berg",)]


def test_what_has_no_name_is_described(known_reader: StoreReader) -> None:
    rows = select(
        known_reader,
        "SELECT ?words ?name { ?e kg:described ?words OPTIONAL { ?e foaf:name ?name } "
        "FILTER NOT EXISTS { ?e a kg:ReportedEvent } }",
    )
    assert rows == [("protesters", None), ("students", None), ("the army", None)]


def test_old_entities_lead_to_the_canonical_one(known_reader: StoreReader) -> None:
    rows = select(
        known_reader,
        """SELECT ?old ?new { ?old kg:identifiedAs ?new ; dcterms:isReplacedBy ?new .
             ?new kg:identifiedAs ?new ; foaf:name "Anna Berg" }""",
    )
    berg = {local_iri(inquiry(), "berg"), local_iri(hospital(), "e3")}
    assert rows == [(max(berg), min(berg))]
    assert not ask(known_reader, "ASK { ?x dcterms:isReplacedBy ?x }")


def test_an_event_of_several_clauses_is_one_event_with_one_statement_each(
    known_reader: StoreReader,
) -> None:
    rows = select(
        known_reader,
        """SELECT ?event ?polarity ?part {
             GRAPH ?statement { ?event a sem:Event ; rdfs:label "killing in Lindau"
               OPTIONAL { ?event sem:hasActor/sem:roleType ?part } }
             ?statement kg:polarity ?polarity ; prov:wasDerivedFrom/oa:hasSource ?document .
             ?document kg:file "reports/inquiry.txt"
           } GROUP BY ?event ?polarity ?part""",
    )
    found = inquiry()
    trigger = found.events[1].trigger
    key = digest(found.document.sha256, trigger.start, trigger.end)
    assert {event for event, _, _ in rows} == {mint(BASE, "event", key, "killing in Lindau")}
    assert [(polarity or "").rpartition("-")[2] for _, polarity, _ in rows] == [
        "affirmed",
        "affirmed",
        "denied",
    ]
    assert [(part or "").rpartition("-")[2] for _, _, part in rows] == ["agent", "victim", ""]


def test_a_number_keeps_its_bounds_and_whose_it_is(known_reader: StoreReader) -> None:
    rows = select(
        known_reader,
        """SELECT ?of ?words ?lower ?upper ?approximate ?speaker {
             GRAPH ?statement { ?event kg:quantity ?q .
               ?q kg:words ?words ; kg:of ?of ; kg:approximate ?approximate
               OPTIONAL { ?q kg:lower ?lower } OPTIONAL { ?q kg:upper ?upper } }
             ?statement kg:about ?event ; kg:statedIn/kg:speaker/foaf:name ?speaker
           }""",
    )
    assert rows == [
        ("people", "Around 25", "25", "25", "true", "Lindau Hospital"),
        ("students", "at least 40", "40", None, "false", "Anna Berg"),
    ]


def test_an_interval_has_the_bounds_that_are_stated(known_reader: StoreReader) -> None:
    rows = select(
        known_reader,
        """SELECT ?title ?start ?end {
             ?m kg:title ?title OPTIONAL { ?m org:memberDuring ?interval .
               ?interval kg:start/kg:edtf ?start ; kg:end/kg:edtf ?end }
           }""",
    )
    assert rows == [("chairwoman", "1985", "1990"), ("president", None, None)]


def test_a_span_has_one_time_even_if_findings_disagree() -> None:
    found = hospital()
    start = found.roles[0].start
    assert isinstance(start, Time)
    other = replace(found, roles=(replace(found.roles[0], start=replace(start, edtf="1985~")),))
    rows = select(stated(other), 'SELECT ?edtf { ?time kg:words "1985" ; kg:edtf ?edtf }')
    assert rows == [("1985",)]


def test_what_is_left_open_is_stated_with_its_reason(known_reader: StoreReader) -> None:
    rows = select(
        known_reader,
        """SELECT ?words ?reason { ?a a kg:Abstention ; kg:reason ?reason ;
             prov:wasDerivedFrom/oa:hasSelector/oa:exact ?words }""",
    )
    assert rows == [("He", "two persons before it fit")]


def test_the_same_thing_left_open_twice_is_stated_once() -> None:
    found = inquiry()
    again = replace(found.abstentions[0], method="rule:other", reason="another")
    other = replace(found, abstentions=(*found.abstentions, again))
    rows = select(stated(other), "SELECT ?reason { ?a a kg:Abstention ; kg:reason ?reason }")
    assert rows == [("two persons before it fit",)]


def test_times_and_places_of_a_run_stand_apart_and_change_no_hash() -> None:
    quads = examples.known_quads()
    documents = [found.document for found in examples.findings()]
    moved = [replace(document, location="/elsewhere") for document in documents]
    later = describe_build(RUN, moved, started=ENDED, ended=ENDED)
    kept = [q for q in quads if not is_runs_graph(getattr(q.graph_name, "value", ""))]
    again = nquads.quads(nquads.split(later))
    assert canonical_hash([*kept, *again], base=BASE) == canonical_hash(quads, base=BASE)
    assert len(kept) == len(quads) - 4
    assert not any("/somewhere/" in str(q) or str(STARTED.year) in str(q) for q in kept)


def test_a_run_reads_the_same_wherever_it_ran(known_reader: StoreReader) -> None:
    rows = select(known_reader, "SELECT ?p { ?run a prov:Activity ; ?p ?o }")
    assert {(f"{KG}settings",)} < set(rows)
    assert not ask(known_reader, "ASK { ?run prov:startedAtTime ?t }")
    graph = f"<{runs_graph(BASE)}>"
    assert ask(known_reader, f"ASK {{ GRAPH {graph} {{ ?run prov:startedAtTime ?t }} }}")


def test_metadata_of_a_document_is_kept(known_reader: StoreReader) -> None:
    rows = select(
        known_reader,
        """SELECT ?publisher ?creator ?issued ?url ?retrieved { ?d a kg:Document ;
             dcterms:publisher ?publisher ; dcterms:issued ?issued
             OPTIONAL { ?d dcterms:creator ?creator ; schema:url ?url ;
               kg:retrieved ?retrieved } }""",
    )
    assert rows == [
        ("Lindau Notes", None, "2022-04-02", None, None),
        (
            "Sample Reports",
            "Ida Holm",
            "2022-03-22",
            "https://reports.example/inquiry?page=1&part=2",
            "2022-04-05",
        ),
    ]


def test_a_document_with_nothing_in_it_is_still_described() -> None:
    found = Findings(document=examples.document("Nothing happened.\n"))
    reader = stated(found, identities=Identities(canonical={}))
    assert ask(reader, "ASK { ?own a kg:Claim ; kg:within ?d . ?d a kg:Document }")
    assert {type(quad.graph_name) for quad in reader.quads()} == {DefaultGraph}


def test_findings_are_opened_one_by_one_and_not_held() -> None:
    held: list[weakref.ref[Text]] = []
    most = 0

    def opened(found: Findings) -> Findings:
        nonlocal most
        text = Text(found.document.text)
        held.append(weakref.ref(text))
        most = max(most, sum(each() is not None for each in held))
        return replace(found, document=replace(found.document, text=text))

    one, other = examples.findings()
    many = [
        replace(found, document=replace(found.document, sha256=f"{at}{found.document.sha256[1:]}"))
        for at in range(4)
        for found in (one, other)
    ]
    records = [
        replace(record, open=partial(opened, found))
        for record, found in zip(shelve(many).records, sorted(many, key=_sha256), strict=True)
    ]
    identities = resolve(many, base=BASE)
    assert sum(len(part.make()) for part in parts(Shelf(records), identities, RUN))
    assert len(held) >= len(many)
    assert most <= 3  # the one in hand, the one before, and the one being opened


class Text(str):
    """Text that can be watched."""


def _sha256(found: Findings) -> str:
    return found.document.sha256


def test_a_claim_says_to_whom_and_where_it_is_made(known_reader: StoreReader) -> None:
    rows = select(
        known_reader,
        """SELECT ?words ?name ?passage {
            ?claim kg:addresseeWords ?words ; kg:addressee/foaf:name ?name ;
                kg:addresseePassage/oa:hasSelector/oa:exact ?passage }""",
    )
    assert rows == [("her", "Anna Berg", "her")]
    rows = select(
        known_reader,
        """SELECT ?words ?passage ?entity {
            ?claim kg:mediumWords ?words ; kg:mediumPassage/oa:hasSelector/oa:exact ?passage
            OPTIONAL { ?claim kg:medium ?entity } }""",
    )
    assert rows == [("outside the hall", "outside the hall", None)]


def test_a_document_that_speaks_is_a_creative_work_and_no_document_of_the_case() -> None:
    text = "A report says so."
    report = Entity(
        id="e1",
        kind=EntityKind.DOCUMENT,
        name="report",
        mentions=(Mention(span=Span(0, 8), form=Form.NOMINAL, method="rule:describing-noun"),),
    )
    claim = Claim(
        id="c1",
        speaker="e1",
        source=(Span(0, 8),),
        cue=(Span(9, 13),),
        content=(Span(14, 16),),
        mode=Mode.INDIRECT,
        method="rule:verb-of-saying",
    )
    found = Findings(
        document=examples.document(text),
        sentences=(Span(0, 17),),
        entities=(report,),
        claims=(claim,),
    )
    reader = stated(found, identities=alone(found))
    ((speaker, described),) = select(
        reader, "SELECT ?who ?words { ?claim kg:speaker ?who . ?who kg:described ?words }"
    )
    assert described == "report"
    *_, room, slug = str(speaker).split("/")
    assert (room, slug.partition("-")[0]) == ("work", "report")
    assert ask(reader, "ASK { ?claim kg:speaker/a schema:CreativeWork }")
    assert not ask(reader, "ASK { ?claim kg:speaker/a kg:Document }")
