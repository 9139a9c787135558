"""Which entities of different documents are one: never more than their names bear out."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given

from kg.identity import resolve
from kg.model import EntityKind, Findings, Form, Identities, Verdict
from tests.identity.strategies import BASE, cases, findings, iris

PERSON, PLACE = EntityKind.PERSON, EntityKind.PLACE
ORGANIZATION, GROUP = EntityKind.ORGANIZATION, EntityKind.GROUP


def are_one(kind: EntityKind, one: str, other: str, form: Form = Form.NAME) -> bool:
    """Whether a name in one document and a name in another are held to be one."""
    documents = [findings(1, (kind, one), form=form), findings(2, (kind, other), form=form)]
    canonical = resolve(documents, base=BASE).canonical
    (left,), (right,) = map(iris, documents)
    return canonical[left] == canonical[right]


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        (PERSON, "Dana Holt", "Dana Holt"),
        (PERSON, "Dana Holt", "DANA HOLT"),
        (PERSON, "Dana M. Holt", "Dana M. Holt"),
        (PLACE, "Lisbon", "Lisbon"),
        (PLACE, "The Hague", "Hague"),
        (ORGANIZATION, "Harbour Workers Union", "the Harbour Workers Union"),
        (ORGANIZATION, "UNESCO", "UNESCO"),
        (GROUP, "Norwegians", "Norwegians"),
    ],
)
def test_the_same_full_name_is_one(kind: EntityKind, one: str, other: str) -> None:
    assert are_one(kind, one, other)


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        (PERSON, "Holt", "Holt"),
        (PERSON, "Dana", "Dana"),
        (PERSON, "D. Holt", "D. Holt"),
        (PERSON, "Holt", "Dana Holt"),
        (PERSON, "Dana", "Dana Holt"),
        (PERSON, "D. Holt", "Dana Holt"),
        (PERSON, "Dana Holt", "Dana M. Holt"),
        (PERSON, "Dana Holt", "Karl Holt"),
        (PERSON, "Dana Holt", "Dana Holte"),
        (PLACE, "Camp 1", "Camp 2"),
        (PLACE, "Lisbon", "New Lisbon"),
        (ORGANIZATION, "First Brigade", "Second Brigade"),
    ],
)
def test_a_shorter_or_other_name_never_joins(kind: EntityKind, one: str, other: str) -> None:
    assert not are_one(kind, one, other)


def test_a_description_is_nobody_of_another_document() -> None:
    assert not are_one(PERSON, "former deputy minister", "former deputy minister", Form.NOMINAL)


def test_a_person_and_a_place_of_one_name_stay_two() -> None:
    documents = [findings(1, (PERSON, "Dana Holt")), findings(2, (PLACE, "Dana Holt"))]
    canonical = resolve(documents, base=BASE).canonical
    assert all(iri == other for iri, other in canonical.items())


def test_every_join_says_who_made_it_and_why() -> None:
    documents = [findings(n, (PERSON, "Dana Holt")) for n in range(3)]
    found = resolve(documents, base=BASE)
    least = min(iri for one in documents for iri in iris(one))
    assert {judgement.left for judgement in found.judgements} == {least}
    assert len(found.judgements) == 2
    assert {judgement.verdict for judgement in found.judgements} == {Verdict.SAME}
    assert all(
        judgement.by == "kg" and "Dana Holt" in judgement.reason for judgement in found.judgements
    )


def suggested(*names: str) -> set[tuple[str, str]]:
    """Pairs of names that are suggested to be one person's."""
    documents = [findings(n, (PERSON, name)) for n, name in enumerate(names)]
    called = {iri: name for one, name in zip(documents, names, strict=True) for iri in iris(one)}
    pairs = {
        tuple(sorted((called[judgement.left], called[judgement.right])))
        for judgement in resolve(documents, base=BASE).suggestions
    }
    return {(one, other) for one, other in pairs}


@pytest.mark.parametrize(
    ("names", "pairs"),
    [
        (("Holt", "Dana Holt"), {("Dana Holt", "Holt")}),
        (("D. Holt", "Dana Holt"), {("D. Holt", "Dana Holt")}),
        (("Dana Holt", "Dana M. Holt"), {("Dana Holt", "Dana M. Holt")}),
        (("Holt", "Dana Holt", "Karl Holt"), {("Dana Holt", "Holt"), ("Holt", "Karl Holt")}),
        (("Dana", "Dana Holt"), set()),
        (("Dana Holt", "Karl Holt"), set()),
        (("Dana Holt", "Dana Holt"), set()),
        (("K. Holt", "Dana Holt"), set()),
    ],
)
def test_what_may_be_one_is_suggested_and_left_apart(
    names: tuple[str, ...], pairs: set[tuple[str, str]]
) -> None:
    assert suggested(*names) == pairs


def test_a_surname_that_fits_many_people_suggests_nothing() -> None:
    assert (
        suggested("Holt", *(f"{first} Holt" for first in ("Ada", "Ben", "Cy", "Di", "Ed", "Flo")))
        == set()
    )


def test_a_suggestion_is_unsure_and_gives_both_names() -> None:
    documents = [findings(1, (PERSON, "Holt")), findings(2, (PERSON, "Dana Holt"))]
    (only,) = resolve(documents, base=BASE).suggestions
    assert only.verdict is Verdict.UNSURE
    assert "Holt / " in only.reason
    assert only.left < only.right


@given(cases())
def test_identity_is_an_equivalence_and_its_name_the_least_member(
    documents: list[Findings],
) -> None:
    canonical = resolve(documents, base=BASE).canonical
    assert set(canonical) == {iri for found in documents for iri in iris(found)}
    members: dict[str, list[str]] = {}
    for iri, other in canonical.items():
        members.setdefault(other, []).append(iri)
    assert all(min(group) == least for least, group in members.items())


@given(cases())
def test_the_order_of_the_documents_changes_nothing(documents: list[Findings]) -> None:
    def fixed(found: Identities) -> tuple[object, ...]:
        return dict(found.canonical), found.judgements, found.suggestions

    expected = fixed(resolve(documents, base=BASE))
    for order in itertools.islice(itertools.permutations(documents), 6):
        assert fixed(resolve(order, base=BASE)) == expected
    assert fixed(resolve([*documents, *documents], base=BASE)) == expected


@given(cases())
def test_a_document_more_parts_nobody(documents: list[Findings]) -> None:
    before = resolve(documents[1:], base=BASE).canonical
    after = resolve(documents, base=BASE).canonical
    for one, other in itertools.combinations(before, 2):
        if before[one] == before[other]:
            assert after[one] == after[other]


@given(cases())
def test_every_judgement_is_about_entities_that_are_known(documents: list[Findings]) -> None:
    found = resolve(documents, base=BASE)
    for judgement in (*found.judgements, *found.suggestions):
        assert {judgement.left, judgement.right} <= set(found.canonical)
        same = found.canonical[judgement.left] == found.canonical[judgement.right]
        assert same is (judgement.verdict is Verdict.SAME)


def crowd(size: int) -> list[Findings]:
    """Documents that name many people: a tenth of them with one first name, as many one surname."""
    names = [
        f"{'Dana' if number % 10 == 0 else f'First{chr(97 + number % 7)}{number}'} "
        f"{'Holt' if number % 10 == 5 else f'Last{chr(97 + number % 5)}{number}'}"
        for number in range(size)
    ]
    return [findings(number, (PERSON, name)) for number, name in enumerate(names)]


def test_in_a_crowd_a_name_that_many_may_bear_joins_nobody_by_itself() -> None:
    pair = [findings(number, (PERSON, "Dana Holt")) for number in (9001, 9002)]
    rare = [findings(number, (PERSON, "Firsta7 Lastc7")) for number in (9003, 9004)]

    def joined(documents: list[Findings], some: list[Findings]) -> bool:
        canonical = resolve(documents, base=BASE).canonical
        return len({canonical[iris(one)[0]] for one in some}) == 1

    assert joined([*crowd(20), *pair], pair)
    assert not joined([*crowd(1200), *pair, *rare], pair)
    assert joined([*crowd(1200), *pair, *rare], rare)


def test_in_a_crowd_rare_company_tells_namesakes_apart() -> None:
    company = [findings(n, (PERSON, "Dana Holt"), (PERSON, "Omar Reyes")) for n in (9001, 9002)]
    other = findings(9003, (PERSON, "Dana Holt"))
    canonical = resolve([*crowd(1200), *company, other], base=BASE).canonical
    assert len({canonical[iris(one)[0]] for one in company}) == 1
    assert canonical[iris(other)[0]] == iris(other)[0]
