"""Weights that tell the gender of a given name by its spelling.

    python -m training.coreference.given_names --out src/kg/extraction

Learns from the lists of two installed packages: Faker (MIT; popular names of some 80 countries,
as its locales carry them) and names (MIT; US census of 1990). Only weights are written, and bits
that tell whether a word is one of the names; no name.
"""

from __future__ import annotations

import argparse
import base64
import importlib
import json
import logging
import pkgutil
from collections.abc import Iterator
from pathlib import Path

import faker.providers.person
import names
import numpy as np
from scipy.sparse import csr_matrix, vstack
from sklearn.linear_model import LogisticRegression

from kg.extraction.given_names import BITS, BUCKETS, marks, pieces

log = logging.getLogger("train")

#: What the weights are written in: a twentieth is enough (no answer differs).
UNIT = 0.05
STRENGTH = 3.0
LISTS = {
    "f": ("first_names_female", "first_female_names", "first_romanized_names_female"),
    "m": ("first_names_male", "first_male_names", "first_romanized_names_male"),
}


def main() -> None:
    """Learn the weights and write ``given_names.json``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    women, sources = shares()
    known = sorted(women)
    rows = matrix(known)
    share = np.array([women[name] for name in known])
    trust = np.sqrt([sources[name] for name in known])
    fitted = LogisticRegression(C=STRENGTH, max_iter=300).fit(
        vstack([rows, rows]),
        np.r_[np.ones(len(known)), np.zeros(len(known))],
        sample_weight=np.r_[share * trust, (1 - share) * trust],
    )
    learned = {
        "unit": UNIT,
        "intercept": round(float(fitted.intercept_[0]) / UNIT),
        "known": base64.b64encode(known_bits(known)).decode(),
        "weights": [round(float(weight) / UNIT) for weight in fitted.coef_[0]],
    }
    written = json.dumps(learned, separators=(",", ":")) + "\n"
    (options.out / "given_names.json").write_text(written, encoding="utf-8")
    log.info("%d names", len(known))


def known_bits(some: list[str]) -> bytes:
    """The bits that the names set, eight a byte."""
    bits = bytearray(BITS // 8)
    for name in some:
        for mark in marks(name):
            bits[mark >> 3] |= 1 << (mark & 7)
    return bytes(bits)


def shares() -> tuple[dict[str, float], dict[str, int]]:
    """For each name how far it is a woman's, and how many lists have it."""
    weight: dict[str, dict[str, float]] = {}
    sources: dict[str, int] = {}
    for name, gender, share in listed():
        word = name.split()[0] if name.split() else ""
        if pieces(word):
            both = weight.setdefault(word.casefold(), {"f": 0.0, "m": 0.0})
            both[gender] += min(share, 1.0) + 0.02
            sources[word.casefold()] = sources.get(word.casefold(), 0) + 1
    return {name: one["f"] / (one["f"] + one["m"]) for name, one in weight.items()}, sources


def listed() -> Iterator[tuple[str, str, float]]:
    """Name, gender, and how many in a hundred of its list bear it."""
    for gender, file in (("f", "dist.female.first"), ("m", "dist.male.first")):
        folder = Path(names.__file__).parent
        for line in (folder / file).read_text(encoding="utf-8").splitlines():
            name, share = line.split()[:2]
            yield name, gender, float(share)
    for module in sorted(pkgutil.iter_modules(faker.providers.person.__path__), key=lambda m: m[1]):
        provider = importlib.import_module(f"faker.providers.person.{module.name}").Provider
        for gender, attributes in LISTS.items():
            for attribute in attributes:
                yield from _of_provider(vars(provider).get(attribute, ()), gender)


def _of_provider(some: object, gender: str) -> Iterator[tuple[str, str, float]]:
    counts = dict(some) if hasattr(some, "keys") else dict.fromkeys(some, 1.0)
    total = sum(counts.values())
    for name in sorted(counts):
        yield name, gender, 100 * counts[name] / total


def matrix(some: list[str]) -> csr_matrix:
    """A row for each name with a 1 for each of its pieces."""
    found = [(row, piece) for row, name in enumerate(some) for piece in sorted(pieces(name))]
    places = np.array(found).T
    return csr_matrix((np.ones(len(found)), places), shape=(len(some), BUCKETS))


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    main()
