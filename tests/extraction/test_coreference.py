"""Which phrases of one document stand for the same entity."""

from __future__ import annotations

import itertools

import pytest

from kg.model import EntityKind
from tests.extraction.found import found, mentions


def open_choices(text: str) -> list[str]:
    """The words whose entity is left open."""
    return [gap.span.of(text) for gap in found(text).abstentions if gap.what == "coreference"]


def people(text: str) -> list[str]:
    return [one.name for one in found(text).entities if one.kind is EntityKind.PERSON]


@pytest.mark.parametrize(
    ("text", "who", "expected"),
    [
        ("Dana Holt resigned. Holt had served a year.", "Dana Holt", ["Dana Holt", "Holt"]),
        ("Holt resigned. Dana Holt had served a year.", "Dana Holt", ["Holt", "Dana Holt"]),
        (
            "Dana M. Holt resigned. Dana Holt had served a year.",
            "Dana M. Holt",
            ["Dana M. Holt", "Dana Holt"],
        ),
        ("Dana Holt resigned. Mrs Holt had served a year.", "Dana Holt", ["Dana Holt", "Holt"]),
        ("Dana Holt resigned. Holt’s deputy stayed.", "Dana Holt", ["Dana Holt", "Holt"]),
    ],
)
def test_a_surname_is_the_one_person_who_bears_it(text: str, who: str, expected: list[str]) -> None:
    assert mentions(text, who) == expected


def test_a_surname_that_two_people_bear_is_left_open() -> None:
    text = "Dana Holt met Karl Holt in Oslo. Holt resigned on Monday."
    assert people(text) == ["Dana Holt", "Karl Holt", "Holt"]
    assert open_choices(text) == ["Holt"]


@pytest.mark.parametrize(
    "other", ["Dana M.E. Holt", "Dana E. Holt", "E. Holt", "Dana Maria Eva Holt"]
)
def test_another_initial_is_another_person(other: str) -> None:
    text = f"Dana M. Holt resigned. {other} had served a year."
    assert mentions(text, "Dana M. Holt") == ["Dana M. Holt"]


def test_a_name_that_only_narrows_a_noun_is_not_who_she_is() -> None:
    text = "Dana Holt resigned. Reyes supporters had long called for her trial."
    assert mentions(text, "Dana Holt") == ["Dana Holt", "her"]


def test_a_possessive_after_words_about_another_is_left_open() -> None:
    text = "“She must go at once,” said Omar Reyes. In the end her family wept."
    assert mentions(text, "Omar Reyes") == ["Omar Reyes"]


def test_two_people_who_share_a_first_name_stay_two() -> None:
    text = "Dana Holt met Dana Voss in Oslo. Voss resigned on Monday."
    assert mentions(text, "Dana Holt") == ["Dana Holt"]
    assert mentions(text, "Dana Voss") == ["Dana Voss", "Voss"]


def test_a_first_name_alone_joins_nobody() -> None:
    text = "Dana Holt resigned on Monday. Dana Voss, a friend, wept. Dana had served a year."
    assert mentions(text, "Dana Holt") == ["Dana Holt"]
    assert mentions(text, "Dana Voss") == ["Dana Voss", "a friend"]


@pytest.mark.parametrize(
    ("text", "who", "expected"),
    [
        ("Dana Holt resigned because she was ill.", "Dana Holt", ["Dana Holt", "she"]),
        ("Dana Holt resigned. She was ill.", "Dana Holt", ["Dana Holt", "She"]),
        ("Dana Holt sold her house in Oslo.", "Dana Holt", ["Dana Holt", "her"]),
        ("Dana Holt blamed herself.", "Dana Holt", ["Dana Holt", "herself"]),
        (
            "The farmers blocked the road. They said it rained.",
            "farmers",
            ["The farmers", "They"],
        ),
    ],
)
def test_a_pronoun_stands_for_the_one_who_fits(text: str, who: str, expected: list[str]) -> None:
    assert mentions(text, who) == expected


@pytest.mark.parametrize(
    ("text", "who", "expected"),
    [
        (
            "Omar Reyes, a monk, met Queen Dana Holt. He smiled.",
            "Omar Reyes",
            ["Omar Reyes", "a monk", "He"],
        ),
        ("Omar Reyes, a monk, met Queen Dana Holt. She smiled.", "Dana Holt", ["Dana Holt", "She"]),
    ],
)
def test_a_pronoun_agrees_with_what_the_text_says_of_a_person(
    text: str, who: str, expected: list[str]
) -> None:
    assert mentions(text, who) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Omar Reyes and Karl Voss met. He resigned on Monday.",
        "Omar Reyes met Karl Voss. Ines Lund met Eva Strand. The talks failed and he resigned.",
    ],
)
def test_a_pronoun_that_may_be_two_people_joins_neither(text: str) -> None:
    assert mentions(text, "Omar Reyes") == ["Omar Reyes"]
    assert mentions(text, "Karl Voss") == ["Karl Voss"]


def test_a_choice_between_two_people_is_put_to_a_person() -> None:
    text = "Omar Reyes and Karl Voss met. He resigned on Monday."
    (gap,) = [one for one in found(text).abstentions if one.what == "coreference"]
    assert gap.span.of(text) == "He"
    assert gap.reason == "may stand for Omar Reyes, Karl Voss"


def test_an_object_is_not_the_subject_of_its_own_clause() -> None:
    assert mentions("Dana Holt thanked her in Oslo.", "Dana Holt") == ["Dana Holt"]


def test_a_pronoun_looks_back_no_further_than_two_sentences() -> None:
    text = "Dana Holt resigned. It rained. It snowed. It hailed. She was ill."
    assert mentions(text, "Dana Holt") == ["Dana Holt"]


def test_a_pronoun_inside_a_quotation_is_nobody_outside_of_it() -> None:
    text = "Dana Holt wept. “She was my friend, and she is gone,” said Omar Reyes."
    assert mentions(text, "Dana Holt") == ["Dana Holt"]


def test_they_after_several_named_together_are_these_and_no_crowd_from_before() -> None:
    text = "The farmers denied it. Mira Voss and Karl Holm came at noon. They said it rained."
    assert mentions(text, "farmers") == ["The farmers"]
    assert open_choices(text) == ["They"]


def test_they_are_the_crowd_that_met_several_named_together() -> None:
    text = "The farmers said that Mira Voss and Karl Holm were safe. They blocked the road."
    assert mentions(text, "farmers") == ["The farmers", "They"]


def test_their_after_an_institution_is_not_given_to_the_crowd() -> None:
    text = "Farmers urged the court to hold the ministry to account for their abuses."
    assert mentions(text, "Farmers") == ["Farmers"]


@pytest.mark.parametrize(
    ("text", "who", "description"),
    [
        ("Dana Holt, the judge, resigned.", "Dana Holt", "the judge"),
        ("The judge, Dana Holt, resigned.", "Dana Holt", "The judge"),
        ("A farmer by the name of Dana Holt spoke.", "Dana Holt", "A farmer"),
        ("Judge Dana Holt resigned. The judge was ill.", "Dana Holt", "The judge"),
        ("Dana Holt is a judge. The judge was ill.", "Dana Holt", "The judge"),
        (
            "Foreign Secretary Dana Holt left. The Foreign Secretary was ill.",
            "Dana Holt",
            "The Foreign Secretary",
        ),
        (
            "The Harbour Workers Union struck. The union had warned of it.",
            "Harbour Workers Union",
            "The union",
        ),
    ],
)
def test_a_description_stands_for_whom_the_text_gives_it(
    text: str, who: str, description: str
) -> None:
    assert description in mentions(text, who)


@pytest.mark.parametrize(
    ("text", "who", "description"),
    [
        ("Judge Dana Holt met Judge Omar Reyes. The judge was ill.", "Dana Holt", "The judge"),
        ("Vice President Dana Holt left. The president stayed.", "Dana Holt", "The president"),
        ("Former judge Dana Holt left. The judge stayed.", "Dana Holt", "The judge"),
        ("Judge Dana Holt left. A judge stayed.", "Dana Holt", "A judge"),
        ("Judge Dana Holt left. The Dutch judge stayed.", "Dana Holt", "The Dutch judge"),
        ("The judge stayed. Judge Dana Holt left.", "Dana Holt", "The judge"),
        ("Dana Holt is not the judge. The judge was ill.", "Dana Holt", "The judge"),
    ],
)
def test_a_description_that_may_be_another_joins_nobody(
    text: str, who: str, description: str
) -> None:
    assert description not in mentions(text, who)


@pytest.mark.parametrize(
    ("number", "expected"),
    [("four", [["Two miners"], ["the four miners"]]), ("two", [["Two miners", "the two miners"]])],
)
def test_another_number_makes_others_of_them(number: str, expected: list[list[str]]) -> None:
    told = found(
        f"Two miners were killed in each pit. A judge said the {number} miners killed were young."
    )
    spans = [
        [mention.span.of(told.document.text) for mention in entity.mentions]
        for entity in told.entities
        if entity.name == "miners"
    ]
    assert spans == expected


@pytest.mark.parametrize(
    ("text", "who", "expected"),
    [
        (
            "The Harbour Workers Union (HWU) struck. The HWU had warned of it.",
            "Harbour Workers Union",
            ["Harbour Workers Union", "HWU", "HWU"],
        ),
        (
            "The Front for Harbour Rights (FHR/FDP) struck. The FDP had warned of it.",
            "Front for Harbour Rights",
            ["Front for Harbour Rights", "FHR", "FDP", "FDP"],
        ),
    ],
)
def test_an_acronym_in_brackets_is_the_name_before_it(
    text: str, who: str, expected: list[str]
) -> None:
    assert mentions(text, who) == expected


def test_the_fullest_name_is_the_name() -> None:
    text = "Holt resigned. Dana Maria Holt had served a year. Dana Holt was ill."
    assert people(text) == ["Dana Maria Holt"]


def test_mentions_are_in_the_order_of_the_text_and_never_overlap() -> None:
    text = "Judge Dana Holt resigned. The judge was ill, and Holt said she was tired of herself."
    for entity in found(text).entities:
        spans = [mention.span for mention in entity.mentions]
        assert spans == sorted(spans)
        assert all(one.end <= other.start for one, other in itertools.pairwise(spans))


def test_an_unnamed_entity_is_kept_only_where_something_is_said_of_it() -> None:
    text = "A farmer slept. A miner said that the bridge was closed."
    assert [one.name for one in found(text).entities] == ["miner"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The Arden Times said that soldiers fired. Later the Times gave no source.",
            ["Arden Times", "Times"],
        ),
        (
            "The Arden Times met Omar Times. The Times Company said that soldiers fired.",
            ["Arden Times"],
        ),
    ],
)
def test_an_organisation_is_known_by_the_first_or_last_words_of_its_name(
    text: str, expected: list[str]
) -> None:
    assert mentions(text, "Arden Times") == expected


def test_apostrophes_of_both_forms_spell_one_name() -> None:
    text = "Moira O'Hara resigned in May. “No,” said Mrs. O’Hara."
    assert mentions(text, "Moira O'Hara") == ["Moira O'Hara", "O’Hara"]


# ---- "he" and "she", weighed


@pytest.mark.parametrize(
    ("text", "who", "expected"),
    [
        ("Maria Voss met John Reyes. She smiled.", "Maria Voss", ["Maria Voss", "She"]),
        ("Maria Voss met John Reyes. He smiled.", "John Reyes", ["John Reyes", "He"]),
        ("John Reyes thanked Maria Voss for her help.", "Maria Voss", ["Maria Voss", "her"]),
        (
            "Because she was ill, Maria Voss stayed at home.",
            "Maria Voss",
            ["she", "Maria Voss"],
        ),
        (
            "Maria Voss left Oslo after she had met Anna Lund.",
            "Maria Voss",
            ["Maria Voss", "she"],
        ),
    ],
)
def test_he_and_she_stand_for_who_is_most_probable(
    text: str, who: str, expected: list[str]
) -> None:
    assert mentions(text, who) == expected


def test_her_teacher_is_another_than_she_is() -> None:
    text = "Maria Voss spoke first. Anna Lund was her teacher."
    assert "her" not in mentions(text, "Anna Lund")


@pytest.mark.parametrize(
    "text",
    ["Maria Voss met Anna Lund, her teacher.", "Her daughter Anna Lund greeted Maria Voss."],
)
def test_whose_somebody_is_is_another_than_she_is(text: str) -> None:
    assert not {"her", "Her"} & set(mentions(text, "Anna Lund"))


def test_who_is_spoken_of_in_a_quotation_is_not_who_speaks() -> None:
    text = "John Reyes said that Karl Voss “gave all he had”."
    assert "he" not in mentions(text, "John Reyes")


def test_the_entity_of_a_pronoun_is_a_person() -> None:
    for text in (
        "Holt resigned in May. She had served a year.",
        "In March, Alder sold the house. He had built it himself.",
    ):
        for one in found(text).entities:
            said = {mention.span.of(text) for mention in one.mentions}
            assert not said & {"She", "He"} or one.kind is EntityKind.PERSON


def test_words_that_nobody_took_for_a_name_are_nobody_without_a_pronoun() -> None:
    text = "Your Honor, the Bridge is closed. It rained."
    assert "Honor" not in people(text)


def test_a_ministry_is_not_that_of_another_country() -> None:
    text = (
        "The Danish foreign ministry said the treaty was void. The Polish foreign ministry said "
        "that it regretted this."
    )
    speakers = [one.speaker for one in found(text).claims]
    assert len(speakers) == len(set(speakers)) == 2
