"""The file of a study: made whole, upgraded with a backup, refused clearly where it is none or too new."""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from koding.errors import KodingError, StudyDamaged, StudyTooNew
from koding.session.opening import check_study
from koding.session.reporting import matrix_report
from koding.session.workbench import Workbench
from koding.store import connection as files
from koding.store.project import Project
from koding.store.schema import APPLICATION_ID, CURRENT_VERSION, MIGRATIONS, migrate
from koding.store.tables_desk import part_bookmarks_by_round
from tests.studies import TEXTS, code_words, codebook, guid_of, state_of


def pragma(path: Path, name: str) -> object:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(f"PRAGMA {name}").fetchone()[0]


def old_study(path: Path) -> Path:
    """Make a study as the first koding wrote it: with the first migration alone."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        migrate(connection, MIGRATIONS[:1])
        connection.execute("INSERT INTO study VALUES ('s', 'old', '2024-01-01T00:00:00.000Z')")
        connection.execute("INSERT INTO text (sha256, text) VALUES ('h', 'Telefonen ringte aldri på Sørøya.')")
    return path


def test_a_new_study_is_marked_as_one_and_holds_its_codebook(tmp_path: Path) -> None:
    path = tmp_path / "new.koding"
    with Project.create(path, codebook(), coder="tester") as project:
        assert project.codebook() == codebook()
        assert project.name() == "new"
        assert check_study(project) == []
    assert pragma(path, "application_id") == APPLICATION_ID
    assert pragma(path, "user_version") == CURRENT_VERSION


def test_a_study_is_never_made_over_a_file_that_is_there(study: Path) -> None:
    content = study.read_bytes()
    with pytest.raises(KodingError, match="exists already"):
        Project.create(study, codebook(), coder="tester")
    assert study.read_bytes() == content


def test_a_study_in_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KodingError, match="no folder"):
        Project.create(tmp_path / "nowhere" / "s.koding", codebook(), coder="tester")


def test_a_study_that_can_not_be_finished_is_taken_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: object) -> None:
        raise StudyDamaged("the disk is gone")

    monkeypatch.setattr("koding.store.project.write_codebook", fail)
    with pytest.raises(StudyDamaged):
        Project.create(tmp_path / "s.koding", codebook(), coder="tester")
    assert list(tmp_path.iterdir()) == []


def test_an_older_study_is_upgraded_and_the_old_one_stands_beside_it(tmp_path: Path) -> None:
    path = old_study(tmp_path / "old.koding")
    Project.open(path).close()
    backup = tmp_path / "old.koding.format1.backup"
    assert pragma(path, "user_version") == CURRENT_VERSION
    assert pragma(backup, "user_version") == 1
    assert {file.name for file in tmp_path.iterdir()} == {"old.koding", backup.name}
    for file in (path, backup):
        with closing(sqlite3.connect(file)) as connection:
            assert connection.execute("SELECT name FROM study").fetchall() == [("old",)]
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def written_by_format(version: int, today: Path, path: Path) -> Path:
    """Make of a study of today what the koding of an older format would have written, journal and all."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        migrate(connection, MIGRATIONS[:version])
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("ATTACH ? AS today", (str(today),))
        columns: dict[str, list[str]] = {}
        for (table,) in connection.execute(
            "SELECT name FROM main.sqlite_master WHERE type = 'table' AND name NOT LIKE 'text_fts%'"
        ).fetchall():
            columns[table] = [row[1] for row in connection.execute(f"PRAGMA main.table_info({table})")]
            named = ", ".join(f'"{column}"' for column in columns[table])
            if table != "entry":
                connection.execute(f'INSERT INTO main."{table}" ({named}) SELECT {named} FROM today."{table}"')
        for row in connection.execute("SELECT * FROM today.entry ORDER BY id").fetchall():
            told = [
                part and json.dumps({key: value for key, value in json.loads(part).items() if key in columns[row[2]]})
                for part in row[4:6]
            ]
            connection.execute("INSERT INTO main.entry VALUES (?, ?, ?, ?, ?, ?)", (*row[:4], *told))
    return path


def test_a_coders_place_stays_where_it_was_when_the_format_changes(study: Path, tmp_path: Path) -> None:
    bench = Workbench.open(study, "Kari")
    source = guid_of(bench, "meeting")
    bench.set_bookmark(source, 12)
    bench.close()
    before = MIGRATIONS.index(part_bookmarks_by_round)
    bench = Workbench.open(written_by_format(before, study, tmp_path / "old.koding"), "Kari")
    assert (bench.last_source(), bench.bookmark(source)) == (source, 12)
    bench.close()


@pytest.mark.parametrize("version", range(1, CURRENT_VERSION))
def test_a_study_of_every_older_format_is_read_checked_and_undone_like_one_of_today(
    study: Path, tmp_path: Path, version: int
) -> None:
    bench = Workbench.open(study, "Kari")
    code_words(bench, "samira", "ringte", "arbeid")
    source = guid_of(bench, "samira")
    bench.close()
    old = written_by_format(version, study, tmp_path / "old.koding")
    assert pragma(old, "user_version") == version
    with Project.open(old) as project:
        assert check_study(project) == []
        assert project.codebook() == codebook()
    bench = Workbench.open(old, "Kari")
    assert bench.transcript(source).text == TEXTS["samira"]
    assert bench.undo().sources == {source}
    assert bench.codings(source) == []
    bench.close()


def test_what_an_upgrade_adds_knows_what_was_there_before(tmp_path: Path) -> None:
    path = old_study(tmp_path / "old.koding")
    Project.open(path).close()
    with closing(sqlite3.connect(path)) as connection:
        hits = "SELECT count(*) FROM text_fts WHERE text_fts MATCH ?"
        assert connection.execute(hits, ("sørøya",)).fetchone() == (1,)
        assert connection.execute(hits, ("soroya",)).fetchone() == (0,)


def test_an_older_backup_is_never_overwritten(tmp_path: Path) -> None:
    path = old_study(tmp_path / "old.koding")
    first = tmp_path / "old.koding.format1.backup"
    first.write_text("the backup of another day")
    Project.open(path).close()
    assert first.read_text() == "the backup of another day"
    assert pragma(tmp_path / "old.koding.format1.2.backup", "user_version") == 1


def test_a_failed_upgrade_leaves_the_old_study_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = old_study(tmp_path / "old.koding")

    def half(database) -> None:
        database["half_done"].create({"guid": str}, pk="guid")
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr("koding.store.schema.MIGRATIONS", (MIGRATIONS[0], half))
    monkeypatch.setattr(migrate, "__defaults__", ((MIGRATIONS[0], half),))
    with pytest.raises(KodingError, match="disk I/O error"):
        Project.open(path)
    assert pragma(path, "user_version") == 1
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'half_done'").fetchone() == (0,)


def test_a_failed_backup_leaves_no_half_of_one_and_no_upgrade(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = old_study(tmp_path / "old.koding")
    content = path.read_bytes()

    def refuse(_self: Path, _target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(KodingError, match="No backup"):
        Project.open(path)
    monkeypatch.undo()
    assert path.read_bytes() == content
    assert [file.name for file in tmp_path.iterdir()] == ["old.koding"]


def test_two_programs_may_upgrade_one_study_at_once(tmp_path: Path) -> None:
    path = old_study(tmp_path / "old.koding")
    with closing(files._connect(path, "mode=rw")) as late:
        # This one has seen the old version; the other is through before it gets the lock.
        Project.open(path).close()
        migrate(late)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert pragma(path, "user_version") == CURRENT_VERSION


def test_a_study_of_a_newer_koding_is_refused_and_not_touched(study: Path) -> None:
    with closing(sqlite3.connect(study)) as connection:
        connection.execute(f"PRAGMA user_version = {CURRENT_VERSION + 1}")
    content = study.read_bytes()
    with pytest.raises(StudyTooNew, match=f"format {CURRENT_VERSION + 1}"):
        Project.open(study)
    assert study.read_bytes() == content
    assert [file.name for file in study.parent.iterdir()] == [study.name]


def not_a_database(path: Path) -> None:
    path.write_text("source,start,end\n" * 100)


def empty(path: Path) -> None:
    path.write_bytes(b"")


def other_database(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE notes (text TEXT)")


def cut_in_the_header(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:60])


def cut_in_the_first_page(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:2000])


@pytest.mark.parametrize(
    "spoil", [not_a_database, empty, other_database, cut_in_the_header, cut_in_the_first_page], ids=lambda f: f.__name__
)
def test_a_file_that_is_no_study_is_refused_in_one_line_and_not_touched(study: Path, spoil) -> None:
    spoil(study)
    content = study.read_bytes()
    with pytest.raises(StudyDamaged) as refused:
        Project.open(study)
    assert study.name in str(refused.value)
    assert "\n" not in str(refused.value)
    assert study.read_bytes() == content
    assert list(study.parent.iterdir()) == [study]


def complaints(path: Path) -> list[str]:
    """Give what is said of a study, at its opening or by its check."""
    try:
        with Project.open(path) as project:
            return check_study(project)
    except StudyDamaged as fault:
        return [fault.message]


def test_a_study_cut_short_is_told_of_and_never_a_traceback(study: Path) -> None:
    content = study.read_bytes()
    for part in (0.25, 0.5, 0.75, 0.95):
        study.write_bytes(content[: int(len(content) * part) // 4096 * 4096])
        assert complaints(study)


@pytest.mark.parametrize("what", ["nothing", "folder"])
def test_a_study_that_is_not_there_is_told_of(tmp_path: Path, what: str) -> None:
    path = tmp_path / "s.koding"
    if what == "folder":
        path.mkdir()
    with pytest.raises(KodingError, match=r"no study|is a folder"):
        Project.open(path)


def test_a_study_is_in_write_ahead_mode_where_the_file_system_carries_it(tmp_path: Path) -> None:
    path = tmp_path / "s.koding"
    Project.create(path, codebook(), coder="tester").close()
    assert pragma(path, "journal_mode") == "wal"


def by_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KODING_JOURNAL_MODE", "delete")


def by_network_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "file_system", lambda _path: "nfs4")


@pytest.mark.parametrize("fall_back", [by_variable, by_network_disk], ids=lambda f: f.__name__)
def test_elsewhere_a_study_falls_back_to_the_rollback_journal(
    study: Path, monkeypatch: pytest.MonkeyPatch, fall_back
) -> None:
    fall_back(monkeypatch)
    bench = Workbench.open(study, "Kari")
    coding = code_words(bench, "samira", "ringte", "arbeid")
    assert {file.name for file in study.parent.iterdir()} == {study.name}
    bench.close()
    assert pragma(study, "journal_mode") == "delete"
    assert coding.guid in state_of(study)["coding"]
    with Project.open(study) as project:
        assert check_study(project) == []


def test_the_file_system_is_read_from_the_machine() -> None:
    if not Path("/proc/self/mountinfo").exists():
        pytest.skip("this machine does not tell")
    assert files.file_system(Path("/proc")) == "proc"
    assert files.file_system(Path("/proc/self")) == "proc"


@pytest.fixture
def write_protected(study: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a coded study we may not write to; also where the tests run as a user whom no mode stops."""
    bench = Workbench.open(study, "Kari")
    code_words(bench, "samira", "Telefonen ringte aldri", "ensomhet")
    bench.close()
    may = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK and may(path, mode))
    study.chmod(0o444)
    return study


def test_a_write_protected_study_is_read_and_counted(write_protected: Path) -> None:
    content = write_protected.read_bytes()
    with Project.open(write_protected) as project:
        matrix = matrix_report(project, ["gruppe"]).matrix
        assert check_study(project) == []
    counted = {row.code: row.total for row in matrix.rows}
    assert counted["ensomhet"] == 1
    assert write_protected.read_bytes() == content


def test_writing_to_a_write_protected_study_is_refused_in_one_line(write_protected: Path) -> None:
    bench = Workbench.open(write_protected, "Kari")
    source = guid_of(bench, "samira")
    with pytest.raises(KodingError, match="cannot be written to"):
        bench.code(source, 0, 5, "arbeid")
    with pytest.raises(KodingError, match="cannot be written to"):
        bench.undo()
    assert len(bench.codings(source)) == 1
    bench.close()
    reader = Workbench.open(write_protected, "a new coder")
    assert reader.others(source)
    with pytest.raises(KodingError, match="cannot be written to"):
        reader.code(source, 0, 5, "arbeid")
    reader.close()


def test_a_write_protected_study_shows_what_another_program_writes_meanwhile(
    study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer = Workbench.open(study, "Kari")
    code_words(writer, "samira", "ringte", "arbeid")
    with monkeypatch.context() as protected:
        protected.setattr(os, "access", lambda _path, mode: mode != os.W_OK)
        reader = Project.open(study)
    seen = matrix_report(reader, ["gruppe"]).matrix
    assert {row.code: row.total for row in seen.rows}["arbeid"] == 1
    code_words(writer, "meeting", "jobb", "arbeid")
    seen = matrix_report(reader, ["gruppe"]).matrix
    assert {row.code: row.total for row in seen.rows}["arbeid"] == 2
    reader.close()
    writer.close()


def test_an_older_study_that_is_write_protected_is_refused_with_the_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = old_study(tmp_path / "old.koding")
    monkeypatch.setattr(os, "access", lambda _path, mode: mode != os.W_OK)
    with pytest.raises(KodingError, match="older format") as refused:
        Project.open(path)
    assert "Copy the study" in refused.value.hint
    assert pragma(path, "user_version") == 1
