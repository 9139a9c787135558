"""Which entities of different documents are one."""

from kg.identity.resolve import resolve

__all__ = ["resolve"]
