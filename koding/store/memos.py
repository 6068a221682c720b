"""Memos as the study keeps them: on which coding, source or code, by whom."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from koding.model.coding import MemoTarget
from koding.store.codings import coder_guid


@dataclass(frozen=True, slots=True)
class MemoRecord:
    """A memo with what it is about.

    `source` is the name of the source (of the coding, or the one the memo is on), `code` the key of the code; `start`
    and `end` are a coding's span, None otherwise. Times are ISO 8601 in UTC.
    """

    kind: MemoTarget
    source_guid: str
    source: str
    start: int | None
    end: int | None
    code: str
    coder: str
    text: str
    created: str
    modified: str


def memos(connection: sqlite3.Connection, coder: str | None = None) -> Iterator[MemoRecord]:
    """Give the study's memos (or one coder's): on the study, on codes, on sources and on codings, each by place."""
    where, parameters = ("", ()) if coder is None else ("WHERE m.coder = ?", (coder_guid(coder),))
    rows = connection.execute(
        'SELECT m.kind, s.guid, s.name, c.start, c."end", k.key, w.name, m.text, m.created, m.modified '
        "FROM memo m JOIN coder w ON w.guid = m.coder LEFT JOIN coding c ON c.guid = m.target "
        "LEFT JOIN source s ON s.guid = coalesce(c.source, m.target) "
        f"LEFT JOIN code k ON k.guid = coalesce(c.code, m.target) {where} "
        'ORDER BY c.guid IS NOT NULL, s.guid IS NOT NULL, s.position, c.start, c."end", k.position, w.name, m.guid',
        parameters,
    )
    for kind, guid, name, start, end, code, who, text, created, modified in rows:
        yield MemoRecord(
            MemoTarget(kind), guid or "", name or "", start, end, code or "", who, text, created or "", modified or ""
        )


def memo_targets(connection: sqlite3.Connection, coder: str) -> set[str]:
    """Give the GUIDs of the sources and codes that the coder has written a memo on."""
    return {
        target
        for (target,) in connection.execute(
            "SELECT target FROM memo WHERE coder = ? AND kind IN ('source', 'code')", (coder_guid(coder),)
        )
    }


def stands(connection: sqlite3.Connection, kind: MemoTarget, target: str) -> bool:
    """Say whether what a memo would be about (a GUID) is in the study."""
    return connection.execute(f'SELECT 1 FROM "{kind.value}" WHERE guid = ?', (target,)).fetchone() is not None


def memo_places(connection: sqlite3.Connection) -> tuple[set[tuple[str, str]], set[str]]:
    """Give (target, coder) of every memo, both as GUIDs, and the memos' own GUIDs."""
    rows = connection.execute("SELECT guid, target, coder FROM memo").fetchall()
    return {(target, coder) for _guid, target, coder in rows}, {guid for guid, _target, _coder in rows}
