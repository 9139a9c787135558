"""Event coreference on ECB+, in a document and across documents; with the marked words given.

    pip install '.[bench]'
    python -m bench.events --corpus ../shared/corpora/ecbplus

The scores are CoNLL F1 (the mean of MUC, B3 and CEAF-e) by the package scorch, micro-averaged over
the topics. The baseline holds marked words with one head lemma to be one event, in one document, in
one topic, or in one of a topic's two parts, and is scored in the same run.
"""

from __future__ import annotations

import argparse
import hashlib
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage
from scorch.scores import b_cubed, ceaf_e, muc
from spacy.tokens import Doc, Token

from bench.ecbplus import Article, articles
from kg.extraction import language
from kg.extraction.coreference import Cast, cast
from kg.extraction.event_words import Events
from kg.extraction.events.clauses import is_passive
from kg.extraction.events.mentions import identified, mention_of
from kg.extraction.events.triggers import Trigger, find_triggers, light_verb
from kg.extraction.facilities import with_facilities
from kg.extraction.lexicon import Lexicon, lexicon
from kg.extraction.mentions import find_phrases, possible_names
from kg.extraction.quotations import pair
from kg.extraction.reading import Reading, top_of
from kg.extraction.roles import countries_of_titles, same_by_apposition
from kg.extraction.times import find_times
from kg.extraction.voices import voices
from kg.identity.events.contexts import Contexts
from kg.identity.events.happenings import Happening, happenings
from kg.identity.events.weighing import chances, row
from kg.identity.profiles import profiles
from kg.identity.rules import join_by_rule
from kg.identity.rulings import Groups, Rulings
from kg.model import Document, Event, Findings, Settings, Span
from kg.vocabulary import event_iris

#: Topics to choose on, and to report on: nothing was fitted to either.
CHOSEN_ON = ("2", "12", "18", "21", "23")
REPORTED = ("5", "10", "30", "34", "35")
BASE = "https://kg.example/"
#: The part of a verb or noun whose kind the word lists do not know.
_ANY = "attack"
#: Pairs as likely as this, on the average, are held to be one; chosen on the topics for it.
LIKELY = 0.35


@dataclass(frozen=True)
class Read:
    """An article as it was read with its marked words as the triggers of events."""

    article: Article
    found: Findings
    lemmas: Mapping[Span, str]


def read(article: Article, doc: Doc, words: Lexicon, *, own: bool = False) -> Read:
    """The findings in an article whose events are those that are marked.

    ``own``: those that kg finds in the sentences with marks, whatever they are.
    """
    reading, people = _reading(article, doc, words)
    found = {t.head.i: t for t in find_triggers(reading, people, words)}
    chosen = _own(reading, article, found) if own else _marked(doc, article, found, words.events)
    known = {trigger.head.i for trigger in found.values()}

    def mention(trigger: Trigger) -> Event:
        event = mention_of(reading, people, words, voices(()), trigger)
        if trigger.head.i in known:
            return event
        # Not in the word lists: in a document the lemma is its kind, across them it has none.
        return replace(event, kind=f"?{trigger.head.lemma_.lower()}")

    triggers = [trigger for trigger, _ in chosen.values()]
    events, _ = identified(reading, triggers, words.events, mention)
    spans = {reading.span(t.first, t.last): (span, t.head) for t, span in chosen.values()}
    kept = tuple(
        replace(
            event,
            trigger=spans[event.trigger][0],
            kind="" if event.kind[0] == "?" else event.kind,
        )
        for event in events
        if event.trigger in spans
    )
    return Read(
        article,
        Findings(
            document=reading.document,
            sentences=tuple(Span(s.start_char, s.end_char) for s in doc.sents),
            entities=tuple(people.entities),
            events=kept,
        ),
        {span: head.lemma_.lower() for span, head in spans.values()},
    )


def _marked(
    doc: Doc, article: Article, found: Mapping[int, Trigger], events: Events
) -> dict[int, tuple[Trigger, Span]]:
    """A trigger for each mark, by its head: kg's own where there is one, else any."""
    chosen: dict[int, tuple[Trigger, Span]] = {}
    for span, _ in article.events:
        tokens = [t for t in doc if t.idx < span.end and t.idx + len(t) > span.start]
        head = top_of(tokens) or tokens[0]
        known = next((found[t.i] for t in tokens if t.i in found), None)
        trigger = known or _any_trigger(head, events)
        chosen.setdefault(trigger.head.i, (trigger, span))
    return chosen


def _own(
    reading: Reading, article: Article, found: Mapping[int, Trigger]
) -> dict[int, tuple[Trigger, Span]]:
    """The triggers in sentences with marks; each at the mark that it touches."""
    marks = [span for span, _ in article.events]
    sentences = {t.sent.start for span in marks for t in reading.tokens_in(span)}
    chosen: dict[int, tuple[Trigger, Span]] = {}
    taken: set[Span] = set()
    for at, trigger in found.items():
        if trigger.head.sent.start in sentences:
            place = reading.span(trigger.first, trigger.last)
            span = next((m for m in marks if m.overlaps(place) and m not in taken), place)
            taken.add(span)
            chosen[at] = trigger, span
    return chosen


def _reading(article: Article, doc: Doc, words: Lexicon) -> tuple[Reading, Cast]:
    digest = hashlib.sha256(article.text.encode()).hexdigest()
    document = Document(
        text=article.text,
        sha256=digest,
        file_sha256=digest,
        file=article.name,
        location="",
        media_type="text/plain",
    )
    paragraphs = language.paragraphs(article.text)
    times, _ = find_times(doc, published=None)
    reading = Reading(document, doc, paragraphs, pair(article.text, paragraphs), times)
    phrases = with_facilities(doc, find_phrases(reading, words.titles, words.nouns))
    phrases = (*phrases, *countries_of_titles(doc, phrases, words.titles))
    possible = possible_names(doc, phrases, words.titles, words.nouns)
    links = same_by_apposition(reading, phrases)
    return reading, cast(reading, phrases, links, words.nouns, possible=possible)


def _any_trigger(head: Token, events: Events) -> Trigger:
    verb = head.pos_ == "VERB"
    light = None if verb else light_verb(events, head)
    return Trigger(head, head.i, head.i, _ANY, light=light, passive=verb and is_passive(head))


# ---- events of several articles


@dataclass(frozen=True)
class Case:
    """The events of some articles, as they are compared."""

    known: Mapping[str, Happening]
    contexts: Contexts
    mentions: Mapping[str, tuple[tuple[str, Span], ...]]  #: article and place, by event


def case(some: Sequence[Read]) -> Case:
    """The events of articles, each article's by themselves."""
    found = list({each.found.document.sha256: each.found for each in some}.values())
    people = profiles(found, BASE)
    groups = Groups(people)
    for group in join_by_rule(people, Rulings()):
        for member in group[1:]:
            groups.join(group[0], member)
    canonical = groups.canonical()
    known = happenings(found, BASE, canonical, {})
    mentions: dict[str, list[tuple[str, Span]]] = defaultdict(list)
    for each in some:
        iris = event_iris(BASE, each.found.document.sha256, each.found.events)
        for event in each.found.events:
            mentions[iris[event.event]].append((each.article.name, event.trigger))
    return Case(
        known,
        Contexts(found, known.values(), language.word_likeness(Settings().pipeline)),
        {k: tuple(v) for k, v in mentions.items()},
    )


def weighed(one: Case, iris: Sequence[str]) -> list[float]:
    """How likely each two events are one, in the order of ``combinations``."""
    rows = [row(one.known[a], one.known[b], one.contexts) for a, b in combinations(iris, 2)]
    return [chance for at in range(0, len(rows), 2000) for chance in chances(rows[at : at + 2000])]


def joined(one: Case, iris: Sequence[str], likely: float) -> dict[str, int]:
    """The number of the group of each event, grown by the likelihood of their pairs."""
    if len(iris) == 1:
        return {iris[0]: 0}
    apart = 1 - np.array(weighed(one, iris))
    return dict(zip(iris, fcluster(linkage(apart, "average"), 1 - likely, "distance"), strict=True))


# ---- scores


type Mention = tuple[str, Span]
type Labels = Mapping[Mention, Hashable]


def conll(gold: Labels, found: Labels) -> tuple[float, ...]:
    """MUC, B3, CEAF-e and their mean, all F1."""
    scores = [float(score(_sets(gold), _sets(found))[2]) for score in (muc, b_cubed, ceaf_e)]
    return (*scores, sum(scores) / 3)


def _sets(labels: Labels) -> list[set[Mention]]:
    groups: dict[Hashable, set[Mention]] = defaultdict(set)
    for mention, label in labels.items():
        groups[label].add(mention)
    return list(groups.values())


def answers(
    some: Sequence[Read], likely: float, *, parts: bool
) -> dict[str, dict[Mention, Hashable]]:
    """What the baseline and kg hold, by name of the row; kg within a topic, or a topic's part."""
    one = case(some)
    rows: dict[str, dict[Mention, Hashable]] = defaultdict(dict)
    by_room: dict[str, list[str]] = defaultdict(list)
    where = {each.article.name: each.article for each in some}
    for iri, mentions in one.mentions.items():
        article = where[mentions[0][0]]
        by_room[article.part if parts else article.topic].append(iri)
        for mention in mentions:
            rows["rules, in a document"][mention] = iri
    for room, iris in by_room.items():
        for iri, number in joined(one, sorted(iris), likely).items():
            for mention in one.mentions[iri]:
                rows["joined where likely"][mention] = (room, number)
    for each in some:
        room = each.article.part if parts else each.article.topic
        for span, lemma in each.lemmas.items():
            rows["head lemma"][each.article.name, span] = (room, lemma)
    return rows


def report(some: Sequence[Read], likely: float) -> None:
    """Print the tables of some articles."""
    gold = {(r.article.name, s): e for r in some for s, e in r.article.events}
    for title, parts in (("topics", False), ("parts of topics", True)):
        print(f"\n{title}: {len(gold)} mentions, {len(set(gold.values()))} events")
        rows = answers(some, likely, parts=parts)
        for name, labels in rows.items():
            print(f"  {name:22}", *(f"{100 * each:.1f}" for each in conll(gold, labels)))
    print("\nin a document")
    inside = {mention: (mention[0], event) for mention, event in gold.items()}
    for name, labels in rows.items():
        alone = {mention: (mention[0], label) for mention, label in labels.items()}
        print(f"  {name:22}", *(f"{100 * each:.1f}" for each in conll(inside, alone)))


def load(corpus: Path, topics: Iterable[str], *, own: bool = False) -> list[Read]:
    """The articles of some topics, read."""
    nlp = language.load(Settings().pipeline)
    some = list(articles(corpus, list(topics)))
    docs = nlp.pipe((article.text for article in some), batch_size=32)
    words = lexicon()
    return [read(article, doc, words, own=own) for article, doc in zip(some, docs, strict=True)]


def main() -> None:
    """Print the figures of the topics that are chosen on and reported on."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--corpus", type=Path, default=Path("../shared/corpora/ecbplus"))
    options.add_argument("--likely", type=float, default=LIKELY)
    given = options.parse_args()
    for title, topics in (("chosen on", CHOSEN_ON), ("reported", REPORTED)):
        print(f"\n==== {title}: topics {', '.join(topics)}. MUC, B3, CEAF-e, CoNLL F1")
        report(load(given.corpus, topics), given.likely)
        print("\n-- mentions that kg finds itself")
        report(load(given.corpus, topics, own=True), given.likely)


if __name__ == "__main__":
    main()
