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
        ("Norwegian President Dana Holt left.", ("Dana Holt", "President", None, None)),
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
    ],
)
def test_a_verb_gives_a_role(text: str, expected: Held) -> None:
    assert roles(text) == [expected]


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
