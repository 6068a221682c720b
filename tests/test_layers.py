"""The layers of the house: who may import whom, by contract and by reading every import there is."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.studies import CHECKOUT

PACKAGE = CHECKOUT / "koding"
#: Which layers each layer may import; errors, translation and the material are for all.
ALLOWED = {
    "model": {"model"},
    "readers": {"readers", "model"},
    "writers": {"writers", "model"},
    "store": {"store", "model"},
    "suggest": {"suggest", "model"},
    "session": {"session", "suggest", "store", "writers", "readers", "model"},
    "tui": {"tui", "session", "suggest", "model"},
    "cli": {"cli", "session", "suggest", "writers", "readers", "model"},
    "errors": set(),
    "i18n": set(),
    "material": set(),
}
FOR_ALL = {"errors", "i18n", "material"}
#: One import of one module each, with what it is for.
DOORS = {
    ("cli.code", "tui"),  # the command that opens the screen
    ("cli.disagreements", "tui"),  # and the one that opens the screen of disagreements
    ("suggest.component", "readers"),  # a component in somebody else's pipeline is given a codebook file
}


def modules() -> Iterator[tuple[str, Path]]:
    """Give every module by its dotted name below koding."""
    for file in sorted(PACKAGE.rglob("*.py")):
        parts = file.relative_to(PACKAGE).with_suffix("").parts
        yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts), file


def imports(file: Path) -> Iterator[str]:
    """Give the full name of everything a module imports, also inside functions."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file.name} imports by dots"
            yield node.module or ""
            if node.module == "koding":
                yield from (f"koding.{alias.name}" for alias in node.names)


MODULES = dict(modules())
IMPORTS = {name: sorted(set(imports(file))) for name, file in MODULES.items()}


def importers(package: str) -> set[str]:
    """Give the modules that import a package from outside koding."""
    return {name for name, found in IMPORTS.items() if any(one.split(".")[0] == package for one in found)}


def layer(name: str) -> str:
    return name.partition(".")[0]


@pytest.mark.parametrize("name", list(MODULES), ids=lambda name: name or "koding")
def test_a_module_imports_its_own_layer_and_those_below(name: str) -> None:
    if layer(name) in {"", "__main__"}:
        return
    own = {one.removeprefix("koding.") for one in IMPORTS[name] if one.startswith("koding.")}
    reached = {layer(one) for one in own} - FOR_ALL - {"__version__"}
    doors = {to for door, to in DOORS if door == name}
    assert reached - ALLOWED[layer(name)] - doors == set()


def test_every_door_is_used() -> None:
    assert all(any(one.startswith(f"koding.{to}") for one in IMPORTS[name]) for name, to in DOORS), (
        "a door nobody goes through is to be closed"
    )


def test_only_the_screen_imports_textual() -> None:
    assert importers("textual")
    assert {layer(name) for name in importers("textual")} == {"tui"}


def reached_from(*layers: str) -> set[str]:
    """Give every module that those of these layers load, by whatever way and at whatever time."""
    todo = {name for name in MODULES if layer(name) in layers}
    found: set[str] = set()
    while todo:
        name = todo.pop()
        found.add(name)
        todo |= {one.removeprefix("koding.") for one in IMPORTS[name]} & MODULES.keys() - found
    return found


def test_only_the_suggesters_child_process_imports_spacy() -> None:
    assert importers("spacy")
    assert {layer(name) for name in importers("spacy")} == {"suggest"}
    assert not importers("spacy") & reached_from("cli", "tui", "session")
    assert "suggest.process.client" in reached_from("cli"), "the suggester is reached through its client"


def test_only_the_store_speaks_to_the_database() -> None:
    assert {layer(name) for name in importers("sqlite3") | importers("sqlite_utils")} == {"store"}


def test_the_model_is_standard_library() -> None:
    foreign = {
        one
        for name, found in IMPORTS.items()
        if layer(name) == "model"
        for one in found
        if one.split(".")[0] not in {*sys.stdlib_module_names, "koding"}
    }
    assert foreign == set()


def test_the_packages_are_those_of_the_design() -> None:
    assert {layer(name) for name in MODULES} - {"", "__main__"} == set(ALLOWED)


@pytest.mark.parametrize("name", list(MODULES), ids=lambda name: name or "koding")
def test_a_module_stays_within_four_hundred_lines(name: str) -> None:
    assert len(MODULES[name].read_text(encoding="utf-8").splitlines()) <= 400


def test_the_contracts_of_the_import_linter_hold() -> None:
    pytest.importorskip("importlinter", reason="import-linter comes with the dev extra")
    ran = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout
