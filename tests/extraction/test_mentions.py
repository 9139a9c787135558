"""Names, descriptions and pronouns: what they are and where they end."""

from __future__ import annotations

import pytest

from kg.model import EntityKind, Form
from tests.extraction.found import found, mentions

PERSON, ORGANIZATION = EntityKind.PERSON, EntityKind.ORGANIZATION
GROUP, PLACE = EntityKind.GROUP, EntityKind.PLACE


def names(text: str) -> list[tuple[str, EntityKind]]:
    return [(one.name, one.kind) for one in found(text).entities if one.named]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dana Holt resigned on Monday.", [("Dana Holt", PERSON)]),
        ("Judge Dana Holt resigned on Monday.", [("Dana Holt", PERSON)]),
        ("Former Prime Minister Dana Holt resigned.", [("Dana Holt", PERSON)]),
        ("Mrs. Dana Holt resigned on Monday.", [("Dana Holt", PERSON)]),
        ("Dana Holt, QC, resigned on Monday.", [("Dana Holt", PERSON)]),
        ("“It is over,” said Col. Dana Holt.", [("Dana Holt", PERSON)]),
        ("Dana Holt’s brother resigned on Monday.", [("Dana Holt", PERSON)]),
        ("Dana Holt's brother resigned on Monday.", [("Dana Holt", PERSON)]),
        (
            "The United Nations met in Geneva.",
            [("United Nations", ORGANIZATION), ("Geneva", PLACE)],
        ),
        ("The Harbour Workers Union struck.", [("Harbour Workers Union", ORGANIZATION)]),
        ("Police searched houses in Lisbon.", [("Lisbon", PLACE)]),
        ("OSLO, 3 May – Rain fell all day.", [("OSLO", PLACE)]),
        ("Norwegians voted on Monday.", [("Norwegians", GROUP)]),
        ("Norwegian voters stayed at home.", []),
        ("It rained on Monday.", []),
    ],
)
def test_a_name_is_cut_to_the_name_itself(
    text: str, expected: list[tuple[str, EntityKind]]
) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("A teacher from Velmora spoke.", "Velmora", PLACE),
        ("The town of Velmora was shelled.", "Velmora", PLACE),
        ("The Velmora Institute of Law published it.", "Velmora Institute of Law", ORGANIZATION),
    ],
)
def test_the_words_around_a_name_say_what_it_is(text: str, name: str, kind: EntityKind) -> None:
    assert (name, kind) in names(text)


def test_a_name_found_once_is_found_everywhere() -> None:
    text = "Mr Osei Banda spoke. Then Banda left. At night Banda came back. Banda wept."
    (one,) = [entity for entity in found(text).entities if entity.named]
    assert [mention.span.of(text) for mention in one.mentions].count("Banda") == 3


def test_one_name_is_one_kind() -> None:
    text = "Dana Holt spoke. Holt left. Reporters followed Holt. In Oslo, Holt spoke again."
    assert names(text) == [("Dana Holt", PERSON), ("Oslo", PLACE)]


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("A former judge said it rained.", "A former judge", PERSON),
        ("Two judges said it rained.", "Two judges", GROUP),
        ("The crowd said it rained.", "The crowd", GROUP),
        ("The local army said it rained.", "The local army", ORGANIZATION),
        ("The family of a miner said it rained.", "The family of a miner", GROUP),
    ],
)
def test_a_description_is_a_whole_noun_phrase(text: str, words: str, kind: EntityKind) -> None:
    (one,) = found(text).entities
    assert one.kind is kind
    assert [(mention.span.of(text), mention.form) for mention in one.mentions] == [
        (words, Form.NOMINAL)
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Some 40 armed men said it rained.", "armed men"),
        ("The three judges said it rained.", "judges"),
        ("Her old driver said it rained.", "old driver"),
    ],
)
def test_a_description_is_called_without_article_or_number(text: str, name: str) -> None:
    assert [one.name for one in found(text).entities] == [name]


@pytest.mark.parametrize(
    "text",
    [
        "Any judge said that it rained.",
        "No judge said that it rained.",
        "Every judge said that it rained.",
    ],
)
def test_nobody_in_particular_is_no_entity(text: str) -> None:
    assert found(text).entities == ()


def test_what_somebody_serves_as_is_not_somebody_else() -> None:
    text = "Dana Holt served as judge. Dana Holt was elected mayor."
    assert [one.name for one in found(text).entities] == ["Dana Holt"]


def test_every_mention_says_what_found_it() -> None:
    text = "Judge Dana Holt resigned. The judge said she was ill."
    for entity in found(text).entities:
        assert all(mention.method.startswith(("rule:", "model:")) for mention in entity.mentions)


def test_a_surname_that_is_a_common_noun_too_is_a_name_as_a_bare_subject() -> None:
    text = "Donald Trump spoke in May. Trump left at noon. A trump won the game."
    assert [m for m in mentions(text, "Donald Trump") if "rump" in m] == ["Donald Trump", "Trump"]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Anna Berg QC told the inquiry that files were lost.", ["Anna Berg"]),
        ("Anna Berg, MD, treated the wounded.", ["Anna Berg"]),
        ("J. R. Okafor and M. Hassan were arrested.", ["J. R. Okafor", "M. Hassan"]),
        ("Abu Bakr al-Masri spoke.", ["Abu Bakr al-Masri"]),
        ("Ursula van den Berg met Pedro de la Cruz.", ["Ursula van den Berg", "Pedro de la Cruz"]),
        ("Khalid bin Salman Al Harbi left.", ["Khalid bin Salman Al Harbi"]),
        ("A man by the name of Tariq Nasser was seen.", ["Tariq Nasser"]),
        (
            "The dead were named as Anna Berg, Omar Reyes, Li Wei and Tomas Holt.",
            ["Anna Berg", "Omar Reyes", "Li Wei", "Tomas Holt"],
        ),
        ("Brahms, Liszt and Wagner wrote it.", ["Brahms", "Liszt", "Wagner"]),
        ("Louis XIV and Charles V signed it.", ["Louis XIV", "Charles V"]),
        ("Владимир Петров was arrested.", ["Владимир Петров"]),
        ("علی رضایی was executed in prison.", ["علی رضایی"]),
        ("The activist Nguyễn Văn Đài was jailed.", ["Nguyễn Văn Đài"]),
        ("DANA HOLT told the court that it rained.", ["DANA HOLT"]),
        ("Lindqvist stated that it was raining. He left.", ["Lindqvist"]),
        ("An unnamed witness told the court that she had seen the guards.", []),
        ("They chanted “Death to the Dictator” and “Bread, Work, Freedom”.", []),
    ],
)
def test_persons_are_complete_and_none_is_invented(text: str, who: list[str]) -> None:
    assert [name for name, kind in names(text) if kind is PERSON] == who


def test_letters_after_a_name_are_no_place() -> None:
    text = "Omar Reyes QC and Anna Berg, MD, met in Geneva. Berg MD left."
    assert [name for name, kind in names(text) if kind is PLACE] == ["Geneva"]


def test_an_organisation_is_one_with_the_acronym_that_a_bracket_gives_it() -> None:
    text = (
        "The Front for the Liberation of Velmora (FLV) denied it. Reporters asked the FLV again. "
        "The International Criminal Court (ICC) opened a case. The ICC said it had evidence."
    )
    assert mentions(text, "Front for the Liberation of Velmora")[-2:] == ["FLV", "FLV"]
    assert mentions(text, "International Criminal Court")[-2:] == ["ICC", "ICC"]


def test_letters_that_do_not_begin_the_words_before_them_make_no_name_longer() -> None:
    text = "The Office of the Envoy (XYZ) denied it."
    assert "Office of the Envoy" not in [name for name, kind in names(text) if name != "XYZ"][1:]


@pytest.mark.parametrize(
    "text",
    [
        "Tehran denied the charge.",
        "Oslo and Tehran signed the accord.",
        "The accord was signed by Tehran.",
    ],
)
def test_a_place_that_speaks_or_signs_is_an_organisation_and_no_place(text: str) -> None:
    assert ("Tehran", ORGANIZATION) in names(text)
    assert ("Tehran", PLACE) not in names(text)


def test_a_place_where_things_happen_stays_one_beside_its_government() -> None:
    text = "Moscow said it would respond. The talks were held in Moscow."
    assert names(text) == [("Moscow", ORGANIZATION), ("Moscow", PLACE)]


def test_relatives_and_unnamed_victims_stay_described() -> None:
    text = "Family members of the victims said they would appeal. Two victims told a court of it."
    described = [one for one in found(text).entities if not one.named]
    assert "Family members of the victims" in [one.name for one in described]
    assert all(one.kind is not PERSON for one in described)
