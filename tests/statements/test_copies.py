"""Which documents share text: near copies, paragraphs in longer articles, and nothing by chance."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from kg.model import Span
from kg.statements.comparison.copies import Copies, Sketch, find_copies, sketch

WIRE = (
    "A ferry with more than two hundred passengers on board capsized off the northern coast early "
    "on Sunday, the harbour master said. Fishing boats pulled some sixty people out of the water "
    "before the first rescue vessel reached the place. The cause of the accident was not known, "
    "but survivors said the ship had been leaning to one side since it left port."
)
#: The same in another paper: a headline, a word changed here and there, one sentence cut.
PAPER = (
    "Ferry sinks, scores missing. A ferry with over two hundred passengers on board capsized off "
    "the northern coast early on Sunday, the harbour master said. The cause of the accident was "
    "not yet known, but survivors said the ship had been leaning to one side since it left port."
)
#: A long article that takes over two sentences of it.
ARTICLE = (
    "For years the islanders have asked for a second ship. The old one was built for lakes, they "
    "say, and its licence was renewed each spring after an inspection that lasted ten minutes. "
    "Fishing boats pulled some sixty people out of the water before the first rescue vessel "
    "reached the place. The cause of the accident was not known, but survivors said the ship had "
    "been leaning to one side since it left port. The mayor wants to know who signed the papers. "
    "His cousin was on the passenger list, and has not been found. On the quay women wait with "
    "photographs in their hands, and nobody comes to talk to them. The ministry has promised a "
    "report by the end of the year, as it did after the last accident and the one before that."
)
#: Another reporter, the same accident.
OTHER = (
    "More than two hundred people were on the ferry when it went down on Sunday. The harbour "
    "master said that it had capsized early in the morning. Sixty were saved by fishermen."
)


def of(sha256: str, text: str) -> Sketch:
    return sketch(sha256, text, [Span(*each.span()) for each in re.finditer(r"[^.]+\.", text)])


def pairs(copies: Copies) -> list[tuple[str, str]]:
    return [(each.left, each.right) for each in copies.shared]


def test_a_near_copy_is_found_and_measured_by_the_shorter_text() -> None:
    (found,) = find_copies([of("wire", WIRE), of("paper", PAPER)]).shared
    assert (found.left, found.right, found.sentences) == ("paper", "wire", 2)
    assert 0.8 < found.share <= 1


def test_a_paragraph_inside_a_longer_article_is_found() -> None:
    copies = find_copies([of("article", ARTICLE), of("wire", WIRE)])
    assert pairs(copies) == [("article", "wire")]
    assert "wire" in copies.whole
    assert "article" not in copies.whole  # most of it is its own


def test_another_report_of_the_same_is_no_copy() -> None:
    assert find_copies([of("wire", WIRE), of("other", OTHER)]).shared == ()


def test_one_sentence_that_everybody_writes_makes_no_copy() -> None:
    stock = " The ministry did not answer a request for comment on Sunday evening."
    copies = find_copies([of("one", ARTICLE + stock), of("other", OTHER * 2 + stock)])
    assert copies.shared == ()
    assert copies.first == {}


def test_only_what_is_copied_is_folded() -> None:
    copies = find_copies([of("article", ARTICLE), of("wire", WIRE)])
    assert copies.of("article", 2) == copies.of("wire", 1) == "article"
    assert copies.of("article", 0) is None


def test_copies_of_copies_have_one_that_stands_for_all() -> None:
    copies = find_copies([of("wire", WIRE), of("paper", PAPER), of("article", ARTICLE)])
    assert copies.of("paper", 2) == copies.of("wire", 2) == copies.of("article", 3) == "article"


def test_a_hundred_copies_are_one_family() -> None:
    copies = find_copies([of(f"{number:03}", WIRE) for number in range(100)])
    assert {copies.of(f"{number:03}", 0) for number in range(100)} == {"000"}
    assert len(copies.shared) < 200  # each with the first, not each with each


TEXTS = {"wire": WIRE, "paper": PAPER, "article": ARTICLE, "other": OTHER}


@given(st.permutations(sorted(TEXTS)))
def test_the_order_of_documents_changes_nothing(order: list[str]) -> None:
    known = find_copies([of(name, TEXTS[name]) for name in sorted(TEXTS)])
    assert find_copies([of(name, TEXTS[name]) for name in order]) == known


@given(st.sets(st.sampled_from(sorted(TEXTS))))
def test_a_document_that_is_not_there_leaves_no_trace(names: set[str]) -> None:
    copies = find_copies([of(name, TEXTS[name]) for name in names])
    assert {name for pair in pairs(copies) for name in pair} <= names
    assert copies.first.keys() <= names
    assert {first for each in copies.first.values() for first in each.values()} <= names
    # What two share does not hang on who else is there.
    whole = find_copies([of(name, text) for name, text in TEXTS.items()])
    assert pairs(copies) == [pair for pair in pairs(whole) if set(pair) <= names]


#: What is printed on a form, and is no copying: with other words between, as testimonies have them.
FORM = (
    "The statement was taken down in the office of the commission and read back to the witness. "
    "The witness was told that the statement may be given to a court and signed every page of it."
)


def test_the_words_of_a_form_make_no_copies_of_testimonies() -> None:
    told = [
        f"{FORM} {name} lived in the {place} quarter with {number} children and sold {wares}. "
        f"On that day {name} had gone to the {place} market to buy {wares} for {number} others. "
        f"Men in {wares} coats asked for {name} by name and said that {number} were to come along. "
        f"Nobody in {place} has seen the {number} again, and {name} left for {wares} that winter."
        for name, place, number, wares in zip(NAMES, PLACES, range(2, 99), WARES, strict=False)
    ]
    assert len(told) == 24
    assert find_copies([of(f"{at:03}", each) for at, each in enumerate(told)]).shared == ()
    # Of few it cannot be known: there it may well be one text in two papers.
    assert find_copies([of(f"{at:03}", each) for at, each in enumerate(told[:3])]).shared


NAMES = [f"{one}{other}" for one in ("Ala", "Bor", "Cem", "Dun") for other in ("na", "is", "ek")]
NAMES += [f"{one}{other}" for one in ("Eli", "For", "Gul", "Han") for other in ("na", "is", "ek")]
PLACES = [f"{name} {which}" for which in ("old", "new", "low") for name in NAMES[:8]]
WARES = [f"{place} {what}" for what in ("salt", "wool", "figs") for place in PLACES[:8]]
