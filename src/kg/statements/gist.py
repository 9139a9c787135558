"""What one document adds to what rests on all: names, labels, tellings, voices, its sentences.

It is small, and kept (see ``kg.shelf``), so that a build need not open the findings of documents
that did not change to say what all of them say together.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.model import Findings
from kg.shelf import Made
from kg.statements.called import Naming
from kg.statements.comparison import Sketch, Voice, sketch, told
from kg.statements.happenings import Label
from kg.statements.telling import Telling

__all__ = ["GIST", "SKETCH", "Gist", "gist", "sketch_of"]

_CODE = ("kg.statements", "kg.vocabulary", "kg.hiding", "kg.model")


@dataclass(frozen=True, slots=True)
class Gist:
    """What one document says of things that others may speak of too.

    ``namings`` and ``labels`` are what it calls entities and events, by their canonical IRIs.
    ``voices`` are its sources that are no entities with a name. ``tellings`` are what it tells of
    each event, by the canonical IRI, packed.
    """

    namings: tuple[tuple[str, Naming], ...]
    labels: tuple[tuple[str, Label], ...]
    voices: tuple[Voice, ...]
    tellings: dict[str, bytes]


GIST: Made[Gist] = Made("gist", Gist, _CODE)
SKETCH: Made[Sketch] = Made("sketch", Sketch, _CODE)


def gist(telling: Telling) -> Gist:
    """The gist of a document."""
    found, at, speaking = telling.found, telling.at, telling.speaking
    veil = telling.hidden.veil(found.document.sha256)
    labels = [
        (at.events[each.event], Label.of(each, veil.cover(each.label))) for each in found.events
    ]
    voices = (speaking.voice(each.finding) for each in telling.statements)
    return Gist(
        namings=tuple(
            (at.canonical[entity.id], Naming.of(entity, found.document.text))
            for entity in found.entities
        ),
        labels=_each_once((event, label) for event, label in labels if label is not None),
        voices=_each_once(voice for voice in voices if voice.speaker is None),
        tellings=told(telling.statements, speaking, rejected=telling.rejected),
    )


def sketch_of(found: Findings) -> Sketch:
    """What copies of a document's sentences are found by."""
    document = found.document
    return sketch(document.sha256, document.text, found.sentences)


def _each_once[T](items: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(items))
