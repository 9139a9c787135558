"""Write the tagger's claims for a folder of texts, as the attribution scorer reads them.

python -m training.attribution.predict --texts ../shared/corpora/polnear/dev/text --out dev.jsonl
"""

from __future__ import annotations

import argparse
import json
import logging
import re
import time
from pathlib import Path

from kg.extraction.attribution.tagger import Tagger, load_tagger

__all__ = ["predict"]

log = logging.getLogger("predict")


def predict(tagger: Tagger, texts: Path, out: Path) -> None:
    """Write one line of JSON a text; the log says how many words a second were read."""
    words, seconds = 0, 0.0
    with out.open("w", encoding="utf-8") as file:
        for path in sorted(texts.glob("*.txt")):
            text = path.read_bytes().decode("utf-8")
            began = time.perf_counter()
            found = tagger.attribute(text)
            seconds += time.perf_counter() - began
            words += len(re.findall(r"\w+", text))
            claims = [
                {"source": each.source, "cue": each.cue, "content": each.content} for each in found
            ]
            file.write(json.dumps({"document": path.name, "claims": claims}) + "\n")
    log.info("%d words in %.1f s, %.0f words/s", words, seconds, words / max(seconds, 1e-9))


def main() -> None:
    """Predict for one folder."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--texts", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--model", type=Path, help="a folder that export wrote")
    given = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    tagger = load_tagger(str(given.model) if given.model else None)
    if tagger is None:
        parser.error("there is no model; give the folder that export wrote with --model")
    predict(tagger, given.texts, given.out)


if __name__ == "__main__":
    main()
