"""Bytes become text without a change."""

import pytest

from kg.documents.encodings import decode

LEGACY = {
    "cp1252": "“We saw nothing,” said the former minister – a man from São Paulo.",
    "iso-8859-2": "Były minister powiedział, że sąd skazał trzech żołnierzy w Łodzi.",
    "cp1250": "Ministr řekl, že „žádní vězni“ nezemřeli. Příbuzní žádají pravdu.",
    "cp1251": "Бывший министр заявил, что не знал о гибели заключённых. «Это ложь».",
    "koi8-r": "Бывший министр заявил в понедельник, что не знал о гибели людей.",
    "cp1256": "قال الوزير السابق يوم الاثنين إنه لم يعلم بمقتل السجناء. وقالت العائلات",
    "shift_jis": "元大臣は月曜日、囚人の死については知らなかったと述べた。",
    "iso2022_jp": "元大臣は月曜日、囚人の死については知らなかったと述べた。",
    "euc_kr": "전 장관은 월요일 수감자들의 죽음에 대해 몰랐다고 말했다.",
}
MIXED = "Zahra 😀 said:\r\n“رضا محمدی is free”\rand 'no'\n\x0c"


@pytest.mark.parametrize("name", LEGACY)
def test_a_legacy_encoding_is_told_from_one_sentence(name: str) -> None:
    assert decode(LEGACY[name].encode(name))[0] == LEGACY[name]


@pytest.mark.parametrize(
    "name", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le"]
)
def test_unicode_keeps_line_ends_and_leaves_the_mark_out(name: str) -> None:
    assert decode(MIXED.encode(name))[0] == MIXED


@pytest.mark.parametrize(
    ("encoding", "named"),
    [("utf-8-sig", "utf-8"), ("utf-16", "utf-16-le"), ("utf-16-be", "utf-16-be")],
)
def test_the_encoding_is_named(encoding: str, named: str) -> None:
    assert decode("The judge resigned.".encode(encoding))[1] == named


def test_a_later_mark_stays_in_the_text() -> None:
    assert decode("a\ufeffb".encode())[0] == "a\ufeffb"


def test_the_encoding_is_told_from_a_late_character() -> None:
    text = "The judge resigned.\n" * 20_000 + "He said: “No – never”, Señor Müller.\n"
    assert decode(text.encode("cp1252")) == (text, "windows-1252")


def test_damaged_utf8_is_refused_not_taken_for_another_encoding() -> None:
    raw = "Beyoğlu, Kadıköy, Üsküdar, Şişli".encode()
    with pytest.raises(ValueError, match="damaged at byte 34"):
        decode(raw[:-5] + b"\xff" + raw[-4:])


def test_damaged_pages_are_read_as_browsers_do() -> None:
    assert decode("“Yes” – “No”".encode() + b"\xff", lenient=True)[0] == "“Yes” – “No”\ufffd"


@pytest.mark.parametrize("raw", [b"\x00\x01\x02\x03" * 9, bytes(range(256)) * 3])
def test_binary_is_no_text(raw: bytes) -> None:
    with pytest.raises(ValueError, match="binary"):
        decode(raw)


def test_the_colours_of_a_terminal_do_not_hide_utf8() -> None:
    text = "\x1b[31mZoë\x1b[0m said: رضا"
    assert decode(text.encode()) == (text, "utf-8")
