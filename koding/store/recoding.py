"""Codings that go to another code, because the codebook changed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from koding.model.identity import fresh_guid
from koding.store.codings import remove_coding
from koding.store.entities import ENTITIES
from koding.store.journal import Change, Row


def of_code(connection: sqlite3.Connection, code: str) -> list[str]:
    """Give the GUIDs of the codings with a code (a GUID)."""
    return [
        guid
        for (guid,) in connection.execute(
            "SELECT guid FROM coding WHERE code = ? ORDER BY source, start, guid", (code,)
        )
    ]


def recode(change: Change, connection: sqlite3.Connection, guid: str, codes: Iterable[str]) -> None:
    """Give a coding the first of these codes (GUIDs), and put a new coding of its coder there for each of the others.

    Where the coder has the code on the very passage already, that coding stands for both, with the memos of both.
    """
    first, *others = codes
    row = change.current("coding", guid)
    if row is None:
        return
    standing = _beside(connection, guid, first)
    if standing is None:
        change.update("coding", guid, {"code": first, "modified": change.at})
    else:
        _hand_memos_over(change, connection, guid, standing)
        remove_coding(change, connection, guid)
    for code in others:
        if _beside(connection, standing or guid, code) is None:
            fresh = {**row, "guid": fresh_guid(), "code": code, "created": change.at, "modified": change.at}
            content: Row = tuple(fresh.get(column) for column in ENTITIES["coding"])
            change.insert("coding", [content])


def _beside(connection: sqlite3.Connection, guid: str, code: str) -> str | None:
    """Give the coding of the same coder on the very same passage that has this code."""
    own = [column for column in ENTITIES["coding"] if column in {"source", "start", "end", "coder", "round"}]
    same = " AND ".join(f'o."{column}" IS c."{column}"' for column in own)
    found = connection.execute(
        f"SELECT o.guid FROM coding c JOIN coding o ON {same} WHERE c.guid = ? AND o.code = ? AND o.guid <> c.guid",
        (guid, code),
    ).fetchone()
    return None if found is None else str(found[0])


def _hand_memos_over(change: Change, connection: sqlite3.Connection, gone: str, kept: str) -> None:
    for memo, coder, text in connection.execute(
        "SELECT guid, coder, text FROM memo WHERE target = ?", (gone,)
    ).fetchall():
        there = connection.execute(
            "SELECT guid, text FROM memo WHERE target = ? AND coder = ?", (kept, coder)
        ).fetchone()
        if there is None:
            change.update("memo", memo, {"target": kept, "modified": change.at})
        elif text not in there[1]:
            change.update("memo", there[0], {"text": f"{there[1]}\n\n{text}", "modified": change.at})
