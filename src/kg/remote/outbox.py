"""Changes on their way to a server: written down first, so that none is lost or sent by half."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from itertools import batched, groupby
from pathlib import Path
from typing import IO
from uuid import uuid4

from kg.files import writing
from kg.model import Change
from kg.remote.graph import RemoteWriter

__all__ = ["send", "write_down"]

#: So many lines are read at a time.
_BATCH = 2000
#: The first line of changes that begin with nothing.
_ANEW = b"anew\n"


def write_down(folder: Path, changes: Iterable[Change], *, anew: bool) -> str:
    """The name of a file in the folder that holds changes to be sent, all of them.

    ``anew`` takes away what the server holds of the case before.

    Raises:
        UnwritableError: If the disk is full, or read-only.
    """
    name = f"outbox-{uuid4().hex}.nq"
    try:
        with writing(folder / name), (folder / name).open("wb") as file:
            file.write(_ANEW if anew else b"")
            for each in changes:
                sign = b"+ " if each.comes else b"- "
                file.writelines(sign + line + b"\n" for line in each.lines)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        with suppress(OSError):
            (folder / name).unlink()
        raise
    return name


def send(
    folder: Path,
    name: str | None,
    writer: RemoteWriter,
    *,
    told: Callable[[int], None] = lambda _: None,
) -> None:
    """Send what was written down under this name, if it was not yet; forget what never counted.

    ``told`` is called with how many changes were sent.

    Raises:
        ServerError: If the server refuses; the rest is sent by the next build.
    """
    for path in folder.glob("outbox-*.nq"):
        if path.name != name:
            path.unlink()  # its build was cut short before it counted
            continue
        with path.open("rb") as file:
            if file.readline() == _ANEW:
                writer.clear()
            else:
                file.seek(0)
            writer.change(_read(file, told))
        path.unlink()


def _read(file: IO[bytes], told: Callable[[int], None]) -> Iterator[Change]:
    sent = 0
    for batch in batched(file, _BATCH):
        for comes, run in groupby(batch, key=lambda line: line.startswith(b"+")):
            yield Change(comes, [line[2:].rstrip(b"\n") for line in run])
        sent += len(batch)
        told(sent)
