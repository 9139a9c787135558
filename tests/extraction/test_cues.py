"""Cues of speech and attitude through the front door: what they are, and what they hold."""

from __future__ import annotations

import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import SKOS

from kg.model import Certainty, Event, Polarity, Stance
from kg.resources import read_resource
from tests.extraction.found import event, found, said, words

YES, NO = Polarity.AFFIRMED, Polarity.DENIED
SURE, LIKELY = Certainty.CERTAIN, Certainty.PROBABLE
MAYBE, UNREAL = Certainty.POSSIBLE, Certainty.UNREAL
KINDS = "https://w3id.org/kg/kinds#"
ATTITUDES = {"believe", "know", "doubt", "suspect", "fear", "hope", "want", "plan"}

#: A sentence, the words of the cue in it, its kind, and what its speaker holds of what is stated.
CUES: list[tuple[str, str, str, Polarity, Certainty]] = [
    # speech that holds what it says
    ("Dana Holt said that the guards beat a prisoner.", "said", "say", YES, SURE),
    ("Dana Holt told the court that the guards beat a prisoner.", "told", "say", YES, SURE),
    ("Dana Holt stressed that nobody had been paid.", "stressed", "say", YES, SURE),
    ("Dana Holt announced that the harbour would close.", "announced", "announce", YES, SURE),
    ("Dana Holt wrote that the guards beat a prisoner.", "wrote", "write", YES, SURE),
    ("Dana Holt reported that nine houses burned.", "reported", "report", YES, SURE),
    ("Dana Holt claimed that the guards beat a prisoner.", "claimed", "claim", YES, SURE),
    ("Dana Holt insisted that the vote was fair.", "insisted", "claim", YES, SURE),
    ("Dana Holt argued that the law was unjust.", "argued", "argue", YES, SURE),
    ("Dana Holt admitted that the guards beat a prisoner.", "admitted", "admit", YES, SURE),
    ("Dana Holt admitted beating a prisoner.", "admitted", "admit", YES, SURE),
    ("Dana Holt confessed to stealing the files.", "confessed to", "admit", YES, SURE),
    ("Dana Holt acknowledged that mistakes were made.", "acknowledged", "admit", YES, SURE),
    ("Dana Holt confirmed that nine miners died.", "confirmed", "confirm", YES, SURE),
    ("Dana Holt confirmed the arrest.", "confirmed", "confirm", YES, SURE),
    ("Dana Holt revealed that the files were gone.", "revealed", "reveal", YES, SURE),
    ("Dana Holt explained that the road was flooded.", "explained", "explain", YES, SURE),
    ("Dana Holt replied that the road was flooded.", "replied", "answer", YES, SURE),
    ("Dana Holt testified that the guards beat a prisoner.", "testified", "testify", YES, SURE),
    ("Dana Holt accused the police of beating a student.", "accused", "accuse", YES, SURE),
    ("Dana Holt blamed the army for the fire.", "blamed", "accuse", YES, SURE),
    ("Dana Holt complained that the cells were cold.", "complained", "criticise", YES, SURE),
    ("Dana Holt hailed the vote as a triumph.", "hailed", "praise", YES, SURE),
    ("Dana Holt boasted that he had won.", "boasted", "boast", YES, SURE),
    (
        "Dana Holt apologised for the delay: “We are sorry for it.”",
        "apologised",
        "apologise",
        YES,
        SURE,
    ),
    ("Dana Holt agreed that the vote was fair.", "agreed", "agree", YES, SURE),
    ("Dana Holt recalled that the guards beat a prisoner.", "recalled", "say", YES, SURE),
    ("The court held that the law was void.", "held", "rule", YES, SURE),
    ("“No more war!” the crowd chanted.", "chanted", "chant", YES, SURE),
    ("“Stop there!” Dana Holt shouted.", "shouted", "shout", YES, SURE),
    ("“He is gone,” Dana Holt whispered.", "whispered", "whisper", YES, SURE),
    ("Dana Holt described the trial as a farce.", "described", "describe", YES, SURE),
    # speech that denies
    ("Dana Holt denied that the guards beat a prisoner.", "denied", "deny", NO, SURE),
    ("Dana Holt denied beating a prisoner.", "denied", "deny", NO, SURE),
    ("Dana Holt denied the allegations.", "denied", "deny", NO, SURE),
    ("Dana Holt rejected the accusation.", "rejected", "deny", NO, SURE),
    ("Dana Holt dismissed the allegations.", "dismissed", "deny", NO, SURE),
    ("Dana Holt ruled out an invasion.", "ruled out", "deny", NO, SURE),
    ("The killings were denied by Dana Holt.", "were denied", "deny", NO, SURE),
    ("Dana Holt denied any involvement in the attack.", "denied", "deny", NO, SURE),
    ("Dana Holt disagreed that the vote was fair.", "disagreed", "disagree", NO, SURE),
    ("Dana Holt refused to open the gate.", "refused", "refuse", NO, UNREAL),
    ("Dana Holt declined to open the gate.", "declined", "refuse", NO, UNREAL),
    # speech that leaves open whether it is so
    ("Dana Holt suggested that the guards had slept.", "suggested", "suggest", YES, MAYBE),
    ("Dana Holt hinted that the guards had slept.", "hinted", "suggest", YES, MAYBE),
    ("Dana Holt warned that the dam could break.", "warned", "warn", YES, MAYBE),
    ("Dana Holt warned of a famine.", "warned of", "warn", YES, MAYBE),
    ("Dana Holt estimated that nine miners died.", "estimated", "estimate", YES, LIKELY),
    ("Dana Holt asked whether the guards had slept.", "asked", "ask", YES, UNREAL),
    ("Dana Holt wondered whether the guards had slept.", "wondered", "ask", YES, UNREAL),
    ("Dana Holt demanded an inquiry.", "demanded", "demand", YES, UNREAL),
    ("Dana Holt demanded that the guards be tried.", "demanded", "demand", YES, UNREAL),
    ("Dana Holt called for an inquiry.", "called for", "demand", YES, UNREAL),
    ("An inquiry was demanded by Dana Holt.", "was demanded", "demand", YES, UNREAL),
    ("Dana Holt appealed for an inquiry.", "appealed for", "request", YES, UNREAL),
    ("Dana Holt called on the guards to open the gate.", "called on", "request", YES, UNREAL),
    ("Dana Holt ordered the guards to open the gate.", "ordered", "order", YES, UNREAL),
    ("Dana Holt urged the guards to open the gate.", "urged", "urge", YES, UNREAL),
    ("Dana Holt recommended that the gate be opened.", "recommended", "advise", YES, UNREAL),
    ("Dana Holt promised to open the gate.", "promised", "promise", YES, UNREAL),
    ("Dana Holt pledged to open the gate.", "pledged", "promise", YES, UNREAL),
    ("Dana Holt vowed that the guilty would be tried.", "vowed", "promise", YES, UNREAL),
    ("Dana Holt threatened to burn the farm.", "threatened", "threaten", YES, UNREAL),
    ("Dana Holt predicted that the dam would break.", "predicted", "predict", YES, UNREAL),
    # attitudes
    ("Dana Holt believes that the guards beat a prisoner.", "believes", "believe", YES, LIKELY),
    ("Dana Holt thinks that the guards beat a prisoner.", "thinks", "believe", YES, LIKELY),
    ("Dana Holt knew that the guards beat a prisoner.", "knew", "know", YES, SURE),
    ("Dana Holt learned that the guards beat a prisoner.", "learned", "know", YES, SURE),
    ("Dana Holt doubts that the guards beat a prisoner.", "doubts", "doubt", YES, MAYBE),
    ("Dana Holt suspects that the guards beat a prisoner.", "suspects", "suspect", YES, MAYBE),
    ("Dana Holt fears that the guards beat a prisoner.", "fears", "fear", YES, MAYBE),
    ("Dana Holt feared a massacre.", "feared", "fear", YES, MAYBE),
    ("Dana Holt hopes that the gate will open.", "hopes", "hope", YES, UNREAL),
    ("Dana Holt wants to open the gate.", "wants", "want", YES, UNREAL),
    ("Dana Holt plans to open the gate.", "plans", "plan", YES, UNREAL),
    ("Dana Holt intends to open the gate.", "intends", "plan", YES, UNREAL),
    ("Dana Holt’s fear that the dam would break grew.", "fear", "fear", YES, MAYBE),
    ("Dana Holt’s belief that the vote was fair is common.", "belief", "believe", YES, LIKELY),
    # a cue that is itself not said, or only perhaps
    ("Dana Holt did not say that the guards beat a prisoner.", "did not say", "say", YES, UNREAL),
    ("Dana Holt will deny that the guards beat a prisoner.", "will deny", "deny", NO, UNREAL),
    ("Dana Holt did not deny that the guards beat a prisoner.", "did not deny", "deny", NO, UNREAL),
    (
        "Dana Holt may have said that the guards beat a prisoner.",
        "may have said",
        "say",
        YES,
        UNREAL,
    ),
]


@pytest.mark.parametrize(("text", "cue", "kind", "polarity", "certainty"), CUES)
def test_a_cue_says_what_its_speaker_does_and_holds(
    text: str, cue: str, kind: str, polarity: Polarity, certainty: Certainty
) -> None:
    (claim,) = [one for one in found(text).claims if words(text, one.cue) == cue]
    assert claim.cue_kind == kind
    assert claim.stance == Stance(polarity, certainty)


@pytest.fixture(scope="module")
def scheme() -> Graph:
    return Graph().parse(data=read_resource("ontology/kinds.ttl"), format="turtle")


@pytest.mark.parametrize("kind", sorted({kind for _, _, kind, _, _ in CUES}))
def test_a_kind_of_cue_is_broadly_speech_or_an_attitude(kind: str, scheme: Graph) -> None:
    above = "attitude" if kind in ATTITUDES else "speech"
    broader = list(scheme.objects(URIRef(f"{KINDS}cue-{kind}"), SKOS.broader))
    assert broader == [URIRef(f"{KINDS}cue-{above}")]


def _held(text: str, trigger: str) -> tuple[str | None, Stance]:
    """The words of the cue of the claim that an event is said in, and what is held of it."""
    one: Event = event(text, trigger)
    within = next((claim for claim in found(text).claims if claim.id == one.within), None)
    return (words(text, within.cue) if within else None), one.stance


@pytest.mark.parametrize(
    ("text", "trigger", "cue", "stance"),
    [
        ("The army denied the killings and promised an inquiry.", "killings", "denied", Stance(NO)),
        (
            "The army denied the killings and promised an inquiry.",
            "inquiry",
            "promised",
            Stance(YES, UNREAL),
        ),
        (
            "Dana Holt denied that soldiers killed a farmer and said that rebels shot him.",
            "killed",
            "denied",
            Stance(NO),
        ),
        (
            "Dana Holt denied that soldiers killed a farmer and said that rebels shot him.",
            "shot",
            "said",
            Stance(),
        ),
        ("Dana Holt denied the killings and the torture.", "torture", "denied", Stance(NO)),
        ("The killings were denied by Dana Holt.", "killings", "were denied", Stance(NO)),
        ("Dana Holt denied involvement in a killing.", "killing", "denied", Stance()),
        (
            "Soldiers are believed to have been behind the bombing of a church.",
            "bombing",
            "are believed",
            Stance(),
        ),
        # what the document holds in its own voice
        ("No one was killed in an explosion near the port.", "explosion", None, Stance()),
        ("Three were hurt but no one was killed in the attack.", "killed", None, Stance(NO)),
        ("He was tried for the murder of Omar Reyes.", "murder", None, Stance()),
        ("He was convicted of murder.", "murder", None, Stance()),
        ("He was acquitted of murder.", "murder", None, Stance(YES, UNREAL)),
        ("Reports of a massacre reached Oslo.", "massacre", None, Stance(YES, MAYBE)),
        ("The government banned a protest.", "protest", None, Stance(NO, UNREAL)),
    ],
)
def test_an_event_is_held_as_its_own_clause_and_speaker_hold_it(
    text: str, trigger: str, cue: str | None, stance: Stance
) -> None:
    assert _held(text, trigger) == (cue, stance)


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("The massacre was ordered by General Omar Reyes.", Stance()),
        ("A massacre was ordered by General Omar Reyes.", Stance(YES, UNREAL)),
    ],
)
def test_what_was_ordered_has_come_about_where_it_is_known(text: str, stance: Stance) -> None:
    assert event(text, "massacre").stance == stance


def test_what_one_has_a_part_in_belongs_to_what_is_denied() -> None:
    text = "Dana Holt denied involvement in a killing."
    assert said(text) == [("Dana Holt", "denied", "involvement in a killing")]
