"""Accounts of an event: who gives which, which are rivals, who changed theirs, in any order."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from kg.statements.comparison.accounts import accounts, rivalries, updates
from kg.statements.comparison.tellings import Telling
from kg.statements.comparison.values import Scope
from tests.statements.test_rivalry import DAY, YEAR, act, number, place

BASE = "https://kg.example/"
EVENT = f"{BASE}event/raid"
MONDAY, TUESDAY = dt.date(2020, 3, 2), dt.date(2020, 3, 3)


def telling(statement: str, value: object, day: dt.date | None = MONDAY) -> Telling:
    return Telling(statement=statement, event=EVENT, day=day, value=value)  # type: ignore[arg-type]


def sources(*pairs: str) -> dict[str, str]:
    """Statements and whose they are, as "statement:source"."""
    return dict(pair.split(":") for pair in pairs)


def test_one_number_is_one_account_wherever_it_is_said_to_have_been() -> None:
    here = Scope("killing", place("North Prison"))
    told = [telling("a", number(9, 9)), telling("b", number(9, 9, scope=here))]
    (account,) = accounts(told, BASE)
    assert [each.statement for each in account.tellings] == ["a", "b"]


def test_of_one_place_and_any_place_the_part_stays_no_rival() -> None:
    told = [
        telling("a", number(14, 14, scope=DAY)),
        telling("b", number(412, 412, scope=YEAR)),
        telling("c", number(412, 412)),
    ]
    assert not list(rivalries(accounts(told, BASE), sources("a:x", "b:y", "c:y")))


def test_what_one_source_says_twice_is_no_rivalry_but_a_change() -> None:
    given_ = accounts([telling("a", number(9, 9)), telling("b", number(12, 12), TUESDAY)], BASE)
    own = sources("a:mayor", "b:mayor")
    assert not list(rivalries(given_, own))
    assert [(each.earlier, each.later) for each in updates(given_, own)] == [("a", "b")]
    others = sources("a:mayor", "b:nurse")
    assert not list(updates(given_, others))
    (rivalry,) = rivalries(given_, others)
    assert rivalry.pairs == (("a", "b"),)


def test_two_figures_of_one_source_on_one_day_are_neither() -> None:
    given_ = accounts([telling("a", number(9, 9)), telling("b", number(12, 12))], BASE)
    own = sources("a:mayor", "b:mayor")
    assert not list(rivalries(given_, own))
    assert not list(updates(given_, own))


def test_a_bound_that_becomes_a_number_is_a_change() -> None:
    given_ = accounts([telling("a", number(9, None)), telling("b", number(12, 12), TUESDAY)], BASE)
    (update,) = updates(given_, sources("a:mayor", "b:mayor"))
    assert (update.earlier, update.later) == ("a", "b")


def test_all_who_quote_the_same_person_share_the_change() -> None:
    told = [
        telling("a", number(9, 9)),
        telling("b", number(9, 9)),
        telling("c", number(12, 12), TUESDAY),
        telling("d", number(12, 12), TUESDAY),
    ]
    found = updates(accounts(told, BASE), dict.fromkeys("abcd", "mayor"))
    assert {each.earlier for each in found} | {"c", "d"} == set("abcd")
    found = updates(accounts(told, BASE), dict.fromkeys("abcd", "mayor"))
    assert {each.later for each in found} == {"c", "d"}


def test_that_it_was_is_an_account_only_beside_a_denial() -> None:
    said = telling("a", act("soldiers"))
    assert accounts([said], BASE) == ()
    given_ = accounts([said, telling("b", act("troops", denied=True))], BASE)
    assert sorted(each.words for each in given_) == [
        "fired (agent: troops)",
        "not fired (agent: troops)",
    ]
    assert len(list(rivalries(given_, sources("a:x", "b:y")))) == 1


tellings = st.lists(
    st.tuples(
        st.integers(1, 6),
        st.sampled_from((MONDAY, TUESDAY, None)),
        st.sampled_from("xyz"),
        st.booleans(),
    ),
    max_size=8,
)


@given(tellings, st.randoms(use_true_random=False))
def test_the_order_of_statements_changes_nothing(
    drawn: list[tuple[int, dt.date | None, str, bool]], chance: object
) -> None:
    told = [
        telling(f"s{at}", number(float(n), None if open_ else float(n)), day)
        for at, (n, day, _, open_) in enumerate(drawn)
    ]
    whose = {f"s{at}": source for at, (_, _, source, _) in enumerate(drawn)}
    given_ = accounts(told, BASE)
    shuffled = list(told)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    again = accounts(shuffled, BASE)
    assert again == given_
    assert list(rivalries(again, whose)) == list(rivalries(given_, whose))
    assert set(updates(again, whose)) == set(updates(given_, whose))


@given(tellings)
def test_rivals_are_never_of_one_source(
    drawn: list[tuple[int, dt.date | None, str, bool]],
) -> None:
    told = [
        telling(f"s{at}", number(float(n), float(n)), d) for at, (n, d, _, _) in enumerate(drawn)
    ]
    whose = {f"s{at}": source for at, (_, _, source, _) in enumerate(drawn)}
    values = {each.statement: each.value.key for each in told}
    for rivalry in rivalries(accounts(told, BASE), whose):
        assert rivalry.pairs
        for one, other in rivalry.pairs:
            assert whose[one] != whose[other]
            assert values[one] != values[other]
