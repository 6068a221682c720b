"""koding as a process of its own: what it loads, its streams in any locale, the language it speaks."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.studies import CHECKOUT, json_lines

HEAVY = ("spacy", "simplemma", "textual", "sqlite_utils", "rich", "yaml", "pandas", "xlsxwriter")
PROBE = """
import atexit, sys
atexit.register(lambda: print(*sorted({name.split('.')[0] for name in sys.modules}), file=sys.stderr))
from koding.cli import main
main()
"""


def run(*arguments: object, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-c", "from koding.cli import main; main()", *map(str, arguments)],
        cwd=CHECKOUT,
        env={**os.environ, **environment},
        capture_output=True,
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["matrix", "--help"], ["code", "--help"]])
def test_help_loads_nothing_heavy(arguments: list[str]) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", PROBE, *arguments], cwd=CHECKOUT, capture_output=True, text=True, check=True
    )
    loaded = ran.stderr.split()
    assert "click" in loaded
    assert set(loaded).isdisjoint(HEAVY)


def test_opening_a_study_of_today_loads_neither_screen_nor_suggester_nor_migrations(study: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", PROBE, "matrix", study, "--by", "gruppe", "--format", "csv"],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.startswith("code,label")
    assert set(ran.stderr.split()).isdisjoint({"spacy", "textual", "sqlite_utils", "pandas", "rich"})


@pytest.mark.parametrize("arguments", [["turns", "samira", "--format", "jsonl"], ["turns", "samira"], ["codings"]])
def test_output_is_utf8_whatever_the_locale_says(study: Path, arguments: list[str]) -> None:
    words = ["codings", "export", study] if arguments == ["codings"] else [arguments[0], study, *arguments[1:]]
    plain = run(*words, PYTHONIOENCODING="utf-8")
    narrow = run(*words, PYTHONIOENCODING="latin-1", PYTHONUTF8="0")
    assert plain.returncode == narrow.returncode == 0, narrow.stderr
    assert narrow.stdout == plain.stdout
    if "jsonl" in words:
        assert "Den var fin 🙂" in " ".join(str(row["text"]) for row in json_lines(narrow.stdout.decode("utf-8")))


def test_a_reader_that_goes_away_is_no_fault_of_ours(study: Path) -> None:
    read, write = os.pipe()
    os.close(read)
    ran = subprocess.Popen(
        [sys.executable, "-c", "from koding.cli import main; main()", "turns", study, "samira", "--format", "jsonl"],
        cwd=CHECKOUT,
        stdout=write,
        stderr=subprocess.PIPE,
    )
    os.close(write)
    told = ran.communicate(timeout=60)[1]
    assert ran.returncode == 1
    assert told == b""


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_koding_speaks_the_language_of_its_user(language: str) -> None:
    catalogue = CHECKOUT / "koding" / "locale" / language / "LC_MESSAGES" / "koding.mo"
    if not catalogue.exists():
        pytest.skip("there is no catalogue yet")
    english = run("--help", KODING_LANG="en").stdout.decode()
    translated = run("--help", KODING_LANG=language).stdout.decode()
    assert translated != english
    assert run("--help", KODING_LANG="", LANGUAGE="", LC_ALL=f"{language}_NO.UTF-8").stdout.decode() == translated
    refused = run("sources", "nowhere.koding", KODING_LANG=language)
    assert refused.returncode == 1
    assert refused.stderr.decode() != run("sources", "nowhere.koding", KODING_LANG="en").stderr.decode()


def test_bokmal_and_nynorsk_are_two_languages() -> None:
    if not (CHECKOUT / "koding" / "locale" / "nn" / "LC_MESSAGES" / "koding.mo").exists():
        pytest.skip("there is no catalogue yet")
    assert run("--help", KODING_LANG="nb").stdout != run("--help", KODING_LANG="nn").stdout


def test_koding_runs_as_a_module_too() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "koding", "--version"], cwd=CHECKOUT, capture_output=True, text=True, check=True
    )
    assert ran.stdout.startswith("koding")
