"""Whose turn it is: one build at a time in a case, and a note of one that was cut short."""

from __future__ import annotations

import datetime as dt
import json
import os
import platform
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from kg.errors import CaseBusyError, KgError
from kg.files import locked, replace

__all__ = ["Turn", "turn", "unfinished"]

_LOCK, _NOTE = "build.lock", "build.json"


@dataclass(frozen=True, slots=True)
class Turn:
    """Who builds, or was building: the process, its machine, since when, and by which command."""

    process: int
    machine: str
    since: str  #: date and time with their zone, ISO 8601
    what: str = "build"

    def __str__(self) -> str:
        """As a message says it."""
        return f"process {self.process} on {self.machine}, since {self.since}"


@contextmanager
def turn(folder: Path, what: str = "build") -> Iterator[None]:
    """The right to build in a folder, or to load into it, for as long as the context lasts.

    Raises:
        CaseBusyError: If somebody else is building; names who.
        UnwritableError: If nothing can be written there.
    """
    with ExitStack() as held:
        try:
            held.enter_context(locked(folder / _LOCK, timeout=0))
        except Timeout as error:
            raise CaseBusyError(folder, str(_noted(folder) or "another process")) from error
        now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        _note(folder, Turn(os.getpid(), platform.node(), now, what))
        try:
            yield
        except KgError:  # an end too: it was said why
            _forget(folder)
            raise
        _forget(folder)


def unfinished(folder: Path) -> Turn | None:
    """The build that did not come to its end, if the last one did not and nobody builds now."""
    noted = _noted(folder)
    if noted is None:
        return None
    try:
        with FileLock(folder / _LOCK, timeout=0):
            return noted
    except (Timeout, OSError):
        return None


def _note(folder: Path, who: Turn) -> None:
    replace(folder / _NOTE, json.dumps(asdict(who)).encode(), lasting=False)


def _forget(folder: Path) -> None:
    """Take the note away; one that stays makes no more than a remark."""
    with suppress(OSError):
        (folder / _NOTE).unlink(missing_ok=True)


def _noted(folder: Path) -> Turn | None:
    try:
        return Turn(**json.loads((folder / _NOTE).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
