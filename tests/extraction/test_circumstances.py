"""When, to whom and where something was said, and documents that speak."""

from __future__ import annotations

import pytest

from kg.extraction.claims.reported import find_reported
from kg.extraction.lexicon import lexicon
from kg.model import Claim, EntityKind
from tests.extraction.found import claim, entity, found, name, parsed, words


def only(text: str) -> Claim:
    """The one claim of a text."""
    (one,) = found(text).claims
    return one


def told(text: str) -> tuple[str | None, str]:
    """Who is told in the one claim of a text: the entity, and the words for it."""
    one = only(text)
    return name(text, one.addressee), words(text, one.addressee_spans)


def carried(text: str) -> tuple[str | None, str]:
    """In what or where the one claim of a text is made: the entity, and the words for it."""
    one = only(text)
    return name(text, one.medium), words(text, one.medium_spans)


def said_at(text: str) -> str | None:
    """When the one claim of a text is said to be made."""
    time = only(text).said
    return None if time is None else time.text


# ---- to whom


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Holt told Anna Berg that the mill was shut.", ("Anna Berg", "Anna Berg")),
        ("Holt told Anna Berg the mill was shut.", ("Anna Berg", "Anna Berg")),
        ("“The mill is shut,” Holt told reporters in Geneva.", ("reporters", "reporters")),
        ("Holt told the court that the mill was shut.", ("court", "the court")),
        ("The minister told the BBC that the mill was shut.", ("BBC", "the BBC")),
        ("Holt informed parliament that the mill was shut.", ("parliament", "parliament")),
        ("Holt told the unit that the mill was shut.", ("unit", "the unit")),
        ("Holt told judges on Monday he was innocent.", ("judges", "judges")),
        ("Holt wrote to Anna Berg that the mill was shut.", ("Anna Berg", "Anna Berg")),
        ("Holt wrote to Anna Berg, saying that the mill was shut.", ("Anna Berg", "Anna Berg")),
        ("Holt asked Berg whether the mill was shut.", ("Berg", "Berg")),
        ("Holt urged the court to release him.", ("court", "the court")),
        ("Holt ordered the guards to leave.", ("guards", "the guards")),
        ("Holt called on the government to act.", ("government", "the government")),
        ("Holt testified before the commission that he was ill.", ("commission", "the commission")),
        ("“Leave!” Holt shouted at the guards.", ("guards", "the guards")),
        ("“The mill is shut,” Holt said, speaking to villagers.", ("villagers", "villagers")),
        ("In a letter to the court, Holt wrote that he was ill.", ("court", "the court")),
        ("In remarks to journalists, Holt denied that he was ill.", ("journalists", "journalists")),
        ("Holt said in an answer to Anna Berg that he was ill.", ("Anna Berg", "Anna Berg")),
        ("In a letter sent to Anna Berg, Holt wrote that he was ill.", ("Anna Berg", "Anna Berg")),
        ("A letter to Anna Berg said that Holt was ill.", ("Anna Berg", "Anna Berg")),
        ("According to a letter to the court, Holt was ill.", ("court", "the court")),
        ("Holt told the inquiry that the mill was shut.", (None, "the inquiry")),
        ("Holt told state television that the mill was shut.", (None, "state television")),
        (
            "Holt told a local radio station that the mill was shut.",
            (None, "a local radio station"),
        ),
    ],
)
def test_who_is_told_is_kept_apart_from_what_is_said(
    text: str, expected: tuple[str | None, str]
) -> None:
    assert told(text) == expected


def test_of_several_who_are_told_the_words_are_kept_and_none_is_chosen() -> None:
    text = "Holt told Anna Berg and Omar Reyes that the mill was shut."
    assert told(text) == (None, "Anna Berg and Omar Reyes")


def test_a_pronoun_that_may_stand_for_two_leaves_the_words() -> None:
    text = "Anna Berg and Mary Cole left. Holt told her that the mill was shut."
    assert told(text) == (None, "her")


@pytest.mark.parametrize(
    "text",
    [
        "Holt told himself that it was over.",
        "Holt said the mill was shut.",
        "Holt said that Reyes had written to Anna Berg.",
        "Holt ordered the guards to be arrested.",
        "The law required the guards to leave, Holt said.",
        "Holt accused the army of shooting at farmers.",
        "Holt told a lie, saying that the mill was haunted.",
        "According to Holt, the mill was sold to Anna Berg.",
        "Holt believed that the mill was shut.",
        "Holt is said to have fled to the villagers.",
        "“Give it to the guards,” Holt said.",
        "Holt asked: “Judges?”",
        "Holt warned: “Anna Berg lies.”",
    ],
)
def test_nobody_is_told_where_the_words_do_not_say_so(text: str) -> None:
    assert [(one.addressee, one.addressee_spans) for one in found(text).claims] == [(None, ())]


# ---- where and by what means


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In a letter to the court, Holt wrote that he was ill.", ("letter", "In a letter")),
        (
            "Holt said in a speech at an online conference on Monday that the mill was shut.",
            (None, "in a speech at an online conference"),
        ),
        ("Holt told a press conference that he was ill.", (None, "a press conference")),
        ("Holt said on state television that he was ill.", (None, "on state television")),
        ("Holt said on Facebook that the mill was shut.", ("Facebook", "on Facebook")),
        (
            "Holt said in an interview with the Daily Post that the mill was shut.",
            ("Daily Post", "in an interview with the Daily Post"),
        ),
        ("Holt wrote in the Guardian that the mill was shut.", ("Guardian", "in the Guardian")),
        ("Holt testified in court that the mill was shut.", (None, "in court")),
        ("Holt testified under oath that the mill was shut.", (None, "under oath")),
        ("Officials said in Geneva that the mill was shut.", ("Geneva", "in Geneva")),
        ("“The mill is shut,” Holt said in Geneva.", ("Geneva", "in Geneva")),
        ("“The mill is shut,” Holt told reporters in Geneva.", ("Geneva", "in Geneva")),
        (
            "“The mill is shut,” Holt told supporters at a rally in Oslo.",
            (None, "at a rally in Oslo"),
        ),
        (
            "Speaking at a rally in Oslo on Monday, Holt said the mill was shut.",
            (None, "at a rally in Oslo"),
        ),
        ("Holt said in a statement that the mill was shut.", ("statement", "in a statement")),
        ("Holt said by telephone that the mill was shut.", (None, "by telephone")),
        ("At the hearing Holt said that the mill was shut.", (None, "At the hearing")),
    ],
)
def test_where_and_by_what_means_is_kept_with_its_words(
    text: str, expected: tuple[str | None, str]
) -> None:
    assert carried(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "In Geneva, officials said the mill was shut.",
        "Officials said the mill in Geneva was shut.",
        "Officials said that in Geneva the mill was shut.",
        "Holt denied the killings in court.",
        "In court Holt is said to have wept.",
        "Residents in Lisbon said the mill was shut.",
        "Holt told residents in Lisbon that the mill was shut.",
        "Holt said in 2008 that the mill was shut.",
        "Holt said on Hamas that the group was armed.",
        "Holt said in fact that the mill was shut.",
        "“We met in Geneva,” Holt said.",
    ],
)
def test_a_place_that_may_belong_to_what_is_said_is_left_out(text: str) -> None:
    claims = found(text).claims
    assert [(one.medium, one.medium_spans) for one in claims] == [(None, ())] * len(claims)


# ---- when


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Holt said on Tuesday that the mill was shut.", "Tuesday"),
        ("On Tuesday Holt said that the mill was shut.", "Tuesday"),
        ("Holt said on Tuesday that the mill had been shut on Monday.", "Tuesday"),
        ("“The mill is shut,” Holt told reporters on Tuesday.", "Tuesday"),
        ("“The mill is shut,” Holt told reporters in Geneva on Tuesday.", "Tuesday"),
        ("Speaking at a rally on Monday, Holt said the mill was shut.", "Monday"),
        ("Holt testified in court on 3 May 2019 that the mill was shut.", "3 May 2019"),
        ("Holt said at the hearing of 3 May 2019 that the mill was shut.", "3 May 2019"),
        ("In a letter sent to Berg on 3 May 2019, Holt wrote that he was ill.", "3 May 2019"),
        ("In a letter dated 3 May 2019 Holt wrote that he was ill.", "3 May 2019"),
        ("A report published in 2015 said that the mill was shut.", "2015"),
        ("According to a report published in 2015, the mill was shut.", "2015"),
        ("Holt said that on Tuesday the mill was shut.", None),
        ("Holt said the mill was shut on Tuesday.", None),
        ("Holt, who resigned on Tuesday, said the mill was shut.", None),
        ("After he was released on Tuesday, Holt said the mill was shut.", None),
        ("Holt told the victims of Tuesday that nobody was punished.", None),
        ("“The mill was shut on Tuesday,” Holt said.", None),
    ],
)
def test_when_it_was_said_is_not_when_it_happened(text: str, expected: str | None) -> None:
    assert said_at(text) == expected


# ---- documents that speak


@pytest.mark.parametrize(
    ("text", "start", "speaker"),
    [
        ("The report said that the army shot 12 men.", "that the army", "report"),
        ("A UN report said the army had shot 12 men.", "the army", "UN report"),
        ("According to a 2015 letter, the army shot 12 men.", "the army", "2015 letter"),
        ("The indictment alleges that Holt hired the men.", "that Holt", "indictment"),
        ("A press release said that the mill was shut.", "that the mill", "press release"),
        ("The statement added that nobody was hurt.", "that nobody", "statement"),
        ("The study found that prisoners were beaten.", "that prisoners", "study"),
        ("The Halberg Report said that the mill was shut.", "that the mill", "Halberg Report"),
        ("The medical records show that they were beaten.", "that they", "medical records"),
    ],
)
def test_a_document_that_says_something_is_its_speaker(text: str, start: str, speaker: str) -> None:
    one = claim(text, start)
    assert name(text, one.speaker) == speaker
    assert entity(text, speaker).kind is EntityKind.DOCUMENT


@pytest.mark.parametrize("subject", ["The newspaper", "The news agency", "The website"])
def test_who_publishes_is_an_organisation(subject: str) -> None:
    text = f"{subject} said that the mill was shut."
    (speaker,) = (one for one in found(text).entities if one.id == only(text).speaker)
    assert speaker.kind is EntityKind.ORGANIZATION


def test_bare_reports_are_nobody_known_and_keep_their_words() -> None:
    text = "Reports said the army had shot 12 men."
    assert only(text).speaker is None
    assert words(text, only(text).source) == "Reports"


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("A report by Northern Watch said so. The report added that nobody fled.", True),
        ("The minister issued a statement. The statement said that nobody fled.", True),
        ("Holt wrote in a letter that he was ill. The letter said that nobody fled.", True),
        ("The Halberg Report is out. The report said that nobody fled.", True),
        ("A 2015 report by the union is out. The 2016 report said that nobody fled.", False),
        ("A report by the union is out. The court report said that nobody fled.", False),
        (
            "A letter from Holt and a letter from Reyes came. The letter said that nobody fled.",
            False,
        ),
    ],
)
def test_the_report_takes_up_the_one_report_before_it(text: str, *, same: bool) -> None:
    one = claim(text, "that nobody fled")
    (speaker,) = (other for other in found(text).entities if other.id == one.speaker)
    first = one.source[0]
    assert any(mention.span.end <= first.start for mention in speaker.mentions) is same


def test_of_two_reports_the_one_of_the_sentence_before_is_taken_up() -> None:
    text = (
        "A report by the union said that two men fled. They were never seen again. "
        "Nobody looked for them. A report by the church said that 12 men fled. "
        "The report added that nobody came back."
    )
    assert claim(text, "that nobody came back").speaker == claim(text, "that 12 men").speaker
    assert claim(text, "that 12 men").speaker != claim(text, "that two men").speaker


def test_a_document_holds_no_office_and_takes_part_in_nothing() -> None:
    text = (
        "The author of the report, Dana Holt, was arrested after the report’s attack on the army."
    )
    findings = found(text)
    assert [role.organization for role in findings.roles] == [None]
    documents = {one.id for one in findings.entities if one.kind is EntityKind.DOCUMENT}
    assert not documents & {part.entity for one in findings.events for part in one.participants}


# ---- sources in the passive, beside the clause, and unknown


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Dana Holt was said by neighbours to have fled.",
            ("neighbours", "neighbours", "was said", "Dana Holt … to have fled"),
        ),
        (
            "It is claimed by the union that Holt had died.",
            ("union", "the union", "is claimed", "that Holt had died"),
        ),
        (
            "The army was blamed by residents for the killings.",
            ("residents", "residents", "was blamed", "The army … for the killings"),
        ),
        (
            "Reporters were told that the mill was shut.",
            (None, "", "were told", "that the mill was shut"),
        ),
        (
            "Anna Berg was told by the mayor that the mill was shut.",
            ("mayor", "the mayor", "was told", "that the mill was shut"),
        ),
        (
            "Holt was asked by villagers whether the mill was shut.",
            ("villagers", "villagers", "was asked", "whether the mill was shut"),
        ),
        (
            "As Dana Holt told reporters, the mill was shut.",
            ("Dana Holt", "Dana Holt", "told", "the mill was shut"),
        ),
        (
            "The mill was shut, as Dana Holt said on Monday.",
            ("Dana Holt", "Dana Holt", "said", "The mill was shut"),
        ),
        (
            "Dana Holt was quoted as saying that the mill was shut.",
            ("Dana Holt", "Dana Holt", "saying", "that the mill was shut"),
        ),
        (
            "Holt resigned after saying that the mill was shut.",
            ("Holt", "Holt", "saying", "that the mill was shut"),
        ),
        ("Holt is rumoured to have died.", (None, "", "is rumoured", "Holt … to have died")),
        ("It is alleged that Holt fled.", (None, "", "is alleged", "that Holt fled")),
        ("Reportedly, the mill was shut.", (None, "", "Reportedly", "the mill was shut")),
        (
            "There are reports that soldiers shot 12 men.",
            (None, "", "reports", "that soldiers shot 12 men"),
        ),
        (
            "Amid claims that soldiers shot 12 men, Holt resigned.",
            (None, "", "claims", "that soldiers shot 12 men"),
        ),
        (
            "Holt received reports that soldiers shot 12 men.",
            (None, "", "reports", "that soldiers shot 12 men"),
        ),
    ],
)
def test_the_source_is_found_wherever_it_stands(
    text: str, expected: tuple[str | None, str, str, str]
) -> None:
    one = only(text)
    spans = (words(text, spans) for spans in (one.source, one.cue, one.content))
    assert (name(text, one.speaker), *spans) == expected


def test_who_is_told_in_the_passive_is_its_subject() -> None:
    assert told("Anna Berg was told by the mayor that the mill was shut.") == (
        "Anna Berg",
        "Anna Berg",
    )


@pytest.mark.parametrize(
    "text",
    [
        "The agency quoted Dana Holt as saying that the mill was shut.",
        "Dana Holt was quoted by the agency as saying that the mill was shut.",
    ],
)
def test_who_quotes_passes_on_what_the_quoted_says(text: str) -> None:
    one = claim(text, "that the mill")
    outer = next(other for other in found(text).claims if other.id == one.within)
    assert name(text, one.speaker) == "Dana Holt"
    assert name(text, outer.speaker) == "agency"


def test_what_reports_say_is_not_the_documents_own_voice() -> None:
    text = "There are reports that soldiers killed 12 men."
    (event,) = found(text).events
    assert event.within == only(text).id


@pytest.mark.parametrize(
    "text",
    [
        "There are no reports that soldiers shot 12 men.",
        "There is no doubt that soldiers shot 12 men.",
        "As Holt spoke, shots were fired.",
        "As police arrived, the men fled.",
    ],
)
def test_what_nobody_says_is_no_claim(text: str) -> None:
    assert found(text).claims == ()


@pytest.mark.parametrize(
    "text",
    [
        "As Holt announced the closure, shots were fired.",
        "As Holt spoke, shots were fired.",
        "Holt was seen as leaving the hall.",
    ],
)
def test_the_rules_take_no_other_as_for_a_source(text: str) -> None:
    assert list(find_reported(parsed(text), lexicon())) == []
