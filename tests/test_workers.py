"""Extraction by several: the same findings, whoever makes them and whoever is lost meanwhile."""

from __future__ import annotations

import json
import multiprocessing
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest

from kg import reading, workers
from kg.errors import ClusterError, EmptyDocumentError, ExtractionFailedError, KgError
from kg.model import Document, Findings, Settings
from kg.time_limit import TookTooLongError, time_limit
from tests.examples import document

SETTINGS = Settings()


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    for number in range(8):
        text = f"Anna Berg said on Monday that {number + 2} men were arrested in Oslo.\n"
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    (folder / "3-empty.txt").write_text("", encoding="utf-8")
    return folder


def findings(folder: Path, **options: object) -> list[tuple[str, object]]:
    found = reading.extract([folder], replace(SETTINGS, **options))  # type: ignore[arg-type]
    return [
        (source.name, str(each) if isinstance(each, KgError) else each) for source, each in found
    ]


def documents(number: int) -> list[tuple[str, Document]]:
    texts = (f"Anna Berg met {n + 2} men in Oslo." for n in range(number))
    return [(f"{n}.txt", document(text, file=f"{n}.txt")) for n, text in enumerate(texts)]


# Processes of this machine


def test_two_processes_find_what_one_finds_in_the_same_order(reports: Path) -> None:
    assert findings(reports, workers=2) == findings(reports)


def test_documents_of_a_lost_process_are_done_again() -> None:
    with workers.crew(SETTINGS) as alone:
        expected = list(workers.extract_each(documents(12), alone))
    with workers.crew(replace(SETTINGS, workers=2)) as by:
        results = workers.extract_each(documents(12), by)
        found = list(islice(results, 2))
        for child in multiprocessing.active_children():
            child.kill()
        found += results
    assert found == expected


def test_a_document_that_ends_every_process_is_set_aside() -> None:
    over = threading.Event()

    def kill() -> None:
        while not over.wait(0.05):
            for child in multiprocessing.active_children():
                child.kill()

    killer = threading.Thread(target=kill)
    killer.start()
    try:
        with workers.crew(replace(SETTINGS, workers=2)) as by:
            [(name, outcome)] = workers.extract_each(documents(1), by)
    finally:
        over.set()
        killer.join()
    assert name == "0.txt"
    assert isinstance(outcome, ExtractionFailedError)
    assert "memory" in str(outcome)


def test_what_is_no_document_keeps_its_place_among_them() -> None:
    (one, two), empty = documents(2), EmptyDocumentError("empty.txt", "it holds no text")
    with workers.crew(SETTINGS) as by:
        found = list(workers.extract_each([one, ("empty.txt", empty), two], by))
    assert [name for name, _ in found] == ["0.txt", "empty.txt", "1.txt"]
    assert found[1][1] is empty


# Limits and defects


def test_a_document_that_takes_too_long_is_set_aside() -> None:
    long = document("Anna Berg met two men in Oslo. " * 20_000, file="long.txt")
    with workers.crew(replace(SETTINGS, seconds=3)) as by:
        found = dict(workers.extract_each([("long.txt", long), *documents(1)], by))
    assert isinstance(found["long.txt"], ExtractionFailedError)
    assert "3 seconds" in str(found["long.txt"])
    assert isinstance(found["0.txt"], Findings)


def test_a_block_that_is_done_in_time_is_never_ended_later() -> None:
    for _ in range(50):
        with time_limit(1):
            pass
    time.sleep(1.2)


def test_a_block_is_ended_in_any_thread() -> None:
    ended: list[bool] = []

    def work() -> None:
        try:
            with time_limit(0.05):
                while True:
                    pass
        except TookTooLongError:
            ended.append(True)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join(30)
    assert ended == [True]


@pytest.mark.parametrize(
    "error",
    [
        EmptyDocumentError("a.txt", "it holds no text"),
        ExtractionFailedError("a.txt", "why"),
        ClusterError("tcp://127.0.0.1:1", "nobody answers there"),
    ],
)
def test_errors_travel_between_processes_whole(error: KgError) -> None:
    arrived = pickle.loads(pickle.dumps(error))  # noqa: S301 - as processes do
    assert type(arrived) is type(error)
    assert str(arrived) == str(error)
    assert vars(arrived) == vars(error)


# A cluster


class Cluster:
    """A real scheduler and real workers on this machine's own address."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "scheduler.json"
        self._folder = folder
        self.workers: list[subprocess.Popen[bytes]] = []
        self._scheduler = self._start(
            "dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-show", "--no-dashboard"
        )

    def _start(self, command: str, *options: str) -> subprocess.Popen[bytes]:
        line = [sys.executable, "-m", f"distributed.cli.{command}"]
        line += ["--scheduler-file", str(self._file), *options]
        with (self._folder / f"{command}.log").open("ab") as log:
            return subprocess.Popen(line, cwd=self._folder, stdout=log, stderr=log)

    def add_worker(self) -> None:
        options = ("--no-nanny", "--no-dashboard", "--nthreads", "1", "--host", "127.0.0.1")
        self.workers.append(self._start("dask_worker", *options))

    @property
    def address(self) -> str:
        limit = time.monotonic() + 60
        while not self._file.is_file():
            assert time.monotonic() < limit, "the scheduler did not start"
            time.sleep(0.1)
        return str(json.loads(self._file.read_text(encoding="utf-8"))["address"])

    def end(self) -> None:
        for process in (*self.workers, self._scheduler):
            process.kill()
            process.wait()


@contextmanager
def cluster(folder: Path, *, number: int) -> Iterator[Cluster]:
    pytest.importorskip("distributed", reason="pip install 'kg[cluster]'")
    made = Cluster(folder)
    try:
        for _ in range(number):
            made.add_worker()
        yield made
    finally:
        made.end()


def test_a_cluster_finds_what_one_process_finds_though_a_worker_is_killed(
    reports: Path, tmp_path: Path
) -> None:
    expected = findings(reports)
    with cluster(tmp_path, number=2) as running:
        found = reading.extract([reports], replace(SETTINGS, cluster=running.address))
        first = [(source.name, each) for source, each in islice(found, 1)]
        os.kill(running.workers[0].pid, signal.SIGKILL)
        rest = [(source.name, str(e) if isinstance(e, KgError) else e) for source, e in found]
    assert [*first, *rest] == expected


def test_a_cluster_where_nobody_answers_is_named(
    reports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("distributed", reason="pip install 'kg[cluster]'")
    monkeypatch.setattr(workers, "_PATIENCE", 1.0)
    with pytest.raises(ClusterError, match=r"127\.0\.0\.1:9"):
        findings(reports, cluster="tcp://127.0.0.1:9")


def test_a_cluster_without_workers_says_so(
    reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "_PATIENCE", 2.0)
    with (
        cluster(tmp_path, number=0) as running,
        pytest.raises(ClusterError, match="no workers"),
    ):
        findings(reports, cluster=running.address)
