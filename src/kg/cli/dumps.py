"""Commands that move a whole graph: dump and load."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from kg.cli.options import case_option, json_option, open_case, progress, say
from kg.packing import COMPRESSIONS

__all__ = ["dump", "load"]


@click.command()
@click.argument("target", metavar="FOLDER", type=click.Path(path_type=Path))
@click.option(
    "--size",
    type=click.IntRange(1),
    default=1_000_000,
    show_default=True,
    metavar="N",
    help="How many quads a file holds at most.",
)
@click.option(
    "--compress",
    type=click.Choice(list(COMPRESSIONS)),
    default="gzip",
    show_default=True,
    help="zstd needs: pip install 'kg[zstd]'.",
)
@click.option("--include-runs", is_flag=True, help="Also when and from where the graph was built.")
@click.option("--force", is_flag=True, help="Put it in the place of a former dump in the folder.")
@json_option
@case_option
def dump(
    target: Path,
    size: int,
    compress: str,
    include_runs: bool,
    force: bool,
    as_json: bool,
    folder: Path,
) -> None:
    """Write the graph into a folder, as compressed N-Quads for bulk loaders.

    FOLDER gets files part-00000.nq.gz, part-00001.nq.gz ... and in the end manifest.json with the
    quads, bytes and SHA-256 of each. kg load reads it, and so do QLever, Virtuoso and Jena
    (docs/scale.md has their commands). No memory is needed for it but that of some thousand quads.
    """
    from kg.dumping import Options

    options = Options(size=size, compress=compress, include_runs=include_runs, force=force)
    case = open_case(folder)
    with progress("dumping") as advance:
        manifest = case.dump(target, options, progress=advance)
    if as_json:
        click.echo(json.dumps({"folder": target.as_posix(), **asdict(manifest)}))
    else:
        say(f"{manifest.quads} quads in {len(manifest.files)} files, in {target}")


@click.command()
@click.argument(
    "paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path, allow_dash=False)
)
@json_option
@case_option
def load(paths: tuple[Path, ...], as_json: bool, folder: Path) -> None:
    """Take the graph of a dump into a case of its own.

    PATHS is the folder of a dump, which is checked against its manifest, or files of N-Quads
    (.nq, .nq.gz, .nq.zst) straight. Until everything was read and found right the case stays as it
    was. A case that was loaded can be asked, viewed, exported, dumped and checked. It has no
    documents: nothing is built or decided in it, and a case that was built takes in no dump.
    """
    case = open_case(folder)
    with progress("loading") as advance:
        quads = case.load(*paths, progress=advance)
    if as_json:
        click.echo(json.dumps({"case": folder.as_posix(), "quads": quads}))
    else:
        say(f"{quads} quads, in {folder}")
