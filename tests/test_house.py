"""The promises that the whole house keeps: names, words, the direction of flow, a quick start."""

from __future__ import annotations

import ast
import importlib
import inspect
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path
from types import ModuleType

import click
import pytest

import kg
from kg.cli import main
from kg.query import questions

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src"
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = sorted(main.commands.items())


def module_names() -> Iterator[str]:
    for path in sorted(SOURCE.rglob("*.py")):
        parts = path.relative_to(SOURCE).with_suffix("").parts
        yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


#: Imported only where a user who has it asks for it: data frames, and the extra "train".
OPTIONAL = {"distributed", "onnx", "pandas", "torch"}
MODULES = [name for name in module_names() if not name.endswith("__main__")]


def loaded(name: str) -> ModuleType:
    """A module; the test is skipped where it needs an extra that is not installed."""
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name not in OPTIONAL:
            raise
        pytest.skip(f"{error.name} is not installed")


def own_names(module: ModuleType) -> set[str]:
    """What a module defines and does not mark as its own with an underscore."""
    tree = ast.parse(inspect.getsource(module))
    return {
        node.name
        for node in tree.body
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and not node.name.startswith("_")
    }


# ---- names and words


@pytest.mark.parametrize("name", MODULES)
def test_what_a_module_offers_is_there(name: str) -> None:
    module = loaded(name)
    offered = getattr(module, "__all__", None)
    assert offered is not None, f"{name} has no __all__"
    assert len(offered) == len(set(offered))
    for each in offered:
        assert hasattr(module, each), f"{name} offers {each}, which it has not"
    namespace: dict[str, object] = {}
    exec(f"from {name} import *", namespace)  # noqa: S102 - what a user may write
    assert set(namespace) - {"__builtins__"} == set(offered)


@pytest.mark.parametrize("name", MODULES)
def test_what_is_public_has_a_docstring(name: str) -> None:
    module = loaded(name)
    assert module.__doc__
    bare = []
    for each in sorted(own_names(module)):
        thing = getattr(module, each)
        if not inspect.getdoc(thing):
            bare.append(each)
        if inspect.isclass(thing):
            bare += [
                f"{each}.{method}"
                for method, value in vars(thing).items()
                if not method.startswith("_") and inspect.isfunction(value) and not value.__doc__
            ]
    assert bare == []


# ---- what the reader is told


@pytest.mark.parametrize(("name", "command"), COMMANDS, ids=[name for name, _ in COMMANDS])
def test_every_command_and_option_has_help(name: str, command: click.Command) -> None:
    assert command.help
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, f"kg {name} {parameter.opts[0]} has no help"


@pytest.mark.parametrize("name", [name for name, _ in COMMANDS])
def test_the_readme_names_every_command(name: str) -> None:
    assert re.search(rf"`kg {name}\b", README), f"the README does not name kg {name}"


@pytest.mark.parametrize("question", questions(), ids=lambda question: question.name)
def test_the_readme_lists_every_question(question: object) -> None:
    name = getattr(question, "name", "")
    assert re.search(rf"^\| `{name}` \| .+ \|$", README, re.MULTILINE), name


def test_the_readme_lists_no_question_that_is_not_there() -> None:
    listed = set(re.findall(r"^\| `(\w+)` \| .+ \|$", README, re.MULTILINE))
    assert listed == {question.name for question in questions()}


def test_every_question_says_what_it_answers_and_what_its_parameters_are() -> None:
    for question in questions():
        assert question.summary, question.name
        asked = set(re.findall(r"\?asked_(\w+)", question.sparql))
        assert asked == {parameter.name for parameter in question.parameters}, question.name
        assert all(parameter.help for parameter in question.parameters), question.name


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md", "docs/design.md"])
def test_what_a_document_links_to_is_there(document: str) -> None:
    path = ROOT / document
    text = path.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", text):
        if "://" not in target:
            assert (path.parent / target).exists(), f"{document} links to {target}"


def test_the_version_is_one() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert kg.__version__ == project["version"]
    assert "## [Unreleased]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


# ---- the direction of flow


def test_no_room_knows_its_neighbours() -> None:
    program = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [program, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_only_declared_packages_are_imported() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {normal(re.split(r"[^\w.-]", each)[0]) for each in project["dependencies"]}
    owners = packages_distributions()
    for path in sorted(SOURCE.rglob("*.py")):
        for name in third_party(path):
            if name in OPTIONAL:
                continue
            distributions = {normal(each) for each in owners.get(name, ())}
            assert distributions & declared, f"{path.relative_to(ROOT)} imports {name}"


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def third_party(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.partition(".")[0])
    return names - set(sys.stdlib_module_names) - {"kg"}


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["build", "--help"]])
def test_the_command_line_starts_without_the_heavy_libraries(arguments: list[str]) -> None:
    heavy = ["spacy", "rdflib", "networkx", "pyvis", "pandas", "pyshacl", "trafilatura", "numpy"]
    program = (
        "import json, sys\n"
        "from kg.cli import main\n"
        "main(sys.argv[2:], standalone_mode=False)\n"
        "print('\\n' + json.dumps([n for n in json.loads(sys.argv[1]) if n in sys.modules]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, json.dumps(heavy), *arguments],
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(done.stdout.splitlines()[-1]) == []


# ---- nothing of one machine, and no way out

#: Hosts that stand in the code as names, not as places to ask: those of vocabularies.
NAMED = {
    "json-schema.org",
    "purl.org",
    "schema.org",
    "127.0.0.1",  # this machine itself
    "semanticweb.cs.vu.nl",
    "w3id.org",
    "www.w3.org",
    "xmlns.com",
}
_ABSOLUTE = re.compile(
    r"(?<![\w.:/<])/(?:home|root|work|tmp|usr|opt|var|etc|mnt|srv|Users)/|[A-Z]:\\\\"
)
_HOST = re.compile(r"(?:https?|ftp|wss?)://([^/\s\"'<>`)\]{}:#]+)")


#: Other people's files, kept as they are: their messages name their manuals. What a page may ask
#: for is its policy's matter (tests/test_timeline.py looks at a browser's log).
FOREIGN = SOURCE / "kg" / "templates" / "vis-timeline"


def written_files() -> list[Path]:
    return [
        path
        for folder in ("src", ".ci")
        for path in sorted((ROOT / folder).rglob("*"))
        if path.is_file() and not path.is_relative_to(FOREIGN)
        if "__pycache__" not in path.parts and is_text(path)
    ] + [ROOT / "pyproject.toml", ROOT / "Makefile", ROOT / "constraints.txt"]


def is_text(path: Path) -> bool:
    return b"\0" not in path.read_bytes()[:4096]


@pytest.mark.parametrize("path", written_files(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_names_no_place_on_one_machine_and_no_host_to_call(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    if path.is_relative_to(SOURCE):
        assert _ABSOLUTE.findall(text) == []
    hosts = {host for host in _HOST.findall(text) if not is_example(host)}
    assert hosts <= NAMED


def is_example(host: str) -> bool:
    """Whether a host is of those that nobody can ever own (RFC 2606)."""
    return "." not in host or host.endswith((".example", "example.org", "example.com"))


def test_the_constraints_are_names_with_versions_and_nothing_else() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if not line.startswith("#")]
    assert all(re.fullmatch(r"[\w.-]+==[\w.]+", pin) for pin in pins)
    names = [normal(pin.partition("==")[0]) for pin in pins]
    assert len(names) == len(set(names))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    assert {normal(re.split(r"[^\w.-]", each)[0]) for each in wanted} <= set(names)
