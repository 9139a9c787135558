"""What a second worker is worth: the same reports, built by one and by two.

    python -m bench.workers [NUMBER] [--workers N] [--rounds N]

NUMBER synthetic reports (bench/synthetic.py) are built from nothing in turn, in processes of their
own: by one worker, by N, and as N cases of an N-th of the reports each, built at once by one worker
each. The last is what the machine itself allows, as nothing there waits for anything. Each round
turns the order round. Prints the seconds of

* the whole process: what a person waits for. Every worker loads the models, which one does once;
* the findings, from the first tenth of the documents to the last one: when all have loaded;
* the rest, which one process does however many workers there are;

and the processor seconds of all processes together, which grow where they get into each other's
way. Medians of the rounds, and how many times one worker's speed that is. A machine that others use
at the same time says nothing; its load when the first round begins is printed.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from bench.growth import machine, run

NUMBER, ROUNDS = 300, 3

type Figures = dict[str, float]


def main() -> None:
    """Build so many reports in all ways, and print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("number", type=int, nargs="?", default=NUMBER)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    given = parser.parse_args()
    print(f"{machine()}; load {os.getloadavg()[0]:.2f}")
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        run(["bench.synthetic", str(folder / "reports"), str(given.number)])
        found = measure(folder, given.workers, given.rounds)
    print(table(found, given.number))


def measure(folder: Path, workers: int, rounds: int) -> dict[str, list[Figures]]:
    """The figures of each way, round by round."""
    reports = sorted((folder / "reports").iterdir())
    ways = {
        "one worker": lambda: _build(folder / "one", reports, 1),
        f"{workers} workers": lambda: _build(folder / "several", reports, workers),
        f"{workers} cases at once": lambda: _apart(folder, reports, workers),
    }
    found: dict[str, list[Figures]] = {name: [] for name in ways}
    for number in range(rounds):
        names = list(ways) if number % 2 == 0 else list(reversed(ways))
        for name in names:
            found[name].append(ways[name]())
    return found


def _build(case: Path, reports: list[Path], workers: int) -> Figures:
    """Build a case from nothing; its seconds."""
    shutil.rmtree(case, ignore_errors=True)
    (case / "sources").mkdir(parents=True)
    for path in reports:
        shutil.copy(path, case / "sources")
    case.joinpath("kg.toml").write_text(f"workers = {workers}\n", "utf-8")
    began = time.perf_counter()
    output = run(["bench.growth_steps", "build", str(case)])
    process = time.perf_counter() - began
    return {"process": process} | _seconds(json.loads(output.splitlines()[-1]))


def _seconds(figures: dict[str, Any]) -> Figures:
    marks = figures["marks"]
    return {
        "findings, once loaded": marks[-1]["seconds"] - marks[0]["seconds"],
        "rest": figures["call"] - figures["extraction"],
        "processor": figures["cpu"] + figures["cpu of workers"],
    }


def _apart(folder: Path, reports: list[Path], workers: int) -> Figures:
    """Build a part of the reports each at once; the seconds of the slowest, all processor time."""
    began = time.perf_counter()
    with ThreadPoolExecutor(workers) as pool:
        parts = list(
            pool.map(
                lambda at: _build(folder / f"part{at}", reports[at::workers], 1), range(workers)
            )
        )
    slowest = {name: max(part[name] for part in parts) for name in parts[0]}
    processor = sum(part["processor"] for part in parts)
    return slowest | {"process": time.perf_counter() - began, "processor": processor}


def table(found: dict[str, list[Figures]], number: int) -> str:
    """The medians of each way, and the first way's divided by them."""
    middle = {
        name: {key: statistics.median(each[key] for each in rounds) for key in rounds[0]}
        for name, rounds in found.items()
    }
    base = next(iter(middle.values()))
    rounds = len(next(iter(found.values())))
    lines = [
        f"{number} reports, medians of {rounds} rounds: seconds (times as fast as one worker)",
        f"| | {' | '.join(middle)} |",
        f"| --- {'| ---: ' * len(middle)}|",
    ]
    for key in base:
        values = [f"{each[key]:.1f} ({base[key] / each[key]:.2f})" for each in middle.values()]
        lines.append(f"| {key} | {' | '.join(values)} |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
