"""Extraction by whoever there is: this process, others on this machine, a Dask cluster.

All three are executors of ``concurrent.futures`` and run the same function, so that it makes
no difference to the findings who made them. Documents are read here and travel as values:
workers need kg and its models, and none of the files.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from multiprocessing.connection import wait

from kg import extraction
from kg.errors import (
    ClusterError,
    DocumentError,
    ExtractionFailedError,
    KgError,
    PackagesMissingError,
)
from kg.extraction import language
from kg.extraction.attribution import attribution_version, load_tagger
from kg.model import Document, Findings, Settings
from kg.time_limit import TookTooLongError, time_limit

__all__ = ["Crew", "crew", "extract_each", "took_too_long"]

#: How many documents a worker has waiting, so that it never waits for the next one itself.
_AHEAD = 2
#: Seconds until a cluster must answer and have a worker.
_PATIENCE = 30.0


@dataclass(frozen=True, slots=True)
class Crew:
    """Who extracts: how a document is handed over, and how many are handed over at a time."""

    submit: Callable[[Document], Future[Findings]]
    window: Callable[[], int]


@contextmanager
def crew(settings: Settings) -> Iterator[Crew]:
    """Who extracts, for as long as the context lasts: one worker is this process.

    Where the settings name a cluster, the number of workers is the cluster's own.

    Raises:
        ClusterError: If nobody answers there, or its workers have another kg or other models.
        PackagesMissingError: If a cluster is named and ``distributed`` is not installed.
    """
    if settings.cluster is not None:
        with _on_cluster(settings, settings.cluster) as made:
            yield made
    elif settings.workers > 1:
        with _in_processes(settings, settings.workers) as made:
            yield made
    else:
        yield Crew(lambda document: _at_once(document, settings), lambda: 1)


def extract_each[Key, Known](
    items: Iterable[tuple[Key, Document | Known]], by: Crew
) -> Iterator[tuple[Key, Findings | Known | DocumentError]]:
    """Each item with its findings, or why there are none, in the order of the items.

    What is no document is handed on as it is. No more items are taken than the crew's window
    holds, so that memory does not grow with their number.
    """
    under_way: deque[tuple[Key, Future[Findings] | Known]] = deque()
    for key, item in items:
        under_way.append((key, by.submit(item) if isinstance(item, Document) else item))
        while under_way and (len(under_way) >= by.window() or not _pending(under_way[0][1])):
            yield _outcome(*under_way.popleft())
    while under_way:
        yield _outcome(*under_way.popleft())


def _pending(item: object) -> bool:
    return isinstance(item, Future) and not item.done()


def _outcome[Key, Known](
    key: Key, item: Future[Findings] | Known
) -> tuple[Key, Findings | Known | DocumentError]:
    if not isinstance(item, Future):
        return key, item
    try:
        return key, item.result()
    except DocumentError as problem:
        return key, problem


# What every worker does


def _extract(document: Document, settings: Settings) -> Findings:
    """The findings of one document.

    Raises:
        ExtractionFailedError: If they take too long, or the extraction fails on this document,
            which is a defect of it: the run over the other documents goes on.
    """
    _ready(settings)  # not at the cost of the first document's time
    try:
        with time_limit(settings.seconds):
            return extraction.extract(document, settings=settings)
    except TookTooLongError as error:
        raise ExtractionFailedError(document.file, took_too_long("it", settings)) from error
    except KgError:
        raise
    except MemoryError as error:
        raise ExtractionFailedError(document.file, "there is not enough memory for it") from error
    except Exception as error:  # a defect on one document must not end the run over the others
        reason = f"the extraction failed ({type(error).__name__}: {error}); please report it"
        raise ExtractionFailedError(document.file, reason) from error


def took_too_long(what: str, settings: Settings) -> str:
    """Why a document is set aside whose time is over, and what to do."""
    limit = f"{what} took longer than {settings.seconds} seconds"
    return f"{limit}; split it into parts or set seconds in kg.toml"


def _ready(settings: Settings) -> None:
    """Load the models, which is done once."""
    language.load(settings.pipeline)
    load_tagger(settings.attribution)


def _at_once(document: Document, settings: Settings) -> Future[Findings]:
    done: Future[Findings] = Future()
    try:
        done.set_result(_extract(document, settings))
    except DocumentError as problem:
        done.set_exception(problem)
    return done


# Processes of this machine


@contextmanager
def _in_processes(settings: Settings, workers: int) -> Iterator[Crew]:
    pool = _Processes(settings, workers)
    try:
        yield Crew(pool.submit, lambda: workers * _AHEAD)
    finally:
        pool.close()


class _Processes:
    """A pool of processes that goes on when one of them is lost.

    A lost process (killed, out of memory) takes down the whole pool of the standard library.
    What was under way is then done again, one document at a time: so the one at fault is
    known, and set aside.
    """

    def __init__(self, settings: Settings, workers: int) -> None:
        self._settings = settings
        self._workers = workers
        self._pool: Executor = self._start(workers)
        self._alone: Executor | None = None

    def _start(self, workers: int) -> Executor:
        # Threads of the language libraries do not survive a fork.
        return ProcessPoolExecutor(
            workers,
            mp_context=multiprocessing.get_context("spawn"),
            initializer=_prepare,
            initargs=(self._settings,),
        )

    def submit(self, document: Document) -> Future[Findings]:
        promised: Future[Findings] = _Retried(lambda: self._again(document))
        try:
            made = self._pool.submit(_extract, document, self._settings)
        except BrokenProcessPool:
            self._pool = self._start(self._workers)
            made = self._pool.submit(_extract, document, self._settings)
        made.add_done_callback(lambda done: _pass_on(done, promised))
        return promised

    def _again(self, document: Document) -> Findings:
        if self._alone is None:
            self._alone = self._start(1)
        try:
            return self._alone.submit(_extract, document, self._settings).result()
        except BrokenProcessPool as error:
            self._alone = None
            reason = "the process that read it was ended, perhaps for want of memory"
            raise ExtractionFailedError(document.file, reason) from error

    def close(self) -> None:
        for pool in filter(None, (self._pool, self._alone)):
            pool.shutdown(wait=True, cancel_futures=True)


class _Retried(Future[Findings]):
    """A future whose document is done again, by whoever waits for it, where its pool broke."""

    def __init__(self, again: Callable[[], Findings]) -> None:
        super().__init__()
        self._again = again

    def result(self, timeout: float | None = None) -> Findings:
        try:
            return super().result(timeout)
        except BrokenProcessPool:
            return self._again()


def _pass_on(done: Future[Findings], promised: Future[Findings]) -> None:
    if done.cancelled():
        promised.cancel()
    elif (problem := done.exception()) is not None:
        promised.set_exception(problem)
    else:
        promised.set_result(done.result())


def _prepare(settings: Settings) -> None:
    """Make a process ready: it loads the models, and ends with the one that started it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupt is for the one that started it
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()
    with suppress(KgError):  # what is missing is said of the first document
        _ready(settings)


def _end_with(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)


# A cluster


@contextmanager
def _on_cluster(settings: Settings, address: str) -> Iterator[Crew]:
    try:
        from distributed import Client  # noqa: PLC0415 - an extra, and slow to import
        from distributed.scheduler import KilledWorker  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise PackagesMissingError("a cluster", ["distributed"], "cluster") from error
    try:
        client = Client(address, timeout=_PATIENCE, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        raise ClusterError(address, f"nobody answers there ({error})") from error
    with client:
        _check_workers(client, settings, address)

        def submit(document: Document) -> Future[Findings]:
            promised: Future[Findings] = Future()
            # Not pure: the cache here knows what was done before, the cluster should forget it.
            made = client.submit(_extract, document, settings, pure=False)

            def pass_on(_: object) -> None:
                problem = made.exception()
                if isinstance(problem, KilledWorker):
                    reason = "it ended several workers, perhaps for want of memory"
                    promised.set_exception(ExtractionFailedError(document.file, reason))
                elif problem is not None:
                    promised.set_exception(problem)
                else:
                    promised.set_result(made.result())
                made.release()

            made.add_done_callback(pass_on)
            return promised

        def window() -> int:
            known = client.scheduler_info(n_workers=-1)["workers"].values()
            return max(1, sum(int(each["nthreads"]) for each in known)) * _AHEAD

        yield Crew(submit, window)


def _check_workers(client: object, settings: Settings, address: str) -> None:
    """Load the models on every worker, and see that they are those of here.

    Raises:
        ClusterError: If there is no worker, or one that would find something else than here.
    """
    try:
        client.wait_for_workers(1, timeout=_PATIENCE)  # type: ignore[attr-defined]
    except TimeoutError as error:
        raise ClusterError(address, "it has no workers; start some") from error
    here = _versions(settings)
    try:
        theirs = client.run(_versions, settings)  # type: ignore[attr-defined]
    except KgError as error:
        raise ClusterError(address, f"a worker cannot extract: {error}") from error
    except Exception as error:  # what a worker cannot load comes as the plainest of exceptions
        reason = f"its workers cannot run kg ({error}); install the same kg there"
        raise ClusterError(address, reason) from error
    for worker, there in theirs.items():
        for name, ours in here.items():
            if there.get(name) != ours:
                reason = f"{worker} has {name} {there.get(name)!r}, here it is {ours!r}"
                raise ClusterError(address, reason)


def _versions(settings: Settings) -> dict[str, str]:
    """What findings depend on beside the document; asking loads the pipeline."""
    found = {"extraction": extraction.fingerprint()}
    with suppress(PackageNotFoundError):
        found["kg"] = version("kg")
    found["pipeline"] = language.pipeline_version(language.load(settings.pipeline))
    found["attribution"] = attribution_version(settings.attribution)
    return found
