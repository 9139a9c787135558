"""Places that act and speak, and so are the authorities there: "Tehran denied it"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from spacy.tokens import Doc, Token

from kg.extraction.lexicon import Cues
from kg.extraction.mentions.phrase import Phrase
from kg.model import EntityKind

__all__ = ["governments"]

#: What states do to each other and to people that is no speech.
_STATECRAFT = {
    "annex", "ban", "expel", "extradite", "impose", "invade", "negotiate", "ratify", "recall",
    "retaliate", "sanction", "sign", "veto",
}  # fmt: skip
_STATES = {"GPE", ""}


def governments(doc: Doc, names: Iterable[Phrase], cues: Cues) -> Iterator[Phrase]:
    """The names; a place that speaks, decides or signs is an organisation there, not the place."""
    for phrase in names:
        head = doc[phrase.head]
        acts = phrase.kind is EntityKind.PLACE and head.ent_type_ in _STATES and _acts(head, cues)
        yield (
            replace(phrase, kind=EntityKind.ORGANIZATION, method="rule:place-as-government")
            if acts
            else phrase
        )


def _acts(name: Token, cues: Cues) -> bool:
    """Whether a name is the subject, or the "by" of a passive, of speech or statecraft."""
    first = name
    while first.dep_ == "conj":
        first = first.head
    if first.dep_ == "nsubj":
        verb = first.head
    elif first.dep_ == "pobj" and first.head.dep_ == "agent":
        verb = first.head.head
    else:
        return False
    if verb.pos_ not in {"VERB", "AUX"}:
        return False
    cue = cues.verb_at(verb)
    return verb.lemma_.lower() in _STATECRAFT or (cue is not None and cue.speech)
