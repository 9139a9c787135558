"""The Python API: a case, what can be asked of it, and the settings it takes."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
import rdflib
from rdflib.namespace import FOAF

import kg
from kg.case import Case
from kg.errors import (
    KgError,
    ModelMissingError,
    NoCaseError,
    ParameterError,
    PipelineMissingError,
    QueryError,
    SettingsError,
    SourcesTableError,
    UnknownQuestionError,
    UnreadableDocumentError,
)
from kg.extraction.attribution import attribution_version, find_model
from kg.extraction.attribution.models import FILES, PACKAGED
from kg.model import Settings, Table
from kg.settings import read_settings
from tests.conftest import REPORTS, write_reports

WHO = ("name", "kind", "other_names", "curated", "documents", "mentions", "entity")


def noted(case: Case) -> list[dict[str, str]]:
    with (case.sources / "sources.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# ---- a case and its verbs


def test_a_case_writes_nothing_before_its_first_build(tmp_path: Path) -> None:
    case = Case(tmp_path / "case")
    with pytest.raises(NoCaseError, match="kg build PATH"):
        case.ask("who")
    assert not case.folder.exists()


def test_a_build_reports_what_it_read(built: Case, tmp_path: Path) -> None:
    case = Case(tmp_path / "case")
    reports = write_reports(tmp_path / "reports")
    progress: list[tuple[int, int, str]] = []
    report = case.build([reports], progress=lambda *step: progress.append(step))
    assert [document.file for document in report.documents] == sorted(REPORTS)
    assert report.extracted == len(REPORTS)
    assert report.set_aside == ()
    assert progress[0] == (0, len(REPORTS), "harbour.txt")
    assert progress[-1] == (len(REPORTS), len(REPORTS), "")
    assert case.hash() == built.hash()
    assert case.build().extracted == 0


def test_documents_may_lie_in_the_case_itself(built: Case, tmp_path: Path) -> None:
    case = Case(tmp_path / "case")
    write_reports(case.sources)
    case.build()
    assert case.hash() == built.hash()
    assert not (case.sources / "sources.csv").exists()


def test_a_page_of_its_own_is_no_document(built: Case, tmp_path: Path) -> None:
    case = Case(tmp_path / "case")
    write_reports(case.sources)
    case.build()
    case.view().write(case.sources / "seen.html")
    (problem,) = case.build().set_aside
    assert "seen.html" in str(problem)
    assert "kg wrote" in str(problem)
    assert case.hash() == built.hash()


def test_a_case_can_be_moved_with_its_documents(tmp_path: Path) -> None:
    first = tmp_path / "first"
    write_reports(first / "reports")
    Case(first / "case").build([first / "reports"])
    moved = first.rename(tmp_path / "second")
    case = Case(moved / "case")
    assert case.check() == []
    assert len(case.build().documents) == len(REPORTS)


def test_asking_names_the_question_and_its_parameters(built: Case) -> None:
    rows = list(built.ask("roles", person="Berg"))
    assert {(row["person"], row["title"]) for row in rows} == {("Anna Berg", "mayor")}
    with pytest.raises(UnknownQuestionError):
        built.ask("rolls")
    with pytest.raises(ParameterError):
        built.ask("roles", persn="Berg")


def test_a_query_gives_rows_whatever_its_form(built: Case) -> None:
    assert built.query("ASK { ?person foaf:name 'Anna Berg' }").rows == (("true",),)
    assert built.query("SELECT ?n { ?p foaf:name ?n FILTER(?n = 'Anna Berg') }").columns == ("n",)
    triples = built.query("CONSTRUCT { ?p foaf:name ?n } WHERE { ?p foaf:name ?n }")
    assert triples.columns == ("subject", "predicate", "object")
    with pytest.raises(QueryError):
        built.query("DROP ALL")


def test_what_is_denied_is_never_in_the_accepted_view(built: Case) -> None:
    fired = "?event a sem:Event ; rdfs:label 'fired'"
    assert len(built.query(f"SELECT ?event {{ {fired} }}")) == 0
    assert len(built.query(f"SELECT ?event {{ GRAPH ?statement {{ {fired} }} }}")) > 0


def test_the_view_is_a_page_that_shows_itself(built: Case) -> None:
    page = built.view(around="Berg")
    assert "Anna Berg" in page.html
    assert page._repr_html_().startswith("<iframe ")


def test_the_graph_is_an_rdflib_dataset(built: Case) -> None:
    graph = built.graph()
    assert isinstance(graph, rdflib.Dataset)
    assert rdflib.Literal("Anna Berg") in set(graph.default_graph.objects(None, FOAF.name))
    statements = {str(name.identifier) for name in graph.graphs()}
    assert {row["statement"] for row in built.ask("roles")} <= statements


def test_an_export_goes_to_a_path_or_a_stream(built: Case, tmp_path: Path) -> None:
    stream = io.BytesIO()
    count = built.export(stream, "n-quads")
    assert built.export(str(tmp_path / "graph.nq"), "n-quads") == count
    assert (tmp_path / "graph.nq").read_bytes() == stream.getvalue()
    assert len(stream.getvalue().splitlines()) == count


def test_a_text_that_is_too_long_is_set_aside_and_the_others_are_read(tmp_path: Path) -> None:
    case = Case(tmp_path / "case")
    reports = write_reports(tmp_path / "reports")
    (reports / "long.txt").write_text("Anna Berg met two men in Oslo. " * 300, encoding="utf-8")
    (tmp_path / "case").mkdir()
    (tmp_path / "case" / "kg.toml").write_text("characters = 5000\n", encoding="utf-8")
    report = Case(case.folder).build([reports])
    assert len(report.documents) == len(REPORTS)
    (problem,) = report.set_aside
    assert "9300 characters, more than 5000" in str(problem)
    assert "long.txt" in str(problem)


def test_what_was_built_is_clean(built: Case) -> None:
    assert built.check() == []


def test_the_public_names_are_there_and_no_others() -> None:
    for name in kg.__all__:
        assert getattr(kg, name) is not None
    assert issubclass(NoCaseError, kg.KgError)
    with pytest.raises(AttributeError, match="no attribute 'Cases'"):
        _ = kg.Cases


# ---- tables


def test_a_table_is_a_data_frame_without_more_ado(built: Case) -> None:
    table = built.ask("who")
    frame = pd.DataFrame(table)
    assert tuple(frame.columns) == WHO
    assert len(frame) == len(table)
    pd.testing.assert_frame_equal(frame, table.to_pandas())


def test_a_data_frame_has_its_columns_also_without_rows(built: Case) -> None:
    frame = built.ask("who", name="nobody of this name").to_pandas()
    assert tuple(frame.columns) == WHO
    assert frame.empty


def test_a_notebook_shows_the_words_of_a_document_as_words() -> None:
    shown = Table(("what_is_said",), (("<script>alert('&')</script>",), (None,)))._repr_html_()
    assert "<th>what is said</th>" in shown
    assert "<td>&lt;script&gt;alert(&#x27;&amp;&#x27;)&lt;/script&gt;</td>" in shown
    assert "<td></td>" in shown


def test_a_notebook_is_not_flooded() -> None:
    shown = Table(("n",), tuple((str(n),) for n in range(1000)))._repr_html_()
    assert shown.count("<td>") == 200
    assert "and 800 more rows" in shown


# ---- sources.csv


def test_a_path_is_noted_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_reports(tmp_path / "reports")
    monkeypatch.chdir(tmp_path)
    case = Case("case")
    case.build(["reports"])
    case.build(["reports", "reports/", tmp_path / "reports"])
    assert noted(case) == [{"path": "../../reports"}]


@pytest.mark.parametrize(
    ("table", "lines"),
    [
        ("title,path\n", ["title,path", ",../../reports"]),
        ("title;path\nA;inner.txt", ["title;path", "A;inner.txt", ";../../reports"]),
        ("\ufeffPath\tTitle\n", ["Path\tTitle", "../../reports\t"]),
        ("", ["path", "../../reports"]),
    ],
    ids=["other columns", "semicolons and no last line end", "tabs and a mark", "empty"],
)
def test_a_path_is_noted_in_the_form_that_the_table_has(
    tmp_path: Path, table: str, lines: list[str]
) -> None:
    case = Case(tmp_path / "case")
    case.sources.mkdir(parents=True)
    (case.sources / "inner.txt").write_text("“It rained,” said Ole Dahl.", encoding="utf-8")
    (case.sources / "sources.csv").write_text(table, encoding="utf-8", newline="")
    report = case.build([write_reports(tmp_path / "reports")])
    written = (case.sources / "sources.csv").read_text(encoding="utf-8-sig").splitlines()
    assert [line for line in written if line] == lines
    assert report.set_aside == ()
    assert len(report.documents) == len(REPORTS) + 1


@pytest.mark.parametrize(
    ("table", "message"),
    [(b"title\nA\n", "no column 'path'"), (b"path\n\xff.txt\n", "save it as UTF-8")],
    ids=["no paths", "no UTF-8"],
)
def test_nothing_is_added_to_a_table_that_cannot_be_understood(
    tmp_path: Path, table: bytes, message: str
) -> None:
    case = Case(tmp_path / "case")
    case.sources.mkdir(parents=True)
    (case.sources / "sources.csv").write_bytes(table)
    with pytest.raises(SourcesTableError, match=message):
        case.build([write_reports(tmp_path / "reports")])
    assert (case.sources / "sources.csv").read_bytes() == table


def test_a_path_that_is_not_there_is_not_noted(tmp_path: Path) -> None:
    case = Case(tmp_path / "case")
    with pytest.raises(UnreadableDocumentError, match="no such file or folder"):
        case.build([write_reports(tmp_path / "reports"), tmp_path / "nowhere"])
    assert not (case.sources / "sources.csv").exists()


# ---- kg.toml


def test_the_kg_toml_that_a_build_writes_gives_the_defaults(built: Case) -> None:
    text = (built.folder / "kg.toml").read_text(encoding="utf-8")
    assert read_settings(built.folder / "kg.toml") == Settings()
    for name in ("base", "language", "pipeline", "policy", "published", "attribution"):
        assert f"# {name} = " in text


def build_with(tmp_path: Path, settings: str) -> Case:
    folder = tmp_path / "case"
    folder.mkdir()
    (folder / "kg.toml").write_text(settings, encoding="utf-8")
    case = Case(folder)
    case.build([write_reports(tmp_path / "reports")])
    return case


@pytest.mark.parametrize(
    ("settings", "error", "message"),
    [
        ("policy = 'some'", SettingsError, "no policy 'some'; there are "),
        ("pipeline = 'no_such_pipeline'", PipelineMissingError, "no_such_pipeline"),
        ("attribution = 'none'", ModelMissingError, r"case/none' lacks model.onnx, tokenizer.json"),
    ],
    ids=["policy", "pipeline", "attribution"],
)
def test_a_setting_that_a_room_cannot_follow_ends_the_build(
    tmp_path: Path, settings: str, error: type[KgError], message: str
) -> None:
    with pytest.raises(error, match=message):
        build_with(tmp_path, settings)


def test_the_graph_says_what_found_who_said_what(tmp_path: Path) -> None:
    case = build_with(tmp_path, "attribution = 'rules'")
    ((settings,),) = case.query("SELECT ?settings { ?run kg:settings ?settings }").rows
    assert json.loads(str(settings))["attribution"] == "rules"


def test_a_model_has_one_name_wherever_it_lies_and_another_when_it_changes(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        for name in FILES:
            (tmp_path / folder / name).write_text(name, encoding="utf-8")
    one, two = (attribution_version(str(tmp_path / folder)) for folder in ("one", "two"))
    assert one == two != attribution_version(None)
    (tmp_path / "two" / "settings.json").write_text("settings", encoding="utf-8")
    assert attribution_version(str(tmp_path / "two")) != one


def test_another_model_reads_the_documents_again(tmp_path: Path) -> None:
    case = build_with(tmp_path, "attribution = 'rules'")
    assert case.build().extracted == 0
    folder = tmp_path / "model"
    if find_model(None) is None:
        pytest.skip("the package is installed without the learned tagger")
    shutil.copytree(PACKAGED, folder, ignore=lambda _, names: set(names) - set(FILES))
    case.settings = replace(case.settings, attribution=str(folder))
    assert case.build().extracted == len(REPORTS)
    assert case.build().extracted == 0


def test_the_policy_all_accepts_what_is_only_alleged(built: Case, tmp_path: Path) -> None:
    case = build_with(tmp_path, "policy = 'all'")
    killings = "SELECT ?event { ?event a sem:Event ; sem:eventType kind:event-killing }"
    assert len(case.query(killings)) > len(built.query(killings)) == 0
    assert case.check() == []


def test_the_base_begins_the_iris_of_the_case(tmp_path: Path) -> None:
    case = build_with(tmp_path, "base = 'https://archive.example/sund/'")
    iris: list[Mapping[str, str | None]] = list(case.ask("who"))
    assert {str(row["entity"])[:29] for row in iris} == {"https://archive.example/sund/"[:29]}
    assert case.hash() != ""
