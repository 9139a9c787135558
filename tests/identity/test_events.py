"""Which events of different documents are one: never more than what is told of them bears out."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from hypothesis import given

from kg.errors import ContradictionError
from kg.families import FAMILIES, OFTEN, ONCE
from kg.identity import correct, identify, resolve
from kg.identity.events.pairing import event_pairs
from kg.model import Decision, Findings, Identities, Verdict
from tests.identity.strategies import BASE, decision
from tests.identity.telling import Tale, anchors, events, ruled_tales, tales, telling
from tests.test_ontology import concepts

ATTACK = Tale(time="1994-06-03", place="Norden")
DEATH = Tale(kind="killing", word="killing", victim="Dana Holt")


def joined(*told: Tale) -> bool:
    """Whether documents that tell of one event each are held to tell of the same."""
    documents = [telling(number, tale) for number, tale in enumerate(told)]
    canonical = resolve(documents, base=BASE).canonical
    return len({canonical[iri] for found in documents for iri in events(found)}) == 1


def suggested(*told: Tale) -> list[str]:
    """The reasons of what is suggested, of documents that tell of one event each."""
    documents = [telling(number, tale) for number, tale in enumerate(told)]
    return [
        each.reason for each in resolve(documents, base=BASE).suggestions if "/event/" in each.left
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (ATTACK, ATTACK),
        (ATTACK, replace(ATTACK, agent="Omar Reyes")),
        (DEATH, replace(DEATH, word="killed")),
        (replace(DEATH, time="1994"), replace(DEATH, time="1994-06-03")),
        (replace(DEATH, kind="arrest", time="1994-06-03"),) * 2,
        (Tale("massacre", "1988 massacre", place="Norden"),) * 2,
    ],
)
def test_the_same_day_place_and_people_are_one_event(one: Tale, other: Tale) -> None:
    assert joined(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Tale(place="Norden"), Tale(place="Norden")),
        (Tale(time="1994-06-03"), Tale(time="1994-06-03")),
        (Tale(word="the attack"), Tale(word="the attack")),
        (ATTACK, replace(ATTACK, time="1994-06-04")),
        (ATTACK, replace(ATTACK, time="1994-06")),
        (ATTACK, replace(ATTACK, place="Sund")),
        (ATTACK, replace(ATTACK, kind="election")),
        (ATTACK, replace(ATTACK, unreal=True)),
        (replace(ATTACK, place="France"), replace(ATTACK, place="France")),
        (replace(ATTACK, kind="arrest"), replace(ATTACK, kind="arrest")),
        (replace(ATTACK, victim="Dana Holt"), replace(ATTACK, victim="Omar Reyes")),
        (DEATH, replace(DEATH, victim="Omar Reyes")),
        (replace(DEATH, time="1994-06-03"), replace(DEATH, time="1994-06-04")),
        (replace(DEATH, kind="arrest"), replace(DEATH, kind="arrest")),
        (Tale("massacre", "1988 massacre", place="Norden"), Tale("massacre", "1988 massacre")),
        (Tale("massacre", "1988 massacre"), Tale("massacre", "1989 massacre")),
    ],
)
def test_what_may_be_another_event_is_joined_by_no_rule(one: Tale, other: Tale) -> None:
    assert not joined(one, other)


def test_two_such_events_in_one_document_leave_open_which_is_meant() -> None:
    documents = [telling(1, ATTACK, ATTACK), telling(2, ATTACK), telling(3, ATTACK)]
    canonical = resolve(documents, base=BASE).canonical
    (one, other), (third,), (fourth,) = map(events, documents)
    assert canonical[one] != canonical[other]
    assert canonical[third] == canonical[fourth]
    assert canonical[third] not in {canonical[one], canonical[other]}


def test_where_such_events_are_many_the_day_and_place_are_not_enough() -> None:
    pair = [telling(number, ATTACK) for number in (1, 2)]
    others = [
        telling(10 + number, replace(ATTACK, time=f"1994-07-0{number}")) for number in range(1, 8)
    ]

    def are_one(documents: list[Findings]) -> bool:
        canonical = resolve(documents, base=BASE).canonical
        return len({canonical[iri] for found in pair for iri in events(found)}) == 1

    assert are_one([*pair, *others[:4]])
    assert not are_one([*pair, *others])


def test_a_chain_through_a_vague_report_joins_no_two_that_differ() -> None:
    named = replace(ATTACK, victim="Dana Holt")
    other = replace(ATTACK, victim="Omar Reyes")
    documents = [telling(number, tale) for number, tale in enumerate((named, ATTACK, other))]
    canonical = resolve(documents, base=BASE).canonical
    first, _, last = (events(found)[0] for found in documents)
    assert canonical[first] != canonical[last]


def test_every_join_says_what_agrees() -> None:
    documents = [telling(number, ATTACK) for number in range(3)]
    judgements = [j for j in resolve(documents, base=BASE).judgements if "/event/" in j.left]
    assert len(judgements) == 2
    assert all(
        j.verdict is Verdict.SAME and j.reason == "both attack; both on 1994-06-03; both in Norden"
        for j in judgements
    )


def test_a_rival_date_or_place_is_suggested_with_what_differs() -> None:
    (date,) = suggested(ATTACK, replace(ATTACK, time="1994-06-04"))
    assert "both in Norden" in date
    _, _, days = date.partition("but the dates differ: ")
    assert sorted(days.split(" and ")) == ["1994-06-03", "1994-06-04"]
    (place,) = suggested(ATTACK, replace(ATTACK, place="Sund"))
    assert "but the places differ" in place


def test_another_word_for_the_same_is_suggested() -> None:
    (reason,) = suggested(
        replace(ATTACK, victim="Dana Holt"),
        Tale("shooting", "shot", time="1994-06-03", place="Norden", victim="Dana Holt"),
    )
    assert "attack and shooting" in reason


def test_unlike_kinds_and_unlike_events_are_not_suggested() -> None:
    assert suggested(ATTACK, replace(ATTACK, kind="election", word="election")) == []
    assert suggested(ATTACK, Tale(time="2005-01-01", place="Sund")) == []


def test_what_contradicts_stands_below_what_agrees() -> None:
    agreeing = Tale("killing", "killing", time="1994-06-03", place="Norden")
    documents = [
        telling(number, tale)
        for number, tale in enumerate((agreeing, agreeing, replace(agreeing, time="1994-06-04")))
    ]
    scores = [each.score or 0 for each in resolve(documents, base=BASE).suggestions]
    assert len(scores) == 3
    assert scores == sorted(scores, reverse=True)
    assert scores[0] > scores[1]


@given(tales())
def test_identity_of_events_is_an_equivalence_named_by_its_least(documents: list[Findings]) -> None:
    canonical = resolve(documents, base=BASE).canonical
    known = {iri for found in documents for iri in events(found)}
    assert known <= set(canonical)
    members: dict[str, list[str]] = {}
    for iri in known:
        members.setdefault(canonical[iri], []).append(iri)
    assert all(min(group) == least for least, group in members.items())


def outcome(found: Identities) -> tuple[object, ...]:
    return dict(found.canonical), found.judgements, found.suggestions, found.orphans


@given(tales())
def test_the_order_of_the_documents_changes_no_event(documents: list[Findings]) -> None:
    expected = outcome(resolve(documents, base=BASE))
    for order in itertools.islice(itertools.permutations(documents), 4):
        assert outcome(resolve(order, base=BASE)) == expected
    assert outcome(resolve([*documents, *documents], base=BASE)) == expected


@given(ruled_tales())
def test_a_different_is_crossed_by_no_chain(case: tuple[list[Findings], list[Decision]]) -> None:
    documents, decisions = case
    try:
        canonical = resolve(documents, base=BASE, decisions=decisions).canonical
    except ContradictionError:
        return
    place = {
        anchor: iri
        for found in documents
        for anchor, iri in zip(anchors([found]), events(found), strict=True)
    }
    for each in decisions:
        assert each.right is not None
        one, other = canonical[place[each.left]], canonical[place[each.right]]
        assert (one == other) is (each.what == "same")


@given(ruled_tales())
def test_undoing_every_decision_on_events_restores_all(
    case: tuple[list[Findings], list[Decision]],
) -> None:
    documents, decisions = case
    # What was joined by a rule alone, and was joined by a person as well, stays apart when undone.
    before = resolve(documents, base=BASE)
    undone = [
        replace(each, what="undo", undoes=identify(each), when=each.when.replace(minute=30), why="")
        for each in decisions
    ]
    differing = [each for each in decisions if each.what == "different"]
    undoing = [each for each in undone if each.undoes in set(map(identify, differing))]
    after = resolve(documents, base=BASE, decisions=[*differing, *undoing])
    assert outcome(after) == outcome(before)


def test_a_same_of_two_events_joins_them_and_its_undo_parts_them() -> None:
    documents = [telling(1, ATTACK), telling(2, replace(ATTACK, time="1994-06-04"))]
    same = decision("same", *anchors(documents))
    (one,), (other,) = map(events, documents)
    ruled = resolve(documents, base=BASE, decisions=[same])
    assert ruled.canonical[one] == ruled.canonical[other] == min(one, other)
    undo = replace(same, what="undo", undoes=identify(same), when=same.when.replace(minute=30))
    undone = resolve(documents, base=BASE, decisions=[same, undo])
    assert undone.canonical == resolve(documents, base=BASE).canonical


def test_an_event_that_was_split_off_is_joined_by_no_rule() -> None:
    documents = [telling(number, ATTACK) for number in range(3)]
    split = decision("split", anchors(documents)[0])
    canonical = resolve(documents, base=BASE, decisions=[split]).canonical
    first, second, third = (events(found)[0] for found in documents)
    assert canonical[first] == first
    assert canonical[second] == canonical[third]


def test_a_mention_taken_off_is_an_event_of_its_own() -> None:
    found = telling(1, ATTACK, Tale(word="massacre", kind="attack"), one=True)
    split = decision("split mention", anchors([found])[1])
    (corrected,) = correct([found], [split])
    assert len(set(events(corrected))) == 2
    assert len(events(found)) == 1


def test_a_decision_on_an_event_and_a_person_is_listed_as_without_a_place() -> None:
    found = telling(1, DEATH)
    person = found.entities[0].anchor
    (event,) = anchors([found])
    odd = decision("same", event, replace(event, span=person, words="Dana Holt"))
    assert resolve([found], base=BASE, decisions=[odd]).orphans == (odd,)


def test_pairs_of_many_like_events_grow_nearly_with_their_number() -> None:
    def pairs(size: int) -> int:
        documents = [
            telling(n, Tale(time=f"{1990 + n % 20}-06-{1 + n % 28:02}", place=f"Town{n % 97}"))
            for n in range(size)
        ]
        from kg.identity.events import happenings  # noqa: PLC0415 - beside its only use

        canonical = resolve(documents, base=BASE).canonical
        return sum(1 for _ in event_pairs(happenings(documents, BASE, canonical, {})))

    small, large = pairs(200), pairs(800)
    assert large < 8 * small + 800


def test_every_kind_that_the_families_name_is_a_concept() -> None:
    known = {str(each).partition("#event-")[2] for each in concepts()}
    named = {kind.replace(" ", "-") for kind in (*OFTEN, *ONCE, *frozenset().union(*FAMILIES))}
    assert named <= known
