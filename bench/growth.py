"""A case that grows: time, memory and disk of builds of 100, 1,000 and 10,000 synthetic reports.

    python -m bench.growth [--numbers N ...] [--workers N] [--folder DIR] [--again]

For each number: the build from nothing, a build when nothing changed, one more report, a decision
and its undoing, opening the case, looking a name up; and how long ``kg --help`` takes. Each step is
a process of its own. *process* is from its start to its end, *call* what ``Case.build`` takes once
the models are loaded. Extraction is the time that a build waits for findings, reading and caching
included; the rest is what building adds to it (by processor time, too, which says more on a machine
that others use; with one worker only). Memory is the largest resident set. Files are read from the
system's cache: nothing empties it between the steps.

What was measured is kept, a line of JSON for each step, in DIR/NUMBER.jsonl beside the case, and
taken from there the next time; a build that was interrupted begins anew. --again measures the
given numbers anew.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
NUMBERS = [100, 1000, 10000]
STARTS = 10
#: The case whose memory the others are held against.
BASE = 1000

type Figures = dict[str, Any]
type Steps = dict[str, Figures]  #: the figures of one number by the name of the step


def main() -> None:
    """Measure the numbers that are given, and print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--numbers", type=int, nargs="+", default=NUMBERS)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--folder", type=Path, default=Path("growth"))
    parser.add_argument("--again", action="store_true")
    given = parser.parse_args()
    found: dict[int, Steps] = {}
    for number in sorted(given.numbers):
        case = Grown(given.folder, number, given.workers)
        if given.again:
            case.clear()
        found[number] = case.measure()
    print(table(found))
    print(help_starts())


class Grown:
    """A case of so many reports, and what was measured on it."""

    def __init__(self, folder: Path, number: int, workers: int) -> None:
        self._case = folder / str(number)
        self._kept = folder / f"{number}.jsonl"
        self._number, self._workers = number, workers

    def clear(self) -> None:
        """Forget the case and its figures."""
        shutil.rmtree(self._case, ignore_errors=True)
        self._kept.unlink(missing_ok=True)

    def measure(self) -> Steps:
        """The figures of each step, those that are not there yet measured now."""
        steps = self._known()
        if "build" not in steps:
            self.clear()
            self._write(0, self._number)
            self._case.joinpath("kg.toml").write_text(f"workers = {self._workers}\n", "utf-8")
        self._step(steps, "build", "build")
        self._step(steps, "unchanged", "build")
        if "one more" not in steps:
            self._write(self._number, 1)
        self._step(steps, "one more", "build")
        if "decision" not in steps:
            self._case.joinpath("decisions.csv").unlink(missing_ok=True)  # of an interrupted run
        self._step(steps, "decision", "decide")
        self._step(steps, "undone", "undo")
        self._step(steps, "look", "look")
        for name, least in {"build": self._number, "unchanged": 0, "one more": 1}.items():
            if steps[name]["extracted"] + steps[name]["set aside"] < least:
                sys.exit(f"{self._kept}: {name!r} did not extract {least}; use --again")
        return steps

    def _known(self) -> Steps:
        if not self._kept.is_file():
            return {}
        lines = [json.loads(line) for line in self._kept.read_text("utf-8").splitlines()]
        for line in lines:
            if line["workers"] != self._workers:
                reason = f"measured with {line['workers']} workers; use --again or another folder"
                sys.exit(f"{self._kept}: {reason}")
        return {line["step"]: line for line in lines}

    def _write(self, first: int, number: int) -> None:
        command = ["bench.synthetic", str(self._case / "sources"), str(number)]
        run([*command, "--first", str(first)])

    def _step(self, steps: Steps, name: str, what: str) -> None:
        """Do one step in a process of its own, unless it is known, and keep its figures."""
        if name in steps:
            return
        print(f"{self._number}: {name}", file=sys.stderr, flush=True)
        load = os.getloadavg()[0]
        began = time.perf_counter()
        output = run(["bench.growth_steps", what, str(self._case)])
        figures = {
            "number": self._number,
            "step": name,
            "workers": self._workers,
            "when": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
            "machine": machine(),
            "load before": load,
            "process": time.perf_counter() - began,
            **json.loads(output.splitlines()[-1]),
        }
        with self._kept.open("a", encoding="utf-8") as kept:
            kept.write(json.dumps(figures) + "\n")
        steps[name] = figures


def run(module: list[str]) -> str:
    """The output of a module of this repository, run with its own kg.

    The process that starts another must be small: Linux counts its memory into the other's peak.
    """
    paths = [str(ROOT), str(ROOT / "src")]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(paths)}
    done = subprocess.run(
        [sys.executable, "-m", *module],
        env=environment, stdout=subprocess.PIPE, encoding="utf-8", check=False,
    )  # fmt: skip
    if done.returncode:
        sys.exit(f"python -m {' '.join(module)} failed (exit {done.returncode})")
    return done.stdout


def machine() -> str:
    """What this ran on."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3
    cores = len(os.sched_getaffinity(0))
    processor = platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.is_file():
        named = [line for line in cpuinfo.read_text("utf-8").splitlines() if "model name" in line]
        processor = named[0].partition(":")[2].strip() if named else processor
    return f"{cores} cores, {memory:.0f} GiB, {processor}, Python {platform.python_version()}"


def help_starts() -> str:
    """How long ``kg --help`` takes beside the bare interpreter, medians of so many starts."""
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}

    def median(arguments: list[str]) -> float:
        times = []
        for _ in range(STARTS):
            began = time.perf_counter()
            subprocess.run(
                [sys.executable, *arguments], env=environment, stdout=subprocess.DEVNULL, check=True
            )
            times.append(time.perf_counter() - began)
        return statistics.median(times)

    bare = median(["-c", "pass"])
    return f"kg --help {median(['-m', 'kg', '--help']):.3f} s, the bare interpreter {bare:.3f} s"


# The table

#: What stands in each row: a label, and the figure of one number, whose memory is held against a
#: base where there is one.
type Row = tuple[str, Callable[[Steps, Steps | None], str]]


def _figure(step: str, name: str, digits: int = 1) -> Callable[[Steps, Steps | None], str]:
    return lambda steps, _: f"{steps[step][name]:,.{digits}f}"


def _share(step: str, name: str, digits: int = 2) -> Callable[[Steps, Steps | None], str]:
    return lambda steps, _: f"{100 * steps[step][name] / steps['build'][name]:.{digits}f} %"


def _rest(step: str) -> Callable[[Steps, Steps | None], str]:
    return lambda steps, _: f"{steps[step]['call'] - steps[step]['extraction']:,.1f}"


def _added(steps: Steps, _: Steps | None) -> str:
    built = steps["build"]
    return f"{100 * (built['call'] / built['extraction'] - 1):.1f} %"


def _added_work(steps: Steps, _: Steps | None) -> str:
    built = steps["build"]
    if built["workers"] > 1:
        return "-"
    return f"{100 * (built['call, processor'] / built['extraction, processor'] - 1):.1f} %"


def _a_thousand(steps: Steps, _: Steps | None) -> str:
    return f"{1000 * steps['build']['call'] / steps['build']['documents']:,.1f}"


def _against_base(name: str) -> Callable[[Steps, Steps | None], str]:
    def ratio(steps: Steps, base: Steps | None) -> str:
        return f"{steps['build'][name] / base['build'][name]:.2f}" if base else "-"

    return ratio


def _again(step: str) -> list[Row]:
    return [
        (f"{step}: process, s", _figure(step, "process")),
        ("  call, s", _figure(step, "call", 2)),
        ("  of which extraction, s", _figure(step, "extraction", 2)),
        ("  process, of the whole build's", _share(step, "process")),
        ("  call, of the whole build's", _share(step, "call")),
        ("  peak memory, MB", _figure(step, "peak", 0)),
    ]


def _rows(found: dict[int, Steps]) -> list[Row]:
    places = sorted({name for steps in found.values() for name in steps["build"]["disk"]})
    return [
        ("documents", _figure("build", "documents", 0)),
        ("quads", _figure("build", "quads", 0)),
        ("build: process, s", _figure("build", "process")),
        ("  import and models, s", _figure("build", "loading")),
        ("  call, s", _figure("build", "call")),
        ("  of which extraction, s", _figure("build", "extraction")),
        ("  of which the rest, s", _rest("build")),
        ("  the rest adds to extraction", _added),
        ("  the same, processor time", _added_work),
        ("  call, s per 1,000 documents", _a_thousand),
        ("  processor, s", _figure("build", "cpu")),
        ("  processor of workers, s", _figure("build", "cpu of workers")),
        ("  peak memory, MB", _figure("build", "peak", 0)),
        ("  peak memory of a worker, MB", _figure("build", "peak of a worker", 0)),
        (f"  peak memory, times that of {BASE:,}", _against_base("peak")),
        *((f"disk: {name}, MB", _disk(name)) for name in places),
        *_again("unchanged"),
        *_again("one more"),
        ("pairs that wait for a person", _figure("decision", "suggestions", 0)),
        ("  to list them, s", _figure("decision", "asking", 2)),
        ("  to decide on one, s", _figure("decision", "deciding", 2)),
        *_again("decision"),
        *_again("undone"),
        ("look: process, s", _figure("look", "process", 3)),
        ("  import, s", _figure("look", "importing", 3)),
        ("  open the case, s", _figure("look", "opening", 3)),
        ("  open it again, s", _figure("look", "opening again", 4)),
        ("  look a name up, s", _figure("look", "lookup by name", 4)),
    ]


def _disk(name: str) -> Callable[[Steps, Steps | None], str]:
    return lambda steps, _: f"{steps['build']['disk'].get(name, 0):,.1f}"


def table(found: dict[int, Steps]) -> str:
    """All figures side by side, as a table in Markdown, below the machines they were taken on."""
    base = found.get(BASE)
    lines = sorted({figures["machine"] for steps in found.values() for figures in steps.values()})
    lines += ["", f"| reports | {' | '.join(f'{number:,}' for number in found)} |"]
    lines.append(f"| --- {'| ---: ' * len(found)}|")
    for label, figure in _rows(found):
        values = " | ".join(figure(steps, base) for steps in found.values())
        lines.append(f"| {label} | {values} |")
    lines.append("\ncourse of the builds: documents, seconds, resident megabytes")
    for number, steps in found.items():
        marks = [
            f"{mark['outcomes']:,} {mark['seconds']:.0f} {mark['megabytes']:.0f}"
            for mark in steps["build"]["marks"]
        ]
        lines.append(f"{number:,}: {'; '.join(marks)}")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
