"""From findings to quads: the mapping that docs/design.md describes."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain

from pyoxigraph import DefaultGraph, NamedNode, Quad

from kg.errors import SettingsError
from kg.model import (
    Certainty,
    Document,
    Entity,
    EntityKind,
    Findings,
    Form,
    Identities,
    Judgement,
    Polarity,
    Run,
    Span,
)
from kg.statements.claims import (
    describe_claim,
    describe_own_voice,
    describe_statement,
    passages_of,
    surround,
)
from kg.statements.comparison import Comparison
from kg.statements.contents import Said, Statement, content, outline
from kg.statements.happenings import CalledEvent, describe_mention
from kg.statements.iris import Iris
from kg.statements.sources import (
    abstentions_of,
    describe_abstention,
    describe_document,
    describe_entity,
    describe_passage,
    describe_time,
    times_of,
)
from kg.statements.terms import Triple, iris, term, triples
from kg.vocabulary import digest, document_iri, kind_iri, mint, runs_graph

__all__ = ["POLICIES", "describe_build", "state"]

#: Which contents the accepted view shows: see docs/design.md, section 3.
POLICIES = ("default", "all")

_TYPES = {
    EntityKind.PERSON: "foaf:Person",
    EntityKind.ORGANIZATION: "org:Organization",
    EntityKind.GROUP: "foaf:Group",
    EntityKind.PLACE: "schema:Place",
    EntityKind.DOCUMENT: "schema:CreativeWork",
}


def state(findings: Iterable[Findings], identities: Identities, run: Run) -> Iterator[Quad]:
    """The graph of what the documents say, document by document; no blank nodes, no dates of runs.

    Equal findings give equal quads, in whatever order the documents come. What entities are called
    and how documents differ is written at the end, because it rests on all of them.

    Raises:
        SettingsError: If there is no such policy.
    """
    if run.settings.policy not in POLICIES:
        raise SettingsError(
            "kg.toml", f"no policy {run.settings.policy!r}; there are {', '.join(POLICIES)}"
        )
    return _state(findings, identities, run)


def _state(findings: Iterable[Findings], identities: Identities, run: Run) -> Iterator[Quad]:
    activity = _run_iri(run)
    yield from _meta(_describe_run(run, activity))
    called: dict[str, _Called] = {}
    events: dict[str, CalledEvent] = {}
    comparison = Comparison(run.settings.base)
    for found in findings:
        at = Iris.of(found, identities, run.settings.base)
        for entity in found.entities:
            called.setdefault(at.canonical[entity.id], _Called()).add(entity, found.document.text)
        for event in found.events:
            events.setdefault(at.events[event.event], CalledEvent()).add(event)
        statements = tuple(_statements(found, at))
        comparison.add(found, statements, at)
        yield from dict.fromkeys(_document(found, statements, at, activity, run.settings.policy))
    for canonical in sorted(called):
        yield from _meta(called[canonical].describe(NamedNode(canonical)))
    for canonical in sorted(events):
        yield from _meta(events[canonical].describe(NamedNode(canonical)))
    for judgement in dict.fromkeys((*identities.judgements, *identities.suggestions)):
        yield from _meta(_describe_judgement(judgement, run.settings.base))
    yield from _meta(dict.fromkeys(comparison.describe()))


def describe_build(
    run: Run, documents: Iterable[Document], *, started: dt.datetime, ended: dt.datetime
) -> Iterator[Quad]:
    """When a build ran and where its documents lay, in the graph that no comparison looks at."""
    graph = NamedNode(runs_graph(run.settings.base))
    said = triples(_run_iri(run), {"prov:startedAtTime": started, "prov:endedAtTime": ended})
    lay = (
        triples(
            NamedNode(document_iri(run.settings.base, document.sha256)),
            {"kg:location": document.location},
        )
        for document in documents
    )
    for subject, predicate, object_ in chain(said, chain.from_iterable(lay)):
        yield Quad(subject, predicate, object_, graph)


def _meta(said: Iterable[Triple]) -> Iterator[Quad]:
    graph = DefaultGraph()
    return (Quad(subject, predicate, object_, graph) for subject, predicate, object_ in said)


def _document(
    found: Findings, statements: Sequence[Statement], at: Iris, run: NamedNode, policy: str
) -> Iterator[Quad]:
    for said in (
        describe_document(found.document, at.document),
        describe_own_voice(at),
        *(describe_entity(entity, at) for entity in found.entities),
        *(describe_mention(event, at) for event in found.events),
        *(describe_time(time, at) for time in times_of(found)),
        *(describe_claim(claim, found, at, run) for claim in found.claims),
        *(describe_abstention(abstention, at) for abstention in abstentions_of(found)),
        *(describe_statement(statement, found, at, run) for statement in statements),
        *(describe_passage(span, found.document.text, at) for span in _spans(found, statements)),
    ):
        yield from _meta(said)
    for statement in statements:
        graph = NamedNode(statement.iri)
        contents = list(content(statement.finding, statement.iri, at))
        yield from (Quad(*triple, graph) for triple in contents)
        if _accepts(policy, statement.finding):
            yield from _meta(contents)


def _statements(found: Findings, at: Iris) -> Iterator[Statement]:
    findings: tuple[Said, ...] = (*found.roles, *found.events, *found.quantities)
    taken: Counter[str] = Counter()
    for finding in dict.fromkeys(findings):
        drawn = outline(finding, found, at)
        iri = at.mint("statement", drawn.kind, *drawn.key)
        taken[iri] += 1
        if taken[iri] > 1:
            # The same words, read in another way: a statement of its own.
            iri = at.mint("statement", drawn.kind, *drawn.key, taken[iri])
        yield Statement(iri, finding, drawn)


def _spans(found: Findings, statements: Iterable[Statement]) -> Iterable[Span]:
    """Every passage that anything of a document rests on, each once, in the order of the text."""
    rests = [
        *(passages_of(claim) for claim in found.claims),
        *(statement.outline.passages for statement in statements),
    ]
    return sorted(
        {
            *chain.from_iterable(rests),
            *chain.from_iterable(
                surround(claim.content, found.sentences) for claim in found.claims
            ),
            *chain.from_iterable(
                surround(statement.outline.passages, found.sentences) for statement in statements
            ),
            *(mention.span for entity in found.entities for mention in entity.mentions),
            *(event.trigger for event in found.events),
            *(time.span for time in times_of(found)),
            *(abstention.span for abstention in abstentions_of(found)),
        }
    )


def _accepts(policy: str, finding: Said) -> bool:
    return policy == "all" or (
        finding.within is None
        and finding.stance.polarity is Polarity.AFFIRMED
        and finding.stance.certainty is Certainty.CERTAIN
    )


@dataclass(slots=True)
class _Called:
    """What all documents call one entity; grows while they are read."""

    kinds: set[EntityKind] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    variants: set[str] = field(default_factory=set)
    descriptions: set[str] = field(default_factory=set)

    def add(self, entity: Entity, text: str) -> None:
        self.kinds.add(entity.kind)
        (self.names if entity.named else self.descriptions).add(_on_one_line(entity.name))
        self.variants.update(
            _on_one_line(mention.span.of(text))
            for mention in entity.mentions
            if mention.form is Form.NAME
        )

    def describe(self, canonical: NamedNode) -> Iterator[Triple]:
        name = _fullest(self.names)
        yield from triples(
            canonical,
            {
                "rdf:type": [term(_TYPES[kind]) for kind in sorted(self.kinds)],
                "foaf:name": name,
                "kg:described": _fullest(self.descriptions) if name is None else None,
            },
        )
        for other in sorted((self.names | self.variants) - {name or ""}):
            yield from triples(canonical, {"skos:altLabel": other})


def _on_one_line(words: str) -> str:
    return " ".join(words.split())


def _fullest(words: set[str]) -> str | None:
    return min(words, key=lambda each: (-len(each), each), default=None)


def _describe_judgement(judgement: Judgement, base: str) -> Iterator[Triple]:
    pair = sorted((judgement.left, judgement.right))
    return triples(
        NamedNode(mint(base, "judgement", digest(*pair))),
        {
            "rdf:type": term("kg:Judgement"),
            "kg:left": iris([judgement.left]),
            "kg:right": iris([judgement.right]),
            "kg:verdict": NamedNode(kind_iri("verdict", judgement.verdict)),
            "kg:by": judgement.by,
            "kg:reason": judgement.reason,
            "kg:confidence": judgement.score,
        },
    )


def _settings(run: Run) -> str:
    settings = run.settings
    written = {
        # which model, not where it lies: the graph is the same on every machine
        "attribution": run.attribution,
        "base": settings.base,
        "language": settings.language,
        "pipeline": settings.pipeline,
        "policy": settings.policy,
        "published": None if settings.published is None else settings.published.isoformat(),
    }
    return json.dumps(written, sort_keys=True)


def _run_iri(run: Run) -> NamedNode:
    key = digest("kg", run.version, run.pipeline, _settings(run))
    return NamedNode(mint(run.settings.base, "run", key))


def _describe_run(run: Run, activity: NamedNode) -> Iterator[Triple]:
    software = NamedNode(f"{activity.value}/software")
    yield from triples(
        activity,
        {
            "rdf:type": term("prov:Activity"),
            "prov:wasAssociatedWith": software,
            "kg:settings": _settings(run),
        },
    )
    yield from triples(
        software,
        {
            "rdf:type": term("prov:SoftwareAgent"),
            "rdfs:label": "kg",
            "schema:softwareVersion": run.version,
            "kg:pipeline": run.pipeline,
        },
    )
