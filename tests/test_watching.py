"""A case that is watched is built again after each change, once, and until somebody ends it."""

from __future__ import annotations

import errno
import json
import os
import queue
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from watchdog.events import (
    FileClosedNoWriteEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileOpenedEvent,
    FileSystemEvent,
)
from watchdog.observers import Observer

from kg import watching
from kg.case import Case
from kg.cli import main
from kg.errors import CaseBusyError, KgError, SettingsError
from kg.pipeline import BuildReport
from kg.turns import turn
from kg.watching import Changes, Notices, Place, Round, Seen, compare, look, watch

REPORT = BuildReport(documents=(), set_aside=(), copies=(), extracted=0, quads=0)
#: Seconds after which something that must come has not come.
LONG = 180


class NothingMoreError(Exception):
    """There is nothing more to see."""


class Played:
    """What is seen, look by look, and builds that end as is wanted; time does not pass."""

    def __init__(self, *seen: Mapping[str, object], builds: Sequence[KgError | None] = ()) -> None:
        self.seen = iter(seen)
        self.builds = iter(builds)
        self.built = 0
        self.did: list[str] = []
        self.places: frozenset[Place] = frozenset()

    def look(self) -> Seen:
        self.did.append("look")
        try:
            return Seen(next(self.seen), self.places)
        except StopIteration:
            raise NothingMoreError from None

    def build(self) -> BuildReport:
        self.built += 1
        self.did.append("build")
        if (problem := next(self.builds, None)) is not None:
            raise problem
        return REPORT

    def follow(self, _: frozenset[Place]) -> bool:
        return False

    def wait(self, _: float) -> None:
        self.did.append("wait")

    def pause(self, _: float) -> None:
        self.did.append("pause")

    def rounds(self) -> list[Round]:
        found: list[Round] = []
        with suppress(NothingMoreError):
            found.extend(watch(self.look, self.build, self))
        return found


def changes(rounds: list[Round]) -> list[Changes]:
    return [each.changes for each in rounds]


def test_the_first_build_is_made_whatever_there_is_and_later_ones_after_changes() -> None:
    one, two = {"a.txt": 1}, {"a.txt": 2, "b.txt": 1}
    played = Played(one, one, one, two, two, two, {"b.txt": 1}, {"b.txt": 1})
    assert changes(played.rounds()) == [
        Changes(),
        Changes(added=("b.txt",), changed=("a.txt",)),
        Changes(removed=("a.txt",)),
    ]


def test_changes_in_quick_succession_make_one_build_when_they_are_over() -> None:
    copied = [{"a": size} for size in range(1, 6)]
    played = Played({}, *copied, copied[-1])
    assert changes(played.rounds()) == [Changes(), Changes(added=("a",))]
    assert played.did[:5] == ["look", "build", "wait", "look", "pause"]
    assert played.did[-2:] == ["wait", "look"]
    assert played.did.count("pause") == 5


def test_a_change_that_is_taken_back_is_none() -> None:
    assert len(Played({}, {"a": 1}, {}, {}).rounds()) == 1


def test_a_file_that_never_rests_does_not_keep_the_others_out() -> None:
    played = Played(*({"log": size, "a": size > 0} for size in range(2 * watching._PATIENCE)))
    assert played.rounds()[1].changes == Changes(changed=("a", "log"))


def test_what_changed_while_a_build_was_under_way_is_built_next() -> None:
    played = Played({"a": 1}, {"a": 2}, {"a": 2}, {"a": 2})
    assert [each.number for each in played.rounds()] == [1, 2]


def test_where_new_places_are_followed_it_is_looked_again() -> None:
    class Following(Played):
        def follow(self, _: frozenset[Place]) -> bool:
            return self.did.count("look") == 1

    played = Following({"a": 1}, {"a": 2}, {"a": 2})
    assert len(played.rounds()) == 1
    assert played.did == ["look", "look", "build", "wait", "look", "pause", "wait", "look"]


def test_a_build_that_fails_ends_nothing_and_waits_for_a_change() -> None:
    problem = SettingsError("kg.toml", "no such setting")
    one, two = {"kg.toml": 1}, {"kg.toml": 2}
    played = Played(one, one, one, two, two, builds=[problem, None])
    first, second = played.rounds()
    assert (first.report, first.problem) == (None, "'kg.toml': no such setting")
    assert (second.report, second.problem) == (REPORT, None)
    assert played.built == 2


def test_what_may_pass_is_tried_again_and_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "_AGAIN", 0.0)
    busy = CaseBusyError("case", "process 1")
    played = Played(*[{}] * 5, builds=[busy, busy, busy, None])
    first, last = played.rounds()
    assert (first.number, first.passing, last.number, last.report) == (1, True, 4, REPORT)


def test_what_may_pass_is_not_tried_again_at_once() -> None:
    played = Played(*[{}] * 9, builds=[CaseBusyError("case", "process 1")] * 9)
    assert len(played.rounds()) == played.built == 1


# ---- looking


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A case with a document, and a file and a folder elsewhere that it names."""
    for name in ("case/sources/a.txt", "alone/b.txt", "reports/c.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("Anna Berg resigned.\n", encoding="utf-8")
    case = Case(tmp_path / "case")
    case.note([tmp_path / "alone/b.txt", tmp_path / "reports"])
    return case.folder


def replaced(path: Path) -> None:
    """A file of the same size and time in the place of another."""
    stat = path.stat()
    (path.parent / "other").write_bytes(path.read_bytes()[::-1])
    (path.parent / "other").replace(path)
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))


def append(path: Path, words: str) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(words)


DONE: dict[str, tuple[Callable[[Path], object], Changes]] = {
    "a document comes": (
        lambda case: (case / "sources/new.txt").touch(),
        Changes(added=("new.txt",)),
    ),
    "a document goes": (
        lambda case: (case / "sources/a.txt").unlink(),
        Changes(removed=("a.txt",)),
    ),
    "a document is replaced": (
        lambda case: replaced(case / "sources/a.txt"),
        Changes(changed=("a.txt",)),
    ),
    "a document may be read by others": (
        lambda case: (case / "sources/a.txt").chmod(0o600),
        Changes(changed=("a.txt",)),
    ),
    "a document elsewhere changes": (
        lambda case: append(case / "../alone/b.txt", "More.\n"),
        Changes(changed=("b.txt",)),
    ),
    "a document comes elsewhere": (
        lambda case: (case / "../reports/new.txt").touch(),
        Changes(added=("new.txt",)),
    ),
    "a title is given": (
        lambda case: (case / "sources/sources.csv").write_text(
            "path,title\n../../alone/b.txt,Title\n../../reports,\n", encoding="utf-8"
        ),
        Changes(changed=("b.txt",)),
    ),
    "a path is taken out": (
        lambda case: (case / "sources/sources.csv").write_text("path\n../../reports\n"),
        Changes(removed=("b.txt",)),
    ),
    "a setting changes": (
        lambda case: append(case / "kg.toml", 'policy = "all"\n'),
        Changes(changed=("kg.toml",)),
    ),
    "something is decided": (
        lambda case: (case / "decisions.csv").touch(),
        Changes(added=("decisions.csv",)),
    ),
    "something is taken out": (
        lambda case: (case / "removed.csv").touch(),
        Changes(added=("removed.csv",)),
    ),
    "a page is written": (lambda case: (case / "view.html").touch(), Changes()),
    "something is kept": (lambda case: (case / ".kg/new").touch(), Changes()),
    "a hidden file comes": (lambda case: (case / "sources/.new").touch(), Changes()),
}


@pytest.mark.parametrize("what", DONE)
def test_what_a_build_depends_on_is_seen_and_nothing_else(folder: Path, what: str) -> None:
    do, expected = DONE[what]
    before = look(folder)
    do(folder)
    assert compare(before, look(folder)) == expected


def test_what_cannot_be_used_is_seen_and_that_it_was_mended(folder: Path) -> None:
    table = folder / "sources/sources.csv"
    append(table, "nowhere.txt\r\n")
    before = look(folder)
    (folder / "sources/nowhere.txt").touch()
    found = compare(before, look(folder))
    assert found == Changes(added=("nowhere.txt",), removed=(str(table),))


def test_a_model_of_ones_own_is_seen(folder: Path) -> None:
    model = folder.parent / "model"
    model.mkdir()
    (folder / "kg.toml").write_text('attribution = "../model"\n', encoding="utf-8")
    before = look(folder)
    (model / "settings.json").touch()
    assert compare(before, look(folder)).added == ("../model/settings.json",)
    assert Place(model, deep=False) in look(folder).places


def test_a_document_that_is_called_like_a_file_of_the_case_is_seen(folder: Path) -> None:
    document = folder.parent / "alone/kg.toml"
    document.touch()
    Case(folder).note([document])  # by its path: in a folder kg's own files are left out
    before = look(folder)
    append(document, "Anna Berg resigned.")
    between = look(folder)
    append(folder / "kg.toml", "\n")
    assert compare(before, between) == compare(between, look(folder)) != Changes()


def test_the_places_are_all_folders_from_which_a_document_can_come(folder: Path) -> None:
    (folder.parent / "far").mkdir()
    (folder.parent / "far/d.txt").touch()
    (folder / "sources/link").symlink_to(folder.parent / "far")
    assert look(folder).places == {
        Place(folder, deep=False),
        Place(folder / "sources", deep=True),
        Place(folder.parent / "alone", deep=False),
        Place(folder.parent / "reports", deep=True),
        Place(folder.parent / "far", deep=False),
    }


def test_a_case_without_anything_can_be_looked_at(tmp_path: Path) -> None:
    assert list(look(tmp_path / "none").files) == [str(tmp_path / "none/sources")]


# ---- being told


def test_a_change_wakes_who_waits(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    with Notices() as notices:
        assert notices.follow(frozenset({Place(tmp_path, deep=True)}))
        assert not notices.follow(frozenset({Place(tmp_path, deep=True)}))
        for name in ("a.txt", "deep/b.txt"):
            (tmp_path / name).touch()
            began = time.monotonic()
            notices.wait(LONG)
            assert time.monotonic() - began < LONG / 2
        assert notices.follow(frozenset())


@pytest.mark.parametrize(
    ("event", "told"),
    [
        (FileModifiedEvent("/case/sources/a.txt"), True),
        (FileOpenedEvent("/case/sources/a.txt"), False),
        (FileClosedNoWriteEvent("/case/sources/a.txt"), False),
        (FileModifiedEvent("/case/sources/.a.txt.swp"), False),
        (FileModifiedEvent("/case/.kg/build.json"), False),
        (FileMovedEvent("/case/sources/.a.txt", "/case/sources/a.txt"), True),
    ],
    ids=lambda each: each.event_type if isinstance(each, FileSystemEvent) else str(each),
)
def test_reading_and_hidden_files_wake_nobody(
    event: FileSystemEvent, told: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Observer, "schedule", lambda *_, **__: None)
    with Notices() as notices:
        notices.follow(frozenset({Place(Path("/case"), deep=False)}))
        notices.on_any_event(event)
        assert notices._told.is_set() is told


def test_a_place_that_is_gone_hinders_nothing(tmp_path: Path) -> None:
    remarks: list[str] = []
    with Notices(remark=remarks.append) as notices:
        assert notices.follow(frozenset({Place(tmp_path / "gone", deep=True)}))
    assert remarks == []


def test_where_nothing_is_told_it_is_looked_again_soon(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def schedule(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "inotify watch limit reached")

    monkeypatch.setattr(Observer, "schedule", schedule)
    monkeypatch.setattr(watching, "_POLL", 0.1)
    remarks: list[str] = []
    with Notices(remark=remarks.append) as notices:
        assert notices.follow(frozenset({Place(tmp_path, deep=True)}))
        assert not notices.follow(frozenset())
        began = time.monotonic()
        notices.wait(LONG)
        assert time.monotonic() - began < LONG / 2
    assert remarks == [
        "changes are not told here (inotify watch limit reached); looking every 0.1 s"
    ]


# ---- the command


class Watched:
    """A process that watches a case, and the lines that it has printed."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.out = self._lines(process.stdout)
        self.err = self._lines(process.stderr)

    @staticmethod
    def _lines(stream: Any) -> queue.Queue[str]:
        lines: queue.Queue[str] = queue.Queue()

        def read() -> None:
            for line in stream:
                lines.put(line.rstrip("\n"))

        threading.Thread(target=read, daemon=True).start()
        return lines

    def line(self) -> str:
        return self.out.get(timeout=LONG)

    def round(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.line())
        return found

    def remark(self) -> str:
        return self.err.get(timeout=LONG)

    def end(self, how: signal.Signals = signal.SIGINT) -> int:
        self.process.send_signal(how)
        return self.process.wait(timeout=LONG)


@contextmanager
def watched(case: Path, *line: str | Path) -> Iterator[Watched]:
    command = [sys.executable, "-m", "kg", "build", "--watch", "--case", case, *line]
    with subprocess.Popen(
        [str(each) for each in command],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield Watched(process)
        finally:
            process.kill()


def put(path: Path, words: str) -> None:
    """A file that is there at once and whole."""
    beside = path.with_name(f".{path.name}.new")
    beside.write_text(words, encoding="utf-8")
    beside.replace(path)


@pytest.fixture
def case(tmp_path: Path) -> Path:
    (tmp_path / "case/sources").mkdir(parents=True)
    (tmp_path / "case/kg.toml").write_text('attribution = "rules"\n', encoding="utf-8")
    put(tmp_path / "case/sources/a.txt", "Anna Berg resigned as mayor of Norden.\n")
    return tmp_path / "case"


def summed(found: dict[str, Any]) -> tuple[list[str], list[str], list[str], list[str]]:
    return found["added"], found["changed"], found["removed"], found["documents"]


def same_as_built_from_nothing(case: Path) -> bool:
    other = case.parent / "other"
    shutil.copytree(case, other, ignore=shutil.ignore_patterns(".kg"))
    built = Case(other)
    built.build()
    return built.hash() == Case(case).hash()


@pytest.mark.parametrize("poll", [(), ("--poll", "0.3")], ids=["told", "looked"])
def test_a_watched_case_is_built_after_each_change_until_it_is_ended(
    case: Path, tmp_path: Path, poll: tuple[str, ...]
) -> None:
    reports = tmp_path / "reports"
    reports.mkdir()
    put(reports / "b.txt", "Karl Holm was arrested in Norden.\n")
    with watched(case, reports, "--json", *poll) as process:
        first = process.round()
        assert summed(first) == ([], [], [], ["a.txt", "b.txt"])
        assert first["error"] is None
        with turn(case / ".kg"):  # whoever wants to build may, between builds
            pass
        put(reports / "c.txt", "Ole Dahl was arrested in Norden.\n")
        found = process.round()
        assert summed(found) == (["c.txt"], [], [], ["a.txt", "b.txt", "c.txt"])
        assert found["extracted"] == 1
        assert found["quads"] > first["quads"]
        many = tmp_path / ".many"
        many.mkdir()
        for number in range(5):
            put(many / f"{number}.txt", f"Ida Lund met {number + 20} people in Norden.\n")
        many.rename(case / "sources/many")  # all at once
        assert process.round()["added"] == [f"many/{number}.txt" for number in range(5)]
        put(case / "sources/scan.txt", "\0\1\2\3")
        assert [each["file"] for each in process.round()["set_aside"]] == [
            str(case / "sources/scan.txt")
        ]
        put(case / "decisions.csv", "what,who\nsame,Ida\n")
        failed = process.round()
        assert "decisions.csv', line 1: no column 'when'" in failed["error"]
        assert (failed["added"], "documents" in failed) == (["decisions.csv"], False)
        (case / "decisions.csv").unlink()
        assert process.round()["error"] is None
        put(case / "kg.toml", "attribution = 1\n")
        assert "attribution must be a string" in process.round()["error"]
        put(case / "kg.toml", 'attribution = "rules"\npolicy = "all"\n')
        assert process.round()["changed"] == ["kg.toml"]
        shutil.rmtree(case / "sources/many")
        (case / "sources/scan.txt").unlink()
        last = process.round()
        while "many/4.txt" in last["documents"] or last["set_aside"]:
            last = process.round()
        assert last["documents"] == ["a.txt", "b.txt", "c.txt"]
        assert process.end() == 0
        assert process.out.empty()
    assert not (case / ".kg/build.json").exists()
    assert same_as_built_from_nothing(case)


def test_each_build_is_a_line_and_what_is_to_be_mended_is_said_once(case: Path) -> None:
    put(case / "sources/scan.txt", "\0\1\2\3")
    with watched(case) as process:
        assert " first build: 1 documents (1 new or changed), " in process.line()
        assert process.remark().startswith("kg: set aside '")
        assert process.remark() == "kg: watching for changes; Ctrl-C ends it"
        put(case / "sources/b.txt", "Anna Berg resigned as mayor of Norden.\n")
        assert " added b.txt: 1 documents (1 new or changed), " in process.line()
        assert process.remark() == "kg: b.txt has the same text as a.txt"
        put(case / "kg.toml", "attribution = 1\n")
        assert " changed kg.toml: not built: '" in process.remark()
        put(case / "kg.toml", 'attribution = "rules"\n')
        assert " changed kg.toml: 1 documents" in process.line()
        assert process.end(signal.SIGTERM) == 0
        assert process.remark() == "kg: ended"


def until(holds: Callable[[], bool]) -> None:
    began = time.monotonic()
    while not holds():
        assert time.monotonic() - began < LONG
        time.sleep(0.005)


@pytest.mark.parametrize("moment", ["somebody builds", "something was read"])
def test_who_ends_a_build_under_way_finds_a_case_that_can_be_used(case: Path, moment: str) -> None:
    Case(case).build()
    findings = case / ".kg/findings"
    put(case / "sources/b.txt", "Karl Holm was arrested in Norden.\n")
    with watched(case) as process:
        if moment == "somebody builds":
            until((case / ".kg/build.json").exists)
        else:
            until(lambda: len(list(findings.glob("*.json"))) == 2)
        assert process.end() == 0
    assert Case(case).hash()
    Case(case).build()
    assert same_as_built_from_nothing(case)


def test_a_watch_that_cannot_begin_says_why(case: Path) -> None:
    run = CliRunner().invoke(main, ["build", "--poll", "1", "--case", str(case)])
    assert (run.exit_code, "--poll is for --watch" in run.stderr) == (2, True)
    (case / "sources/sources.csv").write_text("title\nA\n", encoding="utf-8")
    run = CliRunner().invoke(main, ["build", "--watch", "--case", str(case)])
    assert (run.exit_code, "has no column 'path'" in run.stderr) == (1, True)
