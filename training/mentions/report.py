"""How many names the recogniser and the trees put into the right class."""

from __future__ import annotations

import itertools
import logging
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from kg.extraction.given_names import is_known
from kg.extraction.mentions.clues import CLASSES
from kg.extraction.mentions.possible import POSSIBLE
from kg.extraction.mentions.traits import Used
from kg.extraction.reading import Reading
from kg.model import EntityKind

log = logging.getLogger("train")

ALL_OTHER = CLASSES.index("other")
#: Bounds for which the report says how many names become persons'.
BOUNDS = (0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
GROUPS = ("with a given name", "without one", "not recognised")


@dataclass(frozen=True)
class Text:
    """A parsed text with its names, and of each the class that its marks or labels give."""

    reading: Reading
    names: Sequence[Used]
    classes: Sequence[int | None]  #: what a mark says
    guesses: Sequence[int | None]  #: what the recogniser says
    borne_out: Sequence[bool]  #: whether lists or the name's own words say so too
    corpus: str


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


def report_bounds(texts: Sequence[Text], chances: dict[int, Any]) -> None:
    """Print how many names become persons' at a bound that the recogniser took for others'.

    Rightly by marks, wrongly by marks, and wrongly by what bears out the recogniser; apart by
    whether a known given name begins them, and whether the recogniser found them at all.
    """
    person = CLASSES.index("person")
    counts: Counter[tuple[str, str, float, str]] = Counter()
    for number, text in enumerate(texts):
        for n, name in enumerate(text.names):
            marked, guessed = text.classes[n], text.guesses[n]
            borne = marked is None and text.borne_out[n]
            if guessed == person or not (borne or marked is not None):
                continue
            if name.phrases[0].kind not in {
                EntityKind.PERSON, EntityKind.ORGANIZATION, EntityKind.PLACE,
            }:  # fmt: skip
                continue
            kind = "borne out" if borne else "right" if marked == person else "wrong"
            group = _group(name)
            for bound in (0.0, *BOUNDS):
                if chances[number][n][person] >= bound:
                    counts[text.corpus, group, bound, kind] += 1
    for corpus, group in itertools.product(("gap", "gum", "re3d", "plain"), GROUPS):
        for bound in (0.0, *BOUNDS):
            row = [counts[corpus, group, bound, k] for k in ("right", "wrong", "borne out")]
            log.info("%s %s at %.2f: right, wrong, borne out %s", corpus, group, bound, row)


def _group(name: Used) -> str:
    """Whether a name was found by the recogniser at all, and a known given name begins it."""
    if name.phrases[0].method == POSSIBLE:
        return GROUPS[2]
    return GROUPS[0] if is_known(name.phrases[0].name.split()[0]) else GROUPS[1]
