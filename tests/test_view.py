"""The view: what is drawn, what the page holds, and what a real browser makes of it."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from selenium import webdriver
from selenium.common.exceptions import NoAlertPresentException
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

from kg.errors import NothingToShowError
from kg.model import (
    Claim,
    Entity,
    EntityKind,
    Findings,
    Form,
    Identities,
    Mention,
    Mode,
    Span,
)
from kg.resources import read_resource
from kg.statements import state
from kg.store import StoreReader, memory_reader
from kg.view import Page, render
from kg.view import choose as choosing
from kg.view.choose import choose
from kg.view.drawing import draw_network
from kg.view.facts import collect, quote
from kg.view.layout import place
from kg.view.picture import Edge, Node, Picture, draw
from tests import dated, examples
from tests.hostile import BODY, NAME, QUOTE, TITLE, hostile_reader

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def picture(known_reader: StoreReader) -> Picture:
    return draw(collect(known_reader))


@pytest.fixture(scope="module")
def page(known_reader: StoreReader) -> Page:
    return render(known_reader)


def node(picture: Picture, name: str, kind: str | None = None) -> Node:
    """The one thing of this name, or whose name begins so."""
    (found,) = (
        n for n in picture.nodes.values() if n.names[0].startswith(name) and kind in {None, n.kind}
    )
    return found


def edges(picture: Picture, source: Node, target: Node) -> list[Edge]:
    return [e for e in picture.edges if (e.source, e.target) == (source.id, target.id)]


def inquiry_killing(picture: Picture) -> Node:
    """The killing that one speaker affirms and another denies; the other document has its own."""
    (found,) = (n for n in picture.nodes.values() if n.kind == "event" and n.disputed)
    return found


# ---- what is drawn


def test_a_quotation_hangs_on_its_speaker(picture: Picture) -> None:
    (edge,) = edges(
        picture, node(picture, "Anna Berg", "person"), node(picture, "“The army killed")
    )
    assert (edge.relation, edge.label) == ("says", "said · quoted")


def test_hearsay_hangs_on_those_who_pass_it_on(picture: Picture) -> None:
    added, told = node(picture, "a witness had told"), node(picture, "Karl Weiss was the commander")
    (edge,) = edges(picture, added, told)
    assert edge.label == "“a witness” told · reported"
    assert picture.sayings[told.id].speakers == ("“a witness”", "Anna Berg")


def test_a_claim_leads_to_who_is_told_and_says_where_it_was_made(picture: Picture) -> None:
    told = node(picture, "Karl Weiss was the commander")
    labels = [edge.label for edge in edges(picture, told, node(picture, "Anna Berg", "person"))]
    assert labels == ["to"]
    assert picture.sayings[told.id].how == "told, to her, reported"
    chant = picture.sayings[node(picture, "“Justice").id]
    assert chant.how == "chanted, outside the hall, word for word"


def test_a_cited_report_is_drawn_apart_from_the_documents_of_the_case() -> None:
    text = "A letter says so."
    span = Span(0, 8)
    letter = Entity(
        id="e1",
        kind=EntityKind.DOCUMENT,
        name="letter",
        mentions=(Mention(span=span, form=Form.NOMINAL, method="rule:describing-noun"),),
    )
    claim = Claim(
        id="c1",
        speaker="e1",
        source=(span,),
        cue=(Span(9, 13),),
        content=(Span(14, 16),),
        mode=Mode.INDIRECT,
        method="rule:verb-of-saying",
    )
    found = Findings(
        document=examples.document(text),
        sentences=(Span(0, len(text)),),
        entities=(letter,),
        claims=(claim,),
    )
    iri = examples.local_iri(found, "e1")
    reader = memory_reader(state([found], Identities(canonical={iri: iri}), examples.RUN))
    drawn = draw(collect(reader))
    (edge,) = edges(drawn, node(drawn, "letter", "work"), node(drawn, "so"))
    assert edge.relation == "says"
    assert {n.kind for n in drawn.nodes.values()} == {"work", "claim", "document"}
    assert "report, letter or other text" in render(reader).html


def test_what_one_affirms_and_another_denies_shows_both(picture: Picture) -> None:
    killing = inquiry_killing(picture)
    affirmed = edges(picture, node(picture, "“The army killed"), killing)
    denied = edges(picture, node(picture, "anybody was killed"), killing)
    assert [(e.look, e.label) for e in affirmed] == [("affirmed", "at least 40 students")]
    assert [(e.look, e.label) for e in denied] == [("denied", "denied")]


def test_a_denial_has_a_line_of_its_own_beside_an_affirmation(picture: Picture) -> None:
    lines = edges(picture, inquiry_killing(picture), node(picture, "Lindau", "place"))
    assert sorted((e.label, e.look) for e in lines) == [("place", "alleged"), ("place", "denied")]


def test_what_only_a_speaker_affirms_is_alleged(picture: Picture) -> None:
    (edge,) = edges(picture, node(picture, "Karl Weiss", "person"), node(picture, "Third Brigade"))
    assert (edge.label, edge.look) == ("commander", "alleged")


def test_what_the_document_itself_affirms_is_affirmed(picture: Picture) -> None:
    (edge,) = edges(picture, node(picture, "Anna Berg", "person"), node(picture, "Northern Union"))
    assert (edge.label, edge.look) == ("former president", "affirmed")
    (document,) = edges(picture, node(picture, "Former president"), node(picture, "conference in"))
    assert (document.relation, document.look) == ("holds", "affirmed")


def test_a_role_that_is_only_denied_looks_denied_and_is_no_title(picture: Picture) -> None:
    berg = node(picture, "Anna Berg", "person")
    (edge,) = edges(picture, node(picture, "Anna Berg is not a judge"), berg)
    assert (edge.label, edge.look) == ("denied: judge", "denied")
    assert "judge" not in berg.notes


def test_a_probable_event_is_not_drawn_as_a_fact(picture: Picture) -> None:
    assert node(picture, "congress in Oslo").look == "alleged"


def test_an_event_shows_when_it_was(picture: Picture) -> None:
    assert node(picture, "conference in Oslo").notes == ("on Monday (2022-03-21)",)


def test_those_who_take_part_are_labelled_by_their_part(picture: Picture) -> None:
    killing = inquiry_killing(picture)
    (army,) = edges(picture, killing, node(picture, "the army"))
    (students,) = edges(picture, killing, node(picture, "students"))
    assert (army.label, students.label) == ("agent", "victim")


def test_every_statement_and_every_claim_is_in_the_picture(known_reader: StoreReader) -> None:
    facts = collect(known_reader)
    picture = draw(facts)
    own = {iri for iri, claim in facts.claims.items() if claim.mode == "own voice"}
    expected = {*facts.statements, *facts.claims} - own
    shown = {saying for n in picture.nodes.values() for saying in n.sayings}
    assert expected == set(picture.sayings) == shown


def test_every_saying_shows_its_sentence_with_the_words_it_rests_on(
    known_reader: StoreReader, picture: Picture
) -> None:
    quotations = quote(known_reader, picture.sayings)
    texts = {d.iri: d.file for d in collect(known_reader).documents.values()}
    bodies = {found.document.file: found.document.text for found in examples.findings()}
    assert set(quotations) == set(picture.sayings)
    for quotation in quotations.values():
        words = "".join(words for words, _ in quotation.pieces)
        text = bodies[texts[quotation.document]]
        assert words == text[quotation.start : quotation.end]
        assert any(rests for _, rests in quotation.pieces)


def test_who_is_called_by_a_title_alone_is_not_called_so_twice() -> None:
    found = dated.findings()
    unnamed = tuple(
        replace(entity, name="judge") if entity.id == "holm" else entity
        for entity in found.entities
    )
    found = replace(found, entities=unnamed)
    canonical = {examples.local_iri(found, entity.id) for entity in found.entities}
    identities = Identities(canonical={iri: iri for iri in canonical})
    drawn = draw(collect(memory_reader(state([found], identities, examples.RUN))))
    assert node(drawn, "judge", "person").notes == ()


# ---- which part is shown


def names(picture: Picture) -> set[str]:
    return {n.names[0] for n in picture.nodes.values()}


def test_names_about_which_nothing_is_stated_are_left_out_and_counted(picture: Picture) -> None:
    alone = Node(id="urn:alone", kind="person", names=("Ada Lone",))
    choice = choose(replace(picture, nodes={**picture.nodes, alone.id: alone}))
    assert choice.picture == picture
    assert "Nothing is stated about 1 more name;" in choice.notice


def test_a_name_about_which_nothing_is_stated_can_be_asked_for(picture: Picture) -> None:
    alone = Node(id="urn:alone", kind="person", names=("Ada Lone",))
    whole = replace(picture, nodes={**picture.nodes, alone.id: alone})
    assert names(choose(whole, around="lone").picture) == {"Ada Lone"}


def test_around_a_name_there_is_what_stands_next_to_it(picture: Picture) -> None:
    near = names(choose(picture, around="WEISS").picture)
    assert {"Karl Weiss", "Third Brigade", "anybody was killed in Lindau"} <= near
    assert not {"students", "conference in Oslo"} & near


def test_a_claim_never_stands_without_those_who_say_it(picture: Picture) -> None:
    near = names(choose(picture, around="Weiss").picture)
    assert {"Karl Weiss was the commander of the Third Brigade", "Anna Berg"} <= near


def test_more_steps_show_more(picture: Picture) -> None:
    one, two = (choose(picture, around="Weiss", depth=depth).picture for depth in (1, 2))
    assert set(one.nodes) < set(two.nodes)


def test_no_step_goes_through_a_document(picture: Picture) -> None:
    far = names(choose(picture, around="Northern Union", depth=5).picture)
    assert "congress in Oslo" in far  # by way of Oslo
    near = names(choose(picture, around="Lindau Hospital", depth=2).picture)
    assert "congress in Oslo" not in near  # only in the same document


def test_an_exact_name_goes_before_names_that_hold_it(picture: Picture) -> None:
    assert "Lindau Hospital" not in names(choose(picture, around="lindau", depth=1).picture)


def test_about_an_event_there_are_all_who_speak_of_it(picture: Picture) -> None:
    near = names(choose(picture, about="killing in").picture)
    assert {"Anna Berg", "Karl Weiss", "the army", "students"} <= near
    assert "conference in Oslo" not in near


@pytest.mark.parametrize("limit", [{"around": "Annna Bergg"}, {"about": "killing of Lindau"}])
def test_a_name_that_nothing_has_offers_the_nearest(
    picture: Picture, limit: dict[str, str]
) -> None:
    with pytest.raises(NothingToShowError, match=r"Anna Berg|killing in Lindau"):
        choose(picture, **limit)  # type: ignore[arg-type]


def test_an_empty_name_is_nothing_to_show(picture: Picture) -> None:
    with pytest.raises(NothingToShowError):
        choose(picture, around=" ")


def test_too_much_is_cut_down_to_the_most_connected_and_says_so(
    picture: Picture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(choosing, "MOST", 12)
    monkeypatch.setattr(choosing, "KEPT", 5)
    choice = choose(picture)
    total = len({end for e in picture.edges for end in (e.source, e.target)})
    assert f"Drawn are {len(choice.picture.nodes)} of {total}" in choice.notice
    assert "Find knows the others too" in choice.notice
    assert "Anna Berg" in names(choice.picture)
    assert len(choice.findable.nodes) == total
    monkeypatch.setattr(choosing, "FINDABLE", 20)
    choice = choose(picture)
    assert "--around" in choice.notice
    assert choice.findable == choice.picture


# ---- places


def test_no_two_things_overlap() -> None:
    sizes = {f"n{i}": (40.0 + 7 * (i % 9), 30.0 + 5 * (i % 4)) for i in range(60)}
    links = [(f"n{i}", f"n{i // 3}", 1.0) for i in range(1, 50)]
    places = place(sizes, links)
    for one, (x, y) in places.items():
        for other, (left, top) in places.items():
            if one < other:
                wide, high = ((sizes[one][i] + sizes[other][i]) / 2 for i in (0, 1))
                assert abs(x - left) >= wide or abs(y - top) >= high, (one, other)


def test_the_order_of_the_links_does_not_move_anything() -> None:
    sizes = dict.fromkeys("abcdef", (50.0, 20.0))
    links = [("a", "b", 1.0), ("b", "c", 1.0), ("d", "e", 1.0), ("c", "a", 0.5)]
    assert place(sizes, links) == place(sizes, links[::-1])


def test_nothing_has_no_place() -> None:
    assert place({}, []) == {}


# ---- the page


def test_equal_graphs_give_equal_pages(page: Page) -> None:
    quads = examples.known_quads()
    assert render(memory_reader(quads[::-1])).html == page.html


def test_equal_graphs_give_equal_pages_in_every_process(page: Page) -> None:
    program = (
        "import hashlib; from kg.store import memory_reader; from kg.view import render; "
        "from tests.examples import known_quads; "
        "print(hashlib.sha256(render(memory_reader(known_quads())).html.encode()).hexdigest())"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "7"}
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == hashlib.sha256(page.html.encode()).hexdigest()


def test_the_page_links_no_other_host(page: Page) -> None:
    assert "bootstrap" not in page.html.lower()
    assert not re.findall(r"""(?:src|href|action|poster)\s*=\s*["']?\s*(?:https?:)?//""", page.html)
    assert not re.findall(r"""(?:url\(|@import|import\()\s*["']?\s*(?:https?:)?//""", page.html)
    assert "sourceMappingURL" not in page.html


def test_nothing_shakes(page: Page) -> None:
    options = json.loads(_block(page, "options"))
    assert options["physics"] == {"enabled": False}
    assert all({"x", "y"} <= set(n) for n in json.loads(_block(page, "nodes")))


def test_the_denied_the_alleged_and_the_affirmed_look_different(
    known_reader: StoreReader, picture: Picture
) -> None:
    network = draw_network(picture, quote(known_reader, picture.sayings))
    looks = {
        edge.look: (style["dashes"], style["color"]["color"])
        for edge, style in zip(picture.edges, (e for e in network.edges), strict=True)
        if edge.relation in {"holds", "role"} and edge.source not in _documents(picture)
    }
    assert looks["affirmed"][0] is False
    assert looks["denied"][0]
    assert looks["denied"][1] == "#c81e1e"
    assert looks["alleged"][0]
    assert looks["alleged"][1] != looks["denied"][1]


def test_a_page_is_written_whole_or_not_at_all(page: Page, tmp_path: Path) -> None:
    target = tmp_path / "new folder" / "view.html"
    page.write(target)
    assert target.read_text(encoding="utf-8") == page.html
    assert [entry.name for entry in target.parent.iterdir()] == ["view.html"]


def test_a_page_shows_itself_in_a_notebook_behind_a_border(page: Page) -> None:
    frame = page._repr_html_()
    assert frame.startswith("<iframe ")
    assert 'sandbox="allow-scripts"' in frame
    assert frame.count("<") == frame.count(">") == 2


def test_an_empty_graph_is_an_empty_page() -> None:
    assert json.loads(_block(render(memory_reader([])), "nodes")) == []


def test_every_query_of_the_view_says_what_it_answers() -> None:
    folder = ROOT / "src" / "kg" / "view" / "queries"
    for path in folder.glob("*.rq"):
        assert read_resource(f"view/queries/{path.name}").startswith("# "), path.name


def _block(page: Page, name: str) -> str:
    match = re.search(rf'<script type="application/json" id="{name}">(.*?)</script>', page.html)
    assert match
    return match[1]


def _documents(picture: Picture) -> set[str]:
    return {n.id for n in picture.nodes.values() if n.kind == "document"}


# ---- text that wants to be more than text


@pytest.fixture(scope="module")
def hostile_page() -> Page:
    return render(hostile_reader())


def test_no_text_of_a_document_is_markup(hostile_page: Page, page: Page) -> None:
    for tag in ("<script", "</script", "<img", "<svg/", "<!--", "<b>", "<i>"):
        assert hostile_page.html.count(tag) == page.html.count(tag), tag


# ---- a real browser


@pytest.fixture
def opened(browser: webdriver.Chrome, page: Page, tmp_path: Path) -> webdriver.Chrome:
    return _open(browser, page, tmp_path)


def _open(browser: webdriver.Chrome, page: Page, folder: Path) -> webdriver.Chrome:
    for log in ("performance", "browser"):
        _log(browser, log)
    page.write(folder / "view.html")
    browser.get((folder / "view.html").as_uri())
    WebDriverWait(browser, 20).until(lambda b: b.execute_script("return Boolean(window.kgView)"))
    return browser


def _log(browser: webdriver.Chrome, name: str) -> list[dict[str, Any]]:
    """What was logged since it was last asked for."""
    return list(browser.get_log(name))  # type: ignore[no-untyped-call]


def _click(browser: webdriver.Chrome, x: float, y: float) -> None:
    """A real click on a place of the picture, measured from its left upper corner."""
    area = browser.find_element(By.ID, "network")
    size = area.size
    chain = ActionChains(browser)
    chain.move_to_element_with_offset(
        area, round(x - size["width"] / 2), round(y - size["height"] / 2)
    )
    chain.click().perform()


def _wait(browser: webdriver.Chrome, name: str) -> WebElement:
    element = browser.find_element(By.ID, name)
    WebDriverWait(browser, 10).until(lambda _: element.is_displayed())
    return element


def _middle(browser: webdriver.Chrome, script: str, *values: object) -> tuple[float, float]:
    at: dict[str, Any] = browser.execute_script(
        "kgView.network.fit(); const net = kgView.network; " + script, *values
    )
    return at["x"], at["y"]


@pytest.mark.browser
def test_the_page_asks_no_host_for_anything_and_says_no_error(opened: webdriver.Chrome) -> None:
    messages = [json.loads(entry["message"])["message"] for entry in _log(opened, "performance")]
    asked = [
        message["params"]["request"]["url"]
        for message in messages
        if message["method"] == "Network.requestWillBeSent"
        # not by the browser's own first page, which may still be loading
        and message["params"]["documentURL"].startswith("file:")
    ]
    assert any(url.startswith("file:") for url in asked)  # the log does record
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []
    assert _log(opened, "browser") == []


@pytest.mark.browser
def test_a_click_on_a_thing_shows_the_sentence_the_source_and_the_words(
    opened: webdriver.Chrome, picture: Picture
) -> None:
    claim = node(picture, "anybody was killed")
    _click(
        opened, *_middle(opened, "return net.canvasToDOM(net.getPosition(arguments[0]))", claim.id)
    )
    panel = _wait(opened, "panel")
    assert "Karl Weiss (denies, reported), in Sample Reports" in panel.text
    assert "Weiss denies that anybody was killed in Lindau." in panel.text
    marks = [mark.text for mark in panel.find_elements(By.TAG_NAME, "mark")]
    assert marks[:3] == ["Weiss", "denies", "anybody was killed in Lindau"]
    assert "Former president opens inquiry" in panel.text
    assert "2022-03-22" in panel.text
    start = examples.INQUIRY.index("Weiss denies")
    end = start + len("Weiss denies that anybody was killed in Lindau.")
    assert f"characters {start}–{end}" in panel.text
    assert panel.find_elements(By.CSS_SELECTOR, ".badge.denied")


@pytest.mark.browser
def test_a_click_on_a_line_shows_what_is_behind_it(
    opened: webdriver.Chrome, picture: Picture
) -> None:
    one, other = node(picture, "Anna Berg", "person"), node(picture, "Northern Union")
    script = """const [a, b] = [...arguments].map((id) => net.getPosition(id));
        return net.canvasToDOM({x: (a.x + b.x) / 2, y: (a.y + b.y) / 2})"""
    _click(opened, *_middle(opened, script, one.id, other.id))
    panel = _wait(opened, "panel")
    assert "Anna Berg: former president, Northern Union" in panel.text
    assert "Sample Reports (own voice)" in panel.text


@pytest.mark.browser
def test_the_legend_hides_a_kind_and_shows_it_again(
    opened: webdriver.Chrome, picture: Picture
) -> None:
    claims = sorted(n.id for n in picture.nodes.values() if n.kind == "claim")
    hidden = "return kgView.nodes.get({filter: (n) => n.hidden}).map((n) => n.id).sort()"
    lines = "return kgView.edges.get({filter: (e) => e.hidden}).length"
    box = opened.find_element(By.CSS_SELECTOR, "input[data-kind=claim]")
    box.click()
    assert opened.execute_script(hidden) == claims
    touching = [e for e in picture.edges if {e.source, e.target} & set(claims)]
    assert opened.execute_script(lines) == len(touching)
    box.click()
    assert opened.execute_script(hidden) == []
    assert opened.execute_script(lines) == 0


@pytest.mark.browser
def test_what_is_denied_can_be_hidden(opened: webdriver.Chrome, picture: Picture) -> None:
    opened.find_element(By.CSS_SELECTOR, "input[data-look=denied]").click()
    shown = opened.execute_script("return kgView.edges.get({filter: (e) => !e.hidden}).length")
    gone = {n.id for n in picture.nodes.values() if n.look == "denied"}
    expected = [e for e in picture.edges if e.look != "denied" and not {e.source, e.target} & gone]
    assert shown == len(expected) < len(picture.edges)


@pytest.mark.browser
def test_everything_can_be_reached_with_the_keyboard(opened: webdriver.Chrome) -> None:
    search = opened.find_element(By.ID, "search")
    search.send_keys("brigade", Keys.ENTER)
    panel = _wait(opened, "panel")
    assert panel.find_element(By.TAG_NAME, "h2").text == "Third Brigade"  # before the claims
    assert opened.switch_to.active_element.tag_name == "h2"
    links = panel.find_elements(By.CSS_SELECTOR, ".links button")
    (weiss,) = (link for link in links if "Karl Weiss" in link.text)
    weiss.send_keys(Keys.ENTER)
    assert panel.find_element(By.TAG_NAME, "h2").text == "Karl Weiss"
    opened.switch_to.active_element.send_keys(Keys.ESCAPE)
    assert not panel.is_displayed()


@pytest.mark.browser
def test_what_there_is_no_room_for_can_be_found_and_opened(
    browser: webdriver.Chrome,
    known_reader: StoreReader,
    picture: Picture,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setattr(choosing, "MOST", 12)
    monkeypatch.setattr(choosing, "KEPT", 5)
    choice = choose(picture)
    absent = [n for n in choice.findable.nodes.values() if n.id not in choice.picture.nodes]
    name = next(n.names[0] for n in absent if n.kind == "organization")
    _open(browser, render(known_reader), tmp_path)
    browser.find_element(By.ID, "search").send_keys(name, Keys.ENTER)
    panel = _wait(browser, "panel")
    assert panel.find_element(By.TAG_NAME, "h2").text == name
    assert "There was no room for it in the picture." in panel.text
    assert panel.find_elements(By.CSS_SELECTOR, ".saying blockquote")
    browser.find_element(By.CSS_SELECTOR, "input[data-kind=event]").click()
    assert browser.execute_script("return kgView.nodes.length") < 10  # hiding adds none
    assert _log(browser, "browser") == []


@pytest.mark.browser
def test_hostile_text_shows_as_text(
    browser: webdriver.Chrome, hostile_page: Page, tmp_path: Path
) -> None:
    _open(browser, hostile_page, tmp_path)
    scripts = len(browser.find_elements(By.TAG_NAME, "script"))
    shown = json.loads(_block(hostile_page, "shown"))
    seen = ""
    for id_ in shown["things"]:
        browser.execute_script("kgView.open(arguments[0], true)", id_)
        seen += browser.execute_script("return document.getElementById('panel').textContent")
    for id_ in shown["links"]:
        browser.execute_script("kgView.openEdge(arguments[0])", id_)
        seen += browser.execute_script("return document.getElementById('panel').textContent")
    browser.find_element(By.ID, "search").send_keys("<")
    for words in (TITLE, NAME, BODY, QUOTE, "<i>file</i>.txt", "javascript:alert(8)", "svg/onload"):
        assert words in seen
    assert browser.execute_script("return window.hacked") is None
    with pytest.raises(NoAlertPresentException):
        _ = browser.switch_to.alert
    assert len(browser.find_elements(By.TAG_NAME, "script")) == scripts
    for selector in ("img", "a", "b", "i", "textarea", "svg[onload]", "[onerror]"):
        assert browser.find_elements(By.CSS_SELECTOR, selector) == [], selector
    assert _log(browser, "browser") == []


@pytest.mark.browser
def test_smuggled_scripts_would_not_run(
    browser: webdriver.Chrome, page: Page, tmp_path: Path
) -> None:
    """Were the escaping to fail, the page's policy would still stop them."""
    _open(browser, page, tmp_path)
    markup = '<img src="data:," onerror="window.hacked = 1">'
    browser.execute_script("document.body.insertAdjacentHTML('beforeend', arguments[0])", markup)
    entries = WebDriverWait(browser, 5).until(lambda b: _log(b, "browser"))
    assert "Content Security Policy" in entries[0]["message"]
    assert browser.execute_script("return window.hacked") is None


@pytest.mark.browser
def test_a_narrow_screen_shows_picture_and_panel(
    browser: webdriver.Chrome, page: Page, tmp_path: Path, picture: Picture
) -> None:
    metrics = {"width": 390, "height": 800, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    try:
        _open(browser, page, tmp_path)
        browser.execute_script(
            "kgView.open(arguments[0], true)", node(picture, "Karl Weiss", "person").id
        )
        sizes = browser.execute_script(
            "return ['network', 'panel'].map((id) => { const r = document.getElementById(id)"
            ".getBoundingClientRect(); return [r.left, r.right, r.height]; })"
        )
        for left, right, height in sizes:
            assert left >= 0
            assert right <= 390
            assert height > 200
        assert browser.execute_script("return document.documentElement.scrollWidth") <= 390
    finally:
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
