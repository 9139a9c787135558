"""What several tests start from."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import settings
from pyoxigraph import Quad

from kg.model import Findings, Identities
from kg.store import StoreReader, memory_reader
from tests import examples

settings.register_profile("default", deadline=None, max_examples=30)
settings.register_profile("ci", deadline=None, max_examples=200, derandomize=True)
settings.load_profile("default")


@pytest.fixture(scope="session")
def known_findings() -> tuple[Findings, ...]:
    return examples.findings()


@pytest.fixture(scope="session")
def known_identities() -> Identities:
    return examples.identities()


@pytest.fixture(scope="session")
def known_quads() -> Iterable[Quad]:
    return examples.known_quads()


@pytest.fixture(scope="session")
def known_reader() -> StoreReader:
    """The whole graph of the two invented documents."""
    return memory_reader(examples.known_quads())
