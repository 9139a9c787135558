"""The steps of bench/growth.py, each run in a process of its own so that its memory is its own.

    python -m bench.growth_steps STEP CASE

Prints one line of JSON. A step loads the models and extracts one sentence before its clock starts
(``loading``), so that a build is told apart from the start of a process. With several workers it is
they who load the models, within the build.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

START = time.perf_counter()
WHO = "bench"
LOOKUPS = 11
#: How many documents are worth a line of progress.
TELLING = 10
SENTENCE = "“Nobody was hurt,” Anna Berg, the mayor of Oslo, said on 3 May 2019."
PERSON = "SELECT ?name WHERE { ?person a foaf:Person ; foaf:name ?name } LIMIT 1"
NAMED = 'SELECT ?entity WHERE {{ ?entity foaf:name "{}" }}'
MEGABYTE = 1024 * 1024

type Figures = dict[str, Any]


class Extraction:
    """The seconds that a build waits for findings, and where it was at each tenth of them."""

    def __init__(self, expected: int) -> None:
        self.seconds = 0.0
        self.processor = 0.0
        self.outcomes = 0
        self.marks: list[Figures] = []
        self._every = max(1, expected // 10)
        self._began = time.perf_counter()

    def timed(self, extract: Callable[..., Iterable[Any]]) -> Callable[..., Iterator[Any]]:
        """The same function, whose findings are timed one by one."""
        end = object()

        def watched(*args: Any, **settings: Any) -> Iterator[Any]:  # noqa: ANN401 - as they come
            found = iter(extract(*args, **settings))
            while True:
                began, worked = time.perf_counter(), time.process_time()
                outcome = next(found, end)
                self.seconds += time.perf_counter() - began
                self.processor += time.process_time() - worked
                if outcome is end:
                    return
                self.outcomes += 1
                if self.outcomes % self._every == 0:
                    self._mark()
                yield outcome

        return watched

    def _mark(self) -> None:
        now = time.perf_counter() - self._began
        self.marks.append(
            {"outcomes": self.outcomes, "seconds": round(now, 2), "megabytes": _resident()}
        )
        if self._every >= TELLING:
            print(f"  {self.outcomes} documents, {now:.0f} s", file=sys.stderr, flush=True)


def build(folder: Path) -> Figures:
    """Build the case; what took how long and how much."""
    with _models(folder) as found:
        found.update(_build(folder))
    return found


def decide(folder: Path) -> Figures:
    """Decide that the likeliest pair that waits for a person is one, and build."""
    from kg import Case  # noqa: PLC0415 - the clock has started

    with _models(folder) as found:
        case = Case(folder)
        began = time.perf_counter()
        waiting = case.suggestions()
        asked = time.perf_counter()
        pair = waiting[0]
        case.decide("same", pair.left, pair.right, who=WHO)
        found["suggestions"] = len(waiting)
        found["asking"] = asked - began
        found["deciding"] = time.perf_counter() - asked
        found.update(_build(folder))
    return found


def undo(folder: Path) -> Figures:
    """Take the decision back, and build."""
    from kg import Case, identity  # noqa: PLC0415 - the clock has started

    with _models(folder) as found:
        case = Case(folder)
        began = time.perf_counter()
        case.undo(identity.identify(case.decisions()[-1]), who=WHO)
        found["deciding"] = time.perf_counter() - began
        found.update(_build(folder))
    return found


def look(folder: Path) -> Figures:
    """Open the case and look one name up, for the first time and again."""
    from kg import Case  # noqa: PLC0415 - the clock has started

    imported = time.perf_counter()
    with Case(folder).reader() as reader:
        opened = time.perf_counter()
        from kg import query  # noqa: PLC0415 - Case has loaded it

        name = query.to_table(query.run(reader, PERSON)).rows[0][0]
        first = time.perf_counter()
    times = [_look_up(folder, str(name)) for _ in range(LOOKUPS)]
    openings, lookups = zip(*times, strict=True)
    return {
        "importing": imported - START,
        "opening": opened - imported,
        "first lookup": first - opened,
        "opening again": _median(openings),
        "lookup by name": _median(lookups),
    }


def _look_up(folder: Path, name: str) -> tuple[float, float]:
    from kg import Case, query  # noqa: PLC0415 - loaded before

    began = time.perf_counter()
    with Case(folder).reader() as reader:
        opened = time.perf_counter()
        rows = query.to_table(query.run(reader, NAMED.format(name))).rows
        done = time.perf_counter()
    if not rows:
        sys.exit(f"{folder}: nothing is called {name!r}")
    return opened - began, done - opened


STEPS: dict[str, Callable[[Path], Figures]] = {
    "build": build, "decide": decide, "undo": undo, "look": look,
}  # fmt: skip


@contextmanager
def _models(folder: Path) -> Iterator[Figures]:
    """Load what a build needs, and how long that took."""
    from kg import Case, extraction  # noqa: PLC0415 - the clock has started
    from kg.extraction import language  # noqa: PLC0415
    from kg.model import Document  # noqa: PLC0415

    settings = Case(folder).settings
    language.load(settings.pipeline)
    if settings.workers == 1:
        sentence = Document(
            text=SENTENCE, sha256="0" * 64, file_sha256="0" * 64, file="sentence.txt",
            location="", media_type="text/plain",
        )  # fmt: skip
        extraction.extract(sentence, settings=settings)
    found: Figures = {"loading": time.perf_counter() - START}
    yield found
    found |= _used()


def _build(folder: Path) -> Figures:
    from kg import Case, pipeline  # noqa: PLC0415 - the clock has started

    case = Case(folder)
    watched = Extraction(sum(1 for _ in case.sources.iterdir()))
    pipeline.read_all = watched.timed(pipeline.read_all)
    began, worked = time.perf_counter(), time.process_time()
    report = case.build()
    seconds, processor = time.perf_counter() - began, time.process_time() - worked
    if watched.outcomes == 0:
        sys.exit(
            "the build did not call kg.pipeline.read_all; time it anew in bench/growth_steps.py"
        )
    return {
        "call": seconds,
        "extraction": watched.seconds,
        "call, processor": processor,
        "extraction, processor": watched.processor,
        "documents": len(report.documents),
        "extracted": report.extracted,
        "set aside": len(report.set_aside),
        "copies": len(report.copies),
        "quads": report.quads,
        "marks": watched.marks,
        "disk": _disk(case),
    }


def _used() -> Figures:
    own, workers = (
        resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return {
        "cpu": own.ru_utime + own.ru_stime,
        "cpu of workers": workers.ru_utime + workers.ru_stime,
        "peak": own.ru_maxrss / 1024,
        "peak of a worker": workers.ru_maxrss / 1024,
    }


def _disk(case: Any) -> dict[str, float]:  # noqa: ANN401 - a case, whose module is loaded late
    found = {"sources": _size(case.sources)}
    for path in sorted((case.folder / ".kg").iterdir()):
        name = path.name.partition(".")[0]
        found[name] = found.get(name, 0.0) + _size(path)
    return found


def _size(folder: Path) -> float:
    """Megabytes of disk: whole blocks, as the file system counts."""
    files = (path for path in (folder, *folder.rglob("*")) if path.is_file())
    return sum(path.stat().st_blocks * 512 for path in files) / MEGABYTE


def _resident() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return round(pages * resource.getpagesize() / MEGABYTE, 1)


def _median(values: Iterable[float]) -> float:
    ordered = sorted(values)
    return ordered[len(ordered) // 2]


if __name__ == "__main__":
    print(json.dumps(STEPS[sys.argv[1]](Path(sys.argv[2]))))
