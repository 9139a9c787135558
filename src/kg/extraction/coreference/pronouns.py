"""Pronouns that stand for the one candidate who fits.

"He" and "she" are weighed by trees learned from marked texts (``training/coreference``); "they"
goes by rule. "I" and "we", and "they" in a quotation, are left to the claims.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from kg.extraction.coreference.cluster import Cluster, leave_choice_open
from kg.extraction.coreference.evidence import Candidate, Earlier, evidence
from kg.extraction.coreference.groups import group_of, verb_above
from kg.extraction.coreference.outline import SUBJECTS, Outline
from kg.extraction.given_names import femininity, is_known
from kg.extraction.lexicon import Nouns
from kg.extraction.mentions import Phrase
from kg.extraction.quotations import Quotation
from kg.extraction.reading import subject_of
from kg.extraction.scenes import scene_changes
from kg.forest import load_forest
from kg.model import Abstention, EntityKind, Form

__all__ = ["Choice", "Pronouns", "weighed"]

#: How far back, in sentences, a pronoun may look for the person it stands for.
_REACH = 3
#: How probable a candidate must be: of the speakers that are answered nine in ten shall be right
#: (bench/speakers.py). Lower bounds raise GAP's F1 and make more speakers wrong.
_LEAST = 0.59
#: The same for a pronoun that is no subject, so that it never says who speaks or acts: a wrong
#: guess costs less there. GAP's F1 by cross-validation is best near it.
_LEAST_BESIDE = 0.4
#: The same for a subject that goes on with the subject before it, where the text names nobody else
#: since: so texts keep to whom they speak of.
_LEAST_OF_CONTINUED = 0.45
#: The same for what the recogniser took for no person: a wrong guess there costs more.
_LEAST_OF_MISREAD = 0.75
#: The same where the letters and uses of the name leave open whether it is a person's.
_LEAST_OF_DOUBTFUL = 0.55
#: From here on a name that the recogniser took for no person's may be one (mentions.judged).
_DOUBTFUL = 0.3
#: How probable who is worth naming to a person when nobody is chosen.
_WORTH_NAMING = 0.15
_NARROWING = {"compound", "nmod"}
_OF_NAME = {"appos", "compound", "nmod"}
_OBJECTS = {"dative", "dobj", "iobj"}
_SPOKEN_OF = {"f": {"she", "her", "hers"}, "m": {"he", "him", "his"}}
#: How much a given name must speak for the other gender to settle it (of 6). Of the full names
#: that GAP development and GUM mark as the right one, 1 in 70 speaks so; of the others 1 in 5.
_CONTRADICTION = 3.0
_FIRST_PERSON = {"i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves"}
#: A name of an institution or place is seldom longer when it is a person's after all.
_WORDS_OF_PERSON = 3
_LETTERS_OF_ACRONYM = 5


@dataclass(frozen=True, slots=True)
class Choice:
    """The candidates of one pronoun and the numbers that speak for each."""

    pronoun: Phrase
    candidates: Sequence[Candidate]
    rows: Sequence[Sequence[float]]


def weighed(choice: Choice) -> list[float]:
    """How probable each candidate is, by the learned trees."""
    return load_forest("kg.extraction.coreference", "pronouns.json").chances(choice.rows)


@dataclass(slots=True)
class Pronouns:
    """What the pronouns of a document stand for, asked in the order of the text.

    ``home`` is the entity of each phrase so far, by the head of the phrase.
    """

    outline: Outline
    nouns: Nouns
    phrases: dict[int, Phrase]
    home: dict[int, Cluster]
    left_open: list[Abstention]
    weigh: Callable[[Choice], Sequence[float]]
    alike: Callable[[Phrase, Phrase], float]
    earlier: dict[str, Earlier] = field(default_factory=dict)

    def antecedent_of(self, pronoun: Phrase) -> Cluster | None:
        """The one person or group that a pronoun can stand for, if it is sure enough."""
        reading = self.outline.reading
        token = reading.doc[pronoun.head]
        if pronoun.name.endswith(("self", "selves")):
            subject = subject_of(verb_above(token))
            return self.home.get(subject.i) if subject is not None else None
        quoted = reading.quotation_at(token.idx) is not None
        if not pronoun.gender:
            if quoted or pronoun.name in _FIRST_PERSON:
                return None
            return group_of(reading, pronoun, self.home, self.left_open)
        chosen = self._person_of(self.choice(pronoun))
        if not quoted:
            self.earlier[pronoun.gender] = Earlier(pronoun.head, chosen)
        return chosen

    def choice(self, pronoun: Phrase) -> Choice:
        """Who a "he" or "she" may stand for, with what speaks for and against each."""
        reading = self.outline.reading
        candidates = list(self._candidates(pronoun))
        quotation = reading.quotation_at(reading.doc[pronoun.head].idx)
        if quotation is not None:
            candidates = [c for c in candidates if _spoken_of(self.outline, pronoun, quotation, c)]
        earlier = self.earlier.get(pronoun.gender)
        rows = evidence(
            self.outline,
            pronoun,
            candidates,
            earlier=earlier,
            phrases=self.phrases,
            alike=self.alike,
        )
        return Choice(pronoun, candidates, rows)

    def _person_of(self, choice: Choice) -> Cluster | None:
        """The most probable candidate if it is probable enough, else nobody."""
        if not choice.candidates:
            return None
        chances = self.weigh(choice)
        best = max(range(len(chances)), key=chances.__getitem__)
        chosen = choice.candidates[best].cluster
        least = self._least(choice, best)
        if chances[best] >= least and not _rivalled(self.outline, choice, chances, best):
            chosen.kind = EntityKind.PERSON  # the recogniser misread the name
            return chosen
        named = [
            candidate.cluster
            for candidate, chance in zip(choice.candidates, chances, strict=True)
            if chance >= _WORTH_NAMING
        ]
        if len(named) > 1:
            leave_choice_open(self.outline.reading, choice.pronoun, named, self.left_open)
        return None

    def _least(self, choice: Choice, best: int) -> float:
        """How probable a candidate must be to be chosen."""
        chosen = choice.candidates[best].cluster
        if not (_is_recognised(chosen) or _is_called(chosen)):
            return _LEAST_OF_DOUBTFUL if _may_be_called(chosen) else _LEAST_OF_MISREAD
        if self.outline.standing(choice.pronoun.head).role not in SUBJECTS:
            return _LEAST_BESIDE
        return _LEAST_OF_CONTINUED if _goes_on(self.outline, choice, best) else _LEAST

    def _candidates(self, pronoun: Phrase) -> Iterator[Candidate]:
        """The persons near a pronoun who may be meant, in the order in which they are near it."""
        outline = self.outline
        first, end = self._stretch(pronoun.head)
        before: dict[int, list[int]] = {}
        after: dict[int, list[int]] = {}
        clusters: dict[int, Cluster] = {}
        for head in range(first, end):
            cluster = self.home.get(head)
            if cluster is None or head == pronoun.head or outline.deps[head] in _NARROWING:
                continue  # in "Holt supporters" nobody called Holt is spoken of
            clusters[id(cluster)] = cluster
            side = before if head < pronoun.head else after
            side.setdefault(id(cluster), []).append(head)
        for key, cluster in clusters.items():
            near = (*before.get(key, ()), *after.get(key, ()))
            name = _given_name(cluster)
            given = femininity(name) if pronoun.gender == "f" else -femininity(name)
            if (
                _may_be(pronoun, cluster, self.nouns)
                and not _is_contradicted(pronoun, cluster, given)
                and not _is_kept_apart(outline, pronoun.head, near)
            ):
                yield Candidate(
                    cluster=cluster,
                    before=before.get(key, ()),
                    after=after.get(key, ()),
                    given=given,
                    known=is_known(name),
                    titled=any(title.split()[-1] in self.nouns.person for title in cluster.titles),
                )

    def _stretch(self, token: int) -> tuple[int, int]:
        """The tokens to search: some sentences back to the end of the next one.

        A sentence that is all quotation does not count.
        """
        outline = self.outline
        starts, here = outline.starts, outline.sentences[token]
        number, counted = here, 0
        reading = outline.reading
        asked = reading.doc[token].idx
        while number > 0 and counted < _REACH:
            if scene_changes(reading, reading.doc[starts[number - 1]].idx, asked):
                break  # nobody of another scene is meant for sure
            number -= 1
            counted += not outline.is_quoted(number)
        end = starts[here + 1]
        if end < len(reading.doc) and not scene_changes(reading, asked, reading.doc[end].idx):
            end = starts[here + 2]
        return starts[number], end


def _goes_on(outline: Outline, choice: Choice, best: int) -> bool:
    """Whether a candidate is the last subject before a pronoun, and nobody else is named since."""
    before = choice.candidates[best].before
    if not before or outline.standing(before[-1]).role not in SUBJECTS:
        return False
    last = outline.sentences[before[-1]]
    return not any(
        outline.sentences[head] >= last
        for at, other in enumerate(choice.candidates)
        if at != best
        for head in other.before
    )


def _is_recognised(cluster: Cluster) -> bool:
    """Whether the recogniser, a title or an earlier choice says that it is a person."""
    return cluster.kind is EntityKind.PERSON and any(
        phrase.form is not Form.NAME or phrase.method != "rule:name-by-pronoun"
        for phrase in cluster.phrases
    )


def _is_called(cluster: Cluster) -> bool:
    """Whether a name that is no place's begins with a known given name."""
    return cluster.kind is not EntityKind.PLACE and is_known(_given_name(cluster))


def _may_be_called(cluster: Cluster) -> bool:
    """Whether a name of it, that is no place's, is a person's with some probability."""
    return cluster.kind is not EntityKind.PLACE and any(
        p.person >= _DOUBTFUL for p in cluster.phrases if p.form is Form.NAME
    )


def _may_be(pronoun: Phrase, cluster: Cluster, nouns: Nouns) -> bool:
    """Whether an entity can be a person of the gender, be it one that the recogniser misread."""
    if cluster.kind is EntityKind.PERSON:
        return not cluster.gender or cluster.gender == pronoun.gender
    if cluster.kind not in {EntityKind.ORGANIZATION, EntityKind.PLACE}:
        return False
    name = max((p.name for p in cluster.phrases if p.form is Form.NAME), key=len, default="")
    words = name.split()
    return (
        0 < len(words) <= _WORDS_OF_PERSON
        and words[-1].lower() not in nouns.organization
        and not (name.isupper() and len(name) <= _LETTERS_OF_ACRONYM)
    )


def _is_contradicted(pronoun: Phrase, cluster: Cluster, given: float) -> bool:
    """Whether a full name is all but never that of the gender, and nothing else tells it."""
    return (
        given < -_CONTRADICTION
        and cluster.gender != pronoun.gender
        and any(p.form is Form.NAME and " " in p.name for p in cluster.phrases)
    )


def _is_kept_apart(outline: Outline, pronoun: int, heads: Sequence[int]) -> bool:
    """Whether grammar says that a pronoun is another: "X met her", "X, her son", "X is her son"."""
    above, deps = outline.heads, outline.deps
    if deps[pronoun] in _OBJECTS:
        clause = outline.clause_of(pronoun)
        return any(
            outline.clause_of(outline.top_of_list(head)) == clause and deps[head] != "poss"
            for head in heads
            if head < pronoun
        )
    if deps[pronoun] != "poss" or outline.reading.doc[pronoun + 1].lower_ == "own":
        return False
    owned = above[pronoun]
    return any(
        head == owned
        or (above[head] == owned and deps[head] in _OF_NAME)
        or (above[owned] == head and deps[owned] in _OF_NAME)
        or (above[head] == above[owned] and deps[owned] == "attr" and deps[head] == "nsubj")
        for head in heads
    )


def _spoken_of(
    outline: Outline, pronoun: Phrase, quotation: Quotation, candidate: Candidate
) -> bool:
    """Whether a pronoun in a quotation may be this one: named in it or beside it, not its speaker.

    In: X said Y “gave all he had”, Y can be meant and X cannot.
    """
    doc = outline.reading.doc
    here = outline.sentences[pronoun.head]
    known = False
    for head in (*candidate.before, *candidate.after):
        if quotation.holds(doc[head].idx):
            known = known or head < pronoun.head
        elif outline.sentences[head] == here:
            stands = outline.standing(head)
            if stands.role in SUBJECTS and not quotation.holds(doc[stands.clause].idx):
                return False
            known = known or head < pronoun.head
    return known


def _given_name(cluster: Cluster) -> str:
    """The first word of the fullest name, empty for the unnamed."""
    names = [phrase.name for phrase in cluster.phrases if phrase.form is Form.NAME]
    return max(names, key=lambda name: len(name.split()), default="").split(" ")[0]


def _rivalled(outline: Outline, choice: Choice, chances: Sequence[float], best: int) -> bool:
    """Whether another may be meant as well, by "and" or by a quotation: X and Y met. He ..."""
    last = choice.candidates[best].before[-1:]
    if last and _another_is_spoken_of(outline, choice.pronoun, last[0]):
        return True
    if not last or not outline.standing(last[0]).listed:
        return False
    return any(
        chance >= chances[best] / 2
        and number != best
        and any(_listed_together(outline, last[0], head) for head in candidate.before)
        for number, (candidate, chance) in enumerate(zip(choice.candidates, chances, strict=True))
    )


def _another_is_spoken_of(outline: Outline, pronoun: Phrase, last: int) -> bool:
    """Whether a quotation beside the antecedent speaks of somebody whom a possessive may mean.

    In “She must go,” said X. Her family wept: it need not be the speaker's family.
    """
    reading, sentence = outline.reading, outline.sentences[last]
    here = reading.doc[pronoun.head]
    if (
        outline.deps[pronoun.head] in {"nsubj", "nsubjpass"}
        or sentence == outline.sentences[pronoun.head]
        or reading.quotation_at(here.idx) is not None
    ):
        return False
    return any(
        other.lower_ in _SPOKEN_OF[pronoun.gender] and reading.quotation_at(other.idx) is not None
        for other in reading.doc[outline.starts[sentence] : outline.starts[sentence + 1]]
    )


def _listed_together(outline: Outline, one: int, other: int) -> bool:
    return outline.top_of_list(one) == outline.top_of_list(other)
