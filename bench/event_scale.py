"""Identity over many events: time, memory, and how many joins and suggestions are right.

    pip install '.[bench,dev]'
    python -m bench.event_scale 1000 10000 100000

Synthetic events: of ten kinds, in towns of which few have many events and many few, over twenty
years, each told of in one to four documents. A tenth of the documents give another day, a fifth
only the year, a third no place; half name a victim. Pairs of documents that tell of one event are
counted.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import resource
import time
from collections.abc import Iterable
from itertools import combinations

from kg.identity import resolve
from kg.model import Findings, Judgement
from tests.identity.telling import Tale, events, telling

KINDS = (
    "attack", "killing", "arrest", "bombing", "massacre", "protest", "trial", "election",
    "shooting", "explosion",
)  # fmt: skip
YEARS = 20
BASE = "https://kg.example/"


def documents(count: int, seed: int) -> tuple[list[Findings], dict[str, int]]:
    """Documents on so many events, and which event each tells of."""
    chance = random.Random(seed)  # noqa: S311 - synthetic data, no secret
    found: list[Findings] = []
    meant: dict[str, int] = {}
    for number in range(count):
        kind = chance.choice(KINDS)
        town = f"Town{_letters(int(chance.paretovariate(0.6)) % max(20, count // 20))}"
        day = dt.date(1990, 1, 1) + dt.timedelta(days=chance.randrange(365 * YEARS))
        victim = f"Ada{_letters(number)} Holm{_letters(number * 7 % count)}"
        for _ in range(chance.randint(1, 4)):
            told = telling(len(found), _tale(chance, kind, town, day, victim))
            found.append(told)
            meant[events(told)[0]] = number
    return found, meant


def _tale(chance: random.Random, kind: str, town: str, day: dt.date, victim: str) -> Tale:
    if chance.random() < 0.1:  # noqa: PLR2004 - a share
        day += dt.timedelta(days=chance.randint(1, 3))
    when = str(day.year) if chance.random() < 0.2 else day.isoformat()  # noqa: PLR2004 - a share
    return Tale(
        kind=kind,
        word=kind,
        time=when,
        place=town if chance.random() < 2 / 3 else "",
        victim=victim if chance.random() < 1 / 2 else "",
    )


def _letters(number: int) -> str:
    return "".join(chr(ord("a") + int(digit)) for digit in str(number))


def right(pairs: Iterable[tuple[str, str]], meant: dict[str, int]) -> tuple[int, int]:
    """How many pairs there are, and how many of them tell of one event."""
    known = [(one, other) for one, other in pairs if one in meant and other in meant]
    return len(known), sum(meant[one] == meant[other] for one, other in known)


def measure(count: int, seed: int) -> None:
    """Print a row of the table."""
    found, meant = documents(count, seed)
    start = time.perf_counter()
    identities = resolve(found, base=BASE)
    seconds = time.perf_counter() - start
    groups: dict[str, list[str]] = {}
    told: dict[int, list[str]] = {}
    for iri, number in meant.items():
        groups.setdefault(identities.canonical[iri], []).append(iri)
        told.setdefault(number, []).append(iri)
    joined = right((pair for group in groups.values() for pair in combinations(group, 2)), meant)
    every = sum(len(group) * (len(group) - 1) // 2 for group in told.values())
    reached = set(_pairs(identities.suggestions))
    offered = right(reached, meant)
    either = sum(
        identities.canonical[one] == identities.canonical[other]
        or tuple(sorted((identities.canonical[one], identities.canonical[other]))) in reached
        for group in told.values()
        for one, other in combinations(group, 2)
    )
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"{count:,} events, {len(found):,} documents: {seconds:.0f} s, {memory:,} MB; joined "
        f"precision {joined[1] / max(1, joined[0]):.3f} recall {joined[1] / every:.3f}; joined or "
        f"suggested recall {either / every:.3f}; {offered[0]:,} suggestions, "
        f"{offered[1] / max(1, offered[0]):.2f} right"
    )


def _pairs(suggestions: Iterable[Judgement]) -> Iterable[tuple[str, str]]:
    return ((each.left, each.right) for each in suggestions if "/event/" in each.left)


def main() -> None:
    """Measure the sizes that are given."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("sizes", type=int, nargs="*", default=[1000, 10000])
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    for size in given.sizes:
        measure(size, given.seed)


if __name__ == "__main__":
    main()
