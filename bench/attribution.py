"""Attribution measured on PolNeAR dev with the project's scorer.

    python bench/attribution.py [GOLD_FOLDER] [--model rules|FOLDER]

``--model rules`` is what is left where the package came without its model. Prints what
``../shared/tools/score_attribution.py`` prints: precision, recall and F1 of content, source and
pair (source and content both close), exact and close, and recall by mode.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from kg.extraction import to_json
from kg.model import Findings, Settings
from kg.reading import extract

SHARED = Path(__file__).parents[2] / "shared"


def main() -> None:
    """Extract the texts of a gold folder and score the claims."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", nargs="?", type=Path, default=SHARED / "corpora/polnear/dev")
    parser.add_argument("--model", help="rules, or the folder of a model")
    options = parser.parse_args()
    gold: Path = options.gold
    scorer = SHARED / "tools/score_attribution.py"
    if not gold.is_dir() or not scorer.is_file():
        sys.exit(f"there is no {gold} or no {scorer}: this bench needs the shared corpora")
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as predictions:
        for source, outcome in extract([gold / "text"], Settings(attribution=options.model)):
            if isinstance(outcome, Findings):
                print(json.dumps(to_json(outcome, path=source.path.as_posix())), file=predictions)
        predictions.flush()
        subprocess.run([sys.executable, str(scorer), str(gold), predictions.name], check=True)


if __name__ == "__main__":
    main()
