r"""Fit what tells persons, organisations and places apart by letters, words and use.

    python -m training.mentions.train --corpora ../shared/corpora --out src/kg/extraction/mentions

Two steps. Weights for strings (``clues.json``) are fitted to every name of the texts, marked or
not: a name without a mark counts as what the recogniser calls it. Trees (``kinds.json``) are
fitted to marked names, with the weights' scores among much else; of GAP, which marks two persons
a text, the other names count little, as what the recogniser calls them. Prints by
cross-validation how many are right (a text is never judged by what saw it).
"""

from __future__ import annotations

import argparse
import base64
import json
import logging
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from kg.extraction import language
from kg.extraction.lexicon import lexicon
from kg.extraction.mentions import clues as strings
from kg.extraction.mentions.clues import BUCKETS, CLASSES, Clues, bucket
from kg.extraction.mentions.find import recognised
from kg.extraction.mentions.traits import TRAITS, Used, traits, uses
from kg.extraction.quotations import pair
from kg.extraction.reading import Reading
from kg.model import Document, Settings
from training.mentions.corpora import Marks, read_gap, read_gum, read_plain, read_re3d
from training.mentions.trees import Options, fit

log = logging.getLogger("train")

FOLDS = 5
SEED = 1
#: How strongly the weights of strings are held down, and what they are written in.
STRENGTH = 0.05
UNIT = 0.03
LABELS = {
    "PERSON": "person", "ORG": "organization", "GPE": "place", "LOC": "place", "FAC": "place",
    "WORK_OF_ART": "other", "LAW": "other", "EVENT": "other", "PRODUCT": "other",
}  # fmt: skip
#: How much a marked name counts, by corpus, and one that is not marked: GAP marks persons alone.
WEIGHTS = {"gap": 0.7, "gum": 3.0, "re3d": 3.0}
WEIGHT_OF_UNMARKED = 0.15
ALL_OTHER = CLASSES.index("other")


@dataclass(frozen=True)
class Text:
    """A parsed text with its names, and of each the class that its marks or labels give."""

    reading: Reading
    names: Sequence[Used]
    classes: Sequence[int | None]  #: what a mark says
    guesses: Sequence[int | None]  #: what the recogniser says
    corpus: str


def main() -> None:
    """Cross-validate, fit, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    texts = list(read(options.corpora))
    log.info("%s", Counter(text.corpus for text in texts))
    chances: dict[int, Any] = {}
    for fold in range(FOLDS):
        inner, outer = (fit_clues(texts, part, left_out=fold) for part in ("inside", "around"))
        rows = rows_of(texts, (inner, outer))
        trees = fit_kinds(texts, rows, left_out=fold)
        for number, some in enumerate(rows):
            if number % FOLDS == fold and some:
                chances[number] = trees.chances(some)
    report(texts, chances)
    inner, outer = (fit_clues(texts, part) for part in ("inside", "around"))
    written = {"inside": _written(inner), "around": _written(outer)}
    _write(options.out / "clues.json", written)
    fitted = fit_kinds(texts, rows_of(texts, (inner, outer)))
    _write(options.out / "kinds.json", {"features": list(TRAITS), "classes": fitted.written})


def read(corpora: Path) -> Iterator[Text]:
    """The texts of all corpora, parsed."""
    nlp = language.load(Settings().pipeline)
    for marks in (
        *read_gap(corpora / "gap/gap-development.tsv"),
        *read_gum(corpora / "gum/dep"),
        *read_re3d(corpora / "re3d"),
        *read_plain(corpora / "polnear/train/text"),
    ):
        yield parsed(marks, nlp)


def parsed(marks: Marks, nlp: Any) -> Text:  # noqa: ANN401
    """A text with its names."""
    doc, paragraphs = nlp(marks.text), language.paragraphs(marks.text)
    document = Document(
        text=marks.text, sha256="", file_sha256="", file="", location="", media_type="text/plain"
    )
    reading = Reading(document, doc, paragraphs, pair(marks.text, paragraphs), ())
    names = uses(recognised(reading, lexicon().titles, lexicon().nouns))
    return Text(
        reading,
        names,
        [_class(marks, reading, name) for name in names],
        [_guess(reading, name) for name in names],
        marks.corpus,
    )


def _class(marks: Marks, reading: Reading, name: Used) -> int | None:
    """The class that most marks of a name's places give; without one it is no name in GUM."""
    found = []
    for phrase in name.phrases:
        span = phrase.span(reading)
        given = marks.class_at(span.start, span.end)
        if given is not None:
            found.append(CLASSES.index(given))
        elif marks.complete and reading.doc[phrase.head].dep_ not in {"compound", "nmod", "amod"}:
            found.append(ALL_OTHER)
    return Counter(found).most_common(1)[0][0] if found else None


def _guess(reading: Reading, name: Used) -> int | None:
    """The class of the label that the recogniser gives most of a name's places."""
    labels = Counter(
        LABELS[token.ent_type_]
        for phrase in name.phrases
        for token in reading.doc[phrase.first : phrase.last + 1]
        if token.ent_type_ in LABELS
    )
    return CLASSES.index(labels.most_common(1)[0][0]) if labels else None


# ---- strings


def fit_clues(texts: Sequence[Text], part: str, left_out: int | None = None) -> Clues:
    """Weights for the strings inside or around names, the marked texts of one fold left out."""
    places, classes = [], []
    for number, text in enumerate(texts):
        if text.corpus != "plain" and number % FOLDS == left_out:
            continue
        doc = text.reading.doc
        for name, marked, guessed in zip(text.names, text.classes, text.guesses, strict=True):
            known = guessed if marked is None else marked
            if known is None:
                continue
            some = name.phrases[:1] if part == "inside" else name.phrases
            for phrase in some:
                found = (
                    strings.inside(doc, phrase.first, phrase.last)
                    if part == "inside"
                    else strings.around(doc, phrase.first, phrase.last, doc[phrase.head])
                )
                places.append(sorted({bucket(string) for string in found}))
                classes.append(known)
    sizes = [len(row) for row in places]
    matrix = csr_matrix(
        (np.ones(sum(sizes)), np.concatenate(places), np.r_[0, np.cumsum(sizes)]),
        shape=(len(places), BUCKETS),
    )
    fitted = LogisticRegression(C=STRENGTH, max_iter=60).fit(matrix, classes)
    weights = np.clip(np.round(fitted.coef_.T / UNIT), -127, 127)
    return Clues(weights * UNIT, np.round(fitted.intercept_, 3))


def _written(clues: Clues) -> dict[str, Any]:
    raw = np.round(clues.weights / UNIT).astype(np.int8).tobytes()
    return {
        "unit": UNIT,
        "intercept": [round(float(one), 3) for one in clues.intercept],
        "weights": base64.b64encode(raw).decode(),
    }


# ---- trees


def rows_of(texts: Sequence[Text], clues: tuple[Clues, Clues]) -> list[list[list[float]]]:
    """The rows of the names of each text."""
    words = lexicon()
    return [
        traits(text.reading.doc, text.names, words.titles, words.nouns, clues)
        if text.corpus != "plain"
        else []
        for text in texts
    ]


def fit_kinds(
    texts: Sequence[Text], rows: Sequence[Sequence[Sequence[float]]], left_out: int | None = None
) -> Any:  # noqa: ANN401
    """Trees for the classes of marked names, those of one fold left out."""
    chosen, classes, weights = [], [], []
    for number, (text, some) in enumerate(zip(texts, rows, strict=True)):
        if number % FOLDS == left_out or not some:
            continue
        for row, marked, guessed in zip(some, text.classes, text.guesses, strict=True):
            known = guessed if marked is None else marked
            if known is None:
                continue
            chosen.append(row)
            classes.append(known)
            weights.append(WEIGHT_OF_UNMARKED if marked is None else WEIGHTS[text.corpus])
    return fit(np.array(chosen), np.array(classes), np.array(weights), Options(), SEED)


def report(texts: Sequence[Text], chances: dict[int, Any]) -> None:
    """Print how many marked names the recogniser and the trees put into the right class."""
    for corpus in ("gap", "gum", "re3d"):
        table: Counter[tuple[str, int, int]] = Counter()
        right: Counter[str] = Counter()
        for number, text in enumerate(texts):
            if text.corpus != corpus:
                continue
            for n, (marked, guessed) in enumerate(zip(text.classes, text.guesses, strict=True)):
                if marked is None:
                    continue
                best = int(np.argmax(chances[number][n]))
                before = ALL_OTHER if guessed is None else guessed
                right["all"] += 1
                right["recogniser"] += before == marked
                right["trees"] += best == marked
                table["recogniser", marked, before] += 1
                table["trees", marked, best] += 1
        log.info("%s %s", corpus, dict(right))
        for who in ("recogniser", "trees"):
            for n, name in enumerate(CLASSES):
                counts = [table[who, n, m] for m in range(len(CLASSES))]
                log.info("  %-10s %-13s %s", who, name, counts)


def _write(path: Path, learned: dict[str, Any]) -> None:
    path.write_text(json.dumps(learned, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    main()
