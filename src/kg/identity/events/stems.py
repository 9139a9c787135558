"""The stems of words: what a verb and the noun made of it share."""

from __future__ import annotations

from functools import cache

import snowballstemmer

from kg.identity.remembered import remembered

__all__ = ["stem"]


#: Forms that no ending tells, of the verbs and nouns for what happens; the first is the stem.
_IRREGULAR = """
arise arose arisen; beat beaten; become became; begin began begun; break broke broken; bring
brought; build built; burn burnt; buy bought; catch caught; choose chose chosen choice; come came;
deal dealt; die death dead; draw drew drawn; drive drove driven; eat ate eaten; fall fell fallen;
feel felt; fight fought; find found; flee fled flight; fly flew flown; forbid forbade forbidden;
freeze froze frozen; get got; give gave given; go went gone; grow grew grown; hang hung; hear heard;
hide hid hidden; hold held; keep kept; know knew known; lead led; leave left; lend lent; lose lost
loss; make made; mean meant; meet met; pay paid; rise rose risen; run ran; say said says; see saw
seen; seek sought; sell sold sale; send sent; shake shook shaken; shoot shot; sit sat; slay slew
slain; speak spoke spoken speech; spend spent; stand stood; steal stole stolen theft; stick stuck;
strike struck; swear swore sworn; take took taken; teach taught; tell told; think thought; throw
threw thrown; understand understood; win won; withdraw withdrew withdrawn; write wrote written;
explode exploding exploded explosion; invade invasion; decide decision; seize seizure; detain
detention; destroy destruction; elect election; collide collision; arrive arrival; deny denial
"""


@cache
def _stems() -> dict[str, str]:
    rows = (row.split() for row in _IRREGULAR.split(";"))
    return {form: _snowball(row[0]) for row in rows for form in row}


@remembered
def stem(word: str) -> str:
    """A word without its endings, by Snowball's rules for English and a list of other forms.

    >>> stem("executions"), stem("executed"), stem("shot"), stem("shooting")
    ('execut', 'execut', 'shoot', 'shoot')
    """
    return _stems().get(word) or _snowball(word)


def _snowball(word: str) -> str:
    return str(snowballstemmer.stemmer("english").stemWord(word))
