"""Whatever a text says, its findings keep the contract: no crash, offsets inside the text."""

from __future__ import annotations

import json

import jsonschema
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extraction import to_json
from kg.extraction.near import Near, hull
from kg.model import Span
from kg.resources import read_resource
from tests.extraction.found import found

SCHEMA = json.loads(read_resource("extraction/findings.schema.json"))
WORDS = st.sampled_from(
    [
        "Anna Berg",
        "said",
        "that",
        "told",
        "the mayor",
        "he",
        "was killed",
        "in Oslo",
        "on Monday",
        "12",
        "½",
        "٣٤",
        "“",
        "”",
        "‘",
        '"',
        "'",
        "(",
        "[",
        "–",
        "- ",
        ".",
        ",",
        "\n\n",
        "\r",
        "\u2028",
        "\t",
        "\u202e",
        "\u200f",
        "e\u0301",
        "İ",
        "👮🏽\u200d♀️",
        "30 February 1899",
        "the day before",
        "between 9999 and 1",
        "Q.",
        "A.",
        "MR. BERG:",
        "minister of",
        "of",
        "and",
        "who",
        "according to",
        "denied",
        "\x1b[2J",
        "\x0c",
        "1" * 50,
        "million",
        "-",
    ]
)
TEXTS = st.lists(st.one_of(WORDS, st.text(max_size=8)), min_size=1, max_size=40).map(" ".join)
SPANS = st.builds(lambda a, b: Span(a, a + b), st.integers(0, 5000), st.integers(0, 3000))


@settings(max_examples=25)
@given(TEXTS)
def test_strange_texts_keep_the_contract(text: str) -> None:
    text = "".join(c for c in text if c != "\0" and not "\ud800" <= c <= "\udfff") or "."
    result = json.loads(json.dumps(to_json(found(text), with_text=True)))
    jsonschema.validate(result, SCHEMA)
    for entity in result["entities"]:
        assert all(0 <= start < end <= len(text) for start, end in entity["mentions"])


@given(st.lists(SPANS, max_size=30), SPANS)
def test_near_misses_nothing_and_keeps_the_order(spans: list[Span], place: Span) -> None:
    near = Near(spans, lambda span: span).to(place)
    assert [s for s in near if s.overlaps(place)] == [s for s in spans if s.overlaps(place)]
    assert [s for s in near if s.covers(place)] == [s for s in spans if s.covers(place)]


def test_a_hull_holds_what_it_is_made_of() -> None:
    assert hull([Span(7, 9), Span(2, 3), Span(4, 20)]) == Span(2, 20)
