"""Synthetic reports for measurements of size: any number of them, always the same ones.

    python -m bench.synthetic FOLDER NUMBER [--seed N] [--first N]

A report tells a story - an event with a place, a day, a cast - that one to thirty reports tell, not
all with the same day or number. Persons are met again as in a real collection: most of those that
a report names were named before, some in hundreds of reports, and yet their number grows with the
case. Lengths are those of real news. Three reports in a hundred share the first half of their text
with an earlier one, as copies of an agency's do.

Everything is invented: the sentences, the places, the bodies, and the persons, whose names are
given names and surnames put together by chance. The words are in synthetic.toml.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import re
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from bench.synthetic_world import Person, Story, World

__all__ = ["reports", "write"]

#: Words of a text of news: the least, every twentieth part, the most. Measured on the 924 articles
#: of PolNeAR 1.0 (training and development part; mean 749); words are what white space parts.
LENGTHS = (
    22, 170, 242, 286, 316, 351, 384, 419, 463, 515, 580,
    663, 743, 842, 966, 1103, 1197, 1296, 1411, 1572, 5513,
)  # fmt: skip
#: How many stories are told at a time, and by how many reports at most.
UNDER_WAY, MOST_TOLD = 40, 30
#: How often a report begins as an earlier one does, and which may be that one.
COPIES, RECENT = 0.03, 50
#: How often a report gives another day or number than the story has.
DIFFERS = 0.15
#: How much of a report describes, says, tells; the rest is of its event. With these, a text has
#: about as many names, events and claims a word as PolNeAR has (``kg extract`` on both).
SHARES = ((0.42, "plain"), (0.79, "saying"), (0.92, "telling"))
#: How many sentences that are not plain have a tail.
LONGER = 0.5

_NUMBERS = "no one two three four five six seven eight nine ten eleven twelve".split()
_PRONOUNS = {
    "m": {"he": "he", "him": "him", "his": "his"},
    "f": {"he": "she", "him": "her", "his": "her"},
}
_CHOICE = re.compile(r"\[([^\[\]]*)\]")
_SLOT = re.compile(r"\{(\w+)(?:\.(\w+))?\}")
_SOMEBODY = frozenset("ABCDE")
_PARTS = {"v": "victim", "v2": "victim2", "a": "accused", "w": "witness", "o": "official"}


class Report:
    """The writing of one report of a story."""

    def __init__(self, world: World, story: Story) -> None:
        self._world, self._chance, self._story = world, world.chance, story
        chance = self._chance
        self._published = story.day + dt.timedelta(days=chance.choice([0, 1, 1, 1, 2, 3, 7]))
        differs = chance.random() < DIFFERS
        self._day = story.day - dt.timedelta(days=chance.randint(1, 2) if differs else 0)
        differs = chance.random() < DIFFERS
        self._toll = max(1, story.toll + chance.randint(-2, 6)) if differs else story.toll
        self._american = chance.random() < 1 / 2
        self._named: set[str] = set()
        self._others: list[Person] = []
        self._decks: dict[int, list[str]] = {}
        self._last: Person | None = None
        self._values = self._days() | self._amounts() | self._things()

    def text(self, words: int, begun: Sequence[str] = ()) -> list[str]:
        """The paragraphs, about so many words; those that another report began come first."""
        chance, forms = self._chance, self._world.words.stories[self._story.kind]
        paragraphs = list(begun)
        if not begun:
            if chance.random() < 0.7:  # noqa: PLR2004 - a share
                paragraphs.append(self._sentence(chance.choice(forms["headline"])).rstrip("."))
                self._named.clear()  # a text names in full whom its headline names
            paragraphs.append(self._head() + self._sentence(chance.choice(forms["lead"])))
        length = sum(len(each.split()) for each in paragraphs)
        while length < words:
            paragraph = self._paragraph(forms["more"])
            paragraphs.append(paragraph)
            length += len(paragraph.split())
        return paragraphs

    def _head(self) -> str:
        outlet = self._world.pick(self._story.country.outlets)
        agency = self._chance.choice(["", "", f" ({outlet})"])
        dated = f", {self._date(self._published)}" if self._chance.random() < 1 / 2 else ""
        return f"{self._story.place.upper()}{dated}{agency} – "

    def _paragraph(self, more: list[str]) -> str:
        chance, sentences = self._chance, self._world.words.sentences
        written = []
        for _ in range(chance.choice([1, 1, 1, 2, 2, 3])):
            kind = chance.random()
            name = next((name for share, name in SHARES if kind < share), None)
            form = self._deal(sentences[name] if name else more)
            if name != "plain" and form.endswith(".") and chance.random() < LONGER:
                form = form[:-1] + self._deal(sentences["tails"]) + "."
            written.append(self._sentence(form))
        return " ".join(written)

    def _deal(self, forms: list[str]) -> str:
        """A form that this report did not use before, as long as there is one."""
        deck = self._decks.setdefault(id(forms), [])
        if not deck:
            deck.extend(self._chance.sample(forms, len(forms)))
        return deck.pop()

    def _sentence(self, form: str) -> str:
        text = self._fill(form, {})
        text = re.sub(r",\s*,", ",", text)  # behind an office in apposition
        text = re.sub(r",([.;:])", r"\1", text)
        text = re.sub(r",(”?),", r",\1", text).rstrip(",")
        return text[:1].upper() + text[1:]

    def _fill(self, form: str, bound: dict[str, Person]) -> str:
        while _CHOICE.search(form):
            form = _CHOICE.sub(lambda m: self._chance.choice(m.group(1).split("|")), form)
        return _SLOT.sub(lambda m: self._slot(m.group(1), m.group(2), bound), form)

    def _slot(self, name: str, part: str | None, bound: dict[str, Person]) -> str:
        sentences = self._world.words.sentences
        if part is not None:
            return self._pronoun(_PARTS.get(name, name), part, bound)
        if name in _SOMEBODY or name in self._story.cast:
            return self._name(self._who(name, bound))
        if name == "fact":
            return self._fill(self._deal(sentences["facts"]), bound)
        if name in {"quote", "Quote"}:
            filled = self._fill(self._deal(sentences["quotes"]), bound)
            return filled[:1].upper() + filled[1:]
        if name == "source":
            return self._fill(self._chance.choice(sentences["sources"]), bound)
        word = self._values[name.lower()]()
        return word.capitalize() if name[0].isupper() else word

    def _who(self, name: str, bound: dict[str, Person]) -> Person:
        if name not in bound:
            bound[name] = self._story.cast.get(name) or self._somebody(bound)
        return bound[name]

    def _somebody(self, bound: dict[str, Person]) -> Person:
        """One of the story, one of the report, or one of all the others."""
        chance, world = self._chance, self._world
        while True:
            kind = chance.random()
            if kind < 0.4:  # noqa: PLR2004 - a share
                person = chance.choice(list(self._story.cast.values()))
            elif kind < 0.72 and self._others:  # noqa: PLR2004 - a share
                person = chance.choice(self._others)
            else:
                abroad = chance.random() < 0.1  # noqa: PLR2004 - a share
                country = world.pick(world.countries) if abroad else self._story.country
                person = world.person(country, chance.choice(list(world.words.offices)))
                self._others.append(person)
            if person not in bound.values():
                return person

    def _name(self, person: Person) -> str:
        chance = self._chance
        self._last = person
        if person.name in self._named:
            return person.surname if chance.random() < 0.85 else person.name  # noqa: PLR2004
        self._named.add(person.name)
        article = chance.choice(["an" if person.office[0] in "aeiou" else "a", "the"])
        apposition = f"{person.name}, {article} {person.office},"
        return chance.choice(
            [person.name, person.name, f"{person.title} {person.name}", apposition]
        )

    def _pronoun(self, name: str, part: str, bound: dict[str, Person]) -> str:
        lower = part.lower()
        if name in _SOMEBODY and name not in bound and self._last is not None:
            bound[name] = self._last
        word = _PRONOUNS[self._who(name, bound).sex][lower]
        return word if part == lower else word.capitalize()

    def _days(self) -> dict[str, Callable[[], str]]:
        chance = self._chance
        return {
            "when": lambda: self._when(self._day),
            "after": lambda: self._when(self._day + dt.timedelta(days=chance.randint(1, 3))),
            "weekday": lambda: f"{self._published:%A}",
            "before": lambda: self._date(self._earlier()),
            "month": lambda: f"{self._earlier():%B %Y}",
            "year": lambda: str(self._earlier().year),
            "from": lambda: str(self._earlier().year),
            "to": lambda: str(self._published.year - chance.randint(0, 2)),
        }

    def _amounts(self) -> dict[str, Callable[[], str]]:
        chance, many = self._chance, self._story.many
        sums = ["$200", "$4.5 million", "$12,000", "$3 million", "€50,000"]
        return {
            "toll": lambda: _number(self._toll),
            "more": lambda: _number(self._toll + chance.randint(2, 30)),
            "many": lambda: f"{chance.choice(['about', 'some', 'more than'])} {many:,}",
            "fewer": lambda: f"{max(50, many // chance.randint(2, 6)):,}",
            "few": lambda: _number(chance.randint(2, 9)),
            "n": lambda: _number(chance.randint(2, 40)),
            "age": lambda: str(chance.randint(19, 84)),
            "percent": self._percent,
            "money": lambda: chance.choice(sums),
        }

    def _things(self) -> dict[str, Callable[[], str]]:
        chance, story, world = self._chance, self._story, self._world
        country, sentences = story.country, world.words.sentences
        deeds = ["killing", "bombing", "protest", "robbery", "plot"]

        def often(own: str, other: Callable[[], str], share: float) -> str:
            return own if chance.random() < share else other()

        return {
            "place": lambda: story.place,
            "town": lambda: world.pick(country.towns),
            "town2": lambda: world.pick(country.towns),
            "abroad": lambda: world.pick(world.countries).name,
            "body": lambda: often(story.body, lambda: world.pick(country.bodies), 1 / 3),
            "front": lambda: f"{country.name} Liberation Front",
            "outlet": lambda: world.pick(country.outlets),
            "office": lambda: world.office(country, chance.choice(["state", "body", "arms"])),
            "crime": lambda: often(story.crime, lambda: chance.choice(sentences["crimes"]), 1 / 2),
            "topic": lambda: often(story.topic, lambda: chance.choice(sentences["topics"]), 1 / 2),
            "noun": lambda: chance.choice(deeds),
        }

    def _percent(self) -> str:
        chance = self._chance
        exact = chance.random() < 1 / 2
        return f"{chance.uniform(3, 90):.1f}" if exact else str(chance.randint(5, 90))

    def _earlier(self) -> dt.date:
        return self._published - dt.timedelta(days=self._chance.randint(200, 6000))

    def _when(self, day: dt.date) -> str:
        kind = self._chance.random()
        if kind < 0.6:  # noqa: PLR2004 - a share
            return f"{day:%A}"
        return self._date(day, year=kind > 0.8)  # noqa: PLR2004 - a share

    def _date(self, day: dt.date, *, year: bool = True) -> str:
        if self._american:
            return f"{day:%B} {day.day}, {day.year}" if year else f"{day:%B} {day.day}"
        return f"{day.day} {day:%B} {day.year}" if year else f"{day.day} {day:%B}"


def _number(number: int) -> str:
    return _NUMBERS[number] if 0 < number < len(_NUMBERS) else f"{number:,}"


def _length(chance: random.Random) -> int:
    part, rest = divmod(chance.random() * (len(LENGTHS) - 1), 1)
    low, high = LENGTHS[int(part)], LENGTHS[int(part) + 1]
    if int(part) == len(LENGTHS) - 2:
        rest **= 4  # the longest are few: with this the mean is about that of the articles
    return round(low + (high - low) * rest)


def reports(seed: int = 1) -> Iterator[str]:
    """The texts of one report after the other, without end; a seed always gives the same ones."""
    chance = random.Random(seed)  # noqa: S311 - synthetic data, no secret
    world = World(chance)
    under_way: list[tuple[Story, int]] = []
    recent: deque[tuple[Story, list[str]]] = deque(maxlen=RECENT)
    while True:
        if recent and chance.random() < COPIES:
            story, earlier = chance.choice(recent)
            half = earlier[: max(1, len(earlier) // 2)]
            words = 2 * sum(len(each.split()) for each in half)
            paragraphs = Report(world, story).text(words, half)
        else:
            if len(under_way) < UNDER_WAY:
                told = min(MOST_TOLD, int(chance.paretovariate(0.8)))
                under_way.append((world.story(), told))
            at = chance.randrange(len(under_way))
            story, left = under_way[at]
            under_way[at : at + 1] = [(story, left - 1)] if left > 1 else []
            paragraphs = Report(world, story).text(_length(chance))
        recent.append((story, paragraphs))
        yield "\n\n".join(paragraphs) + "\n"


def write(folder: Path, number: int, seed: int = 1, *, first: int = 0) -> list[Path]:
    """Write so many reports into a folder, from the first on; their paths in order.

    Report 7 is the same whatever the number and the first.
    """
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for at, text in enumerate(islice(reports(seed), first, first + number), start=first):
        path = folder / f"report-{at:06}.txt"
        path.write_text(text, encoding="utf-8")
        paths.append(path)
    return paths


def main() -> None:
    """Write reports into a folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("number", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0)
    given = parser.parse_args()
    write(given.folder, given.number, given.seed, first=given.first)


if __name__ == "__main__":
    main()
