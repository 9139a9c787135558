"""From findings to quads: the mapping that docs/design.md describes."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from functools import cache, lru_cache, partial
from itertools import chain

from pyoxigraph import NamedNode, Quad

from kg import nquads
from kg.errors import SettingsError
from kg.hiding import Hidden
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
from kg.shelf import Record, Shelf, shelve
from kg.statements.claims import (
    describe_claim,
    describe_own_voice,
    describe_statement,
)
from kg.statements.comparison import Copies, describe_origin, describe_shared, find_copies, origin
from kg.statements.contents import Said, Statement, content
from kg.statements.corrections import Entities, describe_curated, is_marked, rejected_claims
from kg.statements.gist import GIST, SKETCH, Gist, gist, sketch_of
from kg.statements.happenings import describe_mention
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
from kg.statements.telling import Telling
from kg.statements.terms import Triple, iris, term, text, triples
from kg.statements.together import Together, place
from kg.statements.veiling import veiled
from kg.vocabulary import ROOMS_OF_THINGS, digest, document_iri, kind_iri, mint, runs_graph

__all__ = ["POLICIES", "describe_build", "fingerprint", "parts", "shared", "state"]

#: Which contents the accepted view shows: see docs/design.md, section 3.
POLICIES = ("default", "reviewed", "all")


def state(
    findings: Iterable[Findings], identities: Identities, run: Run, hidden: Hidden | None = None
) -> Iterator[Quad]:
    """The graph of what the documents say, part by part; no blank nodes, no dates of runs.

    Equal findings give equal quads, in whatever order the documents come. What is ``hidden``
    stands nowhere in it.

    Raises:
        SettingsError: If there is no such policy.
    """
    made = (part.make() for part in parts(findings, identities, run, hidden))
    return chain.from_iterable(nquads.quads(dict.fromkeys(nquads.split(each))) for each in made)


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
    return _parts(shelve(findings), identities, run, hidden or Hidden())


@cache
def shared(base: str) -> re.Pattern[bytes]:
    """The lines of quads that several parts may give.

    The named graphs and most nodes belong to one document. Of an event or entity, which several
    tell of, the accepted view may have the same from each.

    >>> event, lines = (
    ...     b"<https://kg.example/event/ada-0a1b> <urn:p> ",
    ...     shared("https://kg.example/"),
    ... )
    >>> bool(lines.fullmatch(event + b'"of <x> <y>" .'))
    True
    >>> bool(lines.fullmatch(event + b'"x" <https://kg.example/statement/0a1b> .'))
    False
    """
    subject = rf"<{re.escape(base)}(?:{'|'.join(sorted(ROOMS_OF_THINGS))})/[^/>]*>"
    value = r'(?:<[^>]*>|"(?:[^"\\]|\\.)*"(?:\^\^<[^>]*>|@[\w-]+)?)'
    return re.compile(rf"{subject} <[^>]*> {value} \.".encode())


def _parts(shelf: Shelf, identities: Identities, run: Run, hidden: Hidden) -> Iterator[Part]:
    activity, base = _run_iri(run), run.settings.base
    yield Part("run", activity.value, lambda: text(_describe_run(run, activity)).encode())
    veils = digest(repr(hidden)) if hidden else ""
    copies = find_copies(shelf.of(record, SKETCH, sketch_of) for record in shelf.records)

    @lru_cache(maxsize=1)  # its gist and its quads are made one after the other
    def tell(sha256: str) -> Telling:
        return Telling.of(shelf[sha256].open(), identities, base, hidden)

    together = Together(base)
    for record in shelf.records:
        sha256 = record.sha256
        known_as = [identities.canonical.get(iri, iri) for iri in shelf.cast(record, base)]
        made = partial(_gist, tell, sha256)
        said = shelf.of(record, GIST, made, base, known_as, veils)
        together.add(sha256, said, copies)
        marks = {iri: identities.marks[iri] for iri in sorted(known_as) if iri in identities.marks}
        near = copies.touching(sha256)
        yield Part(
            f"document {sha256}",
            digest(activity.value, record.made_from, veils, known_as, near, repr(marks)),
            partial(_stated, tell, sha256, copies, activity, marks, run.settings),
        )
    yield from together.parts(identities.marks, copies, hidden)
    yield from _judged(identities, hidden, base)
    shared = text(describe_shared(copies.shared, base)).encode()
    yield from _in_parts("shared", veiled(shared, hidden, base, veil=hidden.all_veils))


def _gist(tell: Callable[[str], Telling], sha256: str, _: Findings) -> Gist:
    return gist(tell(sha256))


def _stated(  # noqa: PLR0913, PLR0917 - all that a document's quads rest on
    tell: Callable[[str], Telling],
    sha256: str,
    copies: Copies,
    activity: NamedNode,
    marks: Entities,
    settings: Settings,
) -> bytes:
    telling = tell(sha256)
    pieces = (
        *_document(telling, activity, marks),
        text(_origins(telling, copies)),
        *_contents(telling, settings.policy),
    )
    veil = telling.hidden.veil(sha256)
    said = "".join(pieces).encode()
    return veiled(said, telling.hidden, settings.base, veil=veil, sha256=sha256)


def _origins(telling: Telling, copies: Copies) -> Iterator[Triple]:
    """From whom each statement comes."""
    for each in telling.statements:
        voice = telling.speaking.voice(each.finding)
        yield from describe_origin(each.iri, origin(voice, copies, telling.at.base))


def _judged(identities: Identities, hidden: Hidden, base: str) -> Iterator[Part]:
    """Who or what is held to be one, or may be."""
    judgements: dict[str, list[Judgement]] = {}
    for each in dict.fromkeys((*identities.judgements, *identities.suggestions)):
        judgements.setdefault(place(each.left, each.right), []).append(each)
    veils = digest(repr(hidden)) if hidden else ""
    for at, some in sorted(judgements.items()):

        def make(some: Sequence[Judgement] = some) -> bytes:
            stated = chain.from_iterable(_describe_judgement(each, base, hidden) for each in some)
            return veiled(text(stated).encode(), hidden, base, veil=hidden.all_veils)

        said = [
            (each.left, each.right, each.verdict, each.by, each.reason, each.score) for each in some
        ]
        yield Part(f"judgement {at}", digest(veils, said), make)


def _in_parts(name: str, said: bytes) -> Iterator[Part]:
    """Quads that are cheap to make, by their subjects: each part is made from what it gives."""
    parts: dict[str, list[bytes]] = {}
    for line in nquads.split(said):
        subject, _, _ = line.partition(b" ")
        parts.setdefault(place(subject.decode()), []).append(line)
    for at, lines in sorted(parts.items()):
        made = b"\n".join(lines)
        yield Part(f"{name} {at}", digest(made.decode()), partial(bytes, made))


def describe_build(  # noqa: PLR0913 - what is told of a build
    run: Run,
    documents: Iterable[Document | Record],
    *,
    started: dt.datetime,
    ended: dt.datetime,
    hidden: Hidden | None = None,
    removals: Iterable[Removal] = (),
) -> bytes:
    """When a build ran, where its documents lay, and which were taken out of the case: N-Quads.

    All that stands in the graph that no comparison looks at.
    """
    graph, base = NamedNode(runs_graph(run.settings.base)), run.settings.base
    said = triples(_run_iri(run), {"prov:startedAtTime": started, "prov:endedAtTime": ended})
    lay = (
        triples(NamedNode(document_iri(base, each.sha256)), {"kg:location": each.location})
        for each in documents
    )
    gone = (_describe_removal(each, base) for each in removals)
    written = text(chain(said, *lay, *gone), graph).encode()
    hidden = hidden or Hidden()
    return veiled(written, hidden, base, veil=hidden.all_veils)


@cache
def fingerprint() -> str:
    """A digest of the code of this room and of what it rests on: when it changes, quads may."""
    return code_digest("kg.statements", "kg.vocabulary", "kg.hiding", "kg.model", "kg.nquads")


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


def _document(telling: Telling, run: NamedNode, entities: Entities) -> Iterator[str]:
    found, at, statements = telling.found, telling.at, telling.statements
    for said in (
        describe_document(found.document, at.document),
        describe_own_voice(at),
        *(describe_entity(entity, found, at) for entity in found.entities),
        *(describe_mention(event, found, at) for event in found.events),
        *(describe_time(time, at) for time in times_of(found)),
        *(describe_claim(claim, found, at, run) for claim in found.claims),
        *(describe_abstention(abstention, found, at) for abstention in abstentions_of(found)),
        *(describe_statement(statement, found, at, run) for statement in statements),
        describe_curated(found, at, statements, entities),
    ):
        yield text(said)
    for span in _spans(found, statements):
        yield describe_passage(span, found.document.text, at)


def _contents(telling: Telling, policy: str) -> Iterator[str]:
    """What each statement says, in its own graph, and once more where the policy accepts it."""
    rejected = rejected_claims(telling.found.claims)
    for statement in telling.statements:
        graph = NamedNode(statement.iri)
        contents = list(content(statement.finding, statement.iri, telling.at))
        yield text(contents, graph)
        if _accepts(policy, statement.finding, rejected):
            yield text(contents)


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
