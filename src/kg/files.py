"""Files that are written whole: nobody ever sees half of one."""

from __future__ import annotations

import os
from pathlib import Path

from kg.errors import CaseError

__all__ = ["replace"]


def replace(path: Path, content: bytes) -> None:
    """Put a file in the place of another; nobody ever sees half of it.

    Raises:
        CaseError: If it cannot be written; then what was there is still there.
    """
    path = path.resolve()  # of a link the file that it leads to
    beside = path.with_name(f".{path.name}.new")
    try:
        with beside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise CaseError(f"{str(path)!r} cannot be written ({error.strerror})") from error
