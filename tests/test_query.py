"""Queries of one's own: what they may do, how they fail, how answers are shown."""

from __future__ import annotations

import csv
import io
import json
import re
from xml.etree import ElementTree as ET

import pytest
import rdflib
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad
from rich.cells import cell_len

from kg.errors import (
    ParameterError,
    QueryError,
    QuerySyntaxError,
    UnknownFormatError,
    UnknownQuestionError,
)
from kg.model import Table
from kg.query import FORMATS, Parameter, Question, ask, bind, questions, render, run, to_table
from kg.store import StoreReader, memory_reader

NAMES = "SELECT ?name WHERE { ?person a foaf:Person ; foaf:name ?name } ORDER BY ?name"


def test_prefixes_of_the_project_need_no_declaration(known_reader: StoreReader) -> None:
    assert to_table(run(known_reader, NAMES)).rows == (
        ("Anna Berg",),
        ("Karl Weiss",),
        ("Sara Rahimi",),
    )


def test_a_prefix_of_the_users_own_goes_before_the_projects(known_reader: StoreReader) -> None:
    declared = "PREFIX foaf: <http://other.example/>\n" + NAMES
    assert to_table(run(known_reader, declared)).rows == ()


def test_a_plain_select_never_gives_a_denied_or_alleged_statement(
    known_reader: StoreReader,
) -> None:
    titles = to_table(run(known_reader, "SELECT DISTINCT ?t WHERE { ?m kg:title ?t } ORDER BY ?t"))
    assert titles.rows == (("chairwoman",), ("president",))
    everywhere = to_table(run(known_reader, "SELECT ?t WHERE { GRAPH ?g { ?m kg:title ?t } }"))
    assert {"judge", "commander"} <= {row[0] for row in everywhere.rows}


@pytest.mark.parametrize(
    ("sparql", "line", "column"),
    [
        ("SELECT * WHERE {\n ?s ?p }", 2, 8),
        ("SELEC ?x {}", 1, 1),
        ("SELECT ?x {\n ?x a foaf:Person }}", 2, 19),
        ("SELECT ?x WHERE {\n  ?x a foaf:Person .\n FILTER(?x > }", 3, 14),
        ("SELECT ?x { ?x ?y ?z } ORDER ?x", 1, 30),
        ("SELECT ?x WHERE {\n ?x foo:a 1 }", 2, 5),
        ("SELECT ?x WHERE { ?x <not an iri> ?y }", 1, 22),
        ("SELECT *\nWHERE {\n\n  ?s foaf:name ?n\n  ?s kg:of ?m .\n}", 5, 3),
        ("SELECT ?x WHERE { ?x a foaf:Person .\r\n\tFILTER CONTAINZ(?x, 'a') }", 2, 9),
        ("PREFIX a: <urn:a>\nSELECT ?x WHERE { ?x a:b '🙂' ; ; , 2 }", 2, 34),
    ],
)
def test_a_syntax_error_says_where_in_the_users_own_text(
    sparql: str, line: int, column: int, known_reader: StoreReader
) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        run(known_reader, sparql)
    assert (caught.value.line, caught.value.column) == (line, column)
    assert caught.value.exit_code == 2


@pytest.mark.parametrize("sparql", ["", " \n", "# nothing here"])
def test_an_empty_query_is_called_empty(sparql: str, known_reader: StoreReader) -> None:
    with pytest.raises(QuerySyntaxError, match="empty"):
        run(known_reader, sparql)


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "SELECT * { ?s a foaf:Person . service SILENT <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "SELECT * { OPTIONAL { SERVICE#'\n?where { ?s ?p ?o } } }",
        # What looks like an IRI hides the beginning of a comment.
        'SELECT * { FILTER(?a<?b#>"""\n) SERVICE <http://127.0.0.1:1/> {?s ?p ?o} #"""\n}',
        "SELECT * FROM <http://127.0.0.1:1/g> { ?s ?p ?o }",
        "ASK FROM NAMED <http://127.0.0.1:1/g> { GRAPH ?g { ?s ?p ?o } }",
    ],
)
def test_a_query_that_looks_outside_is_refused(sparql: str, known_reader: StoreReader) -> None:
    with pytest.raises(QueryError, match="this case alone"):
        run(known_reader, sparql)


@pytest.mark.parametrize(
    "sparql",
    [
        "INSERT DATA { <urn:a> <urn:b> <urn:c> }",
        "PREFIX a: <urn:a>\nDELETE WHERE { ?s ?p ?o }",
        "load <http://127.0.0.1:1/>",
        "CLEAR ALL",
        "DROP DEFAULT",
        "WITH <urn:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    ],
)
def test_an_update_is_refused(sparql: str, known_reader: StoreReader) -> None:
    before = len(known_reader)
    with pytest.raises(QueryError, match="only reads"):
        run(known_reader, sparql)
    assert len(known_reader) == before


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT ?service ?from { ?service kg:title ?from } # SERVICE <http://127.0.0.1:1/> {}",
        'SELECT * { ?s ?p \'from the SERVICE\' , """FROM\n<a:b>""" }',
        "PREFIX service: <urn:from/service> SELECT * { ?s service:from <urn:service> }",
    ],
)
def test_words_that_only_look_like_keywords_pass(sparql: str, known_reader: StoreReader) -> None:
    assert to_table(run(known_reader, sparql)).columns


def test_a_question_that_is_not_there_offers_the_nearest(known_reader: StoreReader) -> None:
    with pytest.raises(UnknownQuestionError, match="did you mean roles"):
        ask(known_reader, "role")


def test_a_parameter_that_is_not_there_offers_the_nearest_and_names_all(
    known_reader: StoreReader,
) -> None:
    with pytest.raises(ParameterError) as caught:
        ask(known_reader, "roles", {"persn": "Berg"})
    assert "did you mean person?" in str(caught.value)
    assert "it has person, title, organization, on" in str(caught.value)
    with pytest.raises(ParameterError, match="it has none"):
        ask(known_reader, "stats", {"name": "x"})


def test_a_parameter_that_is_needed_is_asked_for(known_reader: StoreReader) -> None:
    with pytest.raises(ParameterError, match="sentences needs statement: the IRI"):
        ask(known_reader, "sentences")


@pytest.mark.parametrize(
    ("name", "parameters"),
    [
        ("roles", {"on": "1988"}),
        ("roles", {"on": "2022-02-30"}),
        ("events", {"from": "last year"}),
        ("events", {"until": "1988-13"}),
        ("hearsay", {"least": "-1"}),
        ("hearsay", {"least": "٢"}),
        ("who", {"name": " "}),
    ],
)
def test_a_value_that_is_not_of_its_kind_is_refused(
    name: str, parameters: dict[str, str], known_reader: StoreReader
) -> None:
    with pytest.raises(ParameterError):
        ask(known_reader, name, parameters)


@pytest.mark.parametrize(
    "value", ['x" || true || "', 'Berg")) } #', "\\", "'''", "} UNION { ?s ?p"]
)
@pytest.mark.parametrize(
    "question", [q for q in questions() if q.parameters], ids=lambda question: question.name
)
def test_a_value_is_compared_and_never_read_as_sparql(
    question: Question, value: str, known_reader: StoreReader
) -> None:
    first = next(p for p in question.parameters if p.kind == "words")
    assert len(ask(known_reader, question.name, {first.name: value})) == 0


def test_a_year_stands_for_its_first_or_its_last_day() -> None:
    parameters = (Parameter("from", "", kind="first day"), Parameter("until", "", kind="last day"))
    made = Question("made", "", parameters, "")
    day = NamedNode(str(rdflib.XSD.date))
    assert bind(made, {"from": "1988", "until": "1988-02"}) == {
        "asked_from": Literal("1988-01-01", datatype=day),
        "asked_until": Literal("1988-02-29", datatype=day),
    }


# --- showing


def test_json_xml_csv_and_tsv_are_the_standard_formats(known_reader: StoreReader) -> None:
    names = ["Anna Berg", "Karl Weiss", "Sara Rahimi"]
    document = json.loads(render(run(known_reader, NAMES), "json"))
    assert [b["name"]["value"] for b in document["results"]["bindings"]] == names
    tree = ET.fromstring(render(run(known_reader, NAMES), "xml"))  # noqa: S314 - our own
    assert [e.text for e in tree.iter("{http://www.w3.org/2005/sparql-results#}literal")] == names
    assert render(run(known_reader, NAMES), "csv").split() == ["name", *" ".join(names).split()]
    assert render(run(known_reader, NAMES), "tsv").splitlines()[:2] == ["?name", '"Anna Berg"']


def test_yes_and_no_are_json_and_xml_and_a_table(known_reader: StoreReader) -> None:
    for sparql, answer in (("ASK { ?s a kg:Claim }", True), ("ASK { ?s a kg:Nothing }", False)):
        assert json.loads(render(run(known_reader, sparql), "json"))["boolean"] is answer
        assert str(answer).lower() in render(run(known_reader, sparql), "xml")
        assert str(answer).lower() in render(run(known_reader, sparql), "table")


@pytest.mark.parametrize(("form", "name"), [("turtle", "turtle"), ("ntriples", "nt")])
def test_triples_can_be_read_back(form: str, name: str, known_reader: StoreReader) -> None:
    sparql = "CONSTRUCT { ?p foaf:name ?n } WHERE { ?p a foaf:Person ; foaf:name ?n }"
    graph = rdflib.Graph().parse(data=render(run(known_reader, sparql), form), format=name)
    assert {str(name) for name in graph.objects()} == {"Anna Berg", "Karl Weiss", "Sara Rahimi"}
    assert len(to_table(run(known_reader, sparql))) == 3


@pytest.mark.parametrize(
    ("sparql", "form", "fitting"),
    [
        (NAMES, "turtle", {"csv", "tsv", "json", "xml"}),
        (NAMES, "pdf", {"csv", "tsv", "json", "xml"}),
        ("ASK { ?s ?p ?o }", "csv", {"json", "xml"}),
        ("CONSTRUCT WHERE { ?s a kg:Claim }", "json", {"turtle", "ntriples"}),
        ("DESCRIBE <urn:a>", "", {"turtle", "ntriples"}),
    ],
)
def test_a_format_that_does_not_fit_names_those_that_do(
    sparql: str, form: str, fitting: set[str], known_reader: StoreReader
) -> None:
    with pytest.raises(UnknownFormatError) as caught:
        render(run(known_reader, sparql), form)
    offered = set(re.findall(r"\w+", str(caught.value).partition(";")[2])) & set(FORMATS)
    assert offered
    assert offered <= fitting | {"table"}


def test_an_answer_to_a_question_survives_csv_and_json(known_reader: StoreReader) -> None:
    table = ask(known_reader, "roles")
    columns, *rows = csv.reader(io.StringIO(render(table, "csv"), newline=""))
    assert tuple(columns) == table.columns
    assert [[v or "" for v in row] for row in table.rows] == rows
    bindings = json.loads(render(table, "json"))["results"]["bindings"]
    assert [{k: v["value"] for k, v in b.items()} for b in bindings] == [
        {k: v for k, v in row.items() if v is not None} for row in table
    ]


LONG = Table(
    ("according_to", "sentence"),
    (("Sara Rahimi (سارا رحیمی) 🙂", "word " * 60 + "end"), ("x" * 200, None)),
)


def test_a_table_without_a_width_is_never_cut_or_wrapped() -> None:
    lines = render(LONG, "table").splitlines()
    assert len(lines) == 4
    assert lines[0].startswith("according to")
    assert lines[2].endswith("end")
    assert "x" * 200 in lines[3]


@pytest.mark.parametrize("width", [20, 40, 80, 400])
def test_a_table_in_a_terminal_keeps_inside_it_and_loses_nothing(width: int) -> None:
    shown = render(LONG, "table", width=width)
    assert max(map(cell_len, shown.splitlines())) <= width
    assert shown.count("word") == 60
    assert "end" in shown
    assert shown.count("x") == 200


def test_a_row_too_wide_for_the_terminal_becomes_a_block(known_reader: StoreReader) -> None:
    shown = render(ask(known_reader, "roles", {"title": "judge"}), "table", width=80)
    assert re.search(r"^according to +Sara Rahimi$", shown, re.MULTILINE)
    assert "status" not in shown


def test_a_terminal_obeys_nothing_that_a_document_says() -> None:
    table = Table(("words",), (("\x1b[2J[bold]red[/bold]\r\n\x9b1m:smile:",),))
    for width in (None, 30, 120):
        shown = render(table, "table", width=width)
        assert not set("\x1b\x9b\r") & set(shown)
        assert "[bold]red[/bold]" in shown
        assert ":smile:" in shown


def test_iris_of_known_namespaces_are_shortened_for_a_person() -> None:
    table = Table(("kind",), (("https://w3id.org/kg/kinds#event-trial",), ("https://a.example/x",)))
    assert "kind:event-trial" in render(table, "table")
    assert "https://a.example/x" in render(table, "table")
    assert "https://w3id.org/kg/kinds#event-trial" in render(table, "csv")


def test_nothing_found_is_said_in_a_terminal() -> None:
    assert render(Table(("name",), ()), "table", width=80) == "nothing found\n"
    assert render(Table(("name",), ()), "table").startswith("name\n")


def test_odd_text_in_the_graph_comes_out_whole() -> None:
    name = 'Zoë "Z" O’Hara, \n<script>'
    person = NamedNode("https://kg.example/person/z")
    quads = [
        Quad(person, NamedNode("http://xmlns.com/foaf/0.1/name"), Literal(name), DefaultGraph())
    ]
    table = to_table(run(memory_reader(quads), "SELECT ?n { ?p foaf:name ?n }"))
    assert table.rows == ((name,),)
    assert list(csv.reader(io.StringIO(render(table, "csv"), newline="")))[1] == [name]
