"""Statements a second from findings to the store, beside storing the very same quads alone.

    python -m bench.statements                 # about 200,000 quads
    python -m bench.statements --quads 1000000 --runs 3

The case is grown from the sample reports (bench/grown.py). *End to end* is what a build does once
documents are extracted and it is known who is one: quads are made part by part, the ledger takes
them in, and the store is written. Beside it the same quads, made before, go into a fresh store on
disk by pyoxigraph's ``bulk_extend`` and ``extend``, and into rdflib in memory by ``Graph.add`` and
``Dataset.addN``. All take turns; the median of each counts.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from pathlib import Path

import rdflib
from pyoxigraph import DefaultGraph, Quad, Store
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID

from bench import grown
from kg import statements
from kg.ledger import open_ledger
from kg.model import Change, Part
from kg.rdflib_exchange import quads_to_rdflib
from kg.store import writing

type Triple = tuple[rdflib.term.Node, rdflib.term.Node, rdflib.term.Node]
#: A triple and the name of its graph.
type Named = tuple[Triple, rdflib.URIRef]


class Clock:
    """Adds up the seconds that iterators take between one item and the next."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def timed[T](self, work: Callable[[], T]) -> T:
        """What the work gives, timed."""
        start = time.perf_counter()
        try:
            return work()
        finally:
            self.seconds += time.perf_counter() - start

    def over[T](self, items: Iterator[T]) -> Iterator[T]:
        """The same items, their making timed."""
        while True:
            start = time.perf_counter()
            try:
                item = next(items)
            except StopIteration:
                return
            finally:
                self.seconds += time.perf_counter() - start
            yield item


def end_to_end(parts: Iterator[Part], folder: Path) -> dict[str, float]:
    """The seconds of each step from findings to a store that counts."""
    making, keeping = Clock(), Clock()
    timed = (_timed(part, making) for part in making.over(parts))
    base = grown.SETTINGS.base
    start = time.perf_counter()
    with writing(folder / "store") as writer:
        with open_ledger(
            folder / "ledger.sqlite",
            made_with="bench",
            shared=statements.shared(base).fullmatch,
        ) as ledger:
            changes: Iterator[Change] = keeping.over(ledger.update(timed))
            name, _ = writer.fill(chain.from_iterable(change.lines for change in changes))
            ledger.put("generation", name)
        writer.switch(name)
    whole = time.perf_counter() - start
    return {
        "end to end": whole,
        "making quads": making.seconds,
        "ledger": keeping.seconds - making.seconds,
        "store": whole - keeping.seconds,
    }


def _timed(part: Part, clock: Clock) -> Part:
    return Part(part.name, part.made_from, lambda: clock.timed(part.make))


def bulk(quads: Sequence[Quad], folder: Path) -> None:
    """How pyoxigraph loads much at once."""
    store = Store(folder / "raw")
    store.bulk_extend(quads)
    store.flush()


def extend(quads: Sequence[Quad], folder: Path) -> None:
    """How pyoxigraph adds some in one transaction."""
    store = Store(folder / "raw")
    store.extend(quads)
    store.flush()


def graph_add(triples: Sequence[Named], _folder: Path) -> None:
    """The graphs of rdflib, a triple at a time."""
    graphs: dict[rdflib.URIRef, rdflib.Graph] = {}
    dataset = rdflib.Dataset(default_union=False)
    for triple, name in triples:
        if name not in graphs:
            graphs[name] = dataset.graph(name)
        graphs[name].add(triple)


def add_n(triples: Sequence[Named], _folder: Path) -> None:
    """The dataset of rdflib, all at once."""
    dataset = rdflib.Dataset(default_union=False)
    contexts = {name: dataset.graph(name) for _, name in triples}
    dataset.addN((*triple, contexts[name]) for triple, name in triples)


def in_rdflib(quads: Sequence[Quad]) -> list[Named]:
    """The same quads in rdflib's terms, with the names of their graphs."""
    dataset = quads_to_rdflib(quads)
    return [
        ((subject, predicate, object_), rdflib.URIRef(graph or DATASET_DEFAULT_GRAPH_ID))
        for subject, predicate, object_, graph in dataset.quads()
    ]


def seconds(work: Callable[[Path], object]) -> float:
    """How long it takes in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        work(Path(folder))
        return time.perf_counter() - start


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quads", type=int, default=200_000)
    parser.add_argument("--runs", type=int, default=5)
    given = parser.parse_args()
    case = grown.grow(given.quads)
    quads = list(dict.fromkeys(case.quads))
    named = len({quad.graph_name for quad in quads if quad.graph_name != DefaultGraph()})
    triples = in_rdflib(quads)
    taken: dict[str, list[float]] = {}
    for _ in range(given.runs):
        with tempfile.TemporaryDirectory() as folder:
            for what, took in end_to_end(case.parts, Path(folder)).items():
                taken.setdefault(what, []).append(took)
        for what, work in (
            ("pyoxigraph bulk_extend", lambda folder: bulk(quads, folder)),
            ("pyoxigraph extend", lambda folder: extend(quads, folder)),
            ("rdflib Graph.add", lambda folder: graph_add(triples, folder)),
            ("rdflib Dataset.addN", lambda folder: add_n(triples, folder)),
        ):
            taken.setdefault(what, []).append(seconds(work))
    show(taken, len(quads), f"{len(case.findings):,} documents, {named:,} statements")


def show(taken: dict[str, list[float]], quads: int, what: str) -> None:
    """Print the medians, as rates and beside the end to end."""
    whole = statistics.median(taken["end to end"])
    print(f"{quads:,} quads, {what}")
    for name, each in taken.items():
        median = statistics.median(each)
        print(f"{name:24} {median:7.2f} s {quads / median:10,.0f} quads/s {median / whole:6.2f}")


if __name__ == "__main__":
    main()
