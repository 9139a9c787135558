"""Correcting on a built case: by command and from Python, in every answer, and taken back."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.case import Case
from kg.errors import (
    ContradictionError,
    NothingToDecideError,
    UncorrectableError,
    UnknownEntityError,
)
from tests import decided
from tests.decided import kg

REPORTS = {
    "harbour.txt": (
        "Anna Berg, the mayor of Norden, said on 3 May 2021 that soldiers had killed two fishermen "
        "in Sund. Berg was there. Karl Holm opened a conference in Norden in 2019.\n"
    ),
    "letter.txt": (
        "Karl Holm wrote that Anna Berg had left Norden. An inquiry found that Berg had lied.\n"
    ),
    "berg-talks.txt": "Ms. Berg told reporters nothing. Karl Berg was arrested in Sund.\n",
}


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Case:
    return decided.build(tmp_path_factory.mktemp("correcting"), REPORTS)


@pytest.fixture
def case(template: Case) -> Iterator[Case]:
    yield from decided.lent(template)


def done(case: Case, *arguments: str) -> str:
    result = kg(case, *arguments)
    assert result.exit_code == 0, result.output
    return result.stdout


def refused(case: Case, *arguments: str) -> str:
    before = case.decisions()
    result = kg(case, *arguments)
    assert result.exit_code in {1, 2}, result.output
    assert isinstance(result.exception, SystemExit)
    assert case.decisions() == before
    return result.stderr


def statement(case: Case, question: str, **parameters: str) -> str:
    """The last part of the IRI of the one statement or claim that an answer has."""
    (row,) = case.ask(question, **parameters)
    return (row.get("statement") or row.get("claim") or "").rpartition("/")[2]


def curated(case: Case, question: str, **parameters: str) -> list[str | None]:
    return [row["curated"] for row in case.ask(question, **parameters)]


def test_a_rename_is_shown_beside_what_was_read_and_taken_back_exactly(case: Case) -> None:
    before = case.hash()
    said = done(case, "correct", "rename", "Karl Holm", "Karl M. Holm", "--why", "his passport")
    assert said.startswith("rename: Karl Holm (harbour.txt, ")
    (row,) = case.ask("who", name="Karl M. Holm")
    assert row["other_names"] == "Karl Holm"
    assert row["curated"] == "called Karl M. Holm by Ida Holm, read as Karl Holm: his passport"
    assert "called Karl M. Holm by Ida Holm" in done(case, "identity", "show", "Karl Holm")
    assert "read as Karl Holm" in case.view().html
    assert case.check() == []
    done(case, "correct", "undo", "Karl Holm")
    assert case.hash() == before


def test_a_correction_holds_when_documents_come_and_go(case: Case) -> None:
    case.correct("retype", "Norden", "organization", who="Ida Holm")
    case.correct("rename", "Karl Holm", "K. Holm of Sund", who="Ida Holm")
    case.build()
    with_it = case.hash()
    more = case.sources / "more.txt"
    more.write_text("Karl Holm, a judge, left Norden in 2020.\n", encoding="utf-8")
    case.build()
    (person,) = case.ask("who", name="of sund")
    assert "more.txt" in (person["documents"] or "")
    assert [row["kind"] for row in case.ask("who", name="Norden")] == ["organization"]
    more.unlink()
    case.build()
    assert case.hash() == with_it


@pytest.mark.parametrize("format_", ["trig", "n-quads", "json-ld", "turtle", "rdf-xml"])
def test_a_hidden_name_is_in_no_export(case: Case, tmp_path: Path, format_: str) -> None:
    case.correct("hide", "Anna Berg", who="Ida Holm", why="Berg is a witness")
    case.build()
    case.export(tmp_path / "out", format_, include_runs=True)
    text = (tmp_path / "out").read_text(encoding="utf-8").casefold()
    assert "berg" not in text
    assert "holm" in text


def test_a_hidden_name_is_in_no_answer_and_on_no_page(case: Case) -> None:
    before = case.hash()
    done(case, "correct", "rename", "Anna Berg", "Anna B.", "--later")
    printed = done(case, "correct", "hide", "Anna Berg", "--json")
    assert "berg" not in json.dumps({**json.loads(printed), "build": None}).casefold()
    shown = [
        case.view().html,
        done(case, "correct", "list"),
        done(case, "identity", "list"),
        done(case, "identity", "show", "Karl Holm"),
        *(done(case, "ask", question) for question in QUESTIONS),
    ]
    assert [text for text in shown if "berg" in text.casefold()] == []
    assert "name hidden by Ida Holm" in case.view().html
    # Anchors hold and documents are found again, though names of files are covered too.
    assert case.check() == []
    for line in done(case, "correct", "list").splitlines():
        done(case, "correct", "undo", line.split()[0], "--later")
    done(case, "build")
    assert case.hash() == before


QUESTIONS = (
    "who", "roles", "events", "said", "numbers", "denied", "hearsay", "unresolved", "corrections",
    "documents",
)  # fmt: skip


def test_more_words_can_be_hidden_later(case: Case) -> None:
    done(case, "correct", "hide", "Anna Berg")
    (hidden,) = case.query("SELECT ?e { ?e kg:described 'person, name hidden' }").rows[0]
    assert hidden is not None
    assert "decided before" in refused(case, "correct", "hide", hidden)
    done(case, "correct", "hide", hidden, "--also", "fishermen", "--also", "the  Conference")
    page = case.view().html
    assert "fishermen" not in page
    assert "conference" not in page


def test_one_mention_is_hidden_by_the_iri_of_its_passage(case: Case) -> None:
    document = case.query("SELECT ?d { ?d kg:file 'letter.txt' }").rows[0][0]
    text = REPORTS["letter.txt"]
    start = text.index("Anna Berg")
    done(case, "correct", "hide", f"{document}#char={start},{start + 9}")
    (row,) = case.query(
        f"SELECT ?w {{ <{document}#char={start},{start + 9}> oa:hasSelector/oa:exact ?w }}"
    )
    assert row["w"] == "█" * 9
    (person,) = case.ask("who", name="Anna Berg")
    assert "letter.txt" not in (person["documents"] or "")
    assert case.check() == []


def test_a_rejected_statement_is_marked_in_answers_and_taken_for_so_by_no_query(case: Case) -> None:
    plain = "ASK { ?event a sem:Event ; rdfs:label ?label FILTER(CONTAINS(?label, 'conference')) }"
    assert case.query(plain).rows == (("true",),)
    which = statement(case, "events", kind="conference")
    done(case, "correct", "reject", which, "--why", "another Holm")
    assert case.query(plain).rows == (("false",),)
    assert curated(case, "events", kind="conference") == ["rejected by Ida Holm: another Holm"]
    assert "rejected by a person" in case.view().html
    assert case.check() == []
    assert "cannot hold beside" in refused(case, "correct", "accept", which)
    done(case, "correct", "undo", which)
    assert case.query(plain).rows == (("true",),)


def test_a_policy_of_what_people_accepted(case: Case) -> None:
    settings = case.folder / "kg.toml"
    text = settings.read_text(encoding="utf-8")
    which = statement(case, "events", kind="conference")
    case.correct("accept", which, who="Ida Holm")
    settings.write_text(f'policy = "reviewed"\n{text}', encoding="utf-8")
    try:
        strict = Case(case.folder)
        strict.build()
        plain = {
            row["label"]
            for row in strict.query("SELECT ?label { ?e a sem:Event ; rdfs:label ?label }")
        }
        assert len(plain) == 1
        assert strict.check() == []
    finally:
        settings.write_text(text, encoding="utf-8")
        case.build()


def test_a_date_is_another_one_by_a_person(case: Case) -> None:
    which = statement(case, "events", kind="conference")
    done(case, "correct", "date", which, "2018-09", "2018-09-03/2018-09-05", "--by", "Jon Dahl")
    (row,) = case.ask("events", kind="conference")
    assert (row["time"], row["earliest"], row["latest"]) == ("2019", "2018-09-03", "2018-09-05")
    assert row["curated"] == "dated 2018-09 (2018-09-03/2018-09-05) by Jon Dahl, read as 2019"
    assert case.check() == []
    assert "already" in refused(case, "correct", "date", which, "2018-09", "2018-09-03/2018-09-05")
    assert "cannot hold beside" in refused(case, "correct", "date", which, "2017")


def test_corrections_hold_where_the_text_changed_around_their_words(case: Case) -> None:
    which = statement(case, "events", kind="conference")
    case.correct("reject", which, who="Ida Holm")
    case.correct("date", which, "2018", who="Ida Holm")
    case.correct("rename", "Karl Holm", "K. H.", who="Ida Holm")
    path = case.folder.parent / "harbour.txt"
    before = path.read_text(encoding="utf-8")
    path.write_text(f"It rained for a week.\n\n{before}", encoding="utf-8")
    try:
        assert case.build().orphans == ()
        (note,) = curated(case, "events", kind="conference")
        expected = {"rejected by Ida Holm", "dated 2018 by Ida Holm, read as 2019"}
        assert expected <= set((note or "").split("; "))
        assert case.ask("who", name="K. H.").rows
        path.write_text("It rained for a week.\n", encoding="utf-8")
        assert {each.what for each in case.build().orphans} >= {"reject", "date"}
    finally:
        path.write_text(before, encoding="utf-8")
        case.build()


def test_corrections_are_listed_beside_what_was_read(case: Case) -> None:
    case.correct("retype", "Norden", "organization", who="Ida Holm", why="the company")
    case.build()
    (row,) = case.ask("corrections")
    assert (row["what"], row["read"], row["corrected"]) == ("retype", "place", "organization")
    assert (row["by"], row["why"]) == ("Ida Holm", "the company")


def test_whom_words_mean_is_said_by_a_number_in_a_review(case: Case) -> None:
    before = case.hash()
    (waiting,) = [each for each in case.left_open() if each.what == "speaker"]
    shown = kg(case, "review", "--left-open", keys="1").stdout
    assert waiting.sentence in shown
    assert "1 decided" in shown
    assert waiting.anchor.words not in [each.anchor.words for each in case.left_open()]
    assert case.check() == []
    (answer,) = case.ask("said", about="had lied")
    assert "explained by Ida Holm" in (answer["curated"] or "")
    done(case, "correct", "undo", waiting.anchor.words)
    assert case.hash() == before


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("rename", "Nobody At All", "X"), "nothing in the graph is called"),
        (("rename", "Karl Holm", " "), "rename needs the name"),
        (("rename", "Karl Holm", "Karl Holm"), "already"),
        (("retype", "Karl Holm", "dog"), "is not one of"),
        (("retype", "Karl Holm", "person"), "already"),
        (("reject", "0123"), "nothing in the graph"),
        (("date", "0123", "1988"), "states no time"),
        (("hide", "https://kg.example/document/0a#char=1,2"), "nothing in the graph"),
    ],
)
def test_what_cannot_be_corrected_is_refused(
    case: Case, arguments: tuple[str, ...], message: str
) -> None:
    assert message in refused(case, "correct", *arguments)


def test_what_is_no_date_is_refused_with_what_is_one(case: Case) -> None:
    which = statement(case, "events", kind="conference")
    assert "write 1988, 1988-07" in refused(case, "correct", "date", which, "someday")
    assert "goes beyond" in refused(case, "correct", "date", which, "1988", "1987/1988")


def test_from_python_what_cannot_be_is_refused(case: Case) -> None:
    with pytest.raises(UncorrectableError, match="no correction 'delete'"):
        case.correct("delete", "Karl Holm", who="Ida Holm")
    with pytest.raises(UnknownEntityError):
        case.means("0123", "Karl Holm", who="Ida Holm")
    case.correct("rename", "Karl Holm", "K. H.", who="Ida Holm")
    with pytest.raises(NothingToDecideError, match="decided before"):
        case.correct("rename", "Karl Holm", "K. H.", who="Ida Holm")
    with pytest.raises(ContradictionError, match=r"(?s)rename: .*rename: "):
        case.correct("rename", "Karl Holm", "K.", who="Ida Holm")


def test_a_file_of_before_there_were_values_takes_a_correction(case: Case) -> None:
    case.split(str(case.query("SELECT ?e { ?e kg:identifiedAs ?e }").rows[0][0]), who="Ida Holm")
    path = case.folder / "decisions.csv"
    old = path.read_text(encoding="utf-8").replace(",value\n", "\n").replace(",\n", "\n", 1)
    path.write_text(old, encoding="utf-8")
    (kept,) = case.decisions()
    case.correct("rename", "Karl Holm", "K. H.", who="Ida Holm")
    first, second = case.decisions()
    assert first == kept
    assert (second.what, second.value) == ("rename", "K. H.")
    with path.open(encoding="utf-8", newline="") as file:
        assert next(csv.reader(file))[-1] == "value"


def test_the_date_for_documents_without_one_is_remembered(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("Anna Berg left yesterday.\n", encoding="utf-8")
    case = Case(tmp_path / "case")
    path = str(tmp_path / "note.txt")
    assert kg(case, "build", path, "--published", "2021-06-01").exit_code == 0
    assert kg(case, "build").exit_code == 0
    assert [row["published"] for row in Case(case.folder).ask("documents")] == ["2021-06-01"]
    assert kg(case, "build", "--published", "2021-06-02").exit_code == 0
    assert (case.folder / "kg.toml").read_text(encoding="utf-8").count("\npublished = ") == 1


def test_a_page_that_cannot_be_written_is_said_in_one_line(case: Case, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    target = tmp_path / "file" / "view.html"
    assert "cannot be written" in refused(case, "view", "-o", str(target))
