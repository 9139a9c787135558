"""Identity over many synthetic persons: how long it takes, how much is right.

Names are drawn by the frequencies that Faker has of US first and last names (pip install faker);
so some people bear one name. Each person is named in one to four documents: by the full name, with
a middle initial, with an initial for the first name, misspelt, and with an office in half of them.

Usage: python bench/identity.py [NUMBER ...]
"""

from __future__ import annotations

import hashlib
import random
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterable

from faker.providers.person.en_US import Provider

from kg.identity import resolve
from kg.model import Document, Entity, EntityKind, Findings, Form, Judgement, Mention, Role, Span
from kg.vocabulary import entity_iri

BASE = "https://kg.example/"
FIRST, LAST = (list(table.items()) for table in (Provider.first_names, Provider.last_names))
TITLES = ("judge", "mayor", "colonel", "doctor", "director", "teacher", "driver", "minister")


def document(number: int, name: str, title: str | None, town: str) -> Findings:
    """A document that names one person, perhaps with an office in a town."""
    text = f"{number}: {name}, {title}, {town}"
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    start = text.index(name)
    spans = {"e1": Span(start, start + len(name)), "e2": Span(len(text) - len(town), len(text))}
    kinds = {"e1": (EntityKind.PERSON, name), "e2": (EntityKind.PLACE, town)}
    entities = tuple(
        Entity(
            id=id_,
            kind=kind,
            name=words,
            mentions=(Mention(span=spans[id_], form=Form.NAME, method="bench"),),
        )
        for id_, (kind, words) in kinds.items()
    )
    role = Role(
        person="e1",
        holder=spans["e1"],
        title=title or "",
        organization="e2",
        evidence=(spans["e1"],),
        method="bench",
    )
    return Findings(
        document=Document(
            text=text,
            sha256=sha256,
            file_sha256=sha256,
            file=f"{number}.txt",
            location="",
            media_type="text/plain",
        ),
        entities=entities,
        roles=(role,) if title else (),
    )


def spell(name: tuple[str, str, str], draw: random.Random) -> str:
    """A person's name as a document may write it."""
    first, middle, last = name
    at = draw.randrange(1, len(last))
    ways = {
        f"{first} {last}": 70,
        f"{first} {middle}. {last}": 15,
        f"{first[0]}. {last}": 10,
        f"{first} {last[:at]}{last[at - 1]}{last[at:]}": 5,
    }
    return draw.choices(list(ways), list(ways.values()))[0]


def people(count: int) -> tuple[list[Findings], dict[str, int]]:
    """Documents, and whose each entity is."""
    draw = random.Random(count)  # noqa: S311 - not for secrets
    firsts, lasts = (
        draw.choices([name for name, _ in table], [weight for _, weight in table], k=count)
        for table in (FIRST, LAST)
    )
    documents: list[Findings] = []
    owner: dict[str, int] = {}
    for person, (first, last) in enumerate(zip(firsts, lasts, strict=True)):
        name = (first, draw.choice("ABCDEFGHJKLMNPRSTW"), last)
        title, town = draw.choice(TITLES), f"{LAST[draw.randrange(len(LAST))][0]}ville"
        for _ in range(draw.choice((1, 1, 2, 4))):
            held = draw.choice((title, None))
            found = document(len(documents), spell(name, draw), held, town)
            documents.append(found)
            owner[entity_iri(BASE, found.document.sha256, found.entities[0])] = person
    return documents, owner


def main() -> None:
    """Print a row of the table for each number of persons."""
    for count in map(int, sys.argv[1:] or ("1000", "10000", "100000")):
        documents, owner = people(count)
        started = time.perf_counter()
        found = resolve(documents, base=BASE)
        seconds = time.perf_counter() - started
        groups: dict[str, Counter[int]] = {}
        for iri, person in owner.items():
            groups.setdefault(found.canonical[iri], Counter())[person] += 1
        pairs = sum(size * (size - 1) // 2 for size in map(Counter.total, groups.values()))
        right = sum(n * (n - 1) // 2 for group in groups.values() for n in group.values())
        wanted = sum(n * (n - 1) // 2 for n in Counter(owner.values()).values())
        whose = {least: set(group) for least, group in groups.items()}
        offered = [
            (whose[each.left], whose[each.right])
            for each in found.suggestions
            if each.left in whose and each.right in whose
        ]
        reached = right + _reached(groups, found.suggestions)
        fitting = sum(bool(one & other) for one, other in offered)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
        print(
            f"| {count:,} | {len(owner):,} | {seconds:.0f} s | {memory:,} MB | "
            f"{right / max(1, pairs):.3f} | {right / wanted:.3f} | {reached / wanted:.3f} | "
            f"{len(offered):,} | {fitting / max(1, len(offered)):.2f} |"
        )


def _reached(groups: dict[str, Counter[int]], suggestions: Iterable[Judgement]) -> int:
    """The pairs of one person's documents that suggestions would join."""
    found: set[tuple[str, str, int]] = set()
    for each in suggestions:
        for person in set(groups.get(each.left, ())) & set(groups.get(each.right, ())):
            found.add((each.left, each.right, person))
    return sum(groups[left][who] * groups[right][who] for left, right, who in found)


if __name__ == "__main__":
    main()
