"""How well the text and the metadata of web pages are read: one line of figures.

    python bench/pages.py [PAGES]

PAGES holds ``pages/*.html.gz`` and ``ground-truth.json`` (an object by page of
``articleBody`` and ``url``); without it the folder beside the checkout is used, and nothing is
done where that is absent. F1 counts words, each page weighing the same.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from pathlib import Path

from kg.documents import Source, find, read
from kg.errors import DocumentError

DEFAULT = Path(__file__).parents[2] / "shared" / "raw" / "html"


def f1(found: str, truth: str) -> float:
    """The harmonic mean of precision and recall over words, with repetitions."""
    one, other = (Counter(re.findall(r"\w+", text)) for text in (found, truth))
    return 2 * (one & other).total() / max(1, one.total() + other.total())


def main(folder: Path) -> None:
    """Print the figures, the worst pages last."""
    truth = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))
    scores: dict[str, float] = dict.fromkeys(truth, 0.0)
    filled: Counter[str] = Counter()
    for source in find([folder / "pages"]):
        if not isinstance(source, Source):
            continue
        page = source.name.removesuffix(".html.gz")
        try:
            document = read(source)
        except DocumentError as error:
            print(error, file=sys.stderr)
            continue
        scores[page] = f1(document.text, truth[page]["articleBody"])
        fields = ("title", "author", "publisher", "published", "url", "language")
        filled.update(field for field in fields if getattr(document, field) is not None)
    print(f"pages {len(scores)}, word F1 {sum(scores.values()) / len(scores):.3f},", dict(filled))
    for page in sorted(scores, key=scores.__getitem__)[:5]:
        print(f"  {scores[page]:.3f} {page[:12]} {truth[page]['url']}")


if __name__ == "__main__":
    pages = Path(sys.argv[1]) if sys.argv[1:] else DEFAULT
    if pages.is_dir():
        main(pages)
    else:
        print(f"no pages in {pages.name!r}: skipped")
