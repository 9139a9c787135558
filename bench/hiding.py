"""Hides every named entity of some documents, one at a time, and looks for its name in the graph.

    python bench/hiding.py data/reports

Of each name the whole is looked for, and of a person's the last word, as words of any literal or
IRI of the graph. What is found is printed with the words around it.
"""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path

from kg import identity, reading, statements
from kg.extraction import given_names
from kg.hiding import folded
from kg.model import Anchor, Decision, Entity, EntityKind, Findings, Form, Run, Settings

SETTINGS = Settings()
RUN = Run(version="bench", pipeline="", attribution="rules", settings=SETTINGS)


def hidden_graph(findings: Sequence[Findings], decision: Decision) -> str:
    """Every literal and IRI of the graph with the decision, as words with a blank around each."""
    found = identity.correct(findings, [decision])
    identities = identity.resolve(found, base=SETTINGS.base, decisions=[decision])
    hidden = identity.hide(
        found, identities, [decision], base=SETTINGS.base, is_given=given_names.is_known
    )
    quads = " ".join(map(str, statements.state(found, identities, RUN, hidden)))
    return f" {' '.join(folded(quads))} "


def names(found: Findings, entity: Entity) -> Iterator[str]:
    """What must not be found: the names in the words of the document, and the last word."""
    for mention in entity.mentions:
        if mention.form is Form.NAME:
            words = mention.span.of(found.document.text).split()
            words = words[1:] if words[0].casefold() == "the" else words
            yield " ".join(folded(" ".join(words)))
            if entity.kind is EntityKind.PERSON:
                yield " ".join(folded(words[-1]))


def main() -> None:
    """Print what shines through, and how many were hidden."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="+", type=Path)
    outcomes = [outcome for _, outcome in reading.extract(parser.parse_args().paths, SETTINGS)]
    findings = [outcome for outcome in outcomes if isinstance(outcome, Findings)]
    named = [(found, each) for found in findings for each in found.entities if each.named]
    leaks = 0
    for found, entity in named:
        anchor = Anchor(
            file=found.document.file,
            document=found.document.sha256[:20],
            span=entity.anchor,
            words=entity.anchor.of(found.document.text),
        )
        when = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
        graph = hidden_graph(findings, Decision(when=when, who="Z", what="hide", left=anchor))
        for name in sorted(set(names(found, entity))):
            place = graph.find(f" {name} ")
            if place >= 0:
                leaks += 1
                print(f"{entity.kind} {name}: {graph[max(place - 60, 0) : place + 60]}")
    print(f"{len(named)} named entities hidden one at a time, {leaks} names found")


if __name__ == "__main__":
    main()
