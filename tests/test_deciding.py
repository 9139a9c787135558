"""Deciding on a built case: found by name, shown, written down, in the graph, and taken back."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg import curation
from kg.case import Case
from kg.errors import ContradictionError, NothingToDecideError, UnknownEntityError
from tests import decided
from tests.decided import kg

REPORTS = {
    "opening.txt": "Anna Berg, the mayor of Norden, opened the harbour. Berg left early.\n",
    "strike.txt": (
        "Anna M. Berg, the mayor of Norden, met the dockers. She promised nothing. "
        "Karl Holm spoke too.\n"
    ),
    "trial.txt": "Karl Holm was heard in Sund. Karl Holm denied everything.\n",
}


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Case:
    return decided.build(tmp_path_factory.mktemp("deciding"), REPORTS)


@pytest.fixture
def case(template: Case) -> Iterator[Case]:
    yield from decided.lent(template)


def names(case: Case) -> list[str]:
    """Who is named, one row an entity."""
    return [row["name"] or "" for row in case.ask("who", kind="person")]


def lines(case: Case) -> list[dict[str, str]]:
    with (case.folder / "decisions.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_same_and_its_undo_give_back_the_very_graph(case: Case) -> None:
    before = case.hash()
    assert names(case) == ["Anna Berg", "Anna M. Berg", "Karl Holm"]
    done = kg(case, "identity", "same", "Anna Berg", "anna m. berg", "--why", "the same office")
    assert (done.exit_code, done.stderr) == (0, "building\n")
    assert names(case) == ["Anna M. Berg", "Karl Holm"]
    assert case.check() == []
    (line,) = lines(case)
    assert (line["who"], line["decision"], line["why"]) == ("Ida Holm", "same", "the same office")
    assert (line["file"], line["characters"], line["words"]) == ("opening.txt", "0-9", "Anna Berg")
    undone = kg(case, "identity", "undo", "Anna Berg", "Anna M. Berg")
    assert undone.exit_code == 0
    assert len(lines(case)) == 2
    assert case.hash() == before
    assert case.suggestions() == []


def test_a_different_is_asked_no_more_and_its_undo_gives_back_the_very_graph(case: Case) -> None:
    before = case.hash()
    case.decide("different", "Anna Berg", "Anna M. Berg", who="Ida Holm")
    case.build()
    assert case.suggestions() == []
    assert case.check() == []
    assert case.hash() != before
    case.undo("Anna Berg", who="Ida Holm")
    case.build()
    assert case.hash() == before
    assert len(case.suggestions()) == 1


def test_the_graph_says_which_person_decided_and_why(case: Case) -> None:
    case.decide("same", "Anna Berg", "Anna M. Berg", who="Ida Holm", why="the same office")
    case.build()
    answer = case.query("SELECT ?by ?reason { ?j a kg:Judgement ; kg:by ?by ; kg:reason ?reason }")
    assert {"by": "Ida Holm", "reason": "the same office"} in list(answer)


def test_what_contradicts_is_refused_with_both_shown_and_writes_nothing(case: Case) -> None:
    case.decide("different", "Anna Berg", "Anna M. Berg", who="Ida Holm")
    with pytest.raises(ContradictionError, match=r"same: Anna Berg .*\n.*\n  different: Anna Berg"):
        case.decide("same", "Anna Berg", "Anna M. Berg", who="Ida Holm")
    refused = kg(case, "identity", "same", "Anna Berg", "Anna M. Berg")
    assert refused.exit_code == 1
    assert "cannot hold beside" in refused.stderr
    assert len(lines(case)) == 1


def test_what_is_so_already_is_not_decided(case: Case) -> None:
    with case.reader() as reader:
        first, second = sorted({place.local for place in curation.entry(reader, holm(case)).places})
    with pytest.raises(NothingToDecideError, match="one already"):
        case.decide("same", first, second, who="Ida Holm")
    with pytest.raises(NothingToDecideError, match="both names mean"):
        case.decide("different", "Karl Holm", "Karl Holm", who="Ida Holm")
    with pytest.raises(NothingToDecideError, match="no decision to take back"):
        case.undo("Karl Holm", who="Ida Holm")
    assert not (case.folder / "decisions.csv").exists()


def holm(case: Case) -> str:
    with case.reader() as reader:
        return curation.find(reader, "Karl Holm")


def test_one_document_is_split_off_a_person_that_a_rule_made(case: Case) -> None:
    with case.reader() as reader:
        places = curation.entry(reader, holm(case)).places
    local = next(place.local for place in places if place.file == "strike.txt")
    before = case.hash()
    done = kg(case, "identity", "split", local)
    assert (done.exit_code, done.stderr) == (0, "building\n")
    assert names(case).count("Karl Holm") == 2
    with pytest.raises(UnknownEntityError, match="may be any of these"):
        case.decide("same", "Karl Holm", "Anna Berg", who="Ida Holm")
    kg(case, "identity", "undo", "Karl Holm")
    assert case.hash() == before


def test_one_mention_is_split_off_its_document(case: Case) -> None:
    with case.reader() as reader:
        places = curation.entry(reader, holm(case)).places
    second = [place for place in places if place.file == "trial.txt"][1]
    document = case.query("SELECT ?d { ?d kg:file 'trial.txt' }").rows[0][0]
    before = case.hash()
    case.split(
        f"{document}#char={second.span.start},{second.span.end}", who="Ida Holm", why="the father"
    )
    case.build()
    assert names(case).count("Karl Holm") == 2
    assert case.check() == []
    case.undo("Karl Holm", who="Ida Holm")
    case.build()
    assert case.hash() == before


@pytest.mark.parametrize(
    "which", ["Nobody At All", "https://kg.example/person/nobody", "not an iri://"]
)
def test_a_name_that_nobody_bears_is_refused(case: Case, which: str) -> None:
    refused = kg(case, "identity", "same", which, "Anna Berg")
    assert refused.exit_code == 2
    assert "nothing in the graph is called" in refused.stderr


def test_a_file_that_contradicts_itself_is_not_built(case: Case) -> None:
    case.decide("different", "Anna Berg", "Anna M. Berg", who="Ida Holm")
    path = case.folder / "decisions.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text + text.splitlines()[1].replace("different", "same"), encoding="utf-8")
    built = kg(case, "build")
    assert built.exit_code == 1
    assert "cannot hold beside" in built.stderr


def test_a_decision_on_words_that_are_gone_is_listed_by_the_build(case: Case) -> None:
    case.decide("same", "Anna Berg", "Anna M. Berg", who="Ida Holm")
    path = case.folder / "decisions.csv"
    text = path.read_text(encoding="utf-8")
    document = lines(case)[0]["document"]
    path.write_text(text.replace(document, "0" * 20).replace("opening", "gone"), encoding="utf-8")
    built = kg(case, "build")
    assert built.exit_code == 0
    assert "its words are no longer found: same: Anna Berg (gone.txt, 0-9)" in built.stdout
    assert len(json.loads(kg(case, "build", "--json").stdout)["orphans"]) == 1


def test_a_line_is_added_behind_a_file_that_a_spreadsheet_left(case: Case) -> None:
    case.decide("different", "Anna Berg", "Karl Holm", who="Ida Holm")
    path = case.folder / "decisions.csv"
    kept = path.read_text(encoding="utf-8").rstrip("\n")
    path.write_bytes(b"\xef\xbb\xbf" + kept.encode())
    case.decide("same", "Anna Berg", "Anna M. Berg", who="Ida Holm")
    assert [decision.what for decision in case.decisions()] == ["different", "same"]
    assert path.read_bytes().startswith(b"\xef\xbb\xbf" + kept.encode())


# ---- what is shown


def test_the_list_shows_score_reason_and_both_sides_documents(case: Case) -> None:
    shown = kg(case, "identity", "list").stdout
    assert "both mayor of norden" in shown
    assert "Anna Berg: opening.txt  https://kg.example/person/anna-berg-" in shown
    assert "Anna M. Berg: strike.txt" in shown
    (pair,) = json.loads(kg(case, "identity", "list", "--json").stdout)
    assert 0 < pair["score"] < 1
    assert pair["left"]["documents"] != pair["right"]["documents"]
    assert kg(case, "identity", "list", "holm").stdout == "nothing waits\n"


def test_what_was_decided_is_listed_with_its_name(case: Case) -> None:
    assert kg(case, "identity", "list", "--decided").stdout == "nothing was decided\n"
    case.decide("same", "Anna Berg", "Anna M. Berg", who="Ida Holm", why="the same office")
    name, _, said = kg(case, "identity", "list", "--decided").stdout.partition("  ")
    assert said.startswith("same: Anna Berg (opening.txt, 0-9) / Anna M. Berg (strike.txt, 0-12)")
    assert kg(case, "identity", "undo", name[:8], "--later").exit_code == 0
    assert kg(case, "identity", "list", "--decided").stdout.endswith(" (taken back)\n")


def test_an_entity_is_shown_with_roles_places_and_judgements(case: Case) -> None:
    shown = kg(case, "identity", "show", "Karl Holm").stdout
    assert "strike.txt, #char=" in shown
    assert "same: Karl Holm / Karl Holm, by kg" in shown
    assert "- mayor, Norden (opening.txt)" in kg(case, "identity", "show", "Anna Berg").stdout
    found = json.loads(kg(case, "identity", "show", "Anna Berg", "--json").stdout)
    assert (found["kind"], found["places"][0]["characters"]) == ("person", [0, 9])


@pytest.mark.parametrize(
    ("keys", "decided"), [("y", ["same"]), ("n", ["different"]), ("xs", []), ("q", []), ("", [])]
)
def test_a_review_takes_one_key_a_pair(case: Case, keys: str, decided: list[str]) -> None:
    done = kg(case, "review", "--later", keys=keys)
    assert done.exit_code == 0, done.output
    assert "- mayor, Norden (strike.txt)" in done.stdout
    assert "Anna M. Berg, the mayor of Norden" in done.stdout
    assert f"{len(decided)} decided" in done.stdout
    assert [decision.what for decision in case.decisions()] == decided
    # What was decided is asked no more, also before the next build.
    assert len(case.suggestions()) == (0 if decided else 1)


def test_a_review_builds_once_at_the_end(case: Case) -> None:
    done = kg(case, "review", "berg", keys="y")
    assert done.stdout.count("quads") == 1
    assert names(case) == ["Anna M. Berg", "Karl Holm"]


def test_nothing_of_the_machine_is_written_where_there_is_no_case(tmp_path: Path) -> None:
    refused = kg(Case(tmp_path / "none"), "identity", "list")
    assert refused.exit_code == 1
    assert "no built case" in refused.stderr
    assert list(tmp_path.iterdir()) == []


# ---- events


@pytest.fixture(scope="module")
def events(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """Three reports of one massacre, of which the last gives another day."""
    reports = {
        "first.txt": "The massacre in Norden on 3 June 1994 was filmed.\n",
        "second.txt": "The massacre in Norden on 3 June 1994 shocked the country.\n",
        "third.txt": "The massacre in Norden on 4 June 1994 was denied by the army.\n",
    }
    return decided.build(tmp_path_factory.mktemp("events"), reports)


def told(case: Case) -> list[set[str]]:
    """The documents of each massacre."""
    found: dict[str, set[str]] = {}
    for row in case.ask("events", kind="massacre"):
        found.setdefault(row["event"] or "", set()).add(row["document"] or "")
    return sorted(found.values(), key=len)


def test_events_are_joined_suggested_decided_on_and_undone(events: Case) -> None:
    before = events.hash()
    assert told(events) == [{"third.txt"}, {"first.txt", "second.txt"}]
    shown = kg(events, "identity", "list", "massacre").stdout
    assert "both in Norden" in shown
    assert "but the dates differ" in shown

    reviewed = kg(events, "review", "massacre", keys="y")
    assert "- massacre; 4 June 1994 [1994-06-04]; in Norden" in reviewed.stdout
    assert told(events) == [{"first.txt", "second.txt", "third.txt"}]

    assert kg(events, "identity", "undo", "massacre").exit_code == 0
    assert told(events) == [{"third.txt"}, {"first.txt", "second.txt"}]
    assert events.hash() == before


def test_an_event_is_shown_with_when_where_and_whom(events: Case) -> None:
    (iri,) = {
        row["event"] or ""
        for row in events.ask("events", kind="massacre")
        if row["document"] == "first.txt"
    }
    shown = kg(events, "identity", "show", iri).stdout
    assert shown.startswith("massacre (event)\n")
    assert (
        "same: massacre / massacre, by kg: both massacre; both on 1994-06-03; both in Norden"
        in shown
    )
    (first, *_) = json.loads(kg(events, "identity", "show", iri, "--json").stdout)["told"]
    assert (first["kind"], first["place"]) == ("massacre", "Norden")


def test_an_event_and_a_place_are_never_decided_to_be_one(events: Case) -> None:
    event = next(row["event"] or "" for row in events.ask("events", kind="massacre"))
    with pytest.raises(NothingToDecideError, match="one is an event"):
        events.decide("same", event, "Norden", who="Ida Holm")
