"""What a study carries for other tools: parts of their projects that koding has no place for, by kind and owner.

A row's `owner` is the GUID of what it belongs to in the study, "" for the study as a whole. `content` is the JSON of a
part of the exchange model with whatever else is needed to write it back.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from koding.model.identity import content_guid
from koding.store.entities import column_list, quoted
from koding.store.journal import Change, Row
from koding.store.sources import sha256


@dataclass(frozen=True, slots=True)
class Carried:
    """Something carried; `key` tells it from others of its kind and owner."""

    kind: str
    owner: str
    key: str
    content: Mapping[str, Any]


def write_carried(change: Change, connection: sqlite3.Connection, things: Iterable[Carried]) -> int:
    """Write what is not carried yet, and give how many that were."""
    standing = {guid for (guid,) in connection.execute("SELECT guid FROM carried")}
    (position,) = connection.execute("SELECT coalesce(max(position), -1) + 1 FROM carried").fetchone()
    rows: list[Row] = []
    for thing in things:
        guid = content_guid("carried", thing.kind, thing.owner, thing.key)
        if guid not in standing:
            standing.add(guid)
            text = json.dumps(thing.content, ensure_ascii=False, separators=(",", ":"))
            rows.append((guid, thing.kind, thing.owner, position + len(rows), text))
    if rows:
        change.insert("carried", rows)
    return len(rows)


def carried(connection: sqlite3.Connection, kind: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give (owner, content) of everything of a kind, in the order it came."""
    query = "SELECT owner, content FROM carried WHERE kind = ? ORDER BY position, guid"
    for owner, content in connection.execute(query, (kind,)):
        yield owner, json.loads(content)


def store_part(connection: sqlite3.Connection, data: bytes) -> str:
    """Keep a file of a package, and give its SHA-256; one that is there already is left alone."""
    digest = sha256(data)
    connection.execute("INSERT OR IGNORE INTO part (sha256, data) VALUES (?, ?)", (digest, data))
    return digest


def part(connection: sqlite3.Connection, digest: str) -> bytes | None:
    """Give a file that is kept, None where there is none."""
    found = connection.execute("SELECT data FROM part WHERE sha256 = ?", (digest,)).fetchone()
    return None if found is None else bytes(found[0])


def guids(connection: sqlite3.Connection, entity: str) -> set[str]:
    """Give the GUIDs of everything of an entity that stands in the study."""
    return {guid for (guid,) in connection.execute(f"SELECT guid FROM {quoted(entity)}")}


def rows(connection: sqlite3.Connection, entity: str) -> list[Row]:
    """Give the rows of an entity, all its columns, in the order they came in."""
    return connection.execute(f"SELECT {column_list(entity)} FROM {quoted(entity)} ORDER BY rowid").fetchall()


def restore(change: Change, connection: sqlite3.Connection, entity: str, wanted: Iterable[Row]) -> bool:
    """Insert rows that another koding wrote, all of them or, where they do not fit the study, none (False)."""
    entries = change.entries
    connection.execute("SAVEPOINT restoring")
    try:
        change.insert(entity, wanted)
    except sqlite3.IntegrityError:
        connection.execute("ROLLBACK TO restoring")
        change.entries = entries
        return False
    finally:
        connection.execute("RELEASE restoring")
    return True
