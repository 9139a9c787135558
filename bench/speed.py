"""Words per second of the whole extraction beside the bare spaCy pipeline, on the same texts.

    python bench/speed.py [FOLDER] [--rounds N]

FOLDER holds plain texts, by default the development articles of PolNeAR. The two are run in
turn on every text, so that a machine whose speed drifts slows both. Prints words per second
(words are what white space parts), the ratio, and the peak memory of the process in MB.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from pathlib import Path

from kg.documents import Source, find, read
from kg.extraction import extract
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
    bare, whole = measure(documents)
    words = sum(len(document.text.split()) for document in documents)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"documents {len(documents)}, words {words}")
    print(f"bare pipeline     {words / bare:8.0f} words/s")
    print(f"whole extraction  {words / whole:8.0f} words/s")
    print(f"ratio             {bare / whole:8.2f}")
    print(f"peak memory       {peak:8.0f} MB")


def measure(documents: list[Document]) -> tuple[float, float]:
    """Seconds that the bare pipeline and the whole extraction take over the documents."""
    settings = Settings()
    nlp = load(settings.pipeline)
    extract(documents[0], settings=settings)  # the word lists are read before the clock starts
    bare = whole = 0.0
    for document in documents:
        start = time.process_time()
        nlp(document.text)
        middle = time.process_time()
        extract(document, settings=settings)
        bare += middle - start
        whole += time.process_time() - middle
    return bare, whole


if __name__ == "__main__":
    main()
