"""How a name is spelled, and what of its spelling counts.

Two readings of one name. The ``key`` is strict: two names with one key are the same name, and
only case, marks, articles, courtesy titles and the order around a comma were left out. The
``parts`` are loose: everything in Latin letters, cut at every mark, for comparing names that
may be written differently. What is cut and how is general knowledge of names, no list of any.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from anyascii import anyascii
from cleanco.termdata import terms_by_type

from kg.identity.remembered import remembered
from kg.model import EntityKind

__all__ = [
    "LEGAL_FORMS",
    "PARTICLES",
    "is_full_name",
    "key",
    "number",
    "parts",
    "skeleton",
    "without_titles",
]

_WORD = re.compile(r"[^\W_]+(?:[-'’ʼ`][^\W_]+)*")
_ARTICLES = {"the"}

#: What stands before a name out of courtesy, and is no part of it.
_COURTESY = frozenset(
    "mr mrs ms miss mx sir madam dr prof professor doctor herr frau monsieur mme señor señora sr "
    "sra signor signora rev reverend hon honourable honorable".split()
)

#: What stands behind a name and is no part of it.
_POST_NOMINALS = frozenset("qc kc md phd dphil esq obe mbe cbe mp".split())

#: Offices, ranks and styles that stand before a name. Some are names too: for comparing only.
_STYLES = frozenset(
    "ayatollah hojjatoleslam sheikh shaikh shaykh sheik haji hajji hajj imam mullah maulana qari "
    "general gen colonel col major maj captain capt lieutenant lt sergeant sgt brigadier admiral "
    "judge justice president präsident minister senator sen ambassador governor king queen prince "
    "princess lord lady dame chancellor".split()
)

#: All that stands before a name and may be left out where only the name counts.
TITLES = _COURTESY | _STYLES

#: Small words between names. They are written with and without, and in many ways.
PARTICLES = {
    **dict.fromkeys(("al", "el", "ul", "ur", "ud", "as", "ash", "ad", "ar", "an", "az"), "al"),
    **dict.fromkeys(("bin", "ibn", "ben", "bint"), "bin"),
    **dict.fromkeys(("von", "van", "der", "den", "vom", "zu", "zum", "ten", "ter"), "von"),
    **dict.fromkeys(("de", "da", "do", "di", "du", "del", "della", "dos", "das", "la", "le"), "de"),
}

#: The small words that can only be small words: the others may be a first name.
_ALWAYS_SMALL = {"bin", "ibn", "bint", "von", "van", "vom", "de", "del", "della", "el"}

#: Scripts whose letters go into Latin ones by a rule, so that two names of equal Latin letters
#: are spelled alike. Others leave out vowels or write syllables: equal Latin letters are chance.
_ALPHABETS = ("LATIN", "CYRILLIC", "GREEK", "GEORGIAN", "ARMENIAN")

#: Scripts that write no short vowels.
_ABJADS = ("ARABIC", "HEBREW", "SYRIAC")
#: Letters of theirs that are silent, and carry a vowel where a word begins: alef and ain.
_CARRIERS = frozenset("اأإآعאע")

#: Legal forms as the long words have them; the short ones come from the library.
_LONG_FORMS = {
    "public limited company": "plc", "limited liability company": "llc",
    "open joint stock company": "ojsc", "public joint stock company": "pjsc",
    "closed joint stock company": "cjsc", "joint stock company": "jsc",
    "societatea cu raspundere limitata": "srl", "gesellschaft mit beschrankter haftung": "gmbh",
    "aktiengesellschaft": "ag", "limited": "ltd", "incorporated": "inc", "corporation": "corp",
    "company": "co", "oao": "ojsc", "pao": "pjsc", "zao": "cjsc", "ao": "jsc", "ooo": "llc",
    "sp z o o": "spzoo", "sp z oo": "spzoo", "sp zoo": "spzoo",
}  # fmt: skip
_LONG_FORM = re.compile(
    r"\b(?:" + "|".join(sorted(_LONG_FORMS, key=lambda form: -len(form))) + r")\b"
)

LEGAL_FORMS = frozenset(_LONG_FORMS.values()) | {
    re.sub(r"\W", "", term)
    for terms in terms_by_type.values()
    for term in terms
    if re.sub(r"\W", "", term).isascii() and len(re.sub(r"\W", "", term)) <= len("gesmbh")
}

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60,
         "seventy": 70, "eighty": 80, "ninety": 90}  # fmt: skip
_ORDINALS = {
    **{f"{word}th": value for value, word in enumerate(_UNITS)},
    "first": 1, "second": 2, "third": 3, "fifth": 5, "eighth": 8, "ninth": 9, "twelfth": 12,
    **{f"{word.removesuffix('y')}ieth": value for word, value in _TENS.items()},
}  # fmt: skip
_NUMBERS = {**{word: value for value, word in enumerate(_UNITS)}, **_TENS, **_ORDINALS}
_ROMAN = re.compile(r"(?=[ivxl])(xl|l?x{0,3})(ix|iv|v?i{0,3})")
_ROMAN_DIGITS = {"i": 1, "v": 5, "x": 10, "l": 50}


@remembered
def key(name: str, kind: EntityKind | None = None) -> tuple[str, ...]:
    """The words of a name that count: case, marks and articles left out, order kept.

    With the kind also what its names are written with and without is left out: a person's
    courtesy titles and the order around a comma, the way an organisation's legal form is put.

    >>> key("The United Nations")
    ('united', 'nations')
    >>> key("BERG, Dr. Anna", EntityKind.PERSON), key("Müller-Berg A.G.", EntityKind.ORGANIZATION)
    (('anna', 'berg'), ('muller', 'berg', 'ag'))
    """
    if kind is None:
        words = _WORD.findall(name.casefold().replace("’", "'"))
        return tuple(word for word in words if word not in _ARTICLES)
    words = [_folded(word) for word in _pieces(_bare(name, kind, _COURTESY))]
    if kind is EntityKind.ORGANIZATION:
        words = [re.sub(r"is(ations?|ational|ing)$", r"iz\1", word) for word in _legal(words)]
    return tuple(word for word in words if word and word not in _ARTICLES)


@remembered
def is_full_name(name: str) -> bool:
    """Whether a person's name has two words that are written out: no bare surname, no initials.

    >>> is_full_name("Anna Berg"), is_full_name("A. Berg"), is_full_name("Berg")
    (True, False, False)
    >>> is_full_name("Dr. Berg"), is_full_name("A.B. Berg"), is_full_name("习近平")
    (False, False, True)
    """
    name = without_titles(_turned(name))
    words = [word for at, word in enumerate(key(name)) if not _is_small(word, at)]
    if not name.isascii() and any(map(_is_sign, name)):
        # Written without spaces: two or more signs are surname and name.
        return sum(map(len, words)) > 1
    return sum(len(word) > 1 for word in words) > 1


def _is_sign(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith(("CJK", "HANGUL"))


@remembered
def parts(name: str, kind: EntityKind) -> tuple[str, ...]:
    """The words of a name in small Latin letters, cut at every mark, small words in one form.

    >>> parts("Usāma ibn-Lādin", EntityKind.PERSON)
    ('usama', 'bin', 'ladin')
    >>> parts("The 3rd Brigade of Lindau Ltd.", EntityKind.ORGANIZATION)
    ('3', 'brigade', 'of', 'lindau', 'ltd')
    """
    pieces = _pieces(_bare(name, kind, _COURTESY | _STYLES))
    words = [_letters(word) for piece in pieces for word in _syllables(piece)]
    words = [word for word in words if word and word not in _ARTICLES]
    if kind is not EntityKind.PERSON:
        return tuple(_counted(_legal(words)))
    return tuple(
        PARTICLES[word] if _is_small(word, place) else word for place, word in enumerate(words)
    )


def _is_small(word: str, place: int) -> bool:
    """Whether a word is a small one: in the first place most may be a first name."""
    return word in PARTICLES and (place > 0 or word in _ALWAYS_SMALL)


def _bare(name: str, kind: EntityKind, titles: frozenset[str]) -> str:
    """The name without what is written with and without it, in the order of speech."""
    if kind is EntityKind.PERSON:
        return without_titles(_turned(name), titles)
    return _undotted(name).replace("&", " and ")


def without_titles(name: str, titles: frozenset[str] = _COURTESY) -> str:
    """A person's name without the titles around it; the whole where nothing else is left.

    >>> without_titles("Prof. Dr. Anna Berg QC"), without_titles("Dr.")
    ('Anna Berg', 'Dr.')
    """
    words = name.split()
    bare = [word.casefold().strip(".,()") for word in words]
    start, end = 0, len(words)
    while start < end and bare[start] in titles:
        start += 1
    while end > start and bare[end - 1] in _POST_NOMINALS:
        end -= 1
    return " ".join(words[start:end]).rstrip(",") or name


@remembered
def skeleton(word: str) -> str:
    """What is left of a word where its vowels and the spellings of one sound do not count.

    >>> skeleton("mohammed") == skeleton("muhamad"), skeleton("hussein") == skeleton("husayn")
    (True, True)
    """
    for spelled, sound in _SOUNDS:
        word = word.replace(spelled, sound)
    first = "a" if word[:1] in set("aeiouy") else word[:1]
    rest = re.sub(r"[aeiouyh]", "", word[1:])
    return re.sub(r"(.)\1+", r"\1", first + rest)


_SOUNDS = (
    ("sch", "s"), ("tch", "c"), ("kh", "h"), ("gh", "g"), ("ch", "c"), ("sh", "s"), ("ts", "c"),
    ("zh", "j"), ("dj", "j"), ("dh", "d"), ("th", "t"), ("ph", "f"), ("ck", "k"), ("q", "k"),
    ("ks", "x"), ("w", "v"), ("z", "s"),
)  # fmt: skip


def number(word: str) -> int | None:
    """The number that a word of a name writes, in figures, words or Roman numerals.

    >>> number("44"), number("3rd"), number("second"), number("xiv"), number("civil")
    (44, 3, 2, 14, None)
    """
    figures = re.fullmatch(r"(\d+)(?:st|nd|rd|th)?", word)
    if figures:
        return int(figures[1])
    if word in _NUMBERS:
        return _NUMBERS[word]
    if word in {"v", "x", "l"} or not _ROMAN.fullmatch(word):
        return None  # one letter may be anything; i alone is a number only behind a name
    digits = [_ROMAN_DIGITS[letter] for letter in word]
    return sum(
        -value if value < following else value
        for value, following in zip(digits, [*digits[1:], 0], strict=True)
    )


def _counted(words: list[str]) -> Iterator[str]:
    """The words with numbers in figures: forty four is 44, and so is a letter behind a name."""
    waiting = 0
    for place, (word, following) in enumerate(pairwise([*words, ""])):
        value = number(word)
        if place and word in _ROMAN_DIGITS and following in LEGAL_FORMS | {""}:
            value = _ROMAN_DIGITS[word]
        if word in _TENS and (number(following) or 0) in range(1, 10) and following in _NUMBERS:
            waiting = _TENS[word]
        else:
            yield word if value is None else str(waiting + value)
            waiting = 0


def _turned(name: str) -> str:
    """The surname behind the name, where a comma says that it stood before it."""
    surname, comma, rest = name.partition(",")
    words = [word.casefold().strip(".") for word in rest.split()]
    if not comma or "," in rest or not words or all(word in _BEHIND for word in words):
        return name
    return f"{rest} {surname}"


#: What may stand behind a comma without being the rest of the name.
_BEHIND = _POST_NOMINALS | {"jr", "sr", "junior", "senior", "ii", "iii", "iv"}


def _undotted(name: str) -> str:
    """Letters with points between them as one word."""
    return re.sub(r"\b(?:\w\.\s?){2,}", lambda m: re.sub(r"[.\s]", "", m[0]) + " ", name)


def _legal(words: list[str]) -> list[str]:
    """Legal forms in their short form."""
    return _LONG_FORM.sub(lambda match: _LONG_FORMS[match[0]], " ".join(words)).split()


def _pieces(name: str) -> list[str]:
    """The runs of letters and digits, apostrophes taken for letters that are not written."""
    plain = re.sub(r"['’ʼʻʿʾ`´]s\b", "", name)
    plain = re.sub(r"['’ʼʻʿʾ`´\u200c\u200d]", "", plain)
    return re.findall(r"(?:[^\W_]|[\u0300-\u036f\u064b-\u065f\u0900-\u0e7f\u1780-\u17ff])+", plain)


def _syllables(piece: str) -> list[str]:
    """A piece, cut where its script is written without spaces."""
    if any(unicodedata.name(letter, "").startswith(("CJK", "HANGUL")) for letter in piece):
        return list(piece)
    return [piece]


def _folded(word: str) -> str:
    """A word in small letters, Latin ones where the script is an alphabet."""
    scripts = {unicodedata.name(letter, "?").partition(" ")[0] for letter in word}
    if scripts <= {*_ALPHABETS, "DIGIT", "COMBINING"}:
        return _letters(word)
    return unicodedata.normalize("NFC", word.casefold())


def _letters(word: str) -> str:
    """A word in small Latin letters."""
    if word.isascii():
        return re.sub(r"[^a-z0-9]", "", word.casefold())
    plain = re.sub(r"[^a-z0-9]", "", anyascii(unicodedata.normalize("NFC", word)).casefold())
    if unicodedata.name(word[0], "").startswith(_ABJADS):
        # Behind the first letter these two mostly write a vowel, and some first letters carry one.
        plain = plain[:1] + plain[1:].replace("w", "u").replace("y", "i")
        return f"a{plain}" if word[0] in _CARRIERS and plain[:1] not in set("aeiou") else plain
    return plain
