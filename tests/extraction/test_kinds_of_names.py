"""What a name is taken for: letters, words around it, lists of names, and trees over all of it."""

from __future__ import annotations

import json
from importlib.resources import files

import pytest

from kg.extraction.lexicon import lexicon
from kg.extraction.mentions.clues import BUCKETS, CLASSES, around, inside, load_clues
from kg.extraction.mentions.find import find_phrases, recognised
from kg.extraction.mentions.known import is_place, is_surname
from kg.extraction.mentions.traits import TRAITS, traits, uses
from kg.forest import load_kinds, softmax
from kg.model import EntityKind
from tests.extraction.found import found, parsed


def number(text: str, name: str, trait: str) -> float:
    """One number of the row of a name."""
    reading, words = parsed(text), lexicon()
    used = uses(recognised(reading, words.titles, words.nouns))
    rows = traits(reading.doc, used, words.titles, words.nouns, load_clues())
    (row,) = [row for one, row in zip(used, rows, strict=True) if one.phrases[0].name == name]
    assert len(row) == len(TRAITS)
    return row[TRAITS.index(trait)]


@pytest.mark.parametrize(
    ("trait", "expected"),
    [
        ("mentions", 2.0),
        ("words", 1.0),
        ("nsubj", 1.0),
        ("he after", 0.5),
        ("his under", 0.5),
        ("capitals", 0.0),
    ],
)
def test_a_name_is_judged_by_all_places_where_it_stands(trait: str, expected: float) -> None:
    text = "Holt lost his job in May. The town was empty when winter came at last. Holt resigned."
    assert number(text, "Holt", trait) == expected


def test_the_longer_name_that_a_name_ends_says_what_it_is() -> None:
    text = "Dana Holt resigned on Monday. Holt was ill."
    assert number(text, "Holt", "ends") == 1.0
    assert number(text, "Dana Holt", "ends") == -1.0


def test_the_strings_of_a_name_tell_its_letters_and_its_words() -> None:
    reading = parsed("Dana Petrova married in Oslo.")
    assert {"last ends:ova", "first:dana", "words:2"} <= inside(reading.doc, 0, 1)
    assert {"nsubj:marry", "after:married"} <= around(reading.doc, 0, 1, reading.doc[1])


def test_letters_speak_for_persons_and_for_institutions() -> None:
    inner, outer = load_clues()
    assert inner.weights.shape == outer.weights.shape == (BUCKETS, len(CLASSES))
    best = []
    for text, last in (("Maria Petrova spoke.", 1), ("The Velmora Foundation spoke.", 2)):
        scores = inner.scores(inside(parsed(text).doc, 0, last))
        best.append(CLASSES[int(scores.argmax())])
    assert best == ["person", "organization"]


def test_the_released_trees_read_the_numbers_that_are_given_them() -> None:
    trees = load_kinds("kg.extraction.mentions", "kinds.json")
    assert set(trees) == set(CLASSES)
    assert all(forest.features == TRAITS for forest in trees.values())


def test_the_released_weights_are_small() -> None:
    for name in ("clues.json", "kinds.json", "known.json"):
        content = (files("kg.extraction.mentions") / name).read_bytes()
        assert len(content) < 300_000
        json.loads(content)


def test_chances_of_a_name_add_up_to_one() -> None:
    chances = softmax([[0.0, 800.0], [1.0, -800.0]])
    assert chances.sum(axis=1).tolist() == [1.0, 1.0]
    assert chances[1].tolist() == [1.0, 0.0]


def test_lists_know_surnames_and_places() -> None:
    assert is_surname("Johnson")
    assert is_place("San Francisco")
    assert not is_place("Foundation")
    assert not is_surname("?")


def test_a_name_that_may_be_nobodys_waits_for_a_pronoun() -> None:
    reading, words = parsed("The Ostmark was heavy. Crates of it stood there."), lexicon()
    mentions = find_phrases(reading, words.titles, words.nouns)
    named = {phrase.name for phrase in mentions.phrases}
    assert not named & {phrase.name for phrase in mentions.possible}


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Amnesty International and Human Rights Watch condemned it.", "Human Rights Watch",
         EntityKind.ORGANIZATION),
        ("Anna Berg treated the wounded in Velmora.", "Velmora", EntityKind.PLACE),
        ("In 1997, Featherstone met his wife Claude. Featherstone was ill.", "Featherstone",
         EntityKind.PERSON),
    ],
)  # fmt: skip
def test_a_name_is_found_that_the_recogniser_misses(text: str, name: str, kind: EntityKind) -> None:
    assert (name, kind) in [(one.name, one.kind) for one in found(text).entities]
