"""Which mentions of one document are of one event, and which are left open."""

from __future__ import annotations

import pytest

from tests.extraction.found import found


def groups(text: str) -> list[list[str]]:
    """The words for each event, in the order of the text."""
    chains: dict[str, list[str]] = {}
    for event in found(text).events:
        chains.setdefault(event.event, []).append(event.trigger.of(text))
    return list(chains.values())


def left_open(text: str) -> list[str]:
    return [
        each.span.of(text)
        for each in found(text).abstentions
        if each.method == "rule:event-coreference"
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Rebels attacked a village near Sund. The attack lasted an hour.",
            [["attacked", "attack"]],
        ),
        (
            "Guards executed forty prisoners in 1988. The executions were kept secret.",
            [["executed", "executions"]],
        ),
        (
            "A bomb exploded in a market in Sund. The attack shocked the town.",
            [["exploded", "attack"]],
        ),
        (
            "Police arrested Dana Holt at dawn. Holt was arrested at her home, her lawyer said.",
            [["arrested", "arrested"]],
        ),
        (
            "Soldiers shelled the harbour of Sund. The incident was never explained.",
            [["shelled", "incident"]],
        ),
        (
            "Soldiers massacred villagers near Sund. It happened in May 1994.",
            [["massacred", "It"]],
        ),
    ],
)
def test_what_takes_an_event_up_again_is_of_it(text: str, expected: list[list[str]]) -> None:
    assert groups(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Police arrested Dana Holt. Police arrested Omar Reyes.",
        "Rebels attacked Sund in May 1994. Rebels attacked Sund in June 1995.",
        "Soldiers killed a farmer in Sund. Soldiers killed a baker in Norden.",
        "Rebels attacked a village. The election was held in peace.",
    ],
)
def test_what_differs_in_people_time_place_or_kind_stays_apart(text: str) -> None:
    assert len(groups(text)) > 1
    assert all(len(group) == 1 for group in groups(text))


@pytest.mark.parametrize(
    ("text", "word"),
    [
        (
            "Rebels attacked Sund in May 1994. Rebels attacked Norden in June 1995. "
            "The attack was condemned.",
            "attack",
        ),
        (
            "Police arrested Dana Holt in May. Guards tortured Omar Reyes in June. "
            "The incident was reported.",
            "incident",
        ),
    ],
)
def test_what_may_be_of_two_events_is_left_open(text: str, word: str) -> None:
    assert [word] not in [group for group in groups(text) if len(group) > 1]
    assert left_open(text) == [word]


@pytest.mark.parametrize(
    "text",
    [
        "Police arrested Dana Holt. It happened that a reporter stood by.",
        "Police arrested Dana Holt. It rained. The harbour was calm. It took an hour.",
        "The incident was reported.",
    ],
)
def test_words_that_take_up_no_event_are_none(text: str) -> None:
    assert {"It", "incident"}.isdisjoint(word for group in groups(text) for word in group)


def test_what_takes_up_an_event_says_more_of_it() -> None:
    text = "Soldiers shelled the harbour of Sund. The incident took place in May 1994."
    first, second = found(text).events
    assert (second.event, second.kind) == (first.event, first.kind)
    assert second.time is not None
    assert second.time.edtf == "1994-05"


def test_a_pronoun_calls_the_event_what_its_noun_did() -> None:
    text = "Soldiers massacred villagers near Sund. It happened in May 1994."
    first, second = found(text).events
    assert (second.method, second.label) == ("rule:event-pronoun", first.label)
