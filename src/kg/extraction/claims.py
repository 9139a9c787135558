"""Who said what, by rule: quotation marks, verbs and nouns of saying, "according to".

A first, plain version: it reads the parse and the quotation marks and knows nothing but
the cue words of ``patterns/cues.toml``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

from kg.extraction.coreference import Cast
from kg.extraction.lexicon import Cue, Cues, Lexicon
from kg.extraction.quotations import Quotation
from kg.extraction.reading import Reading, antecedent, is_finite, subject_of, subtree_span, trimmed
from kg.extraction.stance import stance_of
from kg.model import Abstention, Certainty, Claim, EntityKind, Mode, Polarity, Span, Stance, Time

__all__ = ["find_claims"]

#: A quotation of fewer words, without a stop inside and without a verb, is a term or scare quote.
_SPEECH_WORDS = 4
#: A cue stands at most this many tokens from the quotation it introduces or closes.
_REACH = 25
_FIRST_PERSON = {"i", "we", "me", "us"}
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
}
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
_NOMINAL = {"NOUN", "PROPN", "PRON"}
_LEADING = {"aux", "auxpass", "neg"}
_DROPPED = "“”«»‹›„‘’\"' \t\r\n"


@dataclass(frozen=True, slots=True)
class _Draft:
    """A claim before its speaker and place among the others are known."""

    content: tuple[Span, ...]
    mode: Mode
    method: str
    cue: Cue | None = None
    cue_token: Token | None = None
    cue_spans: tuple[Span, ...] = ()
    source_head: Token | None = None
    source: tuple[Span, ...] = ()


def find_claims(
    reading: Reading, cast: Cast, words: Lexicon
) -> tuple[tuple[Claim, ...], tuple[Abstention, ...]]:
    """The claims of a document in the order of the text, and those whose speaker is left open."""
    cues = words.cues
    reported = list(_reported(reading, words))
    quoted, rest = _quoted(reading, cues, reported)
    unmarked = _unmarked(reading, cues, quoted)
    drafts = sorted(
        (*quoted, *rest, *unmarked), key=lambda draft: (draft.content[0].start, -_size(draft))
    )
    claims: list[Claim] = []
    left_open: list[Abstention] = []
    for number, draft in enumerate(drafts, start=1):
        claims.append(_claim(reading, cast, cues, draft, f"c{number}"))
    nested = [replace(claim, within=_within(claim, claims)) for claim in claims]
    settled = [
        _first_person(reading, claim, draft, nested)
        for claim, draft in zip(nested, drafts, strict=True)
    ]
    for claim in settled:
        if claim.speaker is None and claim.source:
            left_open.append(
                Abstention(
                    span=claim.source[0],
                    what="speaker",
                    reason="the words for the speaker stand for nobody known",
                    method=claim.method,
                )
            )
        elif claim.speaker is None and claim.mode is Mode.DIRECT:
            left_open.append(
                Abstention(
                    span=claim.content[0],
                    what="speaker",
                    reason="no words near the quotation say who speaks",
                    method=claim.method,
                )
            )
    return tuple(settled), tuple(left_open)


def _size(draft: _Draft) -> int:
    return sum(part.end - part.start for part in draft.content)


def _claim(reading: Reading, cast: Cast, cues: Cues, draft: _Draft, identifier: str) -> Claim:
    stance = draft.cue.content if draft.cue is not None else Stance()
    if draft.cue_token is not None and draft.cue_token.pos_ in {"VERB", "AUX"}:
        spoken = stance_of(draft.cue_token, cues, inside=_clause_of(reading, draft.cue_token))
        if spoken != Stance():  # not said, to be said, perhaps said: nothing is held to be so
            stance = Stance(stance.polarity, Certainty.UNREAL)
    return Claim(
        id=identifier,
        speaker=_speaker(cast, draft.source_head),
        source=draft.source,
        cue=draft.cue_spans,
        content=draft.content,
        mode=draft.mode,
        cue_kind=draft.cue.kind if draft.cue is not None else None,
        said=_said(reading, draft),
        stance=stance,
        method=draft.method,
    )


def _clause_of(reading: Reading, verb: Token) -> Span:
    """The clause a verb heads: what is said above it does not touch whether it was said."""
    return subtree_span(reading, verb)


def _speaker(cast: Cast, head: Token | None) -> str | None:
    """The entity that the head of a source stands for; "who" stands for what it follows."""
    if head is None:
        return None
    relative = head
    head = antecedent(head, head.head)
    found = cast.at(head)
    if relative.lower_ == "who" and found is not None:  # "a lawyer in X, who said": not the place
        while cast.entity(found).kind is EntityKind.PLACE and head.head != head:
            head = head.head
            found = cast.at(head) or found
    if found is None and head.lower_ in {"one", "some", "many", "most", "several", "both", "all"}:
        below = [p for prep in head.children if prep.lower_ == "of" for p in prep.children]
        return cast.at(below[0]) if below else None
    return found


def _within(claim: Claim, claims: Sequence[Claim]) -> str | None:
    """The smallest other claim whose content holds the whole of this one."""
    parts = (*claim.source, *claim.cue, *claim.content)
    around = [
        other
        for other in claims
        if other is not claim
        and all(any(span.covers(part) for span in other.content) for part in parts)
        and not (other.content == claim.content and other.cue == claim.cue)
    ]
    smallest = min(around, key=lambda o: sum(p.end - p.start for p in o.content), default=None)
    return smallest.id if smallest else None


def _first_person(reading: Reading, claim: Claim, draft: _Draft, claims: Sequence[Claim]) -> Claim:
    """A claim whose source is "I" inside another's words is that speaker's."""
    if claim.speaker is not None or draft.source_head is None:
        return claim
    if draft.source_head.lower_ not in _FIRST_PERSON or claim.within is None:
        return claim
    outer = next(other for other in claims if other.id == claim.within)
    del reading
    return replace(claim, speaker=outer.speaker)


def _said(reading: Reading, draft: _Draft) -> Time | None:
    """The time that hangs below the cue and outside of the content."""
    verb = draft.cue_token
    if verb is None:
        return None
    for time in reading.times:
        if any(part.overlaps(time.span) for part in (*draft.content, *draft.source)):
            continue
        token = next(reading.tokens_in(time.span), None)
        if token is not None and token.sent == verb.sent and verb.is_ancestor(token):
            return time
    return None


# ---- what is reported without being quoted


def _reported(reading: Reading, words: Lexicon) -> Iterator[_Draft]:
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


def _by_phrase(reading: Reading, token: Token, length: int, cue: Cue) -> Iterator[_Draft]:
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
    phrase = Span(token.idx, subtree_span(reading, source).end)
    content = _around(reading, subtree_span(reading, verb), phrase)
    if content:
        yield _Draft(
            content=content,
            mode=_mode(reading, content),
            method="rule:according-to",
            cue=cue,
            cue_token=token,
            cue_spans=(reading.span(token.i, last.i),),
            source_head=source,
            source=(trimmed(reading.text, subtree_span(reading, source)),),
        )


def _around(reading: Reading, whole: Span, hole: Span) -> tuple[Span, ...]:
    """What is left of a span on both sides of another, without the marks at the edges."""
    parts = (
        Span(whole.start, min(hole.start, whole.end)),
        Span(max(hole.end, whole.start), whole.end),
    )
    kept = (trimmed(reading.text, part) for part in parts if part.start < part.end)
    return tuple(part for part in kept if any(c.isalnum() for c in part.of(reading.text)))


def _by_verb(reading: Reading, verb: Token, cue: Cue, words: Lexicon) -> Iterator[_Draft]:
    """A verb of saying with a clause, an infinitive, a noun or a phrase that it takes."""
    passive = any(child.dep_ == "auxpass" for child in verb.children)
    source = _source_of(verb, passive=passive)
    content = (
        _passive_content(reading, verb, cue)
        if passive
        else _active_content(reading, verb, cue, words)
    )
    if not content or (source is None and not passive):
        return
    yield _Draft(
        content=content,
        mode=_mode(reading, content),
        method="rule:passive-of-saying" if passive else "rule:verb-of-saying",
        cue=cue,
        cue_token=verb,
        cue_spans=(_cue_span(reading, verb, len(cue.words)),),
        source_head=source,
        source=() if source is None else (trimmed(reading.text, subtree_span(reading, source)),),
    )


_ESTIMATE = Cue("estimate", ("put",), frozenset(), content=Stance())


def _by_figure(reading: Reading, verb: Token) -> Iterator[_Draft]:
    """Who gives which figure: "villagers put the toll at 40"."""
    content = _figure_given(reading, verb)
    source = _source_of(verb, passive=any(c.dep_ == "auxpass" for c in verb.children))
    if not content or source is None:
        return
    yield _Draft(
        content=content,
        mode=Mode.INDIRECT,
        method="rule:figure-given",
        cue=_ESTIMATE,
        cue_token=verb,
        cue_spans=(_cue_span(reading, verb),),
        source_head=source,
        source=(trimmed(reading.text, subtree_span(reading, source)),),
    )


def _source_of(verb: Token, *, passive: bool) -> Token | None:
    """Who speaks: the subject, in the passive what follows "by"; of "X, saying ..." it is X."""
    if passive:
        agent = next((child for child in verb.children if child.dep_ == "agent"), None)
        return next((c for c in agent.children if c.dep_ == "pobj"), None) if agent else None
    found = subject_of(verb)
    if found is not None and found.dep_ == "nsubj":
        return None if found.tag_ == "EX" else found
    before = verb.nbor(-1) if verb.i else verb
    if found is not None and before.pos_ == "PROPN":
        return before  # "Presiding Judge X said": the parser takes "presiding" for the subject
    if verb.dep_ in {"advcl", "xcomp", "pcomp"} and not is_finite(verb):
        above = verb.head
        while above.dep_ == "xcomp" and above.head != above:
            above = above.head
        return subject_of(above)
    if verb.dep_ == "acl" and verb.head.pos_ in {"NOUN", "PROPN"} and verb.tag_ == "VBG":
        return verb.head
    return None


def _active_content(reading: Reading, verb: Token, cue: Cue, words: Lexicon) -> tuple[Span, ...]:
    """What a verb of saying takes: a clause before all, else an infinitive, phrase or noun."""
    if verb.dep_ == "parataxis" and not cue.clause_only:
        return _around_parenthesis(reading, verb)
    clause = _child(verb, "ccomp")
    if clause is not None and (is_finite(clause) or _child(clause, "mark")):
        same_side = [
            c for c in verb.children if c.dep_ == "ccomp" and (c.i > verb.i) == (clause.i > verb.i)
        ]
        spans = [subtree_span(reading, part) for part in same_side]
        return (trimmed(reading.text, Span(spans[0].start, spans[-1].end)),)
    if cue.clause_only:
        return ()
    infinitive = _child(verb, "xcomp") or (clause if clause and clause.tag_ == "VB" else None)
    object_ = _child(verb, "dobj")
    return (
        (_infinitive(reading, verb, cue, infinitive) if infinitive else ())
        or _phrase_taken(reading, verb, cue)
        or (
            (trimmed(reading.text, subtree_span(reading, object_)),)
            if object_ and cue.kind in _NOUN_SAYS and _can_be_said(object_, words)
            else ()
        )
    )


def _around_parenthesis(reading: Reading, verb: Token) -> tuple[Span, ...]:
    """The clause that "he said" is set into, on both sides of it."""
    if verb.head.pos_ not in {"VERB", "AUX"} or subject_of(verb) is None:
        return ()
    whole = subtree_span(reading, verb.head)
    return _around(reading, whole, subtree_span(reading, verb))


def _infinitive(reading: Reading, verb: Token, cue: Cue, infinitive: Token) -> tuple[Span, ...]:
    """The infinitive of "promised to go", with who is to do it in "urged the court to act"."""
    if not cue.takes & {"infinitive", "gerund"}:
        return ()
    whole = trimmed(reading.text, subtree_span(reading, infinitive))
    start = whole.start
    if cue.addressee or _child(verb, "dobj") is not None:
        start = reading.doc[verb.i + len(cue.words)].idx
    return (trimmed(reading.text, Span(min(start, whole.end), whole.end)),)


def _figure_given(reading: Reading, verb: Token) -> tuple[Span, ...]:
    """Of "put the number at 347" and "gave the toll as 78" what is counted and the figure."""
    object_ = _child(verb, "dobj")
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
    object_ = _child(verb, "dobj")
    for preposition in sorted(cue.takes & {"of", "for", "as", "against", "about", "at"}):
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
    if len(cue.words) > 1:
        phrase = next((c for c in verb.children if c.lower_ == cue.words[-1]), None)
        inner = [c for c in phrase.children if c.dep_ in {"pobj", "pcomp"}] if phrase else []
        return (trimmed(reading.text, subtree_span(reading, inner[0])),) if inner else ()
    return ()


def _can_be_said(noun: Token, words: Lexicon) -> bool:
    """Whether a noun can stand for a clause: an event, an allegation, but no person or thing."""
    lemma = noun.lemma_.lower()
    return noun.pos_ == "NOUN" and (
        lemma in words.cues.nouns
        or lemma in _CLAUSE_NOUNS
        or words.events.noun_at(noun) is not None
    )


def _passive_content(reading: Reading, verb: Token, cue: Cue) -> tuple[Span, ...]:
    """Of "X is said to be Y" and "X has been described as Y": X, and Y."""
    clause = _child(verb, "ccomp")
    subject = _child(verb, "nsubjpass")
    if clause is not None and (subject is None or subject.lower_ == "it"):
        return (trimmed(reading.text, subtree_span(reading, clause)),)
    complement = _child(verb, "xcomp") or _child(verb, "oprd")
    if cue.clause_only and (complement is None or complement.pos_ not in {"VERB", "AUX"}):
        return ()  # "held accountable" reports nothing
    if complement is None:
        wanted = cue.takes & {"of", "for", "as", "at"}
        complement = next(
            (c for c in verb.children if c.dep_ == "prep" and c.lower_ in wanted), None
        )
    if subject is None or complement is None:
        return ()
    return (
        trimmed(reading.text, subtree_span(reading, subject)),
        trimmed(reading.text, subtree_span(reading, complement)),
    )


def _child(token: Token, relation: str) -> Token | None:
    return next((child for child in token.children if child.dep_ == relation), None)


def _cue_span(reading: Reading, verb: Token, length: int = 1) -> Span:
    """A verb with its auxiliaries and particles, as far as they stand together."""
    first = verb.i
    while first > verb.sent.start:
        before = reading.doc[first - 1]
        if before.head == verb and (before.dep_ in _LEADING or before.dep_ == "advmod"):
            first -= 1
        else:
            break
    while reading.doc[first].dep_ == "advmod":
        first += 1
    return reading.span(first, min(verb.i + length - 1, len(reading.doc) - 1))


def _by_noun(reading: Reading, noun: Token, cue: Cue) -> Iterator[_Draft]:
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
    source = _child(noun, "poss")
    if source is None:
        for preposition in noun.children:
            if preposition.lower_ in {"by", "from", "of"} and preposition.i < clause.i:
                source = _child(preposition, "pobj")
    if source is None or any(child.lower_ == "no" for child in noun.lefts):
        return  # "no doubt that", "evidence that": nobody is said to say so
    content = trimmed(reading.text, subtree_span(reading, clause))
    yield _Draft(
        content=(content,),
        mode=_mode(reading, (content,)),
        method="rule:noun-of-saying",
        cue=cue,
        cue_token=noun,
        cue_spans=(reading.span(noun.i, noun.i),),
        source_head=source,
        source=(trimmed(reading.text, subtree_span(reading, source)),),
    )


_HEARSAY = Cue("claim", (), frozenset(), content=Stance(Polarity.AFFIRMED, Certainty.POSSIBLE))


def _by_adverb(reading: Reading, adverb: Token) -> Iterator[_Draft]:
    """What "reportedly" and "allegedly" give to somebody who is not named."""
    verb = adverb.head
    if verb.pos_ not in {"VERB", "AUX"}:
        return
    here = reading.span(adverb.i, adverb.i)
    content = _around(reading, subtree_span(reading, verb), here)
    if content:
        yield _Draft(
            content=content,
            mode=Mode.INDIRECT,
            method="rule:adverb-of-hearsay",
            cue=_HEARSAY,
            cue_token=adverb,
            cue_spans=(here,),
        )


def _mode(reading: Reading, content: Sequence[Span]) -> Mode:
    """Mixed where a quotation overlaps the content without holding all of it."""
    for quotation in reading.quotations:
        inside = [part for part in content if any(f.overlaps(part) for f in quotation.fragments)]
        if not inside:
            continue
        if not any(f.covers(part) for f in quotation.fragments for part in content):
            return Mode.MIXED
    return Mode.INDIRECT


# ---- what is quoted


def _quoted(
    reading: Reading, cues: Cues, reported: Sequence[_Draft]
) -> tuple[list[_Draft], list[_Draft]]:
    """The quotations as claims, and the reported claims that are not the same ones."""
    found: list[_Draft] = []
    rest = list(reported)
    listing: _Draft | None = None  # introduced by a colon: the quotations that follow are its list
    for number, quotation in enumerate(reading.quotations):
        mixed = _reported_around(quotation, rest, reading)
        if mixed is not None:
            rest[rest.index(mixed)] = _stretched(mixed, quotation)
            listing = None
            continue
        if not _is_speech(reading, quotation):
            continue
        before, after = _neighbours(reading, number)
        cue_token = (
            _cue_right_before(reading, cues, quotation, before)
            or _cue_after(reading, cues, quotation, after)
            or _cue_before(reading, cues, quotation, before)
        )
        previous = found[-1] if found else None
        if previous is not None and cue_token is not None and cue_token == previous.cue_token:
            found[-1] = replace(previous, content=(*previous.content, *quotation.fragments))
            continue  # broken by its cue: "A," she said, "B"
        if cue_token is None and previous is not None and _continues(reading, previous, quotation):
            found[-1] = replace(previous, content=(*previous.content, *quotation.fragments))
            continue
        draft = _direct(reading, cues, quotation, cue_token)
        if cue_token is None and _opens_paragraph(reading, quotation):
            introduction = _introduction(reading, cues, quotation)
            if introduction is not None:
                draft = listing = _direct(reading, cues, quotation, introduction)
            elif listing is not None and _follows(reading, listing, found, quotation):
                draft = replace(listing, content=quotation.fragments, method="rule:quotation-list")
            else:
                listing = None
        else:
            listing = None
        found.append(draft)
    taken = {draft.cue_token.i for draft in found if draft.cue_token is not None}
    return found, [
        draft
        for draft in rest
        if draft.cue_token is None
        or draft.cue_token.i not in taken
        or not any(part.overlaps(own) for d in found for part in d.content for own in draft.content)
    ]


def _reported_around(
    quotation: Quotation, reported: Sequence[_Draft], reading: Reading
) -> _Draft | None:
    """The reported claim of whose content a quotation is a part, cue outside the marks."""
    for draft in reported:
        if draft.cue_token is None or quotation.holds(draft.cue_token.idx):
            continue
        for part in draft.content:
            before = (
                reading.text[part.start : quotation.start] if part.start < quotation.start else ""
            )
            if part.start < quotation.start < part.end and any(c.isalnum() for c in before):
                return draft
    return None


def _stretched(draft: _Draft, quotation: Quotation) -> _Draft:
    """The draft with its content running to the end of a quotation that it reaches into."""
    *head, last = draft.content
    if last.end < quotation.end:
        last = Span(last.start, quotation.end)
    return replace(draft, content=(*head, last), mode=Mode.MIXED)


def _is_speech(reading: Reading, quotation: Quotation) -> bool:
    """Whether quoted words are an utterance, not a term, title or scare quote."""
    words = quotation.words(reading.text)
    tokens = [t for part in quotation.fragments for t in reading.tokens_in(part) if t.is_alpha]
    inner = reading.text[quotation.start : quotation.end].rstrip(_DROPPED)
    stops = inner[-1:] in set(",.!?…—–-")
    has_verb = any(token.pos_ in {"VERB", "AUX"} for token in tokens)
    if _opens_paragraph(reading, quotation) and stops:
        return bool(words)
    if len(tokens) < _SPEECH_WORDS:
        return stops and inner[-1:] in "!?," and bool(tokens)
    return stops or has_verb


def _opens_paragraph(reading: Reading, quotation: Quotation) -> bool:
    return reading.paragraph_at(quotation.start).start == quotation.start


def _neighbours(reading: Reading, number: int) -> tuple[int, int]:
    """Where the text before a quotation starts and the text after it ends, in its paragraph."""
    quotation = reading.quotations[number]
    before = reading.paragraph_at(quotation.start).start
    after = reading.paragraph_at(quotation.end - 1).end
    if number and reading.quotations[number - 1].end > before:
        before = reading.quotations[number - 1].end
    if number + 1 < len(reading.quotations):
        after = min(after, reading.quotations[number + 1].start)
    return before, after


def _cue_after(reading: Reading, cues: Cues, quotation: Quotation, end: int) -> Token | None:
    """The verb of saying right after a quotation, as in: "...," she said."""
    inner = reading.text[quotation.start : quotation.end].rstrip(_DROPPED)
    tokens = list(reading.tokens_in(Span(quotation.end, end)))[:_REACH]
    if not tokens:
        return None
    if inner[-1:] == "." and not tokens[0].text[:1].islower():
        return None
    for token in tokens:
        if token.text in ".;:" and token != tokens[0]:
            return None
        if token.pos_ in {"VERB", "AUX"} and token.dep_ not in {"aux", "auxpass", "relcl", "acl"}:
            cue = cues.verb_at(token)
            perfect = any(c.dep_ == "aux" and c.lemma_ == "have" for c in token.children)
            if (
                cue is not None
                and (token.tag_ != "VBN" or perfect)
                and _subject_near(reading, token, quotation)
            ):
                return token
            if cue is None and token.dep_ not in {"advcl", "xcomp"}:
                return None
    return None


def _cue_right_before(
    reading: Reading, cues: Cues, quotation: Quotation, start: int
) -> Token | None:
    """The verb of saying that nothing but a mark parts from the quotation after it."""
    tokens = [t for t in reading.tokens_in(Span(start, quotation.start)) if not t.is_punct]
    last = tokens[-1] if tokens else None
    gap = reading.text[last.idx + len(last) : quotation.start].strip() if last is not None else "."
    if last is None or gap not in {"", ",", ":", "–", "—"}:
        return None
    return last if last.pos_ == "VERB" and cues.verb_at(last) is not None else None


def _cue_before(reading: Reading, cues: Cues, quotation: Quotation, start: int) -> Token | None:
    """The verb of saying before a quotation, with words between the two."""
    tokens = list(reading.tokens_in(Span(start, quotation.start)))[-_REACH:]
    if not tokens:
        return None
    for token in reversed(tokens):
        if token.text in {".", "!", "?", ";"} and token.idx + 1 < quotation.start:
            return None
        if token.pos_ == "VERB" and cues.verb_at(token) is not None and token.dep_ != "amod":
            gap = reading.text[token.idx + len(token) : quotation.start]
            direct = tokens[-1].text in {",", ":", "that", "–", "—"} or not any(
                t.pos_ in {"VERB", "AUX"}
                for t in reading.tokens_in(Span(token.idx + len(token), quotation.start))
            )
            if direct and len(gap.split()) <= _REACH:
                return token
    return None


def _subject_near(reading: Reading, verb: Token, quotation: Quotation) -> bool:
    """Whether a verb has somebody beside it who can speak, outside the quotation."""
    return _speaker_token(reading, verb, (quotation,)) is not None


def _speaker_token(reading: Reading, verb: Token, quotations: Iterable[Quotation]) -> Token | None:
    """Who speaks at a cue beside a quotation: its subject outside the marks, else the nearest noun.

    The parser often loses the subject of an inverted cue (said Anna Berg), since the
    quotation before it is no clause of its own.
    """
    around = tuple(quotations)

    def outside(token: Token) -> bool:
        return not any(part.holds(token.idx) for part in around)

    found = _source_of(verb, passive=any(c.dep_ == "auxpass" for c in verb.children))
    if found is not None and outside(found):
        return found
    after = reading.doc[verb.i + 1 : min(verb.i + 5, len(reading.doc))]
    for token in after:
        if token.pos_ in _NOMINAL and token.tag_ not in {"WP", "WDT"} and outside(token):
            return _phrase_head(token, outside)
        if token.is_punct or token.pos_ in {"VERB", "ADP"}:
            break
    before = reading.doc[max(0, verb.i - 4) : verb.i]
    for token in reversed(before):
        if token.pos_ in _NOMINAL and outside(token):
            return token
        if token.is_punct:
            break
    return None


def _phrase_head(token: Token, allowed: Callable[[Token], bool]) -> Token:
    """The head of the noun phrase that a token starts, as far as it stands on allowed ground."""
    here = token
    while (
        here.dep_ in {"compound", "nmod", "amod", "det", "poss"}
        and here.head.i > here.i
        and here.head.pos_ in _NOMINAL
        and allowed(here.head)
    ):
        here = here.head
    return here


def _direct(reading: Reading, cues: Cues, quotation: Quotation, cue_token: Token | None) -> _Draft:
    if cue_token is None:
        return _Draft(content=quotation.fragments, mode=Mode.DIRECT, method="rule:quotation")
    cue = cues.verb_at(cue_token)
    source = _speaker_token(reading, cue_token, reading.quotations)
    spans = (
        (_outside(reading, trimmed(reading.text, subtree_span(reading, source)), source),)
        if source
        else ()
    )
    return _Draft(
        content=quotation.fragments,
        mode=Mode.DIRECT,
        method="rule:quotation",
        cue=cue,
        cue_token=cue_token,
        cue_spans=(_cue_span(reading, cue_token, len(cue.words) if cue else 1),),
        source_head=source,
        source=spans,
    )


def _outside(reading: Reading, span: Span, head: Token) -> Span:
    """The part of a source around its head that no quotation holds, and not across the cue."""
    start, end = span.start, span.end
    for quotation in reading.quotations:
        for part in quotation.fragments:
            if part.end <= head.idx:
                start = max(start, part.end)
            elif part.start > head.idx:
                end = min(end, part.start)
    return trimmed(reading.text, Span(start, end))


def _continues(reading: Reading, previous: _Draft, quotation: Quotation) -> bool:
    """Whether a quotation goes on after its cue, as "B" in: "A," she said. "B"."""
    last = previous.content[-1]
    if previous.cue_token is None or previous.mode is not Mode.DIRECT:
        return False
    paragraph = reading.paragraph_at(quotation.start)
    return (
        last.end >= paragraph.start
        and last.end <= previous.cue_token.idx < quotation.start
        and not any(
            token.pos_ in {"VERB", "AUX"} and token.dep_ in {"ROOT", "conj"} and is_finite(token)
            for token in reading.tokens_in(
                Span(previous.cue_token.idx + len(previous.cue_token), quotation.start)
            )
        )
    )


def _introduction(reading: Reading, cues: Cues, quotation: Quotation) -> Token | None:
    """The verb of saying in a paragraph that ends in a colon right before the quotation's own."""
    position = reading.paragraphs.index(reading.paragraph_at(quotation.start))
    if not position:
        return None
    before = reading.paragraphs[position - 1]
    if not before.of(reading.text).rstrip().endswith(":"):
        return None
    verbs = [
        token
        for token in reading.tokens_in(before)
        if token.pos_ == "VERB" and cues.verb_at(token) is not None
    ]
    return verbs[-1] if verbs else None


# ---- speech in paragraphs of its own, without quotation marks


def _unmarked(reading: Reading, cues: Cues, quoted: Sequence[_Draft]) -> Iterator[_Draft]:
    """The paragraphs after "The minister said:" that no quotation marks set apart.

    The first is the speaker's. It goes on as long as paragraphs speak in the first person;
    where they stop doing so nobody knows who speaks, and nothing is guessed.
    """
    for position, paragraph in enumerate(reading.paragraphs[:-1]):
        following = reading.paragraphs[position + 1]
        verb = _announcing(reading, cues, paragraph)
        if verb is None or any(
            part.overlaps(following) for draft in quoted for part in draft.content
        ):
            continue
        spoken = [following]
        for more in reading.paragraphs[position + 2 :]:
            if not _in_first_person(reading, more) or _announcing(reading, cues, more):
                break
            spoken.append(more)
        source = _speaker_token(reading, verb, reading.quotations)
        if source is not None:
            draft = _direct(reading, cues, Quotation((following,)), verb)
            yield replace(draft, content=tuple(spoken), method="rule:speech-after-colon")


def _announcing(reading: Reading, cues: Cues, paragraph: Span) -> Token | None:
    """The verb of saying that a paragraph ends in, right before its colon."""
    if not paragraph.of(reading.text).rstrip().endswith(":"):
        return None
    tokens = [token for token in reading.tokens_in(paragraph) if not token.is_punct]
    last = tokens[-1] if tokens else None
    if last is None or last.pos_ != "VERB" or reading.quotation_at(last.idx) is not None:
        return None
    cue = cues.verb_at(last)
    return last if cue is not None and cue.speech else None


def _in_first_person(reading: Reading, paragraph: Span) -> bool:
    return any(
        token.lower_ in _FIRST_PERSON | {"my", "our"} and reading.quotation_at(token.idx) is None
        for token in reading.tokens_in(paragraph)
    )


def _follows(
    reading: Reading, listing: _Draft, found: Sequence[_Draft], quotation: Quotation
) -> bool:
    """Whether a quotation stands in the paragraph after the last member of a list."""
    del listing
    last = found[-1].content[-1]
    here = reading.paragraphs.index(reading.paragraph_at(quotation.start))
    return reading.paragraphs.index(reading.paragraph_at(last.start)) == here - 1
