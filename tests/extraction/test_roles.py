"""Who holds which role, of what, in which state, and since when."""

from __future__ import annotations

import pytest

from kg.model import Certainty, Polarity
from tests.extraction.found import found, roles, words

type Held = tuple[str | None, str, str | None, str | None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Judge Dana Holt left.", ("Dana Holt", "Judge", None, None)),
        ("President Dana Holt left.", ("Dana Holt", "President", None, None)),
        ("Norwegian President Dana Holt left.", ("Dana Holt", "President", "Norwegian", None)),
        ("Norway’s President Dana Holt left.", ("Dana Holt", "President", "Norway", None)),
        ("Former Mayor Dana Holt left.", ("Dana Holt", "Mayor", None, "former")),
        ("Acting Mayor Dana Holt left.", ("Dana Holt", "Mayor", None, "acting")),
        ("Deputy Mayor Dana Holt left.", ("Dana Holt", "Deputy Mayor", None, "deputy")),
        ("Culture Minister Dana Holt left.", ("Dana Holt", "Culture Minister", None, None)),
        ("The then mayor Dana Holt left.", ("Dana Holt", "mayor", None, "former")),
        (
            "United Nations spokesman Omar Reyes left.",
            ("Omar Reyes", "spokesman", "United Nations", None),
        ),
        ("Prime Minister\u200e Dana Holt left.", ("Dana Holt", "Prime Minister\u200e", None, None)),
        ("Mayor Mr. Omar Reyes left.", ("Omar Reyes", "Mayor", None, None)),
        ("Then-President Dana Holt left.", ("Dana Holt", "President", None, "former")),
        ("Newly elected mayor Dana Holt left.", ("Dana Holt", "mayor", None, "current")),
        ("Gen. Dana Holt left.", ("Dana Holt", "Gen.", None, None)),
        ("Lt. Gen. Dana Holt left.", ("Dana Holt", "Lt. Gen.", None, None)),
        ("U.S. Army Gen. Dana Holt left.", ("Dana Holt", "Gen.", "U.S. Army", None)),
        ("UN Special Envoy Dana Holt left.", ("Dana Holt", "Special Envoy", "UN", None)),
        (
            "Responding to the report Minister for Kenya, Dana Holt, spoke.",
            ("Dana Holt", "Minister", "Kenya", None),
        ),
        (
            "Minister for the Middle East Dana Holt spoke.",
            ("Dana Holt", "Minister", "Middle East", None),
        ),
        (
            "Labour Party leader Dana Holt left.",
            ("Dana Holt", "Party leader", "Labour Party", None),
        ),
    ],
)
def test_a_title_before_a_name_is_its_role(text: str, expected: Held) -> None:
    assert roles(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dana Holt, the mayor of Lisbon, left.", ("Dana Holt", "mayor", "Lisbon", None)),
        ("Dana Holt, mayor of Lisbon, left.", ("Dana Holt", "mayor", "Lisbon", None)),
        (
            "Dana Holt, the former mayor of Lisbon, left.",
            ("Dana Holt", "mayor", "Lisbon", "former"),
        ),
        ("The mayor of Lisbon, Dana Holt, left.", ("Dana Holt", "mayor", "Lisbon", None)),
        (
            "Lisbon’s former mayor, Dana Holt, left.",
            ("Dana Holt", "mayor", "Lisbon", "former"),
        ),
        (
            "Dana Holt, deputy director of the Harbour Workers Union, left.",
            ("Dana Holt", "deputy director", "Harbour Workers Union", "deputy"),
        ),
        (
            "Dana Holt, a judge at the Supreme Court, left.",
            ("Dana Holt", "judge", "Supreme Court", None),
        ),
        ("A judge by the name of Dana Holt left.", ("Dana Holt", "judge", None, None)),
        ("A judge named Dana Holt left.", ("Dana Holt", "judge", None, None)),
        ("Dana Holt (mayor of Lisbon) left.", ("Dana Holt", "mayor", "Lisbon", None)),
        ("The mayor of Lisbon (Dana Holt) left.", ("Dana Holt", "mayor", "Lisbon", None)),
        (
            "Dana Holt, a member of the Supreme Court, left.",
            ("Dana Holt", "member", "Supreme Court", None),
        ),
        (
            "Omar Reyes, commander, Third Brigade, left.",
            ("Omar Reyes", "commander", "Third Brigade", None),
        ),
        (
            "Her successor is Omar Reyes, until then the police chief of Lisbon.",
            ("Omar Reyes", "police chief", "Lisbon", "former"),
        ),
        (
            "Dana Holt, who was then prime minister, left.",
            ("Dana Holt", "prime minister", None, "former"),
        ),
        ("Dana Holt, 45, a lawyer in Lisbon, left.", ("Dana Holt", "lawyer", None, None)),
        (
            "Dana Holt, first secretary of the embassy, left.",
            ("Dana Holt", "first secretary", "embassy", None),
        ),
    ],
)
def test_an_apposition_gives_a_role_either_way(text: str, expected: Held) -> None:
    assert roles(text) == [expected]


@pytest.mark.parametrize(
    ("text", "title"),
    [("Dana Holt, QC, left.", "QC"), ("Dana Holt QC left.", "QC"), ("Dana Holt, MP, left.", "MP")],
)
def test_letters_after_a_name_are_a_role(text: str, title: str) -> None:
    assert roles(text) == [("Dana Holt", title, None, None)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dana Holt is the mayor of Lisbon.", ("Dana Holt", "mayor", "Lisbon", "current")),
        ("Dana Holt was the mayor of Lisbon.", ("Dana Holt", "mayor", "Lisbon", None)),
        (
            "Dana Holt was a member of the Supreme Court.",
            ("Dana Holt", "member", "Supreme Court", None),
        ),
        ("Dana Holt became mayor of Lisbon.", ("Dana Holt", "mayor", "Lisbon", None)),
        ("Dana Holt was elected mayor of Lisbon.", ("Dana Holt", "mayor", "Lisbon", None)),
        ("Dana Holt was appointed as judge.", ("Dana Holt", "judge", None, None)),
        ("Dana Holt served as mayor of Lisbon.", ("Dana Holt", "mayor", "Lisbon", None)),
        ("Dana Holt resigned as mayor of Lisbon.", ("Dana Holt", "mayor", "Lisbon", "former")),
        ("Dana Holt stepped down as mayor.", ("Dana Holt", "mayor", None, "former")),
        ("Omar Reyes appointed Dana Holt as judge.", ("Dana Holt", "judge", None, None)),
        ("Dana Holt has been mayor of Lisbon.", ("Dana Holt", "mayor", "Lisbon", "current")),
        ("Dana Holt was sworn in as mayor.", ("Dana Holt", "mayor", None, None)),
        ("Dana Holt took over as mayor.", ("Dana Holt", "mayor", None, None)),
        ("As mayor of Lisbon, Dana Holt left.", ("Dana Holt", "mayor", "Lisbon", None)),
        ("Dana Holt did not vote as mayor.", ("Dana Holt", "mayor", None, None)),
        (
            "Dana Holt fought for bills in her time as mayor of Lisbon.",
            ("Dana Holt", "mayor", "Lisbon", None),
        ),
        (
            "In 1988 the commander of the Third Brigade was Omar Reyes.",
            ("Omar Reyes", "commander", "Third Brigade", None),
        ),
        (
            "The Third Brigade is led by Omar Reyes.",
            ("Omar Reyes", "led", "Third Brigade", "current"),
        ),
        (
            "The commission, chaired by Dana Holt, met.",
            ("Dana Holt", "chaired", "commission", None),
        ),
        (
            "Omar Reyes, who commanded the Third Brigade, left.",
            ("Omar Reyes", "commanded", "Third Brigade", None),
        ),
        (
            "Dana Holt heads the Supreme Court.",
            ("Dana Holt", "heads", "Supreme Court", "current"),
        ),
        (
            "Omar Reyes was in charge of the Third Brigade.",
            ("Omar Reyes", "in charge of", "Third Brigade", None),
        ),
        (
            "Omar Reyes was assigned to the Third Brigade.",
            ("Omar Reyes", "assigned to", "Third Brigade", None),
        ),
        (
            "Dana Holt joined the Supreme Court.",
            ("Dana Holt", "joined", "Supreme Court", None),
        ),
        (
            "Dana Holt, of Amnesty International, left.",
            ("Dana Holt", "of", "Amnesty International", None),
        ),
        (
            "Dana Holt of Amnesty International left.",
            ("Dana Holt", "of", "Amnesty International", None),
        ),
    ],
)
def test_a_verb_gives_a_role(text: str, expected: Held) -> None:
    assert roles(text) == [expected]


def test_a_stretch_of_time_bounds_a_role_where_it_is_closed() -> None:
    (only,) = found("Dana Holt, who was the mayor of Lisbon until 2003, left.").roles
    assert (only.start, only.end and only.end.latest and only.end.latest.year) == (None, 2003)


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("In July 1988 Omar Reyes was the commander of the Third Brigade.", "1988-07"),
        ("Omar Reyes commanded the Third Brigade in 1988.", "1988"),
        ("The governor of Qasr Prison in 1988, Dana Holt, was tried.", "1988"),
        ("Dana Holt became mayor in 2009.", None),
        ("Dana Holt resigned as mayor in 2009.", None),
        ("Dana Holt was mayor from 2001 to 2009.", None),
        ("In 2016 Dana Holt wrote of her time as mayor of Lisbon.", None),
    ],
)
def test_a_time_within_a_role_bounds_it_neither_way(text: str, held: str | None) -> None:
    (only,) = found(text).roles
    assert (only.held and only.held.edtf) == held
    assert held is None or (only.start, only.end) == (None, None)


def test_who_succeeds_somebody_starts_where_the_other_ends() -> None:
    text = "Dana Holt succeeded Omar Reyes as mayor of Lisbon in 2003."
    assert roles(text) == [
        ("Dana Holt", "mayor", "Lisbon", None),
        ("Omar Reyes", "mayor", "Lisbon", "former"),
    ]
    began, ended = found(text).roles
    assert began.start is not None
    assert began.start == ended.end
    assert (began.end, ended.start) == (None, None)


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("The Norwegian prime minister Dana Holt left.", "Norwegian"),
        ("Norway voted. Norwegian Prime Minister Dana Holt left.", "Norway"),
        ("Britain voted. The British foreign secretary, Dana Holt, left.", "Britain"),
        ("South Korean President Dana Holt left.", "South Korean"),
        ("The Norwegian painter Dana Holt left.", None),
        ("Norwegian rebel leader Dana Holt left.", None),
        ("Norwegian leader Dana Holt left.", "Norwegian"),
        ("Kurdish judge Dana Holt left.", None),
        ("Anglo-Norwegian judge Dana Holt left.", None),
        ("The Norwegian ambassador to Kenya, Dana Holt, left.", "Norwegian"),
    ],
)
def test_an_adjective_before_a_title_of_the_state_names_its_country(
    text: str, country: str | None
) -> None:
    (only,) = roles(text)
    assert only[2] == country


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Dana Holt, president and chief executive of the Supreme Court, left.",
            [("president", "Supreme Court"), ("chief executive", "Supreme Court")],
        ),
        (
            "Dana Holt, the Supreme Court’s president and director, left.",
            [("director", "Supreme Court"), ("president", "Supreme Court")],
        ),
        (
            "Dana Holt, a teacher and a judge at the Supreme Court, left.",
            [("judge", "Supreme Court"), ("teacher", None)],
        ),
        ("Journalist and author Dana Holt left.", [("Journalist", None), ("author", None)]),
        ("The mayor and Judge Dana Holt left.", [("Judge", None)]),
    ],
)
def test_each_of_several_titles_is_a_role(
    text: str, expected: list[tuple[str, str | None]]
) -> None:
    assert sorted((title, body) for _, title, body, _ in roles(text)) == sorted(
        expected, key=lambda pair: pair[0]
    )


@pytest.mark.parametrize(
    "text",
    [
        "Dana Holt and Omar Reyes, members of the Supreme Court, left.",
        "Dana Holt and Omar Reyes are members of the Supreme Court.",
        "Senators Dana Holt and Omar Reyes left.",
    ],
)
def test_a_title_in_the_plural_is_each_ones(text: str) -> None:
    assert {person for person, *_ in roles(text)} == {"Dana Holt", "Omar Reyes"}


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("“Murderer Dana Holt must go!” they chanted.", []),
        ("“Dana Holt is a dictator,” Omar Reyes said.", []),
        ("Omar Reyes said that Dana Holt was a thief.", []),
        ("The dictator Dana Holt fled.", ["dictator"]),
    ],
)
def test_what_people_call_somebody_in_anger_is_no_role(text: str, titles: list[str]) -> None:
    assert [title for _, title, *_ in roles(text)] == titles


def test_a_description_of_a_named_holder_is_nobody_else() -> None:
    text = "Dana Holt, president and chief executive of the Supreme Court, left."
    assert {person for person, *_ in roles(text)} == {"Dana Holt"}


def test_the_evidence_covers_a_place_that_nobody_took_for_a_name() -> None:
    (only,) = found("Omar Reyes was the commander of Vakil-Abad in July 1988.").roles
    assert words("Omar Reyes was the commander of Vakil-Abad in July 1988.", only.evidence) == (
        "Omar Reyes was the commander of Vakil-Abad"
    )


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("Dana Holt became mayor in 2009.", "2009", None),
        ("Dana Holt was elected mayor on 3 May 2009.", "2009-05-03", None),
        ("Dana Holt was appointed judge in May 2009.", "2009-05", None),
        ("Dana Holt resigned as mayor on 3 May 2009.", None, "2009-05-03"),
        ("Dana Holt has been mayor since 2009.", "2009/..", None),
        ("Dana Holt was mayor from 2001 to 2009.", "2001/2009", "2001/2009"),
        ("Dana Holt is mayor of Lisbon.", None, None),
        ("In 2009 Dana Holt was mayor of Lisbon.", None, None),
    ],
)
def test_only_a_stated_time_starts_or_ends_a_role(
    text: str, start: str | None, end: str | None
) -> None:
    (only,) = found(text).roles
    assert (only.start and only.start.edtf, only.end and only.end.edtf) == (start, end)


@pytest.mark.parametrize(
    "text",
    [
        "The president said that it rained.",
        "A judge said that it rained.",
        "Dana Holt met the mayor.",
        "Dana Holt, who met the mayor, left.",
        "Dana Holt spoke about mayors.",
        "Mrs Dana Holt left.",
        "Dana Holt’s lawyer left.",
        "Dana Holt, Omar Reyes and the mayor left.",
        "The mayor met Dana Holt.",
        "President of the jury is a title that Dana Holt despised.",
        "After he met Dana Holt, the mayor left.",
        "Dana Holt, and her deputy, left.",
        "Omar Reyes is chairing Dana Holt’s birthday.",
        "The candidate for governor of Ohio left.",
        "They described Dana Holt as a judge.",
        "Dana Holt posed as a judge.",
        "Dana Holt joined the Supreme Court in calling for peace.",
        "Dana Holt led the police to a house.",
        "Dana Holt of Lisbon left.",
        "Dana Holt left the hall as well as the judge.",
        "Dean Holt left.",
        "Dana Holt ran ten miles to lead the Supreme Court past the police.",
        "Dana Holt starred in “The Apprentice”.",
    ],
)
def test_nobody_is_given_a_role_that_the_text_does_not_give(text: str) -> None:
    assert roles(text) == []


@pytest.mark.parametrize(
    ("text", "polarity", "certainty"),
    [
        ("Dana Holt is not the mayor of Lisbon.", Polarity.DENIED, Certainty.CERTAIN),
        ("Dana Holt never became mayor of Lisbon.", Polarity.DENIED, Certainty.CERTAIN),
        ("Dana Holt may become mayor of Lisbon.", Polarity.AFFIRMED, Certainty.POSSIBLE),
        ("Dana Holt will become mayor of Lisbon.", Polarity.AFFIRMED, Certainty.UNREAL),
        ("Dana Holt wants to become mayor of Lisbon.", Polarity.AFFIRMED, Certainty.UNREAL),
        ("Dana Holt became mayor of Lisbon.", Polarity.AFFIRMED, Certainty.CERTAIN),
    ],
)
def test_a_role_that_is_denied_or_hoped_for_is_not_held(
    text: str, polarity: Polarity, certainty: Certainty
) -> None:
    (only,) = found(text).roles
    assert (only.stance.polarity, only.stance.certainty) == (polarity, certainty)


def test_a_relation_names_the_other_person() -> None:
    text = "Dana Holt, the sister of Omar Reyes, left."
    assert roles(text) == [("Dana Holt", "sister", "Omar Reyes", None)]


def test_a_relation_to_nobody_known_is_no_role() -> None:
    assert roles("Dana Holt, a sister, left.") == []


def test_the_role_of_somebody_unnamed_is_kept_with_the_description() -> None:
    text = "A former mayor of Lisbon said that it rained."
    assert roles(text) == [("former mayor of Lisbon", "mayor", "Lisbon", "former")]


def test_a_title_inside_a_claim_is_that_speakers() -> None:
    text = "Omar Reyes said that Dana Holt was the mayor of Lisbon."
    (only,) = found(text).roles
    assert only.within == found(text).claims[0].id


def test_what_a_title_takes_for_granted_is_not_touched_by_a_denial() -> None:
    text = "Omar Reyes denied that Judge Dana Holt had taken bribes."
    (only,) = found(text).roles
    assert only.stance.polarity is Polarity.AFFIRMED


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Front-runner Dana Holt left.", []),
        ("Ex-minister Dana Holt left.", ["minister"]),
        ("Dana Holt, the CJ-TF spokeswoman, left.", ["spokeswoman"]),
    ],
)
def test_half_a_word_with_a_hyphen_is_no_title(text: str, title: list[str]) -> None:
    assert [role.title for role in found(text).roles] == title


def test_a_son_of_a_president_with_other_initials_is_not_the_president() -> None:
    text = "President Dana M.E. Holt left. Dana M. Holt stayed."
    assert roles(text) == [("Dana M.E. Holt", "President", None, None)]


def test_two_roles_of_one_person_are_both_kept() -> None:
    text = "Judge Dana Holt, the former mayor of Lisbon, left."
    assert roles(text) == [
        ("Dana Holt", "Judge", None, None),
        ("Dana Holt", "mayor", "Lisbon", "former"),
    ]


@pytest.mark.parametrize(
    ("text", "evidence"),
    [
        ("Judge Dana Holt left.", "Judge Dana Holt"),
        ("Dana Holt, the former mayor of Lisbon, left.", "Dana Holt, the former mayor of Lisbon"),
        ("Dana Holt was the mayor of Lisbon.", "Dana Holt was the mayor of Lisbon"),
    ],
)
def test_the_evidence_covers_title_name_and_organisation(text: str, evidence: str) -> None:
    (only,) = found(text).roles
    assert words(text, only.evidence) == evidence
