"""`koding suggest` as a command with subcommands, its modes, and `koding model`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from koding.cli.main import koding
from koding.errors import Conflict
from tests.studies import new_study, small_study


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KODING_LANG", "en")
    monkeypatch.setenv("KODING_CODER", "Leder")


@pytest.fixture
def study(tmp_path: Path) -> Path:
    return small_study(tmp_path / "small.koding")


def run(*arguments: object) -> Result:
    return CliRunner().invoke(koding, [str(each) for each in arguments])


@pytest.mark.usefixtures("either_way")
def test_a_study_needs_no_subcommand_and_options_may_stand_anywhere(study: Path) -> None:
    said = run("suggest", study, "--format", "jsonl")
    assert said.exit_code == 0
    lines = [json.loads(line) for line in said.stdout.splitlines()]
    assert {"source", "start", "end", "code", "facets", "score", "origin", "why", "evidence"} == set(lines[0])
    assert run("suggest", "--format", "jsonl", study).stdout == said.stdout


def test_the_table_shows_the_words_that_each_is_about_and_how_many_there_are(study: Path) -> None:
    said = run("suggest", study, "--source", "meeting", "--no-learn")
    head, *rows = said.stdout.splitlines()
    assert head.split() == ["Source", "Code", "Facets", "Text", "Why"]
    assert any("De drar på grunn av jobb, tror vi." in row and "“jobb”" in row for row in rows)
    assert f"{len(rows)} suggestion" in said.stderr


def test_where_nothing_is_suggested_there_is_no_table(tmp_path: Path) -> None:
    said = run("suggest", new_study(tmp_path / "empty.koding"))
    assert (said.exit_code, said.stdout, said.stderr) == (0, "", "0 suggestions.\n")


def test_help_tells_of_both() -> None:
    said = run("suggest", "--help").stdout
    assert "--format" in said
    assert "mode" in said


def test_the_mode_is_told_and_set_and_logged(study: Path) -> None:
    assert run("suggest", "mode", study).stdout == "open\n"
    said = run("suggest", "mode", study, "after")
    assert said.stdout == "after\n"
    assert "coded or passed" in said.stderr
    assert run("suggest", "mode", study).stdout == "after\n"
    (event,) = [json.loads(line) for line in run("log", study, "--last", "1", "--format", "jsonl").stdout.splitlines()]
    assert "Leder" in event.values()
    assert "after" in event.values()
    assert run("suggest", "mode", study, "never").exit_code == 2


def test_in_a_blind_study_the_command_says_so_and_gives_none(study: Path) -> None:
    run("suggest", "mode", study, "blind")
    said = run("suggest", study, "--format", "jsonl")
    assert said.stdout == ""
    assert isinstance(said.exception, Conflict)
    assert "no suggestions in this study" in str(said.exception)


def test_running_rounds_with_another_mode_than_the_study_are_told_of(study: Path) -> None:
    run("round", "new", study, "first", "--mode", "after")
    run("round", "new", study, "second", "--mode", "blind", "--sources", "essay")
    run("round", "new", study, "third", "--mode", "open")
    said = run("suggest", "mode", study)
    assert said.stdout == "open\n"
    at_once, first, second = said.stderr.splitlines()
    assert "at once" in at_once
    assert "first (after)" in first
    assert "coded or passed" in first
    assert "second (blind)" in second
    assert "first" not in run("suggest", "mode", study, "after").stderr
    run("round", "close", study, "second")
    assert "second" not in run("suggest", "mode", study).stderr


def test_where_a_round_has_suggestions_after_the_command_says_so_and_gives_them(study: Path) -> None:
    run("round", "new", study, "first", "--mode", "after")
    said = run("suggest", study, "--format", "jsonl")
    assert "In the round first (after)" in said.stderr
    assert said.stdout


def test_where_suggestions_come_after_the_command_says_so_and_gives_them(study: Path) -> None:
    run("suggest", "mode", study, "after")
    said = run("suggest", study, "--format", "jsonl")
    assert "coded or passed" in said.stderr
    assert said.stdout


def test_the_model_is_told_of() -> None:
    said = run("model", "status")
    assert said.exit_code == 0
    assert "nb_core_news_sm" in said.stdout


def test_a_wheel_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    said = run("model", "install", tmp_path / "borte.whl")
    assert said.exit_code != 0
    assert "no file" in str(said.exception)
