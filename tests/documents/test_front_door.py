"""A folder of everything that goes wrong: the good file is built, each bad one named."""

from __future__ import annotations

import gzip
import json
import os
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli import main
from kg.documents import Source, read
from kg.errors import UnreadableDocumentError

GOOD = "Anna Berg, the mayor of Norden, said on Monday that soldiers had killed 14 fishermen.\n"
NESTED = b"<html><body>" + b"<div>" * 100_000 + b"Words." + b"</div>" * 100_000
STEERING = "line\nbreak \x1b[2J\u202e.txt"


def _sparse(path: Path) -> None:
    """One line of 500 MB, of which the disk holds nothing."""
    with path.open("wb") as file:
        file.truncate(500_000_000)


def _pdf(path: Path) -> None:
    path.write_bytes(
        b"%PDF-1.6\n1 0 obj<</Filter/Standard/V 2/R 3/P -44>>endobj\ntrailer<</Encrypt 1 0 R>>"
    )


def _bomb(path: Path) -> None:
    """Six hundred megabytes in six hundred kilobytes."""
    part = gzip.compress(bytes(20_000_000), compresslevel=9)
    path.write_bytes(part * 30)


def _content(raw: bytes) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(raw)


#: Name, what makes it, and what is said of it; None where it is read.
BAD: list[tuple[str, Callable[[Path], object], str | None]] = [
    ("empty.txt", _content(b""), "the file is empty"),
    ("binary.txt", _content(bytes(range(256)) * 40), "it is binary"),
    ("one-line.txt", _sparse, "it is larger than 50 MB; split it into parts, or set megabytes"),
    ("invalid.txt", _content("“Så,” sa hun på møtet.".encode() + b"\xff\n"), "damaged at byte"),
    ("nul.txt", _content(b"A letter\0 with NUL\0 bytes."), "it is binary"),
    ("bomb.txt.gz", _bomb, "unpacked it is larger than 50 MB; split it into parts"),
    ("bomb.html.gz", _bomb, "unpacked it is larger than 50 MB; split it into parts"),
    ("nested.html", _content(NESTED), "nested too deeply; save its text as .txt"),
    ("loop.txt", lambda path: path.symlink_to(path), "a link that leads nowhere; mend it"),
    ("locked.pdf", _pdf, "PDF, which is not read yet; convert it to text"),
    ("locked.txt", _pdf, "PDF, which is not read yet; convert it to text"),
    (STEERING, _content(b""), "the file is empty"),
    ("folder/round", lambda path: path.symlink_to(path.parent), None),
    ("quotes.txt", _content(b'"' * 10_000), None),
    ("marks.txt", _content("\u200f\u202e\u2067Anna Berg left.\u2069\u202c\u200f".encode()), None),
]  # fmt: skip


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Result:
    folder = tmp_path_factory.mktemp("door")
    reports = folder / "reports"
    (reports / "folder").mkdir(parents=True)
    for name, make, _ in BAD:
        make(reports / name)
    (reports / "good.txt").write_text(GOOD, encoding="utf-8")
    (reports / "copy\n\x1b[31m.txt").write_text(GOOD, encoding="utf-8")
    case = str(folder / "case")
    return CliRunner().invoke(main, ["build", str(reports), "--case", case])


def test_the_good_file_is_built_whatever_lies_beside_it(build: Result) -> None:
    assert build.exit_code == 0, build.output
    assert "3 documents" in build.stdout
    bad = sum(words is not None for _, _, words in BAD)
    assert f"{bad} files set aside" in build.stdout
    assert build.stderr.count("kg: set aside ") == bad


@pytest.mark.parametrize(
    ("name", "words"), [(n, words) for n, _, words in BAD if words], ids=lambda v: repr(v)[:20]
)
def test_each_bad_file_is_named_in_one_line_with_what_to_do(
    build: Result, name: str, words: str
) -> None:
    named = repr(f"/{name}")[1:]
    (line,) = (line for line in build.stderr.splitlines() if named in line)
    assert line.startswith("kg: set aside ")
    assert words in line


def test_no_name_of_a_file_steers_the_terminal(build: Result) -> None:
    assert all(line.isprintable() for line in build.output.splitlines())
    assert r"copy\n\x1b[31m.txt" in build.stdout


def test_a_table_for_a_person_does_not_steer_the_terminal(tmp_path: Path) -> None:
    text = "Anna Berg\u202e, the mayor of Norden, said that “the \x1b[2J dam” had burst.\n"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    case = ["--case", str(tmp_path / "case")]
    assert CliRunner().invoke(main, ["build", str(tmp_path / "a.txt"), *case]).exit_code == 0
    table = CliRunner().invoke(main, ["ask", "said", *case]).stdout
    assert "burst" in table
    assert not {"\x1b", "\u202e"} & set(table)
    rows = CliRunner().invoke(main, ["ask", "said", "--format", "json", *case]).stdout
    assert "\x1b[2J" in json.dumps(json.loads(rows), ensure_ascii=False).replace("\\u001b", "\x1b")


def test_a_file_that_is_too_large_is_not_taken_into_memory(tmp_path: Path) -> None:
    _sparse(tmp_path / "a.txt")
    _bomb(tmp_path / "b.txt.gz")
    tracemalloc.start()
    try:
        for name, most in (("a.txt", 1_000_000), ("b.txt.gz", 20_000_000)):
            tracemalloc.reset_peak()
            with pytest.raises(UnreadableDocumentError, match="larger than 5 MB"):
                read(Source(path=tmp_path / name, name=name), megabytes=5)
            assert tracemalloc.get_traced_memory()[1] < most
    finally:
        tracemalloc.stop()


def test_the_limits_are_the_cases_own(tmp_path: Path) -> None:
    case = tmp_path / "case"
    case.mkdir()
    (case / "kg.toml").write_text("megabytes = 1\n", encoding="utf-8")
    (tmp_path / "long.txt").write_bytes(b"Words. " * 200_000)
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    paths = [str(tmp_path / name) for name in ("long.txt", "good.txt")]
    done = CliRunner().invoke(main, ["build", *paths, "--case", str(case)])
    assert done.exit_code == 0
    assert "larger than 1 MB; split it into parts, or set megabytes in kg.toml" in done.stderr


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    (tmp_path / "closed.txt").write_text(GOOD, encoding="utf-8")
    (tmp_path / "closed.txt").chmod(0)
    (tmp_path / "closed").mkdir(mode=0)
    done = CliRunner().invoke(main, ["build", str(tmp_path), "--case", str(tmp_path / ".case")])
    assert done.exit_code == 0
    assert done.stderr.count("it cannot be opened (permission denied)") == 2
