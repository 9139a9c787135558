"""``kg build --watch``: what is printed of each build, and how it ends."""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.options import on_one_line, progress, say
from kg.cli.reports import remarks, report_to_json

if TYPE_CHECKING:
    from kg.case import Case
    from kg.pipeline import BuildReport
    from kg.watching import Changes, Round

__all__ = ["ended_by_hand", "watch_case"]

#: So many names of files are printed of each kind of change.
_NAMES = 3


def watch_case(open_again: Callable[[], Case], *, poll: float | None, as_json: bool) -> None:
    """Build a case again and again, and print a line a build, until somebody ends it.

    ``open_again`` opens the case for each build, so that a changed kg.toml counts.
    """
    from kg.watching import Notices, look, watch

    case = open_again()
    said: frozenset[str] = frozenset()
    with Notices(poll=poll, remark=_remark) as notices:
        for made in watch(partial(look, case.folder), lambda: _build(open_again()), notices):
            if as_json:
                click.echo(json.dumps(_to_json(case, made), ensure_ascii=False))
                continue
            say(_line(made), err=made.report is None)
            if made.report is not None:
                noticed = [f"set aside {each}" for each in made.report.set_aside]
                noticed += remarks(made.report)
                for words in noticed:
                    if words not in said:
                        _remark(words)
                said = frozenset(noticed)
            if made.number == 1:
                _remark("watching for changes; Ctrl-C ends it")


def _build(case: Case) -> BuildReport:
    with progress("reading") if sys.stderr.isatty() else nullcontext() as advance:
        return case.build(progress=advance)


def _remark(words: str) -> None:
    say(f"kg: {words}", err=True)


@contextmanager
def ended_by_hand(folder: Path) -> Iterator[None]:
    """Where Ctrl-C, and being asked by the system to end, is the usual end and no failure."""
    from kg.turns import unfinished

    # A shell that starts a program in the background has it ignore Ctrl-C.
    before = {
        each: signal.signal(each, signal.default_int_handler)
        for each in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        yield
    except KeyboardInterrupt:
        cut_short = unfinished(folder / ".kg") is not None
        _remark(
            "ended while building; the graph is as it was before, and kg build goes on from there"
            if cut_short
            else "ended"
        )
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


def _line(made: Round) -> str:
    """What a build did, in a line for a person."""
    began = f"{made.began:%H:%M:%S}"
    what = _changes(made.changes) or ("first build" if made.number == 1 else "tried again")
    if made.report is None:
        return f"kg: {began} {what}: not built: {made.problem}"
    report = made.report
    return (
        f"{began} {what}: {len(report.documents)} documents ({report.extracted} new or changed), "
        f"{report.quads} quads, {made.seconds:.1f} s"
    )


def _changes(changes: Changes) -> str:
    r"""What came, changed and went.

    >>> from kg.watching import Changes
    >>> _changes(Changes(added=("a.txt", "b\n.txt"), removed=("c.txt", "d.txt", "e.txt", "f.txt")))
    'added a.txt, b\\n.txt; removed c.txt, d.txt, e.txt and 1 more'
    """
    kinds = {"added": changes.added, "changed": changes.changed, "removed": changes.removed}
    return "; ".join(f"{what} {_names(names)}" for what, names in kinds.items() if names)


def _names(names: tuple[str, ...]) -> str:
    shown = ", ".join(on_one_line(name) for name in names[:_NAMES])
    return shown if len(names) <= _NAMES else f"{shown} and {len(names) - _NAMES} more"


def _to_json(case: Case, made: Round) -> dict[str, Any]:
    """What a build did, for a program: all that ``kg build --json`` gives, and why it was."""
    return {
        "time": made.began.isoformat(timespec="seconds"),
        "added": made.changes.added,
        "changed": made.changes.changed,
        "removed": made.changes.removed,
        "seconds": round(made.seconds, 3),
        "error": made.problem,
        **({} if made.report is None else report_to_json(case, made.report)),
    }
