"""Who does what in the clause of an event: passives, objects, subjects from above."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.extraction.reading import Reading, antecedent, doer_of, is_finite, subject_of

__all__ = [
    "counted",
    "doer_of_event",
    "is_headline_passive",
    "is_passive",
    "objects_of",
    "prepositions_of",
    "sufferer_before",
]

#: Nouns that count what follows "of": thousands of prisoners.
_MEASURES = {
    "thousand", "hundred", "million", "dozen", "number", "group", "majority", "member", "family",
    "score", "ten", "handful", "series", "lot", "couple", "variety", "total", "third", "half",
    "band", "column", "contingent", "crowd", "gang", "mob", "pair", "party", "team", "trio", "unit",
}  # fmt: skip
_JOINED_AT_ONCE = 2  #: "kidnapped and killed": they share what follows
#: Verbs whose subject does what follows, though they have an object.
_PROMISES = {"promise", "vow", "threaten", "swear", "use"}
#: Prepositions after which a gerund is done by whom the clause is about.
_BESIDE = {"after", "before", "while", "by", "in", "without", "since", "when", "upon", "despite"}
#: ... and by whom the object or, in the passive, the subject stands for: accused X of killing.
_OF_OBJECT = {"of", "for", "with", "from"}


def is_passive(verb: Token) -> bool:
    """Whether the subject of a verb is who it happens to."""
    if verb.dep_ == "amod":
        return verb.tag_ == "VBN"  # "the murdered priest"
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
        (verb.dep_ == "conj" or (verb.dep_ == "advcl" and verb.tag_ == "VBN"))
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
    found = _sufferers(verb) if passive else _objects(verb)
    return [antecedent(token, verb) for token in found]


def _sufferers(verb: Token) -> list[Token]:
    """The subject of a passive, also that of the clause around it."""
    subject, first = subject_of(verb), verb
    while subject is None and first.dep_ == "conj" and first.head.tag_ == "VBN":
        first = first.head  # "the men seized and killed"
    if subject is None and first.dep_ in {"acl", "amod", "relcl"}:
        subject = first.head
    if subject is None and first.dep_ == "advcl" and first.tag_ == "VBN" and is_passive(first.head):
        return _sufferers(first.head)  # "was seized, beaten and died"
    if subject is None and first.dep_ in {"xcomp", "pcomp", "advcl"}:
        subject = _shared_subject(first)  # "freed after being tortured", "is to be tried"
    return [] if subject is None else [subject]


def _objects(verb: Token) -> list[Token]:
    """The objects of an active verb, also where the parser gives them to another."""
    found = [child for child in verb.children if child.dep_ == "dobj"]
    following = next((child for child in verb.rights if child.dep_ == "conj"), None)
    if not found and following is not None and following.i - verb.i <= _JOINED_AT_ONCE:
        own = any(child.dep_ in {"nsubj", "nsubjpass"} for child in following.children)
        found = [] if own or is_passive(following) else _objects(following)
    small = next((c for c in verb.children if c.dep_ == "ccomp" and c.pos_ == "ADJ"), None)
    if not found and small is not None and not is_finite(small):  # "found him guilty"
        found = [child for child in small.children if child.dep_ == "nsubj"]
    mark = subject_of(verb) if not found and verb.dep_ == "relcl" else None
    where = any(child.tag_ == "WRB" for child in verb.children)
    if mark is not None and mark.tag_ not in {"WP", "WDT"} and not where:
        found = [verb.head]  # "the man they killed", not "the town where they killed"
    return found


def doer_of_event(verb: Token) -> Token | None:
    """The head of who does what a verb says, also where the clause above tells it.

    "They fled, killing a guard", "jailed for killing a guard", "accused them of killing one".
    """
    found = doer_of(verb)
    shared = found is None and (verb.dep_ == "xcomp" or verb.tag_ == "VBG")
    return _shared_subject(verb) if shared else found


def sufferer_before(verb: Token) -> Token | None:
    """Who goes on as the subject of a verb joined to a passive: was seized, beaten and died."""
    own = any(child.dep_ in {"nsubj", "nsubjpass", "expl"} for child in verb.children)
    if verb.dep_ != "conj" or own or not is_passive(verb.head):
        return None
    return next(iter(objects_of(verb.head, passive=True)), None)


def _shared_subject(verb: Token) -> Token | None:
    """Who does, or in the passive suffers, what a verb without a subject of its own says."""
    above = verb.head
    match verb.dep_:
        case "xcomp":
            if above.lemma_ in _PROMISES:
                return subject_of(above)
            objects = objects_of(above, passive=is_passive(above))
            return next(iter(objects), subject_of(above))  # told them to go
        case "advcl" if above.pos_ == "VERB":
            # "the crowd was driven out, killing ten": not by the crowd
            return None if is_passive(above) else _subject_beside(above)
        case "conj":
            return doer_of_event(above) if above.tag_ == "VBG" else None
        case "pcomp":
            return _subject_beside_phrase(above)
    return None


def _subject_beside_phrase(preposition: Token) -> Token | None:
    """Who does what a gerund after a preposition says: accused them of, guilty of, after."""
    above = preposition.head
    if above.lower_ in {"guilty", "responsible"} and above.pos_ == "ADJ":
        if any(child.dep_ == "neg" or child.lower_ == "not" for child in above.children):
            return None
        own = next((child for child in above.children if child.dep_ == "nsubj"), None)
        return own or (_subject_beside(above.head) if above.head.pos_ in {"AUX", "VERB"} else None)
    if above.pos_ != "VERB":
        return None
    if preposition.lower_ in _OF_OBJECT:
        objects = objects_of(above, passive=is_passive(above))
        return objects[0] if objects else _subject_beside(above)
    return _subject_beside(above) if preposition.lower_ in _BESIDE else None


def _subject_beside(verb: Token) -> Token | None:
    """The subject of a verb, active or passive, that a participle beside it shares."""
    if is_passive(verb):
        return next(iter(objects_of(verb, passive=True)), None)
    subject = doer_of_event(verb)
    return None if subject is None else antecedent(subject, verb)


def counted(token: Token) -> Token:
    """For "thousands of prisoners" the prisoners; for "one of them, X" X, and never all of them."""
    if token.lower_ in {"one", "another"} and any(c.lower_ == "of" for c in token.children):
        return next((child for child in token.children if child.dep_ == "appos"), token)
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


def prepositions_of(token: Token) -> Iterator[tuple[str, Token]]:
    """Each preposition that hangs on a token, with what it governs; of "at the hands of" whose."""
    for child in token.children:
        aside = any(inner.lower_ in {"instead", "rather"} for inner in child.lefts)
        if child.dep_ not in {"prep", "agent"} or aside:
            continue
        for inner in child.children:
            if inner.dep_ != "pobj":
                continue
            if child.lower_ == "at" and inner.lower_ == "hands":
                yield from (("hands", one) for name, one in prepositions_of(inner) if name == "of")
            else:
                yield child.lower_, inner
