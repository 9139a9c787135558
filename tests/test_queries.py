"""Each packaged question against what it must answer on the known graph, in both engines.

To write the expected answers anew, after reading the difference: python -m tests.test_queries
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
import rdflib
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.parserutils import CompValue

from kg.model import Certainty, Polarity, Table
from kg.query import Question, ask, bind, questions, render
from kg.rdflib_exchange import to_rdflib
from kg.store import StoreReader, memory_reader
from tests import examples

# rdflib 7.6 warns of its own use of these while it answers a query on a Dataset.
pytestmark = pytest.mark.filterwarnings(
    "ignore:Dataset.(default_context|contexts) is deprecated:DeprecationWarning"
)

ANSWERS = Path(__file__).parent / "queries"
QUESTIONS = {question.name: question for question in questions()}

#: Each question once as it stands and once narrowed by each of its parameters; never empty.
ASKED: tuple[tuple[str, dict[str, str]], ...] = (
    ("corrections", {}),
    ("corrections", {"what": "accept"}),
    ("corrections", {"by": "ida"}),
    ("corrections", {"about": "next month"}),
    ("denied", {}),
    ("denied", {"by": "WEISS"}),
    ("denied", {"about": "judge"}),
    ("corroboration", {}),
    ("corroboration", {"about": "killing"}),
    ("corroboration", {"least": "1"}),
    ("disagreements", {}),
    ("disagreements", {"about": "lindau"}),
    ("disagreements", {"differs": "happening"}),
    ("documents", {}),
    ("documents", {"title": "hospital"}),
    ("documents", {"publisher": "sample"}),
    ("events", {}),
    ("events", {"about": "students"}),
    ("events", {"kind": "conference"}),
    ("events", {"place": "lindau"}),
    ("events", {"person": "the army"}),
    ("events", {"from": "1988-08", "until": "1988"}),
    ("events", {"from": "2022-03-21"}),
    ("events", {"until": "2022-03"}),
    ("hearsay", {}),
    ("hearsay", {"least": "1"}),
    ("hearsay", {"about": "commander"}),
    ("numbers", {}),
    ("numbers", {"of": "students"}),
    ("numbers", {"about": "the hospital reported"}),
    ("offices", {}),
    ("offices", {"at": "brigade"}),
    ("offices", {"at": "hospital", "title": "CHAIR"}),
    ("offices", {"at": "hospital", "from": "1988-07", "until": "1988-07"}),
    ("offices", {"at": "anna berg is not"}),
    ("roles", {}),
    ("roles", {"person": "berg"}),
    ("roles", {"person": "سارا"}),
    ("roles", {"title": "CHAIR"}),
    ("roles", {"organization": "third brigade"}),
    ("roles", {"on": "1986-02-28"}),
    ("roles", {"on": "2022-03-22"}),
    ("said", {}),
    ("said", {"about": "lindau"}),
    ("said", {"about": "killing in"}),
    ("said", {"speaker": "a witness"}),
    ("said", {"speaker": "Weiss"}),
    ("said", {"mode": "Direct"}),
    ("sentences", {"statement": "ROLE"}),
    ("sentences", {"statement": "PERSON"}),
    ("sentences", {"statement": "EVENT"}),
    ("sentences", {"statement": "PLACE"}),
    ("stats", {}),
    ("unresolved", {}),
    ("unresolved", {"what": "identity"}),
    ("unresolved", {"document": "inquiry"}),
    ("who", {}),
    ("who", {"name": "weiss"}),
    ("who", {"kind": "place"}),
)


@pytest.fixture(scope="module")
def dataset(known_reader: StoreReader) -> rdflib.Dataset:
    return to_rdflib(known_reader)


def meant(reader: StoreReader, parameters: dict[str, str]) -> dict[str, str]:
    """The parameters, with the IRIs that only the graph knows in the place of their names."""
    known = {
        "ROLE": ask(reader, "roles", {"title": "judge"}).rows[0][-1],
        "PERSON": ask(reader, "who", {"name": "karl"}).rows[0][-1],
        "EVENT": ask(reader, "events", {"about": "students"}).rows[0][-2],
        "PLACE": ask(reader, "who", {"name": "oslo"}).rows[0][-1],
    }
    return {name: known.get(value) or value for name, value in parameters.items()}


def case_name(name: str, parameters: dict[str, str]) -> str:
    return "-".join([name, *(f"{key}-{value}" for key, value in parameters.items())])


def in_rdflib(dataset: rdflib.Dataset, question: Question, parameters: dict[str, str]) -> Table:
    bindings: dict[str, rdflib.term.Identifier] = {}
    for name, term in bind(question, parameters).items():
        kind = getattr(term, "datatype").value  # noqa: B009 - the stubs know terms, not literals
        plain = kind == str(rdflib.XSD.string)
        bindings[name] = rdflib.Literal(
            getattr(term, "value"),  # noqa: B009
            datatype=None if plain else rdflib.URIRef(kind),
        )
    result = dataset.query(question.sparql, initBindings=bindings)
    shown = [v for v in result.vars or () if not v.startswith("asked_")]
    return Table(
        tuple(map(str, shown)),
        tuple(
            tuple(None if row.get(v) is None else str(row[v]) for v in shown)
            for row in result.bindings
        ),
    )


@pytest.mark.parametrize(
    ("name", "parameters"), ASKED, ids=[case_name(*asked).replace("/", "_") for asked in ASKED]
)
def test_both_engines_give_the_same_rows_in_the_same_order(
    name: str, parameters: dict[str, str], known_reader: StoreReader, dataset: rdflib.Dataset
) -> None:
    parameters = meant(known_reader, parameters)
    answer = ask(known_reader, name, parameters)
    assert len(answer) > 0
    assert in_rdflib(dataset, QUESTIONS[name], parameters) == answer


def test_every_question_is_asked_and_narrowed_by_every_parameter() -> None:
    asked = {(name, key) for name, parameters in ASKED for key in parameters}
    assert asked == {(q.name, p.name) for q in QUESTIONS.values() for p in q.parameters}
    assert {name for name, _ in ASKED} == set(QUESTIONS)
    needy = {q.name for q in QUESTIONS.values() if any(p.required for p in q.parameters)}
    assert {name for name, parameters in ASKED if not parameters} == set(QUESTIONS) - needy


def golden(reader: StoreReader, name: str) -> Table:
    needs = any(parameter.required for parameter in QUESTIONS[name].parameters)
    return ask(reader, name, meant(reader, {"statement": "EVENT"}) if needs else {})


@pytest.mark.parametrize("name", sorted(QUESTIONS))
def test_a_question_answers_what_is_expected_of_the_known_graph(
    name: str, known_reader: StoreReader
) -> None:
    answer = golden(known_reader, name)
    with (ANSWERS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        columns, *rows = csv.reader(file)
    assert answer.columns == tuple(columns)
    assert [[value or "" for value in row] for row in answer.rows] == rows


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=list(QUESTIONS))
def test_a_question_and_its_parameters_say_what_they_are_for(question: Question) -> None:
    assert len(question.summary) > len("What is it")
    assert all(len(parameter.help) > len("name") for parameter in question.parameters)
    for parameter in question.parameters:
        assert f"?asked_{parameter.name}" in question.sparql


def parts_of(pattern: object) -> Iterator[CompValue]:
    """A pattern of rdflib's algebra and all inside it, but for what stands in a query within."""
    if isinstance(pattern, CompValue):
        yield pattern
        if pattern.name != "ToMultiSet":
            for inside in pattern.values():
                yield from parts_of(inside)


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=list(QUESTIONS))
def test_what_must_be_there_stands_before_what_may_be(question: Question) -> None:
    """Else an engine looks for it in the whole graph, and joins what it found at the end."""
    everything = [prepareQuery(question.sparql).algebra]
    for query in everything:
        everything += [part.p for part in parts_of(query) if part.name == "ToMultiSet"]
    joins = [each for query in everything for each in parts_of(query) if each.name == "Join"]
    late = [
        join.p2
        for join in joins
        if join.p2.name in {"BGP", "Graph"}
        and any(part.name == "LeftJoin" for part in parts_of(join.p1))
    ]
    assert late == []


@pytest.mark.parametrize(
    "name", ["offices", "roles", "events", "numbers", "said", "denied", "sentences"]
)
def test_who_says_so_and_where_stand_in_every_row(name: str, known_reader: StoreReader) -> None:
    for row in golden(known_reader, name):
        assert row["according_to"]
        assert row["polarity"] in {"affirmed", "denied"}
        assert row["certainty"] in {"certain", "probable", "possible", "unreal"}
        assert row["sentence"]
        assert row["document"]


def test_a_denied_role_is_shown_as_denied(known_reader: StoreReader) -> None:
    (row,) = ask(known_reader, "roles", {"title": "judge"})
    assert (row["polarity"], row["according_to"]) == ("denied", "Sara Rahimi")
    assert row["first_attested"] is None


@pytest.mark.parametrize("certainty", Certainty)
@pytest.mark.parametrize("polarity", Polarity)
def test_all_but_what_is_affirmed_for_certain_is_denied_or_doubted(
    polarity: Polarity, certainty: Certainty
) -> None:
    stance = f"(kind:polarity-{polarity} kind:certainty-{certainty})"
    outright = (polarity, certainty) == (Polarity.AFFIRMED, Certainty.CERTAIN)
    assert (stance in QUESTIONS["denied"].sparql) is not outright


def test_hearsay_keeps_its_chain(known_reader: StoreReader) -> None:
    (row,) = ask(known_reader, "roles", {"person": "weiss"})
    assert (row["according_to"], row["told_by"]) == ("“a witness”", "Anna Berg")
    (row,) = ask(known_reader, "hearsay")
    assert row["chain"] == "“a witness”, told by Anna Berg"


def test_a_day_outside_the_stated_bounds_finds_no_role(known_reader: StoreReader) -> None:
    for day in ("1984-12-31", "1991-01-01"):
        assert not len(ask(known_reader, "roles", {"person": "rahimi", "on": day}))
    for day in ("1985-01-01", "1990-12-31"):
        assert len(ask(known_reader, "roles", {"person": "rahimi", "on": day})) == 1


def test_a_former_role_is_not_held_on_the_day_of_the_report(known_reader: StoreReader) -> None:
    assert not len(ask(known_reader, "roles", {"person": "berg", "on": "2022-03-22"}))


def test_an_event_without_a_time_is_in_no_period(known_reader: StoreReader) -> None:
    rows = list(ask(known_reader, "events", {"from": "1000", "until": "2999"}))
    assert rows
    assert all(row["time"] for row in rows)


if __name__ == "__main__":
    known = memory_reader(examples.known_quads())
    for each in QUESTIONS:
        text = render(golden(known, each), "csv")
        (ANSWERS / f"{each}.csv").write_text(text, encoding="utf-8", newline="")
