"""The learned tagger: its reading, its decoding and, where the model is present, its answers."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from kg.errors import ModelMissingError
from kg.extraction.attribution import Attribution, Tagger, load_tagger
from kg.extraction.attribution import models as packaged
from kg.extraction.attribution.decode import decode
from kg.extraction.attribution.figures import LINKS, TAGS, Figures
from kg.extraction.attribution.pieces import CASES, QUOTES, Pieces, cut, read_pieces, windows


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    """A tokenizer that knows the letters and makes a word's pieces of them."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    names = ["[UNK]", *letters, *(f"##{letter}" for letter in letters), *'.,:"“”']
    vocabulary = {name: number for number, name in enumerate(names)}
    found = Tokenizer(models.WordPiece(vocabulary, unk_token=names[0]))
    found.normalizer = normalizers.BertNormalizer(lowercase=True)
    found.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return found


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    found = load_tagger()
    if found is None:
        pytest.skip("the package is installed without the learned tagger")
    return found


def test_a_paragraph_break_is_a_word_of_its_own(tokenizer: Tokenizer) -> None:
    text = "He left.\n\nShe stayed."
    pieces = read_pieces(text, tokenizer)
    words = [text[start:end] for start, end in pieces.spans]
    assert words == ["He", "left", ".", "\n", "She", "stayed", "."]
    assert list(pieces.breaks) == [word == "\n" for word in words]


def test_words_carry_how_they_are_written_although_the_encoder_is_blind_to_it(
    tokenizer: Tokenizer,
) -> None:
    pieces = read_pieces("ERT the Mayor, 12", tokenizer)
    assert [CASES[n] for n in pieces.cases] == ["capitals", "lower", "capital", "mark", "number"]


def test_straight_and_curly_quotation_marks_open_and_close(tokenizer: Tokenizer) -> None:
    pieces = read_pieces('"no" said “yes”', tokenizer)
    sides = ["opening", "inside", "closing", "outside", "opening", "inside", "closing"]
    assert [QUOTES[n] for n in pieces.quotes] == sides


def test_a_forgotten_quotation_mark_spoils_one_paragraph_only(tokenizer: Tokenizer) -> None:
    pieces = read_pieces('"no\nyes', tokenizer)
    assert [QUOTES[n] for n in pieces.quotes][-1] == "outside"


@given(text=st.text(alphabet="ab .\n“”", max_size=400), size=st.integers(20, 60))
def test_every_word_is_decided_in_exactly_one_window_that_fits(
    tokenizer: Tokenizer, text: str, size: int
) -> None:
    pieces = read_pieces(text, tokenizer)
    cuts = windows(pieces, size=size, before=3, after=5)
    assert [window.first for window in cuts[:1]] == ([0] if len(pieces) else [])
    assert all(left.last == right.first for left, right in pairwise(cuts))
    assert not cuts or cuts[-1].last == len(pieces)
    for window in cuts:
        assert window.start <= window.first < window.last <= window.end
        ids, cases, quotes, heads = cut(pieces, window.start, window.end, size=size)
        assert len(ids) == len(cases) == len(quotes) <= size
        assert len(heads) == window.end - window.start + 1
        assert heads.max() < len(ids) - 1


Mark = tuple[range | None, range, list[range]]


def plain(count: int, quotation: range = range(0)) -> Pieces:
    """So many words of one piece, in lower case, some of them between quotation marks."""
    quotes = np.zeros(count, dtype=np.int64)
    if quotation:
        quotes[quotation.start : quotation.stop] = QUOTES.index("inside")
        quotes[quotation.start] = QUOTES.index("opening")
        quotes[quotation.stop - 1] = QUOTES.index("closing")
    return Pieces(
        spans=tuple((word, word + 1) for word in range(count)),
        ids=np.full(count, 1000, dtype=np.int64),
        firsts=np.arange(count + 1),
        cases=np.zeros(count, dtype=np.int64),
        quotes=quotes,
    )


def figures_of(count: int, marks: list[Mark]) -> Figures:
    """The figures of a network that is sure of some attributions: source, cue, contents."""
    tags = np.full((count, len(TAGS)), 0.01, dtype=np.float32)
    tags[:, 0] = 0.94
    links = np.full((count, len(LINKS), count + 1), 0.001, dtype=np.float32)
    for source, cue, contents in marks:
        parts = [(1, source)] if source else []
        parts += [(3, cue), *((5, content) for content in contents)]
        for tag, words in parts:
            tags[words, 0] = 0.01
            tags[words.start, tag] = 0.94
            tags[words[1:], tag + 1] = 0.94
        for content in contents:
            links[content, 0, cue.start + 1] = 0.9
        links[cue, 1, source.start + 1 if source else 0] = 0.9
        if source:
            links[source, 2, cue.start + 1] = 0.9
    return Figures(np.log(tags), links, np.zeros(count, dtype=np.int64))


@st.composite
def marked(draw: st.DrawFn) -> tuple[list[Mark], int]:
    """Some attributions whose parts lie in any order and never overlap, and how many words."""
    marks: list[Mark] = []
    at = 0
    for _ in range(draw(st.integers(1, 3))):
        kinds = draw(st.permutations(["source", "cue", "content", "content"]))
        places: dict[str, list[range]] = {"source": [], "cue": [], "content": []}
        for kind in kinds:
            at += draw(st.integers(0, 2))
            end = at + draw(st.integers(1, 4))
            places[kind].append(range(at, end))
            at = end
        source = places["source"][0] if draw(st.booleans()) else None
        marks.append((source, places["cue"][0], places["content"]))
    return marks, at + 1


@given(marked())
def test_what_the_network_is_sure_of_comes_back_whole(
    given_marks: tuple[list[Mark], int],
) -> None:
    marks, count = given_marks
    found = decode(figures_of(count, marks), plain(count))
    expected = [
        ((source,) if source else (), (cue,), tuple(contents)) for source, cue, contents in marks
    ]
    expected.sort(key=lambda mark: mark[1][0].start)
    assert [(each.source, each.cue, each.content) for each in found] == expected
    assert all(0.0 < each.score <= 1.0 for each in found)


@given(marked(), st.integers(2, 4))
def test_a_long_text_is_decoded_window_by_window_as_if_each_stood_alone(
    given_marks: tuple[list[Mark], int], times: int
) -> None:
    marks, count = given_marks
    alone = figures_of(count, marks)
    together = Figures(
        np.concatenate([alone.tags] * times),
        np.concatenate([alone.links] * times),
        np.repeat(np.arange(times) * count, count),
    )
    found = decode(together, plain(count * times))
    one = decode(alone, plain(count))
    assert len(found) == len(one) * times
    for number, each in enumerate(found):
        expected, by = one[number % len(one)], number // len(one) * count
        for name in ("source", "cue", "content"):
            moved = tuple(range(w.start + by, w.stop + by) for w in getattr(expected, name))
            assert getattr(each, name) == moved


def test_a_quotation_of_which_a_part_was_missed_is_given_whole() -> None:
    figures = figures_of(12, [(range(1), range(1, 2), [range(2, 9)])])
    (found,) = decode(figures, plain(12, quotation=range(2, 11)))
    assert found.content == (range(2, 11),)


def test_an_unsure_attribution_is_left_out_unless_it_stands_in_quotation_marks() -> None:
    figures = figures_of(12, [(range(1), range(1, 2), [range(2, 9)])])
    figures.links[1, 1] *= 0.03  # the cue hardly knows its source
    assert decode(figures, plain(12)) == []
    assert len(decode(figures, plain(12, quotation=range(2, 9)))) == 1


def test_a_text_without_words_has_no_attributions() -> None:
    empty = Figures(
        np.zeros((0, len(TAGS)), dtype=np.float32),
        np.zeros((0, len(LINKS), 1), dtype=np.float32),
        np.zeros(0, dtype=np.int64),
    )
    assert decode(empty, plain(0)) == []


def words_of(text: str, found: Attribution) -> tuple[str, str, str]:
    parts = (found.source, found.cue, found.content)
    source, cue, content = (" … ".join(text[start:end] for start, end in part) for part in parts)
    return source, cue, content


def test_rules_alone_need_no_model() -> None:
    assert load_tagger("rules") is None


def test_a_package_without_its_model_has_no_tagger(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packaged, "PACKAGED", tmp_path)
    assert load_tagger() is None


def test_a_folder_without_a_model_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ModelMissingError, match=r"model\.onnx"):
        load_tagger(str(tmp_path))


def test_a_model_is_loaded_once() -> None:
    assert load_tagger() is load_tagger()


def test_a_quotation_is_given_to_its_speaker(tagger: Tagger) -> None:
    text = "The village was empty.\n\n“We found nobody there,” said Marta Lindqvist, a nurse."
    source, cue, content = words_of(text, *tagger.attribute(text))
    assert source.startswith("Marta Lindqvist")
    assert cue == "said"
    assert "We found nobody there" in content


def test_reported_speech_is_given_to_its_speaker(tagger: Tagger) -> None:
    text = "The mayor told reporters that the bridge had been closed since Monday."
    source, cue, content = words_of(text, *tagger.attribute(text))
    assert (source, "told" in cue) == ("The mayor", True)
    assert content.removeprefix("that ").startswith("the bridge had been closed since Monday")


def test_a_broken_quotation_is_one_attribution(tagger: Tagger) -> None:
    text = "“The road,” Ms. Okoye said, “was closed all night long by the army.”"
    (found,) = tagger.attribute(text)
    assert len(found.content) == 2


def test_the_same_text_gives_the_same_attributions(tagger: Tagger) -> None:
    text = "The union says the strike will go on. The ministry denied that anyone was hurt."
    assert tagger.attribute(text) == tagger.attribute(text)
    assert len(tagger.attribute(text)) == 2


@pytest.mark.parametrize("text", ["", " \n ", "\ufeff", "x" * 5000, "word " * 3000, "\n" * 2000])
def test_any_text_can_be_read(tagger: Tagger, text: str) -> None:
    for found in tagger.attribute(text):
        spans = [*found.source, *found.cue, *found.content]
        assert all(0 <= start < end <= len(text) for start, end in spans)
