"""Learning from marked articles: windows, losses, steps."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from kg.extraction.attribution.figures import LINKS
from kg.extraction.attribution.fitting.articles import Article
from kg.extraction.attribution.fitting.learning.network import Network
from kg.extraction.attribution.fitting.options import Options
from kg.extraction.attribution.pieces import cut

__all__ = ["Example", "Optimizer", "Watch", "examples", "fit", "link_words", "losses"]

#: Called after each step with the steps done, all steps, and a word on how it goes.
type Watch = Callable[[int, int, str], None]

MASK_ID, UNUSED = 103, -100
#: Words this near to a cut edge are not learnt from: what would decide them may lie beyond.
EDGE = 5


@dataclass(frozen=True)
class Example:
    """One window: what the network reads, the tags it should give, and its links as pairs."""

    read: tuple[NDArray[np.int64], ...]
    tags: NDArray[np.int64]
    links: NDArray[np.bool_]


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

    def held(self) -> dict[str, Any]:
        """Everything that later steps depend on."""
        return {
            "steps": self.step_count,
            "master": self.master,
            "mean": self.mean,
            "inner": self.inner.state_dict(),
        }

    def take(self, held: dict[str, Any]) -> None:
        """Stand where another optimizer of the same network stood."""
        self.step_count = held["steps"]
        self.inner.load_state_dict(held["inner"])
        with torch.no_grad():
            for mine, theirs in ((self.master, held["master"]), (self.mean, held["mean"])):
                for into, values in zip(mine, theirs, strict=True):
                    into.copy_(values)
            for master, parameter in zip(self.master, self.used, strict=True):
                parameter.copy_(master)

    def state(self) -> dict[str, Tensor]:
        """The mean parameters, in full precision, by name."""
        names = [n for n, p in self.network.named_parameters() if p.requires_grad]
        state = {name: value.float() for name, value in self.network.state_dict().items()}
        return state | {n: v.clone() for n, v in zip(names, self.mean, strict=True)}


def fit(
    network: Network,
    articles: Sequence[Article],
    options: Options,
    *,
    watch: Watch | None = None,
    memory: Path | None = None,
) -> Iterator[dict[str, Tensor]]:
    """Train the network; its mean parameters after every epoch.

    ``memory`` is a file that keeps everything between epochs: where it is there, training goes
    on after its last epoch as if it had never stopped, and epochs before are not given again.
    """
    torch.manual_seed(options.seed)
    chance = random.Random(options.seed)  # noqa: S311 - not for secrets
    if options.half:
        for part in network.encoder():
            part.to(torch.bfloat16)
    rounds = list(examples(articles, options.size, random.Random(0)))  # noqa: S311 - only counted
    # how many windows an epoch has changes with the cuts, by less than a twentieth
    steps = options.epochs * -(-len(rounds) * 21 // 20 // options.batch)
    optimizer = Optimizer(network, options, steps)
    first = _recall(memory, optimizer, chance) if memory and memory.is_file() else 0
    if first >= options.epochs:  # cut short after learning
        yield optimizer.state()
    network.train()
    for epoch in range(first, options.epochs):
        sums = np.zeros(2)
        found = list(examples(articles, options.size, chance))
        for count, batch in enumerate(batches(found, options.batch, chance), 1):
            read, tags, links = collate(batch)
            hide = (torch.rand(read[0].shape) < options.masked) & (read[0] > MASK_ID)
            read[0][hide] = MASK_ID
            tag_loss, link_loss = losses(network, read, tags, links)
            (tag_loss + options.link_weight * link_loss).backward()
            optimizer.step()
            sums += (tag_loss.item(), link_loss.item())
            if watch is not None:
                tag_mean, link_mean = sums / count
                words = f"epoch {epoch + 1}, tags {tag_mean:.3f}, links {link_mean:.3f}"
                watch(optimizer.step_count, max(steps, optimizer.step_count), words)
        if memory is not None:
            _keep(memory, optimizer, chance, epoch + 1)
        yield optimizer.state()


def _keep(memory: Path, optimizer: Optimizer, chance: random.Random, epochs: int) -> None:
    """Write down where training stands after so many epochs."""
    held = {
        "epochs": epochs,
        "optimizer": optimizer.held(),
        "chance": chance.getstate(),
        "torch": torch.get_rng_state(),
    }
    unfinished = memory.with_suffix(".part")
    torch.save(held, unfinished)
    unfinished.replace(memory)


def _recall(memory: Path, optimizer: Optimizer, chance: random.Random) -> int:
    """How many epochs were done; optimizer, network and chance stand where they stood then."""
    held: dict[str, Any] = torch.load(memory)
    optimizer.take(held["optimizer"])
    chance.setstate(held["chance"])
    torch.set_rng_state(held["torch"])
    return int(held["epochs"])
