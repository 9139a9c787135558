r"""Fit the trees that weigh whether two events are one.

python -m training.events.train --corpus ../shared/corpora/ecbplus \
        --out src/kg/identity/events --seed 1
"""

from __future__ import annotations

import argparse
import json
import logging
import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path

import numpy as np

from bench.events import CHOSEN_ON, REPORTED, Case, Read, case, load
from kg.identity.events.weighing import FEATURES, row
from training.coreference.boost import RIGHT, WRONG, Choices, Options, fit

log = logging.getLogger(__name__)

#: Of pairs with other words of other documents, so many are learnt from.
_SHARE = 0.4
#: Of pairs of one topic's two parts, which tell of two events of one kind, so many.
_SHARE_OF_PARTS = 0.1
#: And so much these weigh: no case is made of pairs of stories that are alike but for the names.
_WEIGHT_OF_PARTS = 0.3


def examples(some: Sequence[Read], seed: int) -> Iterator[tuple[list[float], int, float]]:
    """Each pair of events as a row, whether it is one, and its weight; topic by topic."""
    one = case(some)
    gold = {(r.article.name, s): e for r in some for s, e in r.article.events}
    where = {r.article.name: r.article for r in some}
    topics: dict[str, list[str]] = defaultdict(list)
    for iri, mentions in sorted(one.mentions.items()):
        topics[where[mentions[0][0]].topic].append(iri)
    label = {
        iri: Counter(gold[mention] for mention in mentions).most_common(1)[0][0]
        for iri, mentions in one.mentions.items()
    }
    part = {iri: where[mentions[0][0]].part for iri, mentions in one.mentions.items()}
    chance = random.Random(seed)  # noqa: S311 - a sample, no secret
    for iris in topics.values():
        for left, right in combinations(iris, 2):
            same = label[left] == label[right]
            alike = one.known[left].stems & one.known[right].stems
            near = part[left] == part[right]
            if same or alike or chance.random() < (_SHARE if near else _SHARE_OF_PARTS):
                yield (
                    _row(one, left, right),
                    RIGHT if same else WRONG,
                    1.0 if near else _WEIGHT_OF_PARTS,
                )


def _row(one: Case, left: str, right: str) -> list[float]:
    return row(one.known[left], one.known[right], one.contexts)


def main() -> None:
    """Fit and write the trees."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--corpus", type=Path, required=True)
    options.add_argument("--out", type=Path, required=True)
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    kept = {*CHOSEN_ON, *REPORTED}
    topics = sorted((p.name for p in given.corpus.iterdir() if p.is_dir()), key=int)
    some = load(given.corpus, [topic for topic in topics if topic not in kept])
    rows, labels, weights = zip(*examples(some, given.seed), strict=True)
    log.info("%d pairs, %d of them one", len(labels), labels.count(RIGHT))
    choices = Choices(
        rows=np.array(rows),
        labels=np.array(labels),
        numbers=np.arange(len(labels)),
        weights=np.array(weights),
    )
    trees = fit(choices, Options(trees=100, leaves=8, least_rows=80, features=0.4), given.seed)
    learned = {"features": list(FEATURES), "trees": trees}
    written = json.dumps(learned, separators=(",", ":")) + "\n"
    (given.out / "trees.json").write_text(written, encoding="utf-8")


if __name__ == "__main__":
    main()
