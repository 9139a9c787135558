"""When two values of one event cannot both hold: symmetric, never a part against its whole."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import EntityKind
from kg.statements.comparison.counted import Counted, counted, is_part
from kg.statements.comparison.parties import Party
from kg.statements.comparison.rivalry import change, contradict
from kg.statements.comparison.values import (
    Act,
    Doers,
    Number,
    Period,
    Place,
    Scope,
    Value,
)

EVERYBODY = Counted("dead", frozenset())


def number(
    lower: float | None,
    upper: float | None,
    *,
    approximate: bool = False,
    of: Counted = EVERYBODY,
    scope: Scope | None = None,
) -> Number:
    return Number(
        lower=lower,
        upper=upper,
        approximate=approximate,
        counted=of,
        of="people",
        text=f"{lower} to {upper}",
        scope=scope or Scope("killing"),
    )


def period(first: str, last: str | None = None) -> Period:
    return Period(
        earliest=dt.date.fromisoformat(first),
        latest=dt.date.fromisoformat(last or first),
        edtf=f"{first}/{last}" if last else first,
    )


def place(name: str) -> Place:
    return Place(iri=f"urn:{name}", name=name)


def party(name: str, kind: EntityKind = EntityKind.GROUP, *, named: bool = False) -> Party:
    return Party(iri=f"urn:{name}", name=name, named=named, kind=kind)


def doers(*names: str) -> Doers:
    return Doers(parties=tuple(party(name) for name in names))


def act(*agents: str, denied: bool = False, scope: Scope | None = None) -> Act:
    return Act(
        denied=denied,
        label="fired",
        parties=tuple(("agent", party(name)) for name in agents),
        scope=scope or Scope("shooting"),
    )


# ---- numbers


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (number(23, 23), number(31, 31)),
        (number(23, None), number(6, 6)),
        (number(None, 20), number(21, 40)),
        (number(15000, 15000, approximate=True), number(21857, 21857)),
        (number(30000, 30000), number(33700, 33700, approximate=True)),
    ],
)
def test_numbers_whose_bounds_do_not_meet_are_rivals(one: Number, other: Number) -> None:
    assert contradict(one, other)
    assert contradict(other, one) == contradict(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (number(23, 23), number(23, 23)),
        (number(23, None), number(47, 47)),
        (number(20, 40), number(30, 60)),
        (number(None, 50), number(50, 50)),
        (number(15000, 15000, approximate=True), number(14552, 14552)),
        (number(30000, None), number(33700, 33700, approximate=True)),
    ],
)
def test_numbers_that_meet_are_no_rivals(one: Number, other: Number) -> None:
    assert contradict(one, other) is None
    assert contradict(other, one) is None


CHILDREN = Counted("dead", frozenset({"child"}))
HURT = Counted("hurt", frozenset())


def test_a_part_is_no_rival_of_its_whole_but_cannot_be_more() -> None:
    assert contradict(number(3, 3, of=CHILDREN), number(47, 47)) is None
    assert contradict(number(60, 60, of=CHILDREN), number(47, 47))


def test_the_dead_and_the_wounded_are_no_rivals() -> None:
    assert contradict(number(3, 3), number(60, 60, of=HURT)) is None


YEAR = Scope("execution", None, period("2015-01-01", "2015-12-31"))
DAY = Scope("execution", None, period("2015-11-03"))


def test_those_of_a_day_are_no_rivals_of_those_of_a_year() -> None:
    assert contradict(number(14, 14, scope=DAY), number(412, 412, scope=YEAR)) is None
    assert contradict(number(500, 500, scope=DAY), number(412, 412, scope=YEAR))


def test_numbers_of_two_places_are_no_rivals() -> None:
    prison = Scope("execution", place("North Prison"))
    country = Scope("execution", place("Freedonia"))
    assert contradict(number(14, 14, scope=prison), number(412, 412, scope=country)) is None


def test_numbers_of_two_days_are_rivals_of_one_deed_and_not_of_what_goes_on() -> None:
    later = period("2015-11-04")
    for kind, are in (("execution", True), ("protest", False)):
        one = number(8, 8, scope=Scope(kind, None, period("2015-11-03")))
        other = number(14, 14, scope=Scope(kind, None, later))
        assert bool(contradict(one, other)) is are


# ---- what is counted


@pytest.mark.parametrize(
    ("words", "kind", "part"),
    [
        ("people", "killing", "victim"),
        ("dead", "attack", None),
        ("bodies", "shooting", None),
        ("hangings", "massacre", None),
        ("victims", "massacre", "victim"),
        ("men", "execution", "victim"),
        ("people of the village", "killing", "victim"),
    ],
)
def test_all_the_dead_are_counted_alike(words: str, kind: str, part: str | None) -> None:
    assert counted(words, kind, part) == EVERYBODY


def test_arrests_are_counted_as_those_who_are_arrested() -> None:
    assert counted("arrests", "arrest", None) == counted("people", "arrest", "victim")
    assert counted("bombings", "bombing", None) != counted("people", "bombing", "victim")


@pytest.mark.parametrize("words", ["days", "kilometres of road", "dollars"])
def test_how_long_or_far_is_no_toll(words: str) -> None:
    assert counted(words, "killing", None) is None


def test_men_are_a_part_where_women_are_counted_too() -> None:
    assert counted("men", "execution", "victim", ["women"]) == Counted("dead", frozenset({"man"}))


@pytest.mark.parametrize("words", ["more", "other prisoners", "additional victims", ""])
def test_what_is_added_to_a_number_is_no_number_of_its_own(words: str) -> None:
    assert counted(words, "killing", "victim") is None


def test_who_does_it_is_not_counted_with_those_it_is_done_to() -> None:
    victims, agents = counted("men", "killing", "victim"), counted("men", "killing", "agent")
    assert victims is not None
    assert agents is not None
    assert not victims.within(agents)
    assert not agents.within(victims)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("The shells killed 12 villagers, among them ", " children."),
        ("He spoke of 30 dead, including ", " nurses."),
        ("A bomb killed ", " of them at once."),
        ("Since then another ", " have died."),
        ("The next day ", " more were shot."),
    ],
)
def test_words_around_a_number_make_a_part_of_it(before: str, after: str) -> None:
    assert is_part(before, after)


@pytest.mark.parametrize(
    ("before", "after"),
    [("At least ", " people were killed."), ("He said that ", " had died, among them a nurse.")],
)
def test_a_number_of_its_own_is_no_part(before: str, after: str) -> None:
    assert not is_part(before, after)


# ---- dates, places, doers


def test_dates_apart_are_rivals_and_dates_that_meet_are_not() -> None:
    assert contradict(period("1999-05-03"), period("1999-05-04"))
    assert contradict(period("1999-05-03"), period("1999-05-01", "1999-05-31")) is None
    half_open = Period(earliest=dt.date(1999, 5, 4), latest=None, edtf="1999-05-04/..")
    assert contradict(period("1999-05-03"), half_open)
    assert contradict(period("1999-05-05"), half_open) is None


def test_places_are_rivals_only_where_neither_can_lie_in_the_other() -> None:
    assert contradict(place("North Prison"), place("South Prison"))
    assert contradict(place("North Prison"), place("Freedonia")) is None
    assert contradict(place("Springfield"), place("Shelbyville")) is None  # perhaps a suburb


def test_two_sides_that_fought_are_rivals_and_two_words_for_one_are_not() -> None:
    assert contradict(doers("soldiers"), doers("the rebels"))
    assert contradict(doers("the army"), doers("armed men"))
    assert contradict(doers("soldiers"), doers("the army")) is None
    assert contradict(doers("soldiers"), doers("men in black")) is None
    assert contradict(doers("soldiers", "militants"), doers("militants")) is None


def test_persons_are_rivals_by_their_names_and_bodies_are_not() -> None:
    def by(name: str, kind: EntityKind) -> Doers:
        return Doers(parties=(party(name, kind, named=True),))

    person, body = EntityKind.PERSON, EntityKind.ORGANIZATION
    assert contradict(by("Ada Berg", person), by("Carl Dahl", person))
    assert contradict(by("Ada Berg", person), by("Berg", person)) is None
    assert contradict(by("Ada Berg", person), by("Third Brigade", body)) is None
    assert contradict(by("Second Front", body), by("Third Brigade", body)) is None


# ---- denials


def test_a_denial_is_a_rival_of_who_says_all_that_it_denies() -> None:
    assert contradict(act("soldiers", denied=True), act("troops"))
    assert contradict(act(denied=True), act("rebels"))


def test_a_denial_leaves_open_what_it_does_not_deny() -> None:
    assert contradict(act("soldiers", denied=True), act("rebels")) is None
    assert contradict(act("soldiers", denied=True), act()) is None
    assert contradict(act("soldiers", denied=True), act("soldiers", denied=True)) is None
    elsewhere = Scope("shooting", place("Harbour Square"))
    assert contradict(act("soldiers", denied=True, scope=elsewhere), act("soldiers")) is None


# ---- for all values

bounds = st.one_of(st.none(), st.integers(0, 1000).map(float))
sorts = st.frozensets(st.sampled_from(("child", "prisoner", "political")), max_size=2)
days = st.dates(dt.date(2010, 1, 1), dt.date(2012, 12, 31))


@st.composite
def periods(draw: st.DrawFn) -> Period:
    first, last = sorted((draw(days), draw(days)))
    return Period(earliest=first, latest=last, edtf=f"{first}/{last}")


scopes = st.builds(
    Scope,
    st.sampled_from(("killing", "protest")),
    st.one_of(st.none(), st.sampled_from((place("North Prison"), place("Freedonia")))),
    st.one_of(st.none(), periods()),
)


@st.composite
def numbers(draw: st.DrawFn) -> Number:
    lower, upper = draw(bounds), draw(bounds)
    if lower is not None and upper is not None:
        lower, upper = sorted((lower, upper))
    return number(
        lower,
        upper,
        approximate=draw(st.booleans()),
        of=Counted(draw(st.sampled_from(("dead", "hurt"))), draw(sorts)),
        scope=draw(scopes),
    )


names = st.sampled_from(("soldiers", "the army", "rebels", "armed men", "neighbours"))
values: st.SearchStrategy[Value] = st.one_of(
    numbers(),
    periods(),
    st.sampled_from(("North Prison", "South Prison", "Freedonia")).map(place),
    st.lists(names, min_size=1, max_size=2).map(lambda each: doers(*each)),
    st.builds(
        lambda each, denied, scope: act(*each, denied=denied, scope=scope),
        st.lists(names, max_size=2),
        st.booleans(),
        scopes,
    ),
)


@given(values, values)
def test_rivalry_is_symmetric_and_has_a_reason(one: Value, other: Value) -> None:
    assert contradict(one, other) == contradict(other, one)
    assert contradict(one, other) != ""


@given(values)
def test_nothing_is_a_rival_of_itself(value: Value) -> None:
    assert contradict(value, value) is None
    assert not change(value, value)


@given(numbers(), numbers())
def test_a_smaller_part_is_never_a_rival_of_its_whole(part: Number, whole: Number) -> None:
    if part.counted.sort > whole.counted.sort and part.bounds <= whole.bounds:
        assert contradict(part, whole) is None


@given(numbers(), numbers())
def test_numbers_that_share_a_value_are_no_rivals(one: Number, other: Number) -> None:
    if max(one.bounds[0], other.bounds[0]) <= min(one.bounds[1], other.bounds[1]):
        assert contradict(one, other) is None


def test_a_season_is_called_by_its_name() -> None:
    first, last = dt.date(1999, 6, 1), dt.date(1999, 8, 31)
    assert Period(earliest=first, latest=last, edtf="1999-22").words == "summer 1999"
    assert Period(earliest=first, latest=last, edtf="1999-05-22").words == "1999-05-22"
