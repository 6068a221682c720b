"""`koding check`: every way to change a study behind its back is found, and a sound one is said to be sound."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from koding.model.coding import Evidence, MemoTarget, Suggestion
from koding.session.opening import check_study
from koding.session.workbench import Workbench
from koding.store import integrity
from koding.store.project import Project
from tests.studies import code_words, guid_of


@pytest.fixture
def worked_on(study: Path) -> Path:
    """Give a study with codings, memos and decisions."""
    bench = Workbench.open(study, "Kari")
    coding = code_words(bench, "samira", "Telefonen ringte aldri", "ensomhet.isolasjon", retning="fra")
    bench.set_memo(MemoTarget.CODING, coding.guid, "Uten ordet.")
    code_words(bench, "meeting", "alene", "ensomhet")
    source = guid_of(bench, "essay")
    bench.accept(Suggestion(source, 0, 10, "arbeid", 0.7, "rules", "why", {}, (Evidence(0, 5),)))
    bench.reject(Suggestion(source, 20, 30, "arbeid", 0.7, "rules", "why"))
    bench.close()
    return study


def findings(path: Path) -> list[str]:
    with Project.open(path) as project:
        return check_study(project)


def tamper(path: Path, *statements: str) -> None:
    """Change the file as any SQLite tool can, without foreign keys."""
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            assert connection.execute(statement).rowcount, statement
        connection.commit()


def test_a_study_that_was_worked_on_is_sound(worked_on: Path) -> None:
    assert findings(worked_on) == []


def test_a_changed_text_is_found(worked_on: Path) -> None:
    tamper(
        worked_on,
        "DROP TRIGGER text_no_update",
        "UPDATE text SET text = replace(text, 'ringte', 'brølte') WHERE text LIKE '%ringte%'",
    )
    assert any("text with hash" in line for line in findings(worked_on))


def test_a_text_that_is_gone_is_found(worked_on: Path) -> None:
    tamper(worked_on, "DROP TRIGGER text_no_delete", "DELETE FROM text WHERE text LIKE '%Samira%'")
    assert any("points to nothing in text" in line for line in findings(worked_on))


@pytest.mark.parametrize("edge", ["start = -3", '"end" = 100000', '"end" = start'])
@pytest.mark.parametrize("table", ["coding", "decision"])
def test_a_span_out_of_range_is_found_with_its_source(worked_on: Path, table: str, edge: str) -> None:
    tamper(worked_on, f"UPDATE {table} SET {edge} WHERE guid = (SELECT guid FROM {table} ORDER BY guid LIMIT 1)")
    assert sum("impossible span" in line for line in findings(worked_on)) == 1


@pytest.mark.parametrize(
    ("entity", "assignment"),
    [
        ("study", "name = 'another'"),
        ("codebook", "version = '9'"),
        ("code", "label = label || '!'"),
        ("source", "file_sha256 = 'x'"),
        ("segmentation", "turns = replace(turns, ',null,', ',0,')"),
        ("speaker", "role = 'other'"),
        ("informant", "name = name || '!'"),
        ("variable", "kind = 'number'"),
        ("value", "value = 'ukjent'"),
        ("coder", "name = 'Kåre'"),
        ("coding", "facets = '{}'"),
        ("memo", "text = 'Med ordet.'"),
        ("decision", "verdict = 'turned down'"),
    ],
)
def test_a_row_changed_behind_the_journal_is_found(worked_on: Path, entity: str, assignment: str) -> None:
    with closing(sqlite3.connect(worked_on)) as connection:
        guid = connection.execute(f"SELECT guid FROM {entity} ORDER BY guid LIMIT 1").fetchone()[0]
        if entity == "coding":
            guid = connection.execute("SELECT guid FROM coding WHERE facets <> '{}'").fetchone()[0]
    tamper(worked_on, f"UPDATE {entity} SET {assignment} WHERE guid = '{guid}'")
    assert f"{entity} {guid} is not what the journal says." in findings(worked_on)


@pytest.mark.parametrize("entity", ["coding", "memo", "decision", "speaker", "value"])
def test_a_row_deleted_behind_the_journal_is_found(worked_on: Path, entity: str) -> None:
    tamper(worked_on, f"DELETE FROM {entity}")
    assert any(line.startswith(entity) and "gone from the study" in line for line in findings(worked_on))


def test_a_row_added_behind_the_journal_is_found(worked_on: Path) -> None:
    tamper(worked_on, "INSERT INTO informant VALUES ('made-up', 'F99')")
    assert findings(worked_on) == ["informant made-up stands in the study but not in the journal."]


def test_a_row_that_points_to_nothing_is_found(worked_on: Path) -> None:
    tamper(worked_on, "UPDATE coding SET code = 'no-such-code'")
    assert any("coding points to nothing in code" in line for line in findings(worked_on))


def test_a_journal_that_was_rewritten_is_found(worked_on: Path) -> None:
    tamper(
        worked_on,
        "DROP TRIGGER entry_no_update",
        "UPDATE entry SET after = replace(after, 'Uten ordet.', 'Med ordet.') WHERE entity = 'memo'",
    )
    assert any(line.startswith("memo") and "not what the journal says" in line for line in findings(worked_on))


def test_turns_out_of_place_are_found(worked_on: Path) -> None:
    tamper(worked_on, "UPDATE segmentation SET turns = '[[0,50000,60000,0,null,3]]'")
    assert any("Turn 1 of" in line for line in findings(worked_on))


def test_a_source_without_turns_is_found(worked_on: Path) -> None:
    tamper(worked_on, "DELETE FROM segmentation")
    assert sum("has no turns" in line for line in findings(worked_on)) == 3


def test_the_journal_alone_rebuilds_the_state_without_what_was_undone(worked_on: Path) -> None:
    bench = Workbench.open(worked_on, "Kari")
    gone = code_words(bench, "samira", "dyr", "hverdag.bolig")
    bench.undo()
    bench.close()
    with Project.open(worked_on) as project:
        told = integrity.replay(project.connection)
    assert gone.guid not in told["coding"]
    assert len(told["coding"]) == 3
    assert len(told["source"]) == 3
