"""The only reader of packaged files.

A wheel carries the ontology inside the package; a checkout keeps it at its root, where
people who read ontologies look for it.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from kg.errors import ResourceMissingError

__all__ = ["list_resources", "read_resource"]

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
