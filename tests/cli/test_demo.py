"""The demo from end to end: made, coded, suggested on, counted and written out, with no terminal and no network."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from koding.cli.demo import tell_suggestions
from koding.session.demonstration import CODEBOOK, STUDY_FILE
from koding.suggest.process.children import SuggesterFault
from tests.studies import CODEBOOKS, state_of

pytestmark = pytest.mark.skipif(not (CODEBOOKS / CODEBOOK).exists(), reason="the codebook is not there yet")


def test_the_demo_does_the_whole_job_and_goes_on_with_the_study_it_made(koding, tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    ran = koding("demo", folder, "--no-tui")
    assert ran.code == 0, ran.err
    names = {"temamatrise.csv", "temamatrise.xlsx", "temamatrise.html", "temamatrise.md", "temamatrise.json"}
    assert {file.name for file in folder.iterdir()} == {*names, "kodinger.csv", STUDY_FILE}
    assert all(str(folder / name) in ran.err for name in (*names, "kodinger.csv"))
    assert "The suggester proposes" in ran.err
    assert "No suggestions" not in ran.err

    state = state_of(folder / STUDY_FILE)
    exported = list(csv.DictReader(io.StringIO((folder / "kodinger.csv").read_text(encoding="utf-8"))))
    assert len(exported) == len(state["coding"]) > 0
    assert state["decision"] == {}, "a suggestion decides nothing by itself"
    matrix = json.loads((folder / "temamatrise.json").read_text(encoding="utf-8"))
    assert sum(column["informants"] for column in matrix["columns"]) == matrix["informants"]
    printed = {line.split()[0]: line.split()[-1] for line in ran.out.splitlines() if line.strip()}
    loneliness = next(row for row in matrix["rows"] if row["code"] == "ensomhet")
    assert printed[loneliness["label"].split()[0]] == str(loneliness["total"])
    sheet = openpyxl.load_workbook(folder / "temamatrise.xlsx").worksheets[0]
    assert [row[0].value for row in sheet.iter_rows(min_row=3)] == [row["label"] for row in matrix["rows"]]
    assert koding("check", folder / STUDY_FILE).code == 0

    before = {file.name: file.read_bytes() for file in folder.iterdir() if file.suffix != ".koding"}
    again = koding("demo", folder, "--no-tui")
    assert again.code == 0
    assert "is there already" in again.err
    assert state_of(folder / STUDY_FILE) == state
    assert {file.name: file.read_bytes() for file in folder.iterdir() if file.suffix != ".koding"} == before


BROKEN_SUGGESTERS = {
    "ends at once": "raise SystemExit(3)",
    "says what is no message": "print('{}', flush=True)",
    "answers in another tongue": "print('hei', flush=True)",
}


def test_the_demo_goes_on_when_the_suggester_fails(koding, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("koding.suggest.process.batch.worker_command", broken("ends at once"))
    monkeypatch.setattr("koding.session.suggesting.learn", taught_nothing)
    monkeypatch.setattr("koding.session.demonstration.CORPORA", ("dialogmoter_bolig",))
    ran = koding("demo", tmp_path, "--no-tui")
    assert ran.code == 0, ran.err
    assert ran.err.count("No suggestions: ") == 1
    assert (tmp_path / "temamatrise.xlsx").exists()
    assert "Ensomhet" in ran.out


@pytest.mark.parametrize("how", list(BROKEN_SUGGESTERS))
def test_one_line_says_why_there_are_no_suggestions(
    study: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    monkeypatch.setattr("koding.suggest.process.batch.worker_command", broken(how))
    tell_suggestions(study)
    said = capfd.readouterr()
    assert said.out == ""
    assert said.err.startswith("No suggestions: ")
    assert len(said.err.splitlines()) == 1


def taught_nothing(*_arguments: object) -> None:
    raise SuggesterFault("nobody teaches here")


def broken(how: str) -> Callable[[], list[str]]:
    return lambda: [sys.executable, "-c", BROKEN_SUGGESTERS[how]]
