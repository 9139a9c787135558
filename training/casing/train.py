r"""Fit the perceptron that restores the case of texts in capitals.

    python -m training.casing.train ../shared/corpora/polnear/train/text ../shared/corpora/ecbplus \
        ../shared/corpora/gum/dep ../shared/corpora/re3d --out src/kg/extraction/casing.json \
        --held-out ../shared/corpora/polnear/dev/text

Each folder is looked through for plain texts (``.txt``), CoNLL-U with its sentences as comments,
ECB+ (``.xml``) and re3d (``documents.json``). Their own case is what is learned; words that start
a sentence teach nothing: any word has a capital there. Prints, for the held-out folder, how many
words that are no sentence's first are written right, and precision and recall of those with a
capital.
"""

from __future__ import annotations

import argparse
import json
import logging
import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from kg.extraction.casing import CLASSES, WORD, Casing, features, is_capitals, starts_sentence

log = logging.getLogger("train")

EPOCHS = 4
#: A word seen less often is known by its ends; a feature whose weights are smaller is dropped.
LEAST_SEEN, LEAST_WEIGHT = 4, 34
SCALE = 16


@dataclass(frozen=True)
class Text:
    """The words of a text in lower case, what stands before each, and how each is written."""

    words: Sequence[str]
    gaps: Sequence[str | None]  #: None before the first word of a sentence
    firsts: Sequence[bool]
    classes: Sequence[int]


def read_texts(folder: Path) -> Iterator[Text]:
    """The texts of a folder and those in it, each line of which is a paragraph."""
    for path in sorted(folder.rglob("*")):
        for lines in _documents(path):
            kept = (line for line in lines if line.strip() and not is_capitals(line))
            yield as_text("\n\n".join(kept))


def _documents(path: Path) -> Iterator[list[str]]:
    """The lines of each document in a file, none where it holds no text."""
    if path.name == "documents.json":
        for row in path.read_text(encoding="utf-8").splitlines():
            yield json.loads(row)["text"].splitlines()
    elif path.suffix == ".txt" and "LICENSE" not in path.name:
        yield path.read_text(encoding="utf-8", errors="replace").splitlines()
    elif path.suffix == ".conllu":
        yield re.findall(r"^# text = (.*)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    elif path.suffix == ".xml":
        sentences: dict[str, list[str]] = {}
        for token in ElementTree.parse(path).iter("token"):  # noqa: S314 - a corpus at hand
            sentences.setdefault(token.get("sentence", ""), []).append(token.text or "")
        yield [" ".join(words) for words in sentences.values()]


def as_text(text: str) -> Text:
    """A text with the class of each word."""
    words, gaps, firsts, classes, end = [], [], [], [], 0
    for match in WORD.finditer(text):
        word = match.group()
        words.append(word.lower())
        first = starts_sentence(text, match.start())
        gaps.append(None if first else text[end : match.start()])
        firsts.append(first)
        classes.append(class_of(word))
        end = match.end()
    return Text(words, gaps, firsts, classes)


def class_of(word: str) -> int:
    """How a word is written.

    >>> [CLASSES[class_of(word)] for word in ("mayor", "Oslo", "FBI", "U.S.", "McCain", "I")]
    ['small', 'capital', 'capitals', 'capitals', 'capital', 'capital']
    """
    letters = [character for character in word if character.isalpha()]
    if len(letters) > 1 and all(character.isupper() for character in letters):
        return 2
    return 1 if word[:1].isupper() else 0


def fit(texts: Sequence[Text], *, seed: int) -> Casing:
    """The averaged perceptron of some texts."""
    counts = Counter(word for text in texts for word in text.words)
    known = frozenset(word for word, count in counts.items() if count >= LEAST_SEEN)
    weights: dict[str, list[float]] = {}
    totals: dict[str, list[float]] = {}
    stamps: dict[str, int] = {}
    order, step = list(texts), 0
    shuffle = random.Random(seed)  # noqa: S311 - not for secrets
    for epoch in range(EPOCHS):
        shuffle.shuffle(order)
        wrong = 0
        for text in order:
            before = ["", ""]
            for at, right in enumerate(text.classes):
                first = text.firsts[at]
                active = features(text.words, at, before, text.gaps[at], known)
                chosen = Casing(known, weights).choose(active)
                step += 1
                if not first and chosen != right:
                    wrong += 1
                    for feature in active:
                        row = weights.setdefault(feature, [0.0, 0.0, 0.0])
                        total = totals.setdefault(feature, [0.0, 0.0, 0.0])
                        since = step - stamps.get(feature, 0)
                        for n in range(len(CLASSES)):
                            total[n] += since * row[n]
                        stamps[feature] = step
                        row[right] += 1
                        row[chosen] -= 1
                before = [before[1], CLASSES[chosen if first else right]]
        log.info("epoch %d: %d wrong", epoch + 1, wrong)
    kept: dict[str, list[int]] = {}
    for feature, row in weights.items():
        since = step - stamps[feature]
        mean = [(totals[feature][n] + since * row[n]) / step for n in range(len(CLASSES))]
        whole = [round(SCALE * value) for value in mean]
        if max(whole) - min(whole) >= LEAST_WEIGHT:
            kept[feature] = whole
    used = {feature.split(" ")[-1] for feature in kept} | {
        part for feature in kept for part in feature.split(" ")
    }
    return Casing(frozenset(known & used), dict(sorted(kept.items())))


def score(casing: Casing, texts: Iterable[Text]) -> dict[str, float]:
    """Right words, and precision, recall and F1 of those with a capital."""
    right = total = true = found = both = 0
    for text in texts:
        before = ["", ""]
        for at, gold in enumerate(text.classes):
            first = text.firsts[at]
            active = features(text.words, at, before, text.gaps[at], casing.words)
            chosen = casing.choose(active)
            before = [before[1], CLASSES[chosen]]
            if first:
                continue
            total += 1
            right += chosen == gold
            true += gold > 0
            found += chosen > 0
            both += gold > 0 and chosen == gold
    precision, recall = both / max(found, 1), both / max(true, 1)
    return {
        "words": total,
        "right": right / max(total, 1),
        "precision": precision,
        "recall": recall,
        "f1": 2 * precision * recall / max(precision + recall, 1e-9),
    }


def main() -> None:
    """Fit, write down, and say how well it does on texts it has not seen."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--held-out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    texts = [text for folder in options.folders for text in read_texts(folder)]
    log.info("%d texts, %d words", len(texts), sum(len(text.words) for text in texts))
    casing = fit(texts, seed=options.seed)
    stored = {"words": sorted(casing.words), "weights": dict(casing.weights)}
    options.out.write_text(
        json.dumps(stored, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8"
    )
    log.info("%d features, %d bytes", len(casing.weights), options.out.stat().st_size)
    log.info("held out: %s", score(casing, list(read_texts(options.held_out))))


if __name__ == "__main__":
    main()
