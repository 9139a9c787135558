"""The page of disagreements: what it holds, whatever a document says, and in a real browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad
from selenium import webdriver
from selenium.webdriver.common.by import By

from kg.cli import main
from kg.errors import NothingToShowError
from kg.store import StoreReader, memory_reader
from kg.view import render_disagreements
from tests import examples

EVIL = "<script>document.title = 'taken'</script><img src=x onerror=alert(1)>"


def test_both_sides_stand_with_who_says_so(known_reader: StoreReader) -> None:
    page = render_disagreements(known_reader).html
    for words in ("Anna Berg", "Karl Weiss", "reports/inquiry.txt", "2022-03-22", "Whether it was"):
        assert words in page
    assert page.count("<table>") == 1


def test_equal_graphs_give_equal_pages(known_reader: StoreReader) -> None:
    again = memory_reader(reversed(list(examples.known_quads())))
    assert render_disagreements(known_reader).html == render_disagreements(again).html


def test_only_what_is_asked_for_is_shown(known_reader: StoreReader) -> None:
    assert "killing in Lindau" in render_disagreements(known_reader, about="lindau").html
    with pytest.raises(NothingToShowError, match="did you mean 'killing in Lindau'"):
        render_disagreements(known_reader, about="killing in Linden")


def test_where_nobody_differs_the_page_says_so() -> None:
    assert "No two sources differ" in render_disagreements(memory_reader([])).html


def hostile() -> StoreReader:
    """The known graph with a sentence and a value that are markup."""
    words = NamedNode("https://w3id.org/kg/ns#words")
    exact = NamedNode("http://www.w3.org/ns/oa#exact")
    return memory_reader(
        Quad(quad.subject, quad.predicate, Literal(EVIL), quad.graph_name)
        if quad.graph_name == DefaultGraph() and quad.predicate in {words, exact}
        else quad
        for quad in examples.known_quads()
    )


def test_words_of_a_document_are_never_markup() -> None:
    page = render_disagreements(hostile()).html
    assert "<script" not in page
    assert "<img" not in page
    assert "&lt;script&gt;" in page


def test_the_page_asks_nothing_of_any_host(known_reader: StoreReader) -> None:
    page = render_disagreements(known_reader).html
    assert "default-src 'none'" in page
    assert "src=" not in page
    assert "<link" not in page


@pytest.mark.browser
@pytest.mark.parametrize("width", [1200, 500])
def test_a_browser_shows_the_table_on_wide_and_narrow_screens(
    browser: webdriver.Chrome, known_reader: StoreReader, tmp_path: Path, width: int
) -> None:
    render_disagreements(known_reader).write(tmp_path / "page.html")
    browser.set_window_size(width, 900)
    browser.get((tmp_path / "page.html").as_uri())
    (table,) = browser.find_elements(By.TAG_NAME, "table")
    assert [
        row.text.split("\n")[0] for row in table.find_elements(By.CSS_SELECTOR, "tbody th")
    ] == [
        "killing in Lindau",
        "not killing in Lindau",
    ]
    assert "Weiss denies that anybody was killed" in table.text
    overflow = "return document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert browser.execute_script(overflow) <= 0


@pytest.mark.browser
def test_nothing_that_a_document_says_runs_in_a_browser(
    browser: webdriver.Chrome, tmp_path: Path
) -> None:
    render_disagreements(hostile()).write(tmp_path / "page.html")
    browser.get((tmp_path / "page.html").as_uri())
    assert browser.title == "Where sources differ"
    assert EVIL in browser.find_element(By.TAG_NAME, "body").text


def test_the_commands_ask_and_write_the_page(tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    report.write_text(
        "The mayor said that soldiers had fired on the crowd in Oslo. "
        "The army denied that soldiers had fired on the crowd in Oslo.",
        encoding="utf-8",
    )
    case = ["--case", str(tmp_path / "case")]
    run = CliRunner().invoke
    assert run(main, ["build", str(report), *case]).exit_code == 0
    assert run(main, ["ask", "disagreements", "--about", "oslo", "--json", *case]).exit_code == 0
    written = run(main, ["view", "--disagreements", *case])
    assert written.exit_code == 0, written.output
    assert (tmp_path / "case" / "disagreements.html").is_file()
    assert run(main, ["view", "--disagreements", "--around", "Oslo", *case]).exit_code == 2
    assert run(main, ["view", "--disagreements", "--about", "nowhere", *case]).exit_code == 1
