"""Quads as lines of N-Quads, one each: what the ledger and the stores pass on and keep.

A quad has one line, the one that pyoxigraph writes, so that lines are compared as quads would be;
and as text they cost a fraction of what objects do, where there are millions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import batched

from pyoxigraph import Quad, RdfFormat, parse, serialize

__all__ = ["lines", "quads", "split", "text"]

#: So many are written or read at once: enough to be fast, and few in memory.
_BATCH = 10_000


def text(quads: Iterable[Quad]) -> bytes:
    """The quads as N-Quads, in their order."""
    return serialize(quads, format=RdfFormat.N_QUADS) or b""


def split(text: bytes) -> list[bytes]:
    r"""The lines of N-Quads, without their ends.

    >>> split(b"<urn:a> <urn:b> <urn:c> .\n")
    [b'<urn:a> <urn:b> <urn:c> .']
    """
    return text.removesuffix(b"\n").split(b"\n") if text else []


def lines(quads: Iterable[Quad]) -> Iterator[bytes]:
    """The line of each quad, without its end."""
    for some in batched(quads, _BATCH):
        yield from split(text(some))


def quads(lines: Iterable[bytes]) -> Iterator[Quad]:
    """The quad of each line."""
    for some in batched(lines, _BATCH):
        yield from parse(b"\n".join(some), format=RdfFormat.N_QUADS)
