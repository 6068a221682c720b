"""All that the README and the docs say can be run is run, in a folder with the shipped material and the demo study.

The study has six sources of the demo's twenty, so that a page takes seconds; `test_demo` makes the whole of it.
"""

from __future__ import annotations

import csv
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from koding.session import demonstration

CHECKOUT = Path(__file__).parent.parent
PAGES = [CHECKOUT / "README.md", *sorted((CHECKOUT / "docs").glob("*.md"))]
SHELL = re.compile(r"^```sh\n(.*?)^```", re.DOTALL | re.MULTILINE)
PYTHON = re.compile(r"^```python\n(.*?)^```", re.DOTALL | re.MULTILINE)
#: These two need a fresh environment: the checks run them in one.
INSTALLS = "python3.11 -m venv"
#: Two groups, both coders, and a meeting.
SOME = ("int01_samira", "int02_yonas", "int04_tesfay", "int13_marit", "int14_torgeir", "dialogmote1")


def commands(page: Path) -> list[str]:
    lines = [line for block in SHELL.findall(page.read_text(encoding="utf-8")) for line in block.splitlines()]
    return [line for line in lines if line.strip() and INSTALLS not in line]


@pytest.fixture(scope="module")
def demo(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("docs")
    shutil.copytree(CHECKOUT / "codebooks", folder / "codebooks")
    shutil.copytree(CHECKOUT / "corpora", folder / "corpora")
    material = tmp_path_factory.mktemp("material")
    (material / "codebooks").symlink_to(CHECKOUT / "codebooks")
    for corpus in demonstration.CORPORA:
        some_sources(CHECKOUT / "corpora" / corpus, material / "corpora" / corpus)
    path = folder / "koding-demo" / demonstration.STUDY_FILE
    path.parent.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(demonstration, "material_folder", lambda kind: material / kind)
        assert demonstration.make_demo(path).sources == len(SOME)
    return folder


def some_sources(corpus: Path, folder: Path) -> None:
    """Copy a corpus as if it had only the sources in `SOME`."""
    folder.mkdir(parents=True)
    for name in SOME:
        if (transcript := corpus / f"{name}.txt").exists():
            shutil.copy(transcript, folder)
    for table in corpus.glob("*.csv"):
        with (
            table.open(encoding="utf-8", newline="") as read,
            (folder / table.name).open("w", encoding="utf-8", newline="") as written,
        ):
            rows = csv.reader(read)
            csv.writer(written).writerows([next(rows), *(row for row in rows if row[0] in {"*", *SOME})])


def run(line: str, folder: Path) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"KODING_LANG": "en", "PYTHONIOENCODING": "utf-8"}
    command = re.sub(r"^((?:\w+=\S+ )*)koding\b", rf"\1'{sys.executable}' -m koding", line)
    return subprocess.run(
        ["bash", "-c", command], cwd=folder, env=environment, capture_output=True, text=True, check=False,
        stdin=subprocess.DEVNULL, encoding="utf-8",
    )  # fmt: skip


@pytest.mark.parametrize("page", [page for page in PAGES if commands(page)], ids=lambda page: page.stem)
def test_the_commands_of_a_page_run_in_order(page, demo, tmp_path):
    folder = tmp_path / "copy"
    shutil.copytree(demo, folder)
    for line in commands(page):
        ran = run(line, folder)
        if line.startswith("koding code "):
            # No terminal here: it must get as far as asking for one.
            assert (ran.returncode, "needs a terminal" in ran.stderr) == (2, True), (line, ran.stderr)
        else:
            assert ran.returncode == 0, (line, ran.stderr)
            assert "Traceback" not in ran.stderr, line


@pytest.mark.parametrize(
    ("page", "code"),
    [(page.stem, code) for page in PAGES for code in PYTHON.findall(page.read_text(encoding="utf-8"))],
)
def test_the_python_of_a_page_runs(page, code, demo):
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=demo, capture_output=True, text=True, check=False, encoding="utf-8"
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.strip() not in {"", "[]"}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_links_and_pictures_lead_somewhere(page):
    targets = re.findall(r"\]\(([^)#:]+?)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    missing = [target for target in targets if not (page.parent / target).exists()]
    assert missing == []


def test_every_key_of_the_screen_is_in_the_docs(monkeypatch):
    monkeypatch.setenv("KODING_LANG", "en")
    from koding.tui.actions import ACTIONS, key_name

    text = (CHECKOUT / "docs" / "coding.md").read_text(encoding="utf-8")
    keys = {key for action in ACTIONS for key in action.keys if not key.isdigit()}
    assert sorted(key for key in keys if f"`{key_name(key)}`" not in text) == []
