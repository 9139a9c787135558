"""A large case without hours of extraction: the reports of a case that was built, told again.

    python -m bench.retold BUILT NEW NUMBER

Of each document of the case BUILT (one of bench/synthetic.py) its findings are taken, and told
again (bench/grown.py) with other persons, days and numbers and here and there other words, round by
round until there are NUMBER reports. Texts and findings lie in the case NEW, so that ``kg build``
there finds all of them extracted and has only its own part to do. Persons get the given name of one
person of the case and the surname of another: so nearly all of a round are new, as in new reports.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from bench.grown import Changes, Telling, plain_words
from kg import Case, documents, files
from kg.documents import Source
from kg.keeping import open_kept
from kg.model import EntityKind, Findings
from kg.reading import Cache, read_all
from kg.shelf import Record

#: How many persons of a round bear the name that they bore in the first.
SAME_PERSON = 0.1


def main() -> None:
    """Tell the reports again."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("built", type=Path)
    parser.add_argument("new", type=Path)
    parser.add_argument("number", type=int)
    given = parser.parse_args()
    retell(Case(given.built), Case(given.new), given.number)


def retell(built: Case, new: Case, number: int) -> None:
    """Put so many reports into a new case, with their findings as if they had been extracted."""
    reports = _findings(built)
    names = _Names(reports)
    words = sorted({word for found in reports for word in plain_words(found.document.text)})
    files.make_folder(new.sources)
    settings = new.settings
    with open_kept(new.folder / ".kg/kept.sqlite") as kept:
        cache = Cache(new.folder / ".kg/findings", kept, settings)
        for at in range(number):
            round_, report = divmod(at, len(reports))
            found = reports[report]
            if round_:
                chance = random.Random(f"{round_} {report}")  # noqa: S311 - no secret
                days = dt.timedelta(random.Random(round_).randrange(-9000, -30))  # noqa: S311
                changes = Changes(round_, names.of(found, round_), days, words)
                found = Telling(found, changes, chance).retold()
            path = new.sources / f"report-{at:06}.txt"
            path.write_text(found.document.text, encoding="utf-8")
            source = Source(path=path, name=path.name)
            document = documents.read(source)
            if document.text != found.document.text:
                raise ValueError(f"{path}: it is read as another text")
            cache.keep(replace(found, document=document), source)


def _findings(case: Case) -> Sequence[Findings]:
    with open_kept(case.folder / ".kg/kept.sqlite") as kept:
        cache = Cache(case.folder / ".kg/findings", kept, case.settings)
        outcomes = [outcome for _, outcome in read_all([case.sources], case.settings, cache=cache)]
        if cache.added:
            raise ValueError(f"{case.folder}: build it first")
    return [outcome.open() for outcome in outcomes if isinstance(outcome, Record)]


class _Names:
    """Other names for the persons of reports."""

    def __init__(self, reports: Sequence[Findings]) -> None:
        names = [name.split() for found in reports for name in _persons(found)]
        self._given = sorted({words[0] for words in names})
        self._last = sorted({words[-1] for words in names})

    def of(self, found: Findings, round_: int) -> Mapping[str, str]:
        """What persons of a report are called in a round: the same for the same in each report."""
        renamed = {}
        for name in _persons(found):
            chance = random.Random(f"{round_} {name}")  # noqa: S311 - no secret
            if chance.random() >= SAME_PERSON:
                renamed[name] = f"{chance.choice(self._given)} {chance.choice(self._last)}"
        return renamed


def _persons(found: Findings) -> list[str]:
    """The full names of persons."""
    return [
        entity.name
        for entity in found.entities
        if entity.kind is EntityKind.PERSON and entity.named and " " in entity.name
    ]


if __name__ == "__main__":
    main()
