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
#: What one offers by doing it, and not by saying so: offered no resistance.
_DONE = {"resistance", "opposition", "protection", "shelter", "support", "help"}
_FIGURES = {"number", "figure", "toll", "count", "total", "estimate", "cost", "loss", "casualty"}


def active_content(reading: Reading, verb: Token, cue: Cue, words: Lexicon) -> tuple[Span, ...]:
    """What a verb of saying takes: a clause before all, else an infinitive, phrase or noun."""
    if verb.dep_ == "parataxis" and not cue.clause_only:
        return _around_parenthesis(reading, verb)
    return (
        _as_said(reading, verb, cue, words)
        or _quoted(reading, verb)
        or _complement(reading, verb, cue, words)
    )


def _complement(reading: Reading, verb: Token, cue: Cue, words: Lexicon) -> tuple[Span, ...]:
    """The clause, infinitive, phrase or noun that a verb takes."""
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
            if object_
            and cue.kind in _NOUN_SAYS
            and _can_be_said(object_, words)
            and not (verb.lemma_ == "offer" and object_.lemma_.lower() in _DONE)
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
        token.text in {";", "!", "?"}
        or (token.text == ":" and clause.i < verb.i)
        or (token.text == "." and token.nbor().is_title)
        for token in verb.doc[first:last]
    )


def _around_parenthesis(reading: Reading, verb: Token) -> tuple[Span, ...]:
    """The clause that "he said" is set into, on both sides of it."""
    if verb.head.pos_ not in {"VERB", "AUX"} or subject_of(verb) is None:
        return ()
    if verb.head.i < verb.i and ":" in {t.text for t in verb.doc[verb.head.i : verb.left_edge.i]}:
        return ()  # "it makes grim reading: it lists attacks": nobody says what stands before
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
        or next(words.events.nouns_at(noun), None) is not None
    )


def passive_content(reading: Reading, verb: Token, cue: Cue, words: Lexicon) -> tuple[Span, ...]:
    """Of "X is said to be Y" and "X has been described as Y" X and Y, of "X was denied by Z" X."""
    subject = child(verb, "nsubjpass")
    # Of "reporters were told that" the subject is no part of what is said.
    is_told = verb.lemma_.lower() in words.hearers.always | {"ask"}
    clause = child(verb, "ccomp")
    if clause is None and subject is not None and subject.lower_ == "it":
        clause = _clause_below_agent(verb)
    if clause is not None and (subject is None or subject.lower_ == "it" or is_told):
        return (trimmed(reading.text, subtree_span(reading, clause)),)
    complement = child(verb, "xcomp") or child(verb, "oprd") or _infinitive_after_agent(verb)
    if complement is None and _is_quoting(verb):
        complement = _quoted_as(verb) if _agent(verb) is not None else None
    elif cue.clause_only and (complement is None or complement.pos_ not in {"VERB", "AUX"}):
        return ()  # "held accountable" reports nothing
    complement = complement or _phrase_of_passive(verb, cue)
    if subject is None:
        return ()
    parts = [subject] if complement is None else [subject, complement]
    if complement is None and not _is_said_itself(verb, subject, cue, words):
        return ()
    if complement is not None and subject.lower_ == "it" and child(complement, "aux") is not None:
        parts = [complement]
    return tuple(trimmed(reading.text, subtree_span(reading, part)) for part in parts)


def _is_said_itself(verb: Token, subject: Token, cue: Cue, words: Lexicon) -> bool:
    """Whether the subject of a passive is all that is said: the massacre was denied by X."""
    return (
        cue.kind in _NOUN_SAYS_IN_PASSIVE
        and child(verb, "agent") is not None
        and _can_be_said(subject, words)
    )


def _agent(verb: Token) -> Token | None:
    """The noun after "by" of a passive verb."""
    by = child(verb, "agent")
    return child(by, "pobj") if by is not None else None


def _clause_below_agent(verb: Token) -> Token | None:
    """The clause of "it is claimed by X that ...", which the parser hangs on X."""
    agent = _agent(verb)
    clause = child(agent, "relcl") if agent is not None else None
    return clause if clause is not None and clause.left_edge.lower_ == "that" else None


def _infinitive_after_agent(verb: Token) -> Token | None:
    """The infinitive of "X is said by Y to have fled", which the parser takes for a purpose."""
    agent, infinitive = _agent(verb), child(verb, "advcl")
    if agent is None or infinitive is None or infinitive.left_edge.i != agent.right_edge.i + 1:
        return None
    return infinitive if infinitive.left_edge.lower_ == "to" else None


def _phrase_of_passive(verb: Token, cue: Cue) -> Token | None:
    """The phrase of "X was accused of Y", also where the parser hung it on who accuses."""
    wanted = cue.takes & {"of", "for", "as", "at"}
    agent = _agent(verb)
    below = (
        []
        if agent is None
        else [c for c in agent.rights if cue.kind == "accuse" and c.lower_ == "for"]
    )
    for phrase in (*verb.children, *below):
        if phrase.dep_ == "prep" and phrase.lower_ in wanted:
            return phrase
    return None


def _is_quoting(verb: Token) -> bool:
    """Whether a verb passes on the words of its object: quoted X as saying."""
    return verb.lemma_.lower() in {"quote", "cite"} and _quoted_as(verb) is not None


def _quoted_as(verb: Token) -> Token | None:
    """The "as" of "quoted X as saying", also where the parser hung it on a noun before it."""
    owners = [verb, *(c for c in (child(verb, "dobj"), _agent(verb)) if c is not None)]
    for owner in owners:
        for phrase in owner.rights:
            if phrase.lower_ == "as" and child(phrase, "pcomp") is not None:
                return phrase
    return None


def _quoted(reading: Reading, verb: Token) -> tuple[Span, ...]:
    """Of "the paper quoted X as saying Y" all that the paper passes on: X as saying Y."""
    object_, phrase = child(verb, "dobj"), _quoted_as(verb)
    if object_ is None or phrase is None or not _is_quoting(verb):
        return ()
    start = subtree_span(reading, object_).start
    return (trimmed(reading.text, Span(start, subtree_span(reading, phrase).end)),)


#: Kinds of cue that "as" sets beside what is said: as he said, the mill was shut.
_AS_SAID = {"say", "report", "announce", "reveal", "confirm", "admit", "predict", "claim"}


def _as_said(reading: Reading, verb: Token, cue: Cue, words: Lexicon) -> tuple[Span, ...]:
    """The clause that "as X told reporters," is set beside; while X spoke is another "as"."""
    first, last = verb.left_edge, verb.right_edge
    after = last.nbor().text if last.i + 1 < len(verb.doc) else ""
    before = first.nbor(-1).text if first.i else ""
    told = verb.lemma_.lower() in words.hearers.always
    if (
        verb.dep_ != "advcl"
        or first.lower_ != "as"
        or cue.kind not in _AS_SAID
        or verb.lemma_.lower() == "speak"
        or verb.head.pos_ not in {"VERB", "AUX"}
        or subject_of(verb) is None
        or "," not in {before, last.text, after}
        or (child(verb, "dobj") is not None and not told)
        or any(c.dep_ in {"ccomp", "xcomp", "neg"} for c in verb.children)
    ):
        return ()
    return around(reading, subtree_span(reading, verb.head), subtree_span(reading, verb))
