"""The timeline with many events: how large the page is, and how long a real browser takes.

The reports are invented and drawn by chance with a fixed seed: ten sentences each, over fifty
years, a third of the dates a month or a year, two in five said or denied by somebody, a role in
each tenth report. They go the whole way through a case. It needs chromium and chromedriver.

Usage: python bench/timeline.py [NUMBER OF EVENTS ...]
"""

from __future__ import annotations

import datetime as dt
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from selenium import webdriver
from selenium.webdriver.support.ui import WebDriverWait

from kg import Case

FIRST = "Anna Peter Karl Sara Maria Lukas Johan Helen David Laura".split()
LAST = "Arvidsen Birkdal Cordero Dahlberg Ekmann Falkner Grimstad Holtmann".split()
TOWNS = "Oslo Bergen Lisbon Porto Kraków Vienna Geneva Malmö".split()
ACTS = ("killed {} in {}", "arrested {} in {}", "tortured {} in {}", "abducted {} in {}")
VOICES = ("{} said that", "{} denied that", "", "", "")

#: What a person does with the page, as the page's own script.
DEEDS = {
    "zoom in": "kgTimeline.line.zoomIn(0.9, {animation: false})",
    "filter by a name": "set('who', 'Anna Arvidsen')",
    "show all again": "set('who', '')",
    "rows by place": "set('rows', 'place')",
    "open the list": "document.getElementById('as-list').click()",
}
#: From the deed to the next picture. What waits for a person to stop typing runs at once.
CLOCK = """
const done = arguments[0];
const set = (id, value) => {
  const field = document.getElementById(id);
  field.value = value;
  field.dispatchEvent(new Event('input', {bubbles: true}));
};
const clock = window.setTimeout;
window.setTimeout = (work, wait, ...more) => clock(work, 0, ...more);
const started = performance.now();
DEED;
clock(() => requestAnimationFrame(() => requestAnimationFrame(() => {
  window.setTimeout = clock;
  done((performance.now() - started) / 1000);
})), 1);
"""


def sentence(chance: random.Random) -> str:
    """One event with its time, in the words of the report or of somebody."""
    day = dt.date(1970, 1, 1) + dt.timedelta(days=chance.randrange(18262))
    form = chance.choice(
        ("on {0.day} {0:%B} {0.year}",) * 4 + ("in {0:%B} {0.year}", "in {0.year}")
    )
    victim, speaker = (f"{chance.choice(FIRST)} {chance.choice(LAST)}" for _ in range(2))
    voice = chance.choice(VOICES).format(speaker)
    act = chance.choice(ACTS).format(victim, chance.choice(TOWNS))
    words = f"{voice} soldiers {act} {form.format(day)}.".strip()
    return words[0].upper() + words[1:]


def report(number: int, chance: random.Random) -> str:
    """Ten events, and in each tenth report a role with its years."""
    sentences = [sentence(chance) for _ in range(10)]
    if number % 10 == 0:
        first = chance.randrange(1970, 2010)
        name = f"{chance.choice(FIRST)} {chance.choice(LAST)}"
        sentences.append(f"{name} was mayor of {chance.choice(TOWNS)} from {first} to {first + 6}.")
    return "\n\n".join(sentences) + "\n"


def browse(page: Path) -> Iterator[tuple[str, float]]:
    """What a person does, and the seconds until it is seen."""
    options = webdriver.ChromeOptions()
    options.binary_location = str(shutil.which("chromium"))
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--window-size=1400,900"):
        options.add_argument(argument)
    service = webdriver.ChromeService(str(shutil.which("chromedriver")))
    browser = webdriver.Chrome(options=options, service=service)
    drawn = "return document.querySelectorAll('.vis-item').length > 0"
    try:
        started = time.perf_counter()
        browser.get(page.as_uri())
        WebDriverWait(browser, 120, 0.02).until(lambda b: b.execute_script(drawn))
        yield "open", time.perf_counter() - started
        for name, deed in DEEDS.items():
            yield name, browser.execute_async_script(CLOCK.replace("DEED", deed))
    finally:
        browser.quit()


def measure(number: int) -> None:
    """Print what one case of so many events takes."""
    chance = random.Random(7)  # noqa: S311 - a fixed draw, not a secret
    with tempfile.TemporaryDirectory() as folder:
        reports = Path(folder) / "reports"
        reports.mkdir()
        for each in range(number // 10):
            (reports / f"{each:04}.txt").write_text(report(each, chance), encoding="utf-8")
        case = Case(Path(folder) / "case")
        case.build([reports])
        started, used = time.perf_counter(), time.process_time()
        page = case.timeline()
        seconds, used = time.perf_counter() - started, time.process_time() - used
        path = Path(folder) / "timeline.html"
        page.write(path)
        print(f"{number} events: {path.stat().st_size / 1e6:.1f} MB")
        print(f"  render: {seconds:.1f} s, {used:.1f} s of the processor")
        for what, waited in browse(path):
            print(f"  {what}: {waited:.2f} s")


if __name__ == "__main__":
    for wanted in [int(each) for each in sys.argv[1:]] or [1000, 5000]:
        measure(wanted)
