"""Each packaged question on a large case, beside the same SPARQL raw in pyoxigraph and in rdflib.

    python -m bench.queries --folder large            # a million quads, rdflib on a tenth
    python -m bench.queries --folder large --only who roles --no-rdflib

The case is grown from the sample reports (bench/grown.py) and kept in the folder. *Packaged* is
``kg.query.ask``, as ``Case.ask`` calls it: parameters checked, the answer a table of text. *Raw* is
``Store.query`` on the very same text, terms and default graph, each solution drawn and let go.
They take turns; the median of each counts. rdflib answers from memory, once, in a process that is
ended when its time is over.
"""

from __future__ import annotations

import argparse
import multiprocessing
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import rdflib
from pyoxigraph import Store, Variable

from bench import grown
from kg import query
from kg.model import Reader, Table
from kg.query import Question, bind, questions
from kg.rdflib_exchange import quads_to_rdflib
from kg.store import open_reader, write

#: Each question whole, and narrowed as people narrow it; words in capitals are looked up.
ASKED: tuple[tuple[str, Mapping[str, str]], ...] = (
    ("corrections", {}),
    ("corroboration", {}),
    ("corroboration", {"about": "massacre", "least": "2"}),
    ("denied", {}),
    ("denied", {"by": "PERSON"}),
    ("disagreements", {}),
    ("disagreements", {"about": "EVENT"}),
    ("documents", {}),
    ("documents", {"title": "uprising"}),
    ("events", {}),
    ("events", {"person": "PERSON"}),
    ("events", {"place": "PLACE", "kind": "killing"}),
    ("events", {"from": "1988", "until": "1990-06"}),
    ("hearsay", {}),
    ("hearsay", {"about": "prisoners"}),
    ("numbers", {}),
    ("numbers", {"of": "prisoners"}),
    ("offices", {}),
    ("offices", {"at": "PLACE"}),
    ("roles", {}),
    ("roles", {"person": "PERSON"}),
    ("roles", {"on": "1990-03-11"}),
    ("said", {}),
    ("said", {"speaker": "PERSON"}),
    ("said", {"about": "PERSON"}),
    ("sentences", {"statement": "STATEMENT"}),
    ("sentences", {"statement": "PERSON_IRI"}),
    ("sentences", {"statement": "EVENT_IRI"}),
    ("stats", {}),
    ("unresolved", {}),
    ("unresolved", {"what": "identity"}),
    ("who", {}),
    ("who", {"name": "PERSON"}),
)

#: What the capitals of ASKED stand for: what most documents speak of, so that answers are long.
_MEANT = """
SELECT ?name ?thing (COUNT(DISTINCT ?source) AS ?documents)
WHERE {{
  ?mention kg:denotes/kg:identifiedAs ?thing ; oa:hasSource ?source .
  ?thing a {} ; {} ?name .
}}
GROUP BY ?name ?thing ORDER BY DESC(?documents) ?name LIMIT 1
"""


def meant(reader: Reader) -> dict[str, str]:
    """The values that the words in capitals stand for."""
    found: dict[str, str] = {}
    for word, kind, called in (
        ("PERSON", "foaf:Person", "foaf:name"),
        ("PLACE", "schema:Place", "foaf:name"),
        ("EVENT", "kg:ReportedEvent", "kg:described"),
    ):
        name, iri, _ = query.to_table(query.run(reader, _MEANT.format(kind, called))).rows[0]
        found |= {word: str(name), f"{word}_IRI": str(iri)}
    one = "SELECT ?s WHERE { ?s a kg:Statement } ORDER BY ?s LIMIT 1"
    return found | {"STATEMENT": str(query.to_table(query.run(reader, one)).rows[0][0])}


def asked(reader: Reader, only: Sequence[str]) -> Iterator[tuple[Question, dict[str, str]]]:
    """The questions with their parameters."""
    known = {question.name: question for question in questions()}
    words = meant(reader)
    for name, parameters in ASKED:
        if not only or name in only:
            yield known[name], {key: words.get(value, value) for key, value in parameters.items()}


# --- the case --------------------------------------------------------------------------------


def stored(folder: Path, quads: int) -> Path:
    """The store of a case of so many quads, made where it is not there yet."""
    place = folder / f"store-{quads}"
    if not place.is_dir():
        case = grown.grow(quads)
        write(place, case.quads)
    return place


# --- measuring -------------------------------------------------------------------------------


def raw(store: Store, question: Question, parameters: Mapping[str, str]) -> int:
    """How many solutions the engine gives when nothing of kg stands between."""
    bound: dict[Variable, Any] = {
        Variable(name): term for name, term in bind(question, parameters).items()
    }
    solutions: Any = store.query(
        question.sparql, use_default_graph_as_union=False, substitutions=bound
    )
    return sum(1 for _ in solutions)


def seconds(work: Callable[[], object]) -> float:
    """How long it takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def in_turns(works: Sequence[Callable[[], object]], runs: int, enough: float) -> list[float]:
    """The median seconds of each, measured in turns; fewer turns where one takes long."""
    taken: list[list[float]] = [[] for _ in works]
    for number in range(runs):
        if number and sum(map(sum, taken)) > enough:
            break
        order = list(enumerate(works))
        for place, work in order if number % 2 == 0 else reversed(order):
            taken[place].append(seconds(work))
    return [statistics.median(each) for each in taken]


def rdflib_seconds(
    dataset: rdflib.Dataset, question: Question, parameters: Mapping[str, str], limit: float
) -> str:
    """How long rdflib takes, in words."""
    fork = multiprocessing.get_context("fork")
    receiving, sending = fork.Pipe(duplex=False)

    def work() -> None:
        sending.send(seconds(lambda: _in_rdflib(dataset, question, parameters)))

    child = fork.Process(target=work)
    child.start()
    child.join(limit)
    if child.is_alive():
        child.kill()
        child.join()
        return f"none in {limit:.0f} s"
    return f"{receiving.recv():.2f} s" if child.exitcode == 0 else "failed"


def _in_rdflib(
    dataset: rdflib.Dataset, question: Question, parameters: Mapping[str, str]
) -> list[object]:
    bindings = {
        name: rdflib.Literal(getattr(term, "value"), datatype=_datatype(term))  # noqa: B009
        for name, term in bind(question, parameters).items()
    }
    return list(dataset.query(question.sparql, initBindings=bindings))


def _datatype(term: Any) -> rdflib.URIRef | None:  # noqa: ANN401 - the stubs know terms, no literals
    iri = rdflib.URIRef(term.datatype.value)
    return None if iri == rdflib.XSD.string else iri


def starts(times: int = 10) -> float:
    """The median seconds of `kg --help`, from the start of Python to its end."""
    command = [sys.executable, "-m", "kg", "--help"]
    return statistics.median(
        seconds(lambda: subprocess.run(command, check=True, stdout=subprocess.DEVNULL))
        for _ in range(times)
    )


def opening(place: Path, times: int = 10) -> float:
    """The median seconds of opening the store for reading."""

    def work() -> None:
        with open_reader(place):
            pass

    return statistics.median(seconds(work) for _ in range(times))


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, required=True, help="keeps the case between runs")
    parser.add_argument("--quads", type=int, default=1_000_000)
    parser.add_argument("--only", nargs="*", default=[], help="these questions only")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--enough", type=float, default=60, help="no turn after these seconds")
    parser.add_argument("--limit", type=float, default=60, help="seconds rdflib has for each")
    parser.add_argument("--no-rdflib", action="store_true")
    given = parser.parse_args()
    place = stored(given.folder, given.quads)
    print(f"kg --help: {starts():.2f} s")
    print(f"opening the store: {opening(place) * 1000:.0f} ms")
    dataset = None if given.no_rdflib else small(given.folder, given.quads // 10)
    with open_reader(place) as reader:
        (generation,) = place.glob("generation-*")
        store = Store.read_only(str(generation))
        tenth = sum(1 for _ in dataset.quads()) if dataset else 0
        print(f"{len(reader):,} quads; rdflib: {tenth:,}")
        print(f"{'question':58} {'rows':>6} {'packaged':>9} {'raw':>9} {'ratio':>6}  rdflib")
        for question, parameters in asked(reader, given.only):
            row(question, parameters, (reader, store, dataset), given)


def row(
    question: Question,
    parameters: Mapping[str, str],
    stores: tuple[Reader, Store, rdflib.Dataset | None],
    given: argparse.Namespace,
) -> None:
    """Print what one question takes."""
    reader, store, dataset = stores
    answers: list[Table] = []
    packaged, bare = in_turns(
        (
            lambda: answers.append(query.ask(reader, question.name, parameters)),
            lambda: raw(store, question, parameters),
        ),
        given.runs,
        given.enough,
    )
    other = rdflib_seconds(dataset, question, parameters, given.limit) if dataset else ""
    words = " ".join(f"{key}={value}" for key, value in parameters.items())
    print(
        f"{question.name} {words}"[:58].ljust(58),
        f"{len(answers[0]):6} {packaged:7.3f} s {bare:7.3f} s {packaged / bare:6.2f}  {other}",
        flush=True,
    )


def small(folder: Path, quads: int) -> rdflib.Dataset:
    """A case of so many quads in rdflib, in memory."""
    with open_reader(stored(folder, quads)) as reader:
        return quads_to_rdflib(reader.quads())


if __name__ == "__main__":
    main()
