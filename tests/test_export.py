"""Exports: nothing is lost, equal graphs give equal bytes, files come whole."""

from __future__ import annotations

import io
import json
import warnings
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, parse

from kg import export
from kg.errors import ExportError, UnknownFormatError, UnwritableError
from kg.export import FORMATS, canonical_hash
from kg.rdflib_exchange import from_rdflib
from kg.store import StoreReader, memory_reader
from kg.vocabulary import runs_graph
from tests.examples import BASE, known_quads

DATASETS = ("json-ld", "n-quads", "trig")
GRAPHS = ("n-triples", "rdf-xml", "turtle")
OXIGRAPH = {
    "json-ld": RdfFormat.JSON_LD,
    "n-quads": RdfFormat.N_QUADS,
    "n-triples": RdfFormat.N_TRIPLES,
    "rdf-xml": RdfFormat.RDF_XML,
    "trig": RdfFormat.TRIG,
    "turtle": RdfFormat.TURTLE,
}
RDFLIB = {
    "json-ld": "json-ld",
    "n-quads": "nquads",
    "n-triples": "nt",
    "rdf-xml": "xml",
    "trig": "trig",
    "turtle": "turtle",
}


def exported(reader: StoreReader, name: str, *, include_runs: bool = False) -> bytes:
    target = io.BytesIO()
    export.write(reader, target, name, include_runs=include_runs)
    return target.getvalue()


def read_by_pyoxigraph(data: bytes, name: str) -> set[Quad]:
    return set(parse(data, format=OXIGRAPH[name]))


def read_by_rdflib(data: bytes, name: str) -> set[Quad]:
    dataset = rdflib.Dataset(default_union=False)
    with warnings.catch_warnings():
        # rdflib 7.6 warns of its own calls.
        warnings.simplefilter("ignore", DeprecationWarning)
        dataset.parse(data=data, format=RDFLIB[name])
    return set(from_rdflib(dataset))


READERS = [read_by_pyoxigraph, read_by_rdflib]


def expected(name: str) -> str:
    quads = known_quads()
    if name in GRAPHS:
        quads = tuple(quad for quad in quads if quad.graph_name == DefaultGraph())
    return canonical_hash(quads, base=BASE)


def test_every_format_is_tried_here() -> None:
    assert sorted(FORMATS) == sorted(DATASETS + GRAPHS)


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize("name", DATASETS + GRAPHS)
def test_a_round_trip_loses_nothing(known_reader: StoreReader, name: str, read) -> None:  # type: ignore[no-untyped-def]
    back = read(exported(known_reader, name), name)
    assert canonical_hash(back, base=BASE) == expected(name)


@pytest.mark.parametrize("name", DATASETS)
def test_the_runs_graph_is_written_only_if_asked_for(known_reader: StoreReader, name: str) -> None:
    runs = NamedNode(runs_graph(BASE))
    for include, held in ((False, 0), (True, 4)):
        data = exported(known_reader, name, include_runs=include)
        found = [q for q in read_by_pyoxigraph(data, name) if q.graph_name == runs]
        assert len(found) == held


@pytest.mark.parametrize("name", GRAPHS)
def test_formats_without_named_graphs_assert_nothing_that_is_denied(
    known_reader: StoreReader, name: str
) -> None:
    back = read_by_pyoxigraph(exported(known_reader, name), name)
    titles = {str(q.object) for q in back if q.predicate.value.endswith("#title")}
    assert titles == {'"president"', '"chairwoman"'}


@pytest.mark.parametrize("name", DATASETS + GRAPHS)
def test_equal_graphs_give_equal_bytes(name: str) -> None:
    forwards, backwards = memory_reader(known_quads()), memory_reader(reversed(known_quads()))
    assert exported(forwards, name) == exported(backwards, name)


def test_json_ld_uses_the_names_of_the_context(known_reader: StoreReader) -> None:
    document = json.loads(exported(known_reader, "json-ld"))
    (chant,) = [node for node in document["@graph"] if node.get("cueWords") == "chanted"]
    assert chant["speakerWords"] == "Protesters"
    assert not any(key.startswith("kg:") for node in document["@graph"] for key in node)


AWKWARD = [
    "a\r\nb\rc\nd",
    '"quotes" and \\backslashes\\',
    "<script>alert('&amp;')</script>",
    "سارا رحیمی 🙂 \u2028 \u200f",
    " spaces at both ends\t",
    "",
]


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize("name", DATASETS + GRAPHS)
def test_awkward_words_come_back_as_they_were(name: str, read) -> None:  # type: ignore[no-untyped-def]
    subject, predicate = NamedNode("urn:a"), NamedNode("https://w3id.org/kg/ns#words")
    quads = {Quad(subject, predicate, Literal(words)) for words in AWKWARD}
    assert read(exported(memory_reader(quads), name), name) == quads


def test_rdf_xml_refuses_what_xml_cannot_hold() -> None:
    quad = Quad(NamedNode("urn:a"), NamedNode("urn:b"), Literal("page\x0cbreak"))
    with pytest.raises(ExportError, match="export as turtle"):
        exported(memory_reader([quad]), "rdf-xml")
    assert read_by_rdflib(exported(memory_reader([quad]), "turtle"), "turtle") == {quad}


def test_an_unknown_format_offers_the_nearest(known_reader: StoreReader) -> None:
    with pytest.raises(UnknownFormatError, match="did you mean turtle"):
        exported(known_reader, "turtel")


def test_a_file_is_replaced_whole_and_counted(known_reader: StoreReader, tmp_path: Path) -> None:
    target = tmp_path / "case.nq"
    target.write_text("old")
    count = export.write(known_reader, target, "n-quads")
    assert len(target.read_text(encoding="utf-8").splitlines()) == count
    assert [path.name for path in tmp_path.iterdir()] == ["case.nq"]


def test_a_file_that_cannot_be_written_is_named(known_reader: StoreReader, tmp_path: Path) -> None:
    with pytest.raises(UnwritableError, match=r"case\.nq' cannot be written"):
        export.write(known_reader, tmp_path / "missing" / "case.nq", "n-quads")


def test_an_empty_graph_can_be_written() -> None:
    for name in FORMATS:
        assert read_by_pyoxigraph(exported(memory_reader([]), name), name) == set()


def test_the_hash_sees_every_change() -> None:
    quads = known_quads()
    assert canonical_hash(quads, base=BASE) != canonical_hash(quads[1:], base=BASE)
    assert canonical_hash(quads, base=BASE) == canonical_hash(reversed(quads), base=BASE)
