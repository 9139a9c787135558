"""What must and must not come out of the sample reports, read from ``data/expected``.

Each file there holds lists of partial descriptions in words that a person reads. A
description matches what was found when every key it gives holds (``data/README.md`` says
what each key means). ``must`` and ``must_not`` fail the test; an item with ``aim: true`` is
something a first version may miss: it is reported (``pytest -rx``) and does not fail.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from kg.documents import find, read
from kg.errors import DocumentError
from kg.extraction import extract, to_json
from kg.model import Document, Settings

DATA = Path(__file__).parents[1] / "data"
REPORTS = DATA / "reports"
EXPECTED = DATA / "expected"
NAMES = sorted(path.stem for path in EXPECTED.glob("*.yaml"))

type Item = Mapping[str, Any]

#: Which keys an item of each list may have, so that a misspelt key is not a test that passes.
_STANCE = {"within", "polarity", "certainty"}
_KEYS = {
    "persons": {"name", "roles"},
    "organizations": {"name"},
    "groups": {"name"},
    "places": {"name"},
    "roles": {"title", "organization", "status", "start", "end"} | _STANCE,
    "events": {"kind", "label_has", "earliest", "latest", "place", "participants"} | _STANCE,
    "participants": {"name", "part"},
    "claims": {"speaker", "source", "content_has", "mode", "said", "addressee", "medium_has"}
    | _STANCE,
    "quantities": {"lower", "upper", "approximate", "of_has", "within"},
    "times": {"text", "earliest", "latest", "edtf"},
}
_ENTITIES = {
    "persons": "person",
    "organizations": "organization",
    "groups": "group",
    "places": "place",
}
#: Keys whose values are words of the report.
_WORDS = {
    "name",
    "title",
    "organization",
    "place",
    "speaker",
    "source",
    "content_has",
    "addressee",
    "medium_has",
    "text",
    "of_has",
}


def _plain(words: str) -> str:
    """The words with single spaces, in lower case, without a leading article."""
    return re.sub(r"^the ", "", " ".join(words.split()).casefold())


def _has(words: str | None, part: str | list[str]) -> bool:
    """Whether the words hold each part, as whole words."""
    if isinstance(part, list):
        return all(_has(words, one) for one in part)
    return re.search(rf"(?<!\w){re.escape(_plain(part))}(?!\w)", _plain(words or "")) is not None


@dataclass(frozen=True, slots=True)
class Found:
    """The JSON of one document beside its text."""

    text: str
    json: Mapping[str, Any]

    def names(self, entity: str | None) -> set[str]:
        """What an entity is called: its name and the words of its mentions."""
        for row in self.json["entities"]:
            if row["id"] == entity:
                spans = (self.text[start:end] for start, end in row["mentions"])
                return {_plain(words) for words in (row["name"], *spans)}
        return set()

    def is_called(self, entity: str | None, name: str | list[str] | None) -> bool:
        """Whether an entity has the name (one of the names); None stands for no entity."""
        if name is None or entity is None:
            return name is None and entity is None
        names = [name] if isinstance(name, str) else name
        return any(_plain(one) in self.names(entity) for one in names)

    def words(self, spans: list[list[int]]) -> str:
        """The words of several spans, joined as the graph joins them."""
        return " … ".join(self.text[start:end] for start, end in spans)

    def is_within(self, claim: str | None, source: str | None) -> bool:
        """Whether a claim is the source's own; None stands for the document's own voice."""
        if source is None or claim is None:
            return source is None and claim is None
        row = next(row for row in self.json["claims"] if row["id"] == claim)
        return self.is_called(row["speaker"], source) or _has(self.words(row["source"]), source)

    def rows(self, kind: str) -> Iterator[Item]:
        """What was found of one of the lists of an expected file."""
        if kind in _ENTITIES:
            return (row for row in self.json["entities"] if row["kind"] == _ENTITIES[kind])
        return iter(self.json[kind])

    def matches(self, kind: str, expected: Item, row: Item) -> bool:
        """Whether every key of the expected item holds of what was found."""
        keys = set(expected) - {"aim"}
        return keys <= _KEYS[kind] and all(
            _HOLDS.get(key, _equal(key))(self, expected[key], row) for key in sorted(keys)
        )

    def has(self, kind: str, expected: Item) -> bool:
        """Whether something that was found matches the expected item."""
        return any(self.matches(kind, expected, row) for row in self.rows(kind))


type Holds = Callable[[Found, Any, Item], bool]


def _equal(key: str) -> Holds:
    def holds(_found: Found, value: object, row: Item) -> bool:
        return bool(row[key] == value)

    return holds


def _bound(key: str) -> Holds:
    def holds(_found: Found, value: object, row: Item) -> bool:
        time = row.get("time", row)
        return bool((time or {}).get(key) == value)

    return holds


def _edge(key: str, bound: str) -> Holds:
    def holds(_found: Found, value: object, row: Item) -> bool:
        time = row[key]
        return bool((time[bound] if time else None) == value)

    return holds


def _holds_roles(found: Found, value: list[Item], row: Item) -> bool:
    held = [role for role in found.json["roles"] if role["person"] == row["id"]]
    return all(any(found.matches("roles", one, role) for role in held) for one in value)


def _holds_participants(found: Found, value: list[Item], row: Item) -> bool:
    return all(
        any(
            found.is_called(part["entity"], one["name"])
            and one.get("part", part["part"]) == part["part"]
            for part in row["participants"]
        )
        for one in value
    )


_HOLDS: Mapping[str, Holds] = {
    "name": lambda found, value, row: found.is_called(row["id"], value),
    "roles": _holds_roles,
    "title": lambda _, value, row: _has(row["title"], value),
    "organization": lambda found, value, row: found.is_called(row["organization"], value),
    "start": _edge("start", "earliest"),
    "end": _edge("end", "latest"),
    "said": _edge("said", "earliest"),
    "label_has": lambda _, value, row: _has(row["label"], value),
    "place": lambda found, value, row: found.is_called(row["place"], value),
    "participants": _holds_participants,
    "earliest": _bound("earliest"),
    "latest": _bound("latest"),
    "within": lambda found, value, row: found.is_within(row["within"], value),
    "speaker": lambda found, value, row: found.is_called(row["speaker"], value),
    "source": lambda found, value, row: _has(found.words(row["source"]), value),
    "addressee": lambda found, value, row: found.is_called(row["addressee"], value),
    "medium_has": lambda found, value, row: _has(found.words(row["medium_spans"]), value),
    "content_has": lambda found, value, row: _has(found.words(row["content"]), value),
    "of_has": lambda _, value, row: _has(row["of"], value),
    "text": lambda _, value, row: _has(row["text"], value),
}


def _dated(value: Any) -> Any:
    """The value with dates as the JSON writes them."""
    if isinstance(value, dict):
        return {key: _dated(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_dated(one) for one in value]
    return value.isoformat() if isinstance(value, dt.date) else value


@cache
def expected(name: str) -> Mapping[str, Any]:
    """An expected file."""
    text = (EXPECTED / f"{name}.yaml").read_text(encoding="utf-8")
    return _dated(yaml.safe_load(text))  # type: ignore[no-any-return]


def items(name: str, section: str) -> Iterator[tuple[str, Item]]:
    """The items of ``must`` or ``must_not``, each with the list it stands in."""
    for kind, entries in expected(name).get(section, {}).items():
        for entry in entries:
            yield kind, entry


@cache
def documents() -> Mapping[str, Document]:
    """The sample reports by the stems of their files."""
    found = {}
    for source in find([REPORTS]):
        assert not isinstance(source, DocumentError), source
        document = read(source)
        found[Path(document.file).stem] = document
    return found


@cache
def extracted(name: str) -> Found:
    """What comes out of a sample report."""
    document = documents()[name]
    return Found(document.text, to_json(extract(document, settings=Settings())))


AIMS = [
    (name, section, kind, item)
    for name in NAMES
    for section in ("must", "must_not")
    for kind, item in items(name, section)
    if item.get("aim")
]


def _unmet(name: str, section: str) -> list[str]:
    """The items of a section that the extraction does not keep, aims left out, one a line."""
    return [
        f"{section} {kind} {dict(item)}"
        for kind, item in items(name, section)
        if not item.get("aim") and extracted(name).has(kind, item) is not (section == "must")
    ]


@pytest.mark.parametrize("name", NAMES)
def test_what_must_come_out_comes_out(name: str) -> None:
    unmet = _unmet(name, "must")
    assert not unmet, "\n".join(unmet)


@pytest.mark.parametrize("name", NAMES)
def test_what_must_not_come_out_does_not(name: str) -> None:
    unmet = _unmet(name, "must_not")
    assert not unmet, "\n".join(unmet)


@pytest.mark.parametrize(
    ("name", "section", "kind", "item"),
    [pytest.param(*aim, id=f"{aim[0]}-{number}") for number, aim in enumerate(AIMS)],
)
def test_aims_are_met_or_reported(name: str, section: str, kind: str, item: Item) -> None:
    if extracted(name).has(kind, item) is not (section == "must"):
        pytest.xfail(f"{name}: {section} {kind} {dict(item)}")


def test_every_report_has_its_expected_file() -> None:
    assert sorted(documents()) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_every_report_is_dated_and_published(name: str) -> None:
    document = documents()[name]
    assert None not in (document.title, document.publisher, document.published, document.url)


@pytest.mark.parametrize("name", NAMES)
def test_the_document_is_what_its_file_says(name: str) -> None:
    document = documents()[name]
    stated = expected(name).get("document", {})
    assert _dated({key: getattr(document, key) for key in stated}) == stated
    assert [
        words for words in expected(name).get("not_in_text", []) if words in document.text
    ] == []


def test_the_report_with_line_ends_of_windows_keeps_them() -> None:
    text = documents()["calley-verdict"].text
    assert text.count("\r\n") == text.count("\n") > 0


def _words_in(item: Any, key: str | None = None) -> Iterator[str]:
    """The words of the report that an expected item quotes."""
    if isinstance(item, Mapping):
        for name, value in item.items():
            yield from _words_in(value, name)
    elif isinstance(item, list):
        for one in item:
            yield from _words_in(one, key)
    elif isinstance(item, str) and key in _WORDS | {"within"}:
        yield item


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("section", ["must", "must_not"])
def test_expected_words_stand_in_the_report(name: str, section: str) -> None:
    quoted = {words for _, item in items(name, section) for words in _words_in(item)}
    # Of several names of one thing, only one has to stand there.
    spare = {
        one
        for _, item in items(name, section)
        if isinstance(item.get("name"), list)
        for one in item["name"]
    }
    assert [words for words in quoted - spare if not _has(documents()[name].text, words)] == []


def test_every_report_expects_and_refuses_something() -> None:
    for name in NAMES:
        for section in ("must", "must_not"):
            assert any(not item.get("aim") for _, item in items(name, section)), (name, section)


def _keys(kind: str, item: Item) -> Iterator[tuple[str, str]]:
    for key, value in item.items():
        yield kind, key
        if key in ("roles", "participants"):
            for one in value:
                yield from _keys(key, one)


@pytest.mark.parametrize("name", NAMES)
def test_expected_files_know_their_keys(name: str) -> None:
    assert set(expected(name)) <= {"must", "must_not", "document", "not_in_text"}
    given = {
        pair
        for section in ("must", "must_not")
        for kind, item in items(name, section)
        for pair in _keys(kind, item)
    }
    assert [(kind, key) for kind, key in given if key not in _KEYS[kind] | {"aim"}] == []


# The matcher itself: a small extraction done right, and what it must refuse.

TEXT = (
    "Judge Ada Berg said on Monday that Carl Dahl had told her "
    "at least 12 men were arrested in Oslo."
)


def _span(words: str) -> list[int]:
    start = TEXT.index(words)
    return [start, start + len(words)]


MONDAY = {
    "text": "on Monday",
    "edtf": "2020-03-02",
    "earliest": "2020-03-02",
    "latest": "2020-03-02",
}
STANCE = {"polarity": "affirmed", "certainty": "certain"}
RIGHT: dict[str, Any] = {
    "entities": [
        {
            "id": "e1",
            "kind": "person",
            "name": "Ada Berg",
            "mentions": [_span("Ada Berg"), _span("her")],
        },
        {"id": "e2", "kind": "person", "name": "Carl Dahl", "mentions": [_span("Carl Dahl")]},
        {"id": "e3", "kind": "place", "name": "Oslo", "mentions": [_span("Oslo")]},
    ],
    "roles": [
        {
            "person": "e1",
            "title": "Judge",
            "organization": None,
            "status": None,
            "start": None,
            "end": None,
        }
        | {"evidence": [_span("Judge Ada Berg")], "within": None}
        | STANCE
    ],
    "events": [
        {
            "id": "v1",
            "kind": "arrest",
            "label": "arrested",
            "mentions": [_span("arrested")],
            "time": None,
        }
        | {"place": "e3", "participants": [{"entity": "e2", "part": "witness"}], "within": "c2"}
        | STANCE
    ],
    "quantities": [
        {"lower": 12, "upper": None, "approximate": False, "of": "men", "text": "at least 12"}
        | {"span": _span("at least 12"), "event": "v1", "within": "c2"}
    ],
    "claims": [
        {"id": "c1", "speaker": "e1", "source": [_span("Judge Ada Berg")], "cue": [_span("said")]}
        | {"content": [_span("Carl Dahl had told her")], "mode": "indirect", "within": None}
        | {"said": MONDAY, "about": []}
        | STANCE,
        {"id": "c2", "speaker": "e2", "source": [_span("Carl Dahl")], "cue": [_span("told")]}
        | {
            "content": [_span("at least 12 men were arrested in Oslo")],
            "mode": "indirect",
            "within": "c1",
        }
        | {"said": None, "about": ["v1"]}
        | STANCE,
    ],
    "times": [MONDAY | {"span": _span("on Monday"), "anchor": "2020-03-04"}],
}

GOOD: list[tuple[str, Item]] = [
    (
        "persons",
        {"name": "Ada Berg", "roles": [{"title": "judge", "organization": None, "within": None}]},
    ),
    ("places", {"name": "Oslo"}),
    ("events", {"kind": "arrest", "place": "Oslo", "within": "Carl Dahl", "earliest": None}),
    ("events", {"kind": "arrest", "participants": [{"name": "Carl Dahl", "part": "witness"}]}),
    (
        "claims",
        {"speaker": "Ada Berg", "mode": "indirect", "content_has": "had told her", "within": None},
    ),
    ("claims", {"speaker": "Carl Dahl", "content_has": ["12 men", "Oslo"], "within": "Ada Berg"}),
    ("claims", {"source": "judge ada berg", "said": "2020-03-02"}),
    ("quantities", {"lower": 12, "upper": None, "of_has": "men", "within": "Carl Dahl"}),
    ("times", {"text": "Monday", "earliest": "2020-03-02", "latest": "2020-03-02"}),
]

WRONG: list[tuple[str, Item]] = [
    ("persons", {"name": "Berg"}),
    ("persons", {"name": "Oslo"}),
    ("persons", {"name": "Carl Dahl", "roles": [{"title": "judge"}]}),
    ("persons", {"name": "Ada Berg", "roles": [{"title": "judge", "status": "former"}]}),
    ("persons", {"name": "Ada Berg", "roles": [{"title": "judge", "organization": "Oslo"}]}),
    ("persons", {"name": "Ada Berg", "roles": [{"title": "judge", "within": "Carl Dahl"}]}),
    ("persons", {"name": "Ada Berg", "roles": [{"title": "jud"}]}),
    ("persons", {"name": "Ada Berg", "roles": [{"title": "judge", "start": "2020-01-01"}]}),
    ("events", {"kind": "arrest", "within": None}),
    ("events", {"kind": "arrest", "within": "Ada Berg"}),
    ("events", {"kind": "arrest", "place": None}),
    ("events", {"kind": "arrest", "polarity": "denied"}),
    ("events", {"kind": "arrest", "earliest": "2020-03-02"}),
    ("events", {"kind": "arrest", "participants": [{"name": "Carl Dahl", "part": "victim"}]}),
    ("events", {"kind": "arrest", "participants": [{"name": "Ada Berg"}]}),
    ("claims", {"speaker": "Ada Berg", "content_has": "12 men"}),
    ("claims", {"speaker": "Carl Dahl", "content_has": ["12 men", "had told her"]}),
    ("claims", {"speaker": "Carl Dahl", "content_has": "12 men", "within": None}),
    ("claims", {"speaker": None}),
    ("claims", {"speaker": "Ada Berg", "mode": "direct"}),
    ("claims", {"speaker": "Ada Berg", "certainty": "unreal"}),
    ("claims", {"speaker": "Ada Berg", "said": None}),
    ("quantities", {"lower": 12, "upper": 12}),
    ("quantities", {"lower": 12, "of_has": "me"}),
    ("quantities", {"lower": 12, "within": None}),
    ("times", {"text": "Monday", "earliest": "2020-03-03"}),
    ("times", {"text": "Monday", "place": "Oslo"}),
]


@pytest.mark.parametrize(("kind", "item"), GOOD, ids=str)
def test_the_matcher_knows_what_was_found(kind: str, item: Item) -> None:
    assert Found(TEXT, RIGHT).has(kind, item)


@pytest.mark.parametrize(("kind", "item"), WRONG, ids=str)
def test_the_matcher_refuses_what_was_not_found(kind: str, item: Item) -> None:
    assert not Found(TEXT, RIGHT).has(kind, item)


def test_nothing_found_meets_no_expectation() -> None:
    nothing = Found(TEXT, {key: [] for key in RIGHT})
    assert [item for kind, item in GOOD if nothing.has(kind, item)] == []
