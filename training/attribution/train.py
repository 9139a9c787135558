"""Fit the tagger to PolNeAR and write it as the package reads it.

python -m training.attribution.train --corpus ../shared/corpora/polnear --out DIR --seed 1
"""

from __future__ import annotations

import argparse
import json
import logging
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor

from kg.extraction.attribution.fitting.articles import Article, read_articles
from kg.extraction.attribution.fitting.learning.export import export
from kg.extraction.attribution.fitting.learning.fit import fit
from kg.extraction.attribution.fitting.learning.network import Network
from kg.extraction.attribution.fitting.options import Options
from kg.extraction.attribution.models import PACKAGED
from training.attribution.encoder import encoder_folder, load_encoder, read_tokenizer

__all__ = ["Plan", "mean_of", "train"]

log = logging.getLogger("train")


@dataclass(frozen=True)
class Plan:
    """How many branches part after which epoch; ``share`` of the corpus is learnt from."""

    branches: int = 2
    fork: int = 2
    share: float = 1.0


def train(articles: Sequence[Article], out: Path, options: Options, plan: Plan) -> Network:
    """The trained network; ``out`` keeps it as ``network.pt``, and each branch by epoch.

    The branches share their first epochs and then see the corpus in other orders. Networks
    that part so late can be averaged, parameter by parameter, and the mean is better than each.
    """
    ends = []
    for branch in range(plan.branches):
        # its new layers begin from torch's own seed, the same in every run; `fit` sets ours
        network = Network(options.dropout)
        mine = options
        if branch == 0:
            load_encoder(network, encoder_folder() / "model.safetensors")
        else:
            network.load_state_dict(torch.load(out / f"branch-0-epoch-{plan.fork}.pt"))
            epochs, seed = options.epochs - plan.fork, options.seed + 2 * branch
            mine = replace(options, epochs=epochs, seed=seed)
        states = fit(network, articles, mine, watch=_say)
        for epoch, state in enumerate(states, 1):
            torch.save(state, out / f"branch-{branch}-epoch-{epoch}.pt")
        ends.append(state)
    state = mean_of(ends)
    torch.save(state, out / "network.pt")
    network = Network()
    network.load_state_dict(state)
    return network


def mean_of(states: Sequence[dict[str, Tensor]]) -> dict[str, Tensor]:
    """The mean of networks, parameter by parameter."""
    return {name: torch.stack([s[name] for s in states]).mean(0) for name in states[0]}


def _say(done: int, steps: int, words: str) -> None:
    """Log every fiftieth step."""
    if done % 50 == 0:
        log.info("%d of about %d: %s", done, steps, words)


def _read(folder: Path, tokenizer: Tokenizer) -> list[Article]:
    """The articles of a folder; one that cannot be read ends the run, as figures would differ."""
    articles = []
    for found in read_articles(folder, tokenizer):
        if not isinstance(found, Article):
            sys.exit(str(found))
        articles.append(found)
    return articles


def main() -> None:
    """Read the corpus, train, save, export."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    numbers = {**asdict(Options()), **asdict(Plan())}
    del numbers["half"]
    for name, default in numbers.items():
        parser.add_argument(f"--{name.replace('_', '-')}", type=type(default), default=default)
    given = vars(parser.parse_args())
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    # one thread in bfloat16 was faster than two in full precision, and keeps the order of sums
    torch.set_num_threads(1)
    options = Options(**{name: given[name] for name in asdict(Options()) if name in given})
    plan = Plan(**{name: given[name] for name in asdict(Plan())})
    tokenizer = read_tokenizer(encoder_folder())
    articles = _read(given["corpus"] / "train", tokenizer)
    articles = articles[: int(len(articles) * plan.share)]
    given["out"].mkdir(parents=True, exist_ok=True)
    network = train(articles, given["out"], options, plan)
    # the window that decoding reads is no matter of learning: it was chosen on the dev part
    window = json.loads((PACKAGED / "settings.json").read_text(encoding="utf-8"))
    export(network, given["out"], tokenizer=tokenizer, settings=window)


if __name__ == "__main__":
    main()
