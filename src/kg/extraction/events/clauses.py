"""Who does what in the clause of an event: passives, objects, subjects from above."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extraction.reading import Reading, antecedent, doer_of, subject_of

__all__ = ["counted", "doer_of_event", "is_headline_passive", "is_passive", "objects_of"]

#: Nouns that count what follows "of": thousands of prisoners.
_MEASURES = {
    "thousand", "hundred", "million", "dozen", "number", "group", "majority", "member", "family",
    "score", "ten", "handful", "series", "lot", "couple", "variety", "total", "third", "half",
}  # fmt: skip
#: Prepositions after which a gerund is done by whom the clause is about.
_BESIDE = {"after", "before", "while", "by", "in", "without", "since", "when", "upon", "despite"}
#: ... and by whom the object or, in the passive, the subject stands for: accused X of killing.
_OF_OBJECT = {"of", "for", "with", "from"}


def is_passive(verb: Token) -> bool:
    """Whether the subject of a verb is who it happens to."""
    if any(child.dep_ in {"auxpass", "nsubjpass"} for child in verb.children):
        return True
    if any(c.lower_ == "with" and c.dep_ == "mark" for c in verb.children):
        return True  # "with ten people killed"
    if _shares_passive(verb):
        return True
    return verb.tag_ == "VBN" and (
        verb.dep_ == "acl" or (verb.dep_ == "pcomp" and verb.head.lower_ == "with")
    )


def _shares_passive(verb: Token) -> bool:
    """Whether a verb goes on with the passive of the one it is joined to: was taken and killed."""
    above = verb.head
    own = {"nsubj", "nsubjpass", "aux", "dobj", "ccomp"}
    return (
        verb.dep_ == "conj"
        and above.pos_ in {"VERB", "AUX"}
        and above.tag_ == "VBN"
        and verb.tag_ in {"VBN", "VBD"}
        and not any(child.dep_ in own for child in verb.children)
        and is_passive(above)
    )


def is_headline_passive(reading: Reading, verb: Token) -> bool:
    """Whether a headline leaves out the "was": "Opposition leader arrested in capital"."""
    return (
        verb.tag_ in {"VBD", "VBN"}
        and reading.is_headline(verb.idx)
        and not any(child.dep_ in {"dobj", "aux", "auxpass"} for child in verb.children)
    )


def objects_of(verb: Token, *, passive: bool) -> list[Token]:
    """What a verb is done to: object, subject of a passive, noun before a participle."""
    if passive:
        subject = subject_of(verb)
        first = verb
        while subject is None and first.dep_ == "conj" and first.head.tag_ == "VBN":
            first = first.head  # "the men seized and killed"
        if subject is None and first.dep_ == "acl":
            subject = first.head
        return [] if subject is None else [antecedent(subject, verb)]
    found = [child for child in verb.children if child.dep_ == "dobj"]
    if not found and verb.dep_ == "relcl" and subject_of(verb) is not None:
        mark = subject_of(verb)
        if mark is not None and mark.tag_ not in {"WP", "WDT"}:
            found = [verb.head]  # "the man they killed"
    return [antecedent(token, verb) for token in found]


def doer_of_event(verb: Token) -> Token | None:
    """The head of who does what a verb says, also where the clause above tells it.

    "They fled, killing a guard", "jailed for killing a guard", "accused them of killing one".
    """
    found = doer_of(verb)
    if found is not None or verb.tag_ != "VBG":
        return found
    above = verb.head
    if verb.dep_ == "advcl" and above.pos_ == "VERB":
        # "the crowd was driven out, killing ten": not by the crowd
        return None if is_passive(above) else _doer_or_sufferer(above)
    if verb.dep_ == "conj":
        return doer_of_event(above) if above.tag_ == "VBG" else None
    if verb.dep_ != "pcomp" or above.dep_ not in {"prep", "advcl"} or above.head.pos_ != "VERB":
        return None
    clause, preposition = above.head, above.lower_
    if preposition in _OF_OBJECT:
        objects = objects_of(clause, passive=is_passive(clause))
        return objects[0] if objects else _doer_or_sufferer(clause)
    return _doer_or_sufferer(clause) if preposition in _BESIDE else None


def _doer_or_sufferer(verb: Token) -> Token | None:
    """The subject of a verb, active or passive, that a participle beside it shares."""
    if is_passive(verb):
        return next(iter(objects_of(verb, passive=True)), None)
    subject = doer_of_event(verb)
    return None if subject is None else antecedent(subject, verb)


def counted(token: Token) -> Token:
    """For "thousands of prisoners" the prisoners."""
    if (
        token.lemma_.lower() in _MEASURES
        or token.pos_ == "NUM"
        or token.lower_ in {"some", "many", "most", "all"}
    ):
        for child in token.children:
            if child.lower_ == "of":
                inner = next((c for c in child.children if c.dep_ == "pobj"), None)
                return token if inner is None else counted(inner)
    return token
