"""Ten reports on two events: what they differ in comes out as a reader wrote it down.

``data/disagreement/expected.yaml`` says which mentions are of one event, as a person decides,
and then everything that the sources differ in, change or copy. Nothing may be missing or more.
To write these decisions anew into decisions.csv: python -m tests.test_disagreement
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode

from kg.documents import Source, find, read
from kg.extraction import extract
from kg.hiding import Hidden, Veil
from kg.identity import COLUMNS, parse, resolve, to_row
from kg.model import Anchor, Decision, Event, Findings, Identities, Run, Settings
from kg.query import ask
from kg.statements import state
from kg.store import StoreReader, memory_reader
from kg.view import render_disagreements
from kg.vocabulary import event_iris
from tests.statements.test_state import select

FOLDER = Path(__file__).parents[1] / "data" / "disagreement"
BASE = "https://kg.example/"
RUN = Run(version="0", pipeline="p", attribution="rules", settings=Settings(base=BASE))
type Row = Mapping[str, str | None]


@cache
def expected() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((FOLDER / "expected.yaml").read_text(encoding="utf-8"))
    return loaded


@cache
def findings() -> tuple[Findings, ...]:
    sources = [each for each in find([FOLDER / "reports"]) if isinstance(each, Source)]
    return tuple(extract(read(source)) for source in sources)


def mention(found: Findings, words: str) -> Event:
    """The one event whose trigger stands in these words of the report."""
    start = found.document.text.index(words)
    (only,) = [
        event
        for event in found.events
        if start <= event.trigger.start < event.trigger.end <= start + len(words)
    ]
    return only


def mentions() -> dict[str, list[tuple[Findings, Event]]]:
    """The mentions of each event that the reader names."""
    by_file = {Path(found.document.file).name: found for found in findings()}
    return {
        name: [
            (by_file[file], mention(by_file[file], words))
            for file, places in told.items()
            for words in places
        ]
        for name, told in expected()["one_event"].items()
    }


@cache
def decisions() -> tuple[Decision, ...]:
    path = FOLDER / "decisions.csv"
    return parse(path.read_text(encoding="utf-8"), path)


@cache
def decided() -> Identities:
    """Who and what is one, by the rules and by what the reader decided."""
    return resolve(findings(), base=BASE, decisions=decisions())


@pytest.fixture(scope="module")
def reader() -> StoreReader:
    return memory_reader(state(findings(), decided(), RUN))


@pytest.fixture(scope="module")
def rows(reader: StoreReader) -> list[Row]:
    return list(ask(reader, "disagreements"))


def events() -> dict[str, str]:
    """The IRI of each event that the reader names."""
    named = {}
    for name, told in mentions().items():
        (named[name],) = {
            decided().canonical[event_iris(BASE, found.document.sha256, found.events)[event.event]]
            for found, event in told
        }
    return named


def test_every_decision_of_the_reader_finds_its_words() -> None:
    assert decided().orphans == ()
    assert len(set(events().values())) == len(expected()["one_event"])


def written() -> Iterator[tuple[str | None, ...]]:
    """Every row that the reader expects."""
    for account in expected()["accounts"]:
        for value, said in account["given"].items():
            rivals = sorted(
                other
                for pair in account["rivals"]
                if value in pair
                for other in pair
                if other != value
            )
            for one in said:
                yield (
                    events()[account["event"]],
                    account["differs"],
                    value,
                    "; ".join(rivals),
                    one["speaker"],
                    one["document"],
                    one.get("before"),
                    one.get("later"),
                )


def test_the_sources_differ_exactly_as_the_reader_wrote(rows: list[Row]) -> None:
    found = [
        (
            row["happening"],
            row["differs"],
            row["value"],
            row["rivals"] or "",
            row["according_to"],
            Path(row["document"] or "").name,
            row["changed_from"],
            row["changed_to"],
        )
        for row in rows
    ]
    assert sorted(found, key=str) == sorted(written(), key=str)


def test_every_row_quotes_the_words_and_gives_the_date(rows: list[Row]) -> None:
    texts = {found.document.file: found.document for found in findings()}
    for row in rows:
        document = texts[row["document"] or ""]
        assert str(row["sentence"]) in document.text
        assert row["published"] == str(document.published)


def test_every_rivalry_has_a_reason(rows: list[Row]) -> None:
    assert rows
    assert all(row["why"] for row in rows)


def test_rivals_are_statements_of_two_sources_and_each_has_one(reader: StoreReader) -> None:
    pairs = select(reader, "SELECT ?one ?other { ?one kg:rivals ?other }")
    assert pairs
    assert {(other, one) for one, other in pairs} == set(pairs)
    rows = select(reader, "SELECT ?statement ?origin { ?statement kg:origin ?origin }")
    origins = {row[0]: row[1] for row in rows}
    assert all(origins[one] != origins[other] for one, other in pairs)
    given = select(
        reader, "SELECT ?statement { ?account kg:contradicts ?rival ; kg:givenIn ?statement }"
    )
    assert {statement for (statement,) in given} == {one for one, _ in pairs}


def test_a_part_is_no_rival_of_its_whole(reader: StoreReader, rows: list[Row]) -> None:
    for whole in expected()["whole"]:
        (found,) = [
            row
            for row in ask(reader, "corroboration")
            if (row["side"], row["value"]) == ("number", whole["words"])
        ]
        assert found["thing"] not in {row["account"] for row in rows}


def test_the_copies_are_those_of_the_agency_text(reader: StoreReader) -> None:
    found = select(
        reader,
        "SELECT ?one ?other { ?a kg:sharesTextWith ?b . ?a kg:file ?one . ?b kg:file ?other }",
    )
    pairs = {tuple(sorted(Path(str(file)).name for file in pair)) for pair in found}
    assert pairs == {tuple(pair) for pair in expected()["copies"]}


@pytest.mark.parametrize("of", expected()["independent"], ids=lambda of: of["value"])
def test_copies_and_those_who_quote_one_person_count_once(
    of: dict[str, Any], reader: StoreReader
) -> None:
    (found,) = [
        row
        for row in ask(reader, "corroboration", {"about": events()[of["event"]]})
        if row["value"] == of["value"]
    ]
    counted = found["independent"], found["documents"]
    assert counted == (str(of["sources"]), str(of["documents"]))
    assert bool(found["folded"]) == (of["documents"] > of["sources"])


@given(st.permutations(range(10)))
@settings(max_examples=3, deadline=None)
def test_the_order_of_documents_changes_nothing(order: list[int]) -> None:
    known = set(state(findings(), decided(), RUN))
    assert set(state([findings()[at] for at in order], decided(), RUN)) == known


def test_a_report_that_is_taken_away_leaves_no_trace() -> None:
    whole = set(state(findings(), decided(), RUN))
    for gone in findings()[::4]:
        rest = tuple(found for found in findings() if found is not gone)
        quads = set(state(rest, resolve(rest, base=BASE, decisions=decisions()), RUN))
        sha256 = gone.document.sha256
        own = {sha256[:20], *event_iris(BASE, sha256, gone.events).values()}
        assert not [quad for quad in quads if any(iri in str(quad) for iri in own)]
        # And what is left is no more than what is new where a name or an account lost a member.
        assert len(quads) < len(whole)


#: What the comparison writes of its own.
ROOMS = tuple(f"{BASE}{room}/" for room in ("account", "rivalry", "source", "shared-text"))


@pytest.mark.parametrize("name", ["Belak", "Hradek", "Harbour Ledger", "armed men"])
def test_what_is_hidden_stands_in_no_account_and_no_source(name: str) -> None:
    veil = Veil.of([name])
    read = [found.document for found in findings()]
    hashes = [each.sha256 for each in read if name in f"{each.text} {each.publisher}"]
    for hidden in (Hidden(everywhere=veil), Hidden(documents=dict.fromkeys(hashes, veil))):
        said = [
            quad.object.value
            for quad in state(findings(), decided(), RUN, hidden)
            if isinstance(quad.subject, NamedNode)
            and quad.subject.value.startswith(ROOMS)
            and isinstance(quad.object, Literal)
        ]
        assert said
        assert [words for words in said if name in words] == []


def test_the_page_shows_every_value_with_who_gives_it(reader: StoreReader, rows: list[Row]) -> None:
    page = render_disagreements(reader).html
    for row in rows:
        for shown in ("according_to", "document", "published"):
            assert str(row[shown]).replace("'", "&#39;") in page
    assert page.count("<table>") == len(expected()["accounts"])


def _anchor(found: Findings, event: Event) -> Anchor:
    document = found.document
    return Anchor(
        file=Path(document.file).name,
        document=document.sha256[:20],
        span=event.trigger,
        words=event.trigger.of(document.text),
    )


def _write_decisions() -> None:
    with (FOLDER / "decisions.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        for name, told in mentions().items():
            first, *others = [_anchor(found, event) for found, event in told]
            for other in dict.fromkeys(others):
                when = dt.datetime(2026, 11, 26, 9, tzinfo=dt.UTC)
                decision = Decision(
                    when=when, who="reader", what="same", left=first, right=other, why=name
                )
                writer.writerow(to_row(decision))


if __name__ == "__main__":
    _write_decisions()
