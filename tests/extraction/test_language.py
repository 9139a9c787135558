"""Loading the pipeline, and where paragraphs and datelines are."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import PipelineMissingError
from kg.extraction import language
from kg.extraction.language import datelines, paragraphs
from kg.model import Settings
from tests.extraction.found import found, parsed

WRAPPED = (
    "The harbour of Velmora was closed on Monday after a fire in the old\n"
    "customs house, the mayor said. Nobody was hurt, but two boats sank and\n"
    "the market will stay shut until the end of the week, she added, while\n"
    "the engineers look at the walls.\n\nA second paragraph follows here."
)


def words(text: str) -> list[str]:
    return [span.of(text) for span in paragraphs(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One.\n\nTwo.", ["One.", "Two."]),
        ("One.\nTwo.", ["One.", "Two."]),
        ("One.\r\n\r\nTwo.\r\n", ["One.", "Two."]),
        ("One.\rTwo.", ["One.", "Two."]),
        ("\n \nOne.\n\t\nTwo.\n\n", ["One.", "Two."]),
        ("", []),
        (" \n ", []),
    ],
)
def test_a_line_is_a_paragraph(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_lines_of_a_hard_wrapped_text_are_one_paragraph(ends: str) -> None:
    found = words(WRAPPED.replace("\n", ends))
    assert len(found) == 2
    assert found[0].endswith("look at the walls.")
    assert found[1] == "A second paragraph follows here."


def test_a_list_of_short_lines_is_not_hard_wrapped() -> None:
    assert len(words("Bread\nMilk\nEggs\nSalt\nRice\nTea")) == 6


@given(st.text("ab .\r\n", max_size=200))
def test_paragraphs_hold_every_word_once_and_in_order(text: str) -> None:
    spans = paragraphs(text)
    assert list(spans) == sorted(spans)
    assert all(one.end <= other.start for one, other in itertools.pairwise(spans))
    assert "".join("".join(span.of(text) for span in spans).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("OSLO, 3 May – It rained.", ["OSLO, 3 May – "]),
        ("OSLO — It rained.", ["OSLO — "]),
        ("NEW YORK (Agency) - It rained.", ["NEW YORK (Agency) - "]),
        ("Dry.\nOSLO – It rained.", ["OSLO – "]),
        ("It rained in OSLO – all day.", []),
        ("Oslo – it rained.", []),
        ("UNESCO-led talks went on.", []),
    ],
)
def test_a_dateline_opens_a_paragraph(text: str, expected: list[str]) -> None:
    assert [span.of(text) for span in datelines(text)] == expected


def test_no_sentence_runs_across_paragraphs_or_a_dateline() -> None:
    text = "Harbour closed after fire\n\nVELMORA, 3 May – The harbour was closed\n\nNobody was hurt"
    sentences = [span.of(text) for span in found(text).sentences]
    assert sentences[0] == "Harbour closed after fire"
    assert sentences[-2:] == ["The harbour was closed", "Nobody was hurt"]


def test_the_pipeline_is_loaded_once() -> None:
    name = Settings().pipeline
    assert language.load(name) is language.load(name)


def test_the_version_names_the_model_and_its_version() -> None:
    name, version = language.pipeline_version(language.load(Settings().pipeline)).split()
    assert name.startswith("en_")
    assert version[0].isdigit()


def test_a_missing_pipeline_names_what_to_install() -> None:
    with pytest.raises(PipelineMissingError, match="pip install en-no-such-model"):
        language.load("en_no_such_model")


def test_a_short_paragraph_without_a_stop_is_a_headline() -> None:
    reading = parsed("Harbour closed after fire\n\nThe harbour was closed.")
    assert reading.is_headline(0)
    assert not reading.is_headline(len(reading.text) - 3)


def test_a_character_between_paragraphs_is_in_none() -> None:
    reading = parsed("One.\n\nTwo.")
    assert reading.paragraph_at(0).of(reading.text) == "One."
    assert reading.paragraph_at(5).of(reading.text) == ""
    assert reading.paragraph_at(6).of(reading.text) == "Two."
    assert parsed("").paragraph_at(0).of("") == ""
