"""A case that is built again whenever something changes that it is made of.

The system tells that something changed; what it was is seen by looking, so that nothing is lost
that was not told (on a network, while a build was under way) and nothing is built that was told
and is no change. A build begins when nothing has changed for a moment: what is being copied is
read once, when it is there.
"""

from __future__ import annotations

import datetime as dt
import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Protocol, Self

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from kg import documents
from kg.errors import (
    CaseBusyError,
    ClusterError,
    KgError,
    StoreError,
    UnreadableError,
    UnwritableError,
)
from kg.model import RULES
from kg.settings import read_settings

if TYPE_CHECKING:
    from watchdog.observers.api import BaseObserver

    from kg.pipeline import BuildReport

__all__ = ["Changes", "Notices", "Place", "Round", "Seen", "compare", "look", "watch"]

#: Seconds without a change after which what is being copied is taken to be there.
_QUIET = 1.0
#: So often it is waited for that: a file that never rests must not keep the others out.
_PATIENCE = 120
#: Seconds until it is looked without having been told.
_SELDOM = 60.0
#: Looking may take one part in so many of the time.
_SHARE = 20
#: Seconds after which a build is tried again that failed for what may pass; then twice that.
_AGAIN, _AGAIN_AT_MOST = 10.0, 600.0
#: Seconds from look to look where no changes are told.
_POLL = 5.0
#: What is told at once is taken together.
_MOMENT = 0.2
#: What may be over in a while, without any change in the case.
_PASSING = (CaseBusyError, ClusterError, StoreError, UnreadableError, UnwritableError)
#: What is told of reading, which changes nothing.
_READING = frozenset({"opened", "closed_no_write"})


@dataclass(frozen=True, slots=True)
class Place:
    """A folder in which changes count, those below it too where it is deep."""

    path: Path
    deep: bool


@dataclass(frozen=True, slots=True)
class Seen:
    """All that a build depends on, each by its name with what tells one state from another.

    ``places`` are where it lies.
    """

    files: Mapping[str, object]
    places: frozenset[Place] = field(compare=False)


@dataclass(frozen=True, slots=True)
class Changes:
    """What came, what is another, and what went, by name."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is any."""
        return bool(self.added or self.changed or self.removed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One build: when it began, after which changes, and what it gave, or why it gave nothing.

    In the first round nobody knows what changed before.
    """

    number: int
    began: dt.datetime
    seconds: float
    changes: Changes
    report: BuildReport | None
    problem: str | None
    passing: bool  #: whether the problem may be over without any change in the case


def look(folder: Path) -> Seen:
    """What a build of the case in a folder depends on, as it is now."""
    reach = documents.reach([folder / "sources"])
    files: dict[str, object] = {
        source.name: (str(source.path), _state(source.path), source.metadata)
        for source in reach.sources
    }
    for problem in reach.problems:
        files[problem.path] = f"{files.get(problem.path, '')}\n{problem.reason}"
    model = _model(folder)
    for path in (*(folder / name for name in ("kg.toml", "decisions.csv", "removed.csv")), *model):
        if (state := _state(path)) is not None:
            name = os.path.relpath(path, folder)
            files[name] = (files.get(name), state)  # a document may be called so as well
    shallow = {folder.resolve(), *(path.parent for path in model)}
    return Seen(files, _places(reach, shallow))


def _state(path: Path) -> tuple[int, ...] | None:
    """What is another when a file was written, replaced, or opened to other people."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns


def _model(folder: Path) -> tuple[Path, ...]:
    """The files of the case's own model of who said what."""
    try:
        named = read_settings(folder / "kg.toml").attribution
        return () if named in {None, RULES} else tuple(sorted(Path(str(named)).resolve().iterdir()))
    except (KgError, OSError):
        return ()


def _places(reach: documents.Reach, shallow: Iterable[Path]) -> frozenset[Place]:
    deep = {root for root in reach.roots if root.is_dir()}
    beside = {root.parent for root in reach.roots - deep}
    folders = {Path(os.path.realpath(path)) for path in {s.path.parent for s in reach.sources}}
    linked = {path for path in folders if deep.isdisjoint((path, *path.parents))}
    return frozenset(
        [Place(path, deep=True) for path in deep]
        + [Place(path, deep=False) for path in {*beside, *linked, *shallow} - deep]
    )


def compare(before: Seen, now: Seen) -> Changes:
    """What changed from one look to the next.

    >>> one, other = Seen({"a": 1, "b": 1}, frozenset()), Seen({"b": 2, "c": 1}, frozenset())
    >>> compare(one, other)
    Changes(added=('c',), changed=('b',), removed=('a',))
    """
    old, new = before.files, now.files
    return Changes(
        added=tuple(sorted(new.keys() - old.keys())),
        changed=tuple(sorted(name for name in new.keys() & old.keys() if new[name] != old[name])),
        removed=tuple(sorted(old.keys() - new.keys())),
    )


class Waiting(Protocol):
    """How time passes between two looks."""

    def follow(self, places: frozenset[Place]) -> bool:
        """Be told of changes in these places; whether it had to be asked for anew."""

    def wait(self, seconds: float) -> None:
        """Wait until a change is told, at most so long."""

    def pause(self, seconds: float) -> None:
        """Wait so long."""


def watch(
    look: Callable[[], Seen], build: Callable[[], BuildReport], waiting: Waiting
) -> Iterator[Round]:
    """Build, and build again after each change, for ever.

    A build that fails is a round too, and told once: it is tried again after the next change,
    and, where that may help, after a while.
    """
    number, tries, due = 0, 0, 0.0
    told: str | None = None
    built = Seen({}, frozenset())
    while True:
        began = time.monotonic()
        now = _follow(look, waiting) if number == 0 else _settled(look, waiting, built)
        looked = time.monotonic() - began
        if number == 0 or now != built or (tries and time.monotonic() >= due):
            number += 1
            made = _build(build, number, compare(built, now) if number > 1 else Changes())
            built = now
            tries = tries + 1 if made.passing else 0
            due = time.monotonic() + min(_AGAIN * 2 ** max(tries - 1, 0), _AGAIN_AT_MOST)
            if made.problem is None or made.problem != told:
                yield made
            told = made.problem
        else:
            waiting.pause(min(looked, _QUIET))  # who is told of very much does not only look
        rest = due - time.monotonic() if tries else _SELDOM
        waiting.wait(max(rest, looked * _SHARE))


def _build(build: Callable[[], BuildReport], number: int, changes: Changes) -> Round:
    began, start = dt.datetime.now().astimezone(), time.monotonic()
    report, problem, passing = None, None, False
    try:
        report = build()
    except KgError as error:  # its words alone: an error holds on to all that it came through
        problem, passing = str(error), isinstance(error, _PASSING)
    return Round(
        number=number,
        began=began,
        seconds=time.monotonic() - start,
        changes=changes,
        report=report,
        problem=problem,
        passing=passing,
    )


def _follow(look: Callable[[], Seen], waiting: Waiting) -> Seen:
    """What there is, with all of its places followed."""
    now = look()
    while waiting.follow(now.places):
        now = look()  # nothing was told of what came before
    return now


def _settled(look: Callable[[], Seen], waiting: Waiting, built: Seen) -> Seen:
    """What there is when nothing changes any more, or after some patience."""
    now = _follow(look, waiting)
    for _ in range(_PATIENCE):
        if now == built:
            break
        waiting.pause(_QUIET)
        before, now = now, _follow(look, waiting)
        if now == before:
            break
    return now


class Notices(FileSystemEventHandler):
    """What the system tells of changes; where it tells nothing, or ``poll`` is set, time passes.

    ``poll`` is how many seconds. ``remark`` is given what hinders the system from telling.
    """

    def __init__(
        self, *, poll: float | None = None, remark: Callable[[str], None] = lambda _: None
    ) -> None:
        self._poll = poll
        self._remark = remark
        self._told = threading.Event()
        self._places: frozenset[Place] = frozenset()
        self._observer: BaseObserver | None = None

    def __enter__(self) -> Self:
        """Ready to follow."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        """Follow nothing any more."""
        self._stop()

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Wake whoever waits, unless it is told of reading or of hidden files."""
        paths = [Path(os.fsdecode(path)) for path in (event.src_path, event.dest_path) if path]
        if event.event_type not in _READING and not all(map(self._is_hidden, paths)):
            self._told.set()

    def _is_hidden(self, path: Path) -> bool:
        """Whether a path lies in what no document is read from."""
        ways = [
            path.relative_to(place.path)
            for place in self._places
            if path.is_relative_to(place.path)
        ]
        return bool(ways) and all(any(p.startswith(".") for p in way.parts) for way in ways)

    def follow(self, places: frozenset[Place]) -> bool:
        """Be told of changes in these places; whether it had to be asked for anew."""
        if self._poll is not None or places == self._places:
            return False
        self._stop()
        self._places = places
        self._observer = observer = Observer()
        try:
            observer.start()
            for place in places:
                with suppress(FileNotFoundError, NotADirectoryError):  # gone since it was seen
                    observer.schedule(self, str(place.path), recursive=place.deep)
        except OSError as error:
            self._stop()
            self._poll = _POLL
            reason = error.strerror or str(error)
            self._remark(f"changes are not told here ({reason}); looking every {self._poll:g} s")
        return True

    def wait(self, seconds: float) -> None:
        """Wait until a change is told, at most so long; where none are told, until it is time."""
        if self._told.wait(seconds if self._poll is None else min(self._poll, seconds)):
            time.sleep(_MOMENT)
        self._told.clear()

    def pause(self, seconds: float) -> None:
        """Wait so long."""
        time.sleep(seconds)

    def _stop(self) -> None:
        if self._observer is not None and self._observer.is_alive():
            self._observer.stop()
            self._observer.join()
        self._observer = None
