"""A case on a disk that is full, or that nobody may write to: what each command then says.

Run as a program, in a process of its own, as it takes rights and room from itself:
``python -m tests.strained PART WAY FOLDER`` prints one JSON object a command. ``run`` starts it,
with no room or no right that are real, and skips the test where this machine allows none such.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from kg.case import Case
from kg.cli import main
from kg.errors import UnwritableError
from kg.remote import write_down
from tests import examples

__all__ = ["FULL", "READ_ONLY", "limited", "made", "run"]

#: Ways to have no room, and ways to have no right, that are real.
FULL = ("small disk", "limit of file sizes")
READ_ONLY = ("read-only mount", "no right")
_DISK = 'mount -t tmpfs -o size=24m tmpfs "$1" && shift && exec "$@"'
_MOUNT = 'mount --bind "$1" "$1" && mount -o remount,bind,ro "$1" && shift && exec "$@"'
#: Lets rights bind root as well: 24 is PR_CAPBSET_DROP, 1 and 2 are CAP_DAC_OVERRIDE and
#: CAP_DAC_READ_SEARCH.
_BOUND = """
import ctypes, os, sys
for capability in (1, 2):
    ctypes.CDLL(None).prctl(24, capability, 0, 0, 0)
os.execv(sys.argv[1], sys.argv[1:])
"""

_TEXTS = {
    "a.txt": "Anna Berg, the mayor of Norden, said that twelve people were killed in Sund.\n",
    "b.txt": "Anna Berg resigned as mayor of Norden. Karl Holm denied that anybody was killed.\n",
}


def run(way: str, part: str, folder: Path) -> list[dict[str, Any]]:
    """What each command of a part said, and the state of the case after it."""
    line = [sys.executable, "-m", "tests.strained", part, way, str(folder)]
    script = {"small disk": _DISK, "read-only mount": _MOUNT}.get(way)
    if script is not None:
        line = [*_namespace(folder), "sh", "-c", script, "sh", str(folder), *line]
    if way == "no right" and os.geteuid() == 0:
        line = [sys.executable, "-c", _BOUND, *line]
    root = str(Path(__file__).parents[1])
    path = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))
    ended = subprocess.run(
        line,
        env={**os.environ, "PYTHONPATH": path, "KG_WHO": "Ida Lund"},
        stdout=subprocess.PIPE,
        check=False,
    )
    assert ended.returncode == 0
    return [json.loads(line) for line in ended.stdout.splitlines()]


def _namespace(folder: Path) -> Sequence[str]:
    """What gives a process mounts of its own; skips the test where nothing does."""
    for line in (["unshare", "-rm"], ["unshare", "-m"]):
        attempt = [*line, "mount", "-t", "tmpfs", "tmpfs", str(folder)]
        with suppress(OSError):
            if subprocess.run(attempt, capture_output=True, check=False).returncode == 0:
                return line
    pytest.skip("nothing can be mounted here: needs unshare, as root or with user namespaces")


# In the process of its own


def _said(*line: str | Path) -> dict[str, Any]:
    """What a command said."""
    result = CliRunner().invoke(main, [str(each) for each in line])
    bug = None if isinstance(result.exception, SystemExit | None) else repr(result.exception)
    return {
        "line": str(line[0]),
        "code": result.exit_code,
        "stderr": result.stderr,
        "bug": bug,
    }


def _tell(case: Case, said: dict[str, Any], **more: object) -> None:
    print(json.dumps({**said, "hash": case.hash(), **more}), flush=True)  # noqa: T201


def made(folder: Path) -> Case:
    """A case of one document, built in a folder."""
    case = Case(folder / "case")
    case.sources.mkdir(parents=True)
    (case.folder / "kg.toml").write_text('attribution = "rules"\n', encoding="utf-8")
    (case.sources / "a.txt").write_text(_TEXTS["a.txt"], encoding="utf-8")
    case = Case(case.folder)
    case.build()
    return case


@contextmanager
def _filled(folder: Path, room: int) -> Iterator[None]:
    """A disk with only so many bytes left."""
    ballast = folder / "ballast"
    with ballast.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, max(1, shutil.disk_usage(folder).free - room))
    try:
        yield
    finally:
        ballast.unlink()


@contextmanager
def limited(room: int) -> Iterator[None]:
    """No file can become larger than so many bytes."""
    before, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, most))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (before, most))


_ROOM: dict[str, Callable[[Path, int], AbstractContextManager[None]]] = {
    "small disk": _filled,
    "limit of file sizes": lambda _, room: limited(room),
}


def _grow(way: str, folder: Path) -> None:
    """Build with ever more room, until there is enough."""
    case = made(folder)
    _tell(case, {"line": "before"})
    outside = folder / "b.txt"
    outside.write_text(_TEXTS["b.txt"], encoding="utf-8")
    room = 0
    while True:
        with _ROOM[way](folder, room):
            said = _said("build", outside, "--case", case.folder)
        _tell(case, said, room=room)
        if said["code"] == 0:
            break
        room = max(room * 8 // 7, room + 400)
    shutil.copytree(case.folder, folder / "other", ignore=shutil.ignore_patterns(".kg"))
    other = Case(folder / "other")
    other.build()
    _tell(other, {"line": "scratch"})


def _write(way: str, folder: Path) -> None:
    """Every other command that writes, without any room, then with it."""
    case = made(folder)
    where = ("--case", case.folder)
    (folder / "c.html").write_text("what was there", encoding="utf-8")
    _tell(case, {"line": "before"}, files=_files(folder))
    commands: list[tuple[str | Path, ...]] = [
        ("remove", "a.txt", "--later"),
        ("correct", "rename", "Anna Berg", "Anne Berg", "--later"),
        ("view", "-o", folder / "c.html"),
        ("view",),
        ("view", "--timeline"),
        ("export", "-o", folder / "c.nq", "--format", "n-quads"),
        ("dump", folder / "dumped"),
        ("build", "--published", "2020-01-31"),
    ]
    for command in commands:
        with _ROOM[way](folder, 0):
            said = _said(*command, *where)
        _tell(case, said, files=_files(folder))
    with _ROOM[way](folder, 0):
        said = _said("build", "--case", folder / "new")
    _tell(case, said, files=_files(folder))
    with _ROOM[way](folder, 0):
        said = _outbox(case.folder / ".kg")
    _tell(case, said, files=_files(folder))
    for command in commands[1:]:
        _tell(case, _said(*command, *where))


def _outbox(folder: Path) -> dict[str, Any]:
    """What is said where changes for a server cannot be written down."""
    try:
        write_down(folder, examples.changed(examples.known_quads()), anew=True)
    except UnwritableError as error:
        return {"line": "outbox", "code": 1, "bug": None, "stderr": f"kg: {error}\n"}
    raise AssertionError("it was written")


def _files(folder: Path) -> dict[str, str]:
    """What people have written, and what was left lying about."""
    outside = [path for path in folder.rglob("*") if ".kg" not in path.parts]
    halves = [*folder.rglob(".kg/*.new"), *folder.rglob(".kg/outbox-*")]
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in (*outside, *halves)
        if path.is_file()
    }


def _look(_way: str, folder: Path) -> None:
    """Commands on a case that was built before its folder became read-only."""
    case, elsewhere = Case(folder / "case"), folder.parent
    where = ("--case", case.folder)
    commands: list[tuple[str | Path, ...]] = [
        ("query", "SELECT ?s { ?s a foaf:Person }"),
        ("ask", "who"),
        ("stats",),
        ("check",),
        ("identity", "list"),
        ("export", "-o", elsewhere / "c.nq", "--format", "n-quads"),
        ("view", "-o", elsewhere / "c.html"),
        ("view",),
        ("build",),
        ("build", folder),
        ("remove", "a.txt"),
        ("correct", "rename", "Anna Berg", "Anne Berg"),
        ("identity", "split", "Anna Berg"),
    ]
    for command in commands:
        _tell(case, _said(*command, *where))


def _closed(_way: str, folder: Path) -> None:
    """Commands on a case whose files nobody has the right to read, one after another."""
    where = ("--case", folder / "case")
    for name in ("kg.toml", "decisions.csv", ".kg/store/current", ".kg/store", ".kg"):
        path = folder / "case" / name
        mode = path.stat().st_mode
        path.chmod(0)
        said = [_said("identity", "list", *where), _said("query", "ASK { ?s ?p ?o }", *where)]
        path.chmod(mode)
        print(json.dumps(max(said, key=lambda each: each["code"])), flush=True)  # noqa: T201


if __name__ == "__main__":
    _part, _way, _folder = sys.argv[1:]
    {"grow": _grow, "write": _write, "look": _look, "closed": _closed}[_part](_way, Path(_folder))
