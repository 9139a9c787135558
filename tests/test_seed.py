"""The main job on the seed article: what a reader of it must find in the graph.

The article is no part of the repository. Its names stand here and nowhere in the code.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from kg.case import Case
from kg.documents import Source, read
from kg.extraction import extract, to_json
from kg.model import Document

SEEDS = Path(__file__).parents[2] / "shared" / "seeds"
pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="the seed article is not here")


@pytest.fixture(scope="module")
def article() -> Document:
    (path,) = SEEDS.glob("*.txt")
    return read(Source(path=path, name=path.name))


@pytest.fixture(scope="module")
def row(article: Document) -> dict[str, Any]:
    return to_json(extract(article), with_text=True)


@pytest.fixture(scope="module")
def names(row: dict[str, Any]) -> dict[str | None, str]:
    return {one["id"]: one["name"] for one in row["entities"]}


def words(row: dict[str, Any], spans: list[list[int]]) -> str:
    return " … ".join(row["text"][start:end] for start, end in spans)


def claim(row: dict[str, Any], content: str) -> dict[str, Any]:
    """The smallest claim that says these words."""
    found = [one for one in row["claims"] if content in words(row, one["content"])]
    smallest: dict[str, Any] = min(found, key=lambda one: len(words(row, one["content"])))
    return smallest


def test_the_article_is_dated_by_its_own_date_line(article: Document) -> None:
    assert str(article.published) == "2022-03-22"
    assert article.dated_by == "header"


@pytest.mark.parametrize(
    ("person", "title", "organization", "status"),
    [
        ("Hamid Noury", "functionary", None, None),
        ("Ali Khamenei", "Supreme Leader", "regime", None),
        ("Ebrahim Raisi", "President", None, None),
        ("Ebrahim Raisi", "member", "Death Commissions", None),
        ("Ruhollah Khomeini", "supreme leader", "regime", "first"),
        (
            "former Iranian Intelligence Ministry deputy",
            "deputy",
            "Intelligence Ministry",
            "former",
        ),
        ("Geoffrey Robertson", "QC", None, None),
    ],
)
def test_every_person_has_the_role_that_the_article_gives(
    *,
    row: dict[str, Any],
    names: dict[str | None, str],
    person: str,
    title: str,
    organization: str | None,
    status: str | None,
) -> None:
    assert [
        one
        for one in row["roles"]
        if names[one["person"]] == person
        and title in one["title"]
        and (organization or "") in names.get(one["organization"], "")
        and one["status"] == status
        and one["within"] is None
        and (one["polarity"], one["certainty"]) == ("affirmed", "certain")
    ]


def test_the_one_who_names_the_graves_has_no_role_that_the_article_does_not_give(
    row: dict[str, Any], names: dict[str | None, str]
) -> None:
    assert "Reza Malek" in names.values()
    assert [one for one in row["roles"] if names[one["person"]] == "Reza Malek"] == []


@pytest.mark.parametrize(
    ("kind", "label", "time", "place"),
    [
        ("protest", "rallied", "2022-03-22", "Stockholm"),
        ("massacre", "massacre", "1988-22", "Iran"),
        ("trial", "trial", None, None),
        ("conference", "conference", "2021-08", None),
        ("recording", "video", "2008", None),
    ],
)
def test_every_event_has_the_date_and_place_that_the_article_gives(
    *,
    row: dict[str, Any],
    names: dict[str | None, str],
    kind: str,
    label: str,
    time: str | None,
    place: str | None,
) -> None:
    assert [
        one
        for one in row["events"]
        if one["kind"] == kind
        and label in one["label"]
        and (one["time"] or {}).get("edtf") == time
        and names.get(one["place"]) == place
        and one["within"] is None
        and (one["polarity"], one["certainty"]) == ("affirmed", "certain")
    ]


def test_the_massacre_is_one_event_however_often_it_is_named(row: dict[str, Any]) -> None:
    (event,) = [one for one in row["events"] if one["kind"] == "massacre" and one["time"]]
    assert len(event["mentions"]) > 5


def test_the_accused_of_the_trial_is_known(
    row: dict[str, Any], names: dict[str | None, str]
) -> None:
    (trial,) = [one for one in row["events"] if one["label"] == "trial"]
    assert [(names[p["entity"]], p["part"]) for p in trial["participants"]] == [
        ("Hamid Noury", "accused")
    ]


CHANTS = (
    "Four decades of crimes!",
    "Criminal Hamid Noury",
    "Death to Khamenei",
    "1988 massacre saw",
    "Iranian people want",
)


@pytest.mark.parametrize("chant", CHANTS)
def test_every_chant_is_the_crowds_in_its_own_words(row: dict[str, Any], chant: str) -> None:
    found = claim(row, chant)
    assert words(row, found["source"]) == "The rallying Iranians"
    assert found["mode"] == "direct"
    assert found["within"] is None
    assert found["said"]["edtf"] == "2022-03-22"


def test_what_a_chant_calls_somebody_is_no_role(row: dict[str, Any]) -> None:
    assert claim(row, "1988 massacre saw")
    assert {"murderer", "criminal"} & {one["title"].lower() for one in row["roles"]} == set()


@pytest.mark.parametrize(
    ("content", "speaker"),
    [
        ("It has been a crime to kill prisoners", "Geoffrey Robertson"),
        ("It seems to me that there is very strong evidence", "Geoffrey Robertson"),
        ("There is no doubt that there is a case", "Geoffrey Robertson"),
        ("this mass killing amounts to “genocide.”", "Geoffrey Robertson"),
        ("there are between 170 to 190 mass graves", "Reza Malek"),
        ("had massacred some 33,700", "former Iranian Intelligence Ministry deputy"),
        ("Khamenei should also be held accountable", "protesters"),
        ("the referral of the Iranian regime", "protesting Iranians"),
    ],
)
def test_everything_said_has_its_speaker(
    row: dict[str, Any], names: dict[str | None, str], content: str, speaker: str
) -> None:
    found = claim(row, content)
    assert names[found["speaker"]] == speaker
    assert found["within"] is None


def test_a_statement_by_nobody_named_has_no_speaker(row: dict[str, Any]) -> None:
    found = claim(row, "worst crime against humanity since")
    assert (found["speaker"], found["source"]) == (None, [])


@pytest.mark.parametrize(
    ("text", "lower", "upper", "of", "speaker"),
    [
        ("30,000", 30000, 30000, "hangings", "Freedom-loving Iranians"),
        ("over 30,000", 30000, None, "political prisoners", None),
        (
            "some 33,700",
            33700,
            33700,
            "political prisoners",
            "former Iranian Intelligence Ministry deputy",
        ),
        ("between 170 to 190", 170, 190, "mass graves", "Reza Malek"),
    ],
)
def test_every_figure_has_who_gives_it_and_what_it_counts(
    *,
    row: dict[str, Any],
    names: dict[str | None, str],
    text: str,
    lower: int,
    upper: int | None,
    of: str,
    speaker: str | None,
) -> None:
    claims = {one["id"]: names[one["speaker"]] for one in row["claims"] if one["speaker"]}
    found = [one for one in row["quantities"] if one["text"] == text]
    assert found
    for one in found:
        assert (one["lower"], one["upper"], one["of"]) == (lower, upper, of)
        assert claims.get(one["within"]) == speaker


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    folder = tmp_path_factory.mktemp("seed")
    shutil.copytree(SEEDS, folder / "reports")
    built = Case(folder / "case")
    report = built.build([folder / "reports"])
    assert report.set_aside == ()
    return built


def test_the_check_finds_nothing_wrong(case: Case) -> None:
    assert case.check() == []


def test_every_person_of_the_article_is_answered_by_name(case: Case) -> None:
    people = {one["name"] for one in case.ask("who") if one["kind"] == "person"}
    assert {
        "Ali Khamenei",
        "Ebrahim Raisi",
        "Geoffrey Robertson",
        "Hamid Noury",
        "Reza Malek",
        "Ruhollah Khomeini",
    } <= people


def test_one_flipped_character_fails_the_check_and_names_the_statements(case: Case) -> None:
    (path,) = (case.folder.parent / "reports").glob("*.txt")
    before = path.read_bytes()
    path.write_bytes(before.replace(b"rallied", b"tallied", 1))
    try:
        problems = case.check()
    finally:
        path.write_bytes(before)
    assert problems
    assert any("/statement/" in str(problem) for problem in problems)
