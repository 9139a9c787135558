"""Web pages: the main text, and what a page declares about itself.

trafilatura finds the text: word F1 0.971 on 91 pages of news and blogs (``bench/pages.py``). Its
date finder is not used: where a page declares no date it takes one from an image's address, the
text or today, and a wrong date of publication moves every "last August" of the document.
"""

from __future__ import annotations

import copy
import datetime as dt
import html as entities
import json
import re
from collections.abc import Iterator
from configparser import ConfigParser
from typing import Any

import trafilatura
from htmldate import find_date
from lxml.etree import ErrorTypes
from lxml.html import HTMLParser, fromstring
from trafilatura.settings import DEFAULT_CONFIG
from trafilatura.utils import HTML_PARSER
from trafilatura.xml import xmltotxt

from kg.documents.sources import Metadata, is_url

__all__ = ["read_page"]

#: Years outside of these are no date of publication, but a clock that was not set.
_FIRST, _LAST = dt.date(1900, 1, 1), dt.date(2100, 1, 1)
#: A page that gives less text than this is taken whole, each tag a line. trafilatura's 250 breaks
#: the sentences of short pages at links; 25 with recall does not, and long pages gain F1 0.006.
_SHORTEST = 25
_XML = re.compile(r"\s*<\?xml[^>]*>")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
#: The keys of meta elements that say when a page was published (not: modified, expires).
_PUBLISHED = re.compile(r"publi|pub-?date|issued|posted|(^|[.:_-])date$", re.IGNORECASE)
_NOT_PUBLISHED = re.compile(r"modif|updat|expir|publisher", re.IGNORECASE)
_ISO = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?!\d)")
#: "19 November 2019", "Nov. 19, 2019", in any language: a day is there, and not made up.
_WORDED = re.compile(
    r"\b\d{1,2}\.?\s+[^\W\d_]{3,}\.?,?\s+\d{4}|[^\W\d_]{3,}\.?\s+\d{1,2},?\s+\d{4}"
)
#: A line of this character alone becomes a blank line: trafilatura uses it so, too.
_BREAK = "\u2424"
_TOO_DEEP = "the page is nested too deeply; save its text as .txt"
_BLOCKS = ("p", "head", "quote", "list", "table", "code")


def read_page(html: str, *, url: str | None = None) -> tuple[str, Metadata]:
    r"""The text of a page, paragraphs parted by blank lines, and what it declares.

    The text is empty where the page has none.

    >>> page = "<html lang='en'><p>It <b>began</b> on Monday.<p>It will go on.</html>"
    >>> text, said = read_page(page)
    >>> text, said.language
    ('It began on Monday.\n\nIt will go on.', 'en')

    Raises:
        ValueError: If the page cannot be parsed.
    """
    html = _XML.sub("", html, count=1)  # it would name the encoding of bytes that are text by now
    try:
        tree = _tree(html)
        if tree is None or tree.tag != "html":  # a fragment
            tree = _tree(f"<html><body><div>{html}</div></body></html>")
        if tree is None:
            return "", Metadata()
        language = _language(tree)
        found = trafilatura.bare_extraction(
            tree,
            url=url,
            fast=True,
            favor_recall=True,
            include_comments=False,
            with_metadata=True,
            date_extraction_params={"extensive_search": False},  # what it finds is not used
            config=_config(),
        )
        if found is None or isinstance(found, dict):
            return "", Metadata()
        text = _text(found.body)
    except RecursionError as error:
        raise ValueError(_TOO_DEEP) from error
    except (AssertionError, AttributeError, IndexError, KeyError, TypeError) as error:
        # a defect of the parser's on one page must not end the run over the others
        reason = f"the page cannot be parsed ({type(error).__name__}: {error})"
        raise ValueError(f"{reason}; save its text as .txt") from error
    address = found.url if found.url and is_url(found.url) else None
    said = Metadata(
        title=found.title or None,
        author=found.author or None,
        publisher=found.sitename or None,
        published=_published(tree, address),
        url=address,
        language=language,
    )
    return text, said


def _tree(html: str) -> Any:  # noqa: ANN401  # lxml has no types
    """The elements of a page, None where it is no whole one.

    The parser leaves out, without a word, what follows 256 elements that nobody closed; then
    it is asked again, for eight times as many.

    Raises:
        ValueError: If that is not enough: half of a page is not what its author says.
    """
    tree = trafilatura.load_html(html)
    if not _is_cut_off(HTML_PARSER):
        return tree
    patient = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    tree = fromstring(html.encode("utf-8", "surrogatepass"), parser=patient)
    if _is_cut_off(patient):
        raise ValueError(_TOO_DEEP)
    return tree


def _is_cut_off(parser: HTMLParser) -> bool:
    """Whether the parser gave up on the page that it read last."""
    return any(each.type == ErrorTypes.ERR_RESOURCE_LIMIT for each in parser.error_log)


def _config() -> ConfigParser:
    config = copy.deepcopy(DEFAULT_CONFIG)
    config["DEFAULT"]["MIN_EXTRACTED_SIZE"] = str(_SHORTEST)
    return config


def _text(body: Any) -> str:  # noqa: ANN401  # lxml has no types
    """The text of what trafilatura kept, with a blank line after each block.

    Line breaks inside a block stay single; blocks inside of list items and cells are lines.
    """
    for block in body.iter(*_BLOCKS):
        if next(block.iterancestors("item", "cell"), None) is None:
            block.tail = f"{_BREAK}\n{block.tail or ''}"
    lines = xmltotxt(body, include_formatting=False).replace(_BREAK, "").splitlines()
    text = "\n".join(line.strip() for line in lines)
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def _language(tree: Any) -> str | None:  # noqa: ANN401
    """The language that the page declares, as a BCP 47 tag."""
    declared = [
        *tree.xpath("/html/@lang | /html/@*[name()='xml:lang']"),
        *tree.xpath("//meta[translate(@http-equiv, 'CL', 'cl')='content-language']/@content"),
    ]
    for words in declared:
        tag = words.strip().replace("_", "-")
        if _LANGUAGE.fullmatch(tag):
            return str(tag)
    return None


def _published(tree: Any, url: str | None) -> dt.date | None:  # noqa: ANN401
    """The date of publication that the page declares: in its address, its head or its markup.

    The address goes first: it has the day where the page was written, others often in UTC.
    """
    in_address = _find("<html><body></body></html>", url or "")
    return in_address or next((date for words in _declared(tree) if (date := _date(words))), None)


def _declared(tree: Any) -> Iterator[str]:  # noqa: ANN401
    for meta in tree.iter("meta"):
        key = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        if _PUBLISHED.search(key) and not _NOT_PUBLISHED.search(key):
            yield meta.get("content") or ""
    for script in tree.xpath("//script[@type='application/ld+json']"):
        try:
            data = json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            continue
        yield from _in_json(data)
    for element in tree.xpath("//*[@itemprop='datePublished'] | //time[@pubdate]"):
        yield element.get("datetime") or element.get("content") or element.text_content()


def _in_json(data: object) -> Iterator[str]:
    """Each datePublished, the outermost first."""
    level = [data]
    while level:
        inner: list[object] = []
        for value in level:
            if isinstance(value, dict):
                if isinstance(date := value.get("datePublished"), str):
                    yield date
                inner += value.values()
            elif isinstance(value, list):
                inner += value
        level = inner


def _date(words: str) -> dt.date | None:
    """The day that a declaration names; None where it gives no day, or leaves it open which."""
    words = words.strip()
    if match := _ISO.match(words):
        try:
            date = dt.date(*map(int, match.groups()))
        except ValueError:
            return None
        return date if _FIRST <= date <= _LAST else None
    if not (worded := _WORDED.search(words)):
        return None
    meta = f'<meta property="article:published_time" content="{entities.escape(worded.group())}">'
    return _find(f"<html><head>{meta}</head><body></body></html>")


def _find(page: str, url: str = "") -> dt.date | None:
    """What the date finder makes of a page that has one date and nothing else."""
    found = find_date(
        page,
        url=url,
        extensive_search=False,
        original_date=True,
        min_date=_FIRST.isoformat(),
        max_date=_LAST.isoformat(),  # not today: equal pages give equal dates tomorrow
    )
    return dt.date.fromisoformat(found) if found else None
