"""How rare words are is reckoned from a sample, so that one document more seldom changes it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.identity.events import contexts
from kg.identity.events.contexts import Contexts
from kg.model import Findings
from tests.examples import hospital, inquiry


def under(found: Findings, sha256: str) -> Findings:
    """The same, as if its text had this hash."""
    return replace(found, document=replace(found.document, sha256=sha256))


def test_only_what_falls_into_the_sample_changes_what_is_reckoned(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(contexts, "_SAMPLE", 2)
    known = [under(inquiry(), "1"), under(hospital(), "2")]
    before = Contexts(known, [])
    behind = Contexts([*known, under(inquiry(), "3")], [])
    within = Contexts([under(inquiry(), "0"), *known], [])
    assert behind.stamp == before.stamp != within.stamp
    # What is behind it is compared all the same.
    assert behind.of_texts("1", "3") == pytest.approx(1)
    assert behind.of_texts("1", "2") == before.of_texts("1", "2") < 1
