"""The timeline: events and roles as one page, which asks nothing of any other host."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup

from kg.model import Reader
from kg.resources import read_resource
from kg.view.choose import find
from kg.view.drawing import KINDS, LOOKS
from kg.view.facts import Facts, Quotation, collect, collect_times, quote
from kg.view.page import Page, allow, read_style, show_sayings
from kg.view.things import Thing, gather
from kg.view.wording import Saying, put_in_words

__all__ = ["render_timeline"]

_LIBRARY = "templates/vis-timeline/vis-timeline-graph2d.min.js"
#: Each knows those before it.
_SCRIPTS = ("panel", "days", "crowd", "list", "timeline")
_WORDS = {"event": "events", "role": "roles"}


def render_timeline(reader: Reader, *, around: str | None = None, about: str | None = None) -> Page:
    """The events and roles of a graph on a line of time, those without a time in a list.

    ``around`` is (part of) the name of somebody or something that takes part or speaks, or of a
    place; ``about`` is part of the label of an event. Equal graphs give equal pages.

    Raises:
        NothingToShowError: If nothing has that name.
    """
    facts = collect(reader)
    things = gather(facts, collect_times(reader))
    kept = _choose(facts, things, around, about)
    used = {iri for thing in kept for entry in thing.entries for iri in entry.sayings}
    used |= {iri for thing in kept for iri in thing.numbers}
    sayings = {each.id: each for each in put_in_words(facts) if each.id in used}
    notice = "" if len(kept) == len(things) else f"Only {_about(around, about)}. "
    html = _html(facts, kept, sayings, quote(reader, sayings), notice)
    return Page(html, title="The timeline")


def _choose(
    facts: Facts, things: tuple[Thing, ...], around: str | None, about: str | None
) -> tuple[Thing, ...]:
    """The things that somebody takes part in or speaks of, and those that are called so."""
    kept = things
    if around is not None:
        near = find({iri: name.names for iri, name in facts.names.items()}, around)
        kept = tuple(thing for thing in kept if near & set(_linked(thing)))
    if about is not None:
        events = {thing.id: thing.names for thing in things if thing.kind == "event"}
        named = find(events, about)
        kept = tuple(thing for thing in kept if thing.id in named)
    return kept


def _about(around: str | None, about: str | None) -> str:
    return " and ".join(f"“{words}”" for words in (around, about) if words is not None)


def _linked(thing: Thing) -> Iterable[str]:
    """Everybody and every place that a thing can be found by."""
    takers, places = (entity for entity, _, _ in thing.takers), (place for place, _ in thing.places)
    return (*takers, *places, *thing.speakers)


def _html(
    facts: Facts,
    things: tuple[Thing, ...],
    sayings: Mapping[str, Saying],
    quotations: Mapping[str, Quotation],
    notice: str,
) -> str:
    library = _without_map(read_resource(_LIBRARY))
    scripts = (library, *(read_resource(f"templates/{name}.js") for name in _SCRIPTS))
    kinds = Counter(thing.kind for thing in things)
    environment = Environment(
        loader=DictLoader({"timeline.html": read_resource("templates/timeline.html")}),
        autoescape=True,
        undefined=StrictUndefined,
    )
    return environment.get_template("timeline.html").render(
        scripts=[Markup(text) for text in scripts],  # noqa: S704 - packaged files
        allowed=allow(*scripts),
        style=Markup(read_style("timeline")),  # noqa: S704 - as above
        shown=_shown(facts, things) | show_sayings(sayings, quotations, facts.documents),
        notice=notice,
        kinds=[(kind, _WORDS[kind], kinds[kind]) for kind in _WORDS if kinds[kind]],
        sorts=sorted(Counter(t.sort for t in things if t.kind == "event").items()),
        looks=LOOKS,
    )


def _without_map(text: str) -> str:
    """A file without the link to its source map, which is not there."""
    return "\n".join(line for line in text.split("\n") if "sourceMappingURL" not in line)


def _shown(facts: Facts, things: tuple[Thing, ...]) -> dict[str, Any]:
    """The things, and what those are called that they speak of, as JSON."""
    linked = sorted({iri for thing in things for iri in _linked(thing)} & set(facts.names))
    return {
        "things": [asdict(thing) for thing in things],
        "names": {
            iri: {"names": facts.names[iri].names, "kind": KINDS[facts.names[iri].kind].word}
            for iri in linked
        },
    }
