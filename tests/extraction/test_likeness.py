"""How alike a pronoun and a phrase are to the network that finds who said what."""

from __future__ import annotations

import numpy as np
import pytest

from kg.extraction.attribution import States, load_tagger
from kg.extraction.coreference import Choice, cast
from kg.extraction.coreference.features import FEATURES
from kg.extraction.coreference.likeness import UNKNOWN, Likeness, alike, load_likeness
from kg.extraction.lexicon import lexicon
from kg.extraction.mentions import find_phrases
from tests.extraction.found import parsed

TEXT = "Anna Berg met Omar Reyes. She left."
WORDS = [(0, 4), (5, 9), (10, 13), (14, 18), (19, 24), (24, 25), (26, 29), (30, 34), (34, 35)]


def states(vectors: list[list[float]]) -> States:
    starts, ends = zip(*WORDS, strict=True)
    return States(starts, ends, np.array(vectors, dtype=np.float16))


ONE, OTHER, NEITHER = [1.0, 0.0], [0.0, 1.0], [0.0, 0.0]
MARKED = states([ONE, ONE, NEITHER, OTHER, OTHER, NEITHER, ONE, NEITHER, NEITHER])


@pytest.mark.parametrize(
    ("stretch", "expected"),
    [((0, 9), [1.0, 0.0]), ((5, 18), [1 / 3, 1 / 3]), ((14, 24), [0.0, 1.0])],
)
def test_the_state_of_a_stretch_is_the_mean_of_its_words(
    stretch: tuple[int, int], expected: list[float]
) -> None:
    found = MARKED.between(*stretch)
    assert found is not None
    np.testing.assert_allclose(found, expected)


def test_a_stretch_without_words_has_no_state() -> None:
    assert MARKED.between(9, 10) is None


def rows(given: States | None, likeness: Likeness) -> Choice:
    reading, words = parsed(TEXT), lexicon()
    mentions = find_phrases(reading, words.titles, words.nouns)
    seen: list[Choice] = []

    def weigh(choice: Choice) -> list[float]:
        seen.append(choice)
        return [0.0] * len(choice.rows)

    cast(reading, mentions.phrases, [], words.nouns, states=given, weigh=weigh, likeness=likeness)
    (choice,) = seen
    return choice


def test_who_shares_the_state_of_a_pronoun_is_more_alike() -> None:
    likeness = Likeness(np.array([2.0, 2.0]), np.array([0.0, 0.0]), -1.0)
    choice = rows(MARKED, likeness)
    at = FEATURES.index("alike")
    scores = {
        one.cluster.phrases[0].name: row[at]
        for one, row in zip(choice.candidates, choice.rows, strict=True)
    }
    assert scores["Anna Berg"] == 1.0
    assert all(score == -1.0 for name, score in scores.items() if name != "Anna Berg")


def test_without_a_network_nobody_is_alike() -> None:
    choice = rows(None, load_likeness())
    for name in ("alike", "alike_before", "alike_mean"):
        assert {row[FEATURES.index(name)] for row in choice.rows} == {UNKNOWN}


def test_the_released_network_says_what_it_makes_of_words() -> None:
    tagger = load_tagger()
    assert tagger is not None
    read = tagger.read(TEXT)
    assert read.states is not None
    found = read.states.between(0, 9)
    assert found is not None
    assert found.shape == load_likeness().common.shape == load_likeness().alone.shape
    assert tagger.attributions(read) == tagger.attribute(TEXT)


def test_a_score_has_its_limits() -> None:
    reading, words = parsed(TEXT), lexicon()
    mentions = find_phrases(reading, words.titles, words.nouns)
    pronoun = next(phrase for phrase in mentions.phrases if phrase.name == "she")
    score = alike(reading, MARKED, Likeness(np.array([90.0, 0.0]), np.zeros(2), 0.0))
    assert score(pronoun, mentions.phrases[0]) == 8.0
