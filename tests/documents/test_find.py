"""Which files there are, each once, and what tables say of them."""

import datetime as dt
import itertools
import os
from collections.abc import Iterable
from pathlib import Path

import pytest

from kg.documents import Metadata, Source, find
from kg.errors import SourcesTableError, UnreadableDocumentError


def make(root: Path, *names: str) -> Path:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(name)
    return root


def table(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def names(paths: Iterable[Path]) -> list[str]:
    return [found.name for found in find(paths) if isinstance(found, Source)]


def said(paths: Iterable[Path]) -> dict[str, Metadata]:
    return {found.name: found.metadata for found in find(paths) if isinstance(found, Source)}


def test_a_folder_is_walked_in_order_without_hidden_files_and_tables(tmp_path: Path) -> None:
    make(tmp_path, "b.txt", "a/z.html", "a/رضا.txt", ".git/x.txt", ".hidden.txt", "t.csv", "c.pdf")
    assert names([tmp_path]) == ["a/z.html", "a/رضا.txt", "b.txt", "c.pdf"]


def test_what_kg_writes_into_a_case_is_no_document_of_it(tmp_path: Path) -> None:
    make(tmp_path, "a.txt", "kg-case/kg.toml", "kg-case/view.html", "kg-case/sources/b.txt")
    make(tmp_path, "site/view.html", "site/timeline.html")  # somebody's own, beside no kg.toml
    expected = ["a.txt", "kg-case/sources/b.txt", "site/timeline.html", "site/view.html"]
    assert names([tmp_path]) == expected


def test_order_and_repetition_of_paths_change_nothing(tmp_path: Path) -> None:
    one, two = make(tmp_path / "one", "a.txt", "b.txt"), make(tmp_path / "two", "a.txt")
    table(two / "sources.csv", "path,title\n../three,T\n")
    make(tmp_path / "three", "a.txt")
    paths = [one, two, two / "a.txt", one / "b.txt"]
    first = list(find(paths))
    for order in itertools.permutations(paths):
        assert list(find([*order, *order])) == first


def test_names_are_the_same_wherever_the_folder_lies(tmp_path: Path) -> None:
    for place in ("x", "y/z"):
        make(tmp_path / place / "one", "a.txt", "b/c.txt")
        make(tmp_path / place / "two", "a.txt", "d.txt")
    here, there = ([tmp_path / place / n for n in ("one", "two")] for place in ("x", "y/z"))
    assert names(here) == names(there) == ["b/c.txt", "d.txt", "one/a.txt", "two/a.txt"]


def test_files_that_would_share_a_name_get_as_many_folders_as_will_do(tmp_path: Path) -> None:
    make(tmp_path, "x/in/a.txt", "y/in/a.txt")
    found = names([tmp_path / "x/in/a.txt", tmp_path / "y/in/a.txt"])
    assert found == ["x/in/a.txt", "y/in/a.txt"]


def test_the_outermost_folder_names_a_file(tmp_path: Path) -> None:
    make(tmp_path, "a/b/c.txt")
    assert names([tmp_path / "a/b", tmp_path, tmp_path / "a/b/c.txt"]) == ["a/b/c.txt"]


def test_loops_of_links_end_and_each_file_comes_once(tmp_path: Path) -> None:
    make(tmp_path, "b/x.txt", "elsewhere/y.txt")
    (tmp_path / "b" / "up").symlink_to(tmp_path)
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "a.txt").symlink_to(tmp_path / "b" / "x.txt")
    (tmp_path / "self").symlink_to(tmp_path / "self")
    found = list(find([tmp_path]))
    assert [f.name for f in found if isinstance(f, Source)] == ["b/x.txt", "elsewhere/y.txt"]
    (problem,) = (f for f in found if not isinstance(f, Source))
    assert "leads nowhere" in problem.reason


def test_a_link_to_a_folder_elsewhere_is_walked(tmp_path: Path) -> None:
    make(tmp_path, "elsewhere/y.txt", "here/x.txt")
    (tmp_path / "here" / "link").symlink_to(tmp_path / "elsewhere")
    assert names([tmp_path / "here"]) == ["link/y.txt", "x.txt"]


def test_what_cannot_be_used_is_listed_and_the_rest_goes_on(tmp_path: Path) -> None:
    make(tmp_path, "a.txt")
    os.mkfifo(tmp_path / "pipe")
    found = list(find([tmp_path, tmp_path / "gone"]))
    assert isinstance(found[0], Source)
    problems = found[1:]
    assert all(isinstance(problem, UnreadableDocumentError) for problem in problems)
    assert ["does not exist" in str(p) for p in problems] == [True, False]


def test_a_row_of_a_file_goes_before_a_row_of_a_folder(tmp_path: Path) -> None:
    make(tmp_path, "in/a.txt", "in/b.txt", "in/deep/c.txt")
    table(
        tmp_path / "sources.csv",
        "path,publisher,published\nin/a.txt,,2020-01-02\nin,Folder,2019-01-01\nin/deep,Deep,\n",
    )
    found = said([tmp_path])
    assert found["in/a.txt"] == Metadata(publisher="Folder", published=dt.date(2020, 1, 2))
    assert found["in/b.txt"] == Metadata(publisher="Folder", published=dt.date(2019, 1, 1))
    assert found["in/deep/c.txt"] == Metadata(publisher="Deep", published=dt.date(2019, 1, 1))


def test_the_table_in_the_inner_folder_goes_first(tmp_path: Path) -> None:
    make(tmp_path, "in/a.txt")
    table(tmp_path / "sources.csv", "path,title,author\nin/a.txt,Outer,Outer\n")
    table(tmp_path / "in" / "sources.csv", "path,title\na.txt,Inner\n")
    assert said([tmp_path])["in/a.txt"] == Metadata(title="Inner", author="Outer")


def test_a_table_adds_files_and_folders_that_lie_elsewhere(tmp_path: Path) -> None:
    make(tmp_path, "out/one.txt", "more/b/two.txt")
    sources = tmp_path / "case" / "sources"
    table(sources / "sources.csv", f"path,title\n../../out/one.txt,One\n{tmp_path / 'more'},Two\n")
    table(tmp_path / "more" / "sources.csv", "path,author\nb,Three\n")
    expected = {
        "b/two.txt": Metadata(title="Two", author="Three"),
        "one.txt": Metadata(title="One"),
    }
    assert said([sources]) == expected
    assert said([sources / "sources.csv"]) == expected


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_tables_of_spreadsheets_are_read(tmp_path: Path, encoding: str, mark: str) -> None:
    make(tmp_path, "a.txt")
    rows = (["Path", "Title", "URL"], ["a.txt", '"Zoë, ""Müller"""', "https://example.org/é"])
    text = "\r\n".join(mark.join(row) for row in rows)
    (tmp_path / "sources.csv").write_bytes(text.encode(encoding))
    assert said([tmp_path])["a.txt"] == Metadata(title='Zoë, "Müller"', url="https://example.org/é")


def test_a_bad_cell_leaves_the_rest_of_the_table(tmp_path: Path) -> None:
    make(tmp_path, "a.txt", "b.txt")
    table(
        tmp_path / "sources.csv",
        'path,titel,title,published\na.txt,,"A\nA",soon\ngone.txt,,,\nb.txt,,B,2020-01-02\n',
    )
    found = list(find([tmp_path]))
    assert [f.metadata for f in found if isinstance(f, Source)] == [
        Metadata(title="A\nA"),
        Metadata(title="B", published=dt.date(2020, 1, 2)),
    ]
    problems = [f for f in found if isinstance(f, SourcesTableError)]
    assert [problem.reason.split(":")[0] for problem in problems] == ["line 1", "line 2", "line 4"]
