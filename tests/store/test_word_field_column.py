"""The word fields of a codebook live in the study; a study from before them opens, checks and goes on."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from koding.model.codebook import Codebook, WordField
from koding.session.opening import check_study
from koding.session.workbench import Workbench
from koding.store.entities import ENTITIES
from koding.store.project import Project
from koding.store.schema import MIGRATIONS, migrate
from tests.studies import codebook, small_study

FIELDS = (
    WordField("yrke", "Yrker", "Folk på jobb.", ("sjef", "=kokk"), ("sjef", "leiar*")),
    WordField("fravær", "Fravær", "", ("aldri",), ()),
)
BEFORE = 2


def with_fields() -> Codebook:
    return replace(codebook(), fields=FIELDS)


def take_back(path: Path) -> Path:
    """Make a study as the format before word fields left it: none of the later columns, nor in its journal."""
    newer = path.rename(path.with_suffix(".newer"))
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        migrate(connection, MIGRATIONS[:BEFORE])
        connection.execute("ATTACH ? AS newer", (str(newer),))
        for table in ("change", "entry", "text", *ENTITIES):
            columns = [
                name for (name,) in connection.execute("SELECT name FROM pragma_table_info(?, 'main')", (table,))
            ]
            if not columns:
                continue
            later = [f"'$.{name}'" for name in ENTITIES.get(table, ()) if name not in columns]
            names = ", ".join(f'"{name}"' for name in columns)
            connection.execute(f'INSERT INTO main."{table}" ({names}) SELECT {names} FROM newer."{table}"')
            if later:
                connection.execute("DROP TRIGGER entry_no_update")
                connection.execute(
                    f"UPDATE entry SET after = json_remove(after, {', '.join(later)}) WHERE entity = ?", (table,)
                )
                connection.execute(
                    "CREATE TRIGGER entry_no_update BEFORE UPDATE ON entry "
                    "BEGIN SELECT RAISE(ABORT, 'append-only'); END"
                )
        connection.execute("DETACH newer")
    return path


def test_a_study_keeps_its_codebooks_word_fields(tmp_path: Path) -> None:
    Project.create(tmp_path / "a.koding", with_fields(), coder="tester").close()
    with Project.open(tmp_path / "a.koding") as project:
        assert project.codebook() == with_fields()
        assert check_study(project) == []


def test_the_journal_tells_the_word_fields(tmp_path: Path) -> None:
    Project.create(tmp_path / "a.koding", with_fields(), coder="tester").close()
    with closing(sqlite3.connect(tmp_path / "a.koding")) as connection:
        (after,) = connection.execute("SELECT after FROM entry WHERE entity = 'codebook'").fetchone()
    told = json.loads(json.loads(after)["fields"])
    assert [field["name"] for field in told] == ["yrke", "fravær"]


def test_an_older_study_is_brought_forward_and_checks(tmp_path: Path) -> None:
    path = take_back(small_study(tmp_path / "old.koding"))
    with Project.open(path) as project:
        assert project.codebook() == codebook()
        assert check_study(project) == []
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT fields FROM codebook").fetchall() == [(None,)]


def test_an_upgraded_study_can_be_coded_and_undone(tmp_path: Path) -> None:
    path = take_back(small_study(tmp_path / "old.koding"))
    with Project.open(path) as project:
        bench = Workbench(project, "Kari")
        source = bench.sources()[0].guid
        bench.code(source, 0, 3, codebook().codes[-1].key, {})
        bench.undo()
        assert check_study(project) == []


def test_a_change_of_the_column_behind_the_journals_back_is_found(tmp_path: Path) -> None:
    path = take_back(small_study(tmp_path / "old.koding"))
    Project.open(path).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE codebook SET fields = '[]'")
        connection.commit()
    with Project.open(path) as project:
        (finding,) = check_study(project)
    assert "codebook" in finding
