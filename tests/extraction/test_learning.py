"""Learning itself: reading the released model, going on from it, writing what came out.

Needs torch, which the extra "train" brings; without it these tests are skipped.
"""

from __future__ import annotations

import json
import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer

from kg.errors import ModelDamagedError
from kg.extraction.attribution import Tagger, digest
from kg.extraction.attribution.fitting import folder as fitting
from kg.extraction.attribution.fitting.articles import Article, read_articles
from kg.extraction.attribution.fitting.options import GENTLE
from kg.extraction.attribution.models import FILES, PACKAGED
from kg.extraction.attribution.pieces import cut, read_pieces
from tests.extraction.marked import TEXTS, kg_train, write_texts

REASON = "learning needs the extra: pip install 'kg[train]'"
torch = pytest.importorskip("torch", reason=REASON)
pytest.importorskip("onnx", reason=REASON)
if not all((PACKAGED / name).is_file() for name in FILES):
    pytest.skip("the package is installed without the learned tagger", allow_module_level=True)

from kg.extraction.attribution.fitting.learning.export import Probabilities, export
from kg.extraction.attribution.fitting.learning.fit import collate, examples, fit, losses
from kg.extraction.attribution.fitting.learning.network import Network
from kg.extraction.attribution.fitting.learning.released import read_network


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    return write_texts(tmp_path / "texts")


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return Tokenizer.from_file(str(PACKAGED / "tokenizer.json"))


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory, tokenizer: Tokenizer) -> Path:
    """The released model read into a network and written again."""
    folder = tmp_path_factory.mktemp("again")
    settings = json.loads((PACKAGED / "settings.json").read_text(encoding="utf-8"))
    export(read_network(PACKAGED / "model.onnx"), folder, tokenizer=tokenizer, settings=settings)
    return folder


SAMPLE = (
    "The village was empty.\n\n“We found nobody there,” said Marta Lindqvist, a nurse. The mayor "
    "told reporters that the bridge had been closed since Monday; Karl Holm believes it will open."
)


def test_the_network_read_from_the_released_model_gives_its_figures(tokenizer: Tokenizer) -> None:
    pieces = read_pieces(SAMPLE, tokenizer)
    read = cut(pieces, 0, len(pieces), size=384)
    network = Probabilities(read_network(PACKAGED / "model.onnx").eval())
    with torch.no_grad():
        tags, links = network(*(torch.from_numpy(values[None]) for values in read))
    expected = Tagger(PACKAGED).figures(pieces)
    # the file rounds what passes through it to eight bits, the network does not
    assert np.abs(tags[0, 1:].exp().numpy() - np.exp(expected.tags)).mean() < 0.01
    assert np.abs(links[0, :, 1:].numpy().transpose(1, 0, 2) - expected.links).mean() < 0.01


def test_the_released_model_read_and_written_again_gives_the_same_figures(
    released: Path, tokenizer: Tokenizer
) -> None:
    pieces = read_pieces(SAMPLE, tokenizer)
    before, after = Tagger(PACKAGED).figures(pieces), Tagger(released).figures(pieces)
    np.testing.assert_allclose(after.tags, before.tags, atol=1e-3)
    np.testing.assert_allclose(after.links, before.links, atol=1e-3)
    found = [
        [replace(each, score=0.0) for each in Tagger(folder).attribute(SAMPLE)]
        for folder in (released, PACKAGED)
    ]
    assert found[0] == found[1] != []


@pytest.mark.parametrize("written", [b"", b"no model at all"])
def test_a_file_that_is_no_model_is_named(tmp_path: Path, written: bytes) -> None:

    (tmp_path / "model.onnx").write_bytes(written)
    with pytest.raises(ModelDamagedError, match=r"model\.onnx' is no attribution model"):
        read_network(tmp_path / "model.onnx")


def test_train_makes_a_model_that_has_learnt_and_says_how_good_it_is(
    texts: Path, tmp_path: Path
) -> None:
    (texts / "bad.txt").write_text("Short.", encoding="utf-8")
    (texts / "bad.ann").write_text("T1\tSource 0 99\tShort\n", encoding="utf-8")
    model = tmp_path / "model"
    code, out, err = kg_train(texts, "--out", model, "--epochs", "2", "--json")
    assert code == 0
    assert "kg: set aside" in err
    report = json.loads(out)
    assert report["learnt"]["articles"] + report["kept_back"]["articles"] == len(TEXTS)
    assert report["kept_back"]["articles"] == 1
    assert [Path(each["file"]).name for each in report["set_aside"]] == ["bad.ann"]
    assert {path.name for path in model.iterdir()} == {*FILES, "model-card.json"}
    card = json.loads((model / "model-card.json").read_text(encoding="utf-8"))
    assert (card["seed"], card["epochs"], card["set_aside"]) == (1, 2, 1)
    assert card["after"] == report["after"]
    assert str(tmp_path) not in (model / "model-card.json").read_text(encoding="utf-8")
    assert digest(model) != digest(PACKAGED)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["model", "texts"]
    # a model of its own may be replaced, and the same marks give the same model
    first = digest(model)
    assert kg_train(texts, "--out", model, "--epochs", "2")[0] == 0
    assert (model / "model.onnx").stat().st_size < 25_000_000
    assert digest(model) == first


def test_a_run_that_was_cut_short_goes_on_and_ends_as_if_it_had_not_been(
    texts: Path, tmp_path: Path
) -> None:
    options = replace(GENTLE, epochs=2)
    whole = fitting.train(texts, tmp_path / "whole", options)
    seen: list[str] = []

    def watch(*step: int | str) -> None:
        seen.append(str(step[-1]))

    def interrupt(*step: int | str) -> None:
        watch(*step)
        if seen[-1].startswith("epoch 2"):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fitting.train(texts, tmp_path / "cut", options, progress=interrupt)
    assert not (tmp_path / "cut").exists()
    seen.clear()
    fitting.train(texts, tmp_path / "cut", options, progress=watch)
    assert not any(words.startswith("epoch 1") for words in seen)
    assert digest(tmp_path / "cut") == digest(whole.model)


def test_learning_brings_the_loss_down(texts: Path, tokenizer: Tokenizer) -> None:

    articles = [each for each in read_articles(texts, tokenizer) if isinstance(each, Article)]
    torch.manual_seed(0)
    network = Network(dropout=0.0)
    batch = collate(list(examples(articles, 320, random.Random(0))))  # noqa: S311
    with torch.no_grad():
        before = sum(float(loss) for loss in losses(network, *batch))
    options = replace(GENTLE, epochs=4, batch=6, masked=0.0, dropout=0.0)
    *_, state = fit(network, articles, options)
    network.load_state_dict(state)
    network.eval()
    with torch.no_grad():
        after = sum(float(loss) for loss in losses(network, *batch))
    assert after < 0.9 * before
