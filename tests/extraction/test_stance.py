"""What the words around a thing hold of it: whether it is so, and how surely."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extraction.lexicon import lexicon
from kg.extraction.stance import combine, stance_of
from kg.model import Certainty, Polarity, Stance
from tests.extraction.found import parsed

YES, NO = Polarity.AFFIRMED, Polarity.DENIED
SURE, LIKELY = Certainty.CERTAIN, Certainty.PROBABLE
MAYBE, UNREAL = Certainty.POSSIBLE, Certainty.UNREAL

#: A sentence, the word in it that names a thing, and what the sentence holds of it.
SENTENCES: list[tuple[str, str, Polarity, Certainty]] = [
    # said plainly
    ("Soldiers killed a farmer.", "killed", YES, SURE),
    ("A farmer was killed by soldiers.", "killed", YES, SURE),
    ("The massacre took place in May.", "massacre", YES, SURE),
    ("Soldiers had begun to kill farmers.", "kill", YES, SURE),
    ("Soldiers continued killing farmers.", "killing", YES, SURE),
    ("He fled because soldiers killed farmers.", "killed", YES, SURE),
    ("The soldiers who killed a farmer fled.", "killed", YES, SURE),
    ("He fled after the massacre.", "massacre", YES, SURE),
    ("He recalled the massacre.", "massacre", YES, SURE),
    ("The farmer killed in May was old.", "killed", YES, SURE),
    ("She helped to free the hostages.", "free", YES, SURE),
    # denied
    ("Soldiers did not kill a farmer.", "kill", NO, SURE),
    ("Soldiers didn’t kill a farmer.", "kill", NO, SURE),
    ("Soldiers never killed a farmer.", "killed", NO, SURE),
    ("Nobody killed a farmer.", "killed", NO, SURE),
    ("No soldier killed a farmer.", "killed", NO, SURE),
    ("Neither of them killed a farmer.", "killed", NO, SURE),
    ("No massacre took place.", "massacre", NO, SURE),
    ("There was no massacre.", "massacre", NO, SURE),
    ("The massacre never happened.", "massacre", NO, SURE),
    ("The trial did not begin.", "trial", NO, SURE),
    ("Soldiers failed to kill a farmer.", "kill", NO, SURE),
    ("Soldiers refused to kill a farmer.", "kill", NO, SURE),
    ("He denied that soldiers killed a farmer.", "killed", NO, SURE),
    ("He denied killing a farmer.", "killing", NO, SURE),
    ("Soldiers were prevented from killing a farmer.", "killing", NO, SURE),
    ("He did not deny that soldiers killed a farmer.", "killed", YES, SURE),
    ("He did not doubt that soldiers killed a farmer.", "killed", YES, SURE),
    ("There is no doubt that soldiers killed a farmer.", "killed", YES, SURE),
    # less than sure
    ("Soldiers may have killed a farmer.", "killed", YES, MAYBE),
    ("Soldiers might have killed a farmer.", "killed", YES, MAYBE),
    ("Perhaps soldiers killed a farmer.", "killed", YES, MAYBE),
    ("Soldiers possibly killed a farmer.", "killed", YES, MAYBE),
    ("Soldiers allegedly killed a farmer.", "killed", YES, MAYBE),
    ("An alleged massacre drew notice.", "massacre", YES, MAYBE),
    ("A suspected attack drew notice.", "attack", YES, MAYBE),
    ("He suspects that soldiers killed a farmer.", "killed", YES, MAYBE),
    ("He fears that soldiers killed a farmer.", "killed", YES, MAYBE),
    ("Soldiers probably killed a farmer.", "killed", YES, LIKELY),
    ("Soldiers apparently killed a farmer.", "killed", YES, LIKELY),
    ("He believes that soldiers killed a farmer.", "killed", YES, LIKELY),
    ("He estimates that soldiers killed 40 farmers.", "killed", YES, LIKELY),
    ("Soldiers probably did not kill a farmer.", "kill", NO, LIKELY),
    ("Soldiers may not have killed a farmer.", "killed", NO, MAYBE),
    # not so, or not yet
    ("Soldiers will kill a farmer.", "kill", YES, UNREAL),
    ("Soldiers would kill a farmer.", "kill", YES, UNREAL),
    ("Soldiers should kill a farmer.", "kill", YES, UNREAL),
    ("Soldiers planned to kill a farmer.", "kill", YES, UNREAL),
    ("Soldiers tried to kill a farmer.", "kill", YES, UNREAL),
    ("Soldiers threatened to kill a farmer.", "kill", YES, UNREAL),
    ("Soldiers were ordered to kill a farmer.", "kill", YES, UNREAL),
    ("He wants soldiers to kill a farmer.", "kill", YES, UNREAL),
    ("He demanded that soldiers kill a farmer.", "kill", YES, UNREAL),
    ("He urged soldiers to kill a farmer.", "kill", YES, UNREAL),
    ("If soldiers kill a farmer, he will flee.", "kill", YES, UNREAL),
    ("He asked whether soldiers killed a farmer.", "killed", YES, UNREAL),
    ("Did soldiers kill a farmer?", "kill", YES, UNREAL),
    ("He fled in order to attack the camp.", "attack", YES, UNREAL),
    ("He called for a trial.", "trial", YES, UNREAL),
    ("He demanded a trial.", "trial", YES, UNREAL),
    ("A planned attack was called off.", "attack", YES, UNREAL),
    ("A foiled attack made the news.", "attack", YES, UNREAL),
    ("The risk of a massacre grew.", "massacre", YES, UNREAL),
    ("The trial will begin in May.", "trial", YES, UNREAL),
    ("There is a case for prosecuting them.", "prosecuting", YES, UNREAL),
    ("Soldiers were ready to attack.", "attack", YES, UNREAL),
    ("There is no evidence that soldiers killed a farmer.", "killed", YES, UNREAL),
    # a thing beside another
    ("The trial for the massacre will begin in May.", "massacre", YES, SURE),
    ("He wants to forget the farmer whom soldiers killed.", "killed", YES, SURE),
    ("The village could not sleep while soldiers killed farmers.", "killed", YES, SURE),
    # a negation above
    ("He did not say that soldiers killed a farmer.", "killed", YES, UNREAL),
    ("He did not believe that soldiers killed a farmer.", "killed", YES, UNREAL),
    ("He did not order soldiers to kill a farmer.", "kill", YES, UNREAL),
    ("He did not know that soldiers killed a farmer.", "killed", YES, SURE),
    ("He did not say who killed the farmer.", "killed", YES, UNREAL),
]


@pytest.mark.parametrize(("text", "word", "polarity", "certainty"), SENTENCES)
def test_the_clause_says_how_things_stand(
    text: str, word: str, polarity: Polarity, certainty: Certainty
) -> None:
    doc = parsed(text).doc
    (token,) = [token for token in doc if token.text == word]
    assert stance_of(token, lexicon().cues) == Stance(polarity, certainty)


STANCES = st.builds(Stance, st.sampled_from(Polarity), st.sampled_from(Certainty))


@given(STANCES, STANCES, STANCES)
def test_stances_combine_in_any_order_and_grouping(one: Stance, two: Stance, three: Stance) -> None:
    assert combine(one, two) == combine(two, one)
    assert combine(combine(one, two), three) == combine(one, combine(two, three))


@given(STANCES)
def test_the_plain_stance_changes_nothing(stance: Stance) -> None:
    assert combine(stance, Stance()) == stance


@given(STANCES, STANCES)
def test_nothing_grows_surer_inside_another(one: Stance, two: Stance) -> None:
    order = list(Certainty)
    combined = order.index(combine(one, two).certainty)
    assert combined == max(order.index(one.certainty), order.index(two.certainty))


def test_a_denial_of_a_denial_affirms() -> None:
    assert combine(Stance(NO), Stance(NO)) == Stance()


def test_what_stands_outside_of_a_claim_does_not_touch_what_it_says() -> None:
    text = "He denied that soldiers killed a farmer."
    reading = parsed(text)
    (token,) = [token for token in reading.doc if token.text == "killed"]
    inside = reading.span(2, len(reading.doc) - 1)
    assert stance_of(token, lexicon().cues, inside=inside) == Stance()
