"""What several tests start from."""

from __future__ import annotations

import os
import shutil
from collections.abc import Generator, Iterable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from pyoxigraph import Quad
from selenium import webdriver

from kg.case import Case
from kg.model import Findings, Identities
from kg.store import StoreReader, memory_reader
from tests import examples

settings.register_profile("default", deadline=None, max_examples=30)
# The same examples at every run: what CI says of a change is about the change.
settings.register_profile("ci", deadline=None, max_examples=60, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "default")

REQUIRED = "KG_BROWSER_REQUIRED"


@pytest.fixture(scope="session")
def known_findings() -> tuple[Findings, ...]:
    return examples.findings()


@pytest.fixture(scope="session")
def known_identities() -> Identities:
    return examples.identities()


@pytest.fixture(scope="session")
def known_quads() -> Iterable[Quad]:
    return examples.known_quads()


@pytest.fixture(scope="session")
def known_reader() -> StoreReader:
    """The whole graph of the two invented documents."""
    return memory_reader(examples.known_quads())


REPORTS = {
    "harbour.txt": (
        "Deaths in the harbour of Sund\n"
        "12 May 2021\n\n"
        "Anna Berg, the mayor of Norden, said on Monday that soldiers had killed 14 fishermen in "
        "Sund.\n\n"
        "“We carried twelve bodies,” said Peter Lind. The army denied that soldiers had fired on "
        "the crowd.\n\n"
        "Karl Holm was minister of defence until 2019. He told reporters that a guard had told him "
        "the gates were locked.\n"
    ),
    "trial.html": (
        "<html><head><title>Trial opens in Norden</title>"
        '<meta property="article:published_time" content="2022-03-03"></head><body><article>'
        "<h1>Trial opens in Norden</h1>"
        "<p>The trial of Karl Holm, a former minister of defence, opened in Norden on Tuesday. "
        "Prosecutors accuse him of the killings in Sund in May 2021.</p>"
        "<p>“I was at home that night,” he told the court. Anna Berg, the mayor of Norden, is to "
        "testify next week.</p></article></body></html>\n"
    ),
    "inner/note.txt": "“They fired at us 🙂,” Sara Lund said.\r\nShe lost two sons in Sund.\r\n",
}


def write_reports(folder: Path) -> Path:
    for name, text in REPORTS.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
    return folder


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """A case that was built from three invented reports; nobody may change it."""
    folder = tmp_path_factory.mktemp("built")
    case = Case(folder / "case")
    case.build([write_reports(folder / "reports")])
    return case


CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    """Chromium without a network."""
    if not (CHROMIUM and DRIVER):
        reason = "chromium and chromedriver are not installed"
        if os.environ.get(REQUIRED):
            pytest.fail(reason)
        pytest.skip(reason)
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for argument in (
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--host-resolver-rules=MAP * ~NOTFOUND",
        f"--user-data-dir={tmp_path_factory.mktemp('chromium')}",
    ):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(DRIVER))
    try:
        driver.execute_cdp_cmd("Network.enable", {})
        driver.execute_cdp_cmd(
            "Network.emulateNetworkConditions",
            {"offline": True, "latency": 0, "downloadThroughput": 0, "uploadThroughput": 0},
        )
        yield driver
    finally:
        driver.quit()


@pytest.fixture
def browser(chromium: webdriver.Chrome) -> webdriver.Chrome:
    """Chromium, as wide as it was before another test looked at a narrow screen."""
    chromium.set_window_size(1280, 900)
    return chromium


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where the browser is required, a test that is skipped for want of it has failed."""
    report = yield
    if report.skipped and item.get_closest_marker("browser") and os.environ.get(REQUIRED):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped though {REQUIRED} is set: {report.longrepr}"
    return report
