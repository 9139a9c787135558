"""The main text of a page, and only what the page declares about itself."""

import contextlib
import datetime as dt

import pytest

from kg.documents.html import read_page

BODY = "<article><p>The trial began on Monday, 3 May 1999.</p><p>It will go on.</p></article>"


def page(head: str = "", body: str = BODY) -> str:
    return f"<html><head><title>T</title>{head}</head><body>{body}</body></html>"


def published(head: str, body: str = BODY) -> dt.date | None:
    return read_page(page(head, body))[1].published


def test_paragraphs_are_parted_by_blank_lines_and_line_breaks_are_single() -> None:
    body = (
        "<article><h1>The trial of the year</h1><p>She said:<br>“No, <b>never</b>.”</p>"
        "<p>He <a href='/x'>left</a> 😀.</p><ul><li>One thing.</li><li>Another thing.</li></ul>"
        "<blockquote><p>رضا محمدی is free.</p><p>So they say.</p></blockquote></article>"
    )
    assert read_page(page(body=body))[0].split("\n\n") == [
        "The trial of the year",
        "She said:\n“No, never.”",
        "He left 😀.",
        "- One thing.\n- Another thing.",
        "رضا محمدی is free.",
        "So they say.",
    ]


def test_markup_that_is_shown_stays_text_and_scripts_are_left_out() -> None:
    body = "<article><p>He wrote &lt;script&gt; &amp; left.</p><script>alert(1)</script></article>"
    assert read_page(page(body=body))[0] == "He wrote <script> & left."


def test_comments_of_readers_are_left_out() -> None:
    body = BODY + "<section id='comments'><p class='comment'>I do not believe it.</p></section>"
    assert "believe" not in read_page(page(body=body))[0]


def test_a_fragment_is_a_page() -> None:
    assert read_page("<p>The judge resigned on Monday.</p>")[0] == "The judge resigned on Monday."


def test_an_xml_declaration_does_not_decode_the_text_again() -> None:
    html = "<?xml version='1.0' encoding='iso-8859-1'?>" + page(
        body="<p>Zoë Müller said: سلام.</p>"
    )
    assert read_page(html)[0] == "Zoë Müller said: سلام."


@pytest.mark.parametrize(
    ("head", "date"),
    [
        (
            '<meta property="article:published_time" content="1988-07-19T23:10:00+03:30">',
            "1988-07-19",
        ),
        ('<meta name="DC.date.issued" content="2019-11-18">', "2019-11-18"),
        ('<meta name="date" content="19 November 2019">', "2019-11-19"),
        ('<meta itemprop="datePublished" content="Nov 20, 2019">', "2019-11-20"),
        ('<link rel="canonical" href="https://news.example.org/2019/11/18/trial">', "2019-11-18"),
        (
            '<script type="application/ld+json">'
            '{"@graph": [{"datePublished": "1994-02-01"}]}</script>',
            "1994-02-01",
        ),
    ],
)
def test_a_declared_date_is_the_date_of_publication(head: str, date: str) -> None:
    assert published(head) == dt.date.fromisoformat(date)


def test_a_date_in_the_markup_of_the_text_is_declared() -> None:
    body = BODY + '<p>Posted <span itemprop="datePublished">16 February 2018</span></p>'
    assert published("", body) == dt.date(2018, 2, 16)


@pytest.mark.parametrize(
    "head",
    [
        "",
        '<meta property="article:modified_time" content="2019-11-18">',
        '<meta property="og:image" content="https://img.example.org/2016/04/05/a.jpg">',
        '<meta itemprop="copyrightYear" content="2019">',
        '<meta name="date" content="2019-11">',
        '<meta name="date" content="2019">',
        '<meta name="date" content="03/04/2019">',
        '<meta name="date" content="0001-01-01T00:00:00Z">',
        '<meta name="date" content="2019-02-31">',
        '<meta name="date" content="yesterday">',
        '<script type="application/ld+json">{"dateModified": "2019-11-18"}</script>',
        '<script type="application/ld+json">{"datePublished": </script>',
    ],
)
def test_no_date_is_made_up(head: str) -> None:
    assert published(head) is None


@pytest.mark.parametrize(
    ("attribute", "tag"), [("en", "en"), ("pt_BR", "pt-BR"), ("", None), ("not a tag", None)]
)
def test_the_language_is_the_one_that_is_declared(attribute: str, tag: str | None) -> None:
    html = page().replace("<html>", f'<html lang="{attribute}">')
    assert read_page(html)[1].language == tag


def test_an_address_that_is_no_url_is_left_out() -> None:
    assert read_page(page('<link rel="canonical" href="/trial">'))[1].url is None


@pytest.mark.parametrize("tag", ["div", "blockquote", "ul", "b"])
def test_deep_nesting_never_breaks_the_run(tag: str) -> None:
    body = f"<{tag}>" * 3000 + BODY + f"</{tag}>" * 3000
    with contextlib.suppress(ValueError):  # the only thing that may be raised
        text, _ = read_page(page(body=body))
        assert text == "" or "began on Monday" in text


@pytest.mark.parametrize("depth", [100, 300, 1500])
def test_what_follows_many_elements_that_nobody_closed_is_read(depth: int) -> None:
    first, last = "The harbour was closed on Monday.", "It will open again in the spring."
    page = f"<html><body><article><p>{first}</p>{'<div>' * depth}<p>Workers left.</p>"
    text, _ = read_page(f"{page}{'</div>' * depth}<p>{last}</p></article></body></html>")
    assert text.split("\n\n") == [first, "Workers left.", last]


def test_a_page_that_cannot_be_read_to_its_end_is_refused() -> None:
    page = "<html><body><article><p>The harbour was closed on Monday.</p>" + "<div>" * 5000
    with pytest.raises(ValueError, match="nested too deeply; save its text as"):
        read_page(f"{page}<p>It will open again in the spring.</p></article></body></html>")


def test_a_piece_of_a_page_that_begins_with_a_drawing_is_read() -> None:
    words = "The harbour was closed on Monday and will open again in the spring. "
    text, _ = read_page(f" <svg>{words}<title>Mark</title><p>{words * 5}</p>")
    assert words.strip() in text
