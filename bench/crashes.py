"""Kill a build at random moments, and see that the next one ends in the same graph.

    python bench/crashes.py [NUMBER] [--seed N]

A process that has loaded the models makes a child that adds documents, changes one, decides or
takes a document out, and builds; the child is killed (SIGKILL) at a moment drawn evenly from the
time that this takes when nobody disturbs it. Then the case is opened: what it holds must be the
graph from before or the graph from after, and building on must end in the very graph, by canonical
hash, that a build from nothing makes. Prints how many kills were recovered, and where they hit.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import signal
import sys
import tempfile
import time
import warnings
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from kg import Case
from kg.errors import KgError, NoCaseError
from kg.turns import unfinished

REPORTS = Path(__file__).parents[1] / "data" / "reports"
WHO = "bench"


def main() -> None:
    """Kill so many builds and print what became of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("number", nargs="?", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = random.Random(options.seed)  # noqa: S311 - moments, no secrets
    warnings.filterwarnings("ignore", "This process .* is multi-threaded", DeprecationWarning)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        trials = [Trial(folder, name, action) for name, action in ACTIONS.items()]
        found = Counter[str]()
        for number in range(options.number):
            trial = chance.choice(trials)
            phase, outcome = trial.run(chance)
            found[f"{trial.name}: {phase}"] += 1
            found[outcome] += 1
            print(f"{number + 1:4} {trial.name:10} killed while {phase:24} {outcome}", flush=True)
    print(f"\nkills {options.number}, recovered to the same hash {found['recovered']}")
    for what, times in sorted(found.items()):
        print(f"{times:5}  {what}")
    sys.exit(0 if found["recovered"] == options.number else 1)


def start(folder: Path) -> Case:
    """A case of half of the sample reports, built."""
    case = Case(folder)
    case.sources.mkdir(parents=True)
    for path in sorted(REPORTS.iterdir())[::2]:
        shutil.copy(path, case.sources)
    case.build()
    return case


def add(case: Case) -> None:
    """The other half of the reports."""
    for path in sorted(REPORTS.iterdir())[1::2]:
        shutil.copy(path, case.sources)


def change(case: Case) -> None:
    """One report says more than before."""
    path = min(case.sources.glob("*.txt"))
    text = (REPORTS / path.name).read_text("utf-8")
    path.write_text(f"{text}\nAnna Berg died in Oslo.\n", encoding="utf-8")


def decide(case: Case) -> None:
    """A line of decisions.csv."""
    if not case.decisions():
        case.correct("rename", _person(case), "Witness A", who=WHO)


def remove(case: Case) -> None:
    """A line of removed.csv."""
    if not case.removals():
        case.remove(min(path.name for path in case.sources.glob("*.txt")), who=WHO)


ACTIONS: dict[str, Callable[[Case], None]] = {
    "add": add, "change": change, "decide": decide, "remove": remove,
}  # fmt: skip


def _person(case: Case) -> str:
    return next(str(row["entity"]) for row in case.ask("who") if row["kind"] == "person")


class Trial:
    """One kind of work on a case, done once undisturbed to know its time and its end."""

    def __init__(self, folder: Path, name: str, action: Callable[[Case], None]) -> None:
        self.name = name
        self._action = action
        self._template = start(folder / f"{name}-before").folder
        self._case = folder / f"{name}-case"
        self._before = Case(self._template).hash()
        done = Case(folder / f"{name}-after")
        shutil.copytree(self._template, done.folder)
        began = time.monotonic()
        self._do(done)
        self._takes = time.monotonic() - began
        if done.hash() != _from_nothing(done):
            sys.exit(f"{name}: growing and building from nothing differ without any kill")

    def run(self, chance: random.Random) -> tuple[str, str]:
        """Where a kill hit, and "recovered" or what is wrong afterwards."""
        shutil.rmtree(self._case, ignore_errors=True)
        shutil.copytree(self._template, self._case)
        child = os.fork()
        if child == 0:
            self._work()
        time.sleep(chance.uniform(0, self._takes))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        phase = self._phase()
        try:
            return phase, self._recover()
        except KgError as error:
            return phase, f"failed: {error}"

    def _work(self) -> None:
        try:
            self._do(Case(self._case))
        finally:
            os._exit(0)

    def _do(self, case: Case) -> None:
        self._action(case)
        case.build()

    def _phase(self) -> str:
        kept = self._case / ".kg"
        if unfinished(kept) is None:
            return "before or after the build"
        current = (kept / "store" / "current").read_text("utf-8").strip()
        made = [path.name for path in (kept / "store").glob("generation-*")]
        number = re.compile(r"\d+")  # one half made is called generation-8.tmp
        if any(int(number.findall(name)[0]) > int(number.findall(current)[0]) for name in made):
            return "writing the store"
        return "reading and extracting" if len(made) < 2 else "switching or tidying"  # noqa: PLR2004

    def _recover(self) -> str:
        case = Case(self._case)
        try:
            held = case.hash()
        except NoCaseError:
            return "failed: the graph from before is gone"
        self._do(case)
        expected = _from_nothing(case)
        if held not in {self._before, expected}:
            return "failed: half a graph"
        return "recovered" if case.hash() == expected else "failed: another graph"


def _from_nothing(case: Case) -> str:
    """The hash of the same sources and decisions, built in a new place; only extraction is kept."""
    other = case.folder.with_name(f"{case.folder.name}-nothing")
    shutil.rmtree(other, ignore_errors=True)
    shutil.copytree(case.folder, other, ignore=shutil.ignore_patterns("store", "ledger*", "build*"))
    Case(other).build()
    return Case(other).hash()


if __name__ == "__main__":
    main()
