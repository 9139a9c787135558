"""Each file of tests/malformed fails as its README says."""

import re
from pathlib import Path

import pytest

from kg import errors
from kg.documents import Source, find, read

FOLDER = Path(__file__).parents[1] / "malformed"
ROWS = [
    tuple(cell.strip() for cell in line.strip("|\n").split("|"))
    for line in (FOLDER / "README.md").read_text(encoding="utf-8").splitlines()
    if re.match(r"\| [a-z]", line) and not line.startswith(("| file", "| table"))
]
FILES = [row for row in ROWS if "." in row[0]]
TABLES = [row for row in ROWS if "." not in row[0]]


@pytest.mark.parametrize(("name", "error", "words"), FILES, ids=[row[0] for row in FILES])
def test_a_bad_file_fails_with_its_reason(name: str, error: str, words: str) -> None:
    with pytest.raises(getattr(errors, error), match=re.escape(words)) as caught:
        read(Source(path=FOLDER / name, name=name))
    assert type(caught.value) is getattr(errors, error)
    assert str(caught.value).startswith(repr(str(FOLDER / name)))


@pytest.mark.parametrize(("folder", "line", "words"), TABLES, ids=[row[0] for row in TABLES])
def test_a_bad_table_names_its_file_and_line(folder: str, line: str, words: str) -> None:
    (problem,) = find([FOLDER / "tables" / folder])
    assert isinstance(problem, errors.SourcesTableError)
    assert f"line {line}: " in problem.reason
    assert words in problem.reason
    assert problem.path == str(FOLDER / "tables" / folder / "sources.csv")


def test_every_malformed_file_is_in_the_list() -> None:
    files = {entry.name for entry in FOLDER.iterdir() if entry.is_file()} - {"README.md"}
    assert {row[0] for row in FILES} == files
    assert {row[0] for row in TABLES} == {entry.name for entry in (FOLDER / "tables").iterdir()}
