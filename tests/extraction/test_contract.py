"""The JSON that ``kg extract`` prints keeps its schema, and its offsets say what it says."""

from __future__ import annotations

import copy
import hashlib
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.cli import main
from kg.extraction import extract, fingerprint, to_json
from kg.resources import read_resource
from tests.extraction.found import document, found

REPORTS = Path(__file__).parents[2] / "data" / "reports"
SCHEMA = json.loads(read_resource("extraction/findings.schema.json"))
VALIDATOR = jsonschema.Draft202012Validator(
    SCHEMA, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
)

EMOJI = "😀 Mayor Dana Holt 🕊️ said on 3 May 2021 that 12 men were arrested 👮🏽‍♀️ in Lisbon."
PERSIAN = "رضا محمدی (Reza Mohammadi) said that محمد بن علي was killed in Shiraz in 2009."
CURLY = "“We lost 40 people,” said Dana Holt. ‘Never again,’ the mayor’s brother said."
STRAIGHT = "\"We lost 40 people,\" said Dana Holt. 'Never again,' the mayor's brother said."
LINES = (
    "OSLO, 2 May – Judge Dana Holt resigned.\r\n\r\n"
    "“It was ‘over’,” she said.\r\n\r\nAt least 12 men had died in 1988.\r\n"
)
PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>Judge resigns</title>
<meta property="article:published_time" content="2021-05-02"></head><body><article>
<h1>Judge resigns</h1>
<p>Judge Dana Holt 😀 resigned on Saturday. “The court is <em>closed</em>,” she said.</p>
<p>Her deputy, Omar Reyes, denied that 12 men had been killed in Oslo in 1988.</p>
</article></body></html>"""

FILES: dict[str, bytes] = {
    "emoji.txt": EMOJI.encode(),
    "persian.txt": PERSIAN.encode(),
    "curly.txt": CURLY.encode(),
    "straight.txt": STRAIGHT.encode(),
    "lines.txt": LINES.encode(),
    "mark.txt": LINES.encode("utf-8-sig"),
    "wide.txt": (LINES + EMOJI + PERSIAN).encode("utf-16"),
    "page.html": PAGE.encode(),
}


def printed(*arguments: str | Path) -> list[dict[str, Any]]:
    """What ``kg extract`` prints, an object a line."""
    result = CliRunner().invoke(main, ["extract", *map(str, arguments)], catch_exceptions=False)
    assert result.exit_code == 0, result.stderr
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """What is printed of each file, by its name."""
    folder = tmp_path_factory.mktemp("texts")
    for name, raw in FILES.items():
        (folder / name).write_bytes(raw)
    return {Path(one["document"]).name: one for one in printed(folder, "--with-text")}


@cache
def reports() -> dict[str, dict[str, Any]]:
    """What is printed of each sample report, by its name."""
    return {Path(one["document"]).name: one for one in printed(REPORTS, "--with-text")}


REPORT_NAMES = sorted(p.name for p in REPORTS.iterdir() if p.suffix in {".txt", ".html"})


def spans(row: Any) -> Iterator[list[int]]:
    """Every pair of offsets in a JSON value."""
    if isinstance(row, dict):
        for key, value in row.items():
            if key == "span":
                yield value
            elif key in {"mentions", "evidence", "source", "cue", "content"} or key.endswith(
                "_spans"
            ):
                yield from value
            else:
                yield from spans(value)
    elif isinstance(row, list):
        for value in row:
            yield from spans(value)


def faults(row: dict[str, Any]) -> list[str]:
    """Everything in which an object breaks the contract beyond its schema."""
    text = row["text"]
    ids = [one["id"] for kind in ("entities", "events", "claims") for one in row[kind]]
    claims = {one["id"]: one for one in row["claims"]}
    referred = [
        *(
            one["within"]
            for kind in ("roles", "events", "quantities", "claims")
            for one in row[kind]
        ),
        *(one[who] for one in row["claims"] for who in ("speaker", "addressee", "medium")),
        *(about for one in row["claims"] for about in one["about"]),
        *(value for one in row["roles"] for value in (one["person"], one["organization"])),
        *(one["place"] for one in row["events"]),
        *(part["entity"] for one in row["events"] for part in one["participants"]),
        *(one["event"] for one in row["quantities"]),
    ]
    wrong = [f"two things are {one}" for one in ids if ids.count(one) > 1]
    wrong += [f"nothing is {one}" for one in referred if one is not None and one not in ids]
    wrong += [
        f"{one} is outside of the text"
        for one in spans(row)
        if not 0 <= one[0] < one[1] <= len(text)
    ]
    wrong += [
        f"{text[start:end]!r} has white space at an end"
        for start, end in spans(row)
        if text[start:end] != text[start:end].strip()
    ]
    wrong += [
        f"{one['text']!r} does not stand at {one['span']}"
        for kind in ("quantities", "times")
        for one in row[kind]
        if one["text"] != text[slice(*one["span"])]
    ]
    wrong += [
        f"{one['name']!r} is not among the mentions"
        for one in row["entities"]
        if not any(same(one["name"], text[start:end]) for start, end in one["mentions"])
    ]
    wrong += [
        f"{one['title']!r} is not in its evidence"
        for one in row["roles"]
        if not any(one["title"] in text[start:end] for start, end in one["evidence"])
    ]
    wrong += [
        f"{one['text']!r} is not in the text"
        for kind in ("events", "claims", "roles")
        for row_ in row[kind]
        for one in (row_.get("time"), row_.get("said"), row_.get("start"), row_.get("end"))
        if one and one["text"] not in text
    ]
    for one in row["claims"]:
        seen = {one["id"]}
        while (one := claims.get(one["within"])) is not None:
            if one["id"] in seen:
                wrong.append(f"the chain of {one['id']} never reaches the document")
                break
            seen.add(one["id"])
    for kind in ("times", "quantities"):
        at = [one["span"] for one in row[kind]]
        wrong += [] if at == sorted(at) else [f"{kind} are out of order"]
    if row["sha256"] != hashlib.sha256(text.encode()).hexdigest():
        wrong.append("the hash is of something else")
    return wrong


def same(name: str, mention: str) -> bool:
    """Whether a mention holds the words of a name: descriptions leave out how many they are."""
    return set(re.findall(r"\w+", name)) <= set(re.findall(r"\w+", mention))


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("name", REPORT_NAMES)
def test_what_is_printed_of_a_report_keeps_the_schema(name: str) -> None:
    VALIDATOR.validate(reports()[name])


@pytest.mark.parametrize("name", REPORT_NAMES)
def test_every_id_and_offset_of_a_report_leads_somewhere(name: str) -> None:
    assert faults(reports()[name]) == []


@pytest.mark.parametrize("name", FILES)
def test_what_is_printed_of_any_writing_keeps_the_contract(
    name: str, texts: dict[str, dict[str, Any]]
) -> None:
    VALIDATOR.validate(texts[name])
    assert faults(texts[name]) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("emoji.txt", EMOJI),
        ("persian.txt", PERSIAN),
        ("curly.txt", CURLY),
        ("straight.txt", STRAIGHT),
        ("lines.txt", LINES),
        ("mark.txt", LINES),
        ("wide.txt", LINES + EMOJI + PERSIAN),
    ],
)
def test_offsets_index_the_decoded_file_as_it_stands(
    name: str, text: str, texts: dict[str, dict[str, Any]]
) -> None:
    assert texts[name]["text"] == text


def contents(row: dict[str, Any]) -> list[str]:
    return [row["text"][start:end] for claim in row["claims"] for start, end in claim["content"]]


def mentioned(row: dict[str, Any]) -> dict[str, list[str]]:
    return {
        one["name"]: [row["text"][start:end] for start, end in one["mentions"]]
        for one in row["entities"]
    }


def test_offsets_count_an_emoji_by_its_code_points(texts: dict[str, dict[str, Any]]) -> None:
    row = texts["emoji.txt"]
    assert mentioned(row)["Dana Holt"] == ["Dana Holt"]
    assert contents(row) == ["that 12 men were arrested 👮🏽‍♀️ in Lisbon"]
    assert [one["text"] for one in row["times"]] == ["3 May 2021"]
    assert [one["text"] for one in row["quantities"]] == ["12"]


def test_offsets_hold_after_letters_of_other_scripts(texts: dict[str, dict[str, Any]]) -> None:
    row = texts["persian.txt"]
    assert contents(row) == ["that محمد بن علي was killed in Shiraz in 2009"]
    assert [one["text"] for one in row["times"]] == ["2009"]


@pytest.mark.parametrize("name", ["curly.txt", "straight.txt"])
def test_a_quotation_includes_its_marks_whatever_they_are(
    name: str, texts: dict[str, dict[str, Any]]
) -> None:
    row = texts[name]
    assert [words.strip("“”‘’\"'") for words in contents(row)] == [
        "We lost 40 people,",
        "Never again,",
    ]
    assert all(words[0] in "“‘\"'" and words[-1] in "”’\"'" for words in contents(row))


@pytest.mark.parametrize("name", ["lines.txt", "mark.txt"])
def test_line_ends_of_windows_and_a_byte_order_mark_move_nothing(
    name: str, texts: dict[str, dict[str, Any]]
) -> None:
    row = texts[name]
    assert mentioned(row)["Dana Holt"] == ["Dana Holt", "she"]
    assert "“It was ‘over’,”" in contents(row)


def test_the_text_of_a_page_is_what_its_offsets_index(texts: dict[str, dict[str, Any]]) -> None:
    row = texts["page.html"]
    assert (row["title"], row["published"]) == ("Judge resigns", "2021-05-02")
    assert "“The court is closed,”" in contents(row)
    assert "that 12 men had been killed in Oslo in 1988" in contents(row)


def test_the_text_is_printed_only_when_asked_for(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Dana Holt resigned.")
    (plain,), (full,) = printed(tmp_path), printed(tmp_path, "--with-text")
    assert "text" not in plain
    VALIDATOR.validate(plain)
    assert full == plain | {"text": "Dana Holt resigned."}


def test_the_order_is_that_of_the_paths_as_they_were_given(tmp_path: Path) -> None:
    for name in ("b/a.txt", "b/c/d.txt", "a/z.txt", "c.txt", "a10.txt", "a9.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"Dana Holt resigned ({name}).")
    folders = [tmp_path / "c.txt", tmp_path / "b", tmp_path / "a", tmp_path / "a9.txt"]
    given = [row["document"] for row in printed(*folders, tmp_path / "a10.txt")]
    assert given == sorted(given)
    assert [str(Path(one).relative_to(tmp_path)) for one in given] == [
        "a/z.txt",
        "a10.txt",
        "a9.txt",
        "b/a.txt",
        "b/c/d.txt",
        "c.txt",
    ]
    assert [row["document"] for row in printed(tmp_path / "a10.txt", *reversed(folders))] == given


def test_a_document_without_a_date_takes_the_one_that_is_given(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Dana Holt resigned last year.")
    (row,) = printed(tmp_path, "--published", "2011-03-01")
    assert row["published"] == row["times"][0]["anchor"] == "2011-03-01"
    assert row["times"][0]["edtf"] == "2010"


@pytest.mark.parametrize(
    ("way", "value"),
    [
        (("roles", 0, "status"), "retired"),
        (("entities", 0, "kind"), "animal"),
        (("entities", 0, "mentions"), []),
        (("claims", 0, "mode"), "own voice"),
        (("claims", 0, "polarity"), "maybe"),
        (("claims", 0, "content", 0), [3]),
        (("claims", 0, "content", 0), [3, 4, 5]),
        (("claims", 0, "content", 0, 0), -1),
        (("published",), "March"),
        (("published",), "2021-02-30"),
        (("sha256",), "0"),
        (("claims", 0, "extra"), None),
        (("extra",), None),
    ],
)
def test_the_schema_refuses_what_is_no_finding(way: tuple[str | int, ...], value: object) -> None:
    row = to_json(found("“It is over for all of us,” said Judge Dana Holt."))
    VALIDATOR.validate(row)
    spoiled: Any = copy.deepcopy(row)
    place = spoiled
    for step in way[:-1]:
        place = place[step]
    place[way[-1]] = value
    with pytest.raises(jsonschema.ValidationError):
        VALIDATOR.validate(spoiled)


@pytest.mark.parametrize("key", sorted(set(SCHEMA["properties"]) - {"text"}))
def test_no_key_may_be_missing(key: str) -> None:
    row = to_json(found("Judge Dana Holt resigned."))
    del row[key]
    with pytest.raises(jsonschema.ValidationError):
        VALIDATOR.validate(row)


@pytest.mark.parametrize("text", [EMOJI, PERSIAN, CURLY, LINES])
def test_extracting_twice_finds_the_same(text: str) -> None:
    assert extract(document(text)) == extract(document(text))


WRITING = st.text(
    st.sampled_from("\"'“”‘’«»„.,:;!?()-– \n\r\tab 12,3%éß؟م😀") | st.characters(codec="utf-8"),
    max_size=120,
)
PHRASES = st.lists(
    st.sampled_from(
        [
            "Judge Dana Holt",
            "said",
            "that",
            "“",
            "”",
            "he",
            "denied",
            "the massacre",
            "of 12 men",
            "in 1988",
            ",",
            ".",
            "\n\n",
            "according to",
            "who",
            "was killed",
            "the protesters",
            ":",
        ]
    ),
    max_size=25,
).map(" ".join)


@settings(max_examples=40)
@given(WRITING | PHRASES)
def test_any_writing_has_findings_that_keep_the_contract(text: str) -> None:
    row = to_json(extract(document(text)), with_text=True)
    VALIDATOR.validate(row)
    assert faults(row) == []


def test_the_fingerprint_changes_with_every_file_of_the_extractor() -> None:
    assert re.fullmatch(r"[0-9a-f]{20}", fingerprint())
