"""What the learned tagger found joins what the rules find."""

from __future__ import annotations

import pytest

from kg.extraction import extract
from kg.extraction.attribution import Attribution
from kg.extraction.claims.joined import join
from kg.extraction.claims.learned import find_learned
from kg.extraction.claims.quoted import find_quoted
from kg.extraction.claims.reported import find_reported
from kg.extraction.claims.wholes import whole
from kg.extraction.lexicon import lexicon
from kg.model import Mode, Settings, Span
from tests.extraction.found import claim, document, event, found, name, parsed, said, words


def attribution(text: str, source: str, cue: str, *content: str) -> Attribution:
    """An attribution of words by where they first stand."""

    def place(part: str) -> tuple[int, int]:
        start = text.index(part)
        return start, start + len(part)

    return Attribution(
        source=(place(source),) if source else (),
        cue=(place(cue),),
        content=tuple(map(place, content)),
        score=0.9,
    )


def joined(text: str, *attributions: Attribution) -> list[tuple[str, str, str]]:
    """Of each joined draft the words of source, cue and content, in the order of the text."""
    reading, lists = parsed(text), lexicon()
    quoted, rest = find_quoted(reading, lists.cues, list(find_reported(reading, lists)))
    drafts = join(reading, find_learned(reading, lists, attributions), [*quoted, *rest])
    return [
        (words(text, d.source), words(text, d.cue_spans), words(text, d.content))
        for d in sorted(drafts, key=lambda draft: draft.content)
    ]


def test_the_tagger_decides_where_both_found_something() -> None:
    text = "Dana Holt said the bridge was closed in May."
    tagged = attribution(text, "Dana Holt", "said", "the bridge was closed")
    assert joined(text, tagged) == [("Dana Holt", "said", "the bridge was closed")]


def test_what_only_the_rules_find_stays_where_it_is_speech() -> None:
    text = "Dana Holt said that the bridge was closed. Omar Reyes believes that it was mined."
    assert joined(text) == [("Dana Holt", "said", "that the bridge was closed")]


def test_what_only_the_tagger_finds_is_a_claim() -> None:
    text = "Dana Holt was adamant that the bridge was closed."
    tagged = attribution(text, "Dana Holt", "was adamant", "that the bridge was closed")
    assert joined(text, tagged) == [("Dana Holt", "was adamant", "that the bridge was closed")]


def test_speech_that_somebody_reports_is_a_link_of_the_chain() -> None:
    text = "Dana Holt said that Omar Reyes told her that the bridge was mined."
    tagged = attribution(
        text, "Dana Holt", "said", "that Omar Reyes told her that the bridge was mined"
    )
    assert joined(text, tagged)[1] == ("Omar Reyes", "told", "that the bridge was mined")


@pytest.mark.parametrize(
    "inner",
    ["I think that the bridge was mined", "people say that the bridge was mined"],
)
def test_how_sure_a_speaker_is_and_hearsay_of_nobody_are_no_further_speakers(inner: str) -> None:
    text = f"“{inner},” Dana Holt said."
    tagged = attribution(text, "Dana Holt", "said.", f"“{inner},”")
    assert joined(text, tagged) == [("Dana Holt", "said", f"“{inner},”")]


def test_an_act_is_no_claim() -> None:
    text = "Judges convicted Dana Holt of murder."
    assert joined(text, attribution(text, "Judges", "convicted", "Dana Holt of murder")) == []


def test_a_quotation_ends_at_its_marks_where_its_cue_parts_it_from_more() -> None:
    text = "“The bridge is closed,” Dana Holt said as soldiers left the town."
    tagged = attribution(
        text, "Dana Holt", "said", "“The bridge is closed,”", "soldiers left the town"
    )
    assert joined(text, tagged) == [("Dana Holt", "said", "“The bridge is closed,”")]


def test_what_a_noun_says_ends_with_its_clause() -> None:
    text = "Dana Holt’s claim that the bridge had fallen was printed at once."
    tagged = attribution(
        text, "Dana Holt’s", "claim", "that the bridge had fallen was printed at once"
    )
    assert [content for _, _, content in joined(text, tagged)] == ["that the bridge had fallen"]


def test_quotation_marks_around_every_fragment_make_it_direct() -> None:
    text = "“The bridge,” Dana Holt said, “is closed.”"
    tagged = attribution(text, "Dana Holt", "said", "“The bridge,”", "“is closed.”")
    (draft,) = find_learned(parsed(text), lexicon(), [tagged])
    assert draft.mode is Mode.DIRECT


def test_a_source_whose_head_the_parser_lost_is_the_one_name_in_it() -> None:
    text = "Presiding Judge Dana Holt said the crimes had been grave."
    assert said(text) == [("Dana Holt", "said", "the crimes had been grave")]


def test_without_the_tagger_the_rules_stand_alone() -> None:
    text = "Dana Holt was adamant that it was mined. Omar Reyes said that it was closed."
    claims = extract(document(text), settings=Settings(attribution="rules")).claims
    assert [claim.method for claim in claims] == ["rule:verb-of-saying"]


# ---- in whose voice


@pytest.mark.parametrize("verb", ["condemned", "opposed", "praised", "supported"])
def test_what_an_attitude_is_about_is_the_documents_own_word(verb: str) -> None:
    text = f"Dana Holt {verb} the massacre in Arden in May."
    assert event(text, "massacre").within is None


@pytest.mark.parametrize(
    "text",
    [
        "Dana Holt denied the massacre in Arden.",
        "Dana Holt condemned the killings in Arden as a massacre.",
        "Dana Holt said that the massacre in Arden was planned.",
    ],
)
def test_what_a_claim_says_of_an_event_is_its_speakers(text: str) -> None:
    (only,) = found(text).claims
    assert name(text, only.speaker) == "Dana Holt"
    assert event(text, "massacre").within == only.id


def test_only_what_is_made_of_a_thing_is_said_where_it_is_called_something() -> None:
    text = "The killings in Arden have been described as a massacre."
    only = claim(text, "The killings")
    assert [part.of(text) for part in only.content] == ["The killings in Arden", "as a massacre"]
    assert (event(text, "killings").within, event(text, "massacre").within) == (None, only.id)
    assert only.voiced == (Span(text.index("as a"), text.index(".")),)


def test_what_the_tagger_dropped_from_a_sentence_is_put_back() -> None:
    text = "Omar Reyes told the court that his captain, Dana Holt, ordered him to fire."
    tagged = attribution(text, "Omar Reyes", "told", "that his captain, Dana Holt,", "him to fire")
    contents = [content for _, _, content in joined(text, tagged)]
    assert contents[0] == "that his captain, Dana Holt, ordered him to fire"


def test_the_words_for_saying_it_still_part_what_is_said() -> None:
    text = "The bridge, Omar Reyes said, was closed in May."
    tagged = attribution(text, "Omar Reyes", "said", "The bridge", "was closed in May")
    assert [content for _, _, content in joined(text, tagged)] == ["The bridge … was closed in May"]


def test_a_question_that_is_open_is_read_to_its_end() -> None:
    text = "Whether Omar Reyes will be put on trial is not known."
    tagged = attribution(text, "", "is not known", "Whether Omar Reyes")
    (only,) = (content for _, _, content in joined(text, tagged))
    assert only == "Whether Omar Reyes will be put on trial"


def test_a_fragment_does_not_end_in_a_preposition() -> None:
    text = "In March, Dana Holt added, he was told of the raid."
    tagged = attribution(text, "Dana Holt", "added", "In", "he was told of the raid")
    (only,) = (content for _, _, content in joined(text, tagged))
    assert only == "In March … he was told of the raid"


def test_a_fragment_that_takes_its_noun_is_one_with_the_next() -> None:
    text = "Berg is regarded as the leading voice of the court."
    reading = parsed(text)
    parts = [Span(text.index(w), text.index(w) + len(w)) for w in ("as", "the leading voice")]
    (one,) = whole(reading, parts, ())
    assert one.of(text) == "as the leading voice of the court"
