"""Asking the journal who coded what, when, and from which suggestion."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from koding.store.codings import coder_guid


@dataclass(frozen=True, slots=True)
class Trace:
    """A coding (or a decision about a suggestion) that a change touched, as it was after it, or before it went.

    `origin` and `suggester` say where a coding came from; of a decision `verdict` says what was decided.
    """

    source: str
    start: int
    end: int
    code: str
    coder: str
    origin: str = ""
    suggester: str = ""
    verdict: str = ""


class Tracer:
    """Tells what changes touched; what is gone from the study is named by its GUID."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._names: dict[str, dict[str, str]] = {
            table: dict(connection.execute(f"SELECT guid, {column} FROM {table}"))
            for table, column in (("source", "name"), ("code", "key"), ("coder", "name"))
        }

    def traces(self, change: int) -> list[Trace]:
        """Give the codings and decisions that a change touched, in order."""
        rows = self._connection.execute(
            "SELECT coalesce(after, before) FROM entry WHERE change = ? AND entity IN ('coding', 'decision') "
            "ORDER BY id",
            (change,),
        )
        return [self._trace(json.loads(row)) for (row,) in rows]

    def _trace(self, row: Mapping[str, Any]) -> Trace:
        return Trace(
            source=self._name("source", row),
            start=row["start"],
            end=row["end"],
            code=self._name("code", row),
            coder=self._name("coder", row),
            origin=row.get("origin") or "",
            suggester=row.get("suggester") or "",
            verdict=row.get("verdict") or "",
        )

    def _name(self, table: str, row: Mapping[str, Any]) -> str:
        guid = str(row[table])
        return self._names[table].get(guid, guid)


def changes_of(connection: sqlite3.Connection, coder: str) -> set[int]:
    """Give the changes that a person (a name) made, or that touched their codings, memos and decisions."""
    found = {number for (number,) in connection.execute("SELECT id FROM change WHERE coder = ?", (coder,))}
    return found | _touching(connection, "$.coder", coder_guid(coder))


def changes_of_code(connection: sqlite3.Connection, guid: str) -> set[int]:
    """Give the changes that touched a code, codings and decisions with it, and memos on them."""
    return _touching(connection, "$.code", guid) | _on(connection, "$.code", guid)


def changes_of_source(connection: sqlite3.Connection, guid: str) -> set[int]:
    """Give the changes that touched a source, what is said and coded in it, and memos on it."""
    return _touching(connection, "$.source", guid) | _on(connection, "$.source", guid)


def _touching(connection: sqlite3.Connection, path: str, value: str) -> set[int]:
    return {
        number
        for (number,) in connection.execute(
            "SELECT DISTINCT change FROM entry WHERE json_extract(before, ?) = ? OR json_extract(after, ?) = ?",
            (path, value, path, value),
        )
    }


def _on(connection: sqlite3.Connection, path: str, value: str) -> set[int]:
    """Give the changes of the thing itself, and of memos on it or on codings that were ever of it."""
    return {
        number
        for (number,) in connection.execute(
            """
            SELECT DISTINCT change FROM entry WHERE guid = :value OR (entity = 'memo' AND
              json_extract(coalesce(after, before), '$.target') IN (
                SELECT :value UNION SELECT guid FROM entry WHERE entity = 'coding' AND
                  (json_extract(before, :path) = :value OR json_extract(after, :path) = :value)))
            """,
            {"value": value, "path": path},
        )
    }


def origins(connection: sqlite3.Connection) -> list[tuple[str, str, str, int]]:
    """Give (coder, origin, suggester, count) of the codings as they now stand, by coder."""
    return connection.execute(
        "SELECT w.name, c.origin, coalesce(c.suggester, ''), count(*) FROM coding c JOIN coder w ON w.guid = c.coder "
        "GROUP BY w.name, c.origin, c.suggester ORDER BY w.name, c.origin, c.suggester"
    ).fetchall()


def verdicts(connection: sqlite3.Connection) -> list[tuple[str, str, int]]:
    """Give (coder, verdict, count) of the decisions about suggestions, by coder."""
    return connection.execute(
        "SELECT w.name, d.verdict, count(*) FROM decision d JOIN coder w ON w.guid = d.coder "
        "GROUP BY w.name, d.verdict ORDER BY w.name, d.verdict"
    ).fetchall()


def versions(connection: sqlite3.Connection) -> list[str]:
    """Give the versions of koding that have written to the study, in the order they came."""
    return [
        version for (version,) in connection.execute("SELECT version FROM change GROUP BY version ORDER BY min(id)")
    ]


def first_codes(connection: sqlite3.Connection) -> set[str]:
    """Give the GUIDs of the codes that the study was made with."""
    return {
        guid
        for (guid,) in connection.execute(
            "SELECT guid FROM entry WHERE entity = 'code' AND before IS NULL AND "
            "change = (SELECT min(change) FROM entry WHERE entity = 'code')"
        )
    }
