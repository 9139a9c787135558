"""Prisons, camps and barracks are places that people command, whatever a name looks like."""

from __future__ import annotations

import pytest

from kg.model import EntityKind
from tests.extraction.found import found, roles


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Karl Weiss left Qasr Prison.", "Qasr Prison"),
        ("Karl Weiss ran Evin prison in 1988.", "Evin prison"),
        ("Karl Weiss was in charge of Vakil-Abad Prison.", "Vakil-Abad Prison"),
        ("Karl Weiss commanded Camp Ashraf.", "Camp Ashraf"),
        ("Karl Weiss knew the Majdanek concentration camp.", "Majdanek concentration camp"),
    ],
)
def test_the_name_of_a_facility_is_a_place(text: str, name: str) -> None:
    kinds = {one.kind for one in found(text).entities if one.name == name}
    assert kinds == {EntityKind.PLACE}


@pytest.mark.parametrize(
    "text",
    [
        "Dana Holt was held in an Oslo prison.",
        "Dana Holt left the prison.",
        "Norwegian prisons are full.",
        "The Holt camp said that it rained.",
        "Omar Reyes headed the Qasr Prison Museum.",
    ],
)
def test_a_kind_of_place_or_a_longer_name_is_no_facility(text: str) -> None:
    methods = {m.method for one in found(text).entities for m in one.mentions}
    assert "rule:facility-noun" not in methods


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Omar Reyes was the commander of Qasr Prison.", "commander"),
        ("Omar Reyes, deputy governor of Qasr Prison, left.", "deputy governor"),
        ("Qasr prison governor Omar Reyes left.", "prison governor"),
        ("Omar Reyes commanded Qasr Prison.", "commanded"),
        ("Qasr Prison, headed by Omar Reyes, was closed.", "headed"),
        ("Omar Reyes was an interrogator in ward 9 of Qasr Prison.", "interrogator"),
    ],
)
def test_a_role_may_be_held_at_a_facility(text: str, title: str) -> None:
    ((person, words, body, _),) = roles(text)
    assert (person, words, (body or "").casefold()) == ("Omar Reyes", title, "qasr prison")


def test_the_governor_of_a_prison_governs_no_province() -> None:
    (prison,) = found("Omar Reyes, governor of Qasr Prison, left.").roles
    (province,) = found("Omar Reyes, governor of Ohio, left.").roles
    assert (prison.kind, province.kind) == ("prison-staff", "regional-governor")
