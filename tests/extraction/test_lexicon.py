"""The word lists of ``patterns/``: what they may hold, and how a token is looked up in them."""

from __future__ import annotations

import re
import tomllib

import pytest

from kg.extraction.lexicon import lexicon
from kg.model import Certainty, Polarity
from kg.resources import read_resource
from tests.extraction.found import parsed

TABLES = {
    name: tomllib.loads(read_resource(f"extraction/patterns/{name}.toml"))
    for name in ("cues", "events", "nouns", "roles")
}
#: The concepts of the ontology, by the names that follow ``kind:``.
CONCEPTS = set(re.findall(r"^kind:([\w-]+)", read_resource("ontology/kinds.ttl"), re.MULTILINE))
KINDS = lexicon().events.kinds


@pytest.mark.parametrize("kind", sorted(set(TABLES["events"]) - {"light", "contexts"}))
def test_every_kind_of_event_is_a_concept(kind: str) -> None:
    assert f"event-{kind}" in CONCEPTS


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_part_of_an_event_is_a_concept(kind: str) -> None:
    parts = set(KINDS[kind].parts.values()) - {"place"}
    assert {f"part-{part}" for part in parts} <= CONCEPTS


@pytest.mark.parametrize(
    "kind", sorted(set(TABLES["roles"]) - {"given_names", "honorifics", "judging", "status"})
)
def test_every_kind_of_role_is_a_concept(kind: str) -> None:
    assert f"role-{kind}" in CONCEPTS


@pytest.mark.parametrize("kind", sorted(set(TABLES["cues"]) - {"markers"}))
def test_every_kind_of_cue_is_a_concept_and_says_what_it_is(kind: str) -> None:
    entry = TABLES["cues"][kind]
    assert f"cue-{kind}" in CONCEPTS
    assert entry["broader"] in {"speech", "attitude"}
    assert entry.get("polarity", "affirmed") in set(Polarity)
    assert entry.get("certainty", "certain") in set(Certainty)


@pytest.mark.parametrize("kind", sorted(set(TABLES["cues"]) - {"markers"}))
def test_what_narrows_a_verb_is_one_of_the_verbs(kind: str) -> None:
    entry = TABLES["cues"][kind]
    assert set(entry.get("clause_only", ())) <= set(entry["verbs"])
    assert set(entry.get("quote_only", ())) <= set(entry["verbs"])


@pytest.mark.parametrize("name", TABLES)
def test_no_word_stands_twice_in_one_list(name: str) -> None:
    lists = [
        (f"{key}.{inner}", words)
        for key, table in TABLES[name].items()
        for inner, words in (table.items() if isinstance(table, dict) else [("", table)])
        if isinstance(words, list)
    ]
    assert [where for where, words in lists if len(words) != len(set(words))] == []


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("She said it.", "say", ("say",)),
        ("She pointed out that it rained.", "say", ("point", "out")),
        ("She called for help.", "demand", ("call", "for")),
        ("She hopes that it rains.", "hope", ("hope",)),
        ("She hoped that it rained.", "hope", ("hope",)),
    ],
)
def test_a_cue_is_found_with_its_particle(text: str, kind: str, words: tuple[str, ...]) -> None:
    cue = lexicon().cues.verb_at(parsed(text).doc[1])
    assert cue is not None
    assert (cue.kind, cue.words) == (kind, words)


@pytest.mark.parametrize("text", ["She seems ill.", "She walks home.", "She slept."])
def test_a_verb_of_no_list_is_no_cue(text: str) -> None:
    assert lexicon().cues.verb_at(parsed(text).doc[1]) is None


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("the prime minister", "prime minister"),
        ("her chief of staff", "chief of staff"),
        ("the deputy finance minister", "finance minister"),
        ("two prime ministers", "prime ministers"),
    ],
)
def test_the_longest_title_that_a_noun_heads_is_found(text: str, title: str) -> None:
    doc = parsed(text).doc
    found = [span for token in doc if (span := lexicon().titles.title_headed(token))]
    longest = max(found, key=lambda span: span[1] - span[0])
    assert doc[longest[0] : longest[1] + 1].text == title


def test_an_exception_holds_for_its_own_kind_only() -> None:
    doc = parsed("He was sentenced to death.").doc
    events = lexicon().events
    assert events.is_exception(doc, 4, "death")
    assert not events.is_exception(doc, 2, "sentence")


def test_the_lists_are_read_once() -> None:
    assert lexicon() is lexicon()
