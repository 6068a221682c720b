"""The rows of a copy, as they stand there and as its journal tells them; its texts and files."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from koding.store.entities import column_list, quoted, row_json
from koding.store.journal import Row, same_row
from koding.store.sources import store_text

#: So many rows are looked up one by one; for more, the whole table is read.
_FEW = 4000
_AT_ONCE = 500


@dataclass
class Carried:
    """What one copy brought: how many changes, and rows that are new, changed and gone, by entity."""

    changes: int = 0
    new: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    gone: Counter[str] = field(default_factory=Counter)


class Unsound(Exception):
    """A copy whose journal does not tell what stands in it; the arguments are the entity and the GUID."""


def rows_there(connection: sqlite3.Connection, entity: str, guids: Mapping[str, str | None]) -> list[Row]:
    """Give a copy's rows of these GUIDs, mapped to what its journal said of each last (JSON, None for gone).

    Raises Unsound where a row is not what the journal said.
    """
    if not guids:
        return []
    found: list[Row] = []
    for told, *row in _rows(connection, entity, guids):
        guid = row[0]
        if guid not in guids:
            continue
        said = guids[guid]
        if said != told and (said is None or not same_row(json.loads(told), json.loads(said))):
            raise Unsound(entity, guid)
        found.append(tuple(row))
    if len(found) != sum(said is not None for said in guids.values()):
        raise Unsound(entity, next(iter(guids)))
    return found


def _rows(connection: sqlite3.Connection, entity: str, guids: Mapping[str, str | None]) -> Iterator[Row]:
    """Give rows (as JSON, then the columns) with these GUIDs among them; where they are many, all rows there are."""
    query = f"SELECT {row_json(entity)}, {column_list(entity)} FROM {quoted(entity)}"
    if len(guids) > _FEW:
        yield from connection.execute(query)
        return
    asked = list(guids)
    for first in range(0, len(asked), _AT_ONCE):
        some = asked[first : first + _AT_ONCE]
        yield from connection.execute(f"{query} WHERE guid IN ({', '.join('?' * len(some))})", some)


def carry_content(connection: sqlite3.Connection, other: sqlite3.Connection) -> None:
    """Put in the texts of a copy, and the files it carries, that are not there; both are known by their hashes."""
    own = {digest for (digest,) in connection.execute("SELECT sha256 FROM text")}
    for (digest,) in other.execute("SELECT sha256 FROM text ORDER BY id").fetchall():
        if digest not in own:
            (text,) = other.execute("SELECT text FROM text WHERE sha256 = ?", (digest,)).fetchone()
            store_text(connection, text, digest)
    own = {digest for (digest,) in connection.execute("SELECT sha256 FROM part")}
    for (digest,) in other.execute("SELECT sha256 FROM part ORDER BY sha256").fetchall():
        if digest not in own:
            part = other.execute("SELECT sha256, data FROM part WHERE sha256 = ?", (digest,)).fetchone()
            connection.execute("INSERT INTO part (sha256, data) VALUES (?, ?)", part)
