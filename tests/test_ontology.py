"""Ontology, concepts, shapes, context and word lists say the same as the code."""

from __future__ import annotations

import json
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, cast

import pyoxigraph
import pyshacl
import pytest
from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat
from rdflib import DCTERMS, RDF, RDFS, SKOS, XSD, Dataset, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import OWL
from rdflib.plugins.shared.jsonld.context import Context

from kg.model import Certainty, Form, Mode, Polarity, Verdict
from kg.resources import read_resource
from kg.vocabulary import KG, KINDS, PREFIXES, is_runs_graph, kind_iri

ROOT = Path(__file__).parents[1]
SH = Namespace("http://www.w3.org/ns/shacl#")
SCHEMA = Namespace("https://schema.org/")
STATUS = URIRef("http://www.w3.org/2003/06/sw-vocab-status/ns#term_status")
SHAPES = "https://w3id.org/kg/shapes#"
TURTLE_FILES = ("kg", "kinds", "shapes")
#: Tables of the word lists that are no kinds.
NO_KINDS = {
    "light", "contexts", "markers", "honorifics", "given_names", "judging", "status",
}  # fmt: skip
#: Keys of a table of events.toml that do not say who has which part.
NO_PARTS = {
    "nouns", "nouns_with_part", "nouns_beside", "verbs", "except", "named", "undergo", "particular",
    "figurative", "context", "unlike", "not_objects", "possessive", "of_things",
}  # fmt: skip


@cache
def turtle(name: str) -> Graph:
    return Graph().parse(data=read_resource(f"ontology/{name}.ttl"), format="turtle")


@cache
def lexicon(name: str) -> dict[str, Any]:
    return tomllib.loads(read_resource(f"extraction/patterns/{name}.toml"))


def kinds_of(name: str) -> dict[str, dict[str, Any]]:
    return {key: table for key, table in lexicon(name).items() if key not in NO_KINDS}


def own_terms() -> set[URIRef]:
    return {
        term
        for term in turtle("kg").subjects(RDF.type, None)
        if isinstance(term, URIRef) and term.startswith(KG)
    }


def reserved_terms() -> set[URIRef]:
    return {cast(URIRef, s) for s in turtle("kg").subjects(STATUS, Literal("reserved"))}


def concepts() -> set[URIRef]:
    return {cast(URIRef, s) for s in turtle("kinds").subjects(RDF.type, SKOS.Concept)}


def written(pattern: str, texts: Iterable[str]) -> set[str]:
    return {found for text in texts for found in re.findall(pattern, text)}


def texts_of_the_code() -> Iterator[str]:
    for suffix in ("py", "rq", "html", "js"):
        for path in sorted((ROOT / "src").rglob(f"*.{suffix}")):
            yield path.read_text(encoding="utf-8")


def design() -> str:
    return (ROOT / "docs/design.md").read_text(encoding="utf-8")


# ---- the vocabulary


@pytest.mark.parametrize("name", TURTLE_FILES)
def test_both_engines_read_the_same_from_a_file(name: str) -> None:
    text = read_resource(f"ontology/{name}.ttl")
    assert len(turtle(name)) > 100
    assert len(set(pyoxigraph.parse(text, format=RdfFormat.TURTLE))) == len(turtle(name))


def test_every_own_term_has_a_label_a_definition_and_a_status() -> None:
    graph = turtle("kg")
    for term in own_terms():
        for said in (RDFS.label, SKOS.definition, STATUS):
            assert len(list(graph.objects(term, said))) == 1, (term, said)


def test_every_own_property_says_what_it_is_of_and_what_it_gives() -> None:
    graph = turtle("kg")
    properties = {
        term
        for kind in (OWL.ObjectProperty, OWL.DatatypeProperty)
        for term in graph.subjects(RDF.type, kind)
    }
    assert properties == {term for term in own_terms() if term.removeprefix(KG)[0].islower()}
    for term in properties:
        for one, several in (
            (RDFS.domain, SCHEMA.domainIncludes),
            (RDFS.range, SCHEMA.rangeIncludes),
        ):
            stated = len(list(graph.objects(term, one)))
            included = len(list(graph.objects(term, several)))
            assert (stated == 1) != (included > 1), (term, one)


def test_a_property_with_text_or_a_number_as_value_is_a_datatype_property() -> None:
    graph = turtle("kg")
    for term, value in graph.subject_objects(RDFS.range):
        datatype = str(value).startswith(str(XSD))
        assert ((term, RDF.type, OWL.DatatypeProperty) in graph) == datatype, term


def test_every_own_term_in_the_code_and_the_design_is_defined() -> None:
    names = written(r"\bkg:([A-Za-z]+)", [*texts_of_the_code(), design()])
    names |= written(r"KG(?:\}| \+ f?\")([A-Za-z]+)", texts_of_the_code())
    assert len(names) > 40
    assert {URIRef(KG + name) for name in names} <= own_terms()


def test_every_defined_term_is_used_or_marked_as_reserved() -> None:
    used = written(r"\bkg:([A-Za-z]+)", [*texts_of_the_code(), design()])
    assert {term.removeprefix(KG) for term in own_terms() - reserved_terms()} <= used


def test_reserved_terms_are_written_by_nothing() -> None:
    used = written(r"\bkg:([A-Za-z]+)", texts_of_the_code())
    assert reserved_terms()
    assert not {term.removeprefix(KG) for term in reserved_terms()} & used


def test_the_header_gives_version_licence_and_that_nothing_is_registered() -> None:
    graph, header = turtle("kg"), URIRef(KG.removesuffix("#"))
    assert (header, RDF.type, OWL.Ontology) in graph
    assert str(graph.value(header, OWL.versionInfo))
    assert str(graph.value(header, DCTERMS.license)).startswith("https://creativecommons.org/")
    assert "not registered" in str(graph.value(header, SKOS.editorialNote))


# ---- the concepts


def test_every_concept_has_a_label_a_definition_and_the_scheme_of_its_name() -> None:
    graph = turtle("kinds")
    for concept in concepts():
        assert len(list(graph.objects(concept, SKOS.prefLabel))) == 1, concept
        assert len(list(graph.objects(concept, SKOS.definition))) == 1, concept
        schemes = list(graph.objects(concept, SKOS.inScheme))
        assert len(schemes) == 1, concept
        assert concept.startswith(f"{schemes[0]}-"), concept
        assert (schemes[0], RDF.type, SKOS.ConceptScheme) in graph


def test_a_concept_stands_at_the_top_of_its_scheme_or_under_a_concept_of_it() -> None:
    graph = turtle("kinds")
    for concept in concepts():
        above = set(graph.objects(concept, SKOS.broader))
        assert bool(above) != ((concept, SKOS.topConceptOf, None) in graph), concept
        for broader in above:
            assert graph.value(broader, SKOS.inScheme) == graph.value(concept, SKOS.inScheme)


@pytest.mark.parametrize(
    ("scheme", "values"),
    [
        ("mode", Mode),
        ("form", Form),
        ("polarity", Polarity),
        ("certainty", Certainty),
        ("verdict", Verdict),
    ],
)
def test_the_concepts_of_a_scheme_are_the_values_of_the_model(
    scheme: str, values: type[StrEnum]
) -> None:
    expected = {URIRef(kind_iri(scheme, value)) for value in values}
    assert {c for c in concepts() if c.startswith(f"{KINDS}{scheme}-")} == expected


def test_every_concept_that_the_code_and_the_design_name_is_defined() -> None:
    named = written(r"\bkind:([a-z]+-[a-z-]*[a-z])\b", [*texts_of_the_code(), design()])
    assert len(named) > 10
    assert {URIRef(KINDS + name) for name in named} <= concepts()


#: The sub-event types of ACLED's codebook, and the event types of PLOVER.
ACLED = {
    "Government regains territory", "Non-state actor overtakes territory", "Armed clash",
    "Excessive force against protesters", "Protest with intervention", "Peaceful protest",
    "Violent demonstration", "Mob violence", "Chemical weapon", "Air/drone strike", "Suicide bomb",
    "Shelling/artillery/missile attack", "Remote explosive/landmine/IED", "Grenade",
    "Sexual violence", "Attack", "Abduction/forced disappearance", "Agreement", "Arrests",
    "Change to group/activity",
    "Disrupted weapons use", "Headquarters or base established", "Looting/property destruction",
    "Non-violent transfer of territory", "Other",
}  # fmt: skip
PLOVER = {
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "DEMAND", "ACCUSE",
    "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
}  # fmt: skip


def test_codes_of_other_schemes_are_codes_that_they_have() -> None:
    graph = turtle("kinds")
    codes: defaultdict[str, list[str]] = defaultdict(list)
    for _, code in graph.subject_objects(SKOS.notation):
        codes[str(cast(Literal, code).datatype).removeprefix(KINDS)].append(str(code))
    assert set(codes) == {"acled", "plover", "cameo"}
    for scheme in codes:
        assert (URIRef(KINDS + scheme), RDF.type, RDFS.Datatype) in graph
    assert set(codes["acled"]) <= ACLED
    assert {code.partition("-")[0] for code in codes["plover"]} <= PLOVER
    assert all(re.fullmatch(r"(0[1-9]|1\d|20)\d{0,2}", code) for code in codes["cameo"])


def test_most_kinds_of_conflict_and_violence_have_the_code_of_another_scheme() -> None:
    graph = turtle("kinds")
    mapped = set(graph.subjects(SKOS.notation, None)) | set(graph.subjects(SKOS.closeMatch, None))
    for broader in ("armed-conflict", "violence"):
        kinds = set(graph.subjects(SKOS.broader, URIRef(kind_iri("event", broader))))
        assert len(kinds & mapped) > len(kinds) / 2, broader


# ---- the word lists


@pytest.mark.parametrize(
    ("name", "scheme"), [("events", "event"), ("roles", "role"), ("cues", "cue")]
)
def test_every_kind_of_a_word_list_is_a_concept_and_every_concept_has_words(
    name: str, scheme: str
) -> None:
    expected = {URIRef(kind_iri(scheme, key)) for key in kinds_of(name)}
    assert len(expected) > 40
    broader = set(turtle("kinds").objects(None, SKOS.broader))
    assert expected <= concepts()
    assert {c for c in concepts() if c.startswith(f"{KINDS}{scheme}-")} - broader == expected


def test_every_status_is_a_concept() -> None:
    expected = {URIRef(kind_iri("status", key)) for key in lexicon("roles")["status"]}
    assert {c for c in concepts() if c.startswith(f"{KINDS}status-")} == expected


def test_every_part_that_events_give_is_a_concept() -> None:
    parts = {
        value
        for table in kinds_of("events").values()
        for key, value in table.items()
        if key not in NO_PARTS and not key.startswith("verbs_")
    }
    assert len(parts) > 10
    assert {URIRef(kind_iri("part", part)) for part in parts - {"place"}} <= concepts()


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("events", ("nouns", "nouns_with_part")),
        (
            "events",
            (
                "verbs",
                "verbs_with_object",
                "verbs_with_thing_object",
                "verbs_with_body_object",
                "verbs_without_object",
                "verbs_with_person_object",
                "verbs_with_person_subject",
                "verbs_in_passive",
                "undergo",
            ),
        ),
        ("events", ("except",)),
        ("roles", ("titles",)),
        ("roles", ("postnominals",)),
        ("cues", ("verbs",)),
        ("cues", ("nouns",)),
        ("cues", ("phrases",)),
    ],
)
def test_a_word_stands_once_and_for_one_kind(name: str, keys: tuple[str, ...]) -> None:
    places: defaultdict[str, list[str]] = defaultdict(list)
    for kind, table in kinds_of(name).items():
        for word in (word for key in keys for word in table.get(key, ())):
            places[word].append(kind)
    assert places
    assert not {word: kinds for word, kinds in places.items() if len(kinds) > 1}


def test_words_are_lower_case_without_stray_spaces() -> None:
    for name in ("events", "roles", "cues"):
        for table in kinds_of(name).values():
            for key, words in table.items():
                for word in words if isinstance(words, list) and key != "postnominals" else ():
                    assert word == " ".join(word.lower().split()), (name, word)


def test_a_phrase_that_is_no_event_of_one_kind_is_no_event_of_another() -> None:
    tables = kinds_of("events").values()
    nouns = {word for table in tables for word in table.get("nouns", ())}
    assert not nouns & {word for table in tables for word in table.get("except", ())}


def test_cues_that_want_a_clause_or_a_quotation_are_verbs_of_their_kind() -> None:
    for kind, table in kinds_of("cues").items():
        clause, quote = set(table.get("clause_only", ())), set(table.get("quote_only", ()))
        assert clause | quote <= set(table["verbs"]), kind
        assert not clause & quote, kind


def test_cues_say_whether_words_were_uttered_and_what_they_do_to_the_content() -> None:
    for kind, table in kinds_of("cues").items():
        assert table["broader"] in {"speech", "attitude"}, kind
        above = turtle("kinds").value(URIRef(kind_iri("cue", kind)), SKOS.broader)
        assert above == URIRef(kind_iri("cue", table["broader"])), kind
        Polarity(table.get("polarity", "affirmed"))
        Certainty(table.get("certainty", "certain"))
    assert kinds_of("cues")["deny"]["polarity"] == "denied"
    assert kinds_of("cues")["demand"]["certainty"] == "unreal"


def test_a_status_word_means_one_status() -> None:
    words = Counter(word for listed in lexicon("roles")["status"].values() for word in listed)
    assert words
    assert max(words.values()) == 1


# ---- the shapes


@cache
def shapes(group: str) -> Graph:
    """The shapes with those of the other group put out of use, as the file says."""
    graph = Graph()
    graph += turtle("shapes")
    for shape, other in turtle("shapes").subject_objects(RDFS.isDefinedBy):
        if other != URIRef(SHAPES + group):
            graph.add((shape, SH.deactivated, Literal(True)))
    return graph


def graph_of(quads: Iterable[Quad]) -> Graph:
    data = pyoxigraph.serialize([quad.triple for quad in quads], format=RdfFormat.N_TRIPLES)
    return Graph().parse(data=data, format="nt")


@pytest.fixture(scope="module")
def meta_graph(known_quads: Iterable[Quad]) -> Graph:
    return graph_of(quad for quad in known_quads if quad.graph_name == DefaultGraph())


@pytest.fixture(scope="module")
def content_graphs(known_quads: Iterable[Quad]) -> list[Graph]:
    by_name: defaultdict[NamedNode, list[Quad]] = defaultdict(list)
    for quad in known_quads:
        if isinstance(quad.graph_name, NamedNode) and not is_runs_graph(quad.graph_name.value):
            by_name[quad.graph_name].append(quad)
    return [graph_of(quads) for quads in by_name.values()]


def report(graph: Graph, group: str) -> str:
    """What is wrong, with prefixed names; empty where nothing is."""
    conforms, _, text = pyshacl.validate(graph, shacl_graph=shapes(group))
    for name, iri in PREFIXES.items():
        text = text.replace(iri, f"{name}:")
    return "" if conforms else str(text)


def test_every_shape_belongs_to_one_group() -> None:
    for shape in turtle("shapes").subjects(RDF.type, SH.NodeShape):
        groups = list(turtle("shapes").objects(shape, RDFS.isDefinedBy))
        assert len(groups) == 1
        assert groups[0] in {URIRef(f"{SHAPES}meta"), URIRef(f"{SHAPES}content")}


def test_shapes_and_context_name_defined_terms_only() -> None:
    for text in (read_resource("ontology/shapes.ttl"), read_resource("ontology/context.jsonld")):
        assert {URIRef(KG + n) for n in written(r"\bkg:([A-Za-z]+)", [text])} <= own_terms()
        assert {URIRef(KINDS + n) for n in written(r"\bkind:([a-z-]+)", [text])} <= concepts()


def test_the_known_graph_is_well_formed(meta_graph: Graph, content_graphs: list[Graph]) -> None:
    assert report(meta_graph, "meta") == ""
    assert len(content_graphs) > 5
    assert [report(graph, "content") for graph in content_graphs] == [""] * len(content_graphs)


PROLOGUE = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())

#: What is broken: an update of the meta graph, and words that the report must hold.
BROKEN_META = {
    "a document without a file": ("DELETE { ?s kg:file ?o } WHERE { ?s kg:file ?o }", "kg:file"),
    "a document with an absolute path": (
        'DELETE { ?s kg:file ?o } INSERT { ?s kg:file "/home/a.txt" } WHERE { ?s kg:file ?o }',
        "absolute path",
    ),
    "a document without a hash": (
        "DELETE { ?s kg:textHash ?o } WHERE { ?s kg:textHash ?o }",
        "kg:textHash",
    ),
    "a hash that is none": (
        'DELETE { ?s kg:fileHash ?o } INSERT { ?s kg:fileHash "abc" } WHERE { ?s kg:fileHash ?o }',
        "kg:fileHash",
    ),
    "a place on this machine": (
        'INSERT { ?s kg:location "/home" } WHERE { ?s a kg:Document }',
        "runs graph",
    ),
    "two dates of issue": (
        'INSERT { ?s dcterms:issued "1999-01-01"^^xsd:date } WHERE { ?s dcterms:issued ?o }',
        "dcterms:issued",
    ),
    "a passage of no document": (
        "DELETE { ?s oa:hasSource ?o } WHERE { ?s oa:hasSource ?o }",
        "oa:hasSource",
    ),
    "a passage without a quote selector": (
        "DELETE { ?s oa:hasSelector ?o }"
        " WHERE { ?s oa:hasSelector ?o . ?o a oa:TextQuoteSelector }",
        "oa:hasSelector",
    ),
    "a passage without a position selector": (
        "DELETE { ?s oa:hasSelector ?o }"
        " WHERE { ?s oa:hasSelector ?o . ?o a oa:TextPositionSelector }",
        "oa:hasSelector",
    ),
    "a passage that ends before it starts": (
        "DELETE { ?s oa:end ?o } INSERT { ?s oa:end 1 } WHERE { ?s oa:end ?o }",
        "LessThan",
    ),
    "a quotation of nothing": (
        'DELETE { ?s oa:exact ?o } INSERT { ?s oa:exact "" } WHERE { ?s oa:exact ?o }',
        "oa:exact",
    ),
    "a mention of nobody": (
        "DELETE { ?s kg:denotes ?o } WHERE { ?s kg:denotes ?o }",
        "kg:denotes",
    ),
    "a mention of two": (
        "INSERT { ?s kg:denotes <urn:x> } WHERE { ?s kg:denotes ?o }",
        "kg:denotes",
    ),
    "a mention of unknown form": (
        "DELETE { ?s kg:form ?o } INSERT { ?s kg:form kind:form-other } WHERE { ?s kg:form ?o }",
        "kg:form",
    ),
    "an entity identified as nothing": (
        "DELETE { ?s kg:identifiedAs ?o } WHERE { ?s kg:identifiedAs ?o }",
        "kg:identifiedAs",
    ),
    "an entity without a kind": (
        "DELETE { ?s a ?o } WHERE { ?s a ?o . ?s a foaf:Person }",
        "rdf:type",
    ),
    "an entity that nothing calls anything": (
        "DELETE { ?s foaf:name ?o } WHERE { ?s foaf:name ?o }",
        "one name or",
    ),
    "a name and a description": (
        'INSERT { ?s kg:described "him" } WHERE { ?s foaf:name ?o }',
        "one name or",
    ),
    "a canonical entity that is replaced": (
        "INSERT { ?s dcterms:isReplacedBy <urn:x> } WHERE { ?s foaf:name ?o }",
        "replaced by none",
    ),
    "a claim without a mode": ("DELETE { ?s kg:mode ?o } WHERE { ?s kg:mode ?o }", "kg:mode"),
    "a claim in two modes": (
        "INSERT { ?s kg:mode kind:mode-mixed } WHERE { ?s kg:mode kind:mode-direct }",
        "kg:mode",
    ),
    "a claim ascribed to somebody that is no schema:Claim": (
        "DELETE { ?s a schema:Claim } WHERE { ?s a schema:Claim }",
        "own voice",
    ),
    "a claim within nothing": (
        "DELETE { ?s kg:within ?o } WHERE { ?s kg:within ?o . ?o a kg:Claim }",
        "kg:within",
    ),
    "a claim within two": (
        "INSERT { ?s kg:within ?d } WHERE { ?s kg:within ?o . ?o a kg:Claim . ?d a kg:Document }",
        "kg:within",
    ),
    "a chain of claims that ends nowhere": (
        "DELETE { ?s kg:within ?o } INSERT { ?s kg:within ?s } WHERE { ?s kg:within ?o"
        " . ?s kg:mode kind:mode-own-voice }",
        "ends in one document",
    ),
    "a claim without content": (
        "DELETE { ?s kg:content ?o } WHERE { ?s kg:content ?o }",
        "kg:content",
    ),
    "a claim that no passage holds": (
        "DELETE { ?s kg:contentPassage ?o } WHERE { ?s kg:contentPassage ?o }",
        "kg:contentPassage",
    ),
    "a claim of unknown polarity": (
        "DELETE { ?s kg:polarity ?o } WHERE { ?s kg:polarity ?o ; a kg:Claim }",
        "kg:polarity",
    ),
    "an own voice with a speaker": (
        "INSERT { ?s kg:speaker ?o } WHERE { ?s kg:mode kind:mode-own-voice . ?o a foaf:Person }",
        "own voice",
    ),
    "a statement that nobody states": (
        "DELETE { ?s kg:statedIn ?o } WHERE { ?s kg:statedIn ?o }",
        "kg:statedIn",
    ),
    "a statement that two claims state": (
        "INSERT { ?s kg:statedIn ?c } WHERE { ?s kg:statedIn ?o . ?c a kg:Claim }",
        "kg:statedIn",
    ),
    "a statement that its claim does not state": (
        "DELETE { ?c kg:states ?s } WHERE { ?c kg:states ?s }",
        "say the same",
    ),
    "a statement of no kind": (
        "DELETE { ?s kg:statementKind ?o } WHERE { ?s kg:statementKind ?o }",
        "kg:statementKind",
    ),
    "a statement neither affirmed nor denied": (
        "DELETE { ?s kg:polarity ?o } WHERE { ?s kg:polarity ?o ; a kg:Statement }",
        "kg:polarity",
    ),
    "a statement of unknown certainty": (
        "DELETE { ?s kg:certainty ?o } INSERT { ?s kg:certainty kind:certainty-some }"
        " WHERE { ?s kg:certainty ?o ; a kg:Statement }",
        "kg:certainty",
    ),
    "a statement by no method": (
        "DELETE { ?s kg:method ?o } WHERE { ?s kg:method ?o ; a kg:Statement }",
        "kg:method",
    ),
    "a statement that rests on nothing": (
        "DELETE { ?s prov:wasDerivedFrom ?o } WHERE { ?s prov:wasDerivedFrom ?o ; a kg:Statement }",
        "prov:wasDerivedFrom",
    ),
    "a statement that no run made": (
        "DELETE { ?s prov:wasGeneratedBy ?o } WHERE { ?s prov:wasGeneratedBy ?o ; a kg:Statement }",
        "prov:wasGeneratedBy",
    ),
    "a time without EDTF": ("DELETE { ?s kg:edtf ?o } WHERE { ?s kg:edtf ?o }", "kg:edtf"),
    "a time that ends before it begins": (
        'DELETE { ?s kg:latest ?o } INSERT { ?s kg:latest "0900-01-01"^^xsd:date }'
        " WHERE { ?s kg:latest ?o }",
        "kg:earliest",
    ),
    "a time that no passage states": (
        "DELETE { ?s prov:wasDerivedFrom ?o } WHERE { ?s prov:wasDerivedFrom ?o ; a kg:Time }",
        "prov:wasDerivedFrom",
    ),
    "a run by no software": (
        "DELETE { ?s prov:wasAssociatedWith ?o } WHERE { ?s prov:wasAssociatedWith ?o }",
        "prov:wasAssociatedWith",
    ),
    "a run with a clock": (
        'INSERT { ?s prov:startedAtTime "2024-05-01T12:00:00Z"^^xsd:dateTime }'
        " WHERE { ?s a prov:Activity }",
        "runs graph",
    ),
    "software without a pipeline": (
        "DELETE { ?s kg:pipeline ?o } WHERE { ?s kg:pipeline ?o }",
        "kg:pipeline",
    ),
    "a judgement of one thing": (
        "DELETE { ?s kg:right ?o } INSERT { ?s kg:right ?l } WHERE { ?s kg:right ?o ; kg:left ?l }",
        "kg:left",
    ),
    "a judgement without a verdict": (
        "DELETE { ?s kg:verdict ?o } WHERE { ?s kg:verdict ?o }",
        "kg:verdict",
    ),
    "a judgement by nobody": ("DELETE { ?s kg:by ?o } WHERE { ?s kg:by ?o }", "kg:by"),
    "a judgement without a reason": (
        "DELETE { ?s kg:reason ?o } WHERE { ?s kg:reason ?o ; a kg:Judgement }",
        "kg:reason",
    ),
    "an abstention from nothing": (
        "DELETE { ?s kg:leftOpen ?o } WHERE { ?s kg:leftOpen ?o }",
        "kg:leftOpen",
    ),
    "an abstention nowhere": (
        "DELETE { ?s prov:wasDerivedFrom ?o }"
        " WHERE { ?s prov:wasDerivedFrom ?o ; a kg:Abstention }",
        "prov:wasDerivedFrom",
    ),
}

#: The same of content graphs.
BROKEN_CONTENT = {
    "a role of nobody": ("DELETE { ?s org:member ?o } WHERE { ?s org:member ?o }", "org:member"),
    "a role of two": (
        "INSERT { ?s org:member <urn:x> } WHERE { ?s org:member ?o }",
        "org:member",
    ),
    "a role without a title": ("DELETE { ?s kg:title ?o } WHERE { ?s kg:title ?o }", "kg:title"),
    "a role in two organisations": (
        "INSERT { ?s org:organization <urn:x> } WHERE { ?s org:organization ?o }",
        "org:organization",
    ),
    "a role of a kind that is no role kind": (
        "INSERT { ?s org:role kind:event-war } WHERE { ?s a org:Membership }",
        "org:role",
    ),
    "a role of unknown status": (
        "INSERT { ?s kg:status kind:status-rumoured } WHERE { ?s a org:Membership }",
        "kg:status",
    ),
    "an interval without a bound": (
        "DELETE { ?s kg:start ?a ; kg:end ?b } WHERE { ?s kg:start ?a ; kg:end ?b }",
        "a start or an end",
    ),
    "an interval of nothing": (
        "DELETE { ?s org:memberDuring ?o } WHERE { ?s org:memberDuring ?o }",
        "org:memberDuring",
    ),
    "an event of no kind": (
        "DELETE { ?s sem:eventType ?o } WHERE { ?s sem:eventType ?o }",
        "sem:eventType",
    ),
    "an event of two kinds": (
        "INSERT { ?s sem:eventType kind:event-war, kind:event-storm } WHERE { ?s a sem:Event }",
        "sem:eventType",
    ),
    "an event without a label": (
        "DELETE { ?s rdfs:label ?o } WHERE { ?s rdfs:label ?o ; a sem:Event }",
        "rdfs:label",
    ),
    "an event in two places": (
        "INSERT { ?s sem:hasPlace <urn:x>, <urn:y> } WHERE { ?s a sem:Event }",
        "sem:hasPlace",
    ),
    "an event at two times": (
        "INSERT { ?s sem:hasTime <urn:x>, <urn:y> } WHERE { ?s a sem:Event }",
        "sem:hasTime",
    ),
    "a participant that takes no part": (
        "DELETE { ?s sem:roleType ?o } WHERE { ?s sem:roleType ?o }",
        "sem:roleType",
    ),
    "a participant that is nobody": (
        "DELETE { ?s rdf:value ?o } WHERE { ?s rdf:value ?o }",
        "rdf:value",
    ),
    "a participant in nothing": (
        "DELETE { ?s sem:hasActor ?o } WHERE { ?s sem:hasActor ?o }",
        "sem:hasActor",
    ),
    "an entity straight as actor": (
        "INSERT { ?s sem:hasActor <urn:x> } WHERE { ?s a sem:Event }",
        "sem:hasActor",
    ),
    "a quantity without a bound": (
        "DELETE { ?s kg:lower ?a ; kg:upper ?b }"
        " WHERE { ?s a kg:Quantity OPTIONAL { ?s kg:lower ?a } OPTIONAL { ?s kg:upper ?b } }",
        "lower or an upper bound",
    ),
    "a quantity with its bounds crossed": (
        "DELETE { ?s kg:lower ?a ; kg:upper ?b } INSERT { ?s kg:lower 7.0 ; kg:upper 6.0 }"
        " WHERE { ?s a kg:Quantity OPTIONAL { ?s kg:lower ?a } OPTIONAL { ?s kg:upper ?b } }",
        "kg:lower",
    ),
    "a quantity as a whole number type": (
        "DELETE { ?s kg:lower ?a } INSERT { ?s kg:lower 7 } WHERE { ?s kg:lower ?a }",
        "kg:lower",
    ),
    "a quantity without words": (
        "DELETE { ?s kg:words ?o } WHERE { ?s kg:words ?o }",
        "kg:words",
    ),
    "a quantity that does not say whether it is exact": (
        "DELETE { ?s kg:approximate ?o } WHERE { ?s kg:approximate ?o }",
        "kg:approximate",
    ),
}


def broken(graph: Graph, update: str) -> Graph | None:
    """The graph after an update, None when the update finds nothing in it."""
    changed = Graph()
    changed += graph
    changed.update(PROLOGUE + update)
    return None if set(changed) == set(graph) else changed


@pytest.mark.parametrize(("update", "words"), BROKEN_META.values(), ids=BROKEN_META)
def test_the_shapes_refuse_a_meta_graph_with(meta_graph: Graph, update: str, words: str) -> None:
    changed = broken(meta_graph, update)
    assert changed is not None
    assert re.search(words, report(changed, "meta"))


@pytest.mark.parametrize(("update", "words"), BROKEN_CONTENT.values(), ids=BROKEN_CONTENT)
def test_the_shapes_refuse_a_content_graph_with(
    content_graphs: list[Graph], update: str, words: str
) -> None:
    changed = [made for graph in content_graphs if (made := broken(graph, update)) is not None]
    assert changed
    for graph in changed:
        assert re.search(words, report(graph, "content"))


# ---- the context

#: rdflib reads JSON-LD and writes N-Quads by names of its own that it says will go.
rdflib_warns = pytest.mark.filterwarnings(
    "ignore:ConjunctiveGraph is deprecated:DeprecationWarning",
    "ignore:Dataset.* is deprecated:DeprecationWarning",
)


def context() -> dict[str, Any]:
    return cast("dict[str, Any]", json.loads(read_resource("ontology/context.jsonld"))["@context"])


def test_the_context_has_the_prefixes_of_every_query() -> None:
    assert PREFIXES.items() <= context().items()


def test_the_context_names_every_own_term_and_types_it_as_the_ontology_does() -> None:
    known, graph = Context(context()), turtle("kg")
    by_iri = {term.id: term for term in known.terms.values()}
    for term in own_terms() - reserved_terms():
        assert str(term) in by_iri, term
        if (term, RDF.type, OWL.Class) in graph:
            continue
        value = graph.value(term, RDFS.range)
        expected = str(value) if (term, RDF.type, OWL.DatatypeProperty) in graph else "@id"
        # rdflib's mark of no type is falsy.
        assert (by_iri[str(term)].type or str(XSD.string)) == expected, term


def test_two_names_of_the_context_never_mean_one_thing() -> None:
    iris = Counter(term.id for term in Context(context()).terms.values())
    assert [iri for iri, times in iris.items() if times > 1] == []


#: One statement and what it rests on, in the names of the context ...
IN_NAMES = """{
  "@context": %s,
  "@graph": [
    {"id": "urn:d", "type": ["Document", "Entity"], "title": "A", "issued": "2022-03-22",
     "url": "https://a.example/", "file": "a.txt"},
    {"id": "urn:d#char=0,4", "type": ["Passage", "Mention"], "source": "urn:d",
     "denotes": "urn:e", "form": "kind:form-name",
     "selector": {"id": "urn:d/position/0-4", "type": "TextPositionSelector",
                  "characterStart": 0, "characterEnd": 4}},
    {"id": "urn:s", "type": "Statement", "statedIn": "urn:c", "polarity": "kind:polarity-denied",
     "derivedFrom": ["urn:d#char=0,4"], "method": "rule:x"},
    {"id": "urn:s", "@graph": [
      {"id": "urn:s/membership", "type": "Membership", "member": "urn:e", "roleTitle": "judge",
       "status": "kind:status-former"},
      {"id": "urn:v", "type": "Event", "label": "raid", "eventType": "kind:event-attack",
       "participant": {"id": "urn:s/participant/1", "type": "Participation", "entity": "urn:e",
                       "part": "kind:part-victim"},
       "quantity": {"id": "urn:s/quantity", "type": "Quantity", "lower": "4",
                    "approximate": false}}]}
  ]
}"""

#: ... and in Turtle.
IN_TURTLE = """
<urn:d> a kg:Document, prov:Entity ; dcterms:title "A" ; dcterms:issued "2022-03-22"^^xsd:date ;
    schema:url "https://a.example/"^^xsd:anyURI ; kg:file "a.txt" .
<urn:d#char=0,4> a oa:SpecificResource, kg:Mention ; oa:hasSource <urn:d> ; kg:denotes <urn:e> ;
    kg:form kind:form-name ; oa:hasSelector <urn:d/position/0-4> .
<urn:d/position/0-4> a oa:TextPositionSelector ; oa:start 0 ; oa:end 4 .
<urn:s> a kg:Statement ; kg:statedIn <urn:c> ; kg:polarity kind:polarity-denied ;
    prov:wasDerivedFrom <urn:d#char=0,4> ; kg:method "rule:x" .
GRAPH <urn:s> {
<urn:s/membership> a org:Membership ; org:member <urn:e> ; kg:title "judge" ;
    kg:status kind:status-former .
<urn:v> a sem:Event ; rdfs:label "raid" ; sem:eventType kind:event-attack ;
    sem:hasActor <urn:s/participant/1> ; kg:quantity <urn:s/quantity> .
<urn:s/participant/1> a sem:Role ; rdf:value <urn:e> ; sem:roleType kind:part-victim .
<urn:s/quantity> a kg:Quantity ; kg:lower "4"^^xsd:decimal ; kg:approximate false . }
"""


@rdflib_warns
def test_names_of_the_context_expand_to_the_terms_of_the_design_in_both_engines() -> None:
    names = IN_NAMES % json.dumps(context())
    expected = set(pyoxigraph.parse(PROLOGUE + IN_TURTLE, format=RdfFormat.TRIG))
    assert set(pyoxigraph.parse(names, format=RdfFormat.JSON_LD)) == expected
    read = Dataset()
    read.parse(data=names, format="json-ld")
    quads = read.serialize(format="nquads", encoding="utf-8")
    assert set(pyoxigraph.parse(quads, format=RdfFormat.N_QUADS)) == expected


@rdflib_warns
def test_the_known_graph_goes_through_the_context_unchanged(meta_graph: Graph) -> None:
    # What a name's type adds on the way out is what it takes off on the way in.
    data = meta_graph.serialize(format="json-ld", context=context())
    again = Graph().parse(data=data, format="json-ld")
    assert isomorphic(again, meta_graph)
    keys = {key for node in json.loads(data)["@graph"] for key in node}
    assert keys - context().keys() == set()
