"""The only reader of packaged files.

A wheel carries the ontology inside the package; a checkout keeps it at its root, where
people who read ontologies look for it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from kg.errors import ResourceMissingError

__all__ = ["code_digest", "list_resources", "read_resource"]

_PACKAGE = files("kg")
_CHECKOUT = Path(__file__).parents[2]


def read_resource(name: str) -> str:
    """The text of a packaged file, such as ``ontology/kg.ttl`` or ``queries/who.rq``.

    Raises:
        ResourceMissingError: If neither the package nor the checkout has it.
    """
    for root in (_PACKAGE, _CHECKOUT):
        found = root.joinpath(name)
        if found.is_file():
            return found.read_text(encoding="utf-8")
    raise ResourceMissingError(name)


def list_resources(folder: str, suffix: str) -> list[str]:
    """The names of the packaged files of one folder that end in ``suffix``, sorted."""
    return sorted(
        entry.name for entry in _PACKAGE.joinpath(folder).iterdir() if entry.name.endswith(suffix)
    )


def code_digest(*modules: str) -> str:
    """A digest of the files of code, words and weights of some modules and packages of kg."""
    parts = hashlib.sha256()
    for module in modules:
        way = module.split(".")[1:]
        package = _PACKAGE.joinpath(*way)
        for path in (
            _code(package) if package.is_dir() else [_PACKAGE.joinpath(*way[:-1], f"{way[-1]}.py")]
        ):
            parts.update(path.read_bytes())
    return parts.hexdigest()[:20]


def _code(folder: Traversable) -> Iterator[Traversable]:
    """The files of a folder and those in it, in the order of names."""
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from _code(entry)
        elif entry.name.endswith((".py", ".toml", ".json")):
            yield entry
