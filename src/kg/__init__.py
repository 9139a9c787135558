"""A knowledge graph builder for what people say happened.

>>> from kg import Case
>>> Case("no-such-folder").settings.policy
'default'
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.case import Case
    from kg.errors import KgError
    from kg.model import Document, Findings, Settings, Table

__all__ = ["Case", "Document", "Findings", "KgError", "Settings", "Table", "__version__"]

__version__ = "0.1.0"

_HOMES = {"Case": "kg.case", "KgError": "kg.errors"}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - any public name
    """The public names, imported when first asked for: the command line starts in no time."""
    if name not in __all__:
        raise AttributeError(f"module 'kg' has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415 - as above

    return getattr(import_module(_HOMES.get(name, "kg.model")), name)
