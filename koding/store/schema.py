"""The tables of a study, as numbered migrations: a file is brought forward one number at a time, never back.

`PRAGMA application_id` marks the file as a koding study, `PRAGMA user_version` is the number of the last migration.
sqlite_utils is imported here alone, and only when there is something to migrate: opening a study of today costs
nothing of it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from koding.store.tables_carried import create_carried
from koding.store.tables_desk import create_desk, part_bookmarks_by_round
from koding.store.tables_history import create_history
from koding.store.tables_memory import create_concordances
from koding.store.tables_merging import create_merging
from koding.store.tables_rounds import create_rounds

if TYPE_CHECKING:
    from sqlite_utils import Database

APPLICATION_ID = 0x6B6F6431  # "kod1"

Migration = Callable[["Database"], None]


def _create_state(db: Database) -> None:
    """Create the study, its codebook, sources, people, codings and journal."""
    db.table("study").create({"guid": str, "name": str, "created": str}, pk="guid", not_null={"name", "created"})
    db.table("codebook").create(
        {
            "guid": str,
            "id": str,
            "title": str,
            "language": str,
            "version": str,
            "description": str,
            "rules": str,
            "facets": str,
        },
        pk="guid",
        not_null={"id", "title", "facets"},
    )
    db.table("code").create(
        {
            "guid": str,
            "codebook": str,
            "key": str,
            "label": str,
            "gloss": str,
            "short": str,
            "definition": str,
            "use": str,
            "not_use": str,
            "examples": str,
            "counterexamples": str,
            "indicators": str,
            "colour": str,
            "codable": int,
            "sensitive": int,
            "parent": str,
            "position": int,
        },
        pk="guid",
        not_null={"codebook", "key", "label", "codable", "position"},
        foreign_keys=[("codebook", "codebook", "guid"), ("parent", "code", "guid")],
    )
    db.table("code").create_index(["codebook", "key"], unique=True)
    db.table("code").create_index(["parent"])
    db.table("text").create({"id": int, "sha256": str, "text": str}, pk="id", not_null={"sha256", "text"})
    db.table("text").create_index(["sha256"], unique=True)
    db.table("source").create(
        {
            "guid": str,
            "name": str,
            "title": str,
            "file_name": str,
            "file_sha256": str,
            "text_sha256": str,
            "encoding": str,
            "format": str,
            "characters": int,
            "words": int,
            "position": int,
            "created": str,
        },
        pk="guid",
        not_null={"name", "file_sha256", "text_sha256", "characters", "words", "position"},
        foreign_keys=[("text_sha256", "text", "sha256")],
    )
    db.table("source").create_index(["name"], unique=True)
    db.table("source").create_index(["text_sha256"])
    db.table("segmentation").create(
        {"guid": str, "labels": str, "turns": str},
        pk="guid",
        not_null={"labels", "turns"},
        foreign_keys=[("guid", "source", "guid")],
    )
    _create_people(db)
    _create_codings(db)
    _create_journal(db)
    db.execute(
        # One row a turn, for people who read the study in another tool.
        """
        CREATE VIEW turn AS
        SELECT g.guid AS source, s.name AS source_name, t.key AS position,
               json_extract(t.value, '$[0]') AS mark, json_extract(t.value, '$[1]') AS start,
               json_extract(t.value, '$[2]') AS "end",
               json_extract(g.labels, '$[' || json_extract(t.value, '$[3]') || ']') AS speaker,
               json_extract(t.value, '$[4]') AS time, json_extract(t.value, '$[5]') AS words
        FROM segmentation g JOIN source s ON s.guid = g.guid, json_each(g.turns) t
        """
    )


def _create_people(db: Database) -> None:
    db.table("informant").create({"guid": str, "name": str}, pk="guid", not_null={"name"})
    db.table("informant").create_index(["name"], unique=True)
    db.table("variable").create(
        {"guid": str, "name": str, "kind": str, "categories": str, "position": int},
        pk="guid",
        not_null={"name", "kind", "position"},
    )
    db.table("variable").create_index(["name"], unique=True)
    db.table("value").create(
        {"guid": str, "informant": str, "variable": str, "value": str},
        pk="guid",
        not_null={"informant", "variable", "value"},
        foreign_keys=[("informant", "informant", "guid"), ("variable", "variable", "guid")],
    )
    db.table("value").create_index(["informant", "variable"], unique=True)
    db.table("value").create_index(["variable"])
    db.table("speaker").create(
        {"guid": str, "source": str, "label": str, "role": str, "informant": str, "guessed": int},
        pk="guid",
        not_null={"source", "label", "role", "guessed"},
        foreign_keys=[("source", "source", "guid"), ("informant", "informant", "guid")],
    )
    db.table("speaker").create_index(["source", "label"], unique=True)
    db.table("speaker").create_index(["informant"])
    db.table("coder").create({"guid": str, "name": str}, pk="guid", not_null={"name"})
    db.table("coder").create_index(["name"], unique=True)


def _create_codings(db: Database) -> None:
    span_keys = [("source", "source", "guid"), ("code", "code", "guid"), ("coder", "coder", "guid")]
    db.table("coding").create(
        {
            "guid": str,
            "source": str,
            "start": int,
            "end": int,
            "code": str,
            "coder": str,
            "facets": str,
            "origin": str,
            "suggester": str,
            "created": str,
            "modified": str,
        },
        pk="guid",
        not_null={"source", "start", "end", "code", "coder", "facets", "origin"},
        foreign_keys=span_keys,
    )
    # One coder says one code of one span once; the index also serves "the codings of this source by this coder".
    db.table("coding").create_index(["source", "coder", "start", "end", "code"], unique=True)
    db.table("coding").create_index(["coder", "code"])
    db.table("coding").create_index(["code"])
    db.table("memo").create(
        {"guid": str, "kind": str, "target": str, "coder": str, "text": str, "created": str, "modified": str},
        pk="guid",
        not_null={"kind", "target", "coder", "text"},
        foreign_keys=[("coder", "coder", "guid")],
    )
    db.table("memo").create_index(["target", "coder"], unique=True)
    db.table("decision").create(
        {
            "guid": str,
            "source": str,
            "start": int,
            "end": int,
            "code": str,
            "coder": str,
            "verdict": str,
            "facets": str,
            "suggester": str,
            "created": str,
        },
        pk="guid",
        not_null={"source", "start", "end", "code", "coder", "verdict"},
        foreign_keys=span_keys,
    )
    db.table("decision").create_index(["source", "coder", "start", "end", "code"], unique=True)


def _create_journal(db: Database) -> None:
    db.table("change").create(
        {
            "id": int,
            "guid": str,
            "at": str,
            "coder": str,
            "action": str,
            "detail": str,
            "kind": str,
            "target": int,
            "version": str,
        },
        pk="id",
        not_null={"guid", "at", "coder", "action", "kind", "version"},
        foreign_keys=[("target", "change", "id")],
    )
    db.table("change").create_index(["coder", "kind"])
    db.table("change").create_index(["target", "kind"])
    db.table("entry").create(
        {"id": int, "change": int, "entity": str, "guid": str, "before": str, "after": str},
        pk="id",
        not_null={"change", "entity", "guid"},
        foreign_keys=[("change", "change", "id")],
    )
    db.table("entry").create_index(["change"])
    for table in ("change", "entry", "text"):
        for verb in ("UPDATE", "DELETE"):
            db.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )


def _create_search(db: Database) -> None:
    """Create the full-text index over the sources' texts, and the place where each coder stopped reading."""
    # Bokmål and Nynorsk tell words apart by å, ø and æ: diacritics stay.
    db.table("text").enable_fts(["text"], fts_version="FTS5", tokenize="unicode61 remove_diacritics 0")
    db.execute("INSERT INTO text_fts(text_fts) VALUES('rebuild')")
    db.table("bookmark").create(
        {"coder": str, "source": str, "position": int},
        pk=("coder", "source"),
        not_null={"position"},
        foreign_keys=[("coder", "coder", "guid"), ("source", "source", "guid")],
    )


def _add_word_fields(db: Database) -> None:
    """Give the codebook the word fields of its indicators; a study from before them has none."""
    db.table("codebook").add_column("fields", str)


def _create_suggestion_cache(db: Database) -> None:
    """Create what the suggester remembers of a study (derived, never journaled), and the study's mode of suggesting."""
    db.table("analysis").create(
        {"source": str, "fingerprint": str, "data": bytes}, pk="source", not_null={"fingerprint", "data"}
    )
    db.table("suggested").create(
        {"source": str, "part": str, "language": str, "fingerprint": str, "data": bytes},
        pk=("source", "part", "language"),
        not_null={"fingerprint", "data"},
    )
    db.table("lexicon").create({"pipeline": str, "data": bytes}, pk="pipeline", not_null={"data"})
    db.table("study").add_column("suggesting", str)


def _create_learned(db: Database) -> None:
    """Create what the suggester has learned of coders (derived, never journaled); "" is all coders together."""
    db.table("learned").create(
        {"coder": str, "version": str, "trained_at": str, "fingerprint": str, "codings": int, "data": bytes},
        pk="coder",
        not_null={"version", "trained_at", "fingerprint", "codings", "data"},
    )


#: The migrations in order; a study's `user_version` is how many of them it has.
MIGRATIONS: tuple[Migration, ...] = (
    _create_state,
    _create_search,
    _add_word_fields,
    _create_suggestion_cache,
    _create_learned,
    create_desk,
    create_carried,
    create_merging,
    create_history,
    create_rounds,
    create_concordances,
    part_bookmarks_by_round,
)
CURRENT_VERSION = len(MIGRATIONS)


def migrate(connection: sqlite3.Connection, migrations: Sequence[Migration] = MIGRATIONS) -> None:
    """Bring the study forward to the last of `migrations`, all in one transaction.

    The connection must be in autocommit mode (isolation_level None). Raises what SQLite raises; nothing is kept then.
    """
    from sqlite_utils import Database

    database = Database(connection, execute_plugins=False)
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Read under the lock: another program may have brought the study forward while we waited.
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
        for migration in migrations[version:]:
            migration(database)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {len(migrations)}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
