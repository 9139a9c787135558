r"""Fit the trees that say whom "he" and "she" stand for.

    python -m training.coreference.train --gap ../shared/corpora/gap/gap-development.tsv \
        --gum ../shared/corpora/gum/dep --out src/kg/extraction/coreference --seed 1

GAP asks about one pronoun a text, chosen because two names of one gender are near it; GUM marks
all pronouns of a text, most of them easier, many of which stand for somebody unnamed. Prints
precision, recall and F1 by cross-validation for several thresholds (a text is never scored by
trees that saw it), then fits all of the texts and writes ``pronouns.json``.
"""

from __future__ import annotations

import argparse
import csv
import json
import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from kg.extraction import language
from kg.extraction.attribution import States, load_tagger
from kg.extraction.coreference import cast
from kg.extraction.coreference.evidence import Candidate
from kg.extraction.coreference.features import FEATURES
from kg.extraction.coreference.likeness import UNKNOWN, Likeness
from kg.extraction.coreference.pronouns import Choice
from kg.extraction.lexicon import lexicon
from kg.extraction.mentions import Phrase, find_phrases
from kg.extraction.quotations import pair
from kg.extraction.reading import Reading
from kg.extraction.roles import same_by_apposition
from kg.forest import Forest
from kg.model import Document, Form, Settings
from training.coreference.boost import OPEN, RIGHT, WRONG, Choices, Floats, Ints, Options, fit
from training.coreference.gum import PRONOUNS, Gold, marked_at, read_gum
from training.coreference.likeness import Pairs, fit_likeness, pairs_of
from training.coreference.likeness import written as written_likeness

log = logging.getLogger("train")

FOLDS = 5
#: The features that a pronoun earlier in the text decides need trees that decide it: the first
#: round has none and leaves all others open.
ROUNDS = 3
#: How much a choice of GUM counts beside one of GAP, of which there are five times as many.
WEIGHT_OF_GUM = 1.5
#: How much a choice counts as it is where no network reads the text, beside one that is read.
WEIGHT_OF_UNREAD = 0.3
THRESHOLDS = (0.0, 0.3, 0.4, 0.45, 0.5, 0.6, 0.7, 0.8)


@dataclass(frozen=True)
class Example:
    """The candidates of a pronoun.

    ``hits`` says for each what it would answer: in GAP which of the two names it bears, in GUM
    whether it is the person or another. ``meant`` is what should be answered.
    """

    rows: Floats
    labels: Ints
    hits: Sequence[tuple[bool, bool]]
    meant: tuple[bool, bool]
    gender: str


@dataclass(frozen=True)
class Text:
    """A parsed text, and what its marks say of a choice (nothing of pronouns not marked)."""

    reading: Reading
    phrases: tuple[Phrase, ...]
    possible: tuple[Phrase, ...]
    links: Sequence[tuple[Phrase, Phrase]]
    corpus: str
    answers: int  #: how many answers there are to find
    marked: Callable[[Choice], Example | None]
    states: States | None


def main() -> None:
    """Cross-validate, fit, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gap", type=Path, required=True)
    parser.add_argument("--gum", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    texts = [*read_gap(options.gap), *read_gum_texts(options.gum)]
    log.info("%d texts", len(texts))
    pairs = [compared(text) for text in texts]
    alike = [
        fit_likeness(one for n, some in enumerate(pairs) if n % FOLDS != fold for one in some)
        for fold in range(FOLDS)
    ]
    forests: list[Forest | None] = [None] * FOLDS
    for number in range(ROUNDS):
        examples = [
            examples_of(text, forests[n % FOLDS], alike[n % FOLDS]) for n, text in enumerate(texts)
        ]
        forests = [
            Forest(trees(texts, examples, options.seed, left_out=fold), FEATURES)
            for fold in range(FOLDS)
        ]
        log.info("round %d", number + 1)
        for corpus in ("gap", "gum"):
            report(corpus, texts, examples, forests)
    likeness = json.dumps(written_likeness(fit_likeness(one for some in pairs for one in some)))
    (options.out / "likeness.json").write_text(likeness + "\n", encoding="utf-8")
    learned = {"features": list(FEATURES), "trees": trees(texts, examples, options.seed)}
    written = json.dumps(learned, separators=(",", ":")) + "\n"
    (options.out / "pronouns.json").write_text(written, encoding="utf-8")


def parsed(
    text: str, corpus: str, answers: int, marked: Callable[[Reading, Choice], Example | None]
) -> Text:
    """A text as the extraction reads it."""
    words, nlp, tagger = lexicon(), language.load(Settings().pipeline), load_tagger()
    doc, paragraphs = nlp(text), language.paragraphs(text)
    document = Document(
        text=text, sha256="", file_sha256="", file="", location="", media_type="text/plain"
    )
    reading = Reading(document, doc, paragraphs, pair(text, paragraphs), ())
    found = find_phrases(reading, words.titles, words.nouns)
    return Text(
        reading=reading,
        phrases=found.phrases,
        possible=found.possible,
        links=same_by_apposition(reading, found.phrases),
        corpus=corpus,
        answers=answers,
        marked=partial(marked, reading),
        states=tagger.read(text).states if tagger is not None else None,
    )


def read_gap(path: Path) -> Iterator[Text]:
    """The texts of GAP: in each one pronoun, two names, and which of them it stands for."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            names = tuple(
                (int(row[f"{name}-offset"]), int(row[f"{name}-offset"]) + len(row[name]))
                for name in "AB"
            )
            meant = (row["A-coref"].upper() == "TRUE", row["B-coref"].upper() == "TRUE")
            marked = partial(_marked_in_gap, int(row["Pronoun-offset"]), names, meant)
            yield parsed(row["Text"], "gap", sum(meant), marked)


def _marked_in_gap(
    pronoun: int,
    names: Sequence[tuple[int, int]],
    meant: tuple[bool, bool],
    reading: Reading,
    choice: Choice,
) -> Example | None:
    if reading.doc[choice.pronoun.head].idx != pronoun:
        return None
    hits, labels = [], []
    for candidate in choice.candidates:
        spans = [phrase.span(reading) for phrase in candidate.cluster.phrases]
        first, second = (
            any(span.start < end and start < span.end for span in spans) for start, end in names
        )
        hits.append((first, second))
        if (first and meant[0]) or (second and meant[1]):
            labels.append(RIGHT)
        else:
            labels.append(WRONG if any(meant) or first or second else OPEN)
    return Example(np.array(choice.rows), np.array(labels), hits, meant, choice.pronoun.gender)


def read_gum_texts(folder: Path) -> Iterator[Text]:
    """The texts of GUM: in each all persons."""
    for path in sorted(folder.glob("*.conllu")):
        gold = read_gum(path)
        answers = sum(gold.text[one.start : one.end].lower() in PRONOUNS for one in gold.mentions)
        yield parsed(gold.text, "gum", answers, partial(_marked_in_gum, gold))


def _marked_in_gum(gold: Gold, reading: Reading, choice: Choice) -> Example | None:
    asked = choice.pronoun.span(reading)
    person = next(
        (one.person for one in gold.mentions if (one.start, one.end) == (asked.start, asked.end)),
        None,
    )
    if person is None:
        return None
    right = [_person_of(gold, reading, one, asked.start) == person for one in choice.candidates]
    labels = [RIGHT if hit else WRONG for hit in right]
    hits = [(hit, not hit) for hit in right]
    return Example(
        np.array(choice.rows), np.array(labels), hits, (True, False), choice.pronoun.gender
    )


def _person_of(gold: Gold, reading: Reading, candidate: Candidate, near: int) -> str | None:
    """The marked person of the name or description of a candidate that is nearest to a place."""
    known = []
    for phrase in candidate.cluster.phrases:
        span = phrase.span(reading)
        found = marked_at(gold, span.start, span.end)
        if phrase.form is not Form.PRONOUN and found is not None:
            known.append((abs(span.start - near), found.person))
    return min(known, default=(0, None))[1]


def compared(text: Text) -> list[Pairs]:
    """The candidates of the marked choices of a text beside the pronouns, for the network."""
    phrases = {phrase.head: phrase for phrase in (*text.possible, *text.phrases)}
    found: list[Pairs | None] = []

    def weigh(choice: Choice) -> Sequence[float]:
        marked = text.marked(choice)
        if marked is not None and text.states is not None:
            labels = marked.labels.tolist()
            found.append(pairs_of(text.reading, text.states, phrases, choice, labels))
        return [0.0] * len(choice.rows)

    cast(
        text.reading, text.phrases, text.links, lexicon().nouns, possible=text.possible, weigh=weigh
    )
    return [one for one in found if one is not None]


def examples_of(text: Text, decided_by: Forest | None, likeness: Likeness) -> list[Example]:
    """The marked choices of a text; earlier pronouns in it are decided by some trees."""
    found: list[Example] = []

    def weigh(choice: Choice) -> Sequence[float]:
        marked = text.marked(choice)
        if marked is not None:
            found.append(marked)
        if decided_by is None:
            return [0.0] * len(choice.rows)
        return decided_by.chances(choice.rows)

    cast(
        text.reading,
        text.phrases,
        text.links,
        lexicon().nouns,
        possible=text.possible,
        states=text.states,
        weigh=weigh,
        likeness=likeness,
    )
    return found


def unread(example: Example) -> Example:
    """The example as it is where no network reads the text."""
    rows = example.rows.copy()
    if len(rows):
        rows[:, [n for n, name in enumerate(FEATURES) if "alike" in name]] = UNKNOWN
    return replace(example, rows=rows)


def trees(
    texts: Sequence[Text],
    examples: Sequence[Sequence[Example]],
    seed: int,
    left_out: int | None = None,
) -> list[dict[str, Any]]:
    """Trees fitted to the examples, those of one fold left out."""
    used = [
        (one, WEIGHT_OF_GUM if text.corpus == "gum" else 1.0)
        for number, (text, some) in enumerate(zip(texts, examples, strict=True))
        for one in some
        if number % FOLDS != left_out
    ]
    used += [(unread(one), weight * WEIGHT_OF_UNREAD) for one, weight in used]
    given = Choices(
        rows=np.concatenate([one.rows for one, _ in used]),
        labels=np.concatenate([one.labels for one, _ in used]),
        numbers=np.repeat(np.arange(len(used)), [len(one.labels) for one, _ in used]),
        weights=np.array([weight for _, weight in used]),
    )
    return fit(given, Options(), seed)


def report(
    corpus: str,
    texts: Sequence[Text],
    examples: Sequence[Sequence[Example]],
    forests: Sequence[Forest | None],
) -> None:
    """Print what the trees reach on texts they did not see, at several thresholds."""
    total = sum(text.answers for text in texts if text.corpus == corpus)
    scored = []
    for number, (text, some) in enumerate(zip(texts, examples, strict=True)):
        forest = forests[number % FOLDS]
        if text.corpus == corpus and forest is not None:
            scored += [(one, forest.chances(one.rows.tolist())) for one in some]
    for least in THRESHOLDS:
        counts = {"f": [0, 0, 0], "m": [0, 0, 0]}
        for one, chances in scored:
            best = int(np.argmax(chances))
            said = one.hits[best] if chances[best] >= least else (False, False)
            counts[one.gender][0] += sum(a and b for a, b in zip(said, one.meant, strict=True))
            counts[one.gender][1] += sum(said)
            counts[one.gender][2] += sum(one.meant)
        both = [*np.sum([counts["f"], counts["m"]], axis=0)[:2], total]
        line = [f"{corpus} at least {least:.2f}"]
        for group, (right, given, all_of) in {"all": both, **counts}.items():
            precision, recall = right / max(1, given), right / max(1, all_of)
            f1 = 2 * right / max(1, given + all_of)
            line.append(f"{group} P {precision:.3f} R {recall:.3f} F1 {f1:.3f}")
        log.info("   ".join(line))


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    main()
