"""Two programs at one study: both may write, nothing is lost, and a long wait ends in a clear line."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from koding.errors import StudyLocked
from koding.session.opening import check_study
from koding.session.workbench import Workbench
from koding.store import connection as files
from koding.store.project import Project
from tests.studies import CHECKOUT, bring_in, code_words, guid_of, new_study, state_of

CODER = Path(__file__).with_name("coder_process.py")


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "LOCK_WAIT", 0.05)


@pytest.fixture
def busy(study: Path) -> Iterator[Path]:
    """Give a study whose write lock another program holds."""
    holder = sqlite3.connect(study, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    yield study
    holder.execute("ROLLBACK")
    holder.close()


def test_a_write_that_waits_too_long_says_that_the_study_is_busy(impatient: None, busy: Path) -> None:
    before = state_of(busy)
    with (
        Project.open(busy) as project,
        pytest.raises(StudyLocked) as told,
        project.change(coder="Kari", action="code"),
    ):
        pytest.fail("the change must not begin")
    assert busy.name in told.value.message
    assert "Nothing was changed" in told.value.hint
    assert state_of(busy) == before


def test_reading_goes_on_while_another_program_writes(impatient: None, busy: Path) -> None:
    with Project.open(busy) as project:
        assert project.name()
        assert check_study(project) == []


def test_without_write_ahead_mode_a_locked_study_is_told_of_too(study: Path, impatient: None, monkeypatch) -> None:
    monkeypatch.setenv("KODING_JOURNAL_MODE", "delete")
    with Project.open(study) as project:
        holder = sqlite3.connect(study, isolation_level=None)
        holder.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StudyLocked):
            project.name()
        with pytest.raises(StudyLocked):
            Project.open(study)
        holder.execute("ROLLBACK")
        holder.close()
        assert project.name()


def test_a_write_goes_through_when_the_other_program_is_done_in_time(study: Path) -> None:
    first, second = Workbench.open(study, "Kari"), Workbench.open(study, "Ola")
    code_words(first, "samira", "ringte", "arbeid")
    code_words(second, "samira", "ringte", "arbeid")
    code_words(first, "samira", "dyr", "hverdag.bolig")
    source = guid_of(first, "samira")
    assert [coding.coder for coding in first.others(source)] == ["Ola"]
    assert len(first.codings(source)) == 2
    first.close()
    second.close()


def test_two_processes_that_code_at_once_lose_nothing(tmp_path: Path) -> None:
    path = new_study(tmp_path / "s.koding")
    bring_in(path, {"long": "ord " * 400})
    coders = [
        subprocess.Popen([sys.executable, CODER, path, name, "60"], cwd=CHECKOUT, stdout=subprocess.PIPE, text=True)
        for name in ("Kari", "Ola")
    ]
    printed = [coder.communicate(timeout=60)[0].split() for coder in coders]
    assert [coder.returncode for coder in coders] == [0, 0]
    assert [len(guids) for guids in printed] == [60, 60]
    assert set(state_of(path)["coding"]) == {*printed[0], *printed[1]}
    with Project.open(path) as project:
        assert check_study(project) == []
