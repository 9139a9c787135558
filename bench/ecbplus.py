"""ECB+ as texts with marked events: which words name one, and which are of the same event."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

from kg.model import Span

__all__ = ["Article", "articles"]

_CLOSING = re.compile(r"[.,;:!?%)\]}]+|'s|n't|'re|'ve|'ll|'d|'m|''|’s|’")
_OPENING = frozenset("([{$“‘")


@dataclass(frozen=True)
class Article:
    """A text with its marked events: where each stands, and the name of the event that it is of."""

    topic: str
    part: str  #: the subtopic: two seminal events share a topic
    name: str
    text: str
    events: tuple[tuple[Span, str], ...]


def articles(folder: Path, topics: Sequence[str]) -> Iterator[Article]:
    """The articles of some topics, with the events of the sentences that were marked to the end."""
    with (folder / "ECBplus_coreference_sentences.csv").open(encoding="utf-8") as file:
        marked = {tuple(row.values()) for row in csv.DictReader(file)}
    for topic in topics:
        for path in sorted((folder / topic).glob("*.xml")):
            yield _article(path, topic, marked)


def _article(path: Path, topic: str, marked: set[tuple[str, ...]]) -> Article:
    root = ET.parse(path).getroot()  # noqa: S314 - the corpus's own files
    file = path.stem.partition("_")[2]
    plus = file.endswith("plus")
    text, spans, sentences = "", {}, {}
    last = None
    for token in root.iter("token"):
        words, sentence = token.text or "", token.get("sentence", "")
        if plus and sentence == "0":
            continue  # where the text was found
        if sentence != last and text:
            text += " " if text[-1] in ".!?\"”'" else "\n\n"
        elif text and not _CLOSING.fullmatch(words) and text[-1] not in _OPENING:
            text += " "
        last = sentence
        number = token.get("t_id", "")
        spans[number] = Span(len(text), len(text) + len(words))
        sentences[number] = sentence
        text += words
    named = _instances(root)
    events = []
    for mark in root.iterfind("Markables/*"):
        anchors = [a.get("t_id", "") for a in mark.iter("token_anchor")]
        if not mark.tag.startswith(("ACTION", "NEG_")) or not anchors or anchors[0] not in spans:
            continue
        if (topic, file, sentences[anchors[0]]) not in marked:
            continue
        number = mark.get("m_id", "")
        span = Span(spans[anchors[0]].start, spans[anchors[-1]].end)
        events.append((span, named.get(number, f"{path.stem}/{number}")))
    return Article(
        topic, f"{topic}{'plus' if plus else ''}", path.stem, text, tuple(sorted(events))
    )


def _instances(root: ET.Element) -> dict[str, str]:
    """The name of the event that each mark is of."""
    found = {}
    for relation in root.iterfind("Relations/*"):
        name = relation.get("note") or f"{root.get('doc_name')}/{relation.get('r_id')}"
        if relation.tag.startswith("INTRA"):
            name = f"{root.get('doc_name')}/{relation.get('r_id')}"
        for source in relation.iter("source"):
            found[source.get("m_id", "")] = name
    return found
