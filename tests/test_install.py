"""What is built can be installed, and does the main job far from the checkout."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

from tests.conftest import REPORTS, write_reports

pytestmark = pytest.mark.install

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sdist, and the wheel that was built from it."""
    folder = tmp_path_factory.mktemp("dist")
    run([sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(ROOT)])
    return folder


def run(command: list[str], *, cwd: Path | None = None) -> str:
    """What a program prints; it knows nothing of this checkout or of the settings here."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTHON", "KG_", "COV_", "COVERAGE_")) and name != "COLUMNS"
    }
    done = subprocess.run(
        command, cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    return done.stdout


def only(folder: Path, pattern: str) -> Path:
    (found,) = folder.glob(pattern)
    return found


def in_checkout(folder: str) -> set[str]:
    root = ROOT / folder
    return {
        path.relative_to(root).as_posix()
        for path in root.rglob("*")
        if path.is_file() and not {"__pycache__", ".gitignore"} & set(path.parts)
    }


def test_the_wheel_holds_the_code_and_everything_that_it_reads(dist: Path) -> None:
    with zipfile.ZipFile(only(dist, "*.whl")) as wheel:
        names = set(wheel.namelist())
    assert in_checkout("src") <= names
    assert "kg/queries/who.rq" in names
    assert "kg/py.typed" in names
    ontology = {f"kg/ontology/{name}" for name in in_checkout("ontology")}
    assert {"kg/ontology/kg.ttl", "kg/ontology/shapes.ttl"} <= ontology <= names
    outside = {name for name in names if not name.startswith(("kg/", "kg-"))}
    assert outside == set()


def test_the_sdist_holds_what_is_needed_to_test_it(dist: Path) -> None:
    with tarfile.open(only(dist, "*.tar.gz")) as sdist:
        names = {name.partition("/")[2] for name in sdist.getnames()}
    assert {
        "CHANGELOG.md",
        "LICENSE",
        "Makefile",
        "README.md",
        "constraints.txt",
        "data/reports/sources.csv",
        "ontology/kg.ttl",
        "pyproject.toml",
        "src/kg/cli/__init__.py",
        "tests/test_install.py",
    } <= names


@pytest.mark.parametrize("pattern", ["*.whl", "*.tar.gz"], ids=["wheel", "sdist"])
def test_what_is_installed_does_the_main_job(dist: Path, tmp_path: Path, pattern: str) -> None:
    place = tmp_path / "environment"
    # The name python3 would be a link to itself if the running one were followed.
    venv.create(place, with_pip=False, symlinks=True)
    python = place / "bin" / "python"
    # The dependencies are those of the running environment: a line in a .pth puts its folder
    # last on the path. Python does not read the .pth files that lie in there, and so does not
    # come upon the editable installation of this checkout. No index is asked for anything.
    borrowed = Path(sysconfig.get_path("purelib", vars={"base": place, "platbase": place}))
    lines = dict.fromkeys((sysconfig.get_path("purelib"), sysconfig.get_path("platlib")))
    (borrowed / "borrowed.pth").write_text("\n".join(lines) + "\n", encoding="utf-8")
    install = "install --quiet --no-index --no-deps --no-build-isolation --ignore-installed"
    package = str(only(dist, pattern))
    run([sys.executable, "-m", "pip", "--python", str(python), *install.split(), package])

    far = tmp_path / "far"
    far.mkdir()
    where = run([str(python), "-c", "import kg; print(kg.__file__)"], cwd=far).strip()
    assert Path(where).is_relative_to(place)

    reports = write_reports(tmp_path / "reports")
    program = str(place / "bin" / "kg")
    assert run([program, "build", str(reports)], cwd=far).startswith(f"{len(REPORTS)} documents")
    rows = json.loads(run([program, "ask", "roles", "--json"], cwd=far))["results"]["bindings"]
    assert "Anna Berg" in {row["person"]["value"] for row in rows}
    assert run([program, "check"], cwd=far) == "0 problems\n"
    assert run([program, "view"], cwd=far).strip() == "kg-case/view.html"
