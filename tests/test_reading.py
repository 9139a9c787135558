"""From files to findings: what stands as it stood is not read again, everything else is."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kg import Case, documents
from kg.documents import Source
from kg.errors import FindingsDamagedError
from kg.keeping import open_kept
from kg.model import Settings
from kg.reading import Cache, read_all
from kg.shelf import Record

LONG_AGO = 1_600_000_000
TEXT = "Anna Berg, the mayor of Oslo, said that 12 people were killed in Bergen.\n"


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that were read."""
    names: list[str] = []
    before = documents.read

    def reading(source: Source, **how: object) -> object:
        names.append(source.name)
        return before(source, **how)  # type: ignore[arg-type]

    monkeypatch.setattr(documents, "read", reading)
    return names


def put(folder: Path, name: str, text: str, *, when: int = LONG_AGO) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    os.utime(path, (when, when))
    return path


def gather(folder: Path, settings: Settings | None = None) -> tuple[list[Record], int]:
    """The documents of the folder, and how many were not in the cache."""
    settings = settings or Settings(attribution="rules")
    with open_kept(folder / "kept.sqlite") as kept:
        cache = Cache(folder / "findings", kept, settings)
        found = [outcome for _, outcome in read_all([folder / "s"], settings, cache=cache)]
    assert all(isinstance(each, Record) for each in found)
    return [each for each in found if isinstance(each, Record)], cache.added


def test_a_file_that_stands_as_it_stood_is_not_opened(tmp_path: Path, read: list[str]) -> None:
    put(tmp_path / "s", "a.txt", TEXT)
    (first,), added = gather(tmp_path)
    assert (read, added) == (["a.txt"], 1)
    (again,), added = gather(tmp_path)
    assert (read, added) == (["a.txt"], 0)
    assert again.made_from == first.made_from
    assert again.open() == first.open()


@pytest.mark.parametrize("when", [LONG_AGO, LONG_AGO + 1])
def test_a_changed_file_is_read_whatever_its_time_says(
    tmp_path: Path, read: list[str], when: int
) -> None:
    put(tmp_path / "s", "a.txt", TEXT)
    gather(tmp_path)
    put(tmp_path / "s", "a.txt", TEXT.replace("12", "14"), when=when)
    (found,), added = gather(tmp_path)
    assert (read, added) == (["a.txt", "a.txt"], 1)
    assert "14 people" in found.open().document.text


def test_a_file_that_was_just_written_is_read_again(tmp_path: Path, read: list[str]) -> None:
    (tmp_path / "s").mkdir()
    (tmp_path / "s" / "a.txt").write_text(TEXT)
    gather(tmp_path)
    _, added = gather(tmp_path)
    assert (read, added) == (["a.txt", "a.txt"], 0)


def test_another_setting_or_metadata_makes_it_read_again(tmp_path: Path, read: list[str]) -> None:
    put(tmp_path / "s", "a.txt", TEXT)
    gather(tmp_path)
    gather(tmp_path, Settings(attribution="rules", characters=1000))
    assert len(read) == 2
    put(tmp_path / "s", "sources.csv", "path,title\na.txt,A title\n")
    (found,), added = gather(tmp_path)
    assert found.open().document.title == "A title"
    assert added == 1


def test_a_case_that_was_moved_is_not_extracted_again(tmp_path: Path) -> None:
    put(tmp_path / "old" / "s", "a.txt", TEXT)
    (before,), _ = gather(tmp_path / "old")
    (tmp_path / "old").rename(tmp_path / "new")
    (after,), added = gather(tmp_path / "new")
    assert added == 0
    assert after.made_from == before.made_from
    assert after.open().document.location == str(tmp_path / "new" / "s" / "a.txt")


def test_findings_that_were_cut_short_are_made_again(tmp_path: Path) -> None:
    put(tmp_path / "s", "a.txt", TEXT)
    gather(tmp_path)
    (entry,) = (tmp_path / "findings").iterdir()
    entry.write_bytes(entry.read_bytes()[:-10])
    (found,), added = gather(tmp_path)
    assert added == 1
    assert found.open().entities


def test_findings_that_are_damaged_behind_its_back_are_named_and_made_again(
    tmp_path: Path,
) -> None:
    case = Case(tmp_path)
    put(case.sources, "a.txt", TEXT)
    case.build()
    expected = case.hash()
    (entry,) = (tmp_path / ".kg" / "findings").iterdir()
    entry.write_bytes(b"{" * entry.stat().st_size)
    (tmp_path / ".kg" / "ledger.sqlite").unlink()  # so that they are opened
    with pytest.raises(FindingsDamagedError, match=entry.name):
        case.build()
    assert case.hash() == expected
    case.build()
    assert case.hash() == expected
