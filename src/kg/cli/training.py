"""The command that learns from marks: train."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.options import json_option, progress

if TYPE_CHECKING:
    from kg.extraction.attribution.fitting.folder import Training

__all__ = ["train"]


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("kg-model"),
    show_default=True,
    help="The folder of the new model.",
)
@click.option(
    "--epochs",
    type=click.IntRange(1, 100),
    default=3,
    show_default=True,
    help="How often every text is learnt from.",
)
@click.option(
    "--seed",
    type=click.IntRange(0),
    default=1,
    show_default=True,
    help="Draws the texts that are kept back, and the order of the others.",
)
@json_option
def train(folder: Path, out: Path, epochs: int, seed: int, as_json: bool) -> None:
    """Fit the model of who said what to your own marks.

    FOLDER holds texts (NAME.txt) and beside each its marks as brat writes them (NAME.ann):
    Source, Cue and Content, joined by events or relations. One text in five is kept back, and
    the model is measured on these before and after. Needs: pip install 'kg[train]'. An
    interrupted run goes on after its last whole epoch when it is started again.
    """
    from dataclasses import replace

    from kg.extraction.attribution.fitting.folder import train as run
    from kg.extraction.attribution.fitting.options import GENTLE

    options = replace(GENTLE, epochs=epochs, seed=seed)
    with progress("learning") as advance:
        training = run(folder, out, options, progress=advance)
    click.echo(json.dumps(_training(training)) if as_json else _trained(training))
    for problem in training.set_aside:
        click.echo(f"kg: set aside {problem}", err=True)


def _training(training: Training) -> dict[str, Any]:
    return {
        "model": training.model.as_posix(),
        **training.rows(),
        "set_aside": [
            {"file": each.path, "line": each.line, "reason": each.reason}
            for each in training.set_aside
        ],
    }


def _trained(training: Training) -> str:
    before, after = training.before, training.after
    lines = [
        "learnt from {} texts with {} attributions".format(*training.learnt),
        "measured on {} texts with {} attributions, kept back:".format(*training.kept_back),
        f"{'F1':<28} before  after",
    ]
    for name, label in (
        ("pair", "content and its source"),
        ("content", "content"),
        ("source", "source"),
        ("words", "words of content"),
    ):
        lines.append(f"  {label:<26} {before[name].f1:6.3f} {after[name].f1:6.3f}")
    if after["pair"].f1 <= before["pair"].f1:
        lines.append("the new model is no better on these texts: keep the one you have")
    elif training.few:
        lines.append("so few were kept back that the difference may be chance: mark more")
    if training.loose:
        lines.append(f"{training.loose} marks are joined to nothing and were left out")
    if training.set_aside:
        lines.append(f"{len(training.set_aside)} texts set aside")
    use = json.dumps(str(training.model.resolve()), ensure_ascii=False)
    lines += [
        f"the model is in {training.model}; to use it, put this into the kg.toml of a case:",
        f"  attribution = {use}",
    ]
    return "\n".join(lines)
