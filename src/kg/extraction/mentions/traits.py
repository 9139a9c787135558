"""What speaks for a name of a document to be a person's, an organisation's, a place's: numbers.

A name is judged by all the places where the document uses it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from spacy.tokens import Doc, Token

from kg.extraction.given_names import femininity, is_known
from kg.extraction.lexicon import Nouns, Titles
from kg.extraction.mentions.clues import CLASSES, Clues, around, inside
from kg.extraction.mentions.known import is_place, is_surname
from kg.extraction.mentions.phrase import Phrase

__all__ = ["TRAITS", "Used", "traits", "uses"]

_LABELS = ("PERSON", "ORG", "GPE", "LOC", "NORP", "OTHER", "NONE")
_SAME_LABEL = {"FAC": "LOC", "": "NONE"}
_DEPS = ("nsubj", "nsubjpass", "dobj", "pobj", "poss", "appos", "compound", "conj", "ROOT")
_SAME_DEP = {"nmod": "compound", "dative": "dobj"}
_WHERE = {"in", "at", "near", "from", "across", "throughout", "outside"}
_WHO = {"he", "she", "him", "her", "his", "hers", "himself", "herself"}
_IT = {"it", "its", "itself"}
_JOINING = {"of", "and", "&", "for", "the", "in", "on", "to"}
_NEAR = 15  #: tokens after a name in which a pronoun may take it up
_CAP = 6.0
_UNKNOWN = -1.0


@dataclass(frozen=True, slots=True)
class Used:
    """A name and all the phrases that are it, in the order of the text."""

    words: tuple[str, ...]
    phrases: tuple[Phrase, ...]


def uses(phrases: Iterable[Phrase]) -> list[Used]:
    """The names, each with its phrases; capitals do not tell names apart."""
    found: dict[tuple[str, ...], list[Phrase]] = {}
    for phrase in phrases:
        found.setdefault(tuple(phrase.name.casefold().split()), []).append(phrase)
    return [Used(words, tuple(some)) for words, some in found.items() if words]


def traits(
    doc: Doc, names: Sequence[Used], titles: Titles, nouns: Nouns, clues: tuple[Clues, Clues]
) -> list[list[float]]:
    """For each name a row of numbers, in the order of ``TRAITS``."""
    labels = [_labels(doc, name) for name in names]
    by_words = {name.words: share for name, share in zip(names, labels, strict=True)}
    rows = []
    for name, share in zip(names, labels, strict=True):
        first = name.phrases[0]
        inner = clues[0].scores(inside(doc, first.first, first.last))
        outer = np.array(
            [clues[1].scores(around(doc, p.first, p.last, doc[p.head])) for p in name.phrases]
        )
        rows.append(
            [
                *(share[label] for label in _LABELS),
                *_words(doc, name, titles, nouns),
                *_beside(doc, name, titles),
                *_standing(doc, name),
                *_taken_up(doc, name),
                *_in_others(name, names, by_words),
                *_centred(inner),
                *_centred(outer.mean(axis=0)),
                float((outer[:, 0] - outer.mean(axis=1)).max()),
            ]
        )
    return rows


def _labels(doc: Doc, name: Used) -> Mapping[str, float]:
    """The share of the mentions that the recogniser gave each label."""
    counts: Counter[str] = Counter()
    for phrase in name.phrases:
        label = next((t.ent_type_ for t in doc[phrase.first : phrase.last + 1] if t.ent_type_), "")
        label = _SAME_LABEL.get(label, label)
        counts[label if label in _LABELS else "OTHER"] += 1
    return {label: counts[label] / len(name.phrases) for label in _LABELS}


def _words(doc: Doc, name: Used, titles: Titles, nouns: Nouns) -> tuple[float, ...]:
    phrase = name.phrases[0]
    words = [token.text for token in doc[phrase.first : phrase.last + 1]]
    last = doc[phrase.last]
    given = femininity(words[0])
    return (
        float(len(name.phrases)),
        float(min(len(words), 7)),
        float(all(word.isupper() for word in words)),
        float(any(word.lower() in _JOINING for word in words)),
        float(any(not word.isalpha() for word in words)),
        float(last.lemma_.lower() in nouns.organization or last.lower_ in nouns.organization),
        float(last.lemma_.lower() in nouns.place),
        float(titles.heads_title(last.lemma_.lower()) or last.lemma_.lower() in nouns.person),
        float(is_known(words[0])),
        abs(given),
        float(len(words[0].rstrip(".")) == 1),
        float(is_known(words[-1])),
        float(is_surname(words[-1])),
        float(is_surname(words[0])),
        float(is_place(phrase.name)),
        float(any(is_place(word) for word in words)),
        float(len(words[-1])),
    )


def _beside(doc: Doc, name: Used, titles: Titles) -> tuple[float, ...]:
    counts: Counter[str] = Counter()
    for phrase in name.phrases:
        before = doc[phrase.first - 1] if phrase.first else None
        after = doc[phrase.last + 1] if phrase.last + 1 < len(doc) else None
        if before is not None:
            word = before.lower_.rstrip(".")
            counts["the"] += word in {"the", "a", "an", "this", "that"}
            counts["honorific"] += titles.is_honorific(word)
            counts["title"] += titles.match_at(doc, phrase.first - 1, phrase.first) > 0
            counts["noun"] += before.pos_ in {"NOUN", "PROPN"}
            counts["opening"] += before.text in {"“", '"', "``", "‘", "'"}
        else:
            counts["begins"] += 1
        if after is not None:
            counts["letters"] += titles.is_postnominal(after.text)
            counts["owner"] += after.tag_ == "POS"
            counts["bracket"] += after.text == "("
            counts["noun after"] += after.pos_ in {"NOUN", "PROPN"}
            counts["verb after"] += after.pos_ in {"VERB", "AUX"}
            counts["comma"] += after.text == ","
            relative = after.text if after.text != "," else doc[after.i : after.i + 2].text
            counts["who"] += relative.lower() in {"who", ", who", ", whose", "whose"}
            counts["which"] += relative.lower() in {"which", ", which", ", where", "where"}
    shares = [counts[key] / len(name.phrases) for key in _BESIDE]
    return tuple(shares)


_BESIDE = (
    "the", "honorific", "title", "noun", "opening", "begins", "letters", "owner", "bracket",
    "noun after", "verb after", "comma", "who", "which",
)  # fmt: skip


def _standing(doc: Doc, name: Used) -> tuple[float, ...]:
    counts: Counter[str] = Counter()
    for phrase in name.phrases:
        head = doc[phrase.head]
        dep = _SAME_DEP.get(head.dep_, head.dep_)
        counts[dep] += 1
        if dep == "pobj":
            counts["where"] += head.head.lower_ in _WHERE
            counts["of"] += head.head.lower_ == "of"
            counts["by"] += head.head.lower_ in {"by", "with"}
        counts["list"] += any(child.dep_ == "conj" for child in head.children)
        counts["joined to a person"] += any(
            other.ent_type_ == "PERSON" for other in head.conjuncts if not phrase.holds(other.i)
        )
    return tuple(counts[key] / len(name.phrases) for key in _STANDING)


_STANDING = (*_DEPS, "where", "of", "by", "list", "joined to a person")


def _taken_up(doc: Doc, name: Used) -> tuple[float, ...]:
    """How often "he" or "she", and "it", follow closely: the first pronoun after a mention."""
    who = it = over = 0
    for phrase in name.phrases:
        here = doc[phrase.last + 1 : phrase.last + 1 + _NEAR]
        taken = next((token.lower_ for token in here if token.lower_ in _WHO | _IT), "")
        who += taken in _WHO
        it += taken in _IT
        head = doc[phrase.head]
        over += head.dep_ == "nsubj" and _has_pronoun_below(head)
    return tuple(number / len(name.phrases) for number in (who, it, over))


def _has_pronoun_below(subject: Token) -> bool:
    """Whether "his" or "her" stands under the verb of a subject: X lost his mother."""
    verb = subject.head
    right = verb.doc[verb.i : min(verb.right_edge.i + 1, verb.i + 2 * _NEAR)]
    return any(token.lower_ in _WHO and token.dep_ == "poss" for token in right)


def _in_others(
    name: Used, names: Sequence[Used], labels: Mapping[tuple[str, ...], Mapping[str, float]]
) -> tuple[float, ...]:
    """What the longer names are called that end in this one, begin with it, or hold it."""
    ends: list[float] = []
    begins: list[float] = []
    held = 0
    size = len(name.words)
    for other in names:
        if len(other.words) <= size:
            continue
        person = labels[other.words]["PERSON"]
        if other.words[-size:] == name.words:
            ends.append(person)
        elif other.words[:size] == name.words:
            begins.append(person)
        elif name.words[0] in other.words:
            held += 1
    own = name.words
    parts = [labels[own[-n:]]["PERSON"] for n in range(1, size) if own[-n:] in labels]
    return (
        max(ends, default=_UNKNOWN),
        max(begins, default=_UNKNOWN),
        float(min(held, 3)),
        max(parts, default=_UNKNOWN),
    )


def _centred(scores: np.ndarray[tuple[int], np.dtype[np.float64]]) -> list[float]:
    """Scores of the classes beside their mean, none further from it than six."""
    beside = np.clip(scores - scores.mean(), -_CAP, _CAP)
    return [float(one) for one in beside]


#: What the numbers of a row mean.
TRAITS = (
    *(f"label {label}" for label in _LABELS),
    "mentions", "words", "capitals", "joining", "signs", "institution", "place noun",
    "title noun", "given", "gender", "initial", "given last", "surname", "surname first",
    "place", "place word", "letters of last",
    *_BESIDE,
    *_STANDING,
    "he after", "it after", "his under",
    "ends", "begins", "held", "part",
    *(f"inside {name}" for name in CLASSES),
    *(f"around {name}" for name in CLASSES),
    "around person at best",
)  # fmt: skip
