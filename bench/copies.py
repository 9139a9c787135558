"""How many near copies are found, and how many pairs are no copies.

    python -m bench.copies FOLDER [--seed N]

Every text below FOLDER is taken as it is, and twice more: edited as papers edit an agency text (a
headline of its own, one sentence in four cut, one word in twelve changed), and as three sentences
inside of another article. The pairs that must be found are known; all others are counted apart.
"""

from __future__ import annotations

import argparse
import random
import re
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from kg.model import Span
from kg.statements.comparison.copies import Sketch, find_copies, sketch

_SENTENCE = re.compile(r"\S.+?(?:[.!?]['\"”’]*(?=\s)|\n\n|\Z)", re.DOTALL)
_TAKEN = 3  # sentences inside of another article


def sentences(text: str) -> list[str]:
    """The sentences of a text, roughly."""
    return [" ".join(found[0].split()) for found in _SENTENCE.finditer(text)]


def edited(said: Sequence[str], words: Sequence[str], chance: random.Random) -> list[str]:
    """The text under another headline, shorter, and with other words here and there."""
    kept = [each for each in said[1:] if chance.random() > 1 / 4]
    changed = [
        " ".join(
            chance.choice(words) if chance.random() < 1 / 12 else word for word in each.split()
        )
        for each in kept
    ]
    return [" ".join(chance.choices(words, k=8)) + ".", *changed]


def inside(said: Sequence[str], other: Sequence[str], chance: random.Random) -> list[str]:
    """Another article with some sentences of this one in the middle."""
    at, middle = chance.randrange(len(said) - _TAKEN + 1), len(other) // 2
    return [*other[:middle], *said[at : at + _TAKEN], *other[middle:]]


def sketched(name: str, said: Sequence[str]) -> Sketch:
    """A document of these sentences."""
    text, spans = "", []
    for each in said:
        spans.append(Span(len(text), len(text) + len(each)))
        text += f"{each} "
    return sketch(name, text, spans)


def documents(texts: Sequence[str], chance: random.Random) -> Iterator[tuple[str, list[str]]]:
    """Half of the texts as they are, edited, and each inside of one of the other half."""
    read = [each for each in map(sentences, texts) if len(each) > 2 * _TAKEN]
    words = [word for said in read for each in said for word in each.split()]
    half = len(read) // 2
    for number, (said, host) in enumerate(zip(read[:half], read[half:], strict=False)):
        yield f"{number:04}-text", said
        yield f"{number:04}-edited", edited(said, words, chance)
        yield f"{number:04}-inside", inside(said, host, chance)


def main() -> None:
    """Print what is found of the copies and beside them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    texts = [path.read_text(encoding="utf-8") for path in sorted(given.folder.rglob("*.txt"))]
    chance = random.Random(given.seed)  # noqa: S311 - copies, not keys
    made = dict(documents(texts, chance))
    started = time.perf_counter()
    copies = find_copies([sketched(name, said) for name, said in made.items()])
    took = time.perf_counter() - started
    found = {(pair.left, pair.right) for pair in copies.shared}
    numbers = sorted({name.partition("-")[0] for name in made})
    for kind in ("edited", "inside"):
        hit = sum((f"{n}-{kind}", f"{n}-text") in found for n in numbers)
        print(f"{kind}: {hit} of {len(numbers)}")
    beside = {pair for pair in found if pair[0].partition("-")[0] != pair[1].partition("-")[0]}
    print(f"other pairs: {len(beside)} of {len(made) * (len(made) - 1) // 2}")
    for left, right in sorted(beside)[:10]:
        print(f"  {left} {right}")
    print(f"{len(made)} documents in {took:.2f} s")


if __name__ == "__main__":
    main()
