"""The command line: each command parses, calls one function, and prints.

Results go to stdout, progress and remarks to stderr. Exit codes: 0 done, 1 failed, 2 usage.
"""

from __future__ import annotations

import click

from kg import __version__
from kg.cli.asking import ask, query, stats
from kg.cli.correcting import correct
from kg.cli.dumps import dump, load
from kg.cli.identity import identity
from kg.cli.options import Group
from kg.cli.outlets import check, export, view
from kg.cli.reading import build, extract
from kg.cli.removing import remove
from kg.cli.review import review
from kg.cli.training import train

__all__ = ["main"]


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="kg")
def main() -> None:
    """Build a knowledge graph of what people say happened.

    Reads reports and statements, and states who is named, who held which role, what happened,
    and who says so, each with its words. Start with: kg build PATH...
    """


for _command in (
    build, extract, remove, query, ask, view, export, dump, load, check, stats, train,
    identity, correct, review,
):  # fmt: skip
    main.add_command(_command)
