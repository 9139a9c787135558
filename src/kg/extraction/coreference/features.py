"""What the numbers are called that speak for and against a candidate of a pronoun."""

from __future__ import annotations

from itertools import count

__all__ = ["AT", "FEATURES"]

_ALL = (
    "p_role", "p_host", "p_depth", "p_in_sentence", "p_quoted", "p_clause",
    "earlier_sentences", "earlier_role", "earlier_tokens", "candidates",
)  # fmt: skip
_OWN = (
    "sentences", "tokens", "role", "host", "depth", "listed", "quoted", "bracketed", "form",
    "parallel", "same_clause", "in_sentence", "preposition", "in_this", "listed_with",
    "subject_sentences", "subject_depth", "subject_in_sentence", "governs",
    "argument", "inside", "over",
    "next_sentences", "next_tokens", "next_role", "next_depth", "next_above",
    "names", "before", "after", "agreeing", "person", "place", "nominal", "words", "recognised",
    "chance", "given", "known", "titled", "said", "earlier",
    "alike", "alike_before", "alike_mean",
)  # fmt: skip
_BESIDE = (
    "nearer", "nearer_subject", "higher_subject", "nearer_over", "more", "more_named",
    "best_given", "better_said", "best_alike", "plain",
)  # fmt: skip
#: What the numbers of a row mean.
FEATURES = (*_ALL, *_OWN, *_BESIDE)
#: Where the numbers that each candidate has of its own stand among themselves.
AT = dict(zip(_OWN, count()))
