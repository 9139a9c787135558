"""What people decided: the file, what stands, and what resolving makes of it."""

from __future__ import annotations

import csv
import datetime as dt
import io
import itertools
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kg.errors import ContradictionError, DecisionsFileError
from kg.identity import (
    COLUMNS,
    MENTION,
    correct,
    describe,
    identify,
    parse,
    resolve,
    standing,
    taken_back,
    to_row,
)
from kg.model import (
    Claim,
    Decision,
    EntityKind,
    Findings,
    Form,
    Identities,
    Mention,
    Mode,
    Role,
    Span,
    Verdict,
)
from tests.identity.strategies import (
    BASE,
    anchors,
    calling,
    decision,
    findings,
    iris,
    ruled_cases,
)

PERSON = EntityKind.PERSON
PATH = Path("decisions.csv")


def holts(*names: str) -> list[Findings]:
    return [findings(number, (PERSON, name)) for number, name in enumerate(names)]


def undo(undone: Decision, minute: int = 30) -> Decision:
    when = undone.when.replace(minute=minute)
    return replace(undone, what="undo", undoes=identify(undone), when=when, why="")


def written(*decisions: Decision) -> str:
    file = io.StringIO()
    rows = csv.DictWriter(file, COLUMNS, lineterminator="\n")
    rows.writeheader()
    rows.writerows(map(to_row, decisions))
    return file.getvalue()


def outcome(found: Identities) -> tuple[object, ...]:
    return dict(found.canonical), found.judgements, found.suggestions, found.orphans


# ---- the file


def test_what_was_written_is_read_as_it_was() -> None:
    one, other = anchors(holts("Dana Holt", "D. Holt"))
    same = decision("same", one, other, why="both mayor; see “the inquiry”, page 3")
    lines = [same, decision("split", one, minute=1), undo(same)]
    assert parse(written(*lines), PATH) == tuple(lines)


def test_a_line_that_two_people_merged_twice_counts_once() -> None:
    one, other = anchors(holts("Dana Holt", "D. Holt"))
    same = decision("same", one, other)
    assert parse(written(same, same), PATH) == (same,)


def test_a_file_of_another_time_zone_means_the_same_moment() -> None:
    one, other = anchors(holts("Dana Holt", "D. Holt"))
    text = written(decision("same", one, other)).replace(
        "2026-01-02T03:00:00Z", "2026-01-02T04:00+01:00"
    )
    (read,) = parse(text, PATH)
    assert identify(read) == identify(decision("same", one, other))


@pytest.mark.parametrize("text", ["", "\n", ",".join(COLUMNS)])
def test_an_empty_file_decides_nothing(text: str) -> None:
    assert parse(text, PATH) == ()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("same", "merge"), "no decision 'merge'"),
        (("3-12", "3"), "characters must be like 310-371"),
        (("2026-01-02T03:00:00Z", "yesterday"), "yesterday"),
        (("Ida Holm", ""), "nobody decided it"),
        (("why", "reason"), "no column 'why'"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(change: tuple[str, str], message: str) -> None:
    one, other = anchors(holts("Dana Holt", "D. Holt"))
    text = written(decision("same", one, other)).replace(*change)
    with pytest.raises(DecisionsFileError, match=r"line [12]") as error:
        parse(text, PATH)
    assert message in str(error.value)


@pytest.mark.parametrize(
    ("what", "value", "message"),
    [
        ("rename", "", "rename has a value"),
        ("split", "Dana", "split has no value"),
        ("retype", "dog", "no kind 'dog'; there are person, "),
        ("date", "soon", "'soon' is no EDTF date"),
    ],
)
def test_a_correction_that_cannot_be_read_is_named(what: str, value: str, message: str) -> None:
    one, _ = anchors(holts("Dana Holt", "D. Holt"))
    line = replace(decision("split", one), what=what, value=value)
    with pytest.raises(DecisionsFileError, match="line 2") as error:
        parse(written(line), PATH)
    assert message in str(error.value)


def test_a_file_of_before_there_were_values_is_read_as_it_was() -> None:
    one, other = anchors(holts("Dana Holt", "D. Holt"))
    lines = [decision("same", one, other), decision("split", one, minute=1)]
    old = "\n".join(line.rpartition(",")[0] for line in written(*lines).splitlines())
    assert parse(old, PATH) == tuple(lines)
    assert [identify(each) for each in parse(old, PATH)] == [identify(each) for each in lines]


def test_what_is_hidden_is_described_without_its_words() -> None:
    one, _ = anchors(holts("Dana Holt", "D. Holt"))
    said = describe(replace(decision("hide", one), value="the judge"))
    assert said == "hide: █████████ (0.txt, 3-12), by Ida Holm on 2026-01-02"


def test_a_same_about_one_thing_is_refused() -> None:
    one, _ = anchors(holts("Dana Holt", "D. Holt"))
    with pytest.raises(DecisionsFileError, match="same is about two"):
        parse(written(replace(decision("split", one), what="same")), PATH)


def test_an_undo_of_nothing_is_refused() -> None:
    one, other = anchors(holts("Dana Holt", "D. Holt"))
    with pytest.raises(DecisionsFileError, match="to take back"):
        parse(written(undo(decision("same", one, other))), PATH)


def test_an_undo_can_be_taken_back_as_well() -> None:
    one, other = anchors(holts("Dana Holt", "D. Holt"))
    same = decision("same", one, other)
    first = undo(same)
    assert standing([same, first]) == ()
    assert taken_back([same, first]) == (same,)
    assert standing([same, first, undo(first, 40)]) == (same,)
    assert taken_back([same, first, undo(first, 40)]) == ()


def test_a_decision_in_words_names_both_sides_who_and_why() -> None:
    one, other = anchors(holts("Dana Holt", "D. Holt"))
    said = describe(decision("same", one, other, why="one signature"))
    assert said == (
        "same: Dana Holt (0.txt, 3-12) / D. Holt (1.txt, 3-10), by Ida Holm on 2026-01-02: "
        "one signature"
    )


# ---- what resolving makes of it


def test_a_same_joins_and_says_who_joined_and_why() -> None:
    documents = holts("Dana Holt", "D. Holt")
    one, other = anchors(documents)
    same = decision("same", one, other, why="one signature")
    found = resolve(documents, base=BASE, decisions=[same])
    assert len(set(found.canonical.values())) == 1
    assert [(each.verdict, each.by, each.reason) for each in found.judgements] == [
        (Verdict.SAME, "Ida Holm", "one signature")
    ]
    assert found.suggestions == ()


def test_a_different_parts_what_a_rule_would_join() -> None:
    documents = holts("Dana Holt", "Dana Holt")
    one, other = anchors(documents)
    found = resolve(documents, base=BASE, decisions=[decision("different", one, other)])
    assert len(set(found.canonical.values())) == 2
    assert [each.verdict for each in found.judgements] == [Verdict.DIFFERENT]
    assert found.suggestions == ()


def test_where_two_people_are_known_to_bear_a_name_the_name_joins_nobody() -> None:
    documents = holts("Dana Holt", "Dana Holt", "Dana Holt")
    one, other, _ = anchors(documents)
    found = resolve(documents, base=BASE, decisions=[decision("different", one, other)])
    assert len(set(found.canonical.values())) == 3
    assert {each.verdict for each in found.suggestions} == {Verdict.UNSURE}


def test_a_different_between_namesakes_leaves_those_together_who_hold_one_office() -> None:
    def mayor(found: Findings) -> Findings:
        role = Role(
            person="e1",
            holder=found.entities[0].anchor,
            title="mayor",
            kind="mayor",
            organization="e2",
            evidence=(found.entities[0].anchor,),
            method="rule:test",
        )
        return replace(found, roles=(role,))

    place = (EntityKind.PLACE, "Sund")
    holders = [mayor(findings(number, (PERSON, "Dana Holt"), place)) for number in range(3)]
    other = findings(9, (PERSON, "Dana Holt"))
    apart = decision("different", anchors([holders[0]])[0], anchors([other])[0])
    canonical = resolve([*holders, other], base=BASE, decisions=[apart]).canonical
    assert len({canonical[iris(one)[0]] for one in holders}) == 1
    assert canonical[iris(other)[0]] == iris(other)[0]


def test_a_chain_does_not_cross_a_different() -> None:
    documents = holts("Dana Holt", "Dana Holt", "D. Holt")
    full, again, short = anchors(documents)
    decided = [decision("same", full, short), decision("different", again, short, minute=1)]
    found = resolve(documents, base=BASE, decisions=decided)
    at_full, at_again, at_short = (iris(one)[0] for one in documents)
    assert found.canonical[at_full] == found.canonical[at_short]
    assert found.canonical[at_again] == at_again


def test_decisions_that_contradict_are_refused_with_both_shown() -> None:
    documents = holts("Dana Holt", "D. Holt", "Holt")
    one, two, three = anchors(documents)
    decided = [
        decision("same", one, two),
        decision("same", two, three, minute=1),
        decision("different", one, three, minute=2),
    ]
    with pytest.raises(ContradictionError) as error:
        resolve(documents, base=BASE, decisions=decided)
    assert str(error.value).count("by Ida Holm") == 3


def test_a_split_entity_is_joined_with_nobody_by_a_rule() -> None:
    documents = holts("Dana Holt", "Dana Holt", "Dana Holt")
    odd = decision("split", anchors(documents)[0])
    canonical = resolve(documents, base=BASE, decisions=[odd]).canonical
    first, *rest = (canonical[iris(one)[0]] for one in documents)
    assert len(set(rest)) == 1
    assert first not in rest


def test_a_join_that_was_taken_back_is_made_by_no_rule() -> None:
    documents = holts("Dana Holt", "Dana Holt")
    one, other = anchors(documents)
    same = decision("same", one, other)
    found = resolve(documents, base=BASE, decisions=[same, undo(same)])
    assert len(set(found.canonical.values())) == 2
    assert found.judgements == ()
    again = decision("same", one, other, minute=50)
    found = resolve(documents, base=BASE, decisions=[same, undo(same), again])
    assert len(set(found.canonical.values())) == 1


def test_a_decision_holds_where_the_text_changed_around_its_words() -> None:
    before = holts("Dana Holt", "D. Holt")
    same = decision("same", *anchors(before))
    longer = findings(0, (EntityKind.PLACE, "Lisbon"), (PERSON, "Dana Holt"))
    found = resolve([longer, before[1]], base=BASE, decisions=[same])
    assert found.canonical[iris(longer)[1]] == found.canonical[iris(before[1])[0]]
    assert found.orphans == ()


@pytest.mark.parametrize("names", [("Omar Reyes",), ("Dana Holt", "Dana Holt")])
def test_a_decision_whose_words_are_gone_or_stand_twice_is_listed(names: tuple[str, ...]) -> None:
    before = holts("Dana Holt", "D. Holt")
    same = decision("same", *anchors(before))
    changed = findings(0, *((PERSON, name) for name in names))
    found = resolve([changed, before[1]], base=BASE, decisions=[same])
    assert found.orphans == (same,)
    assert found.canonical[iris(changed)[0]] != found.canonical[iris(before[1])[0]]


@given(ruled_cases(), st.randoms(use_true_random=False))
def test_neither_the_order_of_documents_nor_of_decisions_matters(
    case: tuple[list[Findings], list[Decision]], random: Random
) -> None:
    documents, decided = case
    try:
        expected = outcome(resolve(documents, base=BASE, decisions=decided))
    except ContradictionError:
        for order in itertools.permutations(decided):
            with pytest.raises(ContradictionError):
                resolve(documents, base=BASE, decisions=order)
        return
    for order in itertools.permutations(decided):
        random.shuffle(documents)
        assert outcome(resolve(documents, base=BASE, decisions=order)) == expected


@given(ruled_cases())
def test_identity_stays_an_equivalence_that_crosses_no_different(
    case: tuple[list[Findings], list[Decision]],
) -> None:
    documents, decided = case
    try:
        found = resolve(documents, base=BASE, decisions=decided)
    except ContradictionError:
        assume(False)
    members: dict[str, list[str]] = {}
    for iri, least in found.canonical.items():
        members.setdefault(least, []).append(iri)
    assert all(min(group) == least for least, group in members.items())
    assert sorted(itertools.chain.from_iterable(members.values())) == sorted(
        {iri for one in documents for iri in iris(one)}
    )
    at = dict(zip(anchors(documents), (iri for one in documents for iri in iris(one)), strict=True))
    for each in decided:
        assert each.right is not None
        one = found.canonical[at[each.left]] == found.canonical[at[each.right]]
        assert one is (each.what == "same")
    pairs = [(each.left, each.right) for each in (*found.judgements, *found.suggestions)]
    assert len(pairs) == len(set(pairs))


@given(ruled_cases(), st.data())
def test_undoing_a_decision_gives_back_exactly_what_was_before(
    case: tuple[list[Findings], list[Decision]], data: st.DataObject
) -> None:
    documents, decided = case
    places = anchors(documents)
    at = dict(zip(places, (iri for one in documents for iri in iris(one)), strict=True))
    one, other = data.draw(st.sampled_from(places)), data.draw(st.sampled_from(places))
    what = data.draw(st.sampled_from(["same", "different"]))
    assume(one != other)
    new = decision(what, one, other, minute=20)
    try:
        before = resolve(documents, base=BASE, decisions=decided)
        resolve(documents, base=BASE, decisions=[*decided, new])
    except ContradictionError:
        assume(False)
    # kg identity same refuses what is one already: there would be nothing to take back.
    assume(what == "different" or before.canonical[at[one]] != before.canonical[at[other]])
    after = resolve(documents, base=BASE, decisions=[*decided, new, undo(new)])
    assert outcome(after) == outcome(before)


def test_an_undo_changes_nothing_where_rules_gave_way_to_a_different() -> None:
    first = findings(0, *((PERSON, name) for name in ("Dana Holt", "Dana Holt", "Dana M. Holt")))
    second = findings(1, (PERSON, "Dana M. Holt"))
    one, two, middle, other = anchors([first, second])
    decided = [decision("same", one, middle), decision("different", two, other, minute=1)]
    new = decision("same", one, two, minute=2)
    before = resolve([first, second], base=BASE, decisions=decided)
    after = resolve([first, second], base=BASE, decisions=[*decided, new, undo(new)])
    assert len(set(before.canonical.values())) == 3
    assert outcome(after) == outcome(before)


# ---- one mention


def test_a_mention_that_is_taken_off_takes_along_what_is_said_of_it() -> None:
    found = calling(findings(1, (PERSON, "Dana Holt")), ["she"])
    name, pronoun = (mention.span for mention in found.entities[0].mentions)
    role = Role(person="e1", holder=pronoun, title="judge", evidence=(pronoun,), method="rule:test")
    claim = Claim(
        id="c1",
        speaker="e1",
        source=(name,),
        cue=(),
        content=(Span(0, 1),),
        mode=Mode.DIRECT,
        method="rule:test",
    )
    found = replace(found, roles=(role,), claims=(claim,))
    anchor = replace(anchors([found])[0], span=pronoun, words="she")
    (after,) = correct([found], [decision(MENTION, anchor)])
    kept, alone = after.entities
    assert [mention.span for mention in kept.mentions] == [name]
    assert (alone.name, [mention.span for mention in alone.mentions]) == ("she", [pronoun])
    assert after.roles[0].person == alone.id
    assert after.claims[0].speaker == kept.id


def test_a_name_that_is_taken_off_leaves_the_entity_its_other_name() -> None:
    found = findings(1, (PERSON, "Dana Holt"), (PERSON, "Holt"))
    first, second = found.entities
    mention = Mention(span=second.anchor, form=Form.NAME, method="rule:test")
    found = replace(found, entities=(replace(first, mentions=(*first.mentions, mention)),))
    anchor = anchors([found])[0]
    (after,) = correct([found], [decision(MENTION, anchor)])
    assert [entity.name for entity in after.entities] == ["Holt", "Dana Holt"]


def test_taking_off_is_undone_and_never_empties_an_entity() -> None:
    found = findings(1, (PERSON, "Dana Holt"))
    off = decision(MENTION, anchors([found])[0])
    assert [*correct([found], [off])] == [found]
    found = calling(found, ["she"])
    off = decision(MENTION, anchors([found])[0])
    assert [*correct([found], [off])] != [found]
    assert [*correct([found], [off, undo(off)])] == [found]


def test_moments_are_read_without_a_zone_as_utc() -> None:
    one, other = anchors(holts("Dana Holt", "D. Holt"))
    text = written(decision("same", one, other)).replace("03:00:00Z", "03:00:00")
    (read,) = parse(text, PATH)
    assert read.when == dt.datetime(2026, 1, 2, 3, tzinfo=dt.UTC)
