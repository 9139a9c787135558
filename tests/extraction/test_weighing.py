"""The signs that pronouns are weighed by, and the trees that weigh them."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extraction.coreference import Choice, cast
from kg.extraction.coreference.features import FEATURES
from kg.extraction.coreference.outline import OBJECT, POSSESSOR, SUBJECT, outline
from kg.extraction.given_names import LIMIT, femininity, pieces
from kg.extraction.lexicon import lexicon
from kg.extraction.mentions import find_phrases
from kg.forest import Forest, load_forest
from tests.extraction.found import parsed

STUMP: dict[str, Any] = {  # 1 for rows whose second number is above 0.5, else -1
    "depth": 1,
    "feature": [1, 0, 0],
    "threshold": [0.5, None, None],
    "left": [1, 1, 2],
    "right": [2, 1, 2],
    "value": [0.0, -1.0, 1.0],
}
LEAF: dict[str, Any] = {
    "depth": 0, "feature": [0], "threshold": [None], "left": [0], "right": [0], "value": [0.25],
}  # fmt: skip


def choices(text: str) -> list[Choice]:
    """The choices that a text offers, all left open."""
    reading, words = parsed(text), lexicon()
    mentions = find_phrases(reading, words.titles, words.nouns)
    seen: list[Choice] = []

    def weigh(choice: Choice) -> list[float]:
        seen.append(choice)
        return [0.0] * len(choice.rows)

    cast(reading, mentions.phrases, [], words.nouns, possible=mentions.possible, weigh=weigh)
    return seen


def number(choice: Choice, candidate: str, feature: str) -> float:
    (row,) = [
        row
        for row, one in zip(choice.rows, choice.candidates, strict=True)
        if one.cluster.phrases[0].name == candidate
    ]
    return row[FEATURES.index(feature)]


# ---- trees


def test_the_leaves_of_all_trees_are_added_up() -> None:
    sums = Forest([STUMP, LEAF], ["one", "two"]).sums([[9, 0], [0, 1]])
    assert sums.tolist() == [-0.75, 1.25]


@given(st.lists(st.lists(st.floats(-9, 9), min_size=2, max_size=2), min_size=1, max_size=6))
def test_chances_leave_room_for_nobody(rows: list[list[float]]) -> None:
    chances = Forest([STUMP, LEAF], ["one", "two"]).chances(rows)
    assert all(0 < chance < 1 for chance in chances)
    assert sum(chances) < 1


def test_the_released_trees_read_the_numbers_that_are_given_them() -> None:
    assert load_forest("kg.extraction.coreference", "pronouns.json").features == FEATURES


def test_the_released_weights_are_small() -> None:
    folder = files("kg.extraction")
    for name in ("coreference/pronouns.json", "given_names.json"):
        content = folder.joinpath(name).read_bytes()
        assert len(content) < 1_000_000
        json.loads(content)


# ---- given names


@pytest.mark.parametrize(
    ("name", "sign"), [("Maria", 1), ("Elena", 1), ("Aisha", 1), ("John", -1), ("Ahmed", -1)]
)
def test_a_common_given_name_tells_the_gender(name: str, sign: int) -> None:
    assert sign * femininity(name) > 1


@given(st.text(max_size=20))
def test_a_name_never_says_more_than_the_limit(name: str) -> None:
    assert -LIMIT <= femininity(name) <= LIMIT


def test_an_initial_says_nothing() -> None:
    assert not pieces("M.")
    assert femininity("M.") == 0


# ---- signs


def test_each_candidate_has_a_number_for_each_sign() -> None:
    (choice,) = choices("Maria Voss met Anna Lund. She smiled.")
    assert [one.cluster.phrases[0].name for one in choice.candidates] == ["Maria Voss", "Anna Lund"]
    assert all(len(row) == len(FEATURES) for row in choice.rows)


def test_the_subject_of_the_sentence_before_is_the_plain_choice() -> None:
    (choice,) = choices("Maria Voss met Anna Lund. She smiled.")
    assert number(choice, "Maria Voss", "plain") == 1
    assert number(choice, "Anna Lund", "plain") == 0
    assert number(choice, "Anna Lund", "nearer") == 0
    assert number(choice, "Maria Voss", "nearer") == 1


def test_two_of_equal_standing_are_no_plain_choice() -> None:
    (choice,) = choices("Maria Voss and Anna Lund met. She smiled.")
    assert number(choice, "Maria Voss", "plain") == number(choice, "Anna Lund", "plain") == 0


def test_who_comes_after_is_a_candidate_too() -> None:
    choice = choices("When she arrived, Maria Voss smiled.")[0]
    assert number(choice, "Maria Voss", "sentences") == -1
    assert number(choice, "Maria Voss", "next_sentences") == 0


def test_a_man_by_title_is_no_candidate_for_she() -> None:
    (choice,) = choices("King Omar Reyes met Maria Voss. She smiled.")
    assert "Omar Reyes" not in [one.cluster.phrases[0].name for one in choice.candidates]


def test_an_outline_tells_roles_sentences_and_clauses() -> None:
    made = outline(parsed("Maria Voss met her friend. She smiled."))
    her = next(t.i for t in made.reading.doc if t.text == "her")
    voss, met = 1, 2
    assert made.standing(voss).role == SUBJECT
    assert made.standing(her).role == POSSESSOR
    assert made.standing(her).host == OBJECT
    assert made.clause_of(her) == made.clause_of(voss) == met
    assert made.sentences[her] == 0
    assert made.sentences[-1] == 1


@pytest.mark.parametrize(("chance", "chosen"), [(0.1, False), (0.9, True)])
def test_who_is_not_probable_enough_is_not_chosen(chance: float, chosen: bool) -> None:
    reading, words = parsed("Maria Voss left Oslo. She was ill."), lexicon()
    mentions = find_phrases(reading, words.titles, words.nouns)
    made = cast(
        reading, mentions.phrases, [], words.nouns, weigh=lambda choice: [chance] * len(choice.rows)
    )
    (voss,) = [one for one in made.entities if one.name == "Maria Voss"]
    assert ("She" in [mention.span.of(reading.text) for mention in voss.mentions]) is chosen


def test_a_possible_name_counts_only_where_a_pronoun_stands_for_it() -> None:
    reading, words = parsed("Maria Voss left Oslo. She was ill."), lexicon()
    mentions = find_phrases(reading, words.titles, words.nouns)
    (name,) = [phrase for phrase in mentions.phrases if phrase.name == "Maria Voss"]
    others = [phrase for phrase in mentions.phrases if phrase != name]
    for chance, named in ((0.1, False), (0.9, True)):
        made = cast(
            reading,
            others,
            [],
            words.nouns,
            possible=[name],
            weigh=lambda choice, chance=chance: [  # type: ignore[misc] # of this turn of the loop
                chance * (one.cluster.phrases[0] == name) for one in choice.candidates
            ],
        )
        assert ("Maria Voss" in [one.name for one in made.entities]) is named


# ---- learning


def test_boosting_learns_which_of_two_is_right() -> None:
    pytest.importorskip("sklearn", reason="learning needs the extra: pip install 'kg[train]'")
    import numpy as np  # noqa: PLC0415 - with the extra only

    from training.coreference.boost import Choices, Options, fit  # noqa: PLC0415

    random = np.random.RandomState(1)
    rows = random.rand(400, 2)
    pairs = rows.reshape(200, 2, 2)
    right = pairs[:, :, 1].argmax(axis=1)
    labels = np.zeros((200, 2), dtype=np.int64)
    labels[np.arange(200), right] = 1
    given_choices = Choices(rows, labels.ravel(), np.repeat(np.arange(200), 2), np.ones(200))
    trees = fit(given_choices, Options(features=1.0), seed=1)
    forest = Forest(trees, ["noise", "sign"])
    chosen = [int(np.argmax(forest.chances(pair.tolist()))) for pair in pairs]
    assert np.mean(np.array(chosen) == right) > 0.9
