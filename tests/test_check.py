"""Check: a clean graph passes, and each way of breaking one is found and named."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

import pytest
import rdflib
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kg.check import Problem, check
from kg.errors import UnreadableDocumentError
from kg.model import Document, Settings
from kg.resources import read_resource
from kg.shapes import violations, violations_of_each
from kg.statements import state
from kg.store import memory_reader
from kg.vocabulary import DCTERMS, FOAF, KG, KINDS, OA, ORG, PROV, RDF, SEM, document_iri
from tests import examples
from tests.examples import BASE, INQUIRY, RUN, inquiry, known_quads

TYPE = NamedNode(RDF + "type")
type Change = Callable[[Quad], Quad | None]


def reread(file: str) -> Document:
    known = {found.document.file: found.document for found in examples.findings()}
    return known[file]


def changed_to(text: str) -> Callable[[str], Document]:
    """Sources in which the inquiry has another text by now."""
    return lambda file: (
        examples.document(text, file=file) if file == "reports/inquiry.txt" else reread(file)
    )


def problems(
    quads: Iterable[Quad], read: Callable[[str], Document] = reread
) -> dict[str, list[Problem]]:
    found: dict[str, list[Problem]] = {}
    for problem in check(memory_reader(quads), read):
        found.setdefault(problem.kind, []).append(problem)
    return found


def statement_of(title: str) -> str:
    """The statement that a person holds the role of this title."""
    (name,) = {
        str(getattr(quad.graph_name, "value", ""))
        for quad in known_quads()
        if quad.object == Literal(title) and quad.graph_name != DefaultGraph()
    }
    return name


def without(*, predicate: str, subject: str | None = None) -> list[Quad]:
    return [
        quad
        for quad in known_quads()
        if not (
            quad.predicate.value == predicate
            and subject in {None, getattr(quad.subject, "value", "")}
        )
    ]


def test_a_good_graph_has_no_problem() -> None:
    assert problems(known_quads()) == {}


def test_a_good_graph_that_accepts_everything_has_no_problem() -> None:
    run = replace(RUN, settings=Settings(base=BASE, policy="all"))
    assert problems(state(examples.findings(), examples.identities(), run)) == {}


def test_an_empty_graph_is_a_problem() -> None:
    found = problems([])
    assert [problem.message.partition(";")[0] for problem in found["empty"]] == [
        "the graph holds no document",
        "the graph holds no statement",
        "the graph describes nothing",
    ]


def test_one_flipped_character_names_file_words_offsets_and_statements() -> None:
    found = problems(known_quads(), changed_to(INQUIRY.replace("commander", "commandeR")))
    (text,) = found["text"]
    assert "'reports/inquiry.txt' is not the text that was read" in text.message
    assert len(text.statements) == 6
    (broken,) = [p for p in found["passage"] if "#char=221,270" in p.subject]
    assert broken.message == (
        "'reports/inquiry.txt' at characters 221 to 270 does not say "
        "'Karl Weiss was the commander of the Third Brigade' but "
        "'Karl Weiss was the commandeR of the Third Brigade'"
    )
    assert broken.statements == (statement_of("commander"),)


@pytest.mark.parametrize("position", range(0, len(INQUIRY), 17))
def test_any_flipped_character_is_found(position: int) -> None:
    flipped = chr(ord(INQUIRY[position]) ^ 1)
    text = INQUIRY[:position] + flipped + INQUIRY[position + 1 :]
    reader = memory_reader(known_quads())
    shapes = "@prefix sh: <http://www.w3.org/ns/shacl#> . <urn:none> a sh:NodeShape ."
    found = check(reader, changed_to(text), shapes=shapes)
    assert found[0].kind == "text"


def test_changed_surroundings_are_found() -> None:
    found = problems(known_quads(), changed_to(INQUIRY.replace(" added that", " adds  that")))
    (passage,) = [p for p in found["passage"] if p.subject.endswith("#char=177,181")]
    assert passage.message.endswith("says 'Berg', but other words stand around it")


def test_a_source_that_cannot_be_read_again_is_a_problem() -> None:
    def gone(file: str) -> Document:
        raise UnreadableDocumentError(file, "no such file")

    found = problems(known_quads(), gone)["document"]
    assert [problem.message for problem in found] == [
        "cannot be read again: 'hospital.txt': no such file",
        "cannot be read again: 'reports/inquiry.txt': no such file",
    ]
    assert [len(problem.statements) for problem in found] == [5, 6]


def test_a_passage_without_its_quotation_is_a_problem() -> None:
    found = problems(without(predicate=f"{OA}exact"))["passage"]
    assert found
    assert {p.message for p in found} == {
        "'hospital.txt': a passage lacks its position or its quotation",
        "'reports/inquiry.txt': a passage lacks its position or its quotation",
    }


def test_a_passage_must_be_where_its_iri_says() -> None:
    moved = [
        Quad(quad.subject, quad.predicate, Literal(415), quad.graph_name)
        if quad.predicate.value == f"{OA}start" and quad.object.value == "273"  # type: ignore[union-attr]
        else quad
        for quad in known_quads()
    ]
    messages = [p.message for p in problems(moved)["passage"]]
    assert any("the passage and its position differ" in message for message in messages)


def test_a_named_participant_must_stand_in_the_words() -> None:
    """A role that is given to somebody whom its passages do not mention."""
    wrong = examples.local_iri(examples.inquiry(), "weiss")
    right = examples.identities().canonical[examples.local_iri(examples.inquiry(), "berg")]
    statement = statement_of("president")
    swapped = [
        Quad(quad.subject, quad.predicate, NamedNode(wrong), quad.graph_name)
        if quad.predicate.value == f"{ORG}member" and quad.object == NamedNode(right)
        else quad
        for quad in known_quads()
    ]
    (found,) = [p for p in problems(swapped)["participant"] if p.statements == (statement,)]
    assert found.subject == wrong
    assert "'Karl Weiss' is part of a statement whose passages (0 to 9, 0 to 53)" in found.message


def test_a_chain_that_ends_in_no_document_is_a_problem() -> None:
    document = NamedNode(document_iri(BASE, inquiry().document.sha256))
    own = next(
        quad.subject
        for quad in known_quads()
        if quad.predicate.value == f"{KG}within" and quad.object == document
    )
    found = problems(without(predicate=f"{KG}within", subject=str(own.value)))["claim"]  # type: ignore[union-attr]
    assert len(found) > 1
    assert {s for problem in found for s in problem.statements} >= {statement_of("president")}


def test_claims_in_a_circle_end_in_no_document() -> None:
    within = NamedNode(f"{KG}within")
    circle = [
        Quad(quad.subject, within, quad.subject) if quad.predicate == within else quad
        for quad in known_quads()
    ]
    assert len(problems(circle)["claim"]) == 9


def test_a_statement_that_nobody_states_is_a_problem() -> None:
    statement = statement_of("president")
    quads = [quad for quad in known_quads() if quad.object != NamedNode(statement)]
    (found,) = problems(quads)["statement"]
    assert found.message == "it must be stated in exactly one claim, and is in 0"
    assert found.statements == (statement,)


def test_a_statement_without_content_is_a_problem() -> None:
    statement = statement_of("judge")
    quads = [quad for quad in known_quads() if quad.graph_name != NamedNode(statement)]
    (found,) = problems(quads)["statement"]
    assert (found.subject, found.message) == (statement, "no graph holds what it says")


def test_a_statement_must_hold_what_its_kind_says() -> None:
    statement = statement_of("judge")
    quads = [
        quad
        for quad in known_quads()
        if not (quad.graph_name == NamedNode(statement) and quad.predicate == TYPE)
    ]
    (found,) = problems(quads)["statement"]
    assert (found.subject, found.message) == (statement, "its graph holds no role")


def test_a_graph_that_is_no_statement_is_a_problem() -> None:
    stray = Quad(NamedNode("urn:a"), TYPE, NamedNode("urn:b"), NamedNode("urn:stray"))
    (found,) = problems([*known_quads(), stray])["graph"]
    assert found.subject == "urn:stray"


@pytest.mark.parametrize("title", ["judge", "commander"])
def test_a_denied_or_alleged_role_must_not_stand_as_a_fact(title: str) -> None:
    graph = NamedNode(statement_of(title))
    leaked = [Quad(*quad.triple) for quad in known_quads() if quad.graph_name == graph]
    (found,) = problems([*known_quads(), *leaked])["accepted"]
    assert found.subject == f"{graph.value}/membership"


def test_a_bare_fact_is_a_problem() -> None:
    bare = Quad(NamedNode("urn:event"), TYPE, NamedNode(f"{SEM}Event"))
    (found,) = problems([*known_quads(), bare])["accepted"]
    assert found.subject == "urn:event"


@pytest.mark.parametrize(
    "predicate",
    [
        f"{KG}textHash",
        f"{KG}polarity",
        f"{KG}mode",
        f"{PROV}wasGeneratedBy",
        f"{KG}edtf",
        f"{KG}verdict",
        f"{OA}hasSource",
    ],
)
def test_shapes_of_the_meta_graph_are_held(predicate: str) -> None:
    assert problems(without(predicate=predicate))["shape"]


@pytest.mark.parametrize("predicate", [f"{KG}title", f"{ORG}member", f"{SEM}eventType"])
def test_shapes_of_each_content_graph_are_held(predicate: str) -> None:
    found = problems(without(predicate=predicate))["shape"]
    named = {quad.graph_name for quad in known_quads() if quad.predicate.value == predicate}
    assert {s for p in found for s in p.statements} == {
        str(name.value) for name in named if isinstance(name, NamedNode)
    }


def test_a_content_graph_is_judged_as_if_alone() -> None:
    """What one graph lacks, another in the same batch does not give it."""
    shapes = rdflib.Graph().parse(data=read_resource("ontology/shapes.ttl"), format="turtle")
    event, place = NamedNode("urn:event"), NamedNode(f"{SEM}Event")
    whole = [
        Quad(event, TYPE, place),
        Quad(event, NamedNode("http://www.w3.org/2000/01/rdf-schema#label"), Literal("rally")),
        Quad(event, NamedNode(f"{SEM}eventType"), NamedNode(f"{KINDS}event-protest")),
    ]
    for missing in (1, 2):
        partial = [quad for number, quad in enumerate(whole) if number != missing]
        together = list(
            violations_of_each(
                [("urn:one", whole), ("urn:two", partial), ("urn:three", whole)], shapes
            )
        )
        (alone,) = violations(partial, shapes)
        assert [(v.graph, v.node, v.message) for v in together] == [
            ("urn:two", "urn:event", alone.message)
        ]


def test_metadata_and_names_are_not_demanded() -> None:
    for predicate in (f"{DCTERMS}title", f"{DCTERMS}issued", f"{FOAF}name"):
        quads = without(predicate=predicate)
        assert {"text", "passage", "document"}.isdisjoint(problems(quads))
