"""A full disk and a folder that is read-only: one clear line, and a store that is whole."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.strained import FULL, READ_ONLY, made, run

#: Why, and what to do; of a disk that refuses, SQLite does not say why.
TOLD = {
    "small disk": "its disk is full; make room there and run the command again",
    "limit of file sizes": "it would be larger than a file may be there; raise that limit",
    "read-only mount": "it lies where everything is read-only; make it writable, or use another",
    "no right": "you have no right to write there; make it writable, or use another place",
}
REFUSED = "its disk refused it; look whether that is full, or failing"


def told(said: dict[str, Any], way: str) -> str:
    """The name of the file or folder of a refusal, which is one line and no traceback."""
    assert said["bug"] is None
    assert said["code"] == 1
    *_, last = said["stderr"].splitlines()
    found = re.fullmatch(r"kg: '(?P<path>.*)' cannot be written: (?P<why>.*)", last)
    assert found is not None, last
    assert found["why"].startswith((TOLD[way], REFUSED))
    return Path(found["path"]).name


@pytest.mark.parametrize("way", FULL)
def test_a_build_without_room_leaves_the_graph_and_goes_on_when_there_is_some(
    way: str, tmp_path: Path
) -> None:
    before, *attempts, last, scratch = run(way, "grow", tmp_path)
    places = {told(said, way) for said in attempts}
    assert {"build.json", "store"} < places
    assert places & {"kept.sqlite", "ledger.sqlite"}
    assert any(place.endswith(".json") for place in places - {"build.json"})  # findings
    assert {said["hash"] for said in attempts} == {before["hash"]}
    assert (last["code"], last["hash"]) == (0, scratch["hash"])
    assert last["hash"] != before["hash"]


@pytest.mark.parametrize("way", FULL)
def test_whatever_cannot_be_written_without_room_is_as_it_was(way: str, tmp_path: Path) -> None:
    before, *rest = run(way, "write", tmp_path)
    without, with_room = rest[:10], rest[10:]
    places = [told(said, way) for said in without]
    assert places[:9] == [
        "removed.csv", "decisions.csv", "c.html", "view.html", "timeline.html", "c.nq",
        "dumped", "build.json", "build.json",
    ]  # fmt: skip
    assert places[9].startswith("outbox-")
    for said in without:
        assert (said["hash"], said["files"]) == (before["hash"], before["files"])
    assert {said["code"] for said in with_room} == {0}
    assert with_room[-1]["hash"] != before["hash"]


@pytest.fixture
def read_only(tmp_path: Path) -> Iterator[Path]:
    """A folder with a case, and nothing in it that anybody has the right to change."""
    folder = tmp_path / "share"
    made(folder)
    every = [folder, *folder.rglob("*")]
    rights = {path: path.stat().st_mode for path in every}
    for path, mode in rights.items():
        path.chmod(mode & ~0o222)
    try:
        yield folder
    finally:
        for path, mode in rights.items():
            path.chmod(mode)


@pytest.mark.parametrize("way", READ_ONLY)
def test_a_case_that_is_read_only_can_be_asked_and_says_what_cannot_be_done(
    way: str, read_only: Path
) -> None:
    said = run(way, "look", read_only)
    asked, refused = said[:7], said[7:]
    for each in asked:
        assert (each["code"], each["bug"]) == (0, None), each
    places = [told(each, way) for each in refused]
    assert places == [
        "view.html", "build.lock", "build.lock", *["decisions.lock"] * 3,
    ]  # fmt: skip
    assert len({each["hash"] for each in said}) == 1
    assert (read_only.parent / "c.nq").stat().st_size > 0
    assert (read_only.parent / "c.html").stat().st_size > 0


def test_what_there_is_no_right_to_read_is_named(tmp_path: Path) -> None:
    case = made(tmp_path)
    (case.folder / "decisions.csv").touch()
    said = run("no right", "closed", tmp_path)
    assert len(said) == 5
    for each in said:
        assert (each["code"], each["bug"]) == (1, None), each
        assert re.fullmatch(
            r"kg: '.*' cannot be read \(permission denied\); ask whoever owns it .*\n",
            each["stderr"],
        )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
@pytest.mark.parametrize(
    "line",
    [["export"], ["ask", "who"], ["--help"], ["stats", "--json"], ["export", "-o", "/dev/full"]],
)
def test_output_without_room_is_said_once_and_without_a_traceback(
    line: list[str], tmp_path: Path
) -> None:
    case = made(tmp_path)
    where = ["--case", str(case.folder)] if line != ["--help"] else []
    with Path("/dev/full").open("wb") as full:
        ended = subprocess.run(
            [sys.executable, "-m", "kg", *line, *where],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    place = line[-1] if "-o" in line else "standard output"
    assert ended.stderr == f"kg: {place!r} cannot be written: {TOLD['small disk']}\n"
    assert ended.returncode == 1
