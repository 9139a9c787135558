"""A built case that people decide on: how tests make it, call ``kg`` on it, and give it back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from click.testing import CliRunner, Result

from kg.case import Case
from kg.cli import main


def build(folder: Path, reports: Mapping[str, str]) -> Case:
    """A case of these reports, by the names of their files."""
    for name, text in reports.items():
        (folder / name).write_text(text, encoding="utf-8")
    case = Case(folder / "case")
    case.build([folder / name for name in reports])
    return case


def lent(case: Case) -> Iterator[Case]:
    """The case without decisions, before and after."""
    yield case
    decisions = case.folder / "decisions.csv"
    if decisions.exists():
        decisions.unlink()
        case.build()


def kg(case: Case, *arguments: str, keys: str = "") -> Result:
    """What a command does in the case, by a person who says who they are."""
    environment = {"KG_CASE": str(case.folder), "KG_WHO": "Ida Holm"}
    return CliRunner().invoke(main, arguments, input=keys, env=environment)
