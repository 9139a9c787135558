"""The invented world of the synthetic reports: countries, who is met in them, what happens.

Persons are met again as in a real collection: most of those that are named were named before, and
yet their number grows without end (a Pitman-Yor process in each country). Places and bodies are
named by Zipf's law.
"""

from __future__ import annotations

import datetime as dt
import random
import tomllib
from bisect import bisect
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path

__all__ = ["Country", "Person", "Story", "World"]

FIRST_DAY = dt.date(1985, 1, 1)
DAYS = 365 * 30
COUNTRIES = 30
TOWNS, BODIES, OUTLETS = 50, 40, 5  #: in a country
#: Discount and strength of the process that says whether a person is met for the first time; so
#: chosen that 10,000 reports name some 45,000 persons.
DISCOUNT, STRENGTH = 0.88, 10.0


@dataclass(frozen=True, slots=True)
class Culture:
    """What persons of one part of the world are called."""

    men: list[str]
    women: list[str]
    starts: list[str]  #: of surnames
    ends: list[str]


@dataclass(frozen=True, slots=True)
class Words:
    """What synthetic.toml holds."""

    sentences: dict[str, list[str]]
    places: dict[str, list[str]]
    offices: dict[str, list[str]]
    titles: dict[str, list[str]]
    stories: dict[str, dict[str, list[str]]]
    cultures: list[Culture]

    @classmethod
    def read(cls) -> Words:
        """What stands beside this module."""
        table = tomllib.loads((Path(__file__).parent / "synthetic.toml").read_text("utf-8"))
        spheres = table["spheres"]
        return cls(
            sentences={name: forms for name, forms in table.items() if isinstance(forms, list)},
            places={name: parts.split() for name, parts in table["places"].items()},
            offices={name: sphere["offices"] for name, sphere in spheres.items()},
            titles={name: sphere["titles"] for name, sphere in spheres.items()},
            stories=table["stories"],
            cultures=[
                Culture(**{name: parts.split() for name, parts in culture.items()})
                for culture in table["cultures"]
            ],
        )


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody invented, the same in all reports."""

    given: str
    surname: str
    sex: str
    title: str
    office: str

    @property
    def name(self) -> str:
        """The full name."""
        return f"{self.given} {self.surname}"


@dataclass(frozen=True, slots=True)
class Country:
    """A country with its towns and bodies, and the persons met in it so far."""

    name: str
    culture: Culture
    towns: list[str]
    bodies: list[str]
    outlets: list[str]
    met: list[Person] = field(default_factory=list)
    draws: list[int] = field(default_factory=list)
    counts: Counter[int] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Story:
    """An event and those who had part in it."""

    kind: str
    country: Country
    place: str
    day: dt.date
    toll: int
    many: int
    body: str
    crime: str
    topic: str
    cast: dict[str, Person]


class World:
    """Countries, and who is met in them."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.words = Words.read()
        self._weights: dict[int, list[float]] = {}
        seen: set[str] = set()
        self.countries = [self._country(seen) for _ in range(COUNTRIES)]

    def pick[T](self, items: Sequence[T]) -> T:
        """One of the items, the first ones more often (Zipf's law)."""
        size = len(items)
        if size not in self._weights:
            self._weights[size] = list(accumulate(1 / (rank + 2) for rank in range(size)))
        weights = self._weights[size]
        return items[bisect(weights, self.chance.random() * weights[-1])]

    def person(self, country: Country, sphere: str) -> Person:
        """Somebody met before, or somebody new of this sphere."""
        known, drawn = len(country.met), len(country.draws)
        if self.chance.random() * (drawn + STRENGTH) < STRENGTH + DISCOUNT * known:
            number = known
            country.met.append(self._new(country, sphere))
        else:
            number = self._again(country)
        country.draws.append(number)
        country.counts[number] += 1
        return country.met[number]

    def _again(self, country: Country) -> int:
        while True:
            number = self.chance.choice(country.draws)
            count = country.counts[number]
            if self.chance.random() * count < count - DISCOUNT:
                return number

    def _new(self, country: Country, sphere: str) -> Person:
        chance, culture = self.chance, country.culture
        sex = "m" if chance.random() < 2 / 3 else "f"
        given = self.pick(culture.men if sex == "m" else culture.women)
        if chance.random() < 0.1:  # noqa: PLR2004 - a share
            given = f"{given} {chance.choice('ABCDEFGHJKLMNPRSTW')}."
        surname = f"{chance.choice(culture.starts)}{chance.choice(culture.ends)}"
        office = self.office(country, sphere)
        mr = "Mr" if sex == "m" else "Ms"
        title = chance.choice(self.words.titles[sphere]).format(mr=mr)
        return Person(given, surname, sex, title, office)

    def office(self, country: Country, sphere: str) -> str:
        """What somebody can be."""
        return self.chance.choice(self.words.offices[sphere]).format(
            town=self.pick(country.towns),
            abroad=self.pick(self.countries).name,
            body=self.pick(country.bodies),
        )

    def _country(self, seen: set[str]) -> Country:
        chance, forms, places = self.chance, self.words.sentences, self.words.places
        name = self._place(seen, places["countries"])
        towns = [self._place(seen, places["ends"]) for _ in range(TOWNS)]
        culture = chance.choice(self.words.cultures)

        def fill(form: str) -> str:
            return form.format(
                town=self.pick(towns),
                country=name,
                field=chance.choice(forms["fields"]),
                cause=chance.choice(forms["causes"]),
                name=f"{chance.choice(culture.starts)}{chance.choice(culture.ends)}",
                number=chance.choice(["First", "Second", "Third", "Fourth", "Seventh"]),
            )

        bodies = sorted({fill(chance.choice(forms["bodies"])) for _ in range(BODIES)})
        chance.shuffle(bodies)
        outlets = [fill(chance.choice(forms["outlets"])) for _ in range(OUTLETS)]
        return Country(name, culture, towns, bodies, outlets)

    def _place(self, seen: set[str], ends: Sequence[str]) -> str:
        chance, parts = self.chance, self.words.places
        while True:
            middle = chance.choice(parts["middles"]) if chance.random() < 2 / 3 else ""
            name = f"{chance.choice(parts['starts'])}{middle}{chance.choice(ends)}"
            if chance.random() < 0.12:  # noqa: PLR2004 - a share
                name = f"{chance.choice(parts['before'])} {name}"
            if name not in seen:
                seen.add(name)
                return name

    def story(self) -> Story:
        """Something that happened."""
        chance, forms = self.chance, self.words.sentences
        country = self.pick(self.countries)
        spheres = {
            "victim": "people",
            "victim2": "people",
            "accused": chance.choice(["arms", "state"]),
            "official": "state",
            "witness": "people",
        }
        kind = chance.choice(list(self.words.stories))
        if kind in {"election", "appointment"}:
            spheres["victim"] = "state"
        cast: dict[str, Person] = {}
        for part, sphere in spheres.items():
            person = self.person(country, sphere)
            while person in cast.values():
                person = self.person(country, sphere)
            cast[part] = person
        return Story(
            kind=kind,
            country=country,
            place=self.pick(country.towns),
            day=FIRST_DAY + dt.timedelta(days=chance.randrange(DAYS)),
            toll=min(400, 1 + int(chance.paretovariate(0.9))),
            many=chance.choice([200, 500, 800, 2000, 3000, 5000, 12000, 40000]),
            body=self.pick(country.bodies),
            crime=chance.choice(forms["crimes"]),
            topic=chance.choice(forms["topics"]),
            cast=cast,
        )
