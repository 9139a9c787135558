"""Direct speech: the marks it stands in, the words that say whose it is, and what is no speech."""

from __future__ import annotations

import pytest

from kg.model import Mode
from tests.extraction.found import claim, found, name, words

type Spoken = tuple[str | None, str, str, str]


def spoken(text: str) -> list[Spoken]:
    """Of each direct claim the speaker's name and the words of source, cue and content."""
    return [
        (
            name(text, one.speaker),
            words(text, one.source),
            words(text, one.cue),
            words(text, one.content),
        )
        for one in found(text).claims
        if one.mode is Mode.DIRECT
    ]


def contents(text: str) -> list[str]:
    return [content for _, _, _, content in spoken(text)]


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        *["“”", '""', "''", "‘’", "«»", "‹›", "»«", "›‹", "„“", "„”", "‚‘", "””", "»»"],
        ("« ", " »"),
        ("«\u00a0", "\u00a0»"),
        ("``", "''"),
    ],
)
@pytest.mark.parametrize(
    ("form", "cue"),
    [
        ("{o}The soldiers came at night,{c} said Mira Voss.", "said"),
        ("{o}The soldiers came at night{c}, Mira Voss said.", "said"),
        ("Mira Voss said: {o}The soldiers came at night.{c}", "said"),
        ("{o}Did the soldiers come at night?{c} asked Mira Voss.", "asked"),
    ],
)
def test_every_kind_of_marks_gives_the_claim_its_cue(
    opening: str, closing: str, form: str, cue: str
) -> None:
    text = form.format(o=opening, c=closing)
    ((speaker, source, cue_words, content),) = spoken(text)
    assert (speaker, source, cue_words) == ("Mira Voss", "Mira Voss", cue)
    assert content.startswith(opening.strip())
    assert content.rstrip(",").endswith(closing.strip())


@pytest.mark.parametrize("marks", ["“”", '""', "‘’", "«»", "»«", "„“"])
@pytest.mark.parametrize(
    ("form", "first", "second"),
    [
        ("{o}They came,{c} said Mira Voss, {o}in the night.{c}", "They came,", "in the night."),
        (
            "{o}They came,{c} said Mira Voss, who has lived there since 1990, {o}at night.{c}",
            "They came,",
            "at night.",
        ),
        (
            "{o}They came,{c} said Mira Voss, whose son was taken, {o}and they took him.{c}",
            "They came,",
            "and they took him.",
        ),
        (
            "{o}They came,{c} said Mira Voss, who told the court that she hid in a cellar, "
            "{o}and they took him.{c}",
            "They came,",
            "and they took him.",
        ),
        (
            "{o}They came,{c} said Mira Voss, who has lived there since 1990. {o}It was dark.{c}",
            "They came,",
            "It was dark.",
        ),
        (
            "{o}They came,{c} Mira Voss said as she wiped her eyes. {o}It was dark.{c}",
            "They came,",
            "It was dark.",
        ),
        ("{o}Yes,{c} said Mira Voss. {o}No.{c}", "Yes,", "No."),
    ],
)
def test_a_quotation_broken_by_its_cue_is_one_claim(
    marks: str, form: str, first: str, second: str
) -> None:
    text = form.format(o=marks[0], c=marks[1])
    expected = f"{marks[0]}{first}{marks[1]} … {marks[0]}{second}{marks[1]}"
    assert [(who, content) for who, _, _, content in spoken(text)] == [("Mira Voss", expected)]


@pytest.mark.parametrize(
    "text",
    [
        "“They came,” said Mira Voss. Omar Reyes left the room. “It was very dark.”",
        "“They came,” said Mira Voss, and Omar Reyes left the room. “It was very dark.”",
        "“They came,” said Mira Voss.\n\n“It was very dark that night.”",
    ],
)
def test_a_quotation_after_another_sentence_or_paragraph_is_left_open(text: str) -> None:
    assert [who for who, _, _, _ in spoken(text)] == ["Mira Voss", None]


def test_two_cues_part_two_speakers_though_a_comma_joins_them() -> None:
    text = "“They came,” said Mira Voss, and Omar Reyes answered, “Nobody came.”"
    assert [(who, content) for who, _, _, content in spoken(text)] == [
        ("Mira Voss", "“They came,”"),
        ("Omar Reyes", "“Nobody came.”"),
    ]


def test_a_quotation_may_be_broken_more_than_once() -> None:
    text = "“You,” Mira Voss said, “and you,” pointing at the boys, “come with me.”"
    assert [(who, content) for who, _, _, content in spoken(text)] == [
        ("Mira Voss", "“You,” … “and you,” … “come with me.”")
    ]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("According to Mira Voss, “the soldiers came at night.”", "“the soldiers came at night.”"),
        (
            "“The soldiers came,” according to Mira Voss, “and took him.”",
            "“The soldiers came,” … “and took him.”",
        ),
        ("“The soldiers came,” the report quotes Mira Voss as saying.", "“The soldiers came,”"),
        ("“They came,” Mira Voss said – “and took him.”", "“They came,” … “and took him.”"),
    ],
)
def test_one_claim_is_made_of_what_one_phrase_ascribes(text: str, content: str) -> None:
    (only,) = found(text).claims
    assert only.mode is Mode.DIRECT
    assert name(text, only.speaker) == "Mira Voss"
    assert words(text, only.content) == content


def test_short_turns_without_a_cue_are_each_a_claim_of_nobody_known() -> None:
    assert [(who, content) for who, _, _, content in spoken("“Who?” “They did.” “No!”")] == [
        (None, "“Who?”"),
        (None, "“They did.”"),
        (None, "“No!”"),
    ]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("“They came at night.”\n— Mira Voss", "Mira Voss"),
        ("“They came at night.” — Mira Voss, nurse", "Mira Voss, nurse"),
        ("“They came at night.”\n\n– Mira Voss, 54.", "Mira Voss, 54"),
    ],
)
def test_a_quotation_is_who_signs_it(text: str, source: str) -> None:
    assert [(who, words) for who, words, _, _ in spoken(text)] == [("Mira Voss", source)]


@pytest.mark.parametrize(
    "text",
    [
        "“They came at night.” — Mira Voss left the room.",
        "“They came at night.”\n\nMira Voss",
        "“They came at night.” — 3 May 2019",
    ],
)
def test_a_dash_without_a_mere_name_signs_nothing(text: str) -> None:
    assert claim(text, "They came").speaker is None


def test_a_quotation_of_several_paragraphs_is_one_claim_of_its_speaker() -> None:
    text = (
        "“They came at night,” said Mira Voss. “They had masks.\n\n“They took my son.\n\n"
        "“I never saw him again.”\n\nThe army denies it."
    )
    assert spoken(text) == [
        (
            "Mira Voss",
            "Mira Voss",
            "said",
            "“They came at night,” … “They had masks. … “They took my son. … "
            "“I never saw him again.”",
        )
    ]


@pytest.mark.parametrize(
    "text",
    [
        "“They came at night and took him.” Mira Voss was crying.",
        "“They came at night and took him!” Mira Voss was crying.",
        "“They came at night and took him.” Mira Voss wept. The judge waited.",
        "“They came at night and took him!” Mira Voss told the court that she had hidden.",
        "“They came at night and took him.” Mira Voss said nothing more that day.",
        "“They came at night and took him.” Mira Voss spoke for two hours.",
    ],
)
def test_the_sentence_after_a_closed_quotation_gives_it_no_speaker(text: str) -> None:
    assert claim(text, "They came at night").speaker is None


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("“They came at night and took him.” said Mira Voss.", "Mira Voss"),
        ("“They came at night and took him!” cried Mira Voss.", "Mira Voss"),
        ("“Did they take him?” Mira Voss asked the judge.", "Mira Voss"),
        ("“Never,” said Mira Voss.", "Mira Voss"),
        ("“Never!” shouted Mira Voss.", "Mira Voss"),
        ("“Never,” said Mira Voss (80).", "Mira Voss"),
        ("‘Never’, said Mira Voss.", "Mira Voss"),
        ("Mira Voss, 54, a nurse: “They came at night and took him.”", "Mira Voss"),
        ("Mira Voss: “They came at night and took him.”", "Mira Voss"),
    ],
)
def test_the_words_beside_a_quotation_say_whose_it_is(text: str, who: str) -> None:
    assert [speaker for speaker, _, _, _ in spoken(text)] == [who]


# ---- by dashes


@pytest.mark.parametrize("dash", ["—", "–", "―"])
@pytest.mark.parametrize(
    ("form", "expected"),
    [
        (
            "{d} I saw them, said Mira Voss. {d} They came at night.",
            ("Mira Voss", "Mira Voss", "said", "I saw them … They came at night."),
        ),
        (
            "{d} I saw them, said Mira Voss, and they saw me.",
            ("Mira Voss", "Mira Voss", "said", "I saw them … and they saw me."),
        ),
        (
            "{d}I saw them {d} said Mira Voss {d} and they saw me.",
            ("Mira Voss", "Mira Voss", "said", "I saw them … and they saw me."),
        ),
        (
            "{d} Did you see them? asked Mira Voss.",
            ("Mira Voss", "Mira Voss", "asked", "Did you see them?"),
        ),
        (
            "{d} I saw them, Mira Voss said. She looked away.",
            ("Mira Voss", "Mira Voss", "said", "I saw them"),
        ),
        (
            "{d} I saw them, Mira Voss said, looking at the judge. He nodded.",
            ("Mira Voss", "Mira Voss", "said", "I saw them"),
        ),
        (
            "{d} I saw them, Mira Voss said, and they saw me. He nodded.",
            ("Mira Voss", "Mira Voss", "said", "I saw them … and they saw me."),
        ),
        (
            "{d} I saw them, the old teacher said quietly.",
            ("old teacher", "the old teacher", "said", "I saw them"),
        ),
    ],
)
def test_a_dash_opens_speech_that_its_cue_gives_to_somebody(
    dash: str, form: str, expected: Spoken
) -> None:
    assert spoken(form.format(d=dash)) == [expected]


def test_she_in_a_dialogue_by_dashes_is_who_was_named() -> None:
    text = "Mira Voss testified on Monday.\n\n— I saw them, she said. — They came at night."
    assert spoken(text) == [("Mira Voss", "she", "said", "I saw them … They came at night.")]


def test_a_turn_by_a_dash_without_a_cue_is_nobodys() -> None:
    text = (
        "— Did you see them? asked Mira Voss.\n\n— I saw them.\n\n"
        "— When? she asked.\n\n— At night, Omar Reyes answered."
    )
    turns = [(who, content) for who, _, _, content in spoken(text)]
    assert turns[0] == ("Mira Voss", "Did you see them?")
    assert turns[1] == (None, "I saw them.")
    assert turns[2][1] == "When?"
    assert turns[3] == ("Omar Reyes", "At night")


def test_an_answer_behind_a_question_in_one_paragraph_is_not_the_askers() -> None:
    text = "— Did you see them? asked Mira Voss. — I saw them all that night."
    assert [(who, content) for who, _, _, content in spoken(text)] == [
        ("Mira Voss", "Did you see them?"),
        (None, "I saw them all that night."),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The police seized:\n\n— three rifles;\n\n— a map of the valley.",
        "— Three men were arrested.\n\n— Two men were released.",
        "— The ministry said that three men were arrested.\n\n— The army said nothing.",
        "— Three men were arrested, police said.\n\n— Two men, the army said, were released.",
        "The bridge — the army said it was mined — was closed.",
        "Oslo — Mira Voss said that the bridge was closed.",
    ],
)
def test_a_list_or_an_insertion_by_dashes_is_no_dialogue(text: str) -> None:
    assert spoken(text) == []


# ---- what is no speech


@pytest.mark.parametrize(
    "text",
    [
        "Mira “Mimi” Voss left the town in May.",
        "Mira “the Lioness of Tarn” Voss left the town in May.",
        "Omar 'Big Mo' Reyes left the town in May.",
        "Omar (“Mo”) Reyes, known as “the man who never sleeps,” left in May.",
        "The so-called “Office for the Protection of the People” was closed.",
        "The so-called “enemies of all that is good,” were put on trial.",
        "The novel “What the River Took From Us” appeared in May.",
        "Her documentary, “Who Shot the Mayor?”, appeared in May.",
        "The song ‘We Will Never Leave’ was forbidden.",
        "A report titled “They Came for Us at Night” was printed in May.",
        "An article entitled “They came for us at night” was printed in May.",
        "The operation was called “Clean Hands.”",
        "His “trial” lasted ten minutes.",
        "The men were taken to a “guest house” in the hills.",
        "The ‘judges’ wore masks.",
        "The word “genocide” is not in the text.",
        "The term “persons without a home or papers” is not defined.",
        "The code word was “winter.”",
        "The unit, nicknamed “the Wolves,” left the town.",
    ],
)
def test_names_titles_terms_and_scare_quotes_are_no_claims(text: str) -> None:
    assert [(one.mode, words(text, one.content)) for one in found(text).claims] == []


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        (
            "“They came at night,” said Mira “Mimi” Voss.",
            "Mira “Mimi” Voss",
            "“They came at night,”",
        ),
        (
            "“They came at night,” Mira “Mimi” Voss said.",
            "Mira “Mimi” Voss",
            "“They came at night,”",
        ),
        (
            "“They came at night,” said Mira Voss, author of “The River,” “and took him.”",
            None,
            "“They came at night,” … “and took him.”",
        ),
        (
            "“They came at night,” said Mira Voss, head of the so-called “Unit,” on Monday.",
            None,
            "“They came at night,”",
        ),
    ],
)
def test_a_term_in_marks_stands_in_nobodys_way(text: str, source: str | None, content: str) -> None:
    ((who, source_words, cue, content_words),) = spoken(text)
    assert who is not None
    assert who.endswith("Voss")
    assert (cue, content_words) == ("said", content)
    assert source is None or source_words == source


@pytest.mark.parametrize(
    "text",
    [
        "The so-called “emergency,” Mira Voss said, was a lie.",
        "The “special unit for peace and order,” Mira Voss said, had fled.",
    ],
)
def test_a_term_inside_a_report_is_no_claim_of_its_own(text: str) -> None:
    assert spoken(text) == []


# ---- chants, banners, lists


@pytest.mark.parametrize(
    ("text", "source", "expected"),
    [
        (
            "The students chanted “Bread now”.",
            "The students",
            ["“Bread now”"],
        ),
        (
            "The students chanted “Open the gates” and “Bread now”.",
            "The students",
            ["“Open the gates”", "“Bread now”"],
        ),
        (
            "The students were chanting “Open the gates!”, “Bread now!” and “No more war!”",
            "The students",
            ["“Open the gates!”", "“Bread now!”", "“No more war!”"],
        ),
        (
            "The students marched on, chanting “Open the gates!” and “Bread now!”",
            "The students",
            ["“Open the gates!”", "“Bread now!”"],
        ),
        (
            "“Open the gates!”, “Bread now!”, chanted the students.",
            "the students",
            ["“Open the gates!”", "“Bread now!”"],
        ),
        (
            "“Open the gates!” chanted the students.",
            "the students",
            ["“Open the gates!”"],
        ),
        (
            "The students chanted:\n\n- “Open the gates!”\n\n- “Bread now!”\n\nPolice came.",
            "The students",
            ["“Open the gates!”", "“Bread now!”"],
        ),
        (
            "The students chanted slogans such as “Open the gates” and “Bread now”.",
            "The students",
            ["“Open the gates”", "“Bread now”"],
        ),
        (
            "The students chanted: “Open the gates!”, “Bread now!”, “No more war!”",
            "The students",
            ["“Open the gates!”", "“Bread now!”", "“No more war!”"],
        ),
    ],
)
def test_chants_are_each_a_claim_of_who_chants(text: str, source: str, expected: list[str]) -> None:
    assert contents(text) == expected
    assert {(who, source) for who, source, _, _ in spoken(text)} == {
        (source.rsplit(maxsplit=1)[-1], source),
    }


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("The students carried a banner reading “Bread now”.", "The students", "“Bread now”"),
        (
            "The students, holding a banner reading “Bread now”, marched on.",
            "The students",
            "“Bread now”",
        ),
        (
            "The students who held a banner reading “Bread now” marched on.",
            "The students",
            "“Bread now”",
        ),
        (
            "The students held banners proclaiming: “Bread now!”",
            "The students",
            "“Bread now!”",
        ),
        ("The students held signs that read “Open the gates”.", "The students", "“Open the gates”"),
        (
            "The students waved placards saying “We will not be silent”.",
            "The students",
            "“We will not be silent”",
        ),
        (
            "The students carried banners with the words “We will not be silent”.",
            "The students",
            "“We will not be silent”",
        ),
        (
            "The students carried a banner: “We will not be silent.”",
            "The students",
            "“We will not be silent.”",
        ),
        (
            "The students unfurled a banner with the slogan “Bread now!”",
            "The students",
            "“Bread now!”",
        ),
    ],
)
def test_what_a_banner_says_is_said_by_who_carries_it(text: str, source: str, content: str) -> None:
    ((who, source_words, _, content_words),) = spoken(text)
    assert (who, source_words, content_words) == ("students", source, content)


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("A banner on the bridge read “We will not be silent”.", "A banner on the bridge"),
        ("One sign said: “We will not be silent.”", "One sign"),
        ("There was a sign that read “We will not be silent”.", "a sign"),
    ],
)
def test_a_banner_that_nobody_carries_speaks_for_nobody_known(text: str, source: str) -> None:
    ((_, source_words, _, content),) = spoken(text)
    (only,) = found(text).claims
    assert source_words == source
    assert content.startswith("“We will not be silent")
    assert name(text, only.speaker) is None


def test_a_list_of_words_of_one_speaker_after_a_colon_is_the_speakers() -> None:
    text = (
        "Mira Voss told the court:\n\n“They came at night.”\n\n“They took my son.”\n\n"
        "The judge left."
    )
    assert [(who, content) for who, _, _, content in spoken(text)] == [
        ("Mira Voss", "“They came at night.”"),
        ("Mira Voss", "“They took my son.”"),
    ]


def test_words_beside_a_chant_without_a_comma_or_and_are_not_the_crowds() -> None:
    text = "The students chanted “Open the gates!” “We will not open them for anybody here.”"
    assert [who for who, _, _, content in spoken(text) if "anybody" in content] == [None]


# ---- transcripts


def test_names_that_open_paragraphs_name_who_speaks() -> None:
    text = (
        "Mira Voss: They came at night. They took my son.\n\n"
        "Omar Reyes: I saw that too.\n\nMira Voss: Nobody helped us."
    )
    assert spoken(text) == [
        ("Mira Voss", "Mira Voss", "", "They came at night. They took my son."),
        ("Omar Reyes", "Omar Reyes", "", "I saw that too."),
        ("Mira Voss", "Mira Voss", "", "Nobody helped us."),
    ]


@pytest.mark.parametrize(
    ("intro", "who"),
    [
        ("Interview with Mira Voss", "Mira Voss"),
        ("The witness Mira Voss was heard on Monday.", "Mira Voss"),
        ("Testimony of Mira Voss", "Mira Voss"),
        ("From an interview with the nurse Mira Voss in May:", "Mira Voss"),
        ("Omar Reyes interviewed Mira Voss in May.", "Mira Voss"),
        ("Q&A with Mira Voss", "Mira Voss"),
        ("Mira Voss was questioned by the prosecutor, Omar Reyes.", "Mira Voss"),
        ("The prosecutor called Mira Voss, a nurse, as a witness.", "Mira Voss"),
        ("Mira Voss testified in May.", "Mira Voss"),
        ("Mira Voss, sworn, was heard.", "Mira Voss"),
        ("The interview was arranged by Mira Voss.", None),
        ("An interview with a friend of Mira Voss", None),
        ("The witness told Mira Voss about it.", None),
        ("An interview with Mira Voss’s son", None),
        ("The hearing was held in May.", None),
        ("Mira Voss and Omar Reyes came to the hearing.", None),
        ("Interviews with Mira Voss and Omar Reyes", None),
    ],
)
@pytest.mark.parametrize("stop", [":", "."])
def test_a_is_who_the_text_says_answers(intro: str, who: str | None, stop: str) -> None:
    text = (
        f"{intro}\n\nQ{stop} Did you see the soldiers?\n\nA{stop} Yes. I saw them at night.\n\n"
        f"Q{stop} How many were there?\n\nA{stop} Ten or more."
    )
    assert spoken(text) == [
        (None, "Q", "", "Did you see the soldiers?"),
        (who, "A", "", "Yes. I saw them at night."),
        (None, "Q", "", "How many were there?"),
        (who, "A", "", "Ten or more."),
    ]


def test_labels_of_a_court_keep_their_words() -> None:
    text = (
        "Mira Voss was called. Karl Berg asked for the army.\n\n"
        "MR. BERG: Did you see the soldiers?\n\nTHE WITNESS: I saw them.\n\n"
        "THE COURT: Please speak up.\n\nMS. VOSS: I saw ten of them."
    )
    turns = spoken(text)
    assert [source for _, source, _, _ in turns] == [
        "MR. BERG",
        "THE WITNESS",
        "THE COURT",
        "MS. VOSS",
    ]
    assert [content for _, _, _, content in turns] == [
        "Did you see the soldiers?",
        "I saw them.",
        "Please speak up.",
        "I saw ten of them.",
    ]
    assert (turns[0][0], turns[3][0]) == ("Karl Berg", "Mira Voss")


def test_a_surname_that_two_people_share_names_neither() -> None:
    text = (
        "Mira Voss and Pavel Voss came.\n\nVOSS: They came at night.\n\n"
        "REYES: Who came?\n\nVOSS: The soldiers came."
    )
    assert spoken(text)[0][:2] == (None, "VOSS")


def test_a_label_may_stand_on_a_line_of_its_own() -> None:
    text = (
        "Interviewer:\nDid you see the soldiers?\n\nMira Voss:\nI saw them at night.\n\n"
        "Interviewer:\nHow many?\n\nMira Voss:\nTen or more."
    )
    assert [(source, content) for _, source, _, content in spoken(text)] == [
        ("Interviewer", "Did you see the soldiers?"),
        ("Mira Voss", "I saw them at night."),
        ("Interviewer", "How many?"),
        ("Mira Voss", "Ten or more."),
    ]
    assert spoken(text)[1][0] == "Mira Voss"


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        (
            "Witness 7: I saw the trucks.\n\nJudge Berg: How many?\n\nWitness 7: Six.",
            ["Witness 7", "Judge Berg", "Witness 7"],
        ),
        ("Q1: Who came?\nA1: Soldiers.\nQ2: When?\nA2: At night.", ["Q1", "A1", "Q2", "A2"]),
        ("**Q:** Who came?\n\n**A:** Soldiers.", ["Q", "A"]),
        (
            "[00:01:02] Interviewer: Who came?\n[00:01:05] Mira Voss: Soldiers came.",
            ["Interviewer", "Mira Voss"],
        ),
        ("JUDGE BERG: How many?\n\nMR VOSS: I counted six.", ["JUDGE BERG", "MR VOSS"]),
    ],
)
def test_labels_may_have_numbers_titles_and_marks(text: str, sources: list[str]) -> None:
    assert [source for _, source, _, _ in spoken(text)] == sources


def test_i_in_a_turn_is_who_speaks_it() -> None:
    text = (
        "Mira Voss: I told them that he was shot.\n\nInterviewer: By whom?\n\n"
        "Mira Voss: By the guards."
    )
    inner = claim(text, "that he was shot")
    assert name(text, inner.speaker) == "Mira Voss"
    assert inner.within == claim(text, "I told").id


def test_an_answer_goes_on_while_its_paragraphs_speak_in_the_first_person() -> None:
    text = (
        "Interview with Mira Voss\n\nQ: What did you see?\n\nA: Soldiers came.\n\n"
        "I hid in the cellar.\n\nQ: And then?\n\nA: I ran.\n\nThe hearing ended at noon."
    )
    assert [content for who, _, _, content in spoken(text) if who] == [
        "Soldiers came. … I hid in the cellar.",
        "I ran.",
    ]


def test_what_a_witness_reports_in_a_transcript_lies_within_the_answer() -> None:
    text = (
        "Interview with Mira Voss\n\nQ: Who told you?\n\n"
        "A: Omar Reyes told me that the army had come.\n\nQ: When?\n\nA: In May."
    )
    outer, inner = claim(text, "Omar Reyes told"), claim(text, "that the army")
    assert (name(text, inner.speaker), inner.within) == ("Omar Reyes", outer.id)
    assert name(text, outer.speaker) == "Mira Voss"


@pytest.mark.parametrize(
    "text",
    [
        "Name: Mira Voss\n\nBorn: 1961 in Tarn\n\nOccupation: nurse",
        "Judge: Mira Voss\n\nClerk: Omar Reyes\n\nProsecutor: Karl Berg",
        "Oslo: Three people were killed.\n\nBergen: Two people were hurt.",
        "Note: The bridge was closed.\n\nUpdate: The bridge was opened.",
        "Mira Voss: The nurse was taken in May.\n\nOmar Reyes: The teacher was shot in June.",
        "Police: Two men were shot.\n\nThe bridge was closed.",
        "Justice: The courts were closed in May.\n\nHealth: The hospitals were closed in May.",
        "Mira Voss: A Life in the Law\n\nShe was born in 1961.",
        "Plan A: We leave at noon.\n\nPlan B: We stay at home.",
        "A. The bridge\n\nB. The river",
        "A: The bridge was closed.\n\nB: The river was high.",
    ],
)
def test_a_list_with_labels_is_no_transcript(text: str) -> None:
    assert spoken(text) == []


# ---- changes of scene


@pytest.mark.parametrize(
    "between",
    [
        "* * *",
        "***",
        "---",
        "———",
        "#",
        "• • •",
        "The night in Tarn",
        "3 May 2019",
        "Tarn, 3 May 2019.",
        "## The trial",
    ],
)
@pytest.mark.parametrize(
    "before",
    [
        "“The bridge is closed,” said Mira Voss.",
        "Mira Voss told the court:",
        "The witness Mira Voss told the court:\n\n“They came at night.”",
        "Mira Voss testified in May. She said that the bridge was closed.",
    ],
)
def test_no_speaker_is_carried_over_a_change_of_scene(before: str, between: str) -> None:
    text = f"{before}\n\n{between}\n\n“Nothing was left of the whole village.”"
    assert claim(text, "Nothing was left").speaker is None


@pytest.mark.parametrize("between", ["* * *", "The night in Tarn", "Tarn, 3 May 2019"])
def test_a_after_a_change_of_scene_is_not_the_witness_of_before(between: str) -> None:
    text = (
        "Interview with Mira Voss\n\nQ: Who came?\n\nA: Soldiers came.\n\n"
        f"{between}\n\nQ: Who shot?\n\nA: The guards shot."
    )
    assert [who for who, source, _, _ in spoken(text) if source == "A"] == ["Mira Voss", None]


@pytest.mark.parametrize("between", ["* * *", "---", "The night in Tarn", "Tarn, 3 May 2019"])
def test_she_after_a_change_of_scene_is_not_who_was_named_before(between: str) -> None:
    text = (
        f"Mira Voss testified in May.\n\n{between}\n\n“Nothing was left of the village,” she said."
    )
    assert claim(text, "Nothing was left").speaker is None


@pytest.mark.parametrize("between", ["* * *", "The night in Tarn", "3 May 2019"])
def test_speech_without_marks_ends_where_the_scene_changes(between: str) -> None:
    text = (
        f"Mira Voss said:\n\nI saw the soldiers.\n\n{between}\n\nI was a child then.\n\nIt rained."
    )
    assert [content for who, _, _, content in spoken(text) if who] == ["I saw the soldiers."]


def test_a_scene_change_right_after_a_colon_leaves_nothing_to_say() -> None:
    text = "Mira Voss said:\n\n* * *\n\nThe bridge was closed."
    assert spoken(text) == []


# ---- another's words are not the witness's


def test_a_turn_of_somebody_unknown_is_not_the_witnesss() -> None:
    text = (
        "Mira Voss: Did you see the guards shoot?\n\nOmar Reyes: Yes. I stood at the gate.\n\n"
        "Voice from the floor: I never gave an order, and you know that.\n\n"
        "Mira Voss: Who gave it then?\n\nOmar Reyes: I do not know."
    )
    said = {content: who for who, _, _, content in spoken(text)}
    assert said["Yes. I stood at the gate."] == "Omar Reyes"
    assert not any("never gave" in content and who for content, who in said.items())


def test_no_claim_reaches_into_another_ones_turn() -> None:
    text = (
        "BRIAN HOLT: So, as the judge, I think, said the jury had to find that the guard was "
        "negligent. Is that correct?\n\nANNA BERG: Yes. The best the experts could say was that "
        "they agreed that the fire started in the kitchen."
    )
    for one in found(text).claims:
        whole = text[one.content[0].start : one.content[-1].end]
        assert not ("correct?" in whole and "Yes." in whole)
