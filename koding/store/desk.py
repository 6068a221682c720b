"""What the coding screen remembers of a coder: where each source was left, and which codes have a digit.

A convenience of the screen and no change of the study, so not journaled. A coder need not be known to the study.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence

from koding.store.codings import coder_guid


def bookmark(connection: sqlite3.Connection, source: str, coder: str, in_round: str = "") -> int:
    """Give where the coder stopped reading a source in a round ("" outside of rounds), in code points; 0 at first."""
    found = connection.execute(
        "SELECT position FROM bookmark WHERE source = ? AND coder = ? AND round = ?",
        (source, coder_guid(coder), in_round),
    ).fetchone()
    return 0 if found is None else int(found[0])


def last_bookmarked(connection: sqlite3.Connection, coder: str, in_round: str = "") -> str | None:
    """Give the GUID of the source whose bookmark the coder set last in a round, None where there is none."""
    found = connection.execute(
        "SELECT source FROM bookmark WHERE coder = ? AND round = ? ORDER BY rowid DESC LIMIT 1",
        (coder_guid(coder), in_round),
    ).fetchone()
    return None if found is None else str(found[0])


def write_bookmark(connection: sqlite3.Connection, source: str, coder: str, position: int, in_round: str = "") -> None:
    """Remember where the coder stopped in a round."""
    connection.execute(
        # Replaced, not updated: the newest row is the source that was open last.
        "INSERT OR REPLACE INTO bookmark (source, coder, round, position) VALUES (?, ?, ?, ?)",
        (source, coder_guid(coder), in_round, position),
    )


def recent_codes(connection: sqlite3.Connection, coder: str, most: int) -> tuple[list[str], list[str]]:
    """Give the codes (keys) by their digits, and the same codes from the longest unused to the one used last.

    Where no digits were ever written these are the `most` codes that the coder's newest codings have, the newest first.
    """
    found = connection.execute("SELECT digits, used FROM desk WHERE coder = ?", (coder_guid(coder),)).fetchone()
    if found is None:
        guids = [
            code
            for code, _newest in connection.execute(
                "SELECT code, max(rowid) FROM coding WHERE coder = ? GROUP BY code ORDER BY 2 DESC LIMIT ?",
                (coder_guid(coder), most),
            )
        ]
        digits, used = guids, guids[::-1]
    else:
        digits, used = json.loads(found[0]), json.loads(found[1])
    keys = dict(connection.execute("SELECT guid, key FROM code"))
    return [keys.get(guid, "") for guid in digits], [keys[guid] for guid in used if guid in keys]


def write_recent_codes(connection: sqlite3.Connection, coder: str, digits: Sequence[str], used: Sequence[str]) -> None:
    """Remember which codes (keys) have a digit, and in which order they were used last."""
    guids = dict(connection.execute("SELECT key, guid FROM code"))
    connection.execute(
        "INSERT OR REPLACE INTO desk (coder, digits, used) VALUES (?, ?, ?)",
        (
            coder_guid(coder),
            json.dumps([guids.get(key, "") for key in digits]),
            json.dumps([guids[key] for key in used if key in guids]),
        ),
    )
