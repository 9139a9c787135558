"""The shelf: what is made of findings is kept under what it was made from, and no longer."""

from __future__ import annotations

from dataclasses import replace

from kg.model import Findings
from kg.shelf import Made, Shelf, shelve
from tests import examples

LENGTH: Made[int] = Made("length", int, ("kg.shelf",))


class Memory:
    """A keeper in memory."""

    def __init__(self) -> None:
        self.held: dict[tuple[str, str], tuple[str, bytes]] = {}

    def get(self, sha256: str, name: str, made_from: str) -> bytes | None:
        kept = self.held.get((sha256, name))
        return kept[1] if kept is not None and kept[0] == made_from else None

    def put(self, sha256: str, name: str, made_from: str, packed: bytes) -> None:
        self.held[sha256, name] = made_from, packed


class Length:
    """How long a text is, and how often somebody asked."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self, found: Findings) -> int:
        self.asked += 1
        return len(found.document.text)


def shelf(keeper: Memory) -> Shelf:
    return Shelf(shelve(examples.findings()).records, keeper)


def lengths(of: Shelf, make: Length, *rests_on: object) -> list[int]:
    return [of.of(record, LENGTH, make, *rests_on) for record in of.records]


def test_what_was_made_from_the_same_is_not_made_again() -> None:
    memory, make = Memory(), Length()
    first = lengths(shelf(memory), make)
    assert first == [len(record.open().document.text) for record in shelf(memory).records]
    assert lengths(shelf(memory), make) == first
    assert make.asked == len(first)


def test_what_rests_on_something_else_is_made_again() -> None:
    memory, make = Memory(), Length()
    lengths(shelf(memory), make, "one")
    lengths(shelf(memory), make, "other")
    assert make.asked == 2 * len(examples.findings())


def test_of_changed_findings_it_is_made_again() -> None:
    memory, make = Memory(), Length()
    known = shelf(memory)
    lengths(known, make)
    record = known.records[0]
    changed = known.changed({record.sha256: replace(record, made_from="another")})
    lengths(changed, make)
    assert make.asked == len(known) + 1


def test_what_is_damaged_is_made_again() -> None:
    memory, make = Memory(), Length()
    expected = lengths(shelf(memory), make)
    memory.held = {key: (made_from, b"\xc1") for key, (made_from, _) in memory.held.items()}
    assert lengths(shelf(memory), make) == expected


def test_each_text_stands_once_in_the_order_of_the_hashes() -> None:
    found = examples.findings()
    known = shelve([*found, *reversed(found)])
    assert [each.document.sha256 for each in known] == sorted(f.document.sha256 for f in found)
