"""The syntax of one document as plain lists, so that many candidates can be looked at cheaply."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Doc

from kg.extraction.reading import Reading

__all__ = [
    "APPOSED", "OBJECT", "OTHER", "PASSIVE", "POSSESSOR", "PREPOSED", "SUBJECT", "SUBJECTS",
    "Outline", "Standing", "outline",
]  # fmt: skip

SUBJECT, PASSIVE, OBJECT, PREPOSED, POSSESSOR, APPOSED, OTHER = range(7)
SUBJECTS = frozenset({SUBJECT, PASSIVE})
_ROLES = {
    "nsubj": SUBJECT,
    "nsubjpass": PASSIVE,
    "dobj": OBJECT,
    "dative": OBJECT,
    "pobj": PREPOSED,
    "poss": POSSESSOR,
    "appos": APPOSED,
}
_LISTED = {"NOUN", "PROPN", "PRON"}


@dataclass(frozen=True, slots=True)
class Standing:
    """How a token stands in its sentence.

    ``role`` is the grammatical role of the token, in a list that of the first of it.
    ``clause`` is the verb above it, ``depth`` how many clauses lie above that one.
    """

    token: int
    sentence: int
    role: int
    listed: bool  #: joined to another by "and"
    clause: int
    depth: int
    host: int  #: the role of what a possessor owns, else its own
    preposition: str
    quoted: bool
    bracketed: bool


@dataclass(slots=True)
class Outline:
    """A document's heads, relations and sentences by token."""

    reading: Reading
    heads: list[int]
    deps: list[str]
    verbs: list[bool]
    sentences: list[int]  #: the number of its sentence, for each token
    starts: list[int]  #: the first token of each sentence, and the end of the last
    standings: dict[int, Standing] = field(default_factory=dict)

    def clause_of(self, token: int) -> int:
        """The verb above a token, or the root of its sentence."""
        here = self.heads[token]
        while not self.verbs[here] and self.heads[here] != here:
            here = self.heads[here]
        return here

    def clauses_above(self, token: int) -> list[int]:
        """The verbs above a token from the nearest to the root."""
        found = []
        here = token
        while self.heads[here] != here:
            here = self.heads[here]
            if self.verbs[here]:
                found.append(here)
        return found

    def governs(self, above: int, token: int) -> bool:
        """Whether one token stands over another in the parse."""
        here = token
        while self.heads[here] != here:
            here = self.heads[here]
            if here == above:
                return True
        return False

    def top_of_list(self, token: int) -> int:
        """For a noun joined by "and" to another the first of them."""
        while self.deps[token] == "conj" and self.reading.doc[self.heads[token]].pos_ in _LISTED:
            token = self.heads[token]
        return token

    def is_quoted(self, sentence: int) -> bool:
        """Whether a sentence stands in one quotation from its first word to its last."""
        doc = self.reading.doc
        inside = self.reading.quotation_at(doc[self.starts[sentence]].idx)
        last = doc[self.starts[sentence + 1] - 1].idx
        return inside is not None and self.reading.quotation_at(last) is inside

    def standing(self, token: int) -> Standing:
        """How a token stands in its sentence."""
        found = self.standings.get(token)
        if found is None:
            found = self.standings[token] = self._standing(token)
        return found

    def _standing(self, token: int) -> Standing:
        doc = self.reading.doc
        first = token
        while self.deps[first] in {"conj", "appos"} and doc[self.heads[first]].pos_ in _LISTED:
            first = self.heads[first]
        role = _ROLES.get(self.deps[first], OTHER)
        if self.deps[token] == "appos":
            role = APPOSED
        host = role
        if role == POSSESSOR:
            owned = self.heads[first]
            host = _ROLES.get(self.deps[owned], OTHER)
        word = doc[token]
        listed = self.deps[token] == "conj" or any(c.dep_ == "conj" for c in word.rights)
        return Standing(
            token=token,
            sentence=self.sentences[token],
            role=role,
            listed=listed,
            clause=self.clause_of(first),
            depth=len(self.clauses_above(first)),
            host=host,
            preposition=doc[self.heads[first]].lower_ if role == PREPOSED else "",
            quoted=self.reading.quotation_at(word.idx) is not None,
            bracketed=self._bracketed(token),
        )

    def _bracketed(self, token: int) -> bool:
        doc = self.reading.doc
        for at in range(token, max(self.starts[self.sentences[token]], token - 12) - 1, -1):
            if doc[at].text == ")":
                return False
            if doc[at].text == "(":
                return True
        return False


def outline(reading: Reading) -> Outline:
    """The syntax of a document."""
    doc: Doc = reading.doc
    rows = doc.to_array(["HEAD", "DEP", "POS"]).astype("int64").tolist()
    names = doc.vocab.strings
    verb, aux = names["VERB"], names["AUX"]
    known: dict[int, str] = {}
    heads, deps, verbs = [], [], []
    for at, (head, dep, pos) in enumerate(rows):
        heads.append(at + head)
        unsigned = dep & 0xFFFFFFFFFFFFFFFF
        if unsigned not in known:
            known[unsigned] = names[unsigned]
        deps.append(known[unsigned])
        verbs.append(pos in {verb, aux})
    sentences: list[int] = []
    starts = []
    for number, sentence in enumerate(doc.sents):
        starts.append(sentence.start)
        sentences.extend([number] * (sentence.end - sentence.start))
    starts.append(len(doc))
    return Outline(reading, heads, deps, verbs, sentences, starts)
