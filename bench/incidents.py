"""Who did what to whom, measured on MUC-4: victims and perpetrators of political violence.

    python bench/incidents.py [CORPUS_FOLDER] [--part dev|train] [--first N] [--show]

MUC-4 (texts CC0, templates MIT) are news items on Latin America, all in capitals, with a
template an incident. The slots are compared per document, all its incidents together:

- *victims*: people that an incident was done to, named or described (hum_tgt_name and
  hum_tgt_description of one person are one answer);
- *individuals*: who did it, as people; *organisations*: as organisations, and those that the
  words for such people name ("soldiers of the army"); *perpetrators*: both;
- *incident*: whether the document tells of one at all.

A gold answer has alternatives, and counts once; an optional one counts only if it is found.
Ours is the entity of a part: it matches where one of its names or descriptions has the head
word of an alternative, or the other way round. Each of ours and each of theirs is matched
once. The keys that are at hand name no kind of incident; what kinds ours are is only counted.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.extraction import extract
from kg.model import Certainty, Document, EntityKind, Event, Findings, Form, Polarity

CORPUS = Path(__file__).parents[2] / "shared" / "corpora" / "muc4"
#: Our kinds that can be incidents of MUC-4: violence against people and things.
KINDS = {
    "abduction", "airstrike", "attack", "bombing", "destruction", "enforced disappearance",
    "execution", "explosion", "fire", "injury", "killing", "massacre", "shelling", "shooting",
    "torture", "death", "rights violation", "sexual violence", "theft",
}  # fmt: skip
SLOTS = ("victims", "individuals", "organisations", "perpetrators", "incident")
#: Words that end a name or description without being its head.
_AFTER_HEAD = re.compile(
    r"\b(?:of|from|in|on|at|for|with|who|which|that|belonging|working|guarding)\b.*"
)


@dataclass(frozen=True)
class Answer:
    """What fills a slot: its alternatives in lower case, and whether it may be left out."""

    words: frozenset[str]
    optional: bool = False


def main() -> None:
    """Score the part, and show what is wrong when asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=CORPUS)
    parser.add_argument("--part", choices=("dev", "train"), default="dev")
    parser.add_argument("--first", type=int, help="only so many documents")
    parser.add_argument("--skip", type=int, default=0, help="leave out so many at the start")
    parser.add_argument("--show", action="store_true", help="print what is missed and wrong")
    options = parser.parse_args()
    if not options.folder.is_dir():
        sys.exit(f"there is no {options.folder}: this bench needs the shared corpora")
    gold = read_keys(options.folder / f"keys_{options.part}")
    lines = (options.folder / f"doc_{options.part}").read_text(encoding="utf-8").splitlines()
    end = None if options.first is None else options.skip + options.first
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    kinds: Counter[str] = Counter()
    for line in lines[options.skip : end]:
        item = json.loads(line)
        findings = extract(document(item["text"]))
        kinds.update(one.kind for one in incidents(findings))
        ours, theirs = answers(findings), gold[item["docid"]]
        for slot in SLOTS:
            outcome = compare(ours[slot], theirs[slot])
            counts[slot].update({name: len(listed) for name, listed in outcome.items()})
            if options.show and slot in {"victims", "perpetrators"}:
                for name in ("missed", "wrong"):
                    for answer in outcome[name]:
                        print(f"{item['docid']} {slot} {name}: {sorted(answer.words)}")
    for slot in SLOTS:
        print(row(slot, counts[slot]))
    print("kinds of ours:", ", ".join(f"{kind} {count}" for kind, count in kinds.most_common()))


def document(text: str) -> Document:
    """A document of a text and nothing else."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Document(
        text=text,
        sha256=digest,
        file_sha256=digest,
        file="item.txt",
        location="item.txt",
        media_type="text/plain",
        published=None,
    )


def row(slot: str, counts: Counter[str]) -> str:
    """Precision, recall and F1 of a slot as a line."""
    right = counts["right"]
    precision = right / max(right + counts["wrong"], 1)
    recall = right / max(right + counts["missed"], 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    return (
        f"{slot:14} right {right:4}  wrong {counts['wrong']:4}  missed {counts['missed']:4}  "
        f"precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}"
    )


# ---- the keys


def read_keys(path: Path) -> dict[str, dict[str, list[Answer]]]:
    """Of each document what fills each slot, all templates together."""
    found: dict[str, dict[str, list[Answer]]] = defaultdict(lambda: {slot: [] for slot in SLOTS})
    for block in path.read_text(encoding="utf-8").split("%%%"):
        if not block.strip():
            continue
        pairs = json.loads(block)
        name = dict(pairs)["message_id"]
        slots = found[name]
        if dict(pairs)["message_template"] == "*":
            continue
        optional = bool(dict(pairs).get("message_template_optional"))
        slots["incident"] = [Answer(frozenset({"incident"}), optional=optional)]
        for key, value in pairs:
            slot = {
                "perp_individual_id": "individuals",
                "perp_organization_id": "organisations",
                "hum_tgt_name": "victims",
                "hum_tgt_description": "victims",
            }.get(key)
            if slot is not None and value is not None:
                add(slots[slot], gold_answer(value, optional=optional))
    for slots in found.values():
        for slot in ("individuals", "organisations"):
            for answer in slots[slot]:
                add(slots["perpetrators"], answer)
    return found


def gold_answer(value: dict[str, Any], *, optional: bool) -> Answer:
    """The alternatives of a filler; a name and its description are one person's."""
    words = [*(value.get("strings") or ()), *(value.get("strings_lhs") or ())]
    words += value.get("strings_rhs") or ()
    return Answer(
        frozenset(word.lower() for word in words if word), optional or bool(value.get("optional"))
    )


def add(answers_so_far: list[Answer], answer: Answer) -> None:
    """Put an answer to those of a slot, joined with one that shares an alternative."""
    for at, other in enumerate(answers_so_far):
        if other.words & answer.words:
            joined = other.words | answer.words
            answers_so_far[at] = Answer(joined, other.optional and answer.optional)
            return
    answers_so_far.append(answer)


# ---- ours


def incidents(findings: Findings) -> Iterator[Event]:
    """The events that are said to have happened, of kinds that count."""
    for event in findings.events:
        happened = event.stance.polarity is Polarity.AFFIRMED
        if event.kind in KINDS and happened and event.stance.certainty is not Certainty.UNREAL:
            yield event


def answers(findings: Findings) -> dict[str, list[Answer]]:
    """What fills the slots in our findings, each entity once."""
    kinds = {entity.id: entity.kind for entity in findings.entities}
    names: dict[str, frozenset[str]] = {
        entity.id: frozenset(
            " ".join(mention.span.of(findings.document.text).lower().split())
            for mention in entity.mentions
            if mention.form is not Form.PRONOUN
        )
        | {entity.name.lower()}
        for entity in findings.entities
    }
    slots: dict[str, dict[str, None]] = {slot: {} for slot in SLOTS}
    for event in incidents(findings):
        slots["incident"]["incident"] = None
        for part in event.participants:
            kind = kinds[part.entity]
            if part.part == "agent":
                individual = kind in {EntityKind.PERSON, EntityKind.GROUP}
                slots["individuals" if individual else "organisations"][part.entity] = None
                slots["perpetrators"][part.entity] = None
                for one in named_in(findings, part.entity):
                    slots["organisations"][one] = slots["perpetrators"][one] = None
            elif part.part in {"victim", "target"} and kind is not EntityKind.PLACE:
                slots["victims"][part.entity] = None
    return {
        slot: [Answer(names.get(entity, frozenset({entity}))) for entity in filled]
        for slot, filled in slots.items()
    }


def named_in(findings: Findings, entity: str) -> Iterator[str]:
    """The organisations that the words for an entity name."""
    whole = [m.span for one in findings.entities if one.id == entity for m in one.mentions]
    for other in findings.entities:
        inside = any(s.covers(m.span) for s in whole for m in other.mentions if m.form is Form.NAME)
        if other.id != entity and other.kind is EntityKind.ORGANIZATION and inside:
            yield other.id


# ---- comparing


def compare(ours: Sequence[Answer], theirs: Sequence[Answer]) -> dict[str, list[Answer]]:
    """Which answers are right, wrong and missed; each is matched once."""
    left, right, wrong = list(theirs), [], []
    for answer in ours:
        match = next((gold for gold in left if same(answer.words, gold.words)), None)
        if match is None:
            wrong.append(answer)
        else:
            left.remove(match)
            right.append(answer)
    return {"right": right, "wrong": wrong, "missed": [one for one in left if not one.optional]}


def same(ours: Iterable[str], theirs: Iterable[str]) -> bool:
    """Whether one of ours has the head word of one of theirs, or the other way round."""
    mine = [(words(one), head(one)) for one in ours]
    golden = [(words(one), head(one)) for one in theirs]
    return any(h in w or other in v for v, h in mine for w, other in golden)


def words(phrase: str) -> frozenset[str]:
    """The words of a phrase, a plural as its singular."""
    return frozenset(word.rstrip("s") for word in re.findall(r"\w+", phrase))


def head(phrase: str) -> str:
    """The last word of a phrase before what is said after it.

    >>> head("members of the popular front"), head("two jesuit priests")
    ('member', 'priest')
    """
    kept = re.findall(r"\w+", _AFTER_HEAD.sub("", phrase)) or re.findall(r"\w+", phrase) or [""]
    return kept[-1].rstrip("s")


if __name__ == "__main__":
    main()
