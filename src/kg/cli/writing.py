"""What commands that decide share: who decides, why, and what is printed of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from kg.cli.options import case_option, json_option, later_option, say, who_option, why_option
from kg.cli.reports import rebuild, report_to_json, summary

if TYPE_CHECKING:
    from kg.case import Case
    from kg.model import Decision

__all__ = ["deciding_options", "write_down"]


def deciding_options[F: Callable[..., None]](command: F) -> F:
    """The options of every command that writes a decision down."""
    for option in (case_option, json_option, later_option, why_option, who_option):
        command = option(command)
    return command


def write_down(case: Case, decision: Decision, *, later: bool, as_json: bool) -> None:
    """Say what was written down, and build the graph with it."""
    from kg import showing
    from kg.identity import describe

    if not as_json:
        say(describe(decision))
    report = None if later else rebuild(case)
    if as_json:
        built = None if report is None else report_to_json(case, report)
        line = showing.decision_to_json(decision)
        click.echo(json.dumps({**line, "build": built}, ensure_ascii=False))
    elif report is not None:
        say(summary(case, report))
