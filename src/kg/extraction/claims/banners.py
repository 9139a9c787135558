"""What banners, signs and placards say: the words of who carries them."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extraction.claims.draft import Draft, cue_span
from kg.extraction.claims.sources import source_of
from kg.extraction.lexicon import Cues
from kg.extraction.quotations import Quotation
from kg.extraction.reading import Reading, antecedent, subtree_span, trimmed
from kg.model import Mode, Span

__all__ = ["draft_of_banner"]

_BANNERS = {
    "banner", "placard", "sign", "poster", "flag", "shirt", "t-shirt", "sticker", "badge", "plaque",
}  # fmt: skip
_CARRYING = {
    "bear", "brandish", "carry", "display", "hang", "hoist", "hold", "lift", "raise", "show",
    "sport", "unfurl", "wave", "wear", "wield",
}  # fmt: skip
_SAYING = {"bear", "declare", "demand", "inscribe", "proclaim", "read", "say", "state", "urge"}
#: Nouns for what stands on a banner: with the words “...”.
_WORDING = {"word", "slogan", "message", "inscription", "text", "phrase"}
_LINKS = {"that", "which", "with", "the", "simply", "bearing", "in", "large", "red", "black"}
#: A banner stands at most this many tokens before its words.
_REACH, _NEAR = 12, 200  # tokens, characters


def draft_of_banner(reading: Reading, cues: Cues, quotation: Quotation) -> Draft | None:
    """The quotation as what a banner says, where the words right before it say so.

    The speaker is who carries it, else the banner itself, which stands for nobody known.
    """
    start = max(reading.paragraph_at(quotation.start).start, quotation.start - _NEAR)
    tokens = list(reading.tokens_in(Span(start, quotation.start)))[-_REACH:]
    found = _banner_before(reading, tokens)
    if found is None:
        return None
    banner, saying = found
    carrying = _carrying(banner)
    cue_token = saying or carrying
    if cue_token is None:
        return None
    source, words = _source(reading, banner, carrying, cue_token)
    is_verb = cue_token.pos_ in {"VERB", "AUX"}
    return Draft(
        content=quotation.fragments,
        mode=Mode.DIRECT,
        method="rule:banner",
        cue=cues.verb_at(cue_token) if is_verb else None,
        cue_token=cue_token,
        cue_spans=(
            cue_span(reading, cue_token) if is_verb else reading.span(cue_token.i, cue_token.i),
        ),
        source_head=source,
        source=(words,),
    )


def _source(
    reading: Reading, banner: Token, carrying: Token | None, cue_token: Token
) -> tuple[Token, Span]:
    """Who carries a banner, else the banner, and the words for it: without what it says."""
    carrier = source_of(carrying, passive=False) if carrying is not None else None
    if carrier is not None and carrying is not None:
        carrier = antecedent(carrier, carrying)  # those who carry
    source = carrier or banner
    whole = subtree_span(reading, source)
    verb = carrying if carrier is not None and carrying is not None else cue_token
    clause = next((c for c in source.children if c.dep_ in {"relcl", "acl"}), None)
    ends = [whole.end]
    if clause is not None and clause.left_edge.i > source.i:
        ends.append(clause.left_edge.idx)  # “a man” wearing a shirt, “a sign” that read
    if verb.i > source.i:
        ends.append(verb.idx)
    return source, trimmed(reading.text, Span(whole.start, min(ends)))


def _banner_before(reading: Reading, tokens: list[Token]) -> tuple[Token, Token | None] | None:
    """The banner that words lead from to what it says, and the word that leads: read, slogan."""
    saying: Token | None = None
    for token in reversed(tokens):
        if reading.quotation_at(token.idx) is not None:
            return None
        lemma = token.lemma_.lower()
        if token.pos_ == "NOUN" and lemma in _BANNERS:
            colon = tokens[-1].text in {":", "—", "–"}
            return (token, saying) if saying is not None or colon else None
        is_verb = token.pos_ in {"VERB", "AUX"}
        if saying is None and (
            (is_verb and lemma in _SAYING) or (token.pos_ == "NOUN" and lemma in _WORDING)
        ):
            saying = token
            continue
        leads = token.is_punct or token.lower_ in _LINKS
        if not leads and (saying is None or (is_verb and lemma not in _SAYING)):
            return None
    return None


def _carrying(banner: Token) -> Token | None:
    """The verb that says who carries a banner."""
    here = banner
    while here.dep_ in {"conj", "compound"} and here.head != here:
        here = here.head
    if here.dep_ == "prep" and here.head.pos_ == "VERB":
        here = here.head
    above = here.head
    if here.dep_ == "nsubj" and above.tag_ == "VBG" and above.head.lemma_.lower() in _CARRYING:
        return above.head  # held banners proclaiming: the parser takes them for who proclaims
    if here.dep_ in {"dobj", "pobj"}:
        if here.dep_ == "pobj":
            above = above.head
        if above.pos_ == "VERB" and above.lemma_.lower() in _CARRYING:
            return above
    return None
