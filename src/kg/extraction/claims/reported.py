"""What is reported without being quoted: he denied it, the claim that, according to, reportedly."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from kg.extraction.claims.complements import active_content, figure_given, passive_content
from kg.extraction.claims.draft import Draft, around, child, cue_span, mode_of
from kg.extraction.claims.sources import source_of
from kg.extraction.lexicon import Cue, Lexicon
from kg.extraction.reading import Reading, subtree_span, trimmed
from kg.model import Certainty, Mode, Polarity, Span, Stance

__all__ = ["find_reported"]

_ESTIMATE = Cue("estimate", ("put",), frozenset(), content=Stance())
_HEARSAY = Cue("claim", (), frozenset(), content=Stance(Polarity.AFFIRMED, Certainty.POSSIBLE))


def find_reported(reading: Reading, words: Lexicon) -> Iterator[Draft]:
    """Claims by a verb, noun or phrase of saying with its complement, in quotations too."""
    cues = words.cues
    for token in reading.doc:
        phrase = cues.phrase_at(reading.doc, token.i)
        if phrase is not None:
            yield from _by_phrase(reading, token, *phrase)
        if token.pos_ == "VERB" and token.lemma_ in {"put", "give"}:
            yield from _by_figure(reading, token)
        if token.pos_ == "VERB":
            cue = cues.verb_at(token)
            if cue is not None and not cue.quote_only and token.dep_ not in {"amod", "compound"}:
                yield from _by_verb(reading, token, cue, words)
        elif token.pos_ == "NOUN" and token.lemma_.lower() in cues.nouns:
            yield from _by_noun(reading, token, cues.nouns[token.lemma_.lower()])
        elif token.pos_ == "ADV" and token.lower_ in cues.markers["ascribed"]:
            yield from _by_adverb(reading, token)


def _by_phrase(reading: Reading, token: Token, length: int, cue: Cue) -> Iterator[Draft]:
    """The clause around "according to X", which is X's."""
    last = reading.doc[token.i + length - 1]
    source = next((child for child in last.children if child.dep_ == "pobj"), None)
    if source is None:
        return
    top = token
    while top.dep_ in {"prep", "pcomp", "pobj"} and top.head.pos_ not in {"VERB", "AUX"}:
        if top.head == top:
            return
        top = top.head
    verb = top.head
    if verb.pos_ not in {"VERB", "AUX"} or verb == top:
        return
    if source.right_edge.i >= verb.sent.end - 2:  # at the end it is said of all that was joined
        while verb.dep_ == "conj" and verb.head.pos_ in {"VERB", "AUX"}:
            verb = verb.head
    phrase = Span(token.idx, subtree_span(reading, source).end)
    content = around(reading, subtree_span(reading, verb), phrase)
    if content:
        yield Draft(
            content=content,
            mode=mode_of(reading, content),
            method="rule:according-to",
            cue=cue,
            cue_token=token,
            cue_spans=(reading.span(token.i, last.i),),
            source_head=source,
            source=(trimmed(reading.text, subtree_span(reading, source)),),
        )


def _by_verb(reading: Reading, verb: Token, cue: Cue, words: Lexicon) -> Iterator[Draft]:
    """A verb of saying with a clause, an infinitive, a noun or a phrase that it takes."""
    passive = any(child.dep_ == "auxpass" for child in verb.children)
    source = source_of(verb, passive=passive)
    content = (
        passive_content(reading, verb, cue, words)
        if passive
        else active_content(reading, verb, cue, words)
    )
    if not content or (source is None and not passive):
        return
    if source is not None and source.lower_ == "it" and not cue.speech:
        return  # "it feels as if"
    yield Draft(
        content=content,
        mode=mode_of(reading, content),
        method="rule:passive-of-saying" if passive else "rule:verb-of-saying",
        cue=cue,
        cue_token=verb,
        cue_spans=(cue_span(reading, verb, len(cue.words)),),
        source_head=source,
        source=() if source is None else (_apart(reading, source, content),),
    )


def _apart(reading: Reading, source: Token, content: Sequence[Span]) -> Span:
    """The words for who speaks, without those that the parser hung on them and that are said."""
    span = subtree_span(reading, source)
    for part in content:
        if span.start < part.start < span.end:
            span = Span(span.start, part.start)
    return trimmed(reading.text, span)


def _by_figure(reading: Reading, verb: Token) -> Iterator[Draft]:
    """Who gives which figure: "villagers put the toll at 40"."""
    content = figure_given(reading, verb)
    source = source_of(verb, passive=any(c.dep_ == "auxpass" for c in verb.children))
    if not content or source is None:
        return
    yield Draft(
        content=content,
        mode=Mode.INDIRECT,
        method="rule:figure-given",
        cue=_ESTIMATE,
        cue_token=verb,
        cue_spans=(cue_span(reading, verb),),
        source_head=source,
        source=(trimmed(reading.text, subtree_span(reading, source)),),
    )


def _by_noun(reading: Reading, noun: Token, cue: Cue) -> Iterator[Draft]:
    """What "the claim that ..." says, where the words say whose claim it is."""
    clause = next(
        (
            child
            for child in noun.children
            if child.dep_ in {"acl", "ccomp"}
            and any(c.dep_ == "mark" and c.lower_ == "that" for c in child.children)
        ),
        None,
    )
    if clause is None:
        return
    source = child(noun, "poss")
    if source is None:
        for preposition in noun.children:
            if preposition.lower_ in {"by", "from", "of"} and preposition.i < clause.i:
                source = child(preposition, "pobj")
    is_nobodys = any(child.lower_ == "no" for child in noun.lefts)
    if is_nobodys or (source is None and not _is_hearsay(noun, cue)):
        return  # "no doubt that", "evidence that": nobody is said to say so
    content = trimmed(reading.text, subtree_span(reading, clause))
    yield Draft(
        content=(content,),
        mode=mode_of(reading, (content,)),
        method="rule:noun-of-saying",
        cue=cue,
        cue_token=noun,
        cue_spans=(reading.span(noun.i, noun.i),),
        source_head=source,
        source=() if source is None else (trimmed(reading.text, subtree_span(reading, source)),),
    )


#: Where a noun of saying tells that something is said by somebody: amid reports, heard rumours.
_AMID = {"amid", "amidst", "despite", "following", "after"}
_HEARING = {"receive", "hear", "get", "investigate", "examine"}


def _is_hearsay(noun: Token, cue: Cue) -> bool:
    """Whether "reports that" are somebody's whom nobody names, and not the document's own view."""
    above = noun.head
    return cue.kind in {"claim", "report", "suggest", "accuse"} and (
        (noun.dep_ == "attr" and child(above, "expl") is not None)
        or (noun.dep_ == "pobj" and above.lower_ in _AMID)
        or (noun.dep_ == "dobj" and above.lemma_.lower() in _HEARING)
    )


def _by_adverb(reading: Reading, adverb: Token) -> Iterator[Draft]:
    """What "reportedly" and "allegedly" give to somebody who is not named."""
    verb = adverb.head
    if verb.pos_ not in {"VERB", "AUX"}:
        return
    here = reading.span(adverb.i, adverb.i)
    content = around(reading, subtree_span(reading, verb), here)
    if content:
        yield Draft(
            content=content,
            mode=Mode.INDIRECT,
            method="rule:adverb-of-hearsay",
            cue=_HEARSAY,
            cue_token=adverb,
            cue_spans=(here,),
        )
