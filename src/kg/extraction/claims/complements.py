"""What a verb of saying takes: the clause, infinitive, phrase or noun that says it."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extraction.claims.draft import around, child
from kg.extraction.lexicon import Cue, Lexicon
from kg.extraction.reading import Reading, is_finite, subject_of, subtree_span, trimmed
from kg.model import Span

__all__ = ["active_content", "figure_given", "passive_content"]

#: Kinds of cue whose noun object is what is said: denied the massacre, demanded a trial.
_NOUN_SAYS = {
    "deny",
    "demand",
    "admit",
    "confirm",
    "announce",
    "threaten",
    "promise",
    "order",
    "request",
    "claim",
    "predict",
    "fear",
    "suspect",
}
#: Those that say so of their subject in the passive too, where "by" tells who says it; what was
#: ordered or threatened by somebody may well have come about.
_NOUN_SAYS_IN_PASSIVE = _NOUN_SAYS - {"order", "threaten", "predict"}
_CLAUSE_NOUNS = {
    "involvement",
    "responsibility",
    "role",
    "knowledge",
    "wrongdoing",
    "existence",
    "link",
    "idea",
    "fact",
    "guilt",
}
_FIGURES = {"number", "figure", "toll", "count", "total", "estimate", "cost", "loss", "casualty"}


def active_content(reading: Reading, verb: Token, cue: Cue, words: Lexicon) -> tuple[Span, ...]:
    """What a verb of saying takes: a clause before all, else an infinitive, phrase or noun."""
    if verb.dep_ == "parataxis" and not cue.clause_only:
        return _around_parenthesis(reading, verb)
    clause = child(verb, "ccomp")
    if clause is not None and _is_parted(verb, clause):
        return ()
    if clause is not None and (is_finite(clause) or child(clause, "mark")):
        same_side = [
            c for c in verb.children if c.dep_ == "ccomp" and (c.i > verb.i) == (clause.i > verb.i)
        ]
        spans = [subtree_span(reading, part) for part in same_side]
        return (trimmed(reading.text, Span(spans[0].start, spans[-1].end)),)
    if cue.clause_only:
        return ()
    infinitive = child(verb, "xcomp") or (clause if clause and clause.tag_ == "VB" else None)
    object_ = child(verb, "dobj")
    return (
        (_infinitive(reading, verb, cue, infinitive) if infinitive else ())
        or _phrase_taken(reading, verb, cue)
        or (
            (_object_said(reading, verb, object_),)
            if object_ and cue.kind in _NOUN_SAYS and _can_be_said(object_, words)
            else ()
        )
    )


def _object_said(reading: Reading, verb: Token, object_: Token) -> Span:
    """The object of a verb of saying, with what it is a part in: involvement in the raid.

    The parser may hang that phrase on the verb.
    """
    span = trimmed(reading.text, subtree_span(reading, object_))
    phrase = next((c for c in verb.children if c.i == object_.i + 1 and c.dep_ == "prep"), None)
    if phrase is None or object_.lemma_.lower() not in _CLAUSE_NOUNS:
        return span
    return Span(span.start, trimmed(reading.text, subtree_span(reading, phrase)).end)


def _is_parted(verb: Token, clause: Token) -> bool:
    """Whether a semicolon or stop stands between a verb and the clause that the parser gave it."""
    first, last = sorted((verb.i, clause.i))
    return any(
        token.text in {";", "!", "?"} or (token.text == "." and token.nbor().is_title)
        for token in verb.doc[first:last]
    )


def _around_parenthesis(reading: Reading, verb: Token) -> tuple[Span, ...]:
    """The clause that "he said" is set into, on both sides of it."""
    if verb.head.pos_ not in {"VERB", "AUX"} or subject_of(verb) is None:
        return ()
    whole = subtree_span(reading, verb.head)
    return around(reading, whole, subtree_span(reading, verb))


def _infinitive(reading: Reading, verb: Token, cue: Cue, infinitive: Token) -> tuple[Span, ...]:
    """The infinitive of "promised to go", with who is to do it in "urged the court to act"."""
    if not cue.takes & {"infinitive", "gerund"}:
        return ()
    whole = trimmed(reading.text, subtree_span(reading, infinitive))
    start = whole.start
    if cue.addressee or child(verb, "dobj") is not None:
        start = reading.doc[verb.i + len(cue.words)].idx
    return (trimmed(reading.text, Span(min(start, whole.end), whole.end)),)


def figure_given(reading: Reading, verb: Token) -> tuple[Span, ...]:
    """Of "put the number at 347" and "gave the toll as 78" what is counted and the figure."""
    object_ = child(verb, "dobj")
    if object_ is None or object_.lemma_.lower() not in _FIGURES:
        return ()
    phrase = next(
        (
            c
            for c in verb.children
            if c.lower_ in {"at", "as"} and c.dep_ == "prep" and c.i > object_.i
        ),
        None,
    )
    if phrase is None:
        return ()
    return (Span(subtree_span(reading, object_).start, subtree_span(reading, phrase).end),)


def _phrase_taken(reading: Reading, verb: Token, cue: Cue) -> tuple[Span, ...]:
    """The phrase of "accused X of Y", "warned of X", "called for X"."""
    wanted = sorted(cue.takes & {"of", "for", "as", "against", "about", "at"})
    object_ = child(verb, "dobj")
    for preposition in wanted:
        phrase = next(
            (c for c in verb.children if c.dep_ == "prep" and c.lower_ == preposition), None
        )
        if phrase is None:
            continue
        whole = subtree_span(reading, phrase)
        if object_ is not None:
            return (Span(subtree_span(reading, object_).start, whole.end),)
        if len(cue.words) == 1 and preposition in {"of", "against"}:
            return (trimmed(reading.text, whole),)
    if object_ is not None and any(_hangs_below(object_, cue, word) for word in wanted):
        return (trimmed(reading.text, subtree_span(reading, object_)),)
    if len(cue.words) > 1:
        phrase = next((c for c in verb.children if c.lower_ == cue.words[-1]), None)
        inner = [c for c in phrase.children if c.dep_ in {"pobj", "pcomp"}] if phrase else []
        return (trimmed(reading.text, subtree_span(reading, inner[0])),) if inner else ()
    return ()


def _hangs_below(object_: Token, cue: Cue, preposition: str) -> bool:
    """Whether the parser hung the phrase of a verb on its object: accused the army of firing."""
    return any(
        phrase.dep_ == "prep"
        and phrase.lower_ == preposition
        and (cue.kind == "accuse" or child(phrase, "pcomp") is not None)
        for phrase in object_.rights
    )


def _can_be_said(noun: Token, words: Lexicon) -> bool:
    """Whether a noun can stand for a clause: an event, an allegation, but no person or thing."""
    lemma = noun.lemma_.lower()
    return noun.pos_ == "NOUN" and (
        lemma in words.cues.nouns
        or lemma in _CLAUSE_NOUNS
        or words.events.noun_at(noun) is not None
    )


def passive_content(reading: Reading, verb: Token, cue: Cue, words: Lexicon) -> tuple[Span, ...]:
    """Of "X is said to be Y" and "X has been described as Y" X and Y, of "X was denied by Z" X."""
    clause = child(verb, "ccomp")
    subject = child(verb, "nsubjpass")
    if clause is not None and (subject is None or subject.lower_ == "it"):
        return (trimmed(reading.text, subtree_span(reading, clause)),)
    complement = child(verb, "xcomp") or child(verb, "oprd")
    if cue.clause_only and (complement is None or complement.pos_ not in {"VERB", "AUX"}):
        return ()  # "held accountable" reports nothing
    if complement is None:
        wanted = cue.takes & {"of", "for", "as", "at"}
        complement = next(
            (c for c in verb.children if c.dep_ == "prep" and c.lower_ in wanted), None
        )
    if subject is None:
        return ()
    if complement is None:
        said = cue.kind in _NOUN_SAYS_IN_PASSIVE and child(verb, "agent") is not None
        return (
            (trimmed(reading.text, subtree_span(reading, subject)),)
            if said and _can_be_said(subject, words)
            else ()
        )
    if subject.lower_ == "it" and child(complement, "aux") is not None:
        return (trimmed(reading.text, subtree_span(reading, complement)),)
    return (
        trimmed(reading.text, subtree_span(reading, subject)),
        trimmed(reading.text, subtree_span(reading, complement)),
    )
