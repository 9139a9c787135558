"""Fitting the tagger to a person's marks: what is read, measured, and refused."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer

from kg.errors import MarksError, PackagesMissingError, TrainingError
from kg.extraction.attribution.fitting import folder as fitting
from kg.extraction.attribution.fitting.articles import Article, find_pairs, read_articles
from kg.extraction.attribution.fitting.marks import Marked, parse_marks
from kg.extraction.attribution.fitting.measure import Measure, measure
from kg.extraction.attribution.fitting.options import GENTLE
from kg.extraction.attribution.models import FILES, PACKAGED
from tests.extraction.marked import TEXTS, kg_train, write_text, write_texts

needs_model = pytest.mark.skipif(
    not all((PACKAGED / name).is_file() for name in FILES),
    reason="the package is installed without the learned tagger",
)


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    return write_texts(tmp_path / "texts")


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    if not (PACKAGED / "tokenizer.json").is_file():
        pytest.skip("the package is installed without the learned tagger")
    return Tokenizer.from_file(str(PACKAGED / "tokenizer.json"))


# ---- marks

TEXT = "Ada Holt said the dam broke, and it did, in May. Ole agreed."
SOURCE, CUE = "T1\tSource 0 8\tAda Holt\n", "T2\tCue 9 13\tsaid\n"
CONTENT = "T3\tContent 14 27;41 47\tthe dam broke in May\n"
ATTRIBUTION = Marked(((0, 8),), ((9, 13),), ((14, 27), (41, 47)))


@pytest.mark.parametrize(
    "joined",
    [
        "E1\tSource:T1 Cue:T2 Content:T3\n",
        "T4\tAttribution 9 13\tsaid\nE1\tAttribution:T4 Content:T3 Cue:T2 Source:T1\n",
        "E1\tCUE:T2 Source1:T1 Content2:T3\n",
        "E1\tAttribution:T2 Who:T1 What:T3\n",
        "R1\tby Arg1:T2 Arg2:T1\nR2\tsays Arg1:T2 Arg2:T3\n",
        "R1\tby Arg1:T3 Arg2:T1\t\nR2\tsays Arg1:T2 Arg2:T3\t\n",
        "R1\tby Arg1:T1 Arg2:T2\nR2\tsays Arg1:T1 Arg2:T3\n",
    ],
    ids=["event", "with a trigger", "numbered", "by kind", "at the cue", "content", "source"],
)
def test_marks_are_joined_by_events_and_by_relations(joined: str) -> None:
    found = parse_marks(SOURCE + CUE + CONTENT + joined, TEXT)
    assert (found.attributions, found.loose) == ((ATTRIBUTION,), 0)


def test_kinds_count_whatever_their_case_and_lines_end_as_they_like() -> None:
    marks = (SOURCE + CUE + CONTENT).replace("Source", "SOURCE").replace("Cue", "cue")
    marks += "E1\tsource:T1 cue:T2 content:T3\n"
    assert parse_marks(marks.replace("\n", "\r\n"), TEXT).attributions == (ATTRIBUTION,)


def test_other_peoples_marks_are_passed_over() -> None:
    marks = (
        "T8\tPerson 49 52\tOle\nT9\tAssent 53 59\tagreed\nE7\tAssent:T9 Agent:T8\n"
        "E8\tWhy:T9 Of:E7\nA1\tDoubtful T8\nR4\tnear Arg1:T8 Arg2:T1\n#1\tAnnotatorNotes T8\twho?\n"
        "*\tSame T8 T9\n"
    )
    marks += SOURCE + CUE + CONTENT + "E1\tSource:T1 Cue:T2 Content:T3\n"
    assert parse_marks(marks, TEXT).attributions == (ATTRIBUTION,)


def test_the_words_of_a_mark_may_run_on_over_line_ends() -> None:
    marks = "T1\tSource 0 3\tAda\nT2\tCue 4 8\tsaid\nT3\tContent 9 19\tno.\n\nNever\n"
    (found,) = parse_marks(
        marks + "E1\tSource:T1 Cue:T2 Content:T3\n", "Ada said no.\n\nNever."
    ).attributions
    assert found.content == ((9, 19),)


def test_a_mark_that_is_joined_to_nothing_is_counted_and_left_out() -> None:
    found = parse_marks(SOURCE + CUE + CONTENT + "E1\tCue:T2 Content:T3\n", TEXT)
    assert found.loose == 1
    assert [each.source for each in found.attributions] == [()]


def test_two_cues_of_one_source_do_not_share_a_content_that_is_joined_to_the_source_only() -> None:
    marks = SOURCE + CUE + CONTENT + "T4\tCue 53 59\tagreed\n"
    marks += "R1\tby Arg1:T2 Arg2:T1\nR2\tby Arg1:T4 Arg2:T1\nR3\tsays Arg1:T1 Arg2:T3\n"
    found = parse_marks(marks, TEXT)
    assert [each.content for each in found.attributions] == [(), ()]
    assert found.loose == 1


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("T5\tSource 0 8\tOle Holt", "line 4: T5 does not fit the text: 'Ada Holt' stands where"),
        ("T5\tSource 50 99\tOle", "line 4: T5 marks 50 to 99 of a text of 60 characters"),
        ("T5\tSource 8 8\t", "line 4: T5 marks 8 to 8"),
        ("T5\tSource eight\tAda", "line 4: is no mark"),
        ("T1\tSource 0 8\tAda Holt", "line 4: T1 is marked twice"),
        ("E1\tSource:T9 Cue:T2", "line 4: 'Source:T9' names no mark"),
        ("E1\tSource:E4 Cue:T2", "line 4: 'Source:E4' names no mark"),
        ("E1\tnothing", "line 4: is no event"),
        ("R1\tby Arg1:T2 Arg2:T7", "line 4: 'T7' names no mark"),
        ("R1\tby T1 T2", "line 4: is no relation"),
        ("R1\tsame Arg1:T1 Arg2:T1", "line 4: joins two marks of the kind source"),
    ],
)
def test_a_bad_line_is_named_with_its_file_and_number(line: str, message: str) -> None:
    with pytest.raises(MarksError, match=f"'dam.ann', {re.escape(message)}") as caught:
        parse_marks(f"{SOURCE}{CUE}{CONTENT}{line}\n", TEXT, path=Path("dam.ann"))
    assert caught.value.line == 4


def test_a_file_that_is_none_of_brats_is_named_so() -> None:
    with pytest.raises(MarksError, match=r"line 1: is no line of a brat file: 'source,cue'"):
        parse_marks("source,cue\nAda,said\n", TEXT)


# ---- articles


def test_texts_are_paired_with_the_marks_beside_them(texts: Path) -> None:
    (texts / "unmarked.txt").write_text("Nothing was said.", encoding="utf-8")
    write_text(texts / "more", "deeper", TEXTS["mine"])
    assert {text.stem for text, _ in find_pairs(texts)} == {*TEXTS, "deeper"}
    assert all(marks == text.with_suffix(".ann") for text, marks in find_pairs(texts))


def test_of_several_annotators_the_first_counts(tmp_path: Path) -> None:
    text, marks = write_text(tmp_path / "text", "mine_2020-05-01_the-pumps", TEXTS["mine"])
    (tmp_path / "attributions").mkdir()
    for annotator in ("b0b0", "00aa"):
        shutil.copy(marks, tmp_path / "attributions" / f"{text.stem}_{annotator}.ann")
    assert [marks.stem[-4:] for _, marks in find_pairs(tmp_path)] == ["00aa"]


def test_a_text_whose_marks_are_bad_is_set_aside_and_the_others_are_read(
    texts: Path, tokenizer: Tokenizer
) -> None:
    with (texts / "clinic.txt").open("a", encoding="utf-8") as file:
        file.write("\n")  # more text after the marks harms nothing
    (texts / "ferry.txt").write_bytes(b"\xff\xfe of another encoding")
    (texts / "mine.txt").write_text("Another text altogether.", encoding="utf-8")
    found = list(read_articles(texts, tokenizer))
    bad = [each for each in found if isinstance(each, MarksError)]
    assert [(Path(each.path).name, each.line) for each in bad] == [
        ("ferry.txt", None),
        ("mine.ann", 1),
    ]
    assert [each.name for each in found if isinstance(each, Article)] == [
        "bridge",
        "clinic",
        "court",
        "school",
    ]


def test_words_are_tagged_and_linked_as_they_are_marked(texts: Path, tokenizer: Tokenizer) -> None:
    articles = {
        each.name: each for each in read_articles(texts, tokenizer) if isinstance(each, Article)
    }
    article = articles["bridge"]
    words = [article.text[start:end] for start, end in article.pieces.spans]
    tags = dict(zip(words, article.tags.tolist(), strict=False))
    assert [tags[word] for word in ("The", "mayor", "said", "that", "closed", "It")] == [
        1,
        2,
        3,
        5,
        6,
        0,
    ]
    assert article.links == (((0, 1), (2,), (3, 4, 5, 6, 7)),)


# ---- what the user is told


def test_the_summary_says_whether_it_paid_and_how_to_use_the_model(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = {name: Measure(60, 100, 100) for name in ("pair", "content", "source", "words")}
    better = {name: Measure(70, 100, 100) for name in rows}
    training = fitting.Training(
        model=tmp_path / "model",
        options=GENTLE,
        learnt=(40, 400),
        kept_back=(10, 100),
        loose=3,
        set_aside=(MarksError("a.ann", "is no event", 7),),
        before=rows,
        after=better,
    )

    def told(training: fitting.Training) -> str:
        monkeypatch.setattr(fitting, "train", lambda *_, **__: training)
        code, out, err = kg_train(tmp_path)
        assert (code, err) == (0, "kg: set aside 'a.ann', line 7: is no event\n")
        return out

    said = told(training)
    assert "learnt from 40 texts with 400 attributions" in said
    assert re.search(r"content and its source +0\.600 +0\.700", said)
    assert "3 marks are joined to nothing" in said
    assert f'attribution = "{tmp_path / "model"}"' in said
    assert "no better" not in said
    assert "chance" not in said
    assert "may be chance" in told(replace(training, kept_back=(2, 20)))
    assert "no better on these texts" in told(replace(training, after=rows))


# ---- measures


class Parts:
    """An attribution as the words of a text that it is made of."""

    def __init__(self, text: str, source: str, content: str) -> None:
        self.source = ((text.index(source), text.index(source) + len(source)),) if source else ()
        self.cue = ()
        self.content = ((text.index(content), text.index(content) + len(content)),)


def test_quotation_marks_at_the_edges_do_not_count_but_another_source_does() -> None:
    text = "“The dam broke in May,” said Ada Holt. Ole Dahl said it was old and full of cracks."
    marked = [
        Parts(text, "Ada Holt", "“The dam broke in May,”"),
        Parts(text, "Ole Dahl", "it was old and full of cracks"),
    ]
    found = [
        Parts(text, "Ada Holt", "The dam broke in May"),
        Parts(text, "Ada Holt", "it was old and full of cracks"),
    ]
    measures = measure([(text, found, marked)])
    assert measures["content"] == Measure(2, 2, 2)
    assert measures["pair"] == Measure(1, 2, 2)
    assert measures["source"] == Measure(1, 1, 2)
    assert measures["words"] == Measure(12, 12, 12)


def test_a_content_of_which_a_fifth_is_missing_is_close_and_one_of_a_quarter_is_not() -> None:
    text = "Ada said one two three four five"
    marked = [Parts(text, "Ada", "one two three four five")]
    four = measure([(text, [Parts(text, "Ada", "one two three four")], marked)])
    three = measure([(text, [Parts(text, "Ada", "one two three")], marked)])
    assert (four["pair"].f1, three["pair"].f1) == (1.0, 0.0)
    assert three["words"].recall == pytest.approx(0.6)


@given(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9))
def test_f1_lies_between_precision_and_recall(matched: int, more: int, missed: int) -> None:
    row = Measure(matched, matched + more, matched + missed)
    low, high = sorted((row.precision, row.recall))
    assert low - 1e-9 <= row.f1 <= high + 1e-9 or matched == 0


# ---- what can go wrong before anything is learnt


def test_without_torch_the_command_says_what_to_install(
    texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fitting, "find_spec", lambda _: None)
    code, out, err = kg_train(texts, "--out", tmp_path / "model")
    assert (code, out) == (1, "")
    assert err.startswith("kg: learning from marks needs torch, onnx")
    assert err.endswith("run: pip install 'kg[train]'\n")
    assert not (tmp_path / "model").exists()


def test_what_is_installed_decides_whether_learning_is_refused(texts: Path, tmp_path: Path) -> None:
    if find_spec("torch") and find_spec("onnx"):
        pytest.skip("the extra is installed")
    with pytest.raises(PackagesMissingError):
        fitting.train(texts, tmp_path / "model")


@pytest.fixture
def with_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of torch is needed before the texts are read."""
    monkeypatch.setattr(fitting, "find_spec", lambda name: name)


@needs_model
@pytest.mark.usefixtures("with_packages")
def test_a_folder_without_marks_says_what_it_should_hold(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match=r"no marked text in .*NAME\.ann beside it"):
        fitting.train(tmp_path, tmp_path / "model")


@needs_model
@pytest.mark.usefixtures("with_packages")
def test_a_folder_with_bad_marks_only_says_why(texts: Path, tmp_path: Path) -> None:
    for path in texts.glob("*.ann"):
        path.write_text("T1\tSource 0 3\tXyz\n", encoding="utf-8")
    with pytest.raises(TrainingError, match=r"bridge\.ann', line 1: T1 does not fit"):
        fitting.train(texts, tmp_path / "model")


@needs_model
@pytest.mark.usefixtures("with_packages")
def test_one_marked_text_is_too_few(tmp_path: Path) -> None:
    write_text(tmp_path / "texts", "mine", TEXTS["mine"])
    with pytest.raises(TrainingError, match="1 marked texts with 1 attributions, too few"):
        fitting.train(tmp_path / "texts", tmp_path / "model")


@needs_model
@pytest.mark.usefixtures("with_packages")
def test_a_copy_of_a_text_is_not_both_learnt_from_and_measured_on(tmp_path: Path) -> None:
    for name in ("mine", "pit"):
        write_text(tmp_path / "texts", name, TEXTS["mine"])
    with pytest.raises(TrainingError, match="1 marked texts with 1 attributions, too few"):
        fitting.train(tmp_path / "texts", tmp_path / "model")


@needs_model
@pytest.mark.usefixtures("with_packages")
def test_a_file_is_no_place_for_a_model(texts: Path) -> None:
    for place in (texts / "mine.txt", texts / "mine.txt" / "model"):
        with pytest.raises(TrainingError, match="no model can be put in"):
            fitting.train(texts, place)


@needs_model
@pytest.mark.usefixtures("with_packages")
def test_a_folder_that_holds_other_things_is_never_replaced(texts: Path) -> None:
    before = sorted(path.name for path in texts.iterdir())
    with pytest.raises(TrainingError, match=r"holds other files, such as 'bridge\.ann'"):
        fitting.train(texts, texts)
    assert sorted(path.name for path in texts.iterdir()) == before
