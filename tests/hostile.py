"""A document whose text wants to be more than text."""

from __future__ import annotations

import datetime as dt

from kg.model import (
    Claim,
    Entity,
    EntityKind,
    Event,
    Findings,
    Form,
    Identities,
    Mention,
    Mode,
    Participant,
    Role,
    Span,
)
from kg.statements import state
from kg.store import StoreReader, memory_reader
from tests import examples

TITLE = "Report </title><script>window.hacked=1</script> & “more”"
NAME = "<img src=x onerror=window.hacked=2>"
BODY = "</script><script>window.hacked=3</script>"
QUOTE = "<!--<script> {{ 7*7 }} `${window.hacked=4}` & \"quotes\" 'too' \u2028 next <b>line</b>"
PLACE = "</textarea><svg/onload=alert(5)>"
HOSTILE = f"{NAME}, head of {BODY}, said: “{QUOTE}” He resigned from it in {PLACE}.\n"


def hostile() -> Findings:
    text = HOSTILE

    def entity(id_: str, kind: EntityKind, name: str) -> Entity:
        mention = Mention(span=examples.at(text, name), form=Form.NAME, method="rule:name")
        return Entity(id=id_, kind=kind, name=name, mentions=(mention,))

    return Findings(
        document=examples.document(
            text,
            file="<i>file</i>.txt",
            title=TITLE,
            publisher='"><script>window.hacked=6</script>',
            author="javascript:alert(7)",
            url="javascript:alert(8)",
            published=dt.date(2022, 1, 1),
        ),
        sentences=(Span(0, text.index("He resigned")), Span(text.index("He resigned"), len(text))),
        entities=(
            entity("p", EntityKind.PERSON, NAME),
            entity("o", EntityKind.ORGANIZATION, BODY),
            entity("w", EntityKind.PLACE, PLACE),
        ),
        roles=(
            Role(
                person="p",
                holder=examples.at(text, NAME),
                title="head",
                organization="o",
                evidence=(examples.at(text, f"{NAME}, head of {BODY}"),),
                method="rule:apposition",
            ),
        ),
        events=(
            Event(
                event="e",
                kind="resignation",
                label=f"resigned {PLACE}",
                trigger=examples.at(text, "resigned"),
                place="w",
                place_span=examples.at(text, PLACE),
                participants=(
                    Participant(entity="p", part="agent", span=examples.at(text, "He", QUOTE)),
                ),
                method="rule:event-verb",
            ),
        ),
        claims=(
            Claim(
                id="c",
                speaker="p",
                source=(examples.at(text, NAME),),
                cue=(examples.at(text, "said"),),
                content=(examples.at(text, QUOTE),),
                mode=Mode.DIRECT,
                cue_kind="say",
                method="rule:quotation",
            ),
        ),
    )


def hostile_reader() -> StoreReader:
    """The graph of that document."""
    found = hostile()
    canonical = {examples.local_iri(found, entity.id) for entity in found.entities}
    identities = Identities(canonical={iri: iri for iri in canonical})
    return memory_reader(state([found], identities, examples.RUN))
