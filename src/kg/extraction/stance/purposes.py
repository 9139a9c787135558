"""Whether a verb without a tense tells what is to come about: an order, a purpose, a duty."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extraction.lexicon import Cues
from kg.extraction.stance.beside import has_to, is_negated

__all__ = ["is_imperative", "is_purpose"]

#: Of these nouns an infinitive tells what they did: the first to be killed.
_ORDINALS = {"first", "last", "only", "second", "third"}


def is_imperative(verb: Token, cues: Cues) -> bool:
    """Whether a verb tells somebody to do a thing: a bare form that nobody is the subject of."""
    bare = {"aux", "auxpass", "nsubj", "nsubjpass", "expl"}.isdisjoint(
        child.dep_ for child in verb.children
    )
    above = verb.head
    helping = above != verb and above.lemma_.lower() in cues.markers["implying"]
    opens = verb == verb.sent[0] or verb.nbor(-1).is_punct
    return (
        (verb.tag_ == "VB" and verb.dep_ in {"ROOT", "advcl", "ccomp"})
        and (bare and opens and not helping)
        and any(token.is_punct for token in verb.sent[-2:])  # "Fire at the mill" is a headline
    )


def is_purpose(verb: Token, cues: Cues) -> bool:
    """Whether a verb is a bare "to" infinitive that tells a purpose or a duty, not a fact."""
    if not has_to(verb) or any(c.lower_ == "have" and c.dep_ == "aux" for c in verb.children):
        return False  # "is said to have killed" looks back
    above = verb.head
    if above.lemma_ == "go" and any(child.lower_ == "on" for child in above.rights):
        return False  # "went on to"
    match verb.dep_:
        case "advcl":
            return not any(child.lower_ == "only" for child in verb.lefts)  # "only to be shot"
        case "acl" | "relcl":
            told = {above.lower_, *(child.lower_ for child in above.lefts)}
            return told.isdisjoint(_ORDINALS)  # "the first to be killed"
        case "xcomp":
            return not _is_settled_above(above, cues)
    return verb.dep_ in {"csubj", "ROOT"}


def _is_settled_above(above: Token, cues: Cues) -> bool:
    """Whether the word above an infinitive says if it has come about: managed to, too ill to."""
    lemma, words = above.lemma_.lower(), cues.markers
    if lemma == "have":
        return any(child.lower_ == "yet" for child in above.children)
    if lemma in words["letting"]:
        return lemma == "let" or is_negated(above, cues)  # "was not allowed to"
    too = above.pos_ == "ADJ" and any(child.lower_ == "too" for child in above.lefts)
    return too or lemma in words["implying"] | words["averting"] | {"come", "able"}
