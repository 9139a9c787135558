"""What a second verb is joined to: the verb that it goes on from."""

from __future__ import annotations

import pytest

from tests.extraction.found import parsed, said


@pytest.mark.parametrize(
    ("text", "verb", "first"),
    [
        ("He denied that soldiers fired at them and said that rebels did.", "said", "denied"),
        ("He denied that soldiers fired at them and accused Omar of lying.", "accused", "denied"),
        ("They agreed to free the hostages and freed nine of them.", "freed", "agreed"),
        # where both readings are common, or the clause goes on, the parser's reading stays
        ("He said that soldiers came and told him to leave.", "told", "came"),
        ("He denied that soldiers came and told him to leave.", "told", "came"),
        ("He denied that soldiers killed a farmer and burned a house.", "burned", "killed"),
        ("They agreed to free the hostages and to leave the town.", "leave", "free"),
    ],
)
def test_a_verb_is_joined_to_the_one_it_goes_on_from(text: str, verb: str, first: str) -> None:
    (token,) = [token for token in parsed(text).doc if token.text == verb]
    assert token.head.text == first


def test_sentences_stay_as_they_are() -> None:
    text = "He denied that soldiers fired at them and said that rebels did. He left."
    assert [sentence.text for sentence in parsed(text).doc.sents] == [text[:-9], "He left."]


def test_the_soldiers_of_whom_a_thing_is_denied_do_not_speak() -> None:
    text = "Dana Holt denied that soldiers fired and accused Omar Reyes of lying."
    assert [(who, cue) for who, cue, _ in said(text)] == [
        ("Dana Holt", "denied"),
        ("Dana Holt", "accused"),
    ]
