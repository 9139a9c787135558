"""What a kg.toml may say."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from kg.case import Case
from kg.errors import SettingsError
from kg.model import Settings
from kg.settings import read_settings


def test_every_setting_can_be_made(tmp_path: Path) -> None:
    path = tmp_path / "kg.toml"
    path.write_text(
        'base = "http://example.org/case#"\nlanguage = "en"\npipeline = "another"\n'
        'policy = "all"\npublished = 2020-01-31\nattribution = "rules"\n',
        encoding="utf-8",
    )
    assert read_settings(path) == Settings(
        base="http://example.org/case#",
        pipeline="another",
        policy="all",
        published=dt.date(2020, 1, 31),
        attribution="rules",
    )


def test_the_way_to_a_model_begins_at_the_kg_toml_that_names_it(tmp_path: Path) -> None:
    path = tmp_path / "kg.toml"
    path.write_text('attribution = "models/ours"\n', encoding="utf-8")
    assert read_settings(path).attribution == str(tmp_path / "models/ours")
    path.write_text(f"attribution = '{tmp_path / 'x'}'\n", encoding="utf-8")
    assert read_settings(path).attribution == str(tmp_path / "x")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("polycy = 'all'", "no setting 'polycy'; there are attribution, base, .*language"),
        ("policy = 1", "policy must be a string"),
        ("seconds = '9'", "seconds must be a whole number"),
        ("seconds = true", "seconds must be a whole number"),
        ("seconds = -1", "seconds must be at least 0"),
        ("megabytes = 0", "megabytes must be at least 1"),
        ("workers = 0", "workers must be at least 1"),
        ("published = '2020'", "published must be a date"),
        ("published = 2020-01-31T10:00:00", "published must be a date"),
        ("base = 'https://kg.example'", "ends in / or #"),
        ("base = 'urn:case/'", "http IRI"),
        ("base = 'https:///'", "http IRI"),
        ("base = 'https://kg.example/a b/'", "http IRI"),
        ("base = ''", "http IRI"),
        ("base =", "not TOML"),
    ],
)
def test_a_setting_that_cannot_be_used_names_the_file_and_the_fault(
    tmp_path: Path, text: str, message: str
) -> None:
    (tmp_path / "kg.toml").write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=message) as raised:
        Case(tmp_path)
    assert "kg.toml" in str(raised.value)
