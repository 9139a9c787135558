"""One build at a time, and a note of the one that was cut short."""

from __future__ import annotations

import datetime as dt
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kg.case import Case
from kg.errors import CaseBusyError, NoCaseError
from kg.turns import turn, unfinished

HOLD = """
import sys, time
from pathlib import Path
from kg.turns import turn

with turn(Path(sys.argv[1])):
    print("building", flush=True)
    time.sleep(60)
"""


@contextmanager
def another(folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Another process that builds, and is killed in the end."""
    line = [sys.executable, "-c", HOLD, str(folder)]
    with subprocess.Popen(line, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"building\n"
        try:
            yield process
        finally:
            process.kill()


def test_a_second_build_is_refused_and_told_who_builds(tmp_path: Path) -> None:
    with another(tmp_path) as other:
        with pytest.raises(CaseBusyError, match=f"process {other.pid} on "), turn(tmp_path):
            pytest.fail("two were building")
        assert unfinished(tmp_path) is None  # it is still at it


def test_a_build_that_was_killed_is_known_and_the_next_may_begin(tmp_path: Path) -> None:
    with another(tmp_path) as other:
        os.kill(other.pid, signal.SIGKILL)
    found = unfinished(tmp_path)
    assert found is not None
    assert found.process == other.pid
    with turn(tmp_path):
        pass
    assert unfinished(tmp_path) is None


def test_a_build_that_ends_in_an_error_of_the_user_is_not_unfinished(tmp_path: Path) -> None:
    with pytest.raises(NoCaseError), turn(tmp_path):
        raise NoCaseError(tmp_path)
    assert unfinished(tmp_path) is None


def test_nothing_is_unfinished_where_nothing_was_begun(tmp_path: Path) -> None:
    assert unfinished(tmp_path / "none") is None
    (tmp_path / "build.json").write_text("half a no", encoding="utf-8")
    assert unfinished(tmp_path) is None


def test_a_build_that_is_refused_notes_nothing(tmp_path: Path) -> None:
    case = Case(tmp_path / "case")
    (tmp_path / "a.txt").write_text("Anna Berg resigned.\n", encoding="utf-8")
    with another(case.folder / ".kg"):
        with pytest.raises(CaseBusyError):
            case.build([tmp_path / "a.txt"], published=dt.date(2020, 1, 31))
        assert [path.name for path in case.folder.iterdir()] == [".kg"]
