"""What is said to happen: which words are events, who takes part, where and when."""

from __future__ import annotations

import pytest

from kg.model import Certainty, Polarity
from tests.extraction.found import event, found, name, parts, triggers


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Soldiers killed a farmer.", [("killing", "killed")]),
        ("The police arrested two men.", [("arrest", "arrested")]),
        ("Workers protested in Lisbon.", [("protest", "protested")]),
        ("A bomb exploded in Lisbon.", [("bombing", "exploded")]),
        ("A gas pipe exploded in Lisbon.", [("explosion", "exploded")]),
        ("The trial opened on Monday.", [("trial", "trial")]),
        ("The massacre shocked everyone.", [("massacre", "massacre")]),
        ("Gunmen shot a farmer.", [("shooting", "shot")]),
        ("The guards tortured him.", [("torture", "tortured")]),
        ("Police opened fire on the crowd.", [("shooting", "opened")]),
        ("The air strike hit a school.", [("airstrike", "air strike")]),
    ],
)
def test_a_word_for_an_event_is_found(text: str, expected: list[tuple[str, str]]) -> None:
    assert triggers(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The company fired an employee.",
        "The editor fired on Monday the whole staff.",
        "They shot a film in Lisbon.",
        "The photographer shot the bridge at dawn.",
        "The painting was executed in oil.",
        "The clerk executed the command.",
        "He hung a picture on the wall.",
        "He suffered a heart attack of laughter.",
        "It rained in March.",
        "The march of time goes on in March 2021.",
        "The death toll is not known.",
        "He won a battle with cancer, a war of words.",
        "The strike of the clock woke him.",
        "A striking view charged him with joy.",
        "The battery was charged.",
        "The prisoner of war came home.",
        "The planning and execution of reforms took time.",
        "The execution of the plan took time.",
        "Critics attacked the plan.",
        "Her attack on Reyes in the debate was a stretch.",
        "Candidates battled for the nomination.",
        "Reyes won a losing battle for the nomination.",
        "Shares rallied on Monday as the market rebounded.",
        "Holt rallied to win the match in three sets.",
        "Holt demonstrated that she was right.",
        "It rained in early March.",
        "A hunter killed a rabbit near Oslo.",
        "The star ended in a supernova explosion.",
        "The two sides struck a deal in Geneva.",
        "The trial of the vaccine began in May.",
        "She signed up for a free trial.",
        "He fired back at his critics.",
        "The band fired up the crowd.",
    ],
)
def test_a_word_in_another_sense_is_no_event_of_violence(text: str) -> None:
    kinds = {kind for kind, _ in triggers(text)}
    assert not kinds & {
        "shooting", "killing", "execution", "attack", "protest", "death", "battle", "war", "arrest",
        "strike", "trial", "indictment", "airstrike", "explosion",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Soldiers fired at a car near Lisbon.", "shooting"),
        ("Soldiers fired a rocket at Oslo.", "shelling"),
        ("The company fired two employees.", "dismissal"),
        ("The two sides struck a deal in Geneva.", "agreement"),
        ("A strike by nurses began in Oslo.", "strike"),
        ("Soldiers launched a strike on Damascus.", "airstrike"),
        ("Police charged Omar Reyes with fraud.", "charge"),
        ("Police seized weapons from the rebels.", "seizure"),
        ("Omar Reyes seized power in 1988.", "coup"),
        ("Parliament voted against the law.", "vote"),
        ("The senate voted to reject it.", "vote"),
        ("An inquiry was opened.", "investigation"),
        ("Martial law was declared in Oslo.", "emergency"),
        ("Guerrillas dynamited a bridge near Lisbon.", "bombing"),
        ("The women were raped.", "sexual violence"),
        ("The government dissolved parliament.", "dissolution"),
    ],
)
def test_object_argument_and_particle_tell_the_sense(text: str, kind: str) -> None:
    assert kind in {one for one, _ in triggers(text)}


@pytest.mark.parametrize(
    "text",
    [
        "The hotel charged guests 20 dollars.",
        "The battery was charged by the driver.",
        "The bull charged toward the crowd.",
        "Press inquiries went unanswered.",
        "He typically votes for the left.",
        "It struck a chord.",
        "He never has time for meetings.",
        "He is against trade deals.",
        "The sugar dissolved in water.",
        "The site you visit is new.",
        "They oppose torture.",
        "He wound up in Oslo.",
        "Reyes won the Democratic nomination.",
        "She was given a fair hearing.",
        "It was an act of self-indictment.",
        "The rule applies to killing or torturing a guard.",
        "He locked up the nomination.",
        "The word had many meanings in that sentence.",
        "The stock market crashed.",
    ],
)
def test_a_word_in_another_sense_or_of_a_kind_of_thing_is_no_event(text: str) -> None:
    assert triggers(text) == []


@pytest.mark.parametrize(
    ("text", "trigger", "expected"),
    [
        (
            "Three nuns were kidnapped and killed by gunmen.",
            "kidnapped",
            {("nuns", "victim"), ("gunmen", "agent")},
        ),
        (
            "Gunmen kidnapped and killed three nuns.",
            "kidnapped",
            {("Gunmen", "agent"), ("nuns", "victim")},
        ),
        (
            "A girl was torn away and kidnapped.",
            "kidnapped",
            {("girl", "victim")},
        ),
        (
            "The man shot by police died.",
            "shot",
            {("man", "victim"), ("police", "agent")},
        ),
        (
            "The gunmen fled, killing a guard.",
            "killing",
            {("gunmen", "agent"), ("guard", "victim")},
        ),
        (
            "Omar Reyes was convicted of killing Dana Holt.",
            "killing",
            {("Omar Reyes", "agent"), ("Dana Holt", "victim")},
        ),
        (
            "The court found Omar Reyes guilty of killing Dana Holt.",
            "killing",
            {("Omar Reyes", "agent"), ("Dana Holt", "victim")},
        ),
        (
            "Omar Reyes was convicted of the murder of Dana Holt.",
            "murder",
            {("Omar Reyes", "agent"), ("Dana Holt", "victim")},
        ),
        (
            "Omar Reyes ordered soldiers to kill Dana Holt.",
            "kill",
            {("soldiers", "agent"), ("Dana Holt", "victim")},
        ),
        (
            "Dana Holt was freed after being tortured by the police.",
            "tortured",
            {("Dana Holt", "victim"), ("police", "agent")},
        ),
        ("Dana Holt's arrest shocked Oslo.", "arrest", {("Dana Holt", "victim")}),
        (
            "Dana Holt's execution by the army shocked Oslo.",
            "execution",
            {("Dana Holt", "victim"), ("army", "agent")},
        ),
        (
            "The army's attack on the village killed Dana Holt.",
            "attack",
            {("army", "agent")},
        ),
        ("The murdered priest was buried.", "murdered", {("murdered priest", "victim")}),
        (
            "Dana Holt, an icon who founded the Holt Institute, died.",
            "founded",
            {("Dana Holt", "agent"), ("Holt Institute", "target")},
        ),
        (
            "Police shot at demonstrators.",
            "shot",
            {("Police", "agent"), ("demonstrators", "target")},
        ),
        (
            "Police opened fire on the crowd.",
            "opened",
            {("Police", "agent"), ("crowd", "target")},
        ),
        (
            "He took workers held hostage by rebels away.",
            "held",
            {("workers", "victim"), ("rebels", "agent")},
        ),
        ("The rebels claimed responsibility for the attack.", "attack", {("rebels", "agent")}),
        (
            "Dana Holt died at the hands of soldiers.",
            "died",
            {("Dana Holt", "victim"), ("soldiers", "agent")},
        ),
        (
            "Police arrested two miners. One of them, Omar Reyes, was convicted in May.",
            "convicted",
            {("Omar Reyes", "accused")},
        ),
        ("Police arrested two miners. One of them was convicted in May.", "convicted", set()),
        ("A clerk who was shot at Ostrava had a son.", "shot", {("clerk", "victim")}),
        (
            "The council dismissed its general secretary, Dana Holt, on Monday.",
            "dismissed",
            {("council", "agent"), ("Dana Holt", "office-holder")},
        ),
        (
            "Dana Holt, adviser to the council, was dismissed.",
            "dismissed",
            {("Dana Holt", "office-holder")},
        ),
        (
            "The clerk was arrested, tortured and died in May.",
            "tortured",
            {("clerk", "victim")},
        ),
        ("The clerk was arrested, tortured and died in May.", "died", {("clerk", "victim")}),
        ("The clerk was arrested and the mayor died in May.", "died", {("mayor", "victim")}),
        # what nobody is said to have done, or only may have
        ("Rebels were blamed for the attack.", "attack", set()),
        ("The rebels are suspected of the attack.", "attack", set()),
        ("The rebels may have carried out the attack.", "attack", set()),
        ("No rebels claimed responsibility for the attack.", "attack", set()),
        ("The rebels did not claim responsibility for the attack.", "attack", set()),
        ("The crowd was dispersed by police, killing ten.", "killing", set()),
        ("The family was forced to flee by soldiers.", "flee", {("family", "agent")}),
        ("He fled to the hospital where he died.", "died", set()),
    ],
)
def test_who_took_part_is_found_across_clauses(
    text: str, trigger: str, expected: set[tuple[str, str]]
) -> None:
    assert parts(text, trigger) == expected


@pytest.mark.parametrize(
    ("text", "trigger", "expected"),
    [
        (
            "Omar Reyes killed Dana Holt.",
            "killed",
            {("Omar Reyes", "agent"), ("Dana Holt", "victim")},
        ),
        (
            "Dana Holt was killed by Omar Reyes.",
            "killed",
            {("Omar Reyes", "agent"), ("Dana Holt", "victim")},
        ),
        ("Dana Holt, who was killed in May, was a judge.", "killed", {("Dana Holt", "victim")}),
        (
            "Omar Reyes, who killed a guard, fled.",
            "killed",
            {("Omar Reyes", "agent"), ("guard", "victim")},
        ),
        (
            "The man whom Omar Reyes killed was a judge.",
            "killed",
            {("Omar Reyes", "agent"), ("man", "victim")},
        ),
        ("The killing of Dana Holt shocked everyone.", "killing", {("Dana Holt", "victim")}),
        (
            "The killing of Dana Holt by Omar Reyes shocked everyone.",
            "killing",
            {("Omar Reyes", "agent"), ("Dana Holt", "victim")},
        ),
        (
            "The police arrested Dana Holt and Omar Reyes.",
            "arrested",
            {("police", "agent"), ("Dana Holt", "victim"), ("Omar Reyes", "victim")},
        ),
        ("Dana Holt is on trial.", "trial", {("Dana Holt", "accused")}),
        (
            "The men have long walked, endured the cold, to beg as a clerk by the name of "
            "Omar Reyes is on trial.",
            "trial",
            {("Omar Reyes", "accused")},
        ),
        ("The trial of Dana Holt began.", "trial", {("Dana Holt", "accused")}),
        ("Dana Holt stood trial in Oslo.", "trial", {("Dana Holt", "accused")}),
        ("Thousands of farmers protested.", "protested", {("farmers", "participant")}),
        ("Dana Holt attended a conference.", "conference", {("Dana Holt", "participant")}),
        ("Dana Holt organised a rally.", "rally", {("Dana Holt", "organiser")}),
        ("Dana Holt died in Oslo.", "died", {("Dana Holt", "victim")}),
        (
            "Omar Reyes tried to kill Dana Holt.",
            "kill",
            {("Omar Reyes", "agent"), ("Dana Holt", "victim")},
        ),
        (
            "Soldiers carried out a massacre of farmers.",
            "massacre",
            {("Soldiers", "agent"), ("farmers", "victim")},
        ),
        (
            "Omar Reyes shot and killed Dana Holt.",
            "killed",
            {("Omar Reyes", "agent"), ("Dana Holt", "victim")},
        ),
        ("It ended with ten farmers killed.", "killed", {("farmers", "victim")}),
        ("The massacre shocked Dana Holt.", "massacre", set()),
        ("Dana Holt heard of the massacre.", "massacre", set()),
    ],
)
def test_participants_have_the_parts_that_the_clause_gives(
    text: str, trigger: str, expected: set[tuple[str, str]]
) -> None:
    assert parts(text, trigger) == expected


def test_a_possessive_before_a_killing_may_be_either_and_is_left_out() -> None:
    assert parts("Dana Holt’s killing shocked everyone.", "killing") == set()


@pytest.mark.parametrize(
    ("text", "trigger", "place"),
    [
        ("A bomb exploded in Lisbon.", "exploded", "Lisbon"),
        ("The Lisbon massacre shocked everyone.", "massacre", "Lisbon"),
        ("The massacre of farmers in Lisbon shocked everyone.", "massacre", "Lisbon"),
        ("Lisbon’s massacre shocked everyone.", "massacre", "Lisbon"),
        ("A conference was held in Lisbon.", "conference", "Lisbon"),
        ("Farmers rallied near Lisbon.", "rallied", "Lisbon"),
        ("Farmers rallied for peace.", "rallied", None),
        ("Farmers from Lisbon rallied.", "rallied", None),
        ("In Lisbon a man said that farmers had rallied.", "rallied", None),
    ],
)
def test_an_event_is_where_its_clause_says(text: str, trigger: str, place: str | None) -> None:
    assert name(text, event(text, trigger).place) == place


@pytest.mark.parametrize(
    ("text", "trigger", "edtf"),
    [
        ("Farmers rallied on 3 May 2021.", "rallied", "2021-05-03"),
        ("The 1988 massacre shocked everyone.", "massacre", "1988"),
        ("A conference was held in May 2020.", "conference", "2020-05"),
        ("In 1988, soldiers killed farmers.", "killed", "1988"),
        ("Farmers rallied.", "rallied", None),
        ("On Monday a man said that farmers had rallied.", "rallied", None),
        ("The trial for a massacre in 1988 opened on 3 May 2021.", "trial", "2021-05-03"),
        ("The trial for a massacre in 1988 opened on 3 May 2021.", "massacre", "1988"),
        ("On 3 May 2019 the general ordered the execution of two guards.", "execution", None),
    ],
)
def test_an_event_is_when_its_clause_says(text: str, trigger: str, edtf: str | None) -> None:
    time = event(text, trigger).time
    assert (time.edtf if time else None) == edtf


@pytest.mark.parametrize(
    ("text", "trigger", "polarity", "certainty"),
    [
        ("Farmers rallied.", "rallied", Polarity.AFFIRMED, Certainty.CERTAIN),
        ("Farmers did not rally.", "rally", Polarity.DENIED, Certainty.CERTAIN),
        ("No massacre took place.", "massacre", Polarity.DENIED, Certainty.CERTAIN),
        ("Farmers plan to rally.", "rally", Polarity.AFFIRMED, Certainty.UNREAL),
        ("A planned rally drew notice.", "rally", Polarity.AFFIRMED, Certainty.UNREAL),
        ("He said he'd hold a hearing.", "hearing", Polarity.AFFIRMED, Certainty.UNREAL),
        (
            "Omar Reyes was arrested for killing Dana Holt.",
            "killing",
            Polarity.AFFIRMED,
            Certainty.POSSIBLE,
        ),
        ("Farmers may rally.", "rally", Polarity.AFFIRMED, Certainty.POSSIBLE),
        ("An alleged massacre drew notice.", "massacre", Polarity.AFFIRMED, Certainty.POSSIBLE),
        (
            "Dana Holt denied that farmers were killed.",
            "killed",
            Polarity.DENIED,
            Certainty.CERTAIN,
        ),
        (
            "Dana Holt said that farmers were killed.",
            "killed",
            Polarity.AFFIRMED,
            Certainty.CERTAIN,
        ),
    ],
)
def test_what_is_planned_denied_or_possible_is_no_fact(
    text: str, trigger: str, polarity: Polarity, certainty: Certainty
) -> None:
    stance = event(text, trigger).stance
    assert (stance.polarity, stance.certainty) == (polarity, certainty)


@pytest.mark.parametrize(
    "text",
    [
        "The 1988 massacre shocked everyone. The massacre went on for weeks.",
        "Soldiers massacred farmers in 1988. The massacre shocked everyone.",
        "The 1988 massacre shocked everyone. Nobody forgot the 1988 massacre.",
        "A massacre in May 1988 shocked everyone. Nobody forgot the 1988 massacre.",
    ],
)
def test_two_mentions_of_one_event_share_its_id(text: str) -> None:
    one, other = [mention for mention in found(text).events if mention.kind == "massacre"]
    assert one.event == other.event


@pytest.mark.parametrize(
    "text",
    [
        "The 1988 massacre shocked everyone. The 1991 massacre did not.",
        "The Lisbon massacre shocked everyone. The Oslo massacre did not.",
        "A massacre shocked everyone. Another massacre did not.",
        "Omar Reyes was tried in 1988. Dana Holt was tried in 1988.",
        "Soldiers killed farmers. Soldiers killed miners.",
        "A rally was held in Lisbon. A trial was held in Lisbon.",
    ],
)
def test_events_that_differ_in_time_place_kind_or_people_stay_two(text: str) -> None:
    one, other = found(text).events
    assert one.event != other.event


def test_two_counts_of_the_same_victims_are_of_one_event() -> None:
    text = (
        "The 1974 massacre of over 300 coal miners was forgotten. "
        "A clerk said that the army had massacred some 250 coal miners."
    )
    assert event(text, "massacre").event == event(text, "massacred").event


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Soldiers killed three farmers.", "killed three farmers"),
        ("The bloody 1988 massacre shocked everyone.", "bloody 1988 massacre"),
        ("A mass  rally was held in Lisbon.", "mass rally"),
        ("He served in World War II.", "World War II"),
        ("The Vietnam War ended in 1975.", "Vietnam War"),
        ("The Battle of Stalingrad began in 1942.", "Battle of Stalingrad"),
        ("The Boston Massacre took place in 1770.", "Boston Massacre"),
    ],
)
def test_the_label_is_in_the_words_of_the_text(text: str, label: str) -> None:
    assert found(text).events[0].label == label


def test_a_label_holds_the_whole_phrase_of_its_verb() -> None:
    text = "A vendor set himself on fire in Lisbon."
    assert found(text).events[0].label == "set himself on fire"


@pytest.mark.parametrize("trigger", ["raids", "killings", "genocide"])
def test_a_possessive_takes_all_of_a_list_for_granted(trigger: str) -> None:
    text = "They urged the court to hold the army accountable for its raids, killings and genocide."
    assert event(text, trigger).stance.certainty is Certainty.CERTAIN


@pytest.mark.parametrize("trigger", ["arrest", "execution"])
def test_a_possessive_takes_nothing_for_granted_that_is_yet_to_come(trigger: str) -> None:
    text = "The general ordered their arrest and execution."
    assert event(text, trigger).stance.certainty is Certainty.UNREAL


@pytest.mark.parametrize(
    "text",
    ["The minister dismissed the reports.", "The judge dismissed the case on Monday."],
)
def test_who_dismisses_a_thing_removes_nobody(text: str) -> None:
    assert "dismissal" not in {kind for kind, _ in triggers(text)}


def test_events_inside_a_claim_are_that_speakers() -> None:
    text = "Dana Holt said that soldiers killed farmers. Miners were killed, too."
    first, second = found(text).events
    assert (first.within, second.within) == ("c1", None)


@pytest.mark.parametrize(
    "text",
    [
        "The army blamed rebels for the attack.",
        "The army blamed the attack on rebels.",
        "The army accused rebels of the attack.",
    ],
)
def test_who_is_blamed_did_it_in_the_words_of_who_blames(text: str) -> None:
    (attack,) = found(text).events
    (claim,) = found(text).claims
    assert (attack.within, name(text, claim.speaker)) == (claim.id, "army")
    assert parts(text, "attack") == {("rebels", "agent")}


def test_an_attempt_on_a_life_is_no_killing() -> None:
    text = "Dana Holt survived an assassination attempt."
    assert triggers(text) == [("attack", "assassination attempt")]


def test_sentenced_to_death_is_no_death() -> None:
    assert [kind for kind, _ in triggers("Dana Holt was sentenced to death.")] == ["sentence"]


def test_a_wish_of_death_is_no_death() -> None:
    text = "The crowd chanted: “Death to the king!”"
    assert all(one.stance.certainty is Certainty.UNREAL for one in found(text).events)


def test_the_count_of_an_event_is_linked_to_it() -> None:
    text = "At least 12 farmers were killed."
    (quantity,) = found(text).quantities
    assert quantity.event == event(text, "killed").event


@pytest.mark.parametrize(
    ("text", "number", "trigger"),
    [
        ("The raid left twelve people dead.", "twelve", "raid"),
        ("The 1978 massacre saw 400 hangings.", "400", "massacre"),
        ("The bombing claimed 40 lives.", "40", "bombing"),
        ("A massacre in the north that left 300 villagers dead was denied.", "300", "massacre"),
        ("The minister saw 30 arrests.", "30", "arrests"),
    ],
)
def test_what_an_event_left_or_saw_is_its_toll(text: str, number: str, trigger: str) -> None:
    (quantity,) = [one for one in found(text).quantities if one.text.startswith(number)]
    triggers = [e.trigger.of(text) for e in found(text).events if e.event == quantity.event]
    assert trigger in triggers


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("They deny that prisoners were tortured before they were hanged.", ["tortured"]),
        ("She denied that men were shot when they were arrested.", ["shot"]),
        (
            "She denied that men were shot when they were arrested and that they were tortured.",
            ["shot", "tortured"],
        ),
        ("They deny that they shot him before they could arrest him.", ["shot", "arrest"]),
    ],
)
def test_a_denial_does_not_reach_what_tells_when(text: str, denied: list[str]) -> None:
    events = found(text).events
    assert len(events) > 1
    assert [e.trigger.of(text) for e in events if e.stance.polarity is Polarity.DENIED] == denied


def test_the_count_of_something_else_is_not() -> None:
    (quantity,) = found("Soldiers who had slept in 12 tents killed a farmer.").quantities
    assert quantity.event is None


@pytest.mark.parametrize(
    ("text", "year", "counts"),
    [
        ("The 1994 killings were never tried.", "1994", False),
        ("Norway's bloody 1987 protests were filmed.", "1987", False),
        ("The 2016 elections in Oslo began in May.", "2016", False),
        ("They counted 1994 killings.", None, False),  # that many, or those of that year
        ("The 1500 killings were never tried.", None, True),
    ],
)
def test_a_year_in_the_name_of_events_dates_them_and_counts_nothing(
    text: str, year: str | None, counts: bool
) -> None:
    first = found(text).events[0]
    assert (first.time.edtf if first.time else None) == year
    assert bool(found(text).quantities) is counts
