"""Files that are packed by gzip or zstd, as their names say."""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import IO, Any, cast

from kg.errors import PackagesMissingError

__all__ = ["COMPRESSIONS", "packed", "unpacked"]

#: What a file can be packed with, and how its name then ends.
COMPRESSIONS = {"gzip": ".gz", "zstd": ".zst", "none": ""}
#: So many bytes are unpacked at once.
_PIECE = 1 << 16


@contextmanager
def packed(raw: IO[bytes], name: str) -> Iterator[IO[bytes]]:
    """Where to write what a file of this name is to hold; equal content gives equal bytes.

    Raises:
        PackagesMissingError: If the package is not installed that packs so.
    """
    if name.endswith(".gz"):
        with gzip.GzipFile("", fileobj=raw, mode="wb", compresslevel=6, mtime=0) as file:
            yield cast(IO[bytes], file)
    elif name.endswith(".zst"):
        compressor = _zstandard().ZstdCompressor(write_checksum=True)
        with compressor.stream_writer(raw, closefd=False) as file:
            yield file
    else:
        yield raw


@contextmanager
def unpacked(raw: IO[bytes], name: str) -> Iterator[IO[bytes]]:
    """What a file of this name holds; reading it fails where it is damaged or cut off.

    Raises:
        PackagesMissingError: If the package is not installed that unpacks it.
        OSError, EOFError, zlib.error: While it is read, if it is damaged.
    """
    if name.endswith(".gz"):
        with gzip.GzipFile(fileobj=raw, mode="rb") as file:
            yield cast(IO[bytes], file)
    elif name.endswith(".zst"):
        zstandard = _zstandard()
        try:
            with io.BufferedReader(_Frames(raw, zstandard)) as buffered:
                yield buffered
        except zstandard.ZstdError as error:
            raise OSError(str(error)) from error
    else:
        yield raw


class _Frames(io.RawIOBase):
    """What the frames of a zstd file hold; the package's own reader takes a half for a whole."""

    def __init__(self, raw: IO[bytes], zstandard: Any) -> None:  # noqa: ANN401 - a module
        self._raw = raw
        self._zstandard = zstandard
        self._frame: Any = None
        self._left = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401 - any buffer
        while not self._left:
            piece = self._raw.read(_PIECE)
            if not piece:
                if self._frame is not None and not self._frame.eof:
                    raise EOFError("it is cut off")
                return 0
            self._left = self._unpacked(piece)
        number = min(len(buffer), len(self._left))
        buffer[:number], self._left = self._left[:number], self._left[number:]
        return number

    def _unpacked(self, piece: bytes) -> bytes:
        found = []
        while piece:
            if self._frame is None or self._frame.eof:
                self._frame = self._zstandard.ZstdDecompressor().decompressobj()
            found.append(self._frame.decompress(piece))
            piece = self._frame.unused_data
        return b"".join(found)


def _zstandard() -> Any:  # noqa: ANN401 - the package may not be there
    try:
        return import_module("zstandard")
    except ModuleNotFoundError as error:
        raise PackagesMissingError("zstd", ["zstandard"], "zstd") from error
