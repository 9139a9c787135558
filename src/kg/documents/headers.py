"""The date that a plain text carries in its first lines.

Only a full date counts, and only where it dates the text: on a line of its own, after a dash
at the end of a headline, or in a dateline. A date anywhere else may be of what is told.
"""

from __future__ import annotations

import datetime as dt
import re

__all__ = ["header_date"]

#: A date stands among the first lines, and a text follows that it can date.
_LINES, _LEAST_TEXT = 6, 200

_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_MONTH = "|".join(f"{name[:3]}(?:{name[3:]})?" if name[3:] else name for name in _MONTHS)
_DATE = (
    rf"(?:(?P<m1>{_MONTH})\.?\s+(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y1>\d{{4}})"
    rf"|(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<m2>{_MONTH})\.?,?\s+(?P<y2>\d{{4}})"
    r"|(?P<y3>\d{4})-(?P<m3>\d{2})-(?P<d3>\d{2}))"
)
_DAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"(?:(?:published|posted|updated|issued|date[d]?)(?:\s+on)?\s*:?\s*)?{_DAY}{_DATE}"
        r"(?:[,|]?\s+(?:at\s+)?\d{1,2}[:.]\d{2}.{0,20})?$",
        rf"[^\n]+\s[–—-]{{1,2}}\s*{_DAY}{_DATE}$",
        rf"[^\W\d_][^\d\n–—]{{1,40}},\s+{_DATE}\s*(?:\([^)\n]{{1,30}}\)\s*)?[–—-]{{1,2}}\s",
    )
)


def header_date(text: str) -> dt.date | None:
    r"""The day that the first lines of a text date it, None if they do not or disagree.

    >>> header_date("Dam bursts – 3 May 2019\n" + "Water reached the town. " * 10)
    datetime.date(2019, 5, 3)
    >>> header_date("The dam burst on 3 May 2019.\n" + "Water reached the town. " * 10)
    """
    lines = [line.strip() for line in text[:3000].splitlines() if line.strip()][:_LINES]
    found = {day for line in lines if (day := _dated(line)) is not None}
    if len(found) != 1 or len(text) < _LEAST_TEXT:
        return None
    return found.pop()


def _dated(line: str) -> dt.date | None:
    for number, form in enumerate(_FORMS):
        # A dateline is followed by its paragraph, the other forms are all of their line.
        match = form.match(line) if number == len(_FORMS) - 1 else form.fullmatch(line)
        if match is None:
            continue
        part = next(n for n in "123" if match[f"y{n}"])
        month = match[f"m{part}"].lower()
        numbered = int(month) if month.isdigit() else _month(month)
        try:
            return dt.date(int(match[f"y{part}"]), numbered, int(match[f"d{part}"]))
        except ValueError:
            return None
    return None


def _month(name: str) -> int:
    return next(n for n, full in enumerate(_MONTHS, start=1) if full.startswith(name[:3]))
