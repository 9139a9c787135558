"""The timeline: where things stand on it, what the page holds, what a browser makes of it."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from selenium import webdriver
from selenium.common.exceptions import NoAlertPresentException
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select, WebDriverWait

from kg.case import Case
from kg.cli import main
from kg.errors import NothingToShowError
from kg.model import Identities, Time
from kg.resources import read_resource
from kg.statements import state
from kg.store import StoreReader, memory_reader
from kg.view import Page, render_timeline
from kg.view.facts import TimeFact, collect, collect_times
from kg.view.moments import Moment, moment_of
from kg.view.things import Entry, Thing, gather
from tests import dated, examples
from tests.hostile import BODY, NAME, PLACE, hostile

ROOT = Path(__file__).parents[1]


def time(edtf: str, earliest: str | None, latest: str | None, words: str = "then") -> TimeFact:
    return TimeFact(iri="t", words=words, edtf=edtf, earliest=earliest, latest=latest)


def drawn(first: str, last: str, form: str, **more: object) -> Moment:
    return Moment(first=first, last=last, form=form, **more)  # type: ignore[arg-type]


# ---- where a statement belongs

YEAR_80, YEAR_87 = ("1980-01-01", "1980-12-31"), ("1987-01-01", "1987-12-31")
FROM_80_TO_87 = time("1980/1987", YEAR_80[0], YEAR_87[1], "from 1980 to 1987")
LASTED = drawn(YEAR_80[0], YEAR_87[1], "period", sure_first=YEAR_80[1], sure_last=YEAR_87[0])


@pytest.mark.parametrize(
    ("fact", "expected"),
    [
        (time("1991-05-03", "1991-05-03", "1991-05-03"), drawn("1991-05-03", "1991-05-03", "day")),
        (time("1991-05", "1991-05-01", "1991-05-31"), drawn("1991-05-01", "1991-05-31", "span")),
        (
            time("1991-05-03~", "1991-05-03", "1991-05-03"),
            drawn("1991-05-03", "1991-05-03", "span"),
        ),
        (
            time("1991-05-06/1991-05-12", "1991-05-06", "1991-05-12", "last week"),
            drawn("1991-05-06", "1991-05-12", "span"),
        ),
        (
            time("1990-01~/1990-04~", "1990-01-01", "1990-04-30", "since early 1990"),
            drawn("1990-01-01", "1990-04-30", "span"),
        ),
        (FROM_80_TO_87, LASTED),
        (
            time("../2004", None, "2004-12-31", "until 2004"),
            drawn(
                "2004-01-01", "2004-12-31", "period",
                sure_first="2004-01-01", sure_last="2004-01-01", open_start=True,
            ),
        ),
        (
            time("2004/..", "2004-01-01", None, "since 2004"),
            drawn(
                "2004-01-01", "2011-02-03", "period",
                sure_first="2004-12-31", sure_last="2011-02-03", open_end=True,
            ),
        ),
        (
            time("2005/..", "2005-01-01", None, "after 2004"),
            drawn("2005-01-01", "2005-01-01", "span", open_end=True),
        ),
        (time("../..", None, None), None),
    ],
)  # fmt: skip
def test_a_time_is_a_day_a_span_or_a_period(fact: TimeFact, expected: Moment | None) -> None:
    assert moment_of({"at": fact}, "2011-02-03") == expected


def test_both_ends_of_a_role_may_stand_in_the_same_words() -> None:
    assert moment_of({"start": FROM_80_TO_87, "end": FROM_80_TO_87}) == LASTED


def test_a_role_of_which_one_end_is_stated_is_open_at_the_other() -> None:
    start, end = (time(edtf, f"{edtf}-01-01", f"{edtf}-12-31") for edtf in ("1980", "1987"))
    begun, ended = moment_of({"start": start}, "1983-01-02"), moment_of({"end": end})
    assert begun
    assert ended
    assert (begun.last, begun.open_start, begun.open_end) == ("1983-01-02", False, True)
    assert (ended.first, ended.open_start, ended.open_end) == ("1987-01-01", True, False)


def test_of_an_end_before_the_beginning_no_day_is_sure() -> None:
    start, end = (time(edtf, f"{edtf}-01-01", f"{edtf}-12-31") for edtf in ("1987", "1980"))
    moment = moment_of({"start": start, "end": end})
    assert moment == drawn("1980-12-31", "1987-01-01", "period")


def test_what_has_no_time_stands_nowhere() -> None:
    assert moment_of({}, "2011-02-03") is None


# ---- what stands on the line


@pytest.fixture(scope="module")
def reader() -> StoreReader:
    return dated.dated_reader()


@pytest.fixture(scope="module")
def things(reader: StoreReader) -> dict[str, Thing]:
    return {each.names[0]: each for each in gather(collect(reader), collect_times(reader))}


def dates(thing: Thing) -> dict[str, Entry]:
    return {entry.moment.first: entry for entry in thing.entries if entry.moment}


def test_every_statement_of_an_event_or_a_role_stands_in_one_entry(
    known_reader: StoreReader,
) -> None:
    facts = collect(known_reader)
    things = gather(facts, collect_times(known_reader))
    placed = [iri for thing in things for entry in thing.entries for iri in entry.sayings]
    placed += [iri for thing in things for iri in thing.numbers]
    expected = [iri for iri, fact in facts.statements.items() if fact.kind != "quantity"]
    expected += [iri for iri, fact in facts.quantities.items() if fact.event]
    assert sorted(placed) == sorted(expected)


def test_rival_dates_of_one_event_are_all_shown(things: dict[str, Thing]) -> None:
    entries = dates(things["shooting"])
    assert {day: entry.differs for day, entry in entries.items()} == {
        "1991-05-01": False,  # some day of May: that agrees with both
        "1991-05-03": True,
        "1991-05-07": True,
        "1991-05-09": False,  # denied: that it was not then rivals no date
    }
    assert [entries[day].look for day in sorted(entries)] == [
        "affirmed", "affirmed", "alleged", "denied",
    ]  # fmt: skip


def test_an_event_keeps_what_is_said_of_it_without_a_time(things: dict[str, Thing]) -> None:
    (untimed,) = (entry for entry in things["shooting"].entries if entry.moment is None)
    assert len(untimed.sayings) == 1
    assert len(things["shooting"].numbers) == 1


def test_two_terms_of_one_office_are_no_rivals(things: dict[str, Thing]) -> None:
    entries = things["Anna Berg: mayor, Vik"].entries
    assert [entry.differs for entry in entries] == [False, False]
    assert entries[1].moment
    assert entries[1].moment.last == dated.PUBLISHED.isoformat()  # still so on that day
    assert entries[1].moment.open_end


def test_who_takes_part_by_a_denial_alone_stands_on_the_denial_alone(
    things: dict[str, Thing], reader: StoreReader
) -> None:
    entries = dates(things["shooting"])
    assert entries["1991-05-03"].details == ("victim: four farmers", "Sund")
    assert entries["1991-05-09"].details == ("agent: his guards",)
    names = collect(reader).names
    takers = {names[iri].names[0]: look for iri, _, look in things["shooting"].takers}
    assert takers == {"four farmers": "affirmed", "his guards": "denied"}


def test_what_has_no_time_is_kept(things: dict[str, Thing]) -> None:
    for name in ("strike in Vik", "Karl Holm: judge"):
        assert [entry.moment for entry in things[name].entries] == [None]


# ---- the page


@pytest.fixture(scope="module")
def page(reader: StoreReader) -> Page:
    return render_timeline(reader)


def shown(page: Page) -> dict[str, object]:
    match = re.search(r'<script type="application/json" id="shown">(.*?)</script>', page.html)
    assert match
    return dict(json.loads(match[1]))


def test_equal_graphs_give_equal_timelines(known_reader: StoreReader) -> None:
    quads = examples.known_quads()
    assert render_timeline(memory_reader(quads[::-1])).html == render_timeline(known_reader).html


def test_equal_graphs_give_equal_timelines_in_every_process(page: Page) -> None:
    program = (
        "import hashlib; from kg.view import render_timeline; "
        "from tests.dated import dated_reader; "
        "print(hashlib.sha256(render_timeline(dated_reader()).html.encode()).hexdigest())"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "11"}
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.strip() == hashlib.sha256(page.html.encode()).hexdigest()


def test_the_timeline_links_no_other_host(page: Page) -> None:
    assert not re.findall(r"""(?:src|href|action|poster)\s*=\s*["']?\s*(?:https?:)?//""", page.html)
    assert not re.findall(r"""(?:url\(|@import|import\()\s*["']?\s*(?:https?:)?//""", page.html)
    assert "sourceMappingURL" not in page.html


def test_the_library_is_the_one_that_its_licences_name() -> None:
    folder = "templates/vis-timeline"
    licences = read_resource(f"{folder}/LICENCES.txt")
    named = re.findall(r"^([0-9a-f]{64})  (.+)$", licences, re.MULTILINE)
    assert named
    for digest, name in named:
        text = read_resource(f"{folder}/{name}")
        assert hashlib.sha256(text.encode()).hexdigest() == digest
        assert len(text) < 1_000_000


def test_around_somebody_there_is_what_they_take_part_in_or_speak_of(reader: StoreReader) -> None:
    for name, expected in {
        "Karl Holm": {"shooting", "Karl Holm: judge"},
        "vik": {"strike in Vik", "Anna Berg: mayor, Vik"},
    }.items():
        page = render_timeline(reader, around=name)
        assert {each["names"][0] for each in shown(page)["things"]} == expected  # type: ignore[attr-defined]
        assert f"Only “{name}”." in page.html


def test_a_part_of_the_timeline_holds_nothing_of_the_rest(reader: StoreReader) -> None:
    page = render_timeline(reader, about="strike")
    assert "farmers" not in page.html
    assert "There was a strike in Vik." in "".join(
        words
        for saying in shown(page)["sayings"].values()  # type: ignore[attr-defined]
        for words, _ in saying["quotation"]["pieces"]
    )


@pytest.mark.parametrize("limit", [{"around": "Anna Borg"}, {"about": "shouting"}])
def test_a_name_that_nothing_has_is_refused(reader: StoreReader, limit: dict[str, str]) -> None:
    with pytest.raises(NothingToShowError, match=r"Anna Berg|shooting"):
        render_timeline(reader, **limit)


def test_an_empty_graph_is_an_empty_timeline() -> None:
    assert shown(render_timeline(memory_reader([])))["things"] == []


def test_a_timeline_shows_itself_in_a_notebook(page: Page) -> None:
    assert 'title="The timeline"' in page._repr_html_()


def test_the_command_writes_a_timeline(built: Case, tmp_path: Path) -> None:
    target = tmp_path / "line.html"
    arguments = ["view", "--timeline", "--case", str(built.folder), "-o", str(target)]
    done = CliRunner().invoke(main, arguments)
    assert (done.exit_code, done.output) == (0, f"{target}\n")
    assert target.read_text(encoding="utf-8") == built.timeline().html


def test_a_timeline_has_no_steps(built: Case) -> None:
    arguments = ["view", "--timeline", "--depth", "2", "--case", str(built.folder)]
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 2
    assert "--depth counts steps in the graph" in done.output


# ---- text that wants to be more than text

WORDS = "</script><script>window.hacked=9</script>"


@pytest.fixture(scope="module")
def hostile_page() -> Page:
    found = hostile()
    (event,) = found.events
    when = Time(
        span=event.trigger,
        text=WORDS,
        edtf="2022-01",
        earliest=dated.PUBLISHED,
        latest=dated.PUBLISHED,
        method="rule:time",
    )
    found = replace(found, events=(replace(event, time=when),), times=(when,))
    canonical = {examples.local_iri(found, entity.id) for entity in found.entities}
    identities = Identities(canonical={iri: iri for iri in canonical})
    return render_timeline(memory_reader(state([found], identities, examples.RUN)))


def test_no_text_of_a_document_is_markup_in_the_timeline(hostile_page: Page, page: Page) -> None:
    for tag in ("<script", "</script", "<img", "<svg/", "<!--", "<b>", "<i>"):
        assert hostile_page.html.count(tag) == page.html.count(tag), tag


# ---- a real browser


def _open(browser: webdriver.Chrome, page: Page, folder: Path) -> webdriver.Chrome:
    for name in ("performance", "browser"):
        browser.get_log(name)  # type: ignore[no-untyped-call]
    page.write(folder / "timeline.html")
    browser.get((folder / "timeline.html").as_uri())
    WebDriverWait(browser, 20).until(
        lambda b: any(e.text for e in b.find_elements(By.CSS_SELECTOR, ".vis-item .label"))
    )
    return browser


@pytest.fixture
def opened(browser: webdriver.Chrome, page: Page, tmp_path: Path) -> webdriver.Chrome:
    return _open(browser, page, tmp_path)


def labels(browser: webdriver.Chrome) -> set[str]:
    script = "return [...document.querySelectorAll('.vis-item .label')].map((e) => e.textContent)"
    return set(browser.execute_script(script))


def click(browser: webdriver.Chrome, words: str) -> None:
    """A real click on the label that begins so."""
    (label,) = (
        each
        for each in browser.find_elements(By.CSS_SELECTOR, ".vis-item .label")
        if each.text.startswith(words)
    )
    ActionChains(browser).move_to_element(label).click().perform()
    panel = browser.find_element(By.ID, "panel")
    WebDriverWait(browser, 5).until(lambda _: panel.is_displayed())


def until_drawn(browser: webdriver.Chrome, expected: set[str]) -> None:
    WebDriverWait(browser, 5).until(lambda b: labels(b) == expected)


SHOOTINGS = {
    "shooting",
    "shooting · victim: four farmers · Sund other dates too",
    "shooting other dates too",
    "denied: shooting · agent: his guards",
}
MAYOR = {"Anna Berg: mayor, Vik"}


@pytest.mark.browser
def test_the_timeline_asks_no_host_for_anything_and_says_no_error(opened: webdriver.Chrome) -> None:
    log = opened.get_log("performance")  # type: ignore[no-untyped-call]
    messages = [json.loads(entry["message"])["message"] for entry in log]
    asked = [
        message["params"]["request"]["url"]
        for message in messages
        if message["method"] == "Network.requestWillBeSent"
        # not by the browser's own first page, which may still be loading
        and message["params"]["documentURL"].startswith("file:")
    ]
    assert any(url.startswith("file:") for url in asked)  # the log does record
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []
    assert opened.get_log("browser") == []  # type: ignore[no-untyped-call]


@pytest.mark.browser
def test_all_that_has_a_time_is_drawn_and_the_rest_is_counted(opened: webdriver.Chrome) -> None:
    assert labels(opened) == SHOOTINGS | MAYOR
    assert opened.find_element(By.ID, "status").text == "1 event and 1 role with a stated time."
    rest = opened.find_element(By.ID, "untimed")
    assert rest.text == "1 event and 1 role without a stated time"
    rest.click()
    listed = opened.find_element(By.ID, "list").text
    assert "strike in Vik" in listed
    assert "Karl Holm: judge" in listed
    assert opened.switch_to.active_element.text == "Without a stated time (2)"


@pytest.mark.browser
@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (drawn("1991-05-03", "1991-05-03", "day"), "3 May 1991"),
        (drawn("1991-05-03", "1991-05-03", "span"), "about 3 May 1991"),
        (drawn("1991-05-01", "1991-05-31", "span"), "some time in May 1991"),
        (drawn("0800-01-01", "0800-12-31", "span"), "some time in 800"),
        (drawn("1980-01-01", "1989-12-31", "span"), "some time from 1980 to 1989"),
        (
            drawn("1991-05-06", "1991-06-30", "span"),
            "some time from 6 May 1991 to 30 June 1991",
        ),
        (drawn("2005-01-01", "2005-01-01", "span", open_end=True), "1 January 2005 or later"),
        (drawn("1989-12-31", "1989-12-31", "span", open_start=True), "31 December 1989 or earlier"),
        (LASTED, "from 1980 until 1987"),
        (drawn("1980-12-31", "1987-01-01", "period"), "from 31 December 1980 until 1 January 1987"),
    ],
)
def test_times_read_well(opened: webdriver.Chrome, moment: Moment, words: str) -> None:
    said = opened.execute_script("return kgDays.phrase(arguments[0])", asdict(moment))
    assert said == words


@pytest.mark.browser
@pytest.mark.parametrize(
    ("unit", "first", "last"),
    [
        ("week", "1999-12-27", "2000-01-02"),
        ("quarter", "1999-10-01", "1999-12-31"),
        ("decade", "1990-01-01", "1999-12-31"),
        ("century", "1900-01-01", "1999-12-31"),
    ],
)
def test_boxes_stand_for_stretches_of_the_calendar(
    opened: webdriver.Chrome, unit: str, first: str, last: str
) -> None:
    script = """const [from, to] = kgDays.slice(Date.UTC(1999, 11, 31, 12), arguments[0]);
        return [kgDays.isoOf(from), kgDays.isoOf(to - kgDays.DAY)]"""
    assert opened.execute_script(script, unit) == [first, last]


@pytest.mark.browser
def test_a_click_shows_every_date_with_who_gives_it(opened: webdriver.Chrome) -> None:
    click(opened, "denied: shooting")
    panel = opened.find_element(By.ID, "panel")
    for words in (
        "3 May 1991", "“3 May 1991” (1991-05-03)", "others give another date",
        "Anna Berg (said, reported), in Vik Post", "Anna Berg said they shot them on 7 May 1991.",
        "Karl Holm (denied, reported), in Vik Post", "some time in May 1991",
        "Without a stated time",
        "agent: his guards (denied)", "How many", "four farmers", "Shots in Sund", "sund.txt",
    ):  # fmt: skip
        assert words in panel.text, words
    assert panel.find_elements(By.CSS_SELECTOR, ".badge.denied")
    chosen = opened.find_elements(By.CSS_SELECTOR, ".vis-item.vis-selected .label")
    assert {label.text.replace("\n", " ") for label in chosen} == SHOOTINGS


@pytest.mark.browser
def test_what_is_denied_alleged_and_sure_looks_different(opened: webdriver.Chrome) -> None:
    script = """return [...document.querySelectorAll('.vis-item.vis-dot')].map((dot) => {
        const style = getComputedStyle(dot);
        return [style.borderTopStyle, style.borderTopColor]; })"""
    looks = {tuple(look) for look in opened.execute_script(script)}
    assert looks == {
        ("solid", "rgb(154, 74, 10)"),
        ("dashed", "rgb(154, 74, 10)"),
        ("dashed", "rgb(200, 30, 30)"),
    }  # fmt: skip
    bar = (
        "return getComputedStyle(document.querySelector(arguments[0]), '::before').backgroundImage"
    )
    span = opened.execute_script(bar, ".vis-range.span")
    period = opened.execute_script(bar, ".vis-range.period")
    assert span != period
    assert "repeating-linear-gradient" in span
    assert "linear-gradient" in period


@pytest.mark.browser
@pytest.mark.parametrize(
    ("field", "words", "expected"),
    [
        ("who", "holm", SHOOTINGS),
        ("who", "Anna Berg", SHOOTINGS | MAYOR),
        ("place", "Sund", SHOOTINGS),
        ("place", "vik", MAYOR),
        ("who", "nobody of this name", set()),
    ],
)
def test_a_name_or_a_place_filters(
    opened: webdriver.Chrome, field: str, words: str, expected: set[str]
) -> None:
    opened.find_element(By.ID, field).send_keys(words)
    status = opened.find_element(By.ID, "status")
    WebDriverWait(opened, 5).until(lambda _: "(filtered)" in status.text)
    until_drawn(opened, expected)
    opened.find_element(By.CSS_SELECTOR, "#filters [type=reset]").click()
    until_drawn(opened, SHOOTINGS | MAYOR)


@pytest.mark.browser
def test_those_who_speak_are_told_from_those_who_take_part(opened: webdriver.Chrome) -> None:
    Select(opened.find_element(By.ID, "part")).select_by_value("takes")
    opened.find_element(By.ID, "who").send_keys("Anna Berg")
    until_drawn(opened, MAYOR)


@pytest.mark.browser
def test_a_kind_a_look_and_a_sort_filter(opened: webdriver.Chrome) -> None:
    Select(opened.find_element(By.ID, "sort")).select_by_value("shooting")
    until_drawn(opened, SHOOTINGS)
    opened.find_element(By.CSS_SELECTOR, "input[data-look=denied]").click()
    until_drawn(opened, {label for label in SHOOTINGS if not label.startswith("denied")})
    opened.find_element(By.CSS_SELECTOR, "input[data-kind=event]").click()
    until_drawn(opened, set())
    assert opened.find_element(By.ID, "empty").is_displayed()


@pytest.mark.browser
def test_the_timeline_goes_with_the_keyboard_alone(opened: webdriver.Chrome) -> None:
    line = opened.find_element(By.ID, "line")
    line.send_keys(Keys.END)
    said = "return document.getElementById('said').textContent"  # unseen, but read aloud
    assert "Anna Berg: mayor, Vik, from 1995, until when is not stated" in opened.execute_script(
        said
    )
    line.send_keys(Keys.ARROW_LEFT)
    assert "denied: shooting · agent: his guards, 9 May 1991, denied" in opened.execute_script(said)
    line.send_keys(Keys.ENTER)
    panel = opened.find_element(By.ID, "panel")
    assert panel.is_displayed()
    assert opened.switch_to.active_element.tag_name == "h2"
    opened.switch_to.active_element.send_keys(Keys.ESCAPE)
    assert not panel.is_displayed()


@pytest.mark.browser
def test_many_at_one_time_are_counted_until_one_comes_closer(
    browser: webdriver.Chrome, page: Page, tmp_path: Path
) -> None:
    _open(browser, _many(page), tmp_path)
    assert labels(browser) >= {"300 events"}
    found = browser.find_elements(By.CSS_SELECTOR, ".label")
    (label,) = (each for each in found if each.text == "300 events")
    wide = "const w = kgTimeline.line.getWindow(); return w.end - w.start"
    before = browser.execute_script(wide)
    ActionChains(browser).move_to_element(label).click().perform()
    assert browser.execute_script(wide) < before


def _many(page: Page) -> Page:
    """The page with the strike on three hundred days of one year."""
    data = shown(page)
    (strike,) = (each for each in data["things"] if each["names"] == ["strike in Vik"])  # type: ignore[attr-defined]
    copies = []
    for number in range(300):
        day = f"1999-{number // 28 + 1:02}-{number % 28 + 1:02}"
        moment = {"first": day, "last": day, "form": "day", "open_start": False, "open_end": False}
        entry = strike["entries"][0] | {"moment": moment, "when": [day]}
        copies.append(strike | {"id": f"{strike['id']}{number}", "entries": [entry]})
    data["things"] = [*data["things"], *copies]  # type: ignore[misc]
    text = json.dumps(data).replace("<", "\\u003c")
    pattern = r'(<script type="application/json" id="shown">).*?(</script>)'
    html = re.sub(pattern, lambda match: match[1] + text + match[2], page.html, flags=re.DOTALL)
    return Page(html)


@pytest.mark.browser
def test_hostile_text_shows_as_text_on_the_timeline(
    browser: webdriver.Chrome, hostile_page: Page, tmp_path: Path
) -> None:
    _open(browser, hostile_page, tmp_path)
    scripts = len(browser.find_elements(By.TAG_NAME, "script"))
    seen = " ".join(labels(browser))
    opening = "kgTimeline.open(arguments[0] ? kgTimeline.timed[0] : kgTimeline.untimed[0], true)"
    for timed in (True, False):
        browser.execute_script(opening, timed)
        seen += browser.execute_script("return document.getElementById('panel').textContent")
    (dot, *_) = browser.find_elements(By.CSS_SELECTOR, ".vis-item .label")
    ActionChains(browser).move_to_element(dot).perform()
    tip = WebDriverWait(browser, 5).until(lambda b: b.find_element(By.CSS_SELECTOR, ".tip"))
    assert WORDS in tip.text
    browser.find_element(By.ID, "as-list").click()
    Select(browser.find_element(By.ID, "rows")).select_by_value("place")
    seen += browser.find_element(By.ID, "list").text
    for words in (NAME, BODY, PLACE, WORDS, "<i>file</i>.txt"):
        assert words in seen, words
    assert browser.execute_script("return window.hacked") is None
    with pytest.raises(NoAlertPresentException):
        _ = browser.switch_to.alert
    assert len(browser.find_elements(By.TAG_NAME, "script")) == scripts
    for selector in ("img", "a", "textarea", "svg[onload]", "[onerror]"):
        assert browser.find_elements(By.CSS_SELECTOR, selector) == [], selector
    assert browser.get_log("browser") == []  # type: ignore[no-untyped-call]


@pytest.mark.browser
def test_a_narrow_screen_shows_line_panel_and_list(
    browser: webdriver.Chrome, page: Page, tmp_path: Path
) -> None:
    metrics = {"width": 390, "height": 800, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    try:
        _open(browser, page, tmp_path)
        browser.execute_script("kgTimeline.open(kgTimeline.timed[0], true)")
        sizes = browser.execute_script(
            "return ['line', 'panel'].map((id) => { const r = document.getElementById(id)"
            ".getBoundingClientRect(); return [r.left, r.right, r.height]; })"
        )
        for left, right, height in sizes:
            assert left >= 0
            assert right <= 390
            assert height > 200
        browser.find_element(By.ID, "close").click()
        browser.find_element(By.ID, "as-list").click()
        assert browser.execute_script("return document.documentElement.scrollWidth") <= 390
    finally:
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


@pytest.mark.browser
def test_on_paper_stands_the_list(opened: webdriver.Chrome) -> None:
    opened.execute_script("window.dispatchEvent(new Event('beforeprint'))")
    opened.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        listed = opened.find_element(By.ID, "list")
        assert listed.is_displayed()
        for words in (
            "With a stated time (6)",
            "strike in Vik",
            "Anna Berg (said, reported)",
            "“There was a strike in Vik.” Shots in Sund",
        ):
            assert words in listed.text
        assert not opened.find_element(By.ID, "line").is_displayed()
    finally:
        opened.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
