"""Asking the graph: SPARQL of one's own, and the packaged questions.

Nothing here changes a graph or opens a connection: updates, ``SERVICE`` and ``FROM`` are
refused. A packaged question is a ``.rq`` file in ``queries/`` that any SPARQL 1.1 engine can
run as it stands. Its head says what it answers and what can be asked of it::

    # Who held which role, and who says so
    # @param person: part of the person's name
    # @param on (day): a day, YYYY-MM-DD
    # @param statement (required): its IRI

The value of a parameter reaches the query as the term bound to ``?asked_person``, never as
text in the query; a question projects these variables, and ``ask`` leaves them out again.
"""

from __future__ import annotations

import bisect
import datetime as dt
import difflib
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING

from pyoxigraph import (
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    Triple,
    parse_query_results,
    serialize,
)
from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from kg.errors import (
    ParameterError,
    QueryError,
    QuerySyntaxError,
    UnknownFormatError,
    UnknownQuestionError,
)
from kg.model import Reader, Table
from kg.resources import list_resources, read_resource
from kg.vocabulary import PREFIXES, XSD, prologue

if TYPE_CHECKING:
    from kg.model import Term

__all__ = [
    "FORMATS",
    "Answer",
    "Parameter",
    "Question",
    "ask",
    "questions",
    "render",
    "run",
    "to_table",
]

#: What a query gives, read once: solutions of SELECT, yes or no of ASK, or triples.
type Answer = QuerySolutions | QueryBoolean | QueryTriples

_RESULT_FORMATS = {
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
}
_GRAPH_FORMATS = {"turtle": RdfFormat.TURTLE, "ntriples": RdfFormat.N_TRIPLES}

#: The names of all the formats that an answer can be rendered in.
FORMATS = ("table", *_RESULT_FORMATS, *_GRAPH_FORMATS)


# --- SPARQL of one's own ---------------------------------------------------------------------


def run(reader: Reader, sparql: str) -> Answer:
    """The answer to a SPARQL 1.1 query; the project's prefixes need not be declared.

    Raises:
        QuerySyntaxError: If the text is not SPARQL; says where in the user's own text.
        QueryError: If the query would change the graph or look outside it.
    """
    _refuse_unsafe(sparql)
    # On one line with the user's first, so that every line keeps its number.
    return reader.query(prologue().replace("\n", " ") + sparql)


#: Words that only an update begins with.
_UPDATES = frozenset(
    ("INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH")
)

#: Words that look outside, and ways to misspell them without moving anything in the text.
_OUTSIDE = {
    "SERVICE": ("sxrvice", "SERVICE asks another server"),
    "FROM": ("fxom", "FROM names another dataset"),
}


def _refuse_unsafe(sparql: str) -> None:
    """Let pass what only reads this graph.

    The engine would follow SERVICE over the network, and its parser alone knows whether the
    word is a keyword or stands in a string, a comment or a name. So the parser is asked: with
    the word misspelt everywhere, a query that used it as a keyword does not parse any more,
    and every other query still does. The misspelt query can reach nothing, so it may be run
    against an empty store.
    """
    harmless = sparql
    for keyword, (misspelt, _) in _OUTSIDE.items():
        harmless = re.sub(keyword, misspelt, harmless, flags=re.IGNORECASE | re.ASCII)
    reason = _parse(harmless)
    if reason is None:
        return
    if not re.sub(r"#[^\n]*", "", sparql).strip():
        raise QuerySyntaxError("the query is empty")
    offset = _error_offset(harmless)
    found = re.match(r"\w*", harmless[offset:])
    word = found[0] if found else ""
    for misspelt, explanation in _OUTSIDE.values():
        if word == misspelt:
            raise QueryError(
                f"{explanation}; kg answers from this case alone, use GRAPH <iri> {{ … }}"
            )
    if word.upper() in _UPDATES:
        raise QueryError(f"{word.upper()} would change the graph; kg query only reads")
    explanation, offset = _explain(reason, sparql, offset)
    line = sparql.count("\n", 0, offset) + 1
    column = offset - sparql.rfind("\n", 0, offset)
    raise QuerySyntaxError(explanation, line, column)


def _parse(sparql: str) -> str | None:
    """The engine's complaint about a query, None where it has none."""
    try:
        Store().query(sparql, prefixes=PREFIXES)
    except SyntaxError as error:
        return str(error)
    return None


#: Longer than any keyword of SPARQL (ENCODE_FOR_URI has 14 letters).
_STRETCH = " " * 20


def _error_offset(sparql: str) -> int:
    """Where a query that does not parse goes wrong, in code points from its start.

    The engine reports the furthest place that any of its attempts reached, and an attempt at
    a keyword reaches as far as the keyword is long, over whatever stands there. Stretching
    every space gives each attempt room, so that the furthest one is the last one; taking the
    length of the keyword off leads back to where it began.
    """
    spaces = [place.end() for place in re.finditer(r"\s", sparql)]
    stretched = re.sub(r"\s", lambda space: space[0] + _STRETCH, sparql) + "\n" + _STRETCH
    complaint = _parse(stretched) or ""
    place = re.match(r"error at (\d+):(\d+): expected (.*)", complaint, re.DOTALL)
    if place is None:
        return 0
    starts = [0, *accumulate(len(line) for line in stretched.splitlines(keepends=True))]
    reached = starts[min(int(place[1]), len(starts)) - 1] + int(place[2]) - 1
    keywords = [len(word) for word in re.findall(r"\b[A-Z][A-Z_]+\b", place[3])]
    began = reached - max(keywords, default=0) if "[" not in place[3] else reached
    # Back into the text as it was: every space before the place had been stretched.
    widened = [end + index * len(_STRETCH) for index, end in enumerate(spaces)]
    before = bisect.bisect_right(widened, began)
    inside = began - before * len(_STRETCH)
    offset = max(inside, spaces[before - 1] if before else 0)
    return min(offset + _blank(sparql[offset:]), len(sparql))


def _blank(text: str) -> int:
    return len(text) - len(text.lstrip())


def _explain(complaint: str, sparql: str, offset: int) -> tuple[str, int]:
    """What is wrong, in words for a person, and where the words that are wrong begin."""
    if "Prefix not found" in complaint:
        name = re.search(r"([\w.-]*:)\S*\s*$", sparql[:offset])
        if name:
            return f"the prefix {name[1]!r} is not declared", name.start()
    if "variable that is unbound" in complaint:
        return "a variable is selected beside an aggregate and is not in GROUP BY", offset
    if "IRI parsing failed" in complaint:
        return "this is not an IRI", max(sparql.rfind("<", 0, offset), 0)
    rest = sparql[offset:].split()
    return (f"{rest[0]!r} cannot stand here" if rest else "the query ends too early"), offset


def to_table(answer: Answer) -> Table:
    """An answer as rows of text: IRIs whole, literals without their types.

    Yes or no is one row of ``true`` or ``false``, triples are rows of three.
    """
    match answer:
        case QuerySolutions():
            columns = tuple(variable.value for variable in answer.variables)
            return Table(columns, tuple(tuple(map(_words, row)) for row in answer))
        case QueryBoolean():
            return Table(("answer",), (("true" if answer else "false",),))
        case QueryTriples():
            return Table(
                ("subject", "predicate", "object"),
                tuple(tuple(map(_words, triple)) for triple in answer),
            )


def _words(term: object) -> str | None:
    if term is None:
        return None
    value = getattr(term, "value", None)
    return value if isinstance(value, str) else str(term)


# --- packaged questions ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Parameter:
    """Something that a question can be narrowed by.

    ``kind`` is words, day, first day, last day or number: what the value must be.
    """

    name: str
    help: str
    required: bool = False
    kind: str = "words"


@dataclass(frozen=True, slots=True)
class Question:
    """A packaged question: what it answers, its parameters, its SPARQL."""

    name: str
    summary: str
    parameters: tuple[Parameter, ...]
    sparql: str


_PARAMETER = re.compile(r"# @param (\w+)(?: \(([\w, ]+)\))?: (.+)")


def _question(name: str, sparql: str) -> Question:
    parameters = []
    for found in _PARAMETER.finditer(sparql):
        marks = [mark.strip() for mark in (found[2] or "").split(",") if mark.strip()]
        kinds = [mark for mark in marks if mark != "required"]
        parameters.append(
            Parameter(found[1], found[3], "required" in marks, kinds[0] if kinds else "words")
        )
    summary = sparql.partition("\n")[0].removeprefix("#").strip()
    return Question(name, summary, tuple(parameters), sparql)


@cache
def questions() -> tuple[Question, ...]:
    """All the packaged questions, by name.

    >>> {"denied", "documents"} <= {question.name for question in questions()}
    True
    """
    return tuple(
        _question(file.removesuffix(".rq"), read_resource(f"queries/{file}"))
        for file in list_resources("queries", ".rq")
    )


def ask(reader: Reader, name: str, parameters: Mapping[str, str] | None = None) -> Table:
    """The answer to a packaged question.

    Raises:
        UnknownQuestionError: If there is no such question.
        ParameterError: If a parameter is unknown, missing or not of its kind.
    """
    known = {question.name: question for question in questions()}
    if name not in known:
        raise UnknownQuestionError(name, known)
    question = known[name]
    answer = to_table(reader.query(question.sparql, substitutions=bind(question, parameters or {})))
    shown = [i for i, column in enumerate(answer.columns) if not column.startswith("asked_")]
    return Table(
        tuple(answer.columns[i] for i in shown),
        tuple(tuple(row[i] for i in shown) for row in answer.rows),
    )


def bind(question: Question, parameters: Mapping[str, str]) -> dict[str, Term]:
    """The terms that the variables of a question stand for, by the name of the variable.

    >>> made = Question("who", "Who is named", (Parameter("name", "part of a name"),), "")
    >>> bind(made, {"name": 'O"Hara'})
    {'asked_name': <Literal value=O"Hara datatype=<NamedNode value=http://www.w3.org/2001/XMLSchema#string>>}

    Raises:
        ParameterError: If a parameter is unknown, missing or not of its kind.
    """
    known = {parameter.name: parameter for parameter in question.parameters}
    for name in parameters:
        if name not in known:
            raise ParameterError(_unknown_parameter(question.name, name, known))
    missing = [p.name for p in known.values() if p.required and p.name not in parameters]
    if missing:
        raise ParameterError(
            f"{question.name} needs {' and '.join(missing)}: {known[missing[0]].help}"
        )
    return {f"asked_{name}": _term(known[name], value) for name, value in parameters.items()}


def _unknown_parameter(question: str, name: str, known: Iterable[str]) -> str:
    names = list(known)
    near = difflib.get_close_matches(name, names, n=1, cutoff=0.5)
    hint = f"did you mean {near[0]}? " if near else ""
    has = f"it has {', '.join(names)}" if names else "it has none"
    return f"{question} has no parameter {name!r}; {hint}{has}"


def _term(parameter: Parameter, value: str) -> Term:
    """The term of a value, checked."""
    value = value.strip()
    if not value:
        raise ParameterError(f"{parameter.name} is empty; leave it out or give {parameter.help}")
    if parameter.kind == "words":
        return Literal(value)
    if parameter.kind == "number":
        if not re.fullmatch(r"[0-9]{1,9}", value):
            raise ParameterError(f"{parameter.name} must be a whole number, not {value!r}")
        return Literal(value, datatype=NamedNode(f"{XSD}integer"))
    day = _DAYS[parameter.kind](value)
    if day is None:
        shapes = "YYYY-MM-DD" if parameter.kind == "day" else "YYYY, YYYY-MM or YYYY-MM-DD"
        raise ParameterError(f"{parameter.name} must be a date as {shapes}, not {value!r}")
    return Literal(day.isoformat(), datatype=NamedNode(f"{XSD}date"))


def _day(value: str) -> dt.date | None:
    """The day of an ISO date, None for anything else.

    >>> _day("2022-03-22"), _day("2022"), _day("2022-02-30")
    (datetime.date(2022, 3, 22), None, None)
    """
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        return None
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        return None


def _first_day(value: str) -> dt.date | None:
    """The first day of a year, month or day.

    >>> _first_day("1988"), _first_day("1988-07")
    (datetime.date(1988, 1, 1), datetime.date(1988, 7, 1))
    """
    return _day(f"{value}-01-01"[:10]) if len(value) == len("YYYY") else _day(f"{value}-01"[:10])


def _last_day(value: str) -> dt.date | None:
    """The last day of a year, month or day.

    >>> _last_day("1988"), _last_day("1988-02"), _last_day("1988-02-03")
    (datetime.date(1988, 12, 31), datetime.date(1988, 2, 29), datetime.date(1988, 2, 3))
    """
    if len(value) == len("YYYY"):
        return _day(f"{value}-12-31")
    days = (_day(f"{value}-{last}"[:10]) for last in (31, 30, 29, 28))
    return next((day for day in days if day), None)


_DAYS: Mapping[str, Callable[[str], dt.date | None]] = {
    "day": _day,
    "first day": _first_day,
    "last day": _last_day,
}


# --- showing ---------------------------------------------------------------------------------


def render(answer: Answer | Table, form: str, *, width: int | None = None) -> str:
    """An answer as text.

    ``table`` is for a person: in a terminal of ``width`` columns everything is wrapped, and
    rows that do not fit beside each other become blocks of lines; without a width nothing is
    wrapped. csv, tsv, json and xml are the standard formats of SPARQL 1.1 results; turtle and
    ntriples are for the triples of CONSTRUCT and DESCRIBE. An answer can be rendered once, a
    Table any number of times: its values are plain literals.

    >>> print(render(Table(("name", "kind"), (("Ada", "person"),)), "table"), end="")
    name  kind
    ────  ──────
    Ada   person

    Raises:
        UnknownFormatError: If there is no such format, or not for this kind of answer.
    """
    if form == "table":
        return _render_table(answer if isinstance(answer, Table) else to_table(answer), width)
    fitting = _fitting(answer)
    if form not in fitting:
        raise UnknownFormatError(form, ("table", *fitting))
    if isinstance(answer, QueryTriples):
        # Sorted, so that equal graphs read the same.
        triples = sorted(answer, key=str)
        written = serialize(triples, format=_GRAPH_FORMATS[form], prefixes=_used(triples))
    else:
        rows = _solutions(answer) if isinstance(answer, Table) else answer
        written = rows.serialize(format=_RESULT_FORMATS[form])
    return (written or b"").decode()


def _used(triples: Iterable[Triple]) -> dict[str, str]:
    text = " ".join(map(str, triples))
    return {name: iri for name, iri in PREFIXES.items() if iri in text}


def _fitting(answer: Answer | Table) -> tuple[str, ...]:
    """The formats for this kind of answer, beside table."""
    match answer:
        case QueryTriples():
            return tuple(_GRAPH_FORMATS)
        case QueryBoolean():
            return ("json", "xml")
        case _:
            return tuple(_RESULT_FORMATS)


def _solutions(table: Table) -> QuerySolutions:
    """The rows of a table as solutions whose terms are plain literals."""
    bindings = [
        {
            name: {"type": "literal", "value": value}
            for name, value in row.items()
            if value is not None
        }
        for row in table
    ]
    document = {"head": {"vars": table.columns}, "results": {"bindings": bindings}}
    answer = parse_query_results(json.dumps(document), format=QueryResultsFormat.JSON)
    if not isinstance(answer, QuerySolutions):  # pragma: no cover
        raise TypeError(answer)
    return answer


#: Below this many characters a column is read with pain: rows become blocks.
_NARROW = 18


def _render_table(table: Table, width: int | None) -> str:
    heads = [column.replace("_", " ") for column in table.columns]
    rows = [[_shown(value) for value in row] for row in table.rows]
    if width and not rows:
        return "nothing found\n"
    widths = [max(map(cell_len, column)) for column in zip(heads, *rows, strict=True)]
    if width is None or sum(widths) + len(_GAP) * len(widths) <= width:
        lines = [heads, ["─" * wide for wide in widths], *rows]
        return "".join(_GAP.join(map(_padded, line, widths)).rstrip() + "\n" for line in lines)
    console = Console(width=width, color_system=None, legacy_windows=False)
    if width < _NARROW * len(heads):
        return "\n".join(_block(heads, row, console) for row in rows)
    grid = Grid(box=SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for head in heads:
        grid.add_column(Text(head), overflow="fold")
    for row in rows:
        grid.add_row(*map(Text, row))
    with console.capture() as capture:
        console.print(grid)
    return "".join(f"{line.rstrip()}\n" for line in capture.get().splitlines())


_GAP = "  "


def _padded(value: str, width: int) -> str:
    return value + " " * (width - cell_len(value))


def _block(heads: list[str], row: list[str], console: Console) -> str:
    """One row as lines, each with its head, the empty ones left out."""
    margin = max(map(cell_len, heads))
    lines = []
    for head, value in zip(heads, row, strict=True):
        room = max(console.width - margin - len(_GAP), 1)
        for number, line in enumerate(Text(value).wrap(console, room) if value else ()):
            lines.append(_padded("" if number else head, margin) + _GAP + line.plain.rstrip())
    return "".join(f"{line}\n" for line in lines)


def _shown(value: str | None) -> str:
    r"""A value on one line, IRIs shortened, nothing in it that a terminal would obey.

    >>> _shown("https://w3id.org/kg/ns#Claim"), _shown("two\nlines"), _shown(None)
    ('kg:Claim', 'two lines', '')
    """
    if value is None:
        return ""
    for prefix, iri in PREFIXES.items():
        rest = value.removeprefix(iri)
        if rest != value and re.fullmatch(r"[\w-]+", rest):
            return f"{prefix}:{rest}"
    return re.sub(r"[\x00-\x1f\x7f-\x9f]", "\ufffd", re.sub(r"\s+", " ", value))
