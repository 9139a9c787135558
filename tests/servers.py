"""Real SPARQL servers, started on this machine's own address and ended again."""

from __future__ import annotations

import configparser
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from pyoxigraph import Literal, Quad

from kg.remote import Server

__all__ = ["booleans_as_words", "bulk_load", "oxigraph", "oxigraph_load", "virtuoso"]

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
DirsAllowed = .
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = .
[SPARQL]
ResultSetMaxRows = 10000000
"""


@contextmanager
def oxigraph(folder: Path) -> Iterator[Server]:
    """The server of the package ``oxigraph``, with an empty store."""
    port = _free_port()
    line = [
        _oxigraph(),
        "serve",
        "--location",
        str(folder / "store"),
        "--bind",
        f"127.0.0.1:{port}",
    ]
    with _running(line, folder, port):
        yield Server.at(f"http://127.0.0.1:{port}/query")


def oxigraph_load(folder: Path, files: Sequence[Path]) -> None:
    """Load files into the store of a server that is to be started in the folder."""
    line = [_oxigraph(), "load", "--location", str(folder / "store"), "--file", *map(str, files)]
    subprocess.run(line, check=True, capture_output=True)


def _oxigraph() -> str:
    program = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or shutil.which(
        "oxigraph"
    )
    if program is None:
        pytest.skip("the package oxigraph is not installed: pip install 'kg[dev]'")
    return program


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


def bulk_load(folder: Path, dump: str, graph: str) -> None:
    """Load the files of a folder below Virtuoso's own by its bulk loader."""
    program = shutil.which("isql-vt")
    if program is None:
        pytest.skip("isql-vt is not installed: apt-get install virtuoso-opensource-7-bin")
    settings = configparser.ConfigParser()
    settings.read(folder / "virtuoso.ini", encoding="utf-8")
    failed = "select ll_file, ll_error from DB.DBA.load_list where ll_error is not null"
    steps = (
        f"ld_dir('{dump}', '*.nq.gz', '{graph}')",
        "rdf_loader_run()",
        "checkpoint",
        f"{failed} or ll_state <> 2",
    )
    port = settings["Parameters"]["ServerPort"]
    line = [program, port, "dba", "dba", "VERBOSE=OFF", "BANNER=OFF", f"exec={'; '.join(steps)};"]
    done = subprocess.run(line, check=True, capture_output=True, text=True)
    assert "Error" not in done.stdout + done.stderr, done.stdout + done.stderr
    assert dump not in done.stdout, done.stdout


def booleans_as_words(quads: Iterator[Quad]) -> set[Quad]:
    """The quads with true and false written out: Virtuoso gives 1 and 0."""
    words = {"1": "true", "0": "false"}
    return {
        Quad(
            quad.subject,
            quad.predicate,
            Literal(words.get(quad.object.value, quad.object.value), datatype=quad.object.datatype)
            if isinstance(quad.object, Literal) and quad.object.datatype.value.endswith("#boolean")
            else quad.object,
            quad.graph_name,
        )
        for quad in quads
    }


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
