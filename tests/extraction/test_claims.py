"""Who said what: each form of speech, with its speaker, cue and content."""

from __future__ import annotations

import pytest

from kg.model import Certainty, Mode, Polarity, Stance
from tests.extraction.found import claim, found, name, parts, said, words

type Said = tuple[str | None, str, str]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "“The bridge is closed,” said Dana Holt.",
            ("Dana Holt", "said", "“The bridge is closed,”"),
        ),
        (
            "“The bridge is closed,” Dana Holt said.",
            ("Dana Holt", "said", "“The bridge is closed,”"),
        ),
        (
            "Dana Holt said: “The bridge is closed.”",
            ("Dana Holt", "said", "“The bridge is closed.”"),
        ),
        (
            'Dana Holt said, "The bridge is closed."',
            ("Dana Holt", "said", '"The bridge is closed."'),
        ),
        (
            "“The bridge is closed!” Dana Holt shouted from the river bank.",
            ("Dana Holt", "shouted", "“The bridge is closed!”"),
        ),
        (
            "“The bridge is closed,” said engineer Dana Holt, who had built it.",
            ("Dana Holt", "said", "“The bridge is closed,”"),
        ),
        (
            "“Is the bridge closed?” asked Dana Holt.",
            ("Dana Holt", "asked", "“Is the bridge closed?”"),
        ),
        (
            "Dana Holt told reporters: “The bridge is closed.”",
            ("Dana Holt", "told", "“The bridge is closed.”"),
        ),
        (
            "“The bridge,” Dana Holt said, “is closed.”",
            ("Dana Holt", "said", "“The bridge,” … “is closed.”"),
        ),
        (
            "“The bridge is closed,” Dana Holt said. “Nobody may cross it.”",
            ("Dana Holt", "said", "“The bridge is closed,” … “Nobody may cross it.”"),
        ),
        (
            "“The bridge is closed.\n\n“Nobody may cross it,” Dana Holt said.",
            ("Dana Holt", "said", "“The bridge is closed. … “Nobody may cross it,”"),
        ),
        (
            "The protesters chanted “Open the bridge now!” and marched on.",
            ("protesters", "chanted", "“Open the bridge now!”"),
        ),
        (
            "“We are closing it,” Dana Holt wrote in a letter on Monday.",
            ("Dana Holt", "wrote", "“We are closing it,”"),
        ),
    ],
)
def test_a_quotation_is_its_speakers(text: str, expected: Said) -> None:
    assert said(text) == [expected]
    (only,) = found(text).claims
    assert only.mode is Mode.DIRECT


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Dana Holt said that the bridge was closed.",
            ("Dana Holt", "said", "that the bridge was closed"),
        ),
        ("Dana Holt said the bridge was closed.", ("Dana Holt", "said", "the bridge was closed")),
        ("The bridge was closed, Dana Holt said.", ("Dana Holt", "said", "The bridge was closed")),
        (
            "The bridge was closed, said Dana Holt.",
            ("Dana Holt", "said", "The bridge was closed"),
        ),
        (
            "Dana Holt told the court that the bridge was closed.",
            ("Dana Holt", "told", "that the bridge was closed"),
        ),
        (
            "According to Dana Holt, the bridge was closed in May.",
            ("Dana Holt", "According to", "the bridge was closed in May"),
        ),
        (
            "The bridge was closed in May, according to Dana Holt.",
            ("Dana Holt", "according to", "The bridge was closed in May"),
        ),
        (
            "Dana Holt accused the army of shelling the bridge.",
            ("Dana Holt", "accused", "the army of shelling the bridge"),
        ),
        (
            "Dana Holt called for an inquiry.",
            ("Dana Holt", "called for", "an inquiry"),
        ),
        (
            "Dana Holt urged the army to open the bridge.",
            ("Dana Holt", "urged", "the army to open the bridge"),
        ),
        (
            "Dana Holt promised to open the bridge.",
            ("Dana Holt", "promised", "to open the bridge"),
        ),
        (
            "Dana Holt denied leading the attack.",
            ("Dana Holt", "denied", "leading the attack"),
        ),
        (
            "Dana Holt denied the massacre.",
            ("Dana Holt", "denied", "the massacre"),
        ),
        (
            "Dana Holt believes that the bridge will fall.",
            ("Dana Holt", "believes", "that the bridge will fall"),
        ),
        (
            "Dana Holt’s claim that the bridge had fallen was printed at once.",
            ("Dana Holt", "claim", "that the bridge had fallen"),
        ),
        (
            "The allegation by Dana Holt that soldiers fired first was printed at once.",
            ("Dana Holt", "allegation", "that soldiers fired first"),
        ),
        (
            "Dana Holt, testifying under oath, said that soldiers fired first.",
            ("Dana Holt", "said", "that soldiers fired first"),
        ),
        (
            "Dana Holt put the toll at 40.",
            ("Dana Holt", "put", "the toll at 40"),
        ),
    ],
)
def test_what_is_reported_is_its_speakers(text: str, expected: Said) -> None:
    assert expected in said(text)
    assert len(said(text)) == 1
    assert found(text).claims[0].mode is Mode.INDIRECT


@pytest.mark.parametrize(
    ("text", "content"),
    [
        (
            "Dana Holt said the vote was “a farce from start to end”.",
            "the vote was “a farce from start to end”",
        ),
        (
            "Dana Holt said that it “was a farce. It was a theft.”",
            "that it “was a farce. It was a theft.”",
        ),
        ("Dana Holt described the vote as “a farce”.", "the vote as “a farce”"),
    ],
)
def test_a_quotation_inside_a_report_makes_it_mixed(text: str, content: str) -> None:
    (only,) = found(text).claims
    assert only.mode is Mode.MIXED
    assert words(text, only.content) == content
    assert name(text, only.speaker) == "Dana Holt"


@pytest.mark.parametrize(
    "text",
    [
        "Dana Holt ran the so-called “Unit of Peace” for nine years.",
        "The film “The Bridge” opened in May.",
        "The “mayor” had never been elected.",
        "He served on the “Committee of Nine” under Dana Holt.",
        "Dana Holt is to be held accountable for the fire.",
        "The army found the weapons in a cellar.",
        "The clerk read the letter.",
        "Dana Holt ordered a coffee.",
    ],
)
def test_a_scare_quote_a_title_or_another_sense_is_no_claim(text: str) -> None:
    assert said(text) == []


def test_chants_after_a_colon_are_each_the_crowds() -> None:
    text = (
        "The marching students were chanting:\n\n“Open the gates!”\n\n“Bread and books!”\n\n"
        "“No more war!”\n\nThe police looked on."
    )
    assert said(text) == [
        ("marching students", "were chanting", "“Open the gates!”"),
        ("marching students", "were chanting", "“Bread and books!”"),
        ("marching students", "were chanting", "“No more war!”"),
    ]
    assert {one.cue_kind for one in found(text).claims} == {"chant"}


def test_a_list_of_quotations_ends_where_another_paragraph_speaks() -> None:
    text = (
        "The students chanted:\n\n“Open the gates!”\n\nPolice moved in.\n\n“It was awful to see.”"
    )
    assert [speaker for speaker, _, _ in said(text)] == ["students", None]


def test_speech_without_marks_after_a_colon_is_the_speakers() -> None:
    text = (
        "Judge Dana Holt said:\n\nI find the accused guilty. My ruling is final.\n\nThe court rose."
    )
    (only,) = found(text).claims
    assert name(text, only.speaker) == "Dana Holt"
    assert words(text, only.content) == "I find the accused guilty. My ruling is final."


def test_hearsay_keeps_its_chain() -> None:
    text = "Dana Holt said that Omar Reyes had told her that the bridge was closed."
    outer, inner = claim(text, "that Omar"), claim(text, "that the bridge")
    assert (name(text, outer.speaker), outer.within) == ("Dana Holt", None)
    assert (name(text, inner.speaker), inner.within) == ("Omar Reyes", outer.id)


def test_a_report_inside_a_quotation_is_within_it() -> None:
    text = "“My brother Omar Reyes told me that soldiers came at night,” said Dana Holt."
    outer, inner = claim(text, "My brother"), claim(text, "that soldiers")
    assert name(text, outer.speaker) == "Dana Holt"
    assert (name(text, inner.speaker), inner.within) == ("Omar Reyes", outer.id)


def test_i_inside_a_quotation_is_who_speaks_it() -> None:
    text = "“I said that the bridge was closed,” Dana Holt told the court."
    inner = claim(text, "that the bridge")
    assert name(text, inner.speaker) == "Dana Holt"
    assert inner.within == claim(text, "I said").id


def test_i_outside_of_any_quotation_is_nobody_known() -> None:
    text = "Dana Holt said that I told them that soldiers had fired."
    assert claim(text, "that soldiers").speaker is None


def test_i_below_another_claim_is_still_who_is_quoted() -> None:
    text = "“The papers show that I told them that he lied,” Dana Holt said."
    assert name(text, claim(text, "that he lied").speaker) == "Dana Holt"


def test_a_verb_before_somebody_else_does_not_make_them_speak() -> None:
    text = "Reyes: Decision Not to Indict Dana Holt ‘Defies Every Known Explanation’"
    assert "Dana Holt" not in {name(text, one.speaker) for one in found(text).claims}


@pytest.mark.parametrize(
    "text",
    [
        "It feels as if that is the end of it.",
        "That shows that he was there.",
        "Dana Holt met the man they called “enemy,” and left.",
    ],
)
def test_it_and_that_and_a_term_in_quotes_speak_for_nobody(text: str) -> None:
    assert said(text) == []


def test_a_clause_beyond_a_semicolon_is_not_what_a_verb_takes() -> None:
    text = "“It is still the best; I do not see that changing,” Dana Holt said."
    assert [content for _, _, content in said(text) if content.startswith("It is still")] == []


def test_according_to_at_the_end_covers_all_that_is_joined() -> None:
    text = "Reyes won 40 votes and Holt won 30 votes, according to the clerk."
    assert said(text) == [("clerk", "according to", "Reyes won 40 votes and Holt won 30 votes")]


def test_three_steps_of_hearsay_are_three_claims_within_each_other() -> None:
    text = (
        "The newspaper reported that Dana Holt had said that Omar Reyes claimed that "
        "the bridge was mined."
    )
    first, second, third = found(text).claims
    assert (first.within, second.within, third.within) == (None, first.id, second.id)
    assert [name(text, one.speaker) for one in (second, third)] == ["Dana Holt", "Omar Reyes"]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Witnesses said that soldiers fired first.", "Witnesses"),
        ("Two residents said that soldiers fired first.", "Two residents"),
        ("A man who gave no name said that soldiers fired first.", "A man who gave no name"),
    ],
)
def test_speakers_without_a_name_keep_their_words(text: str, source: str) -> None:
    (only,) = found(text).claims
    assert words(text, only.source) == source
    assert not [e for e in found(text).entities if e.id == only.speaker and e.named]


@pytest.mark.parametrize(
    "text",
    [
        "It was said that the bridge was closed.",
        "The bridge was reportedly closed in May.",
        "The general allegedly led the attack.",
        "The bridge is believed to be closed.",
        "“The bridge is closed, and nobody may cross it.”",
    ],
)
def test_nobody_is_invented_where_no_one_is_said_to_speak(text: str) -> None:
    (only,) = found(text).claims
    assert only.speaker is None


def test_a_quotation_alone_after_a_change_of_scene_is_left_open() -> None:
    text = (
        "Mayor Dana Holt opened the bridge.\n\nIn the north, farmers lost their crops.\n\n"
        "“Nothing is left of the harvest, nothing at all.”"
    )
    (only,) = found(text).claims
    assert only.speaker is None
    assert [gap.what for gap in found(text).abstentions] == ["speaker"]


def test_the_verb_of_another_sentence_gives_a_quotation_no_speaker() -> None:
    text = "Omar Reyes said the vote was fair. Dana Holt left the room. “It is over for all of us.”"
    assert claim(text, "It is over").speaker is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dana Holt resigned. “I am tired of this,” she said.", "Dana Holt"),
        ("Judge Dana Holt resigned. “I am tired of this,” the judge said.", "Dana Holt"),
        ("Dana Holt, a teacher, resigned. “I am tired of this,” Holt said.", "Dana Holt"),
        (
            "The Harbour Workers Union struck on Monday. “We are tired of this,” the union said.",
            "Harbour Workers Union",
        ),
        ("Farmers blocked the road. “We are tired of this,” the farmers said.", "Farmers"),
        ("“I am tired of this,” said Omar Reyes’s lawyer, Dana Holt.", "Dana Holt"),
        ("“I am tired of this,” said a spokeswoman for the ministry, Dana Holt.", "Dana Holt"),
        ("Dana Holt is a judge. “I am tired of this,” Judge Holt said.", "Dana Holt"),
    ],
)
def test_a_speaker_is_known_by_pronoun_title_description_or_surname(
    text: str, expected: str
) -> None:
    assert name(text, claim(text, "I am tired" if "I am" in text else "We are").speaker) == expected


def test_a_pronoun_that_may_be_two_people_leaves_the_speaker_open() -> None:
    text = "Omar Reyes and Karl Voss met in May. “It is over for all of us,” he said."
    assert claim(text, "It is over").speaker is None


@pytest.mark.parametrize(
    ("text", "polarity", "certainty"),
    [
        ("Dana Holt denied that soldiers fired.", Polarity.DENIED, Certainty.CERTAIN),
        ("Dana Holt said that soldiers fired.", Polarity.AFFIRMED, Certainty.CERTAIN),
        ("Dana Holt believes that soldiers fired.", Polarity.AFFIRMED, Certainty.PROBABLE),
        ("Dana Holt suspects that soldiers fired.", Polarity.AFFIRMED, Certainty.POSSIBLE),
        ("Dana Holt fears that soldiers fired.", Polarity.AFFIRMED, Certainty.POSSIBLE),
        ("Dana Holt demanded that soldiers leave.", Polarity.AFFIRMED, Certainty.UNREAL),
        ("Dana Holt hopes that soldiers leave.", Polarity.AFFIRMED, Certainty.UNREAL),
        ("Dana Holt did not say that soldiers fired.", Polarity.AFFIRMED, Certainty.UNREAL),
        ("Dana Holt may say that soldiers fired.", Polarity.AFFIRMED, Certainty.UNREAL),
        ("Dana Holt wants to say that soldiers fired.", Polarity.AFFIRMED, Certainty.UNREAL),
    ],
)
def test_the_cue_says_what_the_speaker_holds(
    text: str, polarity: Polarity, certainty: Certainty
) -> None:
    stance = claim(text, "that soldiers").stance
    assert (stance.polarity, stance.certainty) == (polarity, certainty)


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("The bridge was said to be closed.", "The bridge … to be closed"),
        ("The vote was described by Dana Holt as a farce.", "The vote … as a farce"),
        ("It was claimed by Dana Holt that soldiers fired.", "that soldiers fired"),
    ],
)
def test_the_passive_says_of_its_subject(text: str, content: str) -> None:
    (only,) = found(text).claims
    assert words(text, only.content) == content
    assert name(text, only.speaker) == ("Dana Holt" if "Holt" in text else None)


def test_a_claim_is_dated_by_its_own_clause() -> None:
    text = "Dana Holt said on 3 May 2021 that soldiers had fired in 1988."
    (only,) = found(text).claims
    assert only.said is not None
    assert only.said.edtf == "2021-05-03"


def test_the_time_of_what_is_said_is_not_when_it_was_said() -> None:
    (only,) = found("Dana Holt said that soldiers had fired in 1988.").claims
    assert only.said is None


def test_a_claim_is_about_what_its_content_names() -> None:
    text = "Dana Holt said that Omar Reyes was killed in Oslo."
    (only,) = found(text).claims
    assert {name(text, about) for about in only.about if about.startswith("e")} == {
        "Omar Reyes",
        "Oslo",
    }
    assert [about for about in only.about if about.startswith("v")] == [
        event.event for event in found(text).events
    ]


@pytest.mark.parametrize(
    "text",
    [
        "“I am tired of this,” she said.",
        "Somebody said that soldiers fired.",
        "The one in the corner said that soldiers fired.",
    ],
)
def test_a_source_that_stands_for_nobody_known_is_put_to_a_person(text: str) -> None:
    (only,) = found(text).claims
    assert only.speaker is None
    assert [(gap.what, gap.span) for gap in found(text).abstentions if gap.what == "speaker"] == [
        ("speaker", only.source[0])
    ]


def test_two_speakers_in_one_paragraph_keep_their_words_apart() -> None:
    text = "“The bridge is closed,” said Dana Holt. “It will open in May,” said Omar Reyes."
    assert said(text) == [
        ("Dana Holt", "said", "“The bridge is closed,”"),
        ("Omar Reyes", "said", "“It will open in May,”"),
    ]


def test_a_dialogue_with_cues_keeps_its_turns() -> None:
    text = (
        "“Who fired?” asked Dana Holt.\n\n“The soldiers fired,” replied Omar Reyes.\n\n"
        "“All of them?” she asked."
    )
    assert [speaker for speaker, _, _ in said(text)][:2] == ["Dana Holt", "Omar Reyes"]


def test_claims_are_numbered_in_the_order_of_the_text() -> None:
    text = (
        "Dana Holt said that Reyes lied. “He did,” said Karl Voss. Ines Lund agreed that he lied."
    )
    claims = found(text).claims
    assert [one.id for one in claims] == [f"c{n}" for n in range(1, len(claims) + 1)]
    assert [one.content[0] for one in claims] == sorted(one.content[0] for one in claims)


def test_speech_after_a_colon_ends_with_its_last_word() -> None:
    text = "Dana Holt said:\nThe bridge is closed. \n"
    (claim,) = found(text).claims
    assert claim.content[0].of(text) == "The bridge is closed."


def test_the_envoy_for_a_country_speaks_and_not_the_country() -> None:
    text = (
        "Responding to the report Gareth Holm, the Special Representative for Kenya said: "
        "“The report makes grim reading.”"
    )
    assert name(text, claim(text, "The report makes").speaker) != "Kenya"


def test_what_stands_before_a_colon_is_not_what_a_report_says() -> None:
    text = "A report by the commission makes grim reading: it details attacks on civilians."
    assert not [one for one in found(text).claims if "grim" in words(text, one.content)]


def test_who_is_called_on_is_to_act() -> None:
    text = "The mission called on the government to arrest the guards."
    assert ("government", "agent") in parts(text, "arrest")


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("How many farmers died in the raid is disputed.", "How many"),
        ("Whether the raid killed farmers is disputed.", "Whether"),
    ],
)
def test_an_open_question_denies_nothing(text: str, start: str) -> None:
    assert claim(text, start).stance == Stance(certainty=Certainty.UNREAL)
    events = found(text).events
    assert events
    assert all(one.stance.polarity is Polarity.AFFIRMED for one in events)


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Two miners fled. One of them, Omar Reyes, said that police had fired.", "Omar Reyes"),
        (
            "After years of denials the ministry admitted on Friday that police had fired.",
            "ministry",
        ),
    ],
)
def test_the_speaker_is_whom_the_subject_names(text: str, speaker: str) -> None:
    assert [one for one, _, _ in said(text)] == [speaker]


def test_what_the_clause_of_a_speaker_denies_is_a_claim_of_its_own() -> None:
    text = "Lawyers for Omar Reyes, who have always denied that he was there, said he was ill."
    assert [(one, cue) for one, cue, _ in said(text)] == [
        ("Lawyers", "have always denied"),
        ("Lawyers", "said"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The council dismissed its secretary, Dana Holt.",
        "Judge Dana Holt is to investigate the raid.",
    ],
)
def test_who_does_a_thing_claims_nothing(text: str) -> None:
    assert not said(text)


def test_who_offers_resistance_says_nothing() -> None:
    text = "Dana Holt accused him of shooting men who had offered no resistance."
    assert [cue for _, cue, _ in said(text)] == ["accused"]
