"""Real SPARQL servers, started on this machine's own address and ended again."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kg.remote import Server

__all__ = ["oxigraph", "virtuoso"]

_VIRTUOSO = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = temp.db
TransactionFile = temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = .
[SPARQL]
ResultSetMaxRows = 10000000
"""


@contextmanager
def oxigraph(folder: Path) -> Iterator[Server]:
    """The server of the package ``oxigraph``, with an empty store."""
    program = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or shutil.which(
        "oxigraph"
    )
    if program is None:
        pytest.skip("the package oxigraph is not installed: pip install 'kg[dev]'")
    port = _free_port()
    line = [program, "serve", "--location", str(folder / "store"), "--bind", f"127.0.0.1:{port}"]
    with _running(line, folder, port):
        yield Server.at(f"http://127.0.0.1:{port}/query")


@contextmanager
def virtuoso(folder: Path) -> Iterator[Server]:
    """Debian's Virtuoso 7, with an empty store; its user is dba, its password dba."""
    program = shutil.which("virtuoso-t")
    if program is None:
        pytest.skip("Virtuoso is not installed: apt-get install virtuoso-opensource-7")
    http, sql = _free_port(), _free_port()
    (folder / "virtuoso.ini").write_text(_VIRTUOSO.format(http=http, sql=sql), encoding="utf-8")
    with _running([program, "-f", "-c", "virtuoso.ini"], folder, http):
        yield Server.at(f"http://127.0.0.1:{http}/sparql")


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def _running(line: list[str], folder: Path, port: int) -> Iterator[None]:
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(line, cwd=folder, stdout=log, stderr=log)
    try:
        _wait_for(process, port, folder)
        yield
    finally:
        process.kill()
        process.wait()


def _wait_for(process: subprocess.Popen[bytes], port: int, folder: Path) -> None:
    limit = time.monotonic() + 90
    while time.monotonic() < limit:
        if process.poll() is not None:
            break
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    pytest.fail(f"the server did not start: {(folder / 'server.log').read_text()[-1000:]}")
