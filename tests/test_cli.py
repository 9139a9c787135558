"""The command line: results on stdout, remarks on stderr, exit codes that can be relied on."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner, Result
from pyoxigraph import RdfFormat, parse

from kg.case import Case
from kg.cli import main
from kg.resources import read_resource
from tests.conftest import REPORTS, write_reports

DONE, FAILED, USAGE = 0, 1, 2


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing in the settings or the folder of whoever runs the tests may count."""
    for name in ("KG_CASE", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


def kg(*arguments: str | Path, given: str | None = None) -> Result:
    return CliRunner().invoke(main, [str(each) for each in arguments], input=given)


def ran(*arguments: str | Path, given: str | None = None) -> str:
    """What a call that must go well prints."""
    result = kg(*arguments, given=given)
    assert result.exit_code == DONE, result.output
    return result.stdout


def refused(code: int, *arguments: str | Path, given: str | None = None) -> str:
    """What a call that must go badly says on stderr; it prints no result and no traceback."""
    result = kg(*arguments, given=given)
    assert result.exit_code == code, result.output
    assert isinstance(result.exception, SystemExit)
    assert result.stdout == ""
    return result.stderr


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    return write_reports(tmp_path / "reports")


# ---- build


def test_a_kg_without_its_model_says_so_and_goes_on_by_rules(
    reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.extraction.attribution.models.PACKAGED", tmp_path / "nowhere")
    result = kg("build", reports)
    assert result.exit_code == DONE
    assert "came without its model of who said what" in result.stderr
    assert "came without its model" in kg("extract", reports / "harbour.txt").stderr
    Path("kg-case/kg.toml").write_text('attribution = "rules"\n', encoding="utf-8")
    assert "came without its model" not in kg("build").stderr


def test_build_without_a_case_makes_one_beside_the_caller(reports: Path) -> None:
    printed = ran("build", reports)
    assert printed.startswith("3 documents (3 new or changed), ")
    assert Path("kg-case/kg.toml").is_file()
    assert ran("ask", "who", "name=Sara", "--format", "csv").count("Sara Lund") == 1


def test_a_later_build_without_paths_reads_the_same_again(reports: Path) -> None:
    ran("build", reports)
    before = Case("kg-case").hash()
    (reports / "more.txt").write_text("“It rained,” said Ole Dahl.", encoding="utf-8")
    assert ran("build").startswith("4 documents (1 new or changed), ")
    (reports / "more.txt").unlink()
    ran("build")
    assert Case("kg-case").hash() == before


def test_the_order_of_the_paths_changes_nothing(reports: Path) -> None:
    paths = [reports / name for name in sorted(REPORTS)]
    ran("build", *paths, "--case", "one")
    ran("build", *reversed(paths), "--case", "two")
    assert Case("one").hash() == Case("two").hash()


def test_a_build_goes_on_past_what_it_cannot_read_and_lists_it(reports: Path) -> None:
    (reports / "scan.pdf").write_bytes(b"%PDF-1.7\n")
    (reports / "nothing.txt").write_text("", encoding="utf-8")
    result = kg("build", reports)
    assert result.exit_code == DONE
    assert "3 documents" in result.stdout
    assert "2 files set aside" in result.stdout
    for name in ("scan.pdf", "nothing.txt"):
        assert f"{name}': " in result.stderr
        assert name not in result.stdout


def test_a_build_that_can_read_nothing_fails(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    result = kg("build", "empty.txt")
    assert result.exit_code == FAILED
    assert "empty.txt" in result.stderr


def test_build_json_is_for_a_program(reports: Path) -> None:
    (reports / "again.txt").write_bytes((reports / "harbour.txt").read_bytes())
    (reports / "scan.pdf").write_bytes(b"%PDF-1.7\n")
    report = json.loads(ran("build", reports, "--json"))
    assert report["documents"] == ["again.txt", "inner/note.txt", "trial.html"]
    assert report["copies"] == [{"file": "harbour.txt", "of": "again.txt"}]
    assert [Path(each["file"]).name for each in report["set_aside"]] == ["scan.pdf"]
    assert report["case"] == "kg-case"


def test_published_dates_the_documents_that_carry_no_date(reports: Path) -> None:
    ran("build", reports, "--published", "2021-06-01")
    rows = json.loads(ran("ask", "documents", "--json"))["results"]["bindings"]
    dates = {row["file"]["value"]: row["published"]["value"] for row in rows}
    assert dates == {
        "harbour.txt": "2021-05-12",
        "inner/note.txt": "2021-06-01",
        "trial.html": "2022-03-03",
    }


def test_build_of_a_path_that_is_not_there_is_a_wrong_call() -> None:
    assert "no-such-folder" in refused(USAGE, "build", "no-such-folder")


def test_settings_that_cannot_be_used_name_the_file(reports: Path) -> None:
    Path("kg-case").mkdir()
    Path("kg-case/kg.toml").write_text("polycy = 'all'\n", encoding="utf-8")
    assert refused(FAILED, "build", reports).startswith(
        "kg: 'kg-case/kg.toml': no setting 'polycy'; there are attribution, "
    )


def test_the_case_may_be_named_by_the_environment(
    built: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_CASE", str(built.folder))
    assert "Anna Berg" in ran("ask", "who")


def test_a_folder_with_a_kg_toml_is_the_case(built: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(built.folder)
    assert "Anna Berg" in ran("ask", "who")


@pytest.mark.parametrize(
    "command",
    [
        ("ask", "who"),
        ("query", "ASK {}"),
        ("check",),
        ("stats",),
        ("export",),
        ("dump", "there"),
        ("view",),
    ],
    ids=lambda command: command[0],
)
def test_without_a_built_case_every_command_says_how_to_make_one(command: tuple[str, ...]) -> None:
    message = refused(FAILED, *command, "--case", "nowhere")
    assert message == "kg: no built case in 'nowhere'; make one with: kg build PATH...\n"
    assert not Path("nowhere").exists()


# ---- extract


@pytest.mark.usefixtures("reports")
def test_extract_prints_one_object_a_line_that_keeps_the_contract() -> None:
    schema = json.loads(read_resource("extraction/findings.schema.json"))
    printed = ran("extract", "reports", "--with-text")
    found = [json.loads(line) for line in printed.splitlines()]
    assert len(found) == len(REPORTS)
    for each in found:
        jsonschema.validate(each, schema)
    assert not Path("kg-case").exists()


@pytest.mark.usefixtures("reports")
def test_extract_offsets_index_the_text_that_it_prints() -> None:
    printed = ran("extract", "reports/inner/note.txt", "--with-text")
    found = json.loads(printed)
    assert found["text"] == REPORTS["inner/note.txt"]
    assert "Sara Lund" in {
        found["text"][start:end]
        for entity in found["entities"]
        for start, end in entity["mentions"]
    }


def test_extract_json_is_one_array(reports: Path) -> None:
    assert len(json.loads(ran("extract", reports, "--format", "json"))) == len(REPORTS)


def test_extract_goes_on_past_a_bad_file_and_fails_in_the_end(reports: Path) -> None:
    (reports / "bad.pdf").write_bytes(b"%PDF-1.7\n")
    result = kg("extract", reports)
    assert result.exit_code == FAILED
    assert len(result.stdout.splitlines()) == len(REPORTS)
    assert "bad.pdf" in result.stderr


def test_extract_of_nothing_is_a_wrong_call() -> None:
    assert "Missing argument" in refused(USAGE, "extract")


# ---- query

NAMES = "SELECT ?name { ?person a foaf:Person ; foaf:name ?name } ORDER BY ?name"


@pytest.fixture
def in_case(built: Case, monkeypatch: pytest.MonkeyPatch) -> Case:
    monkeypatch.setenv("KG_CASE", str(built.folder))
    return built


@pytest.mark.usefixtures("in_case")
def test_a_query_comes_as_an_argument_from_a_file_or_from_stdin() -> None:
    Path("names.rq").write_text(NAMES, encoding="utf-8")
    answers = {
        ran("query", NAMES),
        ran("query", "--file", "names.rq"),
        ran("query", given=NAMES),
        ran("query", "-", given=NAMES),
    }
    assert len(answers) == 1
    assert "Anna Berg" in answers.pop()


@pytest.mark.usefixtures("in_case")
def test_a_query_is_given_once() -> None:
    Path("names.rq").write_text(NAMES, encoding="utf-8")
    assert "not both" in refused(USAGE, "query", NAMES, "--file", "names.rq")


@pytest.mark.usefixtures("in_case")
@pytest.mark.parametrize(
    ("form", "beginning"),
    [
        ("csv", "name\r\nAnna Berg\r\n"),
        ("tsv", '?name\n"Anna Berg"\n'),
        ("json", '{"head":{"vars":["name"]}'),
        ("xml", "<?xml"),
        ("table", "name\n"),
    ],
)
def test_rows_come_in_every_format(form: str, beginning: str) -> None:
    assert kg("query", NAMES, "--format", form).stdout_bytes.decode().startswith(beginning)


@pytest.mark.usefixtures("in_case")
@pytest.mark.parametrize("form", ["turtle", "ntriples"])
def test_constructed_triples_can_be_read_again(form: str) -> None:
    printed = ran(
        "query", "CONSTRUCT { ?p foaf:name ?n } WHERE { ?p foaf:name ?n }", "--format", form
    )
    syntax = {"turtle": RdfFormat.TURTLE, "ntriples": RdfFormat.N_TRIPLES}[form]
    assert len(list(parse(printed, format=syntax))) >= len(REPORTS)


@pytest.mark.usefixtures("in_case")
def test_a_syntax_error_says_line_and_column() -> None:
    message = refused(USAGE, "query", "SELECT ?name {\n  ?p foaf:name ?name ;; }}\n")
    assert message.startswith("kg: syntax error at line 2, column ")


def test_a_query_only_reads(in_case: Case) -> None:
    before = in_case.hash()
    assert "only reads" in refused(FAILED, "query", "DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }")
    assert in_case.hash() == before


@pytest.mark.usefixtures("in_case")
def test_an_unknown_format_offers_the_nearest() -> None:
    assert refused(USAGE, "query", NAMES, "--format", "jsn").endswith("did you mean json?\n")


@pytest.mark.usefixtures("in_case")
def test_a_query_file_that_is_no_text_is_a_wrong_call() -> None:
    Path("names.rq").write_bytes(b"\xff\xfe\xfd")
    assert "names.rq" in refused(USAGE, "query", "--file", "names.rq")


# ---- ask


@pytest.mark.usefixtures("in_case")
def test_ask_answers_with_the_words_of_the_source() -> None:
    rows = json.loads(ran("ask", "said", "about=bodies", "--json"))["results"]["bindings"]
    assert [row["according_to"]["value"] for row in rows] == ["Peter Lind"]
    assert rows[0]["sentence"]["value"] == "“We carried twelve bodies,” said Peter Lind."
    assert rows[0]["document"]["value"] == "harbour.txt"


@pytest.mark.usefixtures("in_case")
def test_ask_fits_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    assert max(map(len, ran("ask", "said").splitlines())) <= 60


@pytest.mark.parametrize("arguments", [("ask",), ("ask", "--list")], ids=["bare", "list"])
def test_ask_lists_the_questions_and_their_parameters(arguments: tuple[str, ...]) -> None:
    printed = ran(*arguments)
    assert "roles        Who held which role" in printed
    assert "person=" in printed


@pytest.mark.usefixtures("in_case")
def test_an_unknown_question_offers_the_nearest() -> None:
    assert refused(USAGE, "ask", "rols") == "kg: no question 'rols'; did you mean roles?\n"


@pytest.mark.usefixtures("in_case")
def test_an_unknown_parameter_offers_the_nearest() -> None:
    message = refused(USAGE, "ask", "roles", "persn=Berg")
    assert message.startswith("kg: roles has no parameter 'persn'; did you mean person? ")


@pytest.mark.usefixtures("in_case")
@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        (("Berg",), "kg: 'Berg' is no parameter; write NAME=VALUE\n"),
        (("person=A", "person=B"), "kg: 'person' is given twice\n"),
        (("on=1988",), "kg: on must be a date as YYYY-MM-DD, not '1988'\n"),
    ],
    ids=["no pair", "twice", "no date"],
)
def test_a_parameter_that_cannot_be_used_says_why(
    parameters: tuple[str, ...], message: str
) -> None:
    assert refused(USAGE, "ask", "roles", *parameters) == message


# ---- view, export, check, stats


@pytest.mark.usefixtures("in_case")
def test_view_writes_a_page_and_prints_where(tmp_path: Path) -> None:
    target = tmp_path / "pages" / "berg.html"
    assert ran("view", "--around", "Berg", "-o", target) == f"{target}\n"
    assert "Anna Berg" in target.read_text(encoding="utf-8")


@pytest.mark.usefixtures("in_case")
def test_view_around_nobody_offers_the_nearest() -> None:
    message = refused(FAILED, "view", "--around", "Ana Burg", "-o", "page.html")
    assert "did you mean 'Anna Berg'" in message
    assert not Path("page.html").exists()


@pytest.mark.usefixtures("in_case")
@pytest.mark.parametrize("form", ["json-ld", "n-quads", "n-triples", "rdf-xml", "trig", "turtle"])
def test_export_gives_the_same_to_a_file_and_to_stdout(form: str) -> None:
    ran("export", "--format", form, "-o", "graph")
    result = kg("export", "--format", form)
    assert result.stdout_bytes == Path("graph").read_bytes()
    assert result.stdout_bytes
    assert result.stderr.endswith(" quads\n")


@pytest.mark.usefixtures("in_case")
def test_export_in_an_unknown_format_offers_the_nearest() -> None:
    assert "did you mean turtle" in refused(USAGE, "export", "--format", "turtel")


@pytest.mark.usefixtures("in_case")
def test_export_to_where_nothing_can_be_written_fails() -> None:
    Path("file").write_text("", encoding="utf-8")
    assert refused(FAILED, "export", "-o", "file/graph.trig").startswith("kg: ")


def test_check_is_clean_until_a_character_of_a_source_is_changed(tmp_path: Path) -> None:
    reports = write_reports(tmp_path / "reports")
    ran("build", reports)
    assert ran("check") == "0 problems\n"
    assert json.loads(ran("check", "--json")) == []

    report = reports / "harbour.txt"
    text = report.read_text(encoding="utf-8").replace("twelve", "twelfe")
    report.write_text(text, encoding="utf-8")
    result = kg("check")
    assert result.exit_code == FAILED
    assert "'harbour.txt' is not the text that was read" in result.stdout
    counted = ran("ask", "numbers", "of=bodies", "--format", "csv").splitlines()[1]
    statement = counted.rpartition(",")[2]
    assert f"\n    {statement}\n" in result.stdout
    problems = json.loads(kg("check", "--json").stdout)
    assert statement in {iri for problem in problems for iri in problem["statements"]}

    report.unlink()
    assert "no longer there" in kg("check").stdout


@pytest.mark.usefixtures("in_case")
def test_stats_count_what_there_is() -> None:
    assert json.loads(ran("stats", "--json"))["documents"] == len(REPORTS)
    assert "documents" in ran("stats")


def test_a_damaged_store_says_what_to_delete(in_case: Case, tmp_path: Path) -> None:
    damaged = tmp_path / "damaged"
    shutil.copytree(in_case.folder, damaged)
    (damaged / ".kg" / "store" / "current").write_text("generation-99\n", encoding="utf-8")
    assert "delete that folder and run kg build again" in refused(
        FAILED, "stats", "--case", damaged
    )


# ---- the program itself


def test_a_wrong_command_is_a_wrong_call() -> None:
    assert "No such command" in refused(USAGE, "biuld")


def test_python_m_kg_is_kg() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "kg", "--version"], capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("kg, version ")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shells_are_told_how_to_complete(shell: str) -> None:
    # bash 4.4 is asked for its version by click; the others are not called.
    if shell == "bash" and shutil.which("bash") is None:
        pytest.skip("no bash")
    program = Path(sys.executable).with_name("kg")
    done = subprocess.run(
        [program],
        env={**os.environ, "_KG_COMPLETE": f"{shell}_source"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "_KG_COMPLETE=" in done.stdout
