"""The case of texts in capitals: names are told from words, and no offset moves."""

from __future__ import annotations

import pytest

from kg.extraction.casing import restored
from tests.extraction.found import entity, event, found, name, parts

CABLE = (
    "OSLO, 3 MAY -- THE MAYOR OF LISBON, OMAR REYES, TOLD THE FBI THAT GUERRILLAS OF THE NATIONAL "
    "LIBERATION FRONT (NLF) AMBUSHED DANA HOLT NEAR THE UNITED STATES EMBASSY.\n\n"
    "THE 1ST BATTALION KILLED THREE FARMERS IN LISBON."
)


def test_names_and_sentences_have_capitals_again_and_acronyms_keep_theirs() -> None:
    text = restored(CABLE)
    for words in ("Lisbon, Omar Reyes, told", "FBI", "(NLF)", "Dana Holt", "three farmers"):
        assert words in text
    assert "The 1st battalion" in text


def test_a_dateline_keeps_its_capitals() -> None:
    assert restored(CABLE).startswith("OSLO, 3 MAY -- The ")


@pytest.mark.parametrize(
    "text",
    [
        "Omar Reyes met FBI agents.",
        "A HEADLINE IN CAPITALS\n\nOmar Reyes met Dana Holt in Oslo on Monday and left.",
        "",
        "2021 -- 12.5 %",
    ],
)
def test_a_text_of_mixed_case_stays_as_it_is(text: str) -> None:
    assert restored(text) == text


def test_a_long_paragraph_in_capitals_within_others_is_restored() -> None:
    text = "Omar Reyes wrote it.\n\n" + "THE MAYOR OF OSLO SAW THAT THE MEN WERE TIRED. " * 3
    assert restored(text).startswith("Omar Reyes wrote it.\n\nThe ")
    assert "of Oslo saw that the men were tired." in restored(text)


@pytest.mark.parametrize("text", [CABLE, "DIE STRASSE İS ẞ. ÉTÉ À PARIS ET À LISBONNE."])
def test_only_the_case_of_a_text_changes(text: str) -> None:
    changed = restored(text)
    assert len(changed) == len(text)
    assert changed.casefold() == text.casefold()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("LENA VOSS RESIGNS AS MINISTER", "Lena Voss resigns as minister"),
        ("DANA HOLT OVERSEES VOTE", "Dana Holt oversees vote"),
        ("MINISTER SAYS OMAR REYES IS DEAD", "Minister says Omar Reyes is dead"),
        ("THE UNITED STATES SPOKE", "The United States spoke"),
    ],
)
def test_a_headline_parts_a_name_from_its_verb(text: str, expected: str) -> None:
    assert restored(text) == expected


def test_who_did_what_is_found_in_capitals_at_the_places_of_the_text() -> None:
    assert parts(CABLE, "AMBUSHED") >= {("Dana Holt", "target")}
    assert parts(CABLE, "KILLED") >= {("farmers", "victim")}
    assert name(CABLE, event(CABLE, "KILLED").place) == "Lisbon"
    spans = {mention.span.of(CABLE) for mention in entity(CABLE, "Omar Reyes").mentions}
    assert "OMAR REYES" in spans
    assert found(CABLE).document.text == CABLE
