"""Words per second of the extraction beside the bare spaCy pipeline, on the same texts.

    python bench/speed.py [FOLDER] [--rounds N]

FOLDER holds plain texts, by default the development articles of PolNeAR. The bare pipeline, the
attribution tagger, the whole extraction and the extraction by rules alone are run in turn on
every text, so that a machine whose speed drifts slows all. Prints words per second of one
process's time (words are what white space parts), the ratio of each to the bare pipeline, and
the peak memory of the process in MB.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

from kg.documents import Source, find, read
from kg.extraction import extract
from kg.extraction.attribution import load_tagger
from kg.extraction.language import load
from kg.model import Document, Settings

DEFAULT = Path(__file__).parents[2] / "shared/corpora/polnear/dev/text"


def main() -> None:
    """Run both over the folder and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=DEFAULT)
    parser.add_argument("--rounds", type=int, default=1)
    options = parser.parse_args()
    if not options.folder.is_dir():
        sys.exit(f"there is no {options.folder}; name a folder of texts")
    documents = [read(s) for s in find([options.folder]) if isinstance(s, Source)] * options.rounds
    seconds = measure(documents)
    words = sum(len(document.text.split()) for document in documents)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"documents {len(documents)}, words {words}")
    for name, taken in seconds.items():
        ratio = seconds["bare pipeline"] / taken
        print(f"{name:17} {words / taken:8.0f} words/s   ratio {ratio:5.2f}")
    print(f"peak memory       {peak:8.0f} MB")


def measure(documents: list[Document]) -> dict[str, float]:
    """Seconds of the process that each takes over the documents."""
    settings, rules = Settings(), Settings(attribution="rules")
    nlp, tagger = load(settings.pipeline), load_tagger()
    if tagger is None:
        sys.exit("the package came without its model; nothing to compare")
    steps: dict[str, Callable[[Document], object]] = {
        "bare pipeline": lambda document: nlp(document.text),
        "attribution": lambda document: tagger.attribute(document.text),
        "whole extraction": lambda document: extract(document, settings=settings),
        "by rules alone": lambda document: extract(document, settings=rules),
    }
    extract(documents[0], settings=settings)  # the word lists are read before the clock starts
    seconds = dict.fromkeys(steps, 0.0)
    for document in documents:
        for name, step in steps.items():
            start = time.process_time()
            step(document)
            seconds[name] += time.process_time() - start
    return seconds


if __name__ == "__main__":
    main()
