"""The walk from a text to its times, as EDTF with bounds.

Four steps. The rules of ``absolute``, ``incomplete``, ``relative`` and ``told`` read atoms:
"March 22, 1988", "August", "last August", "the next day". An atom that lacks its year or week
is placed by the published date, by the tense of its clause and by a fully dated time before
it. Atoms are then put together: "early 1988", "from X to Y", "since X". What cannot be placed
safely becomes an abstention, never a guess.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from spacy.tokens import Doc

from kg.extraction.times.bounds import take_bound
from kg.extraction.times.found import Found
from kg.extraction.times.joining import join
from kg.extraction.times.licensing import is_licensed, license_lists
from kg.extraction.times.orders import settle_orders
from kg.extraction.times.placing import place, share_years
from kg.extraction.times.prefixes import take_prefix
from kg.extraction.times.spotting import spot
from kg.model import Abstention, Span, Time

__all__ = ["find_times"]


def find_times(
    doc: Doc, *, published: dt.date | None
) -> tuple[tuple[Time, ...], tuple[Abstention, ...]]:
    """The times of a text and what was left open, each in text order and without overlap.

    Relative expressions are reckoned from ``published``. Durations and recurring times ("for
    four decades", "every Tuesday") are no times. "before X" and "after X" leave X itself out,
    "by", "until" and "since X" hold it.

    >>> import spacy
    >>> doc = spacy.blank("en")("It was made in October of last year.")
    >>> times, _ = find_times(doc, published=dt.date(2022, 3, 22))
    >>> times[0].text, times[0].edtf
    ('October of last year', '2021-10')
    """
    text = doc.text  # spaCy joins it anew each time
    found = share_years(text, settle_orders(text, spot(doc, text, published)))
    placed = list(place(doc, text, found, published))
    parted = [take_prefix(doc, text, one) for one in placed]
    joined = list(join(text, parted))
    bounded = [take_bound(text, one) for one in joined]
    kept = [one for one in license_lists(doc, text, bounded) if is_licensed(doc, one)]
    return tuple(_times(text, kept)), tuple(_abstentions(kept))


def _times(text: str, found: Iterable[Found]) -> Iterator[Time]:
    for one in found:
        if (period := one.atom.period) is not None:
            yield Time(
                span=Span(one.start, one.end),
                text=text[one.start : one.end],
                edtf=period.edtf,
                earliest=period.earliest,
                latest=period.latest,
                anchor=one.anchor,
                method=one.method,
            )


def _abstentions(found: Iterable[Found]) -> Iterator[Abstention]:
    for one in found:
        if one.atom.reason is not None:
            yield Abstention(
                span=Span(one.start, one.end),
                what="time",
                reason=one.atom.reason,
                method=one.method,
            )
