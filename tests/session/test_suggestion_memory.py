"""The study remembers what the suggester found, beside the journal and never in it; and it has a mode of suggesting."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from koding.errors import Conflict
from koding.model.coding import Suggestion
from koding.model.modes import SuggestionMode
from koding.session.opening import check_study, journal_events
from koding.session.study_file import open_study
from koding.session.suggesting import set_suggestion_mode, suggestion_mode, suggestions
from koding.session.workbench import Workbench
from koding.store import suggestions as store
from tests.studies import small_study


@pytest.fixture
def study(tmp_path: Path) -> Path:
    return small_study(tmp_path / "small.koding")


def rows(study: Path, table: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(study)) as connection:
        return connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall()


def suggested(study: Path) -> list[tuple[str, str, int]]:
    with open_study(study) as project:
        return [(name, item.code, item.start) for name, item in suggestions(project)]


@pytest.mark.usefixtures("either_way")
def test_what_was_found_is_in_the_study_and_not_in_the_journal(study: Path) -> None:
    with open_study(study) as project:
        before = list(journal_events(project))
    first = suggested(study)
    assert first
    kept = {
        table: rows(study, table) for table in ("analysis", "concordance", "suggested", "family_version", "lexicon")
    }
    assert len(kept["analysis"]) == len(kept["concordance"]) == len(kept["suggested"]) == 3
    assert len(kept["lexicon"]) == 1
    assert suggested(study) == first
    assert {table: rows(study, table) for table in kept} == kept
    with open_study(study) as project:
        assert list(journal_events(project)) == before
        assert check_study(project) == []


def test_what_belongs_to_nothing_any_more_is_dropped(study: Path) -> None:
    suggested(study)
    with closing(sqlite3.connect(study)) as connection, connection:
        connection.execute("UPDATE suggested SET part = 'extension:gone'")
        connection.execute("INSERT INTO analysis VALUES ('gone', 'f', x'00')")
    first = rows(study, "analysis")
    assert "gone" in {row[0] for row in first}
    suggested(study)
    assert "gone" not in {row[0] for row in rows(study, "analysis")}
    assert "extension:gone" not in {row[1] for row in rows(study, "suggested")}


def test_words_of_an_earlier_pipeline_go(study: Path) -> None:
    with open_study(study) as project, project.deriving() as connection:
        store.keep_lexicon(connection, "old", b"1")
        store.keep_lexicon(connection, "new", b"2")
        assert store.lexicon(connection, "old") == b""
        assert store.lexicon(connection, "new") == b"2"


@pytest.mark.skipif(os.geteuid() == 0, reason="the administrator may write everywhere")
def test_a_study_for_reading_only_gives_suggestions(study: Path) -> None:
    first = suggested(small_study(study.with_name("other.koding")))
    study.chmod(0o444)
    study.parent.chmod(0o555)
    try:
        assert suggested(study) == first
    finally:
        study.parent.chmod(0o755)


def test_a_study_that_another_program_holds_gives_suggestions(study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = suggested(small_study(study.with_name("other.koding")))
    with open_study(study) as project, closing(sqlite3.connect(study, isolation_level=None)) as holder:
        project.connection.execute("PRAGMA busy_timeout = 10")
        holder.execute("BEGIN IMMEDIATE")
        assert [(name, item.code, item.start) for name, item in suggestions(project)] == first
        holder.execute("ROLLBACK")
    assert rows(study, "analysis") == []


def test_a_write_that_fails_half_way_leaves_nothing(study: Path) -> None:
    def fail(connection: sqlite3.Connection) -> None:
        store.keep_analysis(connection, "s", "f", b"1", b"2")
        raise RuntimeError

    with open_study(study) as project:
        with pytest.raises(RuntimeError), project.deriving() as connection:
            fail(connection)
        assert not project.connection.in_transaction
    assert rows(study, "analysis") == []


def test_a_new_study_is_open_and_its_mode_is_journaled(study: Path) -> None:
    with open_study(study) as project:
        assert suggestion_mode(project) is SuggestionMode.OPEN
        set_suggestion_mode(project, SuggestionMode.AFTER, "Leder")
        assert suggestion_mode(project) is SuggestionMode.AFTER
        event = list(journal_events(project))[-1]
        assert (event.coder, event.action, event.detail) == ("Leder", "suggestion mode", "after")
        count = event.id
        set_suggestion_mode(project, SuggestionMode.AFTER, "Leder")
        assert list(journal_events(project))[-1].id == count
        assert check_study(project) == []


def test_a_study_from_before_modes_is_open(study: Path) -> None:
    with closing(sqlite3.connect(study)) as connection, connection:
        connection.execute("UPDATE study SET suggesting = NULL")
    with open_study(study) as project:
        assert suggestion_mode(project) is SuggestionMode.OPEN


def test_in_a_blind_study_there_are_none_and_no_round_is_spoken_of(study: Path) -> None:
    with open_study(study) as project:
        set_suggestion_mode(project, SuggestionMode.BLIND, "Leder")
        with pytest.raises(Conflict, match="no suggestions in this study"):
            list(suggestions(project))
    with closing(Workbench.open(study, "Kari")) as bench:
        source = bench.outline()[0].guid
        with pytest.raises(Conflict, match="no suggestions in this study"):
            bench.accept(Suggestion(source, 0, 4, "arbeid", 0.9, "rules/1", ""))


def test_a_coder_sees_a_new_mode_that_another_program_has_set(study: Path) -> None:
    bench = Workbench.open(study, "Kari")
    assert bench.suggestion_mode is SuggestionMode.OPEN
    with open_study(study) as project:
        set_suggestion_mode(project, SuggestionMode.BLIND, "Leder")
    assert bench.changed_elsewhere()
    assert bench.suggestion_mode is SuggestionMode.BLIND
    bench.close()


def test_undo_of_a_coder_never_changes_the_mode(study: Path) -> None:
    with open_study(study) as project:
        set_suggestion_mode(project, SuggestionMode.BLIND, "Kari")
    bench = Workbench.open(study, "Kari")
    with pytest.raises(Conflict):
        bench.undo()
    bench.close()


@pytest.mark.parametrize(
    ("mode", "shown"),
    [
        (SuggestionMode.OPEN, [True, True, True, True]),
        (SuggestionMode.AFTER, [False, True, True, True]),
        (SuggestionMode.BLIND, [False, False, False, False]),
    ],
)
def test_modes_show_by_what_the_coder_has_done(mode: SuggestionMode, shown: list[bool]) -> None:
    done = [(False, False), (True, False), (False, True), (True, True)]
    assert [mode.shows(coded=coded, passed=passed) for coded, passed in done] == shown
