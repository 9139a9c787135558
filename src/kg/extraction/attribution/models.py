"""Which model finds who said what: the packaged one, a folder of one's own, or none."""

from __future__ import annotations

import functools
import hashlib
from pathlib import Path

from kg.errors import ModelMissingError
from kg.model import RULES

__all__ = ["FILES", "PACKAGED", "attribution_version", "digest", "find_model"]

#: The files of a model.
FILES = ("model.onnx", "tokenizer.json", "settings.json")
#: Where the model lies that comes with the package.
PACKAGED = Path(__file__).parent


def find_model(attribution: str | None) -> Path | None:
    """The folder of the model that a setting names; None where rules alone find who said what.

    That is so for ``rules``, and for the packaged model (None) where the package came without.

    Raises:
        ModelMissingError: If the setting names a folder that lacks a file of a model.
    """
    if attribution == RULES:
        return None
    folder = PACKAGED if attribution is None else Path(attribution)
    missing = [name for name in FILES if not (folder / name).is_file()]
    if missing and attribution is not None:
        raise ModelMissingError(folder, missing)
    return None if missing else folder


def digest(folder: Path) -> str:
    """What tells a model from all others, wherever it lies: a digest of its files.

    Raises:
        ModelMissingError: If the folder lacks one of them.
    """
    paths = [folder / name for name in FILES]
    missing = [path.name for path in paths if not path.is_file()]
    if missing:
        raise ModelMissingError(folder, missing)
    # asked for every document: the files are read again only when they have changed
    return _digest(tuple((path, path.stat().st_size, path.stat().st_mtime_ns) for path in paths))


@functools.lru_cache(maxsize=8)
def _digest(files: tuple[tuple[Path, int, int], ...]) -> str:
    parts = hashlib.sha256()
    for path, size, _ in files:
        parts.update(f"{path.name} {size}\n".encode())
        parts.update(path.read_bytes())
    return parts.hexdigest()[:20]


def attribution_version(attribution: str | None) -> str:
    """What finds who said what, as a graph and a cache name it: ``rules`` or ``model DIGEST``.

    >>> attribution_version("rules")
    'rules'

    Raises:
        ModelMissingError: If the setting names a folder that lacks a file of a model.
    """
    folder = find_model(attribution)
    return RULES if folder is None else f"model {digest(folder)}"
