"""From findings to quads: the mapping that docs/design.md describes."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache, partial
from itertools import chain

from pydantic import TypeAdapter
from pyoxigraph import DefaultGraph, NamedNode, Quad

from kg.errors import SettingsError
from kg.hiding import Hidden, Veil
from kg.model import (
    Certainty,
    Document,
    Findings,
    Identities,
    Judgement,
    Part,
    Polarity,
    Removal,
    Run,
    Settings,
    Span,
)
from kg.resources import code_digest
from kg.statements.called import Called
from kg.statements.claims import (
    describe_claim,
    describe_own_voice,
    describe_statement,
)
from kg.statements.comparison import Comparison
from kg.statements.contents import Said, Statement, content, outline
from kg.statements.corrections import Entities, describe_curated, is_marked, rejected_claims
from kg.statements.happenings import CalledEvent, describe_mention
from kg.statements.iris import Iris
from kg.statements.sources import (
    abstentions_of,
    describe_abstention,
    describe_document,
    describe_entity,
    describe_passage,
    describe_time,
    sentences_of,
    surround,
    times_of,
)
from kg.statements.terms import Triple, iris, term, triples
from kg.statements.veiling import shown, veiled
from kg.vocabulary import digest, document_iri, is_thing, kind_iri, mint, runs_graph

__all__ = ["POLICIES", "describe_build", "fingerprint", "is_shared", "parts", "state"]

#: Which contents the accepted view shows: see docs/design.md, section 3.
POLICIES = ("default", "reviewed", "all")

_FINDINGS = TypeAdapter(Findings)
#: Hexadecimal digits: what rests on all documents is kept in so many parts, 4096 of each kind.
_PLACES = 3


def state(
    findings: Iterable[Findings], identities: Identities, run: Run, hidden: Hidden | None = None
) -> Iterator[Quad]:
    """The graph of what the documents say, part by part; no blank nodes, no dates of runs.

    Equal findings give equal quads, in whatever order the documents come. What is ``hidden``
    stands nowhere in it.

    Raises:
        SettingsError: If there is no such policy.
    """
    return chain.from_iterable(part.make() for part in parts(findings, identities, run, hidden))


def parts(
    findings: Iterable[Findings], identities: Identities, run: Run, hidden: Hidden | None = None
) -> Iterator[Part]:
    """The graph in parts that can be made again one by one: each document, then what rests on all.

    What entities are called and how documents differ comes at the end, because it rests on all of
    them.

    Raises:
        SettingsError: If there is no such policy.
    """
    if run.settings.policy not in POLICIES:
        raise SettingsError(
            "kg.toml", f"no policy {run.settings.policy!r}; there are {', '.join(POLICIES)}"
        )
    return _parts(findings, identities, run, hidden or Hidden())


def is_shared(quad: Quad, base: str) -> bool:
    """Whether several parts may give a quad.

    The named graphs and most nodes belong to one document. Of an event or entity, which several
    tell of, the accepted view may have the same from each.
    """
    return quad.graph_name == DefaultGraph() and is_thing(str(quad.subject)[1:-1], base)


def _parts(
    findings: Iterable[Findings], identities: Identities, run: Run, hidden: Hidden
) -> Iterator[Part]:
    activity, base = _run_iri(run), run.settings.base
    yield Part("run", activity.value, lambda: _meta(_describe_run(run, activity)))
    called: dict[str, Called] = {}
    events: dict[str, CalledEvent] = {}
    comparison = Comparison(base)
    veils = digest(repr(hidden)) if hidden else ""
    for read in findings:
        at = Iris.of(read, identities, base)
        found = shown(read, hidden)
        sha256 = read.document.sha256
        for entity in found.entities:
            called.setdefault(at.canonical[entity.id], Called()).add(entity, found.document.text)
        for event in found.events:
            label = hidden.veil(sha256).cover(event.label)
            events.setdefault(at.events[event.event], CalledEvent()).add(event, label)
        statements = tuple(_statements(found, at))
        comparison.add(
            found,
            statements,
            at,
            rejected=_rejected(found, statements),
            cover=(hidden.veil(sha256) | hidden.words.get(sha256, Veil())).cover,
        )
        telling = _Telling(found, statements, at, _marks(at, identities.marks))
        yield Part(
            f"document {sha256}",
            digest(activity.value, veils, telling.made_from),
            partial(_told, telling, activity, run.settings, hidden),
        )
    yield from _spoken(called, events, identities.marks, hidden, base)
    judgements = dict.fromkeys((*identities.judgements, *identities.suggestions))
    judged = chain.from_iterable(
        _meta(_describe_judgement(each, base, hidden)) for each in judgements
    )
    yield from _in_parts("judgement", veiled(judged, hidden, base, veil=hidden.all_veils))
    compared = _meta(dict.fromkeys(comparison.describe()))
    yield from _in_parts("comparison", veiled(compared, hidden, base, veil=hidden.all_veils))


@dataclass(frozen=True, slots=True)
class _Telling:
    """What a document states, and what people corrected of all that it names."""

    found: Findings
    statements: Sequence[Statement]
    at: Iris
    marks: Entities

    @property
    def made_from(self) -> str:
        """A digest of all that its quads depend on."""
        said = _FINDINGS.dump_json(self.found).decode()
        return digest(said, repr(self.at), repr(sorted(self.marks.items())))


def _marks(at: Iris, marks: Entities) -> Entities:
    """What people corrected of the things that a document tells of."""
    things = {*at.canonical.values(), *at.events.values()}
    return {iri: marks[iri] for iri in sorted(things) if iri in marks}


def _told(
    telling: _Telling, activity: NamedNode, settings: Settings, hidden: Hidden
) -> Iterator[Quad]:
    found, statements, at = telling.found, telling.statements, telling.at
    sha256 = found.document.sha256
    quads = chain(
        _document(found, statements, at, activity, telling.marks),
        _contents(found, statements, at, settings.policy),
    )
    veil = hidden.veil(sha256)
    yield from veiled(dict.fromkeys(quads), hidden, settings.base, veil=veil, sha256=sha256)


def _spoken(
    called: Mapping[str, Called],
    events: Mapping[str, CalledEvent],
    marks: Entities,
    hidden: Hidden,
    base: str,
) -> Iterator[Part]:
    """What all documents call each entity and event."""
    names = (
        _meta(called[iri].describe(NamedNode(iri), marks.get(iri, ()))) for iri in sorted(called)
    )
    told = (_meta(events[iri].describe(NamedNode(iri))) for iri in sorted(events))
    spoken = chain.from_iterable((*names, *told))
    yield from _in_parts("name", veiled(spoken, hidden, base, veil=hidden.everywhere))


def _in_parts(name: str, quads: Iterable[Quad]) -> Iterator[Part]:
    """Quads that are cheap to make, by their subjects: each part is made from what it gives."""
    parts: dict[str, list[Quad]] = {}
    for quad in quads:
        parts.setdefault(digest(str(quad.subject))[:_PLACES], []).append(quad)
    for place in sorted(parts):
        made = parts[place]
        yield Part(f"{name} {place}", digest(*map(str, made)), partial(iter, made))


def describe_build(  # noqa: PLR0913 - what is told of a build
    run: Run,
    documents: Iterable[Document],
    *,
    started: dt.datetime,
    ended: dt.datetime,
    hidden: Hidden | None = None,
    removals: Iterable[Removal] = (),
) -> Iterator[Quad]:
    """When a build ran, where its documents lay, and which were taken out of the case.

    All that stands in the graph that no comparison looks at.
    """
    graph, base = NamedNode(runs_graph(run.settings.base)), run.settings.base
    said = triples(_run_iri(run), {"prov:startedAtTime": started, "prov:endedAtTime": ended})
    lay = (
        triples(NamedNode(document_iri(base, each.sha256)), {"kg:location": each.location})
        for each in documents
    )
    gone = (_describe_removal(each, base) for each in removals)
    quads = (Quad(*each, graph) for each in chain(said, *lay, *gone))
    hidden = hidden or Hidden()
    return veiled(quads, hidden, base, veil=hidden.all_veils)


@cache
def fingerprint() -> str:
    """A digest of the code of this room and of what it rests on: when it changes, quads may."""
    return code_digest("kg.statements", "kg.vocabulary", "kg.hiding", "kg.model")


def _describe_removal(removal: Removal, base: str) -> Iterator[Triple]:
    """That a document was here; its name is not said, which may be what had to go."""
    return triples(
        NamedNode(document_iri(base, removal.document)),
        {
            "prov:invalidatedAtTime": removal.moment,
            "kg:by": removal.who,
            "kg:reason": removal.why or None,
        },
    )


def _meta(said: Iterable[Triple]) -> Iterator[Quad]:
    graph = DefaultGraph()
    return (Quad(subject, predicate, object_, graph) for subject, predicate, object_ in said)


def _document(
    found: Findings,
    statements: Sequence[Statement],
    at: Iris,
    run: NamedNode,
    entities: Entities,
) -> Iterator[Quad]:
    for said in (
        describe_document(found.document, at.document),
        describe_own_voice(at),
        *(describe_entity(entity, found, at) for entity in found.entities),
        *(describe_mention(event, found, at) for event in found.events),
        *(describe_time(time, at) for time in times_of(found)),
        *(describe_claim(claim, found, at, run) for claim in found.claims),
        *(describe_abstention(abstention, found, at) for abstention in abstentions_of(found)),
        *(describe_statement(statement, found, at, run) for statement in statements),
        *(describe_passage(span, found.document.text, at) for span in _spans(found, statements)),
        describe_curated(found, at, statements, entities),
    ):
        yield from _meta(said)


def _contents(
    found: Findings, statements: Iterable[Statement], at: Iris, policy: str
) -> Iterator[Quad]:
    """What each statement says, in its own graph, and once more where the policy accepts it."""
    rejected = rejected_claims(found.claims)
    for statement in statements:
        graph = NamedNode(statement.iri)
        contents = list(content(statement.finding, statement.iri, at))
        yield from (Quad(*triple, graph) for triple in contents)
        if _accepts(policy, statement.finding, rejected):
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


def _rejected(found: Findings, statements: Iterable[Statement]) -> frozenset[str]:
    """The statements that a person rejected, or the claims that they stand in."""
    claims = rejected_claims(found.claims)
    return frozenset(
        each.iri
        for each in statements
        if is_marked(each.finding.marks, "reject") or each.finding.within in claims
    )


def _spans(found: Findings, statements: Iterable[Statement]) -> Iterable[Span]:
    """Every passage that anything of a document rests on, each once, in the order of the text."""
    rests = [
        *(claim.passages for claim in found.claims),
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
            *chain.from_iterable(
                (mention.span, *sentences_of(mention, found))
                for entity in found.entities
                for mention in entity.mentions
            ),
            *chain.from_iterable(
                (event.trigger, *surround([event.trigger], found.sentences))
                for event in found.events
            ),
            *(time.span for time in times_of(found)),
            *chain.from_iterable(
                (abstention.span, *surround([abstention.span], found.sentences))
                for abstention in abstentions_of(found)
            ),
        }
    )


def _accepts(policy: str, finding: Said, rejected: Set[str]) -> bool:
    """Whether the policy takes what a statement says for so; never what a person rejected."""
    if is_marked(finding.marks, "reject") or finding.within in rejected:
        return False
    stated = (
        finding.within is None
        and finding.stance.polarity is Polarity.AFFIRMED
        and finding.stance.certainty is Certainty.CERTAIN
    )
    return policy == "all" or (
        stated and (policy == "default" or is_marked(finding.marks, "accept"))
    )


def _describe_judgement(judgement: Judgement, base: str, hidden: Hidden) -> Iterator[Triple]:
    sides = (judgement.left, judgement.right)
    # Not from the name in an IRI: what is hidden could be guessed from the hash.
    pair = sorted(hidden.iri(iri, base) for iri in sides)
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
